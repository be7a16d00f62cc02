"""What the actions of this room share: texts, choices, citations and numbers within a case."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Max, QuerySet

from sevline.cases.actions.working import line, phrase, within
from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.evidence.models import Item

MOST = 8000  # characters of a text of several lines


def said(case: Case, about: str, text: str, sentence: str, limit: int = 300) -> str:
    """A text that must be there, redacted; Refused with the sentence when it is empty."""
    clean = phrase(case.key, about, text, limit)
    if not clean:
        raise Refused(sentence)
    return clean


def lines(case: Case, about: str, text: str, sentence: str = "", limit: int = MOST) -> str:
    """A text of several lines, redacted line by line so that steps keep their order; Refused if there must be one.

    A line is as long as it is: only the whole text has a limit, and what is longer is refused.
    """
    within(about, text.strip(), limit)
    kept = [line(case.key, about, one) for one in text.splitlines() if one.strip()]
    if not kept and sentence:
        raise Refused(sentence)
    return "\n".join(kept)


def one_of(value: str, known: Iterable[str], what: str) -> str:
    """The value, if it is known; Refused names what there is."""
    choices = list(known)
    if value not in choices:
        raise Refused(f"{what} is one of {', '.join(choices)}.")
    return value


def cited(case: Case, keys: Sequence[str]) -> list[Item]:
    """The rows of the evidence register that are named; Refused names what is not there."""
    wanted = list(dict.fromkeys(key.strip().upper() for key in keys if key.strip()))
    digits = [key.removeprefix("E-") for key in wanted]
    numbers = [int(digit) for digit in digits if digit.isascii() and digit.isdecimal() and len(digit) < 10]
    found = list(Item.objects.filter(case=case, number__in=numbers, withdrawn_at__isnull=True))
    held = {item.key for item in found}
    if missing := [key for key in wanted if key not in held and f"E-{key}" not in held]:
        raise Refused(f"{case.key} has no evidence {', '.join(key[:20] for key in missing)}.")
    return found


def next_number(rows: QuerySet[Any], case: Case) -> int:
    return int(rows.filter(case=case).aggregate(last=Max("number"))["last"] or 0) + 1
