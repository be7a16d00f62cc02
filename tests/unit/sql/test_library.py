"""The file of data sources: wrong rows stop it, parameters have types, and a window has an end."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sevline.core.lifecycle import Refused
from sevline.core.sql.library import Kind, Library, ParameterRow, QueryRow, check_window, declared, share, values_of
from sevline.core.tables import TableError, parse
from sevline.dataquery.executors import Caps

HOWTO = Path(__file__).resolve().parents[3] / "docs" / "howto" / "query-data.md"


def example() -> str:
    """The file that the how-to shows."""
    found = re.search(r"```toml\n(.*?)```", HOWTO.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


def query(**changed: Any) -> QueryRow:
    row = {
        "id": "q", "title": "Q", "source": "s", "sql": "select 1", "owner": "Ines", "reviewed_by": "Irina", "hash": "",
        "parameters": [{"name": name, "type": "time", "label": name} for name in ("since", "until")],
        "window": ["since", "until"],
    }  # fmt: skip
    return msgspec.convert(row | changed, QueryRow)


def parameter(kind: Kind) -> ParameterRow:
    return ParameterRow(name="p", type=kind, label="P")


def test_the_file_of_the_howto_can_be_used_once_its_review_is_written_down() -> None:
    digest = parse("data sources", example(), Library).reviewable("tenant-users")

    reviewed = parse("data sources", example().replace('hash = ""', f'hash = "{digest}"'), Library)

    assert reviewed.prebuilt("tenant-users")[1].hash == digest


@pytest.mark.parametrize(
    ("was", "becomes", "sentence"),
    [
        ('reviewed_by = "Irina"', 'reviewed_by = "ines"', "reviewed by somebody other than its owner"),
        ('source = "billing"\nname', 'source = "other"\nname', "no source “other”"),
        ("rows = 500 ", "rows = 5000 ", "at most 1,000 rows"),
        ("seconds = 5.0", "seconds = 31.0", "take 30 s"),
        ('mask = "email"', 'mask = "E mail"', "not a word of small letters"),
        ('url_file = "/etc', 'url = "x"\nurl_file = "/etc', "either url or url_file"),
    ],
)
def test_a_wrong_file_is_refused_with_what_is_wrong(was: str, becomes: str, sentence: str) -> None:
    text = example()
    assert was in text

    with pytest.raises(TableError, match=sentence):
        parse("data sources", text.replace(was, becomes, 1), Library)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("text", "gold' or '1'='1", "gold' or '1'='1"),
        ("integer", "-7", -7),
        ("decimal", "12.50", Decimal("12.50")),
        ("boolean", "No", False),
        ("date", "2026-03-02", date(2026, 3, 2)),
        ("time", "2026-03-02 09:30", datetime(2026, 3, 2, 9, 30, tzinfo=UTC)),
        ("time", "2026-03-02T09:30+02:00", datetime(2026, 3, 2, 7, 30, tzinfo=UTC)),
    ],
)
def test_a_parameter_is_read_by_its_type(kind: Kind, typed: str, value: object) -> None:
    assert values_of([parameter(kind)], {"p": typed}) == {"p": value}


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("text", ""), ("text", "x" * 201), ("text", "a\0b"), ("integer", "1 or 1=1"), ("integer", "9" * 30),
        ("integer", "1.5"), ("decimal", "NaN"), ("decimal", "Infinity"), ("decimal", "1e999999"),
        ("boolean", "perhaps"), ("date", "2026-02-30"), ("time", "now()"),
    ],
)  # fmt: skip
def test_what_is_not_of_the_type_is_refused(kind: Kind, typed: str) -> None:
    with pytest.raises(Refused, match=r"^P: give "):
        values_of([parameter(kind)], {"p": typed})


def test_a_window_of_seven_days_passes_and_a_longer_or_empty_one_does_not() -> None:
    first = datetime(2026, 3, 2, tzinfo=UTC)

    check_window(query(), {"since": first, "until": datetime(2026, 3, 9, tzinfo=UTC)})
    for last in (datetime(2026, 3, 9, 0, 1, tzinfo=UTC), first):
        with pytest.raises(Refused, match="at most 7 days"):
            check_window(query(), {"since": first, "until": last})


@pytest.mark.parametrize("line", ["tenant = 4", "tenant integer 4", "tenant thing = 4", "a b c = 4", "1a integer = 4"])
def test_a_parameter_that_is_declared_in_another_form_is_refused(line: str) -> None:
    with pytest.raises(Refused, match="such as tenant integer = 42"):
        declared(line)


def test_without_a_free_run_the_share_is_zero() -> None:
    assert share(4, []) == (0, [])
    assert share(0, []) == (0, [])
    assert share(1, ["a", "a"]) == (67, [("a", 2)])


@pytest.mark.parametrize("more", [{"rows": 1001}, {"seconds": 30.5}, {"rows": 0}, {"seconds": 0}])
def test_nothing_may_give_a_run_more_than_a_thousand_rows_and_thirty_seconds(more: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="at most 1,000 rows and 30 s"):
        Caps(**more)
