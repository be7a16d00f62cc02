"""The same rows in the notations of two products are no difference, and what a notation lost is named."""

from typing import Any

import polars as pl
import pytest
from tests import foreign
from tests.evidence import found, states
from tests.unit.checks.test_sync_pairs import HARMLESS, SYNC, N, at, city, csv, difference, lines, pairs

from sevline.core.finding import State
from sevline.core.sync.notations import one_id, same_date, short_id

CHECKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
DAYS = [f"2026-{n % 12 + 1:02d}-{n % 28 + 1:02d}" for n in N]
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def long_id(short: str) -> str:
    parts = [short[begin : begin + 5] for begin in (0, 5, 10)]
    return short + "".join(CHECKS[sum(part[n].isupper() << n for n in range(5))] for part in parts)


def dated(form: str) -> list[str]:
    told = [day.split("-") for day in DAYS]
    return [form.format(y=y, m=m, d=d, b=MONTHS[int(m) - 1], yy=y[2:]) for y, m, d in told]


def thousands(cents: int) -> str:
    return f"{cents / 100:,.2f}".translate(str.maketrans(",.", ".,"))


SHORT = [f"0065g0000{n % 10}{'aBcDeFgH'[n % 8]}{'xYzQ'[n % 4]}{n:03d}" for n in N]
LONG = [long_id(short) for short in SHORT]
AMOUNTS = [n * 2_711 + 5_309 for n in N]


def test_check_characters_of_an_id_are_known_and_nothing_else_is_cut() -> None:
    assert short_id("0065g00000uJeu7AAC") == "0065g00000uJeu7"
    assert short_id("0065g00000uJeu7AAD") == "0065g00000uJeu7AAD"
    assert short_id("202611250000001234") == "202611250000001234"
    assert one_id("{8A6E0804-2BD0-4672-B79D-D97027F9071A}") == one_id("8a6e08042bd04672b79dd97027f9071a")


SAME = {
    "ids with and without check characters": (
        csv('"Opportunity ID","Name","Close Date"', [f'"{key}","Firm {n}","{day}"'
            for n, (key, day) in enumerate(zip(SHORT, dated("{m}/{d}/{y}"), strict=True))]),
        lines([{"id": key, "name": f"Firm {n}", "close_date": day}
               for n, (key, day) in enumerate(zip(LONG, DAYS, strict=True))]),
    ),
    "ids of another table": (
        csv("ref,account,town", [f"R{n},{key},{city(n)}" for n, key in enumerate(LONG)]),
        csv("ref,account,town", [f"R{n},{key},{city(n)}" for n, key in enumerate(SHORT)]),
    ),
    "the long ids on both sides": (
        csv("ref,town", [f"{key},{city(n)}" for n, key in enumerate(LONG)]),
        csv("ref,town", [f"{key},{city(n)}" for n, key in enumerate(LONG)]),
    ),
    "amounts under another name, all of them read": (
        csv("Beleg;Kunde;Betrag", [f"B{n};K{n % 40};{thousands(cents)}" for n, cents in enumerate(AMOUNTS)]),
        csv("doc,customer_no,amount", [f"B{n},K{n % 40},{cents / 100}" for n, cents in enumerate(AMOUNTS)]),
    ),
    "MongoDB's export beside a dump of PostgreSQL": (
        [{"_id": {"$oid": f"65f0{n:020x}"}, "town": city(n), "credit": {"$numberDecimal": f"{n}.50"},
          "updatedAt": {"$date": at(n)}} for n in N],
        "--\n-- PostgreSQL database dump\n--\nSET x = 1;\n" + "CREATE TABLE a (\n n int\n);\n" * 400
        + "COPY public.c (id, town, credit, updated_at) FROM stdin;\n"
        + "".join(f"65f0{n:020x}\t{city(n)}\t{n}.50\t{at(n, '+00').replace('T', ' ')}\n" for n in N) + "\\.\n\n"
        "COPY public.d (id, word) FROM stdin;\n1\tx\n\\.\n",
    ),
    "MongoDB's lines, with milliseconds of the epoch": (
        lines([{"_id": {"$numberInt": str(9000 + n)}, "town": city(n), "seen": {"$date": {"$numberLong":
                str(1_795_000_000_000 + n * 1000)}}} for n in N]),
        csv("_id,town,seen", [f"{9000 + n},{city(n)},{1_795_000_000 + n}" for n in N]),
    ),
    "DynamoDB's export": (
        lines([{"Item": {"sku": {"S": f"S{n}"}, "town": {"S": city(n)}, "stock": {"N": str(n)},
                         "open": {"BOOL": n % 2 == 0}, "note": {"NULL": True}}} for n in N]),
        csv("sku,town,stock,open,note", [f"S{n},{city(n)},{n},{n % 2 == 0},".lower().replace(f"s{n}", f"S{n}", 1)
                                         .replace(city(n).lower(), city(n)) for n in N]),
    ),
    "Firestore's values": (
        [{"sku": {"stringValue": f"S{n}"}, "town": {"stringValue": city(n)}, "stock": {"integerValue": str(n)}}
         for n in N],
        csv("sku,town,stock", [f"S{n},{city(n)},{n}" for n in N]),
    ),
    "what psql prints, with empty cells at both ends": (
        "db=> TABLE t;\n note | site |  town  | tag \n------+------+--------+-----\n"
        + "".join(f" {'' if n % 3 else 'new':4} | {3000 + n} | {city(n):6} | {'' if n % 2 else 'vip':3} \n" for n in N)
        + "(120 rows)\n",
        csv("site\ttag\ttown\tnote", [f"{3000 + n}\t{'' if n % 2 else 'vip'}\t{city(n)}\t{'' if n % 3 else 'new'}"
                                      for n in N]),
    ),
    "what mysql prints, with a bar in a cell": (
        "+------+---------+------+\n| site | town    | tag  |\n+------+---------+------+\n"
        + "".join(f"| {3000 + n} | {city(n):7} | {'a|b' if n % 2 else '':4} |\n" for n in N)
        + "+------+---------+------+\n",
        csv("site,town,tag", [f"{3000 + n},{city(n)},{'a|b' if n % 2 else ''}" for n in N]),
    ),
}  # fmt: skip
SAME |= {
    f"dates as {form}": (
        csv("ref,town,due", [f'R{n},{city(n)},"{day}"' for n, day in enumerate(dated(form))]),
        csv("ref,town,due", [f"R{n},{city(n)},{day}" for n, day in enumerate(DAYS)]),
    )
    for form in ("{m}/{d}/{y}", "{d}/{m}/{y}", "{d}.{m}.{y}", "{d}-{b}-{yy}", "{d}-{m}-{y}", "{m}/{d}/{yy}",
                 "{y}{m}{d}", "{y}/{m}/{d}", "{b} {d}, {y}", "{d} {b} {y}", "{m}/{d}/{y} 12:00:00 AM",
                 "{y}-{m}-{d} 00:00:00")
}  # fmt: skip


