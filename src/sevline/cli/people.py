"""`sevline people`: the way in when nobody can help in the browser."""

import typer

from sevline.cli.installation import start_up_to_date


def register(app: typer.Typer) -> None:
    people = typer.Typer(no_args_is_help=True, help="People who may sign in.")
    app.add_typer(people, name="people")

    @people.callback()
    def group() -> None:
        """People who may sign in."""

    @people.command()
    def reset(email: str = typer.Argument(help="The person's e-mail address.")) -> None:
        """Print a link with which one person sets a new password; it works once."""
        start_up_to_date()
        from sevline.people.actions import reset_at_console

        entry = reset_at_console(email)
        print(f"{entry.person.name} sets a new password here, once, within {entry.hours} hours:")
        print(entry.url)

    @people.command()
    def setup() -> None:
        """Print the link that makes the first administrator, while nobody is here."""
        start_up_to_date()
        from sevline.core.lifecycle import Refused
        from sevline.people.actions import setup_link

        link = setup_link()
        if link is None:
            raise Refused("Somebody is here already. Use `sevline people reset E-MAIL` for a new password.")
        print(link)
