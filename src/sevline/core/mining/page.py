"""The result of mining as one HTML page that needs nothing else: no script, no font, no address."""

from html import escape

from sevline.core.mining.patterns import LogPattern
from sevline.core.mining.report import LogReport, comparison_sentence, moment, redaction_sentence, source_sentences

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


def as_html(report: LogReport) -> str:
    sources = "".join(
        f"<li>{escape(' '.join(source_sentences(name, facts)))}</li>" for name, facts in report.sources.items()
    )
    rows = "".join(_row(pattern) for pattern in report.patterns)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Log patterns</title><style>{_STYLE}</style></head><body><main><h1>Log patterns</h1>"
        f"<ul>{sources}</ul><p>{escape(redaction_sentence(report.redactions))}</p>{_changes(report)}"
        f"<h2>{len(report.patterns):,} patterns</h2><table><thead><tr>"
        '<th scope="col" class="number">Count</th><th scope="col" class="number">Share</th>'
        '<th scope="col">Level</th><th scope="col" class="wide">First (UTC)</th>'
        '<th scope="col" class="wide">Last (UTC)</th>'
        f'<th scope="col">Pattern</th></tr></thead><tbody>{rows}</tbody></table></main></body></html>\n'
    )


def _changes(report: LogReport) -> str:
    if report.compared is None:
        return ""
    items = "".join(
        f"<li><strong>{escape(change.change.value)}</strong> <code>{escape(change.pattern.template)}</code> "
        f'<span class="quiet">{escape(change.sentence)}</span></li>'
        for change in report.changes
    )
    return f"<h2>Before and after</h2><p>{escape(comparison_sentence(report))}</p><ul>{items}</ul>"


def _row(pattern: LogPattern) -> str:
    examples = "".join(
        f'<pre><span class="quiet">{escape(source)} line {number}:</span> {escape(text)}</pre>'
        for source, (number, text) in zip(pattern.sources, pattern.examples, strict=True)
    )
    return (
        f'<tr id="p-{escape(pattern.id)}"><td class="number">{pattern.count:,}</td>'
        f'<td class="number">{pattern.share:.1%}</td><td>{escape(pattern.level or "-")}</td>'
        f'<td class="wide">{moment(pattern.first)}</td><td class="wide">{moment(pattern.last)}</td>'
        f"<td><code>{escape(pattern.template)}</code>{_chart(pattern)}"
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
    label = f"{pattern.count:,} records from {moment(pattern.first)} to {moment(pattern.last)}, at most {top:,} a bar"
    return f'<svg viewBox="0 0 {_BARS} 20" preserveAspectRatio="none" role="img" aria-label="{label}">{drawn}</svg>'
