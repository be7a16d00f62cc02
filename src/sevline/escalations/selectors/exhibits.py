"""The evidence of a packet: what the register holds, completed from what is known about the file itself."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sevline.cases.models import Case, Message, MessageKind
from sevline.core import packet as core
from sevline.core.faults import belongs_to
from sevline.core.mining.shape import SAMPLE_BYTES
from sevline.core.mining.slots import as_read
from sevline.core.readers.position import line_of
from sevline.core.redaction.pseudonym import fitting
from sevline.diagnosis.models import Finding
from sevline.evidence import selectors as evidence
from sevline.evidence.models import Item, Pattern
from sevline.evidence.selectors.lines import numbered
from sevline.evidence.selectors.recorded import exchanges_of, part_of, told_call

TOLD = ("FAIL", "WARN")
ERROR_LEVELS = frozenset({"ERROR", "FATAL", "CRITICAL", "SEVERE"})
EXCERPT_LINES = 60
FIRST_LINES = 10
BEGINNING = "first "
TICKET_LINES = 20
ANSWER_LINES = 200  # of a file in which an answer is looked for
ANSWER = re.compile(r"^[<*]? ?HTTP/\d(?:\.\d)? [1-5]\d\d")
PATH = re.compile(r"(?<![\w/])/[\w.~-]+(?:/[\w.~-]+)+")
ASKING = re.compile(r"^(?:> )?(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \S+")


def exhibits(case: Case, relied_on: Iterable[str] = ()) -> tuple[core.EvidenceItem, ...]:
    """The evidence in the order of the register, then the ticket.

    A whole file without an excerpt of its own stands here if the rest is known about it, or a claim relies on it, or
    there is nothing better.
    """
    items = list(Item.objects.filter(case=case, withdrawn_at__isnull=True).select_related("artifact", "upload"))
    drawn = _drawn(items, _of_the_fault(case))
    needed = set(relied_on)
    chosen = [shown for item, shown in drawn if item.excerpt or shown.id in needed or _tells(shown)]
    return (*(chosen or [shown for _, shown in drawn]), *_messages(case, needed, looked_up=bool(drawn)))


def _of_the_fault(case: Case) -> list[Finding]:
    """What failed of the case's own type, and what the register was made from for it; what names the address that does
    not work comes first. Of other findings no packet makes a claim by itself."""
    rows = Finding.objects.filter(case=case, state__in=TOLD).order_by("state", "check_id", "id")
    fault = [row for row in rows if row.state == "FAIL" and belongs_to(case.issue_type, row.check_id)]
    paths = PATH.findall(" ".join((case.impact.get("feature", ""), case.title)))
    return sorted(fault, key=lambda row: not any(_names(row.title, path) for path in paths))


def _names(title: str, path: str) -> bool:
    return re.search(rf"{re.escape(path)}(?![\w/-])", title) is not None


def _tells(item: core.EvidenceItem) -> bool:
    """Whether a whole file says something by itself; how it begins says nothing of the fault."""
    return is_whole(item) and not item.query.startswith(BEGINNING)


def is_whole(item: core.EvidenceItem) -> bool:
    return all((item.claim, item.source, item.query, item.window, item.excerpt))


def message_id(number: int) -> str:
    """The name of a message in a packet: messages are counted by case, the first one is 1."""
    return f"M-{number}"


def numbers_of_messages(case: Case) -> dict[int, int]:
    """The number of each message in its case, by its key. One query."""
    keys = Message.objects.filter(case=case).order_by("pk").values_list("pk", flat=True)
    return {key: number for number, key in enumerate(keys, start=1)}


def _messages(case: Case, needed: Iterable[str], *, looked_up: bool) -> Iterator[core.EvidenceItem]:
    """The ticket, and each later message that a claim relies on. By itself a ticket is no answer to a query."""
    relied = set(needed)
    for number, message in enumerate(Message.objects.filter(case=case).order_by("pk"), start=1):
        if message.kind == MessageKind.TICKET or message_id(number) in relied:
            yield core.EvidenceItem(
                id=message_id(number),
                claim="What the customer reported" if message.kind == MessageKind.TICKET else "What was written later",
                source=message.get_kind_display().lower(),
                query=f"message {number} of the case" if looked_up else "",
                window=f"received {_moment(message.at)}",
                excerpt="\n".join(message.text.splitlines()[:TICKET_LINES]),
            )


def _drawn(items: Sequence[Item], findings: Sequence[Finding]) -> list[tuple[Item, core.EvidenceItem]]:
    """Each row with what is shown of it; what is not in the rows is read for all of them at once."""
    known = {item.pk: _known(item) for item in items}
    bare = [item for item in items if item.artifact is not None and not known[item.pk].excerpt]
    patterns = error_patterns(item.artifact_id for item in bare if item.artifact_id)
    told = {item.pk: _from_finding(known[item.pk], item, findings) or _from_pattern(known[item.pk], item, patterns)
            for item in bare}  # fmt: skip
    begins = evidence.beginnings(
        [item.artifact for item in bare if item.artifact and told[item.pk] is None], ANSWER_LINES
    )
    return _in_their_places([(item, _exhibit(item, known[item.pk], told.get(item.pk), begins)) for item in items])


def _in_their_places(drawn: list[tuple[Item, core.EvidenceItem]]) -> list[tuple[Item, core.EvidenceItem]]:
    """A value that was cited alone stands in what is around it: the call that it is a part of, or its whole line."""
    places = {shown.id: item.locator if item.excerpt else shown.query for item, shown in drawn}
    alone = [item for item, shown in drawn if item.artifact and len(shown.excerpt.splitlines()) == 1]
    lines = numbered((item.artifact, (_number(places[item.key]),)) for item in alone if item.artifact)
    calls = exchanges_of(item.artifact for item in alone if item.artifact and places[item.key].startswith("/"))
    around: dict[str, str] = {}
    for item in alone:
        file, place = item.artifact_id or 0, places[item.key]
        call = part_of(calls.get(file, ()), place)
        around[item.key] = "\n".join(told_call(call)) if call else lines.get(file, {}).get(_number(place), "")
    return [(item, replace(shown, excerpt=_with(shown.excerpt, around.get(shown.id, "")))) for item, shown in drawn]


def _number(locator: str) -> int:
    at = line_of(locator)
    return at.line if at is not None else 0


def _with(excerpt: str, around: str) -> str:
    """What stands around an excerpt, and the excerpt behind it where it does not hold it."""
    if not around:
        return excerpt
    return _cut(around if excerpt.strip() in around else f"{around}\ncited: {excerpt}")


def _known(item: Item) -> core.EvidenceItem:
    return core.EvidenceItem(
        id=item.key,
        claim=item.claim,
        source=item.source,
        query=item.query or item.locator,
        window=_window(item.window_first, item.window_last) or _captured(item),
        excerpt=_cut(item.excerpt),
    )


def _exhibit(
    item: Item, known: core.EvidenceItem, told: core.EvidenceItem | None, begins: Mapping[int, Sequence[evidence.Line]]
) -> core.EvidenceItem:
    if known.excerpt or item.artifact is None:
        return known if known.query else replace(known, query="whole file")
    return told or _from_file(known, begins.get(item.artifact.pk, ()))


def _from_finding(known: core.EvidenceItem, item: Item, findings: Sequence[Finding]) -> core.EvidenceItem | None:
    """What a check found wrong in the file, with the place that it cites."""
    key = item.artifact.key if item.artifact else ""
    for finding in findings:
        for cited in finding.evidence if finding.upload_id == item.upload_id else ():
            if cited["artifact"] == key and cited["excerpt"].strip():
                said = f"{known.claim}: {finding.title}"
                return replace(known, claim=said, query=cited["locator"], excerpt=_cut(cited["excerpt"]))
    return None


def _from_pattern(known: core.EvidenceItem, item: Item, patterns: Mapping[int, Pattern]) -> core.EvidenceItem | None:
    """The most frequent error message of a log, with examples."""
    pattern = patterns.get(item.artifact_id or 0)
    if pattern is None:
        return None
    return replace(
        known,
        claim=f"{known.claim}: {_often(pattern.count)} “{fitting(as_read(pattern.template), 160)}”",
        query=f"pattern {fitting(pattern.template, 160)}",
        window=_window(pattern.first_at, pattern.last_at) or known.window,
        excerpt=_cut("\n".join(map(example, pattern.examples))),
    )


def example(row: Sequence[Any]) -> str:
    """An example line of a pattern; one of which only the beginning was kept says so."""
    text = str(row[1])
    return f"{text}…" if len(text.encode()) >= SAMPLE_BYTES - 3 and not text.endswith("…") else text


def _often(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def error_patterns(artifacts: Iterable[int]) -> dict[int, Pattern]:
    """The most frequent error pattern of each artifact that has one, the most frequent first. One query."""
    found: dict[int, Pattern] = {}
    for row in Pattern.objects.filter(artifact_id__in=list(artifacts)).order_by("-count", "id"):
        if ERROR_LEVELS & {level.upper() for level in row.levels} and row.examples:
            found.setdefault(row.artifact_id, row)
    return found


def _from_file(known: core.EvidenceItem, lines: Sequence[evidence.Line]) -> core.EvidenceItem:
    """What was asked and answered where the file holds an answer, else how it begins; as it was where nothing of it may
    be shown."""
    at = next((n for n, line in enumerate(lines) if ANSWER.match(line.text)), None)
    chosen = lines[:FIRST_LINES] if at is None else [*_asking(lines[:at]), *lines[at : at + FIRST_LINES]]
    text = "\n".join(line.text for line in chosen).strip()
    if not text:
        return known
    said = f"{BEGINNING}{FIRST_LINES} lines" if at is None else f"the answer, from line {lines[at].number} on"
    return replace(known, query=known.query or said, excerpt=_cut(text))


def _asking(lines: Sequence[evidence.Line]) -> list[evidence.Line]:
    """The line of the request that was made last."""
    return [line for line in lines if ASKING.match(line.text)][-1:]


def _cut(text: str) -> str:
    lines = text.splitlines()
    return "\n".join(lines if len(lines) <= EXCERPT_LINES else [*lines[: EXCERPT_LINES - 1], "…"])


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"


def _window(first: datetime | None, last: datetime | None) -> str:
    if first is None:
        return ""
    return _moment(first) if last is None or last == first else f"{first:%Y-%m-%d %H:%M:%S} to {_moment(last)}"


def _captured(item: Item) -> str:
    captured = item.upload.captured_at if item.upload else None
    return f"captured {_moment(captured)}" if captured else ""
