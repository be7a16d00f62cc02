"""One request to the customer for everything that is missing, and what a person says about an item of the checklist."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from sevline.cases import actions as cases
from sevline.cases.actions.working import phrase
from sevline.cases.models import Case, Message
from sevline.cases.selectors.outbound import latest_promise_of
from sevline.core.checklist import EVIDENCE, ItemAnswer, ItemState, asks_of
from sevline.core.lifecycle import Refused
from sevline.core.requesting import compose, narrowed
from sevline.core.rights import Right, require
from sevline.evidence.actions.common import open_case
from sevline.evidence.actions.links import Given, made
from sevline.evidence.events import ChecklistAnswered, EvidenceRequested
from sevline.evidence.models import ChecklistAnswer, EvidenceRequest
from sevline.evidence.selectors.promising import promise_of
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import record

PLACE_OF_LINK = "[the upload link, told once]"


@dataclass(frozen=True, slots=True)
class Asked:
    """The request, and its text with the link in it, which is told once."""

    request: EvidenceRequest
    text: str
    given: Given


@transaction.atomic
def ask_customer(
    case_key: str,
    *,
    by: Person,
    items: Sequence[str],
    there: Collection[str],
    due: datetime,
    next_update_at: datetime | None = None,
    meanwhile: str = "",
    override_reason: str = "",
) -> Asked:
    """Write one message that asks for all the items, with an upload link, and record it as told to the customer.

    `due` is when we need the items. `next_update_at` is the one promise of when the customer hears from us: the message
    says it and the case's clock runs to it. None takes the case's own.

    `meanwhile` is what they can do until then, `override_reason` why it goes out although the outbound lint warns.
    `there` are the items that the case holds already: to ask for one of them again is refused.
    """
    require(by, Right.CASE_REPLY)
    case = open_case(by, case_key)
    now = clock.now()
    asks = {ask.key: ask.asks for ask in asks_of(case.issue_type)}
    if not items:
        raise Refused("Choose at least one thing to ask for.")
    if strange := [key for key in items if key not in asks]:
        raise Refused(f"The item “{strange[0]}” is not on this case's checklist.")
    if known := [asks[key] for key in items if key in there]:
        raise Refused(*(f"“{ask}” is here already. Look at the case instead of asking again." for ask in known))
    if not now < due <= now + timedelta(days=settings.OPTIONS.upload_link_days):
        raise Refused(f"Give a deadline within the {settings.OPTIONS.upload_link_days} days for which the link works.")
    promise = next_update_at or promise_of(case, now)
    _check_promise(case, promise, now)
    given = made(case, by, tuple(items), due)
    text = compose(
        items,
        due=due,
        link=given.url,
        works_until=given.link.expires_at,
        next_update=promise,
        narrow=narrowed(knows_tenant=case.environment_id is not None),
        meanwhile=meanwhile,
    )
    told = cases.tell_customer(
        case.key,
        by=by,
        text=text.replace(given.url, PLACE_OF_LINK),
        next_update_at=promise,
        override_reason=override_reason,
        is_template=True,
    )
    request = _kept(case, by, given, told, items=items, due=due, at=now)
    return Asked(request, text, given)


def _kept(
    case: Case, by: Person, given: Given, told: Message, *, items: Sequence[str], due: datetime, at: datetime
) -> EvidenceRequest:
    """The request as it stays on the case, with the event that says it was made."""
    request = EvidenceRequest.objects.create(
        case=case,
        number=(EvidenceRequest.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0) + 1,
        items=list(items),
        link=given.link,
        message_id=told.pk,
        asked_by=by,
        asked_at=at,
        due_at=due,
        table_version=EVIDENCE.version,
    )
    record(
        EvidenceRequested(
            by=by.ref,
            subject=case.ref,
            case=case.key,
            request=request.number,
            items=tuple(items),
            count=len(items),
            due_at=due,
        )
    )
    return request


def _check_promise(case: Case, promise: datetime, at: datetime) -> None:
    if promise <= at:
        raise Refused("The next update is promised for a time that is over. Give one that is still to come.")
    allowed = latest_promise_of(case, at)
    if allowed is not None and promise.replace(second=0, microsecond=0) > allowed:
        raise Refused(
            f"The clock of a Sev{case.severity} runs out {allowed:%Y-%m-%d %H:%M} UTC: promise the next update for "
            "then or earlier. Material may be due later."
        )


@transaction.atomic
def answer_item(
    case_key: str, item: str, *, by: Person, state: ItemState, reason: str = "", no_signal: bool = False
) -> ChecklistAnswer:
    """Say that an item is there, does not apply, cannot be had, or comes later; MISSING takes an answer back."""
    require(by, Right.CASE_EDIT)
    case = open_case(by, case_key)
    asks = {ask.key: ask.asks for ask in asks_of(case.issue_type)}
    if item not in asks:
        raise Refused(f"The item “{item[:40]}” is not on this case's checklist.")
    said = ItemAnswer(state, phrase(case.key, "checklist reason", reason, 300), no_signal)
    answer, _ = ChecklistAnswer.objects.update_or_create(
        case=case,
        item=item,
        defaults={
            "state": said.state.value,
            "reason": said.reason,
            "no_signal": said.no_signal,
            "said_by": by,
            "said_at": clock.now(),
        },
    )
    record(
        ChecklistAnswered(
            by=by.ref,
            subject=case.ref,
            case=case.key,
            item=asks[item],
            state=state.replace("_", " "),
            reason=said.reason,
        )
    )
    return answer
