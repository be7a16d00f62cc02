"""No reader raises anything but its own refusal, whatever the bytes are; what it reads can be cited."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from sevline.bench.archive import Budget, leaves
from sevline.bench.limits import Limits
from sevline.core.checks import every_check
from sevline.core.finding import run
from sevline.core.readers.accesslog import read_access_log
from sevline.core.readers.har import NotAHarError, read_har
from sevline.core.readers.insidehar import saml_inside
from sevline.core.readers.jsontext import BadJsonError, decode
from sevline.core.readers.jwt import token_facts
from sevline.core.readers.place import Places
from sevline.core.readers.saml import NotSamlError, read_saml, unwrap
from sevline.core.readers.sniff import sniff
from sevline.core.readers.stacktrace import TraceSet, read_traces
from sevline.core.readers.xml import BadXmlError
from tests.evidence import SAMPLES, call, har_bytes, saml_xml

HAR = har_bytes(call(401), call(429), call(500))
scalars = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20)
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = (
    "startedDateTime",
    "time",
    "request",
    "response",
    "timings",
    "_resourceType",
    "method",
    "url",
    "status",
    "headers",
)
tables = st.dictionaries(st.sampled_from(FIELDS), values, max_size=8)
entries = st.lists(st.fixed_dictionaries({"request": tables, "response": tables}) | tables | values, max_size=4)
changes = st.lists(st.tuples(st.integers(0, 4000), st.binary(max_size=6)), max_size=5)


def damaged(data: bytes, where: list[tuple[int, bytes]]) -> bytes:
    for at, piece in where:
        place = at % len(data)
        data = data[:place] + piece + data[place + len(piece) :]
    return data


@given(st.binary(max_size=3000))
def test_sniffing_never_raises(data: bytes) -> None:
    sniff(data)


@given(st.binary(max_size=600))
def test_archives_never_raise(data: bytes) -> None:
    for mark in (b"", b"PK\x03\x04", b"\x1f\x8b\x08\x00", b"BZh9", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd"):
        list(leaves("x", mark + data, Budget(Limits())))


@given(entries)
@settings(max_examples=60, deadline=None)
def test_every_check_copes_with_any_recording(items: list[object]) -> None:
    har = read_har(json.dumps({"log": {"entries": items}}).encode(), "a1").har

    list(saml_inside(har))
    run([har], every_check())


@given(changes, st.integers(0, len(HAR)))
@settings(max_examples=60, deadline=None)
def test_a_damaged_recording_is_read_or_refused_and_its_findings_can_be_cited(
    where: list[tuple[int, bytes]], end: int
) -> None:
    try:
        read = read_har(damaged(HAR, where)[:end], "a1")
    except NotAHarError:
        return
    places = Places("json", document=read.document)
    cited = [evidence for finding in run([read.har], every_check()) for evidence in finding.evidence]

    assert [evidence.locator for evidence in cited if places.excerpt(evidence.locator) is None] == []


@given(changes)
@settings(max_examples=80, deadline=None)
def test_a_damaged_saml_response_is_read_or_refused(where: list[tuple[int, bytes]]) -> None:
    try:
        evidence = read_saml(unwrap(damaged(saml_xml(), where)), "a1")
    except (NotSamlError, BadXmlError):
        return

    run(evidence, every_check())


@given(st.text(max_size=300))
def test_tokens_and_json_are_read_or_refused(text: str) -> None:
    token_facts(text)
    token_facts("eyJ." + text + ".x")
    try:
        decode(text.encode("utf-8", "replace"))
    except BadJsonError:
        return


@given(st.lists(st.sampled_from((SAMPLES / "traces" / "checkout.log").read_text().splitlines()) | st.text(max_size=60)))
@settings(deadline=None)
def test_stack_traces_are_found_within_the_lines_that_hold_them(lines: list[str]) -> None:
    traces = tuple(read_traces(lines, "a1"))

    read_access_log(lines, "a1")
    run([TraceSet("a1", traces)], every_check())
    assert all(1 <= frame.line <= len(lines) for trace in traces for frame in trace.frames)
