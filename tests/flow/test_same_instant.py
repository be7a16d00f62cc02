"""Two people who do the same at the same moment both get what they asked for, under numbers of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection

from sevline.cases.models import Case
from sevline.escalations import actions as escalations
from sevline.escalations.models import Escalation
from sevline.platform import audit
from sevline.platform.models import Event
from tests import make
from tests.cast import cast, signed_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]
AT_ONCE = 4
Made = TypeVar("Made")


def at_once(act: Callable[[int], Made]) -> list[Made]:
    """Call it from several threads, each with a database connection of its own, all let go at the same moment."""
    gate = Barrier(AT_ONCE)

    def one(turn: int) -> Made:
        try:
            gate.wait(timeout=30)
            return act(turn)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as people:
        return list(people.map(one, range(AT_ONCE)))


def test_cases_opened_in_the_same_instant_have_numbers_of_their_own() -> None:
    cast(), make.account(), make.product_area()

    opened = at_once(lambda turn: make.case(f"Sign-in fails, report {turn}").number)

    assert len(set(opened)) == AT_ONCE
    assert sorted(opened) == sorted(Case.objects.values_list("number", flat=True))
    assert audit.verify().is_intact


def test_a_form_that_comes_several_times_in_the_same_instant_opens_one_case_and_all_are_led_to_it() -> None:
    form = {"text": make.TICKET, "title": "Once", "product_area": make.product_area().pk, "team": make.team().pk}
    browsers = [signed_in(cast().sam) for _ in range(AT_ONCE)]

    answers = at_once(lambda turn: browsers[turn].post("/cases/new", {**form, "form_token": "the same"}))

    case = Case.objects.get()
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, case.page)}
    assert Event.objects.filter(kind="case.opened").count() == 1
    assert audit.verify().is_intact


def test_packets_drafted_in_the_same_instant_have_numbers_of_their_own() -> None:
    cases = [make.case(f"Sign-in fails, report {turn}", severity=2).key for turn in range(AT_ONCE)]
    sam = cast().sam

    drafted = at_once(lambda turn: escalations.draft(cases[turn], by=sam).number)

    assert sorted(drafted) == [101, 102, 103, 104]
    assert Escalation.objects.count() == AT_ONCE
    assert audit.verify().is_intact


def test_one_case_drafted_twice_in_the_same_instant_has_one_packet() -> None:
    key, sam = make.case(severity=2).key, cast().sam

    drafted = at_once(lambda _: escalations.draft(key, by=sam).number)

    assert set(drafted) == {101}
