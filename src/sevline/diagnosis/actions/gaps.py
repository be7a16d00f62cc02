"""Signals that do not exist and would have answered a question of a case."""

from django.db import transaction

from sevline.cases.actions.working import locked_open, phrase, settle
from sevline.catalog.actions import ask_signal
from sevline.catalog.models import Signal
from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, require
from sevline.diagnosis.actions.common import said
from sevline.diagnosis.events import TelemetryGapNoted
from sevline.diagnosis.models import TelemetryGap
from sevline.people.models import Person
from sevline.platform import clock

MOST_MINUTES = 100_000


@transaction.atomic
def note_telemetry_gap(
    case_key: str,
    *,
    by: Person,
    text: str = "",
    is_none: bool = False,
    question: str = "",
    signal: str = Signal.LOG,
    proposal: str = "",
    minutes: int = 0,
) -> TelemetryGap:
    """Name a signal that does not exist, the question that it would have answered and what its absence cost; it joins
    the request of other cases for the same signal of the product area. Or say that none is missing."""
    require(by, Right.DIAGNOSIS_EDIT)
    case = locked_open(by, case_key)
    if not 0 <= minutes <= MOST_MINUTES:
        raise Refused(f"The minutes lost are between 0 and {MOST_MINUTES:,}.")
    now = clock.now()
    words = "none" if is_none else said(case, "telemetry gap", text, "Say which signal is missing.")
    proposed = phrase(case.key, "telemetry proposal", proposal, 300)
    request = None if is_none else ask_signal(case.product_area, by=by, signal=signal, name=words, proposal=proposed)
    gap = TelemetryGap.objects.create(
        case=case,
        text=words,
        is_none=is_none,
        question="" if is_none else phrase(case.key, "unanswered question", question, 300),
        minutes=0 if is_none else minutes,
        request=request,
        by=by,
        at=now,
    )
    event = TelemetryGapNoted(
        by=by.ref,
        subject=case.ref,
        case=case.key,
        text=words,
        is_none=is_none,
        minutes=gap.minutes,
        request=request.key if request else "",
    )
    settle(case, event, at=now)
    return gap
