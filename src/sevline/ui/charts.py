"""Pictures as inline SVG: each has a title, a description, classes instead of colours, and its table.

All functions are pure: the same facts give the same markup. Every text is escaped. Lengths are SVG user units.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.safestring import SafeString

from sevline.ui import chart_frame as frame
from sevline.ui.chart_scales import GLYPH, figure_words, label_rows, nice_ticks, tick_words, time_ticks
from sevline.ui.wording import utc

TONES = frozenset({"base", "quiet", "bad", "accent", "ok", "warn"})
EMPTY = frame.EMPTY
WIDE, PHONE = 960.0, 380.0  # user units: what an event-rate picture measures on a desk and on a phone


@dataclass(frozen=True, slots=True)
class RateBar:
    """Events that began in one interval; `at` is its start, with a zone."""

    at: datetime
    good: int
    bad: int = 0


@dataclass(frozen=True, slots=True)
class Marker:
    """Something that happened beside the data: a deploy, a flag. `tone` is accent or base."""

    at: datetime
    label: str
    tone: str = "base"


@dataclass(frozen=True, slots=True)
class Span:
    """One request or span; `start` and `length` in milliseconds from the beginning of the picture.

    A length of None says the span never ended, or was never reached."""

    label: str
    start: float
    length: float | None
    result: str = ""
    depth: int = 0
    tone: str = "base"


@dataclass(frozen=True, slots=True)
class Bin:
    """One class of a histogram. `note` is written above the bar."""

    label: str
    count: int
    note: str = ""
    tone: str = "quiet"


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of a funnel."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a trend; a value of None leaves a gap in the line."""

    label: str
    value: float | None
    n: int = 0


def sparkline(counts: Sequence[int], *, label: str, tone: str = "base") -> SafeString:
    """Bars without axes, 120 by 28, stretched to the width of its place. `label` is its whole text."""
    _known(tone)
    highest = max(counts, default=0) or 1
    width = 120 / max(len(counts), 1)
    wide = f"{max(width - 0.8, 0.4):.2f}"
    bars = (
        f'<rect class="f-{tone}" x="{index * width:.2f}" y="{28 - tall:.2f}" width="{wide}" height="{tall:.2f}"/>'
        for index, count in enumerate(counts)
        for tall in [max(26 * count / highest, 0.7)]
    )
    return frame.svg(
        '<svg class="spark" viewBox="0 0 120 28" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>',
        label,
        SafeString("".join(bars)),  # a known tone and numbers
    )


def event_rate(
    bars: Sequence[RateBar],
    *,
    id: str,  # noqa: A002 - reads as in HTML
    title: str,
    interval: timedelta,
    good: str = "good",
    bad: str = "failed",
    markers: Sequence[Marker] = (),
    onset: tuple[datetime, datetime] | None = None,
    brush: str = "",
) -> SafeString:
    """Stacked bars over time with markers and the onset interval.

    `bars` are in time order, one per `interval`, all with a zone; ValueError when there are none. `brush` is the id of
    a form with the fields `from` and `to`, which a drag over the picture fills and sends.
    """
    if not bars:
        raise ValueError("an event-rate picture needs at least one interval")
    first, last = bars[0].at, bars[-1].at + interval
    shown = sorted((mark for mark in markers if first <= mark.at <= last), key=lambda mark: mark.at)
    counts = _Counts(bars, interval, good, bad)
    wide, phone = (_drawn(_Plot(first, last, width=width), counts, shown, onset, brush) for width in (WIDE, PHONE))
    described = _rate_words(bars, markers=shown, onset=onset, good=good, bad=bad)
    head = ("Start, UTC", good, bad)
    table = [(utc(bar.at), f"{bar.good:,}", f"{bar.bad:,}") for bar in bars]
    legend = frame.legend([("bad", bad), ("quiet", good), *([("band", "onset interval")] if onset else [])])
    return frame.figure(
        id,
        title,
        described,
        wide.box,
        wide.body,
        table=frame.table(title, head, table),
        legend=legend,
        extra=wide.extra,
        phone=phone,
    )


@dataclass(frozen=True, slots=True)
class _Counts:
    """What the bars of an event-rate picture say."""

    bars: Sequence[RateBar]
    interval: timedelta
    good: str
    bad: str

    @property
    def highest(self) -> int:
        return max(bar.good + bar.bad for bar in self.bars)


