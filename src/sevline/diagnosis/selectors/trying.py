"""What is read about targets, probes, requests, their runs and recipes; the person comes first in each."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
from django.db.models import QuerySet

from sevline.cases.models import Case
from sevline.core.hypothesis import RUNS_MIN
from sevline.core.lifecycle import Refused
from sevline.core.readers.http import Exchange
from sevline.core.reproduction.request import RequestSpec
from sevline.core.reproduction.runs import Comparison, Run, matrix, runs_needed
from sevline.diagnosis.models import JobState, Probe, Recipe, Reproduction, RunSet, SavedRequest, Target
from sevline.evidence.models import Artifact, UploadState
from sevline.evidence.selectors.recorded import LARGEST, exchanges, failed
from sevline.people.models import Person

MOST_CALLS = 200


def _visible(person: Person, case: Case) -> QuerySet[Case]:
    return Case.objects.visible_to(person).filter(pk=case.pk)


def targets(person: Person, case: Case) -> QuerySet[Target]:
    """The hosts that may be called now."""
    rows = Target.objects.filter(case__in=_visible(person, case), removed_at=None)
    return rows.select_related("by")


def probes(person: Person, case: Case) -> QuerySet[Probe]:
    return Probe.objects.filter(case__in=_visible(person, case)).select_related("target", "upload", "by")


def saved_requests(person: Person, case: Case) -> QuerySet[SavedRequest]:
    return SavedRequest.objects.filter(case__in=_visible(person, case)).select_related("upload", "by")


def run_sets(person: Person, case: Case, kept: SavedRequest | None = None) -> QuerySet[RunSet]:
    """Sets of runs, the newest first; of one request where it is given."""
    rows = RunSet.objects.filter(case__in=_visible(person, case))
    rows = rows if kept is None else rows.filter(request=kept)
    return rows.select_related("target", "request", "by", "hypothesis", "test", "item")


def recipe(person: Person, case: Case) -> Recipe | None:
    """The newest recipe."""
    return Recipe.objects.filter(case__in=_visible(person, case)).select_related("by").first()


def spec_of(kept: SavedRequest) -> RequestSpec:
    return msgspec.convert(kept.spec, RequestSpec)


def recordings(person: Person, case: Case) -> QuerySet[Artifact]:
    """Files of the case whose calls can be repeated."""
    rows = Artifact.objects.filter(
        upload__case__in=_visible(person, case),
        upload__state=UploadState.AVAILABLE,
        kind__in=("har", "access_log"),
        sealed_id__isnull=False,
        size__lte=LARGEST,
    )
    return rows.select_related("upload").order_by("upload__number", "id")


def calls_of(file: Artifact, *, only_failed: bool) -> tuple[list[Exchange], int]:
    """The calls of a recording in its order, and how many there are in all."""
    every = exchanges(file)
    shown = [call for call in every if failed(call)] if only_failed else every
    return list(shown[:MOST_CALLS]), len(shown)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Sets of runs against their variables. `differing` are the variables in which any two of them differ."""

    names: tuple[str, ...]
    rows: tuple[tuple[RunSet, tuple[tuple[str, str], ...]], ...]
    pairs: tuple[tuple[str, Comparison], ...]


def compared(rows: Iterable[RunSet]) -> Matrix | None:
    """What ended sets of runs of one request say beside one another; None for fewer than two."""
    ended = [row for row in rows if row.state == JobState.DONE]
    if len(ended) < 2:
        return None
    told = {row.pk: {"target": row.target.origin, **row.variables} for row in ended}
    names = sorted({name for variables in told.values() for name in variables})
    runs = [Run(told[row.pk], row.failed > 0, row.key) for row in reversed(ended[:12])]
    pairs = tuple((f"{one.one} and {one.two}", one) for one in matrix(runs)[:12])
    table = tuple((row, tuple((name, told[row.pk].get(name, "")) for name in names)) for row in ended)
    return Matrix(tuple(names), table, pairs)


def runs_until_sure(person: Person, case: Case) -> str:
    """How many clean runs verify a fix, by the rate of the newest reproduction that failed; "" without one."""
    rows = Reproduction.objects.filter(case__in=_visible(person, case), failed__gt=0, runs__gte=RUNS_MIN)
    before = rows.first()
    return _until_sure(before.failed, before.runs, str(before)) if before is not None else ""


def runs_of_this_until_sure(rows: Iterable[RunSet]) -> str:
    """The same of one request, by its own newest runs that failed; "" where it never failed."""
    before = next((row for row in rows if row.failed and row.runs >= RUNS_MIN), None)
    if before is None:
        return ""
    return _until_sure(before.failed, before.runs, f"{before.failed}/{before.runs} on {before.target.origin}")


def _until_sure(failed: int, runs: int, before: str) -> str:
    try:
        return f"{runs_needed(failed / runs)} clean runs verify a fix: before it, {before} failed."
    except Refused:
        return ""
