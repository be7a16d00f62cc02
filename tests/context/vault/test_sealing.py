"""Sealed bytes come out as they went in, or not at all."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevline.vault import sealing

KEY = bytes(range(32))


def sealed(plain: bytes, about: str = "a file") -> bytes:
    return b"".join(sealing.seal_stream(KEY, [plain], about))


def opened(data: bytes, about: str = "a file", piece: int = 65_536) -> bytes:
    pieces = (data[start : start + piece] for start in range(0, len(data), piece))
    return b"".join(sealing.unseal_stream(KEY, pieces, about))


@given(st.lists(st.binary(max_size=200), max_size=30), st.integers(1, 4000))
def test_a_stream_opens_whatever_the_block_sizes(blocks: list[bytes], piece: int) -> None:
    data = b"".join(sealing.seal_stream(KEY, blocks, "a file"))

    assert opened(data, piece=piece) == b"".join(blocks)


@pytest.mark.parametrize("length", [0, 1, sealing.CHUNK - 1, sealing.CHUNK, sealing.CHUNK + 1, 2 * sealing.CHUNK])
def test_chunk_borders_are_no_special_case(length: int) -> None:
    plain = os.urandom(length)

    assert opened(sealed(plain)) == plain


def test_a_cut_stream_is_noticed() -> None:
    data = sealed(os.urandom(2 * sealing.CHUNK + 10))
    first_chunk_only = data[: 11 + sealing.CHUNK + 16]

    with pytest.raises(sealing.Unreadable):
        opened(first_chunk_only)


def test_chunks_cannot_change_places() -> None:
    data = sealed(os.urandom(3 * sealing.CHUNK))
    head, size = data[:11], sealing.CHUNK + 16
    first, second, rest = data[11 : 11 + size], data[11 + size : 11 + 2 * size], data[11 + 2 * size :]

    with pytest.raises(sealing.Unreadable):
        opened(head + second + first + rest)


@given(st.integers(0, 200), st.binary(min_size=1, max_size=1))
def test_a_changed_byte_is_noticed(place: int, byte: bytes) -> None:
    data = bytearray(sealed(b"what was said" * 20))
    position = place % len(data)
    data[position] ^= byte[0] | 1

    with pytest.raises(sealing.Unreadable):
        opened(bytes(data))


def test_a_file_does_not_open_under_another_name() -> None:
    with pytest.raises(sealing.Unreadable):
        opened(sealed(b"x", "one file"), "another file")


def test_the_plain_text_is_not_in_the_sealed_stream() -> None:
    assert b"hunter2" not in sealed(b"password=hunter2")


def test_keys_for_two_purposes_differ() -> None:
    assert sealing.derive(KEY, "seal") != sealing.derive(KEY, "pseudonyms")
