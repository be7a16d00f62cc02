"""Shapes into tokens: what the syntax says is a value becomes VALUE, what is left are words.

Quoted and bracketed text, the value of `key=`, paths, URLs, markers and nil-like words are values; neighbouring values
are one, so lists collapse.
"""

import re
from functools import lru_cache

VALUE = ""
"""The token of a value; no word is empty."""

MAX_TOKENS = 64
_CLOSES = {"(": ")", "[": "]", "{": "}", "<": ">"}
_STOP = re.compile(r"""[\s,;)\]}"'(\[{<=:]""")
_LETTER = re.compile(r"[^\W_]")
_GAP = re.compile(r"[\s,;]+")
_NIL = frozenset({"null", "NULL", "nil", "none", "None", "undefined", "N/A", "n/a", "NaN", "nan", "True", "False"})
_NIL |= {"true", "false", "(nil)", "(null)", "(none)", "<none>", "<null>"}
_DEPTH = 32
_FAILURES = 8


def tokens(shape: str) -> list[str]:
    """At most MAX_TOKENS tokens, VALUE or a word; never two VALUE in a row."""
    return _Scanner(shape).run()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text, self.end, self.at = text, len(text), 0
        self.out: list[str] = []
        self.word_ends_at = -1
        self.assigned = False
        self.failures = 0

    def run(self) -> list[str]:
        self._unwrap()
        while len(self.out) < MAX_TOKENS:
            gap = _GAP.match(self.text, self.at, self.end)
            if gap:
                self.at = gap.end()
            if self.at >= self.end:
                break
            start = self.at
            token = self._enclosed() or self._word()
            if self.at == start:
                self.at += 1
            elif token is not None:
                self._put(token[0], start)
        return self.out

    def _put(self, token: str, start: int) -> None:
        value = self.assigned or token == VALUE or token.strip(".:") in _NIL
        self.assigned = _assigns(self.text[start : self.at])
        if value:
            token = VALUE
        if token == VALUE and self.out and self.out[-1] == VALUE:
            return
        self.out.append(token)
        self.word_ends_at = -1 if token == VALUE else self.at

    def _unwrap(self) -> None:
        """A message that is quoted or bracketed as a whole is read inside."""
        stripped = self.text.rstrip(" .")
        if len(stripped) < 3:
            return
        first, last = stripped[0], stripped[-1]
        quoted = first in "\"'`" and last == first and stripped.find(first, 1) == len(stripped) - 1
        wrapped = (
            len(stripped) > 40
            and _CLOSES.get(first) == last
            and _closing(stripped, 0, len(stripped)) == len(stripped) - 1
        )
        if quoted or wrapped:
            self.at, self.end = 1, len(stripped) - 1

    def _enclosed(self) -> tuple[str] | None:
        """After a few quotes or brackets that nothing closes, no more are looked for: the work stays linear."""
        return None if self.failures > _FAILURES else self._quoted() or self._bracketed()

    def _quoted(self) -> tuple[str] | None:
        quote = self.text[self.at]
        if quote not in "\"'`" or (quote == "'" and self._in_word()):
            return None
        close = self.at + 1
        while (close := self.text.find(quote, close, self.end)) >= 0:
            escaped = self.text[close - 1] == "\\" and self.text[close - 2] != "\\"
            inside = quote == "'" and close + 1 < self.end and self.text[close + 1].isalnum()
            if not escaped and not inside:
                self.at = close + 1
                return (VALUE,)
            close += 1
        self.failures += 1
        return None

    def _in_word(self) -> bool:
        """The apostrophe of don't, not the quote of b'text'."""
        before = self.text[max(0, self.at - 2) : self.at]
        return len(before) == 2 and before[0].isalnum() and before[1].isalnum()

    def _bracketed(self) -> tuple[str] | None:
        if not _opens(self.text, self.at, self.end):
            return None
        close = _closing(self.text, self.at, self.end)
        if close < 0:
            self.failures += 1
            return None
        inside = self.text[self.at + 1 : close]
        start, self.at = self.at, close + 1
        value = bool(self.out) or not inside or any(sign in inside for sign in '0=",')
        if not value:
            return (self.text[start : self.at],)
        if len(self.out) >= 2 and self.word_ends_at == start and self.text[start - 1].isalnum():
            self.out.pop()
        return (VALUE,)

    def _word(self) -> tuple[str] | None:
        start = self.at
        while self.at < self.end:
            stop = _STOP.search(self.text, self.at, self.end)
            if stop is None:
                self.at = self.end
                break
            self.at = stop.start()
            if self._ends_word(start):
                break
            self.at += 1
        word = self.text[start : self.at]
        if not word:
            return None
        if not _LETTER.search(word):
            self.assigned = self.assigned or word.endswith("=")
            return None
        if "0" in word or "://" in word or word.startswith("/"):
            return (VALUE,)
        return (word.rstrip(".!") or word,)

    def _ends_word(self, start: int) -> bool:
        """Whether the sign at the place ends the word; `=` and `:` belong to the word they end."""
        sign = self.text[self.at]
        following = self.text[self.at + 1] if self.at + 1 < self.end else " "
        if sign == "=":
            self.at += 1
            return True
        if sign == ":":
            if following.isspace() or following in "\"'" or following in _CLOSES:
                self.at += 1
                return True
            return False
        if sign == '"':
            return self.at > start
        if sign == "'":
            return self.at == start + 1 and self.text[start] in "bBfFrRuU"
        return sign not in _CLOSES or _opens(self.text, self.at, self.end)


def _assigns(token: str) -> bool:
    return len(token) > 1 and token[-1] == "=" and token[-2] not in "!<>="


def _opens(text: str, at: int, end: int) -> bool:
    """`<` opens only before a letter, a quote or a slash: not in `a < b`."""
    sign = text[at]
    if sign != "<":
        return sign in _CLOSES
    return at + 1 < end and (text[at + 1].isalpha() or text[at + 1] in "_'/")


def _closing(text: str, at: int, end: int) -> int:
    """Where the bracket at `at` is closed, or -1; double-quoted text is skipped, `->` closes nothing."""
    waiting = [_CLOSES[text[at]]]
    for sign in _BRACKETS.finditer(text, at + 1, end):
        found, place = sign[0], sign.start()
        if len(found) > 1:
            continue
        if found in waiting and not (found == ">" and text[place - 1] == "-"):
            while waiting.pop() != found:
                pass
            if not waiting:
                return place
        elif found in _CLOSES and len(waiting) < _DEPTH and _opens(text, place, end):
            waiting.append(_CLOSES[found])
    return -1


_BRACKETS = re.compile(r'"[^"]*"|[()\[\]{}<>]')
_LETTERS = re.compile(r"[^\W\d_]+")
_IDENTIFIER = re.compile(r"\w[._/\\@#$%+&|~\-]+\w|::")


@lru_cache(maxsize=1 << 16)
def is_constant_word(token: str) -> bool:
    """Counts as context: two letters or more, and not a key."""
    return not token.endswith("=") and max(map(len, _LETTERS.findall(token)), default=0) >= 2


@lru_cache(maxsize=1 << 16)
def is_identifier(token: str) -> bool:
    """Does not look like a plain word: inner punctuation, upper case only, or no letter at all."""
    core = token.strip(".:!?'\"()[]{}<>*=")
    return bool(_IDENTIFIER.search(core)) or not _LETTERS.search(core) or (core.isupper() and len(core) > 1)
