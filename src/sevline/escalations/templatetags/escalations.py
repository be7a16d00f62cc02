"""Words of escalations, and evidence ids as links; `{% load escalations %}`."""

import re
from collections.abc import Iterator

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from sevline.escalations.forms import PacketForm
from sevline.escalations.selectors.document import Section
from sevline.service_levels.selectors import ClockView
from sevline.ui.wording import duration, met_in

register = template.Library()
EVIDENCE_ID = re.compile(r"\b[EM]-[0-9]{1,9}\b")
STATUS = {
    "drafted": ("Draft", "idle"),
    "submitted": ("Sent", "accent"),
    "acknowledged": ("Acknowledged", "accent"),
    "accepted": ("Accepted", "ok"),
    "accepted_acting": ("Accepted, acting", "ok"),
    "changes_requested": ("Returned", "warn"),
    "rejected": ("Rejected", "bad"),
    "duplicate": ("Duplicate", "idle"),
    "handed_over": ("Handed over", "accent"),
    "withdrawn": ("Withdrawn", "idle"),
}


@register.filter
def cites(text: str) -> SafeString:
    """The text with each evidence id as a link to its row in the packet."""
    return mark_safe("".join(_pieces(text)))  # noqa: S308 - every piece is escaped below


def _pieces(text: str) -> Iterator[str]:
    at = 0
    for found in EVIDENCE_ID.finditer(text):
        yield conditional_escape(text[at : found.start()])
        yield format_html('<a class="cite" href="#{}">{}</a>', found[0], found[0])
        at = found.end()
    yield conditional_escape(text[at:])


@register.filter
def refused_in(section: Section, form: PacketForm) -> bool:
    """Whether a field of this section was typed and not kept."""
    return any(bound.errors for bound in form.of_section(section.key))


@register.filter
def status_text(status: str) -> str:
    return STATUS.get(status, (status, ""))[0]


@register.filter
def status_tone(status: str) -> str:
    return STATUS.get(status, ("", "idle"))[1]


@register.filter
def clock_text(view: ClockView) -> str:
    """How much is left, or how it ended."""
    if view.stopped_at is not None:
        if view.state != "met":
            return "ended" if view.state == "ended" else "late"
        return met_in(view.elapsed_seconds, outside_hours=view.is_met_outside_hours, lasted=view.lasted_seconds)
    left = view.left_seconds or 0
    return f"{duration(left)} left" if left > 0 else f"over {duration(-left)}"
