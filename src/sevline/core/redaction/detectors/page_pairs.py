"""Labels and values in elements of a page that follow each other, and tables of a page under their heads."""

# ruff: noqa: E501 - patterns are read whole

import re
from collections.abc import Iterator
from itertools import pairwise

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.redaction.records import Cell, Record, people_in, record_tokens, says_something, trimmed

_TAG = r"(?:<[a-zA-Z/][^<>]{0,200}>|&nbsp;|\s)"
_END = r"</(?i:th|td|dt|label|b|strong|span|div|p|h[1-6]|legend|em)>"
_LABEL = r"[A-Za-z\x{80}-\x{10ffff}][^<>\r\n:=]{1,44}:?"
_PAIR = rf"<(?i:th|td|dt|label|b|strong|span|div|p|h[1-6]|legend|em)(?:[ ][^<>]{{0,200}})?>{_LABEL}[ ]?{_END}:?{_TAG}{{1,12}}[^<>\r\n]{{2,80}}<"
_OF_PAIR = late(r"<[^<>]*>(?P<field>[^<>]+)</[^<>]*>:?(?:<[^<>]*>|&nbsp;|\s)+(?P<value>[^<>\r\n]+)<$")
_INPUT = late(r"<input(?:[^<>]|<[A-Z0-9-]+-[0-9a-f]{16}>)*>", re.IGNORECASE)
_ATTRIBUTE = late(r"[ ](?P<name>name|id|value|type)=[\"'](?P<text>[^\"']*)[\"']", re.IGNORECASE)
_CELL = late(
    r"<(?P<kind>t[hd])\b[^<>]*>(?:\s|<(?!/?t[hdr]\b)[^<>]*>)*(?P<text>[^<>]*?)\s*(?:<(?!/?t[hdr]\b)[^<>]*>\s*)*(?=</?t|$)",
    re.IGNORECASE,
)
_ROW = late(r"<tr\b", re.IGNORECASE)


def _of_table(found: str) -> Iterator[Record]:
    """Rows under the heads of the first row."""
    starts = [row.start() for row in _ROW.finditer(found)]
    heads: list[str] = []
    for start, end in pairwise((*starts, len(found))):
        cells = list(_CELL.finditer(found, start, end))
        if not heads:
            heads = [cell["text"].strip() for cell in cells]
        elif len(cells) == len(heads):
            yield "", [(*trimmed(found, *cell.span("text")), head) for cell, head in zip(cells, heads, strict=True)]


def _of_form(found: str) -> Iterator[Record]:
    """The inputs of a form, which belong together."""
    cells: list[Cell] = []
    for entry in _INPUT.finditer(found):
        told = {one["name"].lower(): one for one in _ATTRIBUTE.finditer(entry[0])}
        name = told.get("name") or told.get("id")
        if name and "value" in told and told["value"]["text"]:
            start, stop = told["value"].span("text")
            cells.append((entry.start() + start, entry.start() + stop, name["text"]))
    yield "", cells


def _records(found: str) -> Iterator[Record]:
    if pair := _OF_PAIR.match(found):
        if says_something(pair["field"].strip(" :"), ""):
            yield "", [(*trimmed(found, *pair.span("value")), pair["field"].strip(" :"))]
    elif found[:6].lower() == "<table":
        yield from _of_table(found)
    else:
        yield from _of_form(found)


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    pieces: list[str] = []
    end = 0
    for parent, cells in _records(found):
        values = [(field, found[start:stop]) for start, stop, field in cells]
        for (start, stop, _), token in zip(cells, record_tokens(values, pseudonyms, parent), strict=True):
            if token is not None:
                pieces += (found[end:start], f"&lt;{token[1:-1]}&gt;" if token[0] == "<" else token)
                end = stop
    return "".join((*pieces, found[end:]))


detector(
    Detector(
        kind="page_pairs",
        title="Value on a page beside its label or under its column",
        pattern=rf"<(?i:table)\b[^<>]*>(?:[^<]|<[^/]|</[^t]|</t[^a])*?</(?i:table)>|<(?i:input)\b[^<>]*>(?:(?:[^<>]|<(?:/?(?i:label|div|p|br|span|li|td|tr|option|select)\b[^<>]*)>)*<(?i:input)\b[^<>]*>)+|{_PAIR}",
        stage=Stage.BLOCK,
        keywords=("</th>", "</td>", "</dt>", "</label>", "</strong>", "</b>", "</span>", "</TD>", "</TH>", "<input", "</legend>", "</div>", "</p>", "</h"),
        render=pseudonym,
        people=lambda found: people_in(found, _records(found)),
        in_clear=True,
    )
)  # fmt: skip
