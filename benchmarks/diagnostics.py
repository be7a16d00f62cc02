"""`make bench-diagnostics`: a large recording, two large extracts compared, and how well tests show the checks.

Times are processor seconds of the process that did the work; wall time stands beside them, since a shared machine
disturbs it. The recording is set against msgspec decoding it, the comparison against polars reading both files.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "diagnostics-figures.md"
WORDS = "the quick brown order failed customer tenant retry value payload item list page error request".split()


def recording(path: Path, megabytes: float) -> int:
    """A seeded HAR of that size; returns how many calls it holds."""
    rng = random.Random(7)
    size = calls = 0
    with path.open("w") as file:
        file.write('{"log":{"version":"1.2","creator":{"name":"benchmark","version":"1"},"entries":[')
        while size < megabytes * 1e6:
            text = json.dumps(_entry(rng, calls))
            file.write(("," if calls else "") + text)
            size += len(text)
            calls += 1
        file.write("]}}")
    return calls


def _entry(rng: random.Random, number: int) -> dict[str, object]:
    rows = [
        {"id": rng.getrandbits(40), "name": " ".join(rng.choices(WORDS, k=6)), "mail": f"u{number}@shop.example"}
        for _ in range(120)
    ]
    names = ("accept", "user-agent", "referer", "x-request-id", "accept-language", "cookie")
    headers = [{"name": name, "value": f"{rng.getrandbits(64):x}"} for name in names]
    status = 503 if number % 997 == 0 else 200
    return {
        "startedDateTime": f"2026-03-02T{number // 3600 % 24:02d}:{number // 60 % 60:02d}:{number % 60:02d}Z",
        "time": 40.0,
        "request": {"method": "GET", "url": f"https://api.shop.example/v1/orders?page={number}", "headers": headers},
        "response": {
            "status": status,
            "headers": headers,
            "content": {"mimeType": "application/json", "text": json.dumps(rows)},
        },
        "timings": {"send": 1, "wait": 38, "receive": 1},
    }


def extracts(folder: Path, rows: int) -> tuple[Path, Path]:
    """Two CSV files of ten columns: 188 rows are missing in the second, 1,000 differ, and its order is another one."""
    import numpy as np
    import polars as pl

    rng = np.random.default_rng(5)
    at = pl.Series(np.int64(1_772_442_000) + np.sort(rng.integers(0, 30 * 86_400, rows))) * 1_000_000
    frame = pl.DataFrame(
        {
            "id": np.arange(1, rows + 1),
            "tenant_id": rng.integers(1, 500, rows),
            "contact": pl.Series(rng.integers(0, 1 << 40, rows)).cast(pl.String) + "@shop.example",
            "status": rng.choice(["open", "paid", "void"], rows),
            "amount": np.round(rng.random(rows) * 1_000, 2),
            "quantity": rng.integers(1, 99, rows),
            "sku": rng.integers(0, 1 << 30, rows),
            "note": rng.integers(0, 1 << 50, rows),
            "flag": rng.integers(0, 2, rows) == 1,
            "updated_at": at.cast(pl.Datetime("us")).dt.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
    )
    source, target = folder / "source.csv", folder / "target.csv"
    frame.write_csv(source)
    number = pl.int_range(pl.len())
    lost, changed = rng.choice(rows, 188, replace=False), rng.choice(rows, 1_000, replace=False)
    status = pl.when(number.is_in(changed.tolist())).then(pl.col("status") + "x").otherwise(pl.col("status"))
    frame.with_columns(status.alias("status")).filter(~number.is_in(lost.tolist())).sample(
        fraction=1.0, shuffle=True, seed=1
    ).write_csv(target)
    return source, target


def measured(what: str, *arguments: str) -> dict[str, float]:
    """One step of this file in a process of its own: what it prints, with its processor time and peak memory in MB."""
    began = time.perf_counter()
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    command = [sys.executable, "-m", "benchmarks.diagnostics", "--step", what, *arguments]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(run.stdout.strip().splitlines()[-1])
    return told | {"wall": time.perf_counter() - began}


def step_examine(path: str) -> dict[str, float]:
    """The recording through the parser process, exactly as `sevline analyze` reads it."""
    return _examined(path)


def step_ready(path: str) -> dict[str, float]:
    """As `step_examine` where a parser stands ready, as in a worker of the workbench: it has read a file before."""
    before = _examined(path, ends=False)
    return _examined(path) | {"before": before["inner"]}


def _examined(path: str, *, ends: bool = True) -> dict[str, float]:
    from sevline.bench.examine import Source, examine_together
    from sevline.bench.limits import Limits
    from sevline.bench.nursery import nursery

    began = time.perf_counter()
    with Path(path).open("rb") as stream:
        chunks = iter(lambda: stream.read(1 << 20), b"")
        result = examine_together(
            [Source("a.har", chunks)],
            key=bytes(32),
            at=None,
            limits=Limits(cpu_seconds=900, wall_seconds=3_600, resident=8 << 30, address_space=16 << 30),
            store=_nowhere,
        )
    inner = time.perf_counter() - began
    if ends:
        nursery.end()  # only then the parser's processor time is known here
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = used.ru_utime + used.ru_stime
    return {"cpu": seconds, "peak": used.ru_maxrss / 1024, "findings": len(result.findings), "inner": inner}


class _Nowhere:
    def write(self, data: bytes, /) -> int:
        return len(data)

    def close(self) -> None:
        return


def _nowhere(_head: object) -> _Nowhere:
    return _Nowhere()


def step_decode(path: str) -> dict[str, float]:
    import msgspec

    data = Path(path).read_bytes()
    began = time.process_time()
    msgspec.json.decode(data)
    return {"cpu": time.process_time() - began}


def step_compare(source: str, target: str) -> dict[str, float]:
    from sevline.core.redaction.pseudonym import Pseudonyms
    from sevline.core.sync import Extract
    from sevline.core.sync.compare import compared

    def extract(path: str, side: str) -> Extract:
        data = Path(path).read_bytes()
        columns = tuple(data.split(b"\n", 1)[0].decode().split(","))
        return Extract("a1", path, data, "csv", ",", columns, ("id",), "tenant_id", "updated_at", side=side)

    both = extract(source, "source"), extract(target, "target")
    began = time.process_time()
    document = compared(*both, Pseudonyms(bytes(32)).token)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    counts = document["counts"]
    return {
        "cpu": time.process_time() - began,
        "peak": peak,
        "missing": counts["only_source"],
        "differing": counts["differing"],
    }


def step_read(source: str, target: str) -> dict[str, float]:
    import polars as pl

    began = time.process_time()
    rows = sum(pl.read_csv(path, infer_schema=False).height for path in (source, target))
    return {"cpu": time.process_time() - began, "rows": rows}


def step_shown(*folders: str) -> dict[str, float]:
    """Runs the tests of the checks and counts of which samples they hold, run by run (`tests.showing`)."""
    import pytest
    from tests.showing import BAD, Sample, noting, shown_by

    from sevline.core.checks import every_check

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    sys.stdout = sys.stderr
    with noting() as seen:
        failed = pytest.main(["-q", "-p", "no:cacheprovider", *folders])
    sys.stdout = sys.__stdout__
    known = [check.id for check in every_check()]
    notes = {each: not any(run.states & BAD for run in seen.get(each, ())) for each in known}
    shown = {each: shown_by(seen.get(each, ()), notes=notes[each]) for each in known}
    lacking = [f"{each}: {', '.join(sorted(set(Sample) - shown[each]))}" for each in known if set(Sample) - shown[each]]
    print("\n".join(lacking), file=sys.stderr)
    counts = {str(sample): sum(1 for each in known if sample in shown[each]) for sample in Sample}
    return {"checks": len(known), "failed": int(failed), **counts}


STEPS: dict[str, Callable[..., dict[str, float]]] = {
    "examine": step_examine,
    "ready": step_ready,
    "decode": step_decode,
    "compare": step_compare,
    "read": step_read,
    "shown": step_shown,
}


def table(megabytes: float, rows: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        large, middle, small = (Path(folder, f"{size}.har") for size in ("large", "middle", "small"))
        calls = recording(large, megabytes)
        recording(middle, 50)
        recording(small, 5)
        first, ready, half, whole, decoded = (
            measured("examine", str(small)),
            measured("ready", str(small)),
            measured("examine", str(middle)),
            measured("examine", str(large)),
            measured("decode", str(large)),
        )
        large.unlink()
        source, target = extracts(Path(folder), rows)
        sync, read = measured("compare", str(source), str(target)), measured("read", str(source), str(target))
    shown = measured("shown", "tests/unit/checks", "tests/unit/readers")
    load = os.getloadavg()[0]
    lines = [
        "# Figures of the diagnostics bench",
        "",
        (
            "Written by `make bench-diagnostics` in one run; processor seconds are of the process that did the "
            "work, wall seconds"
        ),
        f"include its start and were disturbed by a load of {load:.1f} on {os.cpu_count()} processors.",
        "",
        "| What | Bar | Processor s | Wall s | Peak MB | Against its peer |",
        "| --- | --- | --- | --- | --- | --- |",
        (
            f"| Recording of {megabytes:.0f} MB, {calls:,} calls: read, redacted, judged | 20 s, 1,500 MB | "
            f"{whole['cpu']:.1f} | {whole['wall']:.1f} | "
            f"{whole['peak']:,.0f} | {whole['cpu'] / decoded['cpu']:.1f} × decoding the JSON |"
        ),
        (f"| Recording of 50 MB | 10 s, 1,000 MB | {half['cpu']:.1f} | {half['wall']:.1f} | {half['peak']:,.0f} | |"),
        (
            f"| Recording of 5 MB, to its findings, by a command | 2 s | {first['cpu']:.1f} | {first['wall']:.1f} | "
            f"{first['peak']:,.0f} | |"
        ),
        (
            "| The same where a parser stands ready, as in a worker of the workbench | 2 s | | "
            f"{ready['inner']:.1f} | {ready['peak']:,.0f} | |"
        ),
        (
            f"| {rows:,} × {rows:,} rows of 10 columns compared; {sync['missing']:.0f} missing, "
            f"{sync['differing']:.0f} differing found | 60 s, 4,000 MB | "
            f"{sync['cpu']:.1f} | {sync['wall']:.1f} | {sync['peak']:,.0f} | {sync['cpu'] / read['cpu']:.1f} × "
            "reading both files |"
        ),
        "",
        f"The tests that were run for the table below {'failed' if shown['failed'] else 'passed'}.",
        "",
        "| Checks | Number |",
        "| --- | --- |",
        f"| known | {shown['checks']:.0f} |",
        f"| tests show what each finds | {shown['found']:.0f} |",
        f"| tests show it silent or passing | {shown['silent']:.0f} |",
        f"| tests show it ask for what is missing | {shown['missing']:.0f} |",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--megabytes", type=float, default=200)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--step", nargs="+", help="one step in this process; for the benchmark itself")
    given = parser.parse_args()
    if given.step:
        print(json.dumps(STEPS[given.step[0]](*given.step[1:])))
        return
    page = table(given.megabytes, given.rows)
    PAGE.write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
