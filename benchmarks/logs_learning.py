"""`python -m benchmarks.logs_learning FOLDER…`: learns from labelled programs what `core/mining/judging.py` weighs, and
says what that is worth on programs that were held out.

Every context whose evidence falls short is one example: right where all its rows come from one statement. Each
statement of a program counts alike and each program counts alike; what a statement logs counts a little more. Shapes
are drawn thrice besides, six in ten, so that few programs give more examples. Ten folds; programs of one family (one
language's framework, one project, one kind of server) are held out together.
"""

import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.logs import accuracy, scored
from benchmarks.logs_corpora.records import read
from sevline.core.mining import judging
from sevline.core.mining.alternatives import Alternatives
from sevline.core.mining.forms import Forms
from sevline.core.mining.grouping import Rules, settle, tokenised
from sevline.core.mining.jit import choose_compiled
from sevline.core.mining.masking import LEAD, mask
from sevline.core.mining.statuses import without_outcomes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Floats = NDArray[np.float64]

FAMILIES = (
    "prometheus node_exporter blackbox pushgateway victoriametrics", "etcd kubectl", "mtail syncthing", "tomcat jetty",
    "zookeeper3 spark", "ejabberd rabbitmq", "npm eslint", "mqttjs webtorrent nodemailer", "puppet jekyll vagrant",
    "numba jax", "libvirt virtinst", "gstreamer pipewire pulseaudio", "chromium grpc onnxruntime", "ucx libfabric",
    "biber spamassassin", "openssh opensc openocd", "deno deltachat ripgrep", "botocore scrapy",
    "celery dask luigi ray", "django synapse salt", "sphinx sqlfluff pyinstaller",
    "nghttpx lighttpd apache2 trafficserver squid", "aria2 transmission", "samba bacula", "frr kamailio kea",
    "systemd lxc glusterfs", "postgresql rocksdb", "git composer", "imagemagick wireshark",
    "monero prosody asyncua jupyter",
)  # fmt: skip
FOLDS = 10
PLACES = 3
"""A program that logs from fewer places logs through a function of its own, and tells nothing."""

DRAWN, DRAWS, DRAWN_WEIGHT = 60, 3, 0.4
LOUD, LOUDEST = 0.3, 0.15
"""How much the records of a statement count beside its being one, and the share of a program that counts at most."""

STIFFNESS = 12.0
"""Of the ridge that holds the weights small."""

SURE = 1.0
"""Log of the odds from which alternatives are taken for values."""


@dataclass(frozen=True, slots=True)
class Program:
    """`shapes`: distinct and in order; `shape`, `place`: of each record."""

    name: str
    shapes: list[bytes]
    shape: "NDArray[np.int64]"
    place: "NDArray[np.int64]"


@dataclass(frozen=True, slots=True)
class Example:
    features: tuple[int, ...]
    one: bool
    weight: float


def load(path: Path) -> Program:
    records = read(path)
    shapes = mask("\n".join(record.message for record in records).encode()).split(b"\n")
    ordered = sorted(set(shapes))
    number = {shape: index for index, shape in enumerate(ordered)}
    places: dict[str, int] = {}
    kept = scored(records)
    return Program(
        path.name.partition(".")[0],
        ordered,
        np.array([number[shapes[index]] for index in kept], np.int64),
        np.array([places.setdefault(records[index].place, len(places)) for index in kept], np.int64),
    )


def grouped(shapes: list[bytes], judge: Callable[[Forms, Alternatives], "Flags"] | None) -> Forms:
    rules = Rules()
    with np.errstate(over="ignore"):
        forms = tokenised([without_outcomes(shape, LEAD) for shape in shapes], rules)
        forms.judge = judge
        settle(forms, rules)
    return forms


def examples(program: Program, wanted: "Flags", weight: float) -> Iterator[Example]:
    """From the wanted shapes of a program, grouped by the rules alone."""
    numbers = np.flatnonzero(wanted)
    if len(numbers) < 10:
        return
    place = program.place[wanted[program.shape]]
    records, statements = Counter(place.tolist()), len(set(place.tolist()))
    places: dict[int, set[int]] = defaultdict(set)
    for shape, found in set(zip(program.shape.tolist(), program.place.tolist(), strict=True)):
        places[shape].add(found)
    seen: set[tuple[int, ...]] = set()
    found_examples: list[Example] = []

    def judge(forms: Forms, asked: Alternatives) -> "Flags":
        of_row: dict[int, set[int]] = defaultdict(set)
        for number, row in zip(numbers.tolist(), forms.label.tolist(), strict=True):
            of_row[row] |= places[number]
        rows: dict[int, set[int]] = defaultdict(set)
        for context, row in zip(asked.context.tolist(), forms.row[asked.index].tolist(), strict=True):
            rows[context] |= of_row[row]
        table = np.stack(list(judging.features(forms, asked).values()), 1).tolist()
        for context, values in enumerate(map(tuple, table)):
            told = rows[context]
            if told and values not in seen:
                seen.add(values)
                loud = min(LOUDEST, sum(records[one] for one in told) / len(place))
                found_examples.append(Example(values, len(told) == 1, weight * (len(told) / statements + LOUD * loud)))
        return np.zeros(len(asked.evidence), bool)

    grouped([program.shapes[number] for number in numbers.tolist()], judge)
    yield from found_examples


