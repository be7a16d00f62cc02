"""`sevline analyze`: read evidence together and say what it shows, without a database and without a server."""

import os
import sys
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sevline.cli.paths import STANDARD_INPUT, existing
from sevline.core.lifecycle import Refused

if TYPE_CHECKING:
    from sevline.bench.examination import ArtifactHead, Examination
    from sevline.bench.examine import Source

CHUNK = 1024 * 1024
FROM_PIPE = "standard input"


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"


class FailOn(StrEnum):
    FAIL = "fail"
    WARN = "warn"


def register(app: typer.Typer) -> None:
    app.command("analyze", no_args_is_help=True)(analyze)


def analyze(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATH...", help="Files, folders, archives, or - for standard input.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How the report is written.")] = Format.TEXT,
    at: Annotated[str, typer.Option(metavar="TIME", help="When the evidence was captured, in ISO 8601.")] = "",
    fail_on: Annotated[
        FailOn | None, typer.Option(help="Exit with 1 at such a finding, or where a check or a reader erred.")
    ] = None,
    named: Annotated[
        list[str] | None,
        typer.Option("--as", metavar="KIND=PATH", help="A file read as KIND, for example idp-metadata or sp-settings."),
    ] = None,
) -> None:
    """Read evidence together: what was recognised, redacted and found, and what is missing."""
    from sevline.bench.archive import printable

    sources = [*_sources(paths or []), *_named(named or [])]
    if sum(source.name == FROM_PIPE for source in sources) > 1:
        raise typer.BadParameter("Standard input can be read once: name - once.", param_hint="PATH")
    if not sources and paths:
        raise Refused(f"There is no file to read in {', '.join(f'“{printable(str(path))}”' for path in paths)}.")
    if not sources:
        raise typer.BadParameter("Name at least one file, folder or archive.", param_hint="PATH")
    examination = _examined(sources, _moment(at))
    from sevline.bench.report import RENDERERS
    from sevline.bench.report import Format as Written

    sys.stdout.write(RENDERERS[Written(form.value)](examination))
    sys.stdout.flush()
    if examination.refused:
        raise Refused(examination.refused)
    if fail_on and (reason := _ends_badly(examination, fail_on)):
        print(reason, file=sys.stderr)
        raise typer.Exit(1)


def _moment(text: str) -> datetime | None:
    from sevline.core.readers.moments import iso_moment

    moment = iso_moment(text) if text else None
    if text and moment is None:
        raise typer.BadParameter(
            f"“{text}” is not a time in ISO 8601, such as 2026-01-31T09:30:00Z.", param_hint="--at"
        )
    return moment


def _sources(paths: list[Path]) -> "Iterator[Source]":
    """Files in a fixed order. A folder's links are not followed, and a file is named by its place in the folder."""
    for path in paths:
        if str(path) == STANDARD_INPUT:
            yield _standard_input()
        elif existing(path).is_dir():
            for folder, inner, files in os.walk(path):
                inner.sort()
                for name in sorted(files):
                    found = Path(folder, name)
                    if found.is_file() and not found.is_symlink():
                        yield _source(found, str(found.relative_to(path)))
        else:
            yield _source(path, path.name)


def _named(roles: list[str]) -> "Iterator[Source]":
    from sevline.core.readers.roles import Role

    for role in roles:
        kind, separator, place = role.partition("=")
        if not separator or kind not in set(Role):
            known = ", ".join(Role)
            raise typer.BadParameter(f"“{role}” is not KIND=PATH with KIND one of {known}.", param_hint="--as")
        if place == STANDARD_INPUT:
            yield _standard_input(kind)
            continue
        if not existing(place).is_file():
            raise Refused(f"“{place}” is a folder. Name the file that is to be read as {kind}.")
        yield _source(Path(place), Path(place).name, kind)


def _standard_input(role: str = "") -> "Source":
    from sevline.bench.examine import Source

    return Source(FROM_PIPE, iter(lambda: sys.stdin.buffer.read(CHUNK), b""), role)


def _source(path: Path, name: str, role: str = "") -> "Source":
    from sevline.bench.examine import Source

    return Source(name, _chunks(path), role)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _examined(sources: "list[Source]", at: datetime | None) -> "Examination":
    """One key for this run, forgotten at its end: equal values have equal pseudonyms within the report only."""
    from sevline.bench.examine import examine_together

    done = 0

    def watch(name: str) -> None:
        nonlocal done
        done += 1
        if sys.stderr.isatty():
            print(f"\r\x1b[2KReading {done} of {len(sources)}: {name[:60]}", end="", file=sys.stderr, flush=True)

    try:
        return examine_together(sources, key=os.urandom(32), at=at, store=_nowhere, watch=watch)
    finally:
        if sys.stderr.isatty():
            print("\r\x1b[2K", end="", file=sys.stderr, flush=True)


def _nowhere(_head: "ArtifactHead") -> "_Nowhere":  # the report cites what it needs; the rest is not kept
    return _Nowhere()


class _Nowhere:
    def write(self, data: bytes, /) -> int:
        return len(data)

    def close(self) -> None:
        return


def _erred(examination: "Examination") -> bool:
    """Whether a check ended with an error of its own, or a reader did: that may hide what was asked for."""
    from sevline.bench.apart import NOT_SHOWN, UNEXPECTED
    from sevline.core.finding import ERRED

    said = [*(one.reason for one in examination.artifacts), *examination.redactions.not_looked_at]
    return any(finding.title.endswith(ERRED) for finding in examination.findings) or any(
        mark in reason for reason in said for mark in (UNEXPECTED, NOT_SHOWN)
    )


def _ends_badly(examination: "Examination", fail_on: FailOn) -> str:
    if met := _met(examination, fail_on):
        return f"{met} finding(s) at or above “{fail_on}”."
    if _erred(examination):
        return "A check or a reader met a form that it does not know: what it would find is open."
    return ""


def _met(examination: "Examination", fail_on: FailOn) -> int:
    states = {"FAIL"} if fail_on is FailOn.FAIL else {"FAIL", "WARN"}
    return sum(1 for finding in examination.findings if finding.state in states)
