"""Files of a case that complete one another are read side by side: a response with its metadata, a log with deploys."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from sevline.cases.models import Case
from sevline.core.checks import every_check
from sevline.core.together import worth_reading_together
from sevline.diagnosis.actions.findings import finding_of, replace_findings
from sevline.diagnosis.events import FilesReadTogether
from sevline.diagnosis.models import FilesRead, Finding
from sevline.evidence.actions import keep_comparison
from sevline.evidence.models import RedactionRun, Upload, UploadState
from sevline.platform import clock
from sevline.platform.events import SYSTEM, record
from sevline.vault.actions import SealedSink
from sevline.vault.models import SealedFile

WAITING = (UploadState.QUARANTINED, UploadState.REDACTING)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The files that complete one another, oldest first, each with its newest redaction run."""

    runs: tuple[RedactionRun, ...]

    @property
    def read(self) -> list[list[int]]:
        return [[run.upload.number, run.number] for run in self.runs]

    @property
    def ids(self) -> list[int]:
        return [run.upload_id for run in self.runs]


def chosen_files(case: Case) -> Chosen | None:
    """None while a file of the case still waits: whatever arrives last asks again."""
    if Upload.objects.filter(case=case, state__in=WAITING).exists():
        return None
    shown = Upload.objects.filter(case=case, state=UploadState.AVAILABLE, original_id__isnull=False)
    newest: dict[int, RedactionRun] = {}
    for run in RedactionRun.objects.filter(upload__in=shown).select_related("upload").order_by("number"):
        newest[run.upload.number] = run
    sealed = {run.upload.original_id for run in newest.values()}
    kept = set(SealedFile.objects.filter(pk__in=[pk for pk in sealed if pk], gone_at=None).values_list("pk", flat=True))
    held = {number: run for number, run in newest.items() if run.upload.original_id in kept}
    every_check()
    wanted = worth_reading_together({number: run.gave for number, run in held.items()})
    return Chosen(tuple(held[number] for number in sorted(wanted)))


def is_known(case: Case, chosen: Chosen) -> bool:
    """Whether the newest reading of the case was of these very files, or there was none and nothing to read."""
    last = FilesRead.objects.filter(case=case).first()
    return last.uploads == chosen.read if last is not None else not chosen.runs


def side_by_side(case: Case) -> bool:
    """Whether all files of the case that complete one another were read side by side, and none waits for it."""
    chosen = chosen_files(case)
    return chosen is not None and is_known(case, chosen)


@transaction.atomic
def keep_together(
    case_id: int, chosen: Chosen, found: Sequence[Any], refused: str, made: Iterable[tuple[Any, SealedSink]]
) -> int:
    """Put what all files show together in the place of what each showed alone; answers how many findings there are.

    Nothing is kept where a file came or went meanwhile: its own event has queued another reading.
    """
    case = Case.objects.select_for_update().get(pk=case_id)
    now = chosen_files(case)
    if now is None or now.read != chosen.read or is_known(case, chosen):
        return 0
    reading = FilesRead.objects.create(case=case, uploads=chosen.read, refused=refused[:300], at=clock.now())
    ids = {f"u{run.upload.number}.": run.upload_id for run in chosen.runs}
    if refused or not chosen.runs:
        _fall_back(case)
        counts: dict[str, int] = {}
    else:
        home = chosen.runs[0]
        for head, sink in made:
            home = next((run for run in chosen.runs if head.parent.startswith(f"u{run.upload.number}.")), home)
            keep_comparison(home, head, sink)
            ids["together."] = home.upload_id
        rows = [_row(case, reading, asdict(one), ids, chosen.ids[-1]) for one in found]
        others = Finding.objects.filter(case=case, together__isnull=False).exclude(upload__in=chosen.ids)
        replace_findings(Finding.objects.filter(case=case, upload__in=chosen.ids) | others, rows)
        _alone(case, set(chosen.ids))
        counts = dict(Counter(row.state for row in rows))
    event = FilesReadTogether(
        by=SYSTEM, subject=case.ref, case=case.key, files=reading.names, counts=counts, refused=reading.refused
    )
    record(event)
    return sum(counts.values())


def _row(case: Case, reading: FilesRead, found: dict[str, Any], ids: dict[str, int], last: int) -> Finding:
    """`evidence` names artefacts by prefix and key; kept are the key and the id of the upload that holds it."""
    places = [_placed(place, ids) for place in found["evidence"]]
    upload = places[0]["upload"] if places else last
    row = finding_of(case, upload, found | {"evidence": places})
    row.together = reading
    return row


def _placed(place: dict[str, Any], ids: dict[str, int]) -> dict[str, Any]:
    prefix, dot, key = place["artifact"].partition(".")
    upload = ids[prefix + dot]
    return place | {"artifact": key if prefix != "together" else place["artifact"], "upload": upload}


def _fall_back(case: Case) -> None:
    """Each file says again what it shows alone."""
    _alone(case, set())


def _alone(case: Case, read: set[int]) -> None:
    """What files that are no longer read with others say by themselves."""
    stale = Finding.objects.filter(case=case, together__isnull=False).exclude(upload__in=read)
    alone = Upload.objects.filter(case=case, state=UploadState.AVAILABLE).exclude(pk__in=read)
    lost = [upload for upload in alone if not Finding.objects.filter(upload=upload, together=None).exists()]
    rows = [
        finding_of(case, upload.pk, found)
        for upload in lost
        if (run := upload.runs.order_by("-number").first()) is not None
        for found in run.findings
    ]
    replace_findings(stale, rows)