def all_examples(program: Program) -> list[Example]:
    found = list(examples(program, np.ones(len(program.shapes), bool), DRAWN_WEIGHT))
    for draw in range(DRAWS):
        drawn = np.array([(zlib.crc32(shape) >> (8 * draw)) % 100 < DRAWN for shape in program.shapes])
        found += examples(program, drawn, DRAWN_WEIGHT)
    return found


def learned(told: list[Example], names: tuple[str, ...], programs: int) -> tuple[dict[str, int], int]:
    """Weights and bias, 1,000 to one, by ridge logistic regression."""
    table = np.array([example.features for example in told], np.float64) / judging.ONE
    one = np.array([example.one for example in told], np.float64)
    weight = np.array([example.weight for example in told]) * max(programs, 1)
    mean, spread = table.mean(0), table.std(0) + 1e-9
    design = np.column_stack((np.ones(len(table)), (table - mean) / spread))
    ridge = np.full(design.shape[1], STIFFNESS)
    ridge[0] = 0
    found = np.zeros(design.shape[1])
    for _ in range(40):
        chance = 1 / (1 + np.exp(-design @ found))
        slope = design.T @ (weight * (one - chance)) - ridge * found
        bend = (design.T * (weight * chance * (1 - chance))) @ design + np.diag(ridge + 1e-6)
        step = np.linalg.solve(bend, slope)
        found += step
        if np.abs(step).max() < 1e-7:
            break
    plain = found[1:] / spread
    bias = found[0] - float(plain @ mean) - SURE
    return dict(zip(names, np.rint(plain * 1000).astype(int).tolist(), strict=True)), round(bias * 1000)


def score(program: Program, weights: Mapping[str, int] | None, bias: int = 0) -> tuple[float, float]:
    judge = None if weights is None else partial(judging.accepted, weights=weights, bias=bias)
    label = grouped(program.shapes, judge).label
    return accuracy(program.place.tolist(), label[program.shape].tolist())


def folds(names: list[str]) -> list[list[str]]:
    known = [[name for name in family.split() if name in names] for family in FAMILIES]
    named = {name for family in known for name in family}
    known += [[name] for name in names if name not in named]
    out: list[list[str]] = [[] for _ in range(FOLDS)]
    for family in sorted(known, key=lambda family: (-len(family), family)):
        min(out, key=len).extend(family)
    return out


def _mean(scores: Mapping[str, tuple[float, float]]) -> str:
    return "/".join(f"{np.mean([score[part] for score in scores.values()]):.4f}" for part in (0, 1))


def held_out(
    programs: dict[str, Program], told: dict[str, list[Example]], names: tuple[str, ...], folder_of: dict[str, str]
) -> None:
    before = {name: score(program, None) for name, program in programs.items()}
    after: dict[str, tuple[float, float]] = {}
    fitted: list[float] = []
    for fold in folds(sorted(programs)):
        rest = [name for name in programs if name not in fold]
        weights, bias = learned([example for name in rest for example in told[name]], names, len(rest))
        after |= {name: score(programs[name], weights, bias) for name in fold}
        sample = rest[:: max(1, len(rest) // 16)]
        fitted.append(np.mean([score(programs[name], weights, bias)[0] - before[name][0] for name in sample]).item())
    print(f"rules alone {_mean(before)}; learned, held out {_mean(after)}; gain in GA on those learned from "
          f"{np.mean(fitted):+.4f}")  # fmt: skip
    for folder in sorted(set(folder_of.values())):
        here = [name for name in programs if folder_of[name] == folder]
        print(
            f"{folder}: {_mean({name: before[name] for name in here})} -> {_mean({name: after[name] for name in here})}"
        )
    for part, figure in enumerate(("GA", "FGA")):
        moved = [after[name][part] - before[name][part] for name in programs]
        print(f"{figure}: {sum(x > 5e-4 for x in moved)} programs rose, {sum(x < -5e-4 for x in moved)} fell")
    for name in sorted(programs):
        if max(abs(after[name][part] - before[name][part]) for part in (0, 1)) > 5e-4:
            print(f"  {name}: {before[name][0]:.3f}/{before[name][1]:.3f} -> {after[name][0]:.3f}/{after[name][1]:.3f}")


def main(folders: list[Path]) -> None:
    choose_compiled()
    paths = {path.name.partition(".")[0]: path for folder in folders for path in sorted(folder.glob("*.tsv.xz"))}
    programs = {name: load(path) for name, path in paths.items()}
    programs = {name: program for name, program in programs.items() if len(set(program.place.tolist())) >= PLACES}
    told = {name: all_examples(program) for name, program in programs.items()}
    names = tuple(judging.WEIGHTS)
    held_out(programs, told, names, {name: path.parent.name for name, path in paths.items() if name in programs})
    weights, bias = learned([example for found in told.values() for example in found], names, len(programs))
    print(f"{sum(map(len, told.values())):,} examples of {len(programs)} programs")
    print("WEIGHTS =", weights)
    print("BIAS =", bias)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
