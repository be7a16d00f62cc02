"""Changes near an onset: ranked by component, then by gap, and never called a cause."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import sevline
from sevline.core.mining.surfacing.nearby import ChangeKind, KnownChange, changes_near

ONSET = datetime(2026, 3, 2, 10, 6, tzinfo=UTC)


def change(key: str, minutes: float, *components: str) -> KnownChange:
    """So many minutes after the onset."""
    return KnownChange(key, ChangeKind.DEPLOY, key, ONSET + timedelta(minutes=minutes), frozenset(components))


@pytest.mark.requirement("R-069")
def test_the_failing_service_deployed_at_10_00_ranks_before_another_deployed_at_10_05() -> None:
    near = changes_near(ONSET, [change("unrelated", -1, "billing"), change("failing", -6, "checkout")], {"checkout"})

    assert [(each.rank, each.change.key, each.label) for each in near] == [
        (1, "failing", "correlated, not proven"),
        (2, "unrelated", "correlated, not proven"),
    ]
    assert [path for path in Path(sevline.__file__).parent.rglob("*") if _claims_a_cause(path)] == []


def _claims_a_cause(path: Path) -> bool:
    if path.suffix != ".html" and "surfacing" not in path.parts:
        return False
    return path.is_file() and b"caused by" in path.read_bytes().lower()


def test_the_window_is_a_day_before_to_an_hour_after() -> None:
    all_of_them = [change("old", -1441), change("first", -1440), change("last", 60), change("late", 61)]

    assert [each.change.key for each in changes_near(ONSET, all_of_them)] == ["first", "last"]


def test_what_came_after_the_onset_ranks_behind_what_came_before() -> None:
    near = changes_near(ONSET, [change("after", 1), change("before", -600)])

    assert [each.change.key for each in near] == ["before", "after"]


def test_the_chance_of_a_coincidence_grows_with_the_number_of_changes() -> None:
    few = [change(str(number), -600 * number - 5) for number in range(10)]
    many = [change(str(number), -10 * number - 5) for number in range(600)]
    chance_few, chance_many = (changes_near(ONSET, known)[0].chance for known in (few, many))

    assert chance_few is not None
    assert chance_many is not None
    assert chance_few < 0.05 < 0.5 < chance_many


def test_with_few_changes_no_chance_is_made_up() -> None:
    [near] = changes_near(ONSET, [change("only", -5)])

    assert near.chance is None
    assert "too few changes" in near.sentence


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(-6, "6 min before"), (-119, "119 min before"), (-1322, "22 h 2 min before"), (3, "3 min after")],
)
def test_how_far_a_change_is_from_the_onset_is_said_in_units_that_people_use(minutes: float, said: str) -> None:
    [near] = changes_near(ONSET, [change("one", minutes)])

    assert f", {said} the onset; correlated" in near.sentence


def test_of_a_change_that_is_as_near_as_one_usually_is_nothing_follows() -> None:
    known = [change(str(number), -600 * number - 500) for number in range(10)]
    near = {each.change.key: each.sentence for each in changes_near(ONSET, [*known, change("close", -2)])}

    assert near["0"].endswith("of the time: nothing follows from it.")
    assert near["close"].endswith("of the time.")
