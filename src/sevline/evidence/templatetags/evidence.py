"""How redacted text stands on a page: nothing in it acts, and what was masked is seen at once."""

import re
from functools import cache

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from sevline.bench.report.wording import shown
from sevline.core import amount
from sevline.core.mining.report import onset_text
from sevline.core.mining.slots import as_read
from sevline.core.mining.surfacing.onset import Onset
from sevline.core.redaction.detector_set import every_detector
from sevline.core.redaction.pseudonym import EVERY_PSEUDONYM

register = template.Library()
_PSEUDONYM = re.compile(f"({EVERY_PSEUDONYM})")
SHORT = 24  # letters and digits beside the masks: a field's name, not a sentence
_COMMAND = re.compile(r"`([^`\n]{1,400})`")
_GAP = re.compile(r"(<[^<>\s]{1,40}>|\*)")


@register.filter
def visible(text: str) -> SafeString:
    """Text as it is, with control and direction characters as escapes and pseudonyms marked."""
    return _marked(_PSEUDONYM, text, '<span class="redact">{}</span>')


@register.filter
def with_code(text: str) -> SafeString:
    """An advice, its commands in back-ticks set as code."""
    return _marked(_COMMAND, text, "<code>{}</code>")


@register.filter
def template_words(text: str) -> SafeString:
    """A pattern's template with its gaps marked."""
    return _marked(_GAP, as_read(text), "<var>{}</var>")


@register.filter
def mostly_masked(text: str) -> str:
    """“masked, 1 value” where little else is left of a text, which would look as if it were missing; else nothing."""
    tokens = _PSEUDONYM.findall(str(text))
    left = sum(character.isalnum() for character in _PSEUDONYM.sub("", str(text)))
    if not tokens or left > SHORT:
        return ""
    return f"masked, {len(tokens)} value{'' if len(tokens) == 1 else 's'}"


def _lines(text: str) -> str:
    """A record of several lines stands on as many; every other control character is escaped."""
    return "\n".join(shown(line) for line in text.replace("\r\n", "\n").split("\n"))


def _marked(what: re.Pattern[str], text: str, form: str) -> SafeString:
    pieces = what.split(str(text).replace("\t", "    "))
    made = [
        format_html(form, shown(piece)) if place % 2 else conditional_escape(_lines(piece))
        for place, piece in enumerate(pieces)
    ]
    return mark_safe("".join(made))  # noqa: S308 - each piece is escaped above


@register.filter
def onset(found: Onset) -> str:
    """When it began, in UTC, with its 95 % interval where that is more than the second."""
    return onset_text(found)


@register.filter
def plain(text: str) -> str:
    """Text with control and direction characters as escapes; the page escapes the rest."""
    return shown(str(text))


@register.filter
def kind_words(kind: str) -> str:
    """What a detector finds, in words: “Stripe webhook secret”; a word of the case’s own list by its kind."""
    return _titles().get(kind) or kind.replace("_", " ").capitalize()


@cache
def _titles() -> dict[str, str]:
    return {detector.kind: detector.title for detector in every_detector()}


@register.filter
def times(ratio: float) -> str:
    return amount.times(ratio)


@register.filter
def probability(p: float) -> str:
    """To two digits; what is smaller than a machine can tell is said so."""
    return "less than 1e-12" if p < 1e-12 else f"{p:.2g}"
