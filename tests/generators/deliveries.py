"""Seeded webhook delivery histories with known truth."""

import csv
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import StringIO

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WAITS = (5, 300, 1_800, 7_200)
HEADER = (
    "event_id",
    "attempt",
    "attempted_at",
    "event_time",
    "status_code",
    "duration_ms",
    "endpoint",
    "tenant_id",
    "error",
)


@dataclass
class History:
    """`lost` and `doubled` are event ids; `rows` are attempts in the order of their times."""

    rows: list[dict[str, object]] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    doubled: set[str] = field(default_factory=set)

    def csv(self) -> str:
        out = StringIO()
        writer = csv.DictWriter(out, HEADER, lineterminator="\n")
        writer.writeheader()
        writer.writerows(self.rows)
        return out.getvalue()


def history(events: int, *, lost: int = 0, doubled: int = 0, retried: int = 0, seed: int = 1) -> History:
    """`events` events a minute apart, of which so many are lost, delivered twice, or delivered at the third attempt."""
    rng = random.Random(seed)
    made = History()
    chosen = rng.sample(range(events), lost + doubled + retried)
    kinds = dict.fromkeys(chosen[:lost], "lost") | dict.fromkeys(chosen[lost : lost + doubled], "doubled")
    kinds |= dict.fromkeys(chosen[lost + doubled :], "retried")
    for number in range(events):
        name, kind = f"evt_{seed}_{number:06d}", kinds.get(number, "plain")
        failing = {"lost": len(WAITS) + 1, "retried": 2}.get(kind, 0)
        at = START + timedelta(minutes=number)
        for attempt in range(1, failing + 1):
            made.rows.append(_row(name, attempt, at, number, 503, rng))
            at += timedelta(seconds=WAITS[min(attempt, len(WAITS)) - 1])
        if kind == "lost":
            made.lost.add(name)
            continue
        made.rows.append(_row(name, failing + 1, at, number, 200, rng))
        if kind == "doubled":
            made.doubled.add(name)
            made.rows.append(_row(name, failing + 2, at + timedelta(seconds=9), number, 200, rng))
    made.rows.sort(key=lambda row: (str(row["attempted_at"]), str(row["event_id"])))
    return made


def _row(name: str, attempt: int, at: datetime, number: int, status: int, rng: random.Random) -> dict[str, object]:
    return {
        "event_id": name,
        "attempt": attempt,
        "attempted_at": at.isoformat(),
        "event_time": (START + timedelta(minutes=number)).isoformat(),
        "status_code": status,
        "duration_ms": round(rng.uniform(40, 400), 1),
        "endpoint": "https://hooks.example.com/in",
        "tenant_id": f"t{number % 7}",
        "error": "" if status < 400 else "Service Unavailable",
    }
