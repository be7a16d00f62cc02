"""Two tables that were given together are recognised as two sides of the same rows, whatever their keys are called and
however their values are written, and tables that are none are left alone."""

import io
import json
from collections.abc import Sequence
from typing import Any

import polars as pl
import pytest
from tests import foreign
from tests.evidence import found, states

from sevline.bench.extracts import parquet, tables_in
from sevline.core.finding import Given, State
from sevline.core.sync import RowTimes, SyncDifference
from sevline.core.sync.compare import compared
from sevline.core.sync.pairing import Pair, paired

CITIES = ("Oslo", "Bergen", "Tromsø", "Ålesund", "Bodø", "Molde", "Hamar")
TIMES = "2026-11-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}"


def at(number: int, zone: str = "Z", shift: int = 0) -> str:
    seconds = number * 611 + shift * 3600
    day, rest = divmod(seconds, 86_400)
    return TIMES.format(day=2 + day, hour=rest // 3600, minute=rest // 60 % 60, second=rest % 60) + zone


def city(number: int) -> str:
    return CITIES[number * 13 % len(CITIES)]


def csv(header: str, rows: Sequence[str]) -> str:
    return foreign.table(header, *rows)


def read(name: str, content: Any) -> list[Given]:
    if isinstance(content, pl.DataFrame):
        packed = io.BytesIO()
        content.write_parquet(packed)
        return parquet(packed.getvalue(), name, name, "")[0]
    if isinstance(content, list):
        return foreign.document(content, name=name)
    return foreign.text(content, name=name)


def pairs(**files: Any) -> tuple[Pair, ...]:
    """Files by name, with `__` for the point before the ending."""
    evidence = [one for name, content in files.items() for one in read(name.replace("__", "."), content)]
    return paired(tables_in(evidence))


def difference(pair: Pair) -> SyncDifference:
    told = compared(pair.source, pair.target, foreign.MASK)
    return SyncDifference("a3", json.loads(json.dumps(told | ({"sides": pair.told} if pair.told else {}))))


def lines(rows: Sequence[dict[str, Any]]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


N = range(120)
POSTAL = csv("zip,city,updated", [f"{n * 83 + 1000:05d},{city(n)},{at(n)}" for n in N])
UUIDS = [f"{n * 7919:08x}-95d5-45ef-a6e7-{n:012x}" for n in N]
FORMS = {
    "keys in a column of any name": (
        csv("policy_ref,holder,premium", [f"P/{n},{city(n)} {n},{n}.25" for n in N]),
        csv("premium,policy_ref,holder", [f"{n}.25,P/{n},{city(n)} {n}" for n in reversed(N)]),
    ),
    "lost zeros, and names that tell nothing": (POSTAL, POSTAL.replace("\n0", "\n")),
    "JSON lines beside Parquet": (
        lines([{"part": f"X{n}", "label": f"Part {n}", "on_hand": n * 3, "active": n % 2 == 0} for n in N]),
        pl.DataFrame({"part": [f"X{n}" for n in N], "label": [f"Part {n}" for n in N], "on_hand": [n * 3 for n in N],
                      "active": [n % 2 == 0 for n in N]}),
    ),
    "a JSON list beside semicolons, decimals with a comma, and y and n": (
        [{"member": 4000 + n, "city": city(n), "fee": n + 0.5, "paid": n % 3 == 0} for n in N],
        csv("member;city;fee;paid", [f"{4000 + n};{city(n)};{n},5;{'y' if n % 3 == 0 else 'n'}" for n in N]),
    ),
    "a dump that names no columns beside JSON lines": (
        "CREATE TABLE `depots` (\n `depot_code` varchar(9) NOT NULL,\n `rate` decimal(10,2),\n `town` text,\n"
        " PRIMARY KEY (`depot_code`)\n);\nINSERT INTO `depots` VALUES "
        + ",".join(f"('D{n}',{n}.50,'{city(n)}')" for n in N) + ";\n",
        lines([{"depot_code": f"D{n}", "rate": n + 0.5, "town": city(n)} for n in N]),
    ),
    "an INSERT dump beside tabs": (
        "".join(f"INSERT INTO t (tariff_code, town, valid_to) VALUES ('T-{n}', '{city(n)}', '{at(n)}');\n" for n in N),
        csv("tariff_code\ttown\tvalid_to", [f"T-{n}\t{city(n)}\t{at(n, '+00:00')}" for n in N]),
    ),
    "other names of columns, told by their values": (
        csv("acct,legal_name,town", [f"{88000 + n},Firm {n},{city(n)}" for n in N]),
        csv("city,account_number,company", [f"{city(n)},{88000 + n},Firm {n}" for n in N]),
    ),
    "a key of two columns": (
        csv("booking,leg,seat,fare", [f"B{n // 3},{n % 3},{n * 7 % 40}A,{n}.00" for n in N]),
        csv("booking,leg,seat,fare", [f"B{n // 3},{n % 3},{n * 7 % 40}A,{n}" for n in N]),
    ),
    "UUIDs in capitals and braces": (
        csv("device_guid,site,seen", [f"{key},{city(n)},{at(n)}" for n, key in enumerate(UUIDS)]),
        csv("device_guid,site,seen", [f"{{{key.upper()}}},{city(n)},{at(n)}" for n, key in enumerate(UUIDS)]),
    ),
    "orders, which look like jobs": (
        csv("order_uuid,status,created_at,channel", [f"{key},completed,{at(n)},web" for n, key in enumerate(UUIDS)]),
        csv("order_uuid,status,created_at,channel", [f"{key},completed,{at(n)},web" for n, key in enumerate(UUIDS)]),
    ),
    "a loader's columns on one side": (
        csv("sku,label,price", [f"S{n},Part {n},{n}.10" for n in N]),
        csv("_airbyte_raw_id,sku,label,price,_airbyte_extracted_at,_ab_cdc_deleted_at",
            [f"r{n * 31},S{n},Part {n},{n}.10,{at(n)}," for n in N]),
    ),
    "times with and without a zone, and epochs": (
        csv("ticket,opened,town", [f"Z{n},{at(n, '+02:00', 2)},{city(n)}" for n in N]),
        csv("ticket,opened,town", [f"Z{n},{at(n, '').replace('T', ' ')} UTC,{city(n)}" for n in N]),
    ),
}  # fmt: skip
HARMLESS = {State.PASS, State.INFO, State.NOT_EVALUATED}
SYNC = tuple(f"SYNC{number:02d}" for number in (1, 2, 3, 4, 7, 8))


@pytest.mark.parametrize("form", [form for form in FORMS if "zeros" not in form])
def test_the_same_rows_in_other_forms_are_a_pair_without_a_fault(form: str) -> None:
    (pair,) = pairs(first__csv=FORMS[form][0], second__csv=FORMS[form][1])
    sync = difference(pair)

    assert pair.question == ""
    assert sync.document["counts"]["both"] == len(N)
    assert {state for check_id in SYNC for state in states(check_id, sync)} <= HARMLESS
    assert State.PASS in states("SYNC01", sync)


def test_zeros_that_a_load_took_from_the_key_are_a_finding_of_their_own_and_tell_the_target() -> None:
    (pair,) = pairs(first__csv=POSTAL.replace("\n0", "\n"), second__csv=POSTAL)
    (finding,) = found("SYNC02", difference(pair))

    assert (pair.source.name, pair.target.name) == ("second.csv", "first.csv")
    assert "since its zip lacks the zeros in front" in pair.told
    assert finding.state is State.FAIL
    assert "(“zip”) are on both sides, but without the zeros in front in the target" in finding.title


def test_zeros_that_a_load_took_from_another_column_are_told_apart_from_other_numbers() -> None:
    (pair,) = pairs(
        crm__csv=csv("ref,zip,town", [f"R{n},{n * 83:05d},{city(n)}" for n in N]),
        warehouse__csv=csv("ref,zip,town", [f"R{n},{n * 83},{city(n)}" for n in N]),
    )
    (finding,) = [one for one in found("SYNC03", difference(pair)) if "zip" in one.title]

    assert finding.state is State.WARN
    assert "zeros in front are lost on one side" in finding.title


@pytest.mark.parametrize(
    ("one", "other", "source", "why"),
    [
        ("snowflake_rows__csv", "sap_rows__csv", "sap_rows.csv", "the name says “sap”"),
        ("rows__csv", "rows_elastic__csv", "rows.csv", "the name says “elastic”"),
        ("b__csv", "a__csv", "b.csv", "in the order given"),
        ("rows__csv", "replica__csv", "rows.csv", "since “replica.csv” is named as the target"),
        ("rows__csv", "origin__csv", "origin.csv", "since “origin.csv” is named as the source"),
    ],
)
def test_what_was_taken_for_the_source_is_said_and_why(one: str, other: str, source: str, why: str) -> None:
    rows = csv("sku,label,price", [f"S{n},Part {n},{n}.10" for n in N])
    (pair,) = pairs(**{one: rows, other: rows})

    assert pair.source.name == source
    assert why in pair.told
    assert "The rows of both were joined by “sku”" in pair.told


def test_a_loaders_columns_tell_the_target() -> None:
    one, other = FORMS["a loader's columns on one side"]
    (pair,) = pairs(x__csv=other, y__csv=one)

    assert (pair.source.name, pair.target.name) == ("y.csv", "x.csv")
    assert "(“_airbyte_raw_id”)" in pair.told
    assert difference(pair).document["not_compared"] == []


def test_of_four_tables_each_finds_its_own_side() -> None:
    orders = csv("order_no,town,total", [f"O{n},{city(n)},{n}.10" for n in N])
    people = csv("person_ref,town,born", [f"P{n},{city(n)},{1950 + n % 50}" for n in N])
    both = pairs(crm_orders__csv=orders, crm_people__csv=people, lake_orders__csv=orders, lake_people__csv=people)

    assert {(each.source.name, each.target.name) for each in both} == {
        ("crm_orders.csv", "lake_orders.csv"),
        ("crm_people.csv", "lake_people.csv"),
    }


@pytest.mark.parametrize("step", [25, 50])
def test_rows_that_lie_a_page_apart_are_told_as_the_edges_of_pages(step: int) -> None:
    rows = [f"S{n},Part {n},{at(n)}" for n in range(200)]
    kept = [row for n, row in enumerate(rows, 1) if n % step]
    (pair,) = pairs(erp__csv=csv("sku,label,updated_at", rows), lake__csv=csv("sku,label,updated_at", kept))
    (finding,) = found("SYNC06", difference(pair))

    assert f"missing rows lie {step} rows apart in the file" in finding.title


LOGGED = lines([{"request_id": f"q{n}", "level": "INFO", "msg": f"served {n}", "ts": at(n)} for n in N])
STRANGERS = {
    "logs of two services with the same requests": {"api__jsonl": LOGGED, "auth__jsonl": LOGGED},
    "customers and their orders": {
        "customers__csv": csv("customer_ref,name,town", [f"C{n},Firm {n},{city(n)}" for n in N]),
        "orders__csv": csv("order_ref,customer_ref,total", [f"O{n},C{n % 40},{n}.10" for n in N]),
    },
    "people and their settings": {
        "people__csv": csv("user_ref,email,town", [f"u{n},u{n}@x.example,{city(n)}" for n in N]),
        "settings__csv": csv("user_ref,theme,locale", [f"u{n},{'dark' if n % 3 else 'light'},en" for n in N]),
    },
    "measurements of two hosts at the same times": {
        "node1__csv": csv("time,cpu,mem", [f"{at(n)},{n * 37 % 100},{n * 11 % 90}" for n in N]),
        "node2__csv": csv("time,cpu,mem", [f"{at(n)},{n * 53 % 100},{n * 29 % 90}" for n in N]),
    },
    "figures of each endpoint before and after": {
        "figures_a__csv": csv("endpoint,p50_of,p95_of", [f"/v1/{n},{n * 37 % 101},{n * 71 % 997}" for n in N]),
        "figures_b__csv": csv("endpoint,p50_of,p95_of", [f"/v1/{n},{n * 53 % 103},{n * 29 % 991}" for n in N]),
    },
    "two tenants' products, numbered from one": {
        "alpha__csv": csv("product_no,label,price", [f"{n},Lamp {n * 7 % 97},{n * 31 % 89}.10" for n in N]),
        "beta__csv": csv("product_no,label,price", [f"{n},Sofa {n * 11 % 101},{n * 17 % 83}.90" for n in N]),
    },
    "codes of countries and their rates": {
        "countries__csv": csv("code,country", [f"K{n},Land {n}" for n in N]),
        "rates__csv": csv("code,rate,valid", [f"K{n},{n}.5,{at(n)}" for n in N]),
    },
    "a table of a single pair of rows": {
        "x__csv": csv("plan_ref,seats", ["A,1", "B,2"]),
        "y__csv": csv("plan_ref,seats", ["A,4", "B,9"]),
    },
}  # fmt: skip


@pytest.mark.parametrize("kind", STRANGERS)
def test_tables_that_are_no_two_sides_are_not_compared(kind: str) -> None:
    assert pairs(**STRANGERS[kind]) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("rates_2026-11-20__csv", "rates_2026-11-21__csv"),
        ("flags_prod__csv", "flags_staging__csv"),
        ("prices_de__csv", "prices_fr__csv"),
        ("export__csv", "export_1__csv"),
    ],
)
def test_states_and_places_of_one_table_are_asked_about_and_not_compared(one: str, other: str) -> None:
    ours = csv("key_of,label,price", [f"S{n},Part {n},{n}.10" for n in N])
    theirs = csv("key_of,label,price", [f"S{n},Part {n},{n}.{10 if n % 4 else 20}" for n in N])
    (pair,) = pairs(**{one: ours, other: theirs})

    assert "states or places of one table, or a source and its target? They were not compared." in pair.question


