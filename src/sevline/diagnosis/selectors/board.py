"""What is read about a diagnosis; the person comes first in each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case as When
from django.db.models import Count, Exists, IntegerField, OuterRef, Prefetch, QuerySet, Sum, Value
from django.db.models import When as If

from sevline.cases.models import UNKNOWN, Case, Message, MessageKind
from sevline.cases.selectors.outbound import WORKS
from sevline.catalog import selectors as catalog
from sevline.catalog.models import SignalRequest
from sevline.core.checks import every_check
from sevline.core.finding import State
from sevline.core.hypothesis import Confidence, HypothesisState, ReproductionRate, may_be_public, reproduction_rate
from sevline.core.leading import FIRST_OF_SIGN_IN, GROUPS, REFUSED_FOR, SIGN_IN, STATED
from sevline.core.mining.slots import as_read
from sevline.core.readers.moments import plain
from sevline.core.runbook import Answer, Outcome, Runbook, Seen, Situation, Walk, read_situation, walk
from sevline.core.together import reading
from sevline.diagnosis.models import (
    Cause,
    ChangeCheck,
    FilesRead,
    Finding,
    Hypothesis,
    KnownErrorSearch,
    Likelihood,
    Link,
    Reproduction,
    RunbookStep,
    TelemetryGap,
    Test,
    Workaround,
)
from sevline.evidence.models import Item, Pattern, RedactionRun, Upload, UploadState
from sevline.people.models import Person
from sevline.platform.models import Job, JobStatus

MOST_SEEN = 300
STATE_ORDER = ("FAIL", "WARN", "INFO", "PASS", "NOT_EVALUATED")


def register(person: Person, case: Case) -> QuerySet[Item]:
    """The evidence that claims may name, E-1 first."""
    return Item.objects.filter(case__in=_visible(person, case), withdrawn_at__isnull=True)


def _visible(person: Person, case: Case) -> QuerySet[Case]:
    return Case.objects.visible_to(person).filter(pk=case.pk)


def may_name_the_cause(case: Case) -> bool:
    """Whether customers may be told the cause as a fact: the newest one that stands is confirmed. One query."""
    newest = Cause.objects.filter(case=case, refuted_at__isnull=True).first()
    return newest is not None and may_be_public(Confidence(newest.confidence))


def _rank(field: str, order: Iterable[str]) -> When:
    ranked = [If(**{field: value}, then=Value(place)) for place, value in enumerate(order)]
    return When(*ranked, default=Value(99), output_field=IntegerField())


def of_pattern(person: Person, case: Case, number: int) -> dict[str, Any]:
    """What a hypothesis of a log pattern starts with: what is seen, and the register's rows of it; {} where none is."""
    found = Pattern.objects.filter(
        pk=number, artifact__upload__state=UploadState.AVAILABLE, artifact__upload__case__in=_visible(person, case)
    ).first()
    if found is None:
        return {}
    since = f" since {plain(found.first_at)}" if found.first_at else ""
    records = f"{found.count:,} {found.level or 'log'} record{'' if found.count == 1 else 's'}"
    seen = f"{records}{since}: {as_read(found.template)}"
    line = f"{found.examples[0][0]}:1" if found.examples else ""
    rows = register(person, case).filter(artifact=found.artifact_id, locator=line) if line else []
    return {"claim": seen[:MOST_SEEN], "statement": seen[:MOST_SEEN], "items": [row.key for row in rows][:1]}


def _leading() -> When:
    """The groups of `core.leading.place_of`, for the database to sort by."""
    places = [If(check_id__in=REFUSED_FOR, then=Value(0)), If(check_id__in=STATED, then=Value(1))]
    places += [
        If(check_id__startswith=topic, then=Value(place)) for place, topic in enumerate(SIGN_IN, FIRST_OF_SIGN_IN)
    ]
    return When(*places, default=Value(GROUPS - 1), output_field=IntegerField())


def findings(person: Person, case: Case) -> QuerySet[Finding]:
    """What the checks said, failures first and causes before symptoms; what could not be told comes last."""
    rows = Finding.objects.filter(case__in=_visible(person, case)).select_related("upload", "item")
    return rows.order_by(_rank("state", STATE_ORDER), _leading(), "check_id", "id")


