"""Examine evidence in a process of its own: original bytes go in through a pipe, only redacted content comes out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol

from sevline.bench.examination import ArtifactHead, Examination
from sevline.bench.limits import Limits


class WordListEntry(Protocol):
    """A term of the case's own word list (`sevline.core.redaction.Term`)."""

    @property
    def kind(self) -> str: ...

    @property
    def value(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read: its name as data, its bytes in chunks, and its role where the person named one."""

    name: str
    chunks: Iterable[bytes]
    role: str = ""


Store = Callable[[ArtifactHead], BinaryIO]


def examine(
    source: Iterable[bytes],
    *,
    name: str,
    key: bytes,
    at: datetime,
    terms: Sequence[WordListEntry] = (),
    allowed: Sequence[str] = (),
    limits: Limits | None = None,
    store: Store,
) -> Examination:
    """One file or archive. `store(head)` returns a binary stream for each redacted artefact, closed afterwards.

    Never raises for what the bytes hold: what cannot be read is an artefact in state refused or partial, with a reason.
    """
    return examine_together(
        [Source(name, source)], key=key, at=at, terms=terms, allowed=allowed, limits=limits, store=store
    )


def examine_together(
    sources: Sequence[Source],
    *,
    key: bytes,
    at: datetime | None,
    terms: Sequence[WordListEntry] = (),
    allowed: Sequence[str] = (),
    limits: Limits | None = None,
    store: Store,
) -> Examination:
    """Several files read together, so that a response meets its metadata. `at=None` takes the evidence's own time."""
    raise NotImplementedError
