"""A trace on one time axis: its spans as bars, each below the span that called it, read from the redacted file."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.utils.safestring import SafeString

from sevline.core.finding import Given
from sevline.core.readers.reader import Form, Source, read_all
from sevline.core.readers.spans import Span, SpanSet, Trace, Traces
from sevline.evidence.selectors.recorded import LONGEST_LABEL
from sevline.ui.charts import Span as Bar
from sevline.ui.charts import waterfall

MOST_ROWS = 60
LEAST_ALIKE = 4
"""Calls of the same name, one behind the other, that are drawn as one row."""

MILLI = 1_000_000  # nanoseconds


def traced(document: Any, *, cut: bool) -> tuple[str, SafeString] | None:
    """Title and picture of the trace that failed, or else of the slowest one; None for a document without spans."""
    given: list[Given] = list(read_all(Form.JSON, Source("file", "", cut=cut), document))
    spans = [one for one in given if isinstance(one, SpanSet)]
    traces = Traces(tuple(spans)).traces if spans else ()
    if not traces:
        return None
    chosen = max(traces, key=lambda one: (one.failed, one.root.end - one.root.start))
    bars = [_bar(alike, depth, chosen) for alike, depth in _folded(_in_order(chosen))]
    shown = _most_telling(bars)
    more = f", the {len(shown)} of {len(bars)} rows that failed or took longest" if len(shown) < len(bars) else ""
    which = f"Trace {chosen.id[:16]}" if len(traces) == 1 else f"Trace {chosen.id[:16]}, one of {len(traces)}"
    return f"{which}{more}", waterfall(shown, title=which)


def _in_order(trace: Trace) -> Iterator[tuple[Span, int]]:
    """Each span behind the one that called it, with how deep it lies; those whose caller is not there stand apart."""
    seen: set[str] = set()
    tops = [span for span in trace.spans if span.id == trace.root.id or not span.parent or span in trace.orphans]
    for top in sorted(tops, key=lambda span: (span.id != trace.root.id, span.start)):
        waiting = [(top, 0)]
        while waiting:
            span, depth = waiting.pop()
            if span.id in seen:
                continue
            seen.add(span.id)
            yield span, depth
            children = sorted(trace.children.get(span.id, ()), key=lambda child: -child.start)
            waiting += [(child, depth + 1) for child in children]


def _folded(rows: Iterable[tuple[Span, int]]) -> Iterator[tuple[list[Span], int]]:
    """Spans of one row: a loop that calls the same again and again would push all that comes behind it off the page."""
    for (_, depth, failed), found in groupby(rows, key=lambda row: (row[0].title, row[1], row[0].failed)):
        alike = [span for span, _ in found]
        if len(alike) < LEAST_ALIKE or failed:
            yield from (([span], depth) for span in alike)
        else:
            yield alike, depth


def _most_telling(bars: list[Bar]) -> list[Bar]:
    """Where there are too many, those that failed and then the longest, in their order."""
    ranked = sorted(range(len(bars)), key=lambda at: (bars[at].tone != "bad", -(bars[at].length or 0), at))
    return [bars[at] for at in sorted(ranked[:MOST_ROWS])]


def _bar(alike: list[Span], depth: int, trace: Trace) -> Bar:
    begin = min(one.start for one in trace.spans)
    first, end = alike[0], max(span.end for span in alike)
    label = first.title if len(first.title) <= LONGEST_LABEL else f"{first.title[: LONGEST_LABEL - 1]}…"
    length = max(end - first.start, 0) / MILLI
    said, tone = ("error", "bad") if first.failed else (f"{len(alike)} times" if len(alike) > 1 else "", "base")
    return Bar(label, (first.start - begin) / MILLI, length, said, depth, tone)
