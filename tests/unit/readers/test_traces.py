import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevline.core.finding import State
from sevline.core.readers.documents.otlp_traces import otlp_trace_lines
from sevline.core.readers.reader import Form, Source, read_all
from sevline.core.readers.spans import SpanSet
from tests.evidence import ids, shared
from tests.spans import jaeger_form, otlp, span, zipkin_form
from tests.unit.bench.examining import examined

CALLS = (span("GET /", 0, 100), span("query", 20, 70, parent="GET /", service="db", error="deadlock"))


@pytest.mark.parametrize("form", [otlp, jaeger_form, zipkin_form])
def test_the_same_spans_are_read_from_each_form(form: Any) -> None:
    (read,) = read_all(Form.JSON, Source("a1", "x.json"), json.loads(json.dumps(form(*CALLS))))

    assert isinstance(read, SpanSet)
    assert [(one.service, one.operation, one.parent, one.failed, one.seconds) for one in read.spans] == [
        ("shop", "GET /", "", False, 0.1),
        ("db", "query", "GET /".casefold() if form is not zipkin_form else "get /", True, 0.05),
    ]


def test_documents_on_lines_are_read_with_their_line() -> None:
    lines = [json.dumps(otlp(CALLS[0])), "{broken", json.dumps(otlp(CALLS[1]))]

    (read,) = otlp_trace_lines(Source("a1", "x.jsonl"), lines)

    assert isinstance(read, SpanSet)
    assert [one.places["span"] for one in read.spans] == ["1:1", "3:1"]


def test_a_trace_in_a_file_is_judged_and_cited() -> None:
    examination, _ = examined(("trace.json", json.dumps(otlp(*CALLS)).encode()))

    assert ids(examination.findings, State.FAIL) == {"OBS06"}
    (origin,) = [one for one in examination.findings if one.check_id == "OBS06"]
    assert "deadlock" in origin.evidence[0].excerpt


@pytest.mark.parametrize("path", shared("traces"), ids=lambda path: path.name)
def test_a_third_partys_trace_fails_nothing_it_should_not(path: Any) -> None:
    document = json.loads(path.read_bytes())

    spans = [
        one for read in read_all(Form.JSON, Source("a1", path.name), document) for one in getattr(read, "spans", ())
    ]

    assert all(one.end >= one.start and one.trace and one.id for one in spans)


KEYS = [
    *("resourceSpans", "scopeSpans", "spans", "data", "processes", "traceID", "traceId", "id", "timestamp"),
    *("references", "tags", "key", "value", "attributes", "status", "code", "kind", "items", "metadata"),
]
PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
JSONISH = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=30,
)


@given(JSONISH)
def test_documents_of_any_shape_are_no_error(document: Any) -> None:
    assert list(read_all(Form.JSON, Source("a1", "pods/x.json"), document)) is not None
