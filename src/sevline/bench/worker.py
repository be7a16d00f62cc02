"""The parser process: evidence in through standard input, redacted content and findings out through standard output."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from typing import IO, TYPE_CHECKING

from sevline.bench.apart import NOT_SHOWN, apart
from sevline.bench.archive import Budget, form_of, leaves, strays_told
from sevline.bench.confinement import confine
from sevline.bench.ending import Ending
from sevline.bench.examination import ArtifactHead, Examination, Redactions
from sevline.bench.frames import Frame, receive, send_control, send_data
from sevline.bench.limits import MEBI, Limits
from sevline.bench.tracing import Tracer

if TYPE_CHECKING:
    from sevline.bench.reading import Reading

PART = "What was read until then is shown; it is a part of the file."


@dataclass
class Job:
    """The first control frame: the case's key in hex, its word list, the capture time and the limits."""

    key: str
    at: datetime | None
    limits: Limits
    terms: list[tuple[str, str]] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    trace: str = ""  # a token whose value is wanted, and nothing else
    trace_label: str = ""  # or all tokens of this label with their values
    judge_only: bool = False  # patterns and facts of these files are known already


@dataclass
class Announced:
    """The control frame before the bytes of one source."""

    name: str
    role: str = ""
    prefix: str = ""  # of the ids of its artefacts
    at: datetime | None = None  # when it was captured, where that is known for this source
    arrived: datetime | None = None  # when it came, which says nothing of when it was used


@dataclass
class Said:
    """A control frame from the parser: exactly one of its fields is set."""

    head: ArtifactHead | None = None
    progress: str = ""
    result: Examination | None = None
    value: str | None = None
    values: dict[str, str] | None = None


#: Seconds after which a thread that reads lets one that masks go on. By the usual 5 ms each of thousands of short
#: calls of the pattern library waited as long for its answer to be taken up.
SWITCH = 0.0005


def main() -> None:
    import msgspec

    source, sink = sys.stdin.buffer, sys.stdout.buffer
    first = receive(source)
    if first is None:
        return
    job = msgspec.json.decode(first[1], type=Job)
    load()
    sys.setswitchinterval(SWITCH)
    confine(job.limits)
    if job.trace:
        send_control(sink, Said(value=_traced(job, source).value(job.trace)))
    elif job.trace_label:
        send_control(sink, Said(values=_traced(job, source).of(job.trace_label)))
    else:
        send_control(sink, Said(result=_examine(job, source, sink)))


def load() -> None:
    """Libraries are loaded before the limits bite, so that a small limit meets the evidence and not the imports.

    `bench.nursery` forks afterwards, so none of them may leave a thread at work, and none is used yet.
    """
    import gc

    import polars as pl  # noqa: F401

    from sevline.bench import judging, reading  # noqa: F401
    from sevline.core import cloud, together  # noqa: F401
    from sevline.core.checks import every_check
    from sevline.core.mining import grouping  # noqa: F401
    from sevline.core.mining.surfacing import nearby  # noqa: F401
    from sevline.core.readers.reader import every_reader
    from sevline.core.redaction.detector_set import every_detector

    every_check()
    every_detector()
    every_reader()
    cloud.recognise("")
    gc.freeze()
    gc.set_threshold(200_000, 50, 50)  # decoded documents are many objects without cycles


def prepare() -> None:
    """What is worth loading only for several parsers: one file asks few of the patterns."""
    from sevline.core.redaction.detector_set import every_detector
    from sevline.core.redaction.few import learn
    from sevline.core.redaction.late import make_all
    from sevline.core.redaction.plan import plan_of

    make_all()
    plan_of(every_detector())
    learn(every_detector())


