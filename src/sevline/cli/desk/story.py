"""How the sample case is worked, by the product's own actions: from the ticket to a packet that Engineering can take.

Times are told backwards from one moment, so that the clocks of the demo desk are running when somebody looks at them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sevline.cases import actions as cases
from sevline.cases.models import Case
from sevline.catalog.models import ProductArea
from sevline.cli.desk import sample
from sevline.core.severity import (
    DataEffect,
    Deadline,
    Degree,
    Environment,
    Journey,
    SeverityAnswers,
    Workaround,
)
from sevline.customers.models import Environment as Tenant
from sevline.diagnosis import actions as diagnosis
from sevline.diagnosis.models import Finding
from sevline.escalations import actions as escalations
from sevline.escalations.models import Escalation
from sevline.evidence import actions as evidence
from sevline.evidence.actions import Origin
from sevline.evidence.models import Artifact, Upload
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.jobs import worker

IMPACT = {
    "users": "47 stores",
    "tenants": "1 (tenant t_4471), others unknown",
    "regions": "EU",
    "feature": "Outbound order webhooks",
    "still_happening": "yes",
    "business_effect": "Stock updates do not reach the warehouse",
    "deadline": "12 more stores go live on Friday",
    "workaround": "unknown",
}
ANSWERS = SeverityAnswers(
    environment=Environment.PRODUCTION,
    journey=Journey.CRITICAL,
    degree=Degree.UNAVAILABLE,
    accounts_percent=0.9,
    seats_percent=0.4,
    data_effect=DataEffect.NONE,
    workaround=Workaround.NONE,
    deadline=Deadline.GO_LIVE_WITHIN_5_DAYS,
)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who works the sample case and what it is about."""

    agent: Person
    lead: Person
    engineer: Person
    area: ProductArea
    tenant: Tenant
    now: datetime

    def before(self, minutes: float) -> datetime:
        return self.now - timedelta(minutes=minutes)


def open_sample(desk: Desk) -> Case:
    """The ticket comes in, is taken, rated and answered."""
    breaks_at = desk.before(64)
    with clock.held_at(desk.before(52)):
        case = cases.open_case(
            by=desk.agent,
            text=sample.ticket(breaks_at),
            title="Webhook deliveries time out",
            product_area=desk.area,
            account=desk.tenant.account,
            environment=desk.tenant,
            issue_type="webhook",
            impact={**IMPACT, "started": f"{breaks_at:%Y-%m-%d %H:%M} UTC"},
            customer_severity=1,
        )
        cases.take(case.key, by=desk.agent, next_action="Read the worker log and the recording", due=desk.before(20))
    with clock.held_at(desk.before(49)):
        cases.triage(case.key, by=desk.agent, answers=ANSWERS)
    with clock.held_at(desk.before(41)):
        cases.tell_customer(
            case.key,
            by=desk.agent,
            text="We are sorry for the disruption to your work. We see time-outs for your tenant since the time you "
            "gave. We read the worker's log now. Is your receiver reached through a proxy?",
            next_update_at=desk.now + timedelta(minutes=45),
            explains_severity=True,
        )
    return case


def attach_sample(desk: Desk, case: Case) -> tuple[Upload, Upload]:
    """The log and the recording arrive, are redacted and read by the checks; the job runs here and now."""
    breaks_at = desk.before(64)
    with clock.held_at(desk.before(38)):
        log = evidence.attach(
            case.key,
            "webhook-worker.log",
            [sample.worker_log(breaks_at)],
            by=desk.agent,
            origin=Origin("customer", "exported from the dashboard", breaks_at + timedelta(minutes=24)),
        )
        recording = evidence.attach(
            case.key,
            "dashboard.har",
            [sample.recording(breaks_at)],
            by=desk.agent,
            origin=Origin("customer", "recorded in the browser", breaks_at + timedelta(minutes=10)),
        )
        worker.drain()
    return log, recording


def cite_sample(desk: Desk, case: Case) -> list[str]:
    """The two places that carry the claims: the pool's time-out in the log, the gateway's answer in the recording."""
    keys = []
    with clock.held_at(desk.before(33)):
        for finding in Finding.objects.filter(case=case, state="FAIL").order_by("check_id", "id")[:3]:
            place = finding.evidence[0]
            artifact = Artifact.objects.get(upload_id=finding.upload_id, key=place["artifact"])
            item = evidence.cite(
                artifact.pk,
                place["locator"],
                finding.title,
                by=desk.agent,
                excerpt=place["excerpt"],
                query=f"{finding.check_id} at {place['locator']}",
            )
            keys.append(item.key)
    return keys


