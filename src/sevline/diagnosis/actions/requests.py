"""Requests that can be repeated: taken from a recording, a log or a curl command, with variables for secrets."""

import msgspec
from django.db import transaction

from sevline.cases.actions.working import locked_open, settle
from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.readers.http import Exchange
from sevline.core.reproduction.request import RequestSpec, from_curl, from_exchange
from sevline.core.rights import Right, require
from sevline.diagnosis.actions.common import next_number
from sevline.diagnosis.events import RequestSaved
from sevline.diagnosis.models import SavedRequest
from sevline.evidence.models import Artifact
from sevline.evidence.selectors.recorded import call_at
from sevline.people.models import Person
from sevline.platform import clock
from sevline.vault import actions as vault

MOST_REQUESTS = 200
MOST_CHARACTERS = 200_000


@transaction.atomic
def keep_call(case_key: str, artifact_id: int, locator: str, *, by: Person) -> SavedRequest:
    """Make a request out of the recorded call or log line at a place; asked again, the same one is answered."""
    require(by, Right.DIAGNOSIS_EDIT)
    case = locked_open(by, case_key)
    file, call = _recorded(by, case, artifact_id, locator)
    same = SavedRequest.objects.filter(
        case=case, upload=file.upload, artifact=file.key, locator=call.locator[:300]
    ).first()
    if same is not None:
        return same
    return _saved(case, by, from_exchange(call), status=call.status, file=file, locator=call.locator)


def _recorded(by: Person, case: Case, artifact_id: int, locator: str) -> tuple[Artifact, Exchange]:
    require(by, Right.EVIDENCE_VIEW)
    file = Artifact.objects.filter(pk=artifact_id, upload__case=case, upload__state="available").first()
    call = call_at(file, locator) if file is not None else None
    if file is None or call is None:
        raise Refused("There is no recorded call at this place.")
    return file, call


@transaction.atomic
def keep_curl(case_key: str, *, by: Person, command: str) -> SavedRequest:
    """Make a request out of a curl command. What the detectors find in it besides becomes a token."""
    require(by, Right.DIAGNOSIS_EDIT)
    case = locked_open(by, case_key)
    if len(command) > MOST_CHARACTERS:
        raise Refused(f"The command has more than {MOST_CHARACTERS:,} characters.")
    return _saved(case, by, from_curl(command.strip()))


def _saved(
    case: Case, by: Person, spec: RequestSpec, *, status: int = 0, file: Artifact | None = None, locator: str = ""
) -> SavedRequest:
    if SavedRequest.objects.filter(case=case).count() >= MOST_REQUESTS:
        raise Refused(f"A case keeps at most {MOST_REQUESTS} requests.")
    plain = vault.redact_again(case.key, msgspec.to_builtins(spec))
    now = clock.now()
    kept = SavedRequest.objects.create(
        case=case,
        number=next_number(SavedRequest.objects.all(), case),
        name=f"{plain['method']} {plain['url'].split('?', 1)[0]}"[:200],
        spec=plain,
        status=status,
        upload=file.upload if file is not None else None,
        artifact=file.key if file is not None else "",
        locator=locator[:300],
        by=by,
        at=now,
    )
    event = RequestSaved(by=by.ref, subject=case.ref, case=case.key, request=kept.key, name=kept.name)
    settle(case, event, at=now)
    return kept


def spec_of(kept: SavedRequest) -> RequestSpec:
    return msgspec.convert(kept.spec, RequestSpec)
