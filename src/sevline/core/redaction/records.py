"""Fields that belong together, whatever form they are written in: a row under its columns, the lines of a form, an object.

Each value is judged by what its field means, by what the record belongs to, and by what stands beside it.
"""

# ruff: noqa: E501 - patterns are read whole

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from sevline.core.redaction.columns import column_token, tells_of_person
from sevline.core.redaction.detectors import identity_named, street_address
from sevline.core.redaction.field_words import Means, meaning, meaning_in, says_whose, whole_names
from sevline.core.redaction.late import late
from sevline.core.redaction.names import is_full_name, is_login_of_somebody
from sevline.core.redaction.pseudonym import EVERY_PSEUDONYM, Pseudonyms
from sevline.core.redaction.secret_names import says_secret
from sevline.core.redaction.structure.neighbours import are_of_thing, may_tell, of_parent, told

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
#: An address in a script without capital letters.
MOST_WORDS_OF_ADDRESS = 16
#: Figures of a number that a field counts which has no more of a name than that.
FEWEST_FIGURES_OF_ID = 5
#: Of what a record tells about somebody before it is a person's.
FEWEST_TOLD = 2
_TOWN = late(r"[^\W\d_][^\d\r\n:;=<>|@{}\[\]\"]{1,40}")
#: Letters that have no capitals: a name is written there as any word.
_OF_WORD = r"[^\W\d_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0965\u0970-\u09e5\u09f0-\u0dff\u0e01-\u0e4e]"
_CASELESS = late(rf"(?:{_OF_WORD})(?:{_OF_WORD}|[・.'’-]){{1,30}}(?:[ \u3000・](?:{_OF_WORD}|['’-]){{1,30}}){{0,3}}")
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
    field: str, value: str, pseudonyms: Pseudonyms, parent: str = "", beside: Sequence[str] = ()
) -> str | None:
    """The pseudonym of a value in a field of this name, None where nothing says that it is personal."""
    if len(value) < 2 or value.lower() in _EMPTY or _TOKENED.search(value):
        return None
    name = of_parent(field, parent) if parent else field
    if beside and may_tell(name):
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
    return _is_without_capitals(text) and _CASELESS.fullmatch(text) is not None


def _is_without_capitals(text: str) -> bool:
    first = _LETTERS.search(text)
    return first is not None and first[0].lower() == first[0].upper()


def _is_street(value: str, field: str) -> bool:
    if _is_without_capitals(value):
        return any(map(str.isdigit, value)) and len(value.split()) <= MOST_WORDS_OF_ADDRESS
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
        values = [(field, found[start:stop]) for start, stop, field in cells]
        told = _told(values, parent)
        is_person = _is_of_person([field for field, _ in values], told)
        names = [
            (field, value)
            for field, value in values
            if meaning(field, parent) is Means.NAME or (is_person and _is_name_in_person(field, value, told))
        ]
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
_TELL_OF_PERSON = frozenset(
    (Means.STREET, Means.NAME, Means.BIRTH, Means.PHONE, Means.MAIL, Means.NUMBER, Means.CALLED)
)
_MAIL = late(r"(?:.*[_ .-])?(?:e-?mail|mail|correo|courriel|البريد|ईमेल|邮箱|メール|이메일)", re.IGNORECASE)


def record_tokens(cells: Sequence[tuple[str, str]], pseudonyms: Pseudonyms, parent: str = "") -> Iterator[str | None]:
    """For each field and value of a record what stands for the value."""
    fields = [field for field, _ in cells]
    for (field, value), by_record in zip(
        cells, told_by_record(cells, pseudonyms, parent, are_columns=True), strict=True
    ):
        token = field_token(field, value, pseudonyms, parent, fields)
        yield by_record if token is None else token


def told_by_record(
    cells: Sequence[tuple[str, str]], pseudonyms: Pseudonyms, parent: str = "", *, are_columns: bool = False
) -> Iterator[str | None]:
    """The same of values that only the other fields tell: the town beside a street, the name beside a day of birth.

    Other than lines of a text, columns are about a person by their names alone: a cell may be empty.
    """
    told = _told(cells, parent)
    beside = {meaning(field, parent) for field, value in cells if value.strip()} if are_columns else told
    whose = not beside.isdisjoint(_TELL_WHOSE) or says_whose(parent)
    is_person = _is_of_person([field for field, _ in cells], told)
    for field, value in cells:
        token = None
        if meaning(field, parent) is Means.TOWN:
            token = pseudonyms.token("ADDRESS", value.lower()) if whose and _is_town(value) else None
        elif is_person and is_telling(value):
            token = _in_person(field, value, pseudonyms, told)
        yield token


def _told(cells: Sequence[tuple[str, str]], parent: str) -> set[Means]:
    """What fields tell of somebody by values that have the form of it, or were masked already."""
    return {_told_by(field, value, parent) for field, value in cells}


def _told_by(field: str, value: str, parent: str) -> Means:
    is_masked = _TOKENED.search(value) is not None
    means = meaning(field, parent)
    fits = _FITS.get(means)
    if fits is not None and (is_masked or fits(value, field)):
        return means
    if _MAIL.fullmatch(field) and (is_masked or "@" in value):
        return Means.MAIL
    if identity_named.NAME.fullmatch(field) and (is_masked or _has_figures(value)):
        return Means.NUMBER
    return Means.CALLED if meaning_in(field) is Means.NAME and is_full_name(value) else Means.NOTHING


def _has_figures(value: str) -> bool:
    return sum(map(str.isdigit, value)) >= FEWEST_FIGURES_OF_ID


def is_telling(value: str) -> bool:
    return len(value) > 1 and value.lower() not in _EMPTY and not _TOKENED.search(value)


def _is_of_person(fields: Sequence[str], told: set[Means]) -> bool:
    """Whether a record is about a person: it says who it is, and where, when born or how to reach."""
    return len(told & _TELL_OF_PERSON) >= FEWEST_TOLD and not are_of_thing(fields)


def heads_of_person(fields: Sequence[str]) -> list[str]:
    """The heads of a table, those that only the others tell of a person under a name that says so by itself."""
    told = {Means.MAIL if _MAIL.fullmatch(field) else meaning(field) for field in fields}
    if not _is_of_person(fields, told):
        return list(fields)
    return [f"contact {field}" if meaning_in(field) is Means.NAME else field for field in fields]


def _is_name_in_person(field: str, value: str, told: set[Means]) -> bool:
    """Whether it is a name there: one word only beside another part of a name."""
    if meaning_in(field) is not Means.NAME:
        return False
    return Means.NAME in told or is_full_name(value) or _is_without_capitals(value)


def _in_person(field: str, value: str, pseudonyms: Pseudonyms, told: set[Means]) -> str | None:
    means = meaning_in(field)
    if means is Means.NAME and not _is_name_in_person(field, value, told):
        return None
    if means is Means.PAPER and not _has_figures(value):
        return None
    return by_meaning(means, value, pseudonyms, field)


def _is_town(value: str) -> bool:
    return _TOWN.fullmatch(value) is not None and is_telling(value)
