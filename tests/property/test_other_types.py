"""Evidence in which fields hold something else than they should: readers and checks say what they can, none errs."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sevline.bench.apart import UNEXPECTED
from sevline.bench.judging import judge
from sevline.bench.reading import Reading
from sevline.core.finding import ERRED
from sevline.core.redaction import Redactor
from tests.property.test_citations import samples

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
REDACTOR = Redactor(bytes(range(32)))
ODD: list[Any] = [
    None,
    True,
    0,
    -1,
    1e308,
    "",
    [],
    {},
    "x" * 50,
    "2026-13-45T99:99:99Z",
    "NaN",
    10**25,
    [[]],
    {"a": None},
    "\0",
    "\ud800",
    "http://[::1",
    "9999-12-31T23:59:59-14:00",
    10**400,
]


@cache
def documents() -> tuple[tuple[str, Any], ...]:
    """Samples of every topic that are JSON."""
    found = []
    for name, data in samples():
        try:
            found.append((name, json.loads(data)))
        except ValueError:
            continue
    return tuple(found)


def changed(value: Any, chance: Callable[[], float], odd: Callable[[], Any]) -> Any:
    """The value with some fields left out, and some that hold something else."""
    if chance() < 0.04:
        return odd()
    if isinstance(value, dict):
        return {key: changed(one, chance, odd) for key, one in value.items() if chance() > 0.03}
    if isinstance(value, list):
        return [changed(one, chance, odd) for one in value if chance() > 0.03]
    return value


def erring(files: list[tuple[str, bytes]]) -> list[str]:
    """What says that a reader or check erred."""
    reading = Reading(REDACTOR, lambda _head, _data: None, None)
    for name, data in files:
        reading.read(name, data)
    reading.around(NOW)
    told = [finding.check_id for finding in judge(reading) if ERRED in finding.title]
    return told + [artifact.name for artifact in reading.artifacts if UNEXPECTED in artifact.reason]


@pytest.mark.slow
@given(st.data())
@settings(max_examples=120, deadline=None, phases=(Phase.generate,))  # to shrink a recording takes minutes
def test_no_reader_and_no_check_errs_on_fields_of_another_type(drawn: st.DataObject) -> None:
    random = drawn.draw(st.randoms(use_true_random=False))
    chosen = drawn.draw(st.lists(st.sampled_from(documents()), min_size=1, max_size=3, unique_by=lambda one: one[0]))

    files = [
        (name, json.dumps(changed(document, random.random, lambda: random.choice(ODD))).encode())
        for name, document in chosen
    ]

    assert erring(files) == []


@pytest.mark.slow
@given(st.data())
@settings(max_examples=80, deadline=None, phases=(Phase.generate,))
def test_none_errs_on_texts_with_lines_lost_doubled_and_mixed(drawn: st.DataObject) -> None:
    random = drawn.draw(st.randoms(use_true_random=False))
    name, data = drawn.draw(st.sampled_from(samples()))
    lines = [line for line in data.splitlines(keepends=True) if random.random() > 0.1]

    mixed = [
        b" ".join(random.sample(words := line.split(b" "), len(words))) if random.random() < 0.1 else line
        for line in lines
    ]
    doubled = [line for line in mixed for _ in range(1 + (random.random() < 0.1))]

    assert erring([(name, b"".join(doubled))]) == []
