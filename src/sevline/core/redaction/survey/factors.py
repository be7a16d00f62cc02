"""What every match of a pattern contains: one of a few short strings of character classes.

A row without any of them need not be asked. This is how search engines for regular expressions choose the documents to
read (Cox, “Regular Expression Matching with a Trigram Index”, 2012), with classes in place of characters.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from sevline.core.redaction.survey.tree import (
    BEYOND,
    EDGE,
    EVERY,
    FURTHER,
    HIGH,
    NO_ASCII,
    Bytes,
    Choice,
    End,
    Node,
    NotReadError,
    Repeat,
    Sequence,
    Symbols,
    tree,
    with_neighbours,
)

#: A string of classes, each a number with a bit for each symbol.
Text = tuple[int, ...]
Texts = frozenset[Text]

#: How many strings are held, how long one may be, and how much of a beginning or an end is kept.
MOST_TEXTS, LONGEST, ENDS = 2400, 12, 5
#: A class of so many symbols goes on where it stands, as often as this.
BROAD, RUN = 10, 0.8
#: How many strings of an end may be joined with those of a beginning.
MOST_ENDS = 400
#: How often a class may be repeated and still be written out.
COPIES = 4
#: How many ways to leave something out are followed by themselves.
MOST_WAYS = 4
_EMPTY: Texts = frozenset({()})


def _shares() -> tuple[float, ...]:
    """About how often each symbol is in a log."""
    shares = [0.00002] * 128
    for letters, share in (
        ("etaoinsr", 0.035), ("hldcumfpgwybv", 0.014), ("kxjqz", 0.006), ("0123456789", 0.024),
        (" ", 0.09), ("\"-.:/=", 0.016),
        (",_[]()", 0.007), ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 0.005), ("<>;@{}'+&%?\\\n", 0.002),
    ):  # fmt: skip
        for letter in letters:
            shares[ord(letter)] = share
    for symbol, part in ((HIGH, 0.002), (FURTHER, 0.004), (BEYOND, 0.002), (EDGE, 0.03)):
        shares[symbol.bit_length() - 1] = part
    return tuple(shares)


_SHARES = _shares()


@cache
def share(members: int) -> float:
    """About which part of a log's bytes are of the class."""
    if members == EVERY:
        return 1.0
    return min(1.0, sum(_SHARES[place] for place in range(128) if members >> place & 1))


@cache
def share_of(text: Text) -> float:
    """About which part of a log's places hold it. Digits and letters come in runs."""
    product, is_run = 1.0, False
    for members in text:
        was_run, is_run = is_run, members.bit_count() >= BROAD
        product *= max(share(members), RUN) if was_run and is_run else share(members)
    return product


def cost(texts: Iterable[Text]) -> float:
    """About how many places of a log's bytes hold one of these."""
    return sum(map(share_of, texts))


@dataclass(frozen=True, slots=True)
class _Told:
    """What is known of all matches of a part: what they are, where that is little; else how they begin and end.

    `inside` are strings of which each match has one; None where none is known.
    """

    exact: Texts | None
    begins: Texts
    ends: Texts
    inside: Texts | None = None

    def best(self) -> Texts | None:
        """The rarest strings of which each match has one."""
        return _rarest_of(self.exact, self.inside, self.begins, self.ends)


def _kept(texts: Iterable[Text], *, first: bool, most: int = MOST_ENDS) -> Texts:
    """The strings' beginnings, or ends, so short that they are few."""
    length = ENDS
    kept = frozenset(texts)
    while True:
        kept = frozenset(text[:length] if first else text[max(0, len(text) - length) :] for text in kept)
        if len(kept) <= most or not length:
            return kept
        length -= 1


def _exactly(texts: Texts) -> _Told:
    if len(texts) <= MOST_TEXTS and max(map(len, texts)) <= LONGEST:
        return _Told(texts, texts, texts)
    inside = None if () in texts or len(texts) > MOST_TEXTS else frozenset(_rarest(text, LONGEST) for text in texts)
    return _Told(None, _kept(texts, first=True), _kept(texts, first=False), inside)


def _rarest(text: Text, length: int) -> Text:
    if len(text) <= length:
        return text
    return min((text[at : at + length] for at in range(len(text) - length + 1)), key=share_of)


def _one_class(texts: Texts, place: int) -> Texts:
    """One class for the first, or last, of all the strings; none where one is empty."""
    if () in texts:
        return _EMPTY
    members = 0
    for text in texts:
        members |= text[place]
    return frozenset({(members,)})


