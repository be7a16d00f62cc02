"""Fields that belong together, whatever form they are written in: a row under its columns, the lines of a form, an object.

Each value is judged by what its field means, by what the record belongs to, and by what stands beside it.
"""

# ruff: noqa: E501 - patterns are read whole

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from sevline.core.redaction.columns import column_token, tells_of_person
from sevline.core.redaction.detectors import street_address
from sevline.core.redaction.field_words import Means, meaning, says_whose, whole_names
from sevline.core.redaction.late import late
from sevline.core.redaction.names import is_full_name, is_login_of_somebody
from sevline.core.redaction.pseudonym import EVERY_PSEUDONYM, Pseudonyms
from sevline.core.redaction.secret_names import says_secret
from sevline.core.redaction.structure.neighbours import Beside, may_tell, of_parent, told

_TOKENED = late(rf"{EVERY_PSEUDONYM}|&lt;[A-Z0-9-]+-[0-9a-f]{{16}}&gt;")
_FIGURES = late(
    r"[+(]?[0-9][0-9 ./()\u00a0\u2011\u2013-]{4,22}(?:[ ,;]{0,2}(?:x|ext\.?|Durchwahl|DW|poste|int\.?)[ .:]{0,2}[0-9]{1,6})?"
)
_NO_PHONE = late(
    r"(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}.*|[0-9]{1,2}[./-][0-9]{1,2}[./-](?:19|20)[0-9]{2}.*|[0-9]+(?:\.[0-9]+){1,3}"
)
_DAY = late(
    r"(?:19|20)?[0-9]{2}[-/. ]{1,2}[0-9]{1,2}[-/. ]{1,2}(?:19|20)?[0-9]{2}(?:T.*)?|(?:19|20)[0-9]{6}|[0-3][0-9][01][0-9](?:19|20)[0-9]{2}|(?=.*(?:19|20)[0-9]{2})[0-9]{1,2}[^\d\r\n]{1,6}[^\W\d_]{3,12}\.?[^\d\r\n]{1,8}[0-9]{4}|[^\W\d_]{3,12} [0-9]{1,2}(?:st|nd|rd|th)?,? (?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}[年년] ?[0-9]{1,2}[月월] ?[0-9]{1,2}[日일]"
)
_CODE = late(
    r"(?:[A-Z]{1,2}-)?[0-9]{3,6}(?:[- ][0-9]{2,4})?|[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}|[0-9]{4} ?[A-Z]{2}|[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]|[A-Z][0-9][0-9W] ?[A-Z0-9]{4}"
)
_PAPER = late(r"[A-ZÀ-Þ0-9](?:[ ·-]?[A-ZÀ-Þ0-9]){4,19}")
FEWEST_FIGURES = 2
_TOWN = late(r"[^\W\d_][^\d\r\n:;=<>|@{}\[\]\"]{1,40}")
#: Letters that have no capitals: a name is written there as any word.
_CASELESS = late(r"[^\W\d_][^\W\d_ \u3000・.'’-]{1,30}(?:[ \u3000・][^\W\d_]{1,30}){0,3}")
_LETTERS = late(r"[^\W\d_]")
#: What is written where there is no value.
_EMPTY = frozenset(
    (
        "n/a",
        "na",
        "none",
        "null",
        "nil",
        "unknown",
        "unbekannt",
        "-",
        "--",
        "?",
        "true",
        "false",
        "yes",
        "no",
        "ja",
        "nein",
        "required",
        "optional",
        "string",
        "text",
        "varchar",
        "integer",
        "todo",
        "tbd",
        "missing",
        "empty",
    )
)


def field_token(
    field: str, value: str, pseudonyms: Pseudonyms, parent: str = "", beside: Beside | None = None
) -> str | None:
    """The pseudonym of a value in a field of this name, None where nothing says that it is personal."""
    if len(value) < 2 or value.lower() in _EMPTY or _TOKENED.search(value):
        return None
    name = of_parent(field, parent) if parent else field
    if beside is not None and may_tell(name):
        name = told(name, beside)
    if name in ("thing", "company"):
        return None
    if name in ("address.city", "address.street"):
        return pseudonyms.token("ADDRESS", value.lower())
    return by_meaning(meaning(field, parent), value, pseudonyms, field) or column_token(name, value, pseudonyms)


@lru_cache(maxsize=8_192)
def says_something(field: str, parent: str) -> bool:
    """Whether a field of this name may hold something personal at all."""
    name = of_parent(field, parent) if parent else field
    if says_secret(name):
        return False
    return meaning(field, parent) not in (Means.NOTHING, Means.TOWN) or tells_of_person(name)


def by_meaning(means: Means, value: str, pseudonyms: Pseudonyms, field: str = "address") -> str | None:
    """The pseudonym of a value that has the form of what its field means."""
    fits = _FITS.get(means)
    if fits is None or not fits(value, field):
        return None
    return _TOKENS[means](value, pseudonyms)