def files_read(person: Person, case: Case) -> FilesRead | None:
    """The newest reading of files side by side."""
    return FilesRead.objects.filter(case__in=_visible(person, case)).first()


#: States of a file that the checks have still to read.
UNREAD = (UploadState.RECEIVING, UploadState.QUARANTINED, UploadState.REDACTING)


def files_unread(person: Person, case: Case) -> int:
    """How many files of the case the findings do not know yet: unread, or read and not brought to the case yet."""
    every = Upload.objects.filter(case__in=_visible(person, case))
    last = files_read(person, case)
    told = RedactionRun.objects.filter(upload=OuterRef("pk")).exclude(findings=[])
    new = every.filter(
        Exists(told), ~Exists(Finding.objects.filter(upload=OuterRef("pk"))), state=UploadState.AVAILABLE
    )
    beside = [number for number, _ in last.uploads] if last else []
    return every.filter(state__in=UNREAD).count() + new.exclude(number__in=beside).count()


#: The job that reads the files of a case side by side.
READS_TOGETHER = "sevline.diagnosis.tasks.read_files_together"


def waits_to_be_read_together(person: Person, case: Case) -> bool:
    """Whether files of the case were read one by one and it is still open what they say together."""
    read = Upload.objects.filter(case__in=_visible(person, case), state=UploadState.AVAILABLE).count()
    waiting = Job.objects.filter(
        task_path=READS_TOGETHER, args=[case.key], status__in=(JobStatus.READY, JobStatus.RUNNING)
    ).exists()
    return waiting and read > 1


def upload_numbered(person: Person, case: Case, number: int) -> Upload | None:
    return Upload.objects.filter(case__in=_visible(person, case), number=number).first()


#: Characters of a title that are the same in a run and in the row that is kept of it.
TITLE_SAME = 200


def said_alone(upload: Upload) -> frozenset[tuple[str, str, str]]:
    """Check, state and the beginning of the title of what a file's newest run said."""
    run = upload.runs.order_by("-number").first()
    found = run.findings if run is not None else []
    return frozenset((one["check_id"], one["state"], one["title"][:TITLE_SAME]) for one in found)


def waited_alone(upload: Upload) -> frozenset[str]:
    """The checks that read something of the file in its newest run and could say nothing of it: they read other files
    beside it."""
    run = upload.runs.order_by("-number").first()
    if run is None:
        return frozenset()
    said = {one["check_id"] for one in run.findings if one["state"] != State.NOT_EVALUATED}
    silent = {one["check_id"] for one in run.findings} - said
    return reading(run.gave, every_check()) & silent


def board(person: Person, case: Case) -> dict[str, list[Hypothesis]]:
    """Hypotheses by state, the likeliest first, with their evidence and tests."""
    rows = (
        Hypothesis.objects.filter(case__in=_visible(person, case))
        .select_related("proposed_by")
        .prefetch_related(Prefetch("links", Link.objects.select_related("item")), "tests")
        .order_by(_rank("likelihood", Likelihood.values), "number")
    )
    columns: dict[str, list[Hypothesis]] = {state: [] for state in HypothesisState}
    for row in rows:
        columns[row.state].append(row)
    return columns


def tests(person: Person, case: Case) -> QuerySet[Test]:
    return Test.objects.filter(case__in=_visible(person, case)).select_related("hypothesis", "by")


def causes(person: Person, case: Case) -> QuerySet[Cause]:
    """Causes, the newest first, refuted ones too."""
    return Cause.objects.filter(case__in=_visible(person, case)).select_related("by").prefetch_related("items")


def reproductions(person: Person, case: Case) -> QuerySet[Reproduction]:
    rows = Reproduction.objects.filter(case__in=_visible(person, case))
    return rows.select_related("by").prefetch_related("items")


def rate_of(row: Reproduction) -> ReproductionRate:
    """How often it failed, in the words of the core."""
    return reproduction_rate(row.failed, row.runs, tried=row.steps)


