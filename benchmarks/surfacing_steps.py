"""How often a rate that steps and stays is seen without being told of the deploy, and how often one is seen where none
was: the logs of `benchmarks.surfacing`. Seeds 1 to 4 were looked at while the rules were written.

What is new is told as what began (see `core/mining/surfacing/begun.py`), so it is no step here.
"""

import time
from collections.abc import Iterator

import numpy as np

from benchmarks.surfacing_made import QUIET, simulate
from sevline.core.mining.surfacing.silences import Silences
from sevline.core.mining.surfacing.stepping import steps_within

SETTINGS = ((4, 120), (8, 120), (30, 120), (76, 120), (7 * 24 + 4, 120))
HEAD = (
    "Log before the deploy", "Log after it", "Steps found", "Found", "False", "False, of quiet", "Minute off, median",
    "CPU time",
)  # fmt: skip


def rows(seeds: range) -> Iterator[tuple[str, ...]]:
    for hours, after in SETTINGS:
        stepped = found = false = 0
        seconds, errors = 0.0, list[int]()
        for seed in seeds:
            case = simulate(seed, hours=hours, after=after)
            whole = Silences(case.table.patterns, of_one_file=False).whole
            begun = time.process_time()
            told = steps_within(case.table.patterns, whole)
            seconds += time.process_time() - begun
            said = {int(told.table.patterns[one.change.row].id): one.moment for one in told.steps}
            wanted = {row for row, kind in case.injected.items() if kind != "new"}
            stepped += len(wanted)
            found += len(said.keys() & wanted)
            false += len(said.keys() - case.injected.keys())
            errors += [abs(said[row] - case.onsets[row]) for row in said.keys() & wanted]
        quiet = QUIET * len(seeds)
        yield (
            f"{hours} h" if hours < 48 else f"{hours // 24} days", f"{after} min", f"{found / stepped:.1%}",
            f"{found:,} of {stepped:,}", f"{false / quiet:.2%}", f"{false:,} of {quiet:,}",
            f"{np.median(errors):.0f} min", f"{seconds / len(seeds):.2f} s",
        )  # fmt: skip
