"""What is read about evidence; the person comes first in each."""

from sevline.evidence.selectors import explorer
from sevline.evidence.selectors.lines import PAGE_LINES, Line, lines, place_of
from sevline.evidence.selectors.pictures import PatternRow, pattern_rows, picture_of, rate_picture
from sevline.evidence.selectors.rows import WAITING, artifact, live, patterns, progress, register, upload, uploads
from sevline.evidence.selectors.said import Citation, FindingCard, cards

__all__ = [
    "PAGE_LINES",
    "WAITING",
    "Citation",
    "FindingCard",
    "Line",
    "PatternRow",
    "artifact",
    "cards",
    "explorer",
    "lines",
    "live",
    "pattern_rows",
    "patterns",
    "picture_of",
    "place_of",
    "progress",
    "rate_picture",
    "register",
    "upload",
    "uploads",
]
