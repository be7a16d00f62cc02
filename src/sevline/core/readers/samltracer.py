"""A SAML-tracer export as a HAR: its form is the browser extension's own, so what it says is put into the common one.

The form is that of the extension's published source: `requests` and one `timestamp`; headers are tables with name and
value, before its version 1.0 pairs; posted fields are pairs, hashed or blanked where the sender chose so at export.

The decoded message that the extension adds is left out: it holds in the clear what stands packed in the form field.
"""

from collections.abc import Iterator
from typing import Any


def as_har(document: object) -> dict[str, Any] | None:
    """The same calls in the shape of a HAR; None when the document is no such export."""
    if not isinstance(document, dict) or "log" in document or not (calls := _calls(document.get("requests"))):
        return None
    started = document.get("timestamp")
    entries = [_entry(one, started if isinstance(started, str) else "") for one in calls]
    return {"log": {"version": "1.2", "creator": {"name": "SAML-tracer", "version": ""}, "entries": entries}}


def _calls(requests: object) -> list[dict[str, Any]]:
    """The calls, all of them in the extension's form, or none."""
    held = requests if isinstance(requests, list) else []
    calls = [one for one in held if isinstance(one, dict) and isinstance(one.get("url"), str)]
    return calls if all("method" in one and "requestHeaders" in one for one in calls) else []


def _entry(one: dict[str, Any], exported: str) -> dict[str, Any]:
    request: dict[str, Any] = {
        "method": str(one.get("method", "")),
        "url": one["url"],
        "headers": list(_pairs(one.get("requestHeaders"))),
    }
    fields = list(_pairs(one.get("post")))
    if fields:
        request["postData"] = {"mimeType": "application/x-www-form-urlencoded", "params": fields}
    headers = list(_pairs(one.get("responseHeaders")))
    location = next((pair["value"] for pair in headers if pair["name"].lower() == "location"), "")
    response = {"status": one.get("responseStatus", 0), "headers": headers, "content": {}, "redirectURL": location}
    # The export has one time only, that of the export; a call has its own in newer versions.
    return {"startedDateTime": one.get("timestamp") or exported, "time": -1, "request": request, "response": response}


def _pairs(value: object) -> Iterator[dict[str, str]]:
    """Headers and fields are either tables with name and value, or lists of two."""
    for one in value if isinstance(value, list) else ():
        if isinstance(one, dict) and isinstance(one.get("name"), str):
            yield {"name": one["name"], "value": str(one.get("value", ""))}
        elif isinstance(one, list) and len(one) == 2 and isinstance(one[0], str):
            yield {"name": one[0], "value": str(one[1])}
