import json
from typing import Any

import pytest
from tests.evidence import call, found, har, states

from sevline.core.finding import State

URL = "https://api.example.com/graphql"


def query(number: int, errors: list[dict[str, Any]] | None = None, data: Any = None, **extra: Any) -> dict[str, Any]:
    asked = json.dumps({"query": f"query Orders{number} {{ orders {{ id }} }}"})
    told = (
        {"data": data if data is not None or errors else {"orders": []}}
        | ({"errors": errors} if errors else {})
        | extra
    )
    return call(method="POST", url=URL, post=asked, body=json.dumps(told), after=number)


@pytest.mark.requirement("R-066")
def test_of_40_graphql_calls_exactly_the_6_with_errors_are_listed_with_their_path() -> None:
    failing = {3, 9, 14, 22, 31, 39}
    calls = [
        query(n, [{"message": "no stock", "path": ["orders", n, "items"]}] if n in failing else None) for n in range(40)
    ]

    findings = found("GQL01", har(*calls))

    assert [finding.state for finding in findings] == [State.FAIL] * 6
    assert {int(finding.evidence[0].locator.split("/")[3]) for finding in findings} == failing
    assert findings[0].title.startswith(
        "GraphQL Orders3 answered 200 with 1 error(s) at orders.3.items: “no stock” (6 of 40"
    )


def test_calls_without_errors_pass_and_other_calls_are_not_mentioned() -> None:
    assert states("GQL01", har(query(1))) == {State.PASS}
    assert states("GQL01", har(call(200))) == set()
    assert states("GQL02", har(query(1))) == set()


def test_partial_data_names_the_field_that_is_missing() -> None:
    (finding,) = found("GQL02", har(query(1, [{"message": "x", "path": ["invoices"]}], data={"orders": []})))

    assert finding.title.startswith("1 GraphQL answer(s) lack “invoices”")


def test_a_limit_of_cost_is_told_and_a_reported_cost_is_noted() -> None:
    limited = query(1, [{"message": "Query cost 2400 exceeds 1000", "extensions": {"code": "MAX_COST_EXCEEDED"}}])
    told = query(2, extensions={"cost": {"requestedQueryCost": 12}})

    assert states("GQL03", har(limited)) == {State.FAIL}
    assert "requestedQueryCost 12" in found("GQL03", har(told))[0].title


def test_without_a_recording_they_ask_for_one() -> None:
    assert {states(check_id).pop() for check_id in ("GQL01", "GQL02", "GQL03")} == {State.NOT_EVALUATED}


def test_of_a_batch_each_answer_is_judged_beside_its_question() -> None:
    asked = json.dumps([{"query": "query One { a }"}, {"query": "query Two { b }"}])
    told = json.dumps([{"data": {"a": 1}}, {"data": None, "errors": [{"message": "no rights", "path": ["b"]}]}])

    (finding,) = found("GQL01", har(call(method="POST", url=URL, post=asked, body=told)))

    assert finding.title.startswith("GraphQL Two answered 200 with 1 error(s) at b: “no rights” (1 of 2 GraphQL calls)")


@pytest.mark.parametrize(
    ("message", "code", "state"),
    [
        ("'anonymous' exceeds maximum operation depth of 10", "GRAPHQL_VALIDATION_FAILED", {State.FAIL}),
        ("Query is too complex: 220. Maximum allowed complexity: 200", "", {State.FAIL}),
        ("Throttled", "THROTTLED", {State.FAIL}),
        ("Too many queries", "RATE_LIMITED", {State.FAIL}),
        ('Cannot query field "shippingCost" on type "Order".', "GRAPHQL_VALIDATION_FAILED", set()),
        ("Field 'depth' of required type Int! was not provided.", "BAD_USER_INPUT", set()),
        ("The cost centre is unknown", "NOT_FOUND", set()),
    ],
)
def test_a_field_that_sounds_like_a_measure_is_no_limit(message: str, code: str, state: set[State]) -> None:
    assert states("GQL03", har(query(1, [{"message": message, "extensions": {"code": code}}]))) == state


@pytest.mark.parametrize(
    ("message", "state"),
    [
        ("Order cost exceeds the department budget", set()),
        ("The cost of this query exceeds the maximum of 100", {State.FAIL}),
    ],
)
def test_a_rule_of_business_that_a_field_names_is_no_limit_of_graphql(message: str, state: set[State]) -> None:
    told = {"message": message, "path": ["order"], "extensions": {"code": "REFUSED"}}

    assert states("GQL03", har(query(1, [told]))) == state
