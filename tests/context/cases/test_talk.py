"""What is said is sealed, redacted, found in the timeline, and never shown to the wrong side."""

from datetime import timedelta

import pytest
from django.db import connection

from sevline.cases import actions, selectors
from sevline.cases.models import Case, CaseFact, Message
from sevline.core.lifecycle import Refused
from sevline.platform import clock
from sevline.platform.models import Event
from sevline.vault import actions as vault
from tests import make
from tests.cast import cast, signed_in

pytestmark = pytest.mark.django_db
ADDRESS = "helen.marsh@brightwater.example"


def everything_stored() -> str:
    """Every row of every table as text, as a thief of the database would read it; sealed bytes in hexadecimal."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        rows = []
        for name in names:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            rows += [str([bytes(v).hex() if isinstance(v, memoryview | bytes) else v for v in r]) for r in cursor]
    return "\n".join(rows)


def test_no_table_holds_what_was_redacted_from_anything_that_people_type() -> None:
    sam, in_an_hour = cast().sam, clock.now() + timedelta(hours=1)
    case = make.case(f"Sign-in fails for {ADDRESS}", text=f"{ADDRESS} cannot sign in.", severity=2)
    actions.add_note(case.key, by=sam, text=f"Asked {ADDRESS} for a HAR.")
    actions.tell_customer(
        case.key, by=sam, text=f"Dear {ADDRESS}, we are sorry and look into it.", next_update_at=in_an_hour
    )
    actions.customer_replied(case.key, by=sam, text=f"Thanks, {ADDRESS}")
    actions.set_impact(case.key, by=sam, impact={"users": f"only {ADDRESS}"})
    actions.set_next_action(case.key, by=sam, text=f"Call {ADDRESS}", due=in_an_hour)
    actions.wait_for_customer(case.key, by=sam, waiting_for=f"a HAR of {ADDRESS}")
    actions.offer_handoff(case.key, by=sam, receiver=cast().ines, summary=f"{ADDRESS} waits for us.")
    summary = f"{ADDRESS} got a new certificate and can sign in again."
    actions.resolve(case.key, by=sam, code="answered", cause="usage", summary=summary)
    actions.reopen(case.key, by=sam, reason=f"{ADDRESS} called again.")

    stored = everything_stored()

    assert "cannot sign in" in stored
    assert ADDRESS not in stored
    assert ADDRESS.encode().hex() not in stored


def test_the_original_lies_sealed_and_opens_under_the_cases_key() -> None:
    case = make.case(text=f"{ADDRESS} cannot sign in.")

    message = Message.objects.get(case=case)

    assert ADDRESS not in message.text
    assert message.sealed_id is not None
    assert vault.unseal_text(message.sealed_id) == f"{ADDRESS} cannot sign in."


def test_facts_of_the_ticket_are_kept_with_the_place_where_they_stand() -> None:
    case = make.case()

    fact = CaseFact.objects.get(case=case, kind="timestamp")

    assert fact.value == "2026-11-16T09:42:00Z"
    assert fact.source == f"message {Message.objects.get(case=case).pk}"
    assert Message.objects.get(case=case).text[fact.offset :].startswith(fact.value)


def test_a_sev2_is_not_answered_without_the_time_of_the_next_update() -> None:
    case = make.case(severity=2)

    with pytest.raises(Refused, match="next"):
        actions.tell_customer(case.key, by=cast().sam, text="We look into it.")


def test_a_promise_in_the_past_is_refused() -> None:
    case = make.case(severity=2)

    with pytest.raises(Refused, match="over"):
        actions.tell_customer(case.key, by=cast().sam, text="Soon.", next_update_at=clock.now() - timedelta(minutes=1))


def test_the_customers_answer_ends_the_wait() -> None:
    case = make.case(severity=2)
    actions.wait_for_customer(case.key, by=cast().sam, waiting_for="a HAR of the failing sign-in")

    actions.customer_replied(case.key, by=cast().sam, text="It is attached.")

    kinds = list(Event.objects.filter(case_key=case.key).order_by("seq").values_list("kind", flat=True))
    assert Case.objects.get(pk=case.pk).status == "open"
    assert kinds[-2:] == ["case.customer_wrote", "case.resumed"]


@pytest.mark.requirement("R-020")
def test_customer_1_against_assessed_3_fails_hygiene_until_a_reply_explains_it() -> None:
    case, sam = make.case(severity=3, customer_severity=1), cast().sam
    actions.set_impact(case.key, by=sam, impact={"users": "12"})

    actions.tell_customer(case.key, by=sam, text="We are looking into the report.")
    without = selectors.hygiene(Case.objects.get(pk=case.pk))
    actions.tell_customer(
        case.key, by=sam, text="We rate this Sev3 because local sign-in works.", explains_severity=True
    )
    explained = selectors.hygiene(Case.objects.get(pk=case.pk))

    assert [rule.key for rule in without if not rule.passes and not rule.idle] == ["severity_gap"]
    assert [rule.key for rule in explained if not rule.passes and not rule.idle] == []


@pytest.mark.parametrize(
    ("stated", "severity", "idle"),
    [
        (None, 3, "The customer gave no severity."),
        (1, None, "The severity is not rated yet."),
        (2, 3, "Both severities are the same or one level apart."),
        (1, 3, ""),
    ],
)
def test_the_explanation_of_the_severity_is_not_kept_before_somebody_gave_it(
    stated: int | None, severity: int | None, idle: str
) -> None:
    case = make.case(severity=severity, customer_severity=stated)

    rule = next(rule for rule in selectors.hygiene(case) if rule.key == "severity_gap")

    assert (rule.passes, rule.idle) == (False, idle)


def test_three_unknowns_of_the_impact_card_stand_there_as_unknown() -> None:
    case = make.case()
    known = {"users": "400", "tenants": "1", "regions": "EU", "feature": "SSO", "started": "09:42 UTC",
             "still_happening": "yes"}  # fmt: skip

    actions.set_impact(case.key, by=cast().sam, impact=known)

    card = Case.objects.get(pk=case.pk).impact
    assert len(card) == 9
    assert {name for name, value in card.items() if value == "unknown"} == {"business_effect", "deadline", "workaround"}


def test_a_note_that_is_sent_again_from_a_page_gone_back_to_is_told_and_not_kept_twice() -> None:
    case = make.case()
    sam = signed_in(cast().sam)
    first = sam.post(f"{case.page}/note", {"text": "Asked for a HAR.", "token": "page-one"})

    again = sam.post(f"{case.page}/note", {"text": "Asked for a HAR.", "token": "page-two"})

    assert first.status_code == 302
    assert again.status_code == 422
    assert "This note stands on the case already" in again.content.decode()
    assert Message.objects.filter(case=case, text="Asked for a HAR.").count() == 1


def test_the_same_words_count_again_from_somebody_else_or_after_something_was_said() -> None:
    case = make.case()
    for author, text in ((cast().sam, "No answer."), (cast().lea, "No answer."), (cast().sam, "No answer.")):
        actions.add_note(case.key, by=author, text=text)

    assert Message.objects.filter(case=case, text="No answer.").count() == 3


def test_a_message_that_is_sent_again_from_a_page_gone_back_to_is_told_and_not_recorded_twice() -> None:
    case, sam = make.case(severity=3), signed_in(cast().sam)
    form = {"text": "Which users cannot sign in?", "is_meaningful": "on"}

    sam.post(f"{case.page}/tell", {**form, "form_token": "a" * 32})
    again = sam.post(f"{case.page}/tell", {**form, "form_token": "b" * 32})

    assert again.status_code == 422
    assert "This message stands on the case already" in again.content.decode()
    assert Message.objects.filter(case=case, kind="public").count() == 1


def test_the_same_message_with_another_promise_is_another_one() -> None:
    case, at = make.case(severity=3), clock.now()

    for minutes in (60, 90):
        actions.tell_customer(
            case.key, by=cast().sam, text="We look at it.", next_update_at=at + timedelta(minutes=minutes)
        )

    assert Message.objects.filter(case=case, kind="public").count() == 2
