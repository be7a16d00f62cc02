"""When a check counts as shown by its tests: a fault found, silence on what is healthy, a question for what lacks."""

import pytest

from sevline.core.finding import State
from tests.showing import Run, shown_by

ASKS = Run(frozenset({State.NOT_EVALUATED}), was_given=False)
FAULT = Run(frozenset({State.FAIL}), was_given=True)
BOTH = Run(frozenset({State.FAIL, State.PASS}), was_given=True)
NOTE = Run(frozenset({State.INFO}), was_given=True)
WELL = Run(frozenset({State.PASS}), was_given=True)
SILENT = Run(frozenset(), was_given=True)
IDLE = Run(frozenset(), was_given=False)


@pytest.mark.parametrize(
    ("runs", "notes", "told"),
    [
        ([FAULT, WELL, ASKS], False, {"found", "silent", "missing"}),
        ([FAULT, SILENT, ASKS], False, {"found", "silent", "missing"}),
        ([FAULT, IDLE, ASKS], False, {"found", "missing"}),
        ([FAULT, NOTE, ASKS], False, {"found", "silent", "missing"}),
        ([BOTH, ASKS], False, {"found", "missing"}),
        ([NOTE, WELL, ASKS], True, {"found", "silent", "missing"}),
        ([NOTE, ASKS], True, {"found", "missing"}),
        ([WELL, ASKS], False, {"silent", "missing"}),
    ],
)
def test_a_run_counts_for_what_it_shows_and_for_nothing_else(runs: list[Run], notes: bool, told: set[str]) -> None:
    assert shown_by(runs, notes=notes) == told
