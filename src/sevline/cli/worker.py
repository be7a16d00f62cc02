"""`sevline worker`: runs background jobs until told to stop."""

import os

import typer

from sevline.cli.installation import start_up_to_date


def register(app: typer.Typer) -> None:
    @app.command()
    def worker(
        with_parent: bool = typer.Option(
            False, "--with-parent", help="End when the process that started this one ends."
        ),
    ) -> None:
        """Run background jobs; start as many of these as there is work for."""
        start_up_to_date()
        from sevline.platform.jobs.worker import Worker

        Worker(parent=os.getppid() if with_parent else None).serve()
