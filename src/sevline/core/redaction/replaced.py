"""For which values the tokens of a masked match stand, and these values hidden in what is told of the text."""

import re
from collections.abc import Callable, Mapping, Sequence

from sevline.core.redaction.late import late
from sevline.core.redaction.pieces import PSEUDONYM
from sevline.core.redaction.pseudonym import is_token
from sevline.core.redaction.secret_names import is_ordinary

_WORD = late(r"\w+")
#: Detectors that know a value without anything around it, although they write its pseudonym in a form of its own.
ALONE = frozenset(
    ("email", "email_spoken", "ipv4", "ipv6", "mac", "card", "iban", "jwt", "phone", "us_ssn", "okta_token")
)
#: Values that are remembered as masked for what stands around them.
MOST_BESIDE = 100_000
#: Shorter values, and numbers of fewer digits, stand in any sentence without being the value.
SHORTEST, FEWEST_DIGITS = 4, 6


def behind(plain: str, replaced: str) -> dict[str, str]:
    """The values of a match for which pseudonyms stand in what replaced it; none where the rest of it changed too."""
    first, *rest = PSEUDONYM.split(replaced)
    if not plain.startswith(first):
        return {}
    found: dict[str, str] = {}
    at = len(first)
    for token, literal in zip(PSEUDONYM.findall(replaced), rest, strict=True):
        end = plain.find(literal, at) if literal else len(plain)
        if end < 0:
            return {}
        if value := plain[at:end].strip():
            found[value] = token
        at = end + len(literal)
    return found


class Beside:
    """Puts tokens for values into what is told of the texts that they were masked in; a value stands there as a word.

    `ordinary` are words in small letters that are told anyway: a value that is one of them gives nothing away.
    """

    def __init__(self, values: Mapping[str, str], ordinary: frozenset[str] = frozenset()) -> None:
        self._by_word: dict[str, list[tuple[str, int, str]]] = {}
        for value, token in values.items():
            first = _WORD.search(value)
            if first is not None and _stands_out(value) and value not in ordinary:
                self._by_word.setdefault(first[0], []).append((value, first.start(), token))
        for found in self._by_word.values():
            found.sort(key=lambda one: -len(one[0]))

    def hidden(self, text: str, is_shown: Callable[[str], bool] = lambda _value: False) -> str:
        """The text without the values; of two that begin alike the longer one goes. `is_shown`: what the files that
        are told of show anyway, such as a name that is a person's in one place and a program's in another."""
        if not self._by_word:
            return text
        pieces: list[str] = []
        end = 0
        for word in _WORD.finditer(text):
            found = self._at(text, word, end) if word.start() >= end and word[0] in self._by_word else None
            if found is not None and not is_shown(text[found[0] : found[1]]):
                start, stop, token = found
                pieces += (text[end:start], token)
                end = stop
        return "".join((*pieces, text[end:])) if pieces else text

    def _at(self, text: str, word: re.Match[str], since: int) -> tuple[int, int, str] | None:
        for value, offset, token in self._by_word[word[0]]:
            start = word.start() - offset
            stop = start + len(value)
            ends = value[-1:].isalnum() and text[stop : stop + 1].isalnum()
            if start >= since and text.startswith(value, start) and not ends:
                return start, stop, token
        return None


def _stands_out(value: str) -> bool:
    if len(value) < SHORTEST or is_token(value) or is_ordinary("name", value, loose=False):
        return False
    return not value.isdecimal() or len(value) >= FEWEST_DIGITS


def words_of(texts: Sequence[str]) -> frozenset[str]:
    """The words in small letters that stand in these sentences."""
    return frozenset(word for text in texts for word in _WORD.findall(text) if word.islower())
