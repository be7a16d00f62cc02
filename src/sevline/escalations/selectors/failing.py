"""What fails on a case, line by line: what checks found wrong, what people cited, and examples of errors in its logs.

A log names the requests of every customer, most of which went well. Only these lines say which ones a packet is about.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import IntEnum
from itertools import takewhile
from typing import Any

from sevline.cases.models import Case
from sevline.core.extraction import Fact, FactKind, extract_facts
from sevline.core.extraction.occurring import is_occurrence
from sevline.core.faults import belongs_to
from sevline.core.packet.text import utc
from sevline.core.readers.http import Exchange
from sevline.core.readers.position import line_of
from sevline.diagnosis.models import Cause, Finding, Link
from sevline.escalations.selectors.exhibits import ERROR_LEVELS, TOLD
from sevline.evidence.models import Artifact, Item, Pattern
from sevline.evidence.selectors.lines import numbered
from sevline.evidence.selectors.recorded import FAILED, exchanges_of, failed, part_of, told_call

WARNINGS = frozenset({"WARN", "WARNING"})
MOST_PATTERNS = 12
MOST_OF_A_RECORD = 60  # lines of a stack trace that are read
MILD = re.compile(r"\b(?:INFO|DEBUG|TRACE|NOTICE|WARN|WARNING)\b")
BEGINS = re.compile(r"^\W?\d{4}-\d\d-\d\d[T ]|^\W?\d\d:\d\d:\d\d|^[{<]|^[A-Z][a-z]{2} +\d{1,2} \d\d:")  # a record
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


class Rank(IntEnum):
    """How surely a line tells of the fault of the case, the surest first."""

    PROOF = 0  # the cause or a supported hypothesis rests on it
    FAULT = 1  # a check of the case's own type failed on it
    OWN = 2  # an error that names the case's own tenant
    OTHER = 3  # what else failed


@dataclass(frozen=True, slots=True)
class Failure:
    """What one failing line names. `source` is the id of the evidence; `values` are pairs of kind and value.

    `text` is the line, and `lines` the one of several that names a value or, written in UTC, a time.
    """

    whose: Whose
    source: str
    values: tuple[tuple[str, str], ...]
    times: tuple[datetime, ...]
    text: str = ""
    lines: Mapping[str, str] = field(default_factory=dict)
    rank: Rank = Rank.OTHER

    def named(self, kind: str) -> tuple[str, ...]:
        return tuple(value for known, value in self.values if known == kind)


def nearest(told: Iterable[Failure], names: Callable[[Failure], Collection[Any]]) -> list[Failure]:
    """Of the lines that name something those that belong to the fault most surely; none where none belongs to it."""
    naming = [one for one in told if one.rank is not Rank.OTHER and names(one)]
    surest = min((one.rank for one in naming), default=Rank.OTHER)
    return [one for one in naming if one.rank is surest]


def failures(case: Case, artifacts: Iterable[Artifact], tenants: frozenset[str]) -> list[Failure]:
    """The failing lines: what the cause rests on first, then what belongs to the case's fault, then the rest in the
    order of findings, citations and logs.

    A few queries however many there are, and each file that has errors is read up to the last line of them.
    """
    files = {file.pk: file for file in artifacts}
    patterns = list(Pattern.objects.filter(artifact_id__in=list(files)).order_by("-count", "id"))
    items = list(Item.objects.filter(case=case, withdrawn_at__isnull=True))
    named = {item.upload_id: item.key for item in reversed(items) if item.upload_id}
    found = _found(Finding.objects.filter(case=case, state__in=TOLD).order_by("state", "id"), files)
    logged = _logged(patterns)
    whole = _whole(files, [*((row.file, row.line) for row in found if row.file), *logged])
    calls = _Calls(files, found, items)
    texts = [
        *((row.told(whole, calls), named.get(row.finding.upload_id, ""), row.rank(case)) for row in found),
        *((text, source, Rank.OTHER) for text, source in _cited(items)),
        *((whole[place], named.get(files[place[0]].upload_id, ""), Rank.OTHER) for place in logged if place in whole),
    ]
    told = [_ranked(line, source, tenants, rank) for text, source, rank in texts for line in _lines(text)]
    proofs = _proofs(case, items, files, calls, patterns, tenants)
    all_of_them = [*proofs, *(one for one in told if one.values or one.times)]
    return sorted(all_of_them, key=lambda one: (one.rank, one.whose))


def _ranked(text: str, source: str, tenants: frozenset[str], rank: Rank) -> Failure:
    """A line with its rank: whoever cites it, the line itself has to tell of a failure, and not of another tenant's."""
    told = _failure(text, source, tenants)
    if not fails(text) or told.whose is Whose.OTHERS:
        return told
    if rank is Rank.OTHER and told.whose is Whose.OWN and not MILD.search(text):
        return replace(told, rank=Rank.OWN)
    return replace(told, rank=rank)


