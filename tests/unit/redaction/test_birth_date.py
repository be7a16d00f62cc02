"""Dates of birth, where the text calls them so."""

import pytest

from tests.unit.redaction.looking import REDACTOR, kept


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("date of birth: 1984-03-12", "1984-03-12"),
        ("DOB 12/03/1984, since then", "12/03/1984"),
        ("dob=19840312&x=1", "19840312"),
        ('{"dateOfBirth":"1984-03-12"}', "1984-03-12"),
        ('{"birth_date": "1984-03-12T00:00:00Z"}', "1984-03-12"),
        ("Geburtsdatum: 12.03.1984", "12.03.1984"),
        ("his birthday is 12 March 1984", "12 March 1984"),
        ("Date of birth March 12, 1984.", "March 12, 1984"),
    ],
)
def test_the_date_goes_its_name_stays_and_a_second_run_changes_nothing(text: str, value: str) -> None:
    redacted = REDACTOR.text(text)

    assert value not in redacted.text
    assert redacted.text.startswith(text[: text.index(value)])
    assert redacted.counts == {"birth_date": 1}
    assert REDACTOR.text(redacted.text).text == redacted.text


def test_the_same_date_is_the_same_token() -> None:
    assert REDACTOR.text("dob=1984-03-12").text == REDACTOR.text("dob=1984-03-12").text


def test_other_dates_stay() -> None:
    kept(
        "birth_date",
        "2026-11-20 10:00",
        "created=1984-03-12",
        "dob unknown, seen 1984-03-12 in the log",
        "adobe 2024-01-01",
    )
