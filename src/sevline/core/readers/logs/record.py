"""What a log reader yields, and what makes a reader: one file, one format."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sevline.core.readers.logs.times import Stamp
from sevline.core.registry import Registry


class Header(NamedTuple):
    """What one line says about itself; `message` is the rest of it."""

    message: bytes
    stamp: Stamp | None = None
    level: str | None = None
    service: str | None = None
    partial: bool = False
    """The writer cut the message: the next line goes on with it."""
    bare: bool = False
    """Only a collector's header was read: the message may go on with a trace of the record before it."""
    shown: bytes = b""
    """The line itself, where `message` was made of its parts."""
    about_file: bool = False
    """It says something about the file, such as the names of its columns, and is no record of it."""
    fields: bytes = b""
    """The line itself, where named fields stand in it beside the message."""
    stream: str = ""
    """Which of several programs, whose lines stand between one another, wrote it; empty where the log is of one."""


class LogRecord(NamedTuple):
    """One record, its continuation lines joined to `message` by newlines.

    `at` is in epoch seconds; it is read as UTC where `zone_known` is false.
    """

    at: float | None
    zone_known: bool
    level: str | None
    service: str | None
    message: bytes
    line_no: int
    year_known: bool = True
    shown: bytes = b""
    """The line as it stands, where `message` was made of its parts."""
    fields: bytes = b""
    """The line as it stands, where named fields stand in it beside the message."""


Parse = Callable[[bytes], Header | None]


@dataclass(frozen=True, slots=True)
class LogFormat:
    """`reader` makes the parser of one file; it is given the moment from which a missing year is inferred.

    `rank` decides between formats that read a sample equally well: the more particular one has the higher rank.
    `joins`: any line that the parser refuses belongs to the record before it, not only one that looks like a trace.
    `seen`: the real files that the reader was held against; empty where none was, which its row in the reference says.
    """

    key: str
    title: str
    reader: Callable[[datetime | None], Parse]
    rank: int = 50
    joins: bool = True
    seen: str = ""


FORMATS: Registry[LogFormat] = Registry("log format")
