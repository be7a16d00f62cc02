"""How distributed systems fail, by the signs that a log shows. A sign is a lead to a test, never the cause."""

from collections.abc import Iterator

from sevline.core.failuremodes import MODE_OF, Mode
from sevline.core.finding import Confidence, Finding, Side, check, warned
from sevline.core.readers.failuresign import FailureSigns


@check("MODE01", supports=("consistency-lag",))
def consistency_lag(log: FailureSigns) -> Iterator[Finding]:
    """Lag of eventual consistency: what was written is read from a copy that has not received it"""
    yield from _looks_like(log, Mode.CONSISTENCY_LAG)


@check("MODE02", supports=("partial-outage",))
def partial_outage(log: FailureSigns) -> Iterator[Finding]:
    """Outage of one region or shard: the errors stand under one of them, and the others answer"""
    yield from _looks_like(log, Mode.PARTIAL_OUTAGE)


@check("MODE03", supports=("retry-storm",))
def retry_storm(log: FailureSigns) -> Iterator[Finding]:
    """Retry storm: attempts per request grow, and 503 turns into 429"""
    yield from _looks_like(log, Mode.RETRY_STORM)


@check("MODE04", supports=("duplicate-delivery",))
def duplicate_delivery(log: FailureSigns) -> Iterator[Finding]:
    """Events delivered twice: one id is acted on more than once"""
    yield from _looks_like(log, Mode.DUPLICATE_DELIVERY)


@check("MODE05", supports=("cascading-timeout",))
def cascading_timeout(log: FailureSigns) -> Iterator[Finding]:
    """Timeouts that cascade: they begin in one service and follow in its callers"""
    yield from _looks_like(log, Mode.CASCADING_TIMEOUT)


@check("MODE06", supports=("clock-skew",))
def clock_skew(log: FailureSigns) -> Iterator[Finding]:
    """Clocks that differ: a log speaks of times in the future or out of tolerance"""
    yield from _looks_like(log, Mode.CLOCK_SKEW)


@check("MODE07", supports=("stale-cache",))
def stale_cache(log: FailureSigns) -> Iterator[Finding]:
    """Stale cache: hits older than allowed, or changes that did not reach it"""
    yield from _looks_like(log, Mode.STALE_CACHE)


@check("MODE08", supports=("queue-backlog",))
def queue_backlog(log: FailureSigns) -> Iterator[Finding]:
    """Queue backlog: depth or age grows over the whole time"""
    yield from _looks_like(log, Mode.QUEUE_BACKLOG)


def _looks_like(log: FailureSigns, mode: Mode) -> Iterator[Finding]:
    sign, row = log.of(mode), MODE_OF[mode]
    if sign is None:
        return
    yield warned(
        f"Looks like: {row.title[0].lower()}{row.title[1:]}. {sign.told}",
        *map(log.cite, sign.places),
        side=Side.UNKNOWN,
        next_step=f"{row.test} If so: {row.predicts[0].lower()}{row.predicts[1:]}",
        sure=Confidence.STRONG if sign.sure else Confidence.HINT,
    )
