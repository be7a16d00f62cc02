"""One answer to many things: a part that failed is told, and a whole that succeeded is not."""

import json
from typing import Any

import pytest
from tests.evidence import call, found, har, states

from sevline.core.finding import State
from sevline.core.readers.partfailures import part_failure

BULK = "urn:ietf:params:scim:api:messages:2.0:BulkResponse"
FAILED: dict[str, tuple[Any, str]] = {
    "Elasticsearch": (
        {
            "errors": True,
            "items": [{"index": {"status": 201}}, {"index": {"status": 400, "error": {"reason": "no date"}}}],
        },
        "1 of 2 parts of what was asked failed: “no date”",
    ),
    "Kinesis": (
        {"FailedRecordCount": 1, "Records": [{"ShardId": "s"}, {"ErrorCode": "Slow", "ErrorMessage": "Rate exceeded"}]},
        "1 of 2 parts of what was asked failed: “Rate exceeded”",
    ),
    "SQS": (
        {"Successful": [{"Id": "1"}], "Failed": [{"Id": "2", "Code": "InvalidParameterValue", "Message": "too long"}]},
        "1 of 2 parts of what was asked failed: “too long”",
    ),
    "DynamoDB": ({"UnprocessedItems": {"orders": [{}, {}]}}, "2 part(s) of what was asked failed: “UnprocessedItems”"),
    "Microsoft Graph": (
        {
            "responses": [
                {"id": "1", "status": 200},
                {"id": "2", "status": 429, "body": {"error": {"code": "Throttled"}}},
            ]
        },
        "1 of 2 parts of what was asked failed: “Throttled”",
    ),
    "SCIM": (
        {
            "schemas": [BULK],
            "Operations": [{"method": "POST", "status": {"code": "409"}, "response": {"detail": "taken"}}],
        },
        "1 of 1 parts of what was asked failed: “taken”",
    ),
    "Salesforce": (
        [{"id": "1", "success": True, "errors": []}, {"success": False, "errors": [{"message": "row locked"}]}],
        "1 of 2 parts of what was asked failed: “row locked”",
    ),
    "a mutation": (
        {"data": {"productCreate": {"product": None, "userErrors": [{"field": ["handle"], "message": "is taken"}]}}},
        "1 part(s) of what was asked failed: “handle: is taken”",
    ),
}


@pytest.mark.parametrize("name", FAILED)
def test_a_part_that_failed_inside_a_success_is_told(name: str) -> None:
    body, says = FAILED[name]

    (told,) = found("API14", har(call(200, method="POST", body=json.dumps(body))))

    assert told.state is State.WARN
    assert says in told.title


def test_the_same_failure_of_many_calls_is_told_once() -> None:
    said = '{"errors": true, "items": [{"index": {"status": 429, "error": {"reason": "queue %d is full"}}}]}'
    calls = [call(200, method="POST", body=said % n, after=n) for n in range(40)]

    (told,) = found("API14", har(*calls))

    assert "40 calls were answered so" in told.title
    assert len(told.evidence) == 6


@pytest.mark.parametrize(
    "body",
    [
        {"errors": False, "items": [{"index": {"status": 201}}]},
        {"FailedRecordCount": 0, "Records": [{"ShardId": "s"}]},
        {"Successful": [{"Id": "1"}], "Failed": []},
        {"UnprocessedItems": {}},
        {"responses": [{"id": "1", "status": 200}]},
        {"schemas": [BULK], "Operations": [{"status": "201"}]},
        [{"id": "1", "success": True, "errors": []}],
        {"data": {"productCreate": {"product": {"id": "1"}, "userErrors": []}}},
        {"items": [{"id": "job-1", "status": 500, "error": "boom"}]},
        {"results": [{"status": 404, "url": "https://example.com"}]},
    ],
)
def test_a_whole_that_succeeded_or_a_list_of_things_with_a_status_is_not_mentioned(body: Any) -> None:
    assert states("API14", har(call(200, body=json.dumps(body)))) == set()


@pytest.mark.parametrize(
    "body",
    [
        {"errors": True, "items": None},
        {"errors": True, "items": [None, 1, [], {}, {"index": 3}, {"status": "9" * 400}]},
        {"FailedRecordCount": "many", "Records": {}},
        {"FailedRecordCount": 10**12, "Records": []},
        {"Successful": 3, "Failed": [None]},
        {"data": {"a": {"userErrors": [None, "x", {"message": None}]}}},
        {"responses": [], "schemas": [None]},
        [None, {"success": False, "errors": [3]}, {"success": False, "errors": []}],
    ],
)
def test_a_body_of_another_form_is_read_without_harm(body: Any) -> None:
    failure = part_failure(body)

    assert failure is None or len(failure.says) <= 160
