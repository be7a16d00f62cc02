"""The tables of a data source that may be read, each column classified: open, or masked as a kind of value."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Dialect = Literal["postgres", "sqlite"]

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}", re.ASCII)
KIND = re.compile(r"[a-z][a-z_]{0,19}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Column:
    """A column that may be read. `mask` names what its values are (`email`, `person`); empty means open."""

    name: str
    type: str = "text"
    mask: str = ""

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"the column name “{self.name}” is not made of ASCII letters, digits and underscores")
        if self.mask and not KIND.fullmatch(self.mask):
            raise ValueError(f"the mask “{self.mask}” of {self.name} is not a word of small letters")


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view; a column that is not listed here does not exist for a query."""

    name: str
    columns: tuple[Column, ...]

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"the table name “{self.name}” is not made of ASCII letters, digits and underscores")
        if not self.columns:
            raise ValueError(f"the table {self.name} lists no column")

    @property
    def is_masked(self) -> bool:
        return any(column.mask for column in self.columns)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that a data source shows. `schema` is where the tables lie: `diag` by custom, `main` on SQLite."""

    dialect: Dialect
    schema: str
    tables: Mapping[str, Table]

    @classmethod
    def of(cls, dialect: Dialect, schema: str, *tables: Table) -> "Catalogue":
        if not NAME.fullmatch(schema):
            raise ValueError(f"the schema name “{schema}” is not made of ASCII letters, digits and underscores")
        return cls(dialect, schema, {table.name: table for table in tables})

    def shape(self) -> dict[str, object]:
        """Schema, table and column names with types, in the form that the qualifier takes."""
        tables = {table.name: {column.name: column.type for column in table.columns} for table in self}
        return {self.schema: tables}

    def __iter__(self) -> Iterator[Table]:
        return iter(self.tables.values())
