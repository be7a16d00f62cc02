from datetime import UTC, datetime

import pytest

from sevline.core.readers.logs.times import anything, clf, iso, number, yearless

AT = datetime(2026, 3, 1, 10, 0, 0, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("text", "seconds", "zone_known"),
    [
        (b"2026-03-01 10:00:00", 0, False),
        (b"2026-03-01T10:00:00Z", 0, True),
        (b"2026-03-01T10:00:00.250Z", 0.25, True),
        (b"2026/03/01 10:00:00,5", 0.5, False),
        (b"2026-03-01T10:00:00+02:00", -7200, True),
        (b"2026-03-01T10:00:00 -0130", 5400, True),
    ],
)
def test_iso_times_keep_their_fraction_and_zone(text, seconds, zone_known):
    stamp = iso(text)

    assert stamp is not None
    assert (stamp.at - AT, stamp.zone_known) == (seconds, zone_known)


def test_the_zone_of_an_access_log_is_taken_off() -> None:
    stamp = clf(b"01/Mar/2026:12:00:00 +0200")

    assert stamp is not None
    assert (stamp.at, stamp.zone_known) == (AT, True)


@pytest.mark.parametrize("unit", [1, 1_000, 1_000_000, 1_000_000_000])
def test_the_unit_of_an_epoch_is_told_by_its_size(unit):
    stamp = number(AT * unit)

    assert stamp is not None
    assert stamp.at == AT


@pytest.mark.parametrize("value", [True, None, [], 17, "17", "soon", float("inf"), float("nan"), "9" * 80])
def test_what_is_no_time_is_none(value):
    assert anything(value) is None


def test_the_29th_of_february_finds_the_last_leap_year_in_reach() -> None:
    stamp = yearless(b"Feb", b"29", b"10:00:00", datetime(2025, 1, 5, tzinfo=UTC))

    assert stamp is not None
    assert stamp.at == datetime(2024, 2, 29, 10, tzinfo=UTC).timestamp()
