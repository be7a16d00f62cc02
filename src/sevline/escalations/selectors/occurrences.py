"""P7: the times, ids and tenants that were found, and which of them the writer of a packet lets go to Engineering.

Readers find too much as easily as too little. What people said and what fails goes by itself, ten of a kind at most;
its writer takes out what belongs to something else, brings in others that were found, and adds what no reader saw.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import QuerySet

from sevline.cases.models import Case, CaseFact, MessageKind
from sevline.core.extraction import zones
from sevline.core.extraction.occurring import is_occurrence
from sevline.core.lifecycle import Refused
from sevline.core.packet.text import utc
from sevline.core.redaction.pseudonym import fitting
from sevline.escalations.selectors.exhibits import message_id, numbers_of_messages
from sevline.escalations.selectors.failing import Failure, Rank, failures, is_failing, nearest
from sevline.evidence.models import Artifact, Pattern, UploadState
from sevline.evidence.selectors.calls import failing_times
from sevline.ui.moments import moment

MOST_IDS = 10  # of a kind go by themselves
MOST_OFFERED = 40  # of a kind stand on the form
LINE_MAX = 110  # characters of a line that stand beside a value
KINDS = ("time", "request_id", "trace_id", "tenant")
ADDED = {"time": "times", "request_id": "request_ids", "trace_id": "trace_ids"}  # the text that adds to a kind
ID_MAX = 128
REMARK = re.compile(r"\([^()]*\)")  # such as the name of a tenant behind its id
SEPARATORS = re.compile(r"[\s,;]+")
WRITTEN_AT = re.compile(r"^\W?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*\s*")  # the time that a line begins with
Added = TypeVar("Added", datetime, str)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found, by kind and in order, each value with the ids of the evidence that names it.

    A time is written in UTC to the second. `drafted` are those that people said or that fail, of the case's own tenant
    where lines name it; of these `going` are the ones that go unless the writer says otherwise.
    """

    values: Mapping[str, Mapping[str, tuple[str, ...]]]
    instants: Mapping[str, datetime]
    drafted: Mapping[str, frozenset[str]]
    told: Mapping[str, str] = field(default_factory=dict)  # where each value stands, in words
    errors: tuple[tuple[str, str], ...] = ()  # of the fault: each error as it stands, and its evidence
    is_proven: bool = False  # whether the cause or a check of the case's type rests on these errors

    def going(self, kind: str) -> tuple[str, ...]:
        found = tuple(value for value in self.values[kind] if value in self.drafted[kind])
        if kind == "time" and len(found) > MOST_IDS:
            return (*found[: MOST_IDS - 1], found[-1])
        return found[:MOST_IDS]

    def offered(self, kind: str) -> tuple[str, ...]:
        """The values that stand on the form: those that go by themselves first."""
        going = self.going(kind)
        return (*going, *(value for value in self.values[kind] if value not in going))[:MOST_OFFERED]


def of_case(case: Case) -> Seen:
    """What people said, what fails, and what else was found; seven queries, and the lines of errors in its logs."""
    rows = _facts(case)
    own = case.environment.tenant if case.environment else ""
    files = list(_readable(case))
    mine = _tenants(own, rows)
    told, calls = failures(case, files, mine), failing_times(files)
    known = [row for row in rows if row.kind != "tenant" or row.value != own]
    values: dict[str, dict[str, tuple[str, ...]]] = {kind: {} for kind in (*KINDS, "error")}
    for kind, value, source in _in_order(known, told):
        if kind in values:
            _note(values[kind], value, source)
    drafted: dict[str, set[str]] = {kind: set() for kind in values}
    for kind, value in _going_by_itself(known, told):
        drafted.setdefault(kind, set()).add(value)
    instants: dict[str, datetime] = {}
    for at, source, is_drafted in sorted(_occurrences(case, files, rows, told, calls), key=lambda one: one[0]):
        written = utc(at)
        instants[written] = at.replace(microsecond=0)
        _note(values["time"], written, source)
        drafted["time"] |= {written} if is_drafted else set()
    going = {kind: frozenset(found) for kind, found in drafted.items()}
    return Seen(values, instants, going, _places(files, known, told, calls), *_errors(told))


def _facts(case: Case) -> list[CaseFact]:
    """What was found on the case, people's words first; their messages are counted by case."""
    rows = sorted(CaseFact.objects.filter(case=case), key=lambda row: not _is_said(row))
    numbers = numbers_of_messages(case)
    for row in filter(_is_said, rows):
        row.source = f"message {numbers.get(int(row.source.removeprefix('message ')), 0)}"
    return rows


def _errors(told: Iterable[Failure]) -> tuple[tuple[tuple[str, str], ...], bool]:
    """What belongs to the fault most surely, each error with its evidence; and whether it is more than an error record
    of the own tenant."""
    surest = nearest(told, lambda one: one.text)
    return tuple(map(_error_of, surest)), bool(surest) and surest[0].rank is not Rank.OWN


