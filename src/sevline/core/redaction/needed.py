"""Characters without which a pattern finds nothing: a long line of base64 holds no blank, colon or quotation mark.

A set of characters is a number: bit 10 is the character of code point 10, and bit 128 is all that is no ASCII.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

OTHER = 1 << 128
ALL = (OTHER << 1) - 1


@dataclass(frozen=True, slots=True, eq=False)
class AllOf:
    """What a sequence needs: all of its parts."""

    parts: "tuple[Needs, ...]"


@dataclass(frozen=True, slots=True, eq=False)
class AnyOf:
    """What alternatives need: one of them."""

    parts: "tuple[Needs, ...]"


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """What a word needs, in any case: itself, or where only the characters of a text are known, its letters."""

    lower: str
    letters: "Needs"


Needs = int | Word | AllOf | AnyOf
"""A set stands for one character of it."""
#: More than the patterns that are built in have; a case's own words come and go.
KEPT = 16_384
_all_of, _any_of = lru_cache(KEPT)(AllOf), lru_cache(KEPT)(AnyOf)  # equal ones are the same, and so quickly compared
NOTHING = AllOf(())

_TOKEN = re.compile(
    r"[A-Za-z]{2,}(?![?*+{])"  # a word, which is one token where nothing says how often its last letter stands
    r"|\[\^?\]?(?:\\.|\[[^\]\[]*\]|[^\]\[\\])*\]"
    r"|\\[bB]\{[a-z-]+\}|\\x\{[0-9A-Fa-f]+\}|\\x[0-9A-Fa-f]{2}|\\[pP](?:\{[^}]+\}|.)|\\u[0-9A-Fa-f]{4}|\\."
    r"|\(\?[a-zA-Z-]*[:)]|\{\d+(?:,\d*)?\}|.",
    re.DOTALL,
)
_IN_CLASS = re.compile(
    r"&&|--|~~|\[.*?\]|\\x\{[0-9A-Fa-f]+\}|\\x[0-9A-Fa-f]{2}|\\[pP]\{[^}]+\}|\\u[0-9A-Fa-f]{4}|\\.|.", re.DOTALL
)
_CODE = re.compile(r"\\[xu]\{?([0-9A-Fa-f]{2,})\}?")
_OFTEN = re.compile(r"[?*+]|\{\d+(?:,\d*)?\}")
_IS_MORE = re.compile(r"\[.|\\[pP]")
_BEGINS_OFTEN, _ENDS = frozenset("?*+{"), frozenset(("", "|", ")"))
_MAY_BE_MISSING = re.compile(r"[?*]|\{0+[,}]")


def bits(characters: Iterable[str]) -> int:
    """The set of these characters."""
    found = 0
    for character in characters:
        found |= 1 << ord(character) if character < "\x80" else OTHER
    return found


_UPPER, _LOWER = bits("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), bits("abcdefghijklmnopqrstuvwxyz")
_DIGITS = bits("0123456789")
_WORD = _UPPER | _LOWER | _DIGITS
_KINDS = {"d": _DIGITS, "w": _WORD | bits("_"), "s": bits(" \t\n\r\v\f")}
_WRITTEN = {"t": "\t", "n": "\n", "r": "\r", "v": "\v", "f": "\f", "a": "\a"}
_MISPLACED = frozenset("*+?{[")
_NO_WIDTH = frozenset(("\\b", "\\B", "\\A", "\\z", "^", "$"))


def may_stand(needs: Needs, letters: int, lower: str | None = None) -> bool:
    """Whether a text of these characters holds what is needed; `lower` is the text itself, as `lowered` gives it."""
    if isinstance(needs, int):
        return needs & letters != 0
    if isinstance(needs, Word):
        return may_stand(needs.letters, letters) if lower is None else needs.lower in lower
    is_one = isinstance(needs, AnyOf)
    for part in needs.parts:
        held = part & letters != 0 if isinstance(part, int) else may_stand(part, letters, lower)
        if held is is_one:
            return is_one
    return not is_one


def lowered(text: str) -> str:
    """A text in which words are looked for in any case."""
    return text.lower().replace("\u017f", "s")


@lru_cache(4096)
def needed(pattern: str) -> Needs:
    """What every match of this pattern, of Rust's regular expressions, holds. Nothing where that cannot be told."""
    parser = _Parser([*_TOKEN.findall(pattern), ""])
    try:
        needs = parser.alternatives()
    except _UnknownError:
        return NOTHING
    return needs if parser.is_at_end else NOTHING


def tokens(pattern: str) -> list[str]:
    """The pattern's parts from left to right; a word is one where nothing says how often its last letter stands."""
    return _TOKEN.findall(pattern)


def characters(token: str) -> int:
    """The characters for which a token may stand, in either case; all where it is not understood."""
    try:
        needs = _needs_of(token)
    except _UnknownError:
        return ALL
    return needs if isinstance(needs, int) else 0


def forget() -> None:
    """Nothing is known of any pattern any more."""
    for kept in (needed, _needs_of, _all_of, _any_of):
        kept.cache_clear()


class _UnknownError(Exception):
    """Something that is not understood here."""


