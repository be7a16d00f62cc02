"""What the panels of a case show, the person first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten

from django.shortcuts import get_object_or_404

from sevline.cases.events import ImpactSet
from sevline.cases.models import (
    UNKNOWN,
    Case,
    CaseFact,
    CaseQuerySet,
    Handoff,
    ImpactField,
    Message,
    MessageKind,
    number_of,
)
from sevline.core.case import CASE, CAUSE_CATEGORIES, NOBODY_TOOK_IT, RESOLUTION_CODES
from sevline.core.extraction import zones
from sevline.core.rights import Right, holds
from sevline.core.severity import basis, gap_needs_explanation, kept_answers
from sevline.people.models import Person, Team
from sevline.platform.models import Event
from sevline.service_levels.selectors import ClockView, clock_strip


def case_by_key(person: Person, key: str) -> Case:
    """The case “C-1042” or “1042”. Http404 alike for one that does not exist and one that the person may not see."""
    related = ("owner", "next_action_by", "product_area", "product_area__engineering", "account", "environment", "team")
    return get_object_or_404(Case.objects.visible_to(person).select_related(*related), number=number_of(key))


def open_handoff(person: Person, case: Case) -> Handoff | None:
    """The offer of this case that waits for an answer."""
    waiting = Handoff.objects.filter(case=case, accepted_at=None, withdrawn_at=None, case__in=_seen(person))
    return waiting.select_related("giver", "receiver").first()


def may_end_offer(person: Person, case: Case, offer: Handoff | None) -> bool:
    """Whether the person may take the offer back or decline it: its two people, the owner, and who gives cases away."""
    if offer is None or not holds(person, Right.CASE_HANDOFF):
        return False
    return person.pk in {offer.giver_id, offer.receiver_id, case.owner_id} or holds(person, Right.CASE_ASSIGN)


def owns_open_cases(person: Person) -> str:
    """That the person owns open cases, in a sentence; empty when they own none."""
    # All that they own, not what they see: a person whose roles were taken away first still owns the cases.
    count = Case.objects.open().filter(owner=person).count()
    cases = "1 open case" if count == 1 else f"{count:,} open cases"
    return f"{person.name} owns {cases}. Hand {'it' if count == 1 else 'them'} over first." if count else ""


def _seen(person: Person) -> CaseQuerySet:
    seen: CaseQuerySet = Case.objects.visible_to(person)
    return seen


def facts(person: Person, case: Case) -> dict[str, list[CaseFact]]:
    """Timestamps, ids, codes and versions found on the case, by kind."""
    found: dict[str, list[CaseFact]] = {}
    for fact in CaseFact.objects.filter(case=case, case__in=_seen(person)):
        found.setdefault(fact.kind, []).append(fact)
    return found


FIRST_FOUND, MOST_FOUND, OF_A_FILE = 3, 33, 3


@dataclass(frozen=True, slots=True)
class FoundIn:
    """A few of the distinct values of one kind that one file holds, and how many it holds; `key` is such as E-3."""

    key: str
    values: tuple[str, ...]
    total: int

    @property
    def hidden(self) -> int:
        return self.total - len(self.values)


@dataclass(frozen=True, slots=True)
class Found:
    """The distinct values of one kind: what people wrote, the first three of it and up to thirty more, then a few of
    each file, so that a log does not bury the ticket."""

    kind: str
    values: tuple[str, ...]
    total: int
    vague: int = 0  # times that do not say their zone; somebody has to ask for it
    files: tuple[FoundIn, ...] = ()

    @property
    def first(self) -> tuple[str, ...]:
        return self.values[:FIRST_FOUND]

    @property
    def more(self) -> tuple[str, ...]:
        return self.values[FIRST_FOUND:]

    @property
    def hidden(self) -> int:
        """How many that people wrote are in none of the two."""
        return self.total - len(self.values)


def found(person: Person, case: Case) -> list[Found]:
    """What was found in texts and files, for a narrow panel; a time without a zone says so. One query."""
    said: dict[str, dict[str, bool]] = {}
    files: dict[str, dict[str, dict[str, None]]] = {}
    facts = CaseFact.objects.filter(case=case, case__in=_seen(person)).order_by("kind", "id")
    for kind, value, zone_known, source in facts.values_list("kind", "value", "zone_known", "source"):
        is_vague = kind == "timestamp" and not zone_known
        shown = f"{value} ({_doubt(value)})" if is_vague else value
        if source.startswith("message "):
            said.setdefault(kind, {})[shown] = is_vague
        else:
            files.setdefault(kind, {}).setdefault(source, {})[shown] = None
    return [_found_of(kind, said.get(kind, {}), files.get(kind, {})) for kind in sorted({*said, *files})]


def _found_of(kind: str, said: Mapping[str, bool], files: Mapping[str, Mapping[str, None]]) -> Found:
    own = {source: tuple(value for value in values if value not in said) for source, values in files.items()}
    return Found(
        kind,
        tuple(said)[:MOST_FOUND],
        len(said),
        sum(said.values()),
        tuple(FoundIn(source, values[:OF_A_FILE], len(values)) for source, values in own.items() if values),
    )


def _doubt(value: str) -> str:
    """Why a time names no instant yet: its zone means several, or it names none."""
    several = zones.doubt(value)
    return f"zone unknown: {several}?" if several else "zone unknown"


def messages(person: Person, case: Case, *kinds: MessageKind) -> list[Message]:
    """What was said on the case, the oldest first; all kinds when none is named."""
    said = Message.objects.filter(case=case, case__in=_seen(person)).select_related("author")
    return list(said.filter(kind__in=kinds) if kinds else said)


@dataclass(frozen=True, slots=True)
class ImpactRow:
    """A line of the impact card; `known` is what the case says by itself where the card says “unknown”."""

    title: str
    value: str
    known: str = ""

    @property
    def is_unknown(self) -> bool:
        return self.value == UNKNOWN


@dataclass(frozen=True, slots=True)
class Properties:
    """What the side panel says about a case."""

    case: Case
    impact: tuple[ImpactRow, ...]
    moves: tuple[str, ...]
    handoff: Handoff | None
    hygiene: tuple["HygieneRule", ...]
    shown_to: tuple[str, ...]
    severity_basis: str
    resolution: str
    cause: str
    is_next_action_overdue: bool
    needs_explanation: bool
    not_taken: str = NOBODY_TOOK_IT


def properties(person: Person, case: Case, *, at: datetime) -> Properties:
    """Everything of the side panel; four queries, five where a person decided the severity."""
    code, cause = RESOLUTION_CODES.get(case.resolution_code), CAUSE_CATEGORIES.get(case.cause_category)
    return Properties(
        case=case,
        impact=tuple(ImpactRow(str(f.label), case.impact.get(f.value, UNKNOWN), _known(case, f)) for f in ImpactField),
        moves=tuple(move.verb for move in CASE.from_status(case.status)),
        handoff=open_handoff(person, case),
        hygiene=hygiene(case),
        shown_to=tuple(
            Team.objects.filter(pk__in=case.access.values("team"))
            .exclude(pk=case.team_id)
            .values_list("name", flat=True)
        ),
        severity_basis=severity_basis(case),
        resolution=code.title if code else "",
        cause=cause.title if cause else "",
        is_next_action_overdue=case.is_open and case.next_action_due <= at,
        needs_explanation=needs_explanation(case),
    )


def severity_basis(case: Case, longest: int = 1000) -> str:
    """What the severity rests on, in words; empty while nobody rated the case. A reason is cut at `longest`."""
    if not case.severity_rule or case.severity is None:
        return ""
    reason = shorten(case.severity_reason, longest, placeholder=" …")
    answers = kept_answers(case.severity_answers)
    return basis(case.severity, case.severity_rule, answers, reason=reason, by=_decided_by(case) if reason else "")


def _decided_by(case: Case) -> str:
    changes = Event.objects.filter(case_key=case.key, kind="case.severity_changed").order_by("-seq")
    return changes.values_list("actor_label", flat=True).first() or ""


@dataclass(frozen=True, slots=True)
class HygieneRule:
    """A rule of good keeping; `mend` is the page on which it is put right by whoever holds `right`, `idle` why it does
    not apply yet."""

    key: str
    title: str
    passes: bool
    mend: str
    right: Right
    idle: str = ""


def _known(case: Case, field: ImpactField) -> str:
    """What is known of the customer of the case, and of the workaround that somebody recorded."""
    if field is ImpactField.WORKAROUND:
        state = case.workaround_state.replace("_", " ")
        return f"recorded in the diagnosis: {state}" if state and state != UNKNOWN else ""
    account = case.account
    if account is None:
        return ""
    if field is ImpactField.REGIONS and account.region:
        return f"the customer is in {account.region.upper()}"
    return f"{account.name} for one" if field is ImpactField.TENANTS else ""


_MENDING = {
    "classify": Right.CASE_EDIT,
    "triage": Right.CASE_TRIAGE,
    "impact": Right.CASE_EDIT,
    "tell": Right.CASE_REPLY,
}


def hygiene(case: Case) -> tuple[HygieneRule, ...]:
    """Which rules of good keeping a case meets, each worded as it stands. One query."""
    idle = _no_severity_gap(case)
    said = Message.objects.filter(case=case, kind=MessageKind.PUBLIC, is_meaningful=True)
    told = list(said.values_list("explains_severity", flat=True))
    rules = (
        ("type", bool(case.issue_type), "The issue type is set.", "The issue type is not set.", "classify"),
        (
            "severity",
            bool(case.severity_rule),
            "The severity says which rule gave it.",
            "No rule has given the severity yet.",
            "triage",
        ),
        (
            "impact",
            _is_card_written(case),
            "The impact card is written, unknowns named.",
            "The impact card is not written: nobody has said that its unknowns are unknown.",
            "impact",
        ),
        ("told", bool(told), "The customer was answered.", "Nobody has answered the customer yet.", "tell"),
    )
    kept = [
        HygieneRule(key, yes if met else no, met, f"{case.page}/{mend}", _MENDING[mend])
        for key, met, yes, no, mend in rules
    ]
    explained = not idle and any(told)
    title = "The customer was told why the severity is not the one they gave."
    if idle:
        title = "Explaining to the customer why the severity is not theirs: not needed."
    elif not explained:
        title = "The customer was not told yet why the severity is not the one they gave."
    return (*kept, HygieneRule("severity_gap", title, explained, f"{case.page}/tell", Right.CASE_REPLY, idle))


def _is_card_written(case: Case) -> bool:
    """Whether the card says something, or somebody saved it as it is; “unknown” since the opening says neither."""
    if any(value and value != UNKNOWN for value in case.impact.values()):
        return True
    return bool(case.impact) and Event.objects.filter(case_key=case.key, kind=ImpactSet.kind).exists()


def _no_severity_gap(case: Case) -> str:
    """Why there is nothing to explain about the severity; empty where the customer has to be told."""
    if case.customer_severity is None:
        return "The customer gave no severity."
    if case.severity is None:
        return "The severity is not rated yet."
    return "" if needs_explanation(case) else "Both severities are the same or one level apart."


def has_answered(case: Case) -> bool:
    """Whether the customer got an answer that counts as one. One query."""
    return Message.objects.filter(case=case, kind=MessageKind.PUBLIC, is_meaningful=True).exists()


def needs_explanation(case: Case) -> bool:
    """Whether the customer gave a severity that is two or more levels from the assessed one."""
    return gap_needs_explanation(case.customer_severity, case.severity)


def clocks(person: Person, case: Case, *, at: datetime) -> list[ClockView]:
    """The case's clocks with the reasons why they run, pause or stopped."""
    if not Case.objects.visible_to(person).filter(pk=case.pk).exists():
        return []
    return clock_strip(person, case.key, at=at)


def possible_receivers(person: Person, case: Case) -> list[Person]:
    """People of the teams that see the case, except its owner."""
    if not Case.objects.visible_to(person).filter(pk=case.pk).exists():
        return []
    people = Person.objects.filter(is_active=True, teams__in=case.access.values("team")).exclude(pk=case.owner_id)
    return list(people.distinct())


def possible_doers(person: Person, case: Case) -> list[Person]:
    """Those who may do the next step: the owner, and of the possible receivers those whose roles let them edit it."""
    others = [one for one in possible_receivers(person, case) if holds(one, Right.CASE_EDIT)]
    return [case.owner, *others] if Case.objects.visible_to(person).filter(pk=case.pk).exists() else []


def possible_owners(person: Person, case: Case) -> list[Person]:
    """Those of the possible receivers whose roles let them accept a case."""
    return [one for one in possible_receivers(person, case) if holds(one, Right.CASE_HANDOFF)]
