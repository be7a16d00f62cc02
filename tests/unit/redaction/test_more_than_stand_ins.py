"""A text with more different values than there are stand-ins hides none of them, in clear or in an encoding."""

import base64
import re
from collections.abc import Callable
from urllib.parse import quote, unquote

import pytest

from sevline.core.redaction import Redactor
from sevline.core.redaction.shield import ROOM

KEY = bytes(range(32))
MAILS = [f"user{number}x@firm{number}.example" for number in range(6)]
SECRET = "password=hunter-22-Zebra"
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
ASCII = {wide: code for code, wide in WIDE.items()}


def in_base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def from_base64(text: str) -> str:
    return base64.b64decode(text + "==").decode()


def in_mail(text: str) -> str:
    return "=C3=BC " + text.replace("=", "=3D").replace("a", "=61")


def from_mail(text: str) -> str:
    return text.replace("=61", "a").replace("=3D", "=")


def in_both(text: str) -> str:
    return in_base64(quote(text, safe=""))


def from_both(text: str) -> str:
    return unquote(from_base64(text))


@pytest.mark.parametrize("room", [0, 1, 3, 6])
@pytest.mark.parametrize(
    ("written", "read"),
    [
        (in_base64, from_base64),
        (lambda text: quote(text, safe=""), unquote),
        (lambda text: text.translate(WIDE), lambda text: text.translate(ASCII)),
        (in_mail, from_mail),
        (in_both, from_both),
    ],
    ids=["base64", "percent", "full width", "quoted-printable", "percent in base64"],
)
def test_in_an_encoding_none_is_shown(
    written: Callable[[str], str], read: Callable[[str], str], room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sevline.core.redaction.shield.ROOM", room)
    redactor = Redactor(KEY)

    left = redactor.text(written(" ".join((SECRET, *MAILS)))).text

    shown = read(left)
    assert [value for value in ("hunter", "Zebra", *MAILS) if value in shown] == []
    assert redactor.text(left).text == left


def test_a_secret_that_its_name_gives_away_in_one_half_is_masked_in_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sevline.core.redaction.shield.ROOM", 3)
    lines = "\n".join(MAILS)

    left = Redactor(KEY).text(f"seen hunter-22-Zebra\n{lines}\n{SECRET}\n{lines}\nthen hunter-22-Zebra").text

    assert "Zebra" not in left


@pytest.mark.slow
def test_in_an_export_of_more_rows_than_stand_ins_in_base64_no_address_is_shown() -> None:
    rows = "\n".join(f"{number},user{number}x@firm.example,open" for number in range(ROOM + 1000))

    left = Redactor(KEY).text(f"export {in_base64(rows)} end").text

    shown = from_base64(left.split()[1])
    assert re.findall(r"user\d+x", shown) == []
    assert shown.count(".redacted.example") == ROOM + 1000
