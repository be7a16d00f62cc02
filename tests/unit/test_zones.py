"""Zones after a time: names with one offset are understood, names with several are asked back."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from sevline.core.extraction import FactKind, extract_facts, zones
from sevline.ui.moments import moment

INSTANT = datetime(2026, 11, 25, 13, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    ["14:40 CET", "15:40 CEST", "08:40 EST", "09:40 EDT", "14:40 (CET)", "14:40 UTC+1", "19:10 +05:30", "22:40 JST",
     "14:40 MEZ", "05:40 UTC-8", "13:40 UTC", "05:40-08:00"],
)  # fmt: skip
def test_a_named_zone_in_a_text_is_understood(written: str) -> None:
    (fact,) = extract_facts(f"It broke on 2026-11-25 {written}, for all of us.")
    assert (fact.kind, fact.instant, fact.zone_known) == (FactKind.TIMESTAMP, INSTANT, True)


@pytest.mark.parametrize("name", sorted(zones.AMBIGUOUS))
def test_a_zone_with_several_meanings_is_never_guessed(name: str) -> None:
    (fact,) = extract_facts(f"It broke on 2026-11-25 14:40 {name}.")
    assert not fact.zone_known
    assert fact.value.endswith(name)
    assert zones.doubt(fact.value) == zones.AMBIGUOUS[name]
    with pytest.raises(ValueError, match=f"“{name}” can mean"):
        moment(f"2026-11-25 14:40 {name}")


def test_a_day_less_time_keeps_its_zone_and_names_no_instant() -> None:
    (fact,) = extract_facts("Since 14:40 CET nobody can sign in.")
    assert (fact.value, fact.instant, fact.zone_known) == ("14:40 CET", None, True)


def test_a_span_of_two_clocks_is_no_offset() -> None:
    (first,) = extract_facts("Between 10:00-11:30 it was slow.")
    assert (first.value, first.zone_known) == ("10:00", False)


def test_every_name_has_the_one_offset_that_the_time_zone_database_gives_it() -> None:
    known: dict[str, set[timedelta | None]] = {}
    for key in available_timezones():
        for month in (1, 7):
            at = datetime(2026, month, 15, 12, tzinfo=ZoneInfo(key))
            known.setdefault(at.tzname() or "", set()).add(at.utcoffset())
    common = set(zones.NAMED) & set(known)
    assert len(common) > 25
    assert {name for name in common if known[name] != {timedelta(minutes=zones.NAMED[name])}} == set()
    assert not {name for name, offsets in known.items() if len(offsets) > 1} & set(zones.NAMED)


@pytest.mark.parametrize(
    "written", ["2026-11-25 14:40 CET", "2026-11-25T14:40 cet", "2026-11-25T13:40", "2026-11-25 08:40 EST"]
)
def test_a_typed_moment_is_read_in_the_zone_that_it_names(written: str) -> None:
    assert moment(written) == INSTANT


@pytest.mark.parametrize(
    "written",
    ["14:40 CET", "14:40", "2026-11-25", "2026-02-30 10:00", "soon", "2026-11-25 14:40 XYZ", "0001-01-01 00:00 JST"],
)
def test_what_is_no_moment_is_refused_in_a_sentence(written: str) -> None:
    with pytest.raises(ValueError, match="is no day and time"):
        moment(written)
