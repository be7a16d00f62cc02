"""Files come in sealed, once, whole or not at all, and only from people who may bring them."""

import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from wsgiref.types import WSGIEnvironment

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, FakePayload, encode_multipart

from sevline.cases.models import Case
from sevline.evidence.models import Upload, UploadState
from sevline.evidence.views import incoming
from sevline.platform.jobs import worker
from sevline.platform.models import Event
from sevline.vault import actions as vault
from sevline.vault.models import SealedFile
from tests import make
from tests.cast import cast, signed_in
from tests.context.evidence.stored import forms, lying_about

pytestmark = pytest.mark.django_db
SECRET = "helena.marsh-4417@brightwater.example"
LOG = f"2026-11-16T10:00:00Z ERROR sign-in of {SECRET} failed\n2026-11-16T10:00:01Z INFO next\n".encode()


@pytest.fixture
def case() -> Case:
    return make.case(severity=2)


def send(client: Client, case: Case, data: bytes = LOG, name: str = "app.log", **headers: str) -> Any:
    form = {"source": "pod log", "file": SimpleUploadedFile(name, data)}
    return client.post(f"/evidence/cases/{case.key}/uploads", form, headers=headers)


def by_script(client: Client, case: Case, data: bytes = LOG, **headers: str) -> Any:
    return send(client, case, data, **{"X-Requested-With": "XMLHttpRequest", **headers})


def kept(case: Case) -> list[Upload]:
    return list(Upload.objects.filter(case=case))


def files_in_store() -> list[Path]:
    folder = Path(django_settings.STORAGES["default"]["OPTIONS"]["location"])
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_sealed_while_it_arrives_and_hidden_until_it_is_redacted(case: Case) -> None:
    answer = by_script(signed_in(cast().sam), case)

    upload = Upload.objects.get(case=case)
    assert answer.status_code == 201
    assert upload.state == UploadState.QUARANTINED
    assert b"".join(vault.open_file(upload.original_id or 0)) == LOG
    assert SECRET not in answer.content.decode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_the_planted_value_is_nowhere_in_any_form(case: Case, tmp_path: Path, monkeypatch: Any, encoding: str) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    text = "\ufeff" * (encoding == "utf-16-be") + LOG.decode() + forms(SECRET)["percent"].decode() + " was asked for\n"
    send(signed_in(cast().sam), case, text.encode(encoding), name=f"{SECRET}.log")

    found_waiting = lying_about(SECRET, tmp_path)
    worker.drain()

    assert Upload.objects.get(case=case).state == UploadState.AVAILABLE
    assert found_waiting == []
    assert lying_about(SECRET, tmp_path) == []
    assert b"was asked for" not in b"".join(path.read_bytes() for path in files_in_store())


def test_the_search_for_planted_values_finds_one(tmp_path: Path) -> None:
    (tmp_path / "leak").write_bytes(b"\n".join(forms(SECRET).values()))

    assert lying_about(SECRET, tmp_path) == list(forms(SECRET))


def test_the_ordinary_form_works_without_a_script(case: Case) -> None:
    answer = send(signed_in(cast().sam), case)

    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{case.key}/evidence")
    assert Upload.objects.get(case=case).source == "pod log"


def test_a_body_that_is_no_form_is_the_file_itself(case: Case) -> None:
    sam = signed_in(cast().sam)

    answer = sam.post(f"/evidence/cases/{case.key}/uploads?name=app.log", LOG, content_type="application/octet-stream")

    assert answer.status_code == 302
    assert Upload.objects.get(case=case).name == "app.log"


def test_without_the_forms_token_nothing_is_taken(case: Case) -> None:
    forger = Client(enforce_csrf_checks=True)
    forger.force_login(cast().sam)

    answer = send(forger, case)

    assert answer.status_code == 403
    assert (kept(case), files_in_store()) == ([], [])


def test_the_token_in_the_form_is_enough(case: Case) -> None:
    sam = Client(enforce_csrf_checks=True)
    sam.force_login(cast().sam)
    sam.get(f"/cases/{case.key}/evidence")
    form = {"csrfmiddlewaretoken": sam.cookies["csrftoken"].value, "file": SimpleUploadedFile("a.log", LOG)}

    answer = sam.post(f"/evidence/cases/{case.key}/uploads", form)

    assert answer.status_code == 302
    assert len(kept(case)) == 1


def test_the_same_bytes_are_kept_once(case: Case) -> None:
    sam = signed_in(cast().sam)

    send(sam, case)
    send(sam, case, name="again.log")

    assert [upload.name for upload in kept(case)] == ["app.log"]
    assert Event.objects.filter(kind="evidence.received").count() == 1


def test_another_file_under_the_key_of_the_first_is_kept_too(case: Case) -> None:
    sam = signed_in(cast().sam)

    by_script(sam, case, LOG, **{"Idempotency-Key": "k1"})
    by_script(sam, case, LOG, **{"Idempotency-Key": "k1"})
    other = by_script(sam, case, LOG + b"another line\n", **{"Idempotency-Key": "k1"})

    assert other.status_code == 201
    assert len(kept(case)) == 2


def test_an_empty_file_is_refused_and_leaves_nothing(case: Case) -> None:
    answer = by_script(signed_in(cast().sam), case, b"")

    assert (answer.status_code, answer.content.decode()) == (422, "The file is empty, so there is nothing to keep.")
    assert kept(case) == []
    assert SealedFile.objects.filter(gone_at=None).count() == 0


