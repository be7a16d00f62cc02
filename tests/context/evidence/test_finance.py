"""Billing events on a case: what checks count in them, and amounts only for whoever holds the finance grant."""

from datetime import timedelta

import pytest

from sevline.cases.models import Case
from sevline.core.rights import Forbidden, Right, holds
from sevline.diagnosis.models import Finding
from sevline.evidence import actions
from sevline.evidence.models import Artifact, Item, RedactionRun
from sevline.people.models import Person
from sevline.platform.jobs import worker
from sevline.platform.models import Event
from tests import make
from tests.cast import cast, signed_in
from tests.context.evidence.stored import everything
from tests.evidence import START

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HEAD = "event_id,event_type,amount_cents,currency,idempotency_key,created_at,sequence,invoice_id"


def rows(count: int, *, without: frozenset[int] = frozenset()) -> list[str]:
    return [
        f"be_{n},invoice.paid,{770_000 + n},EUR,key_{n},{(START + timedelta(minutes=n)).isoformat()},{n},inv_{n // 2}"
        for n in range(count)
        if n not in without
    ]


def billing_case(*files: tuple[str, list[str]]) -> Case:
    case = make.case(severity=2, by=cast().lea)
    for name, lines in files:
        actions.attach(case.key, name, ["\n".join((HEAD, *lines, "")).encode()], by=cast().lea)
    worker.drain()
    return case


def page(person: Person, file: Artifact, what: str = "") -> str:
    client = signed_in(person)
    answer = client.post(f"/evidence/files/{file.pk}/{what}") if what else client.get(f"/evidence/files/{file.pk}")
    text: str = answer.content.decode()
    return text


@pytest.mark.slow
@pytest.mark.requirement("R-065")
def test_of_1_000_events_3_missing_and_5_doubled_are_counted_and_amounts_are_for_the_finance_grant_only() -> None:
    received = [*rows(1_000, without=frozenset({10, 500, 999})), *rows(1_000)[100:105]]
    case = billing_case(("billing_made.csv", rows(1_000)), ("billing_received.csv", received))
    file = Artifact.objects.filter(upload__case=case).order_by("pk")[0]

    titles = list(Finding.objects.filter(case=case, check_id__in=("BILL01", "BILL02")).values_list("title", flat=True))
    shown = {person: page(person, file) for person in (cast().lea, cast().sam, cast().mia)}
    opened = page(cast().mia, file, "amounts")

    assert "3 of 1,000 expected billing events were not received." in titles
    assert "5 billing events were received twice." in titles
    assert all("77000" not in text and "AMOUNT" in text for text in shown.values())
    assert all(str(770_000 + number) in opened for number in range(5))
    assert b"770001" not in everything()


@pytest.mark.parametrize("name", ["lea", "sam", "noor", "vic"])
def test_without_the_finance_grant_neither_page_nor_token_gives_an_amount(name: str) -> None:
    person: Person = getattr(cast(), name)
    case = billing_case(("received.csv", rows(20)))
    file = Artifact.objects.get(upload__case=case)
    token = RedactionRun.objects.get(upload__case=case).samples["amount"][0]

    answer = signed_in(person).post(f"/evidence/files/{file.pk}/amounts")

    assert not holds(person, Right.AMOUNTS_VIEW)
    assert answer.status_code in {403, 404}
    with pytest.raises(Forbidden):
        actions.ask_to_reveal(case.key, token, by=person, reason="The customer asks for this very sum.")
    assert Event.objects.filter(kind="evidence.amounts_shown").count() == 0


def test_a_download_a_citation_and_the_report_stay_without_amounts_for_everybody() -> None:
    case = billing_case(("received.csv", rows(20)))
    file = Artifact.objects.get(upload__case=case)
    mia = signed_in(cast().mia)

    taken = b"".join(mia.get(f"/evidence/files/{file.pk}/download").streaming_content)  # type: ignore[attr-defined]
    report = mia.get(f"/evidence/uploads/{file.upload_id}/report.json").content
    mia.post(f"/evidence/files/{file.pk}/cite", {"first": "2", "claim": "The first event"})

    assert b"77000" not in taken + report
    assert taken.count(b"<AMOUNT-") == 20
    assert "77000" not in Item.objects.get(case=case, artifact=file, locator="2:1").excerpt


def test_that_amounts_were_shown_is_kept_without_them() -> None:
    case = billing_case(("received.csv", rows(20)))
    file = Artifact.objects.get(upload__case=case)

    page(cast().mia, file, "amounts")

    event = Event.objects.get(kind="evidence.amounts_shown")
    assert (event.case_key, event.actor_key) == (case.key, cast().mia.ref.key)
    assert "77000" not in repr(vars(event))


def test_a_file_without_amounts_says_so() -> None:
    case = make.case(severity=2, by=cast().lea)
    actions.attach(case.key, "app.log", [b"2026-03-02T09:00:00Z INFO started\n" * 9], by=cast().lea)
    worker.drain()
    file = Artifact.objects.get(upload__case=case)

    answer = signed_in(cast().mia).post(f"/evidence/files/{file.pk}/amounts", follow=True)

    assert "This file holds no masked amounts." in answer.content.decode()
    assert "Show amounts" not in page(cast().mia, file)
