"""When a check counts as shown by its tests: a fault found, silence on what is healthy, a question for what lacks."""

import pytest
from benchmarks.diagnostics import _shown

from sevline.core.finding import State

ASKS = frozenset({State.NOT_EVALUATED})
FAULT = frozenset({State.FAIL})
BOTH = frozenset({State.FAIL, State.PASS})
NOTE = frozenset({State.INFO})
WELL = frozenset({State.PASS})


@pytest.mark.parametrize(
    ("runs", "told"),
    [
        ({FAULT, WELL, ASKS}, {"found", "silent", "missing"}),
        ({FAULT, frozenset(), ASKS}, {"found", "silent", "missing"}),
        ({FAULT, NOTE, ASKS}, {"found", "silent", "missing"}),
        ({BOTH, ASKS}, {"found", "missing"}),
        ({NOTE, WELL, ASKS}, {"found", "silent", "missing"}),
        ({NOTE, ASKS}, {"found", "missing", "describes"}),
        ({WELL, ASKS}, {"silent", "missing"}),
    ],
)
def test_a_run_counts_for_what_it_shows_and_for_nothing_else(runs: set[frozenset[State]], told: set[str]) -> None:
    assert _shown(runs) == told
