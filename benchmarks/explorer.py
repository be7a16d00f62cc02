"""`make bench-explorer`: server time of the pattern explorer over an upload of a hundred thousand patterns.

Three logs of 34,000 invented statements each are packed, attached to a case of the demo desk and read by a process of
its own, as the worker does. Then, in a fresh process as the server's is, each page and fragment is asked for through
the WSGI application with every middleware. The bar: a 95th percentile of 200 ms, at most 30 queries, at most 300 kB.
Where the clock says much more than the CPU did, the machine was busy with something else.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from statistics import median

from benchmarks.web import Measured, Page, measured, session

LOGS, STATEMENTS, LINES = 3, 34_000, 130_000
BAR_MS, BAR_QUERIES, BAR_KB = 200, 30, 300
START = datetime(2026, 3, 4, tzinfo=UTC)
_PARTS = "ba be bi bo bu da de di do du fa fe ga ge ka ke ko la le li lo ma me mo na ne pa pe ra re ri sa so".split()
_VERBS = "opened closed sent received dropped retried loaded saved parsed rejected accepted started stopped".split()


def log(seed: int) -> bytes:
    """A day of records of random statements, a few of them frequent, each of one of 200 tenants."""
    rng = random.Random(seed)
    words = ["".join(rng.choices(_PARTS, k=rng.randint(2, 4))) for _ in range(30_000)]
    levels = rng.choices(("INFO", "DEBUG", "WARN", "ERROR"), (70, 18, 9, 3), k=STATEMENTS)
    texts = [f"{' '.join(rng.choices(words, k=rng.randint(4, 9)))} {rng.choice(_VERBS)}" for _ in range(STATEMENTS)]
    weights = [1 / (place + 1) ** 0.6 for place in range(STATEMENTS)]
    order = [*range(STATEMENTS), *rng.choices(range(STATEMENTS), weights, k=LINES - STATEMENTS)]
    rng.shuffle(order)
    lines = []
    for place, number in enumerate(order):
        at = START + timedelta(days=1) * place / LINES
        ending = f"{rng.randrange(10**6)} after {rng.randrange(9000)} ms"
        lines.append(
            f"{at:%Y-%m-%dT%H:%M:%S.000Z} {levels[number]} tenant=t{rng.randrange(200)} {texts[number]} {ending}"
        )
    return "\n".join(lines).encode()


def packed() -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(LOGS):
            archive.writestr(f"service-{number}.log", log(number))
    return target.getvalue()


def pages(upload: int, pattern: int, cookie: str) -> Iterator[tuple[Page, bool]]:
    """Each page, and whether it is a fragment that the page asks for."""
    whole = f"/evidence/uploads/{upload}/patterns"
    asked = {
        "list, errors first": "", "most records": "sort=count", "fewest records": "sort=rare",
        "first seen": "sort=first", "last seen": "sort=last", "a page in the middle": "page=1000",
        "the last page": "page=2040", "one level": "level=ERROR", "text": "q=retried",
        "text that no pattern has": "q=zzzzqq",
        "a window": "from=2026-03-04T06:00&to=2026-03-04T07:00", "before and after": "compare=2026-03-04T12:00",
        "one pattern with its lines": f"pattern={pattern}", "by level": "group=level", "by service": "group=service",
        "by tenant": "group=tenant", "one tenant": "named=tenant%3Dt1",
        "window, text, order, group and comparison": "from=2026-03-04T06:00&to=2026-03-04T07:00&q=retried&sort=last"
        "&group=tenant&compare=2026-03-04T06:30",
    }  # fmt: skip
    for name, query in asked.items():
        yield Page(name, cookie, (f"{whole}?{query}",)), False
    for name, query in {"what stands out": "", "what stands out, compared": "compare=2026-03-04T12:00"}.items():
        yield Page(name, cookie, (f"{whole}/cards?{query}",)), True


def read() -> str:
    """Builds the desk and reads the logs; how that went, in words."""
    from sevline.cli.installation import start_django, upgrade

    start_django()
    upgrade()
    from sevline.cli.desk.loading import load
    from sevline.evidence.actions import Origin, attach
    from sevline.evidence.models import Way
    from sevline.evidence.tasks import redact
    from sevline.people.models import Person

    load("a long password of the measurement")
    lea = Person.objects.get(email="lea@sevline.example")
    data = packed()
    upload = attach("C-1017", "logs.zip", iter([data]), by=lea, origin=Origin("benchmark", ""), way=Way.COMMAND)
    began = time.perf_counter()
    state = redact(upload.pk)
    took = time.perf_counter() - began
    return f"{len(data) / 1e6:.0f} MB packed, read and kept in {took:.0f} s, {state}"


def measure(how: str) -> int:
    from sevline.cli.installation import start_django

    start_django()
    from sevline.config.wsgi import application
    from sevline.evidence.models import Pattern, Upload

    upload = Upload.objects.order_by("-pk")[0]
    found = Pattern.objects.filter(artifact__upload=upload)
    cookie, first = session("lea"), found.order_by("-count")[0].pk
    rows = [measured(application, page, fragment=fragment) for page, fragment in pages(upload.pk, first, cookie)]
    _print(rows, found.count(), how)
    return int(any(row.cpu95 > BAR_MS or row.queries[1] > BAR_QUERIES or row.size > BAR_KB for row in rows))


def _print(rows: list[Measured], patterns: int, how: str) -> None:
    print(f"{patterns:,} patterns, {how}. Load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.\n")
    print("| page | p50 ms | p95 ms | CPU p50 | CPU p95 | queries | kB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for row in rows:
        print(
            f"| {row.name} | {row.p50:.0f} | {row.p95:.0f} | {row.cpu50:.0f} | {row.cpu95:.0f} | {row.queries[1]} "
            f"| {row.size:.0f} |"
        )
    print(f"\nMedian of the medians: {median(row.cpu50 for row in rows):.0f} ms of CPU time.")


def main() -> int:
    """With the word `read` or `measure`, only that half, in the installation that the environment names."""
    if sys.argv[1:] == ["read"]:
        print(read())
        return 0
    if sys.argv[1:2] == ["measure"]:
        return measure(" ".join(sys.argv[2:]))
    with tempfile.TemporaryDirectory(prefix="sevline-bench-") as folder:
        os.environ |= {"SEVLINE_DATA_DIR": folder, "SEVLINE_LOG_LEVEL": "ERROR"}
        own = [sys.executable, "-m", "benchmarks.explorer"]
        told = subprocess.run([*own, "read"], check=True, stdout=subprocess.PIPE, text=True).stdout
        return subprocess.call([*own, "measure", told.splitlines()[-1]])


if __name__ == "__main__":
    sys.exit(main())
