"""Parser processes are born of one that has loaded what they need, so that none of them loads it again.

The nursery is one child of this process. It holds no evidence and no key, and no thread of it is at work; for each
examination it forks, hands the new process its two pipes and goes on waiting. Asked over a Unix socket: `BORN` with
three descriptors (what the parser reads, what it writes, and where its exit status is told). The answer is a process id
and a descriptor of that process, so that it can be watched and ended without the nursery. It ends when this process
does, and by itself after a time without work.
"""

import atexit
import contextlib
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

COMMAND = "from sevline.bench.nursery import main; main()"
BORN = b"B"
NUMBER = struct.Struct("i")
IDLE_SECONDS = 600
GRACE_SECONDS = 2
PATIENCE_SECONDS = 60.0
"""For an answer. It loads what parsers need in two, and all who want a parser wait for it."""
SEVERAL = 2
"""Times that it is asked from which on it is worth to load what a single parser would not."""
LOST = 255
"""The exit status of a process whose nursery is gone, so that nobody knows how it ended."""


CROWDED = 70
"""The exit status of a nursery in which another thread is at work: none is started again."""


class NotBornError(Exception):
    """The nursery did not answer."""


@dataclass
class Parser:
    """A process born in a nursery; of `subprocess.Popen` what the sandbox uses, with the same meaning."""

    pid: int
    stdin: IO[bytes]
    stdout: IO[bytes]
    status: int
    handle: int
    returncode: int | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def poll(self) -> int | None:
        return self._ended(0)

    def wait(self, timeout: float | None = None) -> int:
        """Raises subprocess.TimeoutExpired like its model."""
        code = self._ended(timeout)
        if code is None:
            raise subprocess.TimeoutExpired("parser", timeout or 0)
        return code

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def send_signal(self, number: int) -> None:
        """Nothing happens to a process that has ended, nor to another one that has its number now."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.handle, number)

    def close(self) -> None:
        """Once it has ended and nobody waits for it."""
        os.close(self.status)
        os.close(self.handle)

    def _ended(self, timeout: float | None) -> int | None:
        """Once the process itself has ended, whether there is a nursery to tell how or not."""
        if self.returncode is not None or not _readable(self.handle, timeout):
            return self.returncode
        with self._lock:
            if self.returncode is None:
                is_told = _readable(self.status, PATIENCE_SECONDS if timeout is None else timeout)
                told = os.read(self.status, NUMBER.size) if is_told else b""
                if is_told or timeout is None:
                    self.returncode = NUMBER.unpack(told)[0] if told else LOST
        return self.returncode


def _readable(descriptor: int, timeout: float | None) -> bool:
    waiting = select.poll()
    waiting.register(descriptor, select.POLLIN)
    return bool(waiting.poll(None if timeout is None else timeout * 1000))


class Nursery:
    """The nursery of this process, started when the first parser is wanted and again whenever it is gone."""

    def __init__(self, patience: float = PATIENCE_SECONDS) -> None:
        self.patience = patience
        self._socket: socket.socket | None = None
        self._crowded = False
        self.begin()

    def begin(self) -> None:
        """Also in a process that was forked: the nursery is its parent's, and whoever held the lock is not in it."""
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        if self._socket is not None:
            self._socket.close()
        self._socket = None

    def born(self, environment: dict[str, str]) -> Parser:
        """A parser that waits for its first frame. NotBornError where even a new nursery gives none, and where the
        system gives no descriptors of processes."""
        if not _can_hold_processes():
            raise NotBornError
        with self._lock:
            for _ in range(2):
                if self._crowded:
                    break
                try:
                    return self._ask(self._reached(environment))
                except OSError:
                    self._forget()
        raise NotBornError

    def end(self) -> None:
        """It ends after its parsers; what they took then counts as this process's children."""
        with self._lock:
            self._forget()

    def _reached(self, environment: dict[str, str]) -> socket.socket:
        if self._socket is None:
            self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603 - our own interpreter with a constant command
                    [sys.executable, "-c", COMMAND, str(theirs.fileno())],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env=environment,
                    pass_fds=(theirs.fileno(),),
                )
        return self._socket

    def _ask(self, reached: socket.socket) -> Parser:
        """OSError where there is no answer, or no descriptor is left; what was opened until then is closed."""
        reached.settimeout(self.patience)
        with contextlib.ExitStack() as ours, contextlib.ExitStack() as theirs:
            read, feed = _piped(theirs, ours)
            hear, write = _piped(ours, theirs)
            status, tell = _piped(ours, theirs)
            socket.send_fds(reached, [BORN], [read, write, tell])
            answer, handles = self._answered(reached)
            if not handles:
                raise ConnectionError
            ours.pop_all()
        (pid,) = NUMBER.unpack(answer)
        return Parser(pid, os.fdopen(feed, "wb"), os.fdopen(hear, "rb"), status, handles[0])

    def _answered(self, reached: socket.socket) -> tuple[bytes, list[int]]:
        try:
            answer, handles, _, _ = socket.recv_fds(reached, NUMBER.size, 1, socket.MSG_CMSG_CLOEXEC)
        except TimeoutError:
            if self._process is not None:
                self._process.kill()  # it would never see that this process has left it
            raise
        return answer, handles

    def _forget(self) -> None:
        if self._socket is not None:
            self._socket.close()
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._crowded = self._process.wait(GRACE_SECONDS) == CROWDED
        self._process = self._socket = None


