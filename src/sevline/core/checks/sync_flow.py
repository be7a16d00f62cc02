"""How rows flow from source to target: lag, boundary of the watermark, cursor, versions, order."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Any

from sevline.core.checks.sync_rows import otherwise_written
from sevline.core.finding import Confidence, Evidence, Finding, Side, check, failed, not_told, noted, passed, warned
from sevline.core.readers.traffic import seconds
from sevline.core.sync import Lagged, RowTimes, SyncDifference, SyncLog
from sevline.core.sync.describe import iso

LATE = 3_600.0


@check("SYNC05", supports=("sync-lag",), refutes=("sync-lag",), version=2)
def lag(lagged: Lagged) -> Iterator[Finding]:
    """How long a change takes to reach the target: p50, p95 and longest"""
    if isinstance(lagged, RowTimes):
        yield _of_one_side(lagged)
    elif isinstance(lagged, SyncDifference):
        yield _of_both_sides(lagged)


def _of_both_sides(sync: SyncDifference) -> Finding:
    told: dict[str, Any] = sync.document["lag"]
    if "p50" not in told:
        return not_told(
            "How long a change takes to reach the target.",
            "the change time of the source and the load time of the target",
            next_step="Export `updated_at` of the source and the time at which the target wrote the row, such "
            "as `loaded_at`.",
        )
    sentence = _takes(told)
    cited = sync.cite("/lag", f"p95 {told['p95']:.0f} s", f"under {LATE:.0f} s")
    if told["p95"] > LATE:
        if told["min"] <= LATE and told["loaded_within"] <= ONE_RUN:
            return _in_one_run(told, cited)
        return warned(sentence, cited, side=Side.OUR_INFRA, next_step=SLOW_RUNS)
    return passed(sentence, cited, sure=Confidence.STRONG)


SLOW_RUNS = "Compare with the agreed lag; look at runs that took long or failed."
#: Loads with less than this between them are of one run; loads that come in turns are no standstill.
ONE_RUN, MOST_OFTEN, IN_TURN = 600.0, 3, 1.5


def _in_one_run(told: dict[str, Any], cited: Evidence) -> Finding:
    """A load that holds old rows and new ones read everything, or caught up: a row's age then is no lag."""
    return noted(
        f"One run loaded all of {told['n']:,} rows, changed from {seconds(told['max'])} to "
        f"{seconds(max(told['min'], 0.0))} "
        "before: it read everything anew or caught up, and does not tell how long a change takes.",
        cited,
        next_step="Attach the log of the runs, or an extract that keeps when each row was first loaded.",
    )


def _takes(told: dict[str, Any]) -> str:
    return (
        f"A change takes {seconds(told['p50'])} to reach the target at p50, {seconds(told['p95'])} at p95, "
        f"{seconds(told['max'])} at most (n = {told['n']:,})."
    )


