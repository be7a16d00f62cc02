"""A secret that its name gave away in one place is masked in every other text and file of its case."""

from typing import Any

import pytest

from sevline.cases.models import Case
from sevline.evidence import actions
from sevline.evidence.models import Artifact, Upload, UploadState
from sevline.platform.jobs import worker
from sevline.platform.models import Event
from sevline.vault import actions as vault
from sevline.vault.models import CaseSecret
from tests import make
from tests.cast import cast
from tests.context.evidence.stored import lying_about

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SECRET = "Sum!mer" + "-2026x"
BARE = f"2026-11-16T10:00:01Z WARN sign-in tried with {SECRET} and refused\n".encode()
NAMED = f"2026-11-16T10:00:02Z DEBUG connect password={SECRET}\n".encode()


@pytest.fixture
def case() -> Case:
    return make.case(severity=2, text=f"I cannot sign in since 09:42; I type {SECRET} and it is refused.")


def attached(case: Case, name: str, data: bytes) -> Upload:
    upload = actions.attach(case.key, name, [data], by=cast().sam)
    worker.drain()
    upload.refresh_from_db()
    return upload


def text_of(upload: Upload) -> str:
    return b"".join(vault.open_file(Artifact.objects.get(upload=upload).sealed_id or 0)).decode()


@pytest.mark.slow
def test_a_password_named_in_a_later_file_is_masked_in_the_earlier_one_and_in_what_was_written(
    case: Case, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        earlier = attached(case, "app.log", BARE)
    before = text_of(earlier)

    with django_capture_on_commit_callbacks(execute=True):
        later = attached(case, "debug.log", NAMED)
    earlier.refresh_from_db()

    token = text_of(later).split("password=")[1].strip()
    assert SECRET in before
    assert earlier.state == UploadState.AVAILABLE
    assert text_of(earlier) == before.replace(SECRET, token)
    assert token in case.messages.get(kind="ticket").text


@pytest.mark.slow
def test_a_password_named_once_is_masked_in_the_files_that_come_after(case: Case) -> None:
    attached(case, "debug.log", NAMED)

    assert "<SECRET-" in text_of(attached(case, "app.log", BARE))


def test_of_the_secret_a_hash_is_kept_and_nothing_from_which_it_could_be_read(
    case: Case, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        attached(case, "debug.log", NAMED)

    kept = CaseSecret.objects.get(case_key=case.key)
    assert (len(kept.name), kept.length) == (16, len(SECRET))
    assert Event.objects.get(kind="vault.secrets_learned").data == {"count": 1}
    assert lying_about(SECRET) == []


@pytest.mark.slow
def test_another_case_knows_nothing_of_it(case: Case) -> None:
    attached(case, "debug.log", NAMED)
    other = make.case(severity=2)

    assert SECRET in text_of(attached(other, "app.log", BARE))


@pytest.mark.slow
def test_a_file_whose_original_is_gone_is_shown_no_more_when_a_secret_stands_in_it(case: Case) -> None:
    earlier = attached(case, "app.log", BARE)
    vault.remove_file(earlier.original_id or 0)

    attached(case, "debug.log", NAMED)
    earlier.refresh_from_db()

    assert earlier.state == UploadState.REFUSED
    assert "its original is gone" in earlier.reason


def test_the_secrets_of_a_case_are_forgotten_with_its_key(case: Case) -> None:
    attached(case, "debug.log", NAMED)

    vault.destroy_key(case.key)

    assert not CaseSecret.objects.filter(case_key=case.key).exists()
