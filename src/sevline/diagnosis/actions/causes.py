"""Causes: a statement with a confidence and the evidence for it."""

from collections.abc import Sequence

from django.db import transaction

from sevline.cases.actions.working import locked, locked_open, phrase, settle
from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, require
from sevline.diagnosis.actions.common import cited, said
from sevline.diagnosis.events import CauseRecorded, CauseRefuted
from sevline.diagnosis.models import Cause, Hypothesis
from sevline.people.models import Person
from sevline.platform import clock

CONFIDENCES = ("suspected", "probable", "confirmed")


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
    """Write a cause down. “Probable” and “confirmed” need evidence; “confirmed” also how it comes about."""
    require(by, Right.DIAGNOSIS_EDIT)
    case = locked_open(by, case_key)
    evidence = cited(case, items)
    if confidence not in CONFIDENCES:
        raise Refused(f"The confidence is one of {', '.join(CONFIDENCES)}.")
    if confidence != "suspected" and not evidence:
        raise Refused(f"A cause is {confidence} only with evidence. Name it, such as E-3, or say “suspected”.")
    how = phrase(case.key, "mechanism", mechanism, 2000)
    if confidence == "confirmed" and not how:
        raise Refused("A confirmed cause says how it brings the symptom about.")
    now = clock.now()
    cause = Cause.objects.create(
        case=case,
        statement=said(case, "cause", statement, "Say what the cause is."),
        mechanism=how,
        component=phrase(case.key, "component", component, 120),
        confidence=confidence,
        ruled_out=phrase(case.key, "ruled out", ruled_out, 2000),
        hypothesis=Hypothesis.objects.filter(case=case, number=hypothesis).first() if hypothesis else None,
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
        confidence=confidence,
        items=tuple(item.key for item in evidence),
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
    now = clock.now()
    why = said(case, "refutation", reason, "Say what refuted it.")
    cause.refuted_at = now
    cause.save(update_fields=["refuted_at"])
    settle(case, CauseRefuted(by=by.ref, subject=case.ref, case=case.key, cause=cause.pk, reason=why), at=now)
    return cause
