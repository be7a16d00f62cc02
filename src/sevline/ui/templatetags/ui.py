"""Tags and filters of the shared components; `{% load ui %}`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any
from uuid import uuid4

from django import template
from django.forms import BaseForm, BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from sevline.core.rights import Holder, Right, holds
from sevline.ui import icons, wording
from sevline.ui.assets import SCRIPTS, STYLES

register = template.Library()

THEMES = frozenset({"light", "dark"})
DENSITIES = frozenset({"dense", "comfortable"})


@register.simple_tag
def icon(name: str, label: str = "", tone: str = "") -> SafeString:
    """Inline SVG by name (see `sevline.ui.icons.SHAPES`); a label makes it an image with that name."""
    return icons.icon(name, label=label, tone=tone)


@register.simple_tag(takes_context=True)
def preferences(context: Context) -> SafeString:
    """The reader's theme and density as attributes of `<html>`, read from two cookies so that nothing flashes."""
    cookies = getattr(context.get("request"), "COOKIES", {})
    chosen = (
        ("theme", cookies.get("sevline-theme"), THEMES),
        ("density", cookies.get("sevline-density"), DENSITIES),
    )
    return format_html_join("", ' data-{}="{}"', ((name, value) for name, value, known in chosen if value in known))


@register.simple_tag
@cache
def styles() -> SafeString:
    """One link per style sheet. `layers.css` is first and fixes the order; the rest load side by side."""
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((static(path),) for path in STYLES))


@register.simple_tag
@cache
def scripts() -> SafeString:
    """One module per behaviour; they share nothing but events on the document."""
    return format_html_join("\n", '<script type="module" src="{}"></script>', ((static(path),) for path in SCRIPTS))


@register.simple_tag
def utc_now(given: datetime | None = None) -> datetime:
    """The present instant, for the clock in the shell; the page's own when it has one."""
    return given or timezone.now()


register.filter("utc", wording.utc)
register.filter("utc_time", wording.utc_time)
register.filter("iso", wording.iso)
register.filter("until", wording.utc_span)
register.filter("duration", wording.duration)
register.filter("thousands", wording.thousands)
register.filter("size", wording.size)
register.filter("initials", wording.initials)
register.filter("state_words", wording.state_words)
register.filter("state_icon", wording.state_icon)
register.filter("clock_icon", wording.clock_icon)
register.filter("clock_tone", wording.clock_tone)
register.filter("severity_icon", wording.severity_icon)
register.filter("message_tone", wording.message_tone)


@register.filter
def local(at: datetime | None, who: object) -> str:
    """The same moment on the clock of whoever has a `time_zone`, such as an account; empty for nobody and in UTC."""
    return wording.local(at, str(getattr(who, "time_zone", "")))


@register.filter
def may(person: Holder, right: str) -> bool:
    """Whether a page offers the person what a right allows: `{% if request.user|may:"case.edit" %}`."""
    return holds(person, Right(right))


@register.filter
def differing(text: str, other: str) -> SafeString:
    """A text with the lines marked that do not stand in the other one."""
    known = set(str(other).splitlines())
    lines = ((line, line in known or not line.strip()) for line in str(text).splitlines())
    return SafeString("\n".join(format_html("{}" if same else "<mark>{}</mark>", line) for line, same in lines))


@register.filter
def ago(at: datetime | None) -> str:
    """Relative wording against the present instant: `34 min ago`, `in 2 h`."""
    return wording.relative(at, timezone.now())


@register.simple_tag
def since(at: datetime, now: datetime | None = None) -> str:
    """Like `ago`, against a given instant, so that one page uses one present."""
    return wording.relative(at, now or timezone.now())


@register.simple_tag
def percent(value: float, maximum: float) -> int:
    """Whole percent of a maximum, kept between 0 and 100; 0 when there is no maximum."""
    if not maximum:
        return 0
    return round(100 * min(max(value / maximum, 0), 1))


@register.simple_block_tag
def panel(content: str, title: str, **options: Any) -> SafeString:
    """A titled section. Options: `note`, `level` (2 to 4), `id`, `count`, `action_url`, `action`, `tone`."""
    context = {"level": 2, "id": _fresh("panel"), **options, "title": title, "content": content}
    return render_to_string("ui/panel.html", context)


