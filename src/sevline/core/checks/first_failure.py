"""Where a recording first goes wrong."""

from collections.abc import Iterator

from sevline.core.finding import Finding, check, noted, passed
from sevline.core.readers.http import Exchange, Har
from sevline.core.readers.moments import plain


@check("API00")
def first_failing_call(har: Har) -> Iterator[Finding]:
    """The first failing call of a recording is named"""
    failing = [call for call in har.exchanges if _failed(call)]
    if not failing:
        if har.exchanges:
            whole = har.exchanges[0]
            yield passed(f"None of the {len(har.exchanges)} recorded calls failed.", whole.cite("status", whole.status))
        return
    timed = [call for call in failing if call.started]
    first = min(timed, key=lambda call: call.started.timestamp() if call.started else 0.0) if timed else failing[0]
    when = f" at {plain(first.started)}" if first.started else ""
    ended = f"answered {first.status}" if first.status else f"got no response ({first.error or 'no reason recorded'})"
    yield noted(
        f"First failing call{when}: {first.call} {ended}; {len(failing)} of {len(har.exchanges)} calls failed.",
        first.cite("status", first.status or first.error or "no response", "2xx or 3xx"),
        next_step="Start at this call; later failures may follow from it.",
    )


def _failed(call: Exchange) -> bool:
    return call.status >= 400 or (call.status == 0 and "BLOCKED_BY_CLIENT" not in call.error)
