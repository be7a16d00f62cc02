"""Which pieces of a text redaction takes out: found by laying what it left over the text as it was typed."""

import re

from sevline.core.comms.lint import Masked
from sevline.core.redaction.pseudonym import EVERY_PSEUDONYM

_PSEUDONYM = re.compile(EVERY_PSEUDONYM)
_LABEL = re.compile(r"<([A-Z0-9-]+)-[0-9a-f]{16}>")
_SHAPES = (("@", "email"), ("ip-", "ipv4"), ("mac-", "mac"), ("2001:db8:", "ipv6"))


def masked_in(text: str, redacted: str) -> tuple[Masked, ...]:
    """The pieces of `text` that stand as pseudonyms in `redacted`. Pseudonyms that were typed are no such pieces."""
    if text == redacted:
        return ()
    found, at, last = [], 0, 0
    for token in _PSEUDONYM.finditer(redacted):
        between = redacted[last : token.start()]
        start = _behind(text, between, at)
        end = _until(text, redacted, token, start)
        if text[start:end] != token.group():
            found.append(Masked(start, end, _kind(token.group()), token.group()))
        at, last = end, token.end()
    return tuple(found)


def _behind(text: str, between: str, at: int) -> int:
    """Where the text goes on behind the words that redaction left as they are."""
    start = text.find(between, at)
    return at if start < 0 else start + len(between)


def _until(text: str, redacted: str, token: re.Match[str], start: int) -> int:
    """Where the piece ends that the token stands for: before the next words that were left, else at the text's end."""
    follows = _PSEUDONYM.search(redacted, token.end())
    left = redacted[token.end() : follows.start() if follows else len(redacted)]
    if not left:
        return len(text) if follows is None else start
    end = text.find(left, start)
    return len(text) if end < 0 else end


def _kind(token: str) -> str:
    if label := _LABEL.fullmatch(token):
        return label[1].lower().replace("-", "_")
    return next((kind for mark, kind in _SHAPES if mark in token), "value")
