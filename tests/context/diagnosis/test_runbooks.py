"""Walking a runbook on a case: what checks tick, what people answer, and what is attached."""

from typing import Any

import pytest

from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.core.runbook import Outcome, runbooks
from sevline.diagnosis import actions, panels, selectors
from sevline.diagnosis.models import RunbookStep, Test
from sevline.evidence import actions as evidence
from sevline.platform.jobs import worker
from sevline.platform.models import Event
from tests import make
from tests.cast import cast, signed_in
from tests.context.diagnosis import work

pytestmark = pytest.mark.django_db
REFUSED = "API 401 errors since 09:00 and a key rotated at 08:58"


def refused_case(text: str = REFUSED) -> Case:
    return make.case(title="Calls are refused", severity=3, issue_type="api_4xx", text=text)


def outcome(case: Case, step: str, book: str = "api-errors") -> tuple[Outcome, bool]:
    walk = selectors.walked(cast().sam, case, runbooks()[book])
    return next((one.outcome, one.proven) for one in walk.steps if one.row.key == step)


def page(case: Case, *parts: str) -> Any:
    return signed_in(cast().sam).get("/".join([f"/cases/{case.key}/runbooks", *parts]))


@pytest.mark.requirement("R-042")
def test_a_ticket_with_401_since_nine_and_a_key_rotated_at_08_58_has_key_and_token_tested_first() -> None:
    case = refused_case()

    best = panels.proposed(cast().sam, case)[0].walk

    assert best.book.key == "api-errors"
    assert best.proposed is not None
    assert best.proposed.row.asks == "Is the token or key that the client sends valid now?"
    assert best.proposed.row.asks in page(case, "api-errors").content.decode()


def test_a_finding_ticks_its_step_and_attaching_makes_a_test_and_evidence() -> None:
    case = refused_case("Calls fail")
    work.kept(case)

    before = outcome(case, "credentials")
    kept = actions.attach_proven(case.key, "api-errors", by=cast().sam)
    again = actions.attach_proven(case.key, "api-errors", by=cast().sam)

    assert before == (Outcome.FAULT, True)
    assert [(row.step, row.outcome, row.proven) for row in kept] == [("credentials", "fault", True)]
    assert [item.query for item in kept[0].items.all()] == ["API03"]
    assert kept[0].test is not None
    assert kept[0].test.conclusion == "supports"
    assert again == []
    assert Event.objects.filter(case_key=case.key, kind="diagnosis.runbook_step_done").count() == 1


def test_an_answer_goes_into_the_test_log_and_is_redacted() -> None:
    case = refused_case()

    kept = actions.answer_step(
        case.key, "api-errors", "credentials", by=cast().sam, outcome="clear", note=f"listed, says {work.MAIL}"
    )

    assert work.MAIL not in kept.note
    assert outcome(case, "credentials") == (Outcome.CLEAR, False)
    assert [(test.purpose[:16], test.conclusion) for test in Test.objects.filter(case=case)] == [
        ("The token or key", "refutes")
    ]


def test_a_step_is_skipped_only_with_a_reason_and_leaves_no_test() -> None:
    case = refused_case()

    with pytest.raises(Refused, match="Say why the step is skipped"):
        actions.answer_step(case.key, "api-errors", "server", by=cast().sam, outcome="skipped", note=" ")
    actions.answer_step(case.key, "api-errors", "server", by=cast().sam, outcome="skipped", note="no access to logs")

    assert outcome(case, "server") == (Outcome.SKIPPED, False)
    assert not Test.objects.filter(case=case).exists()


def test_what_a_check_proves_is_not_answered_by_hand() -> None:
    case = refused_case()
    work.kept(case)

    with pytest.raises(Refused, match="API03 answers this step already"):
        actions.answer_step(case.key, "api-errors", "credentials", by=cast().sam, outcome="clear", note="fine")

    assert not RunbookStep.objects.exists()


def test_unknown_runbooks_steps_and_outcomes_are_refused() -> None:
    case, sam = refused_case(), cast().sam

    with pytest.raises(Refused, match="no runbook"):
        actions.answer_step(case.key, "moon", "x", by=sam, outcome="clear", note="n")
    with pytest.raises(Refused, match="has no step"):
        actions.answer_step(case.key, "sso", "x", by=sam, outcome="clear", note="n")
    with pytest.raises(Refused, match="The outcome is one of fault, clear, skipped"):
        actions.answer_step(case.key, "sso", "time", by=sam, outcome="open", note="n")
    with pytest.raises(Forbidden):
        actions.answer_step(case.key, "sso", "time", by=cast().vic, outcome="clear", note="n")


def test_the_page_records_an_answer_and_shows_the_next_step() -> None:
    case, browser = refused_case(), signed_in(cast().sam)
    address = f"/cases/{case.key}/runbooks/api-errors/step/credentials"

    refused = browser.post(address, {"outcome": "clear"})
    sent = browser.post(address, {"outcome": "clear", "note": "the key is active"}, follow=True)

    assert refused.status_code == 422
    assert "1 of 8 steps answered" in sent.content.decode()
    assert "the key is active" in sent.content.decode()


def test_the_results_of_checks_are_attached_by_a_button() -> None:
    case = refused_case()
    work.kept(case)
    browser = signed_in(cast().sam)

    shown = browser.get(f"/cases/{case.key}/runbooks/api-errors").content.decode()
    after = browser.post(f"/cases/{case.key}/runbooks/api-errors/attach", follow=True).content.decode()

    assert "Attach 1 result of checks" in shown
    assert "One result attached." in after
    assert "of checks</button>" not in after


def test_all_runbooks_are_on_the_shelf_and_unknown_ones_are_not_found() -> None:
    case = refused_case()

    assert all(book.title in page(case).content.decode() for book in runbooks().values())
    assert page(case, "moon").status_code == 404
    assert page(case, "sso", "step", "moon").status_code == 404


@pytest.mark.slow
def test_where_a_check_only_points_at_a_step_the_page_does_not_ask_for_a_file_that_is_there() -> None:
    case = make.case(severity=3, issue_type="webhook", text="Deliveries stopped")
    rows = [f"e{number},1,2026-03-02T09:{number:02d}:00Z,500,https://hooks.example.com/a" for number in range(30)]
    table = "\n".join(["event_id,attempt,time,status,endpoint", *rows]).encode()
    evidence.attach(case.key, "deliveries.csv", [table], by=cast().sam)
    worker.drain()

    shown = page(case, "webhooks", "step", "switched-off").content.decode()

    assert "WH08, where it proves it. One finding points there and proves nothing" in shown
    assert "once a file that they read is attached" not in shown
