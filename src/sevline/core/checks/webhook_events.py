"""What became of events: doubled, out of order, missing, slow, refused on the way, or of a shape that is refused."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from statistics import median

from sevline.core.finding import Confidence, Finding, Side, check, failed, not_told, noted, passed, warned
from sevline.core.readers.deliveries import Deliveries, Delivery, EmittedEvents
from sevline.core.readers.moments import plain
from sevline.core.readers.traffic import seconds

LARGE = 1_000_000
#: The request was sent and its answer did not come in time, as Go, Node.js, Java, Python and .NET word it. That is the
#: receiver being slow (WH04, WH12), and not the network.
SENT = re.compile(
    r"awaiting (?:response )?headers|waiting for (?:the )?(?:response|answer|headers)|read timed? ?out|read timeout"
    r"|response timeout|socketexception: read|headers? timeout|body timeout|first byte",
    re.IGNORECASE,
)
#: Go says “while awaiting headers” of its whole time limit, also where nothing was sent yet.
NOT_SENT = re.compile(r"\bdial |waiting for connection|\blookup\b|connect(?:ion)? timed? ?out|handshake", re.IGNORECASE)
#: Said alone it tells not where; where the endpoint is slow to answer anyway, it was sent.
TIMED_OUT, SHARE_OF_LIMIT = re.compile(r"(?i)(?:request )?time(?:d )?-?out"), 0.3
#: A timeout that many senders have, and what comes near to it, in milliseconds.
SHORT, TIGHT = 10_000, 7_000
TIMEOUTS = (3_000, 5_000, 10_000, 15_000, 20_000, 30_000)
NETWORK = (
    (("getaddrinfo", "enotfound", "nxdomain", "no such host", "resolve"), "the name does not resolve", "NET01"),
    (("certificate", "x509", "ssl", "tls", "handshake"), "TLS fails", "NET05 and NET06"),
    (("econnrefused", "connection refused"), "the port refuses connections", "NET04"),
    (("econnreset", "reset by peer", "broken pipe", "eof"), "the connection is cut", "NET04"),
    (("etimedout", "timed out", "timeout", "deadline"), "nothing answers in time", "NET04"),
    (("unreachable", "no route", "ehostunreach"), "the host cannot be reached", "NET04"),
    (("private address", "blocked", "not allowed", "allowlist", "allow list", "ssrf"), ("the sender's own guard "
                                                                                       "refuses the address"), "NET10"),
)  # fmt: skip


@check("WH09", supports=("webhook-duplicates",), refutes=("webhook-duplicates",))
def processed_twice(log: Deliveries) -> Iterator[Finding]:
    """No event id was delivered twice with success"""
    doubled = [
        (key, good)
        for key, attempts in log.by_event.items()
        if len(good := [each for each in attempts if each.ok and not each.again]) > 1
    ]
    if asked := [each for each in log.attempts if each.ok and each.again]:
        yield noted(
            f"{len(asked)} deliveries were sent again because somebody asked for it: their ids stand twice by intent.",
            *(log.cite(each, "sent again by hand") for each in asked[:5]),
        )
    if not doubled:
        yield passed(
            f"None of {len(log.by_event)} event ids was delivered twice.", log.cite(log.attempts[0], "one success")
        )
        return
    more = sum(len(good) - 1 for _, good in doubled)
    yield failed(
        f"{len(doubled)} event ids were delivered more than once with success ({more} deliveries too many).",
        *(
            log.cite(good[1], f"the same id, delivered again at {plain(good[1].at)}", "one success an id")
            for _, good in doubled[:5]
        ),
        side=Side.CUSTOMER_CLIENT,
        next_step="Let the receiver keep the ids it has seen and answer 2xx to a repeat without working on it again; "
        "look why the sender repeated a success (a late answer counts as a failure there).",
    )


@check("WH10", supports=("webhook-order",), refutes=("webhook-order",))
def out_of_order(log: Deliveries) -> Iterator[Finding]:
    """Events arrive in the order in which they happened"""
    inversions: list[tuple[Delivery, Delivery]] = []
    dated = 0
    for attempts in log.by_endpoint.values():
        good = [each for each in attempts if each.ok and (each.event_at or each.sequence is not None)]
        dated += len(good)
        inversions += [pair for pair in pairwise(good) if _before(pair[1], pair[0])]
    if not dated:
        yield not_told(
            "Whether events arrive in order.",
            "the time or sequence number of each event in the delivery log",
            next_step="Export the log again with the event's own time, not only the time of the attempt.",
        )
    elif inversions:
        retried = sum(1 for _, late in inversions if (late.attempt or 1) > 1)
        yield warned(
            f"{len(inversions)} of {dated} deliveries came out of order; {retried} of them after a retry.",
            *(log.cite(late, _when(late), f"before {_when(early)}") for early, late in inversions[:5]),
            side=Side.CUSTOMER_CLIENT,
            next_step="Webhooks give no order: let the receiver compare the event's time or version with what "
            "it has, and drop older ones.",
        )
    else:
        yield passed(f"All {dated} dated deliveries came in order.", log.cite(log.attempts[0], "in order"))


def _before(one: Delivery, other: Delivery) -> bool:
    if one.sequence is not None and other.sequence is not None:
        return one.tenant == other.tenant and one.sequence < other.sequence
    return bool(one.event_at and other.event_at and one.event_at < other.event_at)


def _when(delivery: Delivery) -> str:
    return f"sequence {delivery.sequence}" if delivery.sequence is not None else plain(delivery.event_at or delivery.at)


@check("WH11", supports=("webhook-lost",), refutes=("webhook-lost",))
def gap(log: Deliveries, emitted: tuple[EmittedEvents, ...]) -> Iterator[Finding]:
    """Events that were emitted and never delivered, by tenant and hour"""
    if not emitted:
        yield from _sequence_gap(log)
        return
    delivered = {attempt.event for attempt in log.attempts if attempt.ok}
    tried = {attempt.event for attempt in log.attempts}
    for given in emitted:
        missing = [event for event in given.events if event.event not in delivered]
        if not missing:
            yield passed(
                f"All {len(given.events)} emitted events were delivered.", given.cite(given.events[0], "delivered")
            )
            continue
        never = sum(1 for event in missing if event.event not in tried)
        yield failed(
            f"{len(missing)} of {len(given.events)} emitted events were not delivered, {never} of them were "
            "never tried. "
            f"{_clusters([(event.tenant, event.at) for event in missing])}",
            *(given.cite(event, f"emitted {plain(event.at)}, not delivered", "a delivery") for event in missing[:5]),
            side=Side.OUR_INFRA,
            next_step="Send the missing ids again; for those never tried look at the outbox and its worker in "
            "the hours named.",
        )


def _clusters(missing: Sequence[tuple[str, datetime]]) -> str:
    hours = Counter(moment.strftime("%Y-%m-%dT%H:00Z") for _, moment in missing)
    tenants = Counter(tenant for tenant, _ in missing if tenant)
    hour, count = hours.most_common(1)[0]
    told = f"Most of them, {count}, in the hour from {hour}" + (f"; {len(tenants)} tenants" if tenants else "")
    return told + (f", first {tenants.most_common(1)[0][0]} with {tenants.most_common(1)[0][1]}." if tenants else ".")


def _sequence_gap(log: Deliveries) -> Iterator[Finding]:
    numbered: dict[str, dict[int, Delivery]] = {}
    for attempt in log.attempts:
        if attempt.sequence is not None:
            numbered.setdefault(attempt.tenant, {})[attempt.sequence] = attempt
    if not numbered:
        yield not_told("Whether every emitted event was delivered.", EmittedEvents.what, next_step=EmittedEvents.how)
        return
    for tenant, seen in numbered.items():
        lacking = [(low, high) for low, high in pairwise(sorted(seen)) if high > low + 1]
        if lacking:
            yield failed(
                f"{sum(high - low - 1 for low, high in lacking)} sequence numbers are "
                f"missing{' for ' + tenant if tenant else ''}.",
                *(
                    log.cite(seen[high], f"sequence {high}", f"sequence {low + 1} after {low}")
                    for low, high in lacking[:5]
                ),
                side=Side.OUR_INFRA,
                next_step="Look at the outbox for these numbers: not emitted, not tried, or filtered by a "
                "subscription.",
            )


@check("WH12", supports=("webhook-slow-receiver",), refutes=("webhook-slow-receiver",))
def slow_receiver(log: Deliveries) -> Iterator[Finding]:
    """Receivers answer well before the sender's timeout"""
    for endpoint, attempts in log.by_endpoint.items():
        timed = [each for each in attempts if each.millis is not None]
        if len(timed) >= 5:
            where = f" of {endpoint.split('?', 1)[0][:120]}" if endpoint else ""
            yield _receiver(log, timed, where)


