"""Compressed logs are read as streams; what a damaged one still gives is kept."""

import bz2
import gzip
import io
import lzma
import zipfile

import pytest
import zstandard

from sevline.core.lifecycle import Refused
from sevline.core.readers.logs.streams import Inflow, blocks

TEXT = b"".join(b"2026-03-01 10:00:00 INFO request %d done\n" % number for number in range(20_000))


def drained(data):
    inflow = Inflow()
    return b"".join(blocks(io.BytesIO(data), inflow)), inflow


@pytest.mark.parametrize(
    ("packing", "pack"),
    [
        ("", bytes),
        ("gz", gzip.compress),
        ("bz2", bz2.compress),
        ("xz", lzma.compress),
        ("zst", zstandard.compress),
    ],
)
def test_each_packing_gives_the_text_and_counts_its_bytes(packing, pack):
    data = pack(TEXT)
    text, inflow = drained(data)

    assert text == TEXT
    assert (inflow.packing, inflow.taken, inflow.given, inflow.notes) == (packing, len(data), len(TEXT), [])


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, zstandard.compress, bz2.compress])
def test_a_stream_that_is_cut_keeps_what_was_read_and_says_so(pack):
    data = pack(TEXT)
    text, inflow = drained(data[: len(data) * 3 // 4])

    assert TEXT.startswith(text)
    assert len(inflow.notes) == 1
    assert "ends before its end" in inflow.notes[0]


def test_a_cut_gz_keeps_most_of_its_text() -> None:
    data = gzip.compress(TEXT)
    text, _ = drained(data[: len(data) * 3 // 4])

    assert len(text) > len(TEXT) // 2


def test_a_damaged_stream_says_where() -> None:
    data = bytearray(gzip.compress(TEXT))
    data[len(data) // 2 : len(data) // 2 + 40] = b"\xff" * 40
    _, inflow = drained(bytes(data))

    assert "damaged after" in inflow.notes[0]


def test_several_members_in_one_file_are_one_text() -> None:
    text, _ = drained(gzip.compress(b"one\n") + gzip.compress(b"two\n"))

    assert text == b"one\ntwo\n"


def test_an_archive_is_refused_with_the_command_that_reads_it() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.log", "x")

    with pytest.raises(Refused, match=r"zip archive.*sevline analyze"):
        drained(held.getvalue())


def test_an_empty_stream_gives_nothing() -> None:
    assert drained(b"")[0] == b""
