"""What the desk and the workspace read across rooms; the person comes first in each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from sevline.cases import selectors as cases
from sevline.cases.models import Case, Handoff
from sevline.cases.selectors.news import news as case_news
from sevline.cases.selectors.timeline import Entry
from sevline.core.case import CaseStatus
from sevline.core.escalation import EscalationStatus
from sevline.core.rights import Right, holds
from sevline.escalations.models import Escalation, Question
from sevline.escalations.selectors import number_of
from sevline.evidence.selectors import register_row
from sevline.governance import selectors as governance
from sevline.people.models import Person
from sevline.service_levels.models import Clock

MOST_ROWS = 12
FOCUS = 3
LOOK_BACK = timedelta(days=1)


def focus(person: Person, *, at: datetime) -> list[Case]:
    """The person's own cases that need them first: three at most."""
    return list(cases.queue(person, "mine", at=at, limit=FOCUS).rows)


def held_count(person: Person) -> int:
    return Case.objects.visible_to(person).open().filter(owner=person).count()


def at_risk(person: Person, *, at: datetime) -> list[Case]:
    """Cases of everybody here whose clock runs out soon or is over, in breach order."""
    return list(cases.queue(person, "at-risk", at=at, limit=MOST_ROWS).rows)


def page_of(person: Person, words: str) -> str:
    """The page of the one record that these words name and that the person may see: C-1042, ESC-116, C-1042 E-3."""
    name, _, item = words.upper().replace("/", " ").partition(" ")
    case = cases.case_named(person, name)
    if case is not None and not item:
        return case.page
    if case is not None and holds(person, Right.EVIDENCE_VIEW) and register_row(person, case, item.strip()):
        return reverse("exhibit", args=(case.key, item.strip()))
    if name.startswith("ESC-") and not item and holds(person, Right.PACKET_VIEW):
        packet = Escalation.objects.visible_to(person).filter(number=number_of(name)).first()
        return reverse("escalations:packet", args=(packet.key,)) if packet else ""
    return ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that does not go on without this person."""

    text: str
    url: str
    by: str
    at: datetime | None
    due: datetime | None = None


def waiting(person: Person) -> list[Waiting]:
    """Hand-offs offered, approvals asked for, packets sent back, questions of Engineering. Four queries."""
    return [*_handoffs(person), *_approvals(person), *_returned(person), *_questions(person)]


def _handoffs(person: Person) -> Iterable[Waiting]:
    offers = Handoff.objects.filter(receiver=person, accepted_at=None, withdrawn_at=None)
    for offer in offers.filter(case__in=Case.objects.visible_to(person)).select_related("case", "giver"):
        yield Waiting(
            f"Accept {offer.case.key}: {offer.case.title}", offer.case.page, offer.giver.name, offer.offered_at
        )


def _approvals(person: Person) -> Iterable[Waiting]:
    for asked in governance.waiting_for(person)[:MOST_ROWS]:
        text = f"Decide: {governance.words_for(asked.decision)}, {asked.subject_label}"
        url = reverse("approval", args=[asked.pk])
        yield Waiting(text, url, asked.requested_by.name, asked.requested_at, asked.expires_at)


def _returned(person: Person) -> Iterable[Waiting]:
    back = Escalation.objects.visible_to(person).filter(status=EscalationStatus.CHANGES_REQUESTED)
    for packet in back.filter(case__owner=person).select_related("case", "decided_by")[:MOST_ROWS]:
        text = f"{packet.key} came back ({packet.reason_code or 'see the note'}): {packet.case.title}"
        by = packet.decided_by.name if packet.decided_by else "Engineering"
        yield Waiting(text, _escalation_page(packet), by, packet.first_decided_at, packet.needed_by)


def _questions(person: Person) -> Iterable[Waiting]:
    seen = Escalation.objects.visible_to(person).filter(case__owner=person)
    open_questions = Question.objects.filter(escalation__in=seen, answered_at=None)
    for question in open_questions.select_related("escalation__case", "asked_by")[:MOST_ROWS]:
        text = f"Answer {question.escalation.key}: {question.text[:120]}"
        yield Waiting(text, _escalation_page(question.escalation), question.asked_by.name, question.asked_at)


def _escalation_page(packet: Escalation) -> str:
    return f"{packet.case.page}/escalation"


@dataclass(frozen=True, slots=True)
class Promise:
    """An update that a customer waits for: `due` is when the clock runs out, which may be before what was promised."""

    case: Case
    due: datetime

    @property
    def is_later(self) -> bool:
        """Whether the customer was promised a later time than the clock allows."""
        promised = self.case.next_update_at
        return promised is not None and self.due < promised.replace(second=0, microsecond=0)


def promises(person: Person) -> list[Promise]:
    """The person's cases whose customer was promised an update, the next one first. Resolving a case keeps none."""
    promised = Case.objects.visible_to(person).filter(owner=person, next_update_at__isnull=False)
    promised = promised.exclude(status__in=(CaseStatus.CLOSED, CaseStatus.MERGED))
    cases = {
        case.key: case for case in promised.select_related("account").order_by("next_update_at", "number")[:MOST_ROWS]
    }
    running = Clock.objects.filter(case_key__in=list(cases), metric="next_update", stopped_at=None)
    due = dict(running.exclude(due_at=None).values_list("case_key", "due_at"))
    first = {key: due.get(key) or case.next_update_at for key, case in cases.items()}
    return sorted((Promise(cases[key], at) for key, at in first.items() if at is not None), key=_when)


def _when(promise: Promise) -> datetime:
    return promise.due


def news(person: Person, *, since: datetime) -> list[tuple[Case, Entry]]:
    """What others did on the person's cases since then, the newest first."""
    return case_news(person, since=since, limit=MOST_ROWS)


def people_of(case: Case) -> list[str]:
    """Names of whoever the case is with now: owner, who acts next, who opened it; each once."""
    names = (case.owner.name, case.next_action_by.name, case.opened_by.name)
    return list(dict.fromkeys(names))
