"""Redact streams, documents and archives, and remember for the report what was done and what was left out.

An archive comes out as an archive of the same form with the same layout. What cannot be read is named and left out,
never copied.
"""

import bz2
import gzip
import io
import lzma
import tarfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, BinaryIO

import zstandard

from sevline.bench.amounts import amounts_gone, holds_billing
from sevline.bench.archive import (
    BROKEN,
    MAX_WRAPPINGS,
    Budget,
    Member,
    RefusedArchiveError,
    form_of,
    opened_in_part,
    printable,
)
from sevline.core.lifecycle import Refused
from sevline.core.readers.wrappedtokens import tokens_joined
from sevline.core.redaction import Mode, RedactedData, Redactor, recognise
from sevline.core.redaction.chunks import byte_chunks
from sevline.core.redaction.codec import sniff
from sevline.core.redaction.modes import archive_kind, is_binary, is_no_text

HEAD = 65_536
#: A document is followed by its structure up to this size, and redacted as lines beyond it.
WHOLE_DOCUMENT = 256 * 1024 * 1024
WHOLE_ARCHIVE = 1024 * 1024 * 1024
#: From this size on a second process is worth its start.
WORTH_PROCESSES = 24 * 1024 * 1024
SAMPLES = 5
MISSING_TOO = "What is missing there is missing in what was written too."
EARLIEST = (1980, 1, 1, 0, 0, 0)
WHOLE = (Mode.TEXT, Mode.JSON, Mode.HAR, Mode.SAML, Mode.XML, Mode.CSV, Mode.PICTURE, Mode.PDF)

LINES = (Mode.TEXT, Mode.LOGS)
#: A text of lines up to this size is read whole, for what is broken over lines.
SMALL = 4 * 1024 * 1024
MAY_BILL = (Mode.TEXT, Mode.JSON, Mode.CSV, Mode.LOGS)

Advance = Callable[[int], None]


class TimedBudget(Budget):
    """A budget that ends at a moment too: `until` in seconds of `time.monotonic`."""

    until: float = float("inf")

    def read(self, stream: IO[bytes], packed: int) -> bytes:
        if time.monotonic() > self.until:
            raise RefusedArchiveError("The archive takes longer to open than the limit allows.")
        return super().read(stream, packed)


