"""Asking a customer, counting how often, and the advice whether to ask at all."""

from datetime import UTC, datetime

import pytest

from sevline.core.access import grant_lacks
from sevline.core.advice import Advice, AdviceTable, Situation, advise
from sevline.core.calendar import months_after
from sevline.core.checklist import ISSUE_TYPES, asks_of
from sevline.core.requesting import PLEAS, Pleas, compose
from sevline.core.rounds import rounds
from sevline.core.tables import TableError, parse

DUE = datetime(2026, 11, 26, 16, 0, tzinfo=UTC)
LINK = "https://desk.example/send/abc"


@pytest.mark.parametrize("issue_type", [*ISSUE_TYPES, ""])
def test_every_item_can_be_asked_for_in_plain_words(issue_type: str) -> None:
    keys = [ask.key for ask in asks_of(issue_type)]

    text = compose(keys, due=DUE, link=LINK, works_until=DUE)

    assert text.count("   How: ") == text.count("   What for: ") == len(keys)
    assert all(PLEAS.item[key].how.endswith(".") and PLEAS.item[key].why.endswith(".") for key in keys)


def test_a_message_names_deadline_and_link_once() -> None:
    text = compose(["C7"], due=DUE, link=LINK, works_until=DUE)

    assert "we need one thing from you by Thursday 26 November 2026, 16:00 UTC" in text
    assert text.count(LINK) == 1


def test_a_table_without_a_row_for_an_item_stops_the_start() -> None:
    with pytest.raises(TableError, match="has no row"):
        parse("t", 'version = "1"\n[item]\nC1 = { asks = "a", how = "b", why = "c" }', Pleas)


@pytest.mark.requirement("R-037")
@pytest.mark.parametrize(
    ("now", "advice", "deferred"),
    [
        (Situation(1, 20), Advice.ESCALATE_NOW, 60),
        (Situation(3, 40), Advice.GATHER, 0),
        (Situation(2, 80, stuck_minutes=45, has_open_test=False), Advice.SWARM_OR_ESCALATE, 0),
    ],
)
def test_the_advice_follows_severity_evidence_and_time_stuck(now: Situation, advice: Advice, deferred: int) -> None:
    found = advise(now)

    assert (found.advice, found.deferred_minutes) == (advice, deferred)


@pytest.mark.parametrize(
    ("now", "advice"),
    [
        (Situation(1, 0, stuck_minutes=900, has_open_test=True, sla_minutes=600), Advice.ESCALATE_NOW),
        (Situation(2, 80, stuck_minutes=44), Advice.ESCALATE_NOW),
        (Situation(2, 70, stuck_minutes=45, has_open_test=True), Advice.GATHER),
        (Situation(2, 10, sla_minutes=29), Advice.SWARM_OR_ESCALATE),
        (Situation(2, 10, sla_minutes=30), Advice.GATHER),
        (Situation(4, 100), Advice.GATHER),
    ],
)
def test_the_first_row_that_holds_decides(now: Situation, advice: Advice) -> None:
    assert advise(now).advice is advice


def test_a_table_of_advice_must_answer_every_severity() -> None:
    with pytest.raises(TableError, match="no row always holds for severity 1"):
        parse("t", 'version = "1"\n[[row]]\nadvice = "gather"\nseverities = [2, 3, 4]\nwhy = "w"', AdviceTable)


@pytest.mark.parametrize(
    ("kinds", "count"),
    [
        (["ask", "answer"] * 3, 3),
        (["ask", "ask", "answer"], 1),
        (["answer", "answer"], 0),
        (["ask", "answer", "answer", "ask"], 1),
        ([], 0),
    ],
)
def test_a_round_is_a_question_and_the_answer_that_ends_it(kinds: list[str], count: int) -> None:
    assert rounds(kinds, asks={"ask"}, answers={"answer"}) == count


@pytest.mark.parametrize(
    ("at", "months", "then"),
    [
        (datetime(2026, 1, 31, 9, tzinfo=UTC), 1, datetime(2026, 2, 28, 9, tzinfo=UTC)),
        (datetime(2024, 2, 29, tzinfo=UTC), 12, datetime(2025, 2, 28, tzinfo=UTC)),
        (datetime(2026, 11, 16, tzinfo=UTC), 12, datetime(2027, 11, 16, tzinfo=UTC)),
        (datetime(2026, 12, 1, tzinfo=UTC), 1, datetime(2027, 1, 1, tzinfo=UTC)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_a_short_month(at: datetime, months: int, then: datetime) -> None:
    assert months_after(at, months) == then


@pytest.mark.parametrize(("minute", "lacks"), [(0, False), (59, False), (60, True)])
def test_a_grant_of_sixty_minutes_is_over_when_the_sixty_first_begins(minute: int, lacks: bool) -> None:
    decided, now = DUE, DUE.replace(hour=16 + minute // 60, minute=minute % 60)

    said = grant_lacks(shown=False, state="approved", decided_at=decided, minutes=60, now=now)

    assert bool(said) is lacks
