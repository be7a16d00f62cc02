"""Values that are the same in another notation: ids with and without check characters, dates by day or month first,
documents of JSON.
"""

import re
from datetime import date
from json import dumps
from typing import TYPE_CHECKING, Any

from sevline.core.readers.jsontext import BadJsonError, decode

if TYPE_CHECKING:
    import polars as pl

#: Of Salesforce's ids the long form has three check characters, each of which tells the capitals of five characters:
#: https://help.salesforce.com, article 000385585.
_CHECKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_LONG_ID = re.compile(r"[0-9A-Za-z]{15}[A-Z0-5]{3}")
_UUID = re.compile(r"[0-9a-f]{32}")
#: How a cell writes its date, where two orders are possible; `SURE` where a day above 12 leaves one of them.
DAY_FIRST, MONTH_FIRST, SURE = "day first", "month first", ", surely"
EXCHANGED = "day and month"
_ORDERED = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})")
_POINTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})")
_PARTED = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})")
_NAMED = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})\.?[ -](\d{4}|\d{2})|([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MIDNIGHT = re.compile(r"[T ]+(?:00:00(?::00(?:\.0+)?)?|12:00(?::00)? ?AM)(?:Z| ?UTC|[+-]00:?(?:00)?)?$", re.IGNORECASE)
Dates = dict[str, date]
#: A document beyond this is not taken apart.
LONGEST = 20_000
_CELL = re.compile(r'"((?:[^"\\]|\\.)*)"|([^",{}\s][^",{}]*)')
_LISTED = re.compile(r'(?:(?:"(?:[^"\\]|\\.)*"|[^",{}\s][^",{}]*)(?:,(?!$)|$))+')


def short_id(text: str) -> str:
    """Of an id of Salesforce in 18 characters the first 15; any other text as it is."""
    if len(text) != 18 or not _LONG_ID.fullmatch(text):
        return text
    parts = (text[at : at + 5] for at in (0, 5, 10))
    told = "".join(_CHECKS[sum(1 << at for at, letter in enumerate(part) if "A" <= letter <= "Z")] for part in parts)
    return text[:15] if told == text[15:] else text


def are_long_ids(values: "pl.Series") -> bool:
    """Whether all of the first values that are filled are ids of Salesforce in 18 characters."""
    some = [value.strip() for value in values.head(50).to_list() if value and value.strip()]
    return bool(some) and all(short_id(value) != value for value in some)


def without_checks(text: "pl.Expr") -> "pl.Expr":
    """The same as `short_id` for a column of which the first values were looked at."""
    import polars as pl

    return pl.when(text.str.contains(r"^[0-9A-Za-z]{15}[A-Z0-5]{3}$")).then(text.str.slice(0, 15)).otherwise(text)


def one_id(text: str) -> str:
    """An id in the one form that all of its notations share; any other text as it is."""
    plain = re.sub(r"^urn:uuid:|[{}-]", "", text.lower()) if len(text) >= 32 else ""
    return plain if _UUID.fullmatch(plain) else short_id(text)


def same_document(one: str, other: str) -> bool:
    """Whether two texts hold the same JSON object or list, whatever its blanks and the order of its members; also where
    one is a list as PostgreSQL writes it, `{a,"b c"}`.
    """
    ours, theirs = _document(one), _document(other)
    if ours is not None and theirs is not None:
        return _as_text(ours) == _as_text(theirs)
    known, listed = (theirs, _listed(one)) if ours is None else (ours, _listed(other))
    return isinstance(known, list) and listed is not None and tuple(map(_as_text, known)) == listed


def _document(text: str) -> dict[str, Any] | list[Any] | None:
    """The object or list that a text is in JSON; None where it is neither."""
    if not (text.startswith(("{", "[")) and text.endswith(("}", "]")) and len(text) <= LONGEST):
        return None
    try:
        found = decode(text.encode("utf-8", "surrogatepass"))
    except BadJsonError:
        return None
    return found if isinstance(found, dict | list) else None


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else dumps(value, sort_keys=True)


def _listed(text: str) -> tuple[str, ...] | None:
    """The cells of a list as PostgreSQL writes it."""
    if not (text.startswith("{") and text.endswith("}") and len(text) <= LONGEST and _LISTED.fullmatch(text[1:-1])):
        return None
    return tuple((quoted or bare).replace('\\"', '"') for quoted, bare in _CELL.findall(text[1:-1]))


def same_date(one: str, other: str) -> str | None:
    """How two texts write the same date: `time form`, or which part stands first in the one that leaves it open; None
    where they are no dates or others."""
    ours, theirs = _dates(one), _dates(other)
    both = [(mine, its) for mine, day in ours.items() for its, there in theirs.items() if day == there]
    if not both:
        return None
    orders = {mine or its for mine, its in both} - {""}
    # Where both sides leave the order open, or both orders name one day, nothing tells them apart.
    if len(both) != 1 or (both[0][0] and both[0][1]) or not orders:
        return "time form"
    order = orders.pop()
    open_one = ours if both[0][0] else theirs
    return order if len(open_one) > 1 else order + SURE


def is_date(text: str) -> bool:
    return bool(_dates(text))


def _dates(text: str) -> Dates:
    """The days that a text can mean, by the order of its parts; "" where its notation has one order."""
    plain = _MIDNIGHT.sub("", text.strip()) if 6 <= len(text.strip()) <= 40 else ""
    if (found := _ORDERED.fullmatch(plain)) is not None:
        return _filled({"": (found[1], found[2], found[3])})
    if (found := _POINTED.fullmatch(plain)) is not None:
        return _filled({"": (found[3], found[2], found[1])})
    if (found := _PARTED.fullmatch(plain)) is not None:
        first, second, year = found[1], found[3], found[4]
        return _filled({DAY_FIRST: (year, second, first), MONTH_FIRST: (year, first, second)})
    if (found := _NAMED.fullmatch(plain)) is not None:
        name, day, year = found[2] or found[4], found[1] or found[5], found[3] or found[6]
        month = name[:3].lower()
        return _filled({"": (year, str(_MONTHS.index(month) + 1), day)}) if month in _MONTHS else {}
    return {}


def _filled(parts: dict[str, tuple[str, str, str]]) -> Dates:
    found: Dates = {}
    for order, (year, month, day) in parts.items():
        try:
            found[order] = date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
        except ValueError:
            continue
    return found


def order_of(kinds: dict[str, int]) -> str:
    """Which order a column has by its cells: that of days above 12, else of most cells; "" where nothing tells."""
    sure = [order for order in (DAY_FIRST, MONTH_FIRST) if kinds.get(order + SURE)]
    if len(sure) == 1:
        return sure[0]
    day, month = kinds.get(DAY_FIRST, 0), kinds.get(MONTH_FIRST, 0)
    return "" if sure or day == month else DAY_FIRST if day > month else MONTH_FIRST
