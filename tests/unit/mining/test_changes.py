from datetime import UTC, datetime, timedelta

from sevline.core.mining import LogState
from sevline.core.mining.changes import Change, changes_since, first_seen_after
from sevline.core.readers.logs.record import LogRecord

BEGIN = datetime(2026, 3, 1, 10, tzinfo=UTC)
MOMENT = BEGIN + timedelta(hours=1)


def patterns(**minutes):
    state = LogState()
    for name, at in minutes.items():
        text = f"{name} happened in the shop".encode()
        state.add(LogRecord(BEGIN.timestamp() + 60 * minute, True, None, None, text, 1) for minute in at)
    return state.patterns()


EVEN = [minute / 2 for minute in range(240)]


def told(found):
    return {change.pattern.template.split()[0]: change.change for change in changes_since(found, MOMENT)}


def test_new_more_less_and_gone_are_told_apart() -> None:
    found = patterns(
        even=EVEN,
        fresh=[61 + minute for minute in range(20)],
        risen=[*range(0, 60, 4), *range(61, 120)],
        fallen=[*range(60), *range(61, 120, 6)],
        ended=list(range(50)),
    )

    assert told(found) == {"fresh": Change.NEW, "risen": Change.MORE, "fallen": Change.LESS, "ended": Change.GONE}


def test_a_ratio_below_two_or_few_records_are_no_change() -> None:
    found = patterns(even=EVEN, slightly=[*range(0, 60, 2), *range(61, 120)][:-14], seldom=[70, 80, 90])

    assert told(found) == {}


def test_first_seen_after_names_even_a_single_record() -> None:
    found = patterns(even=EVEN, seldom=[70])

    assert [pattern.template for pattern in first_seen_after(found, MOMENT)] == ["seldom happened in the shop"]


def test_the_sentence_has_both_numbers_and_names_no_cause() -> None:
    [change] = changes_since(patterns(even=EVEN, fresh=[61 + minute for minute in range(20)]), MOMENT)

    assert "0 in 60 min before, 20 in" in change.sentence
    assert "caus" not in change.sentence


def test_a_log_on_one_side_of_the_moment_says_nothing() -> None:
    assert changes_since(patterns(fresh=[61 + minute for minute in range(20)]), MOMENT) == ()
    assert changes_since((), MOMENT) == ()
