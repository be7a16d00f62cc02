"""Logs over workers: files and byte ranges, each summarised by itself, the summaries added up. One answer, however cut.

The contract is `summarise(part) -> LogState` and `state + state`; a pool of processes and Ray both do no more than
that.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import reduce
from itertools import chain, islice
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from sevline.core.lifecycle import Refused
from sevline.core.mining import LogState, mine
from sevline.core.mining.state import SourceFacts
from sevline.core.readers.logs.archives import is_archive, logs_in
from sevline.core.readers.logs.detect import SAMPLE_LINES, detect
from sevline.core.readers.logs.lines import LineFacts, lines
from sevline.core.readers.logs.reading import dated_by
from sevline.core.readers.logs.record import FORMATS
from sevline.core.readers.logs.streams import Inflow, blocks
from sevline.core.readers.logs.traces import Joiner
from sevline.core.redaction.modes import is_no_text

if TYPE_CHECKING:
    from concurrent.futures import Future
    from multiprocessing.context import BaseContext
    from multiprocessing.sharedctypes import Synchronized
    from multiprocessing.synchronize import Event

    from sevline.core.mining.miner import Watch

SPLIT_FROM = 64 * 1024 * 1024
"""Bytes below which a file is one part."""

_NAMED = 10
"""Files of an archive that are named where they are left out."""

_A_DAY = timedelta(days=1)
"""A zip does not say in which zone its members' times are."""

_DOCUMENTS = (".yaml", ".yml")
_WINDOW = 4 * 1024 * 1024
_BLOCK = 2 * 1024 * 1024
"""As much as is framed at once, so that it need not be put together."""
_WRAPPED = frozenset({"cri", "docker_json"})
"""A line may be the part of a message, or of a trace, in a header of its own."""

_SPLITTABLE = _WRAPPED | {
    "iso",
    "java",
    "klog",
    "syslog_3164",
    "python_logging",
    "json_lines",
    "logfmt",
    "plain",
    "bare",
}
_CALM = {"plain": 4, "cri": 2, "docker_json": 2}
"""Lines in a row that open a record before one surely does."""
_PACKED = (
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd",
    b"PK",
    b"7z",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
)


class Source(NamedTuple):
    """A log that can be read from any byte on. `written`: when it was last written to, in UTC."""

    stream: BinaryIO
    size: int
    written: datetime


Opener = Callable[[str], Source]
"""Opens what a part's path names, in whichever process the part is read."""


def local_file(path: str) -> Source:
    file = Path(path)
    about = file.stat()
    return Source(file.open("rb"), about.st_size, datetime.fromtimestamp(about.st_mtime, UTC))