@dataclass
class Redaction:
    """One run under one key. `told` is given each sentence for the person as it comes up."""

    redactor: Redactor
    budget: Budget
    mode: str = "auto"
    processes: int = 1
    told: Callable[[str], None] = lambda _sentence: None
    counts: Counter[str] = field(default_factory=Counter)
    samples: dict[str, list[str]] = field(default_factory=dict)
    files: list[dict[str, object]] = field(default_factory=list)
    not_looked_at: list[dict[str, str]] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)
    written: list[Path] = field(default_factory=list)
    _known: tuple[int, Redactor] | None = None

    def finish(self) -> None:
        """Mask in what was written the secrets that became known only after it, or in another file."""
        for path in self.written if self.secrets else ():
            self._again(path)

    def _again(self, path: Path) -> None:
        with path.open("rb") as source:
            head = source.read(HEAD)
        if archive_kind(head) or is_no_text(head):
            return
        redactor, encoding = self._knowing(), sniff(head)
        markup = self._mode(path.name, head) in (Mode.XML, Mode.SAML)
        masked = path.with_name(path.name + ".again")
        changed = False
        try:
            with path.open("rb") as source, masked.open("wb") as target:
                for piece in byte_chunks(source, "\n".encode(encoding.name)):
                    done = redactor.without_known(piece, encoding, markup=markup)
                    changed = changed or bool(done.counts)
                    self.counts.update(done.counts)
                    target.write(done.data)
            if changed:
                masked.replace(path)
        finally:
            masked.unlink(missing_ok=True)

    def stream(self, name: str, source: BinaryIO, target: BinaryIO, *, size: int, advance: Advance) -> None:
        """A file of any kind. Raises Refused with a sentence where nothing of it can be redacted."""
        head = source.read(HEAD)
        joined = _Joined(head, source)
        if kind := archive_kind(head):
            self._archive(name, kind, joined, target)
            return
        mode = self._mode(name, head)
        small = len(head) < HEAD or 0 < size <= SMALL
        if size <= WHOLE_DOCUMENT and (mode in WHOLE or small or _is_bill(name, head)):
            target.write(self._leaf(name, joined.read(-1), mode))
            return
        self._refuse_binary(name, head)
        entry = self._entry(name, Mode.LOGS if mode in WHOLE else mode)
        processes = self.processes if size >= WORTH_PROCESSES else 1
        for piece in self.redactor.stream(joined, processes=processes):
            target.write(piece.data)
            self._note(entry, piece)
            advance(joined.count)
        entry["bytes"] = joined.count

    def leave_out(self, name: str, reason: str) -> None:
        shown = self._shown(name)
        self.not_looked_at.append({"name": shown, "reason": reason})
        self.told(f"{shown} was left out: {reason}")

    def _tell_of_part(self, name: str, reason: str) -> None:
        """What could be read of something cut is written; that it is not all stands in the report."""
        shown, told = self._shown(name), f"{reason} {MISSING_TOO}"
        self.not_looked_at.append({"name": shown, "reason": told})
        self.told(f"{shown} is not whole: {told}")

    def _archive(self, name: str, kind: str, source: "_Joined", target: BinaryIO) -> None:
        data = source.read(WHOLE_ARCHIVE + 1)
        if len(data) > WHOLE_ARCHIVE:
            raise Refused(f"{self._shown(name)} is an archive of more than 1 GB; unpack it and name the folder.")
        form = form_of(data)
        if not form:
            raise Refused(f"{self._shown(name)} is an archive ({kind}) that cannot be opened here; unpack it first.")
        written = self._packed(name, form, data, depth=0, wrappings=0)
        if written is None:
            raise Refused(f"{self._shown(name)}: {self.not_looked_at[-1]['reason']}")
        target.write(written)

    def _packed(self, name: str, form: str, data: bytes, *, depth: int, wrappings: int) -> bytes | None:
        """The archive with each member redacted; None, and a row in the report, where it cannot be opened."""
        inner = depth + (form in {"zip", "tar"})
        if inner > self.budget.limits.depth or wrappings > MAX_WRAPPINGS:
            self.leave_out(name, f"Archives are opened {self.budget.limits.depth} deep; this one lies deeper.")
            return None
        kept: list[tuple[str, bytes]] = []
        try:
            kept.extend(self._members(name, opened_in_part(form, name, data, self.budget), inner, wrappings + 1))
        except RefusedArchiveError as problem:
            self.leave_out(name, str(problem))
            return None
        except BROKEN as problem:
            why = f"The {form} archive is damaged or cut: {str(problem)[:120].rstrip('.') or 'no reason given'}."
            if not kept:
                self.leave_out(name, why)
                return None
            self._tell_of_part(name, why)
        kept = [(member, self._known_gone(member, data)) for member, data in kept]
        return _written(form, kept) if kept or form in {"zip", "tar"} else None

    def _members(self, name: str, members: Iterator[Member], depth: int, wrappings: int) -> Iterator[tuple[str, bytes]]:
        for member in members:
            if member.refused:
                self.leave_out(member.name, member.refused)
                continue
            if member.cut:
                self._tell_of_part(member.name, member.cut)
            form = form_of(member.data)
            if form:
                data = self._packed(member.name, form, member.data, depth=depth, wrappings=wrappings)
            else:
                data = self._leaf_or_nothing(member.name, member.data)
            if data is not None:
                yield self.redactor.name(member.name.removeprefix(f"{name}/")), data

    def _known_gone(self, name: str, data: bytes) -> bytes:
        """A member of an archive without the secrets that other members named."""
        if not self.secrets or archive_kind(data[:HEAD]) or is_no_text(data[:HEAD]):
            return data
        markup = recognise(name, data[:HEAD]) in (Mode.XML, Mode.SAML)
        done = self._knowing().without_known(data, sniff(data), markup=markup)
        self.counts.update(done.counts)
        return done.data

    def _knowing(self) -> Redactor:
        """The redactor that knows all secrets so far."""
        if self._known is None or self._known[0] != len(self.secrets):
            self._known = len(self.secrets), self.redactor.knowing(sorted(self.secrets))
        return self._known[1]

    def _leaf_or_nothing(self, name: str, data: bytes) -> bytes | None:
        try:
            return self._leaf(name, data, self._mode(name, data[:HEAD]))
        except Refused as refusal:
            self.leave_out(name, " ".join(refusal.reasons))
            return None

    def _leaf(self, name: str, data: bytes, mode: Mode) -> bytes:
        if mode not in (Mode.PICTURE, Mode.PDF):
            self._refuse_binary(name, data[:HEAD])
        entry = self._entry(name, mode)
        redacted = self.redactor.document(mode, tokens_joined(data) if mode in LINES else data)
        if not redacted.data and data:
            self.files.remove(entry)
            raise Refused(*redacted.notes)
        if mode in MAY_BILL and holds_billing(name, data if mode is Mode.JSON else _whole_lines(data[:HEAD])):
            redacted = amounts_gone(redacted, self.redactor)
        self._note(entry, redacted)
        entry["bytes"] = len(data)
        return redacted.data

    def _refuse_binary(self, name: str, head: bytes) -> None:
        shown = self._shown(name)
        if kind := archive_kind(head):
            raise Refused(f"{shown} is an archive ({kind}) that cannot be opened here; unpack it first.")
        if is_no_text(head) or (head and not head.strip(b"\0")):
            raise Refused(f"{shown} is not text, so nothing in it could be redacted and nothing was written.")

    def _mode(self, name: str, head: bytes) -> Mode:
        return recognise(name, head) if self.mode == "auto" else Mode(self.mode)

    def _entry(self, name: str, mode: Mode) -> dict[str, object]:
        entry: dict[str, object] = {"name": self._shown(name), "mode": str(mode), "bytes": 0, "notes": []}
        self.files.append(entry)
        return entry

    def _shown(self, name: str) -> str:
        """The redacted name as reports and messages write it; a path keeps its bytes."""
        return printable(self.redactor.name(name))

    def _note(self, entry: dict[str, object], piece: RedactedData) -> None:
        self.counts.update(piece.counts)
        self.secrets.update(piece.secrets)
        for kind, tokens in piece.samples.items():
            shown = self.samples.setdefault(kind, [])
            shown += [token for token in tokens if token not in shown][: SAMPLES - len(shown)]
        sentences = [*piece.notes, *([piece.confirm] if piece.confirm else [])]
        if piece.confirm:
            entry["to_be_confirmed_by_a_person"] = True
        if sentences:
            entry["notes"] = sentences
        for sentence in sentences:
            self.told(f"{entry['name']}: {sentence}")