def _receiver(log: Deliveries, timed: Sequence[Delivery], where: str) -> Finding:
    took = sorted(each.millis or 0.0 for each in timed)
    p95 = took[min(len(took) - 1, int(len(took) * 0.95))]
    limit = next((each.timeout_ms for each in timed if each.timeout_ms), None) or _timeout_in(took)
    slowest = max(timed, key=lambda each: each.millis or 0.0)
    told = f"The receiver{where} is slow: p95 of {len(timed)} attempts is {seconds(p95 / 1000)}"
    if limit and p95 >= limit * 0.7:
        return failed(
            f"{told}, near the sender's timeout of {seconds(limit / 1000)}.",
            log.cite(slowest, f"{slowest.millis:.0f} ms", f"well under {limit:.0f} ms"),
            side=Side.CUSTOMER_CLIENT,
            next_step="Let the receiver put the message into a queue, answer 2xx at once and work on it afterwards.",
        )
    if limit is None and p95 >= TIGHT:
        return warned(
            f"{told}. The sender's timeout is not told; many senders wait {seconds(SHORT / 1000)}.",
            log.cite(slowest, f"{slowest.millis:.0f} ms", f"well under {SHORT} ms"),
            side=Side.CUSTOMER_CLIENT,
            next_step="Look up the sender's timeout; let the receiver put the message into a queue and answer 2xx at "
            "once.",
            sure=Confidence.HINT,
        )
    return passed(
        f"p95 of {len(timed)} attempts{where} is {seconds(p95 / 1000)}.", log.cite(slowest, f"{slowest.millis:.0f} ms")
    )


