"""`sevline serve`: the workbench on this machine, with its background worker beside it."""

import signal
import subprocess
import sys

import typer

from sevline.cli.installation import start_django, upgrade


def register(app: typer.Typer) -> None:
    @app.command()
    def serve(
        no_worker: bool = typer.Option(False, "--no-worker", help="Do not run background jobs in this command."),
    ) -> None:
        """Bring the database up to date and serve the workbench."""
        start_django()
        upgrade()
        say_how_to_enter()
        run_server(with_worker=not no_worker)


def say_how_to_enter() -> None:
    """Print the address, and on an empty database the link that makes the first administrator."""
    from django.conf import settings

    from sevline.people.actions import setup_link

    print(f"Sevline serves {settings.OPTIONS.base_url} (bound to {settings.OPTIONS.bind}:{settings.OPTIONS.port}).")
    if link := setup_link():
        print(f"Nobody can sign in yet. Make the first administrator here: {link}")


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
    worker = _start_worker() if with_worker and options.embedded_worker else None
    try:
        Granian(
            "sevline.config.wsgi:application",
            address=options.bind,
            port=options.port,
            interface=Interfaces.WSGI,
            workers=options.workers,
            blocking_threads=options.threads,
            log_enabled=True,
            log_access=False,
            respawn_failed_workers=True,
            websockets=False,
        ).serve()
    finally:
        if worker is not None:
            worker.send_signal(signal.SIGTERM)
            worker.wait(timeout=15)


def _start_worker() -> subprocess.Popen[bytes]:
    # The worker watches its parent's id, so it ends too when this process is killed.
    return subprocess.Popen([sys.executable, "-m", "sevline", "worker", "--with-parent"])
