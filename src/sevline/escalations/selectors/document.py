"""A packet as a page shows it: its fields in the order in which an engineer reads them, and the gate beside it."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sevline.cases.models import Case
from sevline.core import packet as core
from sevline.core.packet.render import BODY
from sevline.core.rights import Right, holds
from sevline.escalations.models import PacketVersion
from sevline.evidence.models import Item, Pattern
from sevline.evidence.selectors.said import place_url
from sevline.people.models import Person

#: By their numbers, which the page shows and the gate beside it counts by.
READING_ORDER = sorted((("p1", "Title"), *BODY), key=lambda field: int(field[0][1:]))
MOST_STEPS = 5  # of the next points that are shown at once; the first of them win the most
OF_PATTERN = "pattern "
LOCATOR = re.compile(r"/\S*|\d{1,9}:\d{1,9}")
HERE = frozenset({"P1", "P2", "P5", "P11"})  # won by writing on the packet itself
WON_AT = {
    **dict.fromkeys(("P3", "H2"), "/triage"),
    "P4": "/impact",
    "H1": "/classify",
    "H5": "/tell",
    **dict.fromkeys(("P7", "P8", "H3", "H4"), "/evidence"),
    **dict.fromkeys(("P6", "P9", "P10", "P12", "P13", "P14", "H6"), "/diagnosis"),
    "H7": "#P11",
}
OPENED_BY = {
    "/triage": Right.CASE_TRIAGE,
    "/impact": Right.CASE_EDIT,
    "/classify": Right.CASE_EDIT,
    "/tell": Right.CASE_REPLY,
    "/evidence": Right.EVIDENCE_VIEW,
    "/diagnosis": Right.DIAGNOSIS_VIEW,
}


@dataclass(frozen=True, slots=True)
class Section:
    """One field. `credit` is full, half, none, not applicable, or empty where nobody scored it."""

    id: str
    title: str
    lines: tuple[str, ...]
    credit: str
    ask: str = ""
    points: str = ""
    url: str = ""
    came_back: str = ""  # why Engineering sent the packet back for it, while it says the same as then
    note: str = ""  # in whose words

    @property
    def tone(self) -> str:
        if self.came_back:
            return "warn"
        return {"full": "ok", "half": "warn", "none": "bad"}.get(self.credit, "muted")

    @property
    def key(self) -> str:
        return self.id.lower()


@dataclass(frozen=True, slots=True)
class Exhibit:
    id: str
    claim: str
    source: str
    query: str
    window: str
    excerpt: str
    url: str

    @property
    def lacks(self) -> str:
        """What keeps the row from full points, in words; empty where it has everything."""
        parts = (("claim", self.claim), ("source", self.source), ("query", self.query), ("window", self.window),
                 ("excerpt", self.excerpt))  # fmt: skip
        return ", ".join(name for name, text in parts if not text.strip())


@dataclass(frozen=True, slots=True)
class GateLine:
    id: str
    title: str
    sentence: str
    url: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One field of the score: `height` of 14 units is earned."""

    id: str
    label: str
    number: str
    height: float
    tone: str

    @property
    def start(self) -> float:
        return 14 - self.height


@dataclass(frozen=True, slots=True)
class GateView:
    """The score as a page shows it; `width` and `mark` are on a scale of 340 units."""

    points: str
    threshold: int | None
    shortfall: str
    passes: bool
    width: float
    mark: float
    bars: tuple[Bar, ...]
    steps: tuple[Section, ...]
    gates: tuple[GateLine, ...]
    penalties: tuple[str, ...]
    objections: tuple[str, ...]

    security: bool = False
    unasked: str = ""
    waits_for: str = ""  # why it came back, while nothing was done about it

    @property
    def met(self) -> tuple[GateLine, ...]:
        """The hard gates that the packet passes."""
        return tuple(gate for gate in self.gates if not gate.sentence)

    @property
    def failing(self) -> tuple[GateLine, ...]:
        """The hard gates that keep it back, each with the sentence that says what is missing."""
        return tuple(gate for gate in self.gates if gate.sentence)

    @property
    def first_steps(self) -> tuple[Section, ...]:
        return self.steps[:MOST_STEPS]

    @property
    def more_steps(self) -> tuple[Section, ...]:
        return self.steps[MOST_STEPS:]

    @property
    def verdict(self) -> str:
        """Whether the packet can go, and if not, what keeps it back: one line."""
        if self.security:
            return "Take the Security route"
        if self.waits_for:
            return self.waits_for
        if self.passes:
            return "Ready to send"
        count = len(self.failing)
        lacks = [f"{count} of {len(self.gates)} hard gates fail{'s' if count == 1 else ''}"] if count else []
        if self.shortfall:
            lacks.append("1 point is missing" if self.shortfall == "1" else f"{self.shortfall} points are missing")
        lacks += ["it asks for nothing"] if self.unasked else []
        return f"Not ready: {', '.join(lacks)}"

    @property
    def only_threshold(self) -> bool:
        """Whether an override would let the packet out."""
        return bool(self.shortfall) and not self.failing


