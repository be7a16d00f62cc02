"""Rows written into tables: in a statement, in a dump, in a log that tells of one."""

import pytest

from sevline.core.redaction import Redactor

REDACTOR = Redactor(bytes(range(32)), regions=())


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("INSERT INTO users (id, pwd) VALUES (43, 'Rosen!rot-1930x');", ["SECRET"]),
        ("insert into `t` (`auth_token`, `n`) values ('d9054965f3b91ffd', 3), ('b575c1d9054965f3', 4)", ["SECRET"] * 2),
        ("INSERT IGNORE INTO s.t (note, api_key) VALUES (concat('a', 'b'), 'ed8f7d6bf429')", ["SECRET"]),
        ("REPLACE INTO crew (mobile, login) VALUES ('019-150 43 17', 'okoro.n')", ["PHONE", "PERSON"]),
        ("INSERT INTO t (nino) VALUES ('ZZ 55 94 43 T')", ["IDENTITY"]),
        ("INSERT INTO t (a, secret) VALUES ('it''s (1, 2)', N'x9!''y8z7')", ["SECRET"]),
        (
            "COPY public.u (id, name, token) FROM stdin;\n1\tAnn Lee\tq8w7e6r5t4\n2\t\\N\tz1x2c3v4b5\n\\.\n",
            ["PERSON", "SECRET", "SECRET"],
        ),
        ('t=1 sql="insert into a (id, api_key) values (7, \'ed8f7d6bf429\')" took=3', ["SECRET"]),
    ],
)  # fmt: skip
def test_a_value_is_masked_under_the_name_of_its_column(text: str, kinds: list[str]) -> None:
    masked = REDACTOR.text(text).text
    assert [masked.count(f"<{kind}-") for kind in dict.fromkeys(kinds)] == [
        kinds.count(k) for k in dict.fromkeys(kinds)
    ]
    assert masked.count("(") == text.count("(")
    assert masked.count("'") == text.count("'") - 2 * text.count("''y")


@pytest.mark.parametrize(
    "text",
    [
        "insert into t (id, auth_token) values (?, ?)",
        "INSERT INTO t (id, password) VALUES (%s, %(password)s)",
        "INSERT INTO t (id, password) VALUES (1, NULL), (2, '')",
        "INSERT INTO orders (id, state) VALUES (1, 'paid')",
        "Please insert into the slot (card) values (see page 3)",
    ],
)
def test_a_statement_without_values_that_tell_something_stays(text: str) -> None:
    assert REDACTOR.text(text).text == text


def test_a_secret_of_a_row_is_masked_where_it_stands_alone_too() -> None:
    text = "INSERT INTO u (password) VALUES ('Rosen!rot-1930x');\nthen we typed Rosen!rot-1930x again\n"
    assert "Rosen" not in REDACTOR.text(text).text


MADE = """CREATE TABLE `kunden` (
  `id` int NOT NULL AUTO_INCREMENT,
  `name` varchar(80) NOT NULL DEFAULT '' COMMENT 'full; name (of the person)',
  `betrag` decimal(10,2) DEFAULT '0.00',
  `strasse` varchar(80),
  `passwort` varchar(60),
  PRIMARY KEY (`id`),
  KEY `idx` (`name`,`strasse`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
LOCK TABLES `kunden` WRITE;
/*!40000 ALTER TABLE `kunden` DISABLE KEYS */;
"""


def test_rows_without_names_of_columns_have_those_of_the_table_that_was_made_above() -> None:
    rows = (
        "INSERT INTO `kunden` VALUES (17,'Odalys Quint',12.50,'Am Weinberg 9','Silva; ''x'' ner')"
        ",(18,'Ewald Traut',1,'',NULL);\n"
    )
    redacted = REDACTOR.data(f"{MADE}{rows}".encode()).data.decode()
    assert redacted.startswith(MADE)
    assert not any(value in redacted for value in ("Odalys", "Weinberg 9", "Silva", "ner'", "Ewald"))
    assert "(17,'<PERSON-" in redacted
    assert "',12.50,'<ADDRESS-" in redacted
    assert ",1,'',NULL);" in redacted
    assert REDACTOR.data(redacted.encode()).data.decode() == redacted


def test_rows_of_another_table_are_not_read_by_its_columns() -> None:
    rows = "INSERT INTO `orders` VALUES (17,'Paris report',12.50,'Ring','blue');\n"
    assert REDACTOR.data(f"{MADE}{rows}".encode()).data.decode() == MADE + rows


@pytest.mark.parametrize(
    "rows",
    [
        r"INSERT INTO `kunden` VALUES (1,'Niamh O\'Brien',2,'','x');",
        r"INSERT INTO `kunden` VALUES (1,'Niamh\nO\'Brien',2,'','x');",
        "INSERT INTO `shop`.`kunden` VALUES (1,'Niamh O''Brien',2,'','x');",
        r"INSERT INTO kunden (id, name) VALUES (1,'Niamh O\'Brien');",
    ],
)
def test_an_escaped_mark_in_a_name_and_a_schema_before_the_table_hide_nobody(rows: str) -> None:
    redacted = REDACTOR.data(f"{MADE}{rows}".encode()).data.decode()
    assert "Niamh" not in redacted
    assert "Brien" not in redacted
