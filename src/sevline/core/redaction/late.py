"""Python's patterns, compiled when they are first asked.

The detectors have some five hundred of them, most of which the values of one file never come to: compiling all would
take half a second before the first byte is read.
"""

import re
from typing import Any, cast
from weakref import WeakSet

_ASKED = (
    "search",
    "match",
    "fullmatch",
    "finditer",
    "findall",
    "split",
    "sub",
    "subn",
    "flags",
    "groups",
    "groupindex",
)


class _Late:
    """A pattern until it is asked; from then on each of its methods is that of the compiled one, at no further cost."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self._given = pattern, flags
        _EVERY.add(self)

    def __getattr__(self, name: str) -> Any:
        made = re.compile(self.pattern, self._given)
        vars(self).update({asked: getattr(made, asked) for asked in _ASKED})
        return getattr(made, name)


_EVERY: WeakSet[_Late] = WeakSet()


def make_all() -> None:
    """Compiles those that are there and were not asked yet, for a process of which many are forked."""
    for pattern in list(_EVERY):
        _ = pattern.search


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, whose errors come only when the pattern is asked: a test asks all of them."""
    return cast("re.Pattern[str]", _Late(pattern, int(flags)))
