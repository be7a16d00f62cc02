"""Requests that failed are patterns of their own; other numbers are not taken for statuses."""

import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sevline.core.mining import mine
from sevline.core.mining.absorb import SIGNS, mask_into
from sevline.core.mining.fieldoutcomes import CLIENT, FAILED, MARKS, NONE, SERVER, outcome_in
from sevline.core.mining.frames import FLAGS, OUTCOME_SHIFT, OUTCOMES, READ
from sevline.core.mining.grouping import group
from sevline.core.mining.layouts import Layout, framed
from sevline.core.mining.masking import mask
from sevline.core.mining.statuses import without_outcomes
from sevline.core.mining.wide import faced


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        (b"GET /orders/17 503 12 ms", b"GET /orders/0 5 0 ms"),
        (b"GET /orders/17 200 12 ms", b"GET /orders/0 0 0 ms"),
        (b'"GET /x HTTP/1.1" 404 512', b'"GET /x HTTP/0" 4 0'),
        (b"answered HTTP/2 500", b"answered HTTP/0 5"),
        (b"upstream sent HTTP 502", b"upstream sent HTTP 5"),
        (b"done, status=500", b"done, status=5"),
        (b'done, "statusCode": 404', b'done, "statusCode": 4'),
        (b"status code 429 from gateway", b"status code 4 from gateway"),
        (b"Completed 500 Internal Server Error in 3ms", b"Completed 5 Internal Server Error in 0"),
        (b"404 GET /favicon.ico (192.0.2.7) 1.2ms", b"4 GET /favicon.ico (0) 0"),
        (b"took 500 ms", b"took 0 ms"),
        (b"moved 404 rows", b"moved 0 rows"),
        (b"exit code 500", b"exit code 0"),
        (b"status 500ms", b"status 0"),
        (b"status 12:500", b"status 0"),
        (b"status 5003", b"status 0"),
        (b"x1status:500", b"0"),
        (b"GET orders 500", b"GET orders 0"),
        (b"BUDGET /x 500", b"BUDGET /x 0"),
        (b"part 500 Not", b"part 0 Not"),
    ],
)
def test_a_status_is_told_by_what_stands_beside_it(text: bytes, shape: bytes) -> None:
    assert mask(text) == shape
    assert by_kernel(text) == shape


WORDS = (
    "GET POST BUDGET / /x HTTP HTTP/1.1 HTTP/2 status Status code _ - : = . , ' \" ( [ 500 404 200 5003 503x x1 12 "
    "Not Found Internal Bad Gateway + a é"
)
PARTS = st.sampled_from(WORDS.split())


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(PARTS, st.sampled_from(["", " "])), max_size=14))
def test_the_kernel_and_the_expressions_find_the_same(parts: list[tuple[str, str]]) -> None:
    text = "".join(part + gap for part, gap in parts).encode()

    assert by_kernel(text) == mask(text)


@pytest.mark.parametrize("in_bulk", [True, False])
def test_what_failed_is_counted_apart_and_is_of_the_same_statement(in_bulk: bool) -> None:
    text = b"".join(
        b"2026-03-01T10:%02d:00Z INFO GET /orders/%d %d in %d ms\n" % (n % 60, n, 500 if n % 10 == 0 else 200, n)
        for n in range(400)
    )
    state = mine([text], reference=datetime(2026, 3, 2, tzinfo=UTC), in_bulk=in_bulk)
    failed, fine = state.patterns()

    assert (failed.text, failed.count) == ("GET <*> in <*> [5xx]", 40)
    assert (fine.text, fine.count) == ("GET <*> in <*>", 360)
    assert failed.id == f"{fine.id}-5xx"
    assert set(state.ids_of_shapes().values()) == {failed.statement} == {fine.statement}


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        (b'{"msg":"handled","status":503}', SERVER),
        (b'{"msg":"handled","status": "404"}', CLIENT),
        (b'{"msg":"handled","StatusCode":"500 Internal Server Error"}', SERVER),
        (b'{"msg":"handled","http":{"response":{"status_code":502}}}', SERVER),
        (b'{"msg":"handled","http.response.status_code":429,"success":false}', CLIENT),
        (b'{"msg":"handled","success":false}', FAILED),
        (b'{"msg":"handled","error":true}', FAILED),
        (b'{"msg":"handled","login":{"outcome" : "failure"}}', FAILED),
        (b'{"msg":"handled","result":"Timed Out"}', FAILED),
        (b"msg=handled status=500", SERVER),
        (b'msg="handled it" outcome=denied', FAILED),
        (b'msg=handled http_status="404"', CLIENT),
        (b"msg=handled success=False status=400", CLIENT),
        (b'{"msg":"handled","status":200,"success":true,"error":false}', NONE),
        (b'{"msg":"handled","before":{"status":503},"status":200}', NONE),
        (b'{"msg":"handled","status":"200 OK","part":{"outcome":"denied"}}', NONE),
        (b'{"msg":"handled","status":200,"success":false,"part":{"status":503}}', FAILED),
        (b'{"msg":"handled","status":"open","part":{"status":503}}', SERVER),
        (b'{"msg":"handled","req":{"status":200},"res":{"status":503}}', SERVER),
        (b"msg=handled status=internal", NONE),
        (b"msg=handled grpc.code=Internal", FAILED),
        (b'{"msg":"handled","status":5003,"statusCode":500.5,"httpStatus":-500}', NONE),
        (b'{"msg":"got \\"status\\":500","status_text":500}', NONE),
        (b'{"msg":"handled","checked":[{"status":500},"status",503]}', NONE),
        (b'{"msg":"handled","checked":["]"],"status":500}', SERVER),
        (b'{"msg":"handled","error":0.02,"failed":3,"result":"ok"}', NONE),
        (b'{"msg":"handled","a":{"status":"of \\"500\\""}}', NONE),
        (b"msg=handled status=500ms bytes=503 exit_code=500", NONE),
        (b'level=info msg="handled status=500"', NONE),
    ],
)
def test_fields_tell_an_outcome_by_their_names_and_values(line: bytes, outcome: int) -> None:
    assert outcome_in(line) == outcome
    assert framed_outcome(line) == outcome


