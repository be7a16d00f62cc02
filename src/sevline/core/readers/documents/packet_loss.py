"""The counts of ping and mtr."""

import re
from collections.abc import Iterator
from typing import Any

from sevline.core.finding import Given
from sevline.core.readers.lostpackets import Hop, Way
from sevline.core.readers.reader import Form, Source, reader

MAX_LINES, MOST_HOPS = 20_000, 64
#: Linux, macOS and BSD; then Windows, in whose other languages the same numbers stand in the same order.
PING_TO = re.compile(r"^(?:PING|Pinging) (\S{1,255})|^--- (\S{1,255}) ping statistics")
PING = re.compile(r"^(\d{1,9}) packets transmitted, (\d{1,9}) (?:packets )?received\b")
WINDOWS = re.compile(r"^\s{1,8}\S{1,20} ?: \S{1,20} = (\d{1,9}), \S{1,20} = (\d{1,9}), \S{1,20} = \d{1,9}\b")
#: `  3.|-- 198.51.100.1   38.0%   100 …`, with the AS before the name where that was asked for.
MTR = re.compile(r"^\s{0,4}(\d{1,2})\.\s?(?:\|--)?\s+(?:AS\S{1,12}\s+)?(\S{1,255})(?: \([^)]{1,60}\))?\s+(\d{1,3}(?:\.\d{1,2})?)%\s+(\d{1,7})\b")  # noqa: E501  # fmt: skip
WIN_MTR = re.compile(r"^\|\s{1,80}(\S{1,255}) -\s{1,6}(\d{1,3}) \|\s{0,8}(\d{1,7}) \|")


@reader("packet-loss", Form.LINES)
def packet_loss(source: Source, lines: list[str]) -> Iterator[Given]:
    """Packets lost on the way, as ping and mtr count them"""
    yield from (Way(source.artifact, "ping", (hop,)) for hop in _of_ping(lines[:MAX_LINES]))
    hops: list[Hop] = []
    for number, line in enumerate(lines[:MAX_LINES], 1):
        hop = _of_mtr(line, f"{number}:1")
        if hops and (hop is None or hop[0] == 1):
            yield Way(source.artifact, "mtr", tuple(hops))
            hops = []
        if hop is not None and len(hops) < MOST_HOPS:
            hops.append(hop[1])
    if hops:
        yield Way(source.artifact, "mtr", tuple(hops))


def _of_ping(lines: list[str]) -> Iterator[Hop]:
    host = ""
    for number, line in enumerate(lines, 1):
        if asked := PING_TO.match(line):
            host = (asked[1] or asked[2]).rstrip(":")
        elif counted := PING.match(line) or WINDOWS.match(line):
            yield _hop(host or "the host", int(counted[1]), int(counted[2]), f"{number}:1")


def _hop(name: str, sent: int, received: int, place: str) -> Hop:
    return Hop(name, sent, 100 * max(sent - received, 0) / sent if sent else 0.0, place)


def _of_mtr(line: str, place: str) -> tuple[int, Hop] | None:
    """The number of the hop, and the hop; WinMTR does not number them."""
    if found := MTR.match(line[:400]):
        return int(found[1]), Hop(found[2], int(found[4]), float(found[3]), place)
    if found := WIN_MTR.match(line[:400]):
        return 0, Hop(found[1], int(found[3]), float(found[2]), place)
    return None


@reader("mtr-json", Form.JSON)
def mtr_json(source: Source, document: Any) -> Iterator[Given]:
    """Packets lost on the way, as mtr writes them in JSON"""
    report = document.get("report") if isinstance(document, dict) else None
    hubs = report.get("hubs") if isinstance(report, dict) else None
    hops = [
        Hop(str(hub.get("host", ""))[:255], int(sent), float(lost), f"/report/hubs/{number}/Loss%")
        for number, hub in enumerate(hubs[:MOST_HOPS] if isinstance(hubs, list) else ())
        if isinstance(hub, dict)
        and isinstance(lost := hub.get("Loss%"), int | float)
        and isinstance(sent := hub.get("Snt"), int | float)
        and 0 <= lost <= 100
        and 0 <= sent < 1e9
    ]
    if hops:
        yield Way(source.artifact, "mtr", tuple(hops))
