"""Characters of the text that are of the stand-ins' own range stay what they are, however deep they are encoded."""

import base64
import html
from collections.abc import Callable
from urllib.parse import quote, unquote

import pytest

from sevline.core.redaction import Redactor

REDACTOR = Redactor(bytes(range(32)))
#: Two that are given as stand-ins early, one that never is, and the last that stands for a byte that is no text.
CHARACTERS = ("\U000f0000", "\U000f0005", "\U0010f000", "\U0010fffd")
MAIL = "mia@example.com"


def told(text: str) -> str:
    once = REDACTOR.data(text.encode()).data
    assert REDACTOR.data(once).data == once
    return once.decode()


def cookies(character: str) -> str:
    return f"Cookie: a{character}b=hunter22Zebra; c{character}=other11Zebra"


def in_mail(text: str) -> str:
    """As mail writes it, also the letter by which it would be known in clear."""
    return "".join(quote(one).replace("%", "=") if one > "~" or one == "=" else one for one in text).replace(
        "C", "=43", 1
    )


@pytest.mark.parametrize("character", CHARACTERS)
@pytest.mark.parametrize("before", ["", f"{MAIL} "])
@pytest.mark.parametrize(
    ("written", "read"),
    [
        (quote, unquote),
        (in_mail, lambda text: unquote(text.replace("=", "%"))),
        (lambda text: "".join(f"&#{ord(one)};" if one > "\x7e" or one == " " else one for one in text), html.unescape),
    ],
    ids=["percent", "quoted-printable", "entity"],
)
def test_what_is_masked_beside_one_in_an_encoding_is_masked_as_in_clear(
    character: str, before: str, written: Callable[[str], str], read: Callable[[str], str]
) -> None:
    plain = told(before + cookies(character))
    assert read(told(before + written(cookies(character)))) == plain


@pytest.mark.parametrize("character", CHARACTERS)
def test_what_is_masked_beside_one_in_full_width_is_masked_as_in_ascii(character: str) -> None:
    text = f"{character} {MAIL} {cookies(character)} {character}"
    assert told(text.replace("C", "Ｃ")) == told(text).replace("Cookie", "Ｃookie")


@pytest.mark.parametrize("character", CHARACTERS)
def test_one_in_an_encoding_within_an_encoding_neither_hides_a_value_nor_stops(character: str) -> None:
    inside = f"x Cookie:&#32;a&#{ord(character)};b=hunter22Zebra99;&#32;c&#{ord(character)};d=other11Zebra22 y"
    redacted = told(f"{MAIL} data {base64.b64encode(inside.encode()).decode()} end")
    shown = base64.b64decode(redacted.split()[2] + "==").decode()
    assert "Zebra" not in shown
    assert shown.count(character) + shown.count(f"&#{ord(character)};") == 2


def test_bytes_that_are_no_text_beside_letters_of_full_width_come_out_as_they_went_in() -> None:
    redacted = REDACTOR.data("Ｃookie: a".encode() + b"\xff\xfe=hunter22Zebra; c\xfd=other11Zebra").data
    assert redacted.startswith("Ｃookie: a".encode() + b"\xff\xfe=<COOKIE-")
    assert b"; c\xfd=<COOKIE-" in redacted
    assert b"Zebra" not in redacted


def test_what_stands_before_a_value_with_one_keeps_its_letters() -> None:
    assert told("\U000f0005 paſſword=hunter\U000f000522Zebra").startswith("\U000f0005 paſſword=<SECRET-")