def _can_hold_processes() -> bool:
    try:
        os.close(os.pidfd_open(os.getpid()))
    except (AttributeError, OSError):
        return False
    return True


def _piped(reader: contextlib.ExitStack, writer: contextlib.ExitStack) -> tuple[int, int]:
    """A pipe, each end closed with its side."""
    read, write = os.pipe()
    reader.callback(os.close, read)
    writer.callback(os.close, write)
    return read, write


nursery = Nursery()
atexit.register(nursery.end)
os.register_at_fork(after_in_child=nursery.begin)


def main() -> None:
    """In the nursery's own process."""
    from sevline.bench.worker import load, prepare

    load()
    if not _is_alone():
        sys.exit(CROWDED)  # whoever asks starts an interpreter of its own
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's interrupt is for the one who asked
    wake, waken = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(waken)
    children: dict[int, int] = {}
    births = 0
    with socket.socket(fileno=int(sys.argv[1])) as asked, contextlib.suppress(OSError):
        waiting = select.poll()  # the socket's number is as high as this process's parent has files open
        for descriptor in (asked.fileno(), wake):
            waiting.register(descriptor, select.POLLIN)
        while True:
            ready = {descriptor for descriptor, _ in waiting.poll(IDLE_SECONDS * 1000)}
            if wake in ready:
                os.read(wake, 4096)
                _reap(children, os.WNOHANG)
            if asked.fileno() in ready:
                births += 1
                if births == SEVERAL:
                    prepare()
                if not _served(asked, children):
                    break
            if not (ready or children):
                break
    _reap(children, 0)  # their pipes were closed by the one who asked, so they end


def _is_alone() -> bool:
    """Whether every other thread sleeps: Polars starts one that waits for tables on disk, of which there are none here.
    A thread at work may hold a lock that nobody would open in a forked process."""
    for _ in range(200):
        with contextlib.suppress(OSError):  # a thread may end while it is looked at
            if sum(map(_is_awake, Path("/proc/self/task").iterdir())) == 1:
                return True
        time.sleep(0.01)
    return False


def _is_awake(task: Path) -> bool:
    """Whether a thread, of which /proc tells, does anything."""
    return task.joinpath("stat").read_text().rpartition(")")[2].split()[0] != "S"


def _served(asked: socket.socket, children: dict[int, int]) -> bool:
    """Does what is asked; False once the other side is gone."""
    data, descriptors, _, _ = socket.recv_fds(asked, len(BORN), 3)
    if not data:
        return False
    read, write, tell = descriptors
    born = os.fork()
    if born == 0:
        _live(read, write)
    os.close(read)
    os.close(write)
    children[born] = tell
    handle = os.pidfd_open(born)  # not waited for yet, so the number is still its own
    socket.send_fds(asked, [NUMBER.pack(born)], [handle])
    os.close(handle)
    return True


def _live(read: int, write: int) -> None:
    """In the new process, which never returns from here and keeps no descriptor but its own."""
    from sevline.bench.worker import main as parse

    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.dup2(read, 0)
        os.dup2(write, 1)
        _close_others()
        parse()
        sys.stdout.flush()
        code = 0
    finally:
        os._exit(code)


def _close_others() -> None:
    """All but the first three; the limit of open files may be a thousand million, so those there are looked up."""
    try:
        held = [int(one.name) for one in Path("/proc/self/fd").iterdir()]
    except OSError:
        held = list(range(256))
    for descriptor in held:
        if descriptor > 2:
            with contextlib.suppress(OSError):
                os.close(descriptor)


def _reap(children: dict[int, int], options: int) -> None:
    """Tells how each child ended that has; with options 0 it waits until all have."""
    while children:
        pid, state = os.waitpid(-1, options)
        if pid == 0:
            return
        tell = children.pop(pid)
        with contextlib.suppress(BrokenPipeError):
            os.write(tell, NUMBER.pack(os.waitstatus_to_exitcode(state)))
        os.close(tell)
