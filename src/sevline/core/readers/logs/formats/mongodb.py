"""MongoDB from 4.4 on: `{"t":{"$date":"…"},"s":"I","c":"NETWORK","id":22943,"ctx":"…","msg":"…","attr":{…}}`."""

from datetime import datetime

from sevline.core.readers.logs.formats.json_lines import load, slots_of
from sevline.core.readers.logs.levels import level_of
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import anything


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    if b'"$date"' not in line[:40] or (found := load(line)) is None:
        return None
    told, severity, component, message = (found.get(key) for key in ("t", "s", "c", "msg"))
    if not isinstance(told, dict) or not isinstance(severity, str) or not isinstance(message, str):
        return None
    stamp = anything(told.get("$date"))
    if stamp is None:
        return None
    attributes = found.get("attr")
    slots = slots_of(attributes) if isinstance(attributes, dict) else b""
    text = message.encode("utf-8", "replace")
    service = component if isinstance(component, str) else None
    level = level_of(severity[:1].encode()) if severity[:1] in "FEWID" else None
    return Header(text + (b" " + slots if slots else b""), stamp, level, service)


FORMATS.add("mongodb", LogFormat("mongodb", "MongoDB", reader, rank=62, joins=False))
