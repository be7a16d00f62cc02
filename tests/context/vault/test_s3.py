"""The same vault on an S3-compatible store: a real server on this machine, spoken to over HTTP."""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from sevline.cli.doctor import storage
from sevline.config.options import Options
from sevline.core.lifecycle import Refused
from sevline.evidence import actions
from sevline.evidence.models import Artifact, UploadState
from sevline.platform.jobs import worker
from sevline.vault import actions as vault
from sevline.vault.sealing import CHUNK
from sevline.vault.store import StoreDown
from tests import make
from tests.cast import cast

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BUCKET, SECRET = "sealed-files", "helena.marsh-4417@brightwater.example"
LOG = f"2026-11-16T10:00:00Z ERROR pool of {SECRET} timed out\n".encode() * 40


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def bucket(server: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A fresh bucket, and the product's own storage settings for it."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    options = settings.OPTIONS.model_copy(update=_where(server))
    settings.STORAGES = {**settings.STORAGES, "default": options.sealed_files()}
    settings.OPTIONS = options
    import boto3

    found = boto3.resource(
        "s3", endpoint_url=server, region_name="eu-central-1", aws_access_key_id="a", aws_secret_access_key="b"
    ).Bucket(BUCKET)
    found.create(CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    yield found
    found.objects.all().delete()
    found.delete()


def _where(server: str) -> dict[str, str]:
    return {
        "s3_bucket": BUCKET, "s3_endpoint": server, "s3_region": "eu-central-1", "s3_prefix": "vault",
        "s3_access_key": "a", "s3_secret_key": "b",
    }  # fmt: skip


def test_a_file_goes_in_sealed_and_comes_out_as_it_was(bucket: Any) -> None:
    case = make.case()
    plain = os.urandom(CHUNK * 12 + 17)

    kept = vault.seal_file(
        case.key, (plain[start : start + 70_001] for start in range(0, len(plain), 70_001)), "original"
    )

    (object_,) = bucket.objects.all()
    stored = object_.get()["Body"].read()
    assert object_.key == f"vault/{kept.name}"
    assert plain[:64] not in stored
    assert b"".join(vault.open_file(kept.pk)) == plain


def test_evidence_is_redacted_and_removed_there(bucket: Any, django_capture_on_commit_callbacks: Any) -> None:
    case = make.case(severity=2)
    upload = actions.attach(case.key, "app.log", [LOG], by=cast().sam)
    worker.drain()
    upload.refresh_from_db()
    file = Artifact.objects.get(upload=upload)
    text = b"".join(vault.open_file(file.sealed_id or 0))
    everything = b"".join(found.get()["Body"].read() for found in bucket.objects.all())

    with django_capture_on_commit_callbacks(execute=True):
        actions.remove(upload.pk, by=cast().sam, reason="It belongs to another customer.")

    assert upload.state == UploadState.AVAILABLE
    assert (SECRET.encode() in text, SECRET.encode() in everything) == (False, False)
    assert list(bucket.objects.all()) == []


def test_a_stream_that_breaks_leaves_no_object(bucket: Any) -> None:
    case = make.case()

    with pytest.raises(vault.TooLarge):
        vault.seal_file(case.key, [bytes(CHUNK)] * 12, "original", limit=11 * CHUNK)

    assert list(bucket.objects.all()) == []


def test_the_sweep_finds_nothing_to_delete_among_what_rows_name(bucket: Any) -> None:
    from sevline.platform import clock

    kept = vault.seal_file(make.case().key, [b"what was sent"], "original")

    assert vault.sweep(clock.now().replace(year=2099)) == 0
    assert b"".join(vault.open_file(kept.pk)) == b"what was sent"


def test_the_doctor_writes_reads_and_deletes_there(bucket: Any) -> None:
    well, sentence = storage()

    assert (well, BUCKET in sentence) == (True, True)
    assert list(bucket.objects.all()) == []


def test_a_store_that_does_not_answer_is_a_sentence(settings: Any) -> None:
    options = settings.OPTIONS.model_copy(update=_where("http://127.0.0.1:9"))
    settings.STORAGES = {**settings.STORAGES, "default": options.sealed_files()}

    with pytest.raises(StoreDown, match="cannot be reached at the moment"):
        vault.seal_file(make.case().key, [b"x"], "original")
    with pytest.raises(Refused):
        storage()


def test_without_a_bucket_files_stay_in_a_folder() -> None:
    assert Options().sealed_files()["BACKEND"] == "django.core.files.storage.FileSystemStorage"
