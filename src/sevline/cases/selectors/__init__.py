"""Everything that is read about cases for display; the person comes first and sees only what is theirs to see."""

from sevline.cases.selectors.panels import (
    Properties,
    case_by_key,
    clocks,
    facts,
    found,
    hygiene,
    messages,
    needs_explanation,
    open_handoff,
    owns_open_cases,
    possible_receivers,
    properties,
    severity_basis,
)
from sevline.cases.selectors.queue import VIEWS, Page, View, counts, find, missing_next_action, queue
from sevline.cases.selectors.timeline import KINDS, Entry, group_of, last_edit, teach, timeline

__all__ = [
    "KINDS",
    "VIEWS",
    "Entry",
    "Page",
    "Properties",
    "View",
    "case_by_key",
    "clocks",
    "counts",
    "facts",
    "find",
    "found",
    "group_of",
    "hygiene",
    "last_edit",
    "messages",
    "missing_next_action",
    "needs_explanation",
    "open_handoff",
    "owns_open_cases",
    "possible_receivers",
    "properties",
    "queue",
    "severity_basis",
    "teach",
    "timeline",
]
