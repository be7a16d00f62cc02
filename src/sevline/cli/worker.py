"""`sevline worker`: runs background jobs until told to stop."""

import os

import typer

from sevline.cli.installation import start_django, steps_behind
from sevline.core.lifecycle import Refused


def register(app: typer.Typer) -> None:
    @app.command()
    def worker(
        with_parent: bool = typer.Option(
            False, "--with-parent", help="End when the process that started this one ends."
        ),
    ) -> None:
        """Run background jobs; start as many of these as there is work for."""
        start_django()
        if behind := steps_behind():
            raise Refused(
                f"The database is {behind} steps behind this version. `sevline serve` brings it up to date; "
                "start the worker after it."
            )
        from sevline.platform.jobs.worker import Worker

        Worker(parent=os.getppid() if with_parent else None).serve()
