"""The malware scanner: whatever the installation names sees each file on its way into the store, and may refuse it.

`command:clamdscan --no-summary -` is started for each file and reads it from standard input: 0 is clean, 1 infected.
`clamd:/run/clamav/clamd.ctl` or `clamd:127.0.0.1:3310` speaks to clamd. Anything else, or an answer that is neither,
refuses the file: what could not be looked at is not kept.
"""

import shlex
import socket
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from django.conf import settings

from sevline.core.lifecycle import Refused

SECONDS = 120
NOT_SCANNED = "not scanned: no malware scanner is set"
_PIECE = 1024 * 1024


class Infected(Refused):
    """The scanner says that the file is malware; `verdict` is what it said."""

    def __init__(self, verdict: str) -> None:
        super().__init__(
            "The malware scanner found something in this file, so it was not kept. Check the machine it came from, and "
            "send the text that shows the fault instead."
        )
        self.verdict = verdict


class NoScanner(Refused):
    def __init__(self) -> None:
        super().__init__(
            "The malware scanner does not answer, so the file was not kept. Tell the administrator of this desk, then "
            "send it again."
        )


class Scanner(Protocol):
    def push(self, block: bytes) -> None: ...

    def verdict(self) -> str:
        """What is kept about a clean file; raises Infected or NoScanner."""
        ...

    def close(self) -> None: ...


def scanned(blocks: Iterable[bytes], says: list[str]) -> Iterator[bytes]:
    """The same blocks; at their end `says` holds the verdict. Raises Infected or NoScanner instead of ending."""
    scanner = _scanner(str(settings.OPTIONS.antivirus))
    if scanner is None:
        yield from blocks
        says.append(NOT_SCANNED)
        return
    try:
        for block in blocks:
            scanner.push(block)
            yield block
        says.append(scanner.verdict())
    except (OSError, subprocess.SubprocessError):
        raise NoScanner from None
    finally:
        scanner.close()


def _scanner(setting: str) -> Scanner | None:
    kind, _, where = setting.partition(":")
    if not setting:
        return None
    try:
        if kind == "command":
            return _Command(shlex.split(where))
        if kind == "clamd":
            return _Clamd(where)
    except (OSError, ValueError):
        raise NoScanner from None
    raise NoScanner


@dataclass
class _Command:
    words: list[str]
    process: "subprocess.Popen[bytes]" = field(init=False)

    def __post_init__(self) -> None:
        nowhere = subprocess.DEVNULL
        self.process = subprocess.Popen(self.words, stdin=subprocess.PIPE, stdout=nowhere, stderr=nowhere)  # noqa: S603

    def push(self, block: bytes) -> None:
        assert self.process.stdin is not None  # noqa: S101 - opened above
        try:
            self.process.stdin.write(block)
        except BrokenPipeError:
            # A scanner may stop reading once it knows; what it found is its exit code.
            return

    def verdict(self) -> str:
        self._end_input()
        code = self.process.wait(SECONDS)
        if code == 1:
            raise Infected(f"infected, by {self.words[0]}")
        if code != 0:
            raise NoScanner
        return f"clean, by {self.words[0]}"[:120]

    def _end_input(self) -> None:
        assert self.process.stdin is not None  # noqa: S101 - opened above
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            return

    def close(self) -> None:
        self._end_input()
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(SECONDS)


class _Clamd:
    """clamd's INSTREAM: blocks with their length before them, an empty one at the end, then one line of answer."""

    def __init__(self, where: str) -> None:
        host, colon, port = where.rpartition(":")
        if colon and port.isdecimal():
            self.socket = socket.create_connection((host, int(port)), SECONDS)
        else:
            self.socket = socket.socket(socket.AF_UNIX)
            self.socket.settimeout(SECONDS)
            self.socket.connect(where)
        self.socket.sendall(b"zINSTREAM\0")

    def push(self, block: bytes) -> None:
        for start in range(0, len(block), _PIECE):
            piece = block[start : start + _PIECE]
            self.socket.sendall(len(piece).to_bytes(4, "big") + piece)

    def verdict(self) -> str:
        self.socket.sendall(bytes(4))
        answer = b""
        while not answer.endswith(b"\0") and (more := self.socket.recv(4096)):
            answer += more
        said = answer.rstrip(b"\0\n").decode("utf-8", "replace")
        if said.endswith("FOUND"):
            raise Infected(said[:120])
        if not said.endswith("OK"):
            raise NoScanner
        return "clean, by clamd"

    def close(self) -> None:
        self.socket.close()
