"""What fails on a case, line by line: what checks found wrong, what people cited, and examples of errors in its logs.

A log names the requests of every customer, most of which went well. Only these lines say which ones a packet is about.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from sevline.cases.models import Case
from sevline.core.extraction import Fact, FactKind, extract_facts
from sevline.core.readers.position import line_of
from sevline.diagnosis.models import Finding
from sevline.escalations.selectors.exhibits import ERROR_LEVELS, TOLD
from sevline.evidence.models import Artifact, Item, Pattern
from sevline.evidence.selectors.lines import numbered

WARNINGS = frozenset({"WARN", "WARNING"})
MOST_PATTERNS = 12
KINDS = {FactKind.REQUEST_ID: "request_id", FactKind.TRACE_ID: "trace_id", FactKind.ERROR: "error"}


class Whose(IntEnum):
    """Whose failure a line tells, the case's own first."""

    OWN = 0
    UNSAID = 1
    OTHERS = 2


@dataclass(frozen=True, slots=True)
class Failure:
    """What one failing line names. `source` is the id of the evidence; `values` are pairs of kind and value."""

    whose: Whose
    source: str
    values: tuple[tuple[str, str], ...]
    times: tuple[datetime, ...]


def failures(case: Case, artifacts: Iterable[Artifact], tenants: frozenset[str]) -> list[Failure]:
    """The failing lines, the case's own tenants first, then in the order of findings, citations and logs.

    A few queries however many there are, and each file that has errors is read up to the last line of them.
    """
    files = {file.pk: file for file in artifacts}
    items = list(Item.objects.filter(case=case, withdrawn_at__isnull=True))
    named = {item.upload_id: item.key for item in reversed(items) if item.upload_id}
    found = _found(Finding.objects.filter(case=case, state__in=TOLD).order_by("state", "id"), files)
    logged = _logged(files)
    whole = _whole(files, [*((file, line) for _, _, file, line in found if file), *logged])
    texts = [
        *(
            ("\n".join((excerpt, whole.get((file, line), ""))), named.get(finding.upload_id, ""))
            for finding, excerpt, file, line in found
        ),
        *_cited(items),
        *((whole[place], named.get(files[place[0]].upload_id, "")) for place in logged if place in whole),
    ]
    told = (_failure(line, source, tenants) for text, source in texts for line in _lines(text))
    return sorted((one for one in told if one.values or one.times), key=lambda one: one.whose)


def _whole(files: dict[int, Artifact], places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """The lines at these places, by file and number."""
    read = numbered((files[file], (line,)) for file, line in places)
    return {(file, line): text for file, lines in read.items() for line, text in lines.items()}


def is_failing(pattern: Pattern) -> bool:
    """Whether a pattern has warnings and errors only."""
    return bool(pattern.levels) and {level.upper() for level in pattern.levels} <= ERROR_LEVELS | WARNINGS


def whose(pattern: Pattern, tenants: frozenset[str]) -> Whose:
    """Whose failure a pattern of a log counts; one of several tenants may be the case's own."""
    counted = set(pattern.shares.get("tenant", ()))
    if not counted or not tenants:
        return Whose.UNSAID
    if counted <= tenants:
        return Whose.OWN
    return Whose.UNSAID if counted & tenants else Whose.OTHERS


def _found(findings: Iterable[Finding], files: dict[int, Artifact]) -> list[tuple[Finding, str, int, int]]:
    """Each citation of a finding: its excerpt, and the file and line where it stands, 0 where that is not known."""
    keys = {(file.upload_id, file.key): file.pk for file in files.values()}
    found: list[tuple[Finding, str, int, int]] = []
    for finding in findings:
        for cited in finding.evidence:
            file, place = keys.get((finding.upload_id, cited["artifact"]), 0), line_of(cited["locator"])
            found.append((finding, cited["excerpt"], file, place.line if place is not None else 0))
    return found


def _cited(items: Sequence[Item]) -> Iterator[tuple[str, str]]:
    yield from ((item.excerpt, item.key) for item in items if item.excerpt)


def _logged(files: dict[int, Artifact]) -> list[tuple[int, int]]:
    """File and line of examples of the most frequent errors; a record of JSON names its ids beside the message."""
    rows = list(Pattern.objects.filter(artifact_id__in=list(files)).order_by("-count", "id"))
    failing = sorted(filter(is_failing, rows), key=lambda row: not {*map(str.upper, row.levels)} & ERROR_LEVELS)
    return [(row.artifact_id, number) for row in failing[:MOST_PATTERNS] for number, _ in row.examples]


def _lines(text: str) -> list[str]:
    """A text of one tenant as a whole, else its lines one by one."""
    tenants = {fact.value for fact in extract_facts(text) if fact.kind is FactKind.TENANT}
    return text.splitlines() if len(tenants) > 1 else [text]


def _failure(text: str, source: str, tenants: frozenset[str]) -> Failure:
    facts = extract_facts(text)
    return Failure(
        _whose(text, facts, tenants),
        source,
        tuple((KINDS[fact.kind], fact.value) for fact in facts if fact.kind in KINDS),
        tuple(fact.instant for fact in facts if fact.instant is not None and fact.zone_known),
    )


def _whose(text: str, facts: Sequence[Fact], tenants: frozenset[str]) -> Whose:
    if any(re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", text) for one in tenants):
        return Whose.OWN
    others = any(fact.kind is FactKind.TENANT for fact in facts)
    return Whose.OTHERS if others and tenants else Whose.UNSAID
