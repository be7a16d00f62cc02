from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevline.ui import wording

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=40), "40 s"),
        (timedelta(minutes=34), "34 min"),
        (timedelta(hours=1, minutes=18), "1 h 18 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(days=1, hours=2), "1 day 2 h"),
        (timedelta(days=4), "4 days"),
        (-4680, "1 h 18 min"),
        (None, "not stated"),
    ],
)
def test_a_span_is_said_in_two_units_at_most(span: timedelta | int | None, words: str) -> None:
    assert wording.duration(span) == words


def test_a_time_is_shown_in_utc_whatever_its_zone() -> None:
    tokyo = datetime(2026, 11, 18, 20, 42, tzinfo=timezone(timedelta(hours=9)))

    assert wording.utc(tokyo) == "18 Nov 2026 11:42 UTC"
    assert wording.utc_time(tokyo) == "11:42 UTC"
    assert wording.iso(tokyo) == "2026-11-18T11:42:00Z"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        wording.utc(datetime(2026, 11, 18))  # noqa: DTZ001 - the point of the test


@pytest.mark.parametrize(
    ("minutes", "words"), [(-34, "34 min ago"), (120, "in 2 h"), (0, "now"), (-2880, "2 days ago")]
)
def test_a_distance_in_time_says_its_direction(minutes: int, words: str) -> None:
    assert wording.relative(NOON + timedelta(minutes=minutes), NOON) == words


@pytest.mark.parametrize(
    ("name", "letters"), [("Dana Whitfield", "DW"), ("Ana Maria de la Cruz", "AC"), ("Plato", "P"), ("", "?")]
)
def test_initials_come_from_the_first_and_the_last_word(name: str, letters: str) -> None:
    assert wording.initials(name) == letters


@pytest.mark.parametrize(("octets", "words"), [(0, "0 bytes"), (2_400_000, "2.4 MB"), (5_100_000_000, "5.1 GB")])
def test_a_size_has_a_decimal_unit(octets: int, words: str) -> None:
    assert wording.size(octets) == words


@given(st.timedeltas(min_value=timedelta(), max_value=timedelta(days=4000)))
def test_every_span_has_words(span: timedelta) -> None:
    assert wording.duration(span)[0].isdigit()


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (NOON, NOON + timedelta(minutes=48), "18 Nov 2026 12:00 to 12:48 UTC"),
        (NOON, NOON + timedelta(hours=13), "18 Nov 2026 12:00 to 19 Nov 2026 01:00 UTC"),
        (NOON, None, "18 Nov 2026 12:00 UTC"),
        (None, None, "not stated"),
    ],
)
def test_a_window_names_its_day_once(first: datetime | None, last: datetime | None, words: str) -> None:
    assert wording.utc_span(first, last) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-11-18T12:00:00+00:00", "18 Nov 2026 12:00 UTC"),
        ("2026-11-18T12:00:00.123456Z", "18 Nov 2026 12:00 UTC"),
        ("2026-11-18", "2026-11-18"),
        ("about 2026-11-18T12:00:00Z", "about 2026-11-18T12:00:00Z"),
    ],
)
def test_a_moment_in_the_machine_form_is_said_in_words_and_other_text_stays(text: str, words: str) -> None:
    assert wording.spoken(text) == words


@pytest.mark.parametrize(
    ("at", "zone", "words"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "Europe/Berlin", "29 Mar 2026 01:59 CET"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "Europe/Berlin", "29 Mar 2026 03:00 CEST"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "Europe/Berlin", "25 Oct 2026 02:30 CEST"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "Europe/Berlin", "25 Oct 2026 02:30 CET"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "America/Sao_Paulo", "28 Mar 2026 22:00 UTC-03"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "UTC", ""),
        (None, "Europe/Berlin", ""),
    ],
)
def test_the_clock_of_the_customer_names_its_zone(at: datetime | None, zone: str, words: str) -> None:
    assert wording.local(at, zone) == words
