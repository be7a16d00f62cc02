"""`sevline logs`: which patterns logs of any size hold. What is shown of them is redacted first."""

import os
import sys
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, cast

import typer

from sevline.cli.buckets import is_bucket, objects_below, open_object
from sevline.cli.naming import Naming
from sevline.cli.paths import existing
from sevline.core.lifecycle import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sevline.bench.logs import Part
    from sevline.core.mining import LogState
    from sevline.core.mining.report import LogReport
    from sevline.core.mining.showing import Showing
    from sevline.core.mining.surfacing.nearby import KnownChange

_NO_TEXT = "{} is not text, so there is no log in it to read."
_STOPPED = 130
"""Exit code of a program that Ctrl-C ended."""

_PROGRESS_FROM = 5 * 1024 * 1024


class Output(StrEnum):
    TEXT = "text"
    JSON = "json"
    HTML = "html"


def register(app: typer.Typer) -> None:
    @app.command()
    def logs(
        paths: Annotated[
            list[str],
            typer.Argument(metavar="PATH|s3://…|-…", help="Logs, plain or packed; of s3://bucket/prefix all objects."),
        ],
        *,
        output: Annotated[Output, typer.Option("--format", help="How the result is printed.")] = Output.TEXT,
        log_format: Annotated[str | None, typer.Option("--as", help="Read the log as this format.")] = None,
        labels: Annotated[Path | None, typer.Option(help="Write line,pattern_id of every record to this file.")] = None,
        bare: Annotated[bool, typer.Option("--bare", help="Take each line as one bare message.")] = False,
        since: Annotated[str | None, typer.Option(help="Leave out what is earlier (ISO 8601, UTC).")] = None,
        until: Annotated[str | None, typer.Option(help="Leave out this moment and what is later.")] = None,
        compare: Annotated[str | None, typer.Option(help="Say what is new or changed since this moment.")] = None,
        recount: Annotated[
            str | None, typer.Option(metavar="QUERY", help="Only count again what the query of a card asks for.")
        ] = None,
        changes: Annotated[
            Path | None, typer.Option(help="Deploys and other changes (CSV, JSON, git tags), told where they are near.")
        ] = None,
        workers: Annotated[
            int | None,
            typer.Option(min=1, max=64, help="Processes that read at the same time; else one a core from 64 MB on."),
        ] = None,
        cluster: Annotated[
            str | None, typer.Option(metavar="ADDRESS|local", help="Read on a Ray cluster (sevline[cluster]).")
        ] = None,
    ) -> None:
        """Group the lines of logs into patterns: count, share, first, last, level, example. Redacted before it is
        shown."""
        if labels is not None and len(paths) != 1:
            raise Refused("--labels numbers the lines of one log: give one path.")
        run = _Run(
            log_format="bare" if bare else log_format,
            since=_moment("--since", since),
            until=_moment("--until", until),
            labelled=labels is not None,
        )
        compared, known = _moment("--compare", compare), _changes(changes)
        for path in paths:
            _known(path)
        remote = [found for path in paths if is_bucket(path) for found in objects_below(path)]
        local = [path for path in paths if not is_bucket(path)]
        stopped = run.read(_texts(local) if local else [], dict(remote), workers, cluster)
        unwritten = run.write_labels(labels) if labels is not None else ()
        told = _command(paths, log_format, since, until, bare=bare)
        _print(run.pieces(compared, known, told, output, recount))
        if unwritten:
            raise Refused(*unwritten)
        if stopped:
            raise typer.Exit(_STOPPED)


