"""The evidence checklist of a case, answered by what the case already holds."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sevline.cases.models import UNKNOWN, Case, CaseFact
from sevline.core.advice import Advised, Situation, advise
from sevline.core.checklist import ISSUE_TYPES, Checklist, ItemAnswer, ItemState, asks_of, evaluate
from sevline.core.filling import FILLING, Spoken, filled
from sevline.core.requesting import PLEAS, narrowed
from sevline.core.rounds import FLAGGED_ABOVE, rounds
from sevline.diagnosis.models import ChangeCheck, Finding, Reproduction, Test, Workaround
from sevline.evidence.models import Artifact, Item, RedactionRun, UploadState
from sevline.evidence.selectors import answers
from sevline.platform import clock
from sevline.platform.models import Event

# What a file of some kind proves by being there.
PROVEN_BY = {
    "saml": ("saml.response",),
    "har": ("api_4xx.call", "browser.console", "scim.pair"),
    "access_log": ("api_5xx.rate",),
}
#: What a reader made of a file proves, also where the file is plain text, like the output of curl -v.
GIVEN_BY = {
    "Traffic": ("api_4xx.call", "scim.pair"),
    "SamlResponse": ("saml.response",),
    "Deliveries": ("webhook.attempts",),
}
SPOKEN = ("FAIL", "WARN", "PASS", "INFO")


_BY_LINK = "evidence.received by link"
_OURS = frozenset({"evidence.requested", "case.waiting_for_customer"})
_THEIRS = frozenset({"case.customer_wrote", _BY_LINK})
_ROUNDS = (
    "evidence.requested", "case.waiting_for_customer", "case.customer_wrote", "evidence.received", "escalation.asked",
    "escalation.question_answered",
)  # fmt: skip
# What brings a diagnosis further; a case in which none of it happens is stuck.
_MOVES = (
    "evidence.ready", "evidence.cited", "diagnosis.hypothesis_proposed", "diagnosis.hypothesis_moved",
    "diagnosis.test_concluded", "diagnosis.cause_recorded", "diagnosis.reproduction_recorded",
    "diagnosis.changes_checked", "case.customer_wrote",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rounds:
    """Answered rounds of questions to the customer, and of questions from Engineering."""

    customer: int
    engineering: int

    @property
    def flagged(self) -> bool:
        return max(self.customer, self.engineering) > FLAGGED_ABOVE


@dataclass(frozen=True, slots=True)
class _Held:
    """What the case holds, read once."""

    case: Case
    facts: dict[str, int]
    zoned_times: int
    kinds: frozenset[str]
    gave: frozenset[str]
    filled: frozenset[str]
    has_reproduction: bool
    has_changes: bool
    has_tests: bool
    has_workaround: bool
    has_excerpt: bool

    def says(self, *fields: str) -> bool:
        return all(self.case.impact.get(field, UNKNOWN) not in {"", UNKNOWN} for field in fields)


ANSWERED: dict[str, Callable[[_Held], bool]] = {
    "C1": lambda held: held.says("users", "started", "still_happening"),
    "C2": lambda held: bool(held.facts.get("error") or held.facts.get("status")),
    "C3": lambda held: held.zoned_times >= 2,
    "C4": lambda held: bool(held.case.environment and held.case.environment.version),
    "C5": lambda held: held.has_reproduction,
    "C6": lambda held: held.has_reproduction,
    "C7": lambda held: bool(held.facts.get("request_id") or held.facts.get("trace_id")),
    "C8": lambda held: held.has_changes,
    "C9": lambda held: held.has_tests,
    "C10": lambda held: held.has_workaround,
    "C11": lambda held: held.has_excerpt,
    "C12": lambda held: held.says("deadline"),
}


def of_case(case: Case) -> Checklist | None:
    """The checklist with what is there; None while the case has no severity. Nine queries."""
    if case.severity is None:
        return None
    held, key = _held(case), case.issue_type
    there = _there(held, key)
    known = {ask.key for ask in asks_of(key)}
    said = {item: answer for item, answer in answers(case).items() if item in known}
    # What the case itself shows wins over what somebody said before it was there.
    measured = evaluate(key, case.severity, said | {item: ItemAnswer(ItemState.PROVIDED) for item in there})
    narrow = narrowed(knows_tenant=case.environment_id is not None)
    asks = {item: PLEAS.part[item].asks for item in narrow}
    return replace(measured, items=tuple(replace(one, asks=asks.get(one.key, one.asks)) for one in measured.items))


def _there(held: _Held, issue_type: str) -> set[str]:
    """The items that the case answers by what it holds: its own records, its files, and what was found in them."""
    stars = {star.key for star in ISSUE_TYPES[issue_type].stars} if issue_type in ISSUE_TYPES else set()
    proven = [PROVEN_BY.get(kind, ()) for kind in held.kinds] + [GIVEN_BY.get(kind, ()) for kind in held.gave]
    by_files = {star for one in (*proven, held.filled) for star in one if star in stars}
    return {item for item, holds in ANSWERED.items() if holds(held)} | by_files


def rounds_of(case: Case) -> Rounds:
    """How often the customer and Engineering had to ask and be asked, from the case's events. One query."""
    kinds = list(Event.objects.filter(case_key=case.key, kind__in=_ROUNDS).order_by("seq").values_list("kind", "data"))
    told = [_BY_LINK if kind == "evidence.received" and data.get("way") == "link" else kind for kind, data in kinds]
    customer = rounds(told, asks=_OURS, answers=_THEIRS)
    engineering = rounds(told, asks={"escalation.asked"}, answers={"escalation.question_answered"})
    return Rounds(customer, engineering)


