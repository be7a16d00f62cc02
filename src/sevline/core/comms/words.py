"""Finding whole words and phrases of a table in a text, with the places where they stand."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

# A full stop ends a sentence only before a blank: “2.4”, “db.example.com” and “config.yaml” go on. That of a list's
# number ends none.
_END = re.compile(r"(?<!^\d)(?<!^\d\d)[.!?](?=\s|$)|\n\s*\n|\n(?=\s*(?:[-*•]|\d+[.)])\s)|\Z", re.MULTILINE)
_GAP = r"[\s,;:()\"“”]+"


class Span(NamedTuple):
    """A place in a text, in characters; `end` is behind the last one."""

    start: int
    end: int


class Sentence(NamedTuple):
    start: int
    text: str

    def at(self, start: int, end: int) -> Span:
        """The place in the whole text of a place in this sentence."""
        return Span(self.start + start, self.start + end)

    def says_any(self, phrases: tuple[str, ...]) -> bool:
        return next(found(phrases, self.text), None) is not None

    @property
    def whole(self) -> Span:
        """The sentence without the blanks around it."""
        lead = len(self.text) - len(self.text.lstrip())
        return self.at(lead, len(self.text.rstrip()))


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences and list items of a text, each with the place where it begins."""
    cut, start = [], 0
    for end in _END.finditer(text):
        if text[start : end.end()].strip():
            cut.append(Sentence(start, text[start : end.end()]))
        start = end.end()
    return tuple(cut)


def found(phrases: tuple[str, ...], text: str) -> Iterator[Span]:
    """Where one of the phrases stands as whole words, in any case and with any punctuation between its words."""
    pattern = _pattern(phrases)
    if pattern is not None:
        for match in pattern.finditer(text.replace("’", "'")):
            yield Span(match.start(), match.end())


@lru_cache(maxsize=256)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str] | None:
    """One alternation, the longest phrase first. Its phrases come from tables and are escaped."""
    if not phrases:
        return None
    forms = sorted((_GAP.join(map(re.escape, phrase.split())) for phrase in phrases), key=len, reverse=True)
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(forms)})(?![\w'-])", re.IGNORECASE)


def outside(spans: Iterable[Span], kept: Iterable[Span]) -> Iterator[Span]:
    """The spans that lie in none of `kept`."""
    keeps = tuple(kept)
    return (span for span in spans if not any(keep.start <= span.start and span.end <= keep.end for keep in keeps))
