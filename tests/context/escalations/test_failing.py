"""P7 is drafted from what fails, of the own tenant first; everything else that was found is only offered."""

from datetime import timedelta

import pytest
from django.test import Client

from sevline.core import packet as core
from sevline.escalations import actions, selectors
from sevline.escalations.models import Escalation
from sevline.escalations.selectors import occurrences
from sevline.escalations.selectors.exhibits import EXCERPT_LINES, example
from sevline.evidence import actions as evidence
from sevline.platform import clock
from sevline.platform.jobs import worker
from tests import make
from tests.cast import cast
from tests.context.escalations import story

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OWN = "t_1180"


def _line(second: int, level: str, text: str, tenant: str, request: str) -> str:
    at = story.AT + timedelta(seconds=second)
    return f"{at:%Y-%m-%dT%H:%M:%SZ} {level} gateway {text} tenant={tenant} request_id={request}\n"


def _log(failing: str = OWN) -> bytes:
    """Twelve sign-ins of other tenants that went well, then four that failed: two of `failing`, two of another."""
    well = [_line(n, "INFO", "login ok", f"t_20{n:02}", f"req-0000aa{n:02}") for n in range(12)]
    bad = [
        _line(60, "ERROR", "audience does not match", failing, "req-0000bb01"),
        _line(61, "ERROR", "audience does not match", failing, "req-0000bb02"),
        _line(62, "ERROR", "quota of the plan is used up", "t_2003", "req-0000cc01"),
        _line(63, "ERROR", "quota of the plan is used up", "t_2003", "req-0000cc02"),
    ]
    return "".join((*well, *bad)).encode()


def _drafted(log: bytes, text: str = "Sign-in fails for everybody.") -> Escalation:
    case = make.case(severity=2, at=story.AT, text=text)
    environment = make.environment()
    environment.tenant = OWN
    environment.save()
    case.environment = environment
    case.save()
    with clock.held_at(story.after(10)):
        evidence.attach(case.key, "gateway.log", [log], by=cast().sam)
        worker.drain()
        return actions.draft(case.key, by=cast().sam)


def test_successful_requests_of_other_tenants_are_offered_and_not_drafted() -> None:
    escalation = _drafted(_log())

    seen = occurrences.of_case(escalation.case)
    facts = selectors.facts_of(escalation)

    assert facts.request_ids == ("req-0000bb01", "req-0000bb02")
    assert seen.offered("request_id")[:2] == ("req-0000bb01", "req-0000bb02")
    assert {"req-0000aa00", "req-0000cc01"} <= set(seen.offered("request_id"))
    assert facts.other_tenants == {}


def test_the_times_are_those_at_which_the_own_tenant_failed() -> None:
    facts = selectors.facts_of(_drafted(_log()))

    assert [f"{at:%H:%M:%S}" for at in facts.occurred_at] == ["10:01:00", "10:01:01"]


def test_where_only_other_tenants_fail_none_of_theirs_is_drafted() -> None:
    facts = selectors.facts_of(_drafted(_log(failing="t_2009")))

    assert (facts.request_ids, facts.occurred_at) == ((), ())


def test_what_the_ticket_names_goes_before_what_the_log_names() -> None:
    facts = selectors.facts_of(_drafted(_log(), text="It fails. The request was request_id=req-0000dd01"))

    assert facts.request_ids == ("req-0000dd01", "req-0000bb01", "req-0000bb02")


def test_the_page_shows_what_is_only_offered_unticked() -> None:
    escalation = _drafted(_log())
    page = Client()
    page.force_login(cast().sam)

    text = page.get(escalation.page).content.decode()

    boxes = {part.split('value="')[1].split('"')[0]: "checked" in part for part in _boxes(text, "p7_request_id")}
    assert boxes["req-0000bb01"]
    assert not boxes["req-0000aa00"]


def _boxes(text: str, name: str) -> list[str]:
    return [part.split(">")[0] for part in text.split("<input") if f'name="{name}"' in part.split(">")[0]]


def test_an_excerpt_that_was_cut_says_so() -> None:
    assert example([1, "x" * 400]).endswith("x…")
    assert example([1, "whole line"]) == "whole line"


def test_a_long_error_of_the_log_ends_in_an_ellipsis_and_a_long_excerpt_too() -> None:
    words = " ".join(f"word{n}" for n in range(80))
    log = f"{_line(1, 'ERROR', words, OWN, 'r-00001')}{_line(2, 'ERROR', words, OWN, 'r-00002')}".encode()

    facts = selectors.facts_of(_drafted(log))

    assert len(facts.error_text) <= 300
    assert facts.error_text.endswith("…")
    assert all(len(item.excerpt.splitlines()) <= EXCERPT_LINES for item in facts.evidence)
    assert "Error: " in core.draft(facts).texts["p7"]
