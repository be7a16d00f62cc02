"""A look behind a token takes a reason, a second person and a limit of time; it happens once and is kept nowhere."""

from datetime import timedelta
from typing import Any

import pytest

from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.evidence import actions
from sevline.evidence.models import RedactionRun, Reveal
from sevline.governance import actions as governance
from sevline.governance.models import Approval
from sevline.platform import clock
from sevline.platform.jobs import worker
from sevline.platform.models import Event
from tests import make
from tests.cast import cast, signed_in
from tests.context.evidence.stored import lying_about

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.slow]
KEY = "whsec" + "_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ADDRESS = "helena.marsh-4417@brightwater.example"
REASON = "The customer asks which of their keys was sent to us."


@pytest.fixture
def case() -> Case:
    made = make.case(severity=2, by=cast().lea)
    log = f"2026-11-16T10:00:00Z INFO signing with secret={KEY} for {ADDRESS}\n" * 5
    actions.attach(made.key, "app.log", [log.encode()], by=cast().lea)
    worker.drain()
    return made


def token_in(case: Case, kind: str) -> str:
    samples: dict[str, list[str]] = RedactionRun.objects.get(upload__case=case).samples
    return next(tokens[0] for name, tokens in samples.items() if kind in name)


def asked(case: Case, token: str, minutes: int = 60) -> Reveal:
    return actions.ask_to_reveal(case.key, token, by=cast().lea, reason=REASON, minutes=minutes)


def granted(case: Case, token: str, minutes: int = 60) -> Reveal:
    made = asked(case, token, minutes)
    governance.answer(made.approval_id, by=cast().mia, approve=True)
    return made


@pytest.mark.parametrize("value", [KEY, ADDRESS])
def test_an_approved_look_shows_the_value_once_in_the_page(case: Case, value: str) -> None:
    tokens = [token for kinds in RedactionRun.objects.get(upload__case=case).samples.values() for token in kinds]
    made = [granted(case, token) for token in tokens]
    lea = signed_in(cast().lea)

    first = [lea.post(f"/evidence/reveals/{one.pk}") for one in made]
    again = [lea.post(f"/evidence/reveals/{one.pk}") for one in made]

    assert sum(value in answer.content.decode() for answer in first) == 1
    assert {answer["Cache-Control"].count("no-store") for answer in first} == {1}
    assert {answer.status_code for answer in again} == {422}
    assert all("was shown once" in answer.content.decode() for answer in again)
    assert lying_about(value) == []


def test_the_trail_tells_who_asked_who_approved_and_who_saw_and_never_the_value(case: Case) -> None:
    made = granted(case, token_in(case, "email"))
    actions.reveal(made.pk, by=cast().lea)

    rows = Event.objects.filter(kind__in=["evidence.reveal_asked", "approval.answered", "evidence.revealed"])
    assert [(row.kind, row.actor_label) for row in rows.order_by("seq")] == [
        ("evidence.reveal_asked", cast().lea.name),
        ("approval.answered", cast().mia.name),
        ("evidence.revealed", cast().lea.name),
    ]
    assert ADDRESS not in str(list(Event.objects.values_list("data", flat=True)))


def test_nobody_approves_their_own_request(case: Case) -> None:
    made = actions.ask_to_reveal(case.key, token_in(case, "email"), by=_manager(case), reason=REASON)

    with pytest.raises(Forbidden, match="Nobody answers their own request"):
        governance.answer(made.approval_id, by=cast().mia, approve=True)


def _manager(case: Case) -> Any:
    cast().mia.teams.add(case.team)
    return cast().mia


def test_a_grant_of_sixty_minutes_gives_no_access_in_the_sixty_first(case: Case) -> None:
    made = granted(case, token_in(case, "email"), 60)
    decided = Approval.objects.get(pk=made.approval_id).decided_at
    assert decided is not None

    with clock.held_at(decided + timedelta(minutes=60)), pytest.raises(Refused, match="60 minutes of this grant"):
        actions.reveal(made.pk, by=cast().lea)
    with clock.held_at(decided + timedelta(minutes=59, seconds=59)):
        value = actions.reveal(made.pk, by=cast().lea)

    assert value == ADDRESS


def test_nothing_is_shown_before_somebody_approved_or_after_they_refused(case: Case) -> None:
    made = asked(case, token_in(case, "email"))

    with pytest.raises(Refused, match="Nobody has approved this yet"):
        actions.reveal(made.pk, by=cast().lea)
    governance.answer(made.approval_id, by=cast().mia, approve=False, answer="Ask the customer instead.")
    with pytest.raises(Refused, match="This request is refused"):
        actions.reveal(made.pk, by=cast().lea)


def test_a_look_is_nobody_elses(case: Case) -> None:
    made = granted(case, token_in(case, "email"))

    with pytest.raises(Refused, match="You asked for no such value"):
        actions.reveal(made.pk, by=cast().sol)
    assert signed_in(cast().sam).get(f"/evidence/reveals/{made.pk}").status_code == 404


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"token": "helena"}, "Paste one token as it stands"),
        ({"reason": "why"}, "Say in a sentence why"),
        ({"minutes": 481}, "from 1 minute to 8 hours"),
        ({"minutes": 0}, "from 1 minute to 8 hours"),
    ],
)
def test_a_request_that_makes_no_sense_is_answered_by_a_sentence(
    case: Case, changes: dict[str, Any], sentence: str
) -> None:
    given: dict[str, Any] = {"token": token_in(case, "email"), "reason": REASON, "minutes": 60} | changes

    with pytest.raises(Refused, match=sentence):
        actions.ask_to_reveal(case.key, by=cast().lea, **given)


def test_an_agent_may_not_ask(case: Case) -> None:
    with pytest.raises(Forbidden):
        actions.ask_to_reveal(case.key, token_in(case, "email"), by=cast().sam, reason=REASON)


def test_whoever_may_not_ask_is_told_who_may_before_writing_anything(case: Case) -> None:
    page = signed_in(cast().sam).get(f"/evidence/cases/{case.key}/reveal").content.decode()

    assert "Your roles may not ask for this" in page
    assert "Lead, shift lead, support manager, security may ask." in page
    assert 'name="token"' not in page


def test_a_request_that_waits_leads_to_its_approval_and_an_answered_one_to_asking_again(case: Case) -> None:
    made = asked(case, token_in(case, "email"))
    lea, address = signed_in(cast().lea), f"/evidence/reveals/{made.pk}"

    waiting = lea.get(address).content.decode()
    governance.answer(made.approval_id, by=cast().mia, approve=False, answer="Ask the customer for its first letters.")
    refused = lea.get(address).content.decode()

    assert f'href="/governance/approvals/{made.approval_id}"' in waiting
    assert "Ask again" not in waiting
    assert "Ask again" in refused
