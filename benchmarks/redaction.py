"""How fast, how lean and how right redaction is: one table, from one run. `make bench-redaction`.

Ratios are of processor time, so that other work on the machine does not change them. The corpora are made by
`tests/redaction_corpus` from a seed and have the same author as the detectors.
"""

# ruff: noqa: E501 - a command that prints, makes up text and runs a command

import argparse
import gc
import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random

from tests.redaction_corpus import labelled_corpus, mixed_log
from tests.redaction_corpus.score import BETWEEN, Score, scored
from tests.redaction_corpus.strangers import clean, personal, secrets
from tests.redaction_corpus.strangers.clean import LINES

from sevline.core.redaction import DETECTOR_SET_VERSION, Redactor
from sevline.core.redaction.detector_set import every_detector

ROOT = Path(__file__).resolve().parents[1]
KEY = bytes(range(32))
MEGA = 1_000_000
#: MB of the mixed log that one core redacts beside the peers.
SHARE = 20
PEM = "-----BEGIN PRIVATE " + "KEY-----"
HOSTILE = {
    "digits": "7", "card digits": "4111 ", "key=": "key=", "password=x": "password=x ", "quotes": "\"'",
    "private key without end": PEM, "like e-mail": "a1@b.cc:", "like IPv6": "2a00:1:", "like IPv4": "1.1.1.",
    "percent signs": "%41%42", "JSON escapes": "\\u0041", "entities": "&#65;", "hexadecimal": "3a", "cookies": "Cookie: a=b; ",
    "NUL": "a\0", "backslashes": "\\",
}  # fmt: skip


@dataclass
class Table:
    rows: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, what: str, measured: str, bar: str = "") -> None:
        self.rows.append((what, measured, bar))
        print(f"{what:<62} {measured:<46} {bar}", flush=True)

    def at_least(self, what: str, value: float, bar: float, unit: str, before: str = "") -> None:
        self._judged(what, value, f"≥ {bar:g} {unit}", value >= bar, unit, before)

    def at_most(self, what: str, value: float, bar: float, unit: str, before: str = "") -> None:
        self._judged(what, value, f"≤ {bar:g} {unit}", value <= bar, unit, before)

    def _judged(self, what: str, value: float, bar: str, reached: bool, unit: str, before: str) -> None:
        """A figure with its bar; where it is missed, the table says so itself."""
        shown = f"{value:,.0f}" if value >= 50 and unit != "%" else f"{value:.4f}" if unit == "%" else f"{value:.2f}"
        self.add(what, f"{before}{shown} {unit}", bar if reached else f"{bar}: not reached")

    def markdown(self) -> str:
        rows = "\n".join(f"| {what} | {measured} | {bar} |" for what, measured, bar in self.rows)
        return f"| What | Measured | Bar |\n| --- | --- | --- |\n{rows}\n"


def family() -> list[int]:
    """This process and its children."""
    here = os.getpid()
    children = Path(f"/proc/{here}/task/{here}/children").read_text().split()
    return [here, *map(int, children)]


def memory() -> int:
    """Bytes of memory of this process and its children, shared pages counted once."""
    total = 0
    for process in family():
        try:
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        except OSError:
            continue  # it has just ended
        total += int(rollup.split("\nPss:")[1].split()[0]) * 1024
    return total


@contextmanager
def peak() -> Iterator[Callable[[], int]]:
    seen = [memory()]
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.2):
            seen.append(memory())

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    yield lambda: max(seen)
    ended.set()
    watcher.join()


def processor_seconds() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


@dataclass(frozen=True)
class Run:
    """One run from file to file: seconds of wall and of processor, and bytes of memory at the peak."""

    wall: float
    spent: float
    most: int
    load: float

    def __str__(self) -> str:
        return f"{self.most / MEGA:.0f} MB; {self.spent:.0f} s of processor, {self.wall:.0f} s"


def streamed(log: Path, processes: int) -> Run:
    redactor = Redactor(KEY)
    if processes == 1:
        gc.set_threshold(200_000, 50, 50)  # as each of several processes has it
    with tempfile.TemporaryFile() as out, log.open("rb") as source, peak() as most:
        wall, spent = time.perf_counter(), processor_seconds()
        for piece in redactor.stream(source, processes=processes):
            out.write(piece.data)
        return Run(time.perf_counter() - wall, processor_seconds() - spent, most(), os.getloadavg()[0])