Progress = Callable[[int], None]
"""Is handed the number of bytes that were read since it was last called."""


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes [begin, end) of a file, cut where a record begins; `end` None reads to the end of the file."""

    path: str
    source: str
    begin: int = 0
    end: int | None = None
    format: str | None = None
    first_line: int = 1
    since: datetime | None = None
    until: datetime | None = None
    opener: Opener = local_file
    reference: datetime | None = None
    """The moment from which missing years are inferred; None for when the file was written."""


@dataclass(slots=True)
class Summary:
    """`notes`: what went wrong while the bytes were read."""

    state: LogState
    notes: list[str] = field(default_factory=list)


def summarise(part: Part, progress: Progress | None = None, watch: "Watch | None" = None) -> LogState:
    """The state of one part; a part of a packed file is the whole of it."""
    source = part.opener(part.path)
    with source.stream as stream:
        return summarise_stream(
            stream, part, reference=part.reference or source.written, progress=progress, watch=watch
        )


class _Ahead:
    """A stream of which the first bytes were looked at."""

    def __init__(self, stream: BinaryIO) -> None:
        self.head = stream.read(512)
        self._left, self._stream = self.head, stream

    def read(self, size: int = -1) -> bytes:
        if not self._left:
            return self._stream.read(size)
        given, self._left = (self._left, b"") if size < 0 else (self._left[:size], self._left[size:])
        return given


def summarise_stream(
    stream: BinaryIO, part: Part, *, reference: datetime, progress: Progress | None = None, watch: "Watch | None" = None
) -> LogState:
    inflow = Inflow()
    whole = part.begin == 0 and part.end is None
    if whole:
        stream = cast("BinaryIO", ahead := _Ahead(stream))
        if is_archive(ahead.head, part.path):
            return _members(stream, part, reference, progress, watch)
    source = blocks(stream, inflow) if whole else _range(stream, part.begin, part.end)
    state = _mined(part, part.source, _told(source, inflow, progress, part), reference, watch)
    facts = state.sources[part.source]
    facts.bytes = inflow.given if whole else facts.bytes
    facts.notes |= set(inflow.notes)
    return state


def _mined(
    part: Part, source: str, text: Iterable[bytes], reference: datetime, watch: "Watch | None" = None
) -> LogState:
    return mine(
        text, source=source, format=part.format, reference=reference, since=part.since, until=part.until,
        first_line=part.first_line, watch=watch,
    )  # fmt: skip


def _members(
    stream: BinaryIO, part: Part, reference: datetime, progress: Progress | None, watch: "Watch | None"
) -> LogState:
    """The logs of an archive, each a source of its own; what is no text in it is named, and so are documents: they
    describe a state, as Kubernetes' objects do, and their parts would stand among the patterns of the logs."""
    if watch is not None:
        raise Refused("Labels number the lines of one log, and an archive may hold several. Unpack it first.")
    inflow, sums, odd, documents = Inflow(), list[tuple[int, LogState]](), list[str](), list[str]()
    for member in logs_in(stream, part.source, inflow):
        text = iter(member.blocks)
        first = next(text, b"")
        if is_no_text(first):
            odd.append(member.name)
            continue
        if member.name.lower().endswith(_DOCUMENTS):
            documents.append(member.name)
            continue
        latest = min(reference, member.written + _A_DAY) if member.written else reference
        state = _mined(part, member.name, _told(chain([first], text), member.inflow, progress), latest)
        if state.sources[member.name].is_document:
            documents.append(member.name)
            continue
        state.sources[member.name].notes |= set(member.inflow.notes)
        rank = 0
        while sums and sums[-1][0] == rank:  # so that of many members each is added a few times only
            rank, state = rank + 1, sums.pop()[1] + state
        sums.append((rank, state))
    total = reduce(add, (state for _, state in sums), LogState())
    notes = {*inflow.notes, *_left_out("No text", odd), *_left_out("Documents and no logs", documents)}
    if notes or not total.sources:
        total.sources.setdefault(part.source, SourceFacts()).notes |= notes
    return total


def _left_out(what: str, names: Sequence[str]) -> list[str]:
    if not names:
        return []
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return [f"{what}, and left out: {', '.join(names[:_NAMED])}{more}."]


def _told(
    source: Iterable[bytes], inflow: Inflow, progress: Progress | None, part: Part | None = None
) -> Iterator[bytes]:
    """What was read until a person stopped it is kept, and said to be a part: of the log, or of one `part` of it."""
    taken = 0
    stream = iter(source)
    try:
        while (block := _next(stream)) is not None:
            now = inflow.taken or taken + len(block)
            if progress is not None:
                progress(now - taken)
            taken = now
            yield block
    except KeyboardInterrupt:
        inflow.notes.append(_stopped_after(max(taken, inflow.taken), part))
    except OSError as error:
        inflow.notes.append(f"Reading failed after {max(taken, inflow.taken):,} bytes ({error.strerror or error}).")


def _next(stream: Iterator[bytes]) -> bytes | None:
    """The next block, None behind the last; KeyboardInterrupt where a person stopped this process."""
    if _stopping.signals:
        raise KeyboardInterrupt
    _stopping.waits = True
    block = next(stream, None)
    _stopping.waits = False
    return block


