"""Lines of labels and values that stand together, as forms and tickets have them: what one says tells of the others."""

from collections.abc import Iterator

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.redaction.records import field_token, people_in, told_by_record, trimmed

_LINES = late(r"[^\r\n]+")
_FIELD = r"[A-Za-z\x{80}-\x{10ffff}][^\r\n:=：<>{}\"';|()0-9]{0,34}"
_LINE = rf"[ \t>*|•-]{{0,30}}{_FIELD}[*_]{{0,2}}[ \t]{{0,24}}[:=：][^\r\n]+"
_LABEL = r"[^\W\d_][^:=：<>{}\"';|()]{0,34}?"
_PARTS = late(
    rf"(?:^|[ ]{{2,}}|\t+)[ \t>*|•-]*(?P<field>{_LABEL})[.]*[*_]{{0,2}}[ \t]*[:=：][*_]{{0,2}}[ \t]*"
    rf"(?P<value>[^\s].*?)(?=(?:[ ]{{2,}}|\t){_LABEL}[ \t]*[:=：]|$)"
)
_VALUES = late(r"[^\s](?:[^ \t]|[ ](?![ \t]))*")
_HALVES = late(r"[^/]+")
#: A postcode and the town behind it.
_CODE_AND_TOWN = late(r"(?P<code>[0-9][0-9 -]{2,7}|[A-Z]{1,2}-[0-9]{4,5})[ ]+(?P<town>[^\W\d_].*)")
#: In `billing.city` what the field belongs to.
_OF_PARENT = late(r".*[^.][.](?=[A-Za-z]+$)")
#: A line of a form is no longer.
LONGEST = 300
#: Lines between which nothing else stands.
FEWEST = 3

#: Start and end of a value, its field, and whether it stands apart from its label, where no other detector reads both.
_Told = tuple[int, int, str, bool]


def _cells(found: str) -> Iterator[_Told]:
    """The labels of the lines with their values; one line may hold several, and one label several values."""
    for line in _LINES.finditer(found):
        if len(line[0]) > LONGEST:
            continue
        for part in _PARTS.finditer(line[0]):
            field = _OF_PARENT.sub("", part["field"].strip(" .*_"))
            field = "town" if field == "l" else field  # as directories call it
            at = line.start() + part.start("value")
            values = list(_VALUES.finditer(part["value"]))
            for value in values:
                for start, stop, named in _halves(field, value[0]):
                    begin, end = trimmed(found, at + value.start() + start, at + value.start() + stop)
                    yield begin, begin + len(_first(found[begin:end])), named, len(values) > 1 or named != field


def _halves(field: str, value: str) -> Iterator[tuple[int, int, str]]:
    """A value under its field; of two fields with a stroke between, `PLZ/Ort`, each half."""
    fields = [name.strip() for name in field.split("/")]
    halves = list(_HALVES.finditer(value))
    both = _CODE_AND_TOWN.fullmatch(value)
    if len(fields) == 2 and len(halves) == 2:
        yield from ((half.start(), half.end(), name) for half, name in zip(halves, fields, strict=True))
    elif len(fields) == 2 and both:
        yield from ((*both.span(part), name) for part, name in zip(("code", "town"), fields, strict=True))
    else:
        yield 0, len(value), field


def _first(value: str) -> str:
    """The value up to the end of its sentence, or to what a bracket says of it."""
    return value.partition(". ")[0].partition(" (")[0].rstrip(" .,;")


def _tokens(found: str, pseudonyms: Pseudonyms) -> Iterator[tuple[int, int, str | None]]:
    cells = list(_cells(found))
    values = [(field, found[start:stop]) for start, stop, field, _ in cells]
    told = told_by_record(values, pseudonyms)
    for (start, stop, field, apart), (_, value), token in zip(cells, values, told, strict=True):
        yield start, stop, field_token(field, value, pseudonyms) if apart and token is None else token


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    """Only what the other lines tell: all that a label tells by itself is found in its own line."""
    pieces: list[str] = []
    end = 0
    for start, stop, token in _tokens(found, pseudonyms):
        if token is not None:
            pieces += (found[end:start], token)
            end = stop
    return "".join((*pieces, found[end:]))


def people(found: str) -> Iterator[str]:
    return people_in(found, [("", [(start, stop, field) for start, stop, field, _ in _cells(found)])])


detector(
    Detector(
        kind="form_block",
        title="Value of a label in a form about a person",
        pattern=rf"(?m:^{_LINE}(?:\r?\n{_LINE}){{{FEWEST - 1},}})",
        stage=Stage.BLOCK,
        # What the forms have besides a name; each is a label's end.
        keywords=tuple(
            f"{word}{mark}"
            for word in (
                "ail",
                "one",
                "fon",
                "ono",
                "onos",
                "reet",
                "Number",
                "ones",
                "oon",
                "el",
                "el.",
                "lf.",
                "tlf",
                "ile",
                "dre",
                "dress",
                "dresse",
                "dres",
                "rift",
                "ección",
                "eço",
                "izzo",
                "DOB",
                "dob",
                "irth",
                "nascita",
                "aissance",
                "imiento",
                "imento",
                "atum",
                "enia",
                "CPF",
                "CPR",
                "BSN",
                "DNI",
                "NIF",
                "SSN",
                "Phone",
                "الهاتف",
                "الجوال",
                "العنوان",
                "البريد",
                "טלפון",
                "נייד",
                "כתובת",
                "फोन",
                "मोबाइल",
                "पता",
                "ईमेल",
                "โทร",
                "ที่อยู่",
            )
            for mark in (":", " :", "..", "：", "=", " =")
        ),
        render=pseudonym,
        people=people,
        in_clear=True,
    )
)