def advice_for(case: Case, checklist: Checklist | None) -> Advised | None:
    """Escalate now, gather more or swarm; None while the case has no severity or is escalated already."""
    if checklist is None or case.severity is None or not case.is_open:
        return None
    now = clock.now()
    moved = (
        Event.objects.filter(case_key=case.key, kind__in=_MOVES).order_by("-seq").values_list("at", flat=True).first()
    )
    due = case.next_due_at
    return advise(
        Situation(
            severity=case.severity,
            percent=checklist.percent,
            stuck_minutes=int((now - (moved or case.opened_at)).total_seconds()) // 60,
            has_open_test=Test.objects.filter(case=case, conclusion="running").exists(),
            sla_minutes=int((due - now).total_seconds()) // 60 if due else None,
        )
    )


def _held(case: Case) -> _Held:
    facts = list(CaseFact.objects.filter(case=case).values_list("kind", "value", "zone_known", "instant"))
    counts: dict[str, int] = {}
    for kind, _, _, _ in facts:
        counts[kind] = counts.get(kind, 0) + 1
    zoned = {instant for kind, _, known, instant in facts if kind == "timestamp" and known and instant}
    files = Artifact.objects.filter(upload__case=case, upload__state=UploadState.AVAILABLE)
    runs = RedactionRun.objects.filter(upload__case=case, upload__state=UploadState.AVAILABLE)
    findings = Finding.objects.filter(case=case, state__in=SPOKEN, upload__state=UploadState.AVAILABLE)
    spoken = [
        Spoken(check_id, tuple(str(place.get("observed", "")) for place in places))
        for check_id, places in findings.filter(check_id__in=FILLING).values_list("check_id", "evidence")
    ]
    return _Held(
        case=case,
        gave=frozenset(kind for gave in runs.values_list("gave", flat=True) for kind in gave),
        filled=filled(spoken, len(zoned)),
        facts=counts,
        zoned_times=len(zoned),
        kinds=frozenset(files.values_list("kind", flat=True)),
        has_reproduction=Reproduction.objects.filter(case=case).exists(),
        has_changes=ChangeCheck.objects.filter(case=case).exists(),
        has_tests=Test.objects.filter(case=case).exclude(conclusion="running").exists(),
        has_workaround=Workaround.objects.filter(case=case).exists(),
        has_excerpt=Item.objects.filter(case=case, withdrawn_at=None).exclude(excerpt="").exists(),
    )
