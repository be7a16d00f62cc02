"""Large logs are counted by a job: the page shows that it runs, the answer comes into the row that waits for it."""

from datetime import timedelta

import pytest

from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.mining.surfacing.impact import ImpactQuery
from sevline.evidence import actions
from sevline.evidence.models import CheckRun, CountState, ImpactAnswer, Upload
from sevline.platform import clock
from sevline.platform.jobs import backend, worker
from sevline.platform.models import Event, Job, JobStatus
from tests import make
from tests.cast import cast, signed_in
from tests.context.evidence.test_counting import ERRORS, FIXED, log
from tests.context.evidence.test_pages import attached, page

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def case() -> Case:
    case = make.case(severity=2)
    attached(case, log(10), "payments.log")
    return case


def asked(case: Case) -> ImpactAnswer:
    """A question to logs that are too large to be counted while the person waits."""
    return actions.count_impact(case.key, ERRORS, by=cast().sam, at_once=0)


def compared(case: Case) -> CheckRun:
    check = actions.define_success(case.key, "refused payments", by=cast().sam, bad=ERRORS, below=0.005, minutes=60)
    return actions.judge_fix(case.key, check.number, by=cast().sam, fixed_at=FIXED, at_once=0)


def first_upload(case: Case) -> int:
    return Upload.objects.filter(case=case).order_by("number").values_list("pk", flat=True)[0]


def impact_page(case: Case) -> str:
    return str(page(f"/evidence/cases/{case.key}/impact").content.decode())


def fixes_page(case: Case) -> str:
    return str(page(f"/evidence/cases/{case.key}/fixes").content.decode())


def test_the_page_shows_that_it_runs_and_then_the_same_answer_as_at_once(case: Case) -> None:
    at_once = actions.count_impact(case.key, ERRORS, by=cast().sam)
    waiting = asked(case)
    while_it_runs = impact_page(case)
    worker.drain()
    waiting.refresh_from_db()
    after = impact_page(case)

    assert 'hx-trigger="every 2s" hx-select="#answers"' in while_it_runs
    assert 'aria-label="Counting"' in while_it_runs
    assert waiting.state == CountState.DONE
    assert (waiting.records, waiting.scopes, waiting.read) == (at_once.records, at_once.scopes, at_once.read)
    assert "every 2s" not in after
    assert "The same answer as when it was last asked." in after


def test_a_comparison_waits_for_its_job_too(case: Case) -> None:
    run = compared(case)
    while_it_runs = fixes_page(case)
    worker.drain()
    run.refresh_from_db()
    after = fixes_page(case)

    assert (run.state, run.verdict) == (CountState.DONE, "pending")
    assert 'hx-select="#runs-1"' in while_it_runs
    assert "Stop" in while_it_runs
    assert "every 2s" not in after
    assert "Pending: " in after


def test_the_same_question_asked_while_it_waits_is_the_one_that_waits(case: Case) -> None:
    first, second = asked(case), asked(case)
    other = actions.count_impact(case.key, ImpactQuery(level="WARN"), by=cast().sam, at_once=0)
    run = compared(case)
    again = actions.judge_fix_again(case.key, run.pk, by=cast().sam, at_once=0)

    assert (second.pk, again.pk) == (first.pk, run.pk)
    assert other.number == 2


def test_a_count_that_was_stopped_keeps_nothing_and_can_be_asked_again(case: Case) -> None:
    answer, run = asked(case), compared(case)
    sam = signed_in(cast().sam)
    sam.post(f"/evidence/cases/{case.key}/impact/1/stop")
    sam.post(f"/evidence/cases/{case.key}/fixes/runs/{run.pk}/stop")
    worker.drain()
    answer.refresh_from_db()
    run.refresh_from_db()
    text = impact_page(case)
    sam.post(f"/evidence/cases/{case.key}/fixes/runs/{run.pk}/again")

    assert (answer.state, run.state) == (CountState.STOPPED, CountState.STOPPED)
    assert (answer.records, run.verdict) == (0, "")
    assert f"{cast().sam.name} stopped it." in text
    assert "Ask again" in text
    assert not Event.objects.filter(kind="evidence.impact_counted").exists()
    assert CheckRun.objects.filter(state=CountState.DONE).count() == 1
    with pytest.raises(Refused, match="has come to its end already"):
        actions.stop_impact(case.key, 1, by=cast().sam)
    with pytest.raises(Refused, match="There is no answer that could go into the register"):
        actions.cite_impact(case.key, 1, by=cast().sam)


def test_a_count_whose_logs_were_removed_meanwhile_says_so(case: Case) -> None:
    answer, run = asked(case), compared(case)
    actions.remove(first_upload(case), by=cast().sam, reason="came by mistake")
    worker.drain()
    answer.refresh_from_db()
    run.refresh_from_db()

    assert (answer.state, run.state) == (CountState.REFUSED, CountState.REFUSED)
    assert answer.said == run.said
    assert "The case has no log whose lines could be read as records." in impact_page(case)
    assert "No answer." in fixes_page(case)


def test_an_answer_says_how_the_logs_differ_from_those_it_rests_on(case: Case) -> None:
    actions.count_impact(case.key, ERRORS, by=cast().sam)
    run = compared(case)
    worker.drain()
    before = impact_page(case)
    attached(case, log(5), "more.log")
    actions.remove(first_upload(case), by=cast().sam, reason="came by mistake")
    after = impact_page(case)
    sentence = "Since this was counted, more.log came and payments.log became unavailable."

    assert "Since this was counted" not in before
    assert sentence in after
    assert sentence in fixes_page(case)
    assert f"fixes/runs/{run.pk}/again" in fixes_page(case)


def test_a_worker_lost_before_it_could_tell_that_it_was_done_leaves_one_answer(case: Case) -> None:
    answer = asked(case)
    lost = backend.claim("a worker that dies", clock.now())
    actions.do_impact(answer.pk)
    Job.objects.filter(status=JobStatus.RUNNING).update(lease_until=clock.now() - timedelta(seconds=1))
    worker.drain()

    assert lost is not None
    assert Job.objects.get(pk=lost.pk).status == JobStatus.SUCCESSFUL
    assert Event.objects.filter(kind="evidence.impact_counted").count() == 1


def test_a_job_that_used_up_its_attempts_is_said_on_the_page(case: Case) -> None:
    asked(case)
    job = Job.objects.get(task_path__endswith="on_impact_asked", status=JobStatus.READY)
    backend.bury(job, clock.now(), "builtins.MemoryError", "")
    text = impact_page(case)

    assert "This was tried several times and failed each time" in text
    assert "every 2s" not in text


def test_a_log_without_times_cannot_be_compared_by_a_job_either() -> None:
    case = make.case(severity=2)
    attached(case, b"ERROR it broke again\n" * 20, "untimed.log")
    run = compared(case)
    worker.drain()
    run.refresh_from_db()

    assert run.said == "No record of these logs has a time, so before and after cannot be told apart."


def test_a_case_that_was_closed_meanwhile_keeps_no_answer(case: Case) -> None:
    answer = asked(case)
    Case.objects.filter(pk=case.pk).update(status="closed")
    worker.drain()
    answer.refresh_from_db()

    assert answer.state == CountState.REFUSED
    assert "reopen it before you add evidence" in answer.said
