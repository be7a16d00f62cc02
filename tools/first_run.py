"""`python3 -m tools.first_run`: the README's first command in a folder of its own, until its first page answers.

Prints the seconds that took, then stops it as Ctrl C does. Fails when no page answers within five minutes, or when
something is left running.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from urllib.error import URLError
from urllib.request import urlopen

WITHIN, ENDS_WITHIN = 300, 40


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def main() -> int:
    port, began = free_port(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="sevline-first-") as folder:
        settings = {"SEVLINE_DATA_DIR": folder, "SEVLINE_PORT": str(port)}
        server = subprocess.Popen(["make", "run"], env={**os.environ, **settings}, start_new_session=True)
        try:
            while not answers(port):
                if server.poll() is not None or time.monotonic() - began > WITHIN:
                    print("`make run` showed no page.", file=sys.stderr)
                    return 1
                time.sleep(0.5)
            print(f"`make run` showed its first page after {time.monotonic() - began:.0f} s.", flush=True)
        finally:
            if server.poll() is None:
                os.killpg(server.pid, signal.SIGINT)
        server.wait(ENDS_WITHIN)
        return int(answers(port))


if __name__ == "__main__":
    sys.exit(main())