@register.simple_block_tag
def dialog(content: str, id: str, title: str, **options: Any) -> SafeString:  # noqa: A002 - reads as in HTML
    """A modal dialog opened by any button with `data-opens="<id>"`. Options: `note`, `wide`, `shown` (open at once)."""
    return render_to_string("ui/dialog.html", {**options, "id": id, "title": title, "content": content})


@register.simple_block_tag
def tabs(content: str, label: str) -> SafeString:
    """A row of links to the parts of one thing; fill it with `{% tab %}`."""
    return render_to_string("ui/tabs.html", {"label": label, "content": content})


@register.simple_tag
def tab(text: str, url: str, **options: Any) -> SafeString:
    """One link of `{% tabs %}`. Options: `count`, `current`, `key`."""
    return render_to_string("ui/tab.html", {**options, "text": text, "url": url})


@register.simple_block_tag
def table(content: str, caption: str, **options: Any) -> SafeString:
    """A table in a labelled region that scrolls by keyboard.

    Options: `show_caption`; `reflow` (rows become cards on a phone: give every cell a `data-label`); `list`
    (j and k move over the rows); `fixed`; `plain` (no padding at the outer edges); `id`; `kind` (a CSS class).
    """
    return render_to_string("ui/table.html", {"id": _fresh("table"), **options, "caption": caption, "content": content})


@register.simple_block_tag
def refusal(content: str, title: str, reasons: str | Iterable[str] = (), **options: Any) -> SafeString:
    """Why something may not be done, in sentences. Options: `right`, `who` (may grant it); content: what to do now."""
    sentences = [reasons] if isinstance(reasons, str) else list(reasons)
    context = {**options, "title": title, "reasons": sentences, "content": content}
    return render_to_string("ui/refusal.html", context)


@register.simple_tag
def field(bound: BoundField, **options: Any) -> SafeString:
    """Label, help, errors and input of one form field, tied together for screen readers.

    Options: `label`, `help`, `rows`, `placeholder`, `autofocus`, `inputmode`, `autocomplete`, `key`; `slot` keeps the
    place of the errors while there are none, for an answer in place that brings them.
    """
    widget = bound.field.widget
    if widget.is_hidden:
        return bound.as_widget()
    own = bound.auto_id or _fresh(bound.html_name)
    help_text = options.pop("help", bound.help_text)
    label, slot = options.pop("label", bound.label), options.pop("slot", False)
    described = [f"{own}-help"] * bool(help_text) + [f"{own}-error"] * bool(bound.errors or slot)
    attrs: dict[str, Any] = {_ATTRIBUTES.get(name, name): value for name, value in options.items()}
    attrs |= {"id": own, "aria-describedby": " ".join(described) or None}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    kind = getattr(widget, "input_type", "")
    shape = "check" if kind == "checkbox" and not widget.use_fieldset else ""
    context = {
        "id": own,
        "label": label,
        "help": help_text,
        "errors": bound.errors,
        "slot": slot,
        "optional": not (bound.field.required or widget.is_required) and shape != "check",
        "group": widget.use_fieldset,
        "shape": shape,
        "control": bound.as_widget(attrs={name: value for name, value in attrs.items() if value is not None}),
        "described": " ".join(described),
    }
    return render_to_string("ui/field.html", context)


_ATTRIBUTES = {"key": "data-key"}


@register.simple_tag
def error_summary(form: BaseForm, focus: bool = True) -> SafeString:
    """What is wrong with a sent form, as links to the fields; nothing when all is well."""
    if not form.is_bound or not form.errors:
        return SafeString("")
    wrong = [form[name] for name in form.errors if name in form.fields]
    rows = [(bound.id_for_label, bound.label, error) for bound in wrong for error in bound.errors]
    return render_to_string("ui/error_summary.html", {"rows": rows, "others": form.non_field_errors(), "focus": focus})


def _fresh(prefix: str) -> str:
    """An id no other element of the page has; two renders of the same fragment differ."""
    return f"{prefix}-{uuid4().hex[:8]}"
