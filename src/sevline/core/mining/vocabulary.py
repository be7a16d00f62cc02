"""Words of the shapes: their numbers, what they weigh as evidence, and which of them count as context."""

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from sevline.core.mining.jit import compiled, jit
from sevline.core.mining.scan import HEAD, VALUE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Hashes = NDArray[np.uint64]
    Weights = NDArray[np.float64]
    Flags = NDArray[np.bool_]

HEAD_CONSTANT = 0.0
WEIGHT_WORD, WEIGHT_NAME, WEIGHT_IDENTIFIER, WEIGHT_VALUE = 1.0, 2.0, 3.0, 5.0
WEIGHT_CONSTANT = 0.5
"""`CHANNEL_DATA`: what a program's source names by itself, such as a kind of message, is a word of the statement more
often than a value."""

LEADING_TAG = 0.625
"""Part of its weight that a tag such as `core:` or `[core]` has at the first place."""

TELLS_FUNCTION, TELLS_COMMON, TELLS_OTHER = 0.5, 0.75, 1.0
"""What a word before free text says of the statement: `Failed to` could begin many of them."""

_IS_LETTER = np.array([65 <= sign <= 90 or 97 <= sign <= 122 or sign >= 128 for sign in range(256)])
_CAMEL = re.compile(rb"^[a-z]+[A-Z]", re.MULTILINE)
_OUTCOME = re.compile(
    rb"(?<![A-Za-z])(?:accept|abort|allow|can(?:cel|not|'t)|crash|den(?:y|ied)|err(?:or)?s?\b|fail|grant|(?:in)?complete|(?:in)?correct|"
    rb"(?:in)?valid|lost|miss|ok(?:ay)?\b|pass(?:ed)?\b|refus|reject|succe|tim(?:ed|eout)|unable|un?success)",
    re.IGNORECASE,
)
_NAME = re.compile(rb"[a-z][A-Z].*[^:=\n]$|\($", re.MULTILINE)
_IDENTIFIER = re.compile(rb"[A-Za-z0-9_\x80-\xff][._/\\@#$%+&|~:\-]+[A-Za-z0-9_\x80-\xff]|::")
_CONSTANT = re.compile(rb"^[A-Z]+(?:_[A-Z]+)+$", re.MULTILINE)
_NIL = frozenset(
    b"null NULL nil NIL none None undefined N/A n/a NaN nan True False true false (nil) (null) (none) <none> "
    b"<null>".split()
)
_METHODS = frozenset(b"GET POST PUT DELETE HEAD OPTIONS PATCH CONNECT PROPFIND PURGE".split())
_UNITS = frozenset(
    b"ns us ms s sec secs min h B b kB KB MB GB TB KiB MiB GiB TiB kb mb KB/s MB/s GB/s KiB/s MiB/s GiB/s".split()
)
_CALENDAR = frozenset(
    b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun GMT UTC CET CEST AM PM".split()
)
_FUNCTION = frozenset(
    b"a an the to of for in on at by with from into onto over under as is are was were be been being am it its this "
    b"that these those and or nor but not no if then than so do does did done has have had will would can could may "
    b"might must shall should via per out up off about after before during since until while when where which who "
    b"whom whose what there here all any each some such only just also too very more most we you he she they our your "
    b"their".split()
)
_OPENS = frozenset({b"[", b"(", b"{", b"<"})
_STRIPPED = b".:!?'\"()[]{}<>*="


@dataclass(slots=True)
class Vocabulary:
    """Number 0 is the value. `constant`: what a word adds to the weight of a context, 0 for keys and short words;
    `telling`: what it adds where free text follows. `label`: whether it ends with a colon; `key`: with `=`; `tag`:
    whether a colon or brackets make it the name of a part of the program; `name`: whether it is in mixed case or the
    name of a function; `outcome`: whether it tells that something went well or wrong; `method`: whether it is one of
    HTTP; `unit`: behind a value, part of it; `calendar`: beside a value, part of it."""

    words: list[bytes]
    hash: "Hashes"
    weight: "Weights"
    constant: "Weights"
    telling: "Weights"
    label: "Flags"
    key: "Flags"
    tag: "Flags"
    name: "Flags"
    outcome: "Flags"
    method: "Flags"
    unit: "Flags"
    calendar: "Flags"

    @property
    def size(self) -> int:
        return len(self.words)

    def texts(self, value: str) -> list[str]:
        return [value, *(word.decode("utf-8", "replace") for word in self.words[1:])]


def is_nil(word: bytes) -> bool:
    return word in _NIL or word.strip(b".:") in _NIL


@lru_cache(maxsize=1)
def _common() -> frozenset[bytes]:
    return frozenset(files("sevline.core.mining").joinpath("words.txt").read_bytes().split())


def _weighed(words: list[bytes], tag: "Flags") -> "Weights":
    """Of each word, its weight as evidence that its place is variable, as context, and as context of free text."""
    cores = [word.strip(_STRIPPED) for word in words]
    whole, bare = _Lines(words), _Lines(cores)
    function = np.array([word[-1:] == b"(" for word in words], bool)
    key = np.array([word[-1:] == b"=" for word in words], bool)
    letters = bare.letters()
    loud = np.array([len(core) > 1 and core.isupper() for core in cores], bool)
    identifier = bare.having(_IDENTIFIER) | ~bare.holding(letters) | loud
    weight = np.where(identifier, WEIGHT_IDENTIFIER, np.where(bare.having(_CAMEL), WEIGHT_NAME, WEIGHT_WORD))
    weight = np.where(bare.having(_CONSTANT), WEIGHT_CONSTANT, weight)
    letters = whole.letters()
    constant = (whole.holding(letters[:-1] & letters[1:]) & ~key).astype(np.float64)
    tells = _tells()
    told = np.array([tells.get(core, TELLS_OTHER) for core in bare.text.lower().split(b"\n")], np.float64)
    telling = np.where(identifier, 1.0, np.where(tag, TELLS_OTHER, told))
    telling = constant * np.where(function, 0.0, telling)
    return np.stack((np.where(function, WEIGHT_WORD, weight), constant, telling), axis=1)


