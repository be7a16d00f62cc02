"""Everything that is read about cases for display; the person comes first and sees only what is theirs to see."""

from sevline.cases.selectors.outbound import approved_wording, ask_whether_confirmed, checked
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
from sevline.cases.selectors.queue import (
    VIEWS,
    Page,
    View,
    counts,
    facts_text,
    missing_next_action,
    queue,
)
from sevline.cases.selectors.reach import known_answers
from sevline.cases.selectors.searching import MOST_FOUND, case_named, excerpts, find, holds_fact, teach_records
from sevline.cases.selectors.suggestions import suggestions
from sevline.cases.selectors.timeline import KINDS, Entry, group_of, last_edit, teach, timeline

__all__ = [
    "KINDS",
    "MOST_FOUND",
    "VIEWS",
    "Entry",
    "Page",
    "Properties",
    "View",
    "approved_wording",
    "ask_whether_confirmed",
    "case_by_key",
    "case_named",
    "checked",
    "clocks",
    "counts",
    "excerpts",
    "facts",
    "facts_text",
    "find",
    "found",
    "group_of",
    "holds_fact",
    "hygiene",
    "known_answers",
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
    "suggestions",
    "teach",
    "teach_records",
    "timeline",
]
