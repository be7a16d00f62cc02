"""Whatever the bytes, however they are split: the same answer, and never a fault."""

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import reduce
from itertools import pairwise
from operator import add
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sevline.core.mining import LogState, mine
from sevline.core.mining.absorb import NO_LEAD, ROOM, SHAPE_BYTES, SIGNS, message_hash, shape_hash, shape_into
from sevline.core.mining.collector import LETTERS
from sevline.core.mining.folding import common_words, fold, fold_into
from sevline.core.mining.grouping import Rules, group, tokenised
from sevline.core.mining.levels import COARSEST
from sevline.core.mining.masking import mask
from sevline.core.mining.scan import MAX_TOKENS
from sevline.core.mining.wide import faced, next_digit, next_special
from sevline.core.readers.logs import FORMATS
from sevline.core.readers.logs.record import LogRecord

REFERENCE = datetime(2026, 3, 2, tzinfo=UTC)
PARSERS = [form.reader(REFERENCE) for form in FORMATS]

text = st.text(alphabet="ab 0=\"'`(/)<>:,.é", max_size=40).map(lambda value: value.encode())
records = st.lists(
    st.builds(
        LogRecord,
        at=st.none() | st.integers(0, 400_000).map(float),
        zone_known=st.just(True),
        level=st.sampled_from([None, "INFO", "ERROR"]),
        service=st.sampled_from([None, "cart", "pool"]),
        message=text,
        line_no=st.integers(1, 500),
        fields=st.sampled_from([b"", b'{"msg":"a","status":500}', b"msg=a outcome=denied", b"msg=a status=200"]),
    ),
    max_size=60,
)
pieces = [
    b"2026-03-01 10:00:00", b" ERROR ", b"{\"msg\":", b"}", b"<34>1 ", b"Mar  1 10:00:00 h p[1]: ", b"\n", b"\r\n",
    b"\0", b"\tat a.B(C.java:1)", b"Traceback (most recent call last):", b"\xff\xfe", b"\"",
    b"[01/Mar/2026:10:00:00 +0000]",
    b"#Fields: date time", b"level=info msg=\"", b"goroutine 1 [running]:", b"I0301 10:00:00.0 1 a.go:1] ", b"web-1 | ",
    b'{"msg":"done","status":', b'"status":503', b'"success":false', b'"a":{', b"status=404 ", b"outcome=denied ", b",",
]  # fmt: skip
logs = st.lists(st.sampled_from(pieces) | st.binary(max_size=30), max_size=40).map(b"".join)
programs = st.lists(
    st.sampled_from(
        [
            "2026-03-01 10:00:00 ERROR ", "2026-03-01 10:00:00,123 - app.db - WARNING - ", "plain words ", "\t", "\\",
            "I0301 10:00:00.000000 1 a.go:1] ", '{"level":"warn","msg":"x","n":1}', 'level=info msg="y" n=2', "a@b=1 ",
            '{"msg":"x","a":{"status":"503"}}', "msg=y success=false",
            "Traceback (most recent call last):", '  File "a.py", line 1, in f', "ValueError: no", "main.f(0x1)", "<&>",
            "goroutine 1 [running]:", "\tat a.B(C.java:1)", "[2026-03-01 10:00:00] INFO ", "", " ", "[x] ", "panic: x",
            "Caused by: y", "\x1b[0m", "é",
        ]
    ),
    max_size=3,
).map("".join)  # fmt: skip


def cri(said: list[tuple[str, str, str]]) -> bytes:
    lines = [f"2026-03-01T10:00:{at:02}.5Z {stream} {tag} {text}" for at, (stream, tag, text) in enumerate(said)]
    return "\n".join(lines).encode()


def docker(said: list[tuple[str, str, str]]) -> bytes:
    lines = [
        json.dumps(
            {"log": text + "\n" * (tag == "F"), "stream": stream, "time": f"2026-03-01T10:00:{at:02}.5Z"},
            separators=(",", ":"),
        )
        .replace("<", "\\u003c")
        .replace("\\u001b", "\\u001B")
        for at, (stream, tag, text) in enumerate(said)
    ]
    return "\n".join(lines).encode()


contained = st.lists(
    st.tuples(st.sampled_from(["stdout", "stderr"]), st.sampled_from("FFFFFP"), programs), min_size=1, max_size=30
)


def summed(parts: Iterable[list[LogRecord]], cap: int) -> LogState:
    states = []
    for part in parts:
        state = LogState(cap=cap)
        state.add(part)
        states.append(state)
    return reduce(add, states, LogState(cap=cap))


@settings(deadline=None)
@given(records, st.lists(st.integers(0, 60), max_size=4), st.randoms(), st.sampled_from([3, 8, 1000]))
def test_any_split_in_any_order_gives_the_same_state(
    found: list[LogRecord], cuts: list[int], chance: Random, cap: int
) -> None:
    bounds = [0, *sorted(cuts), len(found)]
    parts = [found[begin:end] for begin, end in pairwise(bounds)]
    chance.shuffle(parts)

    whole, split = summed([found], cap), summed(parts, cap)

    assert split == whole
    assert split.patterns() == whole.patterns()
    assert split.records == len(found)


@settings(deadline=None)
@given(records, records, records, st.sampled_from([3, 1000]))
def test_adding_states_is_associative_and_commutative(
    one: list[LogRecord], two: list[LogRecord], three: list[LogRecord], cap: int
) -> None:
    a, b, c = (summed([part], cap) for part in (one, two, three))

    assert (a + b) + c == a + (b + c)
    assert a + b == b + a


