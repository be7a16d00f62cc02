"""A million lines go in, and forty of them that belong to a burst stand out."""

import json
import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

LINES, BURST, SIZE = 1_000_000, 40, 300_000_000
CPU_SECONDS, MEMORY = 120, 2 * 2**30
BEGUN = datetime(2026, 3, 2, tzinfo=UTC)
SURFACED = """
import json, resource, sys
from datetime import UTC, datetime
from pathlib import Path
from sevline.core.mining.jit import choose_compiled
choose_compiled()
from sevline.core.mining import mine
from sevline.core.mining.surfacing.adapter import counts_of
from sevline.core.mining.surfacing.cards import surface
with Path(sys.argv[1]).open("rb") as stream:
    state = mine(iter(lambda: stream.read(1 << 20), b""), source="app.log", reference=datetime(2026, 4, 1, tzinfo=UTC))
told = surface(counts_of(pattern) for pattern in state.patterns())
cards = [(card.kind, card.pattern.template, card.count) for card in told.cards[:5]]
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"records": state.records, "cards": cards, "peak": peak}))
"""


def lines() -> Iterator[str]:
    """A day of 200 statements of a shop, about 300 bytes a line; at 14:03 one of them fails forty times in a minute."""
    chance = random.Random(67)
    words = [f"{''.join(chance.choices('bdfgklmnprst', k=4))}" for _ in range(400)]
    statements = [" ".join(chance.choices(words, k=6)) for _ in range(200)]
    levels = chance.choices(("INFO", "INFO", "INFO", "DEBUG", "WARN", "ERROR"), k=200)
    padding = "x" * 200
    at_burst = LINES * (14 * 60 + 3) // (24 * 60) + 100
    for number in range(LINES):
        at = BEGUN + timedelta(days=1) * (number / LINES)
        stamp = f"{at:%Y-%m-%dT%H:%M:%S.%f}Z"
        if at_burst <= number < at_burst + BURST:
            yield f"{stamp} ERROR ledger refused the posting of order {number} {padding}\n"
            continue
        kind = min(int(chance.expovariate(0.02)), 199)
        told = f"order={chance.getrandbits(40)} took {chance.randrange(900)} ms ref={chance.getrandbits(64):016x}"
        yield f"{stamp} {levels[kind]} {statements[kind]} {told} {padding}\n"


def bounded() -> None:
    """The kernel ends a process that uses more CPU time."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


@pytest.mark.slow
@pytest.mark.requirement("R-067")
def test_a_million_lines_are_read_within_the_bounds_and_forty_that_burst_are_among_the_first_five(
    tmp_path: Path,
) -> None:
    log = tmp_path / "app.log"
    with log.open("w", encoding="utf-8") as out:
        out.writelines(lines())

    done = subprocess.run(
        [sys.executable, "-c", SURFACED, str(log)], preexec_fn=bounded, capture_output=True, text=True, check=True
    )  # fmt: skip
    told = json.loads(done.stdout)

    assert log.stat().st_size >= SIZE
    assert told["records"] == LINES
    assert [card for card in told["cards"] if "ledger refused the posting" in card[1] and card[2] == BURST]
    assert told["peak"] <= MEMORY
