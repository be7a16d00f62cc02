"""A Rust regular expression as a tree of what its matches are made of, character class by character class.

What the tree leaves out (ends of words, what a repetition may go on to) only lets it stand for more than the pattern.
"""

import re
from dataclasses import dataclass
from typing import Final

#: A class of symbols is a number with a bit for each. Symbols are the bytes of ASCII, and of others these four, which
#: have the numbers of control characters: the first byte of a character, a further byte, the first byte of a character
#: beyond U+BFFFF (stand-ins are such), and what stands before a row's first byte and behind its last one.
EVERY: Final = (1 << 128) - 1
HIGH, EDGE, FURTHER, BEYOND = 1 << 1, 1 << 2, 1 << 3, 1 << 4
#: Any character that is no ASCII, by its first byte.
NO_ASCII: Final = HIGH | BEYOND
MOST = 1 << 30


class NotReadError(Exception):
    """The pattern has something that is not known here."""


@dataclass(frozen=True, slots=True)
class Symbols:
    """One character: a class of symbols. One that is no ASCII stands there by its first byte."""

    members: int

    @property
    def last(self) -> int:
        """As it ends: a character that is no ASCII by its last byte."""
        return self.members & ~NO_ASCII | FURTHER if self.members & NO_ASCII else self.members


@dataclass(frozen=True, slots=True)
class Bytes:
    """One byte of a class of symbols."""

    members: int


@dataclass(frozen=True, slots=True)
class End:
    """The end of a word, of which it is certain that no letter of it stands before, or behind."""

    before: bool
    behind: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    options: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    part: "Node"
    fewest: int
    most: int


Node = Symbols | Bytes | End | Sequence | Choice | Repeat


def _of(characters: str) -> int:
    return sum({1 << ord(one) for one in characters})