def _drawn(
    plot: _Plot, counts: _Counts, shown: Sequence[Marker], onset: tuple[datetime, datetime] | None, brush: str
) -> frame.Drawing:
    """The picture in the width of the plot; labels that would touch stand in rows above each other."""
    rows = label_rows([(plot.label_x(mark.at, label), label) for mark in shown for label in [plot.fitting(mark.label)]])
    plot.make_room(rows=max(rows, default=-1) + 1 + bool(onset), highest=counts.highest)
    body = [
        plot.grid(),
        plot.band(onset),
        plot.bars(counts),
        plot.marks(shown, [row + bool(onset) for row in rows]),
        plot.times(),
    ]
    edges = (plot.x0, plot.x1, f"{plot.first.timestamp():.0f}", f"{plot.last.timestamp():.0f}")
    extra = frame.svg(' data-brush="{}" data-x0="{}" data-x1="{}" data-from="{}" data-to="{}"', brush, *edges)
    return frame.Drawing((plot.width, plot.height), body, extra if brush else EMPTY)


def waterfall(spans: Sequence[Span], *, title: str, head: str = "Span", unit: str = "ms") -> SafeString:
    """A table whose rows, each a `head`, carry a bar on one time axis from 0 to the end of the last span."""
    end = max((span.start + (span.length or 0) for span in spans), default=0) or 1
    rows = frame.svg_join(
        "",
        '<tr><th scope="row" class="mono d{}">{}</th><td class="n">{}</td>'
        '<td class="bar-cell">{}</td><td{}>{}</td></tr>',
        (
            (
                min(span.depth, 3),
                span.label,
                "not ended" if span.length is None else f"{figure_words(round(span.length, 1))} {unit}",
                _span_bar(span, end),
                frame.svg(' class="t-{}"', span.tone) if span.tone in {"bad", "warn", "ok"} else EMPTY,
                span.result,
            )
            for span in spans
        ),
    )
    return frame.svg(
        '<div class="scroll-x" role="region" tabindex="0" aria-label="{}"><table class="table wf" data-plain>'
        '<caption class="vh">{}</caption><thead><tr><th scope="col">{}</th><th scope="col" class="n">Time</th>'
        '<th scope="col">0 to {} {}</th><th scope="col">Result</th></tr></thead><tbody>{}</tbody></table></div>',
        title,
        title,
        head,
        figure_words(round(end, 1)),
        unit,
        rows,
    )


def histogram(bins: Sequence[Bin], *, id: str, title: str, unit: str = "") -> SafeString:  # noqa: A002 - as in HTML
    """Counts per class; bars with a note say why they are marked."""
    if not bins:
        raise ValueError("a histogram needs at least one class")
    ticks = nice_ticks(max(one.count for one in bins), wanted=3)
    x0, x1, top, foot = 48.0, 552.0, 30.0, 160.0
    slot = (x1 - x0) / len(bins)
    scale = (foot - top) / ticks[-1]
    every = max(1, round(max(len(one.label) for one in bins) * GLYPH / slot + 0.4))
    body = [frame.horizontal(ticks, x0=x0, x1=x1, foot=foot, scale=scale)]
    for index, one in enumerate(bins):
        _known(one.tone)
        middle, y = x0 + slot * (index + 0.5), foot - one.count * scale
        strong = " bad-t" if one.tone == "bad" else ""
        body.append(
            frame.svg(
                '<rect class="f-{}" x="{}" y="{}" width="{}" height="{}" data-tip="{}"/>',
                one.tone, x0 + slot * index + 1, y, slot - 2, foot - y, f"{one.label}{unit}: {one.count:,}",
            )
        )  # fmt: skip
        if index % every == 0 or one.note:
            body.append(frame.words(one.label, x=middle, y=foot + 15, anchor="middle", kind=strong))
        if one.note:
            edge = min(max(middle, x0 + GLYPH * len(one.note) / 2), x1 - GLYPH * len(one.note) / 2)
            body.append(frame.words(one.note, x=edge, y=max(y - 7, 12), anchor="middle", kind=strong or " strong"))
    words = _bins_in_words(bins, unit)
    table = frame.table(title, ("Class", "Count"), [(one.label + unit, f"{one.count:,}") for one in bins])
    return frame.figure(id, title, words, (560, 184), body, table=table)


def _bins_in_words(bins: Sequence[Bin], unit: str) -> str:
    marked = [f"{one.label}{unit}: {one.count:,}, {one.note}" for one in bins if one.note]
    return f"{sum(one.count for one in bins):,} in {len(bins)} classes. {'. '.join(marked)}".strip()


