"""Whom a failure touched and whether a fix holds, counted in the logs of a case and kept with the query."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.mining.surfacing.impact import ImpactQuery
from sevline.evidence import actions
from sevline.evidence.models import CheckRun, ImpactAnswer, Item, SuccessCheck
from tests import make
from tests.cast import cast, signed_in
from tests.context.evidence.test_pages import attached, page

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
FIXED = START + timedelta(minutes=60)
ERRORS = ImpactQuery(level="ERROR")


def log(minutes: int, *, tenants: int = 7, failing: int = 3, fixed_after: int = 10_000) -> bytes:
    """Each minute a record of every tenant; those of the first few fail until the fix."""
    lines = []
    for minute in range(minutes):
        for tenant in range(tenants):
            failed = tenant < failing and minute < fixed_after
            lines.append(
                {
                    "time": (START + timedelta(minutes=minute, seconds=tenant)).isoformat(),
                    "level": "error" if failed else "info",
                    "service": "payments",
                    "msg": "payment refused by the gateway" if failed else "payment taken",
                    "tenant": f"tenant-{tenant}",
                    "region": "eu-west" if tenant % 2 else "us-east",
                }
            )
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


@pytest.fixture
def case() -> Case:
    return make.case(severity=2)


@pytest.mark.slow
@pytest.mark.requirement("R-070")
def test_the_page_counts_the_tenants_exactly_keeps_the_query_and_shows_what_drifted(case: Case) -> None:
    attached(case, log(60), "payments.log")
    sam = signed_in(cast().sam)
    sam.post(f"/evidence/cases/{case.key}/impact", {"level": "ERROR"})
    first = page(f"/evidence/cases/{case.key}/impact").content.decode()
    attached(case, log(60, tenants=9, failing=5), "more.log")
    sam.post(f"/evidence/cases/{case.key}/impact/1/again")
    second = page(f"/evidence/cases/{case.key}/impact").content.decode()
    kept = ImpactAnswer.objects.get(number=1)

    assert "3 tenants, 43% of the 7 active, in 180 records." in first
    assert "level ERROR or louder" in first
    assert "Counted in payments.log." in first
    assert (kept.query, kept.source, kept.records) == ("level ERROR or louder", "payments.log", 180)
    assert (kept.first_at, kept.last_at) == (START, START + timedelta(minutes=59, seconds=2))
    assert "5 tenants, 56% of the 9 active" in second
    assert "2 more in tenant: tenant-3, tenant-4." in second


def test_an_answer_goes_into_the_register_once_with_its_query(case: Case) -> None:
    attached(case, log(10), "payments.log")
    actions.count_impact(case.key, ERRORS, by=cast().sam)
    sam = signed_in(cast().sam)
    sam.post(f"/evidence/cases/{case.key}/impact/1/cite")
    sam.post(f"/evidence/cases/{case.key}/impact/1/cite")
    item = Item.objects.get(query="level ERROR or louder")

    assert item.claim == "3 tenants, 43% of the 7 active, in 30 records."
    assert "tenant: 3 of 7 active. tenant-0 (10), tenant-1 (10), tenant-2 (10)" in item.excerpt
    assert f'evidence/{item.key}">{item.key}</a>' in page(f"/evidence/cases/{case.key}/impact").content.decode()


@pytest.mark.slow
@pytest.mark.requirement("R-073")
def test_a_check_written_down_for_60_minutes_is_pending_after_20_and_passes_when_all_were_seen(case: Case) -> None:
    attached(case, log(81, fixed_after=60), "until-20-minutes-after.log")
    sam = signed_in(cast().sam)
    written = {"metric": "share of refused payments", "level": "ERROR", "below": "0.5", "minutes": "60"}
    sam.post(f"/evidence/cases/{case.key}/fixes", written)
    moment = {"fixed_at": "2026-11-16T11:00", "fixed_at_zone": "UTC"}
    sam.post(f"/evidence/cases/{case.key}/fixes/1/judge", moment)
    pending = CheckRun.objects.get()
    attached(case, log(125, fixed_after=60), "all.log")
    sam.post(f"/evidence/cases/{case.key}/fixes/1/judge", moment)
    text = page(f"/evidence/cases/{case.key}/fixes").content.decode()
    passed = CheckRun.objects.exclude(pk=pending.pk).get()

    assert (pending.verdict, pending.before, pending.after[1]) == ("pending", [420, 180], 0)
    assert (passed.verdict, passed.after[1]) == ("pass", 0)
    assert "share of refused payments below 0.5 % for 60 min" in text
    assert text.index("Pass: 0 of") < text.index("Pending: 0 of")
    assert "The check was written after the fix." in text


def test_a_fix_that_does_not_hold_fails_and_goes_into_the_register(case: Case) -> None:
    attached(case, log(130, fixed_after=90), "payments.log")
    check = actions.define_success(
        case.key, "refused payments", by=cast().sam, bad=ERRORS, below=0.005, minutes=60
    )  # fmt: skip
    run = actions.judge_fix(case.key, check.number, by=cast().sam, fixed_at=FIXED)
    item = actions.cite_fix(case.key, run.pk, by=cast().sam)

    assert run.verdict == "fail"
    assert item.claim.startswith("refused payments: fail. 90 of 420 records")
    assert actions.cite_fix(case.key, run.pk, by=cast().sam) == item


def test_what_is_typed_is_kept_redacted_and_finds_the_redacted_lines(case: Case) -> None:
    line = (
        '{"time":"2026-11-16T10:00:00Z","level":"error","msg":"mail to anna.lind@example.com failed","tenant":"t1"}\n'
    )
    attached(case, line.encode() * 20, "mail.log")
    answer = actions.count_impact(case.key, ImpactQuery(text="anna.lind@example.com"), by=cast().sam)

    assert answer.records == 20
    assert "anna.lind" not in answer.query + json.dumps(answer.asked)


@pytest.mark.parametrize(
    ("bad", "below", "minutes", "sentence"),
    [
        (ImpactQuery(), 0.005, 60, "Say which records are bad"),
        (ERRORS, 0.0, 60, "The bound is a share between"),
        (ERRORS, 0.005, 0, "The window lasts from 1 minute"),
    ],
)
def test_a_check_that_says_too_little_is_refused(
    case: Case, bad: ImpactQuery, below: float, minutes: int, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        actions.define_success(case.key, "x", by=cast().sam, bad=bad, below=below, minutes=minutes)


def test_without_logs_or_times_it_says_what_is_missing(case: Case) -> None:
    with pytest.raises(Refused, match="The case has no log whose lines could be read as records"):
        actions.count_impact(case.key, ERRORS, by=cast().sam)
    attached(case, b"ERROR it broke again\n" * 20, "untimed.log")
    check = actions.define_success(case.key, "errors", by=cast().sam, bad=ERRORS, below=0.1, minutes=5)

    with pytest.raises(Refused, match="No record of these logs has a time"):
        actions.judge_fix(case.key, check.number, by=cast().sam, fixed_at=FIXED)


def test_another_case_hears_nothing_of_them(case: Case) -> None:
    attached(case, log(10), "payments.log")
    actions.count_impact(case.key, ERRORS, by=cast().sam)
    other = make.case(severity=3)

    with pytest.raises(Refused, match="There is no such answer"):
        actions.cite_impact(other.key, 1, by=cast().sam)
    assert not SuccessCheck.objects.exists()
    assert "43%" not in page(f"/evidence/cases/{other.key}/impact").content.decode()


def test_a_window_that_ends_before_it_begins_is_said_in_the_form(case: Case) -> None:
    sent = {"since": "2026-11-16T11:00", "until": "2026-11-16T10:00"}
    answer = signed_in(cast().sam).post(f"/evidence/cases/{case.key}/impact", sent)

    assert answer.status_code == 422
    assert "The window ends before it begins" in answer.content.decode()