def _joined(first: Texts, second: Texts) -> Texts:
    return frozenset(one + two for one in first for two in second)


def _follow(first: _Told, second: _Told) -> _Told:
    """Matches of the first part with matches of the second behind."""
    if first.exact == _EMPTY:
        return second
    if second.exact == _EMPTY:
        return first
    if first.exact and second.exact and len(first.exact) * len(second.exact) <= MOST_TEXTS:
        return _exactly(_joined(first.exact, second.exact))
    ends, begins = _kept(first.ends, first=False, most=60), _kept(second.begins, first=True, most=40)
    across = [
        _joined(ends, begins),
        _joined(_kept(first.ends, first=False), _one_class(second.begins, 0)),
        _joined(_one_class(first.ends, -1), _kept(second.begins, first=True)),
    ]
    inside = _rarest_of(first.best(), second.best(), *across)
    # The end of the first, with the whole of the second behind it where that is known, and the other way round.
    begin = _led_by(first.exact, first.begins, begins, 60)
    end = second.ends if second.exact is None else _joined(ends, _kept(second.exact, first=False, most=60))
    if second.exact and max(map(len, second.exact)) > ENDS:
        end = second.exact
    return _Told(None, _kept(begin, first=True), _kept(end, first=False), inside)


def _led_by(exact: Texts | None, begins: Texts, behind: Texts, most: int) -> Texts:
    """How a match begins that is led by these: by all of them, and what is behind, where they are known and short."""
    if not exact:
        return begins
    return exact if max(map(len, exact)) > ENDS else _joined(_kept(exact, first=True, most=most), behind)


def _rarest_of(*known: Texts | None) -> Texts | None:
    """The rarest strings of these, of which none may be empty."""
    some = [texts for texts in known if texts and () not in texts]
    return min(some, key=cost) if some else None


def _all_of(parts: list[Texts | None]) -> Texts | None:
    """The strings of all parts; None where one is not known."""
    union: set[Text] = set()
    for texts in parts:
        if texts is None:
            return None
        union |= texts
    return frozenset(union)


def _any_of(options: list[_Told]) -> _Told:
    exact = _all_of([one.exact for one in options])
    if exact is not None and len(exact) <= MOST_TEXTS:
        return _exactly(exact)
    begins = _kept((text for one in options for text in one.begins), first=True)
    ends = _kept((text for one in options for text in one.ends), first=False)
    return _Told(None, begins, ends, _all_of([one.best() for one in options]))


def _times(part: _Told, fewest: int, most: int) -> _Told:
    anything = _Told(None, _EMPTY, _EMPTY)
    if most <= COPIES and part.exact and len(part.exact) ** most <= MOST_TEXTS:
        told: set[Text] = set()
        run = _EMPTY
        for count in range(most + 1):
            if count >= fewest:
                told |= run
            run = _joined(run, part.exact)
        return _exactly(frozenset(told))
    whole = _exactly(_EMPTY)
    for _ in range(min(fewest, LONGEST)):
        whole = _follow(whole, part)
    if fewest == most and fewest <= LONGEST:
        return whole
    if not fewest:
        return anything
    return _Told(None, whole.begins, whole.ends, whole.best())


def _in_a_row(parts: tuple[Node, ...]) -> _Told:
    """What may be left out is told both ways, so that what stands around it is known still."""
    ways = [_exactly(_EMPTY)]
    for part in parts:
        told = _of(part)
        if isinstance(part, Repeat) and not part.fewest and told.exact is None:
            there = _times(_of(part.part), 1, part.most)
            ways += [_follow(way, there) for way in ways]
        else:
            ways = [_follow(way, told) for way in ways]
        if len(ways) > MOST_WAYS:
            ways = [_any_of(ways)]
    return ways[0] if len(ways) == 1 else _any_of(ways)


@cache
def _of(node: Node) -> _Told:
    match node:
        case Symbols(members) if members & NO_ASCII:
            return _Told(None, frozenset({(members,)}), frozenset({(node.last,)}))
        case Symbols(members) | Bytes(members):
            return _exactly(frozenset({(members,)}))
        case End():
            return _exactly(_EMPTY)
        case Sequence(parts):
            return _in_a_row(parts)
        case Choice(options):
            return _any_of([_of(option) for option in options])
        case Repeat(part, fewest, most):
            return _times(_of(part), fewest, most)


@cache
def factors(pattern: str) -> Texts | None:
    """Strings of which each match has one; None where no such are known, and any row may match."""
    try:
        return _of(with_neighbours(tree(pattern))).best()
    except NotReadError:
        return None
