"""The product as people run it: `sevline serve` in processes of its own, with a folder and a port of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = re.compile(r"signs in with the password (\S+)")
STARTS_WITHIN, ENDS_WITHIN, LOADS_WITHIN = 240, 90, 900
CAST = """
from sevline.cli.installation import start_django, upgrade
start_django()
upgrade()
from sevline.cli.desk.loading import prepare
print(prepare()[1])
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Product:
    """One installation on SQLite under `folder`; `url` answers while it is started."""

    folder: Path
    port: int = field(default_factory=_free_port)
    password: str = ""
    _server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def database(self) -> Path:
        return self.folder / "data" / "sevline.sqlite3"

    def load_demo_desk(self) -> None:
        """`sevline demo load`; the password that it prints is the one of every demo person."""
        done = self._run("-m", "sevline", "demo", "load")
        assert done.returncode == 0, done.stdout + done.stderr
        found = PASSWORD.search(done.stdout)
        assert found, done.stdout
        self.password = found[1]

    def load_cast(self) -> None:
        """The people, customers and product areas of the demo desk and no case yet."""
        self.password = self.run_code(CAST).split()[-1]

    def told(self, code: str) -> str:
        """What a piece of code prints that runs beside the product, on its database and store."""
        done = self._run("-c", f"from sevline.cli.installation import start_django\nstart_django()\n{code}")
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()

    def start(self, *, own_group: bool = False) -> None:
        """Serve, and return when the product says that it is healthy. `own_group`: as a terminal starts it."""
        with (self.folder / "server.log").open("ab") as log:
            self._server = subprocess.Popen(
                [sys.executable, "-m", "sevline", "serve"],
                env=self._environment(),
                cwd=self.folder,
                stdout=log,
                stderr=log,
                start_new_session=own_group,
            )
        until = time.monotonic() + STARTS_WITHIN
        while not self._is_healthy():
            assert self._server.poll() is None, self.said()
            assert time.monotonic() < until, self.said()
            time.sleep(0.2)

    def stop(self) -> None:
        """End the server as an operator would, and its worker with it."""
        if self._server is not None:
            self._server.send_signal(signal.SIGTERM)
            self._server.wait(ENDS_WITHIN)
            self._server = None

    def kill(self) -> None:
        """SIGKILL to the server and every process that it started, as when the machine loses power."""
        assert self._server is not None
        for pid in [self._server.pid, *_descendants(self._server.pid)]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._server.wait(ENDS_WITHIN)
        self._server = None

    def said(self) -> str:
        """The end of the server's log."""
        return (self.folder / "server.log").read_text(errors="replace")[-4000:]

    def run_code(self, code: str) -> str:
        """What a few lines of Python print, run in this installation by an interpreter of their own."""
        done = self._run("-c", code)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def _is_healthy(self) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False

    def _run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words], env=self._environment(), cwd=self.folder, capture_output=True, text=True,
            timeout=LOADS_WITHIN, check=False,
        )  # fmt: skip

    def _environment(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("SEVLINE_") and name != "DJANGO_SETTINGS_MODULE"
        }
        own = {"SEVLINE_DATA_DIR": str(self.folder / "data"), "SEVLINE_PORT": str(self.port)}
        return {**kept, **own, "SEVLINE_BASE_URL": self.url, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "200"}


def _descendants(pid: int) -> list[int]:
    """Processes below this one, as Linux tells them; each thread tells of those that it started."""
    below = [int(child) for thread in Path(f"/proc/{pid}/task").glob("*/children") for child in _words_in(thread)]
    return [one for child in below for one in (child, *_descendants(child))]


def _words_in(file: Path) -> list[str]:
    """Its words; none when the thread that it told of has ended meanwhile."""
    try:
        return file.read_text().split()
    except OSError:
        return []
