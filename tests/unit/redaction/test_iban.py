"""Bank account numbers."""

import pytest

from tests.unit.redaction.looking import REDACTOR, kept


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("to DE89 3704 0044 0532 0130 00 today", "3704"),
        ("GB29NWBK60161331926819", "NWBK"),
        ("gb29nwbk60161331926819", "nwbk"),
        ("NL91ABNA0417164300.", "ABNA"),
        ("gb29nwb\u212a60161331926819", "60161331926819"),  # written with the sign for kelvin
    ],
)
def test_the_value_goes_and_a_second_run_changes_nothing(text: str, value: str) -> None:
    redacted = REDACTOR.text(text)
    assert value not in redacted.text
    assert redacted.counts == {"iban": 1}
    assert REDACTOR.text(redacted.text).text == redacted.text


def test_what_only_looks_like_it_stays() -> None:
    kept(
        "iban",
        "DE89 3704 0044 0532 0130 01",
        "DE12345",
        "XX89370400440532013000",
        "AB12CD34EF56AB12CD34",
    )
