"""Run a command with a throw-away PostgreSQL: `python -m tests.postgres pytest …`.

Makes a cluster in a temporary folder with the newest `initdb` that is installed, as a user other than root, on a
loopback port of its own; stops and removes it afterwards. `SEVLINE_TEST_DATABASE_URL` names a server to use instead.
Where PostgreSQL is not installed this says so and succeeds, unless `SEVLINE_REQUIRE` names postgresql.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

URL = "SEVLINE_TEST_DATABASE_URL"


def binaries() -> Path | None:
    """The folder with `initdb` and `pg_ctl`, the newest version first."""
    known = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda found: int(found.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    places = [*known, *([Path(on_path).resolve().parent] if on_path else [])]
    return next((place for place in places if (place / "initdb").exists() and (place / "pg_ctl").exists()), None)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def cluster() -> Iterator[str]:
    """The URL of a fresh server; LookupError when PostgreSQL is not installed."""
    place = binaries()
    if place is None:
        raise LookupError("PostgreSQL is not installed here, so nothing was run on it.")
    user = pwd.getpwnam("postgres" if _has_user("postgres") else "nobody") if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="sevline-pg-", dir="/tmp"))
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)

    def call(*words: str) -> None:
        subprocess.run(
            words, check=True, cwd=folder, stdout=subprocess.DEVNULL, timeout=120,
            user=user.pw_uid if user else None, group=user.pw_gid if user else None,
        )  # fmt: skip

    port, data = _free_port(), folder / "data"
    hasty = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} {hasty}"
    call(str(place / "initdb"), "-D", str(data), "-U", "sevline", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    call(str(place / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql://sevline@127.0.0.1:{port}/postgres"
    finally:
        call(str(place / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _has_user(name: str) -> bool:
    return any(known.pw_name == name for known in pwd.getpwall())


def main(words: list[str]) -> int:
    command = [sys.executable, "-m", *words]
    if os.environ.get(URL):
        return subprocess.call(command)
    try:
        with cluster() as url:
            return subprocess.call(command, env={**os.environ, URL: url})
    except LookupError as missing:
        sys.stdout.write(f"{missing}\n")
        return 1 if "postgresql" in os.environ.get("SEVLINE_REQUIRE", "") else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
