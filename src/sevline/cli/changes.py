"""`sevline changes`: what was deployed or set, posted by a pipeline or imported from a list."""

import sys
from typing import Annotated

import typer

from sevline.cli.installation import start_django
from sevline.cli.paths import existing


def register(app: typer.Typer) -> None:
    changes = typer.Typer(no_args_is_help=True, help="The catalogue of changes.")
    app.add_typer(changes, name="changes")

    @changes.callback()
    def group() -> None:
        """The catalogue of changes."""

    @changes.command("import")
    def import_(
        path: Annotated[str, typer.Argument(metavar="FILE|-", help="CSV, JSON, or git tags with their times.")],
        *,
        component: Annotated[str, typer.Option(help="The component of rows that name none.")] = "",
    ) -> None:
        """Take a list of changes into the catalogue of this installation; importing it twice adds nothing."""
        data = sys.stdin.buffer.read() if path == "-" else existing(path).read_bytes()
        start_django()
        from sevline.catalog.actions import import_at_console

        told = import_at_console(data, component=component)
        print(f"{told.added:,} changes are new, {told.known:,} were there already (read as {told.form}).")
        for problem in told.problems:
            print(problem, file=sys.stderr)