def sections(
    document: Mapping[str, Any],
    case: Case,
    score: core.Score | None = None,
    came_back: Mapping[str, str] = MappingProxyType({}),
    *,
    person: Person | None = None,
    note: str = "",
) -> list[Section]:
    """The fourteen fields of a document; with a score also how the next points are won. `note` are the words in which
    it came back, for the fields in `came_back`."""
    earned = document["credits"]
    to_win = {credit.id: credit for credit in score.credits} if score else {}
    found = []
    for key, title in READING_ORDER:
        step = to_win.get(key.upper())
        needs = bool(step and step.to_win)
        found.append(
            Section(
                id=key.upper(),
                title=title,
                lines=tuple(str(document[key]).splitlines()),
                credit=_credit(key, document["not_applicable"], earned),
                ask=step.sentence if step and needs else "",
                points=f"+{core.number(step.to_win)}" if step and needs else "",
                url=won_at(key.upper(), case, person) if needs else "",
                came_back=came_back.get(key.upper(), ""),
                note=note if key.upper() in came_back else "",
            )
        )
    return found


def _credit(key: str, not_applicable: Mapping[str, str], earned: Mapping[str, float]) -> str:
    if not_applicable.get(key.upper()):
        return "not applicable"
    return {1.0: "full", 0.0: "none"}.get(earned.get(key, 0.0), "half")


def won_at(field: str, case: Case, person: Person | None = None) -> str:
    """Where the next points of a field are won: on the packet itself, or on a page of its case; for whom that page is
    closed, on the case."""
    if field in HERE or WON_AT[field].startswith("#"):
        return WON_AT.get(field, f"#{field}")
    way = WON_AT[field]
    return f"{case.page}{way}" if person is not None and holds(person, OPENED_BY[way]) else case.page


def exhibits_of(document: Mapping[str, Any], case: Case) -> list[Exhibit]:
    """The evidence of a document, each with the address of its place in the redacted file, if it has one. The same few
    queries however many there are."""
    items = {item.key: item for item in Item.objects.filter(case=case).select_related("artifact")}
    shown = [(items.get(row["id"]), row) for row in document["evidence"]]
    examples = _examples(item for item, row in shown if item and str(row["query"]).startswith(OF_PATTERN))
    return [Exhibit(**_shown(row), url=_place(item, row, examples)) for item, row in shown]


def _examples(items: Iterable[Item]) -> dict[int, list[Any]]:
    """Number and text of the example lines of the patterns of these items' files, by file. One query."""
    files = {item.artifact_id for item in items if item.artifact_id and not item.locator}
    examples: dict[int, list[Any]] = {}
    for file, kept in Pattern.objects.filter(artifact_id__in=files).values_list("artifact_id", "examples"):
        examples.setdefault(file, []).extend(kept)
    return examples


def _shown(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(row[name]) for name in ("id", "claim", "source", "query", "window", "excerpt")}


def _place(item: Item | None, row: Mapping[str, Any], examples: Mapping[int, Sequence[Any]]) -> str:
    """The place that the row cites: the register's own, else the one that a finding or a pattern gave it."""
    if item is None or item.artifact is None:
        return ""
    of_file = examples.get(item.artifact.pk, ())
    return place_url(item.artifact, item.locator or _locator(of_file, str(row["query"]), str(row["excerpt"])))


def _locator(examples: Iterable[Any], query: str, excerpt: str) -> str:
    if LOCATOR.fullmatch(query):
        return query
    if not query.startswith(OF_PATTERN):
        return ""
    first = excerpt.partition("\n")[0].rstrip("…")
    return next((f"{number}:1" for number, text in examples if str(text).startswith(first)), "") if first else ""


def document_of(version: PacketVersion) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(version.document)
    return found


def gate_view(score: core.Score, case: Case, person: Person, *, waits_for: str = "") -> GateView:
    ways = {credit.id: won_at(credit.id, case, person) for credit in score.credits}
    return GateView(
        points=score.points_told,
        threshold=score.threshold,
        shortfall=score.shortfall_told if score.shortfall else "",
        passes=score.verdict is core.Verdict.PASSES and not score.unasked and not waits_for,
        width=round(3.4 * float(score.points), 1),
        mark=round(3.4 * (score.threshold or 0), 1),
        bars=tuple(_bar(credit) for credit in score.credits),
        steps=tuple(
            Section(step.id, step.title, (), "", step.sentence, f"+{core.number(step.to_win)}", ways[step.id])
            for step in score.next_steps
        ),
        gates=tuple(
            GateLine(gate.id, gate.title, gate.sentence, won_at(gate.field or gate.id, case, person))
            for gate in score.gates
        ),
        penalties=score.penalties,
        objections=score.objections(),
        security=score.verdict is core.Verdict.SECURITY,
        unasked=score.unasked,
        waits_for=waits_for,
    )


def _bar(credit: core.Credit) -> Bar:
    share = float(credit.credit)
    earned = core.number(credit.points * credit.credit)
    said = f"not applicable: {credit.not_applicable}" if credit.not_applicable else f"{earned} of {credit.points}"
    tone = "ok" if share == 1 else "warn"
    return Bar(credit.id, f"{credit.id} {credit.title}: {said}", credit.id[1:], round(14 * share, 1), tone)
