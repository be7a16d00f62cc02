"""`docker compose logs`: `web-1  | text`, each line with its container; terminal colours are dropped."""

import re
from datetime import datetime

from sevline.core.readers.logs.inner import inner
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse

_COLOUR = re.compile(rb"\x1b\[[0-9;]{0,20}[A-Za-z]")
_LINE = re.compile(rb"([a-zA-Z0-9][\w.\-]{0,100}) {1,60}\| ?")

_SERVERS = ("redis", "access_log", "nginx_error", "mongodb")
"""What stands in such sets beside programs of one's own. Here no header of the container tells a time."""


def reader(reference: datetime | None) -> Parse:
    within = inner(reference, _SERVERS)

    def parse(line: bytes) -> Header | None:
        plain = _COLOUR.sub(b"", line) if b"\x1b" in line else line
        found = _LINE.match(plain)
        if found is None:
            return None
        name = found[1].decode("utf-8", "replace")
        return within(plain[found.end() :], None, service=name)._replace(stream=name)

    return parse


FORMATS.add(
    "compose",
    LogFormat(
        "compose", "docker compose", reader, rank=40, seen="the output of `docker compose logs` of a set of services"
    ),
)