class _Calls:
    """The calls of those recordings in which a finding or an item of the register cites a place, all read at once."""

    def __init__(self, files: Mapping[int, Artifact], found: Iterable["_Place"], items: Iterable[Item]) -> None:
        places = [*((row.file, row.locator) for row in found), *((item.artifact_id, item.locator) for item in items)]
        cited = {file for file, locator in places if file in files and locator.startswith("/")}
        self._read = exchanges_of(files[file] for file in sorted(filter(None, cited)))

    def at(self, file: int | None, locator: str) -> Exchange | None:
        """The call that failed and of which a place is a part; None where it went well, or the place is in no call."""
        if file is None or not locator.startswith("/"):
            return None
        call = part_of(self._read.get(file, ()), locator)
        return call if call is not None and failed(call) else None


@dataclass(frozen=True, slots=True)
class _Place:
    """One citation of a finding: its excerpt, and the file and line where it stands, 0 where that is not known."""

    finding: Finding
    excerpt: str
    file: int
    line: int
    locator: str

    def told(self, whole: Mapping[tuple[int, int], str], calls: _Calls) -> str:
        """The call that is cited, else the excerpt with its line."""
        call = calls.at(self.file, self.locator)
        return _told(call) if call else "\n".join((self.excerpt, whole.get((self.file, self.line), "")))

    def rank(self, case: Case) -> Rank:
        is_fault = self.finding.state == "FAIL" and belongs_to(case.issue_type, self.finding.check_id)
        return Rank.FAULT if is_fault else Rank.OTHER


def _told(call: Exchange) -> str:
    return "\n".join(told_call(call))


def _proofs(
    case: Case,
    items: Sequence[Item],
    files: dict[int, Artifact],
    calls: _Calls,
    patterns: Sequence[Pattern],
    tenants: frozenset[str],
) -> list[Failure]:
    """What the cause and the supported hypotheses rest on, as far as it fails; the line of a deploy is no failure."""
    causes = Cause.objects.filter(case=case, refuted_at__isnull=True).values_list("items", flat=True)
    linked = Link.objects.filter(hypothesis__case=case, hypothesis__state="supported", side="for")
    wanted = {*causes, *linked.values_list("item", flat=True)}
    relied = [item for item in items if item.pk in wanted]
    places = {item.pk: place for item in relied if (place := _place(item, files))}
    records = _records(files, places.values())
    found = []
    for item in relied:
        call = calls.at(item.artifact_id, item.locator)
        record = records.get(places.get(item.pk, (0, 0)), ())
        failing = [line for line in (*item.excerpt.splitlines(), *record) if fails(line)]
        text = _told(call) if call else "\n".join(dict.fromkeys(failing))
        if text:
            told = replace(_failure(text, item.key, tenants), rank=Rank.PROOF)
            found.append(_with_its_pattern(told, places.get(item.pk), patterns))
    return found


def _with_its_pattern(proof: Failure, place: tuple[int, int] | None, patterns: Sequence[Pattern]) -> Failure:
    """A cited record of a log with when the same message was written first and last."""
    for row in filter(is_failing, patterns):
        ends = [at for at in (row.first_at, row.last_at) if at is not None]
        is_example = place is not None and place[1] in {number for number, _ in row.examples}
        if place is None or row.artifact_id != place[0] or not (is_example or set(ends) & set(proof.times)):
            continue
        said = {utc(at): f"{which} “{row.template}”" for at, which in zip(ends, ("first", "last"), strict=False)}
        return replace(proof, times=tuple(dict.fromkeys((*proof.times, *ends))), lines={**said, **proof.lines})
    return proof