def test_parts_of_one_list_with_no_key_in_common_are_asked_about() -> None:
    october = csv("id,town,updated_at", [f"{n},{city(n)},{at(n)}" for n in range(60)])
    november = csv("id,town,updated_at", [f"{n},{city(n)},{at(n)}" for n in range(60, 120)])
    (pair,) = pairs(bills_a__csv=october, bills_b__csv=november)

    assert "have the same columns and no key in common" in pair.question


def times(*lags: int, loads: str = "_synced_at") -> RowTimes:
    rows = [
        f"{n},{at(n)},{at(n, '.5Z')}" if not lag else f"{n},{at(n)},{at(n, '.5Z', lag)}" for n, lag in enumerate(lags)
    ]
    found_times: RowTimes = foreign.only(
        RowTimes, foreign.text(csv(f"row_id,updated_at,{loads}", rows), name="copy.csv")
    )
    return found_times


@pytest.mark.parametrize("loads", ["_synced_at", "loaded_at", "_fivetran_synced", "etl_loaded_at"])
def test_one_extract_with_both_times_tells_its_own_lag(loads: str) -> None:
    (finding,) = found("SYNC05", times(*[0] * 80, *[9] * 20, loads=loads))

    assert finding.state is State.WARN
    assert "32400 s at most (n = 100). Nothing was loaded from 2026-11-02T13:24:29.500000Z" in finding.title


