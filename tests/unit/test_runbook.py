"""Runbooks: which one fits, what a check ticks, and which step is proposed next."""

from datetime import UTC, datetime

import pytest

from sevline.core.checks import every_check
from sevline.core.runbook import LAYERS, Answer, Outcome, Runbook, Seen, Step, fitting, read_situation, runbooks, walk
from sevline.core.tables import TableError, parse

DAY = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
REFUSED = "API 401 errors since 09:00 and a key rotated at 08:58"
TABLE = """
version = "1"
key = "k"
title = "T"
types = ["api_4xx"]
signs = ["api"]
[[step]]
key = "one"
layer = "{first}"
suspects = "s"
asks = "a"
how = "h"
expects = "e"
tells = {tells}
checks = ["{check}"]
[[step]]
key = "{second_key}"
layer = "network"
suspects = "s"
asks = "a"
how = "h"
expects = "e"
tells = 1
"""


def step(book: str, key: str, *findings: Seen, answers: tuple[Answer, ...] = ()) -> Step:
    walked = walk(runbooks()[book], read_situation("", day=DAY, findings=findings), answers)
    return next(one for one in walked.steps if one.row.key == key)


def filled(**other: object) -> str:
    return TABLE.format(**{"first": "client", "tells": 3, "check": "API03", "second_key": "two", **other})


@pytest.mark.requirement("R-042")
def test_with_401_since_nine_and_a_key_rotated_two_minutes_before_the_key_is_tested_first() -> None:
    situation = read_situation(REFUSED, day=DAY, issue_type="api_4xx")

    best = fitting(runbooks().values(), situation)[0].book
    first = walk(best, situation).proposed

    assert (best.key, situation.onset) == ("api-errors", DAY.replace(hour=9))
    assert first is not None
    assert first.row.suspects.startswith("The token or key is not valid any more")
    assert "2 min before it began. Correlated, not proven." in first.why[-1]


def test_without_the_rotation_and_the_401_another_step_is_first() -> None:
    walked = walk(runbooks()["api-errors"], read_situation("500 with an exception since 09:00", day=DAY))

    assert walked.proposed is not None
    assert walked.proposed.row.key == "server"


def test_a_change_the_day_before_adds_nothing() -> None:
    text = "Errors since 2026-11-16T09:00Z, a key rotated at 2026-11-15T09:00Z"
    walked = walk(runbooks()["api-errors"], read_situation(text, day=DAY))

    assert [one.weight for one in walked.steps if one.row.key == "credentials"] == [4]


def test_a_time_with_an_offset_is_read_in_its_zone() -> None:
    assert read_situation("down since 2026-11-16T10:00+01:00", day=DAY).onset == DAY.replace(hour=9)


def test_a_recorded_change_counts_like_one_in_the_ticket() -> None:
    situation = read_situation("401 since 09:00", day=DAY, changed=["signing key rotated 08:58"])
    first = walk(runbooks()["api-errors"], situation).proposed

    assert first is not None
    assert first.row.key == "credentials"


def test_a_failed_check_ticks_its_step_as_the_fault() -> None:
    found = Seen("API03", "FAIL", "The token expired")
    one = step("api-errors", "credentials", found)

    assert (one.outcome, one.proven, one.findings) == (Outcome.FAULT, True, (found,))


def test_a_hint_is_a_lead_and_ticks_nothing() -> None:
    one = step("api-errors", "credentials", Seen("API03", "FAIL", "Perhaps expired", "hint"))

    assert (one.outcome, len(one.leads)) == (Outcome.OPEN, 1)


def test_only_all_checks_of_a_step_rule_its_fault_out() -> None:
    both = [Seen(check, "PASS", "fits") for check in ("WH01", "WH03")]

    assert step("webhooks", "secret", *both).outcome is Outcome.CLEAR
    assert step("webhooks", "secret", both[0]).outcome is Outcome.OPEN
    assert step("webhooks", "secret", *both, Seen("WH01", "WARN", "unclear")).outcome is Outcome.OPEN


