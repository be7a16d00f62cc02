"""What every action on an escalation does around its own decision."""

from sevline.cases import actions as cases
from sevline.core.escalation import ESCALATION, EscalationFacts
from sevline.core.lifecycle import Refused
from sevline.escalations.models import Escalation
from sevline.people.models import Person
from sevline.platform.events import Happening, record


def locked(person: Person, key: str, seen_version: int | None = None) -> Escalation:
    """The escalation, locked until the transaction ends, if the person may see its case."""
    digits = key.upper().removeprefix("ESC-")
    number = int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else -1
    rows = Escalation.objects.visible_to(person).filter(number=number)
    found = rows.select_for_update(of=("self",)).select_related("case", "team").first()
    if found is None:
        raise Refused(f"There is no escalation {key[:20]}.")
    found.check_seen(seen_version)
    return found


def move(escalation: Escalation, verb: str, facts: EscalationFacts) -> None:
    escalation.status = ESCALATION.apply(verb, escalation.status, facts)


def settle(escalation: Escalation, *happenings: Happening) -> Escalation:
    """Save the escalation, record what happened, and let the case and its clocks know."""
    escalation.save_versioned()
    for happening in happenings:
        record(happening)
    cases.note_packet(escalation.case_id, escalation.status)
    return escalation
