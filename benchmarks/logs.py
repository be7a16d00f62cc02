# ruff: noqa: E501 - rows of tables
"""`make bench-logs`: our log miner beside Drain3, `wc -l` and ripgrep, in one run, ratios first; then the accuracy.

CPU seconds of one process, start and loading of compiled code left out, for other work shares the machine. Accuracy
on real programs is measured where their records were collected before (see `benchmarks/logs_corpora`).
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.logs_corpora.records import Placed
    from benchmarks.logs_made import Made

ROOT = Path(__file__).parents[1]
REFERENCE = datetime(2026, 4, 1, tzinfo=UTC)
CORPORA = Path(os.environ.get("SEVLINE_LOG_CORPORA", ROOT / "var" / "log-corpora"))
LINES = int(os.environ.get("SEVLINE_BENCH_LINES", "1000000"))
PEER_LINES = 60_000
"""Lines that Drain3 is given of each mix; its rate hardly changes after them."""


@dataclass(slots=True)
class Mix:
    """`truth` and `messages` are of the first PEER_LINES lines."""

    name: str
    path: Path
    messages: Path
    lines: int
    truth: list[int] = field(default_factory=list)


def accuracy(truth: Iterable[object], found: Iterable[object]) -> tuple[float, float]:
    """GA: part of the records in a group that holds all records of one statement and no other; FGA: F1 over groups."""
    pairs = list(zip(truth, found, strict=True))
    true, ours, both = Counter(one for one, _ in pairs), Counter(two for _, two in pairs), Counter(pairs)
    good = [count for (one, two), count in both.items() if true[one] == count == ours[two]]
    precision, recall = len(good) / len(ours), len(good) / len(true)
    return sum(good) / len(pairs), 2 * precision * recall / (precision + recall) if good else 0.0


def mixed(folder: Path, name: str, made: "Made", form: str) -> Mix:
    mix = Mix(name, folder / f"{name}.log", folder / f"{name}.messages", LINES)
    with mix.path.open("w") as out, mix.messages.open("w") as messages:
        for index, (number, message, line) in enumerate(made.lines(LINES, form)):
            out.write(line + "\n")
            if index < PEER_LINES:
                messages.write(message + "\n")
                mix.truth.append(number)
    return mix


def recorded() -> list[list[str]]:
    """Texts of all programs whose records are at hand, by statement."""
    from benchmarks.logs_corpora.records import read

    found: dict[tuple[str, str], list[str]] = {}
    for path in sorted(CORPORA.glob("*.tsv.xz")):
        for record in read(path):
            texts = found.setdefault((path.name, record.place), [])
            if len(texts) < 50:
                texts.append(record.message[:400])
    return list(found.values())


def adversary(folder: Path) -> Mix:
    """Half of the lines with one to three random words in them."""
    from benchmarks.logs_made import Made, _word

    mix = Mix("adversary", folder / "adversary.log", folder / "adversary.messages", LINES)
    made = Made(400)
    with mix.path.open("w") as out, mix.messages.open("w") as messages:
        for index, (number, message, line) in enumerate(made.lines(LINES, "iso")):
            more = [_word(made.chance) + _word(made.chance) for _ in range(index % 2 * made.chance.randint(1, 3))]
            out.write(" ".join([line, *more]) + "\n")
            if index < PEER_LINES:
                messages.write(" ".join([message, *more]) + "\n")
                mix.truth.append(number)
    return mix


def blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while block := stream.read(1024 * 1024):
            yield block


def ours(mix: Mix) -> dict[str, float]:
    """Detection, joining, histogram, examples and patterns, in a process of its own so that its memory shows."""
    code = (
        "import json,resource,sys,time\nfrom pathlib import Path\nfrom benchmarks.logs import REFERENCE, blocks\n"
        "from sevline.core.mining.jit import choose_compiled\nchoose_compiled()\nfrom sevline.core.mining import mine\n"
        "path = Path(sys.argv[1])\nmine([next(blocks(path))], reference=REFERENCE).patterns()\n"
        "begun = time.process_time()\nstate = mine(blocks(path), reference=REFERENCE)\nread = time.process_time() - begun\n"
        "patterns = state.patterns()\ncpu = time.process_time() - begun\n"
        "print(json.dumps({'cpu': cpu, 'read': read, 'lines': state.records, 'shapes': len(state.shapes),"
        " 'patterns': len(patterns), 'counted': sum(p.count for p in patterns),"
        " 'mb': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))"
    )
    return dict(json.loads(_run([sys.executable, "-c", code, str(mix.path)])))


def labels(messages: Path) -> list[str]:
    from sevline.core.mining import LogState
    from sevline.core.mining.masking import mask

    del LogState
    shapes = mask(messages.read_bytes()).split(b"\n")[:-1]
    return grouped(shapes)


def grouped(shapes: list[bytes]) -> list[str]:
    from sevline.core.mining.patterns import pattern_ids

    ids = pattern_ids(set(shapes))
    return [ids[shape] for shape in shapes]


def drain3(messages: Path, *, masked: bool, limit: int = PEER_LINES) -> tuple[float, list[int]]:
    """Lines per CPU second, and the group of each line."""
    python = ROOT / ".venv-bench" / "bin" / "python"
    script = ROOT / "benchmarks" / "logs_drain3.py"
    told = json.loads(_run([str(python), str(script), str(messages), "masks" if masked else "plain", str(limit)]))
    return told["lines"] / told["cpu"], told["groups"]


def _run(command: list[str]) -> bytes:
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, env=env, cwd=ROOT).stdout


def _tool(command: list[str], path: Path) -> float | None:
    """CPU seconds of a tool over the file; None where it is not installed."""
    if shutil.which(command[0]) is None:
        return None
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*command, str(path)], check=False, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def speed(mix: Mix) -> str:
    found = ours(mix)
    rate = found["lines"] / found["cpu"]
    masked, masked_groups = drain3(mix.messages, masked=True)
    plain, _ = drain3(mix.messages, masked=False, limit=PEER_LINES // 3)
    tools = {name: _tool(list(words), mix.path) for name, words in _TOOLS.items()}
    beside = " | ".join("-" if cpu is None else f"{found['cpu'] / max(cpu, 0.005):.0f}" for cpu in tools.values())
    ga, fga = accuracy(mix.truth, labels(mix.messages))
    peer, peer_f = accuracy(mix.truth, masked_groups)
    size = mix.path.stat().st_size / 1e6
    return (
        f"| {mix.name} | **{rate / masked:.0f}** | {rate / plain:.0f} | {beside} | {rate:,.0f} | {size / found['cpu']:.0f} "
        f"| {found['read'] / found['cpu']:.0%} | {found['mb']:.0f} | {found['shapes']:,.0f} | {masked:,.0f} | {plain:,.0f} "
        f"| {ga:.3f}/{fga:.3f} | {peer:.3f}/{peer_f:.3f} | {'yes' if found['counted'] == mix.lines else 'no'} |"
    )


_TOOLS = {"wc -l": ("wc", "-l"), "rg digits": ("rg", "-j1", "--count-matches", "[0-9]+")}
_HEAD = (
    "| mix | times Drain3 with masks | times Drain3 | CPU, times `wc -l` | CPU, times ripgrep counting digit runs "
    "| lines per CPU s | MB per CPU s | of it reading | peak MB | shapes | Drain3 with masks, lines per CPU s | Drain3 "
    "| GA/FGA | Drain3 with masks GA/FGA | counts exact |"
)


def speeds(folder: Path) -> None:
    from benchmarks.logs_made import Made, Recorded

    mixes = []
    if records := recorded():
        mixes += [mixed(folder, "production", Recorded(records, skew=1.0), "iso")]
        mixes += [mixed(folder, "debug", Recorded(records, skew=0.2), "iso")]
        mixes += [mixed(folder, "json", Recorded(records, skew=1.0), "json")]
    mixes += [mixed(folder, "made", Made(600), "java"), adversary(folder)]
    _say(
        f"\n{LINES:,} lines a mix. The first three are records of {len(list(CORPORA.glob('*.xz')))} real programs, digits drawn anew.\n\n{_HEAD}\n|{'---|' * (_HEAD.count('|') - 1)}"
    )
    for mix in mixes:
        _say(speed(mix))


def accuracies(folder: Path) -> None:
    from benchmarks.logs_corpora.__main__ import sets

    for title, names in zip(("Programs to learn from", "Unseen programs"), sets(), strict=True):
        present = [name for name in names if (CORPORA / f"{name}.tsv.xz").exists()]
        if not present:
            _say(
                f"\n{title}: no records in {CORPORA}. Collect them with `python -m benchmarks.logs_corpora {CORPORA}`."
            )
            continue
        _say(f"\n{title}\n\n| program | records | statements | ours, message alone | ours, with level and logger | Drain3 "
             "with masks | Drain3 |\n|---|---|---|---|---|---|---|")  # fmt: skip
        rows = [_real(folder, name) for name in present]
        means = [[sum(row[engine][part] for row in rows) / len(rows) for part in (0, 1)] for engine in range(4)]
        _say("| **mean** | | | " + " | ".join(f"**{ga:.3f}/{fga:.3f}**" for ga, fga in means) + " |")
        for part, figure in enumerate(("GA", "FGA")):
            below = [
                name for name, row in zip(present, rows, strict=True) if row[0][part] < max(row[2][part], row[3][part])
            ]
            _say(f"\nMessage alone, below Drain3 (the better of both) in {figure}: {', '.join(below) or 'none'}.")


def _real(folder: Path, name: str) -> list[tuple[float, float]]:
    from benchmarks.logs_corpora.records import read
    from sevline.core.mining.masking import mask

    records = read(CORPORA / f"{name}.tsv.xz")
    kept = scored(records)
    truth = [records[index].place for index in kept]
    messages = folder / f"{name}.messages"
    messages.write_text("".join(record.message + "\n" for record in records), encoding="utf-8")
    shapes = mask("\n".join(record.message for record in records).encode()).split(b"\n")
    led = [_lead(record.lead) + shape for record, shape in zip(records, shapes, strict=True)]
    engines: list[list[str] | list[int]] = [grouped(shapes), grouped(led)]
    engines += [drain3(messages, masked=masked, limit=len(records))[1] for masked in (True, False)]
    found = [accuracy(truth, [groups[index] for index in kept]) for groups in engines]
    listed = " | ".join(f"{ga:.3f}/{fga:.3f}" for ga, fga in found)
    _say(f"| {name} | {len(kept):,} | {len(set(truth)):,} | {listed} |")
    return found


def _lead(header: str) -> bytes:
    """As the readers would give it: a level if the first word is one, and the logger."""
    from sevline.core.mining.masking import lead_of
    from sevline.core.readers.logs.levels import level_of

    first, _, rest = header.partition(" ")
    level = level_of(first.encode())
    return lead_of(level, (rest if level else header) or None)


def scored(records: "list[Placed]") -> list[int]:
    """Records of statements that are more than one variable: those whose shapes have a word in common."""
    import re

    from sevline.core.mining.masking import mask

    word = re.compile(rb"[A-Za-z]{2,}")
    common: dict[str, set[bytes]] = {}
    shapes: dict[str, set[bytes]] = {}
    for record in records:
        shape = mask(record.message.encode())
        words = set(word.findall(shape))
        common[record.place] = common.get(record.place, words) & words
        shapes.setdefault(record.place, set()).add(shape)
    return [index for index, record in enumerate(records) if common[record.place] or len(shapes[record.place]) < 3]


def _say(text: str) -> None:
    print(text, flush=True)


def main() -> None:
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="bench-logs-") as name:
        folder = Path(name)
        if "accuracy" not in sys.argv[1:]:
            speeds(folder)
        if "speed" not in sys.argv[1:]:
            accuracies(folder)
    _say(
        f"\nTook {time.perf_counter() - begun:,.0f} s on the wall; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores."
    )


if __name__ == "__main__":
    main()
