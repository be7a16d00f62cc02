"""Answers of load balancers, edge networks, firewalls, stores and queues, as text or as log entries in JSON."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from sevline.core.cloud import Sign, recognise
from sevline.core.finding import Given
from sevline.core.readers.cloudtext import CloudText
from sevline.core.readers.reader import Form, Source, reader

#: A text of at most so many lines is one answer unless its lines open with a time; in a longer one each line is looked
#: at for itself.
ONE_ANSWER = 60
#: How a record of a log begins: a time, the sender's address, or an object in JSON.
RECORD = re.compile(
    r"^\W{0,3}(?:\w{1,6} )?(?:\d{4}[-/]\d\d[-/]\d\d(?:\b|T\d)|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d\b|[IWEF]\d{4} "
    r"|\d{1,3}(?:\.\d{1,3}){3} \S+ \S+ \[)|^\{\"\w.{10,}\}\s*$"
)
MAX_LINES = 20_000
MAX_ENTRIES = 2_000
MAX_XML = 20_000
FAILED = re.compile(
    r"^(?:< )?HTTP/[\d.]+ ([45]\d\d)\b.*|<(?:title|h1)>\s*(?:[45]\d\d|Error|Access Denied)\b[^<]{0,80}", re.IGNORECASE
)
#: What a line of a long log must hold to be looked at closely; most lines of a healthy one do not.
LEADS = re.compile(
    r"error|fail|denied|time-?d? ?out|reject|block|limit|thrott|exceed|exhaust|overflow|healthy|upstream|slowdown|"
    r"oldest|letter|mismatch|skewed|quota|haproxy\[|\b(?:403|429|460|499|50[234]|52\d|530)\b",
    re.IGNORECASE,
)


@reader("cloud-text", Form.LINES)
def cloud_text(source: Source, lines: list[str]) -> Iterator[Given]:
    """A failing answer, or lines of a log, of a load balancer, edge network, firewall, store or queue"""
    if len(lines) > ONE_ANSWER or _are_records(lines):
        yield from _by_line(source, lines)
        return
    sign = recognise("\n".join(lines))
    if sign is not None:
        yield CloudText(source.artifact, _place(lines, sign), sign)
        return
    for number, line in enumerate(lines, 1):
        if found := FAILED.search(line):
            yield CloudText(source.artifact, f"{number}:1", None, found[0].strip()[:200])
            return


def _are_records(lines: list[str]) -> bool:
    """More than one line opens with a time, and hardly one does not."""
    told = [line for line in lines if line.strip()]
    timed = sum(1 for line in told if RECORD.match(line))
    return timed >= 2 and timed >= 0.8 * len(told)


def _place(lines: list[str], sign: Sign) -> str:
    """The line on which the last pattern was found."""
    passed = 0
    for number, line in enumerate(lines, 1):
        passed += len(line) + 1
        if sign.offset < passed:
            return f"{number}:1"
    return "1:1"


def _by_line(source: Source, lines: list[str]) -> Iterator[Given]:
    found: dict[str, tuple[int, Sign, int]] = {}
    for number, line in enumerate(lines[:MAX_LINES], 1):
        sign = recognise(line) if LEADS.search(line) else None
        if sign is not None:
            first, kept, times = found.get(sign.row.key, (number, sign, 0))
            found[sign.row.key] = (first, kept, times + 1)
    for first, sign, times in found.values():
        yield CloudText(source.artifact, f"{first}:1", sign, times=times)


@reader("cloud-json", Form.JSON)
def cloud_json(source: Source, document: Any) -> Iterator[Given]:
    """Log entries of a load balancer or firewall, metrics of a queue, error bodies of a provider"""
    recording = document.get("log") if isinstance(document, dict) else None
    if isinstance(recording, dict) and "entries" in recording:
        return  # a recording of a browser is read as calls
    entries = document if isinstance(document, list) else [document]
    seen: set[str] = set()
    for place, entry in enumerate(entries[:MAX_ENTRIES]):
        sign = recognise(msgspec.json.encode(entry).decode()) if isinstance(entry, dict) else None
        if sign is not None and sign.row.key not in seen:
            seen.add(sign.row.key)
            yield CloudText(source.artifact, f"/{place}" if isinstance(document, list) else "", sign)


def cloud_xml(artifact: str, data: bytes) -> Iterator[CloudText]:
    """The error body of an object store, at the root of its document."""
    sign = recognise(data[:MAX_XML].decode("utf-8", "replace"))
    if sign is not None:
        yield CloudText(artifact, "/*", sign)
