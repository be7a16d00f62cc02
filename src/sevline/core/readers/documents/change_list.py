"""Lists of changes as CSV or JSON, whose keys are known by synonyms."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sevline.core.finding import Given
from sevline.core.readers.changelist import KINDS, NAMES, TIMES, delimiter_of, plain_key
from sevline.core.readers.changes_around import ChangeEntry, ChangeList
from sevline.core.readers.moments import any_moment
from sevline.core.readers.reader import Form, Source, reader

LONGEST_HEAD = 4_000
#: At least one of these makes a table a list of changes rather than any table with a time and a name.
TELLING = frozenset({"deployed_at", "changed_at", "released_at", "release", "flag", "flag_key", "setting", "change",
                     "change_type", "deploy", "deployment", "commit", "feature_name", "title_verb", "tag_name",
                     "audit_log_type", "operation_type", "change_set_id"})  # fmt: skip
WORDS = re.compile(
    r"(?:\b|_)(?:deploy\w*|release\w*|rollout|rollback|flags?|feature|feature[ _.-]\w+|toggle|config\w*|migration"
    r"|setting\w{0,20}|rotat\w*|renew\w*)(?:\b|_)",
    re.IGNORECASE,
)
FILE_WORDS = frozenset({"deploys", "deployments", "releases", "rollouts", "changes", "flags", "migrations"})
#: Members of a row that say what changed and where, by their names or keys.
INNER = frozenset(
    {"target", "entity", "feature", "flag", "environment", "object", "service", "component", "app", "application"}
)
ENVIRONMENTS = ("environment", "env", "environment_name", "stage")
FLAGS = ("feature_name", "feature", "flag", "object_name", "entity", "target")
#: How products call the kind of a change, beside the usual names.
ALL_KINDS = (*KINDS, "audit_log_type", "operation_type", "related_object_type", "object_type", "task")
SERVICES = ("component", "service", "app")
LISTS = ("changes", "deploys", "deployments", "releases", "flags", "items", "data", "results", "events", "audits",
         "change_events", "audit_logs", "auditLogs", "history", "entries", "values")  # fmt: skip
MAX_ENTRIES = 50_000


@reader("change-list-json", Form.JSON)
def changes_json(source: Source, document: Any) -> Iterator[Given]:
    """Deploys, flag and configuration changes as a JSON list"""
    prefix, rows = _rows(document)
    if rows:
        yield from _list(source, [(f"{prefix}/{place}", row) for place, row in enumerate(rows[:MAX_ENTRIES])])


def _rows(document: Any) -> tuple[str, list[dict[str, Any]]]:
    if isinstance(document, dict):
        for key in LISTS:
            if isinstance(document.get(key), list) and any(isinstance(row, dict) for row in document[key]):
                return f"/{key}", [row for row in document[key] if isinstance(row, dict)]
        return "", []
    return "", [row for row in document if isinstance(row, dict)] if isinstance(document, list) else []


@reader("change-list-csv", Form.LINES)
def changes_csv(source: Source, lines: list[str]) -> Iterator[Given]:
    """Deploys, flag and configuration changes as CSV"""
    head = next((line for line in lines[:3] if line.strip()), "")
    mark = delimiter_of(head)
    if len(head) > LONGEST_HEAD:
        return
    columns = [plain_key(name) for name in head.replace('"', "").split(mark)]
    if len(columns) < 2 or not set(columns) & set(TIMES):
        return
    start = lines.index(head)
    text = "\n".join(lines[start + 1 : start + 1 + MAX_ENTRIES])
    try:
        cells = list(csv.reader(io.StringIO(text), delimiter=mark))
    except csv.Error:
        return
    if len(cells) != len(lines[start + 1 : start + 1 + MAX_ENTRIES]) - text.endswith("\n"):
        return  # a cell holds a line break, so that lines cannot be cited
    rows = [(f"{start + 2 + place}:1", dict(zip(columns, row, strict=False))) for place, row in enumerate(cells) if row]
    yield from _list(source, rows)


def _list(source: Source, rows: Sequence[tuple[str, Mapping[str, Any]]]) -> Iterator[Given]:
    plain = [(place, _plainly(row)) for place, row in rows]
    keys = {key for _, row in plain[:50] for key, value in row.items() if isinstance(value, str | int | float)}
    time, name, kind = (_first(known, keys) for known in (TIMES, (*NAMES[:-1], *FLAGS, *NAMES[-1:]), ALL_KINDS))
    is_told = keys & TELLING or _is_named(source.name) or _tells(kind, plain)
    if not all((time, name, is_told)):
        return
    entries = [entry for place, row in plain if (entry := _entry(place, row, time, name, kind))]
    if entries:
        took = f"time = “{time}”, name = “{name}”" + (f", kind = “{kind}”" if kind else "")
        yield ChangeList(source.artifact, tuple(sorted(entries, key=lambda entry: entry.at)), took)


def _is_named(name: str) -> bool:
    """Whether the file is called a list of changes by whoever sent it."""
    words = re.split(r"[^a-z]+", re.split(r"[/\\]", name.lower())[-1])
    return not FILE_WORDS.isdisjoint(words)


def _plainly(row: Mapping[str, Any]) -> dict[str, Any]:
    """By plain names. What a member such as `target`, `entity` or `feature` is called stands for it."""
    found = {plain_key(str(key)): value for key, value in row.items()}
    inner = {key: named for key, value in found.items() if isinstance(value, Mapping) and (named := _called(value))}
    return found | {key: named for key, named in inner.items() if key in INNER}


def _called(inner: Mapping[str, Any]) -> str:
    return next((str(inner[key]) for key in ("name", "key", "id", "slug") if isinstance(inner.get(key), str)), "")


def _first(known: Sequence[str], keys: set[str]) -> str:
    return next((key for key in known if key in keys), "")


def _tells(kind: str, rows: Sequence[tuple[str, Mapping[str, Any]]]) -> bool:
    """Whether a column says of what kind each change is."""
    return bool(kind) and any(WORDS.search(str(row.get(kind, ""))) for _, row in rows[:50])


def _entry(place: str, row: Mapping[str, Any], time: str, name: str, kind: str) -> ChangeEntry | None:
    """A change with its time, which may be in seconds or milliseconds of the epoch."""
    moment = any_moment(str(row.get(time, "")))
    if moment is None:
        return None
    said = str(row.get(kind, "") or (name if name in TELLING else "change"))
    title = f"{_named(row, name)}{_where(row)}"
    return ChangeEntry(place, moment, said[:40], title[:120])


def _where(row: Mapping[str, Any]) -> str:
    """The environment, where the row names one that its title does not."""
    told = next((row[key] for key in ENVIRONMENTS if isinstance(row.get(key), str) and row[key]), "")
    return f" in {told}" if told else ""


def _named(row: Mapping[str, Any], name: str) -> str:
    """What changed, with the service where a column has it; a row without that name goes by the next one it fills."""
    verb = str(row.get("title_verb") or "")
    if verb and (began := str(row.get("title", "")).find(verb)) >= 0:
        return str(row["title"])[began:]  # LaunchDarkly's sentence without who did it
    # A number names a row, and a message of the whole what is in it.
    names = (name, *(FLAGS if name in {"id", "type"} else ()), *NAMES)
    filled = (str(row[key]) for key in names if isinstance(row.get(key), str | int | float) and row.get(key))
    service = next((str(row[key]) for key in SERVICES if isinstance(row.get(key), str) and row[key]), "")
    title = next(filled, "")
    return title if not service or service.lower() in title.lower() else f"{service} {title}".strip()
