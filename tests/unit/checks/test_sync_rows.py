from typing import Any

import pytest
from tests import foreign
from tests.evidence import found, states

from sevline.bench.extracts import tables_in
from sevline.core.finding import Given, State
from sevline.core.readers.taking import TableNote
from sevline.core.sync import Rows, SyncDifference
from sevline.core.sync.compare import compared
from sevline.core.sync.kinds import kind_of
from sevline.core.sync.pairing import paired

HEAD = "id,tenant_id,name,amount,created,updated_at"


def rows(count: int, *, skip: range = range(0), **changes: Any) -> list[str]:
    """One row a minute; `changes` replace a column in every row."""
    made = []
    for number in range(count):
        if number in skip:
            continue
        at = f"2026-03-{2 + number // 1440:02d}T{number // 60 % 24:02d}:{number % 60:02d}:00Z"
        told = {
            "id": str(number),
            "tenant_id": f"t{number % 5}",
            "name": f"Customer {number}",
            "amount": f"{number}.50",
        }
        told |= {"created": "2026-01-01T00:00:00Z", "updated_at": at} | changes
        made.append(",".join(told[name].replace("{n}", str(number)) for name in HEAD.split(",")))
    return made


def csv(made: list[str]) -> str:
    return foreign.table(HEAD, *made)


SAME = foreign.difference(csv(rows(100)), csv(rows(100)))
SYNC = ("SYNC01", "SYNC02", "SYNC03", "SYNC04", "SYNC05", "SYNC06", "SYNC07", "SYNC08", "SYNC10", "SYNC11", "SYNC12")


@pytest.fixture(scope="module")
def large() -> SyncDifference:
    """50,000 rows in the source, 188 of which are missing in the target."""
    return foreign.difference(csv(rows(50_000)), csv(rows(50_000, skip=range(30_000, 30_188))))


@pytest.mark.requirement("R-056")
def test_188_absent_keys_of_50_000_are_listed_with_the_first_wrong_watermark(large: SyncDifference) -> None:
    (counts,) = found("SYNC01", large)
    (missing,) = found("SYNC02", large)
    (boundary,) = found("SYNC06", large)

    assert counts.title.startswith("The source holds 50,000 rows, the target 49,812")
    assert missing.title == "188 keys of the source are missing in the target."
    assert {row["key"] for row in large.document["only_source"]} == {
        foreign.MASK("ROW", str(n)) for n in range(30_000, 30_188)
    }
    assert boundary.title.startswith("The first watermark at which it went wrong is 2026-03-22T20:00:00Z.")
    assert "Safe to replay: 2026-03-22T20:00:00Z to 2026-03-22T23:07:00Z, 188 rows" in boundary.title
    assert "each key occurs once in it, so that an upsert by key may run twice" in boundary.title


def test_equal_sides_pass_every_check_that_can_be_told() -> None:
    seen = {finding.state for check_id in SYNC for finding in found(check_id, SAME)}

    assert seen <= {State.PASS, State.NOT_EVALUATED}


def test_without_a_second_extract_every_check_says_how_to_export_one() -> None:
    (alone,) = {found(check_id)[0].missing for check_id in SYNC}

    assert alone == ("two extracts of the same rows, source and target",)
    assert "sevline analyze --as source=source.csv --as target=target.csv" in found("SYNC02")[0].next_step


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"name": " Customer {n} "}, "name", "blanks around the value: 100"),
        ({"name": "CUSTOMER {n}"}, "name", "upper and lower case: 100"),
        ({"amount": "{n}.5"}, "amount", "the same number, written differently: 100"),
        ({"amount": "{n}.51"}, "amount", "another value: 100"),
        ({"created": "2026-01-01T02:00:00Z"}, "created", "a time shifted by whole hours +2 h: 100"),
        ({"created": "2026-01-01 00:00:00+00:00"}, "created", "the same time, written differently: 100"),
    ],
)
def test_the_way_in_which_a_column_differs_is_named(changes: dict[str, Any], column: str, words: str) -> None:
    (finding,) = found("SYNC03", foreign.difference(csv(rows(100)), csv(rows(100, **changes))))

    assert finding.title.startswith(f"Column “{column}” differs in 100 of 100 rows")
    assert words in finding.title


