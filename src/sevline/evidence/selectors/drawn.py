"""A redacted file as a picture: calls and their times, deliveries over time, the difference of two extracts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.utils.safestring import SafeString

from sevline.bench.examination import ArtifactState
from sevline.core.finding import Given
from sevline.core.readers.accesslog import read_access_log
from sevline.core.readers.deliveries import Deliveries
from sevline.core.readers.foreign import in_json, in_text
from sevline.core.readers.har import NotAHarError, read_har
from sevline.core.readers.http import Exchange, Traffic
from sevline.core.readers.jsontext import BadJsonError, decode
from sevline.core.readers.latencies import Latencies, latencies_of
from sevline.core.readers.sniff import Kind
from sevline.evidence.models import Artifact
from sevline.evidence.selectors.chained import MARK, Link, chain_in
from sevline.evidence.selectors.recorded import LARGEST, MOST_DRAWN, drawn, failed
from sevline.evidence.selectors.traced import traced
from sevline.ui.charts import Bin, Marker, RateBar, event_rate, histogram, waterfall
from sevline.vault import actions as vault

MOST_ROWS = 50
MOST_GAPS = 4
STEPS = (60, 300, 600, 1_800, 3_600, 10_800, 21_600, 86_400, 604_800)  # seconds
TIMEOUTS = (10, 15, 29, 30, 60, 100, 120)  # seconds at which clients and proxies give up
EDGES = (0.0, 0.1, 0.3, 1.0, 3.0, 9.5)


@dataclass(frozen=True, slots=True)
class Picture:
    """`narrow`: half of the page's width is enough for it."""

    title: str
    svg: SafeString
    narrow: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """`difference` is the stored comparison of two extracts, or None; `chain` are certificates, the leaf first."""

    pictures: tuple[Picture, ...] = ()
    difference: dict[str, Any] | None = None
    chain: tuple[Link, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.pictures or self.difference or self.chain)


def flow(artifact: Artifact) -> Flow:
    """What the file shows as a picture; nothing for a file that is large or of another kind."""
    kinds = {Kind.HAR, Kind.ACCESS_LOG, Kind.TABLE, Kind.JSON, Kind.TEXT}
    if artifact.sealed_id is None or artifact.size > LARGEST or artifact.kind not in kinds:
        return Flow()
    data = b"".join(vault.open_file(artifact.sealed_id))
    if artifact.kind == Kind.HAR:
        return _recording(data)
    if artifact.kind == Kind.JSON:
        return _document(data, artifact.name, cut=artifact.state == ArtifactState.PARTIAL)
    text = data.decode("utf-8", "replace")
    if artifact.kind == Kind.ACCESS_LOG:
        return Flow(_durations(read_access_log(text.split("\n"), "file")))
    return Flow(chain=chain_in(text)) if MARK in text else _table(in_text(data, "file", artifact.name, at=None))


def _recording(data: bytes) -> Flow:
    try:
        har = read_har(data, "file").har
    except NotAHarError:
        return Flow()
    calls = [call for call in har.in_time_order() if call.millis is not None]
    if not calls:
        return Flow()
    shown, what = _around_what_tells(calls)
    begin = min(call.started.timestamp() for call in shown if call.started)
    more = f", {len(shown)} of {len(calls)} calls around {what}" if len(shown) < len(calls) else ""
    spans = [drawn(call, begin) for call in shown]
    picture = waterfall(spans, title="Calls in time", head="Call")
    return Flow((Picture(f"Calls in time{more}", picture), *_durations(har)))


