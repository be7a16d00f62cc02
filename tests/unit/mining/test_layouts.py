"""Lines of containers and web servers in bulk: framed, or left to their reader, and the same in the end."""

import json
from datetime import UTC, datetime

import numpy as np
import pytest

from sevline.core.mining import mine
from sevline.core.mining.frames import FIELDED, FLAGS, READ
from sevline.core.mining.layouts import Layout, framed, rewritten
from sevline.core.mining.wide import faced

REFERENCE = datetime(2026, 3, 2, tzinfo=UTC)
AT = "2026-03-01T10:00:00.5Z"
CRI = [
    f"{AT} stdout F 2026-03-01 10:00:00 ERROR lost 17",
    f'{AT} stderr F {{"level":"warn","msg":"slow","tenant":"t1"}}',
    f"{AT} stdout F I0301 10:00:00.000000 1 a.go:1] synced 4",
    f"{AT} stdout F plain words 12",
]
CRI_LEFT = [f"{AT} stdout P the first part", f"{AT} stdout F \tat a.B(C.java:1)", "no container wrote this"]
REQUESTS = [
    '203.0.113.9 - - [01/Mar/2026:10:00:00 +0000] "GET /cart/18?x=1 HTTP/1.1" 502 131 "-" "agent/1.0"',
    'web-1.example - bob [01/Mar/2026:10:00:01 -0730] "POST /login HTTP/2" 404 -',
    '::1 - - [01/Mar/2026:10:00:02 +0000] "GET /" 200 7',
]
REQUESTS_LEFT = [
    '203.0.113.9 - john smith [01/Mar/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 7',
    '203.0.113.9 - - [01/Mar/2026:10:00:00 +0000] "GET /\\"x\\" HTTP/1.1" 200 7',
    '203.0.113.9 - - [41/Mar/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 7',
]


def docker(text: str, end: str = "\n") -> str:
    line = {"log": text + end, "stream": "stdout", "time": AT}
    return json.dumps(line, separators=(",", ":")).replace("<", "\\u003c")


DOCKER = [docker('2026-03-01 10:00:00 ERROR <lost> "17"'), docker('{"msg":"slow","tenant":"t1"}'), docker("a\tb \\ c")]
DOCKER_LEFT = [docker("a part", ""), docker("two\nlines"), docker("é".encode().decode("latin-1") + "\r"), "{}"]


def flags(layout: Layout, lines: list[str]) -> list[int]:
    block = faced(rewritten("".join(f"{line}\n" for line in lines).encode(), layout))
    ends = np.flatnonzero(block.text == 10)
    found: list[int] = framed(block, ends, layout, REFERENCE.timestamp(), REFERENCE.year)[0][:, FLAGS].tolist()
    return found


@pytest.mark.parametrize(
    ("layout", "framed_lines", "left"),
    [
        (Layout.CRI, CRI, CRI_LEFT),
        (Layout.DOCKER_JSON, DOCKER, DOCKER_LEFT),
        (Layout.ACCESS_LOG, REQUESTS, REQUESTS_LEFT),
    ],
)
def test_what_a_layout_is_sure_of_is_framed_and_the_rest_left_to_the_reader(
    layout: Layout, framed_lines: list[str], left: list[str]
) -> None:
    assert all(found & READ for found in flags(layout, framed_lines))
    assert not any(found & READ for found in flags(layout, left))


def test_fields_are_known_behind_the_header_of_a_container() -> None:
    assert [bool(found & FIELDED) for found in flags(Layout.CRI, CRI)] == [False, True, False, False]


@pytest.mark.parametrize(
    ("key", "lines"),
    [
        ("cri", [*CRI * 20, *CRI_LEFT, *CRI * 20]),
        ("docker_json", [*DOCKER * 20, *DOCKER_LEFT, *DOCKER * 20]),
        ("access_log", [*REQUESTS * 20, *REQUESTS_LEFT, *REQUESTS * 20]),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_in_bulk_and_record_by_record_the_state_is_the_same(key: str, lines: list[str], end: str) -> None:
    data = end.join(lines).encode()

    bulk = mine([data], reference=REFERENCE, source="a", format=key, in_bulk=True)
    records = mine([data], reference=REFERENCE, source="a", format=key, in_bulk=False)

    assert bulk == records
    assert bulk.records > 100


def test_a_request_is_shown_as_it_stands_and_grouped_by_what_it_asked_for() -> None:
    state = mine(["\n".join(REQUESTS * 30).encode()], reference=REFERENCE, in_bulk=True)
    found = {pattern.template: pattern.examples[0][1] for pattern in state.patterns()}

    assert found["GET <*> status bad-gateway"].startswith("203.0.113.9 - - [01/Mar/2026:10:00:00 +0000]")
