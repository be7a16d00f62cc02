"""Requests that failed are patterns of their own; other numbers are not taken for statuses."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sevline.core.mining import mine
from sevline.core.mining.absorb import SIGNS, mask_into
from sevline.core.mining.masking import mask


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


def test_no_kernel_is_loaded_before_a_caller_could_choose_to_compile_it() -> None:
    told = "import sevline.core.mining; from sevline.core.mining.jit import _choice; print(_choice['used'])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"


def by_kernel(text: bytes) -> bytes:
    import numpy as np

    out = np.zeros(len(text) * 2 + 8, np.uint8)
    return out[: mask_into(np.frombuffer(text, np.uint8), 0, len(text), out, 0, SIGNS)].tobytes()