def _around_what_tells(calls: Sequence[Exchange]) -> tuple[Sequence[Exchange], str]:
    """As many calls as are drawn, with the first that failed among them or else the slowest, and which of the two."""
    slowest = max(range(len(calls)), key=lambda at: calls[at].millis or 0)
    first = next((at for at, call in enumerate(calls) if failed(call)), None)
    middle, what = (slowest, "the slowest") if first is None else (first, "the first failure")
    start = max(0, min(middle - MOST_DRAWN // 2, len(calls) - MOST_DRAWN))
    return calls[start : start + MOST_DRAWN], what


def _durations(traffic: Traffic) -> tuple[Picture, ...]:
    latencies = latencies_of(traffic)
    return _histogram(latencies) if latencies is not None else ()


def _histogram(latencies: Latencies) -> tuple[Picture, ...]:
    """Classes that grow, then one for each usual timeout; a pile at one of them is marked."""
    took = [float(amount) / 1000 for amount in latencies.took]
    bins = [
        Bin(f"{low:g}–{high:g} s", sum(1 for amount in took if low <= amount < high)) for low, high in pairwise(EDGES)
    ]
    beyond = Counter(_class_of(amount) for amount in took if amount >= EDGES[-1])
    for label in sorted(beyond, key=lambda name: float(name.split(" ")[-2])):
        piled = beyond[label] >= 5 and label.startswith("at")
        note = f"timeout of {label.removeprefix('at ')}?" if piled else ""
        bins.append(Bin(label, beyond[label], note, "bad" if piled else "quiet"))
    return (Picture("How long calls took", histogram(bins, id="durations", title="How long calls took"), narrow=True),)


def _class_of(amount: float) -> str:
    near = next((limit for limit in TIMEOUTS if abs(amount - limit) <= 0.5), 0)
    if near:
        return f"at {near} s"
    return next((f"under {limit} s" for limit in TIMEOUTS if amount < limit), "over 120 s")


def _table(given: Iterable[Given]) -> Flow:
    for found in given:
        if isinstance(found, Deliveries):
            return Flow((Picture("Delivery attempts over time", _attempts(found)),))
        if isinstance(found, Latencies):
            return Flow(_histogram(found))
    return Flow()


def _attempts(log: Deliveries) -> SafeString:
    """Attempts in each interval; the longest silences are marked."""
    times = sorted((attempt.at.timestamp(), attempt.ok) for attempt in log.attempts)
    first, last = times[0][0], times[-1][0]
    step = next((step for step in STEPS if (last - first) / step < 120), STEPS[-1])
    start = first - first % step
    cells: dict[int, list[int]] = {at: [0, 0] for at in range(int((last - start) // step) + 1)[:5_000]}
    for at, ok in times:
        cells.setdefault(int((at - start) // step), [0, 0])[0 if ok else 1] += 1
    bars = [RateBar(_utc(start + at * step), *counts) for at, counts in sorted(cells.items())]
    return event_rate(
        bars,
        id="attempts",
        title="Delivery attempts",
        interval=timedelta(seconds=step),
        good="delivered",
        bad="failed",
        markers=[Marker(_utc(at), "silence") for at in _silences([at for at, _ in times])],
    )


def _silences(times: Sequence[float]) -> list[float]:
    """Where gaps begin that are at least ten times the usual one and ten minutes long."""
    gaps = sorted(((after - before, before) for before, after in pairwise(times)), reverse=True)
    usual = gaps[len(gaps) // 2][0] if gaps else 0.0
    return sorted(before for gap, before in gaps[:MOST_GAPS] if gap >= max(10 * usual, 600.0))


def _utc(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _document(data: bytes, name: str, *, cut: bool) -> Flow:
    """The comparison of two extracts, a trace, or a table in JSON."""
    try:
        document = decode(data)
    except BadJsonError:
        return Flow()
    if (difference := _difference(document)) is not None:
        return difference
    trace = traced(document, cut=cut)
    return Flow((Picture(*trace),)) if trace is not None else _table(in_json(document, data, "file", name, at=None))


def _difference(document: Any) -> Flow | None:
    """The comparison that the bench stored; keys and values are masked in it already."""
    asked = {"counts", "only_source", "only_target", "differing", "tenants", "columns", "replay"}
    if not isinstance(document, dict) or not asked <= document.keys():
        return None
    lists = ("only_source", "only_target", "differing", "tenants")
    cut = {name: document[name][:MOST_ROWS] for name in lists}
    sides = (("target", "only_source"), ("source", "only_target"))
    rows = [{"side": side} | row for side, name in sides for row in cut[name]]
    return Flow(difference=document | cut | {"one_sided": rows})
