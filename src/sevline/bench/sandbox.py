"""Runs the parser process: feeds it, reads what it says, watches memory and time, and ends it when it goes beyond."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from sevline.bench.ending import STOP
from sevline.bench.frames import BrokenPipeFrameError, Frame, receive
from sevline.bench.limits import MEBI, Limits
from sevline.bench.nursery import NotBornError, Parser, nursery

PERIOD = 0.05
ASKED_EVERY = 2.0
Stopped = Callable[[], bool]
COMMAND = "from sevline.bench.worker import main; main()"


@dataclass
class Child:
    """A running parser process. `ended_because` is a sentence once it was ended or ended by itself too early."""

    process: "subprocess.Popen[bytes] | Parser"
    limits: Limits
    ended_because: str = ""
    heard: bool = False
    """Whether it has said something: from then on it listens to `ending.STOP`."""
    done: threading.Event = field(default_factory=threading.Event)

    def frames(self) -> Iterator[tuple[Frame, bytes]]:
        """What the child says, until it closes its end."""
        output = self.process.stdout
        try:
            while output is not None and (frame := receive(output)) is not None:
                self.heard = True
                yield frame
        except BrokenPipeFrameError:
            return

    def why(self) -> str:
        """A sentence for a process that ended without a result."""
        code = self.process.wait()
        if self.ended_because:
            return self.ended_because
        if -code in {signal.SIGXCPU, signal.SIGKILL}:
            return f"Reading it took more than {self.limits.cpu_seconds} s of processor time and was stopped."
        if -code == signal.SIGXFSZ:
            return "The parser tried to write a file and was stopped."
        return "The parser process ended without a result; nothing of the content was kept."


@contextmanager
def started(
    limits: Limits, feed: Callable[[IO[bytes]], None], *, command: str = COMMAND, stopped: Stopped | None = None
) -> Iterator[Child]:
    """Start a parser that saw no other evidence, let `feed` write to it on a thread, see to it that it is gone after.

    A `command` of one's own runs in a fresh interpreter. `stopped` is asked every two seconds, on a thread of its own;
    once it says yes, the parser is told to end.
    """
    environment = {
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "PYTHONDONTWRITEBYTECODE": "1",
        "POLARS_MAX_THREADS": "2",
        "OPENBLAS_NUM_THREADS": "1",  # nothing here multiplies matrices, and a nursery at work must not fork
        "_RJEM_MALLOC_CONF": "background_thread:false",  # nor does Polars' memory need a thread of its own
        "MALLOC_ARENA_MAX": "2",  # threads that share their memory leave less of it unused
        "LANG": "C.UTF-8",
    }
    process = _process(environment, command)
    child = Child(process, limits)
    feeder = threading.Thread(target=_feed, args=(process, feed, child), daemon=True)
    watcher = threading.Thread(target=_watch, args=(child,), daemon=True)
    asking = threading.Thread(target=_ask, args=(child, stopped), daemon=True)
    for thread in (feeder, watcher, asking):
        thread.start()
    try:
        yield child
    finally:
        child.done.set()
        if process.poll() is None:
            _wait_or_kill(process)
        for thread in (feeder, watcher, asking):
            thread.join(5)
        for pipe in (process.stdin, process.stdout):
            _close(pipe)
        if isinstance(process, Parser):
            process.close()


def _process(environment: dict[str, str], command: str) -> "subprocess.Popen[bytes] | Parser":
    if command == COMMAND:
        with suppress(NotBornError):
            return nursery.born(environment)
    return subprocess.Popen(  # noqa: S603 - our own interpreter with a constant command
        [sys.executable, "-c", command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        close_fds=True,
    )


def _close(pipe: "IO[bytes] | None") -> None:
    try:
        if pipe is not None:
            pipe.close()
    except BrokenPipeError:
        return


def _wait_or_kill(process: "subprocess.Popen[bytes] | Parser") -> None:
    try:
        process.wait(2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _feed(process: "subprocess.Popen[bytes] | Parser", feed: Callable[[IO[bytes]], None], child: Child) -> None:
    pipe = process.stdin
    if pipe is None:
        return
    try:
        feed(pipe)
        pipe.close()
    except BrokenPipeError:
        return
    except OSError as problem:
        child.ended_because = f"The source could not be read to its end: {problem.strerror or problem}."
        process.kill()
    except Exception as problem:  # noqa: BLE001 - whatever it is, the parser would wait for the rest in vain
        child.ended_because = f"The source could not be handed to the parser ({type(problem).__name__})."
        process.kill()


def _watch(child: Child) -> None:
    deadline = time.monotonic() + child.limits.wall_seconds
    while not child.done.wait(PERIOD) and child.process.poll() is None:
        resident = _resident(child.process.pid)
        if resident > child.limits.resident:
            child.ended_because = f"Reading it took more than {child.limits.resident // MEBI} MB of memory."
        elif time.monotonic() > deadline:
            child.ended_because = f"Reading it took more than {child.limits.wall_seconds:.0f} s and was stopped."
        else:
            continue
        child.process.kill()
        return


def _ask(child: Child, stopped: Stopped | None) -> None:
    while stopped is not None and not child.done.wait(ASKED_EVERY) and child.process.poll() is None:
        if child.heard and stopped():
            child.process.send_signal(STOP)
            return


def _resident(pid: int) -> int:
    try:
        pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