def test_a_form_without_a_file_says_so(case: Case) -> None:
    answer = signed_in(cast().sam).post(f"/evidence/cases/{case.key}/uploads", {"source": "x"})

    assert answer.status_code == 422
    assert "Choose a file first." in answer.content.decode()


def test_a_file_that_is_too_large_is_refused_and_leaves_nothing(case: Case, settings: Any, limits: Any) -> None:
    limits(max_file_mb=1)

    answer = by_script(signed_in(cast().sam), case, b"x" * (2**20 + 1))

    assert (answer.status_code, answer.content.decode()) == (413, "The file is larger than the 1 MB that are allowed.")
    assert (kept(case), files_in_store()) == ([], [])


def test_a_case_holds_no_more_than_its_share(case: Case, limits: Any, django_capture_on_commit_callbacks: Any) -> None:
    limits(max_case_mb=1)
    sam = signed_in(cast().sam)
    by_script(sam, case, b"a" * 700_000)

    with django_capture_on_commit_callbacks(execute=True):
        answer = by_script(sam, case, b"b" * 700_000)

    assert answer.status_code == 413
    assert "would pass the 1 MB of a case" in answer.content.decode()
    assert (len(kept(case)), len(files_in_store())) == (1, 1)


@pytest.fixture
def limits(settings: Any) -> Any:
    """Set single options for one test."""

    def change(**values: int) -> None:
        settings.OPTIONS = settings.OPTIONS.model_copy(update=values)

    return change


class Broken(BytesIO):
    """A connection that ends after so many bytes, as when the sender's network goes away."""


@pytest.mark.parametrize("share", [0.2, 0.5, 0.99])
def test_a_connection_that_breaks_leaves_nothing(case: Case, share: float) -> None:
    body = encode_multipart(BOUNDARY, {"source": "pod log", "file": SimpleUploadedFile("app.log", LOG * 9000)})
    cut = body[: int(len(body) * share)]
    broken: WSGIEnvironment = {"wsgi.input": Broken(cut), "CONTENT_LENGTH": str(len(body))}
    sam = signed_in(cast().sam)

    answer = sam.generic("POST", f"/evidence/cases/{case.key}/uploads", b"", MULTIPART_CONTENT, **broken)

    assert answer.status_code == 400
    assert "Nothing of it was kept" in answer.content.decode()
    assert (kept(case), files_in_store()) == ([], [])


def test_a_form_that_stops_before_its_end_leaves_nothing(case: Case) -> None:
    body = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile("app.log", LOG * 100)})
    sam = signed_in(cast().sam)

    answer = sam.generic("POST", f"/evidence/cases/{case.key}/uploads", body[:-40], MULTIPART_CONTENT)

    assert answer.status_code == 400
    assert kept(case) == []


def test_a_large_file_never_stands_in_memory_as_a_whole(case: Case) -> None:
    body = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile("app.log", LOG * 50_000)})
    request = RequestFactory().generic("POST", "/", body, MULTIPART_CONTENT)

    sizes = [len(block) for file in incoming.read(request).files() for block in file.blocks]

    assert sum(sizes) == len(LOG) * 50_000
    assert max(sizes) <= incoming.BLOCK


def test_several_files_of_one_form_are_kept_each(case: Case) -> None:
    two = [SimpleUploadedFile("a.log", LOG), SimpleUploadedFile("b.log", LOG + b"more\n")]

    signed_in(cast().sam).post(f"/evidence/cases/{case.key}/uploads", {"file": two})

    assert [upload.name for upload in kept(case)] == ["a.log", "b.log"]


def test_of_a_path_only_the_last_part_is_the_name(case: Case) -> None:
    send(signed_in(cast().sam), case, name="C:\\Users\\helena\\..\\..\\app.log")

    assert kept(case)[0].name == "app.log"


def test_a_stranger_is_told_that_there_is_no_such_case(case: Case) -> None:
    answer = send(signed_in(cast().eve), case)

    assert answer.status_code == 404
    assert (kept(case), files_in_store()) == ([], [])


def test_whoever_may_only_look_is_told_who_may_attach(case: Case) -> None:
    viewer = cast().vic
    viewer.teams.add(case.team)

    answer = by_script(signed_in(viewer), case)

    assert answer.status_code == 403
    assert "Agent, lead" in answer.content.decode()
    assert kept(case) == []


def test_a_signed_out_sender_is_asked_to_sign_in(case: Case) -> None:
    assert send(Client(), case).status_code == 401


def test_reading_what_is_left_stops_at_its_limit() -> None:
    request = RequestFactory().generic("POST", "/?name=a", b"x" * 1000, "application/octet-stream")
    arrived = incoming.read(request)

    arrived.discard(100)

    assert arrived._body.left == 0


def test_the_framework_never_reads_the_form_by_itself(case: Case) -> None:
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("a.log", LOG)})
    payload: FakePayload = request.META["wsgi.input"]

    arrived = incoming.read(request)
    request.POST = arrived.fields  # type: ignore[assignment]
    names: Iterator[str] = (file.name for file in arrived.files())

    assert request.POST.get("csrfmiddlewaretoken", "") == ""
    assert next(names) == "a.log"
    assert payload.read_started
