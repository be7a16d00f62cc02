"""`sevline worker`: runs background jobs until told to stop."""

import typer

from sevline.cli.installation import start_up_to_date


def register(app: typer.Typer) -> None:
    @app.command()
    def worker(
        with_parent: int = typer.Option(
            0, "--with-parent", metavar="PID", help="End when the process that started this one, of this number, ends."
        ),
    ) -> None:
        """Run background jobs; start as many of these as there is work for."""
        start_up_to_date()
        from sevline.platform.jobs.worker import Worker

        # The number is told, for whoever started this may have ended before it could be asked for.
        Worker(parent=with_parent or None).serve()
