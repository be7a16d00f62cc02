"""Authorization headers."""

import pytest

from tests.unit.redaction.looking import REDACTOR, kept


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Authorization: Bearer abc123def456", "abc123"),
        ("proxy-authorization: Basic dXNlcjpwYXNz", "dXNl"),
        ('{"Authorization":"Bearer abc123def456"}', "abc123"),
        ("-H 'Authorization: Token abc123'", "abc123"),
        ('Authorization: Digest username="mia", response="0a1b2c"', "0a1b2c"),
        ("sent Bearer abc123def456 to", "abc123"),
    ],
)
def test_the_value_goes_and_a_second_run_changes_nothing(text: str, value: str) -> None:
    redacted = REDACTOR.text(text)
    assert value not in redacted.text
    assert redacted.counts == {"authorization": 1}
    assert REDACTOR.text(redacted.text).text == redacted.text


def test_what_only_looks_like_it_stays() -> None:
    kept(
        "authorization",
        "Bearer token",
        "authorization: required",
        "basic authentication",
        "Bearer realm",
    )