@pytest.mark.parametrize(
    ("whole", "words"),
    [
        (("10", "11", "12", "-13"), "a number whose decimals were cut off: 4"),
        (("10", "12", "12", "-14"), "a number that was rounded: 3; a number whose decimals were cut off: 1"),
        (("10", "12", "13", "-14"), "a number that was rounded: 4"),
        (("10", "11", "12", "-12"), "a number whose decimals were cut off: 3; another value: 1"),
    ],
    ids=["cut off", "both", "rounded", "one is another value"],
)
def test_decimals_that_were_cut_off_are_told_from_rounding(whole: tuple[str, ...], words: str) -> None:
    source = [row.replace(f",{n}.50,", f",{exact},") for n, (row, exact) in enumerate(zip(rows(4), EXACT, strict=True))]
    target = [row.replace(f",{n}.50,", f",{cut},") for n, (row, cut) in enumerate(zip(rows(4), whole, strict=True))]

    compared = foreign.difference(csv(source), csv(target))
    (finding,) = found("SYNC03", compared)

    assert f"({words})" in finding.title
    assert "fewer decimals" not in repr(compared.document)


EXACT = ("10.20", "11.90", "12.60", "-13.70")


@pytest.mark.parametrize("changes", [{"amount": "{n}.50"}, {"created": "2026-01-01 00:00:00+00:00"}])
def test_what_is_only_written_differently_is_no_difference(changes: dict[str, Any]) -> None:
    plain: dict[str, Any] = {"amount": "{n}.5"} if "amount" in changes else {}

    judged = found("SYNC03", foreign.difference(csv(rows(50, **plain)), csv(rows(50, **changes))))

    assert {finding.state for finding in judged} <= {State.PASS, State.INFO}
    assert any(finding.title.endswith("the values mean the same.") for finding in judged)


@pytest.mark.parametrize(
    ("one", "two"), [("1234,50", "1234.5"), ("1,234.50", "1234.5"), ("1.234,5", "1234.50"), ("-0,125", "-.125")]
)
def test_a_comma_before_decimals_or_between_thousands_makes_no_other_number(one: str, two: str) -> None:
    assert kind_of(one, two) == ("number", "")


@pytest.mark.parametrize(
    ("one", "two"), [("1,5", "15"), ("1234,50", "1234.6"), ("1,234", "1.234"), ("inf", "-inf"), ("1_000", "1000")]
)
def test_no_way_of_writing_hides_another_number(one: str, two: str) -> None:
    assert kind_of(one, two)[0] != "number"


def test_null_and_empty_are_told_apart_from_values() -> None:
    (finding,) = found("SYNC03", foreign.difference(csv(rows(9, name="null")), csv(rows(9, name=""))))

    assert finding.state is State.WARN
    assert "null on one side, empty on the other: 9" in finding.title


def test_both_values_are_masked_and_keys_are_pseudonyms() -> None:
    compared = foreign.difference(csv(rows(5, name="Kim Example {n}")), csv(rows(5, name="Kim Sample {n}")))
    (finding,) = found("SYNC03", compared)

    assert "Kim" not in repr(finding) + repr(compared.document)
    assert finding.evidence[1].locator == "/differing/0"
    assert finding.evidence[1].expected.startswith("aaa aaaaaaa 9 [13] <VALUE-")


def test_keys_that_occur_twice_are_named_by_side() -> None:
    twice = csv([*rows(20), rows(20)[3]])

    (finding,) = found("SYNC04", foreign.difference(csv(rows(20)), twice))

    assert finding.state is State.FAIL
    assert finding.title == "1 key occurs more than once in the target."


def test_rows_that_only_the_target_has_are_deletes_that_were_not_carried() -> None:
    (finding,) = found("SYNC07", foreign.difference(csv(rows(20, skip=range(3))), csv(rows(20))))

    assert finding.state is State.WARN
    assert finding.title.startswith("3 rows of the target are gone from the source")


