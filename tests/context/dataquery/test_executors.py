"""On live databases no text reaches a masked value or writes, through the guard or past it; what is slow is stopped."""

import time
from contextlib import suppress

import pytest
from sqlglot import dialects

from sevline.core.lifecycle import Refused
from sevline.core.sql import Admitted, Catalogue, Column, NotAdmitted, Table, admit
from sevline.dataquery.executors import Answer, Caps, Failed, run
from tests.context.dataquery.desk import Desk
from tests.sql_attacks import HARMLESS, MASKED, REFUSED

SALT = "5" * 64
QUICK = Caps(seconds=2.0)


def ask(source: Desk, text: str, caps: Caps = QUICK, **values: object) -> Answer:
    query = admit(text, source.catalogue, parameters=list(values))
    return run(source.url, source.catalogue, query, values, salt=SALT, caps=caps)


def past_the_guard(source: Desk, text: str) -> Answer:
    """The text as typed, as if the guard had let it through."""
    return run(source.url, source.catalogue, Admitted(text, "", (), (), False, 500), {}, salt=SALT, caps=QUICK)


def seen(answers: list[Answer]) -> str:
    return "\n".join(cell for answer in answers for row in answer.rows for cell in row if cell is not None)


def answered(source: Desk, texts: tuple[str, ...]) -> list[Answer]:
    """What came back for those that were let in; a refusal must be a sentence, anything else fails the test."""
    found = []
    for text in texts:
        with suppress(Refused):
            found.append(ask(source, text))
    return found


def test_no_attack_reaches_a_masked_value_or_writes(source: Desk) -> None:
    before = source.contents()

    attacks, others = answered(source, REFUSED), answered(source, HARMLESS)

    shown = seen(others)
    assert attacks == []
    assert len(others) > 20
    assert "masked/email/" in shown
    assert [secret for secret in MASKED if secret in shown] == []
    assert source.contents() == before


@pytest.mark.slow
def test_past_the_guard_nothing_is_written_and_no_unlisted_table_is_read(source: Desk) -> None:
    before = source.contents()
    found = []

    for text in REFUSED:
        with suppress(Refused, ValueError):
            found.append(past_the_guard(source, text))

    assert source.contents() == before
    assert [cell for cell in seen(found).splitlines() if cell == "hunter"] == []


@pytest.mark.slow
@pytest.mark.parametrize("dialect", [name.lower() for name in dialects.DIALECTS])
def test_what_other_dialects_make_of_an_attack_is_no_way_in(dialect: str, source: Desk) -> None:
    """Each attack is written by another dialect's rules first, so that its forms meet this one's reader."""
    import sqlglot
    from sqlglot import ErrorLevel
    from sqlglot.errors import SqlglotError

    before = source.contents()
    texts = []
    for text in (text for text in (*REFUSED, *HARMLESS) if len(text) < 200):
        with suppress(SqlglotError, ValueError, TypeError, AttributeError, KeyError):
            read = sqlglot.transpile(text, read=source.dialect, write=dialect, unsupported_level=ErrorLevel.IGNORE)
            texts.append("; ".join(read))

    shown = seen(answered(source, tuple(dict.fromkeys(texts))))

    assert [secret for secret in MASKED if secret in shown] == []
    assert source.contents() == before


def test_filters_on_a_masked_column_compare_the_mask(source: Desk) -> None:
    equal = ask(source, "select id from users where email = 'u1@corp.example'")
    like = ask(source, "select id from users where email like 'u1%'")
    bound = ask(source, "select id from users where email = :mail", mail="u1@corp.example")
    group = ask(source, "select email, count(*) as n from users group by email")
    same = ask(source, "select a.id from users a join users b on a.email = b.email where a.id = 7")

    assert (equal.rows, like.rows, bound.rows, group.rows) == ((), (), (), ())
    assert same.rows == (("7",),)


