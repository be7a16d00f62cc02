"""`sevline logs`: which patterns a log of any size holds, after redaction."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, cast

import typer

from sevline.core.lifecycle import Refused

if TYPE_CHECKING:
    from sevline.core.mining import LogState
    from sevline.core.mining.report import LogReport
    from sevline.core.readers.logs.lines import LineFacts
    from sevline.core.readers.logs.record import LogRecord
    from sevline.core.readers.logs.streams import Inflow

_PROGRESS_FROM = 5 * 1024 * 1024


class Output(StrEnum):
    TEXT = "text"
    JSON = "json"
    HTML = "html"


def register(app: typer.Typer) -> None:
    @app.command()
    def logs(
        paths: Annotated[list[str], typer.Argument(metavar="PATH|-…", help="Log files, plain or gz, bz2, xz, zst.")],
        *,
        output: Annotated[Output, typer.Option("--format", help="How the result is printed.")] = Output.TEXT,
        log_format: Annotated[str | None, typer.Option("--as", help="Read the log as this format.")] = None,
        labels: Annotated[Path | None, typer.Option(help="Write line,pattern_id of every record to this file.")] = None,
        bare: Annotated[bool, typer.Option("--bare", help="Take each line as one bare message.")] = False,
        since: Annotated[str | None, typer.Option(help="Leave out what is earlier (ISO 8601, UTC).")] = None,
        until: Annotated[str | None, typer.Option(help="Leave out this moment and what is later.")] = None,
        compare: Annotated[str | None, typer.Option(help="Say what is new or changed since this moment.")] = None,
    ) -> None:
        """Group the lines of logs into patterns, redacted first: count, share, first, last, level, example."""
        run = _Run(
            log_format="bare" if bare else log_format,
            since=_moment("--since", since),
            until=_moment("--until", until),
            labelled=labels is not None,
        )
        if labels is not None and len(paths) != 1:
            raise Refused("--labels numbers the lines of one log: give one path.")
        for path in paths:
            run.read(path)
        if labels is not None:
            run.write_labels(labels)
        print(_printed(run.report(_moment("--compare", compare)), output), end="")


class _Run:
    """One state for all paths; every path is redacted under the same key, which is forgotten at the end."""

    def __init__(
        self, *, log_format: str | None, since: datetime | None, until: datetime | None, labelled: bool
    ) -> None:
        from secrets import token_bytes

        from sevline.core.mining import LogState
        from sevline.core.redaction import Redactor

        self.log_format, self.since, self.until, self.labelled = log_format, since, until, labelled
        self.redactor = Redactor(token_bytes(32))
        self.redactions: Counter[str] = Counter()
        self.state: LogState = LogState()
        self.labels: list[tuple[int, bytes]] = []
        self._shapes: dict[bytes, bytes] = {}

    def read(self, path: str) -> None:
        from sevline.core.mining import mine
        from sevline.core.readers.logs.lines import LineFacts
        from sevline.core.readers.logs.streams import Inflow, blocks

        inflow, facts = Inflow(), LineFacts()
        name = self.redactor.name("standard input" if path == "-" else Path(path).name)
        with _opened(path) as (stream, size, written):
            source = _Text(_shown(blocks(stream, inflow), inflow, size, name), facts)
            part = mine(
                self._redacted(source),
                source=name,
                format=self.log_format,
                reference=written,
                since=self.since,
                until=self.until,
                watch=self._keep if self.labelled else None,
            )
        _complete(part, name, inflow, facts)
        self.state = self.state + part

    def report(self, compared: datetime | None) -> "LogReport":
        from sevline.core.mining.changes import changes_since, first_seen_after
        from sevline.core.mining.report import LogReport

        patterns = self.state.patterns()
        if compared is None:
            return LogReport(self.state.sources, patterns, self.redactions)
        changes = changes_since(patterns, compared)
        return LogReport(
            self.state.sources, patterns, self.redactions, compared, changes, first_seen_after(patterns, compared)
        )

    def write_labels(self, path: Path) -> None:
        ids = self.state.pattern_ids(shape for _, shape in self.labels)
        with path.open("w", encoding="utf-8") as out:
            out.write("line,pattern_id\n")
            out.writelines(f"{line},{label}\n" for (line, _), label in zip(self.labels, ids, strict=True))

    def _redacted(self, source: "_Text") -> Iterator[bytes]:
        # Of a stream, the redactor only wants to read.
        for piece in self.redactor.stream(cast("BinaryIO", source)):
            self.redactions.update(piece.counts)
            yield piece.data

    def _keep(self, records: "list[LogRecord]", shapes: list[bytes]) -> None:
        same = self._shapes.setdefault
        self.labels.extend((record.line_no, same(shape, shape)) for record, shape in zip(records, shapes, strict=True))


class _Text:
    """What the redactor reads: UTF-8 without NUL bytes, which could otherwise make it take a log for a binary."""

    def __init__(self, source: Iterator[bytes], facts: "LineFacts") -> None:
        from sevline.core.readers.logs.lines import as_utf8

        self._blocks, self._facts, self._held = as_utf8(source, facts), facts, b""

    def read(self, size: int = -1) -> bytes:
        while size < 0 or len(self._held) < size:
            block = next(self._blocks, None)
            if block is None:
                break
            self._facts.nul += block.count(b"\0")
            self._held += block.replace(b"\0", b"")
        given, self._held = (self._held, b"") if size < 0 else (self._held[:size], self._held[size:])
        return given


@contextmanager
def _opened(path: str) -> Iterator[tuple[BinaryIO, int, datetime]]:
    """The stream, its size in bytes (0 where it is not known) and when it was last written."""
    if path == "-":
        yield sys.stdin.buffer, 0, datetime.now(UTC)
        return
    file = Path(path)
    if file.is_dir():
        raise Refused(f"{path} is a folder. Name the logs in it, or use `sevline analyze` for all of it.")
    if not file.exists():
        raise Refused(f"{path} does not exist.")
    with file.open("rb") as stream:
        about = file.stat()
        yield stream, about.st_size, datetime.fromtimestamp(about.st_mtime, UTC)


def _shown(source: Iterator[bytes], inflow: "Inflow", size: int, name: str) -> Iterator[bytes]:
    """Progress on a terminal, for what takes long enough to ask for it."""
    if size < _PROGRESS_FROM or not sys.stderr.isatty():
        yield from source
        return
    for block in source:
        print(f"\r{name}: {inflow.taken / size:4.0%} of {size / 1e6:,.0f} MB", end="", file=sys.stderr, flush=True)
        yield block
    print("\r\033[K", end="", file=sys.stderr, flush=True)


def _complete(part: "LogState", name: str, inflow: "Inflow", facts: "LineFacts") -> None:
    """What was noticed before redaction belongs to what is known of the source."""
    seen = part.sources[name]
    seen.bytes, seen.nul = inflow.given, seen.nul + facts.nul
    notes = set(inflow.notes)
    if facts.encoding.startswith("utf-16"):
        notes.add(f"The text is {facts.encoding.upper()} and was read as such.")
    seen.notes |= notes


def _moment(option: str, text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text} is not a moment such as 2026-03-01T10:00:00Z.", param_hint=option) from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _printed(report: "LogReport", output: Output) -> str:
    from sevline.core.mining.page import as_html
    from sevline.core.mining.report import as_json, as_text

    if output is Output.HTML:
        return as_html(report)
    if output is Output.JSON:
        import json

        return json.dumps(as_json(report), ensure_ascii=False, indent=1) + "\n"
    return as_text(report)