class _Run:
    """One state for all paths; what is shown is redacted under one key, which is forgotten at the end."""

    def __init__(
        self, *, log_format: str | None, since: datetime | None, until: datetime | None, labelled: bool
    ) -> None:
        self.log_format, self.since, self.until, self.labelled = log_format, since, until, labelled
        self.labels: list[tuple[Sequence[int], list[bytes]]] = []
        self.state: LogState | None = None
        self.head = b""
        self._shapes: dict[bytes, bytes] = {}
        self._naming: Naming | None = None

    def read(self, paths: list[str], remote: dict[str, int], workers: int | None, cluster: str | None) -> bool:
        """`remote`: objects of a store, with their sizes. Gives whether a person stopped it."""
        from sevline.cli.kernels import PLAIN_BELOW, choose, cores

        sizes = {path: Path(path).stat().st_size for path in paths if path != "-"}
        total = sum(sizes.values()) + sum(remote.values())
        self.head = sys.stdin.buffer.read(PLAIN_BELOW) if "-" in paths else b""
        if _is_no_log(BytesIO(self.head)):
            raise Refused(_NO_TEXT.format("Standard input"))
        choose(None if len(self.head) == PLAIN_BELOW else total + len(self.head))
        from sevline.bench.logs import SPLIT_FROM, kept_when_stopped

        workers = workers or (cores() if total >= SPLIT_FROM else 1)
        parts = self._parts([*paths, *remote])
        progress = _Progress(total)
        if cluster is not None:
            self.state = self._on_cluster(parts, cluster)
            return False
        with kept_when_stopped() as signals:
            if workers > 1 and "-" not in paths and not self.labelled:
                self.state = self._in_pool(parts, workers, progress)
            else:
                self.state = self._here(parts, progress)
        progress.done()
        self._note_sizes(self.state, sizes, _names([*paths, *remote]))
        return bool(signals)

    @staticmethod
    def _note_sizes(state: "LogState", sizes: dict[str, int], names: dict[str, str]) -> None:
        """Says of which files the size changed while they were read, as of logs that are still written."""
        from sevline.core.mining.report import size_sentence

        for path, before in sizes.items():
            file = Path(path)
            state.note(names[path], size_sentence(before, file.stat().st_size if file.is_file() else before))

    def _parts(self, paths: list[str]) -> "list[Part]":
        from sevline.bench.logs import Part, local_file

        names = _names(paths)
        return [
            Part(
                path, names[path], format=self.log_format, since=self.since, until=self.until,
                opener=open_object if is_bucket(path) else local_file,
            )
            for path in names
        ]  # fmt: skip

    def report(self, compared: datetime | None, changes: "Sequence[KnownChange]") -> "LogReport":
        from sevline.core.mining.report import folding_sentence, reported

        state = self._read()
        for name in state.sources if state.level else ():
            state.note(name, folding_sentence(state.cap))
        shares = {} if self._naming is None else self._naming.shares(state)
        patterns, sources = state.patterns(), state.sources
        self.state = None  # the patterns hold what is wanted of it
        return reported(sources, patterns, compared=compared, changes=changes, shares=shares)

    def pieces(
        self,
        compared: datetime | None,
        changes: "Sequence[KnownChange]",
        command: str,
        output: Output,
        recount: str | None,
    ) -> "Iterator[str]":
        """`recount`: the query of a card, which then is all that is told."""
        if recount is not None:
            return self.recounted(recount, output)
        return _pieces(replace(self.report(compared, changes), command=command), output)

    def recounted(self, query: str, output: Output) -> "Iterator[str]":
        """What the query of a card counts; as text where it is not asked for as JSON."""
        from secrets import token_bytes

        from sevline.core.mining.recounted import recount_json, recount_text
        from sevline.core.mining.surfacing.adapter import counts_of
        from sevline.core.mining.surfacing.recounting import recount
        from sevline.core.redaction import Redactor

        state = self._read()
        shares = {} if self._naming is None else self._naming.shares(state)
        found = recount(query, [counts_of(one, shares.get(one.id)) for one in state.patterns()])
        written = recount_json if output is Output.JSON else recount_text
        return iter((written(found, Redactor(token_bytes(32))),))

    def write_labels(self, path: Path) -> tuple[str, ...]:
        """A file that cannot be written whole is not left behind; why it could not is given."""
        state = self._read()
        ids = state.ids_of_shapes()
        rows = sorted(
            (line, ids[state.key_of(shape)])
            for lines, shapes in self.labels
            for line, shape in zip(lines, shapes, strict=True)
        )
        try:
            with path.open("w", encoding="utf-8") as out:
                out.write("line,pattern_id\n")
                out.writelines(f"{line},{label}\n" for line, label in rows)
        except OSError as error:
            if path.is_file():
                path.unlink()
            return (f"The labels could not be written to {path}: {error.strerror or error}.",)
        return ()

    def _read(self) -> "LogState":
        if self.state is None:
            raise Refused("Nothing was read.")
        return self.state

    def _here(self, parts: "list[Part]", progress: "_Progress") -> "LogState":
        from sevline.bench.logs import summarise, summarise_stream
        from sevline.core.mining import LogState

        state = LogState()
        self._naming = Naming([part.path for part in parts])
        named = self._naming.values
        watch = self._keep if self.labelled else None if named is None else named.watch
        for part in parts:
            if part.path == "-":
                stream = cast("BinaryIO", _Input(self.head))  # of a stream, only reading is wanted
                state += summarise_stream(stream, part, reference=datetime.now(UTC), progress=progress, watch=watch)
            else:
                state += summarise(part, progress=progress, watch=watch)
        return state

    def _in_pool(self, parts: "list[Part]", workers: int, progress: "_Progress") -> "LogState":
        from sevline.bench.logs import in_pool, split

        return in_pool([piece for part in parts for piece in split(part, workers)], workers, progress)

    def _on_cluster(self, parts: "list[Part]", cluster: str) -> "LogState":
        from importlib.util import find_spec

        from sevline.bench.logs import on_ray, split

        if find_spec("ray") is None:
            raise Refused("Ray is not installed. Install it with `pip install 'sevline[cluster]'`.")
        if any(part.path == "-" for part in parts) or self.labelled:
            raise Refused("On a cluster only files are read, and no labels are written: leave out “-” and --labels.")
        address = None if cluster == "local" else cluster
        return on_ray([piece for part in parts for piece in split(part, 8)], address=address)

    def _keep(self, lines: "Sequence[int]", shapes: list[bytes]) -> None:
        same = self._shapes.setdefault
        self.labels.append(([int(line) for line in lines], [same(shape, shape) for shape in shapes]))


