"""The guard of read-only SQL lets one SELECT over listed tables through, rewritten, and refuses everything else."""

import re

import pytest
import sqlglot

from sevline.core.sql import Catalogue, Column, Dialect, Limits, NotAdmitted, Table, admit
from sevline.core.sql.masking import hashed, leaves_out_groups, pseudonymised, salt_of
from tests.sql_attacks import REFUSED, catalogue

BOTH: tuple[Dialect, ...] = ("postgres", "sqlite")
KEY = b"k" * 32


@pytest.mark.parametrize("dialect", BOTH)
@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:50])
def test_an_attack_is_refused_in_a_sentence(text: str, dialect: Dialect) -> None:
    with pytest.raises(NotAdmitted) as refusal:
        admit(text, catalogue(dialect))

    assert all(reason.endswith(".") and len(reason) < 400 for reason in refusal.value.reasons)


@pytest.mark.parametrize("dialect", BOTH)
def test_what_is_sent_is_written_anew_and_never_what_was_typed(dialect: Dialect) -> None:
    typed = "SELECT  id /* drop */ FROM users -- end"

    admitted = admit(typed, catalogue(dialect))

    assert "drop" not in admitted.sql
    assert "--" not in admitted.sql
    assert admitted.sql.endswith("LIMIT 501")


@pytest.mark.parametrize("dialect", BOTH)
def test_a_star_stands_for_the_listed_columns_only(dialect: Dialect) -> None:
    admitted = admit("select * from users", catalogue(dialect))

    assert "password" not in admitted.sql
    assert [part.alias for part in sqlglot.parse_one(admitted.sql, dialect=dialect).expressions] == [
        "id",
        "email",
        "name",
        "plan",
        "tenant_id",
    ]


@pytest.mark.parametrize("dialect", BOTH)
def test_a_query_of_the_same_meaning_has_the_same_hash_and_another_has_another(dialect: Dialect) -> None:
    one, same, other = (
        admit(text, catalogue(dialect)).hash
        for text in ("select id from users", "SELECT  id FROM users -- why", "select plan from users")
    )

    assert one == same
    assert one != other


def test_a_limit_that_was_asked_for_holds_when_it_is_the_smaller() -> None:
    few, many = (admit(f"select id from orders limit {number}", catalogue("postgres")).sql for number in (7, 9_000))

    assert few.endswith("LIMIT 7")
    assert many.endswith("LIMIT 501")


@pytest.mark.parametrize("dialect", BOTH)
def test_an_aggregate_over_a_table_with_masks_needs_groups_of_five(dialect: Dialect) -> None:
    masked = admit("select plan, count(*) from users group by plan having count(*) > 1", catalogue(dialect))
    inner = admit("select n from (select count(*) as n from users group by plan) t", catalogue(dialect))
    bare = admit("select count(*) from orders", catalogue(dialect))

    assert "HAVING (COUNT(*) > 1) AND COUNT(*) >= 5" in masked.sql
    assert "HAVING COUNT(*) >= 5" in inner.sql
    assert "HAVING" not in bare.sql


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("select tenant_id, count(*) from users group by tenant_id", 5),
        ("select tenant_id, count(*) from users group by tenant_id having count(*) > 1 order by tenant_id", 5),
        ("with t as (select tenant_id, count(*) as n from users group by tenant_id) select n from t", 5),
        ("select id from users", 0),
    ],
)
def test_what_was_written_tells_which_groups_it_leaves_out(text: str, least: int) -> None:
    assert leaves_out_groups(admit(text, catalogue("sqlite")).sql) == least


def test_parameters_are_bound_by_the_driver_and_the_salt_comes_first_on_postgresql() -> None:
    text = "select email from users where tenant_id = :tenant and id > :least and id < :tenant"

    there = admit(text, catalogue("postgres"), parameters=["tenant", "least"])
    here = admit(text, catalogue("sqlite"), parameters=["tenant", "least"])

    assert there.parameters == ("sevline_salt", "tenant", "least")
    assert "$2" in there.sql
    assert "$3" in there.sql
    assert here.parameters == ("tenant", "least")


@pytest.mark.parametrize("dialect", BOTH)
def test_six_joins_pass_and_seven_do_not(dialect: Dialect) -> None:
    joins = [f" join orders o{number} on o{number}.user_id = users.id" for number in range(7)]

    admit("select users.id from users" + "".join(joins[:6]), catalogue(dialect))
    with pytest.raises(NotAdmitted, match="7 joins; at most 6"):
        admit("select users.id from users" + "".join(joins), catalogue(dialect))


def test_a_query_of_more_parts_than_allowed_is_refused_with_both_numbers() -> None:
    with pytest.raises(NotAdmitted, match=r"parts; at most 20 are allowed"):
        admit("select id, plan, tenant_id from users where id = 1 and plan = 'x'", catalogue("sqlite"),
              limits=Limits(nodes=20))  # fmt: skip


def test_a_refusal_names_what_can_be_read() -> None:
    with pytest.raises(NotAdmitted, match="You can read: orders, users"):
        admit("select secret from vault", catalogue("postgres"))


def test_the_same_value_has_one_pseudonym_in_a_case_and_another_in_the_next() -> None:
    digest = hashed(salt_of(KEY), "email", "kim@corp.example")
    assert digest is not None

    one, again, other = (pseudonymised(key, f"to {digest}") for key in (KEY, KEY, b"o" * 32))

    assert one == again != other
    assert re.fullmatch(r"to <EMAIL_[0-9a-f]{16}>", one)  # 64 bits, so that two values do not share a token
    assert "kim" not in digest


@pytest.mark.parametrize("name", ["em\u0430il", "a b", 'a"b', ""])
def test_a_catalogue_takes_plain_names_only(name: str) -> None:
    with pytest.raises(ValueError, match="not made of ASCII"):
        Catalogue.of("postgres", "diag", Table("users", (Column(name),)))


def test_queries_that_differ_in_their_values_have_one_pattern_and_two_hashes() -> None:
    one, other = (admit(f"select id from orders where user_id = {number}", catalogue("sqlite")) for number in (1, 2))

    assert one.pattern == other.pattern
    assert one.hash != other.hash


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("select u from users u", "A query may not use a whole row of a table as a value."),
        ("select id from users where email ~ 'u1'", "A query may not use a regular expression; write LIKE."),
        ("select replace(plan, 'a', 'b') from users", "A query may not use the function REPLACE."),
        ("select id from users where id & 1 = 1", "A query may not use &."),
        ("select id from users cross join orders", "Join with JOIN or LEFT JOIN, not CROSS JOIN."),
        ("select trim('u' from plan) from users", "The function TRIM may not have characters to trim."),
        ("select id from users where plan collate \"C\" = 'x'", "A query may not use COLLATE."),
    ],
)
def test_a_refusal_names_what_somebody_wrote_and_not_what_the_parser_calls_it(text: str, sentence: str) -> None:
    with pytest.raises(NotAdmitted) as refused:
        admit(text, catalogue("postgres"))

    assert refused.value.reasons == (sentence,)
