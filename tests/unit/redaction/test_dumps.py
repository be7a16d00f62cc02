"""Rows of dumps whose columns are named far above them."""

import io

import pytest

from sevline.core.redaction import Redactor
from sevline.core.redaction.chunks import PIECE
from sevline.core.redaction.dumps import Columns, tables_in

REDACTOR = Redactor(bytes(range(32)))
MADE = (
    "CREATE TABLE `kunden` (\n  `id` int,\n  `key` text,\n  `name` text{},\n  `passwort` text, PRIMARY KEY (`id`));\n"
)
ROW = "(1,'a','Odalys Quint','rosen;rot19')"
ROWS = f"INSERT INTO kunden VALUES {ROW};\n"


def masked(text: str) -> str:
    redacted = REDACTOR.data(text.encode()).data.decode()
    assert REDACTOR.data(redacted.encode()).data.decode() == redacted
    return redacted


@pytest.mark.parametrize(
    ("before", "rows"),
    [
        (MADE.format("") + MADE.format("").replace("kunden", "other"), ROWS),
        (MADE.format("") + "CREATE INDEX i ON kunden (id);\n", ROWS),
        (MADE.format("") + "UNLOCK TABLES;\nDROP TABLE x;\n", ROWS),
        (MADE.format(" COMMENT 'it\\'s; (a'"), ROWS),
        (MADE.format("").replace("CREATE TABLE `kunden`", 'create table if not exists "shop"."Kunden"'), ROWS),
        (
            MADE.format(""),
            ROWS.replace("INSERT INTO", "INSERT IGNORE INTO") + ROWS.replace("INSERT INTO", "REPLACE INTO"),
        ),
        (MADE.format(""), ROWS.replace(";\n", " ON DUPLICATE KEY UPDATE id=id;\n") + ROWS),
    ],
)
def test_rows_have_the_columns_of_their_table_wherever_it_was_made_above_them(before: str, rows: str) -> None:
    redacted = masked(before + rows)
    assert redacted.startswith(before)
    assert "Odalys" not in redacted
    assert "rot19" not in redacted
    assert redacted.count("(1,'a','<PERSON-") == rows.count("(1,")
    assert redacted.count(",'<SECRET-") == rows.count("(1,")


@pytest.mark.slow
def test_rows_in_a_later_piece_of_a_stream_have_the_columns_that_the_first_one_named() -> None:
    text = MADE.format("") + (" " * 1_000 + "\n") * (PIECE // 1_000) + ROWS
    redacted = b"".join(piece.data for piece in REDACTOR.stream(io.BytesIO(text.encode()))).decode()
    assert redacted.startswith(MADE.format(""))
    assert redacted.endswith(">');\n")
    assert len(redacted) < len(text) + 100
    assert "Odalys" not in redacted
    assert "rot19" not in redacted


@pytest.mark.parametrize("named", ["kunden", "kunden (id, k, name, passwort)"])
def test_a_piece_that_begins_between_two_rows_has_their_columns(named: str) -> None:
    columns = Columns("zmark")
    first = columns.named(f"{MADE.format('')}INSERT INTO {named} VALUES\n{ROW},\n")
    second = columns.named(f"{ROW},\n")
    third = columns.named(f"{ROW};\nother (x)\n")
    assert columns.unnamed(first) == f"{MADE.format('')}INSERT INTO {named} VALUES\n{ROW},\n"
    assert columns.unnamed(second) == f"{ROW},\n"
    assert columns.unnamed(third) == f"{ROW};\nother (x)\n"
    assert "passwort" in second
    assert "passwort" in third
    assert columns.named(f"{ROW};\n") == f"{ROW};\n"


def test_only_columns_are_read_from_the_making_of_a_table() -> None:
    made = (
        "CREATE TABLE a.b (`key` int DEFAULT (1,2), -- one, two\n /* it's, (all */ c enum('x','y;'), KEY k (c),"
        " CONSTRAINT z CHECK (c));"
    )
    assert tables_in(made) == {"b": ["key", "c"]}


@pytest.mark.parametrize(
    "hostile",
    [
        "create table x (" * 20_000,
        "create table x ('" * 20_000,
        "create table x (a (" * 9_000,
        "create table x (" + "'\\" * 90_000,
        "create table x (" + "/*" * 90_000,
    ],
)
def test_a_table_without_end_is_read_once(hostile: str) -> None:
    assert tables_in(hostile) == {}


def test_many_short_statements_get_no_more_names_than_values() -> None:
    columns = Columns("zmark")
    made = f"CREATE TABLE t ({','.join(f'c{number:030} int' for number in range(100))});\n"
    rows = "INSERT INTO t VALUES(1);\n" * 1_000
    assert len(columns.named(made + rows)) < len(made) + 4 * len(rows)


@pytest.mark.parametrize("said", ["we insert into it, replace into it,", "insert into\nmia.lind@northwind.example,"])
def test_a_text_that_only_speaks_of_inserting_is_read_as_any_other(said: str) -> None:
    assert "mia.lind" not in masked(f"mia.lind@northwind.example {said}")
