"""Whether a command compiles the kernels of the log miner: from the cache at once, the first time only for large
logs."""

import os
import subprocess
import sys
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path

PLAIN_BELOW = 2 * 1024 * 1024
"""Bytes that are read before compiled kernels would have been loaded."""

WAIT_FROM = 48 * 1024 * 1024
"""Bytes from which it pays to compile before reading, when nothing is in the cache."""

FOLDER = "SEVLINE_CACHE_DIR"


def choose(size: int | None) -> None:
    """For `size` bytes, None where that is not known. Where the cache is cold it is filled for the next run."""
    if find_spec("numba") is None or (size is not None and size < PLAIN_BELOW):
        return
    from sevline.core.mining.jit import choose_compiled

    folder = _folder()
    if folder is None:
        if size is None or size >= WAIT_FROM:
            choose_compiled()
        return
    os.environ["NUMBA_CACHE_DIR"] = str(folder)
    warm = (folder / "complete").exists()
    if warm or size is None or size >= WAIT_FROM:
        choose_compiled()
    if not warm:
        _fill()


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _folder() -> Path | None:
    """One for each state of the code, readable by this user alone: what is in it is run."""
    base = os.environ.get(FOLDER) or os.environ.get("XDG_CACHE_HOME") or str(Path("~/.cache").expanduser())
    folder = Path(base) / "sevline" / f"kernels-{_version()}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        about = folder.stat()
    except OSError:
        return None
    private = not hasattr(os, "getuid") or (about.st_uid == os.getuid() and not about.st_mode & 0o022)
    return folder if private and os.access(folder, os.W_OK) else None


def _version() -> str:
    """Of the kernels' source, the interpreter and Numba: a change of any of them starts a new folder."""
    from importlib.metadata import version

    found = blake2b(f"{sys.version} {version('numba')} {version('numpy')}".encode(), digest_size=8)
    package = Path(__file__).parent.parent / "core" / "mining"
    for path in sorted(package.glob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()


def _fill() -> None:
    """In a process of its own, which ends by itself within a minute or two and whose failure nobody needs to see."""
    subprocess.Popen(
        [sys.executable, "-m", "sevline.cli.kernels"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def fill() -> None:
    """Compiles every kernel into the folder that NUMBA_CACHE_DIR names, unless another process does or did so."""
    folder = Path(os.environ["NUMBA_CACHE_DIR"])
    try:
        (folder / "begun").touch(exist_ok=False)
    except FileExistsError:
        return
    if hasattr(os, "nice"):
        os.nice(10)
    from sevline.core.mining.jit import choose_compiled

    choose_compiled()
    from sevline.core.mining import mine

    line = b"2026-03-01T10:00:00.123Z INFO tick 17\n"
    mine([line * 300], in_bulk=True).patterns()
    docker = b'{"log":"tick 17\\n","stream":"stdout","time":"2026-03-01T10:00:00.123Z"}\n'
    request = b'203.0.113.9 - - [01/Mar/2026:10:00:00 +0000] "GET /cart/18 HTTP/1.1" 502 131\n'
    for other in (docker, request):
        mine([other * 300], in_bulk=True)
    mine([b"".join(b"%s%d word\n" % (b"x" * (number % 40), number) for number in range(300))], cap=5, in_bulk=True)
    (folder / "complete").touch()


if __name__ == "__main__":
    fill()