def _place(item: Item, files: dict[int, Artifact]) -> tuple[int, int] | None:
    """File and line of what is cited, where it is one line."""
    at = line_of(item.locator)
    return (item.artifact_id, at.line) if at is not None and item.artifact_id in files else None


def _records(files: dict[int, Artifact], places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], tuple[str, ...]]:
    """The record that begins at each place: its line, and of its stack trace the last line that is not indented, which
    names the exception itself."""
    wanted = list(places)
    read = _whole(files, ((file, line + more) for file, line in wanted for more in range(MOST_OF_A_RECORD)))
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    for file, line in wanted:
        more = list(
            takewhile(
                lambda text: text and not BEGINS.match(text),
                (read.get((file, line + n), "") for n in range(1, MOST_OF_A_RECORD)),
            )
        )
        thrown = [text for text in more if not text[:1].isspace() and names_an_error(text)]
        found[file, line] = (read.get((file, line), ""), *thrown[-1:])
    return found


def names_an_error(line: str) -> bool:
    return any(fact.kind is FactKind.ERROR for fact in extract_facts(line))


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


def _found(findings: Iterable[Finding], files: dict[int, Artifact]) -> list[_Place]:
    """Each place that a finding cites."""
    keys = {(file.upload_id, file.key): file.pk for file in files.values()}
    found: list[_Place] = []
    for finding in findings:
        for cited in finding.evidence:
            file, place = keys.get((finding.upload_id, cited["artifact"]), 0), line_of(cited["locator"])
            line = place.line if place is not None else 0
            found.append(_Place(finding, cited["excerpt"], file, line, cited["locator"]))
    return found


def _cited(items: Sequence[Item]) -> Iterator[tuple[str, str]]:
    yield from ((item.excerpt, item.key) for item in items if item.excerpt)


def _logged(patterns: Iterable[Pattern]) -> list[tuple[int, int]]:
    """File and line of examples of the most frequent errors; a record of JSON names its ids beside the message."""
    failing = sorted(filter(is_failing, patterns), key=lambda row: not {*map(str.upper, row.levels)} & ERROR_LEVELS)
    return [(row.artifact_id, number) for row in failing[:MOST_PATTERNS] for number, _ in row.examples]


def _lines(text: str) -> list[str]:
    """A text of one tenant as a whole, else its lines one by one."""
    tenants = {fact.value for fact in extract_facts(text) if fact.kind is FactKind.TENANT}
    return text.splitlines() if len(tenants) > 1 else [text]


def _failure(text: str, source: str, tenants: frozenset[str]) -> Failure:
    facts = extract_facts(text)
    times = {fact: at for fact in facts if (at := _when(text, fact)) is not None}
    named = {fact.value: fact for fact in facts if fact.kind in KINDS} | {utc(at): fact for fact, at in times.items()}
    return Failure(
        _whose(text, facts, tenants),
        source,
        tuple((KINDS[fact.kind], fact.value) for fact in facts if fact.kind in KINDS),
        tuple(times.values()),
        text,
        {value: _line_at(text, fact.source_offset) for value, fact in named.items()},
    )


def _when(text: str, fact: Fact) -> datetime | None:
    """When a line was written or a call was made; the record of a log that names no zone is read as UTC, as its
    patterns are."""
    is_record = text.startswith("{")
    if fact.instant is None or not is_occurrence(text, fact.source_offset, len(fact.value), is_record=is_record):
        return None
    if fact.zone_known:
        return fact.instant
    begins_line = fact.source_offset == 0 or text[fact.source_offset - 1] in "\n["
    return fact.instant.replace(tzinfo=UTC) if begins_line else None


def _line_at(text: str, offset: int) -> str:
    begin = text.rfind("\n", 0, offset) + 1
    return text[begin:].partition("\n")[0].strip()


def _whose(text: str, facts: Sequence[Fact], tenants: frozenset[str]) -> Whose:
    if any(re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", text) for one in tenants):
        return Whose.OWN
    others = any(fact.kind is FactKind.TENANT for fact in facts)
    return Whose.OTHERS if others and tenants else Whose.UNSAID
