"""What the pages show of data queries: reviewed queries first, grants, runs, and how much is free-form."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from sevline.cases.models import Case
from sevline.core.rights import Right, require
from sevline.core.sql.library import QueryRow, share
from sevline.dataquery.actions import GRANT_HOURS
from sevline.dataquery.models import AdHocQuery, QueryRun
from sevline.dataquery.sources import library
from sevline.governance.models import ApprovalState
from sevline.people.models import Person
from sevline.platform import clock


@dataclass(frozen=True, slots=True)
class Usage:
    """Runs of a time, of them the free-form ones in percent, and the patterns that deserve a template."""

    runs: int
    free: int
    percent: int
    patterns: list[tuple[str, int]]


def queries_for(case: Case) -> list[QueryRow]:
    """The reviewed queries, those for the case's type of issue first."""
    return sorted(library().query, key=lambda row: (case.issue_type not in row.issue_types, row.title))


def runs(person: Person, case: Case) -> QuerySet[QueryRun]:
    require(person, Right.DATA_QUERY)
    seen = Case.objects.visible_to(person)
    return QueryRun.objects.filter(case=case, case__in=seen).select_related("by", "item", "grant__approval__decided_by")


def grants(person: Person, case: Case) -> QuerySet[AdHocQuery]:
    """What this person asked for in this case."""
    return AdHocQuery.objects.filter(case=case, by=person).select_related("approval")


def may_run(grant: AdHocQuery) -> bool:
    approval = grant.approval
    if approval.state != ApprovalState.APPROVED or approval.decided_at is None:
        return False
    return clock.now() < approval.decided_at + timedelta(hours=GRANT_HOURS)


def usage(person: Person, first: datetime, last: datetime) -> Usage:
    """How queries were run from `first` until before `last`, on cases that the person may see."""
    require(person, Right.DATA_QUERY)
    seen = QueryRun.objects.filter(at__gte=first, at__lt=last, case__in=Case.objects.visible_to(person))
    free = list(seen.filter(query="").values_list("pattern", flat=True))
    prebuilt = seen.exclude(query="").count()
    percent, patterns = share(prebuilt, free)
    return Usage(prebuilt + len(free), len(free), percent, patterns)
