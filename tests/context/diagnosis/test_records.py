"""Reproductions, workarounds, fixes, changes, searches and telemetry gaps: thin records that say something each."""

from datetime import timedelta
from typing import Any

import pytest

from sevline.cases import actions as cases
from sevline.cases.actions import NoSuchCase
from sevline.cases.models import Case, CaseFact
from sevline.core.kpi import EventRow
from sevline.core.lifecycle import Refused
from sevline.core.metrics.time_to_diagnosis import _candidates as candidates
from sevline.core.rights import Forbidden
from sevline.diagnosis import actions, selectors
from sevline.diagnosis.forms import FixForm
from sevline.diagnosis.models import KnownErrorSearch, Reproduction, Workaround
from sevline.platform import clock
from sevline.platform.models import Event
from sevline.service_levels.models import Clock
from tests import make
from tests.cast import cast
from tests.context.diagnosis import work

pytestmark = pytest.mark.django_db


def reproduce(case: Case, failed: int, runs: int, **more: Any) -> Reproduction:
    words: dict[str, Any] = {
        "steps": "sign in\nopen the orders",
        "expected": "the list",
        "actual": "401",
        "environment": "staging",
    }
    return actions.record_reproduction(case.key, by=cast().sam, failed=failed, runs=runs, **{**words, **more})


@pytest.mark.parametrize(
    ("failed", "runs", "state"), [(4, 5, "intermittent"), (5, 5, "reproduced"), (0, 5, "not_reproduced")]
)
def test_the_state_of_a_reproduction_follows_from_its_numbers(failed: int, runs: int, state: str) -> None:
    assert reproduce(work.case(), failed, runs).state == state


@pytest.mark.requirement("R-078")
def test_four_of_five_is_eighty_percent_and_two_runs_are_not_enough() -> None:
    case, sam = work.case(), cast().sam
    reproduce(case, 4, 5)
    reproduce(case, 1, 2)
    reproduce(case, 0, 5)

    rates = [selectors.rate_of(row) for row in selectors.reproductions(sam, case)]

    assert [rate.label for rate in rates] == ["0 of 5, 0 %", "1 of 2, not enough runs", "4 of 5, 80 %"]
    assert [rate.state for rate in rates] == ["not_reproduced", "intermittent", "intermittent"]
    assert selectors.reproductions(sam, case)[0].steps == "sign in\nopen the orders"


def test_impossible_numbers_of_runs_are_refused() -> None:
    case = work.case()

    with pytest.raises(Refused, match="6 of 5 runs is not possible"):
        reproduce(case, 6, 5)
    with pytest.raises(Refused, match="one action a line"):
        reproduce(case, 1, 5, steps="\n \n")

    assert not Reproduction.objects.exists()


def test_a_fix_is_validated_by_five_clean_runs_and_nothing_less() -> None:
    case, sam = work.case(), cast().sam

    with pytest.raises(Refused, match="1 of 14 runs still failed"):
        actions.validate_fix(case.key, by=sam, failed=1, runs=14, build="2026.11.4")
    with pytest.raises(Refused, match="4 clean runs are not enough"):
        actions.validate_fix(case.key, by=sam, failed=0, runs=4, build="2026.11.4")
    with pytest.raises(Refused, match="Name the build"):
        actions.validate_fix(case.key, by=sam, failed=0, runs=14, build="")
    actions.validate_fix(case.key, by=sam, failed=0, runs=5, build="2026.11.4")

    assert Case.objects.get(pk=case.pk).fix_validated


def test_a_validated_fix_lets_the_case_be_resolved_as_fixed() -> None:
    case, sam = work.case(), cast().sam
    actions.validate_fix(case.key, by=sam, failed=0, runs=5, build="2026.11.4")

    cases.resolve(case.key, by=sam, code="fixed", cause="product_defect", summary=make.SUMMARY)

    assert Case.objects.get(pk=case.pk).status == "resolved"


