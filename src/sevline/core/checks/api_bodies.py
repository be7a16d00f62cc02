"""Answers that say 200 outside and failure inside."""

from collections.abc import Iterator, Mapping
from typing import Any

from sevline.core.finding import Finding, check, failed, warned
from sevline.core.readers.bydesign import by_design
from sevline.core.readers.http import Exchange, Traffic
from sevline.core.readers.jsonbodies import json_body, json_list
from sevline.core.readers.partfailures import PartFailure, part_failure
from sevline.core.readers.traffic import COUNTED, MAX_CITED, kind_of_path, side_of


@check("API14", supports=("server-error",))
def error_inside_success(traffic: Traffic) -> Iterator[Finding]:
    """2xx with an error in the body, GraphQL errors among them"""
    designed: Mapping[str, str] | None = None
    parts: dict[tuple[str, ...], list[tuple[Exchange, PartFailure]]] = {}
    for call in traffic.exchanges:
        if not 200 <= call.status < 300:
            continue
        body = json_body(call.response_body)
        if not isinstance(body, dict):
            listed = json_list(call.response_body) if '"success"' in call.response_body else None
            _take_parts(parts, call, listed)
        elif errors := _graphql_errors(call, body):
            designed = by_design(traffic) if designed is None else designed
            if call.locator in designed:
                continue
            yield _graphql(traffic, call, body, errors)
        elif told := _error_told(body):
            yield warned(
                f"{call.opening} answered {call.status}, yet its body reports a failure: {told}.",
                call.cite("status", call.status, "4xx or 5xx for a failure"),
                call.cite("body", told, "no error"),
                side=side_of(call, traffic),
                next_step="Treat it as a failed call; ask the API's owner to answer with a failing status.",
            )
        else:
            _take_parts(parts, call, body)
    yield from (_parts(traffic, alike) for alike in parts.values())


def _take_parts(
    parts: dict[tuple[str, ...], list[tuple[Exchange, PartFailure]]],
    call: Exchange,
    body: Mapping[str, Any] | list[Any] | None,
) -> None:
    """What some of many things that one call asked for failed for, beside the calls that say the same."""
    if body and (failure := part_failure(body)) is not None:
        told = call.method, call.host, kind_of_path(call.path), str(call.status), COUNTED.sub("#", failure.says)
        parts.setdefault(told, []).append((call, failure))


def _parts(traffic: Traffic, alike: list[tuple[Exchange, PartFailure]]) -> Finding:
    call, failure = alike[0]
    share = f"{failure.failed} of {failure.parts} parts" if failure.parts else f"{failure.failed} part(s)"
    says = f": “{failure.says}”" if failure.says else ""
    often = f" {len(alike):,} calls were answered so." if len(alike) > 1 else ""
    return warned(
        f"{call.opening} answered {call.status}, yet {share} of what was asked failed{says}.{often}",
        call.cite("status", call.status, "success of every part"),
        *(one.cite("body", told.says or share, "no error in any part") for one, told in alike[:MAX_CITED]),
        side=side_of(call, traffic),
        next_step="Let the client read the outcome of each part, and send only those again that failed.",
    )


def _graphql_errors(call: Exchange, body: dict[str, object]) -> list[object]:
    errors = body.get("errors")
    graph = "data" in body or "graphql" in call.path.casefold()
    return errors if isinstance(errors, list) and errors and graph else []


def _graphql(traffic: Traffic, call: Exchange, body: dict[str, object], errors: list[object]) -> Finding:
    first = errors[0] if isinstance(errors[0], dict) else {}
    message = str(first.get("message", "no message"))[:160]
    path = first.get("path")
    where = " at " + ".".join(str(step) for step in path[:8]) if isinstance(path, list) else ""
    nothing = body.get("data") is None
    return (failed if nothing else warned)(
        f"{call.opening} answered {call.status} with {len(errors)} GraphQL error(s){where}: “{message}”"
        + ("; no data came back." if nothing else "; only a part of the data came back."),
        call.cite("status", call.status, "2xx without errors"),
        call.cite("body", message, "no errors"),
        side=side_of(call, traffic),
        next_step="Look for this resolver's error in the server's log; the HTTP status does not show it.",
    )


def _error_told(body: dict[str, object]) -> str:
    error = body.get("error")
    if isinstance(error, str) and error:
        return f"“{error[:160]}”"
    if isinstance(error, dict) and error:
        return f"“{str(error.get('message') or error.get('code') or 'error')[:160]}”"
    if body.get("success") is False or body.get("ok") is False:
        return f"“{str(body.get('message') or body.get('reason') or 'success is false')[:160]}”"
    return ""
