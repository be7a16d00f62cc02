"""Support writes: draft a packet from the case, edit it, answer what was asked, withdraw."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from sevline.cases.actions.working import locked_open, phrase
from sevline.core import packet as core
from sevline.core.escalation import DECIDED, FINISHED, EscalationFacts, is_no_security_matter
from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, holds, require
from sevline.escalations.actions.working import keep_first_decision, keep_score, locked, move, settle
from sevline.escalations.actions.working import note as said
from sevline.escalations.events import (
    EscalationDrafted,
    EscalationWithdrawn,
    PacketEdited,
    QuestionAnswered,
)
from sevline.escalations.models import Escalation
from sevline.escalations.selectors import occurrences
from sevline.escalations.selectors.inbox import check_newest, going
from sevline.escalations.selectors.packet import is_security_matter, packet
from sevline.evidence.models import Item
from sevline.people.models import Person
from sevline.platform import clock

TEXTS = (
    "component",
    "symptom",
    "condition",
    "ask",
    "ask_text",
    "needed_because",
    "expected",
    "actual",
    "error_text",
    "times",
    "request_ids",
    "trace_ids",
    "tenant",
    "suspected_component",
    "suspected_because",
    "confidence",
)
FIELDS = frozenset(key.upper() for key in core.FIELD_KEYS)
CONFIDENCES = ("suspected", "probable")  # a confirmed cause is recorded in the diagnosis, with its evidence
LIMIT = 600
FIRST_NUMBER = 101


@transaction.atomic
def draft(case_key: str, *, by: Person) -> Escalation:
    """Start a packet from what the case holds; a case has one open escalation at a time.

    One that was decided before the case was resolved and opened again is over: the new packet follows it.
    """
    require(by, Right.PACKET_EDIT)
    case = locked_open(by, case_key)
    rows = list(Escalation.objects.filter(case=case))
    if (open_one := going(case, rows)) is not None:
        return open_one
    if objection := is_no_security_matter(EscalationFacts(security_suspected=is_security_matter(case))):
        raise Refused(objection)
    before = next((row for row in rows if row.status in DECIDED), None)
    team = case.product_area.engineering
    escalation = _numbered(Escalation(case=case, team=team, follows=before, drafted_by=by, drafted_at=clock.now()))
    _, score = packet(escalation)
    keep_score(escalation, score)
    follows = before.key if before else ""
    drafted = EscalationDrafted(by=by.ref, subject=escalation.ref, case=case.key, team=team.name, follows=follows)
    return settle(escalation, drafted)


def _numbered(escalation: Escalation) -> Escalation:
    """Save it under the next free number; whoever writes a number first has it, and the other one takes the next."""
    last = Escalation.objects.aggregate(last=Max("number"))["last"] or FIRST_NUMBER - 1
    for number in count(last + 1):
        escalation.number = number
        try:
            with transaction.atomic():
                escalation.save(force_insert=True)
        except IntegrityError:
            if not Escalation.objects.filter(number=number).exists():
                raise  # something else is wrong than the number
            continue
        break
    return escalation


@transaction.atomic
def edit(
    key: str,
    *,
    by: Person,
    texts: Mapping[str, str],
    needed_by: datetime | None = None,
    not_applicable: Mapping[str, str] | None = None,
    accepted: Collection[str] | None = None,
    sources: Mapping[str, Sequence[str]] | None = None,
    found: Mapping[str, Mapping[str, bool]] | None = None,
    seen_version: int | None = None,
) -> Escalation:
    """Write what only a person can say: the ask, the symptom, what does not apply and why, what a field rests on.

    An empty text takes the words of the case again. `not_applicable` and `sources` are by field, P1 to P14. A reason
    why a field does not apply counts once somebody who may override the gate has written it or names it in `accepted`.
    `found` says by kind (time, request_id, trace_id, tenant) which of the values that were found go in P7.
    """
    require(by, Right.PACKET_EDIT)
    escalation = locked(by, key, seen_version)
    if escalation.status in FINISHED:
        raise Refused(f"{escalation.key} is {escalation.status}: its packet stays as it is.")
    check_newest(escalation)
    if strange := set(texts) - set(TEXTS):
        raise Refused(f"The packet has no field “{min(strange)}”.")
    case_key, before = escalation.case.key, escalation.fields
    said = {name: checked(name, phrase(case_key, f"packet {name}", text, LIMIT)) for name, text in texts.items()}
    escalation.fields = {**escalation.fields, **said, **_by_field(escalation, not_applicable, sources)}
    agreed = _agreed(escalation.fields, before, by, accepted)
    if agreed or before.get("accepted"):
        escalation.fields["accepted"] = agreed
    if found is not None:
        escalation.fields["p7"] = _choice(escalation, found)
    if needed_by is not None:
        _need_by(escalation, needed_by)
    _, score = packet(escalation)
    keep_score(escalation, score)
    edited = PacketEdited(
        by=by.ref,
        subject=escalation.ref,
        case=case_key,
        fields=tuple(sorted({*texts, *_beside(needed_by, not_applicable, sources, found), *_new(agreed, before)})),
        points=score.points_told,
    )
    return settle(escalation, edited, edited=True)


def _beside(
    needed_by: datetime | None,
    not_applicable: Mapping[str, str] | None,
    sources: Mapping[str, Sequence[str]] | None,
    found: Mapping[str, Mapping[str, bool]] | None,
) -> Iterator[str]:
    """The names of what was changed beside the texts, for the trail."""
    if needed_by:
        yield "needed_by"
    yield from not_applicable or {}
    yield from sources or {}
    yield from (f"found {kind}" for kind in found or {})


def _new(agreed: Mapping[str, str], before: Mapping[str, Any]) -> Iterator[str]:
    return (f"{name} accepted" for name in agreed if name not in before.get("accepted", {}))


def _agreed(
    fields: Mapping[str, Any], before: Mapping[str, Any], by: Person, accepted: Collection[str] | None
) -> dict[str, str]:
    """The reasons why fields do not apply that are accepted, in the words in which they were; other words are not."""
    stood, reasons = before.get("accepted", {}), fields.get("not_applicable", {})
    kept = {name: why for name, why in reasons.items() if stood.get(name) == why}
    if not holds(by, Right.PACKET_OVERRIDE):
        if accepted is not None and set(accepted) != set(stood):
            require(by, Right.PACKET_OVERRIDE)
        return kept
    named = kept if accepted is None else {_field(name) for name in accepted}
    own = {name for name, why in reasons.items() if before.get("not_applicable", {}).get(name) != why}
    return {name: why for name, why in reasons.items() if name in named or name in own}


def checked(name: str, text: str) -> str:
    """What is kept of a text; Refused where an added time or id cannot be one, or a confidence is not known."""
    if name == "times":
        occurrences.added_times(text)
    elif name in {"request_ids", "trace_ids"}:
        occurrences.added_ids(text)
    elif name == "tenant":
        return occurrences.tenant_meant(text)
    elif name == "confidence" and text and text not in CONFIDENCES:
        raise Refused(f"The confidence is one of {', '.join(CONFIDENCES)}.")
    return text


def _choice(escalation: Escalation, found: Mapping[str, Mapping[str, bool]]) -> dict[str, dict[str, list[str]]]:
    """What was taken out and what was brought in, by kind; a value that nobody asked about keeps its answer."""
    if strange := set(found) - set(occurrences.KINDS):
        raise Refused(f"P7 has no values of the kind “{min(strange)[:20]}”.")
    seen = occurrences.of_case(escalation.case)
    kept: dict[str, dict[str, list[str]]] = dict(escalation.fields.get("p7", {}))
    for kind, answers in found.items():
        if strange := set(answers) - set(seen.values[kind]):
            raise Refused(f"“{min(strange)[:60]}” was not found on {escalation.case.key}. Add it as a text.")
        going, before = set(seen.going(kind)), kept.get(kind, {})
        dropped = {*before.get("dropped", ()), *(value for value, is_in in answers.items() if not is_in)}
        picked = {*before.get("picked", ()), *(value for value, is_in in answers.items() if is_in)}
        taken = {value for value, is_in in answers.items() if is_in}
        kept[kind] = {
            "dropped": sorted(dropped & going - taken),
            "picked": sorted((picked - (set(answers) - taken)) - going),
        }
    return kept


def check_needed_by(escalation: Escalation, moment: datetime) -> None:
    """Refused for a moment that is over, unless it is the one that was kept before."""
    if moment <= clock.now() and moment != escalation.needed_by:
        raise Refused("The time by which it is needed lies in the past. Name a later one.")


def _need_by(escalation: Escalation, moment: datetime) -> None:
    check_needed_by(escalation, moment)
    escalation.fields["needed_by"] = moment.isoformat()
    escalation.needed_by = moment


def _by_field(
    escalation: Escalation, not_applicable: Mapping[str, str] | None, sources: Mapping[str, Sequence[str]] | None
) -> dict[str, Any]:
    """What does not apply and what a field rests on, by field; what was not given stays as it is."""
    written: dict[str, Any] = {}
    if not_applicable is not None:
        key = escalation.case.key
        reasons = {_field(name): phrase(key, f"packet {name}", why, LIMIT) for name, why in not_applicable.items()}
        written["not_applicable"] = {name: why for name, why in reasons.items() if why}
    if sources is not None:
        written["sources"] = {
            _field(name).lower(): evidence_named(escalation, keys) for name, keys in sources.items() if keys
        }
    return written


def _field(name: str) -> str:
    if name.upper() not in FIELDS:
        raise Refused(f"The packet has no field “{name[:20]}”.")
    return name.upper()


def evidence_named(escalation: Escalation, keys: Sequence[str]) -> list[str]:
    """Evidence ids in the order of the register; Refused names those that the case does not have."""
    wanted = {key.strip().upper() for key in keys if key.strip()}
    known = [item.key for item in Item.objects.filter(case_id=escalation.case_id, withdrawn_at__isnull=True)]
    if strange := wanted - set(known):
        raise Refused(f"{escalation.case.key} has no evidence {', '.join(sorted(strange))[:80]}.")
    return [key for key in known if key in wanted]


@transaction.atomic
def answer_question(key: str, question_id: int, *, by: Person, text: str) -> Escalation:
    require(by, Right.PACKET_EDIT)
    escalation = locked(by, key)
    question = escalation.questions.filter(pk=question_id, answered_at__isnull=True).first()
    if question is None:
        raise Refused("There is no such open question.")
    question.answer = phrase(escalation.case.key, "answer", text, 4000)
    if not question.answer:
        raise Refused("Write the answer.")
    question.answered_by, question.answered_at = by, clock.now()
    question.save()
    event = QuestionAnswered(
        by=by.ref, subject=escalation.ref, case=escalation.case.key, question=question.pk, text=question.answer
    )
    return settle(escalation, event)


@transaction.atomic
def withdraw(key: str, *, by: Person, note: str) -> Escalation:
    """Take an escalation back before it is accepted."""
    require(by, Right.PACKET_WITHDRAW)
    escalation = locked(by, key)
    why = _why(escalation, note)
    move(escalation, "withdraw", EscalationFacts(note=why))
    event = EscalationWithdrawn(by=by.ref, subject=escalation.ref, case=escalation.case.key, note=why)
    return keep_first_decision(settle(escalation, event))


def _why(escalation: Escalation, text: str) -> str:
    why = said(escalation, "withdrawal", text)
    if not why:
        raise Refused("Say why the escalation is withdrawn.")
    return why
