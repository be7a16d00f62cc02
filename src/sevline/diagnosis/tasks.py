"""What this room does when something happened elsewhere."""

from typing import Any, BinaryIO

from django_tasks import task

from sevline.bench.examination import TOGETHER, ArtifactHead
from sevline.bench.examine import Source, examine_together
from sevline.cases.models import Case, number_of
from sevline.diagnosis.actions import do_runs, keep_findings, run_probe
from sevline.diagnosis.actions.together import Chosen, chosen_files, is_known, keep_together
from sevline.diagnosis.models import Probe, RunSet
from sevline.evidence.tasks import parser_limits
from sevline.platform.jobs.worker import report
from sevline.platform.models import Event
from sevline.vault import actions as vault


@task()
def on_evidence_ready(seq: int) -> int:
    """Keep what the checks found in an upload that has just become available."""
    event = Event.objects.get(seq=seq)
    kept = keep_findings(int(event.subject_key))
    read_files_together.enqueue(event.case_key)
    return kept


@task()
def on_evidence_gone(seq: int) -> None:
    """A file was removed or refused: what the others show together may differ."""
    read_files_together.enqueue(Event.objects.get(seq=seq).case_key)


@task()
def read_files_together(case_key: str) -> int:
    """Read the files of a case side by side that complete one another; answers how many findings were kept."""
    case = Case.objects.get(number=number_of(case_key))
    chosen = chosen_files(case)
    if chosen is None or is_known(case, chosen):
        return 0
    return _read(case, chosen) if chosen.runs else keep_together(case.pk, chosen, (), "", ())


@task()
def on_probe_asked(seq: int) -> str:
    """Look at a target."""
    event = Event.objects.get(seq=seq)
    probe = Probe.objects.get(case__number=number_of(event.case_key), number=_number(event.data["probe"]))
    return run_probe(probe.pk)


@task()
def on_runs_asked(seq: int) -> str:
    """Repeat a request."""
    event = Event.objects.get(seq=seq)
    row = RunSet.objects.get(case__number=number_of(event.case_key), number=_number(event.data["runs"]))
    return do_runs(row.pk)


def _number(key: str) -> int:
    return int(key.partition("-")[2])


def _read(case: Case, chosen: Chosen) -> int:
    """Originals go through the parser process; of what comes out only what no file shows alone is stored."""
    made: list[tuple[ArtifactHead, vault.SealedSink]] = []

    def store(head: ArtifactHead) -> BinaryIO:
        if not head.id.startswith(TOGETHER):
            return _Nowhere()  # type: ignore[return-value]  # only written to
        made.append((head, vault.SealedSink(case.key, "redacted")))
        return made[-1][1]  # type: ignore[return-value]  # a raw file that is only written to

    terms, kept = vault.words(case.key)
    report(5, "reading files together")
    found = examine_together(
        [_source(run.upload) for run in chosen.runs],
        key=vault.pseudonym_key(case.key),
        at=None,
        terms=terms,
        allowed=kept,
        known=vault.known(case.key),
        limits=parser_limits(),
        store=store,
        judge_only=True,
    )
    report(95, "keeping what was found")
    return keep_together(case.pk, chosen, found.findings, found.refused, made)


def _source(upload: Any) -> Source:
    return Source(
        upload.name,
        vault.open_file(upload.original_id),
        upload.role,
        f"u{upload.number}.",
        upload.captured_at,
        upload.received_at,
    )


class _Nowhere:
    """What the files show alone is kept already."""

    def write(self, data: bytes, /) -> int:
        return len(data)

    def close(self) -> None:
        return
