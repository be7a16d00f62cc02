"""Engineering is over time: somebody in Engineering is told of it, once."""

from datetime import timedelta

import pytest

from sevline.escalations import actions
from sevline.escalations.models import Escalation
from sevline.escalations.tasks import on_ola_breached
from sevline.people.models import Notice
from sevline.platform import clock
from sevline.platform.jobs import worker
from sevline.platform.models import Event
from sevline.service_levels.actions import run_out
from sevline.service_levels.models import Clock
from tests import make
from tests.cast import cast
from tests.context.escalations import story

pytestmark = pytest.mark.django_db
TWO = make.MONDAY.replace(hour=14)
TEN_NEXT_DAY = make.MONDAY + timedelta(days=1)


def told(escalation: Escalation) -> list[Notice]:
    """Who was told of a clock of the escalation that ran out."""
    breaches = Event.objects.filter(kind="clock.breached", subject_key=escalation.key)
    return list(Notice.objects.filter(key__in=[f"clock:{event.seq}" for event in breaches]).order_by("person__name"))


def ran_out(*times: timedelta) -> None:
    for at in times:
        with clock.held_at(make.MONDAY + at):
            run_out(clock.now())
            worker.drain()


@pytest.mark.requirement("R-025")
def test_a_sev2_sent_at_two_and_not_acknowledged_by_ten_next_day_breaches_and_the_engineering_manager_is_told() -> None:
    escalation = story.sent(at=TWO)

    ran_out(timedelta(days=1, minutes=-1))
    early = told(escalation)
    ran_out(timedelta(days=1), timedelta(days=1), timedelta(days=1, minutes=1))
    ack = Clock.objects.get(subject_key=escalation.key, metric="engineering_ack")
    breach = Event.objects.get(kind="clock.breached", subject_key=escalation.key)
    on_ola_breached.func(breach.seq)

    assert (ack.state, ack.elapsed_seconds, ack.breached_at) == ("breached", 4 * 3600, TEN_NEXT_DAY)
    notices = [notice for notice in told(escalation) if notice.person == cast().irina]
    assert early == []
    assert [notice.text for notice in notices] == [
        f"{escalation.key}: engineering acknowledges is over time; Identity platform has it"
    ]
    assert cast().ravi not in [notice.person for notice in told(escalation)]


def test_a_team_without_an_sre_on_call_hears_of_it_itself() -> None:
    escalation = story.sent(at=TWO)
    cast().irina.teams.remove(escalation.team)

    ran_out(timedelta(days=1))

    assert cast().ravi in [notice.person for notice in told(escalation)]
    assert cast().irina not in [notice.person for notice in told(escalation)]


def test_an_escalation_that_was_acknowledged_in_time_tells_nobody() -> None:
    escalation = story.sent(at=TWO)
    with clock.held_at(TWO + timedelta(hours=1)):
        actions.acknowledge(escalation.key, by=cast().ravi)

    ran_out(timedelta(days=1))

    assert told(escalation) == []


def test_engineering_hears_nothing_of_a_clock_of_the_case() -> None:
    case = make.case(severity=2, at=make.MONDAY)

    ran_out(timedelta(days=1))

    breaches = Event.objects.filter(kind="clock.breached", case_key=case.key)
    assert breaches.exists()
    assert not Notice.objects.filter(person__in=[cast().irina, cast().ravi, cast().noor]).exists()
