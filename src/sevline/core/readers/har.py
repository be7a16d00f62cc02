"""HAR 1.1 and 1.2 as browsers, proxies and measuring tools write them, and what is left of one that was cut.

Fields that are absent or of the wrong type are taken as absent: a HAR is evidence to use, not a document to grade.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sevline.core.readers.http import Exchange, Har
from sevline.core.readers.jsontext import BadJsonError, decode, whole_items
from sevline.core.readers.moments import iso_moment

BODY_LIMIT = 200_000
#: Of a body of a successful answer that no check reads into, what is kept: pages, scripts, lists of rows.
BODY_HEAD = 2_000
#: Where Chromium and recording tools say why there was no response.
ERROR_KEYS = ("_error", "_failureText")
_Header = tuple[str, int, str]  # its name in small letters, its number, its value


class NotAHarError(ValueError):
    """The file is JSON, yet no HAR; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class ReadHar:
    """`document` is the parsed file, or for a cut one the entries that were whole, in the same shape."""

    har: Har
    document: dict[str, Any]


def read_har(data: bytes, artifact: str) -> ReadHar:
    """Raises NotAHarError with a sentence. A file cut in the middle keeps its whole entries; `har.cut` says so."""
    cut = ""
    try:
        document = decode(data)
    except BadJsonError as problem:
        entries = whole_items(data, "log.entries.item")
        if not entries:
            raise NotAHarError(f"The HAR holds no whole entry: {problem}") from None
        cut = f"The file is cut or damaged; {len(entries)} whole entries were read. {problem}"
        document = {"log": {"version": "", "creator": {}, "entries": entries}}
    log = document.get("log") if isinstance(document, dict) else None
    if not isinstance(log, dict) or not isinstance(log.get("entries"), list):
        raise NotAHarError("The file has no “log.entries” list, so it is not a HAR.")
    exchanges = tuple(
        _exchange(entry, index, artifact) for index, entry in enumerate(log["entries"]) if isinstance(entry, dict)
    )
    creator = _table(log.get("creator"))
    name = f"{_text(creator.get('name'))} {_text(creator.get('version'))}".strip()
    return ReadHar(Har(artifact, exchanges, cut, _text(log.get("version")), name), document)


def _exchange(entry: dict[str, Any], index: int, artifact: str) -> Exchange:
    request, response = _table(entry.get("request")), _table(entry.get("response"))
    base = f"/log/entries/{index}"
    content, post = _table(response.get("content")), _table(request.get("postData"))
    sent, received = _headers(request), _headers(response)
    headers = {name: value for name, _, value in received}
    if cookies := [value for name, _, value in received if name == "set-cookie"]:
        headers["set-cookie"] = "\n".join(cookies)
    return Exchange(
        artifact=artifact,
        locator=base,
        method=_text(request.get("method")).upper(),
        url=_text(request.get("url")),
        status=_status(response.get("status")),
        started=iso_moment(entry.get("startedDateTime")),
        millis=_number(entry.get("time")),
        sent={name: value for name, _, value in sent},
        received=headers,
        request_body=_text(post.get("text"))[:BODY_LIMIT] or _form(post),
        response_body=_body(content, _status(response.get("status"))),
        size=len(_text(content.get("text"))),
        error=_text(response.get(_error_key(response))) or _text(entry.get("_error")),
        redirect=_text(response.get("redirectURL")) or headers.get("location", ""),
        kind=_text(entry.get("_resourceType")),
        timings=_timings(entry.get("timings")),
        parts=_places(base, request, response, sent, received),
    )


def _body(content: dict[str, Any], status: int) -> str:
    """Checks read into what went wrong, into objects, and into lists with errors; a copy of the rest is not kept."""
    text = _text(content.get("text"))
    if content.get("encoding") == "base64":
        return ""
    tells = not 200 <= status < 300 or text.lstrip()[:1] == "{" or '"errors"' in text
    return text[: BODY_LIMIT if tells else BODY_HEAD]


def _error_key(response: dict[str, Any]) -> str:
    return next((key for key in ERROR_KEYS if _text(response.get(key))), "")


def _places(
    base: str, request: dict[str, Any], response: dict[str, Any], sent: list[_Header], received: list[_Header]
) -> dict[str, str]:
    """JSON pointers to the parts that a finding cites; of a part that is absent, to what stands for it."""
    has_text = "text" in _table(response.get("content"))
    places = {
        "status": f"{base}/response/status" if "status" in response else base,
        "url": f"{base}/request/url",
        "method": f"{base}/request/method",
        "started": f"{base}/startedDateTime",
        "time": f"{base}/time",
        "error": f"{base}/response/{_error_key(response) or 'status'}",
        "body": f"{base}/response/content/text" if has_text else f"{base}/response/status",
        "sent body": f"{base}/request/postData" if _table(request.get("postData")) else f"{base}/request/method",
        "redirect": f"{base}/response/redirectURL",
        "timings": f"{base}/timings",
    }
    places |= {f"sent:{name}": f"{base}/request/headers/{at}/value" for name, at, _ in sent}
    placed = [(name, f"{base}/response/headers/{at}/value", value) for name, at, value in received]
    lines = [place for name, place, value in placed if name == "set-cookie" for _ in value.split("\n")]
    places |= {f"set-cookie:{number}": place for number, place in enumerate(lines)}
    return places | {f"header:{name}": place for name, place, _ in placed}


def _headers(message: dict[str, Any]) -> list[_Header]:
    found: list[_Header] = []
    for index, header in enumerate(_items(message.get("headers"))):
        name, value = header.get("name"), header.get("value")
        if isinstance(name, str) and isinstance(value, str):
            found.append((name.lower(), index, value))
    return found


def _form(post: dict[str, Any]) -> str:
    """A posted form that the browser gave as parameters, in one line, for comparing requests with each other."""
    return "&".join(f"{_text(one.get('name'))}={_text(one.get('value'))}" for one in _items(post.get("params")))


def _timings(value: object) -> dict[str, float]:
    """Phases in milliseconds; -1 means "does not apply" and is left out."""
    found = {name: _number(amount) for name, amount in _table(value).items()}
    return {name: amount for name, amount in found.items() if amount is not None and amount >= 0}


def _status(value: object) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) == 3:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 999 else 0


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    number = float(value) if abs(value) < 1e15 else None
    return number if number is not None and number == number else None  # noqa: PLR0124 - NaN differs from itself


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _items(value: object) -> Iterator[dict[str, Any]]:
    yield from (item for item in (value if isinstance(value, list) else ()) if isinstance(item, dict))
