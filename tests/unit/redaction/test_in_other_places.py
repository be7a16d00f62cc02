"""Values where a line was broken, in lists of arguments and plans of changes, and numbers that begin a line."""

import pytest

from sevline.core.redaction import Redactor
from tests.redaction_corpus.persons_made import luhn_digit

REDACTOR = Redactor(bytes(range(32)))
PASSWORD = "Xk7" + "qP2mWz9Lr4"
GITHUB = "gh" + "p_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
AMAZON = "AK" + "IA" + "J5Q2MZ7PDRT6WQXA"
HEAD, SUM = "eyJhbGciOiJIUzI1NiJ9", "SflKxwRJSMeKKF2QT4fwpMeJf36POk"
CLAIMS = "eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4ifQ"
SIN = "13069254" + luhn_digit("13069254")


def masked(text: str) -> str:
    once = REDACTOR.text(text).text
    assert REDACTOR.text(once).text == once
    return once


@pytest.mark.parametrize("broken", ["\n", "\r\n", "=\n", "\\\n", "\n    ", "\n> "])
@pytest.mark.parametrize("key", [GITHUB, AMAZON])
def test_a_key_that_was_broken_into_two_lines_has_the_token_of_the_whole(key: str, broken: str) -> None:
    whole = masked(f"it said {key} was refused").split()[2]

    lines = masked(f"it said {key[:11]}{broken}{key[11:]} was refused")

    assert key[11:] not in lines
    assert whole in lines
    assert lines.count("\n") == broken.count("\n")


def test_a_token_of_no_fixed_length_is_put_together_where_its_rest_is_all_of_the_line() -> None:
    rest = CLAIMS[20:] + "." + SUM

    lines = masked(f"got {HEAD}.{CLAIMS[:20]}\n{rest}\nnext line\n")

    assert rest not in lines
    assert lines.endswith("\nnext line\n")


@pytest.mark.parametrize(
    "text",
    [
        "the prefix is gh" + "p_abc\nNext line follows",
        "the key begins with AK" + "IA\nAnd so on",
        "header eyJhbGciOi\n2026-11-16T10:00:00Z INFO started",
    ],
)
def test_lines_that_have_nothing_to_do_with_each_other_stay_apart(text: str) -> None:
    assert text.split("\n")[1] in masked(text)


@pytest.mark.parametrize(
    "text",
    [
        f'  ~ master_password: "old-one-3x" => "{PASSWORD}"',
        f'      ~ secret_key = "aaaaaaaabb1" -> "{PASSWORD}"',
        f'"Cmd": ["/usr/bin/mysql", "-u", "root", "-p{PASSWORD}", "shop"]',
        f"args:\n  - --db-password\n  - {PASSWORD}\n  - --verbose",
        f"パスワード：{PASSWORD}",
        f"root 99 1 0 10:01 ? 00:00:01 /usr/bin/backup --user admin --password {PASSWORD}",
        f"mysqldump -uroot -p{PASSWORD} shop",
        f"PGPASSWORD={PASSWORD} psql -h db",
    ],
)
def test_a_password_in_arguments_and_changes_is_masked(text: str) -> None:
    assert PASSWORD not in masked(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("station 00 1A 2B 3C 4D 5E associated", "2B 3C"),
        ("client 3c 22 fb 8e 01 7a left", "fb 8e"),
        ("mac 3C F8 77 6D 13 BB", "77 6D"),
        ("Joindre au 00 33 1 53 60 12 34", "53 60"),
        ("his number: 00 44 (0)20 7946 0958", "7946"),
        ("from 00 49 30 901820 today", "901820"),
        ("abn 51 824 753 556 is on the invoice", "824 753"),
        ("(ABN 51 824 753 556)", "824 753"),
        ("LEI 529900T8BM49AURSDO55 of the bank", "529900T8BM49AURSDO55"),
        (f"sin {SIN} on file", SIN),
    ],
)
def test_numbers_with_blanks_and_at_the_beginning_of_a_line_are_masked(text: str, value: str) -> None:
    assert value not in masked(text)


@pytest.mark.parametrize(
    "text",
    [
        "00000000  00 44 20 79 46 09 58 12  aa bb cc dd ee ff 00 11  |.D yF.X.........|",
        "0000010: 3c 22 fb 8e 01 7a",
        "device 00 11 22 33 44 55 66 77 88 read",
        "range 00 44 20 79 46 09",
        "rows 00 12 13 14 15 16",
        "time 00 12 3456 7890 ticks",
        "abn 12 345 678 901 rows",
        "lei che parla",
        "sin embargo 123456789",
        'version: "1.2.3" -> "1.2.4"',
        "args:\n  - --port\n  - 8080",
        '"args": ["mysql", "-port", "3306"]',
    ],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert masked(text) == text
