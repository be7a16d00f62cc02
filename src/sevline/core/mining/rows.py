"""Numbers that a statement prints one behind the other, without a word between them, are as many each time."""

import re
from collections import Counter

LEAST = 3
"""From so many numbers in a row on; fewer are a list as often."""

MOST = 8
"""A statement whose rows are of more lengths than so many prints lists."""

_NUMBER = rb"(?:[045]|\(nil\)|[0-9a-f]{8,16})"
# No expression crosses a line, so that all messages are read as one text.
_ROW = re.compile(rb"(?<![^ \n])" + _NUMBER + rb"(?: " + _NUMBER + rb"){" + str(LEAST - 1).encode() + rb",}(?![^ \n])")


def rows_of(messages: list[bytes]) -> dict[int, int]:
    """How many numbers stand in rows, of those messages that have any."""
    text = b"\n".join(messages)
    found: dict[int, int] = {}
    line, at = 0, 0
    for row in _ROW.finditer(text):
        line += text.count(b"\n", at, row.start())
        at = row.start()
        found[line] = found.get(line, 0) + row[0].count(b" ") + 1
    return found


def parting_rows(messages: list[bytes], labels: list[int]) -> dict[int, int]:
    """Of the messages of groups that hold several statements, how many numbers stand in rows: all messages of such a
    group have rows, and of few lengths."""
    rows = rows_of(messages)
    members, withrows = Counter(labels), Counter(labels[line] for line in rows)
    lengths: dict[int, set[int]] = {}
    for line, row in rows.items():
        lengths.setdefault(labels[line], set()).add(row)
    several = {
        label for label, found in lengths.items() if 2 <= len(found) <= MOST and withrows[label] == members[label]
    }
    return {line: row for line, row in rows.items() if labels[line] in several}
