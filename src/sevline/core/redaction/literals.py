"""Literal texts: as patterns, and whether one of them stands in a text."""

import re
from functools import lru_cache

from sevline.core.redaction.compiled import contains, keep

#: Characters from which a text is asked for all literals at once by Polars, to which it is handed over as a copy.
LARGE = 1_000_000
_META = re.compile(r"([\\.+*?()|\[\]{}^$#&~-])")


def literal(text: str) -> str:
    """The text as a pattern in Rust's regular expressions."""
    return _META.sub(r"\\\1", text)


def has_one(text: str, literals: tuple[str, ...]) -> bool:
    """Whether one of them stands there as it is written."""
    if len(text) < LARGE:
        return any(one in text for one in literals)
    import polars as pl

    return bool(contains(pl.Series("text", [text], dtype=pl.String), _any_of(literals)).item())


@lru_cache(64)
def _any_of(literals: tuple[str, ...]) -> str:
    pattern = "|".join(map(literal, literals))
    keep((pattern,))
    return pattern
