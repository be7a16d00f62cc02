"""What is read about evidence; the person comes first in each."""

from sevline.evidence.selectors import explorer
from sevline.evidence.selectors.calls import Calls, calls
from sevline.evidence.selectors.flows import FlowView, sign_in_flows
from sevline.evidence.selectors.intake import (
    answers,
    is_pending,
    lacks,
    link_for,
    links,
    requests,
    reveal,
    sending_by_link,
    sending_of,
    sent_by_link,
)
from sevline.evidence.selectors.lines import PAGE_LINES, Line, beginnings, lines, place_of
from sevline.evidence.selectors.pictures import PatternRow, pattern_rows, picture_of, rate_picture
from sevline.evidence.selectors.rows import (
    LOUD,
    WAITING,
    artifact,
    errors,
    live,
    patterns,
    picture,
    progress,
    register,
    register_row,
    upload,
    uploads,
    with_item,
)
from sevline.evidence.selectors.said import Citation, FindingCard, cards

__all__ = [
    "LOUD",
    "PAGE_LINES",
    "WAITING",
    "Calls",
    "Citation",
    "FindingCard",
    "FlowView",
    "Line",
    "PatternRow",
    "answers",
    "artifact",
    "beginnings",
    "calls",
    "cards",
    "errors",
    "explorer",
    "is_pending",
    "lacks",
    "lines",
    "link_for",
    "links",
    "live",
    "pattern_rows",
    "patterns",
    "picture",
    "picture_of",
    "place_of",
    "progress",
    "rate_picture",
    "register",
    "register_row",
    "requests",
    "reveal",
    "sending_by_link",
    "sending_of",
    "sent_by_link",
    "sign_in_flows",
    "upload",
    "uploads",
    "with_item",
]