def fresh(log: Path, processes: int) -> Run:
    """The run in a process of its own, so that what was measured before it does not count."""
    command = [sys.executable, "-m", "benchmarks.redaction", "--stream", str(log), "--processes", str(processes)]
    # With one process its Polars has one thread, as in each of several.
    environment = {**os.environ, **({"POLARS_MAX_THREADS": "1"} if processes == 1 else {})}
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return Run(**json.loads(done.stdout))


def write_log(target: Path, size: int) -> None:
    with target.open("w", encoding="utf-8") as stream:
        stream.writelines(f"{line}\n" for line in mixed_log(size))


def speed(table: Table, log: Path) -> float:
    """Fills the rows of the mixed log, and gives its MB/s on both cores by the clock."""
    size = log.stat().st_size / MEGA
    run = fresh(log, 2)
    core = size / run.spent
    table.at_least(
        f"mixed log of {size:.0f} MB, two processes, by the clock", size / run.wall, 10, "MB/s", f"{run.wall:.1f} s, "
    )
    table.add("the same, processor time of all processes", f"{run.spent:.1f} s, {core:.1f} MB/s a core")
    table.at_least("the same, both cores to itself (twice the line above)", 2 * core, 10, "MB/s")
    table.at_most("the same, peak memory of all three processes", run.most / MEGA, 700, "MB")
    table.add("load of the machine at its end (two cores)", f"{run.load:.1f}")
    return size / run.wall