@settings(deadline=None)
@given(logs, st.integers(1, 64))
def test_no_bytes_raise_and_no_cut_between_blocks_matters(data: bytes, size: int) -> None:
    blocks = [data[at : at + size] for at in range(0, len(data), size)]

    whole, cut = mine([data], reference=REFERENCE), mine(blocks, reference=REFERENCE)

    assert cut == whole
    assert cut.patterns() == whole.patterns()


@settings(deadline=None)
@given(logs)
def test_no_parser_raises_on_any_line(data: bytes) -> None:
    for parse in PARSERS:
        for line in data.split(b"\n"):
            parse(line)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_a_shape_is_its_own_shape(data: bytes) -> None:
    assert mask(mask(data)) == mask(data)


@settings(deadline=None)
@given(text, st.integers(0, COARSEST), st.integers(0, COARSEST))
def test_folding_what_is_folded_finer_is_folding(shape: bytes, one: int, two: int) -> None:
    fine, coarse = sorted((one, two))

    assert fold(fold(shape, fine), coarse) == fold(shape, coarse)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_tokens_are_bounded_and_values_never_neighbours(shape: str) -> None:
    forms = tokenised([shape.encode("utf-8", "replace").replace(b"\n", b" ")], Rules())
    found = forms.token.tolist()

    assert len(found) <= MAX_TOKENS + 1
    assert all(one or two for one, two in pairwise(found))


@settings(deadline=None)
@given(st.lists(text, max_size=40), st.randoms())
def test_groups_depend_on_the_set_of_shapes_alone(shapes: list[bytes], chance: Random) -> None:
    shuffled = [*shapes, *shapes[:3]]
    chance.shuffle(shuffled)

    assert group(shuffled) == group(shapes)


@settings(max_examples=25, deadline=None)
@given(logs, st.integers(1, 64), st.sampled_from([3, 1000]))
def test_bulk_and_records_give_the_same_state(data: bytes, size: int, cap: int) -> None:
    blocks = [data[at : at + size] for at in range(0, len(data), size)]

    bulk = mine(blocks, reference=REFERENCE, source="a", cap=cap, in_bulk=True)
    records = mine([data], reference=REFERENCE, source="a", cap=cap, in_bulk=False)

    assert bulk == records


@settings(max_examples=100, deadline=None)
@given(contained, st.sampled_from([("cri", cri), ("docker_json", docker)]), st.integers(20, 400))
def test_in_bulk_and_record_by_record_containers_say_the_same(
    said: list[tuple[str, str, str]], form: tuple[str, Callable[[list[tuple[str, str, str]]], bytes]], size: int
) -> None:
    key, written = form
    data = written(said)
    blocks = [data[at : at + size] for at in range(0, len(data), size)]

    bulk = mine(blocks, reference=REFERENCE, source="a", format=key, in_bulk=True)
    records = mine([data], reference=REFERENCE, source="a", format=key, in_bulk=False)

    assert bulk == records


@settings(max_examples=50, deadline=None)
@given(st.lists(st.binary(max_size=60).map(lambda line: line.replace(b"\n", b" ")), max_size=8))
def test_the_kernel_masks_as_the_expression_does(messages: list[bytes]) -> None:
    frames = np.zeros(8, np.int64)
    out, plain = np.zeros(ROOM, np.uint8), np.zeros(SHAPE_BYTES + 8, np.uint8)
    for message in messages:
        frames[:] = (0, len(message), 0, len(message), 0, 0, -1, 0)
        view = np.frombuffer(message + b" ", np.uint8)
        size = shape_into(view, frames, out, plain, SIGNS, LETTERS, 0, common_words())
        assert out[:size].tobytes() == mask(message)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=80) | st.text("ab01-+./: \u00e9", max_size=60).map(str.encode))
def test_the_hash_of_a_message_is_that_of_its_shape(message: bytes) -> None:
    shape = mask(message)
    text, written = faced(message), faced(shape)

    with np.errstate(over="ignore"):
        told = message_hash(text.text, text.wide, 0, len(message), SIGNS, NO_LEAD)
        wanted = shape_hash(written.text, written.wide, 0, len(shape), NO_LEAD)

    assert told == wanted


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=40), st.integers(0, 40))
def test_bytes_are_found_eight_at_a_time_as_they_are_one_by_one(block: bytes, at: int) -> None:
    text = faced(block)
    digits = [place for place, sign in enumerate(block) if place >= at and chr(sign) in "0123456789"]
    special = [place for place, sign in enumerate(block) if place >= at and (sign < 32 or sign in b'"\\')]

    with np.errstate(over="ignore"):
        assert next_digit(text.wide, at, len(block)) == min(digits, default=len(block))
        assert next_special(text.wide, at, len(block)) == min(special, default=len(block))


_signs = st.one_of(
    st.sampled_from([b"failed", b"(request", b"u#p", b"Retry,", b"0", b"\t", b"zq"]), st.binary(max_size=9)
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_signs, max_size=14).map(b" ".join), st.integers(1, 4))
def test_folding_in_python_is_what_the_kernel_does(message: bytes, level: int) -> None:
    message = message.replace(b"\x1f", b"")
    text = np.frombuffer(message + b" ", np.uint8).copy()
    with np.errstate(over="ignore"):
        end = fold_into(text, 0, len(message), level, common_words())

    assert fold(message, level) == text[:end].tobytes()
