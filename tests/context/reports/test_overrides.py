"""Overrides of the quality gate are counted by month, and each count opens its packets."""

from datetime import UTC, datetime

import pytest

from sevline.escalations import actions
from sevline.escalations.models import Escalation
from sevline.people.models import Person
from sevline.platform import clock
from sevline.reports import overrides, selectors
from tests.cast import cast, signed_in
from tests.context.escalations import story

pytestmark = pytest.mark.django_db
DECEMBER = datetime(2026, 12, 2, 10, tzinfo=UTC)
AFTER = datetime(2026, 12, 20, 10, tzinfo=UTC)


def overridden(reason: str, at: datetime) -> Escalation:
    """A packet of a case on which little was done, sent by a lead with a reason."""
    case = story.plain_case(2)
    story.searched(case)
    escalation = actions.draft(case.key, by=cast().sam)
    with clock.held_at(at):
        return actions.submit(escalation.key, by=cast().lea, override_reason=reason)


def months(person: Person) -> dict[str, tuple[int, int]]:
    told = selectors.told(person)
    return {
        month.name: (len(month.overrides), month.sent)
        for month in overrides.by_month(told.sent, told.names, at=AFTER, months=3)
    }


def three_overrides_and_one_packet_that_passed() -> list[Escalation]:
    story.sent()
    return [
        overridden("The cut-off is at noon", story.after(50)),
        overridden("The vendor waits", story.after(60)),
        overridden("The account is at risk", DECEMBER),
    ]


@pytest.mark.slow
@pytest.mark.requirement("R-092")
def test_the_overrides_of_each_month_are_counted_beside_the_packets_sent() -> None:
    three_overrides_and_one_packet_that_passed()

    assert months(cast().lea) == {"December 2026": (1, 1), "November 2026": (2, 3), "October 2026": (0, 0)}


def test_the_report_counts_only_cases_that_the_person_may_see() -> None:
    three_overrides_and_one_packet_that_passed()

    assert months(cast().eve) == {"December 2026": (0, 0), "November 2026": (0, 0), "October 2026": (0, 0)}


def test_insights_shows_the_count_of_a_month_and_leads_to_its_packets_with_their_reasons() -> None:
    first, second, third = three_overrides_and_one_packet_that_passed()
    browser = signed_in(cast().lea)

    with clock.held_at(AFTER):
        insights = browser.get("/insights/").content.decode()
        november = browser.get("/insights/overrides?period=2026-11").content.decode()

    assert (
        'href="/insights/overrides?period=2026-11" aria-label="November 2026: 2 overrides, open the packets"'
        in insights
    )
    assert "The cut-off is at noon" in november
    assert november.index(second.page) < november.index(first.page)
    assert third.page not in november


def test_a_month_without_overrides_says_so_and_no_month_is_refused_in_a_sentence() -> None:
    browser = signed_in(cast().lea)

    empty = browser.get("/insights/overrides?period=2026-01")
    wrong = browser.get("/insights/overrides?period=soon")

    assert "No override in this period" in empty.content.decode()
    assert wrong.status_code == 422
    assert "is no period" in wrong.content.decode()
