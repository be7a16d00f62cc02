"""Failure modes on a case: what the files look like, and a hypothesis and a test made of it."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest

from sevline.cases.models import Case
from sevline.core.checks import every_check
from sevline.core.failuremodes import MODES
from sevline.core.finding import State
from sevline.core.readers.reader import Form, Source, read_all
from sevline.diagnosis import actions, panels
from sevline.evidence.models import Artifact, RedactionRun, Upload
from tests.cast import cast, signed_in
from tests.context.diagnosis import work
from tests.evidence import START
from tests.unit.checks.test_failure_modes import STORM

pytestmark = pytest.mark.django_db


def storm() -> list[dict[str, Any]]:
    """What the checks find in a log with the sign of a retry storm, read as the job reads it."""
    told = [f"{(START + timedelta(seconds=at)).isoformat()} {text}" for at, text in enumerate(STORM)]
    given = list(read_all(Form.LINES, Source("a1", "app.log"), told))
    found = [finding for check in every_check() for finding in check.run(given)]
    return [asdict(finding) for finding in found if finding.state is not State.NOT_EVALUATED]


def with_storm(case: Case) -> Case:
    return with_found(case, storm())


def with_found(case: Case, said: list[dict[str, Any]]) -> Case:
    upload = work.upload(case)
    RedactionRun.objects.filter(upload=upload).update(findings=said)
    Artifact.objects.filter(upload=upload).update(name="app.log", kind="log")
    Upload.objects.filter(pk=upload.pk).update(name="app.log", kind="log")
    actions.keep_findings(upload.pk)
    return case


def page(case: Case, what: str) -> str:
    answer: str = signed_in(cast().sam).get(f"/cases/{case.key}/{what}").content.decode()
    return answer


@pytest.mark.requirement("R-048")
def test_a_case_whose_log_shows_it_says_looks_like_retry_storm_with_its_lines_and_the_test() -> None:
    case = with_storm(work.case())

    (first, *_) = panels.modes(panels.finding_cards(cast().sam, case))
    tab = page(case, "diagnosis")

    assert first.row.key == "retry-storm"
    assert [cited.locator for cited in first.citations] == ["1:1", "7:1", "15:1"]
    assert "Looks like: Retry storm" in tab
    assert first.row.test in tab
    assert "app.log" in tab


def test_a_mode_that_findings_only_point_to_is_not_called_what_the_case_looks_like() -> None:
    near = storm()[0] | {"check_id": "PERF03", "state": "FAIL"}
    shown = page(with_found(work.case(), [near]), "failure-modes")

    like, _, pointed = shown.partition('id="near-title"')
    assert "The files show the sign of none." in like
    assert "Retry storm</h3>" not in like
    assert "Retry storm</h3>" in pointed.partition('id="others-title"')[0]


def test_the_library_names_every_mode_with_its_sign_or_what_was_seen() -> None:
    shown = page(with_storm(work.case()), "failure-modes")

    assert all(row.title in shown and row.test in shown for row in MODES.mode)


def test_a_hypothesis_of_a_mode_starts_with_what_it_predicts_and_what_would_refute_it() -> None:
    row = next(row for row in MODES.mode if row.key == "retry-storm")
    case = work.case()

    form, test = (page(case, f"diagnosis/{verb}?mode=retry-storm") for verb in ("hypothesis", "test"))

    assert row.predicts in form
    assert row.refuted_by in form
    assert row.test in test


def test_a_mode_that_no_table_knows_starts_an_empty_form() -> None:
    assert "Retry storm" not in page(work.case(), "diagnosis/hypothesis?mode=nonsense")
