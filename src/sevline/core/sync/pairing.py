"""Which tables that were given together are two sides of the same rows, which of both is the source, and why."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from sevline.core.sync import Extract
from sevline.core.sync.align import aligned, said
from sevline.core.sync.keys import Match, by_values, is_keylike, match, with_sides_turned
from sevline.core.sync.loaders import is_loaders

#: Tables that are looked at in pairs; of more only those whose sides are named or whose key a name tells.
MOST_TABLES = 12
SIDES = {
    "source": "source src upstream origin primary app left before expected",
    "target": "target dst dest destination tgt downstream warehouse replica dwh right after copy sink mirror",
}
#: Systems in which rows begin, and those that rows are copied to.
SYSTEMS = {
    "source": """crm erp sap salesforce hubspot netsuite dynamics workday shop shopify magento zendesk stripe pg
        postgres postgresql mysql mariadb oracle mssql sqlserver db2 mongo mongodb oltp api legacy master live""",
    "target": """snowflake bigquery bq redshift databricks clickhouse synapse lake lakehouse s3 hive iceberg delta
        elastic elasticsearch opensearch solr index search cache redis report reporting bi mart datamart dim fact stg
        analytics synced loaded imported import readmodel""",
}
_APART = """prod production staging stage test testing dev development qa uat sandbox preprod demo today yesterday week
    month day page part chunk old new prev previous current last this jan feb mar apr may jun jul aug sep sept oct nov
    dec january february march april june july august september october november december mon tue wed thu fri sat sun
    q1 q2 q3 q4 h1 h2 eu us uk de fr es it nl se no dk fi pl at ch apac emea amer latam north south east west"""
#: Words of names that tell states, parts, places or environments of one table apart, and no sides.
APART = frozenset(_APART.split())


@dataclass(frozen=True, slots=True)
class Pair:
    """`told`: sentences on what was taken for what and why; empty where the names tell it. `question` is set instead
    where it is not sure that these are two sides, and then nothing is to be compared."""

    source: Extract
    target: Extract
    told: str = ""
    question: str = ""


def paired(tables: Sequence[Extract]) -> tuple[Pair, ...]:
    """Each table is in one pair at most; the surest pairs are found first, in the order of the tables otherwise."""
    chosen: list[Pair] = []
    taken: set[int] = set()
    for at, other in _order(tables):
        if at in taken or other in taken:
            continue
        found = _pair(tables[at], tables[other], alone=len(tables) == 2)
        if found is not None:
            chosen.append(found)
            taken |= {at, other} if not found.question else set()
    return tuple(pair for pair in chosen if not pair.question or not _has_pair(pair, chosen))


def _has_pair(asked: Pair, chosen: Iterable[Pair]) -> bool:
    """Whether a table in question is in a pair that is sure."""
    sure = [each for pair in chosen if not pair.question for each in (pair.source.artifact, pair.target.artifact)]
    return asked.source.artifact in sure or asked.target.artifact in sure


def _order(tables: Sequence[Extract]) -> list[tuple[int, int]]:
    """Pairs by numbers: first those whose sides are named, and of equals those whose names are the nearest."""
    every = combinations(range(len(tables) if len(tables) <= MOST_TABLES else 0), 2)
    if len(tables) > MOST_TABLES:
        named = [at for at, each in enumerate(tables) if each.key or each.side][:MOST_TABLES]
        every = combinations(named, 2)
    return sorted(every, key=lambda both: _rank(tables[both[0]], tables[both[1]]))


def _rank(one: Extract, other: Extract) -> tuple[bool, int]:
    shared = _words(one.name) & _words(other.name)
    return {one.side, other.side} != {"source", "target"}, -len(shared)


def _pair(one: Extract, other: Extract, *, alone: bool) -> Pair | None:
    if one.side and one.side == other.side:
        return None
    source, target, why = _sides(one, other)
    target = aligned(source, target)
    is_named = {one.side, other.side} == {"source", "target"}
    enough = _share_columns(source, target)
    found = _matched(source, target, enough=enough, is_named=is_named, alone=alone)
    if found is None or not found.is_sure:
        return _unsure(source, target, found, why, is_named=is_named) if enough else None
    words = "" if why or one.side or other.side else _apart(one.name, other.name)
    if words:
        return Pair(source, target, question=_at_other_times(source, target, words))
    return _decided(source, target, found, why)


def _share_columns(source: Extract, target: Extract) -> bool:
    """Whether at least half of the columns of the side that has fewer are in both, without those of a loader."""
    shared = set(source.columns) & set(target.columns) & set(_own(source))
    return len(shared) * 2 >= min(len(_own(source)), len(_own(target)))


def _matched(source: Extract, target: Extract, *, enough: bool, is_named: bool, alone: bool) -> Match | None:
    """By columns of both; of two tables alone by values too, where no name tells."""
    found = match(source, target, is_named=is_named) if enough else None
    if not alone or (found is not None and found.is_sure and any(map(is_keylike, found.key))):
        return found
    told = by_values(source, target)
    is_better = told is not None and (found is None or not found.is_sure or is_keylike(told.key[0]))
    return told if is_better else found


def _unsure(source: Extract, target: Extract, found: Match | None, why: str, *, is_named: bool) -> Pair | None:
    """Sides that are named are compared even where nothing of them fits; others are asked about where their keys do."""
    if is_named and source.key and source.key == target.key:
        return Pair(source, target, said(target))
    if is_named and found is not None and found.keys:
        return _decided(source, target, found, why)
    if source.key and source.key == target.key and found is not None and found.keys < 1:
        return Pair(source, target, question=_no_key_of_both(source, target))
    return None


def _decided(source: Extract, target: Extract, found: Match, why: str) -> Pair:
    """Both sides under the key that was found; a side that lost zeros is the target, where nothing else told."""
    if found.others:
        target = _renamed(target, found.others)
    guessed = not why and not source.side and not target.side
    if guessed and found.zeros == "source":
        source, target, found = target, source, with_sides_turned(found)
    why = why or (f"since its {found.key[0]} lacks the zeros in front" if guessed and found.zeros else "")
    keyed = source.key != found.key
    source, target = (_keyed(side, found, at) for at, side in (("source", source), ("target", target)))
    return Pair(source, target, _told(source, target, why, keyed=keyed))


def _keyed(side: Extract, found: Match, at: str) -> Extract:
    """A column that tells the rows apart is nobody's tenant."""
    tenant = "" if (side.tenant,) == found.key else side.tenant
    return replace(side, key=found.key, uuids=found.uuids, long_ids=found.long_ids == at, tenant=tenant)


