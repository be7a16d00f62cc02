"""What the parser process may not do. Called in that process, before it sees a byte of evidence.

Resource limits bound processor time, memory, files and their size. They cannot cut the network, so an audit hook
refuses sockets, programs and writing; a hook cannot be taken out again once it is in.
"""

import os
import resource
import sys
from typing import Any

from sevline.bench.limits import Limits

REFUSED = (
    "socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.system", "os.startfile", "pty.",
    "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown",
    "shutil.", "ftplib.", "smtplib.", "urllib.", "http.client.", "telnetlib.", "webbrowser.", "os.kill",
    "signal.pthread_kill",
)  # fmt: skip
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


def confine(limits: Limits) -> None:
    _limit(resource.RLIMIT_CPU, limits.cpu_seconds)
    _limit(resource.RLIMIT_AS, limits.address_space)
    _limit(resource.RLIMIT_FSIZE, limits.file_size)
    _limit(resource.RLIMIT_NOFILE, limits.open_files)
    _limit(resource.RLIMIT_CORE, 0)
    sys.addaudithook(_refuse)


def _limit(which: int, amount: int) -> None:
    """Never above what the process was started with."""
    _, hard = resource.getrlimit(which)
    wanted = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
    resource.setrlimit(which, (wanted, wanted))


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open":
        _, mode, flags = (*arguments, None, None, None)[:3]
        writes = isinstance(mode, str) and any(letter in mode for letter in "wax+")
        if writes or (isinstance(flags, int) and flags & WRITING):
            raise PermissionError("The parser process may not write files.")
    elif event.startswith(REFUSED):
        raise PermissionError(f"The parser process may not do this: {event}.")
