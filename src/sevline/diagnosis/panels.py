"""What the diagnosis tab of a case shows; the workspace puts it into its page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest

from sevline.bench.report.wording import SIDES
from sevline.cases.models import Case, ImpactField
from sevline.core.failuremodes import ModeRow, suggested
from sevline.core.finding import State
from sevline.core.hypothesis import HYPOTHESIS, OPEN, Confidence, HypothesisState, ReproductionRate
from sevline.core.lifecycle import Refused
from sevline.core.relevance import Fault
from sevline.core.rights import Right, holds, who_may
from sevline.core.runbook import Walk, fitting, runbooks
from sevline.core.signinflow import Said
from sevline.diagnosis import selectors
from sevline.diagnosis.actions.together import side_by_side
from sevline.diagnosis.forms import CHANGES
from sevline.diagnosis.models import Cause, ChangeCheck, Finding, Hypothesis, Reproduction
from sevline.evidence.models import Artifact, Item
from sevline.evidence.selectors.flows import APART, UNREAD, FlowView, sign_in_flows
from sevline.evidence.selectors.said import Citation, place_url
from sevline.people.models import Person

SURE = {
    Confidence.SUSPECTED: ("suspected", "idle", "a guess, not proven"),
    Confidence.PROBABLE: ("probable", "warn", "correlated, not proven"),
    Confidence.CONFIRMED: ("confirmed", "ok", "proven, alternatives ruled out"),
}
TONES = {"FAIL": "bad", "WARN": "warn", "PASS": "ok", "INFO": "accent"}
WRONG = frozenset({State.FAIL, State.WARN})
FOLDED = (("Notes", State.INFO), ("Passed", State.PASS))
_SIDES = {side.value: words for side, words in SIDES.items()}


REFUTED_BY_TEST = "Every test that concluded refuted it. Call it refuted, or run another test."


@dataclass(frozen=True, slots=True)
class Proposed:
    """A runbook that fits the case, with why, and how far it was walked."""

    walk: Walk
    why: tuple[str, ...]


def proposed(person: Person, case: Case) -> list[Proposed]:
    """Runbooks that fit, best first."""
    known, records = selectors.situation(person, case), list(selectors.runbook_steps(person, case))
    fits = fitting(runbooks().values(), known)
    return [Proposed(selectors.walked(person, case, fit.book, known, records), fit.why) for fit in fits]


@dataclass(frozen=True, slots=True)
class FindingCard:
    """A finding with the places that it cites, each with its address; `again` are those that say the same word for
    word, such as of one response in a recording and in a file of its own."""

    finding: Finding
    citations: tuple[Citation, ...]
    again: tuple["FindingCard", ...] = ()

    @property
    def tone(self) -> str:
        return TONES.get(self.finding.state, "idle")

    @property
    def side(self) -> str:
        return "" if self.finding.side == "unknown" else _SIDES.get(self.finding.side, self.finding.side)

    @property
    def item_key(self) -> str:
        item = self.finding.item
        return item.key if item is not None and item.withdrawn_at is None else ""


@dataclass(frozen=True, slots=True)
class ModeCard:
    """A failure mode that the case looks like: the findings that saw its sign, and those that point to it."""

    row: ModeRow
    seen: tuple[FindingCard, ...]
    near: tuple[FindingCard, ...]

    @property
    def told(self) -> tuple[tuple[Finding, str], ...]:
        """What was seen, without the name of the mode, which stands above it."""
        return tuple((card.finding, card.finding.title.partition(". ")[2]) for card in self.seen)

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(cited for card in self.seen for cited in card.citations)


@dataclass(frozen=True, slots=True)
class Card:
    """A hypothesis with what may be done with it: (verb, button)."""

    row: Hypothesis
    moves: tuple[tuple[str, str], ...]
    needs: tuple[str, ...]
    confirmed: bool = False  # a confirmed cause rests on it

    @property
    def for_it(self) -> list[Item]:
        return [link.item for link in self.row.links.all() if link.side == "for"]

    @property
    def against_it(self) -> list[Item]:
        return [link.item for link in self.row.links.all() if link.side == "against"]

    @property
    def label(self) -> str:
        if self.row.state != HypothesisState.SUPPORTED:
            return ""
        return "confirmed as the cause" if self.confirmed else "correlated, not proven"


@dataclass(frozen=True, slots=True)
class Column:
    """One state of the board."""

    title: str
    tone: str
    icon: str
    cards: tuple[Card, ...]


COLUMNS = (
    ("Proposed", "", "ring", HypothesisState.PROPOSED),
    ("Testing", "accent", "half", HypothesisState.TESTING),
    ("Supported", "ok", "pass", HypothesisState.SUPPORTED),
    ("Refuted", "bad", "fail", HypothesisState.REFUTED),
    ("Parked", "", "pause", HypothesisState.PARKED),
)
ALWAYS = frozenset({HypothesisState.TESTING, HypothesisState.SUPPORTED, HypothesisState.REFUTED})
BUTTONS = {"support": "Supported", "refute": "Refuted", "park": "Park", "reconsider": "Take up again"}


def diagnosis(request: HttpRequest, case: Case) -> dict[str, Any]:
    """What `diagnosis/panels/diagnosis.html` needs; the number of queries does not grow with the rows."""
    person = request.user
    if not isinstance(person, Person):
        return {}
    cards = finding_cards(person, case)
    told = _each_once(cards)
    unread = selectors.files_unread(person, case)
    waits = selectors.waits_to_be_read_together(person, case)
    causes = list(selectors.causes(person, case))
    return {
        "case": case,
        "may_diagnose": holds(person, Right.DIAGNOSIS_EDIT) and case.is_open,
        "may_query": holds(person, Right.DATA_QUERY),
        "who_may_diagnose": who_may(Right.DIAGNOSIS_EDIT),
        "flows": _flows(case, told, unread, waits=waits),
        "findings": _by_fault(case, [card for card in told if card.finding.state in WRONG]),
        "folded": [(title, held) for title, state in FOLDED if (held := _in_state(told, state))],
        "not_evaluated": _unanswered(cards),
        "modes": modes(cards),
        "read_together": selectors.files_read(person, case),
        "unread": unread,
        "waits": waits,
        "runbooks": proposed(person, case)[:2],
        "columns": _columns(selectors.board(person, case), causes),
        "tests": selectors.tests(person, case),
        "causes": [_cause(cause) for cause in causes],
        "reproductions": [_reproduction(row) for row in selectors.reproductions(person, case)],
        "workarounds": selectors.workarounds(person, case),
        "changes": [_changes(row) for row in selectors.change_checks(person, case)],
        "searches": selectors.searches(person, case),
        "gaps": selectors.telemetry_gaps(person, case),
    }


def _flows(case: Case, told: list[FindingCard], unread: int, *, waits: bool) -> list[FlowView]:
    """The sign-ins; where none fails while files are still to be read, also side by side, they may yet say which."""
    said = [_said(card.finding) for card in told]
    drawn = sign_in_flows(said)
    if drawn and (unread or waits):
        return sign_in_flows(said, more=UNREAD)
    return sign_in_flows(said, more=APART) if drawn and not side_by_side(case) else drawn


def _by_fault(case: Case, cards: list[FindingCard]) -> list[FindingCard]:
    """What concerns the fault of the case first: its type, and what its title and impact say does not work."""
    fault = Fault.of(case.issue_type, case.title, str(case.impact.get(ImpactField.FEATURE, "")))

    def order(card: FindingCard) -> tuple[int, int, int, int, str]:
        row = card.finding
        return fault.order(
            row.check_id, row.state, row.confidence, [row.title, *(one.excerpt for one in card.citations)]
        )

    return sorted(cards, key=order)


def modes(cards: Iterable[FindingCard]) -> list[ModeCard]:
    """The failure modes that findings suggest, those first whose sign was seen."""
    by_row = {card.finding.pk: card for card in cards}

    def held(findings: Iterable[Finding]) -> tuple[FindingCard, ...]:
        return tuple(by_row[finding.pk] for finding in findings)

    told = suggested(card.finding for card in by_row.values())
    return [ModeCard(one.row, held(one.seen), held(one.near)) for one in told]


def _said(row: Finding) -> Said:
    return Said(row.check_id, row.state, row.title, f"finding-{row.pk}", row.upload.name)


#: Findings that the evidence tab names; the others stand in Diagnosis.
NAMED = 5


def told(person: Person, case: Case) -> dict[str, Any]:
    """What `diagnosis/panels/told.html` needs: in short what is wrong by the files, alone and beside one another, what
    concerns the case's fault first, and whether the checks have still to say more."""
    if not (holds(person, Right.DIAGNOSIS_VIEW) and holds(person, Right.EVIDENCE_VIEW)):
        return {"case": case}
    cards = finding_cards(person, case)
    wrong = _by_fault(case, [card for card in _each_once(cards) if card.finding.state in WRONG])
    unread = selectors.files_unread(person, case)
    waits = selectors.waits_to_be_read_together(person, case)
    return {
        "case": case,
        "wrong": wrong[:NAMED],
        "wrong_count": len(wrong),
        "fine": bool(cards) and not wrong,
        "going_on": bool(unread) or waits,
    }