class _Input:
    """Standard input, of which the head has been read already."""

    def __init__(self, head: bytes) -> None:
        self._head = head

    def read(self, size: int) -> bytes:
        if not self._head:
            return sys.stdin.buffer.read(size)
        given, self._head = self._head[:size], self._head[size:]
        return given


class _Progress:
    """Bytes, rate and time left on a terminal, for what takes long enough to ask for it."""

    def __init__(self, total: int) -> None:
        from time import monotonic

        self._now, self._begun = monotonic, monotonic()
        self._total, self._read, self._told = total, 0, 0.0
        self._shown = sys.stderr.isatty() and (total >= _PROGRESS_FROM or not total)

    def __call__(self, size: int) -> None:
        self._read += size
        passed = self._now() - self._begun
        if not self._shown or not self._read or passed - self._told < 0.2:
            return
        self._told = passed
        rate = self._read / passed
        text = f"{self._read / 1e6:,.0f} MB read, {rate / 1e6:,.0f} MB/s"
        if self._total:
            left = max(0.0, self._total - self._read) / rate
            done = f"{self._read / self._total:4.0%} of {self._total / 1e6:,.0f} MB"
            text = f"{done}, {rate / 1e6:,.0f} MB/s, {left:,.0f} s left"
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)

    def done(self) -> None:
        if self._shown and self._told:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def _known(path: str) -> None:
    if path == "-" or is_bucket(path):
        return
    if Path(path).is_dir():
        raise Refused(f"{path} is a folder. Name the logs in it, or use `sevline analyze` for all of it.")
    existing(path)