def _examine(job: Job, source: IO[bytes], sink: IO[bytes]) -> Examination:
    from sevline.bench.judging import judge, missing_from, spoken_of
    from sevline.bench.reading import Reading
    from sevline.core.redaction import DETECTOR_SET_VERSION, Redactor, Term
    from sevline.core.together import kinds_of

    def emit(head: ArtifactHead, data: bytes) -> None:
        send_control(sink, Said(head=head))
        send_data(sink, data)

    terms = [Term(kind, value) for kind, value in job.terms]
    redactor = Redactor(bytes.fromhex(job.key), terms=terms, allowed=job.allowed, known=job.known, beside=True)
    ending = Ending(job.limits)
    ending.heed()
    reading = Reading(redactor, emit, job.at, judge_only=job.judge_only, ending=ending)
    budget, strays = Budget(job.limits), 0
    for announced, data in _sources(source, job.limits):
        send_control(sink, Said(progress=reading.redactor.name(announced.name)))
        reading.begin(announced.prefix, announced.at or job.at, announced.arrived)
        if data is None:
            reading.refuse(announced.name, f"The file is larger than {job.limits.source // MEBI} MB and was not read.")
        elif not data:
            reading.read(announced.name, data)
        else:
            strays += _read_one(reading, budget, announced, data)
    with apart(lambda: reading.not_looked_at.append("What the files show side by side was not read.")):
        reading.together()
    spoken = reading.spoken | spoken_of(reading.evidence)
    gave = kinds_of(reading.evidence)
    reading.around(reading.arrived or datetime.now(UTC))
    findings = judge(reading)
    moments = sorted(reading.moments)
    return Examination(
        at=job.at.isoformat() if job.at else "",
        artifacts=tuple(reading.artifacts),
        redactions=Redactions(
            dict(reading.counts), reading.samples, reading.not_looked_at, DETECTOR_SET_VERSION, sorted(reading.secrets)
        ),
        patterns=tuple(reading.patterns),
        findings=findings,
        missing=missing_from(findings, spoken),
        topics=tuple(sorted(spoken)),
        facts=tuple(reading.facts),
        time_range=(moments[0].isoformat(), moments[-1].isoformat()) if moments else (),
        notes=tuple(
            filter(None, (strays_told(strays) if strays else "", f"{ending.reason} {PART}" * bool(ending.reason)))
        ),
        gave=gave,
    )


def _traced(job: Job, source: IO[bytes]) -> Tracer:
    """What was read of the sources, up to the first one that holds the wanted token. Nothing is emitted."""
    from sevline.bench.reading import Reading
    from sevline.core.redaction import Redactor, Term

    terms = [Term(kind, value) for kind, value in job.terms]
    redactor = Redactor(bytes.fromhex(job.key), terms=terms, allowed=job.allowed)
    tracer = Tracer(redactor)
    reading = Reading(redactor, lambda _head, _data: None, job.at)
    budget = Budget(job.limits)
    for announced, data in _sources(source, job.limits):
        if data and not (job.trace and tracer.value(job.trace)):
            reading.redactor.name(announced.name)
            _read_one(reading, budget, announced, data)
    return tracer


def _read_one(reading: "Reading", budget: Budget, announced: Announced, data: bytes) -> int:
    """Reads one source; answers how many members had a name that leads out of their archive."""
    inside = strays = 0
    for member in leaves(announced.name, data, budget):
        if inside and reading.ending.has_come():
            reading.refuse(announced.name, f"{reading.ending.reason} What follows in the archive was not read.")
            break
        inside += 1
        strays += member.strays
        if member.refused:
            digest = sha256(data).hexdigest() if member.name == announced.name else ""
            reading.refuse(member.name, member.refused, size=len(data) if digest else 0, digest=digest)
        else:
            known = len(reading.evidence)
            with apart(partial(_not_shown, reading, member.name, len(member.data), known)):
                reading.read(member.name, member.data, announced.role, member.written, cut=member.cut)
    if not inside:
        reading.refuse(announced.name, f"The {form_of(data)} archive is empty.", size=len(data))
    return strays


def _not_shown(reading: "Reading", name: str, size: int, known: int) -> None:
    """`known`: how much evidence there was before the file; what was read of it since is not told either."""
    reading.forget(known)
    reading.refuse(name, NOT_SHOWN, size=size)


def _sources(source: IO[bytes], limits: Limits) -> Iterator[tuple[Announced, bytes | None]]:
    """Each source with its bytes; None for one that is too large, whose rest is read and thrown away."""
    import msgspec

    while (frame := receive(source)) is not None:
        announced = msgspec.json.decode(frame[1], type=Announced)
        pieces, size = [], 0
        while (piece := receive(source)) is not None and piece[0] is Frame.DATA:
            size += len(piece[1])
            if size <= limits.source:
                pieces.append(piece[1])
        data = b"".join(pieces) if size <= limits.source else None
        pieces = []  # the pieces of a large source are not kept beside it while it is read
        yield announced, data
