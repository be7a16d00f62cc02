import pytest
from tests import foreign
from tests.evidence import found, states

from sevline.core.finding import Given, State
from sevline.core.readers.documents.sync_lines import sync_lines
from sevline.core.readers.reader import Source
from sevline.core.sync import SyncDifference

HEAD = "id,updated_at,loaded_at,schema_version,total"


def sides(
    *pairs: tuple[tuple[str, str], tuple[str, str] | None], loaded: str = "2026-03-02T09:10:00Z"
) -> SyncDifference:
    """Rows as (change time, total) of the source and of the target, None where it is missing."""
    source = [f"{at},{one[0]},,v2,{one[1]}" for at, (one, _) in enumerate(pairs)]
    target = [f"{at},{two[0]},{loaded},v2,{two[1]}" for at, (_, two) in enumerate(pairs) if two]
    return foreign.difference(foreign.table(HEAD, *source), foreign.table(HEAD, *target))


def minute(number: int) -> str:
    return f"2026-03-02T09:{number:02d}:00Z"


EQUAL = sides(*(((minute(n), "1"), (minute(n), "1")) for n in range(9)))


def test_lag_is_told_at_p50_p95_and_longest() -> None:
    (quick,) = found("SYNC05", EQUAL)
    (slow,) = found("SYNC05", sides(((minute(0), "1"), (minute(0), "1")), loaded="2026-03-02T12:00:00Z"))

    assert quick.title.startswith("A change takes 360 s to reach the target at p50")
    assert (quick.state, slow.state) == (State.PASS, State.WARN)


def test_without_a_load_time_lag_cannot_be_told() -> None:
    plain = foreign.difference("id,updated_at\n1,2026-03-02T09:00:00Z\n", "id,updated_at\n1,2026-03-02T09:00:00Z\n")

    assert states("SYNC05", plain) == {State.NOT_EVALUATED}
    assert states("SYNC11", plain) == {State.PASS}


def test_missing_rows_at_one_instant_lie_at_a_watermark() -> None:
    tied = [((minute(5), str(n)), (minute(5), str(n)) if n < 4 else None) for n in range(9)]
    spread = [((minute(n), "1"), (minute(n), "1") if n % 3 else None) for n in range(30)]

    (edge,) = found("SYNC06", sides(*tied))
    (open_,) = found("SYNC06", sides(*spread))

    assert "have only 1 different change time, 5 of them share it with rows that arrived" in edge.title
    assert "are spread over 10 change times" in open_.title


def test_rows_newer_than_all_that_arrived_are_not_loaded_yet() -> None:
    pairs = [((minute(n), "1"), (minute(n), "1") if n < 20 else None) for n in range(30)]

    assert "All 10 missing rows are newer than the newest row" in found("SYNC06", sides(*pairs))[0].title


def test_missing_rows_that_follow_one_another_are_a_lost_run_with_its_window() -> None:
    lost = [*range(20, 30)]
    pairs = [((minute(n), "1"), None if n in lost else (minute(n), "1")) for n in range(50)]

    (finding,) = found("SYNC06", sides(*pairs))

    window = "from 2026-03-02T09:20:00Z to 2026-03-02T09:29:00Z"
    assert f"The 10 missing rows follow one another {window}, and no row between them arrived" in finding.title
    assert f"Find the run that read {window}" in finding.next_step
    assert "“>=”" not in finding.next_step


def test_two_lost_runs_are_two_blocks() -> None:
    lost = [*range(10, 16), *range(30, 34)]
    pairs = [((minute(n), "1"), None if n in lost else (minute(n), "1")) for n in range(50)]

    (finding,) = found("SYNC06", sides(*pairs))

    assert "in 2 blocks, 6 of them from 2026-03-02T09:10:00Z to 2026-03-02T09:15:00Z" in finding.title


@pytest.mark.parametrize("notes", ["synced_at", "_fivetran_synced,_fivetran_deleted", "_sdc_batched_at,_sdc_sequence"])
def test_the_note_of_the_loader_is_no_drift_of_the_schema(notes: str) -> None:
    plain, noted = "id,updated_at,total", f"id,updated_at,total,{notes}"
    rows = [f"{n},{minute(n)},1" for n in range(9)]
    loaded = [f"{row},2026-03-02T10:00:00Z{',0' * notes.count(',')}" for row in rows]

    difference = foreign.difference(foreign.table(plain, *rows), foreign.table(noted, *loaded))

    assert [one.title for one in found("SYNC10", difference) if one.state is State.WARN] == []


