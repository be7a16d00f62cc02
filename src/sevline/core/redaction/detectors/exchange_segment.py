"""Who is named in segments of messages between companies: X12 (`NM1*IL*1*…~`), EDIFACT (`NAD+…'`), and banks' fields.

A segment is told by its name, and the place of each element is written in the standard of the message.
"""

from collections.abc import Iterator

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.names import is_full_name
from sevline.core.redaction.pseudonym import Pseudonyms, is_token

_ELEMENT = late(r"[^*~\r\n]*")
_BANK = late(r"\?(?P<kind>3[0-3]|20|21)(?P<value>[^?\r\n]+)")
_IBAN = late(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}|[0-9]{6,10}")
#: What stands at each place of a segment of X12; names in `NM1` are masked as one elsewhere.
_PLACES = {
    "N3": {1: "ADDRESS", 2: "ADDRESS"},
    "N4": {1: "ADDRESS", 3: "ADDRESS"},
    "DMG": {2: "BIRTH-DATE"},
}
_PERSON_OF_PER = {2: "PERSON"}
_KINDS_OF_PER = {"TE": "PHONE", "FX": "PHONE", "CP": "PHONE", "HP": "PHONE", "WP": "PHONE"}
#: Before the number of who is insured; that of who gives a service is public.
_BEFORE_ID = frozenset(("MI", "II", "34", "FI", "N"))
SHORTEST, SHORTEST_ID = 2, 5

_Place = tuple[int, int, str]


def _elements(found: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    start = 0
    for part in found.split("*"):
        spans.append((start, start + len(part)))
        start += len(part) + 1
    return spans


def _of_x12(found: str) -> Iterator[_Place]:
    """Start, end and kind of each element that is somebody's."""
    spans = _elements(found)
    texts = [found[start:stop] for start, stop in spans]
    places = dict(_PLACES.get(texts[0], {}))
    if texts[0] == "NM1" and len(texts) > 2 and texts[2] == "1":
        places = {at + 1: "IDENTITY" for at, text in enumerate(texts) if text in _BEFORE_ID and at > 3}
    elif texts[0] == "PER":
        places = _PERSON_OF_PER | {
            at + 1: _KINDS_OF_PER[text] for at, text in enumerate(texts) if text in _KINDS_OF_PER
        }
    for at, kind in places.items():
        if at < len(spans) and _may_be(kind, texts[at]):
            yield (*spans[at], kind)


def _may_be(kind: str, text: str) -> bool:
    if len(text) < (SHORTEST_ID if kind == "IDENTITY" else SHORTEST) or is_token(text):
        return False
    return not any(map(str.isdigit, text)) if kind == "PERSON" else True


def _of_bank(found: str) -> Iterator[_Place]:
    """Name and account of the other side of a booking."""
    for part in _BANK.finditer(found):
        start, stop = part.span("value")
        if part["kind"] == "31" and _IBAN.fullmatch(part["value"]):
            yield start, stop, "IBAN"
        elif part["kind"] == "32" and is_full_name(part["value"].title() if part["value"].isupper() else part["value"]):
            yield start, stop, "PERSON"


def _places(found: str) -> list[_Place]:
    if found.startswith(":25:"):
        return [(found.index("/") + 1, len(found), "IBAN")]
    return sorted(_of_bank(found) if found.startswith("?") else _of_x12(found))


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    pieces: list[str] = []
    end = 0
    for start, stop, kind in _places(found):
        pieces += (found[end:start], _token(kind, found[start:stop], pseudonyms))
        end = stop
    return "".join((*pieces, found[end:]))


def _token(kind: str, value: str, pseudonyms: Pseudonyms) -> str:
    if kind == "PERSON":
        return pseudonyms.token("PERSON", value.lower(), kind="term person")
    if kind == "BIRTH-DATE":
        return pseudonyms.secret("BIRTH-DATE", value)
    plain = "".join(filter(str.isalnum, value)).upper() if kind in ("IDENTITY", "IBAN", "PHONE") else value.lower()
    return pseudonyms.token(kind, plain)


def people(found: str) -> Iterator[str]:
    return (found[start:stop] for start, stop, kind in _places(found) if kind == "PERSON" and " " in found[start:stop])


detector(
    Detector(
        kind="exchange_segment",
        title="Person in a segment of a message between companies or banks",
        pattern=(
            r"^(?:NM1\*[A-Z0-9]{2,3}\*1\*[^~\r\n]+|PER\*[A-Z]{2}\*[^~\r\n]+|N3\*[^~\r\n]+|N4\*[^*~\r\n]+\*[^~\r\n]+|DMG\*D8\*[0-9]{8})"
            r"|^:25:[0-9]{8}/[0-9]{5,10}|\?31[A-Z0-9]{6,34}(?:\?32[^?\r\n]+)?|\?32[^?\r\n]+"
        ),
        stage=Stage.PERSONAL,
        rare=True,
        keywords=("NM1*", "PER*", "N3*", "N4*", "DMG*", "?31", "?32", ":25:"),
        validate=lambda found: bool(_places(found)),
        render=pseudonym,
        people=people,
        in_clear=True,
    )
)
