"""Lines without a header that anything is known about: each is a message, a stack trace is one with the line before."""

from datetime import datetime

from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse


def reader(reference: datetime | None) -> Parse:
    """The reading itself takes a line as plain text where no parser reads it, so this one reads none."""
    del reference
    return _unread


def _unread(line: bytes) -> Header | None:
    del line
    return None


FORMATS.add("plain", LogFormat("plain", "plain text", reader, rank=0, joins=False))