def test_a_load_each_night_is_no_standstill() -> None:
    rows = [f"{n},{at(n)},2026-11-{3 + n * 611 // 86_400:02d}T02:00:00Z" for n in range(1500)]
    read_times = foreign.only(RowTimes, foreign.text(csv("row_id,updated_at,loaded_at", rows), name="copy.csv"))

    assert states("SYNC05", read_times) == {State.PASS}


def test_rows_that_one_run_loaded_tell_no_lag() -> None:
    rows = [f"{n},2026-11-0{1 + n // 24}T{n % 24:02d}:30:00Z,2026-11-05T00:00:{n % 60:02d}Z" for n in range(96)]
    read_times = foreign.only(RowTimes, foreign.text(csv("row_id,updated_at,loaded_at", rows), name="copy.csv"))

    assert states("SYNC05", read_times) == {State.INFO}


def test_times_that_a_framework_gives_each_row_are_no_lag() -> None:
    rows = [f"{n},{at(n)},{at(n, 'Z', 3)}" for n in range(100)]

    assert not [
        one
        for one in foreign.text(csv("row_id,updated_at,inserted_at", rows), name="rows.csv")
        if isinstance(one, RowTimes)
    ]


def test_a_number_that_both_sides_repeat_is_no_key_where_an_id_of_another_name_is() -> None:
    sent = csv("event_ref_id,firm,value", [f"m{n},F{n % 7},{n * 37 % 113}" for n in N])
    got = csv("meter_event_id,firm,value", [f"m{n},F{n % 7},{n * 37 % 113}" for n in N])
    (pair,) = pairs(sent__csv=sent, got__csv=got)
    sync = difference(pair)

    assert pair.source.key == ("event_ref_id",)
    assert states("SYNC04", sync) == {State.PASS}


