"""Coarser keys for shapes, when a log has more of them than are kept. Each level is a function of the one before."""

import re

COARSEST = 5
"""At this level every shape has the same key."""

_WORDS = {2: 8, 3: 4, 4: 1}
_QUOTED = re.compile(rb'"[^"]*"|`[^`]*`')
_ASSIGNED = re.compile(rb"=[^\s,;]+")


def fold(shape: bytes, level: int) -> bytes:
    """1: quoted text, values of `key=`, paths and runs of markers are one marker; 2 to 4: only the first 8, 4, 1 words.

    Folding what is folded to a finer level gives the same as folding the shape itself.
    """
    if not level:
        return shape
    if level >= COARSEST:
        return b"0"
    words: list[bytes] = []
    for word in _ASSIGNED.sub(b"=0", _QUOTED.sub(b"0", shape)).split():
        kept = b"0" if word.startswith(b"/") or b"://" in word else word
        if kept != b"0" or words[-1:] != [b"0"]:
            words.append(kept)
    limit = _WORDS.get(level, len(words))
    cut = words[:limit]
    if len(words) > limit and cut[-1] != b"0":
        cut.append(b"0")
    return b" ".join(cut)