def _timeout_in(took: Sequence[float]) -> float | None:
    """A usual timeout at which durations pile up: at least 3 % of them within half a second."""
    for limit in TIMEOUTS:
        if sum(1 for each in took if abs(each - limit) <= 250) >= max(3, len(took) * 0.03):
            return float(limit)
    return None


@check("WH13", supports=("network",), refutes=())
def refused_on_the_way(log: Deliveries) -> Iterator[Finding]:
    """Deliveries that fail before HTTP: name, connection, TLS or allow list"""
    found: dict[tuple[str, str, str], list[Delivery]] = {}
    slow = _slow_endpoints(log)
    for attempt in log.attempts:
        if attempt.ok or attempt.status >= 100 or not attempt.error or _is_late(attempt, slow):
            continue
        error = attempt.error.lower()
        for words, meaning, checks in NETWORK:
            if any(word in error for word in words):
                found.setdefault((attempt.endpoint, meaning, checks), []).append(attempt)
                break
    for (endpoint, meaning, checks), attempts in found.items():
        yield failed(
            f"{len(attempts)} deliveries{' to ' + endpoint.split('?', 1)[0][:120] if endpoint else ''} failed "
            f"before HTTP: {meaning}.",
            *(log.cite(each, each.error[:160], "a connection") for each in attempts[:4]),
            side=Side.CUSTOMER_NETWORK,
            next_step=f"Go on with {checks}: `curl -v` to the endpoint from the sender's network, and compare "
            "with the receiver's.",
            sure=Confidence.STRONG,
        )
    yield from _all_answered(log, slow)


