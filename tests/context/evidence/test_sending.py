"""A file that comes in parts goes on where it stopped, and is nothing at all before its last byte."""

import errno
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage
from django.test import Client

from sevline.cases.models import Case
from sevline.evidence import actions
from sevline.evidence.models import Sending, SendingPart, Upload, UploadState
from sevline.platform.jobs import worker
from sevline.vault.models import SealedFile
from tests import make
from tests.cast import cast, signed_in
from tests.context.evidence.stored import lying_about
from tests.context.evidence.test_upload import files_in_store
from tests.context.evidence.tus import Sender

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SECRET = "helena.marsh-4417@brightwater.example"
LOG = b"".join(f"2026-11-16T10:00:{n % 60:02}Z ERROR pool of {SECRET} timed out\n".encode() for n in range(2000))


@pytest.fixture
def case() -> Case:
    return make.case(severity=2)


@pytest.fixture
def sender(case: Case) -> Sender:
    return Sender(signed_in(cast().sam), f"/evidence/cases/{case.key}/sendings")


def test_a_file_in_three_parts_is_one_upload_with_the_bytes_as_they_were(case: Case, sender: Sender) -> None:
    sender.announce("app.log", len(LOG))
    sender.push(LOG[:50_000], 0)
    sender.push(LOG[50_000:90_000], 50_000)

    last = sender.push(LOG[90_000:], 90_000).json()
    worker.drain()

    upload = Upload.objects.get(case=case)
    assert last["state"] == "done"
    assert (upload.name, upload.size, upload.state) == ("app.log", len(LOG), UploadState.AVAILABLE)
    assert SendingPart.objects.count() == 0


def test_before_the_last_byte_there_is_nothing_to_see(case: Case, sender: Sender) -> None:
    sender.announce("app.log", len(LOG))
    sender.push(LOG[:50_000], 0)

    page = signed_in(cast().sam).get(f"/cases/{case.key}/evidence").content.decode()

    assert Upload.objects.count() == 0
    assert "app.log" not in page
    assert lying_about(SECRET) == []


def test_what_arrived_before_the_connection_broke_is_kept_and_the_rest_follows(case: Case, sender: Sender) -> None:
    sender.announce("app.log", len(LOG))

    broken = sender.push_broken(LOG, 0, 61_234)
    there = sender.offset()
    done = sender.push(LOG[there:], there)

    assert (broken.status_code, there) == (400, 61_234)
    assert done.json()["state"] == "done"
    assert Upload.objects.get(case=case).size == len(LOG)


def test_the_same_file_chosen_again_goes_on_where_it_stopped(case: Case, sender: Sender) -> None:
    sender.announce("app.log", len(LOG), fingerprint="app.log/1/2")
    sender.push(LOG[:70_000], 0)
    first = sender.at

    again = sender.announce("app.log", len(LOG), fingerprint="app.log/1/2")

    assert (sender.at, again.headers["Upload-Offset"]) == (first, "70000")
    assert Sending.objects.count() == 1


def test_bytes_for_another_place_are_refused_with_the_place_to_go_on_from(sender: Sender) -> None:
    sender.announce("app.log", len(LOG))
    sender.push(LOG[:10], 0)

    answer = sender.push(LOG[:10], 0)

    assert (answer.status_code, answer.headers["Upload-Offset"]) == (409, "10")


def test_a_repeated_last_part_changes_nothing(case: Case, sender: Sender) -> None:
    sender.whole("app.log", LOG)

    again = sender.push(LOG[-10:], len(LOG) - 10)

    assert again.json()["state"] == "done"
    assert Upload.objects.filter(case=case).count() == 1


def test_the_same_bytes_twice_are_kept_once_and_it_is_said(case: Case, sender: Sender) -> None:
    sender.whole("app.log", LOG)

    again = sender.whole("copy.log", LOG)

    assert again.json()["says"] == "The same file is here already; it is kept once."
    assert Upload.objects.filter(case=case).count() == 1
    assert SealedFile.objects.filter(purpose="original", gone_at=None).count() == 1


def test_more_bytes_than_announced_are_refused(case: Case, sender: Sender) -> None:
    sender.announce("app.log", 100)

    answer = sender.push(LOG[:200], 0)

    assert (answer.status_code, Upload.objects.filter(case=case).count()) == (422, 0)
    assert "More bytes came than were announced" in answer.content.decode()


@pytest.mark.parametrize(("size", "status"), [("0", 422), ("-1", 422), ("x", 422), ("999999999999", 413), ("", 422)])
def test_a_size_that_cannot_be_is_answered_by_a_sentence(sender: Sender, size: str, status: int) -> None:
    answer = sender.client.post(sender.begin, headers={"Upload-Length": size})

    assert answer.status_code == status
    assert answer.content.decode().endswith(".")


def test_a_case_that_is_full_says_so_before_anything_is_sent(case: Case, sender: Sender, settings: Any) -> None:
    settings.OPTIONS = settings.OPTIONS.model_copy(update={"max_case_mb": 1})
    sender.whole("a.log", LOG)

    answer = sender.announce("b.log", 2**20 - 1000)

    assert answer.status_code == 413
    assert "would pass the 1 MB of a case" in answer.content.decode()


def test_a_cancelled_file_leaves_nothing(case: Case, sender: Sender, django_capture_on_commit_callbacks: Any) -> None:
    sender.announce("app.log", len(LOG))
    sender.push(LOG[:50_000], 0)

    with django_capture_on_commit_callbacks(execute=True):
        sender.client.delete(sender.at)

    assert files_in_store() == []
    assert Upload.objects.count() == 0


def test_a_file_whose_rest_never_comes_is_forgotten_after_a_day(
    sender: Sender, django_capture_on_commit_callbacks: Any
) -> None:
    sender.announce("app.log", len(LOG))
    sender.push(LOG[:50_000], 0)
    started = Sending.objects.get().started_at

    early = actions.clear_abandoned(started + timedelta(hours=23))
    with django_capture_on_commit_callbacks(execute=True):
        late = actions.clear_abandoned(started + timedelta(hours=25))

    assert (early, late) == (0, 1)
    assert files_in_store() == []


def test_a_sending_is_nobody_elses(sender: Sender) -> None:
    sender.announce("app.log", len(LOG))

    assert signed_in(cast().lea).head(sender.at).status_code == 404
    assert Client().head(sender.at).status_code == 401


class FullDisk(FileSystemStorage):
    """A store on a disk that is full once a megabyte has been written."""

    def _save(self, name: str, content: Any) -> str:
        super()._save(name, content)  # type: ignore[misc]  # the stubs leave it out
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_a_sentence_and_leaves_nothing(case: Case, sender: Sender, settings: Any, tmp_path: Any) -> None:
    full = {"BACKEND": f"{__name__}.FullDisk", "OPTIONS": {"location": tmp_path / "full"}}
    settings.STORAGES = {**settings.STORAGES, "default": full}

    answer = sender.whole("app.log", LOG)

    assert answer.status_code == 507
    assert "There is no room left to keep this file. Nothing of it was kept." in answer.content.decode()
    assert [path for path in (tmp_path / "full").rglob("*") if path.is_file()] == []
    assert Upload.objects.filter(case=case).count() == 0
