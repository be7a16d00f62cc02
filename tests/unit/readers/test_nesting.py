"""How deep JSON nests is counted in pieces, and strings and escapes in it count for nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sevline.core.readers import jsontext
from sevline.core.readers.jsontext import MAX_DEPTH, BadJsonError, decode, too_deep


@pytest.mark.parametrize(("depth", "expected"), [(MAX_DEPTH, False), (MAX_DEPTH + 1, True)])
def test_one_level_more_than_the_limit_is_too_deep(depth: int, expected: bool) -> None:
    flat = b'{"a":[]},' * 1_000
    assert too_deep(b"[" + flat + b"[" * (depth - 1) + b"]" * (depth - 1) + b"]") is expected


def test_brackets_in_strings_do_not_nest_whatever_is_escaped_before_them() -> None:
    inside = b'"' + b'\\\\\\"[' * 5_000 + b'\\\\"'
    assert not too_deep(b"[" + inside + b"," + inside + b"]")


@settings(deadline=None)
@given(st.text('[]"\\a', min_size=600, max_size=2_000), st.integers(1, 40))
def test_the_length_of_a_piece_does_not_change_the_answer(text: str, piece: int) -> None:
    data = b"[" * 400 + text.encode()
    whole = too_deep(data)

    kept, jsontext.PIECE = jsontext.PIECE, piece
    try:
        in_pieces = too_deep(data)
    finally:
        jsontext.PIECE = kept

    assert in_pieces is whole


@pytest.mark.parametrize("opens", ["[", '{"a":'])
@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 5_000, 300_000])
def test_what_nests_too_deep_is_refused_in_the_same_words_whole_or_cut(opens: str, depth: int) -> None:
    closes = "]" if opens == "[" else "}"
    whole = f"{opens * depth}1{closes * depth}".encode()

    for data in (whole, whole[:-1], b"[1," + whole):
        with pytest.raises(BadJsonError, match=f"deeper than {MAX_DEPTH} levels"):
            decode(data)


@pytest.mark.parametrize("opens", ["[", '{"a":'])
def test_what_nests_as_deep_as_allowed_is_read(opens: str) -> None:
    closes = "]" if opens == "[" else "}"

    assert decode(f"{opens * MAX_DEPTH}1{closes * MAX_DEPTH}".encode())
