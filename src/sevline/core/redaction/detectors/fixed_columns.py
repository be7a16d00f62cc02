"""Tables whose columns stand one below the other with blanks between, under a line of heads or a rule."""

# ruff: noqa: E501 - patterns are read whole

from collections.abc import Iterator

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.redaction.records import Cell, Record, masked_records, people_in, says_something, trimmed

#: Heads of columns for people, as programs and people write them.
_HEAD = r"(?:[A-Za-z]{0,12}[ _]?(?:[Nn]ame|NAME)|User|USER|Login|LOGIN|SamAccountName|Kunde|Nom|Nombre|Nome|Naam|Navn|Namn|Nazwisko|Phone|PHONE|Telefon|Tel|Mobile|Contact|Customer|Passenger|Patient|Driver|Guest|Owner|OWNER|Birth(?:day|date)?|DOB|Geburtsdatum|Address|Adresse|Anschrift)"
_HEADS = late(r"[^\s](?:[^\s]|[ ](?=[^\s]))*")
_RULE = late(r"[ \t]*(?:-{2,}|={2,})(?:[ \t]+(?:-{2,}|={2,}))+[ \t]*\r?")
_ONE_RULE = late(r"[ \t]*[-=]{6,}[ \t]*\r?")
_LINES = late(r"[^\n]*\n?")


def _columns(head: str, rule: str) -> list[tuple[int, int, str]]:
    """From where to where each column is, and its head; the last one has no end."""
    spans = [(part.start(), part.end()) for part in _HEADS.finditer(rule if _RULE.fullmatch(rule) else head)]
    ends = [start for start, _ in spans[1:]] + [10_000]
    return [(start, end, head[start:end].strip()) for (start, _), end in zip(spans, ends, strict=True)]


def _records(found: str) -> Iterator[Record]:
    lines = list(_LINES.finditer(found))
    head = lines[0][0].rstrip("\r\n")
    rule = lines[1][0].rstrip("\n") if len(lines) > 1 else ""
    columns = _columns(head, rule)
    if len(columns) < 2 or not any(says_something(name, "") for _, _, name in columns):
        return
    for line in lines[1:]:
        text = line[0].rstrip("\r\n")
        if text and not _RULE.fullmatch(text) and not _ONE_RULE.fullmatch(text):
            yield "", list(_cells(found, line.start(), text, columns))


def _cells(found: str, at: int, text: str, columns: list[tuple[int, int, str]]) -> Iterator[Cell]:
    """A cell begins where its column does, or where the word begins that reaches over that place."""
    for start, end, name in columns:
        begin, stop = _edge(text, start), _edge(text, min(end, len(text)))
        if begin < stop:
            yield *trimmed(found, at + begin, at + stop), name


def _edge(text: str, place: int) -> int:
    """The place, or the beginning of the word that stands across it."""
    place = min(place, len(text))
    while 0 < place < len(text) and not text[place - 1].isspace() and not text[place].isspace():
        place -= 1
    return place


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    return masked_records(found, _records(found), pseudonyms)


_GAP = r"(?:[ ]{2,}|\t+)"
detector(
    Detector(
        kind="fixed_columns",
        title="Cell under a column's head, with blanks between the columns",
        pattern=(
            rf"(?m:^(?:[^\r\n]*?{_GAP})?{_HEAD}(?:{_GAP}[^\r\n]*)?\r?\n[ \t]*(?:-{{2,}}|={{2,}})[-= \t]*\r?(?:\n[^\r\n]*[^\s][^\r\n]*)+)"
            rf"|(?m:^(?:[^\r\n:;,]*?[ ]{{2,}})?{_HEAD}(?:[ ]{{2,}}[^\r\n:;,]*)\r?(?:\n[^\r\n]*[^\s][^\r\n]*)+)"
        ),
        stage=Stage.BLOCK,
        keywords=("ame  ", "AME  ", "User  ", "USER  ", "Login  ", "LOGIN  ", "Kunde  ", "Nom  ", "Nombre  ", "Nome  ", "Naam  ", "Navn  ", "Namn  ", "wisko  ", "hone  ", "PHONE  ", "Telefon  ", "Tel  ", "Mobile  ", "Contact  ", "Customer  ", "Passenger  ", "Patient  ", "Driver  ", "Guest  ", "Owner  ", "OWNER  ", "Birth", "DOB  ", "datum  ", "dress  ", "dresse  ", "schrift  ",
                  "  Name\n", "  NAME\n", "  User\n", "  USER\n", "ame\n---", "ame\n===", "hone\n---", "-- --", "== =="),
        render=pseudonym,
        people=lambda found: people_in(found, _records(found)),
        in_clear=True,
    )
)  # fmt: skip
