"""Answers of the logs of a case: whom a failure touched, whether a fix holds, and the records that they rest on."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from sevline.cases.models import Case
from sevline.core.mining.surfacing.impact import DIMENSIONS, Impact, drift
from sevline.core.readers.logs.events import LogEvent
from sevline.evidence.models import CheckRun, ImpactAnswer, SuccessCheck
from sevline.evidence.selectors.logs import events_of, mined_logs, names_of, within
from sevline.people.models import Person

LARGEST = 96 * 2**20
"""Bytes of redacted logs that are counted at once, the smaller files first; what is left out is named."""

MOST_LISTED = 12


@dataclass(frozen=True, slots=True)
class CaseRecords:
    """`events` can be gone through once. `source`: the names of the logs; `left_out`: those that are not read."""

    events: Iterator[LogEvent]
    source: str
    left_out: tuple[str, ...]
    uploads: frozenset[int]


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """`listed`: values that are affected with their records, most first; `more`: how many are not listed."""

    name: str
    affected: int
    active: int
    share: float | None
    listed: tuple[tuple[str, int], ...]
    more: int

    @property
    def percent(self) -> str:
        return "" if self.share is None else f"{self.share * 100:.0f}"


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """`drifted`: what the same query answers otherwise than when it was last asked; None where it was asked once."""

    answer: ImpactAnswer
    impact: Impact
    scopes: tuple[ScopeRow, ...]
    drifted: tuple[str, ...] | None


def records_of(person: Person, case: Case) -> CaseRecords:
    """The records of all logs of the case that the person may see."""
    files = mined_logs(person, case)
    names = names_of(files)
    kept, left_out = within(files, names, LARGEST)
    events = (event for file in kept for event in events_of(file, names[file.pk]))
    source = ", ".join(names[file.pk] for file in kept)
    return CaseRecords(events, source, left_out, frozenset(file.upload_id for file in kept))


def answers(person: Person, case: Case) -> list[AnswerRow]:
    """The answers of a case, the latest first, each beside the one before it to the same query."""
    visible = Case.objects.visible_to(person).filter(pk=case.pk)
    found = list(ImpactAnswer.objects.filter(case__in=visible).select_related("asked_by", "item")[:40])
    rows: list[AnswerRow] = []
    for place, answer in enumerate(found):
        impact = answer.impact()
        earlier = next((one for one in found[place + 1 :] if one.asked == answer.asked), None)
        drifted = None if earlier is None else drift(earlier.impact(), impact)
        rows.append(AnswerRow(answer, impact, scope_rows(impact), drifted))
    return rows


def scope_rows(impact: Impact) -> tuple[ScopeRow, ...]:
    """Dimensions that any record names."""
    rows = []
    for name in DIMENSIONS:
        scope = impact.scopes[name]
        listed = tuple(sorted(scope.affected.items(), key=lambda found: (-found[1], found[0])))
        if scope.active:
            more = max(0, len(listed) - MOST_LISTED)
            rows.append(
                ScopeRow(name.value, len(listed), scope.active, scope.share, listed[:MOST_LISTED], more)
            )  # fmt: skip
    return tuple(rows)


def checks(person: Person, case: Case) -> QuerySet[SuccessCheck]:
    """The checks of a case with their comparisons, the latest first."""
    visible = Case.objects.visible_to(person).filter(pk=case.pk)
    runs = Prefetch("runs", CheckRun.objects.select_related("by", "item"))
    return SuccessCheck.objects.filter(case__in=visible).select_related("written_by").prefetch_related(runs)