def _is_paper(value: str) -> bool:
    """The number of a document or of a car: capital letters and figures, and no date."""
    return (
        _PAPER.fullmatch(value) is not None
        and sum(map(str.isdigit, value)) >= FEWEST_FIGURES
        and _DAY.fullmatch(value) is None
    )


def _is_phone(value: str) -> bool:
    figures = sum(map(str.isdigit, value))
    return _FIGURES.fullmatch(value) is not None and 6 <= figures <= 20 and _NO_PHONE.fullmatch(value) is None


def is_written_name(value: str) -> bool:
    """A name in a field for one: in capitals too, the family first, and in scripts without capital letters."""
    text = value.replace(", ", " ").strip(" .,")
    if text.isupper():
        text = text.title()
    if is_full_name(text, fewest=1):
        return True
    first = _LETTERS.search(text)
    return first is not None and first[0].lower() == first[0].upper() and _CASELESS.fullmatch(text) is not None


def _is_street(value: str, field: str) -> bool:
    return street_address.is_address(f"{field if 'line' in field.lower() else 'address'}: {value}")


def _person(value: str, pseudonyms: Pseudonyms) -> str:
    return pseudonyms.token("PERSON", value.lower(), kind="term person")


def _address(value: str, pseudonyms: Pseudonyms) -> str:
    return pseudonyms.token("ADDRESS", value.lower())


#: Whether a value has the form of what its field means, and what stands for it then.
_FITS: dict[Means, Callable[[str, str], bool]] = {
    Means.NAME: lambda value, _: is_written_name(value) and meaning(value) is Means.NOTHING,
    Means.LOGIN: lambda value, _: is_login_of_somebody(value),
    Means.PHONE: lambda value, _: _is_phone(value),
    Means.BIRTH: lambda value, _: _DAY.fullmatch(value) is not None,
    Means.STREET: _is_street,
    Means.PAPER: lambda value, _: _is_paper(value),
    Means.CODE: lambda value, _: _CODE.fullmatch(value) is not None,
}
_TOKENS: dict[Means, Callable[[str, Pseudonyms], str]] = {
    Means.NAME: _person,
    Means.LOGIN: _person,
    Means.PHONE: lambda value, pseudonyms: pseudonyms.token("PHONE", "".join(filter(str.isdigit, value))),
    Means.BIRTH: lambda value, pseudonyms: pseudonyms.secret("BIRTH-DATE", value.lower()),
    Means.STREET: _address,
    Means.PAPER: lambda value, pseudonyms: pseudonyms.token("IDENTITY", "".join(filter(str.isalnum, value)).upper()),
    Means.CODE: _address,
}

#: Start and end of a value in a text, and the name of its field.
Cell = tuple[int, int, str]
#: What a record belongs to, and its values in order.
Record = tuple[str, Sequence[Cell]]


def masked_records(found: str, records: Iterable[Record], pseudonyms: Pseudonyms) -> str:
    """The text with the values of its records masked; records and values are in order."""
    pieces: list[str] = []
    end = 0
    for parent, cells in records:
        values = [(field, found[start:stop]) for start, stop, field in cells]
        for (start, stop, _), token in zip(cells, record_tokens(values, pseudonyms, parent), strict=True):
            if token is not None:
                pieces += (found[end:start], token)
                end = stop
    return "".join((*pieces, found[end:]))


def people_in(found: str, records: Iterable[Record]) -> Iterator[str]:
    """Who stands in fields for nothing but people."""
    for parent, cells in records:
        names = [(field, found[start:stop]) for start, stop, field in cells if meaning(field, parent) is Means.NAME]
        yield from (value for _, value in names)
        yield from whole_names(names)


def trimmed(found: str, start: int, stop: int, marks: str = " \t\"'`*_") -> tuple[int, int]:
    """Where the value begins and ends without blanks and marks around it."""
    while start < stop and found[start] in marks:
        start += 1
    while stop > start and found[stop - 1] in marks:
        stop -= 1
    return start, stop


_TELL_WHOSE = frozenset((Means.STREET, Means.CODE, Means.NAME, Means.BIRTH))


def record_tokens(cells: Sequence[tuple[str, str]], pseudonyms: Pseudonyms, parent: str = "") -> Iterator[str | None]:
    """For each field and value of a record what stands for the value."""
    beside = Beside(field for field, _ in cells)
    meanings = {meaning(field, parent) for field, value in cells if value.strip()}
    whose = not meanings.isdisjoint(_TELL_WHOSE) or says_whose(parent)
    for field, value in cells:
        token = field_token(field, value, pseudonyms, parent, beside)
        means = meaning(field, parent)
        if token is None and means is Means.TOWN and whose and _is_town(value):
            token = pseudonyms.token("ADDRESS", value.lower())
        yield token


def _is_town(value: str) -> bool:
    return _TOWN.fullmatch(value) is not None and value.lower() not in _EMPTY and not _TOKENED.search(value)
