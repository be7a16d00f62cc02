"""How tables of unknown form were read."""

from collections.abc import Iterator

from sevline.core.finding import Finding, check, not_told, noted
from sevline.core.readers.curlcommands import CurlCommand
from sevline.core.readers.durations import DurationUnit
from sevline.core.readers.readas import ReadAs
from sevline.core.readers.taking import PairNote, TableNote

WORDS = {
    "event_id": "event's id",
    "at": "time of the row",
    "job_id": "job's id",
    "state": "job's state",
    "key": "row's key",
}


@check("TAB01")
def taken_for(note: ReadAs) -> Iterator[Finding]:
    """What a table was taken for, column by column, durations without a unit, and what else a curl command asks for"""
    if isinstance(note, TableNote):
        yield from _of_table(note)
    elif isinstance(note, PairNote):
        yield not_told(
            note.question,
            "which of the two tables is the source and which the target",
            next_step="Name the sides and read them together: `sevline analyze --as source=FILE --as target=FILE`.",
        )
    elif isinstance(note, DurationUnit):
        yield _of_unit(note)
    elif isinstance(note, CurlCommand):
        yield noted(
            f"The curl command for {note.url} also asks for {', '.join(note.options)}: other clients do not, and their "
            "answer may be another.",
            note.cite(),
        )


def _of_unit(unit: DurationUnit) -> Finding:
    if unit.told:
        return noted(f"“{unit.field}” names no unit and was read as {unit.told}.", unit.cite())
    return not_told(
        f"“{unit.field}” names no unit and was not read as a duration: {unit.question}.",
        f"the unit of “{unit.field}”",
        next_step="Ask whoever wrote the program, rename the field to say its unit, such as "
        f"`{unit.field}_us`, and read the file again.",
    )


def _of_table(table: TableNote) -> Iterator[Finding]:
    if table.told and not table.lacking:
        rows = "1 row" if table.rows == 1 else f"{table.rows:,} rows"
        yield noted(f"“{table.name}” was read as {table.title} of {rows}: {table.told}.", table.cite(table.told))
    for question in table.questions:
        yield not_told(
            f"“{table.name}”: {question}",
            f"which columns of “{table.name}” hold what",
            next_step="Rename the column in the header line to the word used in the question and read the file again.",
        )
    if table.lacking:
        words = ", ".join(WORDS.get(name, name.replace("_", " ")) for name in table.lacking)
        yield not_told(
            f"“{table.name}” is to be read as {table.title}; no column was recognised for: {words}.",
            f"the column of “{table.name}” with: {words}",
            next_step="Name that column in the header line, such as `event_id`, `status_code`, `created_at`, "
            "and read the file again.",
        )
