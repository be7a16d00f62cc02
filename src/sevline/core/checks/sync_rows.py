"""Rows of two extracts: counts, missing, different, doubled, deleted, cut, and who is affected."""

from collections.abc import Iterator
from typing import Any

from sevline.core.amount import sentence_of
from sevline.core.finding import Confidence, Evidence, Finding, Side, check, failed, not_told, noted, passed, warned
from sevline.core.sync import SyncDifference
from sevline.core.sync.kinds import KINDS, SAME_IN_MEANING

HARMLESS = frozenset({"empty", "blank", "number", "truth", "zeros", "accents"})
REPLAY = "Replay the window named by SYNC06 once its writes are known to be idempotent, then compare again."


def _rows(sync: SyncDifference, part: str, expected: str, most: int = 5) -> tuple[Evidence, ...]:
    return tuple(sync.cite(f"/{part}/{at}", row["key"], expected) for at, row in enumerate(sync.document[part][:most]))


@check("SYNC01", supports=("sync-lost",), refutes=("sync-lost",))
def counts(sync: SyncDifference) -> Iterator[Finding]:
    """Both sides hold equally many rows, in all and on each day; which side and which columns were guessed"""
    if guessed := sync.document.get("sides"):
        yield noted(
            guessed,
            sync.cite("/sides", guessed),
            next_step="Where that is wrong, name the sides with `--as source=FILE --as target=FILE`, and the columns "
            "alike in both header lines.",
        )
    told: dict[str, int] = sync.document["counts"]
    whole = sync.cite("/counts", f"{told['source']:,} and {told['target']:,}", "as many on both sides")
    marked = told.get("marked_deleted", 0)
    days = [(at, day) for at, day in enumerate(sync.document["days"]) if day["source"] != day["target"]]
    if told["source"] == told["target"] and not days:
        beside = f" The target keeps {marked:,} more that it marks as deleted (SYNC07)." if marked else ""
        yield passed(f"Source and target hold {told['source']:,} rows each.{beside}", whole)
        return
    if told["source"] == told["target"] == told["both"]:
        yield passed(
            f"Source and target hold the same {told['source']:,} rows; some stand under another day, for their times "
            "of change differ (SYNC03).",
            whole,
        )
        return
    worst = sorted(days, key=lambda pair: -abs(pair[1]["source"] - pair[1]["target"]))[:4]
    where = f" Most on {worst[0][1]['day']}: {worst[0][1]['source']:,} and {worst[0][1]['target']:,}." if worst else ""
    apart = f"; {len(days)} {'day differs' if len(days) == 1 else 'days differ'}" if days else ""
    yield failed(
        f"The source holds {told['source']:,} rows, the target {told['target']:,}{apart}.{where}",
        whole,
        *(sync.cite(f"/days/{at}", f"{day['source']} and {day['target']}", "equal counts") for at, day in worst),
        side=Side.OUR_INFRA,
        next_step="Look at the runs of the days named, then at the keys that SYNC02 lists.",
    )


@check("SYNC02", supports=("sync-lost",), refutes=("sync-lost",))
def keys_on_one_side(sync: SyncDifference) -> Iterator[Finding]:
    """Keys that only one side has"""
    told = sync.document["counts"]
    if not told["only_source"] and not told["only_target"]:
        yield passed(f"All {told['both']:,} keys are on both sides.", sync.cite("/counts/both", told["both"]))
    if otherwise := sync.document.get("keys_written"):
        yield failed(
            f"{otherwise['count']:,} keys{_of_columns(sync)} are on both sides, but {otherwise['how']} "
            f"{'in the ' + otherwise['on'] if otherwise.get('on') else 'on one of them'}: no row finds the other.",
            sync.cite("/keys_written", otherwise["how"], "the same key on both sides"),
            *_rows(sync, "only_source", "the same key in the target", 2),
            *_rows(sync, "only_target", "the same key in the source", 2),
            side=Side.OUR_INFRA,
            next_step="Load the key as text on both sides: a step between reads it as a number or changes its letters. "
            "Then compare again; what else differs is not seen before.",
        )
        yield from _beside_these(sync, otherwise["count"])
        return
    if told["only_source"]:
        yield failed(
            f"{told['only_source']:,} keys of the source are missing in the target.",
            *_rows(sync, "only_source", "a row in the target"),
            side=Side.OUR_INFRA,
            next_step=REPLAY,
        )
    if told["only_target"]:
        yield warned(
            f"{told['only_target']:,} keys of the target are not in the source.",
            *_rows(sync, "only_target", "a row in the source"),
            side=Side.OUR_INFRA,
            next_step="See SYNC07: deletes that are not carried are the usual reason; else another writer "
            "fills the target.",
        )


