"""Redaction on anything: it never raises, changes nothing twice, and touches nothing but what it masks."""

import base64
import json
import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sevline.core.redaction import Mode, Redactor
from sevline.core.redaction.detector_set import every_detector
from sevline.core.redaction.pseudonym import EVERY_PSEUDONYM

REDACTOR = Redactor(bytes(range(32)))
PSEUDONYM = re.compile(EVERY_PSEUDONYM)
ROUNDS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

PLANTED = (
    "mia.lind@northwind.example",
    "203.0.113.77",
    "2a00:1450:4001:81b::200e",
    "aa:bb:cc:dd:ee:0f",
    "4111 1111 1111 1111",
    "DE89370400440532013000",
    "219-09-9999",
    "+4930901820",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefghijklm",
)
SEEDS = (
    *PLANTED,
    "password=",
    "Cookie: a=",
    "https://u:",
    "@",
    "%40",
    "::",
    ":",
    "=",
    '"',
    "<",
    "\n",
    "1.2.3.4",
    "token",
)
#: What detectors look for, which chance seldom writes.
LITERALS = sorted({literal for entry in every_detector() for literal in entry.keywords})
BETWEEN = (
    "",
    " ",
    "\n",
    "\r\n",
    "=",
    ": ",
    ": Ab1!x9_q",
    '": "',
    "\t",
    "=\n",
    ".",
    "@",
    "12345678",
    ">",
    "</",
    ",",
    ";",
)
lines_of_literals = st.lists(
    st.tuples(st.sampled_from(LITERALS), st.sampled_from(BETWEEN)), min_size=1, max_size=12
).map(lambda pieces: "".join(literal + between for literal, between in pieces * 2))
mixed = st.lists(st.one_of(st.sampled_from(SEEDS), st.text(max_size=8)), max_size=10).map("".join)


@ROUNDS
@given(st.binary(max_size=400))
def test_bytes_without_anything_to_mask_come_out_as_they_went_in(data: bytes) -> None:
    redacted = REDACTOR.data(data)
    assert redacted.counts or redacted.data == data


@ROUNDS
@given(lines_of_literals)
@example("eyJ1234567\n" * 2)
def test_what_detectors_look_for_in_any_order_is_redacted_and_a_second_run_changes_nothing(text: str) -> None:
    redacted = REDACTOR.text(text)
    assert REDACTOR.text(redacted.text).text == redacted.text


@ROUNDS
@given(mixed)
@example(PLANTED[0] * 5 + PLANTED[7] + PLANTED[0])
@example("key: " + PLANTED[4] + PLANTED[1] + "=" + PLANTED[0] + PLANTED[6])
def test_a_second_run_changes_nothing(text: str) -> None:
    once = REDACTOR.text(text).text
    assert REDACTOR.text(once).text == once


@ROUNDS
@given(st.binary(max_size=30), st.sampled_from(PLANTED), st.binary(max_size=30))
def test_the_bytes_around_a_masked_value_stay(before: bytes, value: str, after: bytes) -> None:
    frame_before = b"x" + before.replace(b"\n", b"") + b"\n"
    frame_after = b"\n" + after
    alone = (REDACTOR.data(frame_before).data, REDACTOR.data(frame_after).data)
    masked = REDACTOR.data(frame_before + b"( " + value.encode() + b" )" + frame_after)
    assert value.encode() not in masked.data
    assert masked.data.startswith(alone[0] + b"( ")
    assert masked.data.endswith(b" )" + alone[1])


@ROUNDS
@given(st.sampled_from(PLANTED), st.sampled_from(("{}", "x {} y", "v={}&b=1", "[{}]", "({})", "<a>{}</a>", "'{}'")))
def test_no_planted_value_is_left_plain_percent_encoded_or_in_json(value: str, frame: str) -> None:
    for form in (value, quote(value, safe=""), json.dumps({"m": value})):
        text = frame.replace("{}", form)
        masked = REDACTOR.text(text).text
        assert value not in masked
        assert quote(value, safe="") not in masked


@ROUNDS
@given(st.sampled_from(list(Mode)), st.one_of(st.binary(max_size=200), mixed.map(str.encode)))
def test_no_document_in_any_mode_raises(mode: Mode, data: bytes) -> None:
    once = REDACTOR.document(mode, data)
    assert REDACTOR.document(mode, once.data).counts.keys() <= once.counts.keys()


@ROUNDS
@given(
    st.recursive(st.one_of(st.none(), st.booleans(), st.integers(), mixed), lambda inner: st.lists(inner, max_size=3))
)
def test_json_stays_json_of_the_same_shape(value: object) -> None:
    masked = json.loads(REDACTOR.document(Mode.JSON, json.dumps({"v": value}).encode()).data)
    assert shape(masked["v"]) == shape(value)


def shape(value: object) -> object:
    return [shape(member) for member in value] if isinstance(value, list) else type(value)


FORMS: tuple[Callable[[str], str], ...] = (
    lambda value: quote(value, safe=""),
    lambda value: "".join(f"%{byte:02x}" for byte in value.encode()),
    lambda value: quote(quote(value, safe=""), safe=""),
    lambda value: json.dumps(value)[1:-1].replace("/", "\\/"),
    lambda value: "".join(f"\\u{ord(character):04x}" for character in value),
    lambda value: "".join(f"&#{ord(character)};" for character in value),
    lambda value: value.encode().hex(),
    *(
        lambda value, head=head: base64.b64encode(head + value.encode() + b" ok").decode()
        for head in (b"", b"=", b"v=")
    ),
    *(
        lambda value, head=head: base64.urlsafe_b64encode(head + value.encode()).decode().rstrip("=")
        for head in (b"", b"\x01", b"\xff\x02")
    ),
    lambda value: quote(base64.b64encode(value.encode()).decode(), safe=""),
    lambda value: base64.b64encode(quote(value, safe="").encode()).decode(),
    lambda value: value.encode("utf-16-le").decode(),
    lambda value: value.encode("utf-16-be").decode(),
)


@ROUNDS
@example(PLANTED[3], FORMS[-1], "got {} here")
@given(
    st.sampled_from(PLANTED),
    st.sampled_from(FORMS),
    st.sampled_from(("{}", "got {} here", '{{"v":"{}"}}', "?q={}&x=1")),
)
def test_no_value_is_left_in_a_form_in_which_it_is_encoded(value: str, form: Callable[[str], str], frame: str) -> None:
    written = form(value)
    redacted = REDACTOR.text(frame.replace("{}", written))
    assert written not in redacted.text
    assert redacted.counts
    assert REDACTOR.text(redacted.text).text == redacted.text


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["a1@b.cc:", "password=", "1.1.1.", "eyJ", "-----BEGIN PRIVATE KEY-----"])
def test_one_line_of_a_megabyte_comes_to_an_end(piece: str) -> None:
    line = (piece * (1_000_000 // len(piece))).encode()
    assert REDACTOR.data(line).data
