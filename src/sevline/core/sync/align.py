"""Two systems name the same column differently: the target's columns get the names of the source's."""

import re
from collections.abc import Iterator
from dataclasses import replace

from sevline.core.sync import Extract

ROLES = ("tenant", "changed", "loaded", "deleted", "version")


def aligned(source: Extract, target: Extract) -> Extract:
    """The target with each column that is one of the source's under the source's name.

    First the columns that bear the same role (key, tenant, time of change), then those whose names differ in case and
    separators only. A name that the target has already stays its own.
    """
    names: dict[str, str] = {}
    for old, new in _pairs(source, target):
        if old in names or new in names.values() or (new in target.columns and new != old):
            continue
        names[old] = new
    renamed = tuple((old, new) for old, new in names.items() if old != new)
    if not renamed:
        return target
    here = dict(renamed)
    return replace(
        target,
        columns=tuple(here.get(name, name) for name in target.columns),
        key=tuple(here.get(name, name) for name in target.key),
        renamed=renamed,
        **{role: here.get(getattr(target, role), getattr(target, role)) for role in ROLES},
    )


def _pairs(source: Extract, target: Extract) -> Iterator[tuple[str, str]]:
    """Columns of both that are one, the surest first: by the same name, by role, by the letters of the name."""
    yield from ((name, name) for name in target.columns if name in source.columns)
    yield from zip(target.key, source.key, strict=False)
    for role in ROLES:
        if getattr(source, role) and getattr(target, role):
            yield getattr(target, role), getattr(source, role)
    letters = {_letters(name): name for name in reversed(source.columns)}
    yield from ((name, letters[_letters(name)]) for name in target.columns if _letters(name) in letters)


def _letters(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def said(target: Extract) -> str:
    """A sentence about the columns that were taken for one; empty where none was renamed."""
    if not target.renamed:
        return ""
    told = ", ".join(f"“{old}” for “{new}”" for old, new in target.renamed)
    return (
        f"Of “{target.name}” the column {told} was taken."
        if len(target.renamed) == 1
        else (f"Of “{target.name}” these columns were taken: {told}.")
    )
