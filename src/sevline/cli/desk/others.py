"""The other cases of the demo desk: some open, some answered by Engineering, some resolved, worked by real actions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sevline.cases import actions as cases
from sevline.cases.models import Case
from sevline.catalog.models import ProductArea
from sevline.cli.desk.story import Desk
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
from sevline.escalations import actions as escalations
from sevline.evidence import actions as evidence
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.jobs import worker


@dataclass(frozen=True, slots=True)
class Other:
    """One case: `hours` ago it was opened; `ends` is open, waiting, sent, accepted, returned, rejected or duplicate."""

    title: str
    area: str
    tenant: str
    issue_type: str
    severity: int
    hours: float
    ends: str
    error: str
    cause: str
    component: str
    owner: str = "sam"


FIX_HOURS = 120
ENGINEERS = {"delivery": "noor", "identity-platform": "ravi"}
OTHERS = (
    Other("Sign-in by SAML fails for one tenant after certificate change", "sign-in", "t_2093", "saml", 2, 3.2, "sent",
          "signature does not match", "The gateway still trusts the old certificate alone", "sign-in gateway",
          "ines"),
    Other("SCIM leaves eleven users active after removal", "provisioning", "t_1180", "scim", 3, 20, "waiting",
          "409 uniqueness", "", "", "ines"),
    Other("Rate limit reached by the nightly import", "rest-api", "t_3007", "api_429", 3, 30, "sent",
          "429 Too Many Requests", "The limit counts each retry of one call as a call", "rate limiter", "tomasz"),
    Other("How to rotate an API key", "rest-api", "t_0912", "api_4xx", 4, 44, "waiting", "none", "", "", "ines"),
    Other("Exports of the stock report end after one page", "reports", "t_0912", "api_5xx", 3, 28, "accepted",
          "cursor was reset", "The cursor is dropped when a page is empty", "report exporter", "lea"),
    Other("Order events arrive twice after a retry", "webhooks", "t_1180", "webhook", 2, 130, "accepted",
          "duplicate event id", "The retry does not keep the event id", "webhook dispatcher", "sam"),
    Other("API answers 502 behind the EU edge", "rest-api", "t_2093", "api_5xx", 2, 170, "accepted",
          "502 Bad Gateway", "One upstream of the edge keeps a closed connection", "edge router", "ines"),
    Other("Sign-in loops on a custom domain", "sign-in", "t_4471", "oidc", 2, 200, "accepted",
          "redirect_uri mismatch", "The custom domain is not in the client's list", "sign-in gateway", "lea"),
    Other("Webhook signature is wrong for large bodies", "webhooks", "t_3007", "webhook", 3, 22, "returned",
          "no matching signature", "Bodies over 1 MB are signed after compression", "webhook signer", "tomasz"),
    Other("Search finds no orders of yesterday", "rest-api", "t_1180", "data_sync", 3, 260, "accepted",
          "watermark is behind", "The index stops at a record without a time", "search indexer", "sam"),
    Other("Users of one group miss their role", "provisioning", "t_2093", "scim", 3, 300, "accepted",
          "group overage", "Groups beyond 200 are given as a link that is not followed", "provisioning sync", "ines"),
    Other("Report totals differ from the invoice", "reports", "t_4471", "data_sync", 3, 330, "rejected",
          "totals differ", "The report counts cancelled orders by design", "report totals", "lea"),
    Other("Deliveries stop for endpoints on port 8443", "webhooks", "t_2093", "webhook", 2, 360, "accepted",
          "connect timeout", "Egress to the port is closed since the network change", "egress gateway", "tomasz"),
    Other("Token refresh fails at midnight UTC", "sign-in", "t_1180", "oidc", 2, 400, "accepted",
          "invalid_grant", "Refresh tokens expire by date and not by time", "token service", "ines"),
    Other("Webhook retries stop after a redirect", "webhooks", "t_4471", "webhook", 3, 430, "duplicate",
          "301 counted as final", "A redirect counts as success in the retry table", "webhook dispatcher", "sam"),
    Other("Sign-in page is slow from the US", "sign-in", "t_3007", "performance", 3, 460, "accepted",
          "p95 4.9 s", "The font is loaded from the EU before the form", "sign-in page", "lea"),
)  # fmt: skip


def answers(severity: int) -> SeverityAnswers:
    """Answers that the severity table rates as Sev2 (R4), Sev3 (R8) or Sev4 (R10)."""
    return SeverityAnswers(
        environment=Environment.PRODUCTION,
        journey=Journey.CRITICAL if severity < 4 else Journey.OTHER,
        degree={2: Degree.UNAVAILABLE, 3: Degree.DEGRADED, 4: Degree.MINOR}[severity],
        accounts_percent=0.4,
        seats_percent=0.3,
        data_effect=DataEffect.NONE,
        workaround=Workaround.NONE,
        deadline=Deadline.NONE,
    )


def work(other: Other, desk: Desk) -> Case:
    """Open the case at its time and take it as far as it goes."""
    owner = Person.objects.get(email=f"{other.owner}@sevline.example")
    case = _opened(other, desk, owner)
    if other.ends in {"sent", "accepted", "returned", "rejected", "duplicate"}:
        _investigated(other, desk, case, owner)
    if other.ends in {"accepted", "returned", "rejected", "duplicate"}:
        key = _escalated(other, desk, case, owner, at=_at(desk, other, 2.0))
        _answered(other, desk, case, owner, key)
    if other.ends in {"open", "sent", "returned"} or (other.ends == "accepted" and not _is_old(other)):
        with clock.held_at(desk.now - timedelta(minutes=25)):
            cases.tell_customer(
                case.key,
                by=owner,
                text="We have compared your times with our logs and go on with what they show.",
                next_update_at=desk.now + timedelta(hours=other.severity),
            )
    if other.ends == "waiting":
        with clock.held_at(_at(desk, other, 1.5)):
            cases.wait_for_customer(case.key, by=owner, waiting_for="the customer's answer to our questions")
    return case


def send(other: Other, desk: Desk, case: Case) -> None:
    """Its packet goes to Engineering a few minutes ago, where it waits for an answer."""
    owner = Person.objects.get(email=f"{other.owner}@sevline.example")
    _escalated(other, desk, case, owner, at=desk.before(11 if other.severity < 3 else 19))


def _at(desk: Desk, other: Other, hours_after: float) -> datetime:
    return desk.now - timedelta(hours=other.hours - hours_after)


def _opened(other: Other, desk: Desk, owner: Person) -> Case:
    tenant = Tenant.objects.select_related("account").get(tenant=other.tenant)
    at = _at(desk, other, 0)
    first, again = at - timedelta(minutes=31), at - timedelta(minutes=12)
    text = (
        f"{other.title}. Seen at {first:%Y-%m-%dT%H:%M:%SZ} and {again:%Y-%m-%dT%H:%M:%SZ}.\n"
        f"Error: {other.error}. request_id=req_{other.tenant[2:]}a{int(other.hours):04d}"
    )
    with clock.held_at(at):
        case = cases.open_case(
            by=owner,
            text=text,
            title=other.title,
            product_area=ProductArea.objects.get(key=other.area),
            account=tenant.account,
            environment=tenant,
            issue_type=other.issue_type,
            impact={
                "users": "unknown",
                "tenants": tenant.account.name,
                "regions": tenant.account.region,
                "feature": other.title,
                "started": f"{first:%Y-%m-%d %H:%M} UTC",
                "still_happening": "yes",
                "business_effect": "work is delayed",
            },
        )
        cases.take(case.key, by=owner, next_action="Read the evidence", due=desk.now + timedelta(hours=3))
    with clock.held_at(_at(desk, other, 0.2)):
        cases.triage(case.key, by=owner, answers=answers(other.severity))
    with clock.held_at(_at(desk, other, 0.6)):
        cases.tell_customer(
            case.key,
            by=owner,
            text="We are sorry for the disruption to your work. We have read your report and compare the times that "
            "you gave with our logs.",
            next_update_at=desk.now + timedelta(hours=6),
        )
    return case


def _investigated(other: Other, desk: Desk, case: Case, owner: Person) -> None:
    key, seen = case.key, _at(desk, other, -0.4)
    log = "".join(
        f"{seen + timedelta(minutes=minute):%Y-%m-%dT%H:%M:%SZ} ERROR {other.component}: {other.error}\n"
        for minute in range(0, 24, 6)
    )
    with clock.held_at(_at(desk, other, 1.0)):
        upload = evidence.attach(key, "excerpt.log", [log.encode()], by=owner)
        worker.drain()
        artifact = upload.artifacts.get()
        item = evidence.cite(
            artifact.pk, "1:1", f"{other.error} four times in half an hour", by=owner, excerpt=log, query=other.error
        )
    with clock.held_at(_at(desk, other, 1.4)):
        for statement, conclusion in ((other.cause, "supports"), ("The customer's network drops it", "refutes")):
            number = diagnosis.propose(
                key,
                by=owner,
                statement=statement,
                predicts=f"{other.error} at each failure",
                refuted_if="A failure without it",
            ).number
            test = diagnosis.start_test(
                key, by=owner, purpose=f"Check: {statement}", steps="Read the excerpt", expected=other.error,
                hypothesis=number,
            )  # fmt: skip
            diagnosis.conclude_test(
                key, test.number, by=owner, actual="As in the excerpt", conclusion=conclusion, items=[item.key]
            )
    _recorded(other, desk, case, owner, item.key)


def _recorded(other: Other, desk: Desk, case: Case, owner: Person, item: str) -> None:
    key = case.key
    with clock.held_at(_at(desk, other, 1.8)):
        diagnosis.record_cause(
            key, by=owner, statement=other.cause, confidence="probable", component=other.component, items=[item]
        )
        diagnosis.record_reproduction(
            key, by=owner, steps="Prepare a tenant like the customer's\nRepeat the call", expected="It succeeds",
            actual=other.error, failed=4, runs=5, environment="staging", build="2026.11.2", is_minimal=True,
            items=[item],
        )  # fmt: skip
        diagnosis.record_workaround(key, by=owner, state="none_found", tried="another client, another network")
        diagnosis.check_changes(
            key, by=owner, window_first=_at(desk, other, -24.5), window_last=_at(desk, other, -0.5),
            found=dict.fromkeys(("deploys", "flags", "config", "customer_side"), "none found"),
        )  # fmt: skip
        diagnosis.search_known_errors(key, by=owner, terms=f"{other.error} {other.component}")
        diagnosis.note_telemetry_gap(key, by=owner, is_none=True)


def _escalated(other: Other, desk: Desk, case: Case, owner: Person, *, at: datetime) -> str:
    """The number of the packet that was sent."""
    with clock.held_at(at):
        escalation = escalations.draft(case.key, by=owner)
        escalations.edit(
            escalation.key,
            by=owner,
            texts={
                "component": other.component,
                "symptom": other.error,
                "condition": "for one tenant",
                "ask": "fix",
                "ask_text": f"Mend the {other.component}: see the reproduction.",
                "needed_because": "the customer works by hand meanwhile",
                "error_text": other.error,
            },
            needed_by=desk.now + timedelta(days=2),
        )
        escalations.submit(escalation.key, by=owner)
    return escalation.key


def _answered(other: Other, desk: Desk, case: Case, owner: Person, key: str) -> None:
    engineer = Person.objects.get(email=f"{ENGINEERS[case.product_area.engineering.key]}@sevline.example")
    with clock.held_at(_at(desk, other, 2.3)):
        escalations.acknowledge(key, by=engineer)
    with clock.held_at(_at(desk, other, 3.0)):
        if other.ends == "accepted":
            escalations.accept_acting(key, by=engineer, action_code="change_started")
        elif other.ends == "returned":
            escalations.request_changes(
                key, by=engineer, reason_code="R02", note="Which event ids? One is enough.", asks_for=("P7",)
            )
        elif other.ends == "rejected":
            escalations.reject(key, by=engineer, reason_code="R05", note="It counts them by design.")
        else:
            escalations.name_duplicate(key, by=engineer, duplicate_of="ESC-106")
    if _is_old(other) and other.ends in {"accepted", "duplicate"}:
        _resolved(other, desk, case, owner)
    elif other.ends == "rejected":
        with clock.held_at(_at(desk, other, 5.0)):
            cases.resolve(
                case.key,
                by=owner,
                code="as_designed",
                cause="usage",
                summary=f"{other.cause}; the guide now says so.",
                closing_message="This is how the product counts, and the guide now says so. Please write to us if "
                "that leaves you a question. You need no workaround.",
            )


def _is_old(other: Other) -> bool:
    """Opened so long ago that a fix has been built and tried."""
    return other.hours > FIX_HOURS


def _resolved(other: Other, desk: Desk, case: Case, owner: Person) -> None:
    with clock.held_at(_at(desk, other, 26.0)):
        diagnosis.validate_fix(case.key, by=owner, failed=0, runs=14, build="2026.11.3")
        cases.resolve(
            case.key,
            by=owner,
            code="fixed",
            cause="product_defect",
            summary=f"Fixed in 2026.11.3: {other.cause.lower()}. Run again 14 times without a failure.",
            closing_message="What you reported works again: we ran it 14 times without a failure. Please try it too "
            "and write to us if it fails once more. You need no workaround any longer.",
        )