def funnel(steps: Sequence[Step], *, title: str) -> SafeString:
    """Horizontal bars against the first step; each row says its count and its share of the step before."""
    highest = max((step.count for step in steps), default=0) or 1
    rows = []
    for index, step in enumerate(steps):
        before = steps[index - 1].count if index else 0
        share = f"{step.count / before:.0%}" if before else ""
        bar = frame.svg(
            '<svg viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">'
            '<rect class="f-{}" y="1" width="{}" height="14"/></svg>',
            "accent" if index else "quiet",
            100 * step.count / highest,
        )
        rows.append((step.label, bar, f"{step.count:,}", frame.svg(" <small>{}</small>", share) if share else EMPTY))
    return frame.svg(
        '<ol class="hbars" aria-label="{}">{}</ol>',
        title,
        frame.svg_join("", '<li><span>{}</span>{}<span class="n">{}{}</span></li>', rows),
    )


def trend(
    points: Sequence[Point],
    *,
    id: str,  # noqa: A002 - reads as in HTML
    title: str,
    target: tuple[float, float] | None = None,
    unit: str = "",
) -> SafeString:
    """A line over periods with the target band behind it; `target` is (lowest, highest) of the band."""
    values = [point.value for point in points if point.value is not None]
    if not values:
        return frame.svg('<p class="small muted">{}: no period has a value yet.</p>', title)
    low, high = _with_room([*values, *(target or ())])
    step = 232 / max(len(points) - 1, 1)

    def y(value: float) -> float:
        return 4 + 48 * (high - value) / (high - low)

    body: list[SafeString] = []
    if target:
        body.append(
            frame.svg(
                '<rect class="f-target" x="0" y="{}" width="240" height="{}"/>',
                y(target[1]), y(target[0]) - y(target[1]),
            )
        )  # fmt: skip
    places = [(4 + step * index, point.value) for index, point in enumerate(points)]
    for run in _runs(places):
        path = " ".join(f"{x:.1f},{y(value):.1f}" for x, value in run)
        body.append(frame.svg('<polyline class="line-plot s-accent" points="{}"/>', path))
    x, value = next(place for place in reversed(places) if place[1] is not None)
    body.append(frame.svg('<circle class="f-accent" cx="{}" cy="{}" r="3.2"/>', x, y(value or 0.0)))
    band = f" Target {figure_words(target[0])} to {figure_words(target[1])}{unit}." if target else ""
    words = (
        f"From {figure_words(values[0])}{unit} to {figure_words(values[-1])}{unit} over {len(points)} periods.{band}"
    )
    table = frame.table(title, ("Period", "Value", "n"), [_point_in_words(point, unit) for point in points])
    return frame.figure(id, title, words, (240, 56), body, table=table, kind="kp")


def _with_room(values: Sequence[float]) -> tuple[float, float]:
    """Lowest and highest of a scale that leaves an eighth above and below the values, and is never empty."""
    low, high = min(values), max(values)
    room = (high - low) * 0.12 or abs(high) * 0.12 or 1.0
    return low - room, high + room


def _point_in_words(point: Point, unit: str) -> tuple[str, str, str]:
    value = "no value" if point.value is None else figure_words(point.value) + unit
    return point.label, value, str(point.n)


