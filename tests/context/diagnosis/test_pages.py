"""The diagnosis tab and its forms, with and without HTMX."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sevline.cases.models import Case
from sevline.diagnosis import actions
from sevline.diagnosis.models import Cause, Hypothesis, Reproduction
from sevline.diagnosis.views.board import STEPS, STEPS_OF
from tests.cast import cast, signed_in
from tests.context.diagnosis import work

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}
WORDS = {"statement": "The key was rotated", "predicts": "old tokens fail", "refuted_if": "an old token works"}


def sam() -> Client:
    return signed_in(cast().sam)


def address(case: Case, *parts: object) -> str:
    return "/".join([f"/cases/{case.key}/diagnosis", *map(str, parts)])


def text_of(answer: Any) -> str:
    return " ".join(str(answer.content.decode()).split())


def test_the_tab_shows_everything_that_was_found_and_thought() -> None:
    case, person = work.case(), cast().sam
    finding, item = work.citing(case), work.evidence(case)
    hypothesis = work.proposed(case)
    actions.link_evidence(case.key, hypothesis.number, by=person, items=[item.key], side="against")
    work.tested(case, hypothesis)
    actions.record_cause(case.key, by=person, statement="Key rotated", confidence="probable", items=[item.key])

    page = text_of(sam().get(address(case)))

    assert finding.check_id in page
    for words in (hypothesis.statement, "speaks against it", "correlated, not proven", "Test log"):
        assert words in page
    assert f"/cases/{case.key}/evidence#{item.key}" in page


def test_the_hypothesis_of_a_confirmed_cause_is_not_called_unproven() -> None:
    case, person = work.case(), cast().sam
    item, hypothesis = work.evidence(case), work.proposed(case)
    Hypothesis.objects.filter(pk=hypothesis.pk).update(state="supported")
    before = text_of(sam().get(address(case)))
    actions.record_cause(
        case.key,
        by=person,
        statement="Key rotated",
        mechanism="The old key signs no more, so that each of its tokens is refused.",
        confidence="confirmed",
        items=[item.key],
        ruled_out="The clock of the server is right",
        hypothesis=hypothesis.number,
    )

    page = text_of(sam().get(address(case)))

    assert "correlated, not proven" in before
    assert "correlated, not proven" not in page
    assert "confirmed as the cause" in page


def test_an_empty_diagnosis_says_what_is_not_there_yet() -> None:
    page = text_of(sam().get(address(work.case())))

    for words in ("No test was written down yet", "None named yet", "Nobody has tried yet", "Not asked yet"):
        assert words in page


def test_a_hypothesis_is_proposed_by_an_ordinary_form() -> None:
    case = work.case()

    answer = sam().post(address(case, "hypothesis"), {**WORDS, "likelihood": "likely"})

    assert (answer.status_code, answer["Location"]) == (302, address(case))
    assert Hypothesis.objects.get(case=case).likelihood == "likely"


def test_by_htmx_the_form_stands_in_the_dialog_and_the_answer_is_the_tab() -> None:
    case, browser = work.case(), sam()

    form = browser.get(address(case, "hypothesis"), headers=HX)
    answer = browser.post(address(case, "hypothesis"), {**WORDS, "likelihood": "likely"}, headers=HX)

    assert "<html" not in form.content.decode()
    assert (answer.status_code, answer["HX-Retarget"], answer["HX-Reswap"]) == (200, "#diagnosis", "outerHTML")
    assert WORDS["statement"] in text_of(answer)
    assert 'hx-swap-oob="beforeend"' in text_of(answer)


@pytest.mark.parametrize("extra", [{}, HX])
def test_what_is_missing_is_said_in_place_and_what_was_typed_stays(extra: dict[str, str]) -> None:
    case = work.case()

    answer = sam().post(address(case, "hypothesis"), {**WORDS, "refuted_if": "", "likelihood": "likely"}, headers=extra)

    assert answer.status_code == 422
    assert WORDS["statement"] in text_of(answer)
    assert not Hypothesis.objects.exists()


def test_a_refusal_of_the_core_is_an_answer_on_the_form() -> None:
    case = work.case()

    answer = sam().post(address(case, "cause"), {"statement": "Key rotated", "confidence": "probable"}, headers=HX)

    assert answer.status_code == 422
    assert "A probable cause needs at least one piece of evidence." in text_of(answer)
    assert not Cause.objects.exists()


def test_a_move_without_fields_is_refused_with_every_reason_and_made_when_allowed() -> None:
    case = work.case()
    hypothesis = work.proposed(case)

    refused = sam().post(address(case, "support", hypothesis.number), {"sure": "1"}, headers=HX)
    parked = sam().post(address(case, "park", hypothesis.number), {}, headers=HX)

    assert refused.status_code == 422
    assert "Run a test that concludes" in text_of(refused)
    assert (parked.status_code, Hypothesis.objects.get(case=case).state) == (200, "parked")


def test_a_finding_becomes_evidence_and_then_a_hypothesis_that_cites_it() -> None:
    case, browser = work.case(), sam()
    finding = work.citing(case)

    browser.post(address(case, "use", finding.pk), {"claim": "The token is refused"})
    form = text_of(browser.get(address(case, "hypothesis") + f"?finding={finding.pk}"))
    browser.post(address(case, "hypothesis"), {**WORDS, "likelihood": "likely", "items": ["E-1"]})

    assert "checked" in form
    assert Hypothesis.objects.get(case=case).facts().evidence_for == ("E-1",)


def test_numbers_and_lists_reach_the_records() -> None:
    case = work.case()
    work.evidence(case)
    words = {"steps": "sign in\nopen", "expected": "a list", "actual": "401", "environment": "staging", "build": "2311"}

    sam().post(address(case, "reproduction"), {**words, "failed": "4", "runs": "5", "items": ["E-1"]})

    row = Reproduction.objects.get(case=case)
    assert (row.failed, row.runs, row.items.count()) == (4, 5, 1)
    page = text_of(sam().get(address(case)))
    assert "4 of 5, 80 %" in page
    assert "build 2311" in page


@pytest.mark.parametrize("verb", sorted(STEPS))
def test_every_form_opens_as_a_page_of_its_own(verb: str) -> None:
    answer = sam().get(address(work.case(), verb))

    assert answer.status_code == 200
    assert STEPS[verb].title in text_of(answer)


@pytest.mark.parametrize("verb", sorted(STEPS_OF))
def test_every_form_about_a_record_opens_too(verb: str) -> None:
    answer = sam().get(address(work.case(), verb, 1), headers=HX)

    assert answer.status_code == 200
    assert STEPS_OF[verb].button in text_of(answer)


def test_a_stranger_finds_no_page_and_a_viewer_may_only_read() -> None:
    case = work.case()
    eve, vic = signed_in(cast().eve), signed_in(cast().vic)

    assert [eve.get(address(case, part)).status_code for part in ("panel", "hypothesis")] == [404, 404]
    assert vic.post(address(case, "hypothesis"), {**WORDS, "likelihood": "likely"}).status_code in {403, 404}
    assert not Hypothesis.objects.exists()


def test_an_unknown_form_is_no_page() -> None:
    case = work.case()

    assert sam().get(address(case, "banana")).status_code == 404
    assert sam().get(address(case, "banana", 3)).status_code == 404


def test_a_resolved_case_offers_no_form() -> None:
    from tests import make

    page = text_of(sam().get(address(make.resolved())))

    assert "diagnosis-form-body" not in page


def test_the_number_of_queries_does_not_grow_with_the_rows() -> None:
    case, person, browser = work.case(), cast().sam, sam()

    def fill(number: int) -> None:
        item = work.evidence(case)
        work.kept(case)
        hypothesis = work.proposed(case, f"Guess {number}")
        actions.link_evidence(case.key, hypothesis.number, by=person, items=[item.key], side="for")
        work.tested(case, hypothesis)
        actions.record_cause(case.key, by=person, statement=f"Cause {number}", confidence="probable", items=[item.key])

    fill(0)
    with CaptureQueriesContext(connection) as few:
        browser.get(address(case, "panel"))
    for number in range(1, 5):
        fill(number)
    with CaptureQueriesContext(connection) as many:
        browser.get(address(case, "panel"))

    assert len(many) == len(few)
