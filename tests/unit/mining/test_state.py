from datetime import UTC, datetime

from sevline.core.mining import LogState, mine
from sevline.core.mining.levels import COARSEST
from sevline.core.readers.logs.record import LogRecord


def record(number: int, text: bytes, at: float | None = None) -> LogRecord:
    return LogRecord(at, True, None, None, text, number)


def test_more_shapes_than_the_cap_are_folded_and_no_record_is_lost() -> None:
    words = [f"{a}{b}{c}" for a in "bdfgklmnpr" for b in "aeiou" for c in "bdfgklmnpr"]
    state = LogState(cap=50)
    state.add(record(number, f"lost {word} and then {word} again".encode()) for number, word in enumerate(words))

    assert len(state.shapes) <= 50
    assert 0 < state.level <= COARSEST
    assert state.records == len(words)


def test_a_histogram_with_too_many_minutes_widens_its_cells() -> None:
    state = LogState()
    state.add(record(number, b"tick", at=60.0 * number) for number in range(4000))
    [stat] = state.shapes.values()

    assert (stat.step, len(stat.histogram), sum(stat.histogram.values())) == (5, 800, 4000)


def test_services_are_bounded_and_keep_exact_counts() -> None:
    state = LogState()
    state.add(LogRecord(None, True, None, f"svc-{number % 400}", b"tick", number) for number in range(1200))
    [stat] = state.shapes.values()

    assert len(stat.services) == 100
    assert set(stat.services.values()) == {3}


def test_an_example_names_the_first_line_where_it_stands() -> None:
    state = mine([b"same text\nother 1\nsame text\n"], source="a.log")
    [pattern] = [each for each in state.patterns() if each.template == "same text"]

    assert (pattern.count, pattern.examples, pattern.sources) == (2, ((1, "same text"),), ("a.log",))


def test_what_was_raised_tells_records_with_the_same_first_line_apart() -> None:
    data = (
        b"2026-03-01 10:00:00 ERROR failed\njava.io.IOException: x\n\tat a.B.c(D.java:1)\n"
        b"2026-03-01 10:00:00 ERROR failed\njava.lang.IllegalStateException: x\n\tat a.B.c(D.java:1)\n"
    )

    assert len(mine([data]).patterns()) == 2


def test_records_outside_the_window_are_left_out() -> None:
    from datetime import UTC, datetime

    data = b"2026-03-01 10:00:00 a\n2026-03-01 11:00:00 b\n2026-03-01 12:00:00 c\nno time\n"
    at = datetime(2026, 3, 1, 11, tzinfo=UTC)

    assert mine([data], since=at, until=at.replace(hour=12)).records == 1


def test_errors_rank_before_what_is_frequent() -> None:
    data = b"2026-03-01 10:00:00 INFO tick\n" * 50 + b"2026-03-01 10:00:00 ERROR lost\n"

    assert [pattern.template for pattern in mine([data]).patterns()] == ["lost", "tick"]


def test_a_hundred_thousand_templates_are_counted_exactly_in_bounded_memory() -> None:
    letters = "bcdfghjklm"
    lines = (
        f"z{letters[n % 10]}{letters[n // 10 % 10]}{letters[n // 100 % 10]}{letters[n // 1000 % 10]}q failed\n".encode()
        for n in range(10_000)
    )
    state = mine(lines, source="a", cap=500)

    assert state.records == 10_000
    assert len(state.shapes) <= 500
    assert [pattern.count for pattern in state.patterns()] == [10_000]


def test_what_the_header_says_leads_the_shape() -> None:
    data = (
        b"2026-03-01 10:00:00,000 - app.db - INFO - started\n2026-03-01 10:00:01,000 - app.web - INFO - started\n"
        b"2026-03-01 10:00:02,000 - app.web - ERROR - started\n"
    )

    assert len(mine([data]).patterns()) == 3


def test_a_place_in_the_source_is_believed() -> None:
    reference = datetime(2026, 3, 5, tzinfo=UTC)
    data = (
        b"I0301 10:00:00.000000 1 pod.go:12] lost the lease\nI0301 10:00:01.000000 1 pod.go:12] took it again\n"
        b"I0301 10:00:02.000000 1 pod.go:99] lost the lease\n"
    )
    patterns = mine([data], reference=reference).patterns()

    assert {(pattern.place, pattern.count) for pattern in patterns} == {("pod.go:12", 2), ("pod.go:99", 1)}


def test_variables_are_told_with_kind_and_values() -> None:
    data = b"".join(
        b"2026-03-01 10:00:00 INFO user=%s took %d ms\n" % (name, number)
        for number, name in enumerate([b"anna", b"anna", b"ben", b"anna"])
    )
    [pattern] = mine([data]).patterns()
    user, took = pattern.slots

    assert (user.key, user.kind, user.distinct, user.top) == ("user", "word", 2, (("anna", 0.75), ("ben", 0.25)))
    assert took.kind in {"integer", "duration"}
