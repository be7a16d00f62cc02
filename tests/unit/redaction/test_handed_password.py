"""Passwords that one person hands to another in a sentence."""

import pytest

from tests.unit.redaction.looking import REDACTOR, kept


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("try with root / hunter2-prod", "hunter2-prod"),
        ("oh and Tr0ub4dor&3, that's the root password for the replica", "Tr0ub4dor&3"),
        ("use Zebra!Crossing7 to log in as root on db02", "Zebra!Crossing7"),
        ("you can sign in with marta and Blue-Moon-42", "Blue-Moon-42"),
        ("pwd changed to Gr8Balls0fire this morning", "Gr8Balls0fire"),
        ("Das Kennwort wurde geändert auf Rot-Weiss7 am Montag", "Rot-Weiss7"),
        ("admin:Pfeffer$11 for the staging box", "Pfeffer$11"),
        ("that password (Op3nSesame!) works everywhere", "Op3nSesame!"),
    ],
)
def test_the_password_goes_and_a_second_run_changes_nothing(text: str, value: str) -> None:
    redacted = REDACTOR.text(text)

    assert value not in redacted.text
    assert redacted.counts == {"handed_password": 1}
    assert REDACTOR.text(redacted.text).text == redacted.text


def test_what_is_said_about_signing_in_stays() -> None:
    kept(
        "handed_password",
        "log in with Chrome 120 or Firefox 121",
        "sign in with SSO and OAuth2, then retry",
        "use OAuth2 to sign in",
        "use port 8443 to connect",
        "password changed to expire after 90days",
        "root:x:0:0:root:/root:/bin/bash",
        "PostgreSQL16 is the password store",
        "password (bcrypt12) hashing",
        "log in using SAML2.0 and TLS1.3",
        "sign in with the new E2E-Flow-3 test",
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the wifi password is correcthorse99 btw", "correcthorse99"),
        ("Das Passwort lautet Apfelkuchen2024, geht aber nicht.", "Apfelkuchen2024"),
        ("OTP was 482913, worked once", "482913"),
        ("Der PIN war 8731.", "8731"),
    ],
)
def test_a_password_of_letters_and_digits_is_known_by_the_word_before_it(text: str, value: str) -> None:
    assert value not in REDACTOR.text(text).text
