"""A window of time on an SQLite file holds the rows that lie in it, in whatever writing the file has its times."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sevline.core.sql import Catalogue, Column, Table, admit
from sevline.dataquery.executors import Caps, run

CATALOGUE = Catalogue.of("sqlite", "main", Table("orders", (Column("id", "int"), Column("created_at", "time"))))
WINDOW = "select id from orders where created_at >= :since and created_at < :until order by created_at"
VALUES = {"since": datetime(2026, 3, 2, 3, tzinfo=UTC), "until": datetime(2026, 3, 2, 5, tzinfo=UTC)}
WRITINGS = {
    "with T and Z": ("2026-03-02T02:59:59Z", "2026-03-02T04:00:00Z", "2026-03-02T04:30:00Z", "2026-03-02T05:00:00Z"),
    "with a blank": ("2026-03-02 02:59:59", "2026-03-02 04:00:00", "2026-03-02 04:30:00", "2026-03-02 05:00:00"),
    "with a zone": (
        "2026-03-02T03:59:59+01:00", "2026-03-02T05:00:00+01:00", "2026-03-02T05:30:00+01:00",
        "2026-03-02T06:00:00+01:00",
    ),
}  # fmt: skip


def desk(folder: Path, times: tuple[str, ...]) -> str:
    path = folder / "times.sqlite3"
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE orders (id INTEGER, created_at TEXT)")
        file.executemany("INSERT INTO orders VALUES (?, ?)", enumerate(times))
        file.commit()
    return f"sqlite://{path}"


def ids(url: str, text: str, **values: object) -> list[str | None]:
    query = admit(text, CATALOGUE, parameters=list(values))
    answer = run(url, CATALOGUE, query, values, salt="5" * 64, caps=Caps(seconds=2.0))
    return [row[0] for row in answer.rows]


@pytest.mark.parametrize("writing", list(WRITINGS))
def test_a_window_of_parameters_holds_the_rows_that_lie_in_it(writing: str, tmp_path: Path) -> None:
    url = desk(tmp_path, WRITINGS[writing])

    assert ids(url, WINDOW, **VALUES) == ["1", "2"]


@pytest.mark.parametrize("written", ["2026-03-02 04:30", "2026-03-02T04:30:00Z", "2026-03-02T05:30:00+01:00"])
def test_a_time_that_is_written_into_the_query_is_compared_as_a_time(written: str, tmp_path: Path) -> None:
    url = desk(tmp_path, WRITINGS["with T and Z"])

    assert ids(url, f"select id from orders where created_at >= '{written}' order by id") == ["2", "3"]


def test_the_time_holds_through_with_and_a_sub_select(tmp_path: Path) -> None:
    url = desk(tmp_path, WRITINGS["with T and Z"])
    text = (
        "with late as (select id, max(created_at) as at from orders group by id) select id from late where at < :until"
    )

    assert ids(url, text, until=VALUES["until"]) == ["0", "1", "2"]


def test_the_latest_time_of_a_group_is_a_time_too(tmp_path: Path) -> None:
    url = desk(tmp_path, WRITINGS["with T and Z"])
    text = "select id from orders group by id having max(created_at) >= :since order by id"

    assert ids(url, text, since=VALUES["until"]) == ["3"]


def test_a_time_is_shown_as_the_file_has_it(tmp_path: Path) -> None:
    url = desk(tmp_path, WRITINGS["with T and Z"])

    assert ids(url, "select max(created_at) from orders") == ["2026-03-02T05:00:00Z"]
