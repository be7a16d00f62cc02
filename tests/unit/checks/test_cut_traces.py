"""Traces in files that end too early: what is whole is read, and nothing absent is taken for missing."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from tests.evidence import ids
from tests.kubernetes import listed, pod
from tests.spans import jaeger_form, otlp, span, zipkin_form
from tests.unit.bench.examining import examined

from sevline.core.finding import State
from sevline.core.readers.jsontext import decode, mended

pytestmark = pytest.mark.slow

CALLS = (
    span("GET /", 0, 100),
    span("query", 20, 70, parent="GET /", service="db", error="deadlock"),
    *(span(f"read {at}", 20, 40, parent="GET /") for at in range(8)),
)


@pytest.mark.parametrize("form", [otlp, jaeger_form, zipkin_form])
@pytest.mark.parametrize("share", [0.6, 0.75, 0.9])
def test_an_error_is_found_in_what_is_whole_and_no_gap_is_claimed(form: Callable[..., Any], share: float) -> None:
    text = json.dumps(form(*CALLS), indent=1)

    examination, stored = examined(("trace.json", text[: int(len(text) * share)].encode()))

    assert ids(examination.findings, State.FAIL) == {"OBS06"}
    assert {"OBS07", "OBS15"} <= ids(examination.findings, State.NOT_EVALUATED)
    assert "ends early" in examination.artifacts[0].reason
    assert all(json.loads(data) for data in stored.values())


def test_a_cut_trace_without_an_error_is_not_said_to_be_healthy() -> None:
    text = json.dumps(jaeger_form(CALLS[0], *CALLS[2:]), indent=1)

    examination, _ = examined(("trace.json", text[: int(len(text) * 0.8)].encode()))

    assert {"OBS06", "OBS12"} <= ids(examination.findings, State.NOT_EVALUATED)
    assert ids(examination.findings, State.PASS).isdisjoint({"OBS06", "OBS07", "OBS12"})


DOCUMENT = json.dumps({"a": [1, {"b": 'x "]} \\ y', "c": None}, [True]], "d": {"e": "end"}})


@pytest.mark.parametrize("length", range(12, len(DOCUMENT)))
def test_a_document_that_is_cut_anywhere_is_mended_or_left(length: int) -> None:
    whole = mended(DOCUMENT[:length].encode())

    assert whole is None or decode(whole)["a"][0] == 1


@pytest.mark.parametrize("text", [DOCUMENT, '{"a": 1]', '{"a": tru}', '{"a": 1}}', "[", '{"a"', "[1 2", "plain"])
def test_what_is_whole_or_wrong_is_not_mended(text: str) -> None:
    assert mended(text.encode()) is None


def test_a_cut_list_of_pods_still_tells_who_ran_out_of_memory() -> None:
    ended = {"terminated": {"reason": "OOMKilled", "exitCode": 137}}
    text = json.dumps(listed("Pod", *(pod(f"web-{at}", last=ended) for at in range(4))), indent=1)

    examination, _ = examined(("pods.json", text[: int(len(text) * 0.7)].encode()))

    assert "K8S01" in ids(examination.findings, State.FAIL)
    assert {"K8S06", "K8S11"}.isdisjoint(ids(examination.findings, State.FAIL))


@pytest.mark.parametrize(("error", "expected"), [("expected 500 to be 200", State.FAIL), ("", State.NOT_EVALUATED)])
def test_a_cut_report_of_newman_tells_what_failed_and_never_that_all_held(error: str, expected: State) -> None:
    one = {
        "item": {"name": "a"},
        "request": {"method": "GET", "url": {"raw": "https://api.example.com/v1"}},
        "response": {"code": 200, "status": "OK", "responseTime": 3, "header": []},
        "assertions": [{"assertion": "is 200"} | ({"error": {"message": error}} if error else {})],
    }
    text = json.dumps({"collection": {"info": {"name": "s"}}, "run": {"executions": [one] * 6}}, indent=1)

    examination, _ = examined(("report.json", text[: int(len(text) * 0.7)].encode()))

    assert {found.state for found in examination.findings if found.check_id == "REP04"} == {expected}
