"""Fields by class, and who reads which: one table, one answer, wherever the field is shown or taken out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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


class RecordRow(Row, frozen=True):
    """The fields of one kind of record by their class; `key` is room and record, such as “customers.Account”."""

    key: str
    public: tuple[str, ...] = ()
    internal: tuple[str, ...] = ()
    confidential: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()

    def fields(self) -> Iterator[FieldRow]:
        for kind in FieldClass:
            for name in getattr(self, kind):
                yield FieldRow(key=f"{self.key}.{name}", of=kind)


class PurposeRow(Row, frozen=True):
    """Roles that read one field without a grant because their work is about it."""

    field: str
    roles: tuple[Role, ...]
    why: str


class FieldClasses(Table, frozen=True):
    of: tuple[ClassRow, ...] = msgspec.field(name="class")
    field: tuple[FieldRow, ...]
    record: tuple[RecordRow, ...] = ()
    purpose: tuple[PurposeRow, ...] = ()

    def every_field(self) -> tuple[FieldRow, ...]:
        return (*self.field, *(field for row in self.record for field in row.fields()))

    def check_rows(self) -> None:
        no_repeats("class", (row.key for row in self.of))
        no_repeats("record", (row.key for row in self.record))
        classes = {row.key: row.of for row in self.every_field()}
        no_repeats("field", (row.key for row in self.every_field()))
        for row in self.purpose:
            if classes.get(row.field) not in GRANTABLE:
                raise ValueError(f"the field “{row.field}” is not confidential or personal, so no purpose opens it")
        if missing := set(FieldClass) - {row.key for row in self.of}:
            raise ValueError(f"the class “{min(missing)}” has no row")
        if strange := {role for row in self.of for role in row.roles} - {EVERYBODY, *Role}:
            raise ValueError(f"there is no role “{min(strange)}”")


CLASSES = load("field_classes.toml", FieldClasses)
_CLASS_OF = {row.key: row.of for row in CLASSES.every_field()}
_READERS = {row.key: frozenset(row.roles) for row in CLASSES.of}
_FOR_PURPOSE = {row.field: frozenset(row.roles) for row in CLASSES.purpose}
#: Classes that not everybody reads.
ABOVE_INTERNAL = frozenset({FieldClass.CONFIDENTIAL, FieldClass.PERSONAL, FieldClass.SECRET})


def class_of(field: str) -> FieldClass:
    """The class of a field; one that the table does not name is confidential until somebody classes it."""
    return _CLASS_OF.get(field, FieldClass.CONFIDENTIAL)


def may_read(field: str, roles: Iterable[str], *, granted: bool = False) -> bool:
    """Whether somebody with these roles reads the field; `granted` is whether they hold a grant of access to it."""
    kind = class_of(field)
    readers = _READERS[kind] | _FOR_PURPOSE.get(field, frozenset())
    return EVERYBODY in readers or not readers.isdisjoint(roles) or (granted and kind in GRANTABLE)


def shown(field: str, value: str, roles: Iterable[str], *, granted: bool = False) -> str:
    """The value, or in its place that there is one and of which class."""
    if not value or may_read(field, roles, granted=granted):
        return value
    return masked(field)


def masked(field: str) -> str:
    return f"[{class_of(field)}: needs access]"


@dataclass(frozen=True, slots=True)
class Shown:
    """A field as one reader sees it."""

    value: str
    hidden: bool = False
    granted: bool = False  # read under a grant of access, and not without it


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who looks at the fields of one account; `granted` is whether they hold a grant of access to it."""

    roles: frozenset[str]
    granted: bool = False

    def sees(self, field: str, value: object) -> Shown:
        text = str(value)
        opened = may_read(field, self.roles, granted=self.granted)
        by_grant = opened and not may_read(field, self.roles)
        return Shown(shown(field, text, self.roles, granted=self.granted), not opened and bool(text), by_grant)


#: The reader of what is kept for everybody who may read the trail.
NOBODY = Reader(frozenset())
