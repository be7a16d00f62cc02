"""Examine evidence in a process of its own: original bytes go in through a pipe, only redacted content comes out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Protocol

from sevline.bench.archive import printable
from sevline.bench.examination import ArtifactHead, Examination
from sevline.bench.frames import Frame, send, send_control
from sevline.bench.limits import Limits
from sevline.bench.sandbox import Child, Stopped, started
from sevline.bench.worker import Announced, Job, Said


class WordListEntry(Protocol):
    """A term of the case's own word list (`sevline.core.redaction.Term`)."""

    @property
    def kind(self) -> str: ...

    @property
    def value(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read: its name as data, its bytes in chunks, and its role where the person named one.

    `prefix` stands before the ids of its artefacts, so that they are the same whatever is read beside it. `at` is when
    it was captured, if it was not when the others were. `arrived` is when it came: it tells a year that a log leaves
    out, and is no time at which anything was used.
    """

    name: str
    chunks: Iterable[bytes]
    role: str = ""
    prefix: str = ""
    at: datetime | None = None
    arrived: datetime | None = None


class Sink(Protocol):
    """Where the redacted bytes of one artefact go: any writable binary stream."""

    def write(self, data: bytes, /) -> object: ...

    def close(self) -> None: ...


Store = Callable[[ArtifactHead], Sink]
Watch = Callable[[str], None]


def examine(
    source: Iterable[bytes],
    *,
    name: str,
    key: bytes,
    at: datetime | None,
    terms: Sequence[WordListEntry] = (),
    allowed: Sequence[str] = (),
    known: Sequence[str] = (),
    limits: Limits | None = None,
    store: Store,
) -> Examination:
    """One file or archive. `store(head)` returns a binary stream for each redacted artefact, closed afterwards.

    Never raises for what the bytes hold: what cannot be read is an artefact in state refused or partial, with a reason.
    """
    return examine_together(
        [Source(name, source)],
        key=key,
        at=at,
        terms=terms,
        allowed=allowed,
        known=known,
        limits=limits,
        store=store,
    )


def examine_together(
    sources: Sequence[Source],
    *,
    key: bytes,
    at: datetime | None,
    terms: Sequence[WordListEntry] = (),
    allowed: Sequence[str] = (),
    known: Sequence[str] = (),
    limits: Limits | None = None,
    store: Store,
    watch: Watch | None = None,
    stopped: Stopped | None = None,
    judge_only: bool = False,
) -> Examination:
    """Several files read together, so that a response meets its metadata. `at=None` takes the evidence's own time.
    `known` are the case's secrets as hashes.

    Where `refused` of the result is a sentence, the parser was stopped before its end: what was stored so far is to be
    thrown away. `watch` is told the redacted name of each source when its turn comes. `stopped` is
    asked now and then whether a person wants no more; what was read is then given, and says that it is a part.
    `judge_only` leaves out patterns and facts, for files that were examined before.
    """
    bounds = limits or Limits()

    def feed(pipe: IO[bytes]) -> None:
        words = [(term.kind, term.value) for term in terms]
        job = Job(key.hex(), at, bounds, words, list(allowed), list(known), judge_only=judge_only)
        send_control(pipe, job)
        for source in sources:
            _send_source(pipe, source)

    with started(bounds, feed, stopped=stopped) as child:
        result = _listen(child, store, watch or (lambda _name: None))
        return result or Examination(at=at.isoformat() if at else "", refused=child.why())


def trace(
    sources: Iterable[Source],
    *,
    token: str,
    key: bytes,
    at: datetime | None,
    terms: Sequence[WordListEntry] = (),
    allowed: Sequence[str] = (),
    limits: Limits | None = None,
) -> str:
    """The value behind a token, looked for in original bytes in the parser process; "" when none of them holds it."""
    words = [(term.kind, term.value) for term in terms]
    job = Job(key.hex(), at, limits or Limits(), words, list(allowed), trace=token)
    return _traced(sources, job).value or ""


def trace_all(
    sources: Iterable[Source],
    *,
    label: str,
    key: bytes,
    at: datetime | None,
    terms: Sequence[WordListEntry] = (),
    allowed: Sequence[str] = (),
    limits: Limits | None = None,
) -> dict[str, str]:
    """All tokens of a label, such as AMOUNT, that redacting these original bytes makes, with what they stand for."""
    words = [(term.kind, term.value) for term in terms]
    job = Job(key.hex(), at, limits or Limits(), words, list(allowed), trace_label=label)
    return _traced(sources, job).values or {}


def _traced(sources: Iterable[Source], job: Job) -> Said:
    """What the parser process answers to a job that only traces; nothing when it ended without an answer."""
    import msgspec

    def feed(pipe: IO[bytes]) -> None:
        send_control(pipe, job)
        for source in sources:
            _send_source(pipe, source)

    with started(job.limits, feed) as child:
        for kind, payload in child.frames():
            said = msgspec.json.decode(payload, type=Said) if kind is Frame.CONTROL else Said()
            if said.value is not None or said.values is not None:
                return said
    return Said()


def _send_source(pipe: IO[bytes], source: Source) -> None:
    send_control(pipe, Announced(printable(source.name), source.role, source.prefix, source.at, source.arrived))
    for chunk in source.chunks:
        send(pipe, Frame.DATA, chunk)
    send(pipe, Frame.END)


def _listen(child: Child, store: Store, watch: Watch) -> Examination | None:
    """Store what comes, and return the result, or None when the process ended without one."""
    import msgspec

    stream: Sink | None = None
    try:
        for kind, payload in child.frames():
            if kind is Frame.DATA and stream is not None:
                stream.write(payload)
            elif kind is Frame.END and stream is not None:
                stream.close()
                stream = None
            elif kind is Frame.CONTROL:
                said = msgspec.json.decode(payload, type=Said)
                if said.result is not None:
                    return said.result
                if said.head is not None:
                    stream = store(said.head)
                elif said.progress:
                    watch(said.progress)
    finally:
        if stream is not None:
            stream.close()
    return None
