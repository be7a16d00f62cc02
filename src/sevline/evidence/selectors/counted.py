"""Answers of the logs of a case: whom a failure touched, whether a fix holds, and the logs that they rest on."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from sevline.cases.models import Case
from sevline.core.mining.surfacing.impact import DIMENSIONS, Impact, drift
from sevline.core.readers.logs.events import LogEvent
from sevline.evidence.models import Artifact, CheckRun, Counting, ImpactAnswer, SuccessCheck
from sevline.evidence.selectors.logs import events_of, mined_logs, names_of, within
from sevline.people.models import Person
from sevline.platform.models import Job, JobStatus

LARGEST = 256 * 2**20
"""Bytes of redacted logs that are counted together, the smaller files first; what is left out is named."""

MOST_LISTED = 12
MOST_ANSWERS = 40
MOST_NAMED = 5

Read = Sequence[Sequence[object]]
"""As `Counting.read`: of each log its key, its SHA-256 and its name."""


@dataclass(frozen=True, slots=True)
class CaseLogs:
    """The logs that a count goes through. `left_out`: sentences about those that it does not."""

    files: tuple[Artifact, ...]
    names: Mapping[int, str]
    left_out: tuple[str, ...]

    @property
    def source(self) -> str:
        return ", ".join(self.names[file.pk] for file in self.files)

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)

    def read(self) -> list[list[object]]:
        """What of them is kept with an answer, to tell later whether they are still the same."""
        return [[file.pk, file.sha256, self.names[file.pk]] for file in self.files]

    def events(self, told: Callable[[int], None] | None = None) -> Iterator[LogEvent]:
        """The records of all of them; `told` is handed the size of each block that was read."""
        return (event for file in self.files for event in events_of(file, self.names[file.pk], told))


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
class HowFar:
    """What a job says of itself. `lost`: it used up its attempts, or is not there any more."""

    percent: int = 0
    note: str = ""
    lost: bool = False


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """`drifted`: what the same query answers otherwise than when it was last asked; None where it was asked once.

    `changed`: how the logs differ from those that were counted. Both are empty while the answer is not there.
    """

    answer: ImpactAnswer
    impact: Impact
    scopes: tuple[ScopeRow, ...]
    drifted: tuple[str, ...] | None
    changed: str = ""
    far: HowFar | None = None


@dataclass(frozen=True, slots=True)
class RunRow:
    run: CheckRun
    changed: str = ""
    far: HowFar | None = None


@dataclass(frozen=True, slots=True)
class CheckRows:
    check: SuccessCheck
    runs: tuple[RunRow, ...]

    @property
    def waits(self) -> bool:
        return any(row.far is not None and not row.far.lost for row in self.runs)


def logs_of(person: Person, case: Case) -> CaseLogs:
    """The logs of the case that the person may see and that are counted together."""
    files = mined_logs(person, case)
    names = names_of(files)
    kept, left_out = within(files, names, LARGEST)
    return CaseLogs(tuple(kept), names, left_out)


def answers(person: Person, case: Case) -> list[AnswerRow]:
    """The answers of a case, the latest first, each beside the one before it to the same query."""
    visible = Case.objects.visible_to(person).filter(pk=case.pk)
    found = list(ImpactAnswer.objects.filter(case__in=visible).select_related("asked_by", "item")[:MOST_ANSWERS])
    done = [one for one in found if one.is_done]
    jobs, now = how_far(found), logs_of(person, case).read() if done else []
    return [_answer_row(answer, done, jobs, now) for answer in found]


def _answer_row(answer: ImpactAnswer, done: list[ImpactAnswer], jobs: dict[int, HowFar], now: Read) -> AnswerRow:
    impact = answer.impact()
    if not answer.is_done:
        return AnswerRow(answer, impact, (), None, far=jobs.get(answer.pk))
    same = [one for one in done if one.asked == answer.asked]
    earlier = next((one for one in same if one.number < answer.number), None)
    drifted = None if earlier is None else drift(earlier.impact(), impact)
    changed = changes_since(answer.read, now) if same[0].pk == answer.pk else ""
    return AnswerRow(answer, impact, scope_rows(impact), drifted, changed)


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


def checks(person: Person, case: Case) -> list[CheckRows]:
    """The checks of a case with their comparisons, the latest first."""
    visible = Case.objects.visible_to(person).filter(pk=case.pk)
    runs = Prefetch("runs", CheckRun.objects.select_related("by", "item", "check_row"))
    found = SuccessCheck.objects.filter(case__in=visible).select_related("written_by").prefetch_related(runs)
    told = [(check, list(check.runs.all())) for check in found]
    of_all = [run for _, of_check in told for run in of_check]
    jobs = how_far(of_all)
    now = logs_of(person, case).read() if any(run.is_done for run in of_all) else []
    return [CheckRows(check, _run_rows(of_check, jobs, now)) for check, of_check in told]


def _run_rows(runs: list[CheckRun], jobs: dict[int, HowFar], now: Read) -> tuple[RunRow, ...]:
    latest = next((run.pk for run in runs if run.is_done), None)
    return tuple(
        RunRow(run, changes_since(run.read, now) if run.pk == latest else "", jobs.get(run.pk)) for run in runs
    )


def how_far(found: Iterable[Counting]) -> dict[int, HowFar]:
    """Of each row that waits for its job, how far that is. One query, none where nothing waits."""
    waiting = {job_key(row): row.pk for row in found if row.waits}
    if not waiting:
        return {}
    told = dict.fromkeys(waiting.values(), HowFar(lost=True))
    jobs = Job.objects.filter(idempotency_key__in=waiting)
    for key, status, percent, note in jobs.values_list("idempotency_key", "status", "progress", "note"):
        if key:
            told[waiting[key]] = HowFar(percent, note, status == JobStatus.FAILED)
    return told


def job_key(row: Counting) -> str:
    """The key under which the job of a row was queued: by the event that asked for it."""
    task = "on_impact_asked" if isinstance(row, ImpactAnswer) else "on_comparison_asked"
    return f"event:{row.asked_seq}:{task}"


def changes_since(then: Read | None, now: Read) -> str:
    """How the logs differ from those that an answer rests on, as a sentence; empty where they do not, or where it was
    not kept which those were."""
    if then is None:
        return ""
    before, after = ({row[0]: row for row in part} for part in (then, now))
    came = [str(after[key][2]) for key in after.keys() - before.keys()]
    told = [f"{_named(came)} came", *differences(then, now)] if came else differences(then, now)
    return f"Since this was counted, {_joined(told)}." if told else ""


def differences(then: Read, now: Read) -> list[str]:
    """Which logs of `then` are not there as they were; those that came are none of them."""
    after = {row[0]: row for row in now}
    went = [str(row[2]) for row in then if row[0] not in after]
    anew = [str(row[2]) for row in then if row[0] in after and after[row[0]][1] != row[1]]
    told = [f"{_named(went)} became unavailable"] if went else []
    return [*told, f"{_named(anew)} changed"] if anew else told


def _named(names: list[str]) -> str:
    listed = sorted(names)
    if len(listed) > MOST_NAMED:
        return f"{', '.join(listed[:MOST_NAMED])} and {len(listed) - MOST_NAMED} more"
    return _joined(listed)


def _joined(parts: list[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)