@dataclass(slots=True)
class _Parser:
    """Reads a pattern once, from left to right; behind its last token is an empty one."""

    tokens: list[str]
    place: int = 0

    @property
    def is_at_end(self) -> bool:
        return not self.tokens[self.place]

    def alternatives(self) -> Needs:
        """Up to the bracket that closes them, which is left where it stands."""
        branches = {self._sequence(): None}
        while self.tokens[self.place] == "|":
            self.place += 1
            branches[self._sequence()] = None
        if len(branches) == 1 or NOTHING in branches:
            return NOTHING if NOTHING in branches else next(iter(branches))
        single = 0
        for branch in branches:
            single |= branch if isinstance(branch, int) else 0
        others = tuple(branch for branch in branches if not isinstance(branch, int))
        return _any_of((single, *others)) if single and others else single or _any_of(others)

    def _sequence(self) -> Needs:
        found: dict[Needs, None] = {}
        while (token := self.tokens[self.place]) not in _ENDS:
            self.place += 1
            needs = self._group() if token[0] == "(" else _needs_of(token)
            if not self._may_be_missing():
                found |= dict.fromkeys(needs.parts if isinstance(needs, AllOf) else (needs,))
        if len(found) == 1:
            return next(iter(found))
        return _all_of(tuple(found)) if found else NOTHING

    def _group(self) -> Needs:
        if self.tokens[self.place - 1].endswith(")"):
            raise _UnknownError  # a flag for all that follows
        needs = self.alternatives()
        if self.tokens[self.place] != ")":
            raise _UnknownError
        self.place += 1
        return needs

    def _may_be_missing(self) -> bool:
        """Passes over how often what stands before may stand."""
        missing = False
        while (token := self.tokens[self.place])[:1] in _BEGINS_OFTEN and _OFTEN.fullmatch(token):
            missing = missing or _MAY_BE_MISSING.match(token) is not None
            self.place += 1
        return missing


@lru_cache(KEPT)
def _needs_of(token: str) -> Needs:
    if token in _NO_WIDTH or token.startswith(("\\b{", "\\B{")):
        return NOTHING
    if token in _MISPLACED:
        raise _UnknownError
    if token[0] == "[":
        return _class(token)
    if token.isalpha() and len(token) > 1:
        letters = tuple(dict.fromkeys(_in_any_case(ord(letter), ord(letter)) for letter in token))
        return Word(token.lower(), _all_of(letters))
    return _named(token, _in_any_case)


#: Signs that are no ASCII and mean the same as letters of it in any case: the long s and the sign for kelvin.
_SIGNS = ((0x17F, bits("Ss")), (0x212A, bits("Kk")))


def _in_any_case(first: int, last: int) -> int:
    """The characters of a range in either case. Whether a pattern asks for the case is not looked at."""
    letters = _range(first, last)
    either = letters | (letters & _UPPER) << 32 | (letters & _LOWER) >> 32
    for sign, same in _SIGNS:
        either |= OTHER if either & same else 0
        either |= same if first <= sign <= last else 0
    return either


def _class(token: str) -> int:
    """The characters of a class; where some are taken away or classes meet, it is not understood. Nor is one that
    excludes a property or another class: what is told of those is more than they hold."""
    negated = token.startswith("[^")
    within = _range if negated else _in_any_case
    parts = _IN_CLASS.findall(token[1 + negated : -1])
    found, place = 0, 0
    while place < len(parts):
        part = parts[place]
        if part in ("&&", "--", "~~") or part.startswith("[:") or (negated and _IS_MORE.match(part)):
            raise _UnknownError
        if parts[place + 1 : place + 2] == ["-"] and place + 2 < len(parts):
            found |= within(_code(part), _code(parts[place + 2]))
            place += 3
        else:
            found |= _of_class(part, within)
            place += 1
    return ALL & ~found | OTHER if negated else found


def _of_class(part: str, within: Callable[[int, int], int]) -> int:
    """The characters of a part of a class, in which a full stop is one."""
    if len(part) == 1:
        return within(ord(part), ord(part))
    return _class(part) if part[0] == "[" else _named(part, within)


def _named(token: str, within: Callable[[int, int], int]) -> int:
    """The characters that one token stands for; of a kind in its Unicode sense, which is the wider one."""
    if token.startswith((".", "\\p", "\\P")):
        return ALL
    kind = _KINDS.get(token[1:].lower()) if token[0] == "\\" else None
    if kind is not None:
        return kind | OTHER if token[1].islower() else ALL & ~kind | OTHER
    code = _code(token)
    return within(code, code)


def _code(token: str) -> int:
    """The code point that a token names."""
    if len(token) == 1:
        return ord(token)
    if found := _CODE.fullmatch(token):
        return int(found[1], 16)
    if len(token) == 2 and token[0] == "\\" and (token[1] in _WRITTEN or not token[1].isalnum()):
        return ord(_WRITTEN.get(token[1], token[1]))
    raise _UnknownError


def _range(first: int, last: int) -> int:
    within = (1 << min(last, 127) + 1) - (1 << first) if first < 128 else 0
    return within | (OTHER if last > 127 else 0)
