"""`sevline audit`: is the trail intact?"""

import typer

from sevline.cli.installation import start_up_to_date
from sevline.core.lifecycle import Refused


def register(app: typer.Typer) -> None:
    audit = typer.Typer(no_args_is_help=True, help="The audit trail.")
    app.add_typer(audit, name="audit")

    @audit.callback()
    def trail() -> None:
        """The append-only trail of everything that changed."""

    @audit.command()
    def verify() -> None:
        """Walk the whole chain and compare it with its head outside the database."""
        start_up_to_date()
        from sevline.platform.audit import verify as walk

        verdict = walk()
        if not verdict.is_intact:
            raise Refused(f"The audit trail is not intact. {verdict.fault}")
        print(f"The audit trail is intact: {verdict.rows} rows, the last is {verdict.last}.")
        if verdict.accepted:
            print(f"Breaks that were found and explained: {verdict.accepted}; their rows say when, and what it was.")

    @audit.command()
    def accept(reason: str = typer.Option(help="What it was, such as a power cut or a restored backup.")) -> None:
        """Say what a break was that `verify` names, and put missing triggers back; both stay in the trail."""
        start_up_to_date()
        from sevline.governance.actions.approvals import redacted
        from sevline.platform.trail import accept as explain

        if not reason.strip():
            raise Refused("Give the reason in words.")
        print(f"Explained, and recorded in the trail: {explain(redacted(reason.strip()))}")
