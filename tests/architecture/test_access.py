"""Every address is tried by every role, a stranger of another team and somebody who is signed out."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, resolve
from django.urls.resolvers import URLPattern, URLResolver

from sevline.cases.views import STEPS as CASE_STEPS
from sevline.diagnosis.views.board import STEPS as DIAGNOSIS_STEPS
from sevline.diagnosis.views.board import STEPS_OF as DIAGNOSIS_STEPS_OF
from sevline.escalations.steps import STEPS as PACKET_STEPS
from tests.architecture import routes
from tests.architecture.routes import RULES, Rule
from tests.architecture.world import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder() -> None:
    """The one case of this module keeps its files for all of its tests."""


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


def expected(rule: Rule, role: str) -> frozenset[int]:
    if role in rule.roles:
        return rule.answers
    return frozenset({rule.hidden if rule.hidden and role in routes.OUTSIDE else 403})


def name_of(rule: Rule) -> str:
    return f"{rule.method} {rule.address}"


@pytest.mark.slow
@pytest.mark.on_postgresql
@pytest.mark.requirement("R-243")
@pytest.mark.parametrize("rule", RULES, ids=name_of)
def test_an_address_lets_in_the_roles_of_its_rule_and_nobody_else(world: World, rule: Rule) -> None:
    seen = {role: world.status(browser, rule) for role, browser in world.browsers.items()}

    wrong = {role: status for role, status in seen.items() if status not in expected(rule, role)}
    assert wrong == {}


@pytest.mark.requirement("R-243")
@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.hidden], ids=name_of)
def test_to_a_stranger_a_case_and_all_that_hangs_on_it_do_not_exist(world: World, rule: Rule) -> None:
    holds_the_right = "agent" in rule.roles or rule.hidden == 404

    assert world.status(world.stranger, rule) in ({404} if holds_the_right else {403, 404})


@pytest.mark.requirement("R-243")
@pytest.mark.parametrize("rule", RULES, ids=name_of)
def test_signed_out_an_address_leads_to_the_sign_in(world: World, rule: Rule) -> None:
    assert world.status(Client(), rule) == (401 if rule.method == "POST" else 302)


@pytest.mark.requirement("R-243")
def test_a_request_for_approval_exists_only_for_who_may_answer_or_audit_it(world: World) -> None:
    rule = Rule(routes.APPROVAL, routes.APPROVAL_READERS)

    let_in = {role for role, browser in world.browsers.items() if world.status(browser, rule) == 200}

    assert let_in == routes.APPROVAL_READERS
    assert world.status(world.stranger, rule) == 404


@pytest.mark.parametrize("address", routes.OWN)
def test_what_somebody_else_asked_for_or_sends_exists_for_nobody(world: World, address: str) -> None:
    method = routes.OWN[address]

    seen = {role: browser.generic(method, address).status_code for role, browser in world.browsers.items()}

    assert set(seen.values()) <= {403, 404}
    assert Client().generic(method, address).status_code == (302 if method == "GET" else 401)


@pytest.mark.parametrize("address", routes.OPEN)
def test_an_open_address_answers_as_its_rule_says(world: World, address: str) -> None:
    rule = Rule(address, routes.EVERYBODY)
    signed_out, someone = routes.OPEN[address]

    seen = {role: world.status(browser, rule) for role, browser in world.browsers.items()}

    assert world.status(Client(), rule) == signed_out
    assert seen == dict.fromkeys(seen, someone)


def patterns(under: URLResolver, prefix: str = "") -> list[str]:
    found: list[str] = []
    for entry in under.url_patterns:
        here = prefix + (str(entry.pattern).removeprefix("^") if prefix else str(entry.pattern))
        found += patterns(entry, here) if isinstance(entry, URLResolver) else [here]
        assert isinstance(entry, URLPattern | URLResolver)
    return found


SHUT = tuple(
    f"accounts/{shut}"
    for shut in ("signup/", "email/", "confirm-email/", "password/set/", "password/reset/", "login/code/")
)
KEYS = {
    "case": "C-1", "signal": 1, "packet": "ESC-1", "upload": 1, "file": 1, "pattern": 1, "approval": 1, "person": 1,
    "link": 1, "environment": 1, "note": 1,
}  # fmt: skip


@pytest.mark.requirement("R-243")
def test_every_address_has_a_rule() -> None:
    addresses = [*(rule.address for rule in RULES), routes.APPROVAL, *routes.OWN, *routes.OPEN]
    ruled = {resolve(address.format(**KEYS).partition("?")[0]).route for address in addresses}

    without = set(patterns(get_resolver())) - ruled
    # What stands behind an address that is shut cannot be reached; the shut one has a rule.
    reachable = {route for route in without if not route.startswith(SHUT)}
    assert reachable == set()


def test_every_step_has_a_rule() -> None:
    assert set(routes.CASE_VERBS) == set(CASE_STEPS)
    assert set(routes.DIAGNOSIS_VERBS) == set(DIAGNOSIS_STEPS)
    assert set(routes.DIAGNOSIS_VERBS_OF) == set(DIAGNOSIS_STEPS_OF)
    assert set(routes.PACKET_VERBS) == set(PACKET_STEPS)
