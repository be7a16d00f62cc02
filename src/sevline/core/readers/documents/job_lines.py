"""Lines in which workers say what became of their jobs."""

from collections.abc import Iterable, Iterator, Sequence

from sevline.core.finding import Given
from sevline.core.readers.joblines import WORDS, events_of
from sevline.core.readers.jobs import JobEvent, JobLog
from sevline.core.readers.reader import Form, Source, reader
from sevline.core.readers.tables import table_from_text
from sevline.core.readers.taking import role_of

#: Fewer than this are lines that speak of a job, not the log of a worker.
FEWEST, MAX_LINES, HEAD = 4, 200_000, 200
ENDED = frozenset({"done", "failed", "dead", "cancelled", "retried"})
#: Jobs that began of which so many have an end, or the log does not tell ends.
TOLD_ENDS = 0.5


@reader("job-lines", Form.LINES)
def job_lines(source: Source, lines: list[str]) -> Iterator[Given]:
    """Lines in which a worker takes up, repeats, finishes or gives up a job"""
    import polars as pl

    if _is_a_table(lines, source):
        return
    rows = pl.Series("text", lines[:MAX_LINES], dtype=pl.String)
    hits = rows.str.contains_any([*WORDS, "WARN"]).arg_true()
    texts = zip((at + 1 for at in hits.to_list()), rows.gather(hits).to_list(), strict=True)
    events = _of_a_worker(_each_once(events_of(texts)))
    if len(events) >= FEWEST:
        yield JobLog(source.artifact, tuple(events))


def _is_a_table(lines: Sequence[str], source: Source) -> bool:
    """Whether each line is an object with the fields of a table of jobs, which is read as one."""
    if not any(line.startswith("{") for line in lines[:2]):
        return False
    table = table_from_text("\n".join(lines[:HEAD]), source.artifact, source.name)
    return table is not None and role_of(table) == "jobs"


def _each_once(events: Iterable[JobEvent]) -> list[JobEvent]:
    """Of two lines that tell one failure, as Sidekiq writes them, the one that has the error."""
    found: list[JobEvent] = []
    last: dict[str, int] = {}
    for one in events:
        before = last.get(one.job)
        if before is not None and one.state == "failed" == found[before].state:
            found[before] = one if one.error else found[before]
            continue
        last[one.job] = len(found)
        found.append(one)
    return found


def _of_a_worker(events: Sequence[JobEvent]) -> list[JobEvent]:
    """The events, without beginnings where the log tells too few ends: then an end that is missing says nothing."""
    began = {one.job for one in events if one.state in {"started", "queued"}}
    ended = {one.job for one in events if one.state in ENDED}
    if not ended or len(began & ended) >= TOLD_ENDS * len(began):
        return list(events) if ended else []
    return [one for one in events if one.job in ended]
