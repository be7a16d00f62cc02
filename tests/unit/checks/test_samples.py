"""Each check has a sample that it finds something in, one that it passes over, and asks for what is missing."""

import importlib
import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.showing import Run, Sample, noting, shown_by

from sevline.core.checks import every_check
from sevline.core.finding import State

TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_name("samples.toml").read_text(encoding="utf-8"))
NOTES = frozenset(TABLE.pop("notes"))
IDS = sorted(check.id for check in every_check())


def repeat(told: str) -> None:
    """Run the test that a row of the table names."""
    file, name, *case = told.split(":")
    test = getattr(importlib.import_module(f"tests.unit.{file}"), name)
    cases = [mark for mark in getattr(test, "pytestmark", ()) if mark.name == "parametrize"]
    test(**dict(_arguments(cases[0], int(case[0])) if case else ()))


def _arguments(mark: pytest.Mark, number: int) -> list[tuple[str, Any]]:
    """The arguments of one case of a test, by name."""
    given, values = mark.args[0], list(mark.args[1])[number]
    names = [name.strip() for name in given.split(",")] if isinstance(given, str) else list(given)
    values = getattr(values, "values", values) if isinstance(values, type(pytest.param(1))) else values
    return list(zip(names, values if len(names) > 1 else [values], strict=True))


def runs_of(check_id: str, told: str) -> list[Run]:
    with noting() as seen:
        repeat(told)
    return seen.get(check_id, [])


def test_the_table_names_every_check_and_no_other() -> None:
    assert sorted(TABLE) == IDS
    assert set(IDS) >= NOTES


@pytest.mark.parametrize("check_id", IDS)
def test_a_check_has_a_sample_in_which_it_finds_something(check_id: str) -> None:
    assert Sample.FOUND in shown_by(runs_of(check_id, TABLE[check_id]["found"]), notes=check_id in NOTES)


@pytest.mark.parametrize("check_id", IDS)
def test_a_check_has_a_sample_that_it_passes_over(check_id: str) -> None:
    assert Sample.SILENT in shown_by(runs_of(check_id, TABLE[check_id]["silent"]), notes=check_id in NOTES)


@pytest.mark.parametrize("check_id", IDS)
def test_a_check_asks_for_what_is_missing(check_id: str) -> None:
    told = list(every_check()[check_id].run([]))

    assert {finding.state for finding in told} == {State.NOT_EVALUATED}
    assert all(finding.missing and finding.next_step for finding in told)


def test_a_check_that_says_something_of_whatever_it_is_given_has_no_silent_sample() -> None:
    describing = [Run(frozenset({State.INFO}), was_given=True), Run(frozenset({State.NOT_EVALUATED}), was_given=False)]
    given_nothing = [Run(frozenset(), was_given=False)]

    assert shown_by(describing, notes=True) == {Sample.FOUND, Sample.MISSING}
    assert shown_by(given_nothing, notes=False) == set()
    assert shown_by([Run(frozenset({State.INFO}), was_given=True)], notes=False) == {Sample.SILENT}
    assert shown_by([Run(frozenset({State.PASS}), was_given=True)], notes=True) == {Sample.SILENT}
