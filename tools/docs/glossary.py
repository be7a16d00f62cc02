"""The glossary: terms written by hand in `docs/spec/terms.toml`, and every named value of the core."""

import tomllib
from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import sevline.core
from tools.docs.markdown import codes, first_paragraph, table

TERMS = Path(__file__).resolve().parents[2] / "docs" / "spec" / "terms.toml"


def terms() -> dict[str, str]:
    """What each term means, in the order of the alphabet."""
    meanings: dict[str, str] = tomllib.loads(TERMS.read_text(encoding="utf-8"))["term"]
    return dict(sorted(meanings.items(), key=lambda pair: pair[0].casefold()))


def named_values() -> Iterator[type[StrEnum]]:
    """Every public set of named values that the core defines, in the order of modules and lines."""
    for found in sorted(walk_packages(sevline.core.__path__, "sevline.core."), key=lambda module: module.name):
        module = import_module(found.name)
        for name, value in vars(module).items():
            if _is_named_values(value) and value.__module__ == module.__name__ and not name.startswith("_"):
                yield value


def _is_named_values(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, StrEnum) and value is not StrEnum


def page() -> str:
    values = {f"{kind.__module__}.{kind.__qualname__}": kind for kind in named_values()}
    rows = [(f"`{name.removeprefix('sevline.core.')}`", codes(kind), _about(kind)) for name, kind in values.items()]
    return "\n\n".join(
        (
            "# Glossary",
            "## Terms",
            table(("Term", "Meaning"), terms().items()),
            "## Named values",
            "As the code defines them, by module below `sevline.core`.",
            table(("Where", "Values", "Note"), rows),
        )
    )


def _about(kind: type[StrEnum]) -> str:
    return first_paragraph(kind.__doc__)
