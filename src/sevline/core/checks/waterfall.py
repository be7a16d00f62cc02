"""Where the time of recorded calls went."""

from collections.abc import Iterator

from sevline.core.finding import Finding, Side, check, noted, warned
from sevline.core.readers.http import Exchange, Traffic
from sevline.core.readers.traffic import seconds

PHASES = {
    "blocked": "waiting in the browser's queue",
    "dns": "resolving the name",
    "connect": "connecting",
    "ssl": "the TLS handshake",
    "send": "sending",
    "wait": "waiting for the server's first byte",
    "receive": "receiving",
}
SLOW_MS = 10_000
#: What should take milliseconds before anything is asked of the server; a second of it is a fault of its own.
BEFORE_THE_CALL, SLOW_TO_REACH_MS = ("dns", "connect", "ssl"), 1_000


def stays_open(call: Exchange) -> bool:
    """A stream of events or a socket lasts as long as somebody listens."""
    kind = call.received.get("content-type", "").partition(";")[0].strip().lower()
    return call.status == 101 or kind == "text/event-stream" or call.kind in {"websocket", "eventsource"}


def _timed(traffic: Traffic) -> list[Exchange]:
    """The calls whose phases are known; those that stay open only where there are no others."""
    every = [call for call in traffic.exchanges if call.timings and call.millis]
    return [call for call in every if not stays_open(call)] or every


@check("PERF01", supports=("slow",))
def slowest_phase(traffic: Traffic) -> Iterator[Finding]:
    """The phase in which the slowest call spent most of its time"""
    timed = _timed(traffic)
    if not timed:
        return
    slowest = max(timed, key=lambda call: call.millis or 0)
    name, amount = max(((phase, slowest.timings.get(phase, 0.0)) for phase in PHASES), key=lambda pair: pair[1])
    total = slowest.millis or 0.0
    sentence = (
        f"{f'The slowest of {len(timed)} timed calls' if len(timed) > 1 else 'The one timed call'} took "
        f"{seconds(total / 1000)}: {slowest.call}; "
        f"{PHASES[name]} took {seconds(amount / 1000)} of it."
    )
    evidence = slowest.cite("timings", f"{name} {amount:.0f} ms of {total:.0f} ms")
    if stays_open(slowest) or (total < SLOW_MS and not (name in BEFORE_THE_CALL and amount >= SLOW_TO_REACH_MS)):
        yield noted(sentence, evidence)
        return
    side = {"wait": Side.OUR_APP, "dns": Side.CUSTOMER_NETWORK, "blocked": Side.CUSTOMER_CLIENT}.get(name, Side.UNKNOWN)
    yield warned(
        sentence, evidence, side=side, next_step="Compare with a call of the same kind that is quick, phase by phase."
    )