def beside(person: Person, case: Case, number: int) -> list[FindingCard]:
    """What is wrong with a file of the case, by its number, that only shows beside others: on its own page too. That
    is what cites the file, and what a check says that read it and could say nothing of it alone."""
    cards = [card for card in finding_cards(person, case) if card.finding.together_id and card.finding.state in WRONG]
    upload = selectors.upload_numbered(person, case, number)
    if upload is None:
        return []
    alone, waited = selectors.said_alone(upload), selectors.waited_alone(upload)

    def is_of_it(row: Finding) -> bool:
        cited = {place.get("upload", row.upload_id) for place in row.evidence}
        known = (row.check_id, row.state, row.title[: selectors.TITLE_SAME]) in alone
        return row.check_id in waited or (upload.pk in cited and not known)

    return _by_fault(case, [card for card in cards if is_of_it(card.finding)])


def _each_once(cards: Iterable[FindingCard]) -> list[FindingCard]:
    """The cards in their order, each that says the same of another place under the first that said it."""
    held: dict[tuple[str, str, str, str], list[FindingCard]] = {}
    for card in cards:
        row = card.finding
        held.setdefault((row.check_id, row.state, row.title, row.side), []).append(card)
    return [replace(first, again=tuple(others)) for first, *others in held.values()]