def workaround(case: Case, state: str, **more: Any) -> Workaround:
    return actions.record_workaround(case.key, by=cast().sam, state=state, **more)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("none_found", "says what was tried"),
        ("proposed", "Write the steps"),
        ("validated", "Write the steps"),
        ("perfect", "A workaround is one of"),
    ],
)
def test_each_state_of_a_workaround_asks_for_what_it_rests_on(state: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        workaround(work.case(), state)


def test_a_validated_workaround_names_its_evidence() -> None:
    case = work.case()
    item = work.evidence(case)

    with pytest.raises(Refused, match="names the evidence"):
        workaround(case, "validated", steps="use the second pool")
    workaround(case, "validated", steps="use the second pool", items=[item.key])

    assert Case.objects.get(pk=case.pk).workaround_state == "validated"
    assert work.kinds(case) == ["diagnosis.workaround_recorded", "diagnosis.workaround_validated"]


def test_an_accepted_workaround_stops_the_restore_clock() -> None:
    case = make.case(severity=2)

    workaround(case, "accepted", steps="use the second pool")

    restore = Clock.objects.get(subject_key=case.key, metric="restore")
    assert restore.stopped_at is not None


def test_withdrawing_takes_back_every_word_about_the_same_steps() -> None:
    case = work.case()
    item = work.evidence(case)
    first = workaround(case, "validated", steps="use the second pool", items=[item.key])
    second = workaround(case, "accepted", steps="use the second pool")
    other = workaround(case, "none_found", tried="a restart")
    with pytest.raises(Refused, match="no workaround to withdraw"):
        actions.withdraw_workaround(case.key, by=cast().sam, reason="It failed.")
    third = workaround(case, "accepted", steps="use the second pool")

    actions.withdraw_workaround(case.key, by=cast().sam, reason="It failed at night.")

    gone = Event.objects.filter(case_key=case.key, kind="diagnosis.workaround_withdrawn")
    assert {row.data["workaround"] for row in gone} == {first.pk, second.pk, third.pk}
    assert Workaround.objects.get(pk=other.pk).state == "none_found"
    assert Case.objects.get(pk=case.pk).workaround_state == "unknown"


def test_a_change_check_says_what_was_found_in_a_window() -> None:
    case, sam, now = work.case(), cast().sam, clock.now()

    with pytest.raises(Refused, match="ends before it begins"):
        actions.check_changes(case.key, by=sam, window_first=now, window_last=now, found={"deploys": "none found"})
    with pytest.raises(Refused, match="at least one"):
        actions.check_changes(case.key, by=sam, window_first=now - timedelta(days=1), window_last=now, found={})
    actions.check_changes(
        case.key, by=sam, window_first=now - timedelta(days=1), window_last=now, found={"deploys": "none found"}
    )

    assert [row.deploys for row in selectors.change_checks(sam, case)] == ["none found"]


def test_a_search_shows_resolved_cases_with_the_words_that_matched() -> None:
    sam = cast().sam
    old = make.resolved()
    hidden = make.case("Sign-in fails elsewhere", by=cast().eve, in_team=cast().eve.teams.first(), severity=3)
    cases.resolve(hidden.key, by=cast().eve, code="answered", cause="usage", summary=make.SUMMARY)
    case = work.case()

    search = actions.search_known_errors(case.key, by=sam, terms="connection pool banana")
    nothing = actions.search_known_errors(case.key, by=sam, terms="zebra stripes")

    assert [(match["case"], match["terms"]) for match in search.matches] == [(old.key, ["connection", "pool"])]
    assert (search.matches[0]["outcome"], nothing.matches) == ("answered", [])
    assert KnownErrorSearch.objects.filter(case=case).count() == 2


def test_a_search_without_words_is_refused() -> None:
    case = work.case()

    with pytest.raises(Refused, match="three letters"):
        actions.search_known_errors(case.key, by=cast().sam, terms="a b")


def test_that_no_signal_is_missing_is_said_and_not_assumed() -> None:
    case, sam = work.case(), cast().sam

    with pytest.raises(Refused, match="which signal is missing"):
        actions.note_telemetry_gap(case.key, by=sam)
    actions.note_telemetry_gap(case.key, by=sam, text="wait time of the pool")
    actions.note_telemetry_gap(case.key, by=sam, is_none=True)

    assert [(row.text, row.is_none) for row in selectors.telemetry_gaps(sam, case)] == [
        ("wait time of the pool", False),
        ("none", True),
    ]


def test_nothing_that_is_typed_stays_unredacted() -> None:
    case, now = work.case(), clock.now()
    sam, mail = cast().sam, work.MAIL
    reproduce(case, 1, 5, steps=f"sign in as {mail}", preconditions=mail, build=mail, flags=mail, environment=mail)
    workaround(case, "proposed", steps=f"ask {mail}", tried=mail, risk=mail)
    actions.withdraw_workaround(case.key, by=sam, reason=f"{mail} said no")
    actions.validate_fix(case.key, by=sam, failed=0, runs=14, build=mail)
    actions.check_changes(
        case.key, by=sam, window_first=now - timedelta(days=1), window_last=now, found={"config": f"{mail} added"}
    )
    actions.search_known_errors(case.key, by=sam, terms=f"locked {mail}")
    actions.note_telemetry_gap(case.key, by=sam, text=f"sign-ins of {mail}")

    rows = [*Reproduction.objects.values(), *Workaround.objects.values(), *KnownErrorSearch.objects.values()]

    assert mail not in str([*rows, *selectors.change_checks(sam, case).values(), *Event.objects.values("data")])


def test_a_viewer_may_not_write_and_a_stranger_finds_no_case() -> None:
    case = work.case()

    with pytest.raises(Forbidden):
        actions.note_telemetry_gap(case.key, by=cast().vic, is_none=True)
    with pytest.raises(NoSuchCase):
        actions.search_known_errors(case.key, by=cast().eve, terms="pool")
    with pytest.raises(NoSuchCase):
        actions.record_workaround(case.key, by=cast().eve, state="none_found", tried="a restart")

    assert not KnownErrorSearch.objects.exists()


def test_a_search_finds_a_resolved_case_by_an_id_of_its_files() -> None:
    before = make.resolved()
    CaseFact.objects.create(case=before, kind="trace_id", value="trc-5512aa77", source="E-1")
    case = make.case(severity=3)

    search = actions.search_known_errors(case.key, by=cast().sam, terms="trc-5512aa77")

    assert [match["case"] for match in search.matches] == [before.key]


def test_the_form_of_a_fix_says_beforehand_how_many_clean_runs_it_needs() -> None:
    case = make.case(severity=2)
    before = FixForm(person=cast().sam, case=case)
    actions.record_reproduction(
        case.key,
        by=cast().sam,
        steps="Export the report",
        expected="All pages",
        actual="One page",
        failed=4,
        runs=5,
        environment="staging",
    )

    form = FixForm(person=cast().sam, case=case)

    assert not before.fields["runs"].help_text
    assert "clean runs verify a fix" in form.fields["runs"].help_text


def test_none_found_ends_the_workarounds_that_stood_and_the_case_is_not_diagnosed_by_them() -> None:
    case = work.case()
    item = work.evidence(case)
    given_up = workaround(case, "validated", steps="use the second pool", items=[item.key])
    workaround(case, "none_found", tried="the second pool stopped working")

    cases.resolve(case.key, by=cast().sam, code="answered", cause="usage", summary=make.SUMMARY)

    given_up.refresh_from_db()
    own = [
        EventRow(row.kind, row.at, row.subject_key, {**row.data, "case": row.case_key})
        for row in Event.objects.filter(case_key=case.key).order_by("seq")
    ]
    assert given_up.state == "withdrawn"
    assert work.kinds(case)[-2:] == ["diagnosis.workaround_withdrawn", "diagnosis.workaround_recorded"]
    assert not [one for one in candidates(own) if one.confidence != "refuted" and one.key not in refuted(own)]


def refuted(own: list[EventRow]) -> set[str]:
    return {one.key for one in candidates(own) if one.confidence == "refuted"}
