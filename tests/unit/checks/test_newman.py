from typing import Any

from tests import foreign
from tests.evidence import found, ids, shared, states

from sevline.core.checks import every_check
from sevline.core.finding import State, run
from sevline.core.readers.jsontext import decode
from sevline.core.readers.postman import NewmanReport, PostmanCollection


def report(error: str = "", status: int = 200) -> dict[str, Any]:
    assertion: dict[str, Any] = {"assertion": "Status is 200"} | ({"error": {"message": error}} if error else {})
    request = {
        "method": "GET",
        "url": {"protocol": "https", "host": ["api", "example", "com"], "path": ["v1", "orders"]},
    }
    execution = {
        "request": request,
        "response": {"code": status, "responseTime": 41, "header": []},
        "assertions": [assertion],
    }
    return {"run": {"executions": [execution]}}


def test_an_assertion_that_failed_becomes_evidence() -> None:
    (finding,) = found("REP04", *foreign.document(report("expected 500 to equal 200", 500)))

    assert finding.state is State.FAIL
    assert finding.evidence[0].locator == "/run/executions/0/assertions/0"
    assert "failed on GET https://api.example.com/v1/orders: expected 500 to equal 200" in finding.title


def test_assertions_that_held_pass_and_the_calls_are_read_as_calls() -> None:
    held = foreign.document(report())

    assert states("REP04", *held) == {State.PASS}
    assert foreign.only(NewmanReport, held).exchanges[0].millis == 41
    assert states("API11", *foreign.document(report("x", 500))) == {State.FAIL}


def test_a_collection_alone_asks_for_its_report() -> None:
    collection = {
        "info": {"name": "Orders", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "item": [],
    }

    (finding,) = found("REP04", *foreign.document(collection))

    assert finding.missing == ("a Newman report of “Orders” (0 requests)",)
    assert "newman run collection.json" in finding.next_step


def test_real_collections_are_read_without_a_failure() -> None:
    files = shared("postman")
    evidence = [each for path in files for each in foreign.document(decode(path.read_bytes()))]

    assert all(isinstance(each, PostmanCollection) for each in evidence)
    assert len(evidence) == len(files)
    assert ids(run(evidence, every_check()), State.FAIL) == set()
