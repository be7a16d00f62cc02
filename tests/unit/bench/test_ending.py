"""A reading that has to end before its evidence does keeps what it read, and says that it is a part."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.unit.bench.examining import KEY, Kept

from sevline.bench.ending import Ending
from sevline.bench.examination import Artifact, ArtifactHead, ArtifactState
from sevline.bench.examine import Source, examine_together
from sevline.bench.limits import Limits
from sevline.bench.reading import Reading
from sevline.core.redaction import Redactor

START = datetime(2026, 3, 4, tzinfo=UTC)


def log(lines: int) -> bytes:
    """Each of about 100 bytes."""
    return b"".join(
        f"{START + timedelta(seconds=number):%Y-%m-%dT%H:%M:%SZ} INFO order {number} of the morning was packed and "
        f"handed over to the carrier in {number % 97} ms\n".encode()
        for number in range(lines)
    )


def read(data: bytes, ending: Ending) -> tuple[Reading, Artifact, bytes]:
    kept: list[bytes] = []

    def emit(head: ArtifactHead, content: bytes) -> None:
        kept.append(content)

    reading = Reading(Redactor(KEY), emit, None, arrived=START, ending=ending)
    reading.begin("", None, START)
    reading.read("app.log", data)
    return reading, reading.artifacts[0], b"".join(kept)


def test_a_log_for_which_the_time_is_too_short_is_read_in_part_and_says_so() -> None:
    data = log(160_000)
    reading, artifact, kept = read(data, Ending(Limits(cpu_seconds=0)))
    records = sum(pattern.count for pattern in reading.patterns)

    assert artifact.state is ArtifactState.PARTIAL
    assert "of processor time, of 0 s in all. Its last " in artifact.reason
    assert "Its patterns are those of its first 1,048,576 of " in artifact.reason
    assert 0 < kept.count(b"\n") < data.count(b"\n")
    assert 0 < records < kept.count(b"\n")


def test_a_log_for_which_there_is_time_is_read_whole() -> None:
    data = log(20_000)
    reading, artifact, kept = read(data, Ending(Limits(cpu_seconds=36_000)))

    assert (artifact.state, artifact.reason) == (ArtifactState.READ, "")
    assert sum(pattern.count for pattern in reading.patterns) == kept.count(b"\n") == 20_000


@pytest.mark.slow
def test_what_a_person_stops_is_kept_as_far_as_it_was_read() -> None:
    kept = Kept()
    data = log(900_000)
    found = examine_together(
        [Source("app.log", [data], arrived=START)], key=KEY, at=None, store=lambda _: kept, stopped=lambda: True
    )

    assert found.refused == ""
    assert "A person stopped the reading after " in found.notes[0]
    assert found.artifacts[0].state is ArtifactState.PARTIAL
    assert 0 < sum(pattern.count for pattern in found.patterns) < 900_000
    assert kept.getvalue()
