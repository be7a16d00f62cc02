"""The report as Markdown, for a ticket or a packet. Everything that came from a file stands in code spans."""

from collections.abc import Iterator

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


def as_markdown(examination: Examination) -> str:
    return "\n".join(_lines(examination)) + "\n"


def code(text: str) -> str:
    """A code span that its text cannot end: the fence is one backtick longer than the longest run inside."""
    text = shown(text).replace("|", "\\|")
    run = longest = 0
    for letter in text:
        run = run + 1 if letter == "`" else 0
        longest = max(longest, run)
    fence = "`" * (longest + 1)
    return f"{fence} {text} {fence}" if longest or not text else f"`{text}`"


def prose(text: str) -> str:
    """A sentence in which nothing of a file's text becomes markup."""
    escaped = shown(text)
    for letter in "\\`*_[]<>|#!~":
        escaped = escaped.replace(letter, f"\\{letter}")
    return escaped


def _lines(examination: Examination) -> Iterator[str]:
    yield "# Evidence report"
    yield ""
    if examination.refused:
        yield f"**Not finished:** {prose(examination.refused)}"
        yield ""
    yield f"{summary(examination)} {judged_at(examination)}"
    yield ""
    yield "## Recognised"
    yield ""
    yield "| id | name | kind | size | state |"
    yield "|---|---|---|--:|---|"
    for artifact in examination.artifacts:
        state = f"{artifact.state} {prose(artifact.reason)}".strip()
        yield f"| {artifact.id} | {code(artifact.name)} | {artifact.kind} | {size(artifact)} | {state} |"
    yield ""
    yield f"Redacted: {prose(redacted(examination))}."
    yield ""
    known = names(examination)
    yield "## Findings"
    for finding in ranked(examination):
        yield from _finding(finding, known)
    if examination.patterns:
        yield from ("", "## Patterns", "", "| count | pattern | first | last |", "|--:|---|---|---|")
        for pattern in examination.patterns[:MAX_PATTERNS]:
            first, last = moment(pattern.first), moment(pattern.last)
            yield f"| {pattern.count} | {code(as_read(pattern.template)[:200])} | {first} | {last} |"
    if examination.missing:
        yield from ("", "## Missing", "")
        for missing in examination.missing:
            yield f"- {missing.what}: {missing.how} ({', '.join(missing.checks)})"


def _finding(finding: Finding, known: dict[str, str]) -> Iterator[str]:
    yield ""
    yield f"### {finding.state} {finding.check_id}: {prose(finding.title)}"
    yield ""
    for evidence in finding.evidence:
        expected = f"; expected {code(evidence.expected)}" if evidence.expected else ""
        yield f"- {code(known.get(evidence.artifact, evidence.artifact))} at {code(evidence.locator)}: "
        yield f"  {code(evidence.excerpt)}, observed {code(evidence.observed)}{expected}"
    if finding.next_step:
        yield f"- Side: {SIDES[finding.side]}. Confidence: {finding.confidence}."
        yield f"- Next: {prose(finding.next_step)}"
