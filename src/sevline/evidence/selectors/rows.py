"""What is read about evidence; the person comes first in each."""

from collections.abc import Iterable

from django.db.models import BigIntegerField, Count, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from sevline.cases.models import Case
from sevline.core.rights import Right, holds
from sevline.evidence.models import Artifact, Item, Pattern, RedactionRun, Upload, UploadState
from sevline.people.models import Person
from sevline.platform.models import Job

LOUD = ("ERROR", "FATAL")
WAITING = (UploadState.QUARANTINED, UploadState.REDACTING)


def uploads(person: Person, case: Case) -> QuerySet[Upload]:
    """The uploads of a case that a person may know of, with their artifacts; half-received ones are not among them."""
    visible = Case.objects.visible_to(person).filter(pk=case.pk)
    return (
        Upload.objects.filter(case__in=visible)
        .exclude(state=UploadState.RECEIVING)
        .select_related("received_by", "confirmed_by")
        .prefetch_related(Prefetch("artifacts", Artifact.objects.order_by("id")), "runs")
    )


def gave_beside(person: Person, found: Upload) -> frozenset[str]:
    """The kinds of evidence, by name, that the other files of the case gave when they were read last. One query."""
    others = Upload.objects.filter(
        case__in=Case.objects.visible_to(person).filter(pk=found.case_id), state=UploadState.AVAILABLE
    ).exclude(pk=found.pk)
    newest = RedactionRun.objects.filter(upload=OuterRef("upload")).order_by("-number").values("pk")[:1]
    runs = RedactionRun.objects.filter(upload__in=others, pk=Subquery(newest))
    return frozenset(kind for gave in runs.values_list("gave", flat=True) for kind in gave)


def upload(person: Person, upload_id: int) -> Upload | None:
    cases = Case.objects.visible_to(person)
    return (
        Upload.objects.select_related("case", "received_by", "confirmed_by")
        .prefetch_related("artifacts", "runs")
        .filter(pk=upload_id, case__in=cases)
        .exclude(state=UploadState.RECEIVING)
        .first()
    )


def live(person: Person, upload_id: int) -> bool:
    """Whether the person may still see that upload and it is neither removed nor over its time."""
    gone = (UploadState.REMOVED, UploadState.EXPIRED)
    kept = Upload.objects.filter(pk=upload_id, case__in=Case.objects.visible_to(person))
    return kept.exclude(state__in=gone).exists()


def artifact(person: Person, artifact_id: int) -> Artifact | None:
    """One artifact of an available upload of a case that the person may see."""
    return (
        Artifact.objects.select_related("upload__case", "run")
        .filter(pk=artifact_id, upload__state=UploadState.AVAILABLE, upload__case__in=Case.objects.visible_to(person))
        .first()
    )


def picture(person: Person, artifact_id: int) -> Artifact | None:
    """A picture of a case that the person may see, also one that somebody still has to look at."""
    shown = (UploadState.AVAILABLE, UploadState.UNCONFIRMED)
    found = Artifact.objects.select_related("upload").filter(pk=artifact_id, kind="image", sealed_id__isnull=False)
    return found.filter(upload__state__in=shown, upload__case__in=Case.objects.visible_to(person)).first()


def register(person: Person, case: Case) -> QuerySet[Item]:
    """The evidence register of a case, E-1 first, without what was withdrawn."""
    visible = Case.objects.visible_to(person).filter(pk=case.pk)
    return Item.objects.filter(case__in=visible, withdrawn_at__isnull=True).select_related(
        "artifact", "upload", "collected_by"
    )


def register_row(person: Person, case: Case, key: str) -> Item | None:
    """E-n of a case that the person may see, also when it was withdrawn."""
    digits = key.removeprefix("E-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
        return None
    visible = Case.objects.visible_to(person).filter(pk=case.pk)
    related = ("artifact__upload", "upload__received_by", "collected_by", "supersedes", "case")
    return Item.objects.filter(case__in=visible, number=int(digits)).select_related(*related).first()


def with_item(person: Person, number: int) -> Q:
    """Cases with a piece of evidence E-n that was not withdrawn, for who may see evidence."""
    if not holds(person, Right.EVIDENCE_VIEW):
        return Q(pk__in=())
    visible = Case.objects.visible_to(person)
    return Q(pk__in=Item.objects.filter(case__in=visible, number=number, withdrawn_at=None).values("case"))


def progress(waiting: Iterable[Upload]) -> dict[int, tuple[int, str]]:
    """How far the redaction of each upload is, in percent, and what it does now. One query."""
    of_job = {f"event:{upload.received_seq}:on_evidence_received": upload.pk for upload in waiting}
    jobs = Job.objects.filter(idempotency_key__in=of_job).values_list("idempotency_key", "progress", "note")
    return {of_job[key]: (percent, note) for key, percent, note in jobs if key}


def errors(person: Person, case: Case) -> dict[int, tuple[int, int]]:
    """Upload -> records at ERROR or FATAL, and the patterns they are of, where there are any. One query."""
    loud = Pattern.objects.filter(
        artifact__upload__case__in=Case.objects.visible_to(person).filter(pk=case.pk),
        artifact__upload__state=UploadState.AVAILABLE,
        level__in=LOUD,
    )
    of_level = [
        Coalesce(Cast(KeyTextTransform(level, "levels"), BigIntegerField()), 0, output_field=BigIntegerField())
        for level in LOUD
    ]
    told = (
        loud.order_by().values_list("artifact__upload").annotate(records=Sum(of_level[0] + of_level[1]), of=Count("id"))
    )
    return {upload: (records, of) for upload, records, of in told}


def patterns(person: Person, upload: Upload) -> QuerySet[Pattern]:
    """The patterns of an available upload, the loud and frequent ones first."""
    return (
        Pattern.objects.filter(
            artifact__upload=upload,
            artifact__upload__state=UploadState.AVAILABLE,
            artifact__upload__case__in=Case.objects.visible_to(person),
        )
        .select_related("artifact")
        .order_by("id")
    )
