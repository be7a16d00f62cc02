"""`sevline redact`: files, folders and standard input without their personal data and secrets."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from sevline.core.lifecycle import Refused

if TYPE_CHECKING:
    from sevline.core.redaction import Mode, RedactedData

MODES = ("auto", "logs", "text", "json", "har", "saml", "xml")
HEAD = 65_536
WHOLE_DOCUMENT = 512 * 1024 * 1024
WORTH_A_BAR = 5 * 1024 * 1024
SAMPLES = 5


def register(app: typer.Typer) -> None:
    app.command()(redact)


def redact(
    path: Annotated[str, typer.Argument(help="A file, a folder, or - for standard input.")],
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Where to write; standard output without it.")] = None,
    report: Annotated[Path | None, typer.Option(help="Write a report in JSON here.")] = None,
    key_file: Annotated[
        Path | None, typer.Option(help="64 hex digits; the same key gives the same pseudonyms.")
    ] = None,
    mode: Annotated[str, typer.Option(help=f"How to read the input: {', '.join(MODES)}.")] = "auto",
) -> None:
    """Replace personal data and secrets by pseudonyms and keep everything else as it is."""
    if mode not in MODES:
        raise typer.BadParameter(f"“{mode}” is none of {', '.join(MODES)}.", param_hint="--mode")
    run = Run(_key(key_file), mode)
    if path == "-":
        run.standard_input(out)
    elif Path(path).is_dir():
        run.folder(Path(path), out)
    else:
        run.one_file(Path(path), out)
    run.finish(report, key_given=key_file is not None)


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


class Run:
    """One call of the command: its redactor, and what its report will say."""

    def __init__(self, key: bytes, mode: str) -> None:
        from sevline.core.redaction import Redactor

        self.redactor = Redactor(key)
        self.mode = mode
        self.counts: Counter[str] = Counter()
        self.samples: dict[str, list[str]] = {}
        self.files: list[dict[str, object]] = []
        self.not_looked_at: list[dict[str, str]] = []

    def standard_input(self, out: Path | None) -> None:
        with _target(out) as target:
            self._write("-", sys.stdin.buffer, target, size=0)

    def one_file(self, path: Path, out: Path | None) -> None:
        if out is not None and out.is_dir():
            out = out / self.redactor.name(path.name)
        if out is not None and out.exists() and out.samefile(path):
            raise Refused(f"{out} is the input itself; name another file with -o.")
        with path.open("rb") as source, _target(out) as target:
            self._write(path.name, source, target, size=path.stat().st_size)

    def folder(self, path: Path, out: Path | None) -> None:
        """Keeps the layout; whatever cannot be read is named in the report and not copied."""
        if out is None:
            raise Refused("A folder is redacted into another folder: name it with -o.")
        if out.resolve().is_relative_to(path.resolve()):
            raise Refused(f"{out} lies in the folder that is to be redacted; name one outside it with -o.")
        for file in sorted(path.rglob("*")):
            name = file.relative_to(path).as_posix()
            if file.is_symlink() or not (file.is_file() or file.is_dir()):
                self._leave_out(name, "It is a link or a device, and those are not followed.")
            elif file.is_file():
                self._one_of_many(file, name, out / self.redactor.name(name))

    def _one_of_many(self, file: Path, name: str, target: Path) -> None:
        try:
            with file.open("rb") as source:
                target.parent.mkdir(parents=True, exist_ok=True)
                with _target(target) as stream:
                    self._write(name, source, stream, size=file.stat().st_size)
        except Refused as refusal:
            self._leave_out(name, " ".join(refusal.reasons))
        except PermissionError:
            self._leave_out(name, "It may not be read.")

    def _leave_out(self, name: str, reason: str) -> None:
        shown = self.redactor.name(name)
        self.not_looked_at.append({"name": shown, "reason": reason})
        print(f"{shown} was left out: {reason}", file=sys.stderr)

    def _write(self, name: str, source: BinaryIO, target: BinaryIO, *, size: int) -> None:
        from sevline.core.redaction import Mode

        head = source.read(HEAD)
        _refuse_unreadable(self.redactor.name(name), head)
        mode = self._mode(name, head)
        rest = _Joined(head, source)
        entry: dict[str, object] = {"name": self.redactor.name(name), "mode": str(mode), "bytes": 0}
        notes: list[str] = []
        if mode in (Mode.LOGS, Mode.TEXT) or size > WHOLE_DOCUMENT:
            pieces = self.redactor.stream(rest)
        else:
            pieces = iter([self.redactor.document(mode, rest.read(-1))])
        with _progress(name, size) as advance:
            for piece in pieces:
                target.write(piece.data)
                self._note(piece)
                notes += [note for note in piece.notes if note not in notes]
                advance(len(piece.data))
        entry["bytes"], entry["notes"] = rest.count, notes
        self.files.append(entry)
        for note in notes:
            print(f"{entry['name']}: {note}", file=sys.stderr)

    def _mode(self, name: str, head: bytes) -> "Mode":
        from sevline.core.redaction import Mode, recognise

        return recognise(name, head) if self.mode == "auto" else Mode(self.mode)

    def _note(self, piece: "RedactedData") -> None:
        self.counts.update(piece.counts)
        for kind, tokens in piece.samples.items():
            shown = self.samples.setdefault(kind, [])
            shown += [token for token in tokens if token not in shown][: SAMPLES - len(shown)]

    def finish(self, report: Path | None, *, key_given: bool) -> None:
        """The report, and on stderr the counts in one line."""
        key = "from the key file" if key_given else "random for this run, and not kept"
        told = {
            "detector_set_version": self.redactor.version,
            "key": {"origin": key, "fingerprint": self.redactor.key_fingerprint},
            "counts": dict(sorted(self.counts.items())),
            "samples": dict(sorted(self.samples.items())),
            "files": self.files,
            "not_looked_at": self.not_looked_at,
        }
        if report is not None:
            report.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(self.counts.items())) or "nothing was found"
        print(f"Redacted: {kinds}. Key: {key}.", file=sys.stderr)


def _refuse_unreadable(name: str, head: bytes) -> None:
    from sevline.core.redaction.modes import archive_kind, is_binary

    if kind := archive_kind(head):
        raise Refused(f"{name} is an archive ({kind}); unpack it first, or let `sevline analyze` read it.")
    if is_binary(head):
        raise Refused(f"{name} is not text, so nothing in it could be redacted and nothing was written.")


class _Joined:
    """A stream of which the head was read already; counts what it gave."""

    def __init__(self, head: bytes, source: BinaryIO) -> None:
        self._head, self._source, self.count = head, source, 0

    def read(self, size: int, /) -> bytes:
        data, self._head = self._head, b""
        if size < 0 or len(data) < size:
            data += self._source.read(size if size < 0 else size - len(data))
        self.count += len(data)
        return data


@contextmanager
def _target(out: Path | None) -> Iterator[BinaryIO]:
    """A file that appears under its name only when it is whole; standard output where no name is given."""
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    partial = out.with_name(out.name + ".part")
    try:
        with partial.open("wb") as stream:
            yield stream
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def _progress(name: str, size: int) -> Iterator[Callable[[int], None]]:
    if size < WORTH_A_BAR or not sys.stderr.isatty():
        yield lambda _bytes: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=size)
        yield lambda count: bar.advance(task, count)
