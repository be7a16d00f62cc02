"""Fields for a moment: typed in UTC unless a zone is chosen or written beside it, kept in UTC."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from sevline.core.extraction import zones

MINUTES = "%Y-%m-%dT%H:%M"
FORMATS = (MINUTES, "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S")
ZONES = ("UTC", *sorted(zones.NAMED, key=lambda name: (zones.NAMED[name], name)))


class MomentInput(forms.DateTimeInput):
    """The browser's own picker, and beside it the zone in which the time is written."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "datetime-local"}, format=MINUTES)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        written, chosen = super().value_from_datadict(data, files, name), data.get(f"{name}_zone", "")
        if not isinstance(written, str) or not written.strip() or zones.split(written)[1]:
            return written
        return f"{written} {chosen}" if chosen and chosen != "UTC" else written

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        written, zone = zones.split(value) if isinstance(value, str) else (value, "")
        options = format_html_join(
            "", '<option value="{}"{}>{}</option>',
            ((known, SafeString(" selected") if known == (zone or "UTC") else "", _shown(known)) for known in ZONES),
        )  # fmt: skip
        picker = super().render(name, written, attrs, renderer)
        zone_id = f"{(attrs or {}).get('id', name)}-zone"
        label = "Time zone in which it is written"
        return format_html(
            '<span class="moment">{}<select name="{}_zone" id="{}" aria-label="{}">{}</select></span>',
            picker, name, zone_id, label, options,
        )  # fmt: skip


def _shown(name: str) -> str:
    minutes = zones.NAMED.get(name)
    if minutes is None:
        return name
    hours, rest = divmod(abs(minutes), 60)
    return f"{name} ({'-' if minutes < 0 else '+'}{hours:02}:{rest:02})"


class UtcField(forms.DateTimeField):
    """A moment to the minute. A zone that means several is asked back, as is a time without its day."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=MomentInput(), input_formats=FORMATS, **options)

    def to_python(self, value: Any) -> datetime | None:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        try:
            return moment(value)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


def moment(written: str) -> datetime:
    """The instant that was written, in UTC; ValueError with a sentence where it cannot be told."""
    text, named = zones.split(written)
    zone = zones.zone(named) if named else UTC
    if zone is None:
        raise ValueError(
            f"“{named}” can mean {zones.doubt(written)}. Write the offset instead, such as 2026-11-25 14:40 +05:30."
        )
    for form in FORMATS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=zone).astimezone(UTC)
        except ValueError:
            continue
        except OverflowError:
            break
    raise ValueError(
        f"“{written.strip()[:40]}” is no day and time. Write it such as 2026-11-25 14:40 or 2026-11-25 14:40 CET."
    )
