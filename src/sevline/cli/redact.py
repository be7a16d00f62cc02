"""`sevline redact`: files, folders, archives and standard input without their personal data and secrets."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from sevline.cli.paths import existing
from sevline.core.lifecycle import Refused

if TYPE_CHECKING:
    from sevline.bench.redacting import Redaction

MODES = ("auto", "logs", "text", "json", "har", "saml", "xml", "csv", "picture", "pdf")
WORTH_A_BAR = 5 * 1024 * 1024
MEBI = 1024 * 1024
MOST_PROCESSES = 4


def register(app: typer.Typer) -> None:
    app.command()(redact)


def redact(
    path: Annotated[str, typer.Argument(help="A file, a folder, an archive, or - for standard input.")],
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Where to write; standard output without it.")] = None,
    report: Annotated[Path | None, typer.Option(help="Write a report in JSON here.")] = None,
    key_file: Annotated[
        Path | None, typer.Option(help="64 hex digits; the same key gives the same pseudonyms.")
    ] = None,
    mode: Annotated[str, typer.Option(help=f"How to read the input: {', '.join(MODES)}.")] = "auto",
    regions: Annotated[
        str, typer.Option(help="Countries (DE,GB) whose telephone numbers free text has without their code.")
    ] = "",
    max_expanded: Annotated[int, typer.Option(min=1, help="Most MB that an archive may unpack to.")] = 5 * 1024,
    max_ratio: Annotated[int, typer.Option(min=1, help="How many times its size an archive may unpack to.")] = 1000,
    max_seconds: Annotated[int, typer.Option(min=1, help="How long the opening of archives may take.")] = 600,
) -> None:
    """Replace personal data and secrets by pseudonyms and keep everything else as it is."""
    if mode not in MODES:
        raise typer.BadParameter(f"“{mode}” is none of {', '.join(MODES)}.", param_hint="--mode")
    key = _key(key_file)
    run = _run(key, mode, regions, expanded=max_expanded, ratio=max_ratio, seconds=max_seconds)
    if path == "-":
        _standard_input(run, out)
    elif existing(path).is_dir():
        _folder(run, Path(path), out)
    else:
        _one_file(run, Path(path), out)
    run.finish()
    _finish(run, report, key_given=key_file is not None)


def _key(key_file: Path | None) -> bytes:
    if key_file is None:
        import secrets

        return secrets.token_bytes(32)
    try:
        key = bytes.fromhex(key_file.read_text(encoding="ascii").strip())
    except ValueError:
        key = b""
    if len(key) != 32:
        raise Refused(f"{key_file} does not hold a key: 64 hex digits are expected.")
    return key


def _run(key: bytes, mode: str, regions: str, *, expanded: int, ratio: int, seconds: int) -> "Redaction":
    import time
    from dataclasses import replace

    from sevline.bench.limits import Limits
    from sevline.bench.redacting import Redaction, TimedBudget
    from sevline.core.redaction import Redactor
    from sevline.core.redaction.pool import processors

    countries = tuple(part.strip().upper() for part in regions.split(",") if part.strip())
    budget = TimedBudget(replace(Limits(), expanded=expanded * MEBI, ratio=ratio))
    budget.until = time.monotonic() + seconds
    return Redaction(
        Redactor(key, regions=countries),
        budget,
        mode=mode,
        processes=processors(MOST_PROCESSES),
        told=lambda sentence: print(sentence, file=sys.stderr),
    )


def _standard_input(run: "Redaction", out: Path | None) -> None:
    with _target(run, out) as target:
        run.stream("-", sys.stdin.buffer, target, size=0, advance=lambda _count: None)


def _one_file(run: "Redaction", path: Path, out: Path | None) -> None:
    if out is not None and out.is_dir():
        out = out / run.redactor.name(path.name)
    if out is not None and out.exists() and out.samefile(path):
        raise Refused(f"{out} is the input itself; name another file with -o.")
    with path.open("rb") as source, _target(run, out) as target:
        _write(run, path.name, source, target, size=path.stat().st_size)


def _folder(run: "Redaction", path: Path, out: Path | None) -> None:
    """Keeps the layout; whatever cannot be read is named in the report and not copied."""
    if out is None:
        raise Refused("A folder is redacted into another folder: name it with -o.")
    if out.resolve().is_relative_to(path.resolve()):
        raise Refused(f"{out} lies in the folder that is to be redacted; name one outside it with -o.")
    for file in sorted(path.rglob("*")):
        name = file.relative_to(path).as_posix()
        if file.is_symlink() or not (file.is_file() or file.is_dir()):
            run.leave_out(name, "It is a link or a device, and those are not followed.")
        elif file.is_file():
            _one_of_many(run, file, name, out / run.redactor.name(name))


def _one_of_many(run: "Redaction", file: Path, name: str, target: Path) -> None:
    known = len(run.not_looked_at)
    try:
        with file.open("rb") as source:
            target.parent.mkdir(parents=True, exist_ok=True)
            with _target(run, target) as stream:
                _write(run, name, source, stream, size=file.stat().st_size)
    except Refused as refusal:
        if len(run.not_looked_at) == known:
            run.leave_out(name, " ".join(refusal.reasons))
    except PermissionError:
        run.leave_out(name, "It may not be read.")


def _write(run: "Redaction", name: str, source: BinaryIO, target: BinaryIO, *, size: int) -> None:
    with _progress(run.redactor.name(name), size) as advance:
        run.stream(name, source, target, size=size, advance=advance)


def _finish(run: "Redaction", report: Path | None, *, key_given: bool) -> None:
    """The report, and on stderr the counts in one line."""
    key = "from the key file" if key_given else "random for this run, and not kept"
    told = {
        "detector_set_version": run.redactor.version,
        "key": {"origin": key, "fingerprint": run.redactor.key_fingerprint},
        "counts": dict(sorted(run.counts.items())),
        "samples": dict(sorted(run.samples.items())),
        "files": run.files,
        "not_looked_at": run.not_looked_at,
    }
    if report is not None:
        report.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(run.counts.items())) or "nothing was found"
    print(f"Redacted: {kinds}. Key: {key}.", file=sys.stderr)


@contextmanager
def _target(run: "Redaction", out: Path | None) -> Iterator[BinaryIO]:
    """A file that appears under its name only when it is whole; standard output where no name is given.

    A device or a pipe is written to, never replaced by a file.
    """
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if out.exists() and not out.is_file():
        with out.open("wb") as stream:
            yield stream
        return
    if not out.parent.is_dir():
        raise Refused(f"There is no folder {out.parent} to write into.")
    partial = out.with_name(out.name + ".part")
    try:
        with partial.open("wb") as stream:
            yield stream
        partial.replace(out)
        run.written.append(out)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def _progress(name: str, size: int) -> Iterator[Callable[[int], None]]:
    """`advance(done)` with the bytes that were read so far."""
    if size < WORTH_A_BAR or not sys.stderr.isatty():
        yield lambda _bytes: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=size)
        yield lambda done: bar.update(task, completed=done)
