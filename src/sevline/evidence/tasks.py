"""The job that turns a sealed original into redacted artifacts. It may run twice and has its effect once."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django_tasks import task

from sevline.bench.archive import is_beyond_limits
from sevline.bench.examination import Artifact as Read
from sevline.bench.examination import ArtifactHead, ArtifactState, Examination, FoundFact
from sevline.bench.examination import Pattern as Mined
from sevline.bench.examine import Source, examine_together
from sevline.bench.limits import MEBI, Limits
from sevline.cases import actions as cases
from sevline.cases.models import CaseFact, number_of
from sevline.core.redaction.pseudonym import fitting
from sevline.evidence.actions import (
    add_item,
    do_comparison,
    do_impact,
    expire,
    forget_sealed,
    mask_learned,
    ref,
)
from sevline.evidence.actions import clear_abandoned as clear_unfinished
from sevline.evidence.actions.register import CLAIM_MAX
from sevline.evidence.events import EvidenceReady, EvidenceRefused
from sevline.evidence.models import (
    PICTURES,
    Artifact,
    ImpactAnswer,
    Item,
    Pattern,
    RedactionRun,
    Upload,
    UploadState,
)
from sevline.evidence.selectors.rates import loudest, rate_of
from sevline.evidence.selectors.surfaced import by_row, kept_of
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


@task()
def on_word_added(seq: int) -> int:
    """Queue every file that waits since the case's word list changed; answers how many those are."""
    case_key = Event.objects.get(seq=seq).case_key
    waiting = Upload.objects.filter(case__number=number_of(case_key), state__in=WAITING, runs__isnull=False).distinct()
    ids = list(waiting.values_list("pk", flat=True))
    for upload_id in ids:
        redact_again.enqueue(upload_id)
    return len(ids)


@task()
def on_role_named(seq: int) -> str:
    """Read a file again as what a person said that it is."""
    return redact(int(Event.objects.get(seq=seq).subject_key))


@task()
def on_secrets_learned(seq: int) -> int:
    """Redact again what holds a secret of the case without its name; answers how many files those are.

    Texts are masked here. Of the files only those are hidden and read again in which one of the secrets stands.
    """
    ids = mask_learned(Event.objects.get(seq=seq).case_key)
    for upload_id in ids:
        redact_again.enqueue(upload_id)
    return len(ids)


@task()
def on_impact_asked(seq: int) -> str:
    """Count whom a failure touched."""
    event = Event.objects.get(seq=seq)
    answer = ImpactAnswer.objects.get(case__number=number_of(event.case_key), number=event.data["number"])
    return do_impact(answer.pk)


@task()
def on_comparison_asked(seq: int) -> str:
    """Compare before and after a fix."""
    return do_comparison(Event.objects.get(seq=seq).data["run"])


@task()
def redact_again(upload_id: int) -> str:
    """Redact one upload anew."""
    return redact(upload_id)


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
    terms, kept = vault.words(upload.case.key)
    source = Source(upload.name, vault.open_file(upload.original_id), upload.role, arrived=upload.received_at)
    found = examine_together(
        [source],
        key=vault.pseudonym_key(upload.case.key),
        at=upload.captured_at,
        terms=terms,
        allowed=kept,
        known=vault.known(upload.case.key),
        limits=parser_limits(),
        store=store,
        stopped=lambda: _is_stopped(upload_id),
    )
    report(92, "looking for what stands out")
    patterns = _patterns(found)
    made = _Made(patterns, kept_of(patterns), rate_of(patterns))  # before the transaction, which others wait for
    report(95, "keeping what was found")
    return _keep(upload_id, found, sinks, made)


def _is_stopped(upload_id: int) -> bool:
    """Asked on a thread of its own, whose connection is closed again. A busy database says no; it is asked again."""
    try:
        return Upload.objects.filter(pk=upload_id, stop_asked=True).exists()
    except OperationalError:
        return False
    finally:
        connection.close()


def parser_limits() -> Limits:
    """What the parser process may use, by the settings of this installation."""
    options = settings.OPTIONS
    return Limits(
        cpu_seconds=options.parser_cpu_seconds,
        wall_seconds=options.parser_cpu_seconds * 3,  # against what hangs; a busy machine is no reason to refuse a file
        resident=options.parser_memory_mb * MEBI,
        source=options.max_file_mb * MEBI,
        expanded=options.max_expanded_mb * MEBI,
        ratio=options.max_ratio,
    )


@dataclass(frozen=True, slots=True)
class _Made:
    """Rows that are not written yet, in the order of the patterns found, and what is kept of them."""

    patterns: list[Pattern]
    kept: dict[str, Any]
    rate: list[list[int]]


def _patterns(found: Examination) -> list[Pattern]:
    named = {read.id: Artifact(name=read.name[:300]) for read in found.artifacts}
    return [_pattern(named[mined.artifact], mined) for mined in found.patterns]