def test_values_cut_at_a_fixed_length_and_broken_letters_are_named() -> None:
    cut = foreign.difference(csv(rows(9, name="A name that is long {n}")), csv(rows(9, name="A name that")))
    broken = foreign.difference(csv(rows(9, name="Zoë {n}")), csv(rows(9, name="ZoÃ« {n}")))

    assert "is cut in 9 rows, 9 of them at 11 characters" in found("SYNC08", cut)[0].title
    assert "has broken letters in 9 rows" in found("SYNC08", broken)[0].title


def test_affected_tenants_are_counted_for_the_scope_of_impact() -> None:
    (finding,) = found("SYNC12", foreign.difference(csv(rows(50)), csv(rows(50, skip=range(0, 50, 5)))))
    nameless = foreign.difference("id,updated_at\n1,2026-03-02T09:00:00Z\n", "id,updated_at\n1,2026-03-02T09:00:00Z\n")

    assert finding.state is State.INFO
    assert finding.title.startswith(f"1 tenant is affected by 10 rows; most of all {foreign.MASK('TENANT', 't0')}")
    assert states("SYNC12", nameless) == {State.NOT_EVALUATED}


def test_parquet_semicolons_and_insert_dumps_are_read_alike() -> None:
    semicolons = csv(rows(9)).replace(",", ";")
    dump = "INSERT INTO orders (id, tenant_id, name, amount, created, updated_at) VALUES\n" + ",\n".join(
        "(" + ", ".join(f"'{value}'" for value in row.split(",")) + ")" for row in rows(9)
    )
    evidence: list[Given] = [
        foreign.difference(csv(rows(9)), semicolons),
        foreign.difference(csv(rows(9)), dump + ";\n"),
    ]

    assert {finding.state for finding in found("SYNC02", *evidence)} == {State.PASS}


def pair(source: str, target: str, names: tuple[str, str] = ("src.csv", "dst.csv")) -> SyncDifference:
    """Two extracts as they are found side by side, nobody having said what they are."""
    extracts = [
        each for name, content in zip(names, (source, target), strict=True) for each in foreign.text(content, name=name)
    ]
    (both,) = paired(tables_in(extracts))
    compare = compared(both.source, both.target, foreign.MASK)
    return SyncDifference("a3", compare | ({"sides": both.told} if both.told else {}))


OURS = foreign.table(
    "id,tenant,email,amount,updated_at",
    "1,t1,a@x.example,10.00,2026-11-25T08:00:00Z",
    "2,t1,b@x.example,11.50,2026-11-25T08:00:00Z",
    "3,t2,c@x.example,12.00,2026-11-25T08:01:00Z",
)
THEIRS = foreign.table(
    "ID,tenant_id,E-Mail,amount,updatedAt",
    "1,t1,a@x.example,10.0,2026-11-25 08:00:00",
    "2,t1,b@x.example,11.05,2026-11-25 08:00:00",
)


def test_columns_that_two_systems_name_differently_are_compared_and_the_guess_is_said() -> None:
    sync = pair(OURS, THEIRS)
    guess, counts = found("SYNC01", sync)
    (missing,) = found("SYNC02", sync)

    assert sync.document["compared_columns"] == ["tenant", "email", "amount", "updated_at"]
    assert sync.document["not_compared"] == []
    assert "“ID” for “id”, “tenant_id” for “tenant”, “updatedAt” for “updated_at”, “E-Mail” for “email”" in guess.title
    assert counts.title.startswith("The source holds 3 rows, the target 2")
    assert missing.title == "1 key of the source is missing in the target."


def test_rows_that_differ_in_the_form_of_a_number_or_a_time_only_affect_no_tenant() -> None:
    sync = pair(OURS, THEIRS)

    assert sync.document["counts"]["differing"] == 2
    assert sync.document["alike"] == 1
    assert [(each["missing"], each["differing"]) for each in sync.document["tenants"]] == [(0, 1), (1, 0)]


def test_the_sides_that_no_name_tells_are_taken_in_the_order_given_and_that_is_said() -> None:
    sync = pair(OURS, THEIRS, ("monday.csv", "tuesday.csv"))

    assert sync.document["sides"].startswith("“monday.csv” was taken as the source and “tuesday.csv” as the target")


