"""Messages without a word of their own, told apart by the signs between their values: `0 => 0` is not `0 (0)`."""

import re

from sevline.core.mining.slots import VALUE

MOST = 8
"""Messages that are set in more ways than so many are free text, and one."""

# No expression crosses a line, so that all messages are read as one text.
_QUOTED = re.compile(rb"\"(?:[^\"\\\n]|\\[^\n])*\"|'(?:[^'\\\n]|\\[^\n])*'|`[^`\n]*`")
_INSIDE = rb"[^()\[\]{}<>\n]*"
_BRACKETS = tuple(
    (re.compile(one + _INSIDE + other), mark)
    for one, other, mark in (
        (rb"\(", rb"\)", b"\1"), (rb"\[", rb"\]", b"\2"), (rb"\{", rb"\}", b"\3"), (b"<", b">", b"\4"),
    )
)  # fmt: skip
_NESTED = 4
# All begin where a run between blanks does: elsewhere a long one would be read again from each of its signs.
_BEGIN = rb"(?<![^\s,;])"
_SOME = _BEGIN + rb"[^\s,;A-Za-z0-9\x80-\xff]*[A-Za-z0-9\x80-\xff][^\s,;]*"
_NAMED = re.compile(_SOME + rb"(?<=:)(?![^\s,;])")
_VALUE = re.compile(_SOME)
_BESIDE = re.compile(_BEGIN + rb"(?:([\1-\4])[^\s,;]+|[^\s,;\1-\4]+([\1-\4])[^\s,;]*)")
_RULE = re.compile(rb"([^\w\s])\1{3,}")
_GAP = re.compile(rb"[ \t,;]+")
_AGAIN = re.compile(rb"(?<![^\n ])([^\s]+)(?: \1)+(?![^\n ])")
_WRITTEN = (
    (b"\1", f"( {VALUE} )"), (b"\2", f"[ {VALUE} ]"), (b"\3", "{ " + VALUE + " }"), (b"\4", f"< {VALUE} >"),
    (b"\5", f"{VALUE} :"), (b"\6", VALUE),
)  # fmt: skip


def signs_of(messages: list[bytes]) -> list[str]:
    """Of each message, its values as variables and the signs between them; values beside each other are one."""
    text = _QUOTED.sub(b"0", b"\n".join(messages))
    for _ in range(_NESTED):
        for form, mark in _BRACKETS:
            text = form.sub(mark, text)
    text = _VALUE.sub(b"\6", _NAMED.sub(b"\5", text))
    text = _BESIDE.sub(lambda found: found[1] or found[2], text)
    text = _AGAIN.sub(rb"\1", _GAP.sub(b" ", _RULE.sub(rb"\1\1\1", text)))
    for mark, written in _WRITTEN:
        text = text.replace(mark, written.encode())
    return [line.strip().decode("utf-8", "replace") or VALUE for line in text.split(b"\n")]


def parted(messages: list[bytes]) -> list[str]:
    """The same, or one variable for all where they are set in too many ways."""
    found = signs_of(messages)
    return found if len(set(found)) <= MOST else [VALUE] * len(found)
