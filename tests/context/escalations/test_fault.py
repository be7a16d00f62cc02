"""P7 and P8 of a case with more than one thing wrong: only what belongs to its fault goes to Engineering by itself."""

import pytest

from sevline.cases.models import Case
from sevline.core import packet as core
from sevline.diagnosis import actions as diagnosis
from sevline.escalations import actions, selectors
from sevline.escalations.models import Escalation, PacketVersion
from sevline.escalations.selectors.document import document_of, exhibits_of
from sevline.evidence import actions as evidence
from sevline.evidence.models import Artifact
from sevline.platform import clock
from sevline.platform.jobs import worker
from tests import make
from tests.cast import cast
from tests.context.escalations import story
from tests.evidence import call, har_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OWN = "t_8815"
TICKET = (
    "From: planner@kontor.example\nDate: Mon, 16 Nov 2026 11:52:07 +0100\n\nThe import fails: 504 on "
    "/v2/orders/batch. The browser says ERR_TOO_MANY_REDIRECTS as well. Request id srv-or-5001."
)
LOG = """\
2026-11-16 06:01:22,100 ERROR   [orders.mail] could not notify the planner: smtp 421 try later
2026-11-16 06:01:50,200 WARNING [orders.auth] token refused tenant=t_2207 reason=expired
2026-11-16 06:02:10,300 INFO    [orders.api] POST /v2/orders/batch 202 640ms tenant=t_8815 request_id=35a240ae
2026-11-16 08:30:16,114 INFO    [deploy] Starting orders-api build=r7 pool_max 20 -> 5
2026-11-16 08:30:58,416 ERROR   [orders.batch] POST /v2/orders/batch failed tenant=t_8801 request_id=61b862b2
Traceback (most recent call last):
  File "/srv/orders/batch.py", line 118, in store
    with pool.connection() as conn:
psycopg_pool.PoolTimeout: couldn't get a connection after 5.00 sec
2026-11-16 08:44:03,777 ERROR   [orders.batch] POST /v2/orders/batch failed tenant=t_2207 request_id=dffbad37
Traceback (most recent call last):
  File "/srv/orders/batch.py", line 118, in store
    with pool.connection() as conn:
psycopg_pool.PoolTimeout: couldn't get a connection after 5.00 sec
"""
FIRST_FAILURE = 5  # its line in the log
SAML = """\
<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns="urn:oasis:names:tc:SAML:2.0:assertion"
 ID="_r1" Version="2.0" IssueInstant="2026-11-16T09:04:11Z" Destination="https://app.norwind.example/saml/acs">
<Issuer>https://sts.kontor.example</Issuer>
<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
<Assertion ID="_a1" Version="2.0" IssueInstant="2026-11-16T09:04:11Z"><Issuer>https://sts.kontor.example</Issuer>
<Conditions NotBefore="2026-11-16T09:03:59Z" NotOnOrAfter="2026-11-16T09:09:11Z"><AudienceRestriction>
<Audience>https://app.norwind.example/saml/metadata</Audience></AudienceRestriction></Conditions></Assertion>
</samlp:Response>
"""
API = "https://api.norwind.example"
HAR = har_bytes(
    call(401, url=f"{API}/v2/me", after=17),
    call(200, url=f"{API}/v2/catalog", after=18),
    call(504, method="POST", url=f"{API}/v2/orders/batch", after=20),
)


def _case() -> Case:
    case = make.case(severity=2, at=story.AT, text=TICKET)
    environment = make.environment()
    environment.tenant = OWN
    environment.save()
    case.environment, case.issue_type = environment, "api_5xx"
    case.impact = {**case.impact, "feature": "POST /v2/orders/batch, every 7th"}
    case.save()
    with clock.held_at(story.after(10)):
        for name, data in (("import.har", HAR), ("orders-api.log", LOG.encode()), ("response.xml", SAML.encode())):
            evidence.attach(case.key, name, [data], by=cast().sam)
        worker.drain()
    return case


def _with_cause(case: Case) -> None:
    sam = cast().sam
    log = Artifact.objects.get(upload__case=case, name="orders-api.log")
    lines = LOG.splitlines()
    items = [evidence.cite(log.pk, f"{n}:1", f"Line {n}", by=sam, excerpt=lines[n - 1]).key for n in (4, FIRST_FAILURE)]
    diagnosis.record_cause(case.key, by=sam, statement="The pool is too small", confidence="suspected", items=items)


def _drafted(case: Case) -> Escalation:
    with clock.held_at(story.after(20)):
        return actions.draft(case.key, by=cast().sam)


def _times(escalation: Escalation) -> list[str]:
    return [f"{at:%H:%M:%S}" for at in selectors.facts_of(escalation).occurred_at]


def test_times_ids_and_error_are_those_of_the_cited_failure_although_another_tenant_met_it() -> None:
    case = _case()
    _with_cause(case)

    escalation = _drafted(case)
    facts = selectors.facts_of(escalation)

    assert _times(escalation) == ["08:30:58", "08:44:03"]
    assert facts.request_ids == ("srv-or-5001", "61b862b2")
    assert facts.error_text == "psycopg_pool.PoolTimeout: couldn't get a connection after 5.00 sec"


def test_without_a_cause_the_calls_go_on_which_a_check_of_the_type_failed() -> None:
    escalation = _drafted(_case())

    assert _times(escalation) == ["09:00:20"]
    assert selectors.facts_of(escalation).request_ids == ("srv-or-5001",)
    assert "HTTP 504" in selectors.facts_of(escalation).error_text


def test_a_file_is_claimed_to_show_what_failed_of_the_type_and_leads_to_the_place() -> None:
    escalation = _drafted(_case())

    facts, score = selectors.packet(escalation)
    document = document_of(PacketVersion(document=core.as_json(facts, score)))
    shown = {row.id: row for row in exhibits_of(document, escalation.case)}

    assert "/v2/orders/batch answered 504" in shown["E-1"].claim
    assert shown["E-1"].url.endswith("#cited")
    assert "at=%2Flog%2Fentries%2F2" in shown["E-1"].url
    assert "failed" in shown["E-2"].claim
    assert "at=5%3A1" in shown["E-2"].url