def _of_columns(sync: SyncDifference) -> str:
    return f" (“{'”, “'.join(sync.document['source']['key'])}”)"


def _beside_these(sync: SyncDifference, count: int) -> Iterator[Finding]:
    """Keys that one side alone has however they are written."""
    lost, strange = (sync.document["counts"][side] - count for side in ("only_source", "only_target"))
    if lost > 0:
        yield failed(
            f"Beside these, {lost:,} keys of the source are missing in the target.",
            sync.cite("/counts/only_source", f"{lost + count:,}, of which {count:,} are only written otherwise", "0"),
            side=Side.OUR_INFRA,
            next_step="Mend the keys first and compare again: SYNC06 then names the window to replay.",
        )
    if strange > 0:
        yield warned(
            f"Beside these, {strange:,} keys of the target are not in the source.",
            sync.cite(
                "/counts/only_target", f"{strange + count:,}, of which {count:,} are only written otherwise", "0"
            ),
            side=Side.OUR_INFRA,
            next_step="Mend the keys first and compare again: SYNC07 then tells whether deletes are carried.",
        )


def otherwise_written(what: str, sync: SyncDifference) -> Finding:
    how = sync.document["keys_written"]["how"]
    return not_told(
        f"{what} cannot be told: one side writes its keys {how}.",
        "the same keys on both sides",
        next_step="Load the key as text on both sides (SYNC02), then export and compare again.",
    )


@check("SYNC03", supports=("sync-drift",), refutes=("sync-drift",))
def differing_columns(sync: SyncDifference) -> Iterator[Finding]:
    """Columns whose values differ, and in which way"""
    told = sync.document["counts"]
    if not told["differing"]:
        yield passed(f"All {told['both']:,} rows on both sides are equal.", sync.cite("/counts/differing", 0))
    for at, column in enumerate(sync.document["columns"]):
        kinds: dict[str, int] = column["kinds"]
        first = next(iter(kinds))
        words = "; ".join(f"{_kind(kind)}: {count:,}" for kind, count in list(kinds.items())[:4])
        harmless = all(kind.split(" ")[0] in HARMLESS or kind in SAME_IN_MEANING for kind in kinds)
        cells = [
            (place, cell) for place, cell in enumerate(sync.document["differing"]) if cell["column"] == column["column"]
        ]
        title = f"Column “{column['column']}” differs in {column['cells']:,} of {told['both']:,} rows ({words})"
        if SAME_IN_MEANING.issuperset(kinds):
            yield noted(f"{title}; the values mean the same.", sync.cite(f"/columns/{at}", f"{first}: {kinds[first]}"))
            continue
        yield (warned if harmless else failed)(
            f"{title}.",
            sync.cite(f"/columns/{at}", f"{first}: {kinds[first]}", "equal values"),
            *(sync.cite(f"/differing/{place}", cell["target"], cell["source"]) for place, cell in cells[:3]),
            side=Side.OUR_INFRA,
            next_step=_advice(first),
        )


def _kind(kind: str) -> str:
    name = next((known for known in KINDS if kind.startswith(known)), kind)
    return f"{KINDS.get(name, name)}{kind.removeprefix(name)}"


def _advice(kind: str) -> str:
    if kind.startswith("time shift"):
        return "One side drops or adds a time zone: compare the column's type and the session's zone on both sides."
    if kind.startswith(("cut", "letters")):
        return "Compare length and encoding of the column on both sides; see SYNC08."
    if kind == "accents":
        return "Write one Unicode form (NFC) on both sides: searches and joins take these letters for different ones."
    if kind.startswith("zeros"):
        return "Load the column as text on both sides: in postal codes, phone and account numbers the zeros count."
    if kind.startswith(("rounding", "truncation", "number")):
        return "Compare precision and type of the column on both sides."
    return "Take one key and follow its last change through the pipeline."


@check("SYNC04", supports=("sync-duplicates",), refutes=("sync-duplicates",))
def duplicates(sync: SyncDifference) -> Iterator[Finding]:
    """Keys that occur more than once on a side"""
    told = sync.document["counts"]
    for side in ("source", "target"):
        if told[f"doubled_{side}"]:
            yield failed(
                sentence_of(
                    told[f"doubled_{side}"],
                    f"1 key occurs more than once in the {side}.",
                    f"{{:,}} keys occur more than once in the {side}.",
                ),
                *_rows(sync, f"doubled_{side}", "one row a key"),
                side=Side.OUR_INFRA,
                next_step="Look for a write without a key, such as an append where an upsert is meant, or a "
                "run that was repeated.",
            )
    if not told["doubled_source"] and not told["doubled_target"]:
        yield passed("No key occurs twice.", sync.cite("/counts/doubled_target", 0))