def test_a_column_that_would_get_a_name_the_target_has_already_keeps_its_own() -> None:
    source = foreign.table("id,name,updated_at", "1,a,2026-11-25T08:00:00Z")
    target = foreign.table("id,NAME,name,updated_at", "1,b,a,2026-11-25T08:00:00Z")

    sync = pair(source, target)

    assert sync.document["not_compared"] == ["NAME"]
    assert sync.document["counts"]["differing"] == 0


def keyed(how: str, count: int = 60) -> str:
    return foreign.table(
        "customer_no,name,updated_at", *(f"{how.format(n)},Firm,2026-03-02T09:00:00Z" for n in range(1, count))
    )


@pytest.mark.parametrize(
    ("ours", "theirs", "how"),
    [
        ("{:06d}", "{}", "without the zeros in front in the target"),
        ("{}", "{:06d}", "without the zeros in front in the source"),
        ("{}", "{}.0", "without the “.0” behind in the source"),
        ("c-{}", "C-{}", "in other capitals on one of them"),
    ],
)
def test_keys_that_one_side_writes_otherwise_are_named_and_not_called_missing(ours: str, theirs: str, how: str) -> None:
    (finding,) = found("SYNC02", foreign.difference(keyed(ours), keyed(theirs)))

    assert finding.state is State.FAIL
    assert finding.title == f"59 keys (“customer_no”) are on both sides, but {how}: no row finds the other."


def test_rows_that_are_missing_on_either_side_are_no_keys_written_otherwise() -> None:
    titles = [one.title for one in found("SYNC02", foreign.difference(csv(rows(50)), csv(rows(60, skip=range(20)))))]

    assert titles == [
        "20 keys of the source are missing in the target.",
        "10 keys of the target are not in the source.",
    ]


@pytest.mark.parametrize(("one", "other"), [("invoices_source.csv", "invoices_warehouse.csv"), ("src.csv", "dst.csv")])
def test_files_named_as_two_sides_are_compared_by_a_key_of_any_name(one: str, other: str) -> None:
    read = [*foreign.text(keyed("{:06d}"), name=one), *foreign.text(keyed("{:06d}", 50), name=other)]
    (both,) = paired(tables_in(read))

    assert (both.source.name, both.source.key, both.target.side) == (one, ("customer_no",), "target")


def test_a_list_that_bears_no_time_of_change_is_no_side_whatever_its_name() -> None:
    listed = foreign.table("customer_no,name", *(f"{n},Firm {n}" for n in range(20)))

    assert {type(one) for one in foreign.text(listed, name="source.csv")} == {TableNote, Rows}


def test_where_keys_are_written_otherwise_neither_deletes_nor_a_window_are_judged() -> None:
    both = foreign.difference(keyed("{:06d}"), keyed("{}"))

    assert states("SYNC06", both) == states("SYNC07", both) == {State.NOT_EVALUATED}


def test_rows_that_are_missing_beside_keys_written_otherwise_are_told_too() -> None:
    titles = [one.title for one in found("SYNC02", foreign.difference(keyed("{:06d}", 100), keyed("{}", 60)))]

    assert titles == [
        (
            "59 keys (“customer_no”) are on both sides, but without the zeros in front in the target: no row finds "
            "the other."
        ),
        "Beside these, 40 keys of the source are missing in the target.",
    ]


def test_a_few_keys_written_otherwise_hide_no_lost_rows() -> None:
    both = foreign.difference(keyed("c-{}", 100), keyed("C-{}", 3))

    assert next(one.title for one in found("SYNC02", both)) == "99 keys of the source are missing in the target."
    assert states("SYNC06", both) == {State.WARN}


def test_what_psql_writes_below_a_table_is_no_row() -> None:
    rows = [f"{n},Bonn" for n in range(9)]
    footed = foreign.table("customer_no,city", *rows) + "\n(9 rows)\n"

    assert states("SYNC01", foreign.difference(foreign.table("customer_no,city", *rows), footed)) == {State.PASS}