_DIGITS, _BLANKS = _of("0123456789"), _of(" \t\n\r\v\f")
_UPPER, _LOWER = _of("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), _of("abcdefghijklmnopqrstuvwxyz")
_WORD = _DIGITS | _UPPER | _LOWER | _of("_")
_SHORT = {"d": _DIGITS, "s": _BLANKS, "w": _WORD}
_CONTROL = {"n": "\n", "r": "\r", "t": "\t", "v": "\v", "f": "\f"}
_FLAGS = re.compile(r"\(\?([a-z]*)(?:-([a-z]+))?(:|\))|\(\?P?<\w+>")
_COUNT = re.compile(r"\{(\d+)(?:(,)(\d*))?\}")
_HEX = re.compile(r"x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|[xu]\{([0-9A-Fa-f]{1,6})\}")
_BOUNDARY = re.compile(r"(b\{start-half\})|(b\{end-half\})|b(?!\{)|B(?!\{)")
_LAST_HIGH = 0xBFFFF
#: Characters that are no ASCII and in any case are a letter of ASCII: the long s and the sign of Kelvin.
_FOLDED = ((0x17F, "s"), (0x212A, "k"))


def _in_any_case(members: int) -> int:
    return members | (members & _UPPER) << 32 | (members & _LOWER) >> 32


def _range(first: int, last: int, *, any_case: bool) -> int:
    members = 0
    if first < 128:
        members = (1 << min(last, 127) + 1) - (1 << first)
    if last >= 128:
        members |= HIGH if first <= _LAST_HIGH else 0
        members |= BEYOND if last > _LAST_HIGH else 0
    if any_case:
        members |= sum(1 << ord(letter) for code, letter in _FOLDED if first <= code <= last)
        members = _in_any_case(members)
    return members


@dataclass(frozen=True, slots=True)
class _Flags:
    any_case: bool = False
    unicode: bool = True
    dot_all: bool = False

    def changed(self, on: str, off: str) -> "_Flags":
        if set(on + off) - set("ius"):
            raise NotReadError(on + off)
        return _Flags(
            ("i" in on or self.any_case) and "i" not in off,
            ("u" in on or self.unicode) and "u" not in off,
            ("s" in on or self.dot_all) and "s" not in off,
        )


def _character(code: int, flags: _Flags) -> Node:
    """One that is no ASCII, and has no other case that is asked for, byte by byte."""
    if code < 128 or (flags.any_case and chr(code).lower() != chr(code).upper()):
        return Symbols(_range(code, code, any_case=flags.any_case))
    first = BEYOND if code > _LAST_HIGH else HIGH
    return Sequence(tuple(Bytes(members) for members in (first, *(FURTHER,) * (len(chr(code).encode()) - 1))))


class _Reader:
    def __init__(self, pattern: str) -> None:
        self.text, self.at = pattern, 0

    def read(self) -> Node:
        node = self._choice(_Flags())
        if self.at < len(self.text):
            raise NotReadError(self.text)
        return node

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def _next(self) -> str:
        one = self._peek()
        if not one:
            raise NotReadError(self.text)
        self.at += 1
        return one

    def _choice(self, flags: _Flags) -> Node:
        options = [self._sequence(flags)]
        while self._peek() == "|":
            self.at += 1
            options.append(self._sequence(flags))
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _sequence(self, flags: _Flags) -> Node:
        parts: list[Node] = []
        while (one := self._peek()) and one not in "|)":
            parts.append(self._repeated(self._atom(flags)))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _repeated(self, part: Node) -> Node:
        while (one := self._peek()) and one in "*+?{":
            if one == "{":
                found = _COUNT.match(self.text, self.at)
                if found is None:
                    raise NotReadError(self.text)
                self.at = found.end()
                fewest = int(found[1])
                most = fewest if not found[2] else int(found[3]) if found[3] else MOST
            else:
                self.at += 1
                fewest, most = {"*": (0, MOST), "+": (1, MOST), "?": (0, 1)}[one]
            if self._peek() == "?":
                self.at += 1
            part = Repeat(part, fewest, most)
        return part

    def _atom(self, flags: _Flags) -> Node:
        one = self._next()
        if one == "(":
            return self._group(flags)
        if one == "[":
            return Symbols(self._class(flags))
        if one == "\\":
            return self._escape(flags)
        if one in "^$":
            return Symbols(EDGE)
        if one == ".":
            return Symbols(EVERY if flags.dot_all else EVERY & ~_of("\n"))
        if one in "*+?{":
            raise NotReadError(self.text)
        return _character(ord(one), flags)

    def _group(self, flags: _Flags) -> Node:
        if self._peek() == "?":
            found = _FLAGS.match(self.text, self.at - 1)
            if found is None or found[3] == ")":
                raise NotReadError(self.text)
            self.at = found.end()
            flags = flags.changed(found[1] or "", found[2] or "")
        inner = self._choice(flags)
        if self._next() != ")":
            raise NotReadError(self.text)
        return inner

    def _escape(self, flags: _Flags) -> Node:
        if found := _BOUNDARY.match(self.text, self.at):
            self.at = found.end()
            return End(found[1] is not None, found[2] is not None)
        members = self._escaped_class()
        if members is not None:
            return Symbols(members)
        return _character(self._escaped_code(), flags)

    def _escaped_class(self) -> int | None:
        """A class that an escape names, None where it stands for a character; of those beyond ASCII all count."""
        one = self._peek()
        if one.lower() in _SHORT and one:
            self.at += 1
            members = _SHORT[one.lower()]
            return (members if one.islower() else EVERY & ~members) | HIGH | (0 if one.islower() else BEYOND)
        if one in ("p", "P"):
            self.at += 1
            end = self.text.find("}", self.at) + 1 if self._peek() == "{" else self.at + 1
            name, self.at = self.text[self.at : end], end
            if one == "p" and name in ("{Lu}", "{Ll}"):
                return (_UPPER if name == "{Lu}" else _LOWER | _UPPER) | HIGH
            return EVERY
        return None

    def _escaped_code(self) -> int:
        if found := _HEX.match(self.text, self.at):
            self.at = found.end()
            return int(found[1] or found[2] or found[3], 16)
        one = self._next()
        if one in _CONTROL:
            return ord(_CONTROL[one])
        if one.isalnum():
            raise NotReadError(self.text)
        return ord(one)

    def _class(self, flags: _Flags) -> int:
        negated = self._peek() == "^"
        self.at += negated
        members, first = 0, True
        while (one := self._next()) != "]" or first:
            first = False
            if one == "[" or self.text.startswith(("&&", "--", "~~"), self.at - 1):
                raise NotReadError(self.text)
            if one == "\\":
                named = self._escaped_class()
                if named is not None:
                    members |= named
                    continue
                code = self._escaped_code()
            else:
                code = ord(one)
            members |= _range(code, self._last_of_range(code), any_case=flags.any_case)
        return EVERY & ~members | NO_ASCII if negated else members

    def _last_of_range(self, code: int) -> int:
        if self._peek() != "-" or self.text[self.at + 1 : self.at + 2] == "]":
            return code
        self.at += 1
        one = self._next()
        return self._escaped_code() if one == "\\" else ord(one)


#: What may stand beside a word: no letter, digit or underscore of ASCII.
BESIDE: Final = EVERY & ~_WORD


def tree(pattern: str) -> Node:
    """The pattern read; NotReadError where it has what is not known here."""
    return _Reader(pattern).read()


def with_neighbours(node: Node) -> Node:
    """The tree with what must stand before and behind a match, where it begins or ends with an end of a word."""
    return _led(_led(node, first=True), first=False)


def _led(node: Node, *, first: bool) -> Node:
    if isinstance(node, Choice):
        return Choice(tuple(_led(option, first=first) for option in node.options))
    if not isinstance(node, Sequence) or not node.parts:
        return node
    *rest, end = reversed(node.parts) if first else node.parts
    if isinstance(end, End):
        known = end.before if first else end.behind
        beside = known or (bool(rest) and _is_word(rest[-1], first=first))
        # As one byte: of a character that is no ASCII its last stands before a word, and its first behind one.
        parts = [*rest, Bytes(BESIDE)] if beside else rest
    else:
        parts = [*rest, _led(end, first=first)]
    return Sequence(tuple(reversed(parts) if first else parts))


def _is_word(node: Node, *, first: bool) -> bool:
    """Whether it begins, or ends, with a letter or digit of ASCII whatever it matches."""
    match node:
        case Symbols(members) | Bytes(members):
            return not members & ~_WORD
        case Sequence(parts):
            return bool(parts) and _is_word(parts[0 if first else -1], first=first)
        case Choice(options):
            return all(_is_word(option, first=first) for option in options)
        case Repeat(part, fewest, _):
            return fewest > 0 and _is_word(part, first=first)
        case End():
            return False
