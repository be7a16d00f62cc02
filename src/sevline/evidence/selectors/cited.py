"""What a JSON pointer leads to, for reading: a recorded call in its parts, or the branches around a value."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sevline.bench.modes import FORMS
from sevline.core.readers.jsontext import BadJsonError, decode
from sevline.core.readers.place import ABSENT, pointed, recording
from sevline.evidence.models import Artifact
from sevline.evidence.selectors.recorded import LARGEST
from sevline.vault import actions as vault

#: Characters of a value that are shown, and rows of a part or a branch.
LONGEST, MOST = 4_000, 120
#: Bytes up to which one call of a recording is looked up: of a large one only that call is decoded.
LARGEST_RECORDING = 64 * 2**20
#: Of a text whose place is not its own row, so much.
BRIEF = 160
#: A file whose lines are longer than this is no text to read: it is shown by its branches.
LONG_LINE = 400
_ENTRY = re.compile(r"(/log/entries/\d+)(?=/|$)")
PHASES = ("blocked", "dns", "connect", "ssl", "send", "wait", "receive")


@dataclass(frozen=True, slots=True)
class Row:
    """`pointer` is where the value stands; `hit` marks what is cited, `first` the first such row; `depth` counts
    from 0 in a tree."""

    name: str
    value: str
    pointer: str
    hit: bool = False
    first: bool = False
    depth: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """`title` names the call or the place; `left` says how many rows are not shown."""

    title: str
    parts: tuple[Part, ...]


def cited(file: Artifact, pointer: str) -> Cited | None:
    """None for a file that is not JSON or large, and for a pointer that leads nowhere."""
    form = FORMS.get(file.mode)  # type: ignore[call-overload]  # modes are strings in the table
    entry = _ENTRY.match(pointer)
    most = LARGEST_RECORDING if entry else LARGEST
    if form != "json" or file.sealed_id is None or file.size > most or not pointer.startswith("/"):
        return None
    data = b"".join(vault.open_file(file.sealed_id))
    try:
        document = recording(data) if file.size > LARGEST else decode(data)
    except BadJsonError:
        return None
    if pointed(document, pointer) is ABSENT:
        return None
    value = pointed(document, entry[1]) if entry else ABSENT
    if entry is not None and isinstance(value, dict):
        return _call(value, entry[1], pointer)
    return Cited(f"Around {pointer}", (Part("Branches that lead to it", tuple(_around(document, pointer))),))


def _call(entry: dict[str, Any], base: str, pointer: str) -> Cited:
    request, response = _table(entry.get("request")), _table(entry.get("response"))
    number = int(base.rpartition("/")[2]) + 1
    called = f"{_short(request.get('method'))} {_short(request.get('url'))}"
    title = f"Call {number}: {called}, {_short(response.get('status'))}"
    first = [
        _row("method", request.get("method"), f"{base}/request/method"),
        _row("url", request.get("url"), f"{base}/request/url"),
        _row("status", _status(response), f"{base}/response/status"),
        *_present(response, ("redirectURL", "_error", "_failureText"), f"{base}/response"),
        *_present(entry, ("startedDateTime", "time", "serverIPAddress", "_error"), base),
    ]
    parts = (
        Part("The call", tuple(first)),
        Part("Request headers", tuple(_headers(request, f"{base}/request/headers"))),
        Part("Request body", tuple(_present(_table(request.get("postData")), ("text",), f"{base}/request/postData"))),
        Part("Response headers", tuple(_headers(response, f"{base}/response/headers"))),
        Part("Timings, ms", tuple(_present(_table(entry.get("timings")), PHASES, f"{base}/timings"))),
        Part("Response body", tuple(_present(_table(response.get("content")), ("text",), f"{base}/response/content"))),
    )
    return Cited(title, _marked(tuple(part for part in parts if part.rows), entry, base, pointer))


def _status(response: dict[str, Any]) -> str:
    return f"{response.get('status')} {response.get('statusText') or ''}".strip()


def _marked(parts: tuple[Part, ...], entry: dict[str, Any], base: str, pointer: str) -> tuple[Part, ...]:
    """The row of the pointer, or the nearest above or below it, is marked; one that no part shows gets a row."""
    chosen = _chosen([row.pointer for part in parts for row in part.rows], base, pointer)
    if not chosen:
        extra = _row(pointer.removeprefix(f"{base}/"), pointed(entry, pointer.removeprefix(base)), pointer)
        return (Part("What is cited", (replace(extra, hit=True, first=True),)), *parts)
    return tuple(
        replace(
            part,
            rows=tuple(replace(row, hit=row.pointer in chosen, first=row.pointer == chosen[0]) for row in part.rows),
        )
        for part in parts
    )


def _chosen(shown: list[str], base: str, pointer: str) -> list[str]:
    """Of the places that are shown those that a pointer means: a whole call is marked at its status."""
    if pointer == base:
        return [f"{base}/response/status"]
    below = [place for place in shown if place == pointer or place.startswith(f"{pointer}/")]
    return below or sorted((place for place in shown if pointer.startswith(f"{place}/")), key=len)[-1:]


def _present(table: dict[str, Any], names: tuple[str, ...], base: str) -> Iterator[Row]:
    for name in names:
        if table.get(name) not in (None, "", -1):
            yield _row(name, table[name], f"{base}/{name}")


def _headers(message: dict[str, Any], base: str) -> Iterator[Row]:
    given = message.get("headers")
    for at, header in enumerate(given[:MOST] if isinstance(given, list) else ()):
        if isinstance(header, dict):
            yield _row(str(header.get("name", "")), header.get("value"), f"{base}/{at}/value")


def _around(document: Any, pointer: str) -> Iterator[Row]:
    """Each branch on the way with what stands beside it, the cited value last of all in full."""
    value, base = document, ""
    steps = pointer.split("/")[1:]
    for depth, token in enumerate(steps):
        key = token.replace("~1", "/").replace("~0", "~")
        for name, held in _beside(value, key):
            on_way = str(name) == key
            here = f"{base}/{str(name).replace('~', '~0').replace('/', '~1')}"
            last = on_way and depth == len(steps) - 1
            row = _row(str(name), held, here, longest=LONGEST if last else BRIEF)
            yield replace(row, hit=last, first=last, depth=min(depth, 5))
        value, base = pointed(value, f"/{token}"), f"{base}/{token}"


def _beside(value: Any, key: str) -> list[tuple[str | int, Any]]:
    """The members beside a key, those of a list two before and two after it, the key itself last."""
    if isinstance(value, dict):
        every: list[tuple[str | int, Any]] = [(name, held) for name, held in value.items() if name != key][:MOST]
        return [*every, (key, value.get(key))]
    index = int(key) if isinstance(value, list) and key.isdecimal() else 0
    near = list(enumerate(value if isinstance(value, list) else []))[max(0, index - 2) : index + 3]
    return [*((at, held) for at, held in near if at != index), *((at, held) for at, held in near if at == index)]


def _row(name: str, value: Any, pointer: str, *, longest: int = LONGEST) -> Row:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return Row(name, text[:longest], pointer, left=max(0, len(text) - longest))


def _short(value: Any) -> str:
    return str(value)[:BRIEF] if value is not None else ""


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