def _error_of(proof: Failure) -> tuple[str, str]:
    """The error that a line of a proof names, with its message where it stands before it, else the line itself; and its
    evidence."""
    named = next(iter(proof.named("error")), "")
    line = proof.lines.get(named, "")
    said = line if named and line.startswith(f"{named}: ") else named
    return said or proof.text.splitlines()[0].strip(), proof.source


def _places(
    files: list[Artifact], rows: Iterable[CaseFact], told: Iterable[Failure], calls: Iterable[datetime]
) -> dict[str, str]:
    """Where each value was found, such as “E-2: 09:42:01 ERROR pool exhausted”: of several the one that fails."""
    found: dict[str, str] = {}
    for one in told:
        for value, line in one.lines.items():
            words = fitting(WRITTEN_AT.sub("", line), LINE_MAX)
            found.setdefault(value, ": ".join(filter(None, (one.source, words))))
    for row in filter(is_failing, Pattern.objects.filter(artifact__in=files)):
        for at, which in ((row.first_at, "first"), (row.last_at, "last")):
            if at is not None:
                found.setdefault(utc(at), f"{which} “{fitting(row.template, LINE_MAX)}”")
    for at in calls:
        found.setdefault(utc(at), "a call that failed")
    for fact in rows:
        value = utc(fact.instant) if fact.instant and fact.zone_known else fact.value
        found.setdefault(value, f"said in {_source_id(fact.source)}" if _is_said(fact) else f"named in {fact.source}")
    return found


def _in_order(rows: list[CaseFact], told: list[Failure]) -> Iterator[tuple[str, str, str]]:
    """Kind, value and source of what people said, then of what fails, then of what else was found."""
    yield from ((row.kind, row.value, _source_id(row.source)) for row in rows if _is_said(row))
    surest = {pair: one.rank for one in reversed(told) for pair in one.values}
    for one in told:
        for kind, value in one.values:
            yield kind, value, one.source if one.rank is surest[kind, value] else ""
    yield from ((row.kind, row.value, _source_id(row.source)) for row in rows)


def _going_by_itself(rows: list[CaseFact], told: list[Failure]) -> Iterator[tuple[str, str]]:
    """Kind and value of what people said, and of what belongs to the fault most surely."""
    yield from ((row.kind, row.value) for row in rows if _is_said(row))
    for kind in ("request_id", "trace_id", "error"):
        for one in nearest(told, lambda line, kind=kind: line.named(kind)):  # type: ignore[misc]  # bound in the loop
            yield from ((kind, value) for value in one.named(kind))


def _is_said(row: CaseFact) -> bool:
    return row.source.startswith("message ")


def _tenants(own: str, rows: Iterable[CaseFact]) -> frozenset[str]:
    """The tenants whose failures the case is about: that of its environment, else those that people named."""
    return frozenset((own,) if own else (row.value for row in rows if row.kind == "tenant" and _is_said(row)))


def _note(values: dict[str, tuple[str, ...]], value: str, source: str) -> None:
    known = values.setdefault(value, ())
    if source and source not in known:
        values[value] = (*known, source)


def _source_id(source: str) -> str:
    return message_id(int(source.removeprefix("message "))) if source.startswith("message ") else source


def _occurrences(
    case: Case, files: list[Artifact], rows: Iterable[CaseFact], told: list[Failure], calls: list[datetime]
) -> Iterator[tuple[datetime, str, bool]]:
    """When it happened, and whether it goes by itself: as people said with a zone and as the lines say that belong to
    the fault most surely. When something else failed is only offered."""
    yield from ((at, source, True) for at, source in _said_times(case, rows))
    surest = nearest(told, lambda one: one.times)
    yield from ((at, one.source, True) for one in surest for at in one.times)
    known = {at.replace(microsecond=0) for one in surest for at in one.times}
    others = [
        *((at, one.source) for one in told for at in one.times),
        *_error_times(files),
        *((at, "") for at in calls),
    ]
    yield from ((at, source, False) for at, source in others if at.replace(microsecond=0) not in known)


def _said_times(case: Case, rows: Iterable[CaseFact]) -> Iterator[tuple[datetime, str]]:
    """When it happened as people said it with a zone: not the date of a mail, nor a deadline, nor what was promised."""
    texts = dict(enumerate(case.messages.order_by("pk").values_list("kind", "text"), start=1))
    for row in rows:
        if row.kind != "timestamp" or row.instant is None or not row.zone_known or not _is_said(row):
            continue
        kind, text = texts.get(int(row.source.removeprefix("message ")), ("", ""))
        if kind != MessageKind.PUBLIC and is_occurrence(text, row.offset, len(row.value)):
            yield row.instant, _source_id(row.source)


def _error_times(files: list[Artifact]) -> Iterator[tuple[datetime, str]]:
    """When the first and the last record of each pattern was written that has warnings and errors only."""
    for row in filter(is_failing, Pattern.objects.filter(artifact__in=files)):
        yield from ((at, "") for at in (row.first_at, row.last_at) if at is not None)


