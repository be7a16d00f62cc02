"""Lines in which a program says who may not do what."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sevline.core.finding import Given
from sevline.core.readers.audittrail import refusals_in
from sevline.core.readers.denials import WORDS, Counted, denial_in, denial_in_document
from sevline.core.readers.reader import Form, Source, reader

MAX_LINES, MAX_TEXT = 200_000, 2_000
#: Members of which the body of an error has one.
SPEAKS = frozenset(("message", "Message", "error", "errors", "errorCode", "detail", "error_description", "reason"))


@reader("denial-lines", Form.LINES)
def denial_lines(source: Source, lines: list[str]) -> Iterator[Given]:
    """Lines in which Kubernetes, a cloud or a database refuses somebody an action"""
    import polars as pl

    rows = pl.Series("text", [line[:MAX_TEXT] for line in lines[:MAX_LINES]], dtype=pl.String)
    hits = rows.str.contains_any(list(WORDS), ascii_case_insensitive=True).arg_true()
    counted = Counted(source.artifact)
    for number, text in zip(hits.to_list(), rows.gather(hits).to_list(), strict=True):
        if (denial := denial_in(text.replace('\\"', '"'))) is not None:  # a line of JSON escapes its quotes
            counted.take(denial, f"{number + 1}:1")
    if (found := counted.denials()).told:
        yield found


@reader("denial-document", Form.JSON)
def denial_document(source: Source, document: Any) -> Iterator[Given]:
    """The body of an error in JSON by which a program or service refuses somebody an action"""
    told = denial_in_document(document) if _is_an_error(document) else None
    if told is not None:
        counted = Counted(source.artifact)
        counted.take(*told)
        yield counted.denials()


@reader("audit-trail", Form.JSON)
def audit_trail(source: Source, document: Any) -> Iterator[Given]:
    """Refusals in the audit trail of a cloud: AWS CloudTrail, Google Cloud audit logs, Azure's activity log"""
    counted = Counted(source.artifact)
    for denial, place in refusals_in(document):
        counted.take(denial, place)
    if (found := counted.denials()).told:
        yield replace(found, trail=True)


def _is_an_error(document: Any) -> bool:
    """Not a recording, a list of objects or an export, in which such words may stand for anything."""
    first = document[0] if isinstance(document, list) and len(document) == 1 else document
    is_event = isinstance(first, dict) and "eventSource" in first  # one of an audit trail
    return isinstance(first, dict) and len(first) <= 20 and not SPEAKS.isdisjoint(first) and not is_event