ORDER_LINES = [f"{1000 + n // 3},{n % 3 + 1},S-{n * 37 % 900},{n * 7 % 9},{at(n)}" for n in range(180)]
LINE_COLUMNS = "order_id,line_no,sku,qty,updated_at"


def compare(source: Sequence[str], target: Sequence[str], header: str = LINE_COLUMNS) -> SyncDifference:
    (pair,) = pairs(source_rows__csv=csv(header, source), target_rows__csv=csv(header, target))
    return difference(pair)


def test_a_named_key_that_both_sides_repeat_is_joined_with_the_column_that_tells_its_rows_apart() -> None:
    lost = compare(ORDER_LINES, [*reversed(ORDER_LINES[:-1])])

    assert lost.document["source"]["key"] == ["order_id", "line_no"]
    assert (
        lost.document["counts"] | {"source": 180, "target": 179, "both": 179, "only_source": 1}
        == (lost.document["counts"])
    )
    assert states("SYNC03", lost) == states("SYNC04", lost) == {State.PASS}


def test_a_line_that_a_load_doubles_is_found_under_the_joined_key() -> None:
    (finding, *_) = found("SYNC04", compare(ORDER_LINES, [*ORDER_LINES, ORDER_LINES[0]]))

    assert finding.title == "1 key occurs more than once in the target."


