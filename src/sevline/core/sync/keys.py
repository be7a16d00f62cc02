"""Which columns of two tables hold the key of the same rows: by the values that both share, however written."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import TYPE_CHECKING

from sevline.core.readers.moments import any_moment
from sevline.core.sync import Extract
from sevline.core.sync.compare import one_uuid
from sevline.core.sync.kinds import NULLS, kind_of
from sevline.core.sync.notations import are_long_ids, is_date, without_checks

if TYPE_CHECKING:
    import polars as pl

#: Rows of a side that are held at once; of more, the same part of the keys of both sides.
MOST_ROWS = 100_000
#: Rows that both sides have, whose cells are compared to tell whether these are the same rows.
COMPARED = 300
#: Shares: of different values in a key, of the smaller side's keys that both have, of cells alike beyond chance.
TELLS, OVERLAP, ALIKE, MOSTLY = 0.9, 0.5, 0.4, 0.8
LEAST_KEYS, MOST_JOINED = 3, 5
_KEYLIKE = "id uuid guid no nr num number ref reference key code sku iban isbn ean email login username handle slug pk"
#: Last words of names of columns that hold a key.
KEYLIKE = frozenset(_KEYLIKE.split())
#: An amount, which no key is; numbers that a program read as `4922.0` may be one.
MEASURE = r"^-?\d+[.,](?:\d*[1-9]\d*|\d{2,})$"
#: Kinds of difference after which a cell still tells of the same row.
FAULTS = ("empty", "blank", "case", "truth", "zeros", "number", "rounding", "truncation", "time", "cut", "letters",
          "fewer", "id form", "day", "month")  # fmt: skip
#: An amount as people write it, with a currency or a percent sign.
AMOUNT = re.compile(r"[-+(]?(?:[€$£] ?|[A-Z]{3} )?\d[\d.,'’  ]*\)?-?(?: ?[%€$£]| [A-Z]{3})?")
#: Of the rows of both, those at least whose amounts both sides hold; and the different values of a column that only
#: its values tell.
LEAST_READ, LEAST_VALUES = 0.1, 20


@dataclass(frozen=True, slots=True)
class Match:
    """`key`: columns by the names that both bear. `overlap` and `alike`: shares; `alike` is 0 where they share the key
    alone, and 1 where every other column has one value."""

    key: tuple[str, ...]
    overlap: float
    alike: float
    keys: int
    is_named: bool = False
    """Whether both sides name this key as one."""
    uuids: bool = False
    zeros: str = ""
    """The side, source or target, that lacks the zeros in front of its keys."""
    long_ids: str = ""
    """The side, source or target, that writes its ids of Salesforce with check characters, where the other has none."""
    others: tuple[tuple[str, str], ...] = ()
    """Columns of the target and what they are in the source, told by their values alone."""

    @property
    def is_sure(self) -> bool:
        return self.overlap >= OVERLAP and self.alike >= ALIKE and self.keys >= (1 if self.is_named else LEAST_KEYS)


def with_sides_turned(found: Match) -> Match:
    """The same key where the sides change places."""
    other = {"source": "target", "target": "source"}
    return replace(found, zeros=other.get(found.zeros, ""), long_ids=other.get(found.long_ids, ""))


def match(source: Extract, target: Extract, *, is_named: bool = False) -> Match | None:
    """The first key under which the rows of both are the same ones; else the one of whose values most are shared.

    `target` bears the source's names already. `is_named`: a person named the sides, so that of large tables a key that
    bears the name of one need not be looked for.
    """
    best: Match | None = None
    pair = _Pair(source, target)
    if is_named and pair.step > 1 and source.key and source.key == target.key and not pair.repeat(source.key):
        key = source.key
        return Match(key, 1.0, 1.0, LEAST_KEYS, True, pair.are_uuids(key), long_ids=pair.long_ids(key, key))
    for key in _candidates(pair):
        found = pair.match(key)
        if found is not None and found.is_sure:
            return replace(found, others=pair.renamed(found.key))
        best = max((each for each in (best, found) if each), key=lambda each: each.overlap, default=None)
    return best


def _candidates(pair: "_Pair") -> Iterator[tuple[str, ...]]:
    """Keys by name first, then columns of both whose values differ from row to row, then two or three joined."""
    named = pair.source.key if pair.source.key == pair.target.key else ()
    yield from _named(pair, named)
    shared = [name for name in pair.shared if (name,) != named]
    single = [name for name in shared if pair.tells((name,))]
    yield from ((name,) for name in sorted(single, key=pair.rank))
    # A key of several columns is one only where no column tells the rows apart.
    if not single and not pair.tells(named):
        parts = [name for name in pair.shared if not pair.is_time(name)][:MOST_JOINED]
        joined = [both for size in (2, 3) for both in combinations(parts, size)]
        yield from (both for both in joined if pair.tells(both))


def _named(pair: "_Pair", named: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The named key. One that both sides repeat is a part of a key, as an order's lines are told apart by the order and
    the line: then first what it is joined with, and of that what is named as keys are."""
    if named and pair.repeat(named):
        others = [name for name in pair.shared if name not in named and not pair.is_time(name)]
        others = sorted(others, key=lambda name: not is_keylike(name))[: MOST_JOINED - 1]
        joined = [(*named, *more) for size in (1, 2) for more in combinations(others, size)]
        yield from filter(pair.tells, joined)
    if named:
        yield named


