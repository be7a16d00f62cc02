"""The outbound lint around every text that goes to a customer: what may go, and what needs somebody else's yes."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sevline.cases.actions.working import locked_to_tell, required, settle, within
from sevline.cases.events import LintSetAside, WordingAsked
from sevline.cases.models import Case, Message
from sevline.cases.selectors.outbound import RULE_OF, granted, plain, situation, wordings_asked
from sevline.core.comms import OUTBOUND, Clearance, clear, lint
from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, require
from sevline.governance import actions as governance
from sevline.governance.models import Approval, ApprovalState
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import Ref
from sevline.vault import actions as vault

LONGEST_ASKED = 5_000


class HeldBack(Refused):
    """The outbound lint keeps the text back; `clearance` says which places and what would let it go."""

    def __init__(self, clearance: Clearance) -> None:
        super().__init__(*(one.sentence for one in clearance.outstanding))
        self.clearance = clearance


@dataclass(frozen=True, slots=True)
class Passed:
    """A text that may go, and the approvals that it uses up, by rule."""

    clearance: Clearance
    approvals: dict[str, int]


def passed(
    case: Case, by: Person, text: str, *, next_update_at: datetime | None, reason: str, is_template: bool = False
) -> Passed:
    """Raises HeldBack while a rule keeps the text back."""
    approvals = granted(case, by, text)
    remarks = lint(text, situation(case, by, text, next_update_at=next_update_at, is_template=is_template))
    clearance = clear(remarks, roles=by.roles, reason=reason, approved=approvals)
    if not clearance.may_go:
        raise HeldBack(clearance)
    return Passed(clearance, {code: approvals[code] for code in clearance.approved})


def set_aside(case: Case, by: Person, message: Message, through: Passed, reason: str) -> list[LintSetAside]:
    """Keep on the message what was set aside, use the approvals up; the event that says so, where anything was."""
    cleared = through.clearance
    said = vault.redact(case.key, reason.strip()).text if cleared.overridden else ""
    message.lint = {
        "version": OUTBOUND.version,
        "overridden": list(cleared.overridden),
        "approved": list(cleared.approved),
        "reason": said,
    }
    for approval in through.approvals.values():
        governance.use(approval, by=by)
    if not (cleared.overridden or cleared.approved):
        return []
    return [
        LintSetAside(
            by=by.ref,
            subject=case.ref,
            case=case.key,
            told=message.pk,
            version=OUTBOUND.version,
            rules=(*cleared.overridden, *cleared.approved),
            overridden=cleared.overridden,
            approved=cleared.approved,
            approvals=tuple(through.approvals.values()),
            reason=said or "approved",
        )
    ]


@transaction.atomic
def ask_for_wording(
    case_key: str, *, by: Person, text: str, reason: str, next_update_at: datetime | None = None
) -> list[Approval]:
    """Ask whoever decides it to let a text go to the customer as it stands: one request for each rule that needs it.

    The requests hold the redacted text; only the same text goes out under them.
    """
    require(by, Right.CASE_REPLY)
    case = locked_to_tell(by, case_key)
    within("text", text, LONGEST_ASKED)
    why = vault.redact(case.key, required(reason, "Say why it goes out as it is; whoever approves reads it.")).text
    remarks = lint(text, situation(case, by, text, next_update_at=next_update_at, is_template=False))
    wanted = clear(remarks, roles=by.roles, reason=why, approved=granted(case, by, text)).askable
    if not wanted:
        raise Refused("Nothing in this text is for somebody else to approve. Change what is marked.")
    kept, asked = vault.redact(case.key, plain(text)).text, []
    for code, decision in wanted.items():
        approval = _waiting(case, by, code, kept) or governance.request(
            by=by,
            decision=decision,
            subject=Ref("message", case.key, f"A message to the customer of {case.key}"),
            case=case.key,
            asked={"rule": f"{code}, {OUTBOUND[code].title.lower()}", "text": kept},
            reason=why,
        )
        asked.append(approval)
        happened = WordingAsked(by=by.ref, subject=case.ref, case=case.key, rule=code, approval=approval.pk)
        settle(case, happened, at=clock.now())
    return asked


def _waiting(case: Case, by: Person, code: str, kept: str) -> Approval | None:
    """The same request, which nobody answered yet: a form sent twice asks once."""
    rows = wordings_asked(case, by).filter(state=ApprovalState.PENDING, expires_at__gt=clock.now())
    same = (row for row in rows if row.asked.get("text") == kept and RULE_OF[row.decision] == code)
    return next(same, None)
