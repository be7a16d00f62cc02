"""A time that is tied to a repair. No record of an approved time exists yet, so only an approval lets it pass."""

import re
from collections.abc import Iterator

from sevline.core.comms.lint import OUTBOUND, Draft, Situation, rule
from sevline.core.comms.words import Span, found

LISTS = OUTBOUND["L03"].lists
_DAY = r"today|tonight|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|noon|midnight"
_PART = (
    r"the end of (?:the|this) (?:day|week|month)|end of (?:day|week)|eod|next (?:week|month)|this (?:afternoon|evening)"
)
_CLOCK = r"(?:at )?\d{1,2}(?::\d{2}|\s?[ap]m\b)"
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}|{_MONTH} \d{{1,2}}|the \d{{1,2}}(?:st|nd|rd|th)|\d{{4}}-\d\d-\d\d)"
)
_LENGTH = r"(?:the|an?|another|the next|\d+|one|two|three|four|five|six|a few|a couple of)\s(?:minute|hour|day|week)s?"
_AHEAD = re.compile(
    rf"\b(?:by|before|until|around|about|no later than)\s(?:{_CLOCK}|{_DAY}|{_PART}|{_DATE}|\d{{1,2}}\s\w+)"
    rf"|\b(?:within|in|in about|over|for another)\s{_LENGTH}\b|\b(?:tomorrow|{_PART})\b",
    re.IGNORECASE,
)
# A day as such is as often one that is over, so that it counts only in a clause about what is to come.
_ON_A_DAY = re.compile(rf"\b(?:{_DAY}|{_DATE})\b|\bat \d{{1,2}}:\d{{2}}", re.IGNORECASE)
_TO_COME = re.compile(r"\b(?:be|get|gets|getting|being|have it|have this|have them)\b", re.IGNORECASE)
_REQUEST = re.compile(r"\bplease\s(?!note|expect|be\b|bear|rest\b|know)", re.IGNORECASE)
# A comma before the time itself ends no clause: “a fix, by Friday”.
_CLAUSE = re.compile(r"(?:[^;,]|,(?=\s(?:by|before|until|at|on|within|no later than)\s))+")
_ETA = re.compile(
    rf"\bETA\b\W{{0,3}}(?:(?:is|of|for \w+ is)\s)?(?:{_CLOCK}|{_DAY}|{_PART}|{_DATE}|{_LENGTH}\b)", re.IGNORECASE
)
# “You can sign in again at 14:00”; to try or to write again is no repair.
_AGAIN = re.compile(
    r"\b(?:can|able to)\s(?!try|call|write|test|send|retry|ask|reach)\w+(?:\s\w+){0,4}\sagain\s"
    r"(?=(?:at|by|from|before|in)\s)",
    re.IGNORECASE,
)


@rule("L03")
def unapproved_time(draft: Draft, _: Situation) -> Iterator[Span]:
    for sentence in draft.sentences:
        for clause in _CLAUSE.finditer(sentence.text):
            ahead, repair = _ahead(clause.group()), _repair(clause.group())
            if ahead is not None and repair is not None and not _excused(clause.group()):
                start = clause.start() + min(repair.start, ahead.start())
                yield sentence.at(start, clause.start() + max(repair.end, ahead.end()))


def _ahead(clause: str) -> re.Match[str] | None:
    """The first time in a clause that is still to come."""
    said = _AHEAD.search(clause) or _ETA.search(clause)
    comes = next(found(LISTS["to_come"], clause), None) is not None or _AGAIN.search(clause) is not None
    if said is None and comes:
        return _ON_A_DAY.search(clause)
    return said


def _repair(clause: str) -> Span | None:
    """The first word of repair; one in the past tense counts only where it is still to come: “will be restored”."""
    for span in found(LISTS["repairs"], clause):
        if clause[span.start : span.end].lower() not in LISTS["past"] or _TO_COME.search(clause[: span.start]):
            return span
    again = _AGAIN.search(clause)
    return Span(*again.span()) if again else None


def _excused(clause: str) -> bool:
    return _REQUEST.search(clause) is not None or next(found(LISTS["excused"], clause), None) is not None
