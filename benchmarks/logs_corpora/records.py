"""What a collector hands on: records with the place in the source that wrote them, the place cut out of the text."""

import csv
import json
import lzma
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

LIMIT = 30_000
"""Records kept of one program."""


class Placed(NamedTuple):
    """`lead`: level and logger as a header would give them, the place never among them."""

    place: str
    lead: str
    message: str


def run(
    command: list[str],
    *,
    seconds: float = 60,
    env: Mapping[str, str] | None = None,
    stdin: str = "",
    cwd: Path | None = None,
) -> str:
    """Output and errors of a program, ended after `seconds`; what it wrote until then is kept."""
    import os

    with subprocess.Popen(
        ["nice", *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, **(env or {})}, cwd=cwd, text=True, errors="replace", start_new_session=True,
    ) as process:  # fmt: skip
        try:
            return process.communicate(stdin, timeout=seconds)[0]
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 15)
            try:
                return process.communicate(timeout=10)[0]
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, 9)
                return process.communicate()[0]


def parsed(lines: Iterable[str], pattern: str) -> Iterator[Placed]:
    """Lines that match; the pattern names `place` and `message`, perhaps `line`, `level` and `logger`."""
    form = re.compile(pattern)
    for line in lines:
        if (found := form.match(line)) is not None:
            parts = found.groupdict("")
            place = parts["place"] + (":" + parts["line"] if parts.get("line") else "")
            lead = " ".join(part for part in (parts.get("level", ""), parts.get("logger", "")) if part)
            yield Placed(place, lead, parts["message"])


def from_json(paths: Iterable[Path]) -> Iterator[Placed]:
    """What the hooks wrote."""
    for path in sorted(paths):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                found = json.loads(line)
            except ValueError:
                continue
            yield Placed(found["place"], f"{found['level']} {found['logger']}".strip(), found["message"])


def write(folder: Path, name: str, records: Iterable[Placed]) -> tuple[int, int]:
    """NAME.tsv.xz with place, lead and message; gives the number of records and of places. Labels come first."""
    kept = []
    for record in records:
        message = " ".join(record.message.split("\n", 1)[0].replace("\r", " ").split("\t")).strip()
        if message and record.place:
            kept.append((record.place, record.lead, message))
        if len(kept) >= LIMIT:
            break
    folder.mkdir(parents=True, exist_ok=True)
    with lzma.open(folder / f"{name}.tsv.xz", "wt", encoding="utf-8", errors="replace", newline="") as out:
        csv.writer(out, delimiter="\t", quoting=csv.QUOTE_NONE, escapechar="\\", lineterminator="\n").writerows(kept)
    return len(kept), len({place for place, _, _ in kept})


def read(path: Path) -> list[Placed]:
    csv.field_size_limit(1 << 24)
    with lzma.open(path, "rt", encoding="utf-8", newline="") as source:
        rows = csv.reader(source, delimiter="\t", quoting=csv.QUOTE_NONE, escapechar="\\")
        return [Placed(*row) for row in rows if len(row) == 3]
