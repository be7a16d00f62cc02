"""What earlier pages must know of later rooms: these write it here. Their callers have asked for the right already."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from sevline.cases.actions.working import derive, desk_names, settle, show_to
from sevline.cases.events import CaseShared, EvidenceMeasured
from sevline.cases.models import Case, CaseFact, Message, MessageKind
from sevline.core.case import OwnStep
from sevline.core.redaction.pseudonym import fitting
from sevline.people.models import Team
from sevline.platform import clock
from sevline.platform.events import SYSTEM, Ref, record
from sevline.vault import actions as vault

TEXT_MAX = 200  # characters of a title and of a next action
FoundFact = tuple[str, str, int, datetime | None, bool, str]  # kind, value, offset, instant, zone known, confidence


def note_facts(case_id: int, source: str, facts: Iterable[FoundFact]) -> int:
    """Keep facts found in a redacted file; answers how many were new. `source` names it, such as E-3."""
    rows = [
        CaseFact(
            case_id=case_id,
            kind=kind[:20],
            value=value[:300],
            source=source[:60],
            offset=offset,
            instant=instant if zone_known else None,
            zone_known=zone_known,
            confidence=str(confidence)[:10],
        )
        for kind, value, offset, instant, zone_known, confidence in facts
    ]
    before = CaseFact.objects.filter(case_id=case_id, source=source).count()
    CaseFact.objects.bulk_create(rows, ignore_conflicts=True)
    return CaseFact.objects.filter(case_id=case_id, source=source).count() - before


def _write(case: Case, *columns: str) -> None:
    # Nobody edited these, so the version stays and no open form turns stale.
    derive(case, at=clock.now())
    case.save(update_fields=[*columns, "stage", "next_due_at"])


@transaction.atomic
def note_evidence_percent(case_id: int, percent: int) -> None:
    """How much of the required evidence is there, in whole percent from 0 to 100."""
    case = Case.objects.select_for_update().get(pk=case_id)
    percent = max(0, min(100, percent))
    if case.evidence_percent == percent:
        return
    case.evidence_percent = percent
    measured = EvidenceMeasured(by=SYSTEM, subject=case.ref, case=case.key, percent=percent)
    # Evidence moves neither clock nor stage, and a late measurement must not tell the clocks an older time.
    record(measured, at=clock.now())
    case.save(update_fields=["evidence_percent"])


@transaction.atomic
def note_diagnosis(case_id: int, *, fix_validated: bool | None = None, workaround_state: str | None = None) -> None:
    """What diagnosis found out; its own event is recorded before, in the same transaction. None changes nothing."""
    case = Case.objects.select_for_update().get(pk=case_id)
    if fix_validated is not None:
        case.fix_validated = fix_validated
    if workaround_state is not None:
        case.workaround_state = workaround_state
    _write(case, "fix_validated", "workaround_state")


@transaction.atomic
def note_packet(case_id: int, status: str) -> None:
    """Where the escalation of the case stands; its own event is recorded before, in the same transaction.

    What comes back is the next thing to do, whatever was next before.
    """
    case = Case.objects.select_for_update().get(pk=case_id)
    if status == "changes_requested" != case.packet_status and case.is_open:
        case.next_action, case.next_action_by = OwnStep.FIRST.value, case.owner
    case.packet_status = status[:20]
    _write(case, "packet_status", "next_action", "next_action_by", "next_action_due")


@transaction.atomic
def note_shown_to(case_id: int, team: Team, *, actor: Ref, why: str) -> None:
    """Let a team see the case because a later room gave it something to do."""
    case = Case.objects.select_for_update().get(pk=case_id)
    if show_to(case, team):
        settle(case, CaseShared(by=actor, subject=case.ref, case=case.key, team=team.name, why=why), at=clock.now())


def mask_again(case_id: int) -> int:
    """Redact what people wrote on the case under its word list as it is now; answers how many texts changed.

    Runs in the caller's transaction. Events of the past were redacted under the list of their time and stay.
    """
    case = Case.objects.select_for_update().get(pk=case_id)
    changed = 0
    for message in Message.objects.filter(case=case).select_related("author"):
        text = vault.redact_again(case.key, message.text, people=desk_names(MessageKind(message.kind), message.author))
        if text != message.text:
            Message.objects.filter(pk=message.pk).update(text=text)
            changed += 1
    for fact in CaseFact.objects.filter(case=case):
        if vault.redact_again(case.key, fact.value) != fact.value:
            fact.delete()
    own = {name: getattr(case, name) for name in ("title", "impact", "next_action", "resolution_summary")}
    masked = vault.redact_again(case.key, own)
    for name in ("title", "next_action"):  # a token may be longer than what it stands for
        masked[name] = fitting(masked[name], TEXT_MAX)
    if masked != own:
        Case.objects.filter(pk=case.pk).update(**masked)
        changed += 1
    return changed
