"""A secret became known by its name: what the case shows already is looked through for it."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from sevline.cases import actions as cases
from sevline.cases.models import Case, number_of
from sevline.evidence.actions.again import kept_originals
from sevline.evidence.models import Upload, UploadState
from sevline.vault import actions as vault

BEYOND = "A secret stands in it that became known later, and its original is gone, so it cannot be redacted again."


def mask_learned(case_key: str) -> list[int]:
    """Mask the known secrets in the case's texts, and hide the files in which one stands until they are redacted again.

    Runs for a job. Answers the files to redact; one whose original is gone cannot be, and is shown no more. The files
    are read before anything is written: however large they are, nobody waits for the write lock meanwhile.
    """
    case = Case.objects.filter(number=number_of(case_key)).first()
    if case is None:
        return []
    looked = {_bytes_of(upload): _holds_one(upload) for upload in _shown(case)}
    return _mask(case, looked)


@transaction.atomic
def _mask(case: Case, looked: Mapping[tuple[int, ...], bool]) -> list[int]:
    """`looked` says of sealed files whether a secret stands in them; what became visible since is read here."""
    cases.mask_again(case.pk)
    for upload in Upload.objects.filter(case=case):
        told = {name: getattr(upload, name) for name in ("name", "source", "collected_how", "reason")}
        Upload.objects.filter(pk=upload.pk).update(**vault.redact_again(case.key, told))
    ids = []
    for upload in _shown(case):
        known = looked.get(_bytes_of(upload))
        if _holds_one(upload) if known is None else known:
            ids.append(upload.pk)
    holding = Upload.objects.filter(pk__in=ids)
    again = holding.filter(original_id__in=kept_originals(case))
    redone = list(again.values_list("pk", flat=True))
    again.update(state=UploadState.QUARANTINED)
    holding.exclude(pk__in=redone).update(state=UploadState.REFUSED, reason=BEYOND)
    return redone


def _shown(case: Case) -> Iterable[Upload]:
    return Upload.objects.filter(case=case, state__in=(UploadState.AVAILABLE, UploadState.UNCONFIRMED))


def _bytes_of(upload: Upload) -> tuple[int, ...]:
    """Which sealed bytes an upload shows; a new reading of it has others."""
    sealed = upload.artifacts.exclude(sealed_id=None).order_by("sealed_id").values_list("sealed_id", flat=True)
    return (upload.pk, *(number for number in sealed if number))


def _holds_one(upload: Upload) -> bool:
    redactor = vault.redactor_of(upload.case.key)
    for artifact in upload.artifacts.exclude(sealed_id=None).exclude(kind="image"):
        if artifact.sealed_id and redactor.holds_known(
            b"".join(vault.open_file(artifact.sealed_id)).decode("utf-8", "replace")
        ):
            return True
    return False
