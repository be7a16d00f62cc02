"""Numbers that a statement prints one behind the other, without a word between them, are as many each time."""

import re
from collections import Counter

from sevline.core.mining.masking import LEAD

LEAST = 3
"""From so many numbers in a row on; fewer are a list as often."""

MOST = 8
"""A statement whose rows are of more lengths than so many prints lists."""

_LIKELY = b" 0 0"
_NUMBER = rb"(?:[045]|\(nil\)|[0-9a-f]{8,16})"
_ROW = re.compile(
    rb"(?<![^ " + LEAD + rb"])" + _NUMBER + rb"(?: " + _NUMBER + rb"){" + str(LEAST - 1).encode() + rb",}(?![^ ])"
)


def rows_of(shapes: list[bytes]) -> dict[int, int]:
    """How many numbers stand in rows, of those shapes that have any."""
    found: dict[int, int] = {}
    for index, shape in enumerate(shapes):
        if _LIKELY in shape:
            numbers = sum(row.count(b" ") + 1 for row in _ROW.findall(shape))
            if numbers:
                found[index] = numbers
    return found


def parting_rows(shapes: list[bytes], labels: list[int]) -> dict[int, int]:
    """Of the shapes of groups that hold several statements, how many numbers stand in rows: all shapes of such a group
    have rows, and of few lengths."""
    rows = rows_of(shapes)
    lengths: dict[int, Counter[int]] = {}
    for index, row in rows.items():
        lengths.setdefault(labels[index], Counter())[row] += 1
    several = {label for label, found in lengths.items() if 2 <= len(found) <= MOST}
    if not several:
        return {}
    members = Counter(label for label in labels if label in several)
    parted = {label for label in several if lengths[label].total() == members[label]}
    return {index: row for index, row in rows.items() if labels[index] in parted}
