"""Fields by class, and who reads which: one table, one answer, wherever the field is shown or taken out."""

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from sevline.core.rights import Role
from sevline.core.tables import Row, Table, load, no_repeats


class FieldClass(StrEnum):
    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
    PERSONAL = "personal"
    SECRET = "secret"  # noqa: S105 - the name of a class


EVERYBODY = "*"
#: Classes that a grant of access opens; a secret is opened by none.
GRANTABLE = frozenset({FieldClass.CONFIDENTIAL, FieldClass.PERSONAL})


class ClassRow(Row, frozen=True):
    key: FieldClass
    title: str
    roles: tuple[str, ...]


class FieldRow(Row, frozen=True):
    """`key` is record and field, such as “profile.firewall”."""

    key: str
    of: FieldClass = msgspec.field(name="class")


class FieldClasses(Table, frozen=True):
    of: tuple[ClassRow, ...] = msgspec.field(name="class")
    field: tuple[FieldRow, ...]

    def check_rows(self) -> None:
        no_repeats("class", (row.key for row in self.of))
        no_repeats("field", (row.key for row in self.field))
        if missing := set(FieldClass) - {row.key for row in self.of}:
            raise ValueError(f"the class “{min(missing)}” has no row")
        if strange := {role for row in self.of for role in row.roles} - {EVERYBODY, *Role}:
            raise ValueError(f"there is no role “{min(strange)}”")


CLASSES = load("field_classes.toml", FieldClasses)
_CLASS_OF = {row.key: row.of for row in CLASSES.field}
_READERS = {row.key: frozenset(row.roles) for row in CLASSES.of}


def class_of(field: str) -> FieldClass:
    """The class of a field; one that the table does not name is confidential until somebody classes it."""
    return _CLASS_OF.get(field, FieldClass.CONFIDENTIAL)


def may_read(field: str, roles: Iterable[str], *, granted: bool = False) -> bool:
    """Whether somebody with these roles reads the field; `granted` is whether they hold a grant of access to it."""
    kind = class_of(field)
    readers = _READERS[kind]
    return EVERYBODY in readers or not readers.isdisjoint(roles) or (granted and kind in GRANTABLE)


def shown(field: str, value: str, roles: Iterable[str], *, granted: bool = False) -> str:
    """The value, or in its place that there is one and of which class."""
    if not value or may_read(field, roles, granted=granted):
        return value
    return masked(field)


def masked(field: str) -> str:
    return f"[{class_of(field)}: needs access]"
