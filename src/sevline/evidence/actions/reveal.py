"""A look behind one token: a reason, a second person, a limit of time, and one showing that is kept nowhere."""

from django.db import transaction

from sevline.bench.amounts import LABEL
from sevline.core.access import MINUTES, MOST_MINUTES, grant_lacks
from sevline.core.lifecycle import Refused
from sevline.core.redaction.pseudonym import is_token
from sevline.core.rights import Right, require
from sevline.evidence.actions.common import open_case
from sevline.evidence.behind import value_behind
from sevline.evidence.events import RevealAsked, TokenRevealed
from sevline.evidence.models import Reveal
from sevline.governance import actions as governance
from sevline.governance.models import Approval
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import Ref, record
from sevline.vault import actions as vault

DECISION = "grant_production_data_access"


@transaction.atomic
def ask_to_reveal(case_key: str, token: str, *, by: Person, reason: str, minutes: int = MINUTES) -> Reveal:
    """Ask somebody else to let the person see, once, what a token of this case stands for."""
    require(by, Right.APPROVAL_ASK)
    case = open_case(by, case_key)
    token = token.strip()
    if not is_token(token):
        raise Refused(
            "Paste one token as it stands in the file, such as <STRIPE-KEY-…> or an address at redacted.example."
        )
    if not 1 <= minutes <= MOST_MINUTES:
        raise Refused(f"A grant lasts from 1 minute to {MOST_MINUTES // 60} hours.")
    may_be_seen(by, token)
    said = vault.redact(case.key, reason.strip()).text
    if len(said) < 10:
        raise Refused("Say in a sentence why the value is needed; whoever approves reads it.")
    approval = governance.request(
        by=by,
        decision=DECISION,
        subject=Ref("token", f"{case.key} {token}"[:60], f"One redacted value of {case.key}"),
        case=case.key,
        asked={"what": token, "minutes": minutes, "scope": "one value, shown once"},
        reason=said,
    )
    made = Reveal.objects.create(
        case=case, token=token, approval_id=approval.pk, asked_by=by, asked_at=clock.now(), minutes=minutes
    )
    record(RevealAsked(by=by.ref, subject=case.ref, case=case.key, token=token, approval=approval.pk, minutes=minutes))
    return made


def may_be_seen(by: Person, token: str) -> None:
    """Raises Forbidden for an amount of money unless the person holds the finance grant."""
    if token.startswith(f"<{LABEL}-"):
        require(by, Right.AMOUNTS_VIEW)


def reveal(reveal_id: int, *, by: Person) -> str:
    """The value, this once. It is found again in what is sealed, and neither kept nor logged.

    Refused when nobody approved, the minutes are over, it was shown already, or the key or the originals are gone.
    """
    require(by, Right.APPROVAL_ASK)
    wanted = Reveal.objects.select_related("case").filter(pk=reveal_id, asked_by=by).first()
    if wanted is None:
        raise Refused("You asked for no such value.")
    approval = Approval.objects.get(pk=wanted.approval_id)
    lacks = grant_lacks(
        shown=wanted.shown_at is not None,
        state=approval.state,
        decided_at=approval.decided_at,
        minutes=wanted.minutes,
        now=clock.now(),
    )
    if lacks:
        raise Refused(lacks)
    may_be_seen(by, wanted.token)
    value = value_behind(wanted.case, wanted.token)
    with transaction.atomic():
        governance.use(wanted.approval_id, by=by)
        Reveal.objects.filter(pk=wanted.pk).update(shown_at=clock.now())
        record(
            TokenRevealed(
                by=by.ref,
                subject=wanted.case.ref,
                case=wanted.case.key,
                token=wanted.token,
                approval=wanted.approval_id,
            )
        )
    return value
