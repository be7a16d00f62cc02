"""A whole installation in processes of its own, on SQLite or in a database of its own on the tests' PostgreSQL."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

from tests.browser.product import Product, _descendants
from tests.postgres import URL


@dataclass
class Installation(Product):
    """`extra` are settings beside those that every installation of the tests has."""

    database_url: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    def sevline(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`sevline …` as an operator types it."""
        return self._run("-m", "sevline", *words)

    def python(self, code: str) -> str:
        """What a program prints that runs on this installation's settings."""
        started = "from sevline.cli.installation import start_django\nstart_django()\n"
        done = self._run("-c", started + code)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def workers(self) -> list[int]:
        """Processes below the server that run background jobs."""
        assert self._server is not None
        return [pid for pid in _descendants(self._server.pid) if b"--with-parent" in _words_of(pid)]

    def _environment(self) -> dict[str, str]:
        return {**super()._environment(), "SEVLINE_DATABASE_URL": self.database_url, **self.extra}


def _words_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


@contextmanager
def database() -> Iterator[str]:
    """The address of a new, empty database on the PostgreSQL of this test run; "" where the run is on SQLite."""
    server = os.environ.get(URL, "")
    if not server:
        yield ""
        return
    import psycopg

    name = f"sevline_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
