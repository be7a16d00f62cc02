"""The `sevline` command: one file a command, each with `register(app)`.

Exit codes: 0 done, whatever was found; 1 refused or failed, said in one sentence on stderr; 2 wrong usage.
Nothing heavy is imported here: `sevline --help` answers before Django or Polars would have loaded.
"""

import sys
from importlib import import_module
from pkgutil import iter_modules

import typer

from sevline.cli.paths import none_there
from sevline.core.lifecycle import Refused


def build() -> typer.Typer:
    app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

    @app.callback()
    def sevline() -> None:
        """The escalation workbench: read evidence, redact it, and run the workbench itself."""

    for module in sorted(iter_modules(__path__), key=lambda found: found.name):
        command = import_module(f"{__name__}.{module.name}")
        if hasattr(command, "register"):
            command.register(app)
    return app


def main() -> None:
    try:
        build()()
    except Refused as refusal:
        for reason in refusal.reasons:
            print(reason, file=sys.stderr)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        raise SystemExit(130) from None
    except BrokenPipeError:
        raise SystemExit(0) from None
    except FileNotFoundError as error:
        print(none_there(error.filename), file=sys.stderr)
        raise SystemExit(1) from None
    except OSError as error:
        print(f"{error.filename or 'The system'}: {error.strerror or error}.", file=sys.stderr)
        raise SystemExit(1) from None
    except Exception as error:
        if not (said := _of_the_database(error)):
            raise
        print(said, file=sys.stderr)
        raise SystemExit(1) from None


def _of_the_database(error: Exception) -> str:
    """A sentence where the database itself failed, such as a damaged file; "" for a fault of the program."""
    if not (errors := sys.modules.get("django.db.utils")) or type(error) not in (
        errors.DatabaseError,
        errors.OperationalError,
    ):
        return ""
    why = (str(error).strip().splitlines() or ["no reason given"])[0].rstrip(".")
    return f"The database failed: {why}. `sevline doctor` says more; a damaged one is restored from a backup."
