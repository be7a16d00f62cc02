"""A worker killed in the middle of redaction or of a count loses nothing and repeats no effect."""

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

from sevline.cases.models import Case
from sevline.core.mining.surfacing.impact import ImpactQuery
from sevline.core.readers.logs.fields import Field
from sevline.evidence import actions
from sevline.evidence.models import Artifact, CountState, ImpactAnswer, Item, RedactionRun, Upload, UploadState
from sevline.platform.models import Event, Job
from sevline.vault import actions as sealed
from tests import make
from tests.cast import cast
from tests.context.evidence.explored import upload_with

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


def counting(case: Case, megabytes: int) -> ImpactAnswer:
    """A question to a log of so many megabytes, as the parser process would have left it, that waits for its job."""
    line = b'{"time":"2026-11-16T10:00:%02dZ","level":"error","msg":"payment %d refused","tenant":"t%d"}\n'
    sink = sealed.SealedSink(case.key, "redacted")
    number = 0
    while sink.length < megabytes * 10**6:
        sink.write(b"".join(line % (n % 60, n, n % 9) for n in range(number, number + 10_000)))
        number += 10_000
    sink.close()
    file = Artifact.objects.get(pk=upload_with(case, 1).artifacts.get().pk)
    file.sealed_id, file.size, file.sha256 = sink.keep().pk, sink.length, "a" * 64
    file.save()
    return actions.count_impact(case.key, ImpactQuery(level="ERROR"), by=cast().sam)


def progress() -> int:
    return Job.objects.filter(task_path__endswith="on_impact_asked").values_list("progress", flat=True)[0]


def test_a_worker_killed_while_it_counts_leaves_one_answer() -> None:
    answer = counting(make.case(severity=2), 24)
    first = start_worker()
    was_counting = wait_until(lambda: progress() > 5)
    first.send_signal(signal.SIGKILL)
    first.wait(timeout=10)
    answer.refresh_from_db()
    state_after_the_kill = answer.state
    second = start_worker()
    was_answered = wait_until(lambda: ImpactAnswer.objects.get(pk=answer.pk).state == CountState.DONE)
    second.send_signal(signal.SIGTERM)
    second.wait(timeout=60)
    answer.refresh_from_db()

    assert (was_counting, state_after_the_kill, was_answered) == (True, CountState.RUNNING, True)
    assert len(answer.impact().scopes[Field.TENANT].affected) == 9
    assert Event.objects.filter(kind="evidence.impact_counted").count() == 1


def test_a_log_removed_while_it_is_counted_is_named_and_nothing_is_kept() -> None:
    answer = counting(make.case(severity=2), 24)
    worker = start_worker()
    was_counting = wait_until(lambda: progress() > 5)
    actions.remove(Upload.objects.get(case=answer.case).pk, by=cast().sam, reason="came by mistake")
    ended = wait_until(lambda: ImpactAnswer.objects.get(pk=answer.pk).state == CountState.REFUSED)
    worker.send_signal(signal.SIGTERM)
    worker.wait(timeout=60)
    answer.refresh_from_db()

    assert (was_counting, ended) == (True, True)
    assert answer.said == "app.log became unavailable while this was counted, so nothing was kept. Ask again."


def test_a_count_stopped_while_it_runs_lets_the_worker_go() -> None:
    answer = counting(make.case(severity=2), 24)
    worker = start_worker()
    was_counting = wait_until(lambda: progress() > 5)
    actions.stop_impact(answer.case.key, answer.number, by=cast().sam)
    was_let_go = wait_until(lambda: Job.objects.get(task_path__endswith="on_impact_asked").status == "SUCCESSFUL")
    worker.send_signal(signal.SIGTERM)
    worker.wait(timeout=60)
    answer.refresh_from_db()

    assert (was_counting, was_let_go) == (True, True)
    assert (answer.state, answer.records) == (CountState.STOPPED, 0)
    assert progress() == 100
    assert not Event.objects.filter(kind="evidence.impact_counted").exists()
