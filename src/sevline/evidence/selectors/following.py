"""One request through all logs of a case, by its id: its services in order, and where each record stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from sevline.cases.models import Case
from sevline.core.mining.surfacing.stitching import Hop, Way, follow
from sevline.core.readers.logs.events import LogEvent, events_naming
from sevline.core.readers.logs.fields import IDS, fields_of
from sevline.evidence.models import Artifact, Pattern
from sevline.evidence.selectors.lines import lines
from sevline.evidence.selectors.logs import case_logs, names_of, within
from sevline.people.models import Person
from sevline.vault import actions as vault

LARGEST = 512 * 2**20
"""Bytes that are looked through, the smaller files first; what is left out is named."""

SHOWN = 12
SHORTEST = 4
MOST_FOLLOWED = 6
FARTHEST = 100_000
"""Lines that are read to get at an example."""


@dataclass(frozen=True, slots=True)
class HopRecord:
    event: LogEvent
    artifact: Artifact


@dataclass(frozen=True, slots=True)
class HopRow:
    """`indent`: calls between this service and the entry, 0 to 6. `more`: records that are not shown."""

    hop: Hop
    failing: bool
    indent: int
    records: tuple[HopRecord, ...]
    more: int


@dataclass(frozen=True, slots=True)
class RequestView:
    """`way` is None where no record names the id. `left_out`: files that were not looked through, in sentences.

    `uploads`: those of which lines are shown.
    """

    way: Way | None
    hops: tuple[HopRow, ...]
    searched: int
    left_out: tuple[str, ...]
    uploads: frozenset[int]


def request_view(person: Person, case: Case, wanted: str) -> RequestView:
    """Looks through the redacted text of every available log of the case."""
    files = case_logs(person, case)
    names = names_of(files)
    kept, left_out = within(files, names, LARGEST)
    ids = {names[file.pk]: file for file in kept}
    way = follow((event for file in kept for event in _events(file, names[file.pk], wanted)), wanted)
    hops = () if way is None else tuple(_row(hop, way, ids) for hop in way.hops)
    told = frozenset(record.artifact.upload_id for hop in hops for record in hop.records)
    return RequestView(way, hops, len(kept), left_out, told)


def followable(pattern: Pattern) -> list[str]:
    """Ids that the lines of a pattern's examples name, to follow one of them through the case's logs."""
    texts = [text for _, text in pattern.examples]
    for number, _ in pattern.examples:
        if number <= FARTHEST:  # a record of JSON names its ids beside the message
            texts += [line.text for line in lines(pattern.artifact, number, 1)]
    return list(dict.fromkeys(one for text in texts for one in _ids_in(text)))[:MOST_FOLLOWED]


def _ids_in(text: str) -> list[str]:
    """What a line names that can be followed, the surest first."""
    named = fields_of(text.encode("utf-8", "replace"))
    return list(dict.fromkeys(named[name] for name in IDS if len(named.get(name, "")) >= SHORTEST))


def _events(file: Artifact, name: str, wanted: str) -> Iterator[LogEvent]:
    if file.sealed_id is not None:
        blocks = vault.open_file(file.sealed_id)
        yield from events_naming(blocks, wanted, source=name, reference=file.upload.received_at)


def _row(hop: Hop, way: Way, ids: dict[str, Artifact]) -> HopRow:
    shown = tuple(HopRecord(event, ids[event.source]) for event in hop.events[:SHOWN])
    return HopRow(hop, hop is way.failing, min(hop.depth, 6), shown, len(hop.events) - len(shown))
