"""The rules a support manager may want to read or change, as TOML with a version; a wrong table stops the start."""

import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import TypeVar

import msgspec


class TableError(ValueError):
    """A table of this installation cannot be used; the sentence names the table and the place."""


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One row of a table; an unknown column is an error, so that a slip of the pen is found."""


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every table has: the version that is stored with each decision it made."""

    version: str

    def check_rows(self) -> None:
        """Raises ValueError where rows contradict each other; a table with such rules overrides this."""

    def __post_init__(self) -> None:
        if not self.version.strip():
            raise ValueError("the version is empty")
        self.check_rows()


Shape = TypeVar("Shape", bound=Table)


def parse(name: str, text: str, shape: type[Shape]) -> Shape:
    """The table in `text`; raises TableError with one sentence when it is not of the given shape."""
    try:
        return msgspec.convert(tomllib.loads(text), shape)
    except ValueError as fault:
        raise TableError(f"The table “{name}” cannot be used: {fault}.") from fault


def load(name: str, shape: type[Shape]) -> Shape:
    """The table of that file name out of the package itself."""
    return parse(name, files(__name__).joinpath(name).read_text(encoding="utf-8"), shape)


def no_repeats(what: str, keys: Iterable[str]) -> None:
    """Raises ValueError naming the first key that stands twice."""
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise ValueError(f"the {what} “{key}” stands there twice")
        seen.add(key)