def _stopped_after(size: int, part: Part | None) -> str:
    if part is None or (part.begin == 0 and part.end is None):
        return f"Stopped after {size:,} bytes: this is a part of the log only."
    whole = "its end" if part.end is None else f"{part.end:,}"
    return f"Stopped: of the bytes from {part.begin:,} to {whole}, the first {size:,} were read."


def _range(stream: BinaryIO, begin: int, end: int | None) -> Iterator[bytes]:
    stream.seek(begin)
    left = end - begin if end is not None else None
    while left is None or left > 0:
        block = stream.read(_BLOCK if left is None else min(left, _BLOCK))
        if not block:
            return
        if left is not None:
            left -= len(block)
        yield block


def split(part: Part, parts: int, *, least: int = SPLIT_FROM) -> list[Part]:
    """The parts of a file, each cut where a record surely begins; one part where that cannot be told."""
    stream, size, written = part.opener(part.path)
    with stream:
        if parts < 2 or size < least:
            return [part]
        head = stream.read(_WINDOW)
        sample = list(islice(lines([head], LineFacts()), SAMPLE_LINES))
        found = detect(sample, written)
        key = part.format or found.format
        if head.startswith(_PACKED) or b"\0" in head or key not in _SPLITTABLE or (part.format is None and found.also):
            return [part]
        part = replace(part, reference=written if part.format else dated_by(sample, found, written))
        return _between(part, stream, [*_edges(stream, size, parts, key, part.reference), size], key)


