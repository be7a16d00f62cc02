"""What every action on evidence does around its decision: find what the person may see, and name it in events."""

from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.evidence.models import Artifact, Upload, UploadState
from sevline.people.models import Person
from sevline.platform.events import Ref


def ref(upload: Upload) -> Ref:
    return Ref("upload", str(upload.pk), upload.name)


def open_case(by: Person, case_key: str) -> Case:
    """The case, locked, if the person may see it and it is open."""
    case = Case.objects.visible_to(by).select_for_update().filter(number=number_in(case_key)).first()
    if case is None:
        raise Refused(f"There is no case {case_key[:20]}.")
    return still_open(case)


def still_open(case: Case) -> Case:
    if not case.is_open:
        raise Refused(f"{case.key} is {case.status}; reopen it before you add evidence.")
    return case


def number_in(case_key: str) -> int:
    digits = case_key.removeprefix("C-")
    return int(digits) if digits.isdecimal() and len(digits) < 10 else -1


def visible_upload(by: Person, upload_id: int) -> Upload:
    cases = Case.objects.visible_to(by)
    upload = Upload.objects.select_for_update().filter(pk=upload_id, case__in=cases).first()
    if upload is None:
        raise Refused("There is no such file.")
    return upload


def visible_artifact(by: Person, artifact_id: int) -> Artifact:
    artifact = (
        Artifact.objects.select_related("upload__case", "run")
        .filter(pk=artifact_id, upload__case__in=Case.objects.visible_to(by), upload__state=UploadState.AVAILABLE)
        .first()
    )
    if artifact is None:
        raise Refused("There is no such file.")
    return artifact
