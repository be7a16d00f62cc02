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

    Three queries, and one file read up to the last line for each log that has errors.
    """
    files = {file.pk: file for file in artifacts}
    items = list(Item.objects.filter(case=case, withdrawn_at__isnull=True))
    named = {item.upload_id: item.key for item in reversed(items) if item.upload_id}
    texts = [*_found(case, files, named), *_cited(items), *_logged(files, named)]
    told = (_failure(line, source, tenants) for text, source in texts for line in _lines(text))
    return sorted((one for one in told if one.values or one.times), key=lambda one: one.whose)


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


def _found(case: Case, files: dict[int, Artifact], named: dict[int, str]) -> Iterator[tuple[str, str]]:
    keys = {(file.upload_id, file.key): file for file in files.values()}
    for finding in Finding.objects.filter(case=case, state__in=TOLD).order_by("state", "id"):
        for cited in finding.evidence:
            file, place = keys.get((finding.upload_id, cited["artifact"])), line_of(cited["locator"])
            whole = numbered(file, (place.line,)) if file is not None and place is not None else {}
            yield "\n".join((cited["excerpt"], *whole.values())), named.get(finding.upload_id, "")


def _cited(items: Sequence[Item]) -> Iterator[tuple[str, str]]:
    yield from ((item.excerpt, item.key) for item in items if item.excerpt)


def _logged(files: dict[int, Artifact], named: dict[int, str]) -> Iterator[tuple[str, str]]:
    """The example lines of the most frequent errors; a record of JSON names its ids beside the message."""
    rows = list(Pattern.objects.filter(artifact_id__in=list(files)).order_by("-count", "id"))
    failing = sorted(filter(is_failing, rows), key=lambda row: not {*map(str.upper, row.levels)} & ERROR_LEVELS)
    wanted: dict[int, list[int]] = {}
    for row in failing[:MOST_PATTERNS]:
        wanted.setdefault(row.artifact_id, []).extend(number for number, _ in row.examples)
    for artifact_id, numbers in wanted.items():
        file = files[artifact_id]
        yield from ((text, named.get(file.upload_id, "")) for text in numbered(file, numbers).values())


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
