"""Social security numbers."""

import pytest

from tests.unit.redaction.looking import REDACTOR, kept


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ssn 219-09-9999.", "219-09"),
        ("219 09 9999", "219 09"),
        ("219.09.9999", "219.09"),
    ],
)
def test_the_value_goes_and_a_second_run_changes_nothing(text: str, value: str) -> None:
    redacted = REDACTOR.text(text)
    assert value not in redacted.text
    assert redacted.counts == {"us_ssn": 1}
    assert REDACTOR.text(redacted.text).text == redacted.text


def test_what_only_looks_like_it_stays() -> None:
    kept(
        "us_ssn",
        "000-12-3456",
        "666-12-3456",
        "912-12-3456",
        "219-00-9999",
        "219-09-0000",
        "219-09 9999",
        "1219-09-99991",
        "2024-11-2345",
    )


@pytest.mark.parametrize(
    "text",
    [
        "ssn: 219099999",
        "SSN 219099999",
        '{"userSsn": "219099999"}',
        "user_ssn=219099999",
        "social security no 219099999",
    ],
)
def test_nine_digits_beside_their_name_go(text: str) -> None:
    assert REDACTOR.text(text).counts == {"us_ssn_named": 1}


def test_nine_digits_beside_a_name_that_holds_the_three_letters_by_chance_stay() -> None:
    kept("us_ssn_named", "d.className=219099999", "GRssn46 219099999")
