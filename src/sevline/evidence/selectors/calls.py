"""The calls of a browser's recording on one time axis, read from its redacted form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from sevline.core.readers.har import NotAHarError, read_har
from sevline.core.readers.http import Exchange
from sevline.evidence.models import Artifact
from sevline.ui.charts import Span, waterfall
from sevline.vault import actions as vault

MOST_CALLS = 40
LARGEST_DRAWN = 8 * 2**20  # bytes; reading more would keep the page waiting
LONGEST_LABEL = 90
FAILED = 400


@dataclass(frozen=True, slots=True)
class Calls:
    """The picture of the calls, when the first of all began, and how many there are beside those drawn."""

    picture: SafeString
    first_at: datetime
    drawn: int
    total: int


def calls(files: Iterable[Artifact]) -> Calls | None:
    """The calls of the first recording among the files; None where there is none, or none that says its times."""
    exchanges = _exchanges(files)
    timed = sorted(((one.started, one) for one in exchanges if one.started), key=lambda pair: pair[0])
    if not timed:
        return None
    first_at = timed[0][0]
    shown = _most_telling([one for _, one in timed])
    spans = [_span(one, first_at) for one in shown]
    return Calls(waterfall(spans, title="Each call of the recording with its time"), first_at, len(spans), len(timed))


def failing_times(files: Iterable[Artifact]) -> list[datetime]:
    """When each call of the first recording began that failed or was not answered."""
    return [one.started for one in _exchanges(files) if one.started and _failed(one)]


def _exchanges(files: Iterable[Artifact]) -> Sequence[Exchange]:
    """The calls of the first recording among the files that is small enough to be read at once."""
    file = next((one for one in files if one.kind == "har" and one.sealed_id and one.size <= LARGEST_DRAWN), None)
    if file is None or file.sealed_id is None:
        return ()
    try:
        return read_har(b"".join(vault.open_file(file.sealed_id)), file.key).har.exchanges
    except NotAHarError:
        return ()


def _most_telling(in_order: Sequence[Exchange]) -> list[Exchange]:
    """All of them, or of very many the failed and then the slowest, in the order of time."""
    ranked = sorted(range(len(in_order)), key=lambda at: (not _failed(in_order[at]), -(in_order[at].millis or 0)))
    return [in_order[at] for at in sorted(ranked[:MOST_CALLS])]


def _failed(call: Exchange) -> bool:
    return call.status >= FAILED or call.status <= 0


def _span(call: Exchange, first_at: datetime) -> Span:
    label = f"{call.method} {call.path}"
    start = (call.started - first_at).total_seconds() * 1000 if call.started else 0.0
    result = str(call.status) if call.status > 0 else call.error[:40] or "no response"
    short = label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"
    return Span(short, start, call.millis, result, tone="bad" if _failed(call) else "base")
