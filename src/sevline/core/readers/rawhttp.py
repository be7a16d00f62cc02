"""HTTP answers as people paste them: status line, headers and body, with the request above where it was copied too."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sevline.core.readers.http import Exchange, Traffic
from sevline.core.readers.jsontext import BadJsonError, decode
from sevline.core.readers.moments import any_moment

MAX_CALLS, MAX_HEADERS, MAX_BODY = 200, 100, 2_000
_STATUS = re.compile(r"^[ \t]{0,8}HTTP/[\d.]{1,3} ([1-5]\d\d)(?: [^\n]{0,100})?$")
_REQUEST = re.compile(
    r"^[ \t]{0,8}(?:\$ |> )?(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) "
    r"(https?://[^\s]{1,4000}|/[^\s]{0,4000})( HTTP/[\d.]{1,3})?$"
)
#: The command whose output follows it.
_CURL = re.compile(r"^[ \t]{0,8}(?:\S{0,60}[$>#%] ?)?curl\s(?:.{0,2000}?\s)?[\"']?(https?://[^\s\"']{1,4000})")
_METHOD = re.compile(r"\s(?:-X|--request)[ =]?([A-Z]{3,10})\b")
_HEADER = re.compile(r"^[ \t]{0,8}([A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}):[ \t]*(.{0,8000})$")
#: Between a request and its answer stand its headers and body, and a few words of the letter.
BEHIND_REQUEST = 80


@dataclass(frozen=True, slots=True)
class PastedCalls(Traffic):
    """Answers that stand in a text; a call without an answer is none."""

    what = "an HTTP answer in a text"
    how = "Paste the whole answer: `curl -i URL` prints status line, headers and body."


@dataclass(slots=True)
class _Part:
    """A request or an answer: its first line, headers with their lines, and its body."""

    line: int
    end: int
    headers: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    body: str = ""
    body_line: int = 0


Request = tuple[str, str, _Part]
"""Method, address, and what stands below the line."""


def pasted_calls(lines: Sequence[str], artifact: str, at: datetime | None) -> PastedCalls | None:
    """The answers of a text, in its order; None where there is none with a header or a body."""
    calls: list[Exchange] = []
    request: Request | None = None
    number = 0
    while number < len(lines) and len(calls) < MAX_CALLS:
        line = lines[number].rstrip("\r")
        if (asked := _asked_by(line)) is not None:
            request = (*asked, _part(lines, number))
            number += 1
        elif (answered := _STATUS.match(line)) is not None:
            part = _part(lines, number)
            near = request if request and number - request[2].end <= BEHIND_REQUEST else None
            if part.headers or part.body:
                calls.append(_call(artifact, near, int(answered[1]), part, at))
            request, number = None, max(part.end, number + 1)
        else:
            number += 1
    return PastedCalls(artifact, tuple(calls)) if calls else None


def _asked_by(line: str) -> tuple[str, str] | None:
    """Method and address that a request line, or curl's command line, asks for."""
    if (asked := _REQUEST.match(line)) is not None:
        return asked[1], asked[2]
    if "curl" not in line or (command := _CURL.match(line)) is None:
        return None
    method = _METHOD.search(line)
    return (method[1] if method else "POST" if re.search(r"\s(?:-d|--data\S*)\s", line) else "GET"), command[1]


def _part(lines: Sequence[str], first: int) -> _Part:
    """What belongs to the request or status line at `first`, counted from 0."""
    part = _Part(first + 1, first + 1)
    at = first + 1
    while at < len(lines) and len(part.headers) < MAX_HEADERS and (header := _HEADER.match(lines[at].rstrip("\r"))):
        name = header[1].lower()
        part.headers.setdefault(name, header[2].strip())
        part.places.setdefault(name, f"{at + 1}:1")
        at += 1
    while at < len(lines) and not lines[at].strip() and at - first < MAX_HEADERS + 3:
        at += 1
    part.end = at
    if at < len(lines) and not _STATUS.match(lines[at]) and not _REQUEST.match(lines[at]):
        part.body_line, (part.body, part.end) = at + 1, _body(lines, at, part.headers.get("content-type", ""))
    return part


def _body(lines: Sequence[str], at: int, form: str) -> tuple[str, int]:
    """JSON as far as it goes; another body up to the next blank line, where the headers tell its form."""
    if lines[at].lstrip().startswith(("{", "[")):
        for end in range(at + 1, min(len(lines), at + MAX_BODY) + 1):
            if lines[end - 1].rstrip().endswith(("}", "]")) and _is_json(text := "\n".join(lines[at:end])):
                return text, end
    if not form:
        return "", at
    end = next((end for end in range(at, min(len(lines), at + MAX_BODY)) if not lines[end].strip()), len(lines))
    return "\n".join(lines[at:end]), end


def _is_json(text: str) -> bool:
    try:
        decode(text.encode("utf-8", "surrogatepass"))
    except BadJsonError:
        return False
    return True


def _call(artifact: str, request: Request | None, status: int, answer: _Part, at: datetime | None) -> Exchange:
    place = f"{answer.line}:1"
    parts = dict.fromkeys(("status", "body", "url", "method", "error", "started"), place)
    parts |= {f"header:{name}": where for name, where in answer.places.items()}
    parts |= {"redirect": answer.places.get("location", place)}
    parts |= {"body": f"{answer.body_line}:1"} if answer.body else {}
    told: dict[str, Any] = {}
    if request is not None:
        part = request[2]
        above = f"{part.line}:1"
        parts |= {"url": above, "method": above, "sent body": f"{part.body_line}:1" if part.body else above}
        parts |= {f"sent:{name}": where for name, where in part.places.items()}
        told = {"sent": part.headers, "request_body": part.body}
    method, url = _asked(request)
    return Exchange(
        artifact,
        place,
        method,
        url,
        status,
        started=any_moment(answer.headers.get("date", "")) or at,
        received=answer.headers,
        response_body=answer.body,
        redirect=answer.headers.get("location", ""),
        parts=parts,
        size=len(answer.body),
        **told,
    )


def _asked(request: Request | None) -> tuple[str, str]:
    if request is None:
        return "", ""
    method, target, part = request
    host = part.headers.get("host", "")
    return method, target if target.startswith("http") or not host else f"https://{host}{target}"
