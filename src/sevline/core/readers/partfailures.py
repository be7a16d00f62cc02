"""Answers to many things at once that succeed as a whole and tell in their body which part failed.

Elasticsearch's bulk, Kinesis, Firehose, EventBridge, SQS and DynamoDB batches, Microsoft Graph's `$batch`, SCIM's bulk
(RFC 7644 3.7), Salesforce's collections, and GraphQL mutations that report errors in their payload.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

COUNTS = ("FailedRecordCount", "FailedPutCount", "FailedEntryCount")
#: Lists of parts, and in each part a status or an error.
LISTS = ("items", "Records", "RequestResponses", "Entries", "responses", "Operations", "results")
LEFT = ("UnprocessedItems", "UnprocessedKeys")
MOST, LONGEST = 2_000, 160


class PartFailure(NamedTuple):
    """How many parts failed, of how many where that is told, and what the first of them says."""

    failed: int
    parts: int
    says: str


def part_failure(body: Mapping[str, Any] | Sequence[Any]) -> PartFailure | None:
    """What an answer's body says of parts that failed; None where it tells of none."""
    if not isinstance(body, Mapping):
        return _of(list(_collected(body[:MOST])), len(body))
    if isinstance(failed := body.get("Failed"), list) and "Successful" in body:
        told = [_says(one) for one in failed[:MOST] if isinstance(one, dict)]
        return _of(told, len(failed) + len(body["Successful"]) if isinstance(body["Successful"], list) else 0)
    for name in LEFT:
        if isinstance(left := body.get(name), dict) and left:
            return PartFailure(sum(len(one) if isinstance(one, list) else 1 for one in left.values()), 0, name)
    if _counts_failures(body):
        return _in_lists(body)
    return _of(list(_payload_errors(body.get("data"))), 0)


def _counts_failures(body: Mapping[str, Any]) -> bool:
    """Whether the body has the form of a batch's answer, and not only a list of things that have a status."""
    counted = any(isinstance(body.get(name), int) and body[name] > 0 for name in COUNTS)
    bulk = body.get("errors") is True and isinstance(body.get("items"), list)
    graph = isinstance(body.get("responses"), list) and all(
        isinstance(one, dict) and {"id", "status"} <= one.keys() for one in body["responses"]
    )
    scim = any(str(one).endswith(":BulkResponse") for one in _listed(body.get("schemas")))
    return counted or bulk or graph or scim


def _in_lists(body: Mapping[str, Any]) -> PartFailure | None:
    parts: list[Any] = next((body[name] for name in LISTS if isinstance(body.get(name), list)), [])
    told = [_says(inner) for one in parts[:MOST] if (inner := _failed(one)) is not None]
    stated = next((body[name] for name in COUNTS if isinstance(body.get(name), int)), 0)
    return _of(told, len(parts)) or (PartFailure(stated, len(parts), "") if stated else None)


def _failed(part: Any) -> Mapping[str, Any] | None:
    """The part, or what it holds under the name of its operation, if it failed."""
    if not isinstance(part, dict):
        return None
    inner = next(iter(part.values())) if len(part) == 1 else part
    inner = inner if isinstance(inner, dict) else part
    status = inner.get("status")
    status = status.get("code") if isinstance(status, dict) else status
    refused = str(status).isdecimal() and 400 <= int(str(status)[:9]) <= 599
    return inner if refused or inner.get("error") or inner.get("ErrorCode") else None


def _collected(items: Sequence[Any]) -> Iterator[str]:
    """Salesforce: each of a list says whether it succeeded, and the errors."""
    for one in items:
        if isinstance(one, dict) and one.get("success") is False and isinstance(one.get("errors"), list):
            yield _says(next(iter(one["errors"]), {}))


def _payload_errors(data: Any) -> Iterator[str]:
    """Shopify's and others' `userErrors` of each mutation."""
    for payload in list(data.values())[:MOST] if isinstance(data, dict) else ():
        for name, errors in list(payload.items())[:MOST] if isinstance(payload, dict) else ():
            if name.lower().endswith("errors"):
                yield from (_says(one) for one in _listed(errors) if isinstance(one, dict) and "message" in one)


def _listed(value: Any) -> list[Any]:
    return value[:MOST] if isinstance(value, list) else []


def _says(error: Any) -> str:
    """The words of an error, wherever it keeps them; a field that it names first."""
    if not isinstance(error, dict):
        return str(error)[:LONGEST]
    body = error.get("error") or error.get("response") or error.get("body")
    inner = {**error, **body} if isinstance(body, dict) else error
    inner = {**inner, **inner["error"]} if isinstance(inner.get("error"), dict) else inner
    where = inner.get("field")
    names = ("message", "Message", "ErrorMessage", "reason", "detail", "ErrorCode", "Code", "code", "type", "status")
    told = next((str(inner[name]) for name in names if inner.get(name)), "")
    place = ".".join(map(str, where)) if isinstance(where, list) else str(where or "")
    return ": ".join(filter(None, (place, told)))[:LONGEST]


def _of(told: Sequence[str], count: int) -> PartFailure | None:
    return PartFailure(len(told), count, told[0]) if told else None
