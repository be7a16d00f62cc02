"""The report as one HTML page: no script, nothing fetched, every word escaped."""

from collections.abc import Iterator
from html import escape

from sevline.bench.examination import Examination
from sevline.bench.report.wording import (
    MAX_PATTERNS,
    SIDES,
    judged_at,
    moment,
    names,
    ranked,
    redacted,
    shown,
    size,
    summary,
)
from sevline.core.finding import Finding
from sevline.core.mining.slots import as_read

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
STYLE = """
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; padding: .3rem .6rem; border-bottom: 1px solid GrayText; }
td { overflow-wrap: anywhere; }
code, pre { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; white-space: pre-wrap; }
article { margin: 1.5rem 0; padding-inline-start: 1rem; border-inline-start: 4px solid GrayText; }
article[data-state="FAIL"] { border-color: #b3261e; }
article[data-state="WARN"] { border-color: #b26a00; }
article[data-state="PASS"] { border-color: #2e7d32; }
h1, h2, h3 { line-height: 1.25; }
"""


def as_html(examination: Examination) -> str:
    return "\n".join(_lines(examination)) + "\n"


def _safe(text: str) -> str:
    return escape(shown(text), quote=True)


def _lines(examination: Examination) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>Evidence report</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>Evidence report</h1>"
    if examination.refused:
        yield f"<p><strong>Not finished:</strong> {_safe(examination.refused)}</p>"
    yield f"<p>{_safe(summary(examination))} {_safe(judged_at(examination))}</p>"
    yield "<h2>Recognised</h2>"
    rows = (
        (one.id, one.name, one.kind, size(one), f"{one.state} {one.reason}".strip()) for one in examination.artifacts
    )
    yield from _table(("id", "name", "kind", "size", "state"), rows)
    yield f"<p>Redacted: {_safe(redacted(examination))}.</p>"
    known = names(examination)
    yield "<h2>Findings</h2>"
    for finding in ranked(examination):
        yield from _finding(finding, known)
    if examination.patterns:
        yield "<h2>Patterns</h2>"
        shapes = examination.patterns[:MAX_PATTERNS]
        yield from _table(
            ("count", "pattern", "first", "last"),
            ((str(one.count), as_read(one.template), moment(one.first), moment(one.last)) for one in shapes),
        )
    if examination.missing:
        yield "<h2>Missing</h2>"
        lacking = ((one.what, one.how, ", ".join(one.checks)) for one in examination.missing)
        yield from _table(("what", "how to get it", "checks"), lacking)
    yield "</main>\n</body>\n</html>"


def _table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    yield "<table>\n<thead><tr>" + "".join(f'<th scope="col">{_safe(head)}</th>' for head in heads) + "</tr></thead>"
    yield "<tbody>"
    for row in rows:
        yield "<tr>" + "".join(f"<td>{_safe(cell)}</td>" for cell in row) + "</tr>"
    yield "</tbody>\n</table>"


def _finding(finding: Finding, known: dict[str, str]) -> Iterator[str]:
    yield f'<article data-state="{finding.state}">'
    yield f"<h3>{finding.state} {_safe(finding.check_id)}: {_safe(finding.title)}</h3>"
    if finding.evidence:
        yield "<ul>"
        for evidence in finding.evidence:
            expected = f"; expected <code>{_safe(evidence.expected)}</code>" if evidence.expected else ""
            yield (
                f"<li><code>{_safe(known.get(evidence.artifact, evidence.artifact))}</code> at "
                f"<code>{_safe(evidence.locator)}</code>: <code>{_safe(evidence.excerpt)}</code>, observed "
                f"<code>{_safe(evidence.observed)}</code>{expected}</li>"
            )
        yield "</ul>"
    if finding.next_step:
        yield f"<p>Side: {_safe(SIDES[finding.side])}. Confidence: {_safe(finding.confidence)}.</p>"
        yield f"<p>Next: {_safe(finding.next_step)}</p>"
    yield "</article>"
