"""Causes: a statement with a confidence and the evidence for it."""

from collections.abc import Sequence

from django.db import transaction

from sevline.cases.actions.working import locked, locked_open, phrase, settle
from sevline.core.hypothesis import CauseFacts, Confidence, check_cause
from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, require
from sevline.diagnosis.actions.board import hypothesis_of
from sevline.diagnosis.actions.common import cited, lines, one_of, said
from sevline.diagnosis.events import CauseRecorded, CauseRefuted
from sevline.diagnosis.models import Cause
from sevline.people.models import Person
from sevline.platform import clock


@transaction.atomic
def record_cause(
    case_key: str,
    *,
    by: Person,
    statement: str,
    confidence: str,
    items: Sequence[str] = (),
    mechanism: str = "",
    component: str = "",
    ruled_out: str = "",
    hypothesis: int | None = None,
) -> Cause:
    """Write a cause down; what each confidence needs is the core's rule. `ruled_out` has one alternative a line."""
    require(by, Right.DIAGNOSIS_EDIT)
    case = locked_open(by, case_key)
    sure = Confidence(one_of(confidence, [known.value for known in Confidence], "The confidence"))
    evidence = cited(case, items)
    how = lines(case, "mechanism", mechanism)
    alternatives = lines(case, "ruled out", ruled_out)
    keys = tuple(item.key for item in evidence)
    check_cause(CauseFacts(statement, how, sure, keys, tuple(alternatives.splitlines())))
    now, words = clock.now(), said(case, "cause", statement, "State the cause in a sentence.")
    cause = Cause.objects.create(
        case=case,
        statement=words,
        mechanism=how,
        component=phrase(case.key, "component", component, 120),
        confidence=sure,
        ruled_out=alternatives,
        hypothesis=hypothesis_of(case, hypothesis) if hypothesis is not None else None,
        by=by,
        at=now,
    )
    cause.items.set(evidence)
    event = CauseRecorded(
        by=by.ref,
        subject=case.ref,
        case=case.key,
        cause=cause.pk,
        statement=cause.statement,
        confidence=sure,
        items=keys,
        component=cause.component,
    )
    settle(case, event, at=now)
    return cause


@transaction.atomic
def refute_cause(case_key: str, cause_id: int, *, by: Person, reason: str) -> Cause:
    """A cause that did not hold stays on record as refuted; time to diagnosis goes on to the next one."""
    require(by, Right.DIAGNOSIS_EDIT)
    case = locked(by, case_key)
    cause = Cause.objects.filter(case=case, pk=cause_id, refuted_at__isnull=True).first()
    if cause is None:
        raise Refused("There is no such standing cause.")
    why = said(case, "refutation", reason, "Say what refuted it.")
    now = clock.now()
    cause.refuted_at = now
    cause.save(update_fields=["refuted_at"])
    settle(case, CauseRefuted(by=by.ref, subject=case.ref, case=case.key, cause=cause.pk, reason=why), at=now)
    return cause
