"""What a case holds when a text is about to go to its customer, and which wordings were approved."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q, QuerySet

from sevline.cases.models import Case, Message, MessageKind
from sevline.catalog.models import ProductArea
from sevline.core.comms import OUTBOUND, Clearance, Situation, clear, lint, masked_in
from sevline.core.rights import decision_row
from sevline.core.service_level import latest_promise
from sevline.core.severity import Degree
from sevline.customers.models import Account, Environment, ProfileFact
from sevline.governance.models import Approval, ApprovalState
from sevline.people.models import Person
from sevline.platform import clock
from sevline.ui.wording import utc
from sevline.vault import actions as vault

CauseCheck = Callable[[Case], bool]
_CONFIRMED: list[CauseCheck] = []
WORKS = frozenset({"validated", "accepted", "accepted_and_validated"})
SHORTEST_NAME = 4  # a customer called “Key” or “App” would be found in every other sentence
#: The decision that lets a wording out, by its key, with the rule that it sets aside.
RULE_OF = {row.key: rule.code for rule in OUTBOUND.rule if (row := decision_row(rule.override)) is not None}


def ask_whether_confirmed(check: CauseCheck) -> None:
    """Teach how to tell whether the cause of a case is confirmed; called once when the room that knows it starts."""
    _CONFIRMED.append(check)


def checked(person: Person, case: Case, text: str, *, next_update_at: datetime | None, reason: str = "") -> Clearance:
    """What the outbound lint says of a text that this person would send now; nothing is kept."""
    if not text.strip() or not Case.objects.visible_to(person).filter(pk=case.pk).exists():
        return Clearance()
    remarks = lint(text, situation(case, person, text, next_update_at=next_update_at, is_template=False))
    return clear(remarks, roles=person.roles, reason=reason, approved=granted(case, person, text))


def situation(case: Case, by: Person, text: str, *, next_update_at: datetime | None, is_template: bool) -> Situation:
    """What the case holds when the text is about to go out. Nine queries, none of which writes."""
    said = list(Message.objects.filter(case=case).exclude(kind=MessageKind.INTERNAL).values_list("kind", "text"))
    told = [words for kind, words in said if kind == MessageKind.PUBLIC]
    return Situation(
        severity=case.severity,
        is_open=case.is_open,
        is_first=not told,
        has_next_update=next_update_at is not None,
        cause_confirmed=any(is_confirmed(case) for is_confirmed in _CONFIRMED),
        fix_validated=case.fix_validated,
        has_workaround=case.workaround_state in WORKS,
        is_unavailable=case.severity_answers.get("degree") == Degree.UNAVAILABLE,
        issue_type=case.issue_type,
        case_key=case.key,
        heard="\n".join([words for kind, words in said if kind != MessageKind.PUBLIC] + _surroundings(case)),
        told="\n".join(told),
        masked=masked_in(text, vault.redactor_of(case.key).text(text).text),
        known_words=_known_words(case),
        other_customers=_other_customers(case),
        colleagues=_colleagues(case, by),
        signers=(by.name, case.owner.name),
        own_hosts=tuple(filter(None, (urlsplit(settings.OPTIONS.base_url).hostname, *_listed("internal_domains")))),
        is_template=is_template,
    )


def _listed(option: str) -> list[str]:
    return [one.strip().lower() for one in getattr(settings.OPTIONS, option).split(",") if one.strip()]


def _surroundings(case: Case) -> list[str]:
    """What is known of the customer's own surroundings; they may read it."""
    known = ProfileFact.objects.filter(account=case.account_id, ended_at=None)
    return list(known.values_list("value", flat=True)) if case.account_id else []


def _known_words(case: Case) -> tuple[str, ...]:
    own = Environment.objects.filter(account=case.account_id).values_list("name", "tenant")
    names = [case.account.name] if case.account else []
    products = ProductArea.objects.values_list("name", "key")
    return tuple({*names, *(word for pair in (*own, *products) for word in pair if word), *_listed("public_hosts")})


def _other_customers(case: Case) -> tuple[str, ...]:
    """Names and tenants that are not the reader's. A name that our products bear too says nothing of a customer."""
    names = Account.objects.exclude(pk=case.account_id or 0).values_list("name", flat=True)
    tenants = Environment.objects.exclude(account=case.account_id).values_list("tenant", flat=True)
    own = " ".join(_known_words(case))
    return tuple(word for word in {*names, *tenants} if len(word) >= SHORTEST_NAME and word not in own)


def _colleagues(case: Case, by: Person) -> tuple[str, ...]:
    """Full names of those who work here, but of who writes and who owns the case: they sign what they write."""
    others = Person.objects.filter(is_active=True).exclude(Q(pk=by.pk) | Q(pk=case.owner_id))
    return tuple(name for name in others.values_list("name", flat=True) if len(name.split()) > 1)


def latest_promise_of(case: Case, at: datetime) -> datetime | None:
    """The last minute for which the next update may be promised; None while no clock is set for it."""
    plan = case.account.plan if case.account else "standard"
    return latest_promise(case.severity, at=at, plan=plan, issue_type=case.issue_type)


def late_promise(case: Case, promised: datetime | None, at: datetime) -> str:
    """What to know of a promise that lies behind the clock of the case, which it does not move; empty for any other."""
    due = latest_promise_of(case, at) if case.is_open else None
    if promised is None or due is None or promised.replace(second=0, microsecond=0) <= due:
        return ""
    return (
        f"You promise the next update for {utc(promised)}; the clock of a Sev{case.severity} runs out {utc(due)}, and "
        "the earlier of the two counts. Promise that time, or write again before it."
    )


def plain(text: str) -> str:
    """The text with the ends of its lines as one system writes them: a form sends them as another does."""
    return "\n".join(text.replace("\x00", "").strip().splitlines())


def granted(case: Case, by: Person, text: str) -> dict[str, int]:
    """The approvals that the author holds for this very text, by rule."""
    rows = wordings_asked(case, by).filter(state=ApprovalState.APPROVED, expires_at__gt=clock.now())
    held = {RULE_OF[row.decision]: row for row in rows}
    if not held:
        return {}
    kept = vault.redactor_of(case.key).text(plain(text)).text
    return {code: int(row.pk) for code, row in held.items() if row.asked.get("text") == kept}


def approved_wording(person: Person, case: Case) -> str:
    """The text that somebody approved for this person to send, the newest first; empty when there is none."""
    rows = wordings_asked(case, person).filter(state=ApprovalState.APPROVED, expires_at__gt=clock.now())
    newest = rows.order_by("-decided_at", "-pk").first()
    return str(newest.asked.get("text", "")) if newest else ""


def wordings_asked(case: Case, by: Person) -> QuerySet[Approval]:
    return Approval.objects.filter(
        case_key=case.key, requested_by=by, subject_kind="message", decision__in=list(RULE_OF)
    )
