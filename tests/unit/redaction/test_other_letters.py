"""Letters that are written otherwise hide no value: full width, the long s, and the sign for kelvin."""

import pytest

from sevline.core.redaction import Redactor

REDACTOR = Redactor(bytes(range(32)))
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def told(text: str) -> str:
    return REDACTOR.data(text.encode()).data.decode()


@pytest.mark.parametrize(
    "text",
    [
        "paſſword=hunter-22-Zebra",
        "the to\u212aen=hunter-22-Zebra of today",
        "client_\u017fecret: hunter-22-Zebra",
        "API_\u212aEY=hunter-22-Zebra",
        "password：hunter-22-Zebra",
        "password＝hunter-22-Zebra",
        "パスワード ｐａｓｓｗｏｒｄ＝hunter-22-Zebra",
        "Authorization： Bearer hunter-22-Zebra-hunter-22",
    ],
)
def test_a_name_in_other_letters_tells_what_stands_behind_it(text: str) -> None:
    assert "Zebra" not in told(text)


@pytest.mark.parametrize(
    "value", ["mia.wong@example.com", "AKIA" + "IOSFODNN7EXAMPLE", "81.229.14.203", "password=hunter-22-Zebra"]
)
def test_a_value_in_full_width_is_masked_as_in_ascii(value: str) -> None:
    wide = value.translate(WIDE)
    plain = told(f"see {value} there")
    assert told(f"see {wide} there").translate({wide: code for code, wide in WIDE.items()}) == plain


def test_what_holds_no_value_stays_in_its_letters() -> None:
    text = "ｗａｉｔｅｄ　３０ｓ： the Wachſtum is 273 \u212a, ｏｋ？"
    assert told(text) == text


def test_what_is_masked_in_other_letters_stays_when_asked_again() -> None:
    once = told("paſſword=hunter-22-Zebra ｍａｉｌ：mia@example.com ſ")
    assert told(once) == once
    assert once.startswith("paſſword=<SECRET-")
    assert once.endswith(" ſ")
    assert ".redacted.example" in once


@pytest.mark.parametrize("line", ["Gr=C3=BC=C3=9Fe {}", "＊ {}", "{} KK", "{} tail=E2=80=93"])
def test_what_was_masked_before_a_line_is_read_again_stays_as_it_is(line: str) -> None:
    value = "mail mia@example.com ip 81.229.14.203 password=hunter-22-Zebra"
    assert told(line.format(value)) == line.format(told(value))


def test_a_character_of_the_stand_ins_own_range_stays_in_other_letters() -> None:
    text = "󰀀 ＊ 󰀁 mia@example.com ｐｉｎ"
    redacted = told(text)
    assert redacted.startswith("󰀀 ＊ 󰀁 u")
    assert redacted.endswith(".redacted.example ｐｉｎ")
