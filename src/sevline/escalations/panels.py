"""What the pages of this room show, as plain contexts; the workspace composes one of them."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Model

from sevline.cases.models import Case
from sevline.core import packet as core
from sevline.core.escalation import ACTION_CODES, AT_ENGINEERING, ESCALATION, FINISHED, REASONS, EscalationStatus
from sevline.core.rights import Right, holds
from sevline.escalations import forms, selectors
from sevline.escalations.models import Escalation, PacketVersion
from sevline.escalations.selectors.document import document_of, exhibits_of, gate_view, sections
from sevline.escalations.steps import STEPS, offered
from sevline.people.models import Person
from sevline.people.views.requests import SignedIn
from sevline.platform import clock
from sevline.service_levels import selectors as service_levels

ASKED_BY = {"R01": ("P6",), "R02": ("P7",), "R03": ("P4",)}  # where the engineer named no field
RETURNED = "Returned to Support. It runs on: only an action of Engineering or the end of the escalation stops it."


def escalation(request: SignedIn, case: Case) -> dict[str, Any]:
    """What `escalations/panels/escalation.html` needs."""
    person = request.user
    rows = list(selectors.of_case(person, case))
    going = selectors.going(case, rows)
    security = selectors.is_security_matter(case)
    return {
        "case": case,
        "packets": rows,
        "going": going,
        "security": security,
        "may_start": holds(person, Right.PACKET_EDIT) and going is None and case.is_open and not security,
        "questions": [question for row in rows for question in row.questions.all()],
        "clocks": _clocks(person, going) if going else [],
        "now": clock.now(),
    }


def packet_page(
    person: Person, shown: Escalation, version: int | None = None, form: forms.PacketForm | None = None
) -> dict[str, Any]:
    """What `escalations/packet.html` needs: the live draft for those who write it, else the version that was sent."""
    versions = list(shown.versions.all())
    chosen = next((row for row in versions if row.number == version), None)
    writes = holds(person, Right.PACKET_EDIT) and shown.status not in FINISHED
    if chosen is None and versions and not writes:
        chosen = versions[0]
    return {
        "escalation": shown,
        "case": shown.case,
        "versions": versions,
        "chosen": chosen,
        "may": _may(person, shown),
        "answers": offered(person, shown),
        "elsewhere": _elsewhere(person, shown),
        "clocks": _clocks(person, shown),
        "deferred": list(shown.deferred.all()),
        "questions": [(row, _answer_form(shown, row)) for row in shown.questions.all()],
        "now": clock.now(),
        **(_sent(shown, chosen) if chosen else _live(person, shown, form)),
        **_said(shown),
    }


@dataclass(frozen=True, slots=True)
class Returned:
    """An answer that sent the packet back: whose it is, in whose words, for which reason, and what was done since."""

    by: str
    at: datetime | None
    reason: str
    note: str
    fields: tuple[str, ...]
    same: tuple[str, ...]  # of these fields those that still say what they said
    is_unchanged: bool


def _returned(shown: Escalation, document: dict[str, Any]) -> Returned | None:
    """The answer for which Support has the packet again; one query."""
    last = shown.versions.first()
    if shown.status not in forms.CAME_BACK or last is None:
        return None
    sent, answer, reason = document_of(last), selectors.last_return(shown), REASONS.get(shown.answer_reason)
    asked = tuple(answer.data.get("asks_for", ())) if answer else ()
    fields = asked or ASKED_BY.get(shown.answer_reason, ())
    return Returned(
        by=shown.decided_by.name if shown.decided_by else "Engineering",
        at=answer.at if answer else None,
        reason=f"{reason.code} {reason.title.lower()}" if reason else "",
        note=shown.decision_note,
        fields=fields,
        same=tuple(field for field in fields if document.get(field.lower()) == sent.get(field.lower())),
        is_unchanged=all(document[key] == sent[key] for key in core.FIELD_KEYS),
    )


def _came_back(back: Returned | None) -> dict[str, str]:
    """The fields for which the packet came back and that say the same as then, each with the reason."""
    why = f"Came back: {back.reason}" if back and back.reason else "Came back"
    return dict.fromkeys(back.same, why) if back else {}


def _waits_for(back: Returned | None) -> str:
    """Why a packet that came back is not ready yet, whatever it scores; empty once something was done about it."""
    if back is None:
        return ""
    if not back.same:
        return "It came back, and nothing was changed since" if back.is_unchanged else ""
    named = " and ".join(filter(None, (", ".join(back.same[:-1]), back.same[-1])))
    return f"It came back, and {named} say{'s' if len(back.same) == 1 else ''} the same as then"


def _is_as_sent(shown: Escalation, document: dict[str, Any]) -> bool:
    """Whether the packet was sent, is not back, and says what its last version says."""
    last = shown.versions.first()
    if last is None or shown.status in forms.CAME_BACK:
        return False
    sent = document_of(last)
    return all(document[key] == sent[key] for key in core.FIELD_KEYS)


def _sent(shown: Escalation, chosen: PacketVersion) -> dict[str, Any]:
    document = document_of(chosen)
    return {
        "sections": sections(document, shown.case),
        "exhibits": exhibits_of(document, shown.case),
        "document": document,
        "markdown": chosen.markdown,
        "json": chosen.document,
    }


def _live(person: Person, shown: Escalation, form: forms.PacketForm | None = None) -> dict[str, Any]:
    facts, score = selectors.packet(shown)
    text = core.as_json(facts, score)
    document = document_of(PacketVersion(document=text))
    back = _returned(shown, document)
    came_back = _came_back(back)
    note = f"{back.by}: “{back.note}”" if back and back.note else ""
    gate = gate_view(score, shown.case, person, waits_for=_waits_for(back))
    writes = holds(person, Right.PACKET_EDIT) and shown.status not in FINISHED
    fresh = form or forms.PacketForm(escalation=shown, facts=facts, may_accept=holds(person, Right.PACKET_OVERRIDE))
    unsaved = ", ".join(form.refused) if form else ""
    first = {"unsaved": unsaved}
    return {
        "sections": sections(document, shown.case, score, came_back, person=person, note=note),
        "came_back": came_back,
        "returned": back,
        "as_sent": _is_as_sent(shown, document),
        "exhibits": exhibits_of(document, shown.case),
        "document": document,
        "markdown": core.markdown(facts, score),
        "json": text,
        "gate": gate,
        "severity": facts.severity,
        "sendable": not gate.objections and not unsaved,
        "unsaved": unsaved,
        "form": fresh if writes else None,
        "writing": [(key, fresh.of_section(key)) for key in core.FIELD_KEYS] if writes else [],
        "written_here": tuple(forms.WRITTEN_AT),
        "filled": sum(bool(document[key]) for key in core.FIELD_KEYS),
        "executive": core.executive_length(facts),
        "executive_max": core.PACKET.executive_max,
        "send_form": forms.SendForm(escalation=shown, initial=first),
        "override_form": forms.OverrideForm(escalation=shown, initial=first),
    }


def _may(person: Person, shown: Escalation) -> dict[str, bool]:
    """What is offered; every action asks for its right again."""
    moves = {move.verb for move in ESCALATION.from_status(shown.status)}
    sends = bool(moves & {"submit", "resubmit"})
    return {
        "send": sends and holds(person, Right.PACKET_SUBMIT),
        "override": sends and holds(person, Right.PACKET_OVERRIDE),
        "withdraw": "withdraw" in moves and holds(person, Right.PACKET_WITHDRAW),
        "edit": shown.status not in FINISHED and holds(person, Right.PACKET_EDIT),
        "export": holds(person, Right.PACKET_EXPORT),
        "answer": selectors.may_answer(person, shown),
    }


def _elsewhere(person: Person, shown: Escalation) -> str:
    """To an engineer of another team: who answers it."""
    mine = not holds(person, Right.ESCALATION_ANSWER) or selectors.may_answer(person, shown)
    return "" if mine or not shown.submitted_at else selectors.is_with(shown)


def _answer_form(shown: Escalation, question: Model) -> forms.AnswerForm:
    return forms.AnswerForm(escalation=shown, initial={"question_id": question.pk})


def _clocks(person: Person, shown: Escalation) -> list[service_levels.ClockView]:
    strip = service_levels.clock_strip(person, shown.case.key, at=clock.now())
    own = [view for view in strip if view.subject_key == shown.key]
    if shown.status != EscalationStatus.CHANGES_REQUESTED:
        return own
    return [replace(view, reason=RETURNED) if _acts_on(view) else view for view in own]


def _acts_on(view: service_levels.ClockView) -> bool:
    return view.metric == "engineering_action" and view.stopped_at is None


def _said(shown: Escalation) -> dict[str, Any]:
    reason, action = REASONS.get(shown.answer_reason), ACTION_CODES.get(shown.action_code)
    return {
        "reason": f"{reason.code} {reason.title.lower()}" if reason else "",
        "action": action.title if action else "",
        "withdraw_form": STEPS["withdraw"].form(escalation=shown),
    }


def inbox(person: Person, show: str, at_key: str) -> dict[str, Any]:
    """What `escalations/inbox.html` needs: the list, and the packet that is open beside it."""
    chosen = show if show in {"mine", "answered"} else "waiting"
    rows = list(selectors.inbox(person, chosen)[:100])
    number = selectors.number_of(at_key)
    at = next((row for row in rows if row.number == number), rows[0] if rows else None)
    opened = selectors.by_key(person, at.key) if at else None
    strips = selectors.ola_clocks(row.key for row in rows)
    return {
        "rows": [(row, strips.get(row.key)) for row in rows],
        "show": chosen,
        "opened": opened,
        "waiting": sum(row.status in AT_ENGINEERING for row in rows),
        "now": clock.now(),
        **(_beside(person, opened) if opened else {}),
    }


def _beside(person: Person, opened: Escalation) -> dict[str, Any]:
    latest = opened.versions.first()
    return {
        "latest": latest,
        "document": document_of(latest) if latest else {},
        "answers": offered(person, opened),
        "elsewhere": _elsewhere(person, opened),
        "clocks": _clocks(person, opened),
        **_said(opened),
    }
