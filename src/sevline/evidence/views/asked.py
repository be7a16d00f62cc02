"""The explorer's address as values, with a sentence for each part that cannot be meant."""

from datetime import UTC, datetime

from django.http import QueryDict

from sevline.core.amount import amount
from sevline.evidence.selectors import explorer
from sevline.evidence.selectors.asking import GROUPS, NAMED, Asked
from sevline.evidence.selectors.rates import LEVELS

_SHOWN = 40
_LONGEST = 2_000
_NAMES = ("from", "to", "compare", "q", "level", "service", "sort", "group", "named", "page")


def read_asked(given: QueryDict) -> tuple[Asked, list[str]]:
    """What cannot be meant is left out, and said."""
    problems: list[str] = []
    first, last = (_moment(given, *names, problems) for names in (("from", "the beginning"), ("to", "the end")))
    if first and last and first >= last:
        problems.append("The window ends before it begins; the whole time is shown.")
        first = last = None
    levels, groups, sorts = (*LEVELS, "none"), GROUPS, tuple(explorer.SORTS)
    asked = Asked(
        text=given.get("q", "").strip()[:200],
        level=_one_of(given, "level", levels, "Level “{}” is not known: it is one of {}.", problems),
        service=given.get("service", "")[:120],
        sort=_one_of(given, "sort", sorts, "“{}” is no order: it is one of {}.", problems) or "level",
        group=_one_of(given, "group", groups, "There are no groups by “{}”: it is one of {}.", problems),
        named=_named(given, problems),
        first=first,
        last=last,
        compare=_moment(given, "compare", "the comparison", problems),
    )
    return asked, problems


def asked_in(query: str) -> list[tuple[str, str]]:
    """Of an address's query, what the explorer may be asked for, to lead back to the same view."""
    given = QueryDict(query[:_LONGEST])
    return [(name, value) for name in _NAMES if (value := given.get(name))]


def page_problem(asked: str, pages: int) -> str:
    """What is said of a page's number that is none; empty for one that is."""
    if not asked or (asked.isascii() and asked.isdigit() and 1 <= int(asked[:12]) <= pages):
        return ""
    return f"There is no page “{asked[:_SHOWN]}”; there {'is one page' if pages == 1 else f'are {pages:,} pages'}."


def line_problem(asked: str, lines: int) -> str:
    """What is said of a line's number that is none of the file's; empty for one that is."""
    text = asked.strip()
    if not text or (text.isascii() and text.isdigit() and 1 <= int(text[:12]) <= lines):
        return ""
    return f"There is no line “{text[:_SHOWN]}”; the file has {amount(lines, 'line')}."


def _moment(given: QueryDict, name: str, words: str, problems: list[str]) -> datetime | None:
    text = given.get(name, "").strip()
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        problems.append(f"“{text[:_SHOWN]}” is no time for {words}. Write it such as 2026-03-01T10:00, in UTC.")
        return None


def _one_of(given: QueryDict, name: str, known: tuple[str, ...], sentence: str, problems: list[str]) -> str:
    text = given.get(name, "")
    if not text or text in known:
        return text
    problems.append(sentence.format(text[:_SHOWN], ", ".join(known)))
    return ""


def _named(given: QueryDict, problems: list[str]) -> str:
    text = given.get("named", "")[:240]
    dimension, _, value = text.partition("=")
    if not text or (dimension in NAMED and value):
        return text
    problems.append(f"“{text[:_SHOWN]}” names nothing that records name, such as tenant=acme.")
    return ""
