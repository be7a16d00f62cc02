"""What the actions of this room share: texts, citations and numbers within a case."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Max, QuerySet

from sevline.cases.actions.working import phrase
from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.evidence.models import Item


def said(case: Case, about: str, text: str, sentence: str, limit: int = 300) -> str:
    """A text that must be there, redacted; Refused with the sentence when it is empty."""
    clean = phrase(case.key, about, text, limit)
    if not clean:
        raise Refused(sentence)
    return clean


def cited(case: Case, keys: Sequence[str]) -> list[Item]:
    """The rows of the evidence register that are named; Refused names what is not there."""
    wanted = list(dict.fromkeys(key.strip().upper() for key in keys if key.strip()))
    numbers = [int(key.removeprefix("E-")) for key in wanted if key.removeprefix("E-").isdecimal()]
    found = list(Item.objects.filter(case=case, number__in=numbers, withdrawn_at__isnull=True))
    missing = sorted(set(wanted) - {item.key for item in found})
    if missing:
        raise Refused(f"{case.key} has no evidence {', '.join(missing)}.")
    return found


def next_number(rows: QuerySet[Any], case: Case) -> int:
    return int(rows.filter(case=case).aggregate(last=Max("number"))["last"] or 0) + 1