def test_a_filter_whose_guess_is_right_answers_like_one_whose_guess_is_wrong(source: Desk) -> None:
    """The oracle that divides by zero for the right guess has nothing to divide by."""
    text = "select 1 / (case when email = '{}' then 0 else 1 end) as x from users where id = 1"

    right, wrong = (ask(source, text.format(guess)).rows for guess in ("u1@corp.example", "nobody@corp.example"))

    assert right == wrong == (("1",),)


def test_a_parameter_is_a_value_whatever_it_holds(source: Desk) -> None:
    before = source.contents()

    answer = ask(source, "select id from users where plan = :plan", plan="gold' or '1'='1'; drop table users; --")

    assert answer.rows == ()
    assert source.contents() == before


def test_a_parameter_of_the_wrong_type_is_refused_without_what_the_database_says(source: Desk) -> None:
    with suppress(Failed):
        assert ask(source, "select id from users where id = :number", number="u1@corp.example").rows == ()

    with pytest.raises(NotAdmitted, match="is not declared"):
        ask(source, "select id from users where id = :other", number=1)


def test_only_the_first_rows_come_back_and_the_answer_says_so(source: Desk) -> None:
    few = ask(source, "select id from users order by id", Caps(rows=7))
    small = ask(source, "select plan from users", Caps(octets=20))
    long = ask(source, "select 'abcdefghij' || plan as x from users limit 1", Caps(cell=8))

    assert (len(few.rows), few.cut) == (7, "Only the first 7 rows are shown; there are more.")
    assert "the answer is larger" in small.cut
    assert long.rows == (("abcdefg…",),)


def test_more_columns_than_allowed_are_refused(source: Desk) -> None:
    with pytest.raises(Failed, match="5 columns; at most 3"):
        ask(source, "select * from users", Caps(columns=3))


def test_a_query_that_takes_too_long_is_stopped(source: Desk) -> None:
    """Six equal joins over one value multiply to 60 to the seventh rows."""
    joins = " ".join(f"join orders o{n} on o{n}.placed_at = o.placed_at" for n in range(6))
    started = time.monotonic()

    with pytest.raises(Failed, match="Narrow it down"):
        ask(
            source,
            f"select count(o.id) as n from orders o {joins}",
            Caps(seconds=0.5, cost=1e30, estimated_rows=10**30),
        )

    assert time.monotonic() - started < 4


def test_what_the_database_expects_to_be_dear_does_not_start(postgresql_source: Desk) -> None:
    with pytest.raises(Failed, match="expects this query to cost"):
        ask(postgresql_source, "select id from users", Caps(cost=0.01))


def test_a_login_that_could_write_is_refused(postgresql_source: Desk) -> None:
    with pytest.raises(Failed, match="administrator’s"):
        ask(Desk(postgresql_source.owner, postgresql_source.owner, "postgres"), "select id from users")


def test_a_view_that_runs_with_its_owners_rights_shows_no_more_than_its_listed_columns(postgresql_source: Desk) -> None:
    import psycopg

    with psycopg.connect(postgresql_source.owner, autocommit=True) as session:
        session.execute("CREATE VIEW diag.people AS SELECT u.*, v.secret FROM diag.users u CROSS JOIN diag.vault v")
        session.execute("GRANT SELECT ON diag.people TO PUBLIC")
    listed = Catalogue.of("postgres", "diag", Table("people", (Column("id"), Column("email", "text", "email"))))

    with pytest.raises(NotAdmitted):
        admit("select secret from people", listed)
    answer = run(postgresql_source.url, listed, admit("select * from people", listed), {}, salt=SALT, caps=QUICK)

    assert answer.columns == ("id", "email")
    assert [secret for secret in MASKED if secret in seen([answer])] == []


def test_a_source_that_is_not_there_is_a_sentence(sqlite_source: Desk) -> None:
    gone = Desk("sqlite:///no/such/file.sqlite3", "", "sqlite")
    silent = Desk("postgresql://nobody@127.0.0.1:1/none", "", "postgres")

    for nowhere in (gone, silent):
        with pytest.raises(Failed, match="cannot be"):
            ask(nowhere, "select id from users")