def diagnose_sample(desk: Desk, case: Case, items: list[str]) -> None:
    """Two hypotheses, a test each, and what the packet needs beside them."""
    key, agent = case.key, desk.agent
    with clock.held_at(desk.before(30)):
        diagnosis.propose(
            key,
            by=agent,
            statement="The connection pool of the worker is too small since the release",
            predicts="Waits end at the 10 s limit while all connections are in use",
            refuted_if="The pool has free connections at a failure",
            layer="application",
            likelihood="likely",
        )
        diagnosis.propose(
            key,
            by=agent,
            statement="The customer's receiver is slow",
            predicts="Deliveries that arrive take seconds",
            refuted_if="Deliveries that arrive are answered within 300 ms",
            layer="network",
        )
    with clock.held_at(desk.before(24)):
        diagnosis.start_test(
            key,
            by=agent,
            purpose="Read the pool's state at each failure",
            steps="Group the worker's errors by exception and read the pool's numbers",
            expected="In use 8 of 8 at each failure",
            hypothesis=1,
            environment="production, dispatch-eu-3",
        )
        diagnosis.conclude_test(
            key,
            1,
            by=agent,
            actual="In use 8 of 8 at every failure since onset",
            conclusion="supports",
            items=items[:1],
        )
        diagnosis.start_test(
            key,
            by=agent,
            purpose="Time of deliveries that arrive",
            steps="Read status=200 lines of the tenant after onset",
            expected="Several seconds",
            hypothesis=2,
            environment="production, dispatch-eu-3",
        )
        diagnosis.conclude_test(
            key, 2, by=agent, actual="90 to 260 ms, as before", conclusion="refutes", items=items[:1]
        )


def complete_diagnosis(desk: Desk, case: Case, items: list[str]) -> None:
    """Cause, reproduction, workaround, changes, known errors and telemetry: what makes a packet complete."""
    key, agent = case.key, desk.agent
    with clock.held_at(desk.before(16)):
        diagnosis.record_cause(
            key,
            by=agent,
            statement="Waits for a connection end at the 10 s limit while the pool of 8 is in use",
            confidence="probable",
            component="webhook dispatcher",
            items=items[:1],
            hypothesis=1,
        )
        diagnosis.record_reproduction(
            key,
            by=agent,
            steps="Start one worker of the current build on staging\nSend 50 events in a second to an endpoint that "
            "answers after 200 ms\nCount deliveries that time out",
            expected="All 50 are delivered within 2 s",
            actual="12 to 18 of 50 end after 10 s with a pool time-out",
            failed=5,
            runs=5,
            environment="staging",
            build="2026.11.3",
            is_minimal=True,
            items=items[:1],
        )
        diagnosis.record_workaround(
            key, by=agent, state="none_found", tried="replay from the dashboard (504), smaller batches"
        )
        diagnosis.check_changes(
            key,
            by=agent,
            window_first=desk.before(24 * 60 + 64),
            window_last=desk.before(64),
            found={
                "deploys": "2026.11.3 of the dispatcher 8 minutes before onset; correlated, not proven",
                "flags": "none found",
                "config": "pool size 64 to 8 in the same release",
                "customer_side": "none, by the customer's word",
            },
        )
        diagnosis.search_known_errors(key, by=agent, terms="webhook pool timeout connection")
        diagnosis.note_telemetry_gap(key, by=agent, text="no metric of connections in use per worker")


def draft_sample(desk: Desk, case: Case) -> Escalation:
    """The packet, with the few things that only a person can say."""
    with clock.held_at(desk.before(10)):
        escalation = escalations.draft(case.key, by=desk.agent)
        return escalations.edit(
            escalation.key,
            by=desk.agent,
            texts={
                "component": "Webhook dispatcher",
                "symptom": "deliveries end after 10 s",
                "condition": "since release 2026.11.3",
                "ask": "fix",
                "ask_text": "Set the connection pool of the dispatcher back to 64 or give a way to set it.",
                "needed_because": "12 more stores of this customer go live on Friday",
                "error_text": "no connection from pool within 10000 ms (in use 8 of 8)",
            },
            needed_by=desk.now + timedelta(hours=20),
        )
