"""What a comparison says beside the cells: listed rows, days, tenants, lag, and the window that is safe to replay."""

from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sevline.core.sync import Mask

if TYPE_CHECKING:
    import polars as pl

MAX_DAYS = 400
MAX_TENANTS = 500
#: Rows that lie evenly in a file, at least so many and so far apart, are the edges of pages.
LEAST_EVEN, LEAST_PAGE = 3, 10


def iso(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")


def listed(side: Any, numbers: "pl.Series", mask: Mask, most: int) -> list[dict[str, str]]:
    """Rows by pseudonym of key and tenant, oldest change first."""
    import polars as pl

    if numbers.is_empty():
        return []
    hashed = side.hashed.join(pl.DataFrame({"row": numbers}), on="row", how="semi")
    order = [name for name in ("changed", "row") if name in hashed.columns]
    chosen = hashed.sort(order, nulls_last=True).head(most)
    extract = side.extract
    columns = [*extract.key, *([extract.tenant] if extract.tenant and extract.tenant not in extract.key else [])]
    text = {row["row"]: row for row in side.rows(chosen["row"], columns).iter_rows(named=True)}
    found = []
    for row in chosen.iter_rows(named=True):
        told = text[row["row"]]
        key = "\x1f".join((told[name] or "").strip() for name in extract.key)
        tenant = (told.get(extract.tenant) or "") if extract.tenant else ""
        found.append(
            {
                "key": mask("ROW", key),
                "tenant": mask("TENANT", tenant) if tenant else "",
                "changed": iso(row.get("changed")),
            }
        )
    return found


def per_day(left: Any, right: Any) -> list[dict[str, Any]]:
    """Rows a day of both sides, of the days on which the numbers differ or that frame such a day."""
    import polars as pl

    frames = []
    for name, side in (("source", left), ("target", right)):
        if "changed" not in side.hashed.columns:
            return []
        day = (pl.col("changed") // 86_400).cast(pl.Int64).alias("day")
        frames.append(side.hashed.filter(pl.col("changed").is_not_null()).group_by(day).agg(pl.len().alias(name)))
    joined = frames[0].join(frames[1], on="day", how="full", coalesce=True).sort("day").fill_null(0)
    differing = joined.filter(pl.col("source") != pl.col("target")) if joined.height > MAX_DAYS else joined
    return [
        {"day": iso(row["day"] * 86_400.0)[:10], "source": row["source"], "target": row["target"]}
        for row in differing.head(MAX_DAYS).iter_rows(named=True)
    ]


def per_tenant(
    left: Any, right: Any, missing: "pl.Series", extra: "pl.Series", changed: "pl.DataFrame", mask: Mask
) -> list[dict[str, Any]]:
    """Tenants with rows missing, extra or differing, the most affected first."""
    import polars as pl

    tenant = left.extract.tenant
    if not tenant:
        return []
    parts = [(left, missing, "missing"), (left, changed["row"], "differing")]
    if right.extract.tenant:
        parts.append((right, extra, "extra"))
    counted: dict[str, dict[str, int]] = {}
    for side, numbers, what in parts:
        if numbers.is_empty():
            continue
        column = side.extract.tenant
        groups = side.rows(numbers, [column]).group_by(column).agg(pl.len())
        for name, count in groups.iter_rows():
            counted.setdefault(name or "", {"missing": 0, "extra": 0, "differing": 0})[what] = count
    ranked = sorted(counted.items(), key=lambda item: (-sum(item[1].values()), item[0]))
    return [{"tenant": mask("TENANT", name) if name else "(none)", **counts} for name, counts in ranked[:MAX_TENANTS]]


def lags(right: Any, both: "pl.DataFrame") -> dict[str, Any]:
    """Seconds from the change at the source to the load at the target, and how many rows are older or newer there."""
    import polars as pl

    found: dict[str, Any] = {}
    name = "loaded_right" if "loaded_right" in both.columns else "loaded" if "loaded" in right.hashed.columns else ""
    if name and "changed" in both.columns:
        loaded = (
            both[name] if name in both.columns else both.join(right.hashed, left_on="row_right", right_on="row")[name]
        )
        lag = (loaded - both["changed"]).drop_nulls()
        within = loaded.drop_nulls()
        if lag.len():
            found = {
                "n": lag.len(),
                "p50": _at(lag, 0.5),
                "p95": _at(lag, 0.95),
                "max": round(float(str(lag.max())), 3),
                "min": round(float(str(lag.min())), 3),
                "loaded_within": round(float(str(within.max())) - float(str(within.min())), 3),
            }
    if "changed" in both.columns and "changed_right" in both.columns:
        older = both.filter(pl.col("changed_right") < pl.col("changed") - 1e-6)
        newer = both.filter(pl.col("changed_right") > pl.col("changed") + 1e-6)
        found |= {"target_older": older.height, "target_newer": newer.height, "constant_shift": _shift(both)}
    return found


def _at(values: "pl.Series", share: float) -> float:
    return round(float(values.quantile(share) or 0.0), 3)


def _shift(both: "pl.DataFrame") -> float:
    """Hours by which at least 90 % of all change times differ alike, 0 where they do not."""
    shift = (both["changed_right"] - both["changed"]).drop_nulls()
    if not shift.len():
        return 0.0
    usual = float(shift.median() or 0.0)  # type: ignore[arg-type]
    same = shift.filter((shift - usual).abs() < 1).len()
    hours = usual / 3_600
    whole = abs(hours * 2 - round(hours * 2)) < 1e-6 and 0.5 <= abs(hours) <= 14
    return hours if whole and same >= 0.9 * shift.len() else 0.0


def replay(left: Any, missing: "pl.Series", changed: "pl.DataFrame") -> dict[str, Any]:
    """From the first change that went wrong to the last one; replaying is idempotent where no key occurs twice."""
    import polars as pl

    if "changed" not in left.hashed.columns:
        return {}
    numbers = pl.concat([missing.cast(pl.UInt32), changed["row"].cast(pl.UInt32)])
    wrong = left.hashed.join(pl.DataFrame({"row": numbers}), on="row", how="semi").filter(
        pl.col("changed").is_not_null()
    )
    if wrong.is_empty():
        return {}
    first, last = float(str(wrong["changed"].min())), float(str(wrong["changed"].max()))
    inside = left.hashed.filter(pl.col("changed").is_between(first, last))
    doubled = inside.height - inside["key"].n_unique()
    present = left.hashed.filter(pl.col("changed") == first).height
    return {
        "from": iso(first),
        "to": iso(last),
        "rows": inside.height,
        "doubled_keys": doubled,
        "idempotent": doubled == 0,
        "rows_at_first": present,
        "first_watermark": iso(first),
        **_edges(left.hashed, missing),
    }


def _edges(hashed: "pl.DataFrame", missing: "pl.Series") -> dict[str, Any]:
    """How missing rows lie: how many share their change time with rows that arrived, how many change times they have,
    and in how many blocks they follow one another with no row between them that arrived.
    """
    import polars as pl

    if missing.is_empty():
        return {}
    lost = hashed.join(pl.DataFrame({"row": missing}), on="row", how="semi").filter(pl.col("changed").is_not_null())
    arrived = hashed.join(pl.DataFrame({"row": missing}), on="row", how="anti")
    ties = lost.join(arrived.select("changed").unique(), on="changed", how="semi").height
    newest = arrived["changed"].max()
    after = lost.filter(pl.col("changed") > newest).height if newest is not None else 0
    return {
        "missing_ties": ties,
        "missing_instants": lost["changed"].n_unique(),
        "missing_after_newest": after,
        "missing": lost.height,
        "missing_step": _step(missing),
        **_blocks(hashed, missing),
    }


def _step(missing: "pl.Series") -> int:
    """Each how many rows of the file one is missing, 0 where they do not lie evenly: pages drop their first or last."""
    numbers = missing.sort().to_list()
    apart = {later - sooner for sooner, later in pairwise(numbers)}
    return apart.pop() if len(numbers) >= LEAST_EVEN and len(apart) == 1 and max(apart) >= LEAST_PAGE else 0


def _blocks(hashed: "pl.DataFrame", missing: "pl.Series") -> dict[str, Any]:
    """The blocks of missing rows in the order of change, and the window of the largest."""
    import polars as pl

    in_order = (
        hashed.filter(pl.col("changed").is_not_null())
        .with_columns(lost=pl.col("row").is_in(missing.implode()))
        .sort("changed", "lost")
        .with_columns(block=pl.col("lost").rle_id())
        .filter(pl.col("lost"))
    )
    if in_order.is_empty():
        return {}
    each = in_order.group_by("block").agg(pl.len().alias("rows"), pl.col("changed").min(), last=pl.col("changed").max())
    largest = each.sort(["rows", "block"], descending=[True, False]).row(0, named=True)
    return {
        "missing_blocks": each.height,
        "block_rows": largest["rows"],
        "block_from": iso(largest["changed"]),
        "block_to": iso(largest["last"]),
    }
