"""The calls of a browser's recording on one time axis, read from its redacted form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from sevline.core.readers.http import Exchange
from sevline.core.readers.sniff import Kind
from sevline.evidence.models import Artifact
from sevline.evidence.selectors.recorded import MOST_DRAWN, drawn, exchanges, failed, holds_calls
from sevline.ui.charts import waterfall


@dataclass(frozen=True, slots=True)
class Calls:
    """The picture of the calls, when the first of all began, and how many there are beside those drawn."""

    picture: SafeString
    first_at: datetime
    drawn: int
    total: int


def calls(files: Iterable[Artifact]) -> Calls | None:
    """The calls of the first recording among the files; None where there is none, or none that says its times."""
    timed = sorted(((one.started, one) for one in _recorded(files) if one.started), key=lambda pair: pair[0])
    if not timed:
        return None
    first_at = timed[0][0]
    spans = [drawn(one, first_at.timestamp()) for one in _most_telling([one for _, one in timed])]
    return Calls(
        waterfall(spans, title="Each call of the recording with its time", head="Call"),
        first_at,
        len(spans),
        len(timed),
    )


def failing_times(files: Iterable[Artifact]) -> list[datetime]:
    """When each call of the first recording began that failed or was not answered."""
    return [one.started for one in _recorded(files) if one.started and failed(one)]


def _recorded(files: Iterable[Artifact]) -> Sequence[Exchange]:
    """The calls of the first recording among the files that is small enough to be read at once."""
    file = next((one for one in files if one.kind == Kind.HAR and holds_calls(one)), None)
    return exchanges(file) if file is not None else ()


def _most_telling(in_order: Sequence[Exchange]) -> list[Exchange]:
    """All of them, or of very many the failed and then the slowest, in the order of time."""
    ranked = sorted(range(len(in_order)), key=lambda at: (not failed(in_order[at]), -(in_order[at].millis or 0)))
    return [in_order[at] for at in sorted(ranked[:MOST_DRAWN])]
