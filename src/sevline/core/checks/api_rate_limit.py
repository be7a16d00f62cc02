"""429: which limit was met, and whether the client waits as it was told."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from sevline.core.finding import Confidence, Evidence, Finding, Side, check, failed, warned
from sevline.core.readers.bydesign import GONE, HANDED_OUT, NOT_READY, by_design
from sevline.core.readers.http import SENDER, AccessLog, Exchange, Har, Traffic
from sevline.core.readers.moments import http_moment
from sevline.core.readers.traffic import Group, groups, is_limited, seconds

LIMIT_HEADERS = (
    "ratelimit",
    "ratelimit-policy",
    "ratelimit-limit",
    "ratelimit-remaining",
    "ratelimit-reset",
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
    "x-rate-limit-limit",
)
#: Of these, those that say how many calls are allowed, and how they say it: `100`, `100, 100;w=60`.
LIMITS = ("x-ratelimit-limit", "ratelimit-limit", "x-rate-limit-limit")
_STATED = re.compile(r"\s*\d{1,9}\s*(?:,.{0,80})?")
ADVICE = "Honour Retry-After, then back off exponentially with jitter; spread or batch the calls."


#: So few calls tell nothing of who makes most of them; and so early in each minute, a schedule begins them all.
FEW, BUNCHED = 10, 10
#: Methods whose calls say all of themselves in their address.
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
#: Equal writes so close to one another are a double click or a repeat, not two wishes.
TWIN_SECONDS = 5
#: Seconds between failed calls from which on they are no storm.
LONG_WAIT = 5
#: Excuses that say nothing of how often one may ask; calls and seconds from which on asking for them is a storm.
UNPACED = frozenset({GONE, NOT_READY, HANDED_OUT})
MANY, PAUSE = 10, 1.0
#: Seconds from which on a service that is not there is out, however politely it says when to come again.
OUTAGE = 300.0


class Wait(NamedTuple):
    """An answer that asks for a wait, the next call to the same address, the seconds between them and those asked."""

    limited: Exchange
    retry: Exchange
    waited: float
    asked: float


@check("API09", supports=("rate-limit",), refutes=(), version=2)
def rate_limited(traffic: Traffic) -> Iterator[Finding]:
    """429: the limit that was met, and whether Retry-After is obeyed"""
    placed = ByAddress(traffic)
    for group in groups(traffic, is_limited, apart=True):
        waits = waits_of(group, placed)
        early = [wait for wait in waits if wait.waited < wait.asked * 0.9]
        limits = [
            group.first.cite(f"header:{name}", f"{name}: {group.first.received[name]}")
            for name in LIMIT_HEADERS
            if name in group.first.received
        ]
        if early:
            yield _ignored(group, early, limits)
            continue
        yield _met(group, waits, limits, _who(group, traffic), _silence(traffic))


def _met(group: Group, waits: list[Wait], limits: list[Evidence], who: str, silence: str) -> Finding:
    """A limit was met, and nothing proves that the client did not wait: its side stays open.

    Where it waited as it was told and then got its answer, the limit works as it should and is only warned about.
    """
    told = next((call for call in group.calls if "retry-after" in call.received), None)
    said = [told.cite("header:retry-after", told.received["retry-after"], "the client waits")] if told else []
    retried = [
        wait.retry.cite("started", f"{wait.waited:.1f} s after the 429", f"at least {wait.asked:.0f} s after the 429")
        for wait in waits[:1]
    ]
    answered = len(waits) == len(group.calls) and 200 <= waits[-1].retry.status < 400
    judge = warned if answered else failed
    met = f"Rate limit: {group.call} answered {group.first.status} {group.times}."
    return judge(
        f"{met} {_obeyed(told, waits) or silence}{_limit(group)}{who}",
        *group.cite("below the limit"),
        *said,
        *retried,
        *limits,
        side=Side.UNKNOWN,
        next_step="Ask the API's owner which limit it is (per key, per address, global) and what else calls under it; "
        "spread or batch the calls, and back off exponentially with jitter.",
    )


def _who(group: Group, traffic: Traffic) -> str:
    """Of a server's log with several clients: the one that met the limit most, how fast it calls, and when."""
    if not isinstance(traffic, AccessLog) or len(group.calls) < FEW:
        return ""
    sender, count = Counter(map(_sender, group.calls)).most_common(1)[0]
    clients = len(set(map(_sender, traffic.exchanges)))
    if not sender or clients < 2 or count * 2 < len(group.calls):
        return ""
    fastest = max(Counter(at.replace(second=0, microsecond=0) for at in _times(traffic.exchanges, sender)).values())
    seconds_in = sorted(at.second for at in _times(group.calls, sender))
    late = seconds_in[len(seconds_in) * 95 // 100]
    when = f", and meets it in the first {late + 1} s of a minute" if late < BUNCHED and fastest > FEW else ""
    share = "all of them" if count == len(group.calls) else f"{count:,} of them"
    return f" One of {clients} clients met {share}: it sends up to {fastest:,} calls a minute{when}."


def _sender(call: Exchange) -> str:
    """The client that a log names; none where the time of the call is not known either."""
    return call.sent.get(SENDER, "") if call.started else ""


def _times(calls: Iterable[Exchange], sender: str) -> list[datetime]:
    return [call.started for call in calls if call.started and _sender(call) == sender]


def _silence(traffic: Traffic) -> str:
    """What calls without Retry-After tell: a log of calls keeps no headers, so that it may have been sent."""
    kept = isinstance(traffic, Har) or (not isinstance(traffic, AccessLog) and any(_head(traffic)))
    return "No Retry-After was sent." if kept else "Whether Retry-After was sent, the log does not say."


def _head(traffic: Traffic) -> Iterator[bool]:
    return (bool(call.received) for call in traffic.exchanges)


def _obeyed(told: Exchange | None, waits: list[Wait]) -> str:
    if told is None:
        return ""
    says = f"Retry-After says {told.received['retry-after']}"
    if waits:
        return f"{says}; the client waited {seconds(waits[0].waited)} before it called again."
    return f"{says}; no retry was seen, so whether the client waits is not known."


def _limit(group: Group) -> str:
    """The limit as the answer states it, in calls for each window of its owner's."""
    stated = (group.first.received.get(name, "") for name in LIMITS)
    limit = next((text for text in stated if _STATED.fullmatch(text)), "")
    return f" The answer names a limit of {limit.split(',')[0].strip()}." if limit else ""


def _ignored(group: Group, early: list[Wait], limits: list[Evidence]) -> Finding:
    first, retry, waited, asked = early[0]
    often = "once" if len(early) == 1 else f"{len(early)} times"
    return failed(
        f"Rate limit: the client ignores Retry-After on {group.call}: told to wait {seconds(asked)}, "
        f"it came back after {seconds(waited)} ({often}).{_limit(group)}",
        first.cite("status", first.status, "below the limit"),
        first.cite("header:retry-after", first.received["retry-after"], "the client waits this long"),
        retry.cite("started", f"{waited:.1f} s after the 429", f"at least {asked:.0f} s after the 429"),
        *limits,
        side=Side.CUSTOMER_CLIENT,
        next_step=ADVICE,
    )


class ByAddress:
    """The calls of one file by method, host and path, each in the order of time; put in order once, when asked."""

    def __init__(self, traffic: Traffic) -> None:
        self._traffic = traffic

    def like(self, call: Exchange) -> list[Exchange]:
        return self._placed.get((call.method, call.host, call.path), [])

    @cached_property
    def _placed(self) -> dict[tuple[str, str, str], list[Exchange]]:
        placed: dict[tuple[str, str, str], list[Exchange]] = {}
        for call in self._traffic.in_time_order():
            placed.setdefault((call.method, call.host, call.path), []).append(call)
        return placed


def is_obeyed(group: Group, placed: ByAddress) -> bool:
    """Whether each answer asked for a wait, the client waited as long, and soon got what it asked for."""
    waits = waits_of(group, placed, asks=lambda call: call.status == group.first.status)
    kept = all(wait.waited >= wait.asked * 0.9 for wait in waits)
    if len(waits) != len(group.calls) or not kept or not 200 <= waits[-1].retry.status < 400:
        return False
    return all(wait.waited <= OUTAGE for wait in waits) and _lasted(waits) <= OUTAGE


def _lasted(waits: list[Wait]) -> float:
    """Seconds of the longest run of refusals, one the answer to the other's retry."""
    longest = run = 0.0
    for at, wait in enumerate(waits):
        run = wait.waited + (run if at and waits[at - 1].retry is wait.limited else 0.0)
        longest = max(longest, run)
    return longest


def waits_of(group: Group, placed: ByAddress, asks: Callable[[Exchange], bool] = is_limited) -> list[Wait]:
    """Each answer that asked for a wait, with the next call to the same address."""
    waits = []
    for call, following in pairwise(placed.like(group.first)):
        if not asks(call) or call.ended is None or following.started is None:
            continue
        asked = wait_of(call.received.get("retry-after", ""), call.ended)
        waited = max((following.started - call.ended).total_seconds(), 0.0)
        if asked is not None:
            waits.append(Wait(call, following, waited, asked))
    return waits


def wait_of(text: str, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for, as a number or as a date (RFC 9110 10.2.3); None if it
    asks nothing.
    """
    text = text.strip()
    if text.isascii() and text.isdecimal() and len(text) < 9:
        return float(text)
    moment = http_moment(text)
    return None if moment is None else max((moment - now).total_seconds(), 0.0)


@check("API15", supports=("retry-storm",), refutes=())
def retries(traffic: Traffic) -> Iterator[Finding]:
    """Retry storms, and writes that were repeated without an idempotency key"""
    designed = by_design(traffic)
    runs = (run for calls in traffic.by_sender() for run in _equal(calls))
    for every in runs:
        run = [call for call in every if call.locator not in designed]
        if storm := _storm(run) or _hot(every, designed):
            yield _stormy(storm, traffic)
        elif run:
            yield from _written_again(run)


def _written_again(run: list[Exchange]) -> Iterator[Finding]:
    if pair := _repeated_write(run):
        yield _twice(pair)
    elif twins := _created_again(run):
        yield _doubled(twins)


def _equal(calls: list[Exchange]) -> list[list[Exchange]]:
    runs: dict[tuple[str, str, str], list[Exchange]] = {}
    for call in calls:
        runs.setdefault((call.method, call.url, call.request_body), []).append(call)
    return list(runs.values())


def _storm(run: list[Exchange]) -> list[Exchange]:
    """The longest run of four or more equal calls, each within 10 s of the failed one before it."""
    best: list[Exchange] = []
    current = run[:1]
    for call, following in pairwise(run):
        if _failed(call) and _gap(call, following) <= 10:
            current.append(following)
        else:
            current = [following]
        best = max(best, current, key=len)
    return list(best) if len(best) >= 4 else []


def _hot(run: list[Exchange], designed: Mapping[str, str]) -> list[Exchange]:
    """Calls that ask many times without a pause for what is not made yet, is gone, or was changed by others: each
    answer is excused, and how fast they come is not. How often a device may ask for a sign-in, the server says."""
    storm = _storm([call for call in run if designed.get(call.locator, GONE) in UNPACED])
    gaps = [_gap(call, following) for call, following in pairwise(storm)]
    return storm if len(storm) >= MANY and median(gaps) < PAUSE else []


def _stormy(storm: list[Exchange], traffic: Traffic) -> Finding:
    span = _gap(storm[0], storm[-1])
    gaps = [_gap(call, following) for call, following in pairwise(storm)]
    growing = all(later >= sooner * 1.3 for sooner, later in pairwise(gaps))
    # Of a write whose body was not recorded nobody knows whether it is the same: behind one address stand many people.
    unlike = storm[0].method not in SAFE and isinstance(traffic, AccessLog)
    # Who asks again every several seconds waits, though it does not back off: that is a poll and no storm.
    steady = median(gaps) >= LONG_WAIT
    return (warned if growing or unlike or steady else failed)(
        f"{storm[0].opening} was sent {len(storm)} times within {seconds(span)}, each time after a failure"
        + (", with growing waits" if growing else ", without growing waits")
        + ("; the bodies are not recorded, so that they may be different calls of one address." if unlike else "."),
        *(call.cite("started", f"attempt {at}", "waits that grow") for at, call in enumerate(storm[:5], 1)),
        side=Side.CUSTOMER_CLIENT,
        next_step="Limit the attempts, and let the wait grow with jitter; such repeats multiply "
        "the load on a service in trouble.",
        sure=_how_sure(growing=growing, doubtful=unlike or steady),
    )


def _how_sure(*, growing: bool, doubtful: bool) -> Confidence:
    if doubtful:
        return Confidence.HINT
    return Confidence.STRONG if growing else Confidence.PROOF


def _repeated_write(run: list[Exchange]) -> tuple[Exchange, Exchange] | None:
    for call, following in pairwise(run):
        writes = call.method in {"POST", "PATCH"} and bool(call.request_body)
        if writes and _failed(call) and call.status not in {401, 429} and _gap(call, following) <= 60:
            return None if "idempotency-key" in call.sent else (call, following)
    return None


def _created_again(run: list[Exchange]) -> list[Exchange]:
    """Equal writes that each made something, one within a few seconds of the other and under no key."""
    if run[0].method != "POST" or not run[0].request_body:
        return []
    made = [call for call in run if call.status in {201, 202} and "idempotency-key" not in call.sent]
    close = [at for at, (call, following) in enumerate(pairwise(made)) if _gap(call, following) <= TWIN_SECONDS]
    return [made[at] for at in sorted({at for one in close for at in (one, one + 1)})]


def _doubled(twins: list[Exchange]) -> Finding:
    return warned(
        f"{twins[0].opening} was sent {len(twins)} times within {seconds(_gap(twins[0], twins[-1]))} with the same "
        f"body, and each answer was {twins[0].status}: the same thing may have been made {len(twins)} times.",
        *(call.cite("status", call.status, "one of them") for call in twins[:5]),
        side=Side.CUSTOMER_CLIENT,
        next_step="Look whether the records are there twice; block the button while it sends, and send an "
        "Idempotency-Key.",
    )


def _twice(pair: tuple[Exchange, Exchange]) -> Finding:
    return warned(
        f"{pair[0].opening} was sent again with the same body after a failure, without an Idempotency-Key.",
        *(call.cite("sent body", f"same body, answered {call.status or 'nothing'}", "one key") for call in pair),
        side=Side.CUSTOMER_CLIENT,
        next_step="Check whether the first call took effect, and send an Idempotency-Key so that a repeat is safe.",
    )


def _failed(call: Exchange) -> bool:
    return call.status >= 400 or call.status == 0


def _gap(call: Exchange, following: Exchange) -> float:
    if call.started is None or following.started is None:
        return float("inf")
    return (following.started - call.started).total_seconds()