@check("SYNC07", supports=("sync-deletes",), refutes=())
def deletes(sync: SyncDifference) -> Iterator[Finding]:
    """Deletes are carried to the target"""
    if sync.document.get("keys_written"):
        yield otherwise_written("Whether deletes are carried", sync)
        return
    told = sync.document["counts"]
    flag = sync.document["source"]["deleted"]
    cells = [(at, cell) for at, cell in enumerate(sync.document["differing"]) if flag and cell["column"] == flag]
    if (kept := told.get("marked_kept", 0)) and not cells:
        yield failed(
            f"The target marks {kept:,} rows as deleted (“{sync.document['target']['deleted']}”) that the source still "
            "has.",
            sync.cite("/counts/marked_kept", kept, 0),
            side=Side.OUR_INFRA,
            next_step="Compare with the source's delete log: a row that left a filtered export is not deleted.",
        )
    elif cells:
        yield failed(
            f"Rows are marked as deleted (“{flag}”) on one side only: {len(cells)} of those shown.",
            *(sync.cite(f"/differing/{at}", cell["target"], cell["source"]) for at, cell in cells[:4]),
            side=Side.OUR_INFRA,
            next_step="Let the export carry the mark: many exports leave out rows that were only marked as deleted.",
        )
    elif told["only_target"]:
        yield warned(
            f"{told['only_target']:,} rows of the target are gone from the source: deletes are not carried.",
            *_rows(sync, "only_target", "no row"),
            side=Side.OUR_INFRA,
            next_step="Compare with the source's own delete log; an export by change time never sees a deleted row.",
            sure=Confidence.STRONG,
        )
    elif marked := told.get("marked_deleted", 0):
        yield passed(
            f"The target marks {marked:,} rows as deleted (“{sync.document['target']['deleted']}”) that are gone from "
            "the source.",
            sync.cite("/counts/marked_deleted", marked),
        )
    else:
        yield passed("The target holds no row that the source has not.", sync.cite("/counts/only_target", 0))


@check("SYNC08", supports=("sync-truncation",), refutes=())
def cut_or_broken(sync: SyncDifference) -> Iterator[Finding]:
    """Values cut at a fixed length, and letters broken by an encoding"""
    for at, column in enumerate(sync.document["columns"]):
        kinds: dict[str, int] = column["kinds"]
        if "cut" in kinds:
            length, count = sync.document["cut_at"][column["column"]]
            yield failed(
                f"Column “{column['column']}” is cut in {kinds['cut']:,} rows, {count:,} of them at {length} "
                "characters.",
                sync.cite(f"/columns/{at}", f"cut: {kinds['cut']}", "whole values"),
                side=Side.OUR_INFRA,
                next_step=f"Make the column longer than {length} characters on the shorter side and replay these rows.",
            )
        if "letters" in kinds:
            yield failed(
                f"Column “{column['column']}” has broken letters in {kinds['letters']:,} rows: one side reads "
                "UTF-8 as another encoding.",
                sync.cite(f"/columns/{at}", f"letters: {kinds['letters']}", "the same letters"),
                side=Side.OUR_INFRA,
                next_step="Set UTF-8 on both connections and files, and replay these rows.",
            )


@check("SYNC12", supports=("impact",), refutes=())
def affected(sync: SyncDifference) -> Iterator[Finding]:
    """Tenants and rows that are affected, for the scope of impact"""
    tenants: list[dict[str, Any]] = sync.document["tenants"]
    if not sync.document["source"]["tenant"]:
        yield not_told(
            "Which tenants are affected.",
            "a column that names the tenant in both extracts",
            next_step="Export the tenant or account id with each row.",
        )
        return
    if not tenants:
        yield passed("No tenant is affected.", sync.cite("/counts", "no difference"))
        return
    rows = sum(each["missing"] + each["extra"] + each["differing"] for each in tenants)
    yield noted(
        f"{len(tenants)} tenants are affected by {rows:,} rows; most of all {tenants[0]['tenant']} "
        f"with {tenants[0]['missing']} missing, {tenants[0]['extra']} extra and {tenants[0]['differing']} differing.",
        *(sync.cite(f"/tenants/{at}", each["tenant"]) for at, each in enumerate(tenants[:5])),
        next_step="Take this list as the scope of impact and tell these accounts.",
    )
