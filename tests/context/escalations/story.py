"""A case worked on as a specialist works on one, by the product's own actions; then its escalation."""

from datetime import datetime, timedelta

from sevline.cases import actions as cases
from sevline.cases.models import Case
from sevline.diagnosis import actions as diagnosis
from sevline.escalations import actions
from sevline.escalations.models import Escalation
from sevline.evidence import actions as evidence
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.jobs import worker
from sevline.platform.models import Event
from tests import make
from tests.cast import cast

AT = make.MONDAY
TICKET = (
    "Sign-in has failed since 2026-11-16T09:42:00Z for all 400 users, last at 2026-11-16T09:58:12Z.\n"
    "Error: invalid_audience. Request req-81f3ab20."
)
LOGS = {
    "gateway.log": (
        b"2026-11-16T09:42:01Z ERROR gateway audience does not match request_id=req-81f3ab20\n"
        b"2026-11-16T09:58:12Z ERROR gateway audience does not match request_id=req-81f3ab21\n"
    ),
    "metadata.log": b"2026-11-16T09:40:00Z INFO metadata of the tenant was renewed\n",
    "worker.log": b"2026-11-16T09:41:00Z INFO worker started\n2026-11-16T09:59:00Z INFO worker idle\n",
}
IMPACT = {
    "users": "400",
    "tenants": "1",
    "regions": "EU",
    "feature": "Sign-in by SAML",
    "started": "2026-11-16 09:42 UTC",
    "still_happening": "yes",
    "business_effect": "Nobody can close the payroll",
}
ASK = {
    "ask": "fix",
    "ask_text": "Accept the renewed entity id of this tenant.",
    "needed_because": "payroll closes at 18:00 UTC",
}


def after(minutes: int) -> datetime:
    return AT + timedelta(minutes=minutes)


def plain_case(severity: int = 2) -> Case:
    """A rated case of a known customer and environment, on which nobody has worked yet."""
    sam = cast().sam
    case = make.case(severity=severity, at=AT, text=TICKET)
    with clock.held_at(after(5)):
        cases.classify(
            case.key,
            by=sam,
            issue_type="saml",
            product_area=make.product_area(),
            account=make.account(),
            environment=make.environment(),
        )
        cases.set_impact(case.key, by=sam, impact=IMPACT)
        cases.tell_customer(
            case.key,
            by=sam,
            text="We are sorry for the disruption. We compare the metadata.",
            next_update_at=after(240),
        )
    case.refresh_from_db()
    return case


def searched(case: Case, by: Person | None = None) -> None:
    with clock.held_at(after(15)):
        diagnosis.search_known_errors(case.key, by=by or cast().sam, terms="audience metadata renewed")


def attached(case: Case) -> None:
    """Three logs, redacted and read by the worker."""
    with clock.held_at(after(10)):
        for name, text in LOGS.items():
            evidence.attach(case.key, name, [text], by=cast().sam)
        worker.drain()


def diagnosed(case: Case, *, items: tuple[str, ...] = ()) -> None:
    key, sam = case.key, cast().sam
    with clock.held_at(after(20)):
        diagnosis.propose(
            key,
            by=sam,
            statement="The metadata of the tenant names an old audience",
            predicts="The audience differs from the entity id",
            refuted_if="Both are the same",
        )
        diagnosis.propose(
            key,
            by=sam,
            statement="The certificate of the tenant expired",
            predicts="The signature check fails",
            refuted_if="The signature is valid",
        )
        diagnosis.start_test(key, by=sam, purpose="Compare both ids", steps="Read both", expected="Equal", hypothesis=1)
        diagnosis.conclude_test(
            key, 1, by=sam, actual="They differ", conclusion="supports" if items else "inconclusive", items=items
        )
        diagnosis.start_test(
            key, by=sam, purpose="Check the signature", steps="Verify it", expected="Invalid", hypothesis=2
        )
        diagnosis.conclude_test(
            key, 2, by=sam, actual="Valid", conclusion="refutes" if items else "inconclusive", items=items
        )
        diagnosis.record_cause(
            key,
            by=sam,
            statement="The audience in the metadata is the one before the renewal",
            confidence="probable" if items else "suspected",
            component="Identity gateway",
            items=items,
            ruled_out="A wrong clock at the identity provider",
        )
        diagnosis.record_reproduction(
            key,
            by=sam,
            steps="Open the sign-in page\nChoose SSO\nSign in at the identity provider",
            expected="The user is signed in",
            actual="The gateway answers 401 invalid_audience",
            failed=5,
            runs=5,
            environment="Staging",
            build="2026.11.3",
            is_minimal=True,
            items=items,
        )
        diagnosis.record_workaround(key, by=sam, state="none_found", tried="Old metadata, a second browser")
        diagnosis.check_changes(
            key,
            by=sam,
            window_first=AT - timedelta(hours=24),
            window_last=AT,
            found={
                "deploys": "none found",
                "flags": "none found",
                "config": "none found",
                "customer_side": "Metadata renewed at 09:40 UTC",
            },
        )
        diagnosis.note_telemetry_gap(key, by=sam, is_none=True)
    searched(case)


def worked_case(severity: int = 2, *, rests_on: tuple[str, ...] = ("E-1",)) -> Case:
    case = plain_case(severity)
    attached(case)
    diagnosed(case, items=rests_on)
    case.refresh_from_db()
    return case


def drafted(severity: int = 2) -> Escalation:
    """A packet of a case without files, with its ask: it passes the gate of its severity."""
    case = plain_case(severity)
    diagnosed(case)
    with clock.held_at(after(30)):
        escalation = actions.draft(case.key, by=cast().sam)
        return actions.edit(escalation.key, by=cast().sam, texts=ASK, needed_by=after(420))


def sent(severity: int = 2, at: datetime | None = None) -> Escalation:
    escalation = drafted(severity)
    with clock.held_at(at or after(40)):
        return actions.submit(escalation.key, by=cast().sam)


def events(escalation: Escalation) -> list[str]:
    rows = Event.objects.filter(subject_key=escalation.key, kind__startswith="escalation.").order_by("seq")
    return [kind.removeprefix("escalation.") for kind in rows.values_list("kind", flat=True)]


def last_event(escalation: Escalation) -> Event:
    return Event.objects.filter(subject_key=escalation.key, kind__startswith="escalation.").order_by("-seq")[0]
