"""A table of delimited values within a text: a line of heads, and rows with as many values."""

# ruff: noqa: E501 - patterns are read whole

from collections.abc import Iterator

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.redaction.records import Record, masked_records, people_in, says_something, trimmed

_MARKS = (",", ";", "\t", "|")
_WORD = r"(?i:[a-z_ ]{0,16}name|surname|vorname|nachname|e-?mail|phone|telefon|telefono|téléphone|mobile|nom|prénom|apellidos?|nombre|cognome|nome|birth[a-z_ ]{0,8}|dob|geburtsdatum|address|adresse|street|city|customer|contact|user|login|passport)"
_HEAD = r"[A-Za-z\"À-ž][A-Za-z0-9 _\"À-ž./()#-]{0,30}"
_FIELD = {
    mark: late(rf"(?:\"(?:[^\"\r\n]|\"\")*\"|[^{mark}\r\n\"]*)(?:{mark if mark != '|' else '[|]'}|$)")
    for mark in _MARKS
}
_LINES = late(r"[^\r\n]+")


def _split(line: str, mark: str) -> list[tuple[int, int]]:
    """Where each value of a line stands."""
    spans = []
    for field in _FIELD[mark].finditer(line):
        end = field.end() - field[0].endswith(mark)
        spans.append((field.start(), end))
        if not field[0].endswith(mark):
            break
    return spans


def _records(found: str) -> Iterator[Record]:
    lines = list(_LINES.finditer(found))
    mark = max(_MARKS, key=lines[0][0].count)
    heads = [lines[0][0][start:end].strip(' "') for start, end in _split(lines[0][0], mark)]
    if len(heads) < 3 or sum(says_something(head, "") or "mail" in head.lower() for head in heads) < 2:
        return
    for line in lines[1:]:
        spans = _split(line[0], mark)
        if len(spans) != len(heads):
            return
        at = line.start()
        yield (
            "",
            [(*trimmed(found, at + start, at + end), head) for (start, end), head in zip(spans, heads, strict=True)],
        )


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    return masked_records(found, _records(found), pseudonyms)


def _table(mark: str) -> str:
    return rf"^(?:{_HEAD}{mark}[ ]?){{0,30}}\"?{_WORD}\"?(?:[ ]?{mark}[ ]?{_HEAD}){{1,30}}[ \t]*\r?(?:\n(?:[^\r\n]*{mark}[^\r\n]*)){{1,}}|^(?:{_HEAD}{mark}[ ]?){{1,30}}\"?{_WORD}\"?[ \t]*\r?(?:\n(?:[^\r\n]*{mark}[^\r\n]*)){{1,}}"


detector(
    Detector(
        kind="pasted_table",
        title="Cell of a table of delimited values, under a column that says so",
        pattern="|".join(f"(?m:{_table(mark)})" for mark in (",", ";", "\\t", "[|]")),
        stage=Stage.BLOCK,
        keywords=(
            *(f"{word}{mark}" for word in ("ame", "Vorname", "NAME", "prénom", "ombre", "ognome") for mark in (",", ";", "\t")),
            *(f"{mark}{word}{mark}" for mark in (",", ";", "\t", "|") for word in ("email", "Email", "E-Mail", "phone", "Phone", "telefon", "Telefon", "mobile", "dob", "birthdate")),
        ),
        render=pseudonym,
        people=lambda found: people_in(found, _records(found)),
        in_clear=True,
    )
)  # fmt: skip