def _texts(paths: list[str]) -> list[str]:
    """The paths without those that hold no text, which are named; Refused where none is left."""
    odd = [path for path in paths if path != "-" and _is_no_log_at(Path(path))]
    reasons = [_NO_TEXT.format(Path(path).name) for path in odd]
    if reasons and len(odd) == len(paths):
        raise Refused(*reasons)
    for reason in reasons:
        print(f"{reason} It was left out.", file=sys.stderr)
    return [path for path in paths if path not in odd]


def _is_no_log_at(path: Path) -> bool:
    if not path.is_file():
        return False  # a pipe is read once
    with path.open("rb") as stream:
        return _is_no_log(stream, path.name)


def _is_no_log(stream: BinaryIO, name: str = "") -> bool:
    """Whether what it holds once it is unpacked begins as no text does; zeros before a rotated log are no reason. Of an
    archive, each member is asked later."""
    from sevline.core.readers.logs.archives import is_archive
    from sevline.core.readers.logs.streams import Inflow, blocks
    from sevline.core.redaction.modes import is_no_text

    head = stream.read(512)
    stream.seek(0)
    if is_archive(head, name):
        return False
    first: bytes = next(blocks(stream, Inflow()), b"")
    return is_no_text(first)


def _names(paths: list[str]) -> dict[str, str]:
    """File names, with their folders where two are the same."""
    plain = {path: "standard input" if path == "-" else Path(path).name for path in paths}
    twice = len(set(plain.values())) < len(plain)
    return {path: path if twice and path != "-" else name for path, name in plain.items()}


def _moment(option: str, text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text} is not a moment such as 2026-03-01T10:00:00Z.", param_hint=option) from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _changes(path: Path | None) -> "tuple[KnownChange, ...]":
    """The list of changes; what of it could not be read is said."""
    if path is None:
        return ()
    from sevline.core.mining.surfacing.nearby import KnownChange
    from sevline.core.readers.changelist import read_changes

    try:
        listed = read_changes(path.read_bytes())
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror or error}.") from None
    for problem in listed.problems:
        print(problem, file=sys.stderr)
    return tuple(KnownChange(one.id, one.kind, one.title, one.at, frozenset(one.components)) for one in listed.changes)


def _command(paths: list[str], form: str | None, since: str | None, until: str | None, *, bare: bool) -> str:
    """What reads the same logs again in the same way."""
    import shlex

    options = {"--as": form, "--since": since, "--until": until}
    chosen = [word for name, value in options.items() if value is not None for word in (name, value)]
    return shlex.join(["sevline", "logs", *paths, *chosen, *(["--bare"] if bare else [])])


def _print(pieces: "Iterator[str]") -> None:
    """A pipe that is closed before the end, as by `head`, ends the output."""
    try:
        for piece in pieces:
            sys.stdout.write(piece)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise Refused(f"The result could not be written: {error.strerror or error}.") from None


def _pieces(report: "LogReport", output: Output) -> "Iterator[str]":
    """What is printed, redacted; JSON and HTML hold all patterns, so they are made and printed some at a time."""
    from secrets import token_bytes

    from sevline.core.mining.showing import Showing
    from sevline.core.redaction import Redactor

    showing = Showing(report, Redactor(token_bytes(32)))
    head = showing.head()
    if output is Output.JSON:
        from sevline.core.mining.jsonform import json_pieces

        return json_pieces(head, showing.patterns(), showing.counts)
    if output is Output.HTML:
        from sevline.core.mining.page import html_pieces

        return html_pieces(head, showing.patterns(), showing.counts)
    return iter((_text(showing, head),))


def _text(showing: "Showing", head: "LogReport") -> str:
    from shutil import get_terminal_size

    from sevline.core.mining.textual import CARDS, SHOWN, as_text

    shown = list(showing.patterns(SHOWN))
    fresh = {pattern.id: pattern for pattern in showing.fresh(CARDS)}
    told = replace(
        head,
        patterns=[*shown, *head.patterns[len(shown) :]],
        fresh=[fresh.get(pattern.id, pattern) for pattern in head.fresh],
        redactions=showing.counts,
    )
    return as_text(told, get_terminal_size((100, 24)).columns)
