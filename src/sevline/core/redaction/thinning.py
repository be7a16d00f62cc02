"""What a text cannot begin to hold by losing a part of it to a stand-in, so that it need not be asked for again.

A text is *thinned* where stand-ins took the place of parts of it, nothing else changed, and no word was cut. A stand-in
is a character that no pattern of letters, digits and marks matches: what such a pattern finds in the thinned text lies
between two stand-ins, and stood there before. Not so a pattern with a class that names what it does *not* match.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from sevline.core.redaction.shield import STAND_IN

_STAND_INS = re.compile(f"{STAND_IN}+")
#: A line goes on over whatever is in it, and what was taken out held no end of a line either.
_REST_OF_LINE = re.compile(r"\[\^(?:\\r\\n|\\n\\r|\\n)\]\*")
_LEXEME = re.compile(r"\\b\{|\\x\{|\\p\{\w+\}|\\.|\[\[?\^?\]?|&&|.", re.DOTALL)
#: What may match a stand-in or stand beside one: all but some characters, code points, half an end of a word.
_MAY_MATCH = frozenset(("\\B", "\\S", "\\W", "\\D", "\\P", "\\p", "\\u", "\\U", "\\x{", "\\b{", "&&"))
_LETTERS = frozenset(("\\p{L}", "\\p{Lu}", "\\p{Ll}"))


@lru_cache(4096)
def outlasts(pattern: str) -> bool:
    """Whether a text in which this pattern, of Rust's regular expressions, finds nothing can be thinned at will and it
    still finds nothing. What is not plainly so is said not to be."""
    rest = _REST_OF_LINE.sub("", pattern)
    within = False
    for lexeme in _LEXEME.findall(rest):
        if lexeme == "." and not within:
            return False
        if _may_match(lexeme):
            return False
        if lexeme[0] == "[" and (within or lexeme.startswith(("[^", "[["))):
            return False
        within = lexeme[0] == "[" or (within and lexeme != "]")
    return True


def _may_match(lexeme: str) -> bool:
    kind_of_letter = lexeme.startswith("\\p{") and lexeme not in _LETTERS
    return kind_of_letter or lexeme in _MAY_MATCH or bool(_STAND_INS.match(lexeme))


class Around(NamedTuple):
    """Matches with the characters next to them, "" for none: the first and the last one, whose other side is not
    looked at here, and all others, alike ones once."""

    first: tuple[str, str]
    last: tuple[str, str]
    before: Set[tuple[str, str]]
    behind: Set[tuple[str, str]]


def around(pieces: Sequence[str]) -> Around:
    """Of a text in pieces, of which every second one is a match."""
    return Around(
        (pieces[1], pieces[0][-1:]),
        (pieces[-2], pieces[-1][:1]),
        {(value, before[-1:]) for before, value in zip(pieces[2:-1:2], pieces[3::2], strict=True)},
        {(value, after[:1]) for value, after in zip(pieces[1:-2:2], pieces[2:-1:2], strict=True)},
    )


def thins(pieces: Sequence[str], replacements: Mapping[str, str], end: str) -> bool:
    """Whether texts are only thinned by these replacements of every second piece; `end` stands between two texts."""
    beside = {piece[-1:] for piece in pieces[:-1:2]} | {piece[:1] for piece in pieces[2::2]}
    return thins_by(beside, lambda: around(pieces), replacements, end)


def thins_by(beside: Set[str], matches: Callable[[], Around], replacements: Mapping[str, str], end: str) -> bool:
    """As `thins`, where the characters beside matches are known, "" for none; the matches are seldom asked for."""
    edges = _edges(replacements)
    if edges is None:
        return False
    # no word at an edge of a match goes on beside it: mostly plain, and much faster than to look at each match
    if "" not in beside and not any(character != end and _is_word(character) for character in beside):
        return True
    found, (starts, stops) = matches(), edges
    return not (
        _any_goes_on(found.first, found.before, starts, end) or _any_goes_on(found.last, found.behind, stops, end)
    )


def _edges(replacements: Mapping[str, str]) -> tuple[set[str], set[str]] | None:
    """The matches of which the first word, and those of which the last one goes; None where one is not thinned."""
    starts, stops = set[str](), set[str]()
    for value, replaced in replacements.items():
        gone = list(_gone(value, replaced))
        if not gone or any(_cuts(value, begin, stop) for begin, stop in gone):
            return None
        if gone[0][0] == 0 and _is_word(value[0]):
            starts.add(value)
        if gone[-1][1] == len(value) and _is_word(value[-1]):
            stops.add(value)
    return starts, stops


def _any_goes_on(outermost: tuple[str, str], others: Set[tuple[str, str]], open_ended: Set[str], end: str) -> bool:
    """Whether the word at the edge of a match goes on in what stands beside it."""
    value, beside = outermost
    if value in open_ended and _goes_on(beside, end, outermost=True):
        return True
    return any(value in open_ended and _goes_on(beside, end, outermost=False) for value, beside in others)


def _goes_on(beside: str, end: str, *, outermost: bool) -> bool:
    """Whether a word may go on in what stands beside a match: another match, where nothing does."""
    return not outermost if not beside else beside != end and _is_word(beside)


def _gone(value: str, replaced: str) -> Iterator[tuple[int, int]]:
    """From where to where stand-ins took the place of a part of the value; nothing where that is not all."""
    head, *others = _STAND_INS.split(replaced)
    if not value.startswith(head) or value == replaced:
        return
    found, place = [], len(head)
    for number, part in enumerate(others, 1):
        at = len(value) - len(part) if number == len(others) else value.find(part, place + 1)
        if at <= place or not value.startswith(part, at):
            return
        found.append((place, at))
        place = at + len(part)
    yield from found


def _cuts(value: str, begin: int, stop: int) -> bool:
    """Whether what is gone of the value held an end of a line, or was a part of a word."""
    gone = value[begin:stop]
    if "\n" in gone or "\r" in gone:
        return True
    before, after = value[:begin][-1:], value[stop : stop + 1]
    return (_is_word(before) and _is_word(gone[0])) or (_is_word(after) and _is_word(gone[-1]))


def _is_word(character: str) -> bool:
    """Whether it may be a part of a word for any end of a word that is asked for."""
    return character > "\x7f" or character.isalnum() or character == "_"
