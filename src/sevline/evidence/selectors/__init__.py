"""What is read about evidence; the person comes first in each."""

from sevline.evidence.selectors.calls import Calls, calls
from sevline.evidence.selectors.flows import FlowView, sign_in_flows
from sevline.evidence.selectors.lines import PAGE_LINES, Line, beginnings, lines, place_of
from sevline.evidence.selectors.pictures import PatternRow, pattern_rows, rate_picture
from sevline.evidence.selectors.rows import WAITING, artifact, live, patterns, progress, register, upload, uploads
from sevline.evidence.selectors.said import Citation, FindingCard, cards

__all__ = [
    "PAGE_LINES",
    "WAITING",
    "Calls",
    "Citation",
    "FindingCard",
    "FlowView",
    "Line",
    "PatternRow",
    "artifact",
    "beginnings",
    "calls",
    "cards",
    "lines",
    "live",
    "pattern_rows",
    "patterns",
    "place_of",
    "progress",
    "rate_picture",
    "register",
    "sign_in_flows",
    "upload",
    "uploads",
]