def _slow_endpoints(log: Deliveries) -> frozenset[str]:
    """Endpoints that answer, and take a good part of the time after which other attempts to them are ended."""
    found = set()
    for endpoint, attempts in log.by_endpoint.items():
        answered = [each.millis for each in attempts if each.status >= 100 and each.millis is not None]
        ended = [each.millis for each in attempts if each.status < 100 and each.millis is not None]
        if answered and ended and median(answered) >= median(ended) * SHARE_OF_LIMIT:
            found.add(endpoint)
    return frozenset(found)


def _is_late(attempt: Delivery, slow: frozenset[str]) -> bool:
    """Whether it was sent and got no answer in time."""
    error = attempt.error[:400]
    if attempt.status < 100 and attempt.endpoint in slow and TIMED_OUT.fullmatch(error.strip()):
        return True
    return attempt.status < 100 and bool(SENT.search(error)) and not NOT_SENT.search(error)


def _all_answered(log: Deliveries, slow: frozenset[str]) -> Iterator[Finding]:
    late = [attempt for attempt in log.attempts if _is_late(attempt, slow)]
    answered = sum(attempt.status >= 100 for attempt in log.attempts)
    if log.attempts and answered + len(late) == len(log.attempts):
        first, count = log.attempts[0], len(log.attempts)
        who = "The one attempt" if count == 1 else f"Each of {count:,} attempts"
        got = "got an HTTP status" if not late else "was sent, of which some were not answered in time"
        got = "was sent and not answered in time" if len(late) == count else got
        yield passed(
            f"{who} {got}: name, connection and TLS held.",
            log.cite(first, first.status or first.error[:160]),
        )


@check("WH14", supports=("webhook-payload",), refutes=())
def shape(log: Deliveries) -> Iterator[Finding]:
    """Payload size, content type and redirects of failing deliveries"""
    typed = [each for each in log.attempts if each.status == 415]
    moved = [each for each in log.attempts if 300 <= each.status < 400]
    yield from _large(log)
    if typed:
        yield failed(
            f"{len(typed)} deliveries were refused for their content type ({typed[0].content_type or 'not recorded'}).",
            *(log.cite(each, each.content_type or "415", "application/json") for each in typed[:4]),
            side=Side.CUSTOMER_CLIENT,
            next_step="Let the receiver take the sender's content type, with its charset.",
        )
    if moved:
        yield failed(
            f"{len(moved)} deliveries were answered with a redirect, which counts as a failure.",
            *(log.cite(each, f"{each.status} {each.location.split('?', 1)[0]}".strip(), "2xx") for each in moved[:4]),
            side=Side.CUSTOMER_CLIENT,
            next_step="Give the sender the final address: https, the right host, with or without the slash at its end.",
        )


def _large(log: Deliveries) -> Iterator[Finding]:
    """Large payloads that failed, or how large the largest one is."""
    sized = sorted((each for each in log.attempts if each.size), key=_size, reverse=True)
    large = [each for each in sized if not each.ok and (each.status == 413 or _size(each) > LARGE)]
    arrived = next((each for each in sized if each.ok), None)
    if large:
        yield failed(
            f"{len(large)} large payloads failed, from {_size(large[-1]):,.0f} bytes on; "
            f"the largest that arrived has {_size(arrived):,.0f}.",
            *(log.cite(each, f"{each.size:,.0f} bytes, {each.status or 'no response'}", "less") for each in large[:4]),
            side=Side.CUSTOMER_CLIENT,
            next_step="Raise the body limit of the receiver and its proxy, or send ids and let the receiver fetch.",
        )
    elif sized:
        size = f"{_size(sized[0]):,.0f} bytes"
        yield noted(f"The largest payload has {size}.", log.cite(sized[0], size))


def _size(delivery: Delivery | None) -> float:
    return (delivery.size if delivery else None) or 0.0