def _is_bill(name: str, head: bytes) -> bool:
    return not is_binary(head) and holds_billing(name, _whole_lines(head))


def _whole_lines(head: bytes) -> bytes:
    """The head of a file up to its last line end, where it is not the whole of it."""
    return head[: head.rfind(b"\n") + 1] if len(head) >= HEAD and b"\n" in head else head


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


def _written(form: str, members: list[tuple[str, bytes]]) -> bytes:
    if form == "zip":
        return _zip(members)
    if form == "tar":
        return _tar(members)
    data = members[0][1]
    if form == "gz":
        return gzip.compress(data, mtime=0)
    if form == "bz2":
        return bz2.compress(data)
    if form == "xz":
        return lzma.compress(data)
    packed: bytes = zstandard.ZstdCompressor().compress(data)
    return packed


def _zip(members: list[tuple[str, bytes]]) -> bytes:
    """No comments, no owners, no times: they would tell of the machine the files come from."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _distinct(members):
            archive.writestr(zipfile.ZipInfo(name, EARLIEST), data, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _tar(members: list[tuple[str, bytes]]) -> bytes:
    written = io.BytesIO()
    opening: Any = tarfile.open
    with opening(fileobj=written, mode="w:") as archive:
        for name, data in _distinct(members):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return written.getvalue()


def _distinct(members: list[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Names that lead nowhere but into the archive, each once."""
    seen: Counter[str] = Counter()
    for name, data in members:
        parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
        safe = "/".join(parts) or "unnamed"
        seen[safe] += 1
        yield (safe if seen[safe] == 1 else f"{safe}.{seen[safe]}"), data
