"""logfmt: `time=… level=info msg="text" key=value`; the constant message comes first, the other keys are slots."""

import re
from datetime import datetime
from itertools import islice

from sevline.core.readers.logs.levels import level_of
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import anything

_PAIR = re.compile(rb'([A-Za-z_@][\w.\-/@]{0,80})=(?:"((?:[^"\\]|\\.)*+)"|([^\s"]*+))')
_KEY = re.compile(rb"[A-Za-z_@][\w.\-/@]{0,80}=")
TIME = (b"time", b"ts", b"timestamp", b"t", b"@timestamp")
LEVEL = (b"level", b"lvl", b"severity")
MESSAGE = (b"msg", b"message", b"event")
SERVICE = (b"logger", b"component", b"service", b"app", b"module", b"caller")
_PAIRS = 60


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    if not _KEY.match(line.lstrip()[:82]):
        return None
    pairs = _pairs(line)
    used = {key for group in (TIME, LEVEL, MESSAGE) for key in group if key in pairs}
    if len(pairs) < 2 or not used:
        return None
    stamp = next((stamp for key in TIME if (stamp := anything(_text(pairs.get(key)))) is not None), None)
    service = _text(_first(pairs, SERVICE))
    message = _first(pairs, MESSAGE)
    if message is None:
        message = b" ".join(key + b"=" + value for key, value in pairs.items() if key not in used)
    return Header(message, stamp, level_of(_first(pairs, LEVEL)), service or None, fields=line)


def _pairs(line: bytes) -> dict[bytes, bytes]:
    pairs: dict[bytes, bytes] = {}
    for found in islice(_PAIR.finditer(line), _PAIRS):
        key, quoted, bare = found.groups()
        pairs.setdefault(key, bare if quoted is None else quoted.replace(b'\\"', b'"').replace(b"\\n", b"\n"))
    return pairs


def _first(pairs: dict[bytes, bytes], keys: tuple[bytes, ...]) -> bytes | None:
    return next((pairs[key] for key in keys if key in pairs), None)


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode("utf-8", "replace")


FORMATS.add("logfmt", LogFormat("logfmt", "logfmt", reader, rank=50, seen="logs of a Go program"))
