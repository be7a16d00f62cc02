"""Bare messages, one a line and nothing joined: for lists of messages rather than logs; chosen by a person only."""

from datetime import datetime

from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse


def reader(reference: datetime | None) -> Parse:
    del reference
    return Header


FORMATS.add("bare", LogFormat("bare", "bare messages", reader, rank=0, joins=False))