def _edges(stream: BinaryIO, size: int, parts: int, key: str, reference: datetime | None) -> list[int]:
    """Where the parts begin, the first at 0; fewer than were asked for where no record surely begins."""
    edges = [0]
    for number in range(1, parts):
        edge = _record_at(stream, size * number // parts, key, reference)
        if edge is not None and edge > edges[-1]:
            edges.append(edge)
    return edges


def _between(part: Part, stream: BinaryIO, edges: list[int], key: str) -> list[Part]:
    found, first_line = [], part.first_line
    for index, begin in enumerate(edges[:-1]):
        last = index == len(edges) - 2
        end = None if last and index == 0 else edges[index + 1]
        found.append(replace(part, begin=begin, end=end, format=key, first_line=first_line))
        if not last:
            first_line += sum(map(_newlines, _range(stream, begin, edges[index + 1])))
    return found


def _newlines(block: bytes) -> int:
    """Five times as fast as `bytes.count`, which looks for them one after another."""
    import numpy as np

    return int(np.count_nonzero(np.frombuffer(block, np.uint8) == 10))


def _record_at(stream: BinaryIO, offset: int, key: str, reference: datetime | None) -> int | None:
    """Where the first line behind `offset` begins that opens a record, with none before it that may go on."""
    stream.seek(offset)
    window = stream.read(_WINDOW)
    at = window.find(b"\n") + 1
    parse = FORMATS[key].reader(reference)
    calm = 0
    while 0 < at < len(window):
        end = window.find(b"\n", at)
        if end < 0:
            return None
        line = window[at:end].rstrip(b"\r")
        joiner = Joiner()
        joiner.begin(b"")
        if key in {"plain", "bare"}:
            opens = bool(line.strip()) and not joiner.goes_on(line)
        else:
            header = parse(line)
            opens = header is not None and not (key in _WRAPPED and (header.bare or header.partial))
        calm = calm + 1 if opens else 0
        if calm >= _CALM.get(key, 1):
            return offset + at
        at = end + 1
    return None


def _context() -> "BaseContext":
    """Workers are forked from a process that has loaded what they need, so that they share it; where the system cannot,
    each is spawned."""
    from multiprocessing import get_all_start_methods, get_context

    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(["sevline.bench.warmed"])
    return context


def in_pool(parts: Sequence[Part], workers: int, progress: Progress | None = None) -> LogState:
    """The sum over a pool of processes; where each has but one part, it ends with that and gives its memory back."""
    from concurrent.futures import ProcessPoolExecutor, wait

    context = _context()
    read, stop = context.Value("q", 0), context.Event()
    total, told = LogState(), 0
    with ProcessPoolExecutor(
        min(workers, len(parts)), mp_context=context, initializer=_prepare_worker, initargs=(read, stop),
        max_tasks_per_child=1 if len(parts) <= workers else None,
    ) as pool:  # fmt: skip
        waiting = {pool.submit(_in_worker, part): part for part in parts}
        while waiting:
            done, _ = wait(waiting, timeout=_LOOK)
            if progress is not None:
                progress(read.value - told)
                told = read.value
            if _stopping.signals and not stop.is_set():
                stop.set()
                total = total + _never_begun(waiting)
            for future in done:
                part = waiting.pop(future)
                state = future.result() if not future.cancelled() else LogState()
                total = total + state if total.sources else state
                del state, part
    _end_warm()
    return total


def _end_warm() -> None:
    """Ends the process that workers were forked from, which else lives and holds its memory as long as this one."""
    from multiprocessing import forkserver

    stop = getattr(getattr(forkserver, "_forkserver", None), "_stop", None)
    if stop is not None:
        stop()


def _never_begun(waiting: "Mapping[Future[LogState], Part]") -> LogState:
    """Cancels the parts that no worker has begun, and says of their files that they are read in part."""
    state = LogState()
    for future, part in waiting.items():
        if future.cancel():
            facts = state.sources.setdefault(part.source, SourceFacts())
            facts.notes |= {"Stopped before the end: this is a part of the log only."}
    return state


def on_ray(parts: Sequence[Part], *, address: str | None = None) -> LogState:
    """The sum over a Ray cluster, or over a Ray of this machine where no address is given."""
    import ray

    begun = not ray.is_initialized()
    if begun:
        ray.init(address=address, include_dashboard=False, log_to_driver=False, configure_logging=False)
    try:
        summarised = ray.remote(_prepared)
        waiting = [summarised.remote(part) for part in parts]
        total = LogState()
        while waiting:
            done, waiting = ray.wait(waiting)
            total = total + ray.get(done[0])
        return total
    finally:
        if begun:
            ray.shutdown()


def _prepared(part: Part) -> LogState:
    prepare()
    return summarise(part)


def prepare() -> None:
    """In each worker: kernels are compiled, from the cache where there is one."""
    from sevline.core.mining.jit import choose_compiled

    choose_compiled()


_LOOK = 0.2
"""Seconds between two looks at what the workers have read."""


class _Stopping:
    """`signals`: those by which a person stopped this process. `waits`: whether it waits for bytes, which a signal
    must end, for more may never come."""

    def __init__(self) -> None:
        self.signals: list[int] = []
        self.waits = False


_stopping = _Stopping()

_shared: list[tuple["Synchronized[int]", "Event"]] = []
"""Of a worker: the bytes that all workers have read, and whether they shall stop."""


@contextmanager
def kept_when_stopped() -> Iterator[list[int]]:
    """While this lasts, the first Ctrl-C ends the reading and what was read is kept; the second ends the program. Gives
    the signals that came."""
    import signal

    def stop(number: int, _: object) -> None:
        again = bool(_stopping.signals)
        _stopping.signals.append(number)
        if again or _stopping.waits:
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield _stopping.signals
    finally:
        signal.signal(signal.SIGINT, before)
        _stopping.signals, _stopping.waits = [], False


def _prepare_worker(read: "Synchronized[int]", stop: "Event") -> None:
    """A worker that shall stop gives what it has read so far; Ctrl-C reaches it by the process that began it."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _shared.append((read, stop))
    prepare()


def _in_worker(part: Part) -> LogState:
    return summarise(part, _tell)


def _tell(size: int) -> None:
    read, stop = _shared[-1]
    with read.get_lock():
        read.value += size
    if stop.is_set() and not _stopping.signals:
        _stopping.signals.append(0)
