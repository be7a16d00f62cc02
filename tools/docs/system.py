"""Settings and commands of an installation."""

from collections.abc import Iterator

import typer.main
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from sevline.cli import build
from sevline.cli.kernels import FOLDER as CACHE_FOLDER
from sevline.config.options import Options
from tools.docs.markdown import code, first_paragraph, table


def settings() -> str:
    rows = [_setting(name, field) for name, field in Options.model_fields.items()]
    return "\n\n".join(
        (
            "# Settings",
            (
                "Every setting is read from the environment under the name shown here, or from a TOML file under the "
                "same name in small letters without `SEVLINE_`. The file is the one that `SEVLINE_CONFIG` names, else "
                "`sevline.toml` in the working directory; the environment wins. In production mode nothing secret has "
                "a default, and the start refuses with a sentence that says what is missing."
            ),
            table(("Setting", "Default", "Meaning"), rows),
            (
                f"The commands that read logs keep compiled code in `sevline/` under the folder that "
                f"{code(CACHE_FOLDER)} names, else `XDG_CACHE_HOME`, else `~/.cache`. It is read from the environment "
                "alone. The folder must belong to the user who runs the command and be closed to others, for what is "
                "in it is run; where none can be written, code is compiled anew for each large log."
            ),
        )
    )


def _setting(name: str, field: FieldInfo) -> tuple[str, str, str]:
    default = field.default
    shown = "" if default in (None, "", PydanticUndefined) else code(getattr(default, "value", default))
    return code(f"SEVLINE_{name.upper()}"), shown, field.description or ""


def commands() -> str:
    parts = [
        "# Commands",
        (
            "Exit codes: 0 done, whatever was found; 1 refused or failed, said in one sentence on standard error; "
            "2 wrong usage."
        ),
    ]
    for name, command in leaves("sevline", typer.main.get_command(build())):
        parts += [f"## {name}", first_paragraph(command.help)]
        rows = [_parameter(each) for each in command.params if "--help" not in each.opts]
        parts += [table(("Argument or option", "Default", "Meaning"), rows)] if rows else []
    return "\n\n".join(part for part in parts if part)


def leaves(name: str, command: object) -> Iterator[tuple[str, TyperCommand]]:
    """The commands that do something, each under its full name."""
    if isinstance(command, TyperGroup):
        for key in sorted(command.commands):
            yield from leaves(f"{name} {key}", command.commands[key])
    elif isinstance(command, TyperCommand):
        yield name, command
    else:
        raise TypeError(f"“{name}” is no command that this page can describe.")


def _parameter(parameter: object) -> tuple[str, str, str]:
    if not isinstance(parameter, TyperArgument | TyperOption):
        raise TypeError(f"{parameter!r} is neither an argument nor an option.")
    is_option = isinstance(parameter, TyperOption)
    names = ", ".join([*parameter.opts, *parameter.secondary_opts]) if is_option else (parameter.name or "").upper()
    default = parameter.default
    plain = default if isinstance(default, str | int | float) and not isinstance(default, bool) else ""
    return code(names), code(plain) if plain != "" else "", parameter.help or ""