def workarounds(person: Person, case: Case) -> QuerySet[Workaround]:
    rows = Workaround.objects.filter(case__in=_visible(person, case))
    return rows.select_related("by").prefetch_related("items")


def workaround_in_use(person: Person, case: Case) -> str:
    """The steps of the newest workaround that was shown to work or that the customer accepted; empty without one."""
    if case.workaround_state not in WORKS:
        return ""
    steps = workarounds(person, case).filter(state__in=("validated", "accepted")).values_list("steps", flat=True)
    return steps.first() or ""


def change_checks(person: Person, case: Case) -> QuerySet[ChangeCheck]:
    return ChangeCheck.objects.filter(case__in=_visible(person, case)).select_related("by")


def searches(person: Person, case: Case) -> QuerySet[KnownErrorSearch]:
    return KnownErrorSearch.objects.filter(case__in=_visible(person, case)).select_related("by")


def telemetry_gaps(person: Person, case: Case) -> QuerySet[TelemetryGap]:
    return TelemetryGap.objects.filter(case__in=_visible(person, case))


SAID_BY_CUSTOMER = (MessageKind.TICKET, MessageKind.CUSTOMER)
MOST_MESSAGES = 20


def situation(person: Person, case: Case) -> Situation:
    """What is known of a case, as runbooks read it: its ticket, when it began, what changed, what checks found."""
    messages = Message.objects.filter(case__in=_visible(person, case), kind__in=SAID_BY_CUSTOMER)
    started = case.impact.get("started", UNKNOWN)
    texts = [case.title, "" if started == UNKNOWN else f"since {started}"]
    texts += [text[:20_000] for text in messages.values_list("text", flat=True)[:MOST_MESSAGES]]
    changed = [
        found
        for row in change_checks(person, case)
        for found in (row.deploys, row.flags, row.config, row.customer_side)
        if found
    ]
    seen = [
        Seen(row.check_id, row.state, row.title, row.confidence, row.pk)
        for row in findings(person, case)
        if row.state != "INFO"
    ]
    return read_situation(
        "\n".join(texts), day=case.opened_at, issue_type=case.issue_type, changed=changed, findings=seen
    )


def runbook_steps(person: Person, case: Case) -> QuerySet[RunbookStep]:
    """What was recorded of every runbook, oldest first."""
    rows = RunbookStep.objects.filter(case__in=_visible(person, case))
    return rows.select_related("by", "test").prefetch_related("items")


def walked(
    person: Person,
    case: Case,
    book: Runbook,
    known: Situation | None = None,
    records: Iterable[RunbookStep] | None = None,
) -> Walk:
    """A runbook as it stands on the case."""
    rows = runbook_steps(person, case) if records is None else records
    answers = [
        Answer(row.step, Outcome(row.outcome), row.note) for row in rows if row.runbook == book.key and not row.proven
    ]
    return walk(book, known or situation(person, case), answers)


@dataclass(frozen=True, slots=True)
class AskedSignal:
    """A request with how many cases lacked the signal and the minutes they lost, and those gaps whose cases the person
    sees: numbers are for everybody who reads the list, cases are not."""

    request: SignalRequest
    cases: int
    minutes: int
    gaps: tuple[TelemetryGap, ...]


def asked_signals(person: Person) -> list[AskedSignal]:
    """Open requests by the minutes that their absence cost, the most first; then the closed ones."""
    rows = list(catalog.signal_requests(person))
    gaps = TelemetryGap.objects.filter(request__in=rows)
    costs = gaps.order_by().values("request").annotate(cases=Count("case", distinct=True), lost=Sum("minutes"))
    told = {cost["request"]: (cost["cases"], cost["lost"]) for cost in costs}
    seen: dict[int, list[TelemetryGap]] = {}
    for gap in gaps.filter(case__in=Case.objects.visible_to(person)).select_related("case"):
        seen.setdefault(gap.request_id or 0, []).append(gap)
    lines = [AskedSignal(row, *told.get(row.pk, (0, 0)), tuple(seen.get(row.pk, ()))) for row in rows]
    return sorted(lines, key=lambda line: (line.request.closed_at is not None, -line.minutes, line.request.pk))