def test_what_was_not_evaluated_is_asked() -> None:
    assert step("api-errors", "credentials", Seen("API03", "NOT_EVALUATED", "no calls")).outcome is Outcome.OPEN


def test_a_check_stands_above_an_answer_and_the_last_answer_counts() -> None:
    answers = (Answer("credentials", Outcome.SKIPPED, "no access"), Answer("credentials", Outcome.CLEAR, "listed"))

    assert step("api-errors", "credentials", answers=answers).note == "listed"
    assert step("api-errors", "credentials", answers=answers).outcome is Outcome.CLEAR
    assert step("api-errors", "credentials", Seen("API03", "FAIL", "x"), answers=answers).outcome is Outcome.FAULT


def test_a_walk_that_is_done_proposes_nothing() -> None:
    book = runbooks()["api-errors"]
    answers = [Answer(row.key, Outcome.SKIPPED, "not needed") for row in book.step]
    walked = walk(book, read_situation(REFUSED, day=DAY), answers)

    assert walked.proposed is None
    assert walked.done == len(book.step)


def test_failed_checks_propose_the_runbook_that_asks_for_them() -> None:
    situation = read_situation("", day=DAY, findings=[Seen("NET06", "FAIL", "expired")])

    assert [fit.book.key for fit in fitting(runbooks().values(), situation)] == ["network"]


@pytest.mark.parametrize(
    ("check_id", "books"),
    [
        ("API04", {"api-errors", "permissions"}),
        ("OIDC07", {"api-errors", "oidc"}),
        ("NET01", {"network"}),
        ("API12", {"api-errors"}),
        ("SYNC02", {"data-sync"}),
    ],
)
def test_a_check_that_another_topic_only_asks_for_does_not_propose_its_runbook(check_id: str, books: set[str]) -> None:
    situation = read_situation("", day=DAY, findings=[Seen(check_id, "FAIL", "x")])

    assert {fit.book.key for fit in fitting(runbooks().values(), situation)} == books


def test_a_case_of_crashing_pods_is_led_through_kubernetes_before_anything_else() -> None:
    failed = [Seen(check, "FAIL", "") for check in ("K8S02", "K8S03", "NET04", "OBS14")]

    by_checks = fitting(runbooks().values(), read_situation("", day=DAY, findings=failed))
    by_words = fitting(runbooks().values(), read_situation("Pods crash after the upgrade", day=DAY))

    assert by_checks[0].book.key == "kubernetes"
    assert "kubernetes" in [fit.book.key for fit in by_words]
    assert step("kubernetes", "image", Seen("K8S03", "FAIL", "")).outcome is Outcome.FAULT
    assert step("kubernetes", "nodes", Seen("K8S12", "PASS", ""), Seen("K8S13", "PASS", "")).outcome is Outcome.CLEAR


def test_every_topic_has_a_runbook_that_goes_through_the_layers_in_order() -> None:
    assert set(runbooks()) == {
        "sso", "oidc", "api-errors", "rate-limits", "webhooks", "data-sync", "performance", "permissions", "network",
        "regression", "kubernetes",
    }  # fmt: skip
    for book in runbooks().values():
        places = [LAYERS.index(row.layer) for row in book.step]
        assert places == sorted(places)
        assert len(book.step) >= 6


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (filled(first="release"), "stands further up"),
        (filled(tells=6), "which is not 1 to 5"),
        (filled(check="saml9"), "no id of a check"),
        (filled(second_key="one"), "stands there twice"),
        (filled(first="moon"), "Invalid enum value"),
    ],
)
def test_a_wrong_runbook_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(TableError, match="The table “wrong") as refusal:
        parse("wrong.toml", text, Runbook)
    assert said in str(refusal.value)


def test_every_check_that_a_runbook_names_exists() -> None:
    named = {check for book in runbooks().values() for row in book.step for check in row.checks}

    assert named - set(every_check().keys()) == set()
