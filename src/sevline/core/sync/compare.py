"""Compare two extracts on hashed rows: of rows that are equal on both sides only two numbers are ever held."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sevline.core.sync import Extract, Mask
from sevline.core.sync.describe import lags, listed, per_day, per_tenant, replay
from sevline.core.sync.kinds import NULLS, differences
from sevline.core.sync.loaders import is_loaders
from sevline.core.sync.notations import without_checks

if TYPE_CHECKING:
    import polars as pl

MAX_LISTED = 10_000
MAX_CHANGED = 2_000
#: Keys of one side alone that are looked at for being the other side's, written otherwise.
MAX_OTHERWISE = 200_000
#: Their share of the keys that either side has alone, at least: of many missing rows a few may be written alike.
LEAST_OTHERWISE = 0.1


@dataclass
class Side:
    """`hashed` has row, key and content hashes; `extra` names its further columns that the extract has."""

    extract: Extract
    hashed: "pl.DataFrame"

    def rows(self, numbers: "pl.Series", columns: list[str]) -> "pl.DataFrame":
        """The rows of these numbers, as text, with column `row`."""
        import polars as pl

        wanted = pl.LazyFrame({"row": numbers.cast(pl.UInt32).unique().sort()})
        scan = self.extract.scan().select(columns).with_row_index("row").cast({"row": pl.UInt32})
        return _collected(scan.join(wanted, on="row", how="inner", maintain_order="none")).sort("row")


def compared(source: Extract, target: Extract, mask: Mask) -> dict[str, Any]:
    """The comparison as a JSON-able document, with keys and tenants as pseudonyms and values masked."""
    import polars as pl

    shared = [name for name in source.columns if name in target.columns]
    content = [name for name in shared if name not in source.key and name not in {source.loaded, target.loaded}]
    left, right = _hashed(source, content), _hashed(target, content)
    marked = _take_marked(left, right)
    first_left, first_right = _one_a_key(left.hashed), _one_a_key(right.hashed)
    only_left = first_left.join(first_right, on="key", how="anti")
    only_right = first_right.join(first_left, on="key", how="anti")
    both = first_left.join(first_right, on="key", how="inner", suffix="_right")
    changed = both.filter(pl.col("content") != pl.col("content_right"))
    twice_left, twice_right = _doubled(left.hashed), _doubled(right.hashed)
    counts = {
        "source": left.hashed.height,
        "target": right.hashed.height,
        "only_source": only_left.height,
        "only_target": only_right.height,
        "both": both.height,
        "differing": changed.height,
        "doubled_source": twice_left.height,
        "doubled_target": twice_right.height,
        "marked_deleted": marked,
        "marked_kept": _marked_kept(left.hashed, right.hashed),
    }
    document: dict[str, Any] = {
        "source": _named(source),
        "target": _named(target),
        "compared_columns": content,
        "not_compared": _drifted(source, target),
        "counts": counts,
        "days": per_day(left, right),
        "only_source": listed(left, only_left["row"], mask, MAX_LISTED),
        "only_target": listed(right, only_right["row"], mask, MAX_LISTED),
        "doubled_source": listed(left, twice_left["row"], mask, MAX_CHANGED),
        "doubled_target": listed(right, twice_right["row"], mask, MAX_CHANGED),
    }
    told, changed = differences(left, right, changed, content, mask, MAX_CHANGED)
    document |= told
    document["tenants"] = per_tenant(left, right, only_left["row"], only_right["row"], changed, mask)
    if otherwise := _written_otherwise(left, right, only_left["row"], only_right["row"]):
        document["keys_written"] = otherwise
    document["lag"] = lags(right, both)
    document["replay"] = replay(left, only_left["row"], changed)
    return document


def _take_marked(left: Side, right: Side) -> int:
    """Leave out rows that the target marks as deleted and the source no longer has: the delete was carried, as a mark
    such as `_fivetran_deleted`. How many these are."""
    import polars as pl

    if "deleted" not in right.hashed.columns:
        return 0
    gone = right.hashed.filter(pl.col("deleted")).join(left.hashed, on="key", how="anti")
    right.hashed = right.hashed.join(gone, on="row", how="anti")
    return gone.height


def _marked_kept(left: "pl.DataFrame", right: "pl.DataFrame") -> int:
    """Keys of the source of which the target has only rows that it marks as deleted: the mark is wrong."""
    import polars as pl

    if "deleted" not in right.columns:
        return 0
    held = left.filter(~pl.col("deleted")) if "deleted" in left.columns else left
    marked = right.group_by("key").agg(pl.col("deleted").all()).filter(pl.col("deleted"))
    return marked.join(held, on="key", how="semi").height


def _written_otherwise(left: Side, right: Side, ours: "pl.Series", theirs: "pl.Series") -> dict[str, Any] | None:
    """How most keys of one side alone become those of the other, and how many do; None where they do not, or where
    they are a small part of what the other side has alone.

    {"how": "without the zeros in front", "count": 300, "on": "target"}: `on` is the side that writes them so, "" where
    both do here and there. A key counts where it fits one of the other side and no second.
    """
    import polars as pl

    fewer, more = sorted((ours.len(), theirs.len()))
    if fewer == 0 or more > MAX_OTHERWISE:
        return None
    sides = [(left, ours), (right, theirs)]
    texts = [side.rows(rows, list(side.extract.key)).select(_key(side.extract).alias("key")) for side, rows in sides]
    for how, loosened in (
        ("without the zeros in front", pl.col("key").str.replace(r"^0+(.)", "${1}")),
        ("without the “.0” behind", pl.col("key").str.replace(r"\.0+$", "")),
        ("in other capitals", pl.col("key").str.to_lowercase()),
    ):
        one, other = (text.select(loosened).unique("key", keep="none") for text in texts)
        count = one.join(other, on="key", how="semi").height
        if count * 2 > fewer and count >= LEAST_OTHERWISE * more:
            return {"how": how, "count": count, "on": _side_of(texts, loosened) if how.startswith("without") else ""}
    return None


def _side_of(texts: "list[pl.DataFrame]", loosened: "pl.Expr") -> str:
    """The side whose keys are loosened as they stand, while the other's all change."""
    import polars as pl

    changed = [text.select((loosened != pl.col("key")).any()).item() for text in texts]
    return {(True, False): "target", (False, True): "source"}.get((changed[0], changed[1]), "")


