"""What was changed shortly before a fault began, by the first error of a log or the step in a series of metrics or in
durations."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sevline.core.checks.metrics import worst_step
from sevline.core.finding import Confidence, Evidence, Finding, Side, check, not_told, noted, passed, warned
from sevline.core.mining.latency import largest_step
from sevline.core.readers.changes_around import ChangeEntry, ChangeList
from sevline.core.readers.latencies import Latencies
from sevline.core.readers.logfacts import LogFacts
from sevline.core.readers.metrics import Metrics
from sevline.core.readers.moments import plain
from sevline.core.readers.onsets import OnsetTold
from sevline.core.readers.startlines import StartLines

#: A change this long before the first error, or this shortly after, may have to do with it.
BEFORE, AFTER = timedelta(minutes=60), timedelta(minutes=10)
LEAST_HOURS = 24


@check("OBS10", supports=("bad-release",), version=3)
def change_at_onset(timed: OnsetTold, changes: ChangeList | None, starts: tuple[StartLines, ...]) -> Iterator[Finding]:
    """Changes from 60 min before to 10 min after the first error, and how often one would lie there by chance"""
    if isinstance(timed, LogFacts):
        yield from _of_log(timed, changes, starts)
    elif isinstance(timed, Latencies):
        yield from _of_durations(timed, changes)
    elif isinstance(timed, Metrics) and changes is not None:
        yield from _of_metrics(timed, changes)
    elif isinstance(timed, Metrics):
        yield not_told("Changes near the step in the metrics.", ChangeList.what, next_step=ChangeList.how)


def _of_metrics(metrics: Metrics, changes: ChangeList) -> Iterator[Finding]:
    """The onset is the step of the series that became worse the most, found without a look at the changes."""
    if (found := worst_step(metrics)) is None:
        yield not_told(
            "No series rises or falls at one moment, so that no onset is known.",
            "metrics of the hours around the fault",
            next_step=Metrics.how,
        )
        return
    series, index = found
    onset = datetime.fromtimestamp(series.at[index], UTC)
    what = f"the step of {series.title}"
    place = metrics.cite(series, index, plain(onset))
    yield _near(changes, onset, what, place)


def _of_durations(log: Latencies, changes: ChangeList | None) -> Iterator[Finding]:
    """The onset is the moment from which requests take longer, as PERF04 tells it; where none do, there is none."""
    if (step := largest_step(log.at, log.took)) is None:
        yield not_told(
            "Durations do not rise at one moment, so that they tell no onset.",
            "requests of the hours around the fault",
            next_step=Latencies.how,
        )
    elif changes is None:
        yield not_told("Changes near the rise of the durations.", ChangeList.what, next_step=ChangeList.how)
    else:
        onset = datetime.fromtimestamp(step.at, UTC)
        yield _near(
            changes, onset, "durations rose", log.cite(step.index, f"slower from {plain(onset)} on", "as before")
        )


def _of_log(log: LogFacts, changes: ChangeList | None, starts: tuple[StartLines, ...]) -> Iterator[Finding]:
    if changes is None:
        yield not_told(
            f"Changes near the first error: {_of_starts(log, starts)}.", ChangeList.what, next_step=ChangeList.how
        )
        return
    if not log.errors:
        yield not_told(
            "The log holds no error, so that no onset is known.",
            "an error in the log",
            next_step="Attach the log of the minutes in which it began.",
        )
        return
    line, onset = min(log.errors, key=lambda entry: entry[1])
    yield _near(changes, onset, "the first error", log.cite(line, plain(onset)))


def _near(changes: ChangeList, onset: datetime, what: str, place: Evidence) -> Finding:
    near = [entry for entry in changes.entries if -BEFORE <= entry.at - onset <= AFTER]
    chance = by_chance(changes.entries)
    if not near:
        covers = changes.entries[0].at <= onset <= changes.entries[-1].at + timedelta(days=14)
        title = f"No change from 60 min before to 10 min after {what} at {plain(onset)}. {chance}"
        where = (place, changes.cite(changes.entries[0]))
        if covers:
            return passed(title, *where, sure=Confidence.STRONG)
        return noted(f"{title} The list does not reach to that time.", *where, next_step="Export the list of that day.")
    names = ", ".join(f"{entry.kind} {entry.name} {_apart(entry.at, onset)}" for entry in near[:3])
    return warned(
        f"{names} {what} at {plain(onset)}. Correlated, not proven. {chance}",
        *(changes.cite(entry) for entry in near[:5]),
        place,
        side=Side.OUR_APP,
        next_step="Test with the change taken back for one tenant, or compare old and new version.",
    )


def _of_starts(log: LogFacts, starts: tuple[StartLines, ...]) -> str:
    """What stands in for a list of changes that is not there."""
    named = next((one for one in starts if one.artifact == log.artifact), None)
    if named is None:
        return "there is no list of changes"
    return (
        f"there is no list of changes; OBS17 and OBS02 go by what the log itself says of starts "
        f"(line {named.starts[-1].line}), and do not see what it leaves out"
    )


def by_chance(entries: tuple[ChangeEntry, ...]) -> str:
    """The base rate: the share of hours within the list's span that hold a change of themselves."""
    span = (entries[-1].at - entries[0].at).total_seconds() / 3600
    if span < LEAST_HOURS:
        return f"The list covers {span:.0f} h, too few to tell how often a change lies there by chance."
    hours = int(span) + 1
    busy = len({int((entry.at - entries[0].at).total_seconds() // 3600) for entry in entries})
    return f"Base rate: {busy} of {hours} hours of the list hold a change ({100 * busy / hours:.0f} %)."


def _apart(at: datetime, onset: datetime) -> str:
    minutes = (onset - at).total_seconds() / 60
    return f"{abs(minutes):.0f} min {'before' if minutes >= 0 else 'after'}"
