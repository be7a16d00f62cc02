"""The registry of readers that look at one parsed document or one text and yield what checks can ask for.

    @reader("kubernetes", Form.JSON)
    def kubernetes(source: Source, document: Any) -> Iterator[Given]: ...

A reader decides by content whether the document is its own, and yields nothing where it is not. Several readers may
find something in one document.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sevline.core.finding import Given
from sevline.core.registry import Registry


class Form(StrEnum):
    """What a reader is handed: a decoded JSON document as it came, or the redacted lines of a text."""

    JSON = "json"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Source:
    """One artefact. `name` is its path as the sender wrote it, never shown; `at` is when it was captured, if known.
    `cut` where the file ends too early, and what is whole of it is read. `written` is when it was there at the latest,
    from which a missing year is told; nothing is judged by it."""

    artifact: str
    name: str
    at: datetime | None = None
    cut: bool = False
    written: datetime | None = None

    @property
    def reference(self) -> datetime | None:
        """From when a year that is left out is told."""
        return self.written or self.at


@dataclass(frozen=True, slots=True)
class Reader:
    """`of_cut`: what it yields of a file that was cut says so, and no check takes what is absent for missing."""

    key: str
    form: Form
    read: Callable[[Source, Any], Iterator[Given]]
    of_cut: bool = False

    @property
    def title(self) -> str:
        return (self.read.__doc__ or "").strip().split("\n", 1)[0]


READERS: Registry[Reader] = Registry("reader")
Reads = Callable[[Source, Any], Iterator[Given]]


def reader(key: str, form: Form, *, of_cut: bool = False) -> Callable[[Reads], Reads]:
    def register(function: Reads) -> Reads:
        READERS.add(key, Reader(key, form, function, of_cut))
        return function

    return register


def every_reader() -> Registry[Reader]:
    from sevline.core.readers import documents

    READERS.discover(sys.modules[documents.__name__])
    return READERS


def read_all(
    form: Form,
    source: Source,
    content: Any,
    goes_on: Callable[[], bool] | None = None,
    *,
    apart: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> Iterator[Given]:
    """What every reader of that form finds in the content, in the order of their names.

    `goes_on` is asked before each; where it says no, those that are left do not read. `apart` is around each: what it
    lets pass is an error of one reader, and the others go on.
    """
    for one in every_reader():
        if goes_on is not None and not goes_on():
            return
        if one.form is form and (one.of_cut or not source.cut):
            found: list[Given] = []
            with apart():
                found += one.read(source, content)
            yield from found
