"""Elasticsearch, OpenSearch and Logstash: `[2026-03-01T10:00:00,123][INFO ][o.e.n.Node    ] [node-1] text`."""

import re
from datetime import datetime

from sevline.core.readers.logs.levels import level_of
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import ISO, iso

_LINE = re.compile(rb"\[(" + ISO + rb")\]\[([A-Z]{4,5}) {0,2}\]\[([\w.$\-]{1,120}) {0,60}\](?: ?\[[^\]\n]{0,120}\])? ?")


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    found = _LINE.match(line)
    if found is None or (stamp := iso(found[1])) is None or (level := level_of(found[2])) is None:
        return None
    return Header(line[found.end() :], stamp, level, found[3].decode())


FORMATS.add("elasticsearch", LogFormat("elasticsearch", "Elasticsearch, OpenSearch, Logstash", reader, rank=60))
