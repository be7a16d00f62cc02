"""What every action on an escalation does around its own decision."""

import hashlib
from datetime import datetime

from django.db.models import Max

from sevline.cases import actions as cases
from sevline.cases.actions.working import phrase
from sevline.core import packet as core
from sevline.core.escalation import ESCALATION, EscalationFacts
from sevline.core.kpi import EventRow
from sevline.core.lifecycle import Refused
from sevline.core.metrics.escalation_acceptance import decide
from sevline.core.rights import Forbidden
from sevline.escalations.models import Escalation, PacketVersion
from sevline.escalations.selectors.inbox import is_with, may_answer, number_of
from sevline.people.models import Person
from sevline.platform.events import Happening, record
from sevline.platform.models import Event

NOTE = 2000


def locked(person: Person, key: str, seen_version: int | None = None) -> Escalation:
    """The escalation, locked until the transaction ends, if the person may see its case."""
    rows = Escalation.objects.visible_to(person).filter(number=number_of(key))
    found = rows.select_for_update(of=("self",)).select_related("case", "team").first()
    if found is None:
        raise Refused(f"There is no escalation {key[:20]}.")
    found.check_seen(seen_version)
    return found


def locked_to_answer(person: Person, key: str) -> Escalation:
    """The escalation, locked, for somebody who answers for its team; Forbidden to other teams, whoever had it first."""
    escalation = locked(person, key)
    if not may_answer(person, escalation):
        raise Forbidden(is_with(escalation))
    return escalation


def move(escalation: Escalation, verb: str, facts: EscalationFacts) -> None:
    escalation.status = ESCALATION.apply(verb, escalation.status, facts)


def settle(escalation: Escalation, *happenings: Happening, edited: bool = False) -> Escalation:
    """Save the escalation, record what happened, and let the case and its clocks know.

    Only what a person wrote on the packet counts its version up, so that an answer makes nobody's form stale.
    """
    if edited:
        escalation.save_versioned()
    else:
        escalation.save()
    for happening in happenings:
        record(happening)
    if not Escalation.objects.filter(case_id=escalation.case_id, number__gt=escalation.number).exists():
        cases.note_packet(escalation.case_id, escalation.status)  # a late answer to an older packet says nothing of it
    return escalation


def note(escalation: Escalation, about: str, text: str) -> str:
    return phrase(escalation.case.key, about, text, NOTE)


def keep_score(escalation: Escalation, score: core.Score) -> None:
    escalation.points = int(score.points)
    escalation.score = {
        "points": score.points_told,
        "threshold": score.threshold,
        "verdict": score.verdict.value,
        "version": score.version,
    }


def keep_version(
    escalation: Escalation, facts: core.PacketFacts, score: core.Score, by: Person, at: datetime
) -> PacketVersion:
    """The packet as it goes out, with the hash by which a copy can be recognised."""
    document = core.as_json(facts, score)
    last = escalation.versions.aggregate(last=Max("number"))["last"] or 0
    return PacketVersion.objects.create(
        escalation=escalation,
        number=last + 1,
        document=document,
        markdown=core.markdown(facts, score),
        sha256=hashlib.sha256(document.encode()).hexdigest(),
        by=by,
        at=at,
    )


def keep_first_decision(escalation: Escalation) -> Escalation:
    """Keep the answer that counts for acceptance, as the rate itself finds it; the first one stays."""
    rows = Event.objects.filter(subject_kind="escalation", subject_key=escalation.key).order_by("seq")
    own = [EventRow(row.kind, row.at, row.subject_key, row.data) for row in rows]
    sent = next((row for row in own if row.kind == "escalation.submitted"), None)
    first = decide(own, sent) if sent is not None else None
    if first is not None and not escalation.first_decision:
        escalation.first_decision, escalation.first_decided_at = first.decision.value, first.at
        escalation.save(update_fields=["first_decision", "first_decided_at"])
    return escalation
