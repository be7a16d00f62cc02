"""Workarounds: proposed, validated by evidence, accepted by the customer, or none found."""

from collections.abc import Sequence

from django.db import transaction

from sevline.cases.actions.working import locked_open, phrase, settle
from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, require
from sevline.diagnosis.actions.common import cited, lines, said
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

STANDING = ("proposed", "validated", "accepted")
STATES = ("none_found", *STANDING)


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
    """Write down where the search for a workaround stands. “None found” says what was tried, and ends those that stood;
    “validated” cites what showed that it works; “accepted” is the customer's word on steps that are written down."""
    require(by, Right.DIAGNOSIS_EDIT)
    case = locked_open(by, case_key)
    evidence = cited(case, items)
    how, attempts = lines(case, "workaround", steps), lines(case, "tried", tried)
    _check(state, how, attempts, cites=bool(evidence))
    now = clock.now()
    given_up = _withdrawn(case, by, attempts) if state == "none_found" else []
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
        *given_up,
        WorkaroundRecorded(by=by.ref, subject=case.ref, case=case.key, workaround=workaround.pk, state=state),
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
    if last is None or last.state not in STANDING:
        raise Refused(f"{case.key} has no workaround to withdraw.")
    why = said(case, "withdrawal", reason, "Say why it does not hold.")
    # “Proposed”, “validated” and “accepted” of the same steps are one workaround: all of it goes.
    gone = _withdrawn(case, by, why, steps=last.steps)
    case.workaround_state = "unknown"
    settle(case, *gone, at=clock.now(), fields=("workaround_state",))
    last.refresh_from_db()
    return last


def _withdrawn(case: Case, by: Person, why: str, **only: str) -> list[Happening]:
    """End the workarounds that stand, or `only` those; answers what happened, to be recorded."""
    ended = list(Workaround.objects.filter(case=case, state__in=STANDING, **only).values_list("pk", flat=True))
    Workaround.objects.filter(pk__in=ended).update(state="withdrawn")
    return [
        WorkaroundWithdrawn(by=by.ref, subject=case.ref, case=case.key, workaround=number, reason=why)
        for number in ended
    ]
