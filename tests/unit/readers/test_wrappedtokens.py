"""Tokens that were broken over lines are one again; whole ones and what follows them stay as they are."""

import textwrap

import pytest

from sevline.core.readers.jwt import token_facts
from sevline.core.readers.wrappedtokens import tokens_joined
from tests.evidence import token

CLAIMS = {"iss": "https://idp.example.net", "aud": "orders", "sub": "kim@example.com", "exp": 1_795_000_000}
SIGNED = token(CLAIMS).rpartition(".")[0] + "." + "Ab-9_" * 68 + "xy"  # as long as a signature with RSA 2048


@pytest.mark.parametrize("width", [60, 64, 72, 76])
@pytest.mark.parametrize("mark", ["", "> ", ">> ", "    "])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_broken_token_is_put_together_where_it_begins(width: int, mark: str, ending: str) -> None:
    text = "Our token:\n\n" + textwrap.indent("\n".join(textwrap.wrap(SIGNED, width)), mark) + "\nRegards\nKim\n"

    joined = tokens_joined(text.replace("\n", ending).encode()).decode()

    assert SIGNED in joined
    assert joined.count("\n") == text.count("\n")
    assert joined.splitlines()[-2:] == ["Regards", "Kim"]


def test_a_token_in_a_command_keeps_what_stands_around_it() -> None:
    text = "curl -H 'Authorization: Bearer " + "\n".join(textwrap.wrap(SIGNED, 70)) + "' https://api.example.com\n"

    joined = tokens_joined(text.encode()).decode()

    assert joined.startswith(f"curl -H 'Authorization: Bearer {SIGNED}' https://api.example.com\n")


def test_a_soft_line_break_of_a_mail_is_no_part_of_the_token() -> None:
    text = "=\n".join(textwrap.wrap(SIGNED, 74)) + "\n"

    assert token_facts(tokens_joined(text.encode()).decode().split()[0]).issuer == "https://idp.example.net"


WHOLE = [f"{SIGNED}\nRegards\n", "eyJ is how it begins\nand more\n", "no token\n", "eyJhbGciOiJSUzI1NiJ9\n\nend\n"]


@pytest.mark.parametrize("text", WHOLE)
def test_a_whole_token_and_what_is_none_stay_as_they_are(text: str) -> None:
    assert tokens_joined(text.encode()) == text.encode()
