"""Recordings as they come: packed, cut, without times, with WebSocket frames, and very many calls."""

import gzip
import json
import subprocess
import sys

import pytest
from tests.evidence import call, har_bytes, ids
from tests.unit.bench.examining import examined

from sevline.bench.examination import ArtifactState
from sevline.core.finding import State

CALLS = 100_000
MEBI = 1024 * 1024
FIFTY_MEGABYTES = """
import json, resource
from tests.evidence import call
from tests.unit.bench.examining import examined
from sevline.bench.nursery import nursery
rows = json.dumps([{"id": number, "mail": f"u{number}@shop.example", "note": "x" * 60} for number in range(120)])
entry = json.dumps(call(body=rows))
data = ('{"log":{"version":"1.2","entries":[' + ",".join([entry] * (50 * 2**20 // len(entry))) + "]}}").encode()
examination, _ = examined(("large.har", data))
nursery.end()
print(json.dumps([examination.refused, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss]))
"""


def test_a_packed_recording_is_read_like_the_recording_itself() -> None:
    data = har_bytes(call(503, received={"Retry-After": "5"}), call())

    plain, _ = examined(("a.har", data))
    packed, _ = examined(("a.har.gz", gzip.compress(data)))

    assert packed.artifacts[0].kind == "har"
    assert [(one.check_id, one.state) for one in packed.findings] == [
        (one.check_id, one.state) for one in plain.findings
    ]


def test_a_packed_recording_that_is_cut_inside_keeps_its_whole_calls() -> None:
    examination, _ = examined(("a.har.gz", gzip.compress(har_bytes(call(500), call(), call())[:-300])))

    assert examination.artifacts[0].state is ArtifactState.PARTIAL
    assert "whole entries were read" in examination.artifacts[0].reason
    assert "API11" in ids(examination.findings, State.FAIL)


def test_calls_without_times_and_timings_are_judged_by_what_they_say() -> None:
    bare = call(500)
    for field in ("timings", "time", "startedDateTime"):
        del bare[field]

    examination, _ = examined(("a.har", har_bytes(bare)))

    assert examination.time_range == ()
    assert "API11" in ids(examination.findings, State.FAIL)


def test_frames_of_a_websocket_are_kept_with_their_secrets_and_addresses_masked() -> None:
    entry = call(101, url="wss://app.example.com/live") | {
        "_webSocketMessages": [
            {
                "type": "send",
                "time": 1.0,
                "opcode": 1,
                "data": '{"password":"' + "hunter" + '2xy","to":"mia@example.com"}',
            },
            {"type": "receive", "time": 2.0, "opcode": 1, "data": '{"state":"closed by server"}'},
        ]
    }

    examination, stored = examined(("a.har", har_bytes(entry)))

    assert examination.redactions.counts["email"] == 1
    frames = json.loads(stored["a1"])["log"]["entries"][0]["_webSocketMessages"]
    assert "hunter2xy" not in frames[0]["data"]
    assert "mia@example.com" not in frames[0]["data"]
    assert frames[1]["data"] == '{"state":"closed by server"}'


def test_a_value_that_recurs_is_counted_each_time_and_masked_alike() -> None:
    headers = {"X-Contact": "mia@example.com", "Accept": "text/html"}

    examination, stored = examined(("a.har", har_bytes(*(call(sent=headers) for _ in range(50)))))

    assert examination.redactions.counts == {"email": 50}
    values = {entry["request"]["headers"][0]["value"] for entry in json.loads(stored["a1"])["log"]["entries"]}
    assert len(values) == 1
    assert "mia" not in values.pop()


@pytest.mark.slow
def test_a_recording_of_a_hundred_thousand_calls_is_read_to_its_last_one() -> None:
    plain = json.dumps(call(sent={"Accept": "text/html"}))
    last = json.dumps(call(500, sent={"X-Contact": "mia@example.com"}))
    data = ('{"log":{"version":"1.2","entries":[' + f"{plain}," * (CALLS - 1) + last + "]}}").encode()

    examination, stored = examined(("many.har", data))

    assert examination.refused == ""
    failed = next(one for one in examination.findings if one.check_id == "API11" and one.state is State.FAIL)
    assert failed.evidence[0].locator.startswith(f"/log/entries/{CALLS - 1}/")
    assert b"mia@example.com" not in stored["a1"]


@pytest.mark.slow
def test_a_recording_of_fifty_megabytes_takes_less_than_a_gigabyte_of_memory() -> None:
    # In a process of its own: the peak is that of the largest child that a process ever had.
    told = subprocess.run([sys.executable, "-c", FIFTY_MEGABYTES], capture_output=True, text=True, check=True)
    refused, peak = json.loads(told.stdout.splitlines()[-1])

    assert refused == ""
    assert 0 < peak < MEBI


def test_what_a_browser_numbers_its_pages_by_is_no_trace_id() -> None:
    document = json.loads(har_bytes(call(body="x", received={"traceparent": f"00-{'4b' * 16}-{'a1' * 8}-01"})))
    page = "page@" + "1bc83cb52c791f0cca3d97489b81960c"
    document["log"]["pages"] = [{"id": page, "title": "Orders"}]
    document["log"]["entries"][0]["pageref"] = page

    examination, _ = examined(("calls.har", json.dumps(document).encode()))

    assert {fact.value for fact in examination.facts if fact.kind == "trace_id"} == {"4b" * 16}
