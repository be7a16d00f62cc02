"""Matches exchanged for what stands for them, and what of a match is new."""

import re

from sevline.core.redaction.pseudonym import EVERY_PSEUDONYM
from sevline.core.redaction.shield import STAND_IN

#: Pieces of a text from which few different replacements are put in one after another.
OFTEN, FEW = 50_000, 8
PSEUDONYM = re.compile(EVERY_PSEUDONYM)
_STAND_IN = re.compile(STAND_IN)


def exchanged(pieces: list[str], replacements: dict[str, str], mark: str) -> str:
    """The text with the replacement of each piece that stood between two marks.

    A line of the same few things over and over is searched for each of them, which is faster than to look up every
    piece; not where the same also stands between matches, for there the marks of its neighbours would be taken for
    its own.
    """
    if len(pieces) < OFTEN or len(replacements) > FEW or not replacements.keys().isdisjoint(pieces[::2]):
        pieces[1::2] = [replacements.get(piece, piece) for piece in pieces[1::2]]
        return "".join(pieces)
    text = mark.join(pieces)
    for piece, replaced in replacements.items():
        text = text.replace(f"{mark}{piece}{mark}", replaced)
    return text.replace(mark, "")


def unchanged(before: str, after: str) -> tuple[int, int]:
    """How many characters at the start and at the end are the same in both; a pseudonym is never cut.

    Stand-ins in the text before count as another character each, whatever they show.
    """
    most = min(len(before), len(after))
    start = next((place for place in range(most) if before[place] != after[place]), most)
    stop = next((place for place in range(most - start) if before[-1 - place] != after[-1 - place]), most - start)
    tokens = [found.span() for found in PSEUDONYM.finditer(after) if found.group() not in before]
    if tokens:
        start, stop = min(start, tokens[0][0]), min(stop, len(after) - tokens[-1][1])
    if not before.isascii():
        between = _STAND_IN.split(before)
        start, stop = min(start, len(between[0])), min(stop, len(between[-1]))
    return start, stop


def shown(value: str, replaced: str) -> str:
    """Of a masked match only what is new: the kept parts around a token are the customer's text."""
    token: str | None = next((found for found in PSEUDONYM.findall(replaced) if found not in value), None)
    if token is not None:
        return token
    return replaced


#: Where a text is cut, the first that stands in its first half: nothing that a detector finds goes on behind them.
_CUTS = ("\n", " ", ",", ";", "&")


def halves(text: str) -> tuple[str, str]:
    """The text in two parts, the second one empty where it cannot be cut."""
    middle = len(text) // 2
    cuts = (text.rfind(one, 0, middle) + 1 for one in _CUTS)
    at = next((cut for cut in cuts if cut), len(text))
    return text[:at], text[at:]
