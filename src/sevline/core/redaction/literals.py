"""Literal texts: as patterns, and whether one of them stands in a text."""

import re
from functools import lru_cache

from sevline.core.redaction.compiled import contains, keep

#: Characters from which a text is asked for all literals at once by Polars, to which it is handed over as a copy.
LARGE = 1_000_000
#: Characters that are handed over at once.
AT_ONCE = 8_000_000
_META = re.compile(r"([\\.+*?()|\[\]{}^$#&~-])")


def literal(text: str) -> str:
    """The text as a pattern in Rust's regular expressions."""
    return _META.sub(r"\\\1", text)


def has_one(text: str, literals: tuple[str, ...]) -> bool:
    """Whether one of them stands there as it is written."""
    if len(text) < LARGE:
        return any(one in text for one in literals)
    import polars as pl

    pattern, over = _any_of(literals), max(map(len, literals))
    parts = (text[start : start + AT_ONCE + over] for start in range(0, len(text), AT_ONCE))
    return any(contains(pl.Series("text", [part], dtype=pl.String), pattern).item() for part in parts)


@lru_cache(64)
def _any_of(literals: tuple[str, ...]) -> str:
    pattern = "|".join(map(literal, literals))
    keep((pattern,))
    return pattern
