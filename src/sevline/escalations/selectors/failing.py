"""What fails on a case, line by line: what checks found wrong, what people cited, and examples of errors in its logs.

A log names the requests of every customer, most of which went well. Only these lines say which ones a packet is about.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum

from sevline.cases.models import Case
from sevline.core.extraction import Fact, FactKind, extract_facts
from sevline.core.packet.text import utc
from sevline.core.readers.position import line_of
from sevline.diagnosis.models import Cause, Finding, Link
from sevline.escalations.selectors.exhibits import ERROR_LEVELS, TOLD
from sevline.evidence.models import Artifact, Item, Pattern
from sevline.evidence.selectors.lines import numbered
from sevline.evidence.selectors.recorded import FAILED, exchanges, part_of, told_call

WARNINGS = frozenset({"WARN", "WARNING"})
MOST_PATTERNS = 12
QUIET = re.compile(r"\b(?:INFO|DEBUG|TRACE|NOTICE)\b")
FAILING = re.compile(
    r"(?i:\b(?:error|fatal|critical|severe|panic|exception|fail(?:ed|s|ure|ures|ing)?|timed?[ -]?out|refused|exhausted"
    r"|denied|rejected|unavailable|aborted)\b)"
)
KINDS = {FactKind.REQUEST_ID: "request_id", FactKind.TRACE_ID: "trace_id", FactKind.ERROR: "error"}


class Whose(IntEnum):
    """Whose failure a line tells, the case's own first."""

    OWN = 0
    UNSAID = 1
    OTHERS = 2


@dataclass(frozen=True, slots=True)
class Failure:
    """What one failing line names. `source` is the id of the evidence; `values` are pairs of kind and value.

    `proves` where the cause or a supported hypothesis rests on it. `text` is the line, and `lines` the one of several
    that names a value or, written in UTC, a time.
    """

    whose: Whose
    source: str
    values: tuple[tuple[str, str], ...]
    times: tuple[datetime, ...]
    text: str = ""
    lines: Mapping[str, str] = field(default_factory=dict)
    proves: bool = False


def failures(case: Case, artifacts: Iterable[Artifact], tenants: frozenset[str]) -> list[Failure]:
    """The failing lines: what the cause rests on first, then the case's own tenants, then in the order of findings,
    citations and logs.

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
    told = [_failure(line, source, tenants) for text, source in texts for line in _lines(text)]
    proofs = [replace(_failure(text, item.key, tenants), proves=True) for item, text in _proofs(case, items, files)]
    all_of_them = [*proofs, *(one for one in told if one.values or one.times)]
    return sorted(all_of_them, key=lambda one: (not one.proves, one.whose))


def _proofs(case: Case, items: Sequence[Item], files: dict[int, Artifact]) -> list[tuple[Item, str]]:
    """The failing lines of what the cause and the supported hypotheses rest on; the line of a deploy is none."""
    causes = Cause.objects.filter(case=case, refuted_at__isnull=True).values_list("items", flat=True)
    linked = Link.objects.filter(hypothesis__case=case, hypothesis__state="supported", side="for")
    wanted = {*causes, *linked.values_list("item", flat=True)}
    relied = [item for item in items if item.pk in wanted]
    places = {item.pk: place for item in relied if (place := _place(item, files))}
    whole, called = _whole(files, places.values()), _called(relied, files)
    found = []
    for item in relied:
        lines = (item.excerpt, whole.get(places.get(item.pk, (0, 0)), ""), called.get(item.pk, ""))
        failing = [line for line in "\n".join(lines).splitlines() if fails(line)]
        if failing:
            found.append((item, "\n".join(dict.fromkeys(failing))))
    return found


def _place(item: Item, files: dict[int, Artifact]) -> tuple[int, int] | None:
    """File and line of what is cited, where it is one line."""
    at = line_of(item.locator)
    return (item.artifact_id, at.line) if at is not None and item.artifact_id in files else None


def _called(relied: Sequence[Item], files: dict[int, Artifact]) -> dict[int, str]:
    """For each item that cites a part of a recorded call: the call in one line. Each recording is read once."""
    cites = [item for item in relied if item.artifact_id in files and item.locator.startswith("/")]
    calls = {key: exchanges(files[key]) for key in {item.artifact_id for item in cites} if key is not None}
    found = {item.pk: part_of(calls[item.artifact_id or 0], item.locator) for item in cites}
    return {pk: told_call(call)[0] for pk, call in found.items() if call is not None}


def fails(line: str) -> bool:
    """Whether a line tells of a failure: by its level, by a status of 400 and more, or in words."""
    if any(fact.kind is FactKind.ERROR or _is_bad(fact) for fact in extract_facts(line)):
        return True
    return bool(FAILING.search(line)) and not QUIET.search(line)


def _is_bad(fact: Fact) -> bool:
    return fact.kind is FactKind.STATUS and int(fact.value) >= FAILED


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
    named = [fact for fact in facts if fact.kind in KINDS or (fact.instant is not None and fact.zone_known)]
    return Failure(
        _whose(text, facts, tenants),
        source,
        tuple((KINDS[fact.kind], fact.value) for fact in facts if fact.kind in KINDS),
        tuple(fact.instant for fact in facts if fact.instant is not None and fact.zone_known),
        text,
        {utc(fact.instant) if fact.instant else fact.value: _line_at(text, fact.source_offset) for fact in named},
    )


def _line_at(text: str, offset: int) -> str:
    begin = text.rfind("\n", 0, offset) + 1
    return text[begin:].partition("\n")[0].strip()


def _whose(text: str, facts: Sequence[Fact], tenants: frozenset[str]) -> Whose:
    if any(re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", text) for one in tenants):
        return Whose.OWN
    others = any(fact.kind is FactKind.TENANT for fact in facts)
    return Whose.OTHERS if others and tenants else Whose.UNSAID
