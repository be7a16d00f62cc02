"""A log cut into parts, summarised apart and added up, is the log read whole."""

import gzip
import os
import signal
from datetime import UTC, datetime
from functools import reduce
from io import BytesIO
from operator import add
from pathlib import Path

import pytest

from sevline.bench.logs import Part, Source, in_pool, kept_when_stopped, on_ray, split, summarise
from sevline.core.mining import LogState

TRACE = b'Traceback (most recent call last):\n  File "a.py", line 3, in b\nValueError: no\n'


def line(number: int) -> bytes:
    at = f"2026-03-01T10:{number // 60 % 60:02}:{number % 60:02}.{number % 1000:03}Z"
    level = ("INFO", "ERROR")[number % 7 == 0]
    return f"{at} {level} request {number} of user u{number % 50} took {number % 90} ms\n".encode()


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "a.log"
    path.write_bytes(b"".join(line(number) + TRACE * (number % 11 == 0) for number in range(3000)))
    return path


def whole(path: Path) -> LogState:
    return summarise(Part(str(path), "a.log"))


def test_parts_are_cut_where_records_begin_and_sum_to_the_whole(log: Path) -> None:
    parts = split(Part(str(log), "a.log"), 4, least=1)

    assert len(parts) == 4
    assert reduce(add, map(summarise, reversed(parts))) == whole(log)


def test_lines_keep_their_numbers_in_every_part(log: Path) -> None:
    lines = log.read_bytes().split(b"\n")
    last = split(Part(str(log), "a.log"), 4, least=1)[-1]

    examples = [example for stat in summarise(last).shapes.values() for example in stat.examples.values()]

    assert examples
    assert all(lines[example.line_no - 1].endswith(example.text.partition(b"\n")[0]) for example in examples)


def test_a_packed_log_is_one_part(tmp_path: Path, log: Path) -> None:
    packed = tmp_path / "a.log.gz"
    packed.write_bytes(gzip.compress(log.read_bytes()))

    assert split(Part(str(packed), "a"), 4, least=1) == [Part(str(packed), "a")]


def test_a_window_holds_in_every_part(log: Path) -> None:
    since = datetime(2026, 3, 1, 10, 20, tzinfo=UTC)
    part = Part(str(log), "a.log", since=since)

    assert reduce(add, map(summarise, split(part, 3, least=1))) == summarise(part)


class Stopped(BytesIO):
    """A log during whose fourth read a person presses Ctrl-C."""

    reads = 0

    def read(self, size: int | None = -1) -> bytes:
        self.reads += 1
        if self.reads == 4:
            os.kill(os.getpid(), signal.SIGINT)
        return super().read(size)


def test_what_was_read_until_a_person_stopped_it_is_kept_and_marked() -> None:
    text = b"".join(map(line, range(100_000)))
    written = datetime(2026, 3, 1, tzinfo=UTC)
    part = Part("a.log", "a.log", opener=lambda path: Source(Stopped(text), len(text), written))

    with kept_when_stopped() as signals:
        state = summarise(part)

    assert signals == [signal.SIGINT]
    assert 10_000 < state.records < 100_000
    assert any(note.endswith("this is a part of the log only.") for note in state.sources["a.log"].notes)


@pytest.mark.slow
def test_a_pool_of_processes_gives_the_same(log: Path) -> None:
    assert in_pool(split(Part(str(log), "a.log"), 4, least=1), 2) == whole(log)


@pytest.mark.slow
def test_a_local_ray_gives_the_same(log: Path) -> None:
    pytest.importorskip("ray")

    assert on_ray(split(Part(str(log), "a.log"), 4, least=1)) == whole(log)
