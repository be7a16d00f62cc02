"""`sevline serve`: the workbench on this machine, with its background worker beside it."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time

import typer

from sevline.cli.installation import start_django, upgrade
from sevline.core.lifecycle import Refused

RESTART_SECONDS = 1.0
#: A process that was told twice at once to stop, as by Ctrl C in a terminal, may miss both; then it is ended.
KILL_SECONDS = 8
#: How often, how long and after which pause the server is asked whether it answers already.
ANSWER_TRIES, ANSWER_SECONDS, ANSWER_PAUSE = 600, 10.0, 0.2


def register(app: typer.Typer) -> None:
    @app.command()
    def serve(
        no_worker: bool = typer.Option(False, "--no-worker", help="Do not run background jobs in this command."),
    ) -> None:
        """Bring the database up to date and serve the workbench."""
        start_django()
        refuse_a_taken_port()
        upgrade()
        run_server(with_worker=not no_worker)


def how_to_enter() -> list[str]:
    """The address, and on an empty database the link that makes the first administrator."""
    from django.conf import settings

    from sevline.people.actions import setup_link

    options = settings.OPTIONS
    lines = [f"Sevline serves {options.base_url} (bound to {options.bind}:{options.port}). Ctrl C stops it."]
    if link := setup_link():
        lines.append(f"Nobody can sign in yet. Make the first administrator here: {link}")
    return lines


def say_when_served(bind: str, port: int, lines: list[str]) -> None:
    """Print the lines once the server answers, for an address that is printed before is opened too early."""
    host = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}.get(bind, bind)  # noqa: S104 - compared, not bound
    for _ in range(ANSWER_TRIES):
        connection = http.client.HTTPConnection(host, port, timeout=ANSWER_SECONDS)
        try:
            connection.request("HEAD", "/healthz")
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            time.sleep(ANSWER_PAUSE)
            continue
        finally:
            connection.close()
        print("\n".join(lines), flush=True)
        return


def refuse_a_taken_port() -> None:
    """Refused, before anything is changed, when something else listens where this server is to listen."""
    from django.conf import settings

    bind, port = settings.OPTIONS.bind, settings.OPTIONS.port
    try:
        family, _, _, _, address = socket.getaddrinfo(bind, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        why = error.strerror or str(error)
        raise Refused(
            f"Sevline cannot listen on {bind}:{port} ({why}). Stop what listens there, or set SEVLINE_PORT or "
            "SEVLINE_BIND to another one."
        ) from None


def run_server(*, with_worker: bool) -> None:
    """Serve until SIGTERM or SIGINT; the worker ends with the server, also when the server is killed.

    Server processes are spawned: in a forked one the threads of Polars are missing, and redaction would wait for ever.
    """
    import multiprocessing

    from django.conf import settings
    from granian import Granian
    from granian.constants import Interfaces

    multiprocessing.set_start_method("spawn", force=True)
    options = settings.OPTIONS
    worker = Companion() if with_worker and options.embedded_worker else None
    if worker is not None:
        worker.start()
    told = (options.bind, options.port, how_to_enter())
    threading.Thread(target=say_when_served, args=told, name="says when it is served", daemon=True).start()

    class Server(Granian):  # type: ignore[misc, valid-type]  # the class that the package chose for this machine
        def shutdown(self, exit_code: int = 0) -> None:
            if worker is not None:
                worker.let_go()
            super().shutdown(exit_code)

    try:
        Server(
            "sevline.config.wsgi:application",
            address=options.bind,
            port=options.port,
            interface=Interfaces.WSGI,
            workers=options.workers,
            blocking_threads=options.threads,
            log_enabled=True,
            log_access=False,
            respawn_failed_workers=True,
            workers_kill_timeout=KILL_SECONDS,
            websockets=False,
        ).serve()
    finally:
        if worker is not None:
            worker.stop()


class Companion:
    """The background worker beside the server; one that dies is started again, and it ends with the server."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._starts = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper = threading.Thread(target=self._keep, name="keeps the worker", daemon=True)

    def start(self) -> None:
        self._keeper.start()

    def let_go(self) -> None:
        """The server stops, so a worker that ends now is not started again."""
        self._stopping.set()

    def stop(self) -> None:
        """End the worker as an operator would: it finishes the job that it has."""
        with self._starts:
            self._stopping.set()
            process = self._process
        if process is not None and process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=15)

    def _keep(self) -> None:
        while (process := self._started()) is not None:
            code = process.wait()
            if self._stopping.wait(RESTART_SECONDS):
                return
            print(f"The background worker ended with {code}; it is started again.", file=sys.stderr, flush=True)

    def _started(self) -> subprocess.Popen[bytes] | None:
        with self._starts:
            if self._stopping.is_set():
                return None
            # The worker watches its parent's id, so it ends too when this process is killed.
            command = [sys.executable, "-m", "sevline", "worker", "--with-parent", str(os.getpid())]
            self._process = subprocess.Popen(command)  # noqa: S603 - our own interpreter and its own number
            return self._process
