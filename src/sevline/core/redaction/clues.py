"""What must stand in every match of a pattern: short words, of which each match holds one.

So the text can be searched for the words of all patterns at once, and a pattern is tried on the few rows that hold one
of its own. A word is a set of characters for each of its places, as bits of a number: one for each of ASCII, and one
for whatever is beyond. What is told holds between line ends, and where a pattern asks for an end of a word, the place
beyond it is told too. Not told are the two letters beyond ASCII that are equal to one of it where the case does not
count. A syntax that is not known here gives no words, never wrong ones.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from itertools import product
from math import prod
from operator import or_

Word = tuple[int, ...]
Words = frozenset[Word]

#: Places of a word that are looked at, words that are made of two lists, words of one, and copies of a repeated part.
PLACES, MOST, AT_MOST, COPIES = 12, 256, 512, 8
#: Places that are told of a part which is too much to be told in full.
FEWER, SEAM = (PLACES, 4, 2, 1), 3
#: Sequences of a finite part are told in full up to this length.
IN_FULL = 24
CODES = 129
BEYOND = 1 << 128
ASCII = BEYOND - 1
EVERY = ASCII | BEYOND
#: Letters beyond ASCII that are equal to one of ASCII where the case does not count.
EQUAL_LETTERS = {"\u017f": "sS", "\u212a": "kK"}


def _bits(characters: Iterable[str]) -> int:
    found = 0
    for character in characters:
        found |= 1 << ord(character)
    return found


DIGITS = _bits("0123456789")
UPPER = _bits(map(chr, range(65, 91)))
LOWER = UPPER << 32
_SPACE = _bits(" \t\n\r\v\f")
_WORD = DIGITS | UPPER | LOWER | _bits("_")
_ESCAPED = {
    "d": DIGITS | BEYOND, "D": EVERY & ~DIGITS, "s": _SPACE | BEYOND, "S": EVERY & ~_SPACE, "w": _WORD | BEYOND,
    "W": EVERY & ~_WORD,
    "n": _bits("\n"), "t": _bits("\t"), "r": _bits("\r"), "f": _bits("\f"), "v": _bits("\v"),
}  # fmt: skip
#: Edges stand among the places of a word while it is made: an end of a word, its two halves, and the ends of a row.
_BOUNDARY, _STARTS, _ENDS, _ROW_STARTS, _ROW_ENDS = -1, -2, -3, -4, -5
_EDGES = {
    r"\b": _BOUNDARY, r"\b{start-half}": _STARTS, r"\b{end-half}": _ENDS, "^": _ROW_STARTS, r"\A": _ROW_STARTS,
    "$": _ROW_ENDS, r"\z": _ROW_ENDS,
}  # fmt: skip
_OTHER, _LINE_END = EVERY & ~_WORD, _bits("\n")
_CATEGORIES = {"Lu": UPPER | BEYOND, "Ll": LOWER | BEYOND, "L": UPPER | LOWER | BEYOND}
_FOLDED = {ord(letter): _bits(equal) for letter, equal in EQUAL_LETTERS.items()}
#: Patterns ask for ends of words of ASCII; to others a letter beyond it would be one of a word.
_EDGE = re.compile(r"\^|\$|\\(?:b\{(?:start|end)-half\}|b(?!\{)|[Az])")
_CODE = re.compile(r"\\(?:x\{([0-9A-Fa-f]+)\}|u\{([0-9A-Fa-f]+)\}|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4}))")
_CATEGORY = re.compile(r"\\p\{(\w+)\}")
_FLAGS = re.compile(r"\?([iu]*)(?:-([iu]+))?:")
_COUNT = re.compile(r"\{(\d+)(?:(,)(\d*))?\}")
_NONE: Words = frozenset()
_EMPTY: Words = frozenset([()])
#: How likely a character is beside its like in a log: digits and letters come in rows.
_WEIGHTS = tuple(
    0.06 if chr(code).isdigit() else 0.035 if chr(code).islower() else 0.012 if chr(code).isupper()
    else 0.08 if chr(code) == " " else 0.03 if chr(code) in '-:./"=,_' else 0.015 if chr(code) in "()[]" else 0.004
    for code in range(CODES)
)  # fmt: skip


class UnclearError(Exception):
    """The pattern has a syntax that is not known here."""


@lru_cache(maxsize=4096)
def weight(characters: int) -> float:
    """How likely one of these characters is at a place."""
    if characters < 0:
        return 0.5
    found = sum(_WEIGHTS[code] for code in range(CODES) if characters >> code & 1)
    return found / (found + 0.4)


def likely(word: Word) -> float:
    """How likely the word is at a place of a log, roughly."""
    return prod(map(weight, word))


@dataclass(frozen=True, slots=True)
class _Part:
    """What a part of a pattern matches: `whole` where it is finite and small, what it begins and ends with, and words
    of which each match holds one (None where nothing is known)."""

    whole: Words | None
    head: Words
    tail: Words
    needed: Words | None


def _finite(words: Words) -> _Part:
    needed = None if () in words else words
    if len(words) <= AT_MOST and max(map(len, words), default=0) <= PLACES:
        return _Part(words, words, words, needed)
    return _Part(words, _cut(words), _cut(words, end=True), needed)


def _cut(words: Words, *, end: bool = False) -> Words:
    """The first or last places of the words; many are told as one, wider."""
    cut = frozenset(word[-PLACES:] if end else word[:PLACES] for word in words)
    if len(cut) <= AT_MOST:
        return cut
    settled = [_settled(word) for word in cut]
    least = min(map(len, settled))
    places = [word[len(word) - least :] if end else word[:least] for word in settled]
    wide = [0] * least
    for word in places:
        wide = [one | other for one, other in zip(wide, word, strict=True)]
    return frozenset([tuple(wide)])


def _joined(first: Words, second: Words) -> Words | None:
    if len(first) * len(second) > MOST:
        return None
    return frozenset(one + other for one, other in product(first, second))


def _followed(first: Words, second: Words) -> Words:
    """The words of the first part with as much of what follows as is not too much."""
    for places in FEWER:
        if joined := _joined(first, frozenset(word[:places] for word in second)):
            return joined
    return first


def _preceded(first: Words, second: Words) -> Words:
    for places in FEWER:
        if joined := _joined(frozenset(word[-places:] for word in first), second):
            return joined
    return second


def _seam(first: Words, second: Words) -> Words | None:
    """Where one part goes over into the next: in full, or, where that is too much, one of them in full."""
    if joined := _joined(first, second):
        return joined
    return _best(
        frozenset(word + after for word in first for after in _nearest(second)) or None,
        frozenset(before + word for word in second for before in _nearest(first, end=True)) or None,
    )


def _nearest(words: Words, *, end: bool = False) -> list[Word]:
    """What these words begin or end with: a word of one place and a longer one, each as wide as all of its length."""
    by_length: dict[int, list[Word]] = {}
    for near in {word[: -SEAM - 1 : -1] if end else word[:SEAM] for word in words}:
        length = next((place for place, characters in enumerate(near) if characters < 0), len(near))
        by_length.setdefault(min(length, 2), []).append(near[:length])
    if 0 in by_length:
        return []
    wide = [tuple(reduce(or_, places) for places in zip(*some, strict=False)) for some in by_length.values()]
    return [word[::-1] for word in wide] if end else wide


def _best(*choices: Words | None) -> Words | None:
    known = [words for words in choices if words is not None and () not in words]
    return min(known, key=lambda words: sum(map(likely, words)), default=None)


def _settled(word: Word) -> Word:
    """The word with its edges told as what stands before or behind them."""
    places: list[int] = []
    before = EVERY  # what the next place is narrowed to
    for number, characters in enumerate(word):
        if characters >= 0:
            places.append(characters & before)
            before = EVERY
            continue
        nearer, farther = _sides(characters, word[number + 1 : number + 2], places)
        if places:
            places[-1] &= nearer
        elif nearer != EVERY:
            places.append(nearer)
        before &= farther
    return tuple(places) if before == EVERY else (*places, before)


def _sides(edge: int, after: Word, places: list[int]) -> tuple[int, int]:
    """What stands before an edge and what behind it."""
    if edge != _BOUNDARY:
        return {_STARTS: (_OTHER, EVERY), _ENDS: (EVERY, _OTHER), _ROW_STARTS: (_LINE_END, EVERY)}.get(
            edge, (EVERY, _LINE_END)
        )
    if after and after[0] >= 0:
        if after[0] & ~_WORD == 0:
            return _OTHER, EVERY
        if after[0] & _WORD == 0:
            return _WORD, EVERY
    if places:
        if places[-1] & ~_WORD == 0:
            return EVERY, _OTHER
        if places[-1] & _WORD == 0:
            return EVERY, _WORD
    return EVERY, EVERY


def _one_after(first: _Part, second: _Part) -> _Part:
    if first.whole == _EMPTY:
        return second
    if second.whole == _EMPTY:
        return first
    whole = None
    if first.whole is not None and second.whole is not None:
        whole = _joined(first.whole, second.whole)
        if whole is not None and all(len(word) <= IN_FULL for word in whole):
            return _finite(whole)
    head = first.head
    if first.whole is not None:
        head = _cut(_followed(first.whole, second.head))
    tail = second.tail
    if second.whole is not None:
        tail = _cut(_preceded(first.tail, second.whole), end=True)
    seam = _seam(first.tail, second.head)
    return _Part(None, head, tail, _best(first.needed, second.needed, seam, head, tail))


def _either(parts: list[_Part]) -> _Part:
    whole: Words | None = _NONE
    needed: Words | None = _NONE
    for part in parts:
        whole = None if whole is None or part.whole is None else whole | part.whole
        needed = None if needed is None or part.needed is None else needed | part.needed
    head = _cut(_NONE.union(*(part.head for part in parts)))
    tail = _cut(_NONE.union(*(part.tail for part in parts)), end=True)
    return _finite(whole) if whole is not None else _Part(None, head, tail, _best(needed, head, tail))


def _repeated(part: _Part, least: int, most: int | None) -> _Part:
    if least == 0:
        if most == 1 and part.whole is not None:
            return _finite(part.whole | _EMPTY)
        if most is not None and most <= COPIES // 2 and part.whole is not None:
            return _finite_copies(part, 0, most)
        return _Part(None, _EMPTY, _EMPTY, None)
    if most is not None and most <= COPIES and part.whole is not None:
        return _finite_copies(part, least, most)
    copies = _copies(part, min(least, COPIES))
    if least == most and least <= COPIES:
        return copies
    return _Part(None, copies.head, copies.tail, _best(copies.needed, copies.head, copies.tail))


def _copies(part: _Part, count: int) -> _Part:
    copies = _finite(_EMPTY)
    for _ in range(count):
        copies = _one_after(copies, part)
    return copies


def _finite_copies(part: _Part, least: int, most: int) -> _Part:
    copies = _copies(part, least)
    every = [copies]
    for _ in range(most - least):
        copies = _one_after(copies, part)
        every.append(copies)
    return _either(every)


class _Reader:
    """Reads a pattern in the syntax of Rust's regular expressions, as far as detectors use it."""

    def __init__(self, pattern: str) -> None:
        self.pattern, self.at, self.of_ascii = pattern, 0, False

    def peek(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def take(self, known: re.Pattern[str]) -> re.Match[str] | None:
        found = known.match(self.pattern, self.at)
        if found:
            self.at = found.end()
        return found

    def either(self, any_case: bool) -> _Part:
        parts = [self.sequence(any_case)]
        while self.peek() == "|":
            self.at += 1
            parts.append(self.sequence(any_case))
        return _either(parts) if len(parts) > 1 else parts[0]

    def sequence(self, any_case: bool) -> _Part:
        parts: list[_Part] = []
        word: Word = ()  # places in a row, of which each is told alone
        while self.peek() not in ("", "|", ")"):
            part = self.counted(self.atom(any_case))
            if part.whole is not None and len(part.whole) == 1 and len(word) < IN_FULL // 2:
                word += next(iter(part.whole))
                continue
            parts += [_finite(frozenset([word])), part] if word else [part]
            word = ()
        if word:
            parts.append(_finite(frozenset([word])))
        if len(parts) == 1:
            return parts[0]
        forward = reduce(_one_after, parts, _finite(_EMPTY))
        if forward.whole is not None or len(parts) < 3:
            return forward
        backward = reduce(lambda after, part: _one_after(part, after), reversed(parts))
        return replace(forward, needed=_best(forward.needed, backward.needed))

    def counted(self, part: _Part) -> _Part:
        sign = self.peek()
        if sign and sign in "?*+":
            self.at += 1
            part = _repeated(part, int(sign == "+"), 1 if sign == "?" else None)
        elif sign == "{":
            found = self.take(_COUNT)
            if found is None:
                raise UnclearError
            least = int(found[1])
            part = _repeated(part, least, least if not found[2] else int(found[3]) if found[3] else None)
        else:
            return part
        if self.peek() == "?":
            self.at += 1  # fewest first: the same words
        if self.peek() in ("*", "+", "{"):
            raise UnclearError
        return part

    def atom(self, any_case: bool) -> _Part:
        sign = self.peek()
        if sign == "(":
            return self.group(any_case)
        if edge := self.take(_EDGE):
            if _EDGES[edge[0]] >= _ENDS and not self.of_ascii:
                raise UnclearError
            return _finite(frozenset([(_EDGES[edge[0]],)]))
        if sign == ".":
            self.at += 1
            return _one(EVERY & ~_bits("\n"))
        if sign == "[":
            return _one(self.set_of(any_case))
        if sign in ("{", "}", "]", "*", "+", "?"):
            raise UnclearError
        code, characters = self.character()
        return _one(_folded(characters, [(code, code)], any_case))

    def group(self, any_case: bool) -> _Part:
        self.at += 1
        of_ascii = self.of_ascii
        if self.peek() == "?":
            flags = self.take(_FLAGS)
            if flags is None:
                raise UnclearError
            any_case = ("i" in flags[1] or any_case) and "i" not in (flags[2] or "")
            self.of_ascii = ("u" in (flags[2] or "") or of_ascii) and "u" not in flags[1]
        part = self.either(any_case)
        if self.peek() != ")":
            raise UnclearError
        self.at, self.of_ascii = self.at + 1, of_ascii
        return part

    def character(self) -> tuple[int, int]:
        """The code of one character, -1 for a class of them, and which of ASCII it stands for."""
        if self.peek() != "\\":
            code = ord(self.peek())
            self.at += 1
            return code, _bit(code)
        if found := self.take(_CODE):
            code = int(next(filter(None, found.groups())), 16)
            return code, _bit(code)
        if found := self.take(_CATEGORY):
            if found[1] not in _CATEGORIES:
                raise UnclearError
            return -1, _CATEGORIES[found[1]]
        sign = self.pattern[self.at + 1 : self.at + 2]
        if not sign or not sign.isascii() or (sign.isalnum() and sign not in _ESCAPED):
            raise UnclearError
        self.at += 2
        characters = _ESCAPED.get(sign) if sign.isalnum() else None
        return (ord(sign), 1 << ord(sign)) if characters is None else (-1, characters)

    def set_of(self, any_case: bool) -> int:
        self.at += 1
        negated = self.peek() == "^"
        self.at += negated
        characters, ranges, first = 0, [], True
        while first or self.peek() != "]":
            if self.peek() in ("", "[") or self.pattern[self.at : self.at + 2] in ("&&", "--", "~~"):
                raise UnclearError
            first = False
            code, found = self.character()
            if code >= 0 and self.peek() == "-" and self.pattern[self.at + 1 : self.at + 2] not in ("]", ""):
                self.at += 1
                last, _ = self.character()
                if last < code:
                    raise UnclearError
                found = ((1 << min(last, 127) + 1) - (1 << code) if code < 128 else 0) | (BEYOND if last > 127 else 0)
                ranges.append((code, last))
            elif code >= 0:
                ranges.append((code, code))
            characters |= found
        self.at += 1
        characters = _folded(characters, ranges, any_case)
        return EVERY & ~(characters & ASCII) if negated else characters


def _bit(code: int) -> int:
    return 1 << min(code, 128)


@lru_cache(maxsize=1024)
def _one(characters: int) -> _Part:
    return _finite(frozenset([(characters,)]) if characters else _NONE)


def _folded(characters: int, ranges: list[tuple[int, int]], any_case: bool) -> int:
    """The characters in both cases, where the case does not count."""
    if not any_case:
        return characters
    if characters & BEYOND:
        for code, equal in _FOLDED.items():
            if any(first <= code <= last for first, last in ranges):
                characters |= equal
    return characters | (characters & UPPER) << 32 | (characters & LOWER) >> 32


@lru_cache(maxsize=1024)
def clues(pattern: str) -> Words | None:
    """Words of which one stands in every match; None where none can be told."""
    reader = _Reader(pattern)
    try:
        part = reader.either(any_case=False)
    except UnclearError:
        return None
    if reader.at < len(pattern):
        return None
    needed = _best(part.needed, part.head, part.tail)
    return None if needed is None else frozenset(word for word in map(_settled, needed) if all(word))
