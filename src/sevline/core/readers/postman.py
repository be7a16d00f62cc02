"""Postman collections (v2.0, v2.1) and the JSON reports of Newman, and single problem+json answers."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sevline.core.finding import Evidence, Given
from sevline.core.readers.http import Exchange, Traffic

MAX_ITEMS = 5_000
BODY_LIMIT = 200_000


@dataclass(frozen=True, slots=True)
class CollectionItem:
    """One request of a collection; `locator` points to it."""

    locator: str
    name: str
    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    tests: int = 0


@dataclass(frozen=True, slots=True)
class PostmanCollection(Given):
    what = "a Postman collection"
    how = "Export the collection as v2.1 JSON."

    artifact: str
    name: str
    items: tuple[CollectionItem, ...]


@dataclass(frozen=True, slots=True)
class Assertion:
    locator: str
    name: str
    call: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class NewmanReport(Traffic):
    what = "a Newman report"
    how = "Run `newman run collection.json --reporters json --reporter-json-export report.json` and send the report."

    assertions: tuple[Assertion, ...] = field(default=())

    def cite_assertion(self, one: Assertion, observed: object, expected: object = "") -> Evidence:
        return Evidence(self.artifact, one.locator, str(observed), str(expected))


@dataclass(frozen=True, slots=True)
class ProblemAnswer(Traffic):
    """One problem+json body without the call around it."""

    what = "a problem+json answer"
    how = "Save the answer: `curl -sS URL > problem.json`."


def is_collection(document: Any) -> bool:
    info = document.get("info") if isinstance(document, dict) else None
    told = isinstance(info, dict) and ("_postman_id" in info or "getpostman.com" in str(info.get("schema", "")))
    return told and isinstance(document.get("item"), list)


def read_collection(document: dict[str, Any], artifact: str) -> PostmanCollection:
    items = tuple(_items(document["item"], "/item"))[:MAX_ITEMS]
    return PostmanCollection(artifact, str(document["info"].get("name", ""))[:200], items)


def _items(items: list[Any], pointer: str) -> Iterator[CollectionItem]:
    waiting = [(item, f"{pointer}/{at}") for at, item in enumerate(items)][::-1]
    for _ in range(MAX_ITEMS * 4):
        if not waiting:
            return
        item, place = waiting.pop()
        if not isinstance(item, dict):
            continue
        if isinstance(item.get("item"), list):
            waiting += [(inner, f"{place}/item/{at}") for at, inner in enumerate(item["item"])][::-1]
            continue
        request = item.get("request")
        request = {"url": request, "method": "GET"} if isinstance(request, str) else request
        if isinstance(request, dict):
            told = item.get("event")
            events = told if isinstance(told, list) else []
            tests = sum(1 for event in events if isinstance(event, dict) and event.get("listen") == "test")
            yield CollectionItem(
                place,
                str(item.get("name", ""))[:200],
                *_line(request),
                _headers(request.get("header")),
                _body(request.get("body")),
                tests,
            )


def _line(request: dict[str, Any]) -> tuple[str, str]:
    return str(request.get("method") or "GET").upper(), _url(request.get("url"))


def _url(url: Any) -> str:
    if not isinstance(url, dict):
        return url if isinstance(url, str) else ""
    if isinstance(url.get("raw"), str):
        return str(url["raw"])
    name, steps = _joined(url.get("host"), "."), _joined(url.get("path"), "/")
    port = f":{url['port']}" if url.get("port") else ""
    query = url.get("query")
    pairs = [one for one in query if isinstance(one, dict)] if isinstance(query, list) else []
    query = "&".join(f"{one.get('key')}={one.get('value')}" for one in pairs)
    return f"{url.get('protocol') or 'http'}://{name}{port}/{steps}" + (f"?{query}" if query else "")


def _joined(parts: Any, separator: str) -> str:
    return separator.join(map(str, parts)) if isinstance(parts, list) else str(parts or "")


def _headers(raw: Any) -> tuple[tuple[str, str], ...]:
    found = [one for one in raw if isinstance(one, dict)] if isinstance(raw, list) else []
    named = [one for one in found if isinstance(one.get("key"), str) and not one.get("disabled")]
    return tuple((one["key"], str(one.get("value", ""))) for one in named)


def _body(body: Any) -> str:
    if not isinstance(body, dict):
        return ""
    if isinstance(body.get("raw"), str):
        return str(body["raw"])[:BODY_LIMIT]
    pairs = body.get("urlencoded")
    return (
        "&".join(f"{one.get('key')}={one.get('value')}" for one in pairs if isinstance(one, dict))
        if isinstance(pairs, list)
        else ""
    )


def is_newman(document: Any) -> bool:
    run = document.get("run") if isinstance(document, dict) else None
    return isinstance(run, dict) and isinstance(run.get("executions"), list)


def read_newman(document: dict[str, Any], artifact: str, at: datetime | None) -> NewmanReport:
    exchanges, assertions = [], []
    for number, execution in enumerate(document["run"]["executions"][:MAX_ITEMS]):
        if not isinstance(execution, dict):
            continue
        place = f"/run/executions/{number}"
        call = _execution(execution, place, artifact, at)
        if call is not None:
            exchanges.append(call)
        claims = execution.get("assertions")
        for count, one in enumerate(claims if isinstance(claims, list) else ()):
            if isinstance(one, dict) and one.get("skipped") is not True:
                error = one.get("error")
                told = (
                    str(error.get("message") or error.get("name") or "failed")[:300] if isinstance(error, dict) else ""
                )
                assertions.append(
                    Assertion(
                        f"{place}/assertions/{count}",
                        str(one.get("assertion", ""))[:200],
                        call.call if call else "",
                        told,
                    )
                )
    return NewmanReport(artifact, tuple(exchanges), assertions=tuple(assertions))


def _execution(execution: dict[str, Any], place: str, artifact: str, at: datetime | None) -> Exchange | None:
    request, response = execution.get("request"), _object(execution.get("response"))
    if not isinstance(request, dict):
        return None
    error = _object(execution.get("requestError"))
    code, took = response.get("code"), response.get("responseTime")
    return Exchange(
        artifact,
        place,
        *_line(request),
        code if type(code) is int else 0,
        started=at,
        millis=float(took) if isinstance(took, int | float) else None,
        sent=_named(request.get("header")),
        received=_named(response.get("header")),
        request_body=_body(request.get("body")),
        response_body=_stream(response.get("stream")),
        error=str(error.get("message") or error.get("code") or ""),
        parts=_places(execution, place, request, response),
    )


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _named(raw: Any) -> dict[str, str]:
    return {key.lower(): value for key, value in _headers(raw)}


def _places(execution: dict[str, Any], place: str, request: dict[str, Any], response: dict[str, Any]) -> dict[str, str]:
    """JSON pointers to what a finding cites; of a part that is absent, to the execution."""
    asked = {"status": "code", "time": "responseTime", "body": "stream"}
    parts = {part: f"{place}/response/{key}" if key in response else place for part, key in asked.items()}
    parts |= {"url": f"{place}/request/url", "error": f"{place}/requestError" if "requestError" in execution else place}
    for side, name, owner in (("sent:", "request", request), ("header:", "response", response)):
        headers = owner.get("header")
        for index, one in enumerate(headers if isinstance(headers, list) else ()):
            if isinstance(one, dict) and isinstance(one.get("key"), str):
                parts[f"{side}{one['key'].lower()}"] = f"{place}/{name}/header/{index}/value"
    return parts


def _stream(stream: Any) -> str:
    data = stream.get("data") if isinstance(stream, dict) else None
    if not isinstance(data, list) or not all(isinstance(byte, int) and 0 <= byte < 256 for byte in data[:BODY_LIMIT]):
        return ""
    return bytes(data[:BODY_LIMIT]).decode("utf-8", "replace")


def is_problem(document: Any) -> bool:
    """RFC 9457: a type or title with a status, and nothing that makes it another kind of document."""
    if not isinstance(document, dict) or len(document) > 30:
        return False
    status = document.get("status")
    named = isinstance(document.get("type"), str) or isinstance(document.get("detail"), str)
    return isinstance(status, int) and 400 <= status <= 599 and isinstance(document.get("title"), str) and named


def read_problem(document: dict[str, Any], artifact: str, at: datetime | None) -> ProblemAnswer:
    place = document.get("instance") if isinstance(document.get("instance"), str) else ""
    parts = {
        "status": "/status",
        "body": "/detail" if "detail" in document else "/title",
        "url": "/instance" if place else "",
    }
    url = str(place) if urlsplit(str(place)).scheme else f"https://host{place or '/'}"
    told = Exchange(
        artifact, "", "CALL", url, document["status"], started=at, response_body=json.dumps(document), parts=parts
    )
    return ProblemAnswer(artifact, (told,))
