"""The calls that a redacted recording or access log holds, and how one of them is drawn on a time axis."""

import re
from collections.abc import Iterable
from datetime import UTC

from sevline.core.readers.accesslog import read_access_log
from sevline.core.readers.har import NotAHarError, read_har
from sevline.core.readers.http import Exchange
from sevline.core.readers.sniff import Kind
from sevline.evidence.models import Artifact
from sevline.ui.charts import Span
from sevline.vault import actions as vault

LARGEST = 16 * 2**20  # bytes; reading more would keep a page waiting
MOST_DRAWN = 40
LONGEST_LABEL = 90
FAILED = 400
SLOW_MILLIS = 3_000
BODY_SHOWN = 300
TELLING = re.compile(r"^(?:retry-after|x-ratelimit|ratelimit|www-authenticate|server|via|date|x-.*request-id)")


def holds_calls(file: Artifact) -> bool:
    """Whether the file is a recording or an access log that is small enough to be read at once."""
    return file.kind in {Kind.HAR, Kind.ACCESS_LOG} and file.sealed_id is not None and file.size <= LARGEST


def exchanges(file: Artifact) -> tuple[Exchange, ...]:
    """The calls of a file that `holds_calls`, in its order; none of any other."""
    return exchanges_of([file]).get(file.pk, ())


def exchanges_of(files: Iterable[Artifact]) -> dict[int, tuple[Exchange, ...]]:
    """The calls of each file that `holds_calls`, by its key, with the same few queries for all of them."""
    sealed = {file.sealed_id: file for file in files if file.sealed_id is not None and holds_calls(file)}
    return {
        sealed[sealed_id].pk: _read(sealed[sealed_id], b"".join(blocks))
        for sealed_id, blocks in (vault.open_files(sealed) if sealed else ())
    }


def _read(file: Artifact, data: bytes) -> tuple[Exchange, ...]:
    if file.kind == Kind.ACCESS_LOG:
        return read_access_log(data.decode("utf-8", "replace").split("\n"), file.key).exchanges
    try:
        return read_har(data, file.key).har.exchanges
    except NotAHarError:
        return ()


def call_at(file: Artifact, locator: str) -> Exchange | None:
    """The call that stands at a place, or that the place is a part of."""
    return part_of(exchanges(file), locator)


def part_of(calls: Iterable[Exchange], locator: str) -> Exchange | None:
    """Of these calls the one that stands at a place, or that the place is a part of."""
    if not locator.startswith("/"):
        line = f"{locator.partition(':')[0]}:"
        return next((call for call in calls if call.locator.startswith(line)), None)
    whole = "/".join(locator.split("/")[:4])
    return next((call for call in calls if call.locator == whole), None)


def failed(call: Exchange) -> bool:
    return call.status >= FAILED or call.status == 0


def told_call(call: Exchange) -> list[str]:
    """What was asked and what was answered: the first line says both, then headers that explain it, then the answer."""
    status = f"HTTP {call.status}" if call.status > 0 else (call.error or "no response")
    started = f"{call.started.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ} " if call.started else ""
    headers = (f"{name}: {value}" for name, value in call.received.items() if TELLING.search(name))
    body = " ".join(call.response_body.split())[:BODY_SHOWN]
    return [f"{started}{call.method} {call.url} {status}", *headers, *([body] if body else [])]


def answer_words(call: Exchange) -> str:
    return str(call.status) if call.status > 0 else (call.error or "no response")[:40]


def drawn(call: Exchange, begin: float) -> Span:
    """One bar, `begin` being the first moment of the picture in seconds since the epoch."""
    label = f"{call.method} {call.host}{call.path}"
    short = label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"
    start = (call.started.timestamp() - begin) * 1000 if call.started else 0.0
    tone = "bad" if failed(call) else "warn" if (call.millis or 0) > SLOW_MILLIS else "base"
    return Span(short, start, max(call.millis, 0.0) if call.millis is not None else None, answer_words(call), tone=tone)
