"""Words about approvals and decision rights for templates."""

from collections.abc import Mapping

from django import template

from sevline.governance import selectors
from sevline.governance.models import Approval, ApprovalState
from sevline.platform import clock
from sevline.ui.wording import spoken

register = template.Library()
_OPEN = frozenset({ApprovalState.PENDING.value, ApprovalState.APPROVED.value})
_TONES = {"pending": "warn", "approved": "ok", "refused": "bad", "used": "idle", "expired": "idle"}


@register.filter
def pairs(data: Mapping[str, object]) -> list[tuple[str, object]]:
    """Names and values of an event's data. Its own key “items” would hide the method of that name from a template."""
    return list(data.items())


@register.filter
def decision_words(key: str) -> str:
    words = selectors.words_for(key)
    return words[:1].upper() + words[1:]


@register.filter
def asked_words(value: object) -> object:
    """A value of what was asked for: answers by question, one after the other; what nobody said as such."""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {said}".replace("_", " ") for name, said in value.items()) or "none"
    return value_words(value) if value else "not said"


@register.filter
def value_words(value: object) -> object:
    """A value of an event as people write it: times in UTC, yes and no, a list with commas."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        return ", ".join(str(one) for one in value) or "none"
    if value is None or value == "":
        return "not stated"
    return spoken(value) if isinstance(value, str) else value


@register.filter
def event_words(kind: str) -> str:
    return selectors.event_words(kind)


@register.filter
def approvers(decision: str) -> str:
    return selectors.approving_titles(decision)


@register.filter
def approval_state(approval: Approval) -> str:
    """The state as it is now: what ran out is expired even before that was noted."""
    ran_out = approval.state in _OPEN and approval.expires_at <= clock.now()
    return ApprovalState.EXPIRED.value if ran_out else approval.state


@register.filter
def approval_tone(approval: Approval) -> str:
    return _TONES[approval_state(approval)]