@transaction.atomic
def _keep(upload_id: int, found: Examination, sinks: dict[str, vault.SealedSink], made: _Made) -> str:
    upload = Upload.objects.select_for_update().select_related("case", "received_by").get(pk=upload_id)
    if upload.state != UploadState.REDACTING:
        return upload.state  # removed meanwhile, or another worker was first
    refusal = found.refused or _beyond_limits(upload, found) or _nothing_readable(found)
    if refusal:
        return _refuse(upload, refusal)
    run = _run(upload, found)
    vault.learn(upload.case.key, found.redactions.secrets)
    rows = {read.id: artifact for read, artifact in _artifacts(upload, run, found, sinks)}
    Pattern.objects.filter(artifact__upload=upload).delete()
    for pattern, mined in zip(made.patterns, found.patterns, strict=True):
        pattern.artifact = rows[mined.artifact]
    Pattern.objects.bulk_create(made.patterns, batch_size=500)
    run.rate, run.kept = made.rate, by_row(made.kept, made.patterns)
    run.save(update_fields=["rate", "kept"])
    upload.kind = found.artifacts[0].kind
    upload.time_first, upload.time_last = _range(found)
    has_pictures = any(read.kind in PICTURES for read in found.artifacts)
    upload.state = UploadState.UNCONFIRMED if has_pictures else UploadState.AVAILABLE
    upload.reason, upload.stop_asked = " ".join(filter(None, (*found.notes, found.artifacts[0].reason)))[:300], False
    upload.save()
    cases.note_facts(
        upload.case_id,
        _item(upload, rows[found.artifacts[0].id]).key,
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


def _run(upload: Upload, found: Examination) -> RedactionRun:
    """The row of this pass. What an earlier pass read may hold what it missed, so only its counts stay."""
    earlier = RedactionRun.objects.filter(upload=upload)
    number = earlier.count() + 1
    earlier.update(findings=[], missing=[])
    return RedactionRun.objects.create(
        upload=upload,
        number=number,
        detector_version=found.redactions.version,
        counts=found.redactions.counts,
        samples=found.redactions.samples,
        not_looked_at=found.redactions.not_looked_at,
        findings=[asdict(finding) for finding in found.findings],
        missing=[asdict(missing) for missing in found.missing],
        gave=list(found.gave),
        at=clock.now(),
    )


def _artifacts(
    upload: Upload, run: RedactionRun, found: Examination, sinks: dict[str, vault.SealedSink]
) -> list[tuple[Read, Artifact]]:
    """A row for each part. A repeated run gives rows that are there their new bytes: citations still lead to them."""
    known = {artifact.key: artifact for artifact in Artifact.objects.filter(upload=upload)}
    forget_sealed(artifact.sealed_id for artifact in known.values())
    Artifact.objects.filter(upload=upload).exclude(key__in=[read.id for read in found.artifacts]).delete()
    return [(read, _artifact(upload, run, read, sinks.get(read.id), known.get(read.id))) for read in found.artifacts]


def _item(upload: Upload, first: Artifact) -> Item:
    """The upload's own row of the register: made by the first run, told again by a later one."""
    claim = f"{upload.name} ({upload.kind})"
    own = Item.objects.filter(upload=upload, locator="", query="").order_by("number").first()
    if own is None:
        return add_item(
            upload.case, upload.received_by, claim=claim, artifact=first, supersedes=_version_before(upload)
        )
    CaseFact.objects.filter(case=upload.case, source=own.key).delete()
    for item in Item.objects.filter(upload=upload):
        masked = vault.redact_again(upload.case.key, {"claim": item.claim, "excerpt": item.excerpt})
        masked["claim"] = fitting(masked["claim"], CLAIM_MAX)
        Item.objects.filter(pk=item.pk).update(**masked)
    return own


def _beyond_limits(upload: Upload, found: Examination) -> str:
    """Why the archive as a whole is refused, also where its first members could be read; empty for any other file."""
    whole = (read for read in found.artifacts if read.state is ArtifactState.REFUSED and read.name == upload.name)
    return next((read.reason for read in whole if is_beyond_limits(read.reason)), "")


def _nothing_readable(found: Examination) -> str:
    """Why nothing of the file may be shown; empty when something may."""
    if any(read.state in {ArtifactState.READ, ArtifactState.PARTIAL} for read in found.artifacts):
        return ""
    return next((read.reason for read in found.artifacts if read.reason), "Nothing in this file could be read.")


def _refuse(upload: Upload, reason: str) -> str:
    upload.state, upload.reason, upload.stop_asked = UploadState.REFUSED, reason[:300], False
    upload.save()
    record(
        EvidenceRefused(by=SYSTEM, subject=ref(upload), case=upload.case.key, name=upload.name, reason=upload.reason)
    )
    return upload.state


def _version_before(upload: Upload) -> Item | None:
    """The row of the last file of that name and source. The source has changed since; the old one still opens."""
    before = Upload.objects.filter(case=upload.case, name=upload.name, source=upload.source, number__lt=upload.number)
    rows = Item.objects.filter(upload__in=before, locator="", query="", withdrawn_at=None)
    return rows.order_by("-number").first()


def _artifact(
    upload: Upload, run: RedactionRun, read: Read, sink: vault.SealedSink | None, known: Artifact | None
) -> Artifact:
    row = known or Artifact(upload=upload, key=read.id)
    row.run, row.name, row.kind, row.mode = run, read.name[:300], read.kind, read.mode
    row.state, row.reason = read.state, read.reason[:300]
    row.size, row.lines, row.sha256 = read.size, read.lines, read.sha256
    row.sealed_id = sink.keep().pk if sink else None
    row.save()
    return row


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
        shares=mined.shares,
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
    before = clock.now() - timedelta(hours=ABANDONED_HOURS)
    old = Upload.objects.filter(state=UploadState.RECEIVING, received_at__lt=before)
    return old.delete()[0] + clear_unfinished(clock.now())


@task()
def expire_evidence() -> int:
    """Let go of evidence whose retention is over."""
    return expire(clock.now())