def _renamed(target: Extract, others: Sequence[tuple[str, str]]) -> Extract:
    """The target with columns under the source's names that their values told."""
    here = {old: new for old, new in others if new not in target.columns}
    before = {new: old for old, new in target.renamed}
    kept = tuple((old, new) for old, new in target.renamed if new not in here)
    return replace(
        target,
        columns=tuple(here.get(name, name) for name in target.columns),
        renamed=(*kept, *((before.get(old, old), new) for old, new in here.items())),
        changed=here.get(target.changed, target.changed),
        loaded=here.get(target.loaded, target.loaded),
        tenant=here.get(target.tenant, target.tenant),
        deleted=here.get(target.deleted, target.deleted),
        version=here.get(target.version, target.version),
    )


def _told(source: Extract, target: Extract, why: str, *, keyed: bool) -> str:
    named = bool(source.side or target.side)
    reason = why or ("" if named else "in the order given")
    sides = f"“{source.name}” was taken as the source and “{target.name}” as the target, {reason}." if reason else ""
    columns = " and ".join(f"“{name}”" for name in source.key)
    key = f"The rows of both were joined by {columns}, whose values both share." if keyed else ""
    return " ".join(filter(None, (sides, key, said(source), said(target))))


def _no_key_of_both(source: Extract, target: Extract) -> str:
    return (
        f"“{source.name}” and “{target.name}” have the same columns and no key in common: parts of one table, or two "
        "sides whose keys differ? They were not compared."
    )


def _at_other_times(source: Extract, target: Extract, words: str) -> str:
    return (
        f"“{source.name}” and “{target.name}” hold the same rows, and their names differ in {words}: states or places "
        "of one table, or a source and its target? They were not compared."
    )


def _sides(one: Extract, other: Extract) -> tuple[Extract, Extract, str]:
    """Source and target, and why; "" where names of sides tell it, and where nothing does."""
    if one.side or other.side:
        source, target = (other, one) if one.side == "target" or other.side == "source" else (one, other)
        named = source if not target.side else target
        side = "source" if named is source else "target"
        return source, target, "" if source.side and target.side else f"since “{named.name}” is named as the {side}"
    for first, second, turned in ((one, other, False), (other, one, True)):
        if why := _why(first, second):
            return (other, one, why) if turned else (one, other, why)
    return one, other, ""


def _why(source: Extract, target: Extract) -> str:
    """Why the second is the target of the first; "" where nothing tells so."""
    added = [name for name in target.columns if is_loaders(name)]
    if added and not any(is_loaders(name) for name in source.columns):
        return f"since a loader's columns are in the latter alone (“{added[0]}”)"
    return _by_names(source, target)


def _by_names(source: Extract, target: Extract) -> str:
    (ours, our_word), (theirs, their_word) = _system(source.name), _system(target.name)
    if ours == "source" and theirs != "source":
        return f"since the name says “{our_word}”"
    if theirs == "target" and not ours:
        return f"since the name says “{their_word}”"
    if (ours, theirs, source.form == "parquet", target.form) == ("", "", False, "parquet"):
        return "since the latter is a Parquet file, as warehouses write them"
    return ""


def _system(name: str) -> tuple[str, str]:
    words = re.split(r"[^a-z0-9]+", name.lower().rpartition("/")[2])
    found = ((side, word) for word in words for side, known in SYSTEMS.items() if word in known.split())
    return next(found, ("", ""))


def _own(extract: Extract) -> list[str]:
    """Its columns without what a loader added."""
    return [name for name in extract.columns if not is_loaders(name)] or list(extract.columns)


def _words(name: str) -> frozenset[str]:
    return frozenset(re.split(r"[^a-z0-9]+", name.lower().rpartition("/")[2].partition(".")[0])) - {""}


def _apart(one: str, other: str) -> str:
    """In what two names of one table differ where it is a date, a number, a place or an environment; else ""."""
    ours, theirs = list(_parts(one)), list(_parts(other))
    if ours == theirs:
        return ""
    left, right = [word for word in ours if word not in theirs], [word for word in theirs if word not in ours]
    if not all(
        word.isdecimal() or re.fullmatch(r"[tvqw]?\d+[tz]?\d*z?", word) or word in APART for word in left + right
    ):
        return ""
    return f"“{' '.join(left) or '(nothing)'}” and “{' '.join(right) or '(nothing)'}”"


def _parts(name: str) -> Iterator[str]:
    stem = re.sub(r"\.(?:csv|tsv|txt|jsonl?|ndjson|parquet|sql|gz|psv)\b", "", name.lower().rpartition("/")[2])
    yield from (word for word in re.split(r"[^a-z0-9]+", stem) if word)
