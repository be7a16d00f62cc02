"""F-03: how often Engineering takes an escalation as it is."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast

from sevline.core.escalation import Answer, AnswerKind, Decision, FirstDecision, first_decision
from sevline.core.kpi import (
    TARGETS,
    EventRow,
    KpiRow,
    KpiValue,
    Period,
    Reading,
    RowsIn,
    Status,
    judge,
    kpi,
    wilson,
)

ANSWERS = frozenset(
    {
        "accepted",
        "accepted_acting",
        "changes_requested",
        "rejected",
        "duplicate",
        "handed_over",
        "withdrawn",
    }
)
COUNTED = frozenset({Decision.ACCEPTED, Decision.CHANGES_REQUESTED, Decision.REJECTED})


def _read(own: Sequence[EventRow]) -> Reading | None:
    """What the events of one escalation say: when and how it was decided first."""
    sent = next((event for event in own if event.kind == "escalation.submitted"), None)
    if sent is None:
        return None
    case, decided = str(sent.data.get("case", "")), decide(own, sent)
    if decided is None:
        return Reading(case, sent.at, KpiRow(sent.subject, sent.at, "undecided", counted=False), undated=True)
    counted = decided.decision in COUNTED
    hit = float(decided.decision is Decision.ACCEPTED) if counted else None
    return Reading(case, decided.at, KpiRow(sent.subject, decided.at, decided.decision, counted, hit))


@kpi("F-03", title="Escalation acceptance", reads=("escalation.",), read=_read)
def escalation_acceptance(rows_in: RowsIn, period: Period, at: datetime) -> KpiValue:
    """Escalations accepted as they were, of those accepted, returned for changes or rejected.

    Only the first decision counts, in the period in which it fell. Duplicates of something known, withdrawn and
    undecided escalations are shown and not counted. A hand-over to another team decides nothing, and neither does
    asking on a Sev1 for an item that is promised for later.
    """
    target = TARGETS["F-03"]
    rows = rows_in(period)
    counted = [row for row in rows if row.counted]
    accepted = sum(row.outcome == Decision.ACCEPTED for row in counted)
    n = len(counted)
    value = 100 * accepted / n if n else None
    if value is None or n < target.min_n:
        status = Status.INSUFFICIENT
    else:
        status = Status.PROVISIONAL if at < period.end else judge(value, target)
    return KpiValue("F-03", period, value, n, status, rows, interval=wilson(accepted, n))


def decide(own: Sequence[EventRow], sent: EventRow) -> FirstDecision | None:
    """The first decision of one escalation; `sent` says its severity and the due times of deferred items."""
    deferred = cast("Mapping[str, datetime | str]", sent.data.get("deferred") or {})
    answers = [
        Answer(
            event.at,
            cast("AnswerKind", kind),
            frozenset(cast("Sequence[str]", event.data.get("asks_for") or ())),
        )
        for event in own
        if (kind := event.kind.removeprefix("escalation.")) in ANSWERS
    ]
    due = {
        item: when if isinstance(when, datetime) else datetime.fromisoformat(when) for item, when in deferred.items()
    }
    return first_decision(answers, severity=int(cast("int", sent.data.get("severity") or 0)), deferred=due)
