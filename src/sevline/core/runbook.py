"""Guided runbooks: steps in layers that checks tick where they prove them, and the step that would tell most next."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files

from sevline.core import tables
from sevline.core.faults import is_of_another
from sevline.core.tables import Row, Table, no_repeats

#: A change this long before the fault began, or this shortly after, may have caused it.
BEFORE, AFTER = timedelta(minutes=60), timedelta(minutes=10)
SIGN, LEAD, CHANGE_NEAR, CHANGE_NAMED = 3, 3, 5, 2
_CHECK_ID = re.compile(r"[A-Z][A-Z0-9]{1,4}[0-9]{2}")
_CLAUSE = re.compile(r"[;\n]|,\s|\.\s|\band\b|\bbut\b")
_BEGAN = re.compile(r"\b(?:since|from|began|begins|starting|started)\b", re.IGNORECASE)
_TIME = re.compile(
    r"(?:(\d{4}-\d\d-\d\d)[T ])?(?<!\d)([01]\d|2[0-3]):([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?\s?(?:Z|([+-])(\d\d):?(\d\d))?"
)


class Layer(StrEnum):
    """Where a fault may sit, in the order in which a runbook goes through them."""

    CLIENT = "client"
    NETWORK = "network"
    IDENTITY = "identity"
    API = "api"
    APPLICATION = "application"
    DATA = "data"
    DEPENDENCY = "dependency"
    RELEASE = "release"


LAYERS = tuple(Layer)


class StepRow(Row, frozen=True):
    """One step. `tells`, 1 to 5, is how much its answer usually narrows the search down. `signs` are beginnings of
    words in the ticket that make it tell more, `changes` those in what was changed shortly before."""

    key: str
    layer: Layer
    suspects: str
    asks: str
    how: str
    expects: str
    tells: int
    checks: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()


class Runbook(Table, frozen=True):
    key: str
    title: str
    types: tuple[str, ...]
    signs: tuple[str, ...]
    step: tuple[StepRow, ...]

    def check_rows(self) -> None:
        if not self.step:
            raise ValueError(f"the runbook “{self.key}” has no step")
        no_repeats("step", (row.key for row in self.step))
        order = [LAYERS.index(row.layer) for row in self.step]
        for row, place, last in zip(self.step[1:], order[1:], order, strict=False):
            if place < last:
                raise ValueError(f"the step “{row.key}” belongs to the layer {row.layer}, which stands further up")
        for row in self.step:
            if not 1 <= row.tells <= 5:
                raise ValueError(f"the step “{row.key}” tells {row.tells}, which is not 1 to 5")
            if wrong := [check for check in row.checks if not _CHECK_ID.fullmatch(check)]:
                raise ValueError(f"the step “{row.key}” names “{wrong[0]}”, which is no id of a check")

    def row(self, key: str) -> StepRow | None:
        return next((row for row in self.step if row.key == key), None)


@cache
def runbooks() -> Mapping[str, Runbook]:
    """Every runbook by key, in the order of the file names; raises TableError where one cannot be used."""
    folder = files(tables.__name__).joinpath("runbooks")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    loaded = [tables.load(f"runbooks/{name}", Runbook) for name in names]
    no_repeats("runbook", (book.key for book in loaded))
    return {book.key: book for book in loaded}


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding as a runbook reads it; `id` leads back to its row."""

    check_id: str
    state: str
    title: str
    confidence: str = "strong"
    id: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """A change that somebody named; `at` where a time stood beside it."""

    text: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of a case when a runbook is chosen and walked."""

    issue_type: str = ""
    text: str = ""
    onset: datetime | None = None
    changes: tuple[Change, ...] = ()
    findings: tuple[Seen, ...] = ()


class Outcome(StrEnum):
    OPEN = "open"
    FAULT = "fault"
    CLEAR = "clear"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was recorded for a step; of several for one step the last counts."""

    step: str
    outcome: Outcome
    note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step as it stands. `proven` by checks, else answered by a person or open. `leads` are findings that point to a
    fault without proving it; `weight` and `why` say what makes it tell much now."""

    row: StepRow
    outcome: Outcome
    proven: bool = False
    findings: tuple[Seen, ...] = ()
    leads: tuple[Seen, ...] = ()
    note: str = ""
    weight: int = 0
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Walk:
    book: Runbook
    steps: tuple[Step, ...]

    @property
    def done(self) -> int:
        return sum(step.outcome is not Outcome.OPEN for step in self.steps)

    @property
    def proposed(self) -> Step | None:
        """The open step that would tell most; of equals the one that stands first."""
        return max((step for step in self.steps if step.outcome is Outcome.OPEN), key=lambda s: s.weight, default=None)


@dataclass(frozen=True, slots=True)
class Fit:
    """A runbook that is proposed, with the reasons."""

    book: Runbook
    score: int
    why: tuple[str, ...]


def read_situation(
    text: str, *, day: datetime, issue_type: str = "", changed: Iterable[str] = (), findings: Sequence[Seen] = ()
) -> Situation:
    """What a ticket and the records of changes say. A time without a date is of `day`, one without a zone is UTC."""
    clauses = [clause.strip() for clause in _CLAUSE.split(text) if clause.strip()]
    began = (_moment(clause[found.end() :], day) for clause in clauses if (found := _BEGAN.search(clause)))
    onset = next((moment for moment in began if moment is not None), None)
    recorded = [clause.strip() for entry in changed for clause in _CLAUSE.split(entry) if clause.strip()]
    changes = tuple(Change(clause, _moment(clause, onset or day)) for clause in [*clauses, *recorded])
    return Situation(issue_type, "\n".join([text, *recorded]), onset, changes, tuple(findings))


def _moment(text: str, day: datetime) -> datetime | None:
    found = _TIME.search(text)
    if found is None:
        return None
    date, hour, minute, sign, hours, minutes = found.groups()
    try:
        base = datetime.fromisoformat(date) if date else day
    except ValueError:
        return None
    moment = base.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0, tzinfo=UTC)
    if sign:
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        moment += -offset if sign == "+" else offset
    return moment


def _named(beginnings: Iterable[str], text: str) -> str:
    """The first of these beginnings of words that the text has, as it stands there."""
    for beginning in beginnings:
        if found := re.search(rf"(?<!\w){re.escape(beginning)}\w*", text, re.IGNORECASE):
            return found[0]
    return ""


def fitting(books: Iterable[Runbook], situation: Situation) -> tuple[Fit, ...]:
    """The runbooks that fit, best first: by the type of the case, by what checks found, by words of the ticket."""
    fits = [fit for book in books if (fit := _fit(book, situation)).score]
    return tuple(sorted(fits, key=lambda fit: -fit.score))


def _fit(book: Runbook, situation: Situation) -> Fit:
    score, why = 0, []
    if situation.issue_type and situation.issue_type in book.types:
        score, why = 4, ["It is made for this type of case."]
    asked = {check for row in book.step for check in row.checks}
    failed = sorted(
        check
        for check in {seen.check_id for seen in situation.findings if seen.state == "FAIL"} & asked
        if not (book.types and is_of_another(book.types, check))  # a step may ask for what is another runbook's matter
    )
    if failed:
        score += min(2 * len(failed), 6)
        why.append(f"It explains what failed: {', '.join(failed)}.")
    if word := _named(book.signs, situation.text):
        score += 2
        why.append(f"The case speaks of “{word}”.")
    return Fit(book, score, tuple(why))


def walk(book: Runbook, situation: Situation, answers: Iterable[Answer] = ()) -> Walk:
    """Every step as it stands now. What a check proves stands above what a person answered."""
    last = {answer.step: answer for answer in answers}
    return Walk(book, tuple(_step(row, situation, last.get(row.key)) for row in book.step))


def _step(row: StepRow, situation: Situation, answer: Answer | None) -> Step:
    about = tuple(seen for seen in situation.findings if seen.check_id in row.checks)
    outcome, deciding = proven_by(row, about)
    note = answer.note if answer else ""
    if outcome is not Outcome.OPEN:
        return Step(row, outcome, True, deciding, note=note)
    leads = tuple(seen for seen in about if seen.state in {"WARN", "FAIL"})
    if answer is not None and answer.outcome is not Outcome.OPEN:
        return Step(row, answer.outcome, leads=leads, note=note)
    weight, why = _weight(row, situation, leads)
    return Step(row, Outcome.OPEN, leads=leads, weight=weight, why=why)


def proven_by(row: StepRow, findings: Sequence[Seen]) -> tuple[Outcome, tuple[Seen, ...]]:
    """A failed check of proof or strong evidence shows the fault. Only all checks of the step, passed, rule it out: one
    that was not evaluated, or that warns, leaves the step open."""
    faults = tuple(seen for seen in findings if seen.state == "FAIL" and seen.confidence != "hint")
    if faults:
        return Outcome.FAULT, faults
    passes = tuple(seen for seen in findings if seen.state == "PASS")
    unsure = any(seen.state in {"WARN", "FAIL"} for seen in findings)
    if row.checks and not unsure and {seen.check_id for seen in passes} == set(row.checks):
        return Outcome.CLEAR, passes
    return Outcome.OPEN, ()


def _weight(row: StepRow, situation: Situation, leads: Sequence[Seen]) -> tuple[int, tuple[str, ...]]:
    weight, why = row.tells, []
    if word := _named(row.signs, situation.text):
        weight += SIGN
        why.append(f"The case speaks of “{word}”.")
    if leads:
        weight += LEAD
        why.append(f"{leads[0].check_id} points there: {leads[0].title}")
    gain, reason = _change(row, situation)
    return weight + gain, tuple([*why, reason] if reason else why)


def _change(row: StepRow, situation: Situation) -> tuple[int, str]:
    """What a change that this step is about adds: much when it came shortly before the fault, little without times."""
    about = [change for change in situation.changes if _named(row.changes, change.text)]
    onset = situation.onset
    for change in about:
        if onset is not None and change.at is not None and -BEFORE <= change.at - onset <= AFTER:
            return CHANGE_NEAR, f"“{change.text[:120]}” was {_apart(onset - change.at)}. Correlated, not proven."
    untimed = [change for change in about if change.at is None or onset is None]
    if untimed:
        return CHANGE_NAMED, f"A change is named: “{untimed[0].text[:120]}”."
    return 0, ""


def _apart(gap: timedelta) -> str:
    minutes = round(abs(gap).total_seconds() / 60)
    if minutes == 0:
        return "in the minute in which it began"
    return f"{minutes} min {'before' if gap > timedelta() else 'after'} it began"