def is_keylike(name: str) -> bool:
    """Whether a column is named as keys are."""
    return name.lower().replace("-", "_").rpartition("_")[2] in KEYLIKE or name.lower().endswith(("id", "uuid", "guid"))


class _Pair:
    """Both sides as text. Keys are compared loosened: without case, blanks, zeros in front, `.0`, braces."""

    def __init__(self, source: Extract, target: Extract) -> None:
        import polars as pl

        self.source, self.target = source, target
        self.shared = [name for name in source.columns if name in target.columns]
        counts = [each.scan().select(pl.len()).collect(engine="streaming").item() for each in (source, target)]
        self.step = max(1, -(-max(counts) // MOST_ROWS))
        self.heads = [each.scan().head(2_000).collect() for each in (source, target)]
        self.whole: list[pl.DataFrame] = (
            [each.scan().collect() for each in (source, target)] if self.step == 1 else self.heads
        )

    def rank(self, name: str) -> int:
        """Names that keys have first, numbers under other names last, for a count may differ from row to row too."""
        head = self.heads[0][name].head(50)
        return 0 if is_keylike(name) else 2 if head.str.contains(r"^-?\d+$").all() else 1

    def is_time(self, name: str, side: int = 0) -> bool:
        values = [value for value in self.heads[side][name].to_list() if value][:5]
        times = (not value.isdecimal() and (any_moment(value) is not None or is_date(value)) for value in values)
        return bool(values) and all(times)

    def tells(self, key: Sequence[str]) -> bool:
        """Whether nearly every row of the first ones has its own value, and none an empty one or a time."""
        return bool(key) and all(self.is_apart(at, key) for at in (0, 1)) and not self._are_doubled_alike(key)

    def repeat(self, key: tuple[str, ...]) -> bool:
        """Whether the values of a key often occur more than once on both sides, and the same ones do."""
        return not any(self.is_apart(at, key) for at in (0, 1)) and self._are_doubled_alike(key)

    def _are_doubled_alike(self, key: Sequence[str]) -> bool:
        """Whether both sides hold one value more than once: a load that doubles rows does so on one side, and what both
        repeat is no key."""
        import polars as pl

        joined = pl.concat_str([loosened(name) for name in key], separator="\x1f").alias("key")
        one, other = (head.select(joined).filter(pl.col("key").is_duplicated()).unique() for head in self.heads)
        return not one.join(other, on="key", how="semi").is_empty()

    def is_apart(self, side: int, key: Sequence[str]) -> bool:
        """The same of one side: 0 is the source, 1 the target."""
        import polars as pl

        head = self.heads[side]
        if not head.height or not set(key) <= set(head.columns) or any(self.is_time(name, side) for name in key):
            return False
        some = head.select(key)
        filled = some.select(pl.all_horizontal(pl.all().fill_null("").str.strip_chars() != "").mean()).item()
        decimal = head.height > 1 and some.select(pl.col(key[0]).str.contains(MEASURE).mean()).item()
        apart = TELLS if len(key) == 1 else 0.98
        return filled >= TELLS and some.unique().height >= apart * some.height and (decimal or 0) < ALIKE

    def frames(self, key: Sequence[str], other: Sequence[str]) -> "list[pl.DataFrame]":
        """Both sides with column `__key`, or the same part of their keys where they are large."""
        import polars as pl

        found = []
        for at, (extract, frame, names) in enumerate(
            zip((self.source, self.target), self.whole, (key, other), strict=True)
        ):
            parts = [loosened(name, long_ids=are_long_ids(self.heads[at][name])) for name in names]
            joined = pl.concat_str(parts, separator="\x1f").alias("__key")
            if self.step == 1:
                found.append(frame.with_columns(joined))
                continue
            part = extract.scan().with_columns(joined).filter(pl.col("__key").hash(5) % self.step == 0)
            found.append(part.collect(engine="streaming"))
        return found

    def are_uuids(self, key: Sequence[str]) -> bool:
        import polars as pl

        if len(key) != 1 or not all(head.height for head in self.heads):
            return False
        told = one_uuid(pl.col(key[0]).fill_null("").str.strip_chars()).str.contains(r"^[0-9a-f]{32}$").all()
        return all(bool(head.head(50).select(told.cast(pl.Boolean)).item()) for head in self.heads)

    def long_ids(self, key: Sequence[str], other: Sequence[str]) -> str:
        """The side alone whose key is an id of Salesforce with check characters; "" for none or both."""
        if len(key) != 1:
            return ""
        ours, theirs = are_long_ids(self.heads[0][key[0]]), are_long_ids(self.heads[1][other[0]])
        return "" if ours == theirs else "source" if ours else "target"

    def renamed(self, key: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """Of the columns that one side alone has, those that one of the other side's alone is by its values."""
        ours = [name for name in self.source.columns if name not in self.shared]
        theirs = [name for name in self.target.columns if name not in self.shared]
        if self.step > 1 or not ours or not theirs:
            return ()
        one, two = self.frames(key, key)
        rows = _beside(one, two, ours, theirs)
        found = [
            (other, mine)
            for mine, other in product(ours, theirs)
            if not self.is_time(mine) and _surely_one_column(_cells(rows, mine, other))
        ]
        olds, news = Counter(old for old, _ in found), Counter(new for _, new in found)
        return tuple((old, new) for old, new in found if olds[old] == news[new] == 1)

    def match(self, key: tuple[str, ...]) -> Match | None:
        import polars as pl

        one, other = self.frames(key, key)
        both = one["__key"].unique().implode()
        seen = other.select(pl.col("__key").unique().is_in(both).sum()).item()
        least = min(one["__key"].n_unique(), other["__key"].n_unique())
        if not least:
            return None
        aside = {*key, self.source.loaded, self.target.loaded}
        content = [name for name in self.shared if name not in aside]
        alike = _alike(_joined(one, other, content), content) if content else 0.0
        is_named = key == self.source.key == self.target.key
        uuids, zeros = self.are_uuids(key), _zeros(one, other, key)
        return Match(key, seen / least, alike, seen * self.step, is_named, uuids, zeros, self.long_ids(key, key))


def loosened(name: str, *, long_ids: bool = False) -> "pl.Expr":
    import polars as pl

    told = pl.col(name).fill_null("").str.strip_chars()
    text = one_uuid(without_checks(told) if long_ids else told).str.to_lowercase()
    return text.str.replace(r"^0+(.)", "${1}").str.replace(r"\.0+$", "")


def _joined(one: "pl.DataFrame", other: "pl.DataFrame", content: Sequence[str]) -> "pl.DataFrame":
    """Rows of both sides with one key each, the source's cells beside the target's (suffix `\\x1fright`)."""
    left = one.select("__key", *content).unique("__key", keep="none")
    right = other.select("__key", *content).unique("__key", keep="none")
    rows = left.join(right, on="__key", how="inner", suffix="\x1fright")
    return rows.sort("__key").gather_every(max(1, rows.height // COMPARED)).head(COMPARED)


def _alike(rows: "pl.DataFrame", content: Sequence[str]) -> float:
    """How far the cells of the same rows agree in meaning, beyond what chance does; 1 where no column can tell."""
    told = []
    for name in content:
        pairs = list(zip(rows[name].fill_null(""), rows[f"{name}\x1fright"].fill_null(""), strict=True))
        found = _beyond_chance(pairs)
        told += [found] if found is not None else []
    return sum(told) / len(told) if told else 1.0


def _beyond_chance(pairs: Sequence[tuple[str, str]]) -> float | None:
    """1 where all agree, 0 where as many do as would among shuffled rows; None for a column of one value."""
    if not pairs:
        return None
    ours, theirs = [one for one, _ in pairs], [other for _, other in pairs]
    chance = sum(ours.count(value) * theirs.count(value) for value in set(ours)) / len(pairs) ** 2
    if chance > 0.99 or (len(set(ours)) == 1 and len(set(theirs)) == 1):
        return None
    same = sum(one == other or kind_of(one, other)[0].startswith(FAULTS) for one, other in pairs) / len(pairs)
    return max(0.0, (same - chance) / (1 - chance))


def _zeros(one: "pl.DataFrame", other: "pl.DataFrame", key: Sequence[str]) -> str:
    """Which side has no key with a zero in front, where some of the other's have one."""
    ours, theirs = (bool(each[key[0]].str.contains(r"^\s*0\d+\s*$").any()) for each in (one, other))
    return "" if ours == theirs else "target" if ours else "source"


def by_values(source: Extract, target: Extract) -> Match | None:
    """A key of which only the values tell that it is one, and at least one more column with the same values, whatever
    they are called; of large tables nothing is looked for."""
    pair = _Pair(source, target)
    if pair.step > 1:
        return None
    ours = [name for name in source.columns if pair.is_apart(0, (name,))]
    theirs = [name for name in target.columns if pair.is_apart(1, (name,))]
    for mine, other in product(ours, theirs):
        one, two = pair.frames((mine,), (other,))
        seen = int(one["__key"].unique().is_in(two["__key"].unique().implode()).sum())
        if seen < max(LEAST_KEYS, MOSTLY * min(one["__key"].n_unique(), two["__key"].n_unique())):
            continue
        if (told := _others(pair, one, two, mine, other)) is not None:
            return Match((mine,), 1.0, 1.0, seen, long_ids=pair.long_ids((mine,), (other,)), others=told)
    return None


def _others(
    pair: "_Pair", one: "pl.DataFrame", two: "pl.DataFrame", mine: str, other: str
) -> tuple[tuple[str, str], ...] | None:
    """Under this key, which columns of the target are which of the source's by their values; None where fewer than half
    are."""
    columns = list(pair.source.columns), list(pair.target.columns)
    rows = _beside(one, two, *columns)
    found = {other: mine}
    for name, theirs in product(*columns):
        if name in found.values() or theirs in found:
            continue
        if _are_one_column(_cells(rows, name, theirs)):
            found[theirs] = name
    enough = len(found) >= 2 and len(found) * 2 >= min(map(len, columns))
    return tuple((old, new) for old, new in found.items() if old != new) if enough else None


def _beside(one: "pl.DataFrame", two: "pl.DataFrame", ours: Sequence[str], theirs: Sequence[str]) -> "pl.DataFrame":
    """Rows of one key on both sides, the columns of the source under `s\\x1fNAME`, of the target under `t\\x1fNAME`."""
    import polars as pl

    left, right = (
        each.unique("__key", keep="none").select("__key", *(pl.col(name).alias(f"{side}\x1f{name}") for name in names))
        for side, each, names in zip("st", (one, two), (ours, theirs), strict=True)
    )
    rows = left.join(right, on="__key", how="inner").sort("__key")
    return rows.gather_every(max(1, rows.height // COMPARED)).head(COMPARED)


def _cells(rows: "pl.DataFrame", mine: str, other: str) -> list[tuple[str, str]]:
    return list(zip(rows[f"s\x1f{mine}"].fill_null(""), rows[f"t\x1f{other}"].fill_null(""), strict=True))


def _are_one_column(cells: Sequence[tuple[str, str]]) -> bool:
    """Whether most cells of the same rows agree, and they have values enough to tell."""
    enough = len({cell for cell, _ in cells}) >= LEAST_KEYS and (_beyond_chance(cells) or 0) >= TELLS
    return enough or _agree_where_read(cells) or _agree_where_read([(other, one) for one, other in cells])


def _surely_one_column(cells: Sequence[tuple[str, str]]) -> bool:
    """The same where other columns bear one name on both sides: many different values, and all of them agree, but for
    amounts that could not be read."""
    if len({cell for cell, _ in cells}) < LEAST_VALUES:
        return False
    known = [both for both in cells if not any(map(_is_null, both))]
    all_agree = len(known) == len(cells) and (_beyond_chance(cells) or 0) >= 1
    return all_agree or _agree_where_read(cells) or _agree_where_read([(other, one) for one, other in cells])


def _agree_where_read(cells: Sequence[tuple[str, str]]) -> bool:
    """Whether these are amounts that agree wherever the second side holds one, and what it lacks is written in a way in
    which none is that it holds: `1.234,50` was not read where `234,50` was."""
    told = [(one.strip(), other) for one, other in cells if not _is_null(one)]
    if not told or not all(AMOUNT.fullmatch(one) for one, _ in told):
        return False
    read = [(one, other) for one, other in told if not _is_null(other)]
    enough = len(read) >= max(LEAST_KEYS, LEAST_READ * len(cells)) and len({one for one, _ in read}) >= LEAST_KEYS
    return enough and _are_written_apart(told) and (_beyond_chance(read) or 0) >= 1


def _are_written_apart(told: Sequence[tuple[str, str]]) -> bool:
    lost = {_form(one) for one, other in told if _is_null(other)}
    return bool(lost) and lost.isdisjoint(_form(one) for one, other in told if not _is_null(other))


def _is_null(cell: str) -> bool:
    return cell.strip().lower() in NULLS


def _form(amount: str) -> str:
    return re.sub(r"\d+", "9", amount)
