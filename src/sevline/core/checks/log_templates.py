"""Patterns of a log that are new since a change, or since the first failing call."""

from collections.abc import Iterator
from datetime import datetime

from sevline.core.amount import sentence_of
from sevline.core.finding import Confidence, Finding, Side, check, not_told, noted, passed, warned
from sevline.core.readers.changes_around import ChangeList
from sevline.core.readers.http import Traffic
from sevline.core.readers.logtemplates import LogTemplates
from sevline.core.readers.moments import plain
from sevline.core.readers.startlines import SHORTLY, VERSION, StartLine, StartLines

MOST_TOLD = 5
#: The share of a log's time before a start, from which on a pattern can be new since then.
LEAST_BEFORE = 0.02


@check("OBS02", supports=("bad-release",), refutes=("bad-release",))
def new_patterns(
    log: LogTemplates, changes: ChangeList | None, traffic: tuple[Traffic, ...], starts: tuple[StartLines, ...]
) -> Iterator[Finding]:
    """Patterns that the log holds only since a change, or since the first failing call"""
    moment, since = _moment(log, changes, traffic, starts)
    if moment is None:
        yield not_told(
            "Which patterns are new.",
            "the moment since which it fails: a list of changes, or a recording with a failing call, within the log",
            next_step=f"{ChangeList.how} The log itself runs from {plain(log.first)} to {plain(log.last)}.",
        )
        return
    fresh = sorted((one for one in log.templates if one.first >= moment), key=lambda one: (not one.loud, -one.count))
    known = len(log.templates) - len(fresh)
    loud = [one for one in fresh if one.loud]
    if not fresh:
        first = log.templates[0]
        yield passed(
            f"No pattern is new since {since}; all {known} stood in the log before.",
            log.cite(first),
            sure=Confidence.STRONG,
        )
        return
    told = f"{len(fresh)} of {len(log.templates)} patterns are new since {since}"
    if loud:
        yield warned(
            f"{told}, {sentence_of(len(loud), '1 of them an error', '{:,} of them errors')}; the most frequent one "
            f"stands there {sentence_of(loud[0].count, 'once', '{:,} times')}.",
            *(log.cite(one, "not in the log before") for one in loud[:MOST_TOLD]),
            side=Side.OUR_APP,
            next_step="Read the new errors first; that they are new since then proves no cause.",
        )
    else:
        yield noted(
            f"{told}, none of them an error.", *(log.cite(one, "not in the log before") for one in fresh[:MOST_TOLD])
        )


def _moment(
    log: LogTemplates, changes: ChangeList | None, traffic: tuple[Traffic, ...], starts: tuple[StartLines, ...]
) -> tuple[datetime | None, str]:
    """The last change within the log, else what the log says last of a start, else the first failing call, in words."""
    for entry in reversed(changes.entries if changes is not None else ()):
        if log.first < entry.at < log.last:
            return entry.at, f"{entry.kind} {entry.name} at {plain(entry.at)}"
    if (last := _started(log, starts)) is not None:
        what = "the version that lines name from line" if last.kind == VERSION else "the start that line"
        tells = "on" if last.kind == VERSION else "tells"
        return last.at, f"{what} {last.line} {tells} (“{last.told[:80]}”, {plain(last.at)})"
    failing = (call.started for one in traffic for call in one.in_time_order() if call.status >= 400 and call.started)
    first = min((at for at in failing if log.first < at < log.last), default=None)
    return first, f"the first failing call at {plain(first)}" if first is not None else ""


def _started(log: LogTemplates, starts: tuple[StartLines, ...]) -> StartLine | None:
    """The start that the log itself names before its failing pattern began, or before its end; none at its beginning,
    where everything is new."""
    until = log.began.first if log.began is not None else log.last
    told = (given.before(until, SHORTLY) for given in starts if given.artifact == log.artifact)
    least = log.first + LEAST_BEFORE * (log.last - log.first)
    return next((one for one in told if one is not None and least < one.at), None)
