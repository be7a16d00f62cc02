"""The signs of failure modes in the lines of a log: each a function of numbered lines, which names those it saw."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median

from sevline.core.failuremodes import Mode
from sevline.core.finding import Evidence, Given

#: Numbered from 1.
Lines = Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Sign:
    """What was seen of a mode: `told` is a sentence, `places` are line, what stands there, what would be usual."""

    mode: Mode
    told: str
    places: tuple[tuple[int, str, str], ...]
    sure: bool = True


@dataclass(frozen=True, slots=True)
class FailureSigns(Given):
    """One log, looked through for every mode."""

    what = "a log with times"
    how = "Attach the log from ten minutes before to ten minutes after the fault, as it was written."

    artifact: str
    signs: tuple[Sign, ...]

    def of(self, mode: Mode) -> Sign | None:
        return next((sign for sign in self.signs if sign.mode is mode), None)

    def cite(self, place: tuple[int, str, str]) -> Evidence:
        line, observed, expected = place
        return Evidence(self.artifact, f"{line}:1", observed, expected)


GROWS = 1.5
_REQUEST = re.compile(r"(?i)\b(?:request|req|correlation|trace|call)[_-]?id[\"']?\s?[=:]\s?[\"']?([\w.:<>-]{1,80})")
_ATTEMPT = re.compile(
    r"(?i)\b(?:attempts?[_ ]per[_ ]request|attempts?(?:[_ -]?(?:no|num|number|count))?|"
    r"retr(?:y|ies)(?:[_ -]?(?:no|num|number|count|attempt))?|try|tries)[\"']?\s?[=:#(]?\s?#?(\d{1,3}(?:\.\d+)?)\b"
    r"(?!\s?(?:ms|s|sec|seconds|min)\b)"
)
_REFUSED = re.compile(r"(?<![\w./-])(?<!\d:)(503|429)(?![\w.:%-])(?!\s?(?:ms|us|s|bytes|kb)\b)")


def retry_storm(lines: Lines) -> Sign | None:
    """Attempts per request grow, and 503 is followed by 429."""
    attempts: list[tuple[int, float]] = []
    refused: dict[str, list[int]] = {"503": [], "429": []}
    seen: Counter[str] = Counter()
    for number, text in lines:
        status, counted = _REFUSED.search(text), _ATTEMPT.search(text)
        if status is not None:
            refused[status[1]].append(number)
        if counted is not None:
            attempts.append((number, float(counted[1])))
        elif status is not None and (request := _REQUEST.search(text)) is not None:
            seen[request[1]] += 1
            attempts.append((number, float(seen[request[1]])))
    unavailable, limited = refused["503"], refused["429"]
    if not unavailable or not limited or unavailable[0] > limited[0] or median(unavailable) >= median(limited):
        return None
    growth = _growth([value for _, value in attempts])
    if growth is None:
        return None
    before, after = growth
    least, most = min(attempts, key=lambda one: one[1]), max(attempts, key=lambda one: one[1])
    places = {
        least[0]: (least[0], f"attempt {least[1]:g}", "one attempt"),
        unavailable[0]: (unavailable[0], "503", "an answer"),
        limited[0]: (limited[0], "429", "an answer"),
        most[0]: (most[0], f"attempt {most[1]:g}", "one attempt"),
    }
    told = (
        f"Attempts grow from {before:.1f} to {after:.1f} for each request, and 503 (from line {unavailable[0]}) is "
        f"followed by 429 (from line {limited[0]})."
    )
    return Sign(Mode.RETRY_STORM, told, _in_order(places), len(attempts) >= 6)


def _growth(values: Sequence[float]) -> tuple[float, float] | None:
    """The means of the first and the last third, where the last is GROWS times the first or more."""
    third = len(values) // 3
    if not third:
        return None
    before, after = fmean(values[:third]), fmean(values[-third:])
    return (before, after) if before > 0 and after >= GROWS * before else None


def _in_order(places: dict[int, tuple[int, str, str]]) -> tuple[tuple[int, str, str], ...]:
    return tuple(place for _, place in sorted(places.items()))


_LAG = re.compile(
    r"(?i)(?:seconds_behind_(?:master|source)|(?:replica(?:tion)?|replay|apply)[_ -]?lag(?:_seconds)?|"
    r"behind primary by)"
    r"[\"']?\s?[=:]?\s?[\"']?(\d+(?:\.\d+)?)\s?(ms|s|sec|seconds)?\b"
)
_STALE_READ = re.compile(r"(?i)stale (?:read|replica)|read[- ]your[- ](?:own[- ])?writes|replica (?:is )?behind")
_CALL = re.compile(
    r"\b(GET|HEAD|POST|PUT|PATCH)\s(\S{2,300}?)(?:\?\S*)?[\s\"].*?(?<![\w./-])(?<!\d:)([2-5]\d\d)(?![\w.:%-])"
)
LONG_LAG = 5.0


def consistency_lag(lines: Lines) -> Sign | None:
    """Copies that are seconds behind, or what was written is not found and then is."""
    lags: list[tuple[int, float]] = []
    stale: list[int] = []
    for number, text in lines:
        if (lag := _LAG.search(text)) is not None:
            lags.append((number, float(lag[1]) / (1000 if lag[2] == "ms" else 1)))
        elif _STALE_READ.search(text):
            stale.append(number)
    late = _found_late(lines)
    long = [one for one in lags if one[1] >= LONG_LAG]
    if late:
        path, lost, there = late
        told = f"{path} was written, not found (line {lost}), and found later (line {there})."
        return Sign(Mode.CONSISTENCY_LAG, told, ((lost, "404", "what was written"), (there, "found", "")))
    if long:
        line, most = max(long, key=lambda one: one[1])
        told = f"A copy is up to {most:g} s behind, on {len(long)} of {len(lags)} lines that name its lag."
        return Sign(Mode.CONSISTENCY_LAG, told, ((line, f"{most:g} s", f"below {LONG_LAG:g} s"),), len(long) > 1)
    if stale:
        told = f"Reads of old data are reported on {len(stale)} line{'s' if len(stale) > 1 else ''}."
        return Sign(Mode.CONSISTENCY_LAG, told, tuple((line, "a stale read", "") for line in stale[:3]), len(stale) > 2)
    return None


def _found_late(lines: Lines) -> tuple[str, int, int] | None:
    """A path that was written, answered 404 to a read, and then answered it; with the lines of the two reads."""
    written: set[str] = set()
    lost: dict[str, int] = {}
    for number, text in lines:
        if (call := _CALL.search(text)) is None:
            continue
        method, path, status = call[1], call[2], call[3]
        if method in {"POST", "PUT", "PATCH"}:
            written |= {path} if status[0] == "2" else set()
        elif status == "404" and (path in written or path.rpartition("/")[0] in written):
            lost.setdefault(path, number)
        elif status[0] == "2" and path in lost:
            return path, lost[path], number
    return None


_PLACE = re.compile(
    r"(?i)\b(region|availability[_-]?zone|az|zone|shard(?:[_-]?id)?|partition|cell|data[_-]?cent(?:er|re)|dc)"
    r"[\"']?\s?[=:]\s?[\"']?([\w.-]{1,40})"
)
_ERROR = re.compile(
    r"\b(?:ERROR|FATAL|CRITICAL|SEVERE)\b|(?i:\"level\"\s?:\s?\"(?:error|fatal|critical)\"|level=(?:error|fatal|critical))|"
    r"(?<![\w./-])(?<!\d:)5\d\d(?![\w.:%-])(?!\s?(?:ms|us|s|bytes|kb)\b)"
)
LEAST_ERRORS, LEAST_OTHERS, MOSTLY = 5, 10, 0.8


def partial_outage(lines: Lines) -> Sign | None:
    """Errors stand under one region, zone or shard, while the others answer."""
    counted: dict[str, Counter[str]] = {}
    failed: dict[str, Counter[str]] = {}
    first: dict[tuple[str, str], int] = {}
    healthy: dict[tuple[str, str], int] = {}
    for number, text in lines:
        bad = _ERROR.search(text) is not None
        for named in _PLACE.finditer(text):
            kind, value = named[1].lower(), named[2]
            counted.setdefault(kind, Counter())[value] += 1
            if bad:
                failed.setdefault(kind, Counter())[value] += 1
            (first if bad else healthy).setdefault((kind, value), number)
    for kind, errors in failed.items():
        value, most = errors.most_common(1)[0]
        total, others = errors.total(), counted[kind].total() - counted[kind][value]
        rate, elsewhere = most / counted[kind][value], (total - most) / max(others, 1)
        if most < LEAST_ERRORS or others < LEAST_OTHERS or most < MOSTLY * total or rate < 5 * max(elsewhere, 0.01):
            continue
        well = next(line for (what, name), line in healthy.items() if what == kind and name != value)
        told = (
            f"{most} of {total} errors stand under {kind} “{value}”, where {rate:.0%} of the lines are errors; "
            f"under the {len(counted[kind]) - 1} other{'s' if len(counted[kind]) > 2 else ''} it is {elsewhere:.0%}."
        )
        return Sign(
            Mode.PARTIAL_OUTAGE,
            told,
            ((first[kind, value], f"{kind} {value} fails", "as elsewhere"), (well, "another one answers", "")),
        )
    return None


_EVENT = re.compile(
    r"(?i)\b(?:event|message|msg|delivery|notification|job|idempotency)[_-]?(?:id|key)[\"']?\s?[=:]\s?[\"']?([\w.:<>-]{4,80})"
)
_DONE = re.compile(r"(?i)\b(?:processed|handled|consumed|applied|charged|booked|completed|acknowledged|acked)\b")
_TWICE = re.compile(
    r"(?i)\balready (?:been )?(?:processed|handled|applied|delivered)|duplicate (?:event|message|delivery|webhook)|"
    r"duplicate key value|duplicate entry|unique constraint"
)


def duplicate_delivery(lines: Lines) -> Sign | None:
    """One event id is acted on more than once, or refused as known."""
    done: dict[str, int] = {}
    again: list[tuple[int, int, str]] = []
    known: list[int] = []
    for number, text in lines:
        if _TWICE.search(text):
            known.append(number)
        elif _DONE.search(text) and (event := _EVENT.search(text)) is not None:
            if event[1] in done:
                again.append((done[event[1]], number, event[1]))
            done.setdefault(event[1], number)
    if again:
        once, twice, name = again[0]
        ids = len({event for _, _, event in again})
        told = f"{ids:,} event id{'s were' if ids > 1 else ' was'} acted on more than once, the first one “{name}”."
        both = ((once, name, ""), (twice, f"{name} again", "each event once"))
        return Sign(Mode.DUPLICATE_DELIVERY, told, both, ids > 1)
    if known:
        told = f"{len(known)} line{'s say' if len(known) > 1 else ' says'} that something was there already."
        places = tuple((line, "there already", "each event once") for line in known[:3])
        return Sign(Mode.DUPLICATE_DELIVERY, told, places, sure=False)
    return None


_TIMED_OUT = re.compile(
    r"(?i)\btime(?:d)?[ -]?out\b(?!\s?[=:]\s?\d)|deadline exceeded|ETIMEDOUT|SocketTimeout|ReadTimeout|"
    r"(?<![\w./-])(?<!\d:)504(?![\w.:%-])(?!\s?(?:ms|us|s)\b)"
)
_SERVICE = re.compile(
    r"(?i)\b(?:service(?:[._]name)?|svc|app|application|component|logger)[\"']?\s?[=:]\s?[\"']?([a-z][\w.-]{1,60})"
)
_IN_BRACKETS = re.compile(r"\[([a-z][a-z0-9_.-]{2,40})\]|\b(?:ERROR|WARN(?:ING)?|INFO)\s+([a-z][a-z0-9_.-]{2,40}):?\s")


def cascading_timeout(lines: Lines) -> Sign | None:
    """Timeouts begin in one service and follow in those that call it."""
    first: dict[str, tuple[int, str]] = {}
    count = 0
    for number, text in lines:
        if not _TIMED_OUT.search(text):
            continue
        count += 1
        if service := service_of(text):
            first.setdefault(service, (number, text))
    if len(first) < 2 or count < 3:
        return None
    names = list(first)
    linked = any(
        re.search(rf"\b{re.escape(inner)}\b", first[outer][1].replace(outer, "", 1))
        for at, outer in enumerate(names)
        for inner in names[:at]
    )
    told = f"{count:,} timeouts, which begin in {', then '.join(f'“{name}”' for name in names[:4])}."
    places = tuple((line, f"{name} timed out", "an answer") for name, (line, _) in list(first.items())[:4])
    return Sign(Mode.CASCADING_TIMEOUT, told, places, linked)


def service_of(text: str) -> str:
    """The service that wrote the line, "" where it names none."""
    if (named := _SERVICE.search(text)) is not None:
        return named[1]
    bracketed = _IN_BRACKETS.search(text)
    return (bracketed[1] or bracketed[2]) if bracketed else ""


_SKEW = re.compile(
    r"(?i)\bclock[ _-]?(?:skew|drift|is (?:ahead|behind))|RequestTimeTooSkewed|time(?:stamp)? (?:is )?in the future|"
    r"issued in the future|used before (?:it was )?issued|not yet valid|(?:iat|nbf)\b.{0,40}\bfuture|"
    r"timestamp (?:is )?(?:outside|too far|not within)|ntp\b.{0,60}\b(?:offset|unsynchroni[sz]ed)"
)


def clock_skew(lines: Lines) -> Sign | None:
    """Messages are refused for their time, or clocks are said to differ."""
    said = [(number, found[0]) for number, text in lines if (found := _SKEW.search(text)) is not None]
    if not said:
        return None
    told = f"{len(said):,} line{'s speak' if len(said) > 1 else ' speaks'} of times that do not agree: “{said[0][1]}”."
    places = tuple((number, words, "times that agree") for number, words in said[:3])
    return Sign(Mode.CLOCK_SKEW, told, places, len(said) > 1)


_STALE = re.compile(
    r"(?i)\bstale[ _-](?:cache|entry|value|content|config(?:uration)?|version|response)|"
    r"(?:invalidation|purge|evict(?:ion)?)\b.{0,40}\b(?:failed|lost|timed out|error)|"
    r"(?:failed|unable) to (?:invalidate|purge|evict)|cache (?:version|generation) mismatch"
)
_HIT = re.compile(r"(?i)cache.{0,20}\bhit\b|\bhit\b.{0,20}cache")
_AGE = re.compile(r"(?i)\bage(?:_seconds|_s)?[\"']?\s?[=:]\s?(\d{1,9})\b")
_TTL = re.compile(r"(?i)\b(?:max-?age|ttl)(?:_seconds|_s)?[\"']?\s?[=:]\s?(\d{1,9})\b")


def stale_cache(lines: Lines) -> Sign | None:
    """Hits that are older than they may be, or changes that did not reach the cache."""
    old: list[tuple[int, str, str]] = []
    said: list[tuple[int, str, str]] = []
    for number, text in lines:
        if (found := _STALE.search(text)) is not None:
            said.append((number, found[0], ""))
        elif (
            (age := _AGE.search(text))
            and (ttl := _TTL.search(text))
            and int(age[1]) > int(ttl[1])
            and _HIT.search(text)
        ):
            old.append((number, f"{age[1]} s old", f"at most {ttl[1]} s"))
    if not old and not said:
        return None
    parts = [f"{len(old)} hit{'s are' if len(old) > 1 else ' is'} older than allowed"] if old else []
    parts += [f"{len(said)} line{'s speak' if len(said) > 1 else ' speaks'} of it: “{said[0][1]}”"] if said else []
    told = f"{'; '.join(parts)}."
    return Sign(Mode.STALE_CACHE, told, tuple(old[:2] + said[:2]), bool(old) or len(said) > 1)


_DEPTH = re.compile(
    r"(?i)\b(queue[_ -]?(?:depth|size|length)|depth|backlog(?:_size)?|consumer[_ -]?lag|(?:total_)?lag|messages_ready|"
    r"pending(?:_(?:messages|jobs|tasks))?|ApproximateNumberOfMessages\w{0,20}|oldest(?:_message)?_age(?:_seconds)?)"
    r"[\"']?\s?[=:]\s?[\"']?(\d{1,9})\b"
)
_QUEUE = re.compile(
    r"(?i)\b(?:queue(?:_name)?|topic|stream|subscription|group)[\"']?\s?[=:]\s?[\"']?([A-Za-z][\w./-]{1,80})"
)
LEAST_DEPTHS, DEEP, RISES = 4, 50, 0.7


def queue_backlog(lines: Lines) -> Sign | None:
    """The depth or age of a queue grows over the whole time."""
    depths: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for number, text in lines:
        if (found := _DEPTH.search(text)) is not None:
            named = _QUEUE.search(text)
            depths.setdefault((named[1] if named else "", found[1].lower()), []).append((number, int(found[2])))
    for (queue, what), seen in depths.items():
        values = [float(value) for _, value in seen]
        steps = [later >= earlier for earlier, later in pairwise(values)]
        if len(seen) < LEAST_DEPTHS or values[-1] < DEEP or sum(steps) < RISES * len(steps) or _growth(values) is None:
            continue
        name = f" of “{queue}”" if queue else ""
        first, last = f"{seen[0][1]:,}", f"{seen[-1][1]:,}"
        told = f"The {what.replace('_', ' ')}{name} grows from {first} to {last} over {len(seen)} lines."
        places = ((seen[0][0], first, ""), (seen[-1][0], last, "no more than at first"))
        return Sign(Mode.QUEUE_BACKLOG, told, places)
    return None


@dataclass(frozen=True, slots=True)
class Signature:
    """`words`, in small letters: one of them stands in every line that the function can use."""

    words: tuple[str, ...]
    of: Callable[[Lines], Sign | None]


SIGNATURES = (
    Signature(("lag", "behind", "stale", "your", " 404", " 200", " 201", "=404", ":404"), consistency_lag),
    Signature(("region", "zone", "az=", "az:", "shard", "partition", "cell", "data", "dc=", "dc:"), partial_outage),
    Signature(("503", "429", "attempt", "retry", "retries", "try", "tries"), retry_storm),
    Signature(
        ("event", "message", "msg", "delivery", "job", "duplicate", "already", "unique", "idempotency"),
        duplicate_delivery,
    ),
    Signature(("timeout", "timed out", "time out", "deadline", "etimedout", "504"), cascading_timeout),
    Signature(("clock", "skew", "future", "before", "not yet", "timestamp", "ntp"), clock_skew),
    Signature(("stale", "invalidat", "purge", "evict", "cache"), stale_cache),
    Signature(("depth", "queue", "backlog", "lag", "pending", "messages", "oldest"), queue_backlog),
)


def signs_in(chosen: Callable[[tuple[str, ...]], Lines]) -> Iterator[Sign]:
    """Every sign; `chosen` gives the numbered lines that hold one of some words."""
    for signature in SIGNATURES:
        if (sign := signature.of(chosen(signature.words))) is not None:
            yield sign
