"""Logs: what was read of them, silence in them, errors before the symptom, ids shared, and changes at the onset."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from sevline.core.amount import amount
from sevline.core.finding import Confidence, Evidence, Finding, Side, check, not_told, noted, passed, warned
from sevline.core.lasting import lasting
from sevline.core.readers.http import AllTraffic, Exchange
from sevline.core.readers.logfacts import ENOUGH_RECORDS, LEAST_SILENCE, TIMES_USUAL, AllLogs, Gap, LogFacts
from sevline.core.readers.moments import plain
from sevline.core.readers.traffic import request_id

WELL_READ = 95.0
#: Records of an excerpt below which a pause in it is told and not judged.
LEAST_TELLING = 100
#: Records without a header that was read, below which they are what a program prints before its log begins.
LEAST_UNREAD = 5
MOST_CITED = 5
#: Times of a log are often cut to full seconds: an error so shortly after an answer may have come before it.
FULL_SECONDS = timedelta(seconds=1)


@check("OBS01", version=2)
def log_reading(read: AllLogs) -> Iterator[Finding]:
    """Format and time zone of a log, and the share of its records that was read"""
    badly = [log for log in read.logs if _percent(log) < WELL_READ and log.count - log.parsed >= LEAST_UNREAD]
    yield from map(_badly_read, badly)
    if zoneless := [log for log in read.logs if log.zone_unknown]:
        yield _without_zone(zoneless)
    elif read.logs and not badly:
        yield _well_read(read.logs)


def _badly_read(log: LogFacts) -> Finding:
    percent = f"{_percent(log):.1f} %"
    return warned(
        f"{_records(log)} in the format “{log.format}”, of which {percent} have a header that was read. Times and "
        "counts may miss the rest.",
        log.cite(log.unparsed_line or 1, f"{percent} read", f"{WELL_READ:.0f} %"),
        side=Side.UNKNOWN,
        next_step="Say which format the log has, or attach it as it was written.",
    )


def _without_zone(logs: list[LogFacts]) -> Finding:
    times = sum(log.zone_unknown for log in logs)
    name = "names no zone and was" if times == 1 else "name no zone and were"
    return noted(
        f"{_whose(logs, amount(times, 'time'))} {name} read as UTC.",
        *(log.cite(1, log.format, "times with their zone") for log in logs[:MOST_CITED]),
        next_step="Ask in which time zone the clock of this log runs before its times are set beside others.",
    )


def _well_read(logs: Sequence[LogFacts]) -> Finding:
    formats = ", ".join(f"“{name}”" for name in sorted({log.format for log in logs}))
    every, parsed = sum(log.count for log in logs), sum(log.parsed for log in logs)
    records = amount(every, "record") if parsed == every else f"{parsed:,} of {amount(every, 'record')}"
    them = f"{amount(len(logs), 'log')} with {records}" if len(logs) > 1 else records
    return passed(
        f"{them} read in the format {formats}, each time with its zone.",
        *(log.cite(1, log.format) for log in logs[:MOST_CITED]),
    )


def _percent(log: LogFacts) -> float:
    return 100 * log.parsed / log.count if log.count else 100.0


def _whose(logs: list[LogFacts], times: str) -> str:
    """“24 times of a log in the format “klog””, or of so many logs."""
    formats = ", ".join(f"“{name}”" for name in sorted({log.format for log in logs}))
    return f"{times} of {amount(len(logs), 'log') if len(logs) > 1 else 'the log'} ({formats})"


def _records(log: LogFacts) -> str:
    return amount(log.count, "record")


@check("OBS03", supports=("server-error",), refutes=("server-error",), version=3)
def error_before_symptom(read: AllLogs, traffic: AllTraffic) -> Iterator[Finding]:
    """The first error of the log against the first failing call that was recorded"""
    failing = [(call.started, call) for call in traffic.exchanges if call.status >= 400 and call.started is not None]
    errors = [(at, log, line) for log in read.logs for line, at in log.errors]
    if not failing or not errors:
        yield not_told(
            "There is no error in the log or no failing call with a time to compare.",
            "an error in the log and a failing call with times",
            next_step="Attach log and recording of the same minutes, with a failure in them.",
        )
        return
    symptom, call = min(failing, key=lambda pair: pair[0])
    error, log, line = min(errors, key=lambda entry: entry[0])
    places = (log.cite(line, plain(error)), call.cite("status", call.status))
    is_covered = any(one.first is not None and one.first <= symptom for one in read.logs)
    yield _in_order(error, symptom, call, places, is_covered=is_covered)


def _in_order(
    error: datetime, symptom: datetime, call: Exchange, places: tuple[Evidence, ...], *, is_covered: bool
) -> Finding:
    """What the order of error and call tells; `is_covered`: a log speaks of the time before the call."""
    gap = (symptom - error).total_seconds()
    of_the_call = f"the first failing call ({call.call}, {call.status})"
    if gap >= 0:
        order = f"{_apart_from(gap)} before" if gap else "at the same moment as"
        return noted(
            f"The first error of the log is {order} {of_the_call}.",
            *places,
            next_step="What is in the log before the symptom is worth reading first; the order alone proves no cause.",
        )
    if error <= (call.ended or symptom) + FULL_SECONDS:
        return noted(
            f"The first error of the log is {_apart_from(gap)} after the beginning of {of_the_call}, about when it was "
            "answered.",
            *places,
            next_step="It may be the error of this very call: compare the request id or the path (OBS04).",
        )
    if is_covered:
        return passed(
            f"No error of the log precedes {of_the_call}: the first one is {_apart_from(gap)} after it.",
            *places,
            sure=Confidence.STRONG,
        )
    return not_told(
        f"Whether an error precedes {of_the_call}: the log begins only after it.",
        "the log of the minutes before the first failing call",
        next_step=LogFacts.how,
    )


def _apart_from(seconds: float) -> str:
    return lasting(seconds) if abs(seconds) >= 1 else f"{abs(seconds) * 1000:.0f} ms"


@check("OBS04", supports=("telemetry-gap",), version=2)
def shared_ids(read: AllLogs, traffic: AllTraffic) -> Iterator[Finding]:
    """Failing calls whose request id stands in the log, and the share that does"""
    known = {value: (log, line) for log in reversed(read.logs) for value, line in log.ids}
    asked = [(call, request_id(call)[1].lower()) for call in traffic.exchanges if call.status >= 400]
    asked = [(call, value) for call, value in asked if value]
    if not asked:
        yield not_told(
            "No failing call carries a request id.",
            "failing calls with a request id",
            next_step="Ask that answers return a request id; record the calls again.",
        )
        return
    joined = [(call, known[value]) for call, value in asked if value in known]
    told = f"{len(joined)} of {len(asked)} failing calls with a request id are found in the log by it."
    if joined:
        places = [log.cite(line, request_id(call)[1]) for call, (log, line) in joined[:5]]
        yield passed(told, *places, sure=Confidence.STRONG)
        return
    yield warned(
        f"{told} The log is of another service, of another time, or does not write the id.",
        asked[0][0].cite("status", asked[0][1], "the same id in the log"),
        side=Side.OUR_APP,
        next_step="Ask for the log of the service that answered, or that it writes the request id.",
    )


#: Silences of so many days at least make a rhythm; each may begin or end so many seconds sooner or later.
OFTEN, DAY, LATER = 3, 86_400.0, 9_000.0


@check("OBS13", supports=("telemetry-gap",))
def silence(log: LogFacts) -> Iterator[Finding]:
    """Silence in a log: pauses of more than five times what is usual in it"""
    if log.count < ENOUGH_RECORDS:
        yield not_told(
            f"The log has {_records(log)}: too few to say which pause is usual in it.",
            f"a log of at least {ENOUGH_RECORDS} records",
            next_step=LogFacts.how,
        )
        return
    if log.gaps and log.count < LEAST_TELLING:
        longest = log.gaps[0]
        yield noted(
            f"The longest pause among these {log.count} records is {longest.seconds:.0f} s, from "
            f"{plain(longest.first)}; they are too few to tell whether that is usual.",
            log.cite(longest.line, f"{longest.seconds:.0f} s of silence", f"{_usual(log)} at most times"),
            next_step="Attach the log of some hours, so that its usual pauses are known.",
        )
        return
    if not log.gaps:
        bound = max(TIMES_USUAL * log.usual_gap, LEAST_SILENCE)
        yield passed(
            f"No pause is longer than {bound:.0f} s; {_usual(log)} are usual.",
            log.cite(1, f"usual pause {_usual(log)}"),
            sure=Confidence.STRONG,
        )
        return
    longest = log.gaps[0]
    times = "once" if len(log.gaps) == 1 else f"{len(log.gaps)} times"
    if _is_rhythm(log.gaps):
        yield noted(
            f"The log is silent {times}, each day about the same time, for {lasting(longest.seconds)} from "
            f"{plain(longest.first)} at the longest: as where nobody works, or a service is stopped, at that time.",
            *(log.cite(gap.line, f"{gap.seconds:.0f} s of silence", _usual(log)) for gap in log.gaps[:5]),
            next_step="Ask whether the service is used at that time; if it is, compare with its metrics.",
        )
        return
    yield warned(
        f"The log is silent {times}, for {lasting(longest.seconds)} from {plain(longest.first)} at the longest, "
        f"where {_usual(log)} are usual.",
        *(log.cite(gap.line, f"{gap.seconds:.0f} s of silence", _usual(log)) for gap in log.gaps[:5]),
        side=Side.UNKNOWN,
        next_step="Was the service down, was nobody using it, or did the log lose lines? Compare with its metrics.",
    )


def _is_rhythm(gaps: Sequence[Gap]) -> bool:
    """Whether silences come once a day at most, and begin and end at about the same time of day."""
    starts = sorted(gap.first for gap in gaps)
    daily = all((later - sooner).total_seconds() > DAY - LATER for sooner, later in pairwise(starts))
    return (
        len(gaps) >= OFTEN and daily and all(_about([getattr(gap, end) for gap in gaps]) for end in ("first", "last"))
    )


def _about(moments: Sequence[datetime]) -> bool:
    """Whether times of day lie within a few hours of the first, also across midnight."""
    offsets = [(moment - moments[0]).total_seconds() % DAY for moment in moments]
    return all(min(offset, DAY - offset) <= LATER for offset in offsets)


def _usual(log: LogFacts) -> str:
    return f"{log.usual_gap:.1f} s" if log.usual_gap >= 0.1 else "less than 0.1 s"
