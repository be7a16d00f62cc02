"""Tables between the lines of a letter, however they are drawn, and lines that only resemble one."""

import pytest

from sevline.core.readers.pastedtables import tables_within

ROW = "*" * 27
DRAWN = {
    "psql": """ id | attempt |  sent_at
----+---------+------------
 e1 |       1 | 2026-11-24
 e2 |       2 | 2026-11-25
(2 rows)""",
    "mysql": """+----+---------+------------+
| id | attempt | sent_at    |
+----+---------+------------+
| e1 |       1 | 2026-11-24 |
| e2 |       2 | 2026-11-25 |
+----+---------+------------+""",
    "Markdown": """| id | attempt | sent_at |
|:---|--:|---|
| e1 | 1 | 2026-11-24 |
| `e2` | 2 | 2026-11-25 |""",
    "boxes": """┌────┬─────────┬────────────┐
│ id │ attempt │ sent_at    │
├────┼─────────┼────────────┤
│ e1 │ 1       │ 2026-11-24 │
│ e2 │ 2       │ 2026-11-25 │
└────┴─────────┴────────────┘""",
    "records of mysql": f"""{ROW} 1. row {ROW}
     id: e1
attempt: 1
sent_at: 2026-11-24
{ROW} 2. row {ROW}
     id: e2
attempt: 2
sent_at: 2026-11-25""",
    "records of psql": """-[ RECORD 1 ]-------
id      | e1
attempt | 1
sent_at | 2026-11-24
-[ RECORD 2 ]-------
id      | e2
attempt | 2
sent_at | 2026-11-25""",
    "fixed width": """id attempt sent_at
-- ------- ----------
e1 1       2026-11-24
e2 2       2026-11-25""",
    "delimited": """id;attempt;sent_at
e1;1;2026-11-24
e2;2;2026-11-25""",
}
LETTER = "Hello,\n\nhere is what our database says, a, b and c:\n\n{}\n\nAny idea?\nRegards, Kim\n"


@pytest.mark.parametrize("way", DRAWN)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_table_in_a_letter_is_read_with_the_lines_of_its_rows(way: str, ending: str) -> None:
    text = LETTER.format(DRAWN[way])

    ((table, _),) = tables_within(text.replace("\n", ending), "a1", "letter.txt")

    assert [dict(row.values) for row in table.rows] == [
        {"id": "e1", "attempt": "1", "sent_at": "2026-11-24"},
        {"id": "e2", "attempt": "2", "sent_at": "2026-11-25"},
    ]
    at = int(table.rows[1].locator.partition(":")[0])
    assert any("e2" in line for line in text.split("\n")[at - 1 : at + 1])


@pytest.mark.parametrize(
    "text",
    [
        "Heading\n=======\n\nfirst, second and third\none, two, three\nfour, five, six\n",
        "A heading\n---------\n\nprose\n",
        "a | b\nand c | d\n",
        "2026-11-24 10:00:00 INFO a, b\n2026-11-24 10:00:01 INFO c, d\n2026-11-24 10:00:02 INFO e, f\n",
    ],
)
def test_prose_headings_and_logs_are_no_tables(text: str) -> None:
    assert list(tables_within(text, "a1", "letter.txt")) == []


def test_two_tables_in_one_text_are_two() -> None:
    text = LETTER.format(f"{DRAWN['psql']}\n\nand there:\n\n{DRAWN['Markdown']}")

    assert len(list(tables_within(text, "a1", "letter.txt"))) == 2
