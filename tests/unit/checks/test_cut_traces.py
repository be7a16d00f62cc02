"""Traces in files that end too early: what is whole is read, and nothing absent is taken for missing."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from tests.evidence import ids
from tests.spans import jaeger_form, otlp, span, zipkin_form
from tests.unit.bench.examining import examined

from sevline.core.finding import State
from sevline.core.readers.jsontext import decode, mended

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
