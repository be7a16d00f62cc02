"""The style sheets and scripts of every page, in one list each."""

from __future__ import annotations

COMPONENTS = (
    "before-after",
    "board",
    "button",
    "chart",
    "chip",
    "cited",
    "clock",
    "composer",
    "conflict",
    "dialog",
    "diff",
    "evidence",
    "field",
    "gate",
    "icon",
    "kpi",
    "lint",
    "list",
    "log",
    "next-action",
    "notices",
    "packet",
    "panel",
    "people",
    "plain",
    "progress",
    "rail",
    "sequence",
    "severity",
    "state",
    "stepper",
    "styleguide",
    "table",
    "tabs",
    "timeline",
    "understanding",
    "upload",
    "views",
    "waterfall",
)

STYLES = (
    *(f"sevline/css/{name}.css" for name in ("layers", "tokens", "base", "layout", "utilities")),
    *(f"sevline/css/components/{name}.css" for name in COMPONENTS),
    "sevline/css/print.css",
)

SCRIPTS = tuple(
    f"sevline/js/{name}.js"
    for name in (
        "app",
        "autosave",
        "chart",
        "clock",
        "dialog",
        "keys",
        "preferences",
        "restore",
        "steady",
        "tip",
        "toast",
        "upload",
    )
)
