"""Secrets that stand a second time without the name that gave them away: `password=…` here, the bare value there.

Within one input the values themselves are looked for. What is kept of a case's secrets is a keyed hash and a length,
from which a value can be recognised and not read: words of the right length are hashed and compared.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote

from sevline.core.redaction.literals import literal
from sevline.core.redaction.plan import whole_word
from sevline.core.redaction.pseudonym import Pseudonyms, is_token
from sevline.core.redaction.rows import where

if TYPE_CHECKING:
    import polars as pl

#: Shorter values, and values of few kinds of characters, stand in too many texts without being the secret.
SHORTEST, LONGEST = 8, 256
LONG = 16
#: How many literals are looked for by their beginnings first, and of how many characters.
MANY, BEGINNING = 8192, 6
#: Values that are looked for with one pattern.
AT_ONCE = 500
_DIGIT = re.compile(r"\d")
_BLANK = re.compile(r"\s")
_PATH_OR_TIME = re.compile(r"[/~]?[\w.-]+(?:/[\w.-]*)+|[\d:.,TZ+-]+|[a-z][a-z+.-]*://.*|v?\d+(?:\.\d+)+.*")
_KNOWN = re.compile(r"([0-9a-f]{16}):(\d{1,3})")
#: Words of a text, and the marks on which one is taken apart further.
WORD = r"[^\s\"'<>(){}\[\]`\\|]{8,256}"
_MARKS = re.compile(r"[=:,;&?/@#]")
_AT_THE_ENDS = ".,;:!?*"


def is_telling(value: str) -> bool:
    """Whether the value is long and mixed enough to be this secret wherever it stands, and no path, time or version."""
    if not SHORTEST <= len(value) <= LONGEST or value.isalpha() or len(set(value)) < SHORTEST - 2:
        return False
    digits = _DIGIT.search(value) is not None
    kinds = (value != value.upper()) + (value != value.lower()) + digits + (not value.isalnum())
    if kinds < 2 or (kinds == 2 and not (digits and len(value) >= LONG)):
        return False
    return not is_token(value) and _BLANK.search(value) is None and _PATH_OR_TIME.fullmatch(value) is None


@dataclass(frozen=True)
class Known:
    """A case's secrets as `name:length`, the name being the 16 hex digits of their token."""

    secrets: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def lengths(self) -> list[int]:
        return sorted({int(found[2]) for one in self.secrets if (found := _KNOWN.fullmatch(one))})

    @staticmethod
    def of(values: Iterable[str], pseudonyms: Pseudonyms) -> tuple[str, ...]:
        return tuple(sorted(_named(value, pseudonyms) for value in values))

    def among(self, rows: "pl.Series", pseudonyms: Pseudonyms) -> set[str]:
        """The values in these rows that are known."""
        if not self.lengths:
            return set()
        lengths = set(self.lengths)
        words = rows.str.extract_all(WORD).explode().drop_nulls().unique()
        parts = {part for word in words.to_list() for part in _parts(word) if len(part) in lengths}
        return {part for part in parts if is_telling(part) and _named(part, pseudonyms) in self.secrets}


def _named(value: str, pseudonyms: Pseudonyms) -> str:
    return f"{pseudonyms.hex16('secret', value)}:{len(value)}"


def _parts(word: str) -> Iterator[str]:
    """The word, the word without marks at its ends, and what stands after each mark in it."""
    yield word
    bare = word.strip(_AT_THE_ENDS)
    yield bare
    for mark in _MARKS.finditer(bare):
        yield bare[mark.end() :]
        yield bare[: mark.start()]
    yield from _MARKS.split(bare)


def forms(value: str) -> set[str]:
    """The value as it stands in a text, in a URL and in JSON."""
    if value.isalnum() and value.isascii():
        return {value}
    return {value, quote(value, safe=""), json.dumps(value)[1:-1]}


def patterns(written: Iterable[str]) -> Iterator[str]:
    """What finds these literals as whole words; longer ones win over those they contain."""
    every = sorted(written, key=lambda form: (-len(form), form))
    for start in range(0, len(every), AT_ONCE):
        yield "|".join(map(whole_word, every[start : start + AT_ONCE]))


def by_form(values: Iterable[str]) -> dict[str, str]:
    """The value of each form in which one of them may stand."""
    return {form: value for value in sorted(values) for form in forms(value)}


def with_one_of(rows: "pl.Series", literals: list[str]) -> "pl.Series":
    """The numbers of the rows with one of these; most lack even the beginning of one, which a pattern asks faster."""
    if len(literals) > MANY:
        return where(rows.str.contains_any(literals))
    begin = "|".join(sorted({literal(text[:BEGINNING]) for text in literals}))
    hits = where(rows.str.contains(begin))
    return hits.filter(rows[hits].str.contains_any(literals))
