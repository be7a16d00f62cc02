"""MAC addresses."""

import pytest

from tests.unit.redaction.looking import REDACTOR, kept


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("hw aa:bb:cc:dd:ee:0f up", "aa:bb:cc"),
        ("AA-BB-CC-DD-EE-0F", "CC-DD"),
        ("aabb.ccdd.ee0f", "ccdd"),
    ],
)
def test_the_value_goes_and_a_second_run_changes_nothing(text: str, value: str) -> None:
    redacted = REDACTOR.text(text)
    assert value not in redacted.text
    assert redacted.counts == {"mac": 1}
    assert REDACTOR.text(redacted.text).text == redacted.text


def test_what_only_looks_like_it_stays() -> None:
    kept(
        "mac",
        "ff:ff:ff:ff:ff:ff",
        "00:00:00:00:00:00",
        "aa:bb:cc:dd:ee:ff:00:11",
        "12:34:56",
    )
