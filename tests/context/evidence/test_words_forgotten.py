"""A case's own words are in no memory of the process once its key was destroyed."""

import gc

import pytest

from sevline.core.redaction import Detector
from sevline.core.redaction.needed import Word
from sevline.vault import actions as vault
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
WORD = "kestrelworth"


def remembered() -> list[str]:
    """What holds the word still: detectors, and what their patterns need."""
    gc.collect()
    held = [one for one in gc.get_objects() if type(one) in (Detector, Word)]  # which wakes no lazy object
    return [type(one).__name__ for one in held if WORD in (one.lower if isinstance(one, Word) else one.pattern)]


def test_with_the_key_of_a_case_its_words_are_forgotten() -> None:
    case = make.case(severity=2, text="The sync fails since this morning.")
    vault.add_word(case.key, WORD, kind="host", masks=True)
    vault.add_word(case.key, f"{WORD} müller", kind="person", masks=True)
    masked = vault.redact(case.key, f"The sync of {WORD} fails, says {WORD} Müller.").text
    before = remembered()

    vault.destroy_key(case.key)

    assert WORD not in masked
    assert "Detector" in before
    assert remembered() == []
