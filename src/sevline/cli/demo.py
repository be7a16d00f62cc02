"""`sevline demo`: the demo desk, and the sample case worked once in the terminal."""

from typing import TYPE_CHECKING

import typer

from sevline.cli.installation import start_django, start_up_to_date, upgrade

if TYPE_CHECKING:
    from sevline.cli.desk.loading import Loaded


def register(app: typer.Typer) -> None:
    demo = typer.Typer(no_args_is_help=True, help="The demo desk.")
    app.add_typer(demo, name="demo")

    @demo.callback()
    def desk() -> None:
        """A made-up team with cases that were worked by real actions."""

    @demo.command()
    def load() -> None:
        """Load the demo desk into this installation."""
        start_django()
        upgrade()
        from sevline.cli.desk.loading import load as load_desk

        _say_what_was_worked(load_desk(say=_say_step))

    @demo.command()
    def remove() -> None:
        """Take the demo people, their cases and their files away; what they did stays in the audit trail."""
        start_up_to_date()
        from sevline.cli.desk.removing import remove as remove_desk

        counts = remove_desk()
        print(f"Removed {counts.cases} cases, {counts.files} files and {counts.people} people of the demo desk.")

    @demo.command()
    def run() -> None:
        """Load the demo desk if nothing is here yet, then serve the workbench."""
        start_django()
        upgrade()
        from sevline.cli.desk.loading import is_empty
        from sevline.cli.desk.loading import load as load_desk
        from sevline.cli.serve import refuse_a_taken_port, run_server

        refuse_a_taken_port()
        if is_empty():
            print("Loading the demo desk; this takes a minute or two.", flush=True)
            _say_what_was_worked(load_desk(say=_say_step))
        run_server(with_worker=True)


def _say_step(step: str) -> None:
    print(f"  {step} …", flush=True)


def _say_what_was_worked(loaded: "Loaded") -> None:
    from sevline.cli.desk.telling import tell

    for line in tell(loaded):
        print(line)
