"""Passwords told in a sentence."""

import re

import pytest

from tests.unit.redaction.looking import REDACTOR, kept


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("pw Hunter2!secret", "pw "),
        ("pw: Hunter2secret", "pw: "),
        ("my password is Summer2026!, thanks", "my password is , thanks"),
        ("Das Passwort lautet geheim$1#x.", "Das Passwort lautet ."),
        ("sign in as user marta / Summer2026! please", "sign in as user <PERSON> /  please"),
        ("login: m9 / ab#1cd&e", "login: <PERSON> / "),
        ("pass a1&b2;c3 then", "pass  then"),
    ],
)
def test_the_value_goes_and_a_second_run_changes_nothing(text: str, left: str) -> None:
    redacted = REDACTOR.text(text)
    without = re.sub(r"<SECRET-[0-9a-f]{16}>", "", redacted.text, count=1)
    assert re.sub(r"<PERSON-[0-9a-f]{16}>", "<PERSON>", without) == left
    assert sum(redacted.counts[kind] for kind in redacted.counts if kind not in ("person_field", "login_said")) == 1
    assert REDACTOR.text(redacted.text).text == redacted.text


def test_what_only_looks_like_it_stays() -> None:
    kept(
        "spoken_password",
        "the password was changed2026",
        "Did pass2 come after pass step2?",
        "password reset2026!",
        "password policy-2024 is on",
        "pass https://app.example/a1?b=2#c",
        "pass --retries=3",
        "user / admin2026!",
        "account settings/billing2",
        "5 passed, 2 failed",
        "pw: secret",
    )