def test_a_named_key_that_one_side_alone_repeats_stays_the_key() -> None:
    rows = [f"{n},{n % 3},S-{n * 37 % 900},{n * 7 % 9},{at(n)}" for n in range(120)]

    appended = compare(rows, [*rows, *(row.replace(",S-", ",T-") for row in rows)])

    assert appended.document["source"]["key"] == ["order_id"]
    assert states("SYNC04", appended) == {State.FAIL}


def test_a_named_key_that_nothing_completes_stays_the_key() -> None:
    rows = [f"{n // 3},1,S-1,1,{at(n // 3)}" for n in range(120)]

    doubled = compare(rows, rows)

    assert doubled.document["source"]["key"] == ["order_id"]
    assert states("SYNC04", doubled) == {State.FAIL}


KEPT = [f"{n},{city(n)},{at(n)}" for n in range(60)]
MARKED_COLUMNS = "id,city,updated_at,_fivetran_deleted"


def with_marks(marks: Sequence[str]) -> SyncDifference:
    """The target holds the source's rows and as many more as there are marks."""
    more = [f"{900 + n},{city(n)},{at(n)},{mark}" for n, mark in enumerate(marks)]
    target = csv(MARKED_COLUMNS, [*(f"{row},false" for row in KEPT), *more])
    (pair,) = pairs(source_rows__csv=csv("id,city,updated_at", KEPT), target_rows__csv=target)
    return difference(pair)


def test_rows_that_the_target_marks_as_deleted_and_the_source_lacks_are_deletes_that_were_carried() -> None:
    carried = with_marks(["true"] * 5)

    (finding,) = found("SYNC07", carried)
    assert finding.title == ("The target marks 5 rows as deleted (“_fivetran_deleted”) that are gone from the source.")
    assert states("SYNC01", carried) == states("SYNC02", carried) == states("SYNC07", carried) == {State.PASS}


@pytest.mark.parametrize("mark", ["false", "", "0", "None", "NaN", "0.0"])
def test_rows_without_the_mark_that_the_source_lacks_are_deletes_that_were_not_carried(mark: str) -> None:
    left_over = with_marks(["true", mark, "true"])

    assert states("SYNC01", left_over) == {State.FAIL}
    assert [one.title for one in found("SYNC02", left_over)] == ["1 key of the target is not in the source."]
    assert states("SYNC07", left_over) == {State.WARN}


def test_a_mark_on_a_row_that_the_source_holds_takes_nothing_away() -> None:
    target = csv(MARKED_COLUMNS, [f"{row},true" for row in KEPT])
    (pair,) = pairs(source_rows__csv=csv("id,city,updated_at", KEPT), target_rows__csv=target)

    held = difference(pair)
    (finding,) = found("SYNC07", held)

    assert held.document["counts"]["marked_deleted"] == 0
    assert finding.state is State.FAIL
    assert "marks 60 rows as deleted (“_fivetran_deleted”) that the source still has" in finding.title


def test_an_old_version_that_is_marked_beside_the_row_that_is_not_is_no_delete() -> None:
    old = [f"{n},{city(n + 1)},{at(n)},true" for n in range(5)]
    target = csv(MARKED_COLUMNS, [*old, *(f"{row},false" for row in KEPT)])
    (pair,) = pairs(source_rows__csv=csv("id,city,updated_at", KEPT), target_rows__csv=target)

    assert difference(pair).document["counts"]["marked_kept"] == 0
