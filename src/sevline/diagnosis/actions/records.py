"""The thin records that a packet reads: reproduction, change check, search for the same fault, telemetry gaps."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from sevline.cases.actions.working import locked_open, phrase, settle
from sevline.cases.models import Case
from sevline.cases.selectors import facts_text, holds_fact
from sevline.core.hypothesis import RUNS_MIN, reproduction_rate
from sevline.core.lifecycle import Refused
from sevline.core.reproduction.runs import verified
from sevline.core.rights import Right, require
from sevline.diagnosis.actions.common import cited, lines, said
from sevline.diagnosis.events import (
    ChangesChecked,
    FixValidated,
    KnownErrorsSearched,
    ReproductionRecorded,
)
from sevline.diagnosis.models import ChangeCheck, KnownErrorSearch, Reproduction
from sevline.people.models import Person
from sevline.platform import clock

MOST_MATCHES = 5
NOTHING = "none found"


@transaction.atomic
def record_reproduction(
    case_key: str,
    *,
    by: Person,
    steps: str,
    expected: str,
    actual: str,
    failed: int,
    runs: int,
    environment: str,
    preconditions: str = "",
    build: str = "",
    flags: str = "",
    is_minimal: bool = False,
    items: Sequence[str] = (),
) -> Reproduction:
    """Write down how it happens again, `failed` of `runs`; its state follows from the numbers."""
    require(by, Right.DIAGNOSIS_EDIT)
    case = locked_open(by, case_key)
    actions = lines(case, "reproduction step", steps, "Write the steps, one action a line.")
    rate = reproduction_rate(failed, runs, tried=actions)
    evidence, now = cited(case, items), clock.now()
    reproduction = Reproduction.objects.create(
        case=case,
        state=rate.state,
        preconditions=lines(case, "preconditions", preconditions),
        steps=actions,
        expected=said(case, "expected", expected, "Say what should happen."),
        actual=said(case, "actual", actual, "Say what happens instead."),
        failed=failed,
        runs=runs,
        environment=said(case, "environment", environment, "Say where it was run.", 120),
        build=phrase(case.key, "build", build, 60),
        flags=phrase(case.key, "flags", flags, 120),
        is_minimal=is_minimal,
        by=by,
        at=now,
    )
    reproduction.items.set(evidence)
    event = ReproductionRecorded(
        by=by.ref,
        subject=case.ref,
        case=case.key,
        state=rate.state,
        failed=failed,
        runs=runs,
        environment=reproduction.environment,
    )
    settle(case, event, at=now)
    return reproduction


@transaction.atomic
def validate_fix(case_key: str, *, by: Person, failed: int, runs: int, build: str) -> Case:
    """Run the reproduction again after a fix. It takes so many clean runs that chance alone gives them in at most
    one of twenty, by the rate of before; five at least, also where nobody reproduced it."""
    require(by, Right.DIAGNOSIS_EDIT)
    case = locked_open(by, case_key)
    version = said(case, "build", build, "Name the build that holds the fix.", 60)
    if reproduction_rate(failed, runs, tried=version).succeeded:
        raise Refused(f"{failed} of {runs} runs still failed, so the fix is not validated.")
    before = Reproduction.objects.filter(case=case, failed__gt=0, runs__gte=RUNS_MIN).first()
    verdict = verified(before.failed / before.runs if before is not None else 1.0, failed, runs)
    if not verdict.verified:
        raise Refused(f"{runs} clean runs are {verdict.sentence}.")
    case.fix_validated = True
    event = FixValidated(by=by.ref, subject=case.ref, case=case.key, failed=failed, runs=runs, build=version)
    return settle(case, event, at=clock.now(), fields=("fix_validated",))


@transaction.atomic
def check_changes(
    case_key: str, *, by: Person, window_first: datetime, window_last: datetime, found: dict[str, str]
) -> ChangeCheck:
    """What changed in the window, by kind: deploys, flags, config, customer_side. “none found” is a result."""
    require(by, Right.DIAGNOSIS_EDIT)
    case = locked_open(by, case_key)
    if window_last <= window_first:
        raise Refused("The window ends before it begins.")
    kinds = ("deploys", "flags", "config", "customer_side")
    results = {kind: phrase(case.key, f"changes {kind}", found.get(kind, ""), 300) for kind in kinds}
    if not any(results.values()):
        raise Refused(
            f"Say what you found for at least one of deploys, flags, config and customer; “{NOTHING}” counts."
        )
    now = clock.now()
    check = ChangeCheck.objects.create(
        case=case, window_first=window_first, window_last=window_last, by=by, at=now, **results
    )
    event = ChangesChecked(
        by=by.ref, subject=case.ref, case=case.key, window_first=window_first, window_last=window_last, found=results
    )
    settle(case, event, at=now)
    return check


@transaction.atomic
def search_known_errors(case_key: str, *, by: Person, terms: str) -> KnownErrorSearch:
    """Look for the same fault in resolved cases that the person may see, and keep the search with its result."""
    require(by, Right.DIAGNOSIS_EDIT)
    case = locked_open(by, case_key)
    text = said(case, "search", terms, "Write the words to search for, such as the error text.", 200)
    words = list(dict.fromkeys(word for word in text.casefold().split() if len(word) > 2))[:8]
    if not words:
        raise Refused("Search for words of three letters or more.")
    now = clock.now()
    search = KnownErrorSearch.objects.create(case=case, terms=text, matches=_matches(by, case, words), by=by, at=now)
    keys = tuple(str(match["case"]) for match in search.matches)
    event = KnownErrorsSearched(by=by.ref, subject=case.ref, case=case.key, terms=text, matches=keys)
    settle(case, event, at=now)
    return search


def _matches(by: Person, case: Case, words: list[str]) -> list[dict[str, object]]:
    """Resolved cases that hold most of the words, best first, with the words that matched."""
    wanted = Q()
    for word in words:
        wanted |= Q(title__icontains=word) | Q(resolution_summary__icontains=word) | holds_fact(word)
    rows = Case.objects.visible_to(by).filter(wanted, status__in=("resolved", "closed")).exclude(pk=case.pk)
    found = list(rows.order_by("-number")[:500])
    facts = facts_text(found)
    scored = []
    for row in found:
        text = f"{row.title} {row.resolution_summary} {facts.get(row.pk, '')}".casefold()
        hits = [word for word in words if word in text]
        scored.append((len(hits), row.number, row, hits))
    scored.sort(key=lambda entry: (-entry[0], -entry[1]))
    return [
        {"case": row.key, "title": row.title, "terms": hits, "outcome": row.resolution_code}
        for count, _, row, hits in scored[:MOST_MATCHES]
        if 2 * count >= len(words)
    ]
