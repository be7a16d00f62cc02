"""The title of a pasted ticket: the subject of the mail, else the sentence that says what fails. English and German."""

import re
from collections.abc import Iterator

from sevline.core.extraction import zones
from sevline.core.extraction.suggestion import Suggestion, quoted

TITLE_MAX = 90
WRAPPED = 45  # a line of at least so many characters may go on in the next one

_SUBJECT = re.compile(
    r"^[ \t>]*(?:subject|title|summary|betreff)[ \t]*:[ \t]*(?P<text>\S.*)$", re.IGNORECASE | re.MULTILINE
)
#: What mail programs put before the subject of an answer or a forwarded mail.
_FORWARDED = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr|rv|sv|vs)[ ]?(?:\[\d{1,3}\])?:[ \t]*){1,9}(?=\S)", re.IGNORECASE)
#: Shouting at the end of a subject says nothing of what fails.
_SHOUTED = re.compile(r"(?:!{2,}|[ ]?[-–:!]?[ ]?\b(?:URGENT|ASAP|DRINGEND|EILT|WICHTIG)\b)[! ]*$")
_GREETING = re.compile(
    r"(?:hi|hello|dear|good (?:morning|afternoon|evening)|hey|from|to|date|cc|sent|hallo|moin"
    r"|guten (?:tag|morgen|abend)|liebe[rs]?|sehr geehrte[rs]?|von|an|gesendet|datum)\b[^.]{0,60}",
    re.IGNORECASE,
)
#: A greeting before the sentence that matters: “Hi team, since …”.
_OPENING = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|hallo|moin|guten (?:tag|morgen|abend))\b[ ]?"
    r"(?:[\w’'-]+[ ]?){0,4}[,!:.][ ]*",
    re.IGNORECASE,
)
#: When it began stands before what fails; the title says what fails.
_SINCE_FIRST = re.compile(
    r"(?:since|from|starting|as of|seit|ab)\b[^,.]{0,40}?\d{1,2}:\d\d(?::\d\d)?(?:[ ]?[ap]\.?m\b\.?)?"
    rf"(?:[ ](?:{zones.WRITTEN}))?(?:[ ]Uhr)?(?:[ ](?:today|yesterday|this morning|on \w+))?"
    r"(?:[ ]\([^()\n]{0,120}\))?[,:]?[ ]+",
    re.IGNORECASE,
)
_FAILS = re.compile(
    r"\b(?:fail\w*|can ?not|can[’']?t|unable|(?:do|does|did|is|are|was|were)(?:n[’']t| not)|no longer|nobody|errors?"
    r"|broken|down|denied|reject\w*|refus\w*|invalid|time[sd]? ?outs?|slow\w*|missing|late|delayed|stop\w*|stuck"
    r"|wrong|lost|lose\w*|crash\w*|hangs?|unavailable|outage|locked|too many requests|[45]\d\d"
    r"|nicht|keine?n?|niemand|fehler\w*|fehl(?:t|en|geschlagen|schlägt)?|kaputt|gestört|störung|ausfall|ausgefallen"
    r"|langsam|hängt|falsch|abgelehnt|abgebrochen|bricht)\b",
    re.IGNORECASE,
)


def title(text: str) -> Suggestion | None:
    """The subject of the mail, else the first sentence that says what fails, else the first that is no greeting."""
    if subject := _subject(text):
        return _cut(subject)
    said = list(_sentences(text))
    chosen = next((one for one in said if _FAILS.search(one)), said[0] if said else "")
    return _cut(chosen) if chosen else None


def _subject(text: str) -> str:
    """The first line where it is a subject by its marks or by the greeting that follows, else the line named so."""
    lines = [line for line in (line.strip() for line in text[:2000].splitlines()) if line][:2]
    named = _SUBJECT.search(text)
    if lines and not _SUBJECT.match(lines[0]):
        greets = len(lines) == 2 and _is_greeting(lines[1]) and not _is_greeting(lines[0]) and len(lines[0]) >= 12
        if _FORWARDED.match(lines[0]) or greets:
            return _calm(lines[0])
    return _calm(named["text"]) if named else ""


def _calm(subject: str) -> str:
    bare = _FORWARDED.sub("", subject.strip())
    return _SHOUTED.sub("", _SHOUTED.sub("", bare)).strip() or bare


def _is_greeting(line: str) -> bool:
    return _GREETING.fullmatch(line.rstrip(",.!:")) is not None and not _FAILS.search(line)


def _sentences(text: str) -> Iterator[str]:
    """The sentences without greetings, and without since when where more follows."""
    for line in _unwrapped(text):
        if _is_greeting(line):
            continue
        for sentence in re.split(r"(?<=[.!?])\s", _OPENING.sub("", line, count=1) if _OPENING.match(line) else line):
            rest = sentence[match.end() :] if (match := _SINCE_FIRST.match(sentence)) else sentence
            if len(rest) >= 12:
                yield rest[0].upper() + rest[1:]


def _unwrapped(text: str) -> Iterator[str]:
    """The lines, each with those that a mail program broke off it: long, without an end, and going on in small."""
    held: list[str] = []
    for line in (" ".join(line.split()) for line in text.splitlines()):
        goes_on = held and len(held[-1]) >= WRAPPED and held[-1][-1] not in ".!?:" and line[:1].islower()
        if held and not goes_on:
            yield " ".join(held)
            held = []
        held.append(line)
    if held:
        yield " ".join(held)


def _cut(text: str) -> Suggestion:
    """At most a title's length, ending with a whole word."""
    whole = " ".join(text.split()).rstrip(" .")
    short = whole if len(whole) <= TITLE_MAX else whole[:TITLE_MAX].rsplit(" ", 1)[0]
    return Suggestion(short, quoted(whole))
