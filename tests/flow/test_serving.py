"""`sevline serve` in a process of its own: it starts, refuses what it cannot do in a sentence, and keeps its worker."""

import os
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.flow.conftest import Install
from tests.installation import Installation

pytestmark = [pytest.mark.slow, pytest.mark.both_databases]
QUEUE = """
from sevline.platform.tasks import sweep_jobs
print(sweep_jobs.enqueue().id)
"""
STATUS = "from sevline.platform.models import Job\nprint(Job.objects.get(pk='{}').status)"


def wait_until(true: Callable[[], bool], seconds: float = 60) -> bool:
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.2)
    return true()


def test_it_brings_the_database_up_to_date_serves_and_says_how_to_enter(install: Install) -> None:
    desk = install()

    desk.start()

    assert wait_until(lambda: len(desk.workers()) == 1)
    assert wait_until(lambda: f"Sevline serves {desk.url}" in desk.said())
    assert f"Make the first administrator here: {desk.url}/setup/" in desk.said()


def test_its_worker_is_started_again_when_it_dies_and_does_the_job_that_waits(install: Install) -> None:
    desk = install()
    desk.start()
    wait_until(lambda: len(desk.workers()) == 1)
    first = desk.workers()

    os.kill(first[0], signal.SIGKILL)
    job = desk.python(QUEUE)

    assert wait_until(lambda: desk.python(STATUS.format(job)) == "SUCCESSFUL")
    assert len(desk.workers()) == 1
    assert desk.workers() != first
    assert "The background worker ended with -9; it is started again." in desk.said()


def test_its_worker_ends_with_it_even_when_it_is_killed(install: Install) -> None:
    desk = install()
    desk.start()
    wait_until(lambda: len(desk.workers()) == 1)
    worker = desk.workers()[0]

    assert desk._server is not None
    os.kill(desk._server.pid, signal.SIGKILL)
    desk._server.wait(20)
    desk._server = None

    assert wait_until(lambda: not Path(f"/proc/{worker}").exists())


def test_ctrl_c_in_a_terminal_ends_the_server_and_its_worker(install: Install) -> None:
    desk = install()
    desk.start(own_group=True)
    wait_until(lambda: len(desk.workers()) == 1)
    (worker,) = desk.workers()
    assert desk._server is not None

    os.killpg(desk._server.pid, signal.SIGINT)
    desk._server.wait(30)
    desk._server = None

    assert wait_until(lambda: not Path(f"/proc/{worker}").exists())
    assert "started again" not in desk.said()


def test_a_port_that_is_taken_is_refused_in_a_sentence(install: Install) -> None:
    desk = install()
    with socket.socket() as other:
        other.bind(("127.0.0.1", desk.port))
        other.listen()

        done = desk.sevline("serve")

    assert done.returncode == 1
    assert done.stderr.startswith(f"Sevline cannot listen on 127.0.0.1:{desk.port} (Address already in use).")
    assert "set SEVLINE_PORT" in done.stderr


BAD: dict[str, tuple[dict[str, str], str]] = {
    "a port that is none": ({"SEVLINE_PORT": "0"}, "The setting SEVLINE_PORT is not usable"),
    "production without its keys": (
        {"SEVLINE_MODE": "production", "SEVLINE_BASE_URL": "https://desk.example.com"},
        "SEVLINE_MASTER_KEY_FILE is missing",
    ),
    "production over http": ({"SEVLINE_MODE": "production"}, "SEVLINE_BASE_URL must be the https address"),
    "a key file that is not there": (
        {"SEVLINE_MASTER_KEY_FILE": "/nowhere/key"},
        "The key file /nowhere/key cannot be",
    ),
    "a database that does not answer": (
        {"SEVLINE_DATABASE_URL": "postgresql://sevline@127.0.0.1:1/desk"},
        "The database at 127.0.0.1:1 does not answer",
    ),
    "a database of another kind": (
        {"SEVLINE_DATABASE_URL": "mysql://root@localhost/desk"},
        "or leave it empty for SQLite",
    ),
    "a settings file that is none": ({"SEVLINE_CONFIG": "broken.toml"}, "broken.toml"),
}


@pytest.mark.parametrize("fault", BAD)
@pytest.mark.parametrize("command", ["serve", "worker", "doctor"])
def test_a_setting_that_cannot_be_used_is_refused_in_a_sentence(tmp_path: Path, command: str, fault: str) -> None:
    extra, sentence = BAD[fault]
    (tmp_path / "broken.toml").write_text("port = = 8000\n")

    done = Installation(tmp_path, extra=extra).sevline(command)

    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


def test_a_worker_does_not_run_on_a_database_that_was_not_brought_up_to_date(tmp_path: Path) -> None:
    done = Installation(tmp_path).sevline("worker")

    assert done.returncode == 1
    assert "steps behind this version. `sevline serve` brings it up to date" in done.stderr


def test_production_starts_with_everything_that_it_asks_for(install: Install) -> None:
    desk = install()
    for name in ("master", "audit"):
        (desk.folder / f"{name}.key").write_text("5a" * 32)
    desk.extra = {
        "SEVLINE_MODE": "production",
        "SEVLINE_BASE_URL": "https://desk.example.com",
        "SEVLINE_SECRET_KEY": "a secret of more than thirty-two characters",
        "SEVLINE_MASTER_KEY_FILE": str(desk.folder / "master.key"),
        "SEVLINE_AUDIT_KEY_FILE": str(desk.folder / "audit.key"),
    }

    desk.start()

    assert wait_until(lambda: "Sevline serves https://desk.example.com" in desk.said())
    assert not (desk.folder / "data/keys").exists()
