"""Refusals that the audit trail of a cloud records: AWS CloudTrail, Google Cloud audit logs, Azure's activity log."""

import json
import re
from collections.abc import Iterator
from typing import Any

from sevline.core.readers.denials import Denial, denial_in

MAX_EVENTS, LONGEST = 20_000, 20_000
#: How CloudTrail calls a refusal: each service has its own word.
REFUSED = re.compile(r"AccessDenied|Unauthorized|NotAuthorized|AuthorizationError|\bForbidden")
#: The status of a refusal among those of gRPC.
PERMISSION_DENIED = 7


def refusals_in(document: Any) -> Iterator[tuple[Denial, str]]:
    """Each refusal of an audit trail with the JSON pointer of its event; none of any other document."""
    for event, place in _events(document):
        if isinstance(event.get("eventSource"), str) and isinstance(event.get("eventName"), str):
            found = _of_aws(event)
        elif isinstance(event.get("protoPayload"), dict):
            found = _of_google(event["protoPayload"])
        elif isinstance(event.get("operationName"), str | dict) and "properties" in event:
            found = _of_azure(event)
        else:
            found = None
        if found is not None:
            yield found, place


def _events(document: Any) -> Iterator[tuple[dict[str, Any], str]]:
    """`Records` as files hold them, `Events` as `lookup-events` answers, `value` as Azure does, or a plain list."""
    places = (("Records", "/Records"), ("Events", "/Events"), ("value", "/value"), ("entries", "/entries"))
    listed, above = document, ""
    if isinstance(document, dict):
        listed, above = next(((document[name], place) for name, place in places if name in document), ([document], ""))
    single = listed is not document and above == ""
    for number, event in enumerate(listed[:MAX_EVENTS] if isinstance(listed, list) else ()):
        if isinstance(event, dict):
            yield _whole(event), "" if single else f"{above}/{number}"


def _whole(event: dict[str, Any]) -> dict[str, Any]:
    """`lookup-events` holds each event once more, as text."""
    told = event.get("CloudTrailEvent")
    if not isinstance(told, str):
        return event
    try:
        inner = json.loads(told)
    except (ValueError, RecursionError):
        return event
    return inner if isinstance(inner, dict) else event


def _of_aws(event: dict[str, Any]) -> Denial | None:
    code, said = _word(event.get("errorCode")), _word(event.get("errorMessage"))
    if not REFUSED.search(code):
        return None
    service = event["eventSource"].partition(".")[0][:60]
    who = event.get("userIdentity")
    arn = _word(who.get("arn")) if isinstance(who, dict) else ""
    return denial_in(said) or Denial("AWS", f"{service}:{event['eventName'][:100]}", "", arn[:300])


def _of_google(payload: dict[str, Any]) -> Denial | None:
    status = payload.get("status")
    if not isinstance(status, dict) or status.get("code") != PERMISSION_DENIED:
        return None
    asked = payload.get("authorizationInfo")
    every = [one for one in asked if isinstance(one, dict)] if isinstance(asked, list) else []
    refused = next((one for one in every if one.get("granted") is not True), {})
    who = payload.get("authenticationInfo")
    return Denial(
        "Google Cloud",
        _word(refused.get("permission"))[:100] or _word(payload.get("methodName"))[:100] or "the call",
        _word(refused.get("resource"))[:300] or _word(payload.get("resourceName"))[:300],
        _word(who.get("principalEmail"))[:200] if isinstance(who, dict) else "",
    )


def _of_azure(event: dict[str, Any]) -> Denial | None:
    """The reason stands in a text that holds JSON once more."""
    properties = event["properties"]
    said = _word(properties.get("statusMessage")) if isinstance(properties, dict) else ""
    return denial_in(said) if "AuthorizationFailed" in said else None


def _word(value: Any) -> str:
    return value[:LONGEST] if isinstance(value, str) else ""