def _key(extract: Extract) -> "pl.Expr":
    import polars as pl

    parts = [pl.col(name).fill_null("").str.strip_chars() for name in extract.key]
    if extract.uuids or extract.long_ids:
        parts = [one_uuid(part) if extract.uuids else without_checks(part) for part in parts]
    return pl.concat_str(parts, separator="\x1f")


def one_uuid(text: "pl.Expr") -> "pl.Expr":
    """A UUID without braces, dashes and capitals, as RFC 9562 lets it be written; other text as it is."""
    import polars as pl

    plain = text.str.to_lowercase().str.replace_all(r"^urn:uuid:|[{}-]", "")
    return pl.when(plain.str.contains(r"^[0-9a-f]{32}$")).then(plain).otherwise(text)


def _named(extract: Extract) -> dict[str, Any]:
    taken = {"key": list(extract.key), "tenant": extract.tenant, "changed": extract.changed, "loaded": extract.loaded}
    return {"name": extract.name, **taken, "deleted": extract.deleted, "version": extract.version}


def _hashed(extract: Extract, content: list[str]) -> Side:
    """Number, key and content of every row as hashes, in one streaming pass."""
    import polars as pl

    frame = extract.scan().with_row_index("row").cast({"row": pl.UInt32})
    key = _key(extract)
    body = pl.concat_str([pl.col(name).fill_null("") for name in content], separator="\x1f") if content else pl.lit("")
    wanted = [pl.col("row"), key.hash(11).alias("key"), body.hash(23).alias("content")]
    if extract.changed:
        wanted.append(moments(extract.changed).alias("changed"))
    if extract.loaded and extract.loaded != extract.changed:
        wanted.append(moments(extract.loaded).alias("loaded"))
    if extract.deleted:
        told = pl.col(extract.deleted).fill_null("").str.to_lowercase().str.strip_chars()
        wanted.append((~told.is_in(["", "false", "f", "0", "0.0", "no", "n", *NULLS])).alias("deleted"))
    return Side(extract, _collected(frame.select(wanted)))


def moments(column: str) -> "pl.Expr":
    """Epoch seconds of a text column in ISO 8601, as `24.11.2026 09:00:00`, or in seconds or milliseconds of the epoch;
    null for the rest."""
    import polars as pl

    text = pl.col(column).str.strip_chars()
    plain = text.str.replace("T", " ", literal=True).str.replace(r"(?:Z|[+-]00(?::?00)?|\s?UTC)$", "")
    plain = plain.str.replace(r"^(\d{1,2})\.(\d{1,2})\.(\d{4}),?", "${3}-${2}-${1}")
    zoned = text.str.replace(" ", "T", literal=True).str.replace(r"([+-]\d{2})$", "${1}:00")
    naive = plain.str.to_datetime("%Y-%m-%d %H:%M:%S%.f", strict=False, time_unit="us").dt.epoch("us") / 1e6
    offset = zoned.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f%:z", strict=False, time_unit="us").dt.epoch("us") / 1e6
    day = plain.str.to_date("%Y-%m-%d", strict=False).cast(pl.Datetime("us")).dt.epoch("us") / 1e6
    digits = text.cast(pl.Float64, strict=False)
    epoch = pl.when(digits > 1e11).then(digits / 1e3).when(digits > 9e8).then(digits)
    return pl.coalesce(naive, offset, day, epoch)


def _one_a_key(hashed: "pl.DataFrame") -> "pl.DataFrame":
    """Of rows with one key the last one counts, as in a table that is written in order."""
    return hashed.unique("key", keep="last", maintain_order=False)


def _doubled(hashed: "pl.DataFrame") -> "pl.DataFrame":
    import polars as pl

    if hashed["key"].n_unique() == hashed.height:
        return hashed.clear()
    return hashed.filter(pl.col("key").is_duplicated()).sort("row").unique("key", keep="first", maintain_order=True)


def _collected(frame: "pl.LazyFrame") -> "pl.DataFrame":
    return frame.collect(engine="streaming")


def _drifted(source: Extract, target: Extract) -> list[str]:
    """Columns that one side alone has, but for the loader's own notes, which the other side has no need of: when a row
    was loaded, and what loaders keep under names such as `_fivetran_deleted`, `_airbyte_raw_id` and `__op`."""
    alone = (set(source.columns) ^ set(target.columns)) - {source.loaded, target.loaded}
    return sorted(name for name in alone if not name.startswith("_") and not is_loaders(name))
