"""A worker killed in the middle of redaction loses nothing and repeats no effect."""

import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from sevline.evidence import actions
from sevline.evidence.models import Artifact, Item, RedactionRun, Upload, UploadState
from sevline.platform.models import Event
from tests import make
from tests.cast import cast

MEMBERS = 12
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def vault() -> Path:
    return Path(settings.STORAGES["default"]["OPTIONS"]["location"])


def start_worker() -> subprocess.Popen[bytes]:
    """A worker process of its own on the test's database, store and keys, as the product starts one."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.context.evidence.worker_settings",
        "TEST_DATABASE_NAME": str(connection.settings_dict["NAME"]),
        "TEST_MASTER_KEY": settings.MASTER_KEY.hex(),
        "TEST_AUDIT_KEY": settings.AUDIT_KEY.hex(),
        "TEST_AUDIT_HEAD": str(settings.AUDIT_HEAD),
        "TEST_VAULT": str(vault()),
        "PYTHONPATH": os.pathsep.join(["src", "."]),
    }
    return subprocess.Popen([sys.executable, "-m", "sevline", "worker"], env=environment)


def stored(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def wait_until(true: Callable[[], bool], seconds: float = 150) -> bool:
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    return true()


def many_files() -> bytes:
    """An archive whose members are redacted one after the other."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in range(MEMBERS):
            lines = (
                f"2026-11-16T10:00:{n % 60:02}Z INFO member {member} user u{n}@brightwater.example" for n in range(3000)
            )
            archive.writestr(f"logs/app-{member}.log", "\n".join(lines))
    return packed.getvalue()


def test_a_worker_killed_after_the_first_redacted_file_leaves_one_of_everything() -> None:
    case = make.case(severity=2)
    upload = actions.attach(case.key, "bundle.zip", [many_files()], by=cast().sam)
    before = stored(vault())

    first = start_worker()
    one_was_written = wait_until(lambda: len(stored(vault()) - before) > 0)
    first.send_signal(signal.SIGKILL)
    first.wait(timeout=10)
    upload.refresh_from_db()
    state_after_the_kill = upload.state
    second = start_worker()
    became_available = wait_until(lambda: Upload.objects.get(pk=upload.pk).state == UploadState.AVAILABLE)
    second.send_signal(signal.SIGTERM)
    second.wait(timeout=60)

    assert (one_was_written, state_after_the_kill) == (True, UploadState.REDACTING)
    assert became_available
    assert RedactionRun.objects.filter(upload=upload).count() == 1
    assert Item.objects.filter(case=case).count() == 1
    assert Event.objects.filter(kind="evidence.ready").count() == 1
    assert Artifact.objects.filter(upload=upload, sealed_id__isnull=False).count() == MEMBERS
