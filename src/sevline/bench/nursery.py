"""Parser processes are born of one that has loaded what they need, so that none of them loads it again.

The nursery is one child of this process. It holds no evidence, no key and no thread; for each examination it forks,
hands the new process its two pipes and goes on waiting. Asked over a Unix socket: `BORN` with three descriptors (what
the parser reads, what it writes, and where its exit status is told), or a process id and a signal for it. It ends when
this process does, and by itself after a time without work.
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
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

COMMAND = "from sevline.bench.nursery import main; main()"
BORN = struct.pack("ii", 0, 0)
ORDER = struct.Struct("ii")
NUMBER = struct.Struct("i")
IDLE_SECONDS = 600
GRACE_SECONDS = 2
SEVERAL = 2
"""Times that it is asked from which on it is worth to load what a single parser would not."""
LOST = -int(signal.SIGKILL)
"""The exit status of a process whose nursery is gone."""


class NotBornError(Exception):
    """The nursery did not answer."""


@dataclass
class Parser:
    """A process born in a nursery; of `subprocess.Popen` what the sandbox uses, with the same meaning."""

    pid: int
    stdin: IO[bytes]
    stdout: IO[bytes]
    nursery: "Nursery"
    status: int
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
            self.nursery.order(self.pid, number)

    def close(self) -> None:
        """Once it has ended and nobody waits for it."""
        os.close(self.status)

    def _ended(self, timeout: float | None) -> int | None:
        if self.returncode is None and _readable(self.status, timeout):
            with self._lock:
                if self.returncode is None:
                    told = os.read(self.status, NUMBER.size)
                    self.returncode = NUMBER.unpack(told)[0] if told else LOST
        return self.returncode


def _readable(descriptor: int, timeout: float | None) -> bool:
    waiting = select.poll()
    waiting.register(descriptor, select.POLLIN)
    return bool(waiting.poll(None if timeout is None else timeout * 1000))


class Nursery:
    """The nursery of this process, started when the first parser is wanted and again whenever it is gone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None

    def born(self, environment: dict[str, str]) -> Parser:
        """A parser that waits for its first frame. NotBornError where even a new nursery gives none."""
        with self._lock:
            for _ in range(2):
                try:
                    return self._ask(self._reached(environment))
                except OSError:
                    self._forget()
        raise NotBornError

    def order(self, pid: int, number: int) -> None:
        with self._lock:
            try:
                if self._socket is not None and self._owner == os.getpid():
                    self._socket.sendall(ORDER.pack(pid, number))
            except OSError:
                self._forget()

    def end(self) -> None:
        """It ends after its parsers; what they took then counts as this process's children."""
        with self._lock:
            self._forget()

    def _reached(self, environment: dict[str, str]) -> socket.socket:
        if self._owner != os.getpid():  # after a fork it is the nursery of the parent
            self._process = self._socket = None
            self._owner = os.getpid()
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
        pipes = [os.pipe() for _ in range(3)]
        (read, feed), (hear, write), (status, tell) = pipes
        try:
            socket.send_fds(reached, [BORN], [read, write, tell])
            answer = reached.recv(NUMBER.size)
        except OSError:
            answer = b""
        for descriptor in (read, write, tell):
            os.close(descriptor)
        if not answer:
            for descriptor in (feed, hear, status):
                os.close(descriptor)
            raise ConnectionError
        (pid,) = NUMBER.unpack(answer)
        return Parser(pid, os.fdopen(feed, "wb"), os.fdopen(hear, "rb"), self, status)

    def _forget(self) -> None:
        if self._socket is not None and self._owner == os.getpid():
            self._socket.close()
        if self._process is not None and self._owner == os.getpid():
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(GRACE_SECONDS)
        self._process = self._socket = None


nursery = Nursery()
atexit.register(nursery.end)


def main() -> None:
    """In the nursery's own process."""
    from sevline.bench.worker import load, prepare

    load()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's interrupt is for the one who asked
    wake, waken = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(waken)
    children: dict[int, int] = {}
    births = 0
    with socket.socket(fileno=int(sys.argv[1])) as asked, contextlib.suppress(OSError):
        while True:
            ready = select.select([asked.fileno(), wake], [], [], IDLE_SECONDS)[0]
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


def _served(asked: socket.socket, children: dict[int, int]) -> bool:
    """Does what is asked; False once the other side is gone."""
    data, descriptors, _, _ = socket.recv_fds(asked, ORDER.size, 3)
    if not data:
        return False
    if not descriptors:
        pid, number = ORDER.unpack(data)
        if pid in children:  # not waited for yet, so the number is still its own
            os.kill(pid, number)
        return True
    read, write, tell = descriptors
    born = os.fork()
    if born == 0:
        _live(read, write)
    os.close(read)
    os.close(write)
    children[born] = tell
    asked.sendall(NUMBER.pack(born))
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
