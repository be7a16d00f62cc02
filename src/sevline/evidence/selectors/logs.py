"""The logs of a case, to be read together."""

from collections.abc import Callable, Iterator

from django.db.models import Exists, OuterRef

from sevline.cases.models import Case
from sevline.core.readers.logs.events import LogEvent, read_events
from sevline.core.readers.sniff import Kind
from sevline.evidence.models import Artifact, Pattern, UploadState
from sevline.evidence.selectors.rows import uploads
from sevline.people.models import Person
from sevline.vault import actions as vault

LOGS = (Kind.LOG, Kind.ACCESS_LOG, Kind.TEXT, Kind.JSON)


def case_logs(person: Person, case: Case) -> list[Artifact]:
    """The redacted logs of a case that the person may see, the smaller ones first."""
    available = uploads(person, case).filter(state=UploadState.AVAILABLE)
    found = Artifact.objects.filter(upload__in=available, kind__in=LOGS, sealed_id__isnull=False)
    return list(found.select_related("upload").order_by("size", "id"))


def mined_logs(person: Person, case: Case) -> list[Artifact]:
    """Of them, those whose lines were read as records."""
    available = uploads(person, case).filter(state=UploadState.AVAILABLE)
    has_patterns = Exists(Pattern.objects.filter(artifact=OuterRef("pk")))
    found = Artifact.objects.filter(has_patterns, upload__in=available, sealed_id__isnull=False)
    return list(found.select_related("upload").order_by("size", "id"))


def events_of(file: Artifact, name: str, told: Callable[[int], None] | None = None) -> Iterator[LogEvent]:
    """All records of one redacted log; `told` is handed the size of each block that was read."""
    if file.sealed_id is not None:
        blocks = vault.open_file(file.sealed_id)
        if told is not None:
            blocks = _telling(blocks, told)
        yield from read_events(blocks, source=name, reference=file.upload.received_at)[1]


def _telling(blocks: Iterator[bytes], told: Callable[[int], None]) -> Iterator[bytes]:
    for block in blocks:
        told(len(block))
        yield block


def names_of(files: list[Artifact]) -> dict[int, str]:
    """Of each file, its name; with its upload's number where two have the same."""
    seen = [file.name for file in files]
    return {
        file.pk: file.name if seen.count(file.name) < 2 else f"U-{file.upload.number} {file.name}" for file in files
    }


def within(files: list[Artifact], names: dict[int, str], largest: int) -> tuple[list[Artifact], tuple[str, ...]]:
    """As many files as hold no more than `largest` bytes together, the smaller ones first; the others in sentences."""
    kept: list[Artifact] = []
    size = 0
    for file in files:
        size += file.size
        if size <= largest:
            kept.append(file)
    left = [
        f"{names[file.pk]} was not looked through: there is too much to read at once." for file in files[len(kept) :]
    ]
    return kept, tuple(left)
