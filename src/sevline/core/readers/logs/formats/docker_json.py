"""Docker's json-file driver: `{"log":"text\\n","stream":"stderr","time":"…"}`; a text without its newline goes on."""

from datetime import datetime

from sevline.core.readers.logs.formats.json_lines import load
from sevline.core.readers.logs.inner import inner
from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import anything


def reader(reference: datetime | None) -> Parse:
    within = inner(reference)

    def parse(line: bytes) -> Header | None:
        found = load(line) if b'"log"' in line and b'"stream"' in line else None
        if found is None or not isinstance(text := found.get("log"), str):
            return None
        message = text.rstrip("\r\n").encode("utf-8", "replace")
        return within(message, anything(found.get("time")), partial=not text.endswith("\n"))

    return parse


FORMATS.add("docker_json", LogFormat("docker_json", "Docker JSON", reader, rank=70))
