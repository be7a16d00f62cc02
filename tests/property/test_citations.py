"""What a finding cites stands at its place in the redacted artefact: for samples of every topic, whole and damaged."""

from datetime import UTC, datetime
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sevline.bench.examination import ArtifactHead
from sevline.bench.judging import judge
from sevline.bench.reading import Reading
from sevline.core.checks import every_check
from sevline.core.finding import State, run
from sevline.core.leading import led
from sevline.core.readers.place import Places
from sevline.core.redaction import Redactor
from tests.evidence import SAMPLES
from tests.unit.bench.test_foreign_files import FILES

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TOLD = {State.FAIL, State.WARN, State.PASS}
LARGEST = 200_000


@cache
def samples() -> tuple[tuple[str, bytes], ...]:
    kept = [(path.name, path.read_bytes()) for path in sorted(SAMPLES.rglob("*")) if path.is_file()]
    made = [(name, text.encode()) for name, text in FILES.items()]
    return tuple((name, data) for name, data in (*kept, *made) if len(data) <= LARGEST and not name.endswith(".gz"))


def lost(name: str, data: bytes) -> list[tuple[str, str]]:
    """Citations whose place does not stand in the redacted artefact, is empty, or holds something else when read anew.

    `judge` climbs to the next place that exists; a check has to name one that does. Only a column may move, since what
    is redacted is shorter.
    """
    stored: dict[str, bytes] = {}

    def store(head: ArtifactHead, redacted: bytes) -> None:
        stored[head.id] = redacted

    reading = Reading(Redactor(bytes(range(32))), store, None)
    reading.read(name, data)
    reading.around(NOW)
    named = led(run(reading.evidence, every_check()))
    return [
        (finding.check_id, own.locator)
        for finding, shown in zip(named, judge(reading), strict=True)
        if finding.state in TOLD
        for own, cited in zip(finding.evidence, shown.evidence, strict=True)
        if _place(own.locator) != _place(cited.locator)
        or not cited.excerpt
        or Places.of(reading.places[cited.artifact].form, stored[cited.artifact]).excerpt(cited.locator)
        != cited.excerpt
    ]


def _place(locator: str) -> str:
    return locator if locator[:1] == "/" else locator.partition(":")[0]


@pytest.mark.slow
def test_every_place_that_a_sample_is_cited_at_stands_in_the_redacted_artefact() -> None:
    assert {name: places for name, data in samples() if (places := lost(name, data))} == {}


@pytest.mark.slow
@given(st.data())
@settings(max_examples=60, deadline=None)
def test_every_place_that_a_damaged_sample_is_cited_at_stands_there_too(drawn: st.DataObject) -> None:
    name, data = drawn.draw(st.sampled_from(samples()))
    end = drawn.draw(st.integers(len(data) // 2, len(data)))
    where = drawn.draw(
        st.lists(st.tuples(st.integers(0, max(end - 1, 0)), st.binary(min_size=1, max_size=4)), max_size=3)
    )
    damaged = bytearray(data[:end])
    for at, piece in where:
        damaged[at : at + len(piece)] = piece

    assert lost(name, bytes(damaged)) == []
