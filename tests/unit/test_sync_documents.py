"""Documents and letters that two systems write differently."""

import pytest

from sevline.core.sync.kinds import kind_of
from sevline.core.sync.notations import LONGEST


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('{"x": 1, "y": [1, 2]}', '{"y":[1,2],"x":1}'),
        ('["a", "b c"]', '["a","b c"]'),
        ('{a,"b c"}', '["a","b c"]'),
        ("[1, 2]", "{1,2}"),
        ('{"a\\"b"}', '["a\\"b"]'),
        ("{true,false}", "[true,false]"),
    ],
)
def test_a_document_with_other_blanks_or_another_order_is_the_same(one: str, other: str) -> None:
    assert kind_of(one, other)[0] == "document form"
    assert kind_of(other, one)[0] == "document form"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('{"x": 1}', '{"x":"1"}'),
        ('{"x": 1}', '{"x":2}'),
        ("[1, 2]", "[2, 1]"),
        ("{a,b}", '["b","a"]'),
        ("{a,b}", "{b,a}"),
        ("{a,,b}", '["a","","b"]'),
        ("{a,}", '["a"]'),
        ("{}", "[1]"),
        ("[" * 900 + "]" * 900, "[]"),
        ("[1" + ", 1" * LONGEST + "]", "[1" + ",1" * LONGEST + "]"),
        ('{"x"', '{"x":1}'),
        ("\ud800{", "[\ud800]"),
    ],
)
def test_another_document_or_none_at_all_stays_another_value(one: str, other: str) -> None:
    assert kind_of(one, other)[0] in {"value", "cut"}


def test_letters_with_joined_accents_are_told_from_other_letters() -> None:
    assert kind_of("José", "Jose\u0301")[0] == "accents"
    assert kind_of("José", "Jose")[0] == "value"
