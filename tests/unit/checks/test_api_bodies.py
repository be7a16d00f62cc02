import json

import pytest
from tests.evidence import call, found, har, states

from sevline.core.finding import State

GRAPH = "https://api.example.com/graphql"
ERROR = {"message": "no such order", "path": ["order", 0, "total"]}


def test_graphql_errors_without_data_fail() -> None:
    body = json.dumps({"data": None, "errors": [ERROR]})

    (finding,) = found("API14", har(call(200, url=GRAPH, method="POST", body=body)))

    assert finding.state is State.FAIL
    assert "order.0.total: “no such order”" in finding.title


@pytest.mark.parametrize(
    "body",
    [{"data": {"order": None}, "errors": [ERROR]}, {"success": False, "message": "quota"}, {"error": "bad thing"}],
)
def test_a_part_of_the_data_or_an_error_text_is_warned_about(body: object) -> None:
    assert states("API14", har(call(200, body=json.dumps(body)))) == {State.WARN}


@pytest.mark.parametrize(
    "body", ['{"data": {"a": 1}}', '{"error": null, "ok": true}', "error", "[1]", '{"errors": []}']
)
def test_a_clean_answer_is_not_mentioned(body: str) -> None:
    assert states("API14", har(call(200, body=body))) == set()
