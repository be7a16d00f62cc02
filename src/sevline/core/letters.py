"""Names that may stay in a letter of the desk: those of its own people, in greetings and signatures."""

import re
from collections.abc import Iterable

_GREETS = r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|hallo|moin|guten (?:tag|morgen|abend)|liebe[rs]?)"
_CLOSES = (
    r"(?:(?:kind|best|warm)(?: regards| wishes)?|regards|thanks|thank you|cheers|yours(?: sincerely| faithfully)?"
    r"|(?:viele|beste|freundliche|mit freundlichen) gr(?:ü|ue)(?:ß|ss)en?|gruß|danke)"
)


def names_that_stay(text: str, people: Iterable[str]) -> tuple[str, ...]:
    """Of the names of people, whole and first, those that stand in greetings and signatures and nowhere else.

    A name that also stands elsewhere may be somebody else there, or a value: it is left to redaction.
    """
    lines = [line.strip() for line in text.splitlines()]
    names = {name for whole in people if whole.strip() for name in (whole.strip(), whole.split()[0])}
    return tuple(sorted(name for name in names if _stands_alone(name, names, lines)))


def _stands_alone(name: str, names: set[str], lines: list[str]) -> bool:
    spelled = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    holding = [line for line in lines if spelled.search(line)]
    whole = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    letter = re.compile(rf"(?:{_GREETS}[ ]+(?:{whole})|(?:{_CLOSES}[,!. ]+)?(?:{whole}))[,!.:]?", re.IGNORECASE)
    return bool(holding) and all(letter.fullmatch(line) for line in holding)