class _Plot:
    """Geometry of an event-rate picture: x is time, y is a count; the top holds one line per row of labels."""

    def __init__(self, first: datetime, last: datetime, *, width: float) -> None:
        self.first, self.last, self.width = first, last, width
        self.x0, self.x1 = 48.0, width - 8
        self.make_room(rows=0, highest=1)

    def make_room(self, *, rows: int, highest: float) -> None:
        """Set the height for so many rows of labels, and the scale for the highest bar."""
        self.top = 14.0 + 16 * rows
        self.foot = self.top + 150
        self.height = self.foot + 22
        self.ticks = nice_ticks(highest)

    @property
    def most_ticks(self) -> int:
        """As many times as stand below the plot without touching."""
        return max(3, min(9, int((self.x1 - self.x0) / 60)))

    def fitting(self, label: str) -> str:
        """The label, cut where it is longer than the plot is wide."""
        most = int((self.x1 - self.x0) / GLYPH)
        return label if len(label) <= most else f"{label[: most - 1]}…"

    def x(self, at: datetime) -> float:
        share = (at - self.first) / (self.last - self.first)
        return self.x0 + (self.x1 - self.x0) * min(max(share, 0.0), 1.0)

    def label_x(self, at: datetime, label: str) -> float:
        """Where a label starts: right of its mark, or left of it when it would leave the picture."""
        x = self.x(at) + 7
        return x if x + GLYPH * len(label) <= self.x1 else max(x - 14 - GLYPH * len(label), self.x0)

    def grid(self) -> SafeString:
        return frame.horizontal(self.ticks, x0=self.x0, x1=self.x1, foot=self.foot, scale=150 / self.ticks[-1])

    def band(self, onset: tuple[datetime, datetime] | None) -> SafeString:
        if onset is None:
            return EMPTY
        left, right = self.x(onset[0]), self.x(onset[1])
        words = f"Onset {onset[0]:%H:%M} to {onset[1]:%H:%M}"
        x = max(min(left, self.x1 - GLYPH * len(words)), self.x0)
        return frame.svg(
            '<rect class="f-band" x="{}" y="{}" width="{}" height="150"/>{}',
            left, self.top, max(right - left, 2), frame.words(words, x=x, y=self.top - 5, kind=" strong"),
        )  # fmt: skip

    def bars(self, counts: _Counts) -> SafeString:
        step = self.x(self.first + counts.interval) - self.x0
        width = max(step - min(0.8, step / 5), 0.5)
        scale = 150 / self.ticks[-1]
        shapes = []
        for bar in counts.bars:
            tip = f"{bar.at:%H:%M} UTC: {bar.bad:,} {counts.bad}, {bar.good:,} {counts.good}"
            split = self.foot - bar.good * scale
            if bar.good:
                shapes.append(("quiet", self.x(bar.at), split, width, bar.good * scale, tip))
            if bar.bad:
                shapes.append(("bad", self.x(bar.at), split - bar.bad * scale, width, bar.bad * scale, tip))
        return frame.svg_join(
            "",
            '<rect class="f-{}" x="{}" y="{}" width="{}" height="{}" data-tip="{}"/>',
            shapes,
        )

    def marks(self, markers: Sequence[Marker], rows: Sequence[int]) -> SafeString:
        drawn = []
        for mark, row in zip(markers, rows, strict=True):
            x, y, label = self.x(mark.at), self.top - 5 - 16 * row, self.fitting(mark.label)
            kind = " acc-t" if mark.tone == "accent" else ""
            drawn.append(
                frame.svg(
                    '<line class="s-{0}{1}" x1="{2}" x2="{2}" y1="{3}" y2="{4}"/>'
                    '<path class="f-{0}" d="M{2} {5}l4 4-4 4-4-4z"/>{6}',
                    "accent" if mark.tone == "accent" else "base",
                    "" if mark.tone == "accent" else " dash",
                    x, y, self.foot, y - 8,
                    frame.words(label, x=self.label_x(mark.at, label), y=y, kind=kind),
                )
            )  # fmt: skip
        return SafeString("".join(drawn))

    def times(self) -> SafeString:
        span = self.last - self.first
        ticks = [(self.x(at), tick_words(at, span)) for at in time_ticks(self.first, self.last, most=self.most_ticks)]
        return SafeString(
            "".join(
                frame.words(text, x=min(x, self.x1 + 8 - GLYPH * len(text) / 2), y=self.foot + 16, anchor="middle")
                for x, text in ticks
            )
        )


def _span_bar(span: Span, end: float) -> SafeString:
    _known(span.tone)
    start = 1000 * span.start / end
    width = max(1000 * (span.length or 0) / end, 4)
    shape = (
        frame.svg('<rect class="f-{}" x="{}" y="3" width="{}" height="10"/>', span.tone, start, width)
        if span.length is not None
        else frame.svg('<line class="s-base dash" x1="{}" x2="1000" y1="8" y2="8"/>', start)
    )
    return frame.svg(
        '<svg viewBox="0 0 1004 16" preserveAspectRatio="none" aria-hidden="true">'
        '<line class="s-line" x1="0" x2="1004" y1="15.5" y2="15.5"/>{}</svg>',
        shape,
    )


def _runs(places: Iterable[tuple[float, float | None]]) -> list[list[tuple[float, float]]]:
    """Stretches of neighbouring points that have a value."""
    runs: list[list[tuple[float, float]]] = [[]]
    for x, value in places:
        if value is None:
            runs.append([])
        else:
            runs[-1].append((x, value))
    return [run for run in runs if run]


def _rate_words(
    bars: Sequence[RateBar],
    *,
    markers: Sequence[Marker],
    onset: tuple[datetime, datetime] | None,
    good: str,
    bad: str,
) -> str:
    total_bad, total = sum(bar.bad for bar in bars), sum(bar.bad + bar.good for bar in bars)
    parts = [
        f"{utc(bars[0].at)} to {utc(bars[-1].at)}: {total:,} events, {total_bad:,} {bad}, {total - total_bad:,} {good}."
    ]
    if onset:
        parts.append(f"Onset between {utc(onset[0])} and {utc(onset[1])}.")
    parts += [f"{mark.label}, {utc(mark.at)}." for mark in markers]
    return " ".join(parts)


def _known(tone: str) -> None:
    if tone not in TONES:
        raise ValueError(f"unknown tone {tone!r}; known: {', '.join(sorted(TONES))}")
