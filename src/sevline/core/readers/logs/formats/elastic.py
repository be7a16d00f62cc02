"""Elasticsearch and OpenSearch: hits of a search, or of a dump, with the document in `_source`."""

from datetime import datetime

from sevline.core.readers.logs.exports import inside
from sevline.core.readers.logs.formats.json_lines import header_of, load
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    found = load(line) if b'"_source"' in line else None
    if found is None or "_index" not in found or not inside(found, "_source"):
        return None
    return header_of(inside(found, "_source"))


FORMATS.add("elastic", LogFormat("elastic", "Elasticsearch hits", reader, rank=76, joins=False))
