"""A wrong table is refused with a sentence that says where."""

import pytest

from sevline.core.severity import SeverityTable
from sevline.core.tables import Table, TableError, no_repeats, parse


class Plain(Table, frozen=True):
    size: int


def test_a_right_table_is_read() -> None:
    assert parse("plain.toml", 'version = "1"\nsize = 3', Plain).size == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version = ", "Invalid value"),
        ('version = "1"', "missing required field `size`"),
        ('version = "1"\nsize = "many"', "Expected `int`, got `str`"),
        ('version = "1"\nsize = 3\ncolour = "red"', "unknown field `colour`"),
        ('version = " "\nsize = 3', "the version is empty"),
    ],
)
def test_a_wrong_table_is_named_with_its_fault(text: str, said: str) -> None:
    with pytest.raises(TableError, match="The table “plain") as refusal:
        parse("plain.toml", text, Plain)
    assert said in str(refusal.value)


def test_a_key_that_stands_twice_is_named() -> None:
    with pytest.raises(ValueError, match="the rule “b” stands there twice"):
        no_repeats("rule", ["a", "b", "b"])


def test_a_rule_with_an_unknown_condition_is_refused() -> None:
    text = """
    version = "9"
    review_minutes = 30
    reach_wide_percent = 10
    reach_some_percent = 2
    [[rule]]
    id = "SEV-R1"
    severity = 1
    when = "the_moon_is_full"
    title = "A moon"
    """
    with pytest.raises(TableError, match="SEV-R1 asks for the condition “the_moon_is_full”"):
        parse("severity.toml", text, SeverityTable)
