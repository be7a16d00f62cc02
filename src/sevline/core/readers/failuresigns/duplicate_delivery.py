"""Duplicate delivery: one event id is acted on more than once, or refused as known."""

import re

from sevline.core.failuremodes import Mode
from sevline.core.readers.failuresign import Lines, Sign, signature

_EVENT = re.compile(
    r"(?i)\b(?:event|message|msg|delivery|notification|job|idempotency)[_-]?(?:id|key)[\"']?\s?[=:]\s?[\"']?"
    r"(?=[\w.:<>-]{0,79}\d)([\w.:<>-]{4,80})"  # without a digit it is a name, such as of a job that runs each night
)
_DONE = re.compile(r"(?i)\b(?:processed|handled|consumed|applied|charged|booked|completed|acknowledged|acked)\b")
#: What differs between two lines of one statement. Several consumers of an event say so in words of their own.
_DIGITS = re.compile(r"\b[0-9a-f]{8,}\b|\d+")
_TWICE = re.compile(
    r"(?i)\balready (?:been )?(?:processed|handled|applied|delivered)|duplicate (?:event|message|delivery|webhook)|"
    r"duplicate key value|duplicate entry|unique constraint"
)


@signature(
    Mode.DUPLICATE_DELIVERY,
    "event",
    "message",
    "msg",
    "delivery",
    "job",
    "duplicate",
    "already",
    "unique",
    "idempotency",
)
def duplicate_delivery(lines: Lines) -> Sign | None:
    """One event id is acted on more than once, or refused as known."""
    done: dict[tuple[str, str], int] = {}
    again: list[tuple[int, int, str]] = []
    known: list[int] = []
    for number, text in lines:
        if _TWICE.search(text):
            known.append(number)
        elif _DONE.search(text) and (event := _EVENT.search(text)) is not None:
            act = event[1], _DIGITS.sub("#", text.replace(event[1], ""))
            if act in done:
                again.append((done[act], number, event[1]))
            done.setdefault(act, number)
    if again:
        once, twice, name = again[0]
        ids = len({event for _, _, event in again})
        told = f"{ids:,} event id{'s were' if ids > 1 else ' was'} acted on more than once, the first one “{name}”."
        both = ((once, name, ""), (twice, f"{name} again", "each event once"))
        return Sign(Mode.DUPLICATE_DELIVERY, told, both, ids > 1)
    if known:
        told = f"{len(known)} line{'s say' if len(known) > 1 else ' says'} that something was there already."
        lines_known = tuple((line, "there already", "each event once") for line in known[:3])
        return Sign(Mode.DUPLICATE_DELIVERY, told, lines_known, sure=False)
    return None