def _readable(case: Case) -> QuerySet[Artifact]:
    return Artifact.objects.filter(upload__case=case, upload__state=UploadState.AVAILABLE)


def goes(seen: Seen, written: Mapping[str, Any], kind: str) -> tuple[str, ...]:
    """The found values of a kind that go to Engineering, as the writer of the packet chose."""
    choice: Mapping[str, list[str]] = written.get("p7", {}).get(kind, {})
    dropped, picked = set(choice.get("dropped", ())), set(choice.get("picked", ()))
    going = set(seen.going(kind))
    return tuple(value for value in seen.values[kind] if value in picked or (value in going and value not in dropped))


def chosen(seen: Seen, written: Mapping[str, Any]) -> dict[str, Any]:
    """P7 as plain values for the packet: what goes of what was found, then what its writer added."""
    times = {
        *(seen.instants[value] for value in goes(seen, written, "time")),
        *_readable_still(added_times, written.get("times", "")),
    }
    tenants = () if written.get("tenant") else goes(seen, written, "tenant")
    return {
        "occurred_at": tuple(sorted(times)),
        "request_ids": _with_added(seen, written, "request_id"),
        "trace_ids": _with_added(seen, written, "trace_id"),
        "other_tenants": {value: ", ".join(seen.values["tenant"][value]) for value in tenants},
    }


def _with_added(seen: Seen, written: Mapping[str, Any], kind: str) -> tuple[str, ...]:
    added = _readable_still(added_ids, written.get(ADDED[kind], ""))
    return tuple(dict.fromkeys((*goes(seen, written, kind), *added)))


def _readable_still(read: Callable[[str], tuple[Added, ...]], text: str) -> tuple[Added, ...]:
    """What was added, as it was checked when it was written. A word masked since then leaves it out, not the page."""
    try:
        return read(text)
    except Refused:
        return ()


def sources_of(seen: Seen, written: Mapping[str, Any], error: str) -> dict[str, tuple[str, ...]]:
    """The evidence ids of what goes, for each line of P7; those of the error follow its text as it stands now."""
    found = {
        f"p7.{kind}": tuple(
            dict.fromkeys(source for value in goes(seen, written, kind) for source in seen.values[kind][value])
        )[:MOST_IDS]
        for kind in ("time", "request_id", "trace_id")
    }
    return {**found, "p7.error": naming(seen, error)}


def naming(seen: Seen, error: str) -> tuple[str, ...]:
    """The evidence that names an error: what the cause rests on, else what was found to say it."""
    wanted = " ".join(error.split()).casefold()
    proven = [source for text, source in seen.errors if wanted and _tells(text, wanted)]
    said = [source for text, ids in seen.values["error"].items() if wanted and _tells(text, wanted) for source in ids]
    return tuple(dict.fromkeys(proven or said))[:MOST_IDS]


def _tells(text: str, wanted: str) -> bool:
    """Whether a text holds the wanted words, or they hold it."""
    known = " ".join(text.split()).casefold()
    return wanted in known or known in wanted


def added_ids(text: str) -> tuple[str, ...]:
    """The ids of a list, without remarks in brackets and words between them; Refused where one is longer than any."""
    words = _words(REMARK.sub(" ", text))
    found = tuple(word for word in words if _is_id(word)) or words
    if long := next((part for part in found if len(part) > ID_MAX), ""):
        raise Refused(f"“{long[:40]}…” has {len(long)} characters: no id is longer than {ID_MAX}.")
    return found


def tenant_meant(text: str) -> str:
    """The one id in what was typed, such as “t_1180” of “t_1180 (northwind)”; Refused for none or several."""
    outside, inside = _words(REMARK.sub(" ", text)), _words(" ".join(REMARK.findall(text)))
    for ids in (
        tuple(dict.fromkeys(filter(_is_id, outside))),
        tuple(dict.fromkeys(filter(_is_id, inside))),
        outside,
    ):
        if len(ids) == 1:
            return ids[0]
        if ids:
            break
    if not text.strip():
        return ""
    raise Refused("A tenant id is one word. Write the one that is meant, such as t_1180.")


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for part in SEPARATORS.split(text) if (word := part.strip("()“”\"'.")))


def _is_id(word: str) -> bool:
    """Whether a word among others can only be an id: it has a digit and something else."""
    return any(sign.isdecimal() for sign in word) and not word.isdecimal()


def added_times(text: str) -> tuple[datetime, ...]:
    """The instants of a list; Refused where one names no zone, or one that means several."""
    found = []
    for part in (part.strip() for part in text.replace(";", ",").split(",")):
        if not part:
            continue
        if not zones.split(part)[1]:
            raise Refused(f"“{part[:40]}” does not say its time zone. Write it such as 2026-11-25 14:40:05 CET.")
        try:
            found.append(moment(part))
        except ValueError as error:
            raise Refused(str(error)) from None
    return tuple(found)
