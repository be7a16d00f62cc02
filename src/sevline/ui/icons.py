"""Twenty-odd icons, 16 by 16, drawn in the current text colour. An icon is a state, never an ornament."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_LINE = 'fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"'
_BOLD = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
_FILL = 'fill="currentColor"'
_KNOCK = 'class="ic-knock" fill="none" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"'

SHAPES: dict[str, str] = {
    "brand": f'<path {_BOLD} d="M2.2 3.2h11.6M2.2 8h7.6M2.2 12.8h3.6"/>',
    # severity: four silhouettes that stay apart without colour
    "sev-1": f'<path {_FILL} d="M5.2 1h5.6L15 5.2v5.6L10.8 15H5.2L1 10.8V5.2z"/>',
    "sev-2": f'<path {_FILL} d="M8 1.4l7.2 13H.8z"/>',
    "sev-3": f'<path {_BOLD} d="M8 1.6L14.4 8 8 14.4 1.6 8z"/>',
    "sev-4": f'<circle {_BOLD} cx="8" cy="8" r="5.4"/>',
    # clocks
    "clock": f'<circle {_LINE} cx="8" cy="8" r="6.2"/><path {_LINE} d="M8 4.5V8l2.4 1.6"/>',
    "pause": f'<path {_FILL} d="M3.6 2.5h3.1v11H3.6zM9.3 2.5h3.1v11H9.3z"/>',
    "warn": (
        f'<path {_LINE} d="M8 1.8L14.8 14H1.2z"/><path {_LINE} d="M8 6.2v3.6"/><circle {_FILL} cx="8" cy="12" r="0.9"/>'
    ),
    "over": (
        f'<path {_FILL} d="M5.2 1.2h5.6l4 4v5.6l-4 4H5.2l-4-4V5.2z"/>'
        f'<path {_KNOCK} d="M8 4.6v4"/><path {_KNOCK} d="M8 11.4v0.1"/>'
    ),
    # results
    "check": f'<path {_BOLD} d="M2.6 8.6l3.5 3.6L13.4 4"/>',
    "pass": f'<circle {_FILL} cx="8" cy="8" r="7"/><path {_KNOCK} d="M4.8 8.3l2.3 2.3 4.2-4.7"/>',
    "fail": f'<circle {_FILL} cx="8" cy="8" r="7"/><path {_KNOCK} d="M5.5 5.5l5 5m0-5l-5 5"/>',
    "info": f'<circle {_LINE} cx="8" cy="8" r="6.2"/><path {_LINE} d="M8 7.4v3.6"/><path {_BOLD} d="M8 4.7v0.1"/>',
    "unknown": (
        f'<circle {_LINE} cx="8" cy="8" r="6.2"/><path {_LINE} d="M6.2 6.3a1.9 1.9 0 1 1 2.6 1.8c-.6.3-.8.6-.8 1.2"/>'
        f'<circle {_FILL} cx="8" cy="11.6" r="0.9"/>'
    ),
    "half": f'<circle {_LINE} cx="8" cy="8" r="6.2"/><path {_FILL} d="M8 3.4a4.6 4.6 0 0 1 0 9.2z"/>',
    "missing": f'<rect {_LINE} x="2.4" y="2.4" width="11.2" height="11.2" rx="1.5" stroke-dasharray="2.6 2.4"/>',
    "ring": f'<circle {_LINE} cx="8" cy="8" r="5.4" stroke-dasharray="2.6 2.4"/>',
    # things and actions
    "lock": f'<path {_FILL} d="M3 7h10v7H3z"/><path {_LINE} d="M5.2 7V5.2a2.8 2.8 0 0 1 5.6 0V7"/>',
    "file": f'<path {_LINE} d="M3.4 1.8h6l3.2 3.3v9.1H3.4z"/><path {_LINE} d="M5.8 8h4.4M5.8 10.8h4.4"/>',
    "message": f'<path {_LINE} d="M2 3h12v8H7.2L4 13.6V11H2z"/>',
    "note": f'<path {_LINE} d="M3 2h7l3 3v9H3z" stroke-dasharray="3 1.8"/>',
    "person": f'<circle {_LINE} cx="8" cy="5.2" r="2.8"/><path {_LINE} d="M2.8 14a5.2 4.4 0 0 1 10.4 0"/>',
    "upload": f'<path {_LINE} d="M8 10.5V2.4M4.8 5.4L8 2.2l3.2 3.2M2.4 13.6h11.2"/>',
    "search": f'<circle {_LINE} cx="6.8" cy="6.8" r="4.4"/><path {_LINE} d="M10.2 10.2L14 14"/>',
    "close": f'<path {_LINE} d="M3.6 3.6l8.8 8.8m0-8.8l-8.8 8.8"/>',
    "next": f'<path {_LINE} d="M6 3l5 5-5 5"/>',
    "deploy": f'<path {_FILL} d="M8 2l6 6-6 6-6-6z"/>',
}


def icon(name: str, *, label: str = "", tone: str = "") -> SafeString:
    """One inline SVG. With a label it is an image with that name; without one it is hidden from screen readers.

    Raises KeyError for a name that is not drawn, so that a typing error shows on the first render.
    """
    shape = mark_safe(SHAPES[name])  # noqa: S308 - our own drawings, no input
    named = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    toned = format_html(' data-tone="{}"', tone) if tone else ""
    return format_html('<svg class="ic" viewBox="0 0 16 16" {}{}>{}</svg>', named, toned, shape)