def _of_one_side(rows: RowTimes) -> Finding:
    """By both times of each row: late where some wait longer than the runs, as a rule, lie apart."""
    by_lag = sorted((max(loaded - changed, 0.0), at) for at, (_, changed, loaded) in enumerate(rows.times))
    n = len(by_lag)
    told = {"n": n, "p50": by_lag[n // 2][0], "p95": by_lag[int(0.95 * (n - 1))][0], "max": by_lag[-1][0]}
    place, _, _ = rows.times[by_lag[-1][1]]
    columns = f"“{rows.changed}” to “{rows.loaded}”"
    cited = Evidence(rows.artifact, place, f"{seconds(told['max'])} from {columns}", f"under {LATE:.0f} s")
    since, until, usual = _longest_pause(sorted(loaded for _, _, loaded in rows.times))
    if told["p95"] <= LATE or (usual and told["p95"] <= IN_TURN * usual):
        runs = f" Runs are {seconds(usual)} apart." if told["p95"] > LATE else ""
        return passed(f"{_takes(told)}{runs}", cited, sure=Confidence.STRONG)
    least = {"min": by_lag[0][0]}
    loads = [loaded for _, _, loaded in rows.times]
    if least["min"] <= LATE and max(loads) - min(loads) <= ONE_RUN:
        return _in_one_run(told | least, cited)
    stood = f" Nothing was loaded from {iso(since)} to {iso(until)}." if until - since > LATE else ""
    return warned(f"{_takes(told)}{stood}", cited, side=Side.OUR_INFRA, next_step=SLOW_RUNS)


def _longest_pause(loads: list[float]) -> tuple[float, float, float]:
    """Begin and end of the longest time without a load, and the usual time between runs, 0 where too few are told."""
    pauses = [(later - sooner, sooner, later) for sooner, later in pairwise(loads) if later - sooner > ONE_RUN]
    if not pauses:
        return loads[-1], loads[-1], 0.0
    longest = max(pauses)
    usual = sorted(pause for pause, _, _ in pauses)[len(pauses) // 2] if len(pauses) >= MOST_OFTEN else 0.0
    return longest[1], longest[2], usual


@check("SYNC06", supports=("sync-watermark",), refutes=())
def boundary(sync: SyncDifference) -> Iterator[Finding]:
    """Missing rows lie at the boundary of a watermark or page; the window that is safe to replay"""
    if sync.document.get("keys_written"):
        yield otherwise_written("Which window is safe to replay", sync)
        return
    window: dict[str, Any] = sync.document["replay"]
    if not sync.document["source"]["changed"]:
        yield not_told(
            "Whether missing rows lie at a watermark.",
            "a column with the time of change in both extracts",
            next_step="Export `updated_at` with each row.",
        )
        return
    if not window:
        yield passed("No row is missing or differs.", sync.cite("/counts", "no difference"))
        return
    safe = (
        "each key occurs once in it, so that an upsert by key may run twice"
        if window["idempotent"]
        else (f"{window['doubled_keys']:,} keys occur more than once in it: an append would double them")
    )
    cited = [
        sync.cite("/replay/first_watermark", window["first_watermark"], "a watermark after which all is equal"),
        sync.cite("/replay", f"{window['rows']} rows to replay"),
    ]
    shape, step = _shape(window)
    yield warned(
        f"The first watermark at which it went wrong is {window['first_watermark']}. {shape}"
        f"Safe to replay: {window['from']} to {window['to']}, {window['rows']:,} rows; {safe}.",
        *cited,
        side=Side.OUR_INFRA,
        next_step=step,
    )


OVERLAP = (
    "Read with “>=” instead of “>” on the watermark and drop what is there already, or keep an overlap of a few "
    "minutes."
)
FOLLOW = (
    "Follow one missing key through the pipeline: a filter, a row that was refused or a write that failed leaves such "
    "gaps, and a watermark does not."
)
PAGED = (
    "Compare the page size with the step: an offset or a cursor that is one off, or “>” where “>=” is meant, drops a "
    "row of each page. Read the pages again with the last key of the page before as the cursor."
)
FEW_BLOCKS, LEAST_BLOCK = 3, 3


def _shape(window: dict[str, Any]) -> tuple[str, str]:
    """How the missing rows lie, and what to do about it."""
    lost = window.get("missing", 0)
    if not lost:
        return "", "No row is missing: mend what makes rows differ (SYNC03), then replay the window."
    if window["missing_after_newest"] == lost:
        said = f"All {lost:,} missing rows are newer than the newest row that arrived: not loaded yet. "
        return said, "Look at when the last run ended and whether it stands; then compare again."
    if step := window.get("missing_step", 0):
        said = f"The {lost:,} missing rows lie {step:,} rows apart in the file: one at the edge of each page. "
        return said, PAGED
    times, ties = window["missing_instants"], window["missing_ties"]
    if times <= max(3, lost // 20):
        tied = f", {ties:,} of them share it with rows that arrived" if ties else ""
        only = f"The {lost:,} missing rows have only {times} different change times{tied}"
        return f"{only}: a page or watermark edge. ", OVERLAP
    if ties >= lost * 0.9 and times < lost:
        shared = f"{ties:,} of {lost:,} missing rows share their change time with rows that arrived"
        return f"{shared}, as “>” on a watermark loses them. ", OVERLAP
    blocks = window.get("missing_blocks", lost)
    if blocks <= FEW_BLOCKS and lost >= LEAST_BLOCK * blocks:
        return _in_blocks(window, lost, blocks)
    return f"The {lost:,} missing rows are spread over {times:,} change times, not at one edge. ", FOLLOW


def _in_blocks(window: dict[str, Any], lost: int, blocks: int) -> tuple[str, str]:
    """Missing rows with change times of their own that follow one another: whole runs or pages."""
    span = f"from {window['block_from']} to {window['block_to']}"
    where = span if blocks == 1 else f"in {blocks} blocks, {window['block_rows']:,} of them {span}"
    said = f"The {lost:,} missing rows follow one another {where}, and no row between them arrived"
    step = f"Find the run that read {span}: it failed, was cut off, or its page was passed over"
    return f"{said}: a run or page was lost. ", f"{step}. Read that window again."


@check("SYNC09", supports=("sync-cursor",), refutes=("sync-cursor",))
def cursor(log: SyncLog) -> Iterator[Finding]:
    """The cursor moves on, and no page is read twice"""
    runs = [list(group) for _, group in groupby(log.runs, key=lambda run: run.cursor)]
    # A cursor rests while there is nothing to read: only runs that read rows tell that it stands still.
    longest = max(([run for run in group if run.rows] for group in runs), key=len, default=[])
    seen = Counter(group[0].cursor for group in runs if group[0].cursor)
    again = [group[0] for group in runs if seen[group[0].cursor] > 1]
    if len(longest) >= 3 and longest[0].cursor:
        yield failed(
            f"The cursor stands still over {len(longest)} runs while rows are read.",
            *(log.cite(run, run.cursor, "a cursor that moves on") for run in longest[:4]),
            side=Side.OUR_INFRA,
            next_step="Look at how the cursor is saved: it has to be written after the page, in one transaction.",
        )
    elif again:
        yield failed(
            f"{len({run.cursor for run in again})} cursor(s) come back after the run had moved on: "
            "pages are read again.",
            *(log.cite(run, run.cursor, "each cursor once") for run in again[:4]),
            side=Side.OUR_INFRA,
            next_step="Look for two workers with one cursor, or a cursor that is reset when a run fails.",
        )
    else:
        yield passed(f"The cursor moves on over {len(log.runs)} runs.", log.cite(log.runs[-1], log.runs[-1].cursor))


@check("SYNC10", supports=("sync-schema",), refutes=())
def clusters(sync: SyncDifference) -> Iterator[Finding]:
    """Differing rows cluster by schema version, and columns that only one side has"""
    lacking: list[str] = sync.document["not_compared"]
    if lacking:
        yield warned(
            f"Columns that only one side has: {', '.join(lacking[:8])}. The schemas have drifted apart.",
            sync.cite("/not_compared", ", ".join(lacking[:8]), "the same columns"),
            side=Side.OUR_INFRA,
            next_step="Compare the schema's history on both sides with the first wrong watermark.",
        )
    versions: list[list[Any]] = sync.document["versions"]
    total = sum(count for _, count in versions)
    if total and versions[0][1] >= 0.8 * total and total >= 5:
        yield warned(
            f"{versions[0][1]:,} of {total:,} differing rows have “{sync.document['source']['version']}” "
            f"{versions[0][0]}.",
            sync.cite("/versions/0", f"{versions[0][0]}: {versions[0][1]}", "an even spread"),
            side=Side.OUR_APP,
            next_step="Compare this version's writer with the one before it; check how many of all rows have it.",
            sure=Confidence.STRONG,
        )
    if not lacking and not versions and not sync.document["source"]["version"]:
        yield not_told(
            "Whether differing rows cluster by version.",
            "a column with the schema or application version of each row",
            next_step="Export the version that wrote each row, if the table has it.",
        )


@check("SYNC11", supports=("sync-order",), refutes=("sync-order",))
def order(sync: SyncDifference) -> Iterator[Finding]:
    """The target holds the newest version of each row"""
    told: dict[str, Any] = sync.document["lag"]
    if "target_older" not in told:
        yield not_told(
            "Whether the target holds the newest version of each row.",
            "the time of change on both sides",
            next_step="Export `updated_at` from the target as well.",
        )
        return
    if told["constant_shift"]:
        yield noted(
            f"All change times differ by {told['constant_shift']:+g} h: a time zone, so that their order is "
            "not judged.",
            sync.cite("/lag/constant_shift", told["constant_shift"], "0"),
        )
    elif told["target_older"]:
        yield failed(
            f"The target holds an older version of {told['target_older']:,} rows: a late write won over a "
            "newer one, or the newest is not there yet.",
            sync.cite("/lag/target_older", told["target_older"], "0"),
            side=Side.OUR_INFRA,
            next_step="Write only where the incoming change is newer than the one held (`where "
            "excluded.updated_at > t.updated_at`).",
        )
    else:
        yield passed("No row of the target is older than the source's.", sync.cite("/lag/target_older", 0))
