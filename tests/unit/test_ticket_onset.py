"""Since when a ticket says it is: zones by place, and the times that contradict one another."""

from datetime import UTC, datetime

import pytest

from sevline.core.extraction.extract import extract_facts
from sevline.core.extraction.onset import started
from sevline.core.extraction.suggestion import Suggestion

NOW = datetime(2026, 11, 25, 18, 0, tzinfo=UTC)
TICKET = (
    "Since around 14:15 today (Hamburg time, could also have been 2 pm, she is not sure) the orders page fails. "
    "Our IT says it started at 13:17 UTC, but the monitor mail is from 12:58."
)


def _started(text: str) -> Suggestion:
    said = started(text, extract_facts(text), NOW)
    assert said is not None
    return said


def test_a_city_in_brackets_is_the_zone_and_the_other_times_stand_beside_it() -> None:
    said = _started(TICKET)

    assert said.value == "2026-11-25 13:15 UTC"
    assert said.quote == "Since around 14:15 (Hamburg time)"
    assert said.others == ("13:17 UTC", "12:58", "2 pm")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Since 14:15 Berlin time", "2026-11-25 13:15 UTC"),
        ("since 14:15 (Europe/Berlin)", "2026-11-25 13:15 UTC"),
        ("Since 14:15 in London", "2026-11-25 14:15 UTC"),
        ("since 9:30 am New York time", "2026-11-25 14:30 UTC"),
        ("since 9:30 am (Mumbai)", "2026-11-25 04:00 UTC"),
        ("since 14:15 yesterday (Paris time)", "2026-11-24 13:15 UTC"),
        ("since 20:00 Hamburg time", "2026-11-24 19:00 UTC"),
        ("down since 2026-07-03 10:42 Hamburg time", "2026-07-03 08:42 UTC"),
        ("seit 14:15 Uhr Hamburger Zeit", "2026-11-25 13:15 UTC"),
        ("seit dem 24.11.2026 um 08:15 Uhr (Berlin)", "2026-11-24 07:15 UTC"),
        ("Since 24.11.2026 08:15 CET", "2026-11-24 07:15 UTC"),
        ("seit 3. 7. 2026, 10:42 Hamburg time", "2026-07-03 08:42 UTC"),
        ("seit 14:15 Uhr (deutscher Zeit)", "2026-11-25 13:15 UTC"),
        ("Seit etwa 10:30 (Wien)", "2026-11-25 09:30 UTC"),
        ("Since 14:15 in the afternoon", "14:15 (zone unknown)"),
        ("Since 14:15 Atlantis time", "14:15 (zone unknown)"),
        ("Since 14:15 (Europe/Atlantis)", "14:15 (zone unknown)"),
    ],
)
def test_a_place_after_a_time_names_its_zone(text: str, value: str) -> None:
    assert _started(text).value == value


def test_a_day_that_is_not_said_is_told() -> None:
    assert _started("Since 14:15 Hamburg time").quote.endswith("(Hamburg time, the day is not said, taken as today)")


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Since 2026-11-25 10:42 CET, our log says from 09:42 UTC", ()),
        ("Since 10:42 CET. First seen around 11:30 CET.", ("11:30 CET",)),
        ("Seit 10:42 CET, gemeldet um 11 Uhr.", ("11 Uhr",)),
        ("Since 10:42 CET.\n2026-11-25T09:50:00Z ERROR at 10:15 it failed", ()),
        ("Since 10:42 CET it fails, ratio 12:58 of all", ()),
    ],
)
def test_only_times_that_people_tell_and_that_differ_stand_beside_it(text: str, others: tuple[str, ...]) -> None:
    assert _started(text).others == others