def gigabyte(table: Table, log: Path, folder: Path) -> None:
    large = folder / "large.log"
    with large.open("wb") as target:
        for _ in range(-(-1000 * MEGA // log.stat().st_size)):
            target.write(log.read_bytes())
    size = large.stat().st_size / MEGA
    run = fresh(large, 2)
    spent = f"{run.spent:.0f} s of processor, {run.wall:.0f} s by the clock; "
    table.at_most(f"log of {size:.0f} MB, peak memory of all three processes", run.most / MEGA, 800, "MB", spent)


def hostile(table: Table) -> None:
    redactor = Redactor(KEY)
    redactor.text("warm")
    slowest, name = 0.0, ""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    lines = {what: piece * (10 * MEGA // len(piece)) for what, piece in HOSTILE.items()}
    lines["random base64"] = "".join(Random(1).choices(letters, k=10 * MEGA))
    for what, line in lines.items():
        spent = time.process_time()
        redactor.data(line.encode())
        spent = time.process_time() - spent
        table.at_most(f"one line of 10 MB: {what}", spent, 2, "s")
        slowest, name = max((slowest, name), (spent, what))
    table.at_most("slowest of these lines", slowest, 2, "s", f"{name}: ")


def peers(table: Table, log: Path, python: Path, by_clock: float) -> None:
    """Ours on one core just before the peers and just after them, so that all meet the same machine.

    `by_clock` is our MB/s on both cores; a peer has no way to use more than one.
    """
    part = log.with_name("part.log")
    with log.open("rb") as source:
        head = source.read(SHARE * MEGA)
    part.write_bytes(head[: head.rfind(b"\n") + 1])
    before = fresh(part, 1)
    sample = log.with_name("sample.log")
    sample.write_text(log.read_text(encoding="utf-8")[: MEGA // 10], encoding="utf-8")
    done = subprocess.run(
        [str(python), str(ROOT / "benchmarks/redaction_peers.py"), str(sample)],
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout.splitlines()[-1])
    after = fresh(part, 1)
    ours = 2 * part.stat().st_size / MEGA / (before.spent + after.spent)
    table.add(f"ours on one core, {SHARE} MB before and after the peers", f"{ours:.1f} MB/s")
    for peer, spent in told["peers"].items():
        theirs = told["bytes"] / MEGA / spent
        what, times = f"{peer}: ours, a core beside a core", ours / theirs
        if peer.startswith("Presidio"):
            table.at_least(what, times, 100, "times", f"{theirs:.3f} MB/s; ")
            what = f"{peer}: ours on two cores by the clock, theirs on the one that it can use"
            table.at_least(what, by_clock / theirs, 100, "times")
        else:
            table.add(what, f"{theirs:.3f} MB/s; {times:.0f} times")


def quality(table: Table, labels: int) -> None:
    redactor = Redactor(KEY)
    for what, encoded in (("as they are", False), ("encoded in nine ways", True)):
        score: Score = scored(redactor, labelled_corpus(2026, labels=labels, decoys=labels, encoded=encoded))
        secrets, personal = score.secrets, score.personal
        table.at_least(f"secrets found, {secrets.of:,} values {what}", 100 * secrets.share, 99.5, "%")
        table.at_least(f"personal data found, {personal.of:,} values {what}", 100 * personal.share, 99, "%")
        if not encoded:
            table.at_most(f"false alarms, {score.words:,} words of decoys", 100 * score.false_share, 1, "%")


def strangers(table: Table) -> None:
    """What strangers write, and text of theirs in which nothing is secret."""
    redactor, seed = Redactor(KEY), 2027
    for what, bar, rows in (
        ("secrets", 99.5, list(secrets(seed, each=6))),
        ("personal data", 99, [one for more in range(2) for one in personal(seed + more)]),
    ):
        masked = redactor.text(BETWEEN.join(one.text for one in rows)).text.split(BETWEEN)
        lost = sum(one.form in text for one, text in zip(rows, masked, strict=True))
        found = 100 * (1 - lost / len(rows))
        table.at_least(f"{what} found, {len(rows):,} values as strangers write them", found, bar, "%")
    lines = [line for _, line in clean(Random(seed), 400)]
    masked = redactor.text(BETWEEN.join(lines)).text.split(BETWEEN)
    words = [(word, after) for line, after in zip(lines, masked, strict=True) for word in line.split()]
    changed = 100 * sum(word not in after for word, after in words) / len(words)
    table.at_most(f"false alarms, {len(words):,} words of clean text of {len(LINES)} kinds", changed, 1, "%")


def page(table: Table, size: int) -> str:
    return f"""# Figures of redaction

Measured by `make bench-redaction` with {platform.python_implementation()} {platform.python_version()} on {os.cpu_count()} cores; detector set
{DETECTOR_SET_VERSION} with {len(every_detector())} detectors.

{table.markdown()}
The mixed log ({size} MB) and the labelled values come from `tests/redaction_corpus`, made from a seed. **They have the same author as the detectors**, so
the shares of what was found show that the engine does what it promises, and not what it would find in a text that somebody else wrote.

The values as strangers write them (`tests/redaction_corpus/strangers`) were labelled before any detector saw them, from what vendors and standards
publish and from how people write. On first sight, with detector set 2026.11.3, 68.8 % of the secrets and 62.5 % of the personal data were found;
the detectors were then mended by principle. So these shares, too, show what is kept, and not what would be found elsewhere.

Ratios of a core beside a core compare processor time; the others compare how long a person waits: ours has both cores, a peer has no way to use a
second one. Presidio ran without a language model, detect-secrets with its default plugins, both line by line in an
environment of their own, on the first 0.1 MB of the same log. Where the load was higher than the number of cores, time by the clock shows the
other work too.

Memory is that of the command's process and of its two workers together, each in a process of its own that did nothing else: pages that they share are
counted once (proportional set size), sampled five times a second.
"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--size", type=int, default=100, help="MB of the mixed log")
    asked.add_argument("--labels", type=int, default=20_000)
    asked.add_argument("--peers", type=Path, help="the Python of the peers' environment")
    asked.add_argument("--gigabyte", action="store_true", help="stream a log of 1 GB too")
    asked.add_argument("--stream", type=Path, help="only redact this file and print what it took")
    asked.add_argument("--processes", type=int, default=2)
    asked.add_argument("--write", type=Path, help="write the table as a page")
    given = asked.parse_args()
    if given.stream:
        print(json.dumps(asdict(streamed(given.stream, given.processes))))
        return
    table = Table()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "mixed.log"
        write_log(log, given.size * MEGA)
        by_clock = speed(table, log)
        quality(table, given.labels)
        strangers(table)
        if given.peers:
            peers(table, log, given.peers, by_clock)
        hostile(table)
        if given.gigabyte:
            gigabyte(table, log, Path(folder))
    if given.write:
        given.write.write_text(page(table, given.size), encoding="utf-8")


if __name__ == "__main__":
    main()
