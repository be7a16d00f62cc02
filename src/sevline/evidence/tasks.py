"""The job that turns a sealed original into redacted artifacts. It may run twice and has its effect once."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django_tasks import task

from sevline.bench.examination import Artifact as Read
from sevline.bench.examination import ArtifactHead, ArtifactState, Examination, FoundFact
from sevline.bench.examination import Pattern as Mined
from sevline.bench.examine import examine
from sevline.bench.limits import MEBI, Limits
from sevline.cases import actions as cases
from sevline.evidence.actions import add_item, ref
from sevline.evidence.events import EvidenceReady, EvidenceRefused
from sevline.evidence.models import Artifact, Pattern, RedactionRun, Upload, UploadState
from sevline.evidence.selectors.rates import loudest, rate_of
from sevline.platform import clock
from sevline.platform.events import SYSTEM, record
from sevline.platform.jobs.worker import report
from sevline.platform.models import Event
from sevline.vault import actions as vault

WAITING = (UploadState.QUARANTINED, UploadState.REDACTING)
ABANDONED_HOURS = 24


@task()
def on_evidence_received(seq: int) -> str:
    """Redact an upload that has just been sealed."""
    return redact(int(Event.objects.get(seq=seq).subject_key))


def redact(upload_id: int) -> str:
    """Read the original in the parser process, keep what comes out redacted, and let the case see it."""
    started = Upload.objects.filter(pk=upload_id, state__in=WAITING).update(state=UploadState.REDACTING)
    upload = Upload.objects.select_related("case", "received_by").get(pk=upload_id)
    if not started or upload.original_id is None:
        return upload.state
    sinks: dict[str, vault.SealedSink] = {}

    def store(head: ArtifactHead) -> BinaryIO:
        sinks[head.id] = vault.SealedSink(upload.case.key, "redacted")
        report(min(90, 10 + 5 * len(sinks)), f"redacting {head.name}")
        return sinks[head.id]  # type: ignore[return-value]  # a raw file that is only written to

    report(5, "reading")
    found = examine(
        vault.open_file(upload.original_id),
        name=upload.name,
        key=vault.pseudonym_key(upload.case.key),
        at=upload.captured_at or upload.received_at,
        limits=_limits(),
        store=store,
    )
    report(95, "keeping what was found")
    return _keep(upload_id, found, sinks)


def _limits() -> Limits:
    options = settings.OPTIONS
    return Limits(
        cpu_seconds=options.parser_cpu_seconds,
        wall_seconds=options.parser_cpu_seconds * 1.5,
        resident=options.parser_memory_mb * MEBI,
        source=options.max_file_mb * MEBI,
        expanded=options.max_expanded_mb * MEBI,
        ratio=options.max_ratio,
    )


@transaction.atomic
def _keep(upload_id: int, found: Examination, sinks: dict[str, vault.SealedSink]) -> str:
    upload = Upload.objects.select_for_update().select_related("case", "received_by").get(pk=upload_id)
    if upload.state != UploadState.REDACTING:
        return upload.state  # removed meanwhile, or another worker was first
    refusal = found.refused or _nothing_readable(found)
    if refusal:
        return _refuse(upload, refusal)
    run = RedactionRun.objects.create(
        upload=upload,
        detector_version=found.redactions.version,
        counts=found.redactions.counts,
        samples=found.redactions.samples,
        not_looked_at=found.redactions.not_looked_at,
        findings=[asdict(finding) for finding in found.findings],
        missing=[asdict(missing) for missing in found.missing],
        at=clock.now(),
    )
    rows = {read.id: _artifact(upload, run, read, sinks.get(read.id)) for read in found.artifacts}
    patterns = [_pattern(rows[mined.artifact], mined) for mined in found.patterns]
    Pattern.objects.bulk_create(patterns, batch_size=500)
    run.rate = rate_of(patterns)
    run.save(update_fields=["rate"])
    upload.kind = found.artifacts[0].kind
    upload.time_first, upload.time_last = _range(found)
    upload.state, upload.reason = UploadState.AVAILABLE, found.artifacts[0].reason[:300]
    upload.save()
    item = add_item(
        upload.case, upload.received_by, claim=f"{upload.name} ({upload.kind})", artifact=rows[found.artifacts[0].id]
    )
    cases.note_facts(
        upload.case_id,
        item.key,
        [_fact(fact) for fact in found.facts],
    )
    record(
        EvidenceReady(
            by=SYSTEM,
            subject=ref(upload),
            case=upload.case.key,
            name=upload.name,
            run=run.number,
            artifacts=len(rows),
            redacted=run.counts,
            detector_version=run.detector_version,
        )
    )
    return upload.state


def _nothing_readable(found: Examination) -> str:
    """Why nothing of the file may be shown; empty when something may."""
    if any(read.state in {ArtifactState.READ, ArtifactState.PARTIAL} for read in found.artifacts):
        return ""
    return next((read.reason for read in found.artifacts if read.reason), "Nothing in this file could be read.")


def _refuse(upload: Upload, reason: str) -> str:
    upload.state, upload.reason = UploadState.REFUSED, reason[:300]
    upload.save()
    record(
        EvidenceRefused(by=SYSTEM, subject=ref(upload), case=upload.case.key, name=upload.name, reason=upload.reason)
    )
    return upload.state


def _artifact(upload: Upload, run: RedactionRun, read: Read, sink: vault.SealedSink | None) -> Artifact:
    return Artifact.objects.create(
        upload=upload,
        run=run,
        key=read.id,
        name=read.name[:300],
        kind=read.kind,
        mode=read.mode,
        state=read.state,
        reason=read.reason[:300],
        size=read.size,
        lines=read.lines,
        sha256=read.sha256,
        sealed_id=sink.keep().pk if sink else None,
    )


def _pattern(artifact: Artifact, mined: Mined) -> Pattern:
    return Pattern(
        artifact=artifact,
        key=mined.id,
        template=mined.template,
        count=mined.count,
        first_at=_moment(mined.first),
        last_at=_moment(mined.last),
        levels=mined.levels,
        level=loudest(mined.levels),
        service=max(mined.records_of, key=lambda name: (mined.records_of[name], name), default="")[:120],
        services=mined.records_of,
        step=mined.step,
        histogram=[list(cell) for cell in mined.histogram],
        examples=[list(example) for example in mined.examples],
    )


def _fact(fact: FoundFact) -> tuple[str, str, int, datetime | None, bool, str]:
    return fact.kind, fact.value, fact.offset, _moment(fact.instant), fact.zone_known, str(fact.confidence)


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _range(found: Examination) -> tuple[datetime | None, datetime | None]:
    if len(found.time_range) != 2:
        return None, None
    return _moment(found.time_range[0]), _moment(found.time_range[1])


@task()
def clear_abandoned() -> int:
    """Forget uploads whose sender went away: nothing of them was ever visible."""
    before = clock.now().timestamp() - ABANDONED_HOURS * 3600
    old = Upload.objects.filter(state=UploadState.RECEIVING, received_at__lt=datetime.fromtimestamp(before, UTC))
    return old.delete()[0]
