"""What the header says of a record, as far as it tells the statement: the names in it are those of loggers or of
processes, and only a logger's tells one.

A sentence stands in one place of a program, and so under one logger; what runs in several processes, sessions or
devices says the same sentences under all their names.
"""

from collections.abc import Iterable

from sevline.core.mining.masking import LEAD, is_place

_BLANKS = 4
"""A message with so many blanks is a sentence that no other logger is likely to have too."""

_SENTENCES = 10
_NAMES = 1.2
"""From so many names a sentence on, by the mean of at least so many sentences, names are not those of loggers. Over 31
programs that name their loggers it is at most 1.05; where sessions are named, 1.35."""


def lead_in(shape: bytes) -> bytes:
    return shape[: shape.find(LEAD) + 1]


def level_of(lead: bytes) -> bytes:
    """What is left of a lead without the name; of a place in the source, all."""
    if is_place(lead):
        return lead
    return lead[:1] + LEAD if lead[:1].strip(b" " + LEAD) else b""


def name_processes(shapes: Iterable[bytes]) -> bool:
    """Whether the names in the headers of these shapes are not those of loggers."""
    names: dict[bytes, set[bytes]] = {}
    for shape in shapes:
        at = shape.find(LEAD)
        if at < 0:
            continue
        name = shape.find(b" ", 0, at)
        if name >= 0 and not is_place(shape) and shape.count(b" ", at) >= _BLANKS:
            names.setdefault(shape[at + 1 :], set()).add(shape[name:at])
    return len(names) >= _SENTENCES and sum(map(len, names.values())) >= _NAMES * len(names)


def without_name(shape: bytes) -> bytes:
    lead = lead_in(shape)
    return level_of(lead) + shape[len(lead) :]
