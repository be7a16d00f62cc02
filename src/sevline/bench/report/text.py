"""The report for a terminal: plain lines that copy well."""

from collections.abc import Iterator

from sevline.bench.examination import ArtifactState, Examination
from sevline.bench.report.wording import (
    MAX_ARTIFACTS,
    MAX_PATTERNS,
    SIDES,
    judged_at,
    names,
    ranked,
    redacted,
    shown,
    size,
    span,
    summary,
)
from sevline.bench.waiting import told_as_lines, topic_of
from sevline.core.finding import Finding, State
from sevline.core.mining.slots import as_read

READ = frozenset((ArtifactState.READ, ArtifactState.PARTIAL))


def as_text(examination: Examination) -> str:
    return "\n".join(_lines(examination)) + "\n"


def _lines(examination: Examination) -> Iterator[str]:
    if examination.refused:
        yield f"Not finished: {examination.refused}"
        yield ""
    for note in examination.notes:
        yield note
        yield ""
    yield f"Recognised ({len(examination.artifacts)})"
    for artifact in examination.artifacts[:MAX_ARTIFACTS]:
        reason = f" — {shown(artifact.reason)}" if artifact.reason else ""
        yield f"  {artifact.id:>4}  {shown(artifact.name)}: {artifact.kind}, {size(artifact)}, {artifact.state}{reason}"
    if len(examination.artifacts) > MAX_ARTIFACTS:
        yield f"        and {len(examination.artifacts) - MAX_ARTIFACTS} more"
    yield ""
    yield f"Redacted: {redacted(examination)}"
    yield ""
    if examination.patterns:
        yield from _patterns(examination)
    yield f"Findings: {summary(examination)} {judged_at(examination)}"
    known = names(examination)
    for finding in ranked(examination):
        yield from _finding(finding, known)
    yield from _missing(examination)


def _missing(examination: Examination) -> Iterator[str]:
    """What would let more checks run."""
    if examination.missing:
        yield ""
        yield "Missing"
        judged = (finding for finding in examination.findings if finding.state is not State.NOT_EVALUATED)
        told = frozenset((*examination.topics, *(topic_of(finding.check_id) for finding in judged)))
        is_read = any(artifact.state in READ for artifact in examination.artifacts)
        yield from (f"  {line}" for line in told_as_lines(examination.missing, told, is_read=is_read))


def _patterns(examination: Examination) -> Iterator[str]:
    known = names(examination)
    yield f"Patterns ({len(examination.patterns)})"
    for pattern in examination.patterns[:MAX_PATTERNS]:
        when = f"  {span(pattern.first, pattern.last)}" if pattern.first else ""
        yield f"  {pattern.count:>7} × {shown(as_read(pattern.template))[:200]}"
        yield f"            {known.get(pattern.artifact, pattern.artifact)}{when}"
    if len(examination.patterns) > MAX_PATTERNS:
        yield f"        and {len(examination.patterns) - MAX_PATTERNS} more"
    yield ""


def _finding(finding: Finding, known: dict[str, str]) -> Iterator[str]:
    yield ""
    yield f"  {finding.state:<5} {finding.check_id}  {shown(finding.title)}"
    if finding.next_step:
        yield f"        side: {SIDES[finding.side]}; confidence: {finding.confidence}"
    for evidence in finding.evidence:
        yield f"        {known.get(evidence.artifact, evidence.artifact)} {shown(evidence.locator)}"
        yield f"          {shown(evidence.excerpt)}"
        if evidence.expected:
            yield f"          observed {shown(evidence.observed)}; expected {shown(evidence.expected)}"
    if finding.next_step:
        yield f"        next: {shown(finding.next_step)}"
