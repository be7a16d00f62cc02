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
LEADING_TAG = 0.625
"""Part of its weight that a tag such as `core:` or `[core]` has at the first place."""

TELLS_FUNCTION, TELLS_COMMON, TELLS_OTHER = 0.5, 0.75, 1.0
"""What a word before free text says of the statement: `Failed to` could begin many of them."""

_LETTERS = re.compile(rb"[A-Za-z\x80-\xff]+")
_WORDY = re.compile(rb"[A-Za-z\x80-\xff]{2}")
_CAMEL = re.compile(rb"^[a-z]+[A-Z]")
_OUTCOME = re.compile(
    rb"(?<![A-Za-z])(?:accept|abort|allow|can(?:cel|not|'t)|crash|den(?:y|ied)|err(?:or)?s?\b|fail|grant|(?:in)?complete|(?:in)?correct|"
    rb"(?:in)?valid|lost|miss|ok(?:ay)?\b|pass(?:ed)?\b|refus|reject|succe|tim(?:ed|eout)|unable|un?success)",
    re.IGNORECASE,
)
_NAME = re.compile(rb"[a-z][A-Z].*[^:=]$|\($")
_IDENTIFIER = re.compile(rb"[A-Za-z0-9_\x80-\xff][._/\\@#$%+&|~:\-]+[A-Za-z0-9_\x80-\xff]|::")
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


@lru_cache(maxsize=1 << 16)
def weigh(word: bytes) -> tuple[float, float, float]:
    """Weight as evidence that its place is variable, as context, and as context of free text."""
    core = word.strip(_STRIPPED)
    constant = float(word[-1:] != b"=" and _WORDY.search(word) is not None)
    if word[-1:] == b"(":  # the name of a function
        return WEIGHT_WORD, constant, 0.0
    if _IDENTIFIER.search(core) or not _LETTERS.search(core) or (core.isupper() and len(core) > 1):
        return WEIGHT_IDENTIFIER, constant, constant
    weight = WEIGHT_NAME if _CAMEL.search(core) else WEIGHT_WORD
    return weight, constant, constant * (TELLS_OTHER if _is_tag(word) else _telling(core.lower()))


def _telling(word: bytes) -> float:
    if word in _FUNCTION:
        return TELLS_FUNCTION
    return TELLS_COMMON if word in _common() else TELLS_OTHER


def _is_tag(word: bytes) -> bool:
    return (word[-1:] == b":" and len(word) > 1) or word[:1] in (b"[", b"(", b"{", b"<")


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
    weights = [(WEIGHT_VALUE, 0.0, 0.0), *map(weigh, found)]
    table = np.array(weights, np.float64)
    table[token[kinds == HEAD]] = (0.0, HEAD_CONSTANT, HEAD_CONSTANT)
    spread = np.concatenate((np.array([7], np.uint64), hashes))
    words = [b"", *found]
    label = np.array([word[-1:] == b":" and len(word) > 1 for word in words])
    key = np.array([word[-1:] == b"=" for word in words])
    tag = np.array([_is_tag(word) for word in words])
    name, outcome = (np.array([form.search(word) is not None for word in words]) for form in (_NAME, _OUTCOME))
    weight, constant, telling = table.T.copy()
    method, unit, calendar = (np.array([word in listed for word in words]) for listed in (_METHODS, _UNITS, _CALENDAR))
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
