"""What failed of all that a statement wrote is told by statuses, by fields and by words."""

import pytest

from sevline.core.mining.surfacing.counts import PatternCounts
from sevline.core.mining.surfacing.statements import statements_of


def said(template: str, statement: str = "", outcome: str = "") -> PatternCounts:
    return PatternCounts(template, template, 10, {}, statement=statement, outcome=outcome)


def rows(*patterns: PatternCounts) -> list[tuple[int, tuple[int, ...]]]:
    return [(one.failed, one.rows) for one in statements_of(patterns)]


def test_each_outcome_of_a_statement_is_held_against_all_of_them() -> None:
    patterns = [said("GET", "a", ""), said("GET", "b", ""), said("GET", "a", "5xx"), said("GET", "a", "4xx")]

    assert rows(*patterns) == [(2, (0, 2, 3)), (3, (0, 2, 3))]


def test_a_statement_of_which_nothing_but_failures_is_known_tells_no_share() -> None:
    assert rows(said("GET", "a", "5xx"), said("PUT", "b", "")) == []


@pytest.mark.parametrize(
    ("failed", "worked"),
    [
        ("Failed password for <*> from <*>", "Accepted password for <*> from <*>"),
        ("payment <*> declined", "payment <*> approved"),
        ("Job <*> failed: <*>", "Job <*> completed successfully"),
        ("request failed with <*>", "request completed in <*> ms"),
        ("connection refused from <*>", "connection accepted from <*>"),
    ],
)
def test_templates_that_differ_in_the_word_of_their_outcome_are_one_statement(failed: str, worked: str) -> None:
    assert rows(said(worked), said(failed)) == [(1, (0, 1))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("upload of <*> failed", "download of <*> completed"),
        ("failed", "ok"),
        ("<*> failed <*>", "<*> done <*>"),
        ("login failed for <*>", "login failed on <*>"),
        ("query failed", "query started"),
        ("sync done for <*>", "sync failed on disk <*>"),
    ],
)
def test_templates_that_differ_in_more_are_statements_of_their_own(one: str, other: str) -> None:
    assert rows(said(one), said(other)) == []


def test_words_make_no_statement_of_what_stands_in_two_files() -> None:
    assert rows(said("login failed", "1:a"), said("login succeeded", "2:b")) == []
    assert rows(said("login failed", "1:a"), said("login succeeded", "1:b")) == [(0, (0, 1))]


def test_templates_that_say_every_error_of_a_program_are_not_one_statement() -> None:
    reasons = [said(f"worker failed: reason {chr(97 + number)}") for number in range(26)]
    more = [said(f"worker failed: other reason {chr(97 + number)}") for number in range(26)]
    worked = said("worker finished: <*>")

    assert len(rows(*reasons, worked)) == 26
    assert rows(*reasons, *more, worked) == []