@pytest.mark.parametrize("form", SAME)
def test_the_same_rows_in_the_notations_of_two_products_show_no_fault(form: str) -> None:
    (pair,) = pairs(first__csv=SAME[form][0], second__csv=SAME[form][1])
    sync = difference(pair)

    assert pair.question == ""
    assert sync.document["counts"]["both"] == len(N)
    assert {state for check_id in SYNC for state in states(check_id, sync)} <= HARMLESS
    assert sync.document["not_compared"] == []


def test_days_that_a_load_took_for_months_are_named_by_the_dates_that_leave_no_choice() -> None:
    swapped = [f"{y}-{d}-{m}" if int(d) <= 12 else f"{y}-{m}-{d}" for y, m, d in (day.split("-") for day in DAYS)]
    wrong = sum(one != other for one, other in zip(swapped, DAYS, strict=True))
    (pair,) = pairs(
        erp__csv=csv("ref,town,due", [f"R{n},{city(n)},{day}" for n, day in enumerate(dated("{d}/{m}/{y}"))]),
        lake__jsonl=lines([{"ref": f"R{n}", "town": city(n), "due": day} for n, day in enumerate(swapped)]),
    )
    (finding,) = [one for one in found("SYNC03", difference(pair)) if "due" in one.title]

    assert finding.state is State.FAIL
    assert f"day and month exchanged: {wrong}" in finding.title


@pytest.mark.parametrize(
    ("one", "other"),
    [("11/01/2026", "2026-03-11"), ("01.11.2026", "2026-01-11"), ("2026-11-01 10:00", "2026-11-01"), ("1/2", "2/1")],
)
def test_another_day_is_no_other_notation(one: str, other: str) -> None:
    assert same_date(one, other) is None


def postings(header: str, read: Any) -> pl.DataFrame:
    names = header.split(",")
    return pl.DataFrame(
        {
            names[0]: [f"B{n}" for n in N],
            names[1]: [f"K{n % 40}" for n in N],
            names[2]: [read(cents) for cents in AMOUNTS],
        }
    )


def none_from_a_thousand_on(cents: int) -> float | None:
    return cents / 100 if cents < 100_000 else None


@pytest.mark.parametrize("header", ["doc,customer_no,amount", "Beleg,Kunde,amount", "Beleg,customer_no,gross"])
def test_amounts_that_were_not_read_are_found_in_a_column_of_any_name(header: str) -> None:
    (pair,) = pairs(
        export__csv=csv("Beleg;Kunde;Betrag", [f"B{n};K{n % 40};{thousands(c)}" for n, c in enumerate(AMOUNTS)]),
        lake__parquet=postings(header, none_from_a_thousand_on),
    )
    (finding,) = [one for one in found("SYNC03", difference(pair)) if "Betrag" in one.title]

    assert finding.state is State.FAIL
    assert f"nothing on the other: {sum(cents >= 100_000 for cents in AMOUNTS)}" in finding.title


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("closed_on", [DAYS[n] if n % 3 else "" for n in N]),
        ("discount", [f"{n}.50" if n % 3 else "" for n in N]),
        ("shipped_to", [city(n) if n % 9 else "Rana" for n in N]),
    ],
)
def test_a_column_that_holds_a_part_of_another_is_not_taken_for_it(ours: str, theirs: list[str]) -> None:
    whole = {"closed_on": DAYS, "discount": [f"{n}.50" for n in N], "shipped_to": [city(n) for n in N]}[ours]
    (pair,) = pairs(
        crm__csv=csv("ref,name,other_of", [f"R{n},Firm {n},{cell}" for n, cell in enumerate(whole)]),
        lake__csv=csv(f"ref,name,{ours}", [f"R{n},Firm {n},{cell}" for n, cell in enumerate(theirs)]),
    )

    assert states("SYNC03", difference(pair)) == {State.PASS}


def test_letters_are_types_only_where_every_member_is_one() -> None:
    (table,) = [
        one for one in foreign.document([{"ref": f"R{n}", "size": {"S": n}} for n in N]) if hasattr(one, "extract")
    ]

    assert table.extract.columns == ("ref", "size.S")