RUNS = "started_at,watermark,rows_read"


def test_a_cursor_that_stands_still_while_rows_are_read_is_stuck() -> None:
    stuck = foreign.text(foreign.table(RUNS, *(f"{minute(n)},2026-03-02T08:00:00Z,500" for n in range(4))))
    moving = foreign.text(foreign.table(RUNS, *(f"{minute(n)},2026-03-02T08:0{n}:00Z,500" for n in range(4))))
    again = foreign.text(foreign.table(RUNS, *(f"{minute(n)},c{n % 2},500" for n in range(4))), role="sync_runs")

    assert "stands still over 4 runs" in found("SYNC09", *stuck)[0].title
    assert "2 cursor(s) come back" in found("SYNC09", *again)[0].title
    assert states("SYNC09", *moving) == {State.PASS}
    assert found("SYNC09")[0].missing == ("a log of the synchronisation's runs",)


def test_a_cursor_that_rests_while_there_is_nothing_to_read_is_not_stuck() -> None:
    rows = (f"{minute(n)},2026-03-02T08:00:00Z,{500 if n == 0 else 0}" for n in range(6))

    assert states("SYNC09", *foreign.text(foreign.table(RUNS, *rows))) == {State.PASS}


def logged(*pages: tuple[str, str]) -> list[Given]:
    lines = [
        f"{minute(n)} INFO sync stream={stream} page fetched cursor={cursor} rows=100 next_cursor=c{n}"
        for n, (stream, cursor) in enumerate(pages)
    ]
    return list(sync_lines(Source("a1", "sync.log"), lines))


def test_a_cursor_in_the_lines_of_a_log_is_followed_in_each_stream_by_itself() -> None:
    moving = logged(*((stream, f"c{n}") for n in range(6) for stream in ("users", "orders")))
    stuck = logged(*(("users", f"c{min(n, 3)}") for n in range(9)))

    assert [one.state for one in (*found("SYNC09", moving[0]), *found("SYNC09", moving[1]))] == [State.PASS] * 2
    assert "stands still over 6 runs" in found("SYNC09", *stuck)[0].title
    assert logged(("users", "c1"), ("users", "c1")) == []


def test_differences_that_cluster_in_one_version_and_columns_of_one_side_are_named() -> None:
    (clustered,) = found("SYNC10", sides(*(((minute(n), "1"), (minute(n), "2")) for n in range(6))))
    drifted = foreign.difference("id,name,extra\n1,a,b\n", "id,name\n1,a\n")

    assert clustered.title == "6 of 6 differing rows have “schema_version” v2."
    assert "Columns that only one side has: extra" in found("SYNC10", drifted)[0].title
    assert states("SYNC10", EQUAL) == set()


def test_a_target_that_holds_an_older_version_is_an_inversion() -> None:
    (finding,) = found("SYNC11", sides(((minute(5), "1"), (minute(2), "1"))))
    shifted = [((f"2026-03-02T09:0{n}:00Z", "1"), (f"2026-03-02T07:0{n}:00Z", "1")) for n in range(9)]

    assert finding.state is State.FAIL
    assert finding.title.startswith("The target holds an older version of 1 rows")
    assert states("SYNC11", sides(*shifted)) == {State.INFO}
    assert states("SYNC11", EQUAL) == {State.PASS}


def test_one_run_that_loaded_old_rows_and_new_ones_tells_no_lag() -> None:
    hours = [f"2026-03-0{1 + n // 24}T{n % 24:02d}:00:00Z" for n in range(34)]
    (whole,) = found("SYNC05", sides(*(((at, "1"), (at, "1")) for at in hours), loaded="2026-03-02T09:10:00Z"))
    (behind,) = found("SYNC05", sides(*(((at, "1"), (at, "1")) for at in hours[:20]), loaded="2026-03-02T09:10:00Z"))

    assert whole.state is State.INFO
    assert whole.title.startswith("One run loaded all of 34 rows, changed from 119400 s to 600 s before")
    assert behind.state is State.WARN
