"""Lists of changes as teams have them: CSV, JSON, and the tags of a git repository as text.

A time without a zone is refused, for a change an hour off is worse than none.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO

from sevline.core.lifecycle import Refused
from sevline.core.mining.surfacing.nearby import ChangeKind

MOST_ROWS = 20_000
LARGEST = 20 * 2**20
#: Rows that could not be read that are named one by one, and objects that a list of so many changes may consist of.
MOST_NAMED, MOST_OBJECTS = 100, 20 * MOST_ROWS
_KIND_WORDS = {
    ChangeKind.DEPLOY: "deploy deployment release rollout rollback tag",
    ChangeKind.FLAG: "flag featureflag toggle switch",
    ChangeKind.CONFIG: "config configuration setting settings rotation keyrotation secretrotation certificate",
    ChangeKind.MIGRATION: "migration migrate schema data",
    ChangeKind.VENDOR: "vendor vendorincident incident",
}
_KINDS = {word: kind for kind, words in _KIND_WORDS.items() for word in words.split()}
TIMES = ("deployed_at", "changed_at", "finished_at", "started_at", "released_at", "timestamp", "time", "at", "when",
         "date", "created_at", "created", "created_date", "date_created", "event_time", "audit_log_date_time",
         "published_at", "date_released", "date_happened", "event_created_at", "changed_on", "updated_at")  # fmt: skip
NAMES = ("title", "name", "summary", "release", "version", "tag", "flag", "flag_key", "key", "setting", "change",
         "description", "message", "commit", "what", "subject", "feature_name", "feature", "object_name", "tag_name",
         "log", "details", "id")  # fmt: skip
KINDS = ("kind", "type", "change_type", "category", "event")
"""What columns and keys are called, the surest first; also in evidence (see `documents.change_list`)."""

_COLUMNS = {
    "at": TIMES,
    "kind": KINDS,
    "title": NAMES,
    "components": ("components", "component", "service", "services", "app"),
    "id": ("id", "key", "external_id", "sha", "number"),
}
_STAMP = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?: ?(?:Z|[+-]\d\d:?\d\d))?")
_NOT_SHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
"""What no title shows, and not every database keeps."""
_VERSION = re.compile(r"[/@_-]?v?\d[\w.+-]*$")


@dataclass(frozen=True, slots=True)
class ListedChange:
    """One row. `id` is its own where the list names one, else made of what it says: importing twice adds nothing."""

    id: str
    kind: ChangeKind
    title: str
    at: datetime
    components: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeList:
    """`form`: csv, json or git tags. `problems`: a sentence for each of the first rows that could not be read,
    and one for all others."""

    form: str
    changes: tuple[ListedChange, ...]
    problems: tuple[str, ...]


def read_changes(data: bytes, *, component: str = "") -> ChangeList:
    """Raises Refused where nothing is a change. `component` is that of rows that name none."""
    if len(data) > LARGEST:
        raise Refused(f"The list is larger than {LARGEST >> 20} MB. Import it in parts.")
    text = data.decode("utf-8-sig", "replace").strip()
    if not text:
        raise Refused("The list is empty.")
    form = "json" if text[0] in "[{" else "git tags" if _is_tags(text) else "csv"
    rows = {"json": _json_rows, "csv": _csv_rows, "git tags": _tag_rows}[form](text)
    changes: list[ListedChange] = []
    problems: list[str] = []
    unnamed = 0
    for number, row in rows:
        if len(changes) >= MOST_ROWS:
            problems.append(f"Only the first {MOST_ROWS:,} changes are imported at once.")
            break
        try:
            changes.append(_change(row, component))
        except Refused as refusal:
            if len(problems) < MOST_NAMED:
                problems.append(f"Row {number}: {' '.join(refusal.reasons)}")
            else:
                unnamed += 1
    if unnamed:
        problems.append(f"{unnamed:,} more rows could not be read.")
    if not changes:
        first = problems[0] if problems else "It has no rows."
        raise Refused(f"No change could be read from this list. {first}")
    return ChangeList(form, tuple(changes), tuple(problems))


def kind_named(text: str) -> ChangeKind:
    """Raises Refused for a word that names no kind."""
    word = re.sub(r"[^a-z]", "", text.lower())
    if word not in _KINDS:
        raise Refused(f"“{text[:40]}” is no kind of change. Known are: {', '.join(ChangeKind)}.")
    return _KINDS[word]


def moment_named(text: str) -> datetime:
    """Raises Refused for a time that cannot be read or names no zone."""
    try:
        at = datetime.fromisoformat(text.strip().replace(" +", "+").replace(" -", "-"))
        in_utc = at.astimezone(UTC) if at.tzinfo is not None else None
    except (ValueError, OverflowError):  # the first and last hours that there are have none in another zone
        raise Refused(f"“{text[:40]}” is no time such as 2026-03-01T10:00:00Z.") from None
    if in_utc is None:
        raise Refused(f"“{text[:40]}” names no zone. Write 2026-03-01T10:00:00Z, or the offset such as +02:00.")
    return in_utc


def _change(row: Mapping[str, object], component: str) -> ListedChange:
    cells = _by_meaning(row)
    at = moment_named(str(cells.get("at", "")))
    kind = kind_named(str(cells.get("kind") or ChangeKind.DEPLOY))
    listed = cells.get("components")
    named = [_plain(name) for name in listed] if isinstance(listed, list) else re.split(r"[,;|]", _plain(listed))
    components = tuple(name.strip()[:80] for name in named if name.strip())
    components = components or tuple(filter(None, (_plain(component),)))
    written = str(cells.get("title") or "").strip()[:200]
    title = _plain(written) or " ".join([kind.value, *components])
    own = str(cells.get("id") or "").strip()[:120]
    told = f"{at:%Y%m%dT%H%M%SZ} {kind.value} {written or title}"
    return ListedChange(own or told[:160], kind, title, at, components)


def _plain(value: object) -> str:
    return _NOT_SHOWN.sub(" ", str(value or "")).strip()


def _by_meaning(row: Mapping[str, object]) -> dict[str, object]:
    plain = {plain_key(str(key)): value for key, value in row.items()}
    found: dict[str, object] = {}
    for meaning, names in _COLUMNS.items():
        value = next((plain[name] for name in names if plain.get(name) not in (None, "")), None)
        if value is not None:
            found[meaning] = value
    return found


def plain_key(name: str) -> str:
    """`Deployed At`, `deployedAt` and `deployed-at` are one."""
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[^a-z0-9]+", "_", split.lower()).strip("_")


def delimiter_of(heading: str) -> str:
    return max(",;\t", key=heading.count)


def _json_rows(text: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    """A list of objects, an object that holds one, or an object a line."""
    import msgspec

    if text.count("{") > MOST_OBJECTS:
        raise Refused(f"The list holds more than {MOST_OBJECTS:,} objects. Import it in parts.")
    try:
        found = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        yield from _json_lines(text)
        return
    if isinstance(found, dict):
        found = next(filter(_has_times, found.values()), [found])
    yield from ((number, row) for number, row in enumerate(found, 1) if isinstance(row, dict))


def _has_times(value: object) -> bool:
    """Whether it is a list of changes: one of components or labels is a part of a single change."""
    rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    return any(plain_key(str(key)) in TIMES for row in rows for key in row)


def _json_lines(text: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    import msgspec

    for number, line in enumerate(text.splitlines(), 1):
        try:
            row = msgspec.json.decode(line) if line.strip() else None
        except (msgspec.DecodeError, RecursionError):
            row = {}
        if isinstance(row, dict):
            yield number, row


def _csv_rows(text: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    first = text.partition("\n")[0]
    reader = csv.DictReader(StringIO(text), delimiter=delimiter_of(first))
    try:
        for row in reader:
            yield reader.line_num, {key: value for key, value in row.items() if key is not None}
    except csv.Error as fault:
        yield reader.line_num, {"title": f"unreadable ({fault})"}


def _is_tags(text: str) -> bool:
    """`git for-each-ref` or `git log --tags`: each line holds a name and a time, and no line is a header."""
    lines = [line for line in text.splitlines() if line.strip()][:20]
    return all(_STAMP.search(line) and "," not in _STAMP.sub("", line) for line in lines)


def _tag_rows(text: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    """`checkout-v1.2 2026-03-01 10:00:00 +0000`; what stands before the version names the component."""
    for number, line in enumerate(text.splitlines(), 1):
        stamp = _STAMP.search(line)
        if stamp is None:
            continue
        rest = (line[: stamp.start()] + " " + line[stamp.end() :]).replace("(", " ").replace(")", " ")
        rest = rest.replace("refs/tags/", "").replace("tag:", "")
        name = next(iter(rest.split()), "")
        component = _VERSION.sub("", name)
        yield (
            number,
            {"at": stamp[0], "kind": "tag", "title": name, "component": component if component != name else ""},
        )