def _in_state(cards: list[FindingCard], state: State) -> list[FindingCard]:
    return [card for card in cards if card.finding.state == state]


def finding_cards(person: Person, case: Case) -> list[FindingCard]:
    """Everything that checks said about the case's files, with the places that can be opened."""
    rows = list(selectors.findings(person, case))
    # The newest run comes last, so that its artifacts are the ones that the citations open.
    uploads = {place.get("upload", row.upload_id) for row in rows for place in row.evidence}
    files = Artifact.objects.filter(upload__in=uploads, upload__case=case).order_by("run__number")
    by_place = {(file.upload_id, file.key): file for file in files}
    return [FindingCard(row, tuple(_citations(row, by_place))) for row in rows]


def _unanswered(cards: Iterable[FindingCard]) -> list[FindingCard]:
    """Checks that no file of the case could answer, each once."""
    said = {card.finding.check_id for card in cards if card.finding.state != State.NOT_EVALUATED}
    waiting = {card.finding.check_id: card for card in cards if card.finding.check_id not in said}
    return list(waiting.values())


def _citations(row: Finding, files: Mapping[tuple[int, str], Artifact]) -> Iterable[Citation]:
    for place in row.evidence:
        file = files.get((place.get("upload", row.upload_id), place["artifact"]))
        yield Citation(
            name=file.name if file else place["artifact"],
            locator=place["locator"],
            url=place_url(file, place["locator"]) if file else "",
            excerpt=place["excerpt"],
            observed=place["observed"],
            expected=place["expected"],
        )


def _columns(board: Mapping[str, list[Hypothesis]], causes: Iterable[Cause]) -> list[Column]:
    """Testing, supported and refuted are always there; proposed and parked where they hold something."""
    standing = [cause for cause in causes if cause.confidence == Confidence.CONFIRMED and cause.refuted_at is None]
    confirmed = frozenset(cause.hypothesis_id for cause in standing)
    return [
        Column(title, tone, icon, tuple(_card(row, confirmed=row.pk in confirmed) for row in board[state]))
        for title, tone, icon, state in COLUMNS
        if board[state] or state in ALWAYS
    ]


def _card(row: Hypothesis, *, confirmed: bool) -> Card:
    """The moves that the board's rules allow now, and what an open hypothesis still needs to be supported."""
    facts = row.facts()
    moves: list[tuple[str, str]] = []
    needs: tuple[str, ...] = ()
    for move in HYPOTHESIS.from_status(row.state):
        if move.verb not in BUTTONS:
            continue
        try:
            HYPOTHESIS.apply(move.verb, row.state, facts)
        except Refused as refusal:
            needs = refusal.reasons if move.verb == "support" else needs
        else:
            moves.append((move.verb, BUTTONS[move.verb]))
    if facts.is_refuted_by_its_tests:
        needs = (REFUTED_BY_TEST,) if row.state in OPEN else needs
    return Card(row, tuple(moves), needs, confirmed)


def _cause(cause: Cause) -> dict[str, Any]:
    text, tone, wording = SURE[Confidence(cause.confidence)]
    if cause.refuted_at is not None:
        text, tone, wording = "refuted", "bad", "did not hold"
    return {"row": cause, "text": text, "tone": tone, "wording": wording, "ruled_out": cause.ruled_out.splitlines()}


def _reproduction(row: Reproduction) -> dict[str, Any]:
    rate: ReproductionRate = selectors.rate_of(row)
    return {"row": row, "rate": rate, "steps": row.steps.splitlines(), "state": rate.state.replace("_", " ")}


def _changes(row: ChangeCheck) -> dict[str, Any]:
    return {"row": row, "found": [(label, getattr(row, key)) for key, label in CHANGES.items() if getattr(row, key)]}
