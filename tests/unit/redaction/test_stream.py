"""Streams: in pieces, in processes, in order; and as many tokens as there are values."""

import io
import re

import pytest

from sevline.core.redaction import Redactor
from sevline.core.redaction.detector_set import every_detector
from tests.redaction_corpus import mixed_log
from tests.unit.redaction.looking import KEY


@pytest.mark.slow
def test_several_processes_give_the_bytes_and_counts_that_one_gives() -> None:
    data = "\n".join(mixed_log(20_000_000)).encode()
    alone, together = (list(Redactor(KEY).stream(io.BytesIO(data), processes=count)) for count in (1, 2))
    assert b"".join(piece.data for piece in together) == b"".join(piece.data for piece in alone)
    assert sum(sum(piece.counts.values()) for piece in together) == sum(sum(piece.counts.values()) for piece in alone)


@pytest.mark.slow
def test_a_million_values_of_a_kind_have_a_million_tokens() -> None:
    lines = "\n".join(f"u{number}@example.com" for number in range(1_000_000))
    redacted = Redactor(KEY).text(lines)
    assert redacted.counts == {"email": 1_000_000}
    assert len(set(redacted.text.split("\n"))) == 1_000_000


def test_the_hash_in_a_token_has_64_bits() -> None:
    masked = Redactor(KEY).text("password=hunter2 from 203.0.113.9").text
    assert re.fullmatch(r"password=<SECRET-[0-9a-f]{16}> from ip-[0-9a-f]{16}-[0-9a-f]{16}", masked)


def test_the_detector_set_knows_more_than_sixty_vendors_and_thirty_authorities() -> None:
    assert len(every_detector()) > 150
