"""Kubernetes container logs (CRI): `2026-03-01T10:00:00.000000000Z stdout F text`; P marks a part of a message."""

import re
from datetime import datetime

from sevline.core.readers.logs.inner import inner
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import ISO, iso

_LINE = re.compile(rb"(" + ISO + rb") (stdout|stderr) ([FP])(?::[\w:]{1,40})? ")


def reader(reference: datetime | None) -> Parse:
    within = inner(reference)

    def parse(line: bytes) -> Header | None:
        found = _LINE.match(line)
        if found is None or (stamp := iso(found[1])) is None:
            return None
        return within(line[found.end() :], stamp, partial=found[3] == b"P")

    return parse


FORMATS.add("cri", LogFormat("cri", "Kubernetes container log (CRI)", reader, rank=80))
