"""Tasks for the tests of the job table; their effects are lines in a file, so that they can be counted."""

import os
import time
from pathlib import Path

from django_tasks import task

from sevline.platform.jobs.worker import report


@task()
def write_line(path: str, text: str) -> str:
    with Path(path).open("a") as file:
        file.write(text + "\n")
    return text


@task()
def write_then_wait(path: str, gate: str) -> str:
    """Writes that it started, then goes on only when the gate exists; gives up after a minute."""
    with Path(path).open("a") as file:
        file.write(f"started {os.getpid()}\n")
    for _ in range(1200):
        if Path(gate).exists():
            break
        report(50, "waiting at the gate")
        time.sleep(0.05)
    with Path(path).open("a") as file:
        file.write(f"finished {os.getpid()}\n")
    return "done"


@task()
def always_fails(secret: str) -> None:
    raise ValueError(f"the secret was {secret}")
