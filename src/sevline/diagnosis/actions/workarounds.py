"""Workarounds: proposed, validated by evidence, accepted by the customer, or none found."""

from collections.abc import Sequence

from django.db import transaction

from sevline.cases.actions.working import locked_open, phrase, settle
from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, require
from sevline.diagnosis.actions.common import cited, said
from sevline.diagnosis.events import (
    WorkaroundAccepted,
    WorkaroundRecorded,
    WorkaroundValidated,
    WorkaroundWithdrawn,
)
from sevline.diagnosis.models import Workaround
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import Happening

STATES = ("none_found", "proposed", "validated", "accepted")


@transaction.atomic
def record_workaround(
    case_key: str,
    *,
    by: Person,
    state: str,
    steps: str = "",
    tried: str = "",
    risk: str = "",
    customers_using: int = 0,
    items: Sequence[str] = (),
) -> Workaround:
    """Write down where the search for a workaround stands. “None found” says what was tried; “validated” cites what
    showed that it works; “accepted” is the customer's word on steps that are written down."""
    require(by, Right.DIAGNOSIS_EDIT)
    case = locked_open(by, case_key)
    evidence = cited(case, items)
    how, attempts = phrase(case.key, "workaround", steps, 4000), phrase(case.key, "tried", tried, 2000)
    _check(state, how, attempts, cites=bool(evidence))
    now = clock.now()
    workaround = Workaround.objects.create(
        case=case,
        state=state,
        steps=how,
        tried=attempts,
        risk=phrase(case.key, "risk", risk, 200),
        customers_using=customers_using,
        by=by,
        at=now,
    )
    workaround.items.set(evidence)
    happenings: list[Happening] = [
        WorkaroundRecorded(by=by.ref, subject=case.ref, case=case.key, workaround=workaround.pk, state=state)
    ]
    if state == "validated":
        keys = tuple(item.key for item in evidence)
        happenings.append(
            WorkaroundValidated(by=by.ref, subject=case.ref, case=case.key, workaround=workaround.pk, items=keys)
        )
    if state == "accepted":
        happenings.append(WorkaroundAccepted(by=by.ref, subject=case.ref, case=case.key, workaround=workaround.pk))
    case.workaround_state = state
    settle(case, *happenings, at=now, fields=("workaround_state",))
    return workaround


def _check(state: str, steps: str, tried: str, *, cites: bool) -> None:
    if state not in STATES:
        raise Refused(f"A workaround is one of {', '.join(STATES)}.")
    if state == "none_found" and not tried:
        raise Refused("“None found” says what was tried.")
    if state != "none_found" and not steps:
        raise Refused("Write the steps that the customer follows.")
    if state == "validated" and not cites:
        raise Refused("A validated workaround names the evidence that it works, such as E-3.")


@transaction.atomic
def withdraw_workaround(case_key: str, *, by: Person, reason: str) -> Workaround:
    """It did not hold: it counts no longer, as workaround or as diagnosis."""
    require(by, Right.DIAGNOSIS_EDIT)
    case = locked_open(by, case_key)
    last = Workaround.objects.filter(case=case).first()
    if last is None or last.state in {"none_found", "withdrawn"}:
        raise Refused(f"{case.key} has no workaround to withdraw.")
    why = said(case, "withdrawal", reason, "Say why it does not hold.")
    now = clock.now()
    last.state = "withdrawn"
    last.save(update_fields=["state"])
    case.workaround_state = "unknown"
    event = WorkaroundWithdrawn(by=by.ref, subject=case.ref, case=case.key, workaround=last.pk, reason=why)
    settle(case, event, at=now, fields=("workaround_state",))
    return last
