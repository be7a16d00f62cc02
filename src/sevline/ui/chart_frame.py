"""The parts that pictures share: numbers, texts, grid, legend, frame and table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from sevline.ui.chart_scales import figure_words

EMPTY = SafeString("")
NARROW, PHONE = SafeString(" data-narrow"), SafeString(" data-phone")


@dataclass(frozen=True, slots=True)
class Drawing:
    """What stands in an `<svg>`; `box` is width and height in user units, `extra` are attributes."""

    box: tuple[float, float]
    body: Iterable[str]
    extra: SafeString = EMPTY


def svg(template: str, *values: object) -> SafeString:
    """Markup from a template; texts are escaped, fractions are written with two decimals at most."""
    return SafeString(template.format(*map(_marked_up, values)))


def svg_join(glue: str, template: str, rows: Iterable[Sequence[object]]) -> SafeString:
    """`svg` for each row."""
    return SafeString(_marked_up(glue).join(template.format(*map(_marked_up, row)) for row in rows))


def figure(
    id: str,  # noqa: A002 - reads as in HTML
    title: str,
    described: str,
    box: tuple[float, float],
    body: Iterable[str],
    *,
    table: SafeString,
    legend: SafeString = EMPTY,
    extra: SafeString = EMPTY,
    kind: str = "plot",
    phone: Drawing | None = None,
) -> SafeString:
    """The picture, its legend and its table in one `<figure>`; `box` is width and height in user units.

    A picture shrinks to the width of its place. One that would not be legible then is drawn a second time for a
    `phone`; the style sheet shows one of both.
    """
    marked = svg("{}{}", EMPTY if phone else NARROW, extra)
    pictures = [_picture(id, title, described, Drawing(box, body, marked), kind)]
    if phone is not None:
        again = Drawing(phone.box, phone.body, svg("{}{}", PHONE, phone.extra))
        pictures.append(_picture(f"{id}-phone", title, described, again, kind))
    return svg('<figure class="figure" id="{}">{}{}{}</figure>', id, legend, SafeString("".join(pictures)), table)


def _picture(id: str, title: str, described: str, drawing: Drawing, kind: str) -> SafeString:  # noqa: A002 - as in HTML
    return svg(
        '<svg class="{}" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t" aria-describedby="{}-d"{}>'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}</svg>',
        kind, *drawing.box, id, id, drawing.extra, id, title, id, described, SafeString("".join(drawing.body)),
    )  # fmt: skip


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> SafeString:
    """The same facts as the picture, folded away until asked for."""
    lines = [(row[0], svg_join("", '<td class="n">{}</td>', ((cell,) for cell in row[1:]))) for row in rows]
    cells = svg_join("", '<tr><th scope="row">{}</th>{}</tr>', lines)
    return svg(
        '<details class="astable"><summary>The same as a table</summary>'
        '<div class="scroll-x" role="region" tabindex="0" aria-label="{}, table"><table class="table">'
        '<caption class="vh">{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div></details>',
        title,
        title,
        svg_join("", '<th scope="col">{}</th>', ((name,) for name in head)),
        cells,
    )


def legend(entries: Iterable[tuple[str, str]]) -> SafeString:
    """Colour samples with their words; entries are (class suffix, words)."""
    items = svg_join(
        "",
        '<li><svg viewBox="0 0 12 12" aria-hidden="true"><rect class="f-{}" width="12" height="12" rx="2"/></svg>{}'
        "</li>",
        entries,
    )
    return svg('<ul class="legend">{}</ul>', items)


def horizontal(ticks: Sequence[float], *, x0: float, x1: float, foot: float, scale: float) -> SafeString:
    """Grid lines with their values; the line at 0 is the axis."""
    return svg_join(
        "",
        '<line class="{0}" x1="{1}" x2="{2}" y1="{3}" y2="{3}"/><text x="{4}" y="{5}" text-anchor="end">{6}</text>',
        (
            ("grid" if tick else "axis", x0, x1, y, x0 - 6, y + 4, figure_words(tick))
            for tick in ticks
            for y in [foot - tick * scale]
        ),
    )


def words(text: str, *, x: float, y: float, anchor: str = "start", kind: str = "") -> SafeString:
    """A text with its start, middle or end at x, standing on y."""
    named = svg(' class="{}"', kind.strip()) if kind else EMPTY
    return svg('<text{} x="{}" y="{}" text-anchor="{}">{}</text>', named, x, y, anchor, text)


def _marked_up(value: object) -> str:
    """As `conditional_escape`, but for numbers, of which a picture has thousands: they hold nothing to escape."""
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    if isinstance(value, int):
        return str(value)
    return str(conditional_escape(value if isinstance(value, str) else str(value)))
