"""Authorization headers."""

import pytest

from tests.unit.redaction.looking import REDACTOR, kept, left_of


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


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Authorization: Acme s3cr3tKey12", "Authorization: <AUTHORIZATION>"),
        (
            "Authorization: Acme id=alice,sig=9f8a7c3e21b04d65a1f2",
            "Authorization: <AUTHORIZATION> id=alice,sig=<AUTHORIZATION>",
        ),
        ("Authorization: Acme key=S3cretvalue1234567", "Authorization: <AUTHORIZATION> key=<AUTHORIZATION>"),
        ("authorization=Xy12Zw34Vu user=12 retry=3", "authorization=<AUTHORIZATION> user=12 retry=3"),
        ("authorization: Acme AKIA4XZQ7PLM2WNB6RTC", "authorization: Acme <AWS-ACCESS-KEY>"),
    ],
)
def test_credentials_behind_a_scheme_that_nobody_listed_go(text: str, left: str) -> None:
    assert left_of(text) == left


def test_credentials_behind_any_scheme_have_the_token_that_they_have_alone() -> None:
    key = "9f8a7c3e21b04d65a1f2c7"

    masked = REDACTOR.text(f"Authorization: Acme {key}\nAuthorization: {key}\nsent {key} again").text

    assert key not in masked
    assert len({line.partition("-")[2][:16] for line in masked.split("\n")}) == 1
