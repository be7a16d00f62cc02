"""A trace on one time axis: its spans as bars, each below the span that called it, read from the redacted file."""

from collections.abc import Iterator
from typing import Any

from django.utils.safestring import SafeString

from sevline.core.finding import Given
from sevline.core.readers.reader import Form, Source, read_all
from sevline.core.readers.spans import Span, SpanSet, Trace, Traces
from sevline.evidence.selectors.recorded import LONGEST_LABEL
from sevline.ui.charts import Span as Bar
from sevline.ui.charts import waterfall

MOST_SPANS = 60
MILLI = 1_000_000  # nanoseconds


def traced(document: Any, *, cut: bool) -> tuple[str, SafeString] | None:
    """Title and picture of the trace that failed, or else of the slowest one; None for a document without spans."""
    given: list[Given] = list(read_all(Form.JSON, Source("file", "", cut=cut), document))
    spans = [one for one in given if isinstance(one, SpanSet)]
    traces = Traces(tuple(spans)).traces if spans else ()
    if not traces:
        return None
    chosen = max(traces, key=lambda one: (one.failed, one.root.end - one.root.start))
    rows = [*_in_order(chosen)]
    bars = [_bar(span, depth, chosen) for span, depth in rows[:MOST_SPANS]]
    more = f", the first {MOST_SPANS} of {len(rows)} spans" if len(rows) > MOST_SPANS else ""
    which = f"Trace {chosen.id[:16]}" if len(traces) == 1 else f"Trace {chosen.id[:16]}, one of {len(traces)}"
    return f"{which}{more}", waterfall(bars, title=which)


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


def _bar(span: Span, depth: int, trace: Trace) -> Bar:
    begin = min(one.start for one in trace.spans)
    label = span.title if len(span.title) <= LONGEST_LABEL else f"{span.title[: LONGEST_LABEL - 1]}…"
    length = max(span.end - span.start, 0) / MILLI
    said, tone = ("error", "bad") if span.failed else ("", "base")
    return Bar(label, (span.start - begin) / MILLI, length, said, depth, tone)
