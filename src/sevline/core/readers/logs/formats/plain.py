"""Bare messages: each line is one, and nothing is known about it."""

from datetime import datetime

from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse


def reader(reference: datetime | None) -> Parse:
    del reference
    return Header


FORMATS.add("plain", LogFormat("plain", "plain text", reader, rank=0, joins=False))
