"""P7 is drafted from the evidence of the cause; what else failed is offered, each box with its line."""

import re
from html import unescape

import pytest

from sevline.core import packet as core
from sevline.diagnosis import actions as diagnosis
from sevline.escalations import actions, selectors
from sevline.escalations.models import Escalation
from sevline.evidence import actions as evidence
from sevline.evidence.models import Artifact
from sevline.platform import clock
from sevline.platform.jobs import worker
from tests import make
from tests.cast import cast, signed_in
from tests.context.escalations import story

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HARMLESS = "WARN gateway answered 429 too many requests to the importer"
REAL = "ERROR gateway upstream answered 504, connection pool exhausted"
LOG = (
    f"2026-11-16T09:10:01Z {HARMLESS} request_id=req-0000aa01\n"
    f"2026-11-16T09:11:02Z {HARMLESS} request_id=req-0000aa02\n"
    "2026-11-16T09:40:00Z INFO deployer release 5.2 of the exporter is out\n"
    f"2026-11-16T09:42:03Z {REAL} request_id=req-0000bb01\n"
    f"2026-11-16T09:43:04Z {REAL} request_id=req-0000bb02\n"
)
TICKET = "Orders fail. Our page says “too many requests”."


def _drafted(*cited: int, by_cause: bool = True) -> Escalation:
    """A packet of a case whose cause, or whose supported hypothesis, rests on these lines of its log."""
    case, sam = make.case(severity=2, at=story.AT, text=TICKET), cast().sam
    with clock.held_at(story.after(10)):
        evidence.attach(case.key, "gateway.log", [LOG.encode()], by=sam)
        worker.drain()
        file = Artifact.objects.filter(upload__case=case).exclude(sealed_id=None)[0]
        lines = LOG.splitlines()
        items = [
            evidence.cite(file.pk, f"{n}:1", "A line of the gateway", by=sam, excerpt=lines[n - 1]).key for n in cited
        ]
        if by_cause:
            diagnosis.record_cause(case.key, by=sam, statement="The pool ran dry", confidence="suspected", items=items)
        else:
            diagnosis.propose(
                case.key, by=sam, statement="The pool ran dry", predicts="504 under load", refuted_if="Free slots"
            )
            diagnosis.start_test(
                case.key, by=sam, purpose="Read the log", steps="Read it", expected="504", hypothesis=1
            )
            diagnosis.conclude_test(case.key, 1, by=sam, actual="504", conclusion="supports", items=items)
        return actions.draft(case.key, by=sam)


def _p7(escalation: Escalation) -> str:
    escalation.refresh_from_db()
    return core.draft(selectors.facts_of(escalation)).texts["p7"]


@pytest.mark.parametrize("by_cause", [True, False])
def test_times_ids_and_error_are_those_that_the_cause_rests_on(by_cause: bool) -> None:
    facts = selectors.facts_of(_drafted(3, 4, 5, by_cause=by_cause))

    assert [f"{at:%H:%M:%S}" for at in facts.occurred_at] == ["09:42:03", "09:43:04"]
    assert facts.request_ids == ("req-0000bb01", "req-0000bb02")
    assert "504, connection pool exhausted" in facts.error_text


def test_the_deploy_that_is_cited_beside_the_error_is_no_occurrence() -> None:
    facts = selectors.facts_of(_drafted(3, 4, 5))

    assert "09:40:00" not in [f"{at:%H:%M:%S}" for at in facts.occurred_at]
    assert "release 5.2" not in facts.error_text


def test_each_line_of_p7_names_its_own_evidence() -> None:
    escalation = _drafted(4, 5)

    p7 = _p7(escalation).splitlines()

    error = next(line for line in p7 if line.startswith("Error:"))
    seen = next(line for line in p7 if line.startswith("Seen:"))
    assert error.endswith("[E-2]")
    assert seen.endswith("[E-2, E-3]")


def test_the_evidence_of_an_error_follows_its_text() -> None:
    escalation = _drafted(4, 5)

    actions.edit(escalation.key, by=cast().sam, texts={"error_text": "orders_quota_reached"})
    elsewhere = _p7(escalation)
    actions.edit(escalation.key, by=cast().sam, texts={"error_text": "connection pool exhausted"})
    its_own = _p7(escalation)

    assert "Error: orders_quota_reached\n" in f"{elsewhere}\n"
    assert "Error: connection pool exhausted [E-2, E-3]\n" in f"{its_own}\n"


def test_each_box_says_where_its_value_stands_and_in_which_words() -> None:
    escalation = _drafted(4, 5)

    text = unescape(signed_in(cast().sam).get(escalation.page).content.decode())

    boxes = dict(re.findall(r'name="p7_time" value="([^"]+)"[^>]*>\s*([^<]+)<', text))
    assert "E-2" in boxes["2026-11-16 09:42:03 UTC"]
    assert "connection pool exhausted" in boxes["2026-11-16 09:42:03 UTC"]
    assert "429 too many requests" in boxes["2026-11-16 09:10:01 UTC"]
    ticked = re.findall(r'name="p7_time" value="([^"]+)"[^>]* checked', text)
    assert ticked == ["2026-11-16 09:42:03 UTC", "2026-11-16 09:43:04 UTC"]


def test_without_a_cause_nothing_of_a_log_is_ticked_and_the_field_says_what_to_choose() -> None:
    escalation = _drafted()

    facts = selectors.facts_of(escalation)
    text = unescape(signed_in(cast().sam).get(escalation.page).content.decode())

    assert (facts.occurred_at, facts.request_ids) == ((), ())
    assert "Nothing is ticked" in text
    assert 'value="2026-11-16 09:42:03 UTC"' in text
