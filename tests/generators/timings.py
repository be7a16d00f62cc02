"""Seeded timings as `curl -w` writes them, and requests with durations whose truth is known."""

import json
import random
from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PHASES = ("dns", "connect", "ssl", "wait", "receive")


def curl_timings(count: int, *, slow: str = "", seed: int = 1) -> tuple[str, float]:
    """JSON lines of `curl -w '%{json}'`; one phase is slow. Returns them and the longest total in seconds."""
    rng = random.Random(seed)
    lines, longest = [], 0.0
    for _ in range(count):
        took = {phase: rng.uniform(0.005, 0.04) + (12.0 if phase == slow else 0.0) for phase in PHASES}
        clock = 0.0
        values: dict[str, object] = {
            "http_code": 200,
            "url_effective": "https://api.example.com/v1/orders",
            "exitcode": 0,
        }
        for phase, name in zip(PHASES, ("namelookup", "connect", "appconnect", "starttransfer", "total"), strict=True):
            clock += took[phase]
            values[f"time_{name}"] = round(clock, 6)
        values["time_pretransfer"] = values["time_appconnect"]
        longest = max(longest, clock)
        lines.append(json.dumps(values))
    return "\n".join(lines) + "\n", longest


def requests(
    count: int, *, p95: float, slow_endpoint: str = "", factor: float = 1.0, begin: float = 0.0, seed: int = 1
) -> str:
    """CSV of requests whose p95 is `p95` ms: 5 % and one above it. One endpoint may be slower by a factor."""
    rng = random.Random(seed)
    lines = ["timestamp,duration_ms,endpoint,tenant_id,status_code"]
    for number in range(count):
        at = START + timedelta(seconds=begin + number * 0.1)
        endpoint = f"/v1/{('orders', 'users', 'reports', 'search')[number % 4]}"
        took = p95 * (rng.uniform(1.0, 1.3) if rng.random() < 0.05 else rng.uniform(0.1, 0.999))
        took *= factor if endpoint == slow_endpoint else 1.0
        lines.append(f"{at.isoformat()},{took:.3f},{endpoint},t{number % 11},200")
    return "\n".join(lines) + "\n"
