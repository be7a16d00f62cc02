"""Letters that are written otherwise hide no value: full width, the long s, and the sign for kelvin."""

import polars as pl
import pytest

from sevline.core.redaction import Redactor
from sevline.core.redaction.views import VIEWS, encoded

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


@pytest.mark.parametrize("line", ["Gr=C3=BC=C3=9Fe {}", "＊ {}", "{} K\u212a", "{} tail=E2=80=93"])
def test_what_was_masked_before_a_line_is_read_again_stays_as_it_is(line: str) -> None:
    value = "mail mia@example.com ip 81.229.14.203 password=hunter-22-Zebra"
    assert told(line.format(value)) == line.format(told(value))


def test_a_character_of_the_stand_ins_own_range_stays_in_other_letters() -> None:
    text = "\U000f0000 ＊ \U000f0001 mia@example.com ｐｉｎ"
    redacted = told(text)
    assert redacted.startswith("\U000f0000 ＊ \U000f0001 u")
    assert redacted.endswith(".redacted.example ｐｉｎ")


@pytest.mark.parametrize(
    "line",
    [
        "INFO 订单服务：用户（id=17）提交订单，状态：成功；耗时 30ms！来源？～",
        "警告：磁盘使用率 ９５％，剩余 ３０ 分钟",
        "ERROR 接続に失敗しました（タイムアウト）：再試行します［3/5］",
    ],
)
def test_the_marks_of_sentences_call_for_no_second_look(line: str) -> None:
    letters = next(view for view in VIEWS if view.name == "letters")
    assert encoded(letters, pl.Series([line, "paſſword"])).to_list() == [1]


@pytest.mark.parametrize(
    "value",
    [
        "mia.wong＠example.com",
        "mia.wong@example．com",
        "81.229．14.203",
        "81.229.14.２03",
        "ＡKIA" + "IOSFODNN7EXAMPLE",
        "client＿secret=hunter-22-Zebra",
        "＋49 30 901820",
        "4111－1111－1111－1111",
    ],
)
def test_a_value_with_one_letter_in_full_width_is_masked_as_in_ascii(value: str) -> None:
    plain = value.translate({wide: code for code, wide in WIDE.items()})
    known = told(f"see {plain} there")
    assert plain not in known
    assert told(f"see {value} there").translate({wide: code for code, wide in WIDE.items()}) == known


def test_in_a_long_line_values_are_masked_where_they_stand_in_other_letters() -> None:
    mail, name = "mia.wong@example.com".translate(WIDE), "ｐａｓｓｗｏｒｄ＝"
    filler = "状态：成功，" * 2000 + "ok done;" * 2000
    value = "hunter-22-Zebra-" * 200
    text = f"{mail} {filler} {name}{value} {filler}"
    redacted = told(text)
    assert redacted == told(redacted)
    assert redacted.startswith("u")
    assert redacted.count(f" {filler}") == 2
    assert f" {name}<SECRET-" in redacted
    assert "Zebra" not in redacted
