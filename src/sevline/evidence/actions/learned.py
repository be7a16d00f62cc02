"""A secret became known by its name: what the case shows already is looked through for it."""

from django.db import transaction

from sevline.cases import actions as cases
from sevline.cases.models import Case, number_of
from sevline.evidence.actions.again import kept_originals
from sevline.evidence.models import Upload, UploadState
from sevline.vault import actions as vault

BEYOND = "A secret stands in it that became known later, and its original is gone, so it cannot be redacted again."


@transaction.atomic
def mask_learned(case_key: str) -> list[int]:
    """Mask the known secrets in the case's texts, and hide the files in which one stands until they are redacted again.

    Runs for a job. Answers the files to redact; one whose original is gone cannot be, and is shown no more.
    """
    case = Case.objects.filter(number=number_of(case_key)).first()
    if case is None:
        return []
    cases.mask_again(case.pk)
    for upload in Upload.objects.filter(case=case):
        told = {name: getattr(upload, name) for name in ("name", "source", "collected_how", "reason")}
        Upload.objects.filter(pk=upload.pk).update(**vault.redact_again(case.key, told))
    shown = Upload.objects.filter(case=case, state__in=(UploadState.AVAILABLE, UploadState.UNCONFIRMED))
    ids = [upload.pk for upload in shown if _holds_one(upload)]
    holding = Upload.objects.filter(pk__in=ids)
    again = holding.filter(original_id__in=kept_originals(case))
    redone = list(again.values_list("pk", flat=True))
    again.update(state=UploadState.QUARANTINED)
    holding.exclude(pk__in=redone).update(state=UploadState.REFUSED, reason=BEYOND)
    return redone


def _holds_one(upload: Upload) -> bool:
    redactor = vault.redactor_of(upload.case.key)
    for artifact in upload.artifacts.exclude(sealed_id=None).exclude(kind="image"):
        if artifact.sealed_id and redactor.holds_known(
            b"".join(vault.open_file(artifact.sealed_id)).decode("utf-8", "replace")
        ):
            return True
    return False