class _Lines:
    """Words, one a line, that are searched all at once: most searches of one would find nothing."""

    def __init__(self, words: list[bytes]) -> None:
        self.text = b"\n".join(words)
        self.ends = np.cumsum(np.fromiter(map(len, words), np.int64, len(words)) + 1)

    def having(self, form: re.Pattern[bytes]) -> "Flags":
        """In which words it is found; a form stays within a line."""
        return self._of(np.fromiter((one.start() for one in form.finditer(self.text)), np.int64))

    def letters(self) -> "Flags":
        """Of each byte, whether it is a letter; one of any other alphabet is."""
        found: Flags = _IS_LETTER[np.frombuffer(self.text, np.uint8)]
        return found

    def holding(self, flags: "Flags") -> "Flags":
        """Which words hold a byte so flagged."""
        return self._of(np.flatnonzero(flags))

    def _of(self, places: "Ints") -> "Flags":
        found = np.zeros(len(self.ends), bool)
        found[np.searchsorted(self.ends, places, side="right")] = True
        return found


@lru_cache(maxsize=1)
def _tells() -> dict[bytes, float]:
    return dict.fromkeys(_common(), TELLS_COMMON) | dict.fromkeys(_FUNCTION, TELLS_FUNCTION)


def _is_label(word: bytes) -> bool:
    return word[-1:] == b":" and len(word) > 1


def _is_key(word: bytes) -> bool:
    return word[-1:] == b"="


def _is_tag(word: bytes) -> bool:
    return _is_label(word) or word[:1] in _OPENS


def number(text: bytes, starts: "Ints", ends: "Ints", kinds: "Ints") -> tuple[Vocabulary, "Ints"]:
    """The vocabulary of the tokens, which are spans of `text`, and the number of each; values are 0."""
    index = np.flatnonzero(kinds != VALUE)
    firsts, inverse, hashes = _distinct(text, starts[index], ends[index])
    begins, stops = starts[index][firsts].tolist(), ends[index][firsts].tolist()
    found = [text[begin:stop].rstrip(b".!") or text[begin:stop] for begin, stop in zip(begins, stops, strict=True)]
    nil = np.fromiter((is_nil(word) for word in found), bool, len(found))
    numbers = np.where(nil, 0, np.arange(1, len(found) + 1))
    token = np.zeros(len(starts), np.int64)
    token[index] = numbers[inverse]
    spread = np.concatenate((np.array([7], np.uint64), hashes))
    words = [b"", *found]
    label, key, tag, method, unit, calendar = (
        np.fromiter(map(is_such, words), bool, len(words))
        for is_such in (_is_label, _is_key, _is_tag, _METHODS.__contains__, _UNITS.__contains__, _CALENDAR.__contains__)
    )
    lines = _Lines(found)
    name, outcome = (np.concatenate(([False], lines.having(form))) for form in (_NAME, _OUTCOME))
    table = np.concatenate(([(WEIGHT_VALUE, 0.0, 0.0)], _weighed(found, tag[1:])))
    table[token[kinds == HEAD]] = (0.0, HEAD_CONSTANT, HEAD_CONSTANT)
    weight, constant, telling = table.T.copy()
    marks = (label, key, tag, name, outcome, method, unit, calendar)
    return Vocabulary(words, spread, weight, constant, telling, *marks), token


def _distinct(text: bytes, starts: "Ints", ends: "Ints") -> tuple["Ints", "Ints", "Hashes"]:
    """First place of each distinct span, number of each span, hash of each distinct span; `.` and `!` end no word."""
    if compiled():
        hashes = np.empty(len(starts), np.uint64)
        _hash_spans(np.frombuffer(text, np.uint8), starts, ends, hashes)
        kept, firsts, inverse = np.unique(hashes, return_index=True, return_inverse=True)
        return firsts, inverse.ravel(), kept
    numbers: dict[bytes, int] = {}
    bounds = zip(starts.tolist(), ends.tolist(), strict=True)
    spans = [text[begin:stop].rstrip(b".!") or text[begin:stop] for begin, stop in bounds]
    inverse = np.array([numbers.setdefault(span, len(numbers)) for span in spans], np.int64)
    firsts = np.unique(inverse, return_index=True)[1]
    spread = [int.from_bytes(blake2b(span, digest_size=8).digest(), "little") for span in numbers]
    return firsts, inverse, np.array(spread, np.uint64)


@jit
def _hash_spans(text: "NDArray[np.uint8]", starts: "Ints", ends: "Ints", out: "Hashes") -> None:
    prime, spread = np.uint64(0x100000001B3), np.uint64(0x9E3779B97F4A7C15)
    for span in range(len(starts)):
        begin, stop = starts[span], ends[span]
        while stop > begin + 1 and (text[stop - 1] == 46 or text[stop - 1] == 33):
            stop -= 1
        code = np.uint64(0xCBF29CE484222325)
        for here in range(begin, stop):
            code = (code ^ np.uint64(text[here])) * prime
        code ^= code >> np.uint64(32)
        code *= spread
        out[span] = code ^ (code >> np.uint64(29))
