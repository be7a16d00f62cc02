"""A person who is told of once is masked everywhere in the file, however it names him there."""

import json

import pytest

from sevline.core.redaction import Mode
from tests.unit.redaction.looking import REDACTOR, left_of


@pytest.mark.parametrize(
    ("told", "again", "left"),
    [
        (
            "Full name: Ottoline Fairweather",
            "Fairweather called, OTTOLINE FAIRWEATHER wrote",
            "<PERSON> called, <PERSON> wrote",
        ),
        ("Full name: Ottoline Fairweather", "O. Fairweather; Fairweather, Ottoline", "<PERSON>; <PERSON>"),
        (
            "Full name: Ottoline Fairweather",
            "ofairweather and ottoline.fairweather logged on",
            "<PERSON> and <PERSON> logged on",
        ),
        (
            "From: Anna Meyer <anna@example.org>",
            "host anna-meyers-macbook-pro.local is up",
            "host <PERSON>.local is up",
        ),
        ("Dear Ms Ångström,", "angstrom is locked, Ångström says", "<PERSON> is locked, <PERSON> says"),
        ("mail to ximena.olivares@example.org bounced", "xolivares is locked", "<PERSON> is locked"),
        ("/Users/celestine.abara/app.log", "open Abara.pdf", "open <PERSON>.pdf"),
        ("user=tkvapilova action=login", "quota of tkvapilova", "quota of <PERSON>"),
        ("氏名：長谷部弘子", "担当は長谷部弘子です", "担当は<PERSON>です"),
    ],
)
def test_who_is_told_of_once_is_masked_elsewhere_too(told: str, again: str, left: str) -> None:
    assert left_of(f"{told}\n{again}").split("\n")[1] == left


@pytest.mark.parametrize(
    ("told", "again"),
    [
        ("Full name: Grace King", "the king said grace, King size"),
        ("user=reporting action=login", "the reporting of it"),
        ("Full name: Anna Brown", "the fox is brown"),
        ("From: Support Desk <help@example.org>", "the desk of support"),
        ("Hi Kundenservice,", "der Kundenservice"),
        ("deploy.runner started", "the Runner is idle"),
    ],
)
def test_words_that_are_names_too_stay(told: str, again: str) -> None:
    assert left_of(f"{told}\n{again}").split("\n")[1] == again


def test_a_name_in_two_fields_is_one_person() -> None:
    document = {"insured": {"first": "Marisol", "last": "Etxebarria"}, "note": "Etxebarria phoned, login metxebarria"}

    redacted = json.loads(REDACTOR.document(Mode.JSON, json.dumps(document).encode()).data)

    assert "Marisol" not in str(redacted)
    assert "txebarria" not in str(redacted)


def test_the_same_part_of_a_name_has_the_same_pseudonym_wherever_it_stands() -> None:
    one = REDACTOR.text("Full name: Ottoline Fairweather\nFairweather").text.split("\n")[1]
    other = REDACTOR.text("Surname: Fairweather").text.removeprefix("Surname: ")

    assert one == other


def test_who_is_allowed_stays_and_tells_nothing() -> None:
    from sevline.core.redaction import Redactor

    redactor = Redactor(bytes(range(32)), allowed=("Ottoline Fairweather",))

    assert redactor.text("Full name: Ottoline Fairweather\nFairweather").text.endswith("\nFairweather")
