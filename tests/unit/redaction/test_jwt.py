"""JSON Web Tokens."""

import pytest

from tests.unit.redaction.looking import REDACTOR, kept


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("t eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefghijklm end", "eyJ"),
        ("x=eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.", "eyJ"),
    ],
)
def test_the_value_goes_and_a_second_run_changes_nothing(text: str, value: str) -> None:
    redacted = REDACTOR.text(text)
    assert value not in redacted.text
    assert redacted.counts == {"jwt": 1}
    assert REDACTOR.text(redacted.text).text == redacted.text


def test_what_only_looks_like_it_stays() -> None:
    kept(
        "jwt",
        "eyJ",
        "eyJustAWord.txt",
        "a.b.c",
    )


@pytest.mark.parametrize("between", ["\n", "\r\n", "=\n> "])
def test_json_in_base64_on_two_lines_is_no_token_and_stops_nothing(between: str) -> None:
    text = f"eyJhbGciOiJIUzI1{between}abcdef12345\nmail mia.lind@northwind.example\n"

    redacted = REDACTOR.text(text)

    assert "jwt" not in redacted.counts
    assert redacted.counts["email"] == 1
