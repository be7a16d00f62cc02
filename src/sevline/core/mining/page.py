"""The result of mining as one HTML page that needs nothing else: no script, no font, no address."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from sevline.core.amount import amount
from sevline.core.mining.patterns import LogPattern
from sevline.core.mining.report import (
    LogReport,
    comparison_sentence,
    moment_text,
    onset_text,
    redaction_sentence,
    source_sentences,
)
from sevline.core.mining.slots import as_read
from sevline.core.mining.surfacing.card import Card

_BARS = 60
_STYLE = """
:root { color-scheme: light dark; --muted: color-mix(in srgb, currentColor 62%, transparent);
  --line: color-mix(in srgb, currentColor 16%, transparent); }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 76rem; margin: 2rem auto; padding-inline: 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-block-start: 2rem; }
table { border-collapse: collapse; inline-size: 100%; }
th, td { text-align: start; vertical-align: top; padding: .45rem .75rem .45rem 0;
  border-block-end: 1px solid var(--line); }
th { color: var(--muted); font-weight: 600; } .number { text-align: end; font-variant-numeric: tabular-nums; }
code, pre { font: 13px/1.45 ui-monospace, monospace; overflow-wrap: anywhere; white-space: pre-wrap; margin: .2rem 0; }
.quiet { color: var(--muted); } svg { block-size: 1.6rem; inline-size: 100%; }
rect { fill: currentColor; opacity: .55; }
@media (max-width: 40rem) { .wide { display: none; } }
"""


def html_pieces(report: LogReport, patterns: Iterable[LogPattern], redactions: Mapping[str, int]) -> Iterator[str]:
    """`report`: its sources and cards as they may be shown. `patterns` and `redactions`: the same, and how many places
    were masked when all patterns have been gone through."""
    sources = "".join(
        f"<li>{escape(' '.join(source_sentences(name, facts)))}</li>" for name, facts in report.sources.items()
    )
    yield (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Log patterns</title><style>{_STYLE}</style></head><body><main><h1>Log patterns</h1>"
        f"<ul>{sources}</ul>{_outstanding(report)}"
        f"<h2>{amount(len(report.patterns), 'pattern')}</h2><table><thead><tr>"
        '<th scope="col" class="number">Count</th><th scope="col" class="number">Share</th>'
        '<th scope="col">Level</th><th scope="col" class="wide">First (UTC)</th>'
        '<th scope="col" class="wide">Last (UTC)</th>'
        '<th scope="col">Pattern</th></tr></thead><tbody>'
    )
    for pattern in patterns:
        yield _row(pattern)
    yield f"</tbody></table><p>{escape(redaction_sentence(redactions))}</p></main></body></html>\n"


def _outstanding(report: LogReport) -> str:
    if report.compared is None and not report.surfaced.cards and not report.surfaced.silences:
        return ""
    since = "" if report.compared is None else f"<p>{escape(comparison_sentence(report))}</p>"
    notes = "".join(f'<p class="quiet">{escape(note)}</p>' for note in report.surfaced.notes)
    items = "".join(
        f'<li><strong>silence</strong> {escape(one.sentence)}<br><span class="quiet">{escape(one.note)}</span></li>'
        for one in report.surfaced.silences
    )
    items += "".join(_card(card) for card in report.surfaced.cards)
    return f"<h2>What stands out</h2>{since}{notes}<ul>{items}</ul>"


def _card(card: Card) -> str:
    onset = f", from {onset_text(card.onset)}" if card.onset else ""
    near = "".join(f'<br><span class="quiet">{escape(one.sentence)}</span>' for one in card.changes[:3])
    return (
        f"<li><strong>{escape(card.kind.value)}</strong> {escape(card.pattern.level or '')} "
        f"<code>{escape(as_read(card.pattern.template))}</code><br>{escape(card.headline)}{onset}{near}"
        f'<br><span class="quiet">{escape(card.test)}; n = {card.n:,}. {escape(card.note)}</span></li>'
    )


def _row(pattern: LogPattern) -> str:
    examples = "".join(
        f'<pre><span class="quiet">{escape(source)} line {number}:</span> {escape(text)}</pre>'
        for source, (number, text) in zip(pattern.sources, pattern.examples, strict=True)
    )
    return (
        f'<tr id="p-{escape(pattern.id)}"><td class="number">{pattern.count:,}</td>'
        f'<td class="number">{pattern.share:.1%}</td><td>{escape(pattern.level or "-")}</td>'
        f'<td class="wide">{moment_text(pattern.first)}</td><td class="wide">{moment_text(pattern.last)}</td>'
        f"<td><code>{escape(as_read(pattern.text))}</code>{_chart(pattern)}"
        f"<details><summary>Lines</summary>{examples}</details></td></tr>"
    )


def _chart(pattern: LogPattern) -> str:
    """Records over time in at most 60 bars between first and last; nothing where there is one moment only."""
    if len(pattern.histogram) < 2:
        return ""
    begin = min(pattern.histogram)
    span = max(pattern.histogram) - begin + 1
    bars = [0] * _BARS
    for minute, count in pattern.histogram.items():
        bars[(minute - begin) * _BARS // span] += count
    top = max(bars)
    drawn = "".join(
        f'<rect x="{place}" y="{20 - 20 * count / top:.2f}" width=".8" height="{20 * count / top:.2f}"/>'
        for place, count in enumerate(bars)
        if count
    )
    span_text = f"{moment_text(pattern.first)} to {moment_text(pattern.last)}"
    label = f"{amount(pattern.count, 'record')} from {span_text}, at most {top:,} a bar"
    return f'<svg viewBox="0 0 {_BARS} 20" preserveAspectRatio="none" role="img" aria-label="{label}">{drawn}</svg>'
