"""Rows of the audit trail leave when their time is over, unless a case that is going or held needs them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings

from sevline.cases import actions
from sevline.cases.models import Case
from sevline.cases.tasks import expire_trail
from sevline.core.case import CaseStatus
from sevline.core.lifecycle import Refused
from sevline.governance import actions as governance
from sevline.platform import audit, clock
from sevline.platform.models import Checkpoint, Event
from sevline.service_levels.models import Clock
from tests import make
from tests.cast import cast, signed_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]
Run = Callable[[int], int]


@pytest.fixture
def three_years_later(settings: object) -> Run:
    """The daily task of that day, with so many months set."""

    def run(months: int) -> int:
        options = settings.OPTIONS.model_copy(update={"audit_months": months})  # type: ignore[attr-defined]
        settings.OPTIONS = options  # type: ignore[attr-defined]
        with clock.held_at(clock.now() + timedelta(days=1100)):
            return int(expire_trail.func())

    return run


def closed_case() -> Case:
    case = make.case(severity=3)
    Case.objects.filter(pk=case.pk).update(status=CaseStatus.CLOSED)
    return case


def test_rows_older_than_the_setting_leave_behind_a_checkpoint_and_an_event(three_years_later: Run) -> None:
    closed_case()
    before = Event.objects.count()

    gone = three_years_later(24)

    assert gone == before - 1  # the newest row stays
    assert Checkpoint.objects.get().rows == gone
    assert Event.objects.get(kind="audit.expired").data == {"through": gone, "rows": gone}
    assert (audit.verify().rows, audit.verify().fault) == (2, "")


@pytest.mark.parametrize("months", [0, 37])
def test_nothing_leaves_before_its_time_or_without_the_setting(three_years_later: Run, months: int) -> None:
    closed_case()

    assert three_years_later(months) == 0
    assert not Checkpoint.objects.exists()


def test_a_case_that_is_not_closed_keeps_its_rows_and_all_after_them(three_years_later: Run) -> None:
    closed_case()
    first = Event.objects.filter(case_key=make.case("Another", severity=3).key).order_by("seq")[0].seq
    closed_case()

    gone = three_years_later(24)

    assert gone == first - 1
    assert Event.objects.order_by("seq")[0].seq == first


def test_a_case_on_legal_hold_keeps_its_rows(three_years_later: Run) -> None:
    case = closed_case()
    first = Event.objects.filter(case_key=case.key).order_by("seq")[0].seq
    governance.set_hold(case.ref, by=cast().dir, reason="A regulator asked for everything of this case.")

    three_years_later(24)

    assert Event.objects.filter(seq=first).exists()


def test_nothing_leaves_a_trail_that_is_not_intact(three_years_later: Run) -> None:
    closed_case()
    settings.AUDIT_HEAD.unlink()

    with pytest.raises(Refused, match="Nothing was removed"):
        three_years_later(24)

    assert not Checkpoint.objects.exists()


def over_and_gone(three_years_later: Run) -> Case:
    """A closed case, told once, whose rows have left."""
    case = make.case(severity=3)
    actions.tell_customer(case.key, by=cast().sam, text="Which users cannot sign in?")
    actions.resolve(case.key, by=cast().sam, code="answered", cause="usage", summary=make.SUMMARY)
    actions.close(case.key, by=cast().sam)
    three_years_later(24)
    return case


def test_what_was_said_on_a_case_stands_on_its_page_after_its_rows_left(three_years_later: Run) -> None:
    case = over_and_gone(three_years_later)

    page = signed_in(cast().sam).get(case.page).content.decode()

    assert "SSO has failed since 2026-11-16T09:42:00Z" in page
    assert "Which users cannot sign in?" in page
    assert "What else happened left the audit trail, whose time was over." in page
    assert "No clock is shown: what they ran by left the audit trail" in page


def test_a_note_on_a_case_whose_rows_left_changes_neither_its_stage_nor_its_clocks(three_years_later: Run) -> None:
    case = over_and_gone(three_years_later)
    before = dict(Clock.objects.filter(case_key=case.key).values_list("metric", "state"))

    actions.add_note(case.key, by=cast().sam, text="The auditor asked for this case.")

    case.refresh_from_db()
    assert case.stage == "resolved"
    assert dict(Clock.objects.filter(case_key=case.key).values_list("metric", "state")) == before
    assert before["first_response"] == "met"
