"""What began within a log is told with the time of its first record and an interval, and hardly ever by chance."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np

from sevline.core.mining import LogPattern, mine
from sevline.core.mining.report import reported
from sevline.core.mining.surfacing.begun import Seen, begun
from sevline.core.mining.surfacing.card import Card, CardKind
from sevline.core.readers.logtemplates import templates_of
from tests.evidence import found

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
Record = tuple[float, str]


def steady(every: float, text: str, *, begin: float = 0, end: float = 7200) -> list[Record]:
    """A record each `every` seconds, as many seconds after START."""
    return [(float(at), text.format(round(at) % 89)) for at in np.arange(begin, end, every)]


SERVED = steady(4, "INFO served page {} in 12 ms") + steady(30, "WARN query took {} ms")


def patterns(*records: Record) -> tuple[LogPattern, ...]:
    lines = [f"{(START + timedelta(seconds=at)).isoformat()} {text}" for at, text in sorted(records)]
    return mine(["\n".join(lines).encode()], source="app.log").patterns()


def cards(*records: Record) -> list[Card]:
    return list(reported({}, patterns(*records)).surfaced.cards)


def test_an_error_that_begins_in_the_middle_stands_first_with_its_time_and_interval() -> None:
    (card, *others) = cards(*SERVED, *steady(20, "ERROR pool {} is exhausted", begin=3617))

    assert card.kind is CardKind.BEGAN
    assert card.headline == (
        "Began at 2026-03-02 09:00:17 UTC, after 1 h without it; 180 records to the end of the log."
    )
    assert card.onset is not None
    assert card.onset.at == card.onset.latest == START + timedelta(seconds=3617)
    assert timedelta(seconds=55) < card.onset.at - card.onset.earliest < timedelta(seconds=65)
    assert others == []


def test_a_slow_error_that_no_burst_shows_is_told_and_when_it_ended() -> None:
    (card,) = cards(*SERVED, *steady(200, "ERROR pool {} is exhausted", begin=3600, end=5400))

    assert card.headline.endswith("9 records until 2026-03-02 09:26:40 UTC.")
    assert card.p is not None
    assert card.p < 0.05


def test_the_finding_about_the_file_tells_the_same_beginning() -> None:
    mined = patterns(*SERVED, *steady(20, "ERROR pool {} is exhausted", begin=3617))
    (finding,) = found("OBS17", *templates_of(mined, "a1"))

    assert "began at 2026-03-02T09:00:17Z" in finding.title
    assert finding.evidence[0].expected.startswith(
        "not in the log before; onset 2026-03-02T08:59:17Z to 2026-03-02T09:"
    )


def test_what_stands_from_the_start_or_too_rarely_to_tell_began_nowhere() -> None:
    assert cards(*SERVED, *steady(20, "ERROR pool {} is exhausted")) == []
    assert cards(*SERVED, *steady(900, "ERROR pool {} is exhausted", begin=800)) == []


def test_a_storm_is_one_event_and_no_beginning() -> None:
    storm = [(5400 + number / 10, f"ERROR connection {number} was reset") for number in range(9)]

    assert cards(*SERVED, *storm) == []


def test_a_night_without_any_record_and_a_stray_early_time_are_no_silence() -> None:
    late = [(at + 40_000, text) for at, text in steady(20, "ERROR pool {} is exhausted", begin=300)]
    others = [(at + 40_000, text) for at, text in SERVED]

    told = cards((0, "INFO served page 3 in 12 ms"), *others, *late)

    assert CardKind.BEGAN not in {card.kind for card in told}


def test_a_file_that_only_begins_later_is_no_beginning() -> None:
    early = Seen(400, 0.0, 7200.0, dict.fromkeys(range(100), 4), 1, frozenset({"a.log"}))
    late = [Seen(100, 3600.0, 7200.0, dict.fromkeys(range(60, 110), 2), 1, frozenset({"b.log"}))] * 2

    assert begun([early, *late], [1, 2]) == {}


def test_few_of_a_thousand_logs_without_any_change_tell_of_a_beginning() -> None:
    random = np.random.default_rng(7)
    told = [begun(_unchanging(random), range(1, 9)) for _ in range(1000)]

    assert sum(1 for one in told if one) <= 50


def _unchanging(random: np.random.Generator) -> Sequence[Seen]:
    """A busy pattern and eight errors with 5 to 40 records anywhere in two hours; every other comes in pairs."""
    made = [Seen(7200, 0.0, 7200.0, dict.fromkeys(range(120), 60))]
    for number in range(8):
        at = np.sort(random.uniform(0, 7200, int(random.integers(5, 40))))
        at = np.sort(np.concatenate([at, at + 1])) if number % 2 else at
        cells = {int(minute): int((at // 60 == minute).sum()) for minute in np.unique(at // 60)}
        made.append(Seen(len(at), float(at[0]), float(at[-1]), cells))
    return made
