"""A case moves as its table allows, and every move leaves an event."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sevline.cases import actions
from sevline.cases.actions import NoSuchCase
from sevline.cases.models import Case, Message
from sevline.core.case import UNRESOLVED, replay
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.models import Conflict, Event
from sevline.vault.models import SealedText
from tests import make
from tests.cast import cast

pytestmark = pytest.mark.django_db


def kinds(case: Case) -> list[str]:
    return list(Event.objects.filter(case_key=case.key).order_by("seq").values_list("kind", flat=True))


@pytest.mark.requirement("R-001")
def test_resolving_without_code_cause_and_thirty_characters_is_refused_and_writes_no_event() -> None:
    case = make.case(severity=3)
    before = kinds(case)

    with pytest.raises(Refused) as refusal:
        actions.resolve(case.key, by=cast().sam, code="", cause="", summary="x" * 29)

    assert len(refusal.value.reasons) == 3
    assert kinds(case) == before
    assert Case.objects.get(pk=case.pk).status == "open"


@pytest.mark.requirement("R-001")
def test_thirty_characters_with_code_and_cause_resolve() -> None:
    case = make.case(severity=3)

    actions.resolve(case.key, by=cast().sam, code="answered", cause="usage", summary="x" * 30)

    assert Case.objects.get(pk=case.pk).status == "resolved"


STEPS: dict[str, Callable[[str, Person], object]] = {
    "take": lambda key, by: actions.take(key, by=by, next_action="Look", due=clock.now() + timedelta(hours=1)),
    "wait": lambda key, by: actions.wait_for_customer(key, by=by, waiting_for="the HAR file"),
    "hold": lambda key, by: actions.hold_internal(key, by=by, waiting_for="the release"),
    "vendor": lambda key, by: actions.hold_vendor(key, by=by, waiting_for="the vendor", customer_approved=True),
    "resume": lambda key, by: actions.resume(key, by=by),
    "reply": lambda key, by: actions.customer_replied(key, by=by, text="Here it is."),
    "resolve": lambda key, by: actions.resolve(key, by=by, code="answered", cause="usage", summary=make.SUMMARY),
    "reopen": lambda key, by: actions.reopen(key, by=by, reason="It came back."),
    "close": lambda key, by: actions.close(key, by=by),
}


def attempt(step: str, case: Case, by: Person) -> None:
    try:
        STEPS[step](case.key, by)
    except Refused:
        return


@pytest.mark.slow
@pytest.mark.requirement("R-001")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=12))
def test_replaying_the_events_rebuilds_the_same_status_whatever_was_tried(steps: list[str]) -> None:
    case, sam = make.case(), cast().sam

    for step in steps:
        attempt(step, case, sam)

    assert replay(kinds(case)) == Case.objects.get(pk=case.pk).status


def test_every_unresolved_case_has_an_owner_and_a_next_action_at_all_times() -> None:
    case, sam = make.case(), cast().sam

    for step in ("take", "wait", "reply", "hold", "resume", "resolve", "reopen"):
        STEPS[step](case.key, sam)
        now = Case.objects.get(pk=case.pk)
        assert now.status not in UNRESOLVED or (now.owner_id and now.next_action and now.next_action_due)


def test_the_database_refuses_a_case_without_an_owner() -> None:
    from django.db import IntegrityError, transaction

    case = make.case()

    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(owner=None)


def test_a_fix_that_was_not_validated_resolves_nothing() -> None:
    case = make.case(severity=3)

    with pytest.raises(Refused, match="validated"):
        actions.resolve(case.key, by=cast().sam, code="fixed", cause="product_defect", summary=make.SUMMARY)

    actions.note_diagnosis(case.pk, fix_validated=True)
    actions.resolve(case.key, by=cast().sam, code="fixed", cause="product_defect", summary=make.SUMMARY)

    assert Case.objects.get(pk=case.pk).resolution_code == "fixed"


def test_reopening_counts_and_asks_why() -> None:
    case = make.resolved()

    with pytest.raises(Refused, match="why"):
        actions.reopen(case.key, by=cast().sam, reason=" ")
    actions.reopen(case.key, by=cast().sam, reason="Deliveries fail again.")

    now = Case.objects.get(pk=case.pk)
    assert (now.status, now.reopened_count, now.resolved_at) == ("open", 1, None)
    assert now.first_resolved_at is not None


def test_a_closed_case_is_edited_no_more() -> None:
    case = make.resolved()
    actions.close(case.key, by=cast().sam)

    with pytest.raises(Refused):
        actions.set_impact(case.key, by=cast().sam, impact={})
    with pytest.raises(Refused):
        actions.reopen(case.key, by=cast().sam, reason="again")


def test_another_teams_case_is_answered_like_one_that_does_not_exist() -> None:
    case = make.case()

    with pytest.raises(NoSuchCase) as other:
        actions.add_note(case.key, by=cast().eve, text="hello")
    with pytest.raises(NoSuchCase) as missing:
        actions.add_note("C-999999", by=cast().eve, text="hello")

    assert str(other.value).replace(case.key, "C") == str(missing.value).replace("C-999999", "C")


def test_a_viewer_may_not_write() -> None:
    case = make.case()

    with pytest.raises(Forbidden):
        actions.add_note(case.key, by=cast().vic, text="hello")

    assert not Message.objects.filter(case=case, kind="internal").exists()


def test_a_stale_edit_is_answered_and_changes_nothing() -> None:
    case, lea = make.case(), cast().lea
    actions.set_impact(case.key, by=lea, impact={"users": "400"}, seen_version=case.version)

    with pytest.raises(Conflict):
        actions.set_impact(case.key, by=cast().sam, impact={"users": "12"}, seen_version=case.version)

    assert Case.objects.get(pk=case.pk).impact["users"] == "400"


def test_a_note_makes_nobodys_form_stale() -> None:
    case = make.case()
    actions.add_note(case.key, by=cast().lea, text="Looks like the pool.")

    actions.set_impact(case.key, by=cast().sam, impact={"users": "12"}, seen_version=case.version)

    assert Case.objects.get(pk=case.pk).impact["users"] == "12"


def test_an_action_that_fails_after_sealing_leaves_nothing_behind() -> None:
    case = make.case()
    sealed = SealedText.objects.count()

    with pytest.raises(Refused):
        actions.tell_customer(case.key, by=cast().sam, text="", next_update_at=clock.now() + timedelta(hours=1))

    assert (SealedText.objects.count(), Message.objects.filter(case=case).count()) == (sealed, 1)


def test_what_the_customer_corrected_needs_no_validated_fix_of_ours() -> None:
    case = make.case(severity=3)

    actions.resolve(
        case.key, by=cast().sam, code="environment_corrected", cause="customer_configuration", summary=make.SUMMARY
    )

    assert Case.objects.get(pk=case.pk).resolution_code == "environment_corrected"


def test_a_resolved_case_no_longer_asks_for_its_first_step() -> None:
    case = make.case(severity=3)

    actions.resolve(case.key, by=cast().sam, code="answered", cause="usage", summary=make.SUMMARY)

    resolved = Case.objects.get(pk=case.pk)
    assert resolved.next_action == "Close the case when the customer agrees, or open it again"
    assert resolved.next_action_due > clock.now()