FIELD_KEYS = st.sampled_from(
    ["status", "Status_Code", "http.status", "outcome", "success", "error", "ok", "a", "n_status", "status ", "msg"]
)
FIELD_VALUES = st.sampled_from(
    [500, 404, 200, 5003, 500.5, -404, True, False, None, "500", "503 Gone", "denied", "Time-Out", "ok", "", "a]", '"']
)
INNER = st.recursive(
    FIELD_VALUES, lambda one: st.lists(one, max_size=3) | st.dictionaries(FIELD_KEYS, one, max_size=3), max_leaves=8
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(FIELD_KEYS, INNER, max_size=5), st.sampled_from([(",", ":"), (", ", " :\t")]))
def test_kernel_and_expressions_tell_the_same_outcome_of_json(
    fields: dict[str, object], signs: tuple[str, str]
) -> None:
    line = json.dumps({**fields, "msg": "handled"}, separators=signs).encode()

    assert framed_outcome(line) in {outcome_in(line), LEFT}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(FIELD_KEYS, FIELD_VALUES, st.booleans()), max_size=5))
def test_kernel_and_expressions_tell_the_same_outcome_of_pairs(fields: list[tuple[str, object, bool]]) -> None:
    pairs = [f'{key.strip()}="{value}"' if quoted else f"{key.strip()}={value}" for key, value, quoted in fields]
    line = " ".join(["msg=handled", "n=1", *(pair for pair in pairs if pair.count('"') in {0, 2})]).encode()

    assert framed_outcome(line) in {outcome_in(line), LEFT}


HANDLED = {
    "json_lines": '{"time":"2026-03-01T10:%(minute)02d:00Z","msg":"request handled","status":%(status)d,"n":%(n)d}',
    "logfmt": 'time=2026-03-01T10:%(minute)02d:00Z level=info caller=api.go:12 msg="request handled" '
    "status=%(status)d n=%(n)d",
    "cri": "2026-03-01T10:%(minute)02d:00Z stdout F "
    '{"level":"info","msg":"request handled","res":{"statusCode":%(status)d},"n":%(n)d}',
    "docker_json": '{"log":"level=info msg=\\"request handled\\" status=%(status)d n=%(n)d\\n","stream":"stdout",'
    '"time":"2026-03-01T10:00:00Z"}',
}


@pytest.mark.parametrize("in_bulk", [True, False])
@pytest.mark.parametrize("key", HANDLED)
def test_what_fields_say_failed_is_a_pattern_of_its_own_of_the_same_statement(key: str, in_bulk: bool) -> None:
    told = [{"minute": n % 60, "status": 200 if n % 10 else 500, "n": n} for n in range(400)]
    text = "".join(f"{HANDLED[key] % values}\n" for values in told)
    state = mine([text.encode()], reference=datetime(2026, 3, 2, tzinfo=UTC), in_bulk=in_bulk, format=key)
    failed, fine = state.patterns()

    assert (failed.text, failed.count) == ("request handled [5xx]", 40)
    assert (fine.text, fine.count) == ("request handled", 360)
    assert failed.id == f"{fine.id}-5xx"
    assert set(state.ids_of_shapes().values()) == {failed.statement} == {fine.statement}


def test_outcomes_change_no_group_whatever_else_is_in_the_log() -> None:
    sentences = [b"sent %s to the archive" % word for word in (b"alpha", b"beta", b"gamma", b"delta")]
    leads = (b"", b"I\x1f", b"E web\x1f", b"@a.go:12\x1f")
    told = {lead[:-1] + mark + b"\x1f" if mark else lead for lead in leads for mark in MARKS}
    plain = group(lead + sentence for lead in leads for sentence in sentences)

    marked = group(lead + sentence for lead in told for sentence in sentences)

    assert (marked.templates, marked.leads) == (plain.templates, plain.leads)
    assert all(marked.group_of[without_outcomes(shape, b"\x1f")] == group for shape, group in marked.group_of.items())


def test_no_kernel_is_loaded_before_a_caller_could_choose_to_compile_it() -> None:
    told = "import sevline.core.mining; from sevline.core.mining.jit import _choice; print(_choice['used'])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"


LEFT = -1


def framed_outcome(line: bytes) -> int:
    """Of a line as the kernels frame it; LEFT where they leave it to its reader."""
    import numpy as np

    block = faced(line + b"\n")
    layout = Layout.JSON_LINES if line.startswith(b"{") else Layout.LOGFMT
    flags = int(framed(block, np.array([len(line)]), layout, 0.0, 0)[0][0, FLAGS])
    return (flags & OUTCOMES) >> OUTCOME_SHIFT if flags & READ else LEFT


def by_kernel(text: bytes) -> bytes:
    import numpy as np

    out = np.zeros(len(text) * 2 + 8, np.uint8)
    return out[: mask_into(np.frombuffer(text, np.uint8), 0, len(text), out, 0, SIGNS)].tobytes()


def test_a_line_of_very_many_parts_that_each_tell_a_status_is_walked_through_once() -> None:
    parts = b",".join(b'"part%d":{"status":200}' % number for number in range(40_000))

    assert outcome_in(b'{"msg":"done",' + parts + b',"status":503}') == SERVER
    assert outcome_in(b'{"msg":"done","list":[' + parts + b'],"part":{"status":404}}') == CLIENT
