"""Each address that changes something, driven to success once: who sends what, after what was done before."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sevline.cases import actions as cases
from sevline.cases.models import Case, Message
from sevline.core.mining.surfacing.impact import ImpactQuery
from sevline.customers.actions import add_profile_fact, record_authority
from sevline.customers.models import Environment
from sevline.dataquery.models import AdHocQuery
from sevline.diagnosis import actions as diagnosis
from sevline.escalations import actions as escalations
from sevline.escalations.models import Escalation
from sevline.evidence import actions as evidence
from sevline.evidence.models import Artifact, Pattern
from sevline.governance import actions as governance
from sevline.governance.models import AccessGrant
from sevline.people import actions as people
from sevline.platform import clock
from sevline.platform.jobs import worker
from tests import make
from tests.cast import PASSWORD, cast, signed_in
from tests.context.catalog.test_changes import CSV
from tests.context.diagnosis import work
from tests.context.escalations import story
from tests.context.evidence.tus import Sender
from tests.context.people.test_signing_in import code_for, sign_in, with_authenticator
from tests.evidence import har_bytes

LOG = b"2026-11-16T09:42:01Z ERROR gateway audience does not match\n"
NEW = "seven unrelated words are enough"


@dataclass(frozen=True, slots=True)
class Shot:
    """The request itself; everything before it is done."""

    browser: Client
    address: str
    data: Any = None
    method: str = "POST"
    extra: dict[str, Any] = field(default_factory=dict)

    def send(self) -> Any:
        if self.method == "POST" and not isinstance(self.data, bytes):
            return self.browser.post(self.address, self.data or {}, **self.extra)
        return self.browser.generic(self.method, self.address, self.data or b"", **self.extra)


Drive = Callable[[], Shot]
DRIVES: dict[str, Drive] = {}


def drive(address: str) -> Callable[[Drive], Drive]:
    def add(made: Drive) -> Drive:
        DRIVES[address] = made
        return made

    return add


def by(who: str, address: str, data: Any = None, **more: Any) -> Shot:
    return Shot(signed_in(getattr(cast(), who)), address, data, **more)


def soon(hours: float = 1) -> str:
    return f"{clock.now() + timedelta(hours=hours):%Y-%m-%dT%H:%M}"


def a_case(severity: int = 3) -> Case:
    return make.case(severity=severity)


def of_case(
    verb: str, data: Callable[[Case], dict[str, Any]], who: str = "sam", case: Callable[[], Case] = a_case
) -> None:
    """A step of a case, from its form."""

    def made() -> Shot:
        about = case()
        return by(who, f"/cases/{about.key}/{verb}", {"seen_version": about.version, **data(about)})

    DRIVES[f"/cases/{{case}}/{verb}"] = made


# Cases.
TRIAGED = {
    "environment": "production", "journey": "critical", "degree": "D2", "data_effect": "none", "workaround": "none",
    "deadline": "none", "accounts_percent": "0.4", "seats_percent": "0.4",
}  # fmt: skip


@drive("/cases/new")
def _() -> Shot:
    given = {"text": make.TICKET, "title": "Sign-in fails", "product_area": make.product_area().pk}
    return by("sam", "/cases/new", {**given, "team": make.team().pk})


def waiting() -> Case:
    made = a_case()
    cases.wait_for_customer(made.key, by=cast().sam, waiting_for="a HAR")
    made.refresh_from_db()
    return made


def offered() -> Case:
    made = a_case()
    cases.offer_handoff(made.key, by=cast().sam, receiver=cast().ines, summary="The metadata is being read.")
    made.refresh_from_db()
    return made


def nothing(_: Case) -> dict[str, Any]:
    return {}


of_case("triage", lambda _: TRIAGED, case=make.case)
of_case("note", lambda _: {"text": "The pool is at 8."})
of_case("tell", lambda _: {"text": "We read your log.", "is_meaningful": "on"})
of_case("reply", lambda _: {"text": "Here it is."})
of_case("take", lambda _: {"next_action": "Read the log", "due": soon()}, case=make.case)
of_case("next-action", lambda _: {"text": "Call them", "due": soon()})
of_case("classify", lambda _: {"issue_type": "webhook", "product_area": make.product_area().pk})
of_case("impact", lambda _: {"impact_users": "400"})
of_case("severity", lambda _: {"severity": "2", "reason": "A second region reports it."})
of_case("wait", lambda _: {"waiting_for": "a HAR"})
of_case("hold", lambda _: {"waiting_for": "the release"})
of_case("vendor", lambda _: {"waiting_for": "the vendor"})
of_case("resume", nothing, case=waiting)
of_case("resolve", lambda _: {"code": "answered", "cause": "usage", "summary": make.SUMMARY})
of_case("reopen", lambda _: {"reason": "It fails again."}, case=make.resolved)
of_case("close", nothing, case=make.resolved)
of_case("handoff", lambda _: {"receiver": cast().ines.pk, "summary": "The metadata is being read."})
of_case("accept", nothing, who="ines", case=offered)
of_case("withdraw", nothing, case=offered)
of_case("share", lambda _: {"team": make.team("identity").pk, "why": "They know SAML."})
of_case("restrict", lambda _: {"restricted": "on", "reason": "A token may have leaked."})


@drive("/cases/{case}/lower/{approval}")
def _() -> Shot:
    case = make.case(severity=1)
    try:
        cases.change_severity(
            case.key, by=cast().lea, severity=3, reason="Only one account, checked.", evidence="E-1 shows one account",
            customer_notice="Told in the reply of 10:00",
        )  # fmt: skip
    except cases.NeedsApproval as asked:
        number = asked.approval
    governance.answer(number, by=cast().mia, approve=True)
    return by("lea", f"/cases/{case.key}/lower/{number}")


@drive("/cases/{case}/notes/{note}/public")
def _() -> Shot:
    case = a_case()
    note: Message = cases.add_note(case.key, by=cast().sam, text="We read your log.")
    return by("sam", f"/cases/{case.key}/notes/{note.pk}/public", {"text": note.text})


# Diagnosis.
def in_diagnosis(verb: str, data: dict[str, Any], before: Callable[[Case], Any] = nothing, who: str = "sam") -> None:
    def made() -> Shot:
        case = a_case()
        number = before(case)
        path = verb.replace("/1", f"/{number}") if verb.endswith("/1") else verb
        return by(who, f"/cases/{case.key}/diagnosis/{path}", data)

    DRIVES[f"/cases/{{case}}/diagnosis/{verb}"] = made


WORDS = {"statement": "The key was rotated", "predicts": "old tokens fail", "refuted_if": "an old token is accepted"}
FOUND = dict.fromkeys(("deploys", "flags", "config", "customer_side"), "none found")
RUNS = {"steps": "Open\nSign in", "expected": "It works", "actual": "It fails", "failed": 3, "runs": 3}


def a_cause(case: Case) -> int:
    return diagnosis.record_cause(case.key, by=cast().sam, statement="Key rotated", confidence="suspected", items=[]).pk


def a_workaround(case: Case) -> int:
    return diagnosis.record_workaround(case.key, by=cast().sam, state="proposed", steps="Use the old page").pk


def reproduced(case: Case) -> int:
    return diagnosis.record_reproduction(
        case.key, by=cast().sam, steps="Open\nSign in", expected="It works", actual="It fails", failed=3, runs=3,
        environment="Staging", build="1",
    ).pk  # fmt: skip


def linked(side: str) -> Callable[[Case], int]:
    """A hypothesis with evidence on that side and a test that concluded."""

    def made(case: Case) -> int:
        hypothesis, item = work.proposed(case), work.evidence(case)
        if side == "for":
            test = work.tested(case, hypothesis)
            diagnosis.conclude_test(case.key, test, by=cast().sam, actual="401", conclusion="supports")
        diagnosis.link_evidence(case.key, hypothesis.number, by=cast().sam, side=side, items=[item.key])
        return hypothesis.number

    return made


def a_test(case: Case) -> int:
    return work.tested(case, work.proposed(case))


def parked(case: Case) -> int:
    number = work.proposed(case).number
    diagnosis.park(case.key, number, by=cast().sam)
    return number


def with_item(case: Case) -> int:
    work.evidence(case)
    return work.proposed(case).number


in_diagnosis("hypothesis", {**WORDS, "likelihood": "likely"})
in_diagnosis("test", {"purpose": "Use an old token", "steps": "curl", "expected": "401", "risk": "read_only"})
in_diagnosis("cause", {"statement": "The key was rotated", "confidence": "suspected"})
in_diagnosis("reproduction", {**RUNS, "environment": "Staging"})
in_diagnosis("workaround", {"state": "proposed", "steps": "Use the old page"})
in_diagnosis("withdraw-workaround", {"reason": "It does not hold."}, a_workaround)
in_diagnosis("fix", {"build": "2", "failed": 0, "runs": 5}, reproduced)
in_diagnosis("changes", {"window_first": "2026-11-15T09:00", "window_last": "2026-11-16T09:00", **FOUND})
in_diagnosis("search", {"terms": "audience metadata"})
in_diagnosis("telemetry", {"text": "no request id in the log", "signal": "log"})
in_diagnosis("conclude/1", {"actual": "401", "conclusion": "inconclusive"}, a_test)
in_diagnosis("link/1", {"side": "for", "items": ["E-1"]}, with_item)
in_diagnosis("support/1", {"sure": "1"}, linked("for"))
in_diagnosis("refute/1", {"sure": "1"}, linked("against"))
in_diagnosis("park/1", {}, lambda case: work.proposed(case).number)
in_diagnosis("reconsider/1", {}, parked)
in_diagnosis("refute-cause/1", {"reason": "The key is the same."}, a_cause)
in_diagnosis("use/1", {"claim": "The token is refused"}, lambda case: work.citing(case).pk)


@drive("/cases/{case}/runbooks/api-errors/step/server")
def _() -> Shot:
    return by(
        "sam", f"/cases/{a_case().key}/runbooks/api-errors/step/server", {"outcome": "clear", "note": "none is slow"}
    )


@drive("/cases/{case}/runbooks/api-errors/attach")
def _() -> Shot:
    text = "Every call answers 401 since 2026-11-16T09:00:00Z."
    case = make.case("Calls are refused", severity=3, issue_type="api_4xx", text=text)
    work.kept(case)
    return by("sam", f"/cases/{case.key}/runbooks/api-errors/attach")


RUN_SET = {"runs": "3", "statuses": "500", "means": "inconclusive"}


def allowed(case: Case) -> int:
    return diagnosis.allow_target(case.key, by=cast().lea, address="a.example", why="Their owner agrees").pk


def saved(case: Case) -> int:
    return diagnosis.keep_curl(case.key, by=cast().sam, command="curl https://a.example/v1/a").number


def outside(path: str, data: dict[str, Any], who: str = "sam", before: Callable[[Case], Any] = nothing) -> None:
    def made() -> Shot:
        case = a_case()
        number = before(case)
        filled = {name: number if value == "number" else value for name, value in data.items()}
        return by(who, f"/cases/{case.key}/outside/{path.replace('1', str(number))}", filled)

    DRIVES[f"/cases/{{case}}/outside/{path}"] = made


def targeted(case: Case) -> int:
    saved(case)
    return allowed(case)


outside("targets", {"address": "a.example", "why": "Their owner agrees"}, "lea")
outside("targets/1/remove", {}, "lea", allowed)
outside("probes", {"target": "number", "kind": "names"}, "sam", allowed)
outside("curl", {"command": "curl https://api.example.com/v1/a"})
outside("recipe", {"text": "services:\n  web:\n    image: nginx:1.27\n"})


@drive("/cases/{case}/outside/requests/1")
def _() -> Shot:
    case = a_case()
    number, target = saved(case), allowed(case)
    return by("sam", f"/cases/{case.key}/outside/requests/{number}", RUN_SET | {"target": target})


@drive("/cases/{case}/outside/profile")
def _() -> Shot:
    case = a_case()
    add_profile_fact(make.account(), by=cast().lea, **FACT)
    return by("sam", f"/cases/{case.key}/outside/profile")


@drive("/cases/{case}/outside/calls/1")
def _() -> Shot:
    case = a_case()
    file = attached(case, "orders.har", har_bytes(work.REFUSED_CALL))
    return by("sam", f"/cases/{case.key}/outside/calls/{file.pk}", {"at": "/log/entries/0"})


# Queries: the test of them brings the data source.
RUN = {"tenant": "1", "most": "20"}
ASKED = {
    "source": "billing", "text": "select id from users where tenant_id = :t", "parameters": "t integer = 1",
    "purpose": "Who is affected",
}  # fmt: skip


@drive("/cases/{case}/queries/reviewed/none")
def _() -> Shot:
    return by("sam", f"/cases/{a_case().key}/queries/reviewed/tenant-users", RUN)


@drive("/cases/{case}/queries/1")
def _() -> Shot:
    case = a_case()
    signed_in(cast().sam).post(f"/cases/{case.key}/queries/reviewed/tenant-users", RUN)
    return by("sam", f"/cases/{case.key}/queries/1", {"claim": "Seven users are on gold"})


@drive("/cases/{case}/queries/ask")
def _() -> Shot:
    return by("lea", f"/cases/{make.case(severity=3, by=cast().lea).key}/queries/ask", ASKED)


@drive("/cases/{case}/queries/granted/1")
def _() -> Shot:
    case = make.case(severity=3, by=cast().lea)
    signed_in(cast().lea).post(f"/cases/{case.key}/queries/ask", ASKED)
    grant = AdHocQuery.objects.get()
    governance.answer(grant.approval_id, by=cast().mia, approve=True)
    return by("lea", f"/cases/{case.key}/queries/granted/{grant.pk}")


# Evidence.
def attached(case: Case, name: str = "a.log", data: bytes = LOG) -> Artifact:
    upload = evidence.attach(case.key, name, [data], by=cast().sam)
    worker.drain()
    return Artifact.objects.get(upload=upload)


@drive("/evidence/cases/{case}/uploads")
def _() -> Shot:
    case = a_case()
    return by("sam", f"/evidence/cases/{case.key}/uploads", {"file": SimpleUploadedFile("a.log", LOG)})


@drive("POST /api/v1/cases/C-1/uploads")
def _() -> Shot:
    secret = people.make_token(by=cast().sam, name="nightly", scopes=("evidence:send",), days=30).secret
    extra = {"content_type": "application/octet-stream", "headers": {"Authorization": f"Bearer {secret}"}}
    return Shot(Client(), f"/api/v1/cases/{a_case().key}/uploads?name=a.log", LOG, extra=extra)


@drive("POST /api/v1/changes")
def _() -> Shot:
    secret = people.make_token(by=cast().lea, name="pipeline", scopes=("changes:write",), days=30).secret
    extra = {"content_type": "application/json", "headers": {"Authorization": f"Bearer {secret}"}}
    return Shot(Client(), "/api/v1/changes", b'{"time":"2026-03-01T09:00Z","title":"checkout 2.1"}', extra=extra)


# What the logs of a case say: whom it touched, and whether a fix holds.
FAILING = ImpactQuery(level="ERROR")
MEANT = {"metric": "share of refused payments", "level": "ERROR", "below": "0.5", "minutes": "60"}
FIXED = {"fixed_at": "2026-11-16T09:42", "fixed_at_zone": "UTC"}


def logged_case() -> Case:
    case = a_case()
    attached(case, "payments.log", LOG * 5)
    return case


def asked_case() -> Case:
    case = logged_case()
    evidence.count_impact(case.key, FAILING, by=cast().sam)
    return case


def meant_case() -> Case:
    case = logged_case()
    evidence.define_success(case.key, "refused payments", by=cast().sam, bad=FAILING, below=0.005, minutes=60)
    return case


@drive("/evidence/cases/{case}/impact")
def _() -> Shot:
    return by("sam", f"/evidence/cases/{logged_case().key}/impact", {"level": "ERROR"})


@drive("/evidence/cases/{case}/impact/1/again")
def _() -> Shot:
    return by("sam", f"/evidence/cases/{asked_case().key}/impact/1/again")


@drive("/evidence/cases/{case}/impact/1/stop")
def _() -> Shot:
    case = logged_case()
    evidence.count_impact(case.key, FAILING, by=cast().sam, at_once=0)
    return by("sam", f"/evidence/cases/{case.key}/impact/1/stop")


@drive("/evidence/cases/{case}/impact/1/cite")
def _() -> Shot:
    return by("sam", f"/evidence/cases/{asked_case().key}/impact/1/cite")


@drive("/evidence/cases/{case}/fixes")
def _() -> Shot:
    return by("sam", f"/evidence/cases/{logged_case().key}/fixes", MEANT)


@drive("/evidence/cases/{case}/fixes/1/judge")
def _() -> Shot:
    return by("sam", f"/evidence/cases/{meant_case().key}/fixes/1/judge", FIXED)


def compared(case: Case, **more: int) -> str:
    run = evidence.judge_fix(case.key, 1, by=cast().sam, fixed_at=datetime(2026, 11, 16, 9, 42, tzinfo=UTC), **more)
    return f"/evidence/cases/{case.key}/fixes/runs/{run.pk}"


@drive("/evidence/cases/{case}/fixes/runs/1/again")
def _() -> Shot:
    return by("sam", f"{compared(meant_case())}/again")


@drive("/evidence/cases/{case}/fixes/runs/1/stop")
def _() -> Shot:
    return by("sam", f"{compared(meant_case(), at_once=0)}/stop")


@drive("/evidence/cases/{case}/fixes/runs/1/cite")
def _() -> Shot:
    return by("sam", f"{compared(meant_case())}/cite")


@drive("/evidence/files/{file}/amounts")
def _() -> Shot:
    table = b"event_id,type,amount,currency,created\nbe_1,invoice.paid,770001,EUR,2026-11-16T09:00:00Z\n"
    case = make.case(severity=3, by=cast().mia)
    evidence.attach(case.key, "billing_received.csv", [table], by=cast().mia)
    worker.drain()
    return by("mia", f"/evidence/files/{Artifact.objects.get(upload__case=case).pk}/amounts")


@drive("/people/me/tokens")
def _() -> Shot:
    given = {"name": "nightly", "scopes": ["evidence:send"], "days": 30}
    return by("sam", "/people/me/tokens", given)


@drive("/people/me/tokens/1/revoke")
def _() -> Shot:
    made = people.make_token(by=cast().sam, name="nightly", scopes=("evidence:send",), days=30)
    return by("sam", f"/people/me/tokens/{made.token.pk}/revoke")


@drive("/evidence/cases/{case}/words")
def _() -> Shot:
    return by("sam", f"/evidence/cases/{a_case().key}/words", {"value": "Calder", "kind": "word"})


@drive("/evidence/cases/{case}/reveal")
def _() -> Shot:
    case = make.case(severity=3, by=cast().lea)
    token = "<STRIPE-KEY-0123456789abcdef>"
    given = {"token": token, "reason": "The customer asks which of their keys it was.", "minutes": "60"}
    return by("lea", f"/evidence/cases/{case.key}/reveal", given)


@drive("/evidence/reveals/1")
def _() -> Shot:
    case = make.case(
        severity=3, by=cast().lea, text="Mail helena.marsh@brightwater.example about 2026-11-16T09:42:00Z."
    )
    log = b"2026-11-16T10:00:00Z INFO for helena.marsh@brightwater.example\n"
    evidence.attach(case.key, "app.log", [log], by=cast().lea)
    worker.drain()
    token = Message.objects.get(case=case).text.split()[1]
    asked = evidence.ask_to_reveal(case.key, token, by=cast().lea, reason="They ask which user it was.")
    governance.answer(asked.approval_id, by=cast().mia, approve=True)
    return by("lea", f"/evidence/reveals/{asked.pk}")


@drive("/evidence/links/{link}/revoke")
def _() -> Shot:
    return by("sam", f"/evidence/links/{evidence.make_link(a_case().key, by=cast().sam).link.pk}/revoke")


@drive("/evidence/uploads/{upload}/role")
def _() -> Shot:
    file = attached(a_case(), "meta.xml", b"<EntityDescriptor xmlns='urn:oasis:names:tc:SAML:2.0:metadata'/>")
    return by("sam", f"/evidence/uploads/{file.upload_id}/role", {"role": "idp-metadata"})


@drive("/evidence/uploads/{upload}/confirm")
def _() -> Shot:
    from PIL import Image

    drawn = BytesIO()
    Image.new("RGB", (8, 8)).save(drawn, "PNG")
    upload = evidence.attach(a_case().key, "screen.png", [drawn.getvalue()], by=cast().sam)
    worker.drain()
    given = {"looked": "on", "shows": "The sign-in page with its error"}
    return by("sam", f"/evidence/uploads/{upload.pk}/confirm", given)


@drive("/evidence/uploads/{upload}/stop")
def _() -> Shot:
    upload = evidence.attach(a_case().key, "app.log", [LOG], by=cast().sam)
    return by("sam", f"/evidence/uploads/{upload.pk}/stop")


@drive("/evidence/uploads/{upload}/patterns/{pattern}/cite")
def _() -> Shot:
    file = attached(a_case())
    pattern = Pattern.objects.create(artifact=file, key="p", template="t", count=1, examples=[[1, "x"]])
    return by("sam", f"/evidence/uploads/{file.upload_id}/patterns/{pattern.pk}/cite")


@drive("/evidence/uploads/{upload}/patterns/silence")
def _() -> Shot:
    file = attached(a_case())
    file.upload.runs.update(kept={})
    Pattern.objects.all().delete()
    cells = [[minute, 3] for minute in (*range(100), *range(160, 260))]
    Pattern.objects.create(artifact=file, key="p", template="t", count=600, histogram=cells, examples=[[1, "x"]])
    return by("sam", f"/evidence/uploads/{file.upload_id}/patterns/silence", {"begin": 100})


@drive("/evidence/uploads/{upload}/remove")
def _() -> Shot:
    return by("sam", f"/evidence/uploads/{attached(a_case()).upload_id}/remove", {"reason": "Sent by mistake"})


@drive("/evidence/files/{file}/cite")
def _() -> Shot:
    return by("sam", f"/evidence/files/{attached(a_case()).pk}/cite", {"first": 1, "last": 1, "claim": "It fails"})


@drive("/cases/{case}/ask")
def _() -> Shot:
    return by("sam", f"/cases/{a_case().key}/ask", {"items": ["C1"], "due": soon(4), "next_update_at": soon(2)})


@drive("/cases/{case}/item/C1")
def _() -> Shot:
    return by("sam", f"/cases/{a_case().key}/item/C1", {"state": "cannot_get", "reason": "Nobody kept it"})


def sending(browser: Client, begin: str) -> Sender:
    sender = Sender(browser, begin)
    sender.announce("a.log", len(LOG))
    return sender


def last_part(sender: Sender) -> Shot:
    extra = {"content_type": "application/offset+octet-stream", "headers": {"Upload-Offset": "0"}}
    return Shot(sender.client, sender.at, LOG, "PATCH", extra)


@drive("PATCH /evidence/sendings/a-key")
def _() -> Shot:
    return last_part(sending(signed_in(cast().sam), f"/evidence/cases/{a_case().key}/sendings"))


def a_program() -> Client:
    secret = people.make_token(by=cast().sam, name="nightly", scopes=("evidence:send",), days=30).secret
    return Client(headers={"Authorization": f"Bearer {secret}"})


@drive("PATCH /api/v1/sendings/a-key")
def _() -> Shot:
    sender = sending(a_program(), f"/api/v1/cases/{a_case().key}/sendings")
    sender.client = a_program()  # a token that was not used before: its first use is recorded
    return last_part(sender)


def a_link() -> str:
    return f"/send/{evidence.make_link(a_case().key, by=cast().sam).url.rpartition('/')[2]}"


@drive("/send/a-link-that-does-not-work")
def _() -> Shot:
    return Shot(Client(), a_link(), {"file": SimpleUploadedFile("a.log", LOG)})


@drive("PATCH /send/a-link-that-does-not-work/files/a-key")
def _() -> Shot:
    return last_part(sending(Client(), f"{a_link()}/files"))


# Escalations.
@drive("/cases/{case}/escalate")
def _() -> Shot:
    return by("sam", f"/cases/{story.plain_case().key}/escalate")


@drive("/escalations/{packet}/edit")
def _() -> Shot:
    packet = story.drafted()
    return by("sam", f"{packet.page}edit", {"seen_version": packet.version, "expected": "A session starts"})


def of_packet(
    verb: str, data: dict[str, Any], who: str = "ravi", before: Callable[[], Escalation] = story.sent
) -> None:
    def made() -> Shot:
        packet = before()
        return by(who, f"{packet.page}{verb}", {"seen_version": packet.version, **data})

    DRIVES[f"/escalations/{{packet}}/{verb}"] = made


def accepted() -> Escalation:
    packet = story.sent()
    escalations.acknowledge(packet.key, by=cast().ravi)
    return escalations.accept(packet.key, by=cast().ravi)


of_packet("acknowledge", {})
of_packet("accept-and-act", {"action_code": "repro_started", "note": "On staging."})
of_packet("act", {"action_code": "repro_started", "note": "On staging."}, before=accepted)
of_packet("accept", {})
of_packet("ask", {"text": "Which shard?"})
of_packet("hand-over", {"team_key": "delivery", "note": "It is theirs."})
of_packet("return", {"reason_code": "R01", "note": "The steps are missing.", "asks_for": ["P6"]})
of_packet("duplicate", {"duplicate_of": "ENG-7", "note": "The same."})
of_packet("reject", {"reason_code": "R05", "note": "It works as built."})
of_packet("submit", {}, "sam", story.drafted)
of_packet("withdraw", {"note": "Solved meanwhile."}, "sam")


def bare(severity: int = 2) -> Escalation:
    case = story.plain_case(severity)
    story.searched(case)
    return escalations.draft(case.key, by=cast().sam)


of_packet("override", {"override_reason": "The customer's cut-off is at noon"}, "lea", bare)


@drive("/escalations/{packet}/provide")
def _() -> Shot:
    packet = escalations.submit(bare(1).key, by=cast().sam)
    story.diagnosed(packet.case)
    return by("sam", f"{packet.page}provide", {"field": "p6"})


@drive("/escalations/{packet}/answer")
def _() -> Shot:
    packet = story.sent()
    escalations.ask(packet.key, by=cast().ravi, text="Which shard?")
    question = packet.questions.get().pk
    return by("sam", f"{packet.page}answer", {"question_id": question, "text": "Shard 3."})


# Customers and the catalogue.
PLACE = {"name": "Production", "tenant": "t_1", "kind": "production", "region": "eu", "version": "4"}
TYPED = {
    "name": "Halden Clinics",
    "plan": "standard",
    "region": "eu",
    "seats": "40",
    "time_zone": "UTC",
    "language": "en",
}


@drive("/customers/new")
def _() -> Shot:
    return by("lea", "/customers/new", TYPED)


@drive("/customers/brightwater")
def _() -> Shot:
    return by("lea", "/customers/brightwater", {**TYPED, "seen": make.account().standing})


@drive("/customers/brightwater/switch/restore")
def _() -> Shot:
    make.account()
    return by("lea", "/customers/brightwater/switch/archive")


@drive("/customers/brightwater/environments/new")
def _() -> Shot:
    make.account()
    return by("lea", "/customers/brightwater/environments/new", PLACE)


def place() -> Environment:
    return make.environment()


@drive("/customers/brightwater/environments/{environment}")
def _() -> Shot:
    where = place()
    return by("lea", f"/customers/brightwater/environments/{where.pk}", {**PLACE, "seen": where.standing})


@drive("/customers/brightwater/environments/{environment}/restore")
def _() -> Shot:
    return by("lea", f"/customers/brightwater/environments/{place().pk}/archive")


FACT: dict[str, Any] = {"kind": "egress", "value": "203.0.113.0/24", "source": "ticket"}


def a_fact() -> int:
    return int(add_profile_fact(make.account(), by=cast().lea, **FACT).pk)


@drive("/customers/brightwater/profile")
def _() -> Shot:
    make.account()
    return by("lea", "/customers/brightwater/profile", FACT)


@drive("/customers/brightwater/profile/1/verify")
def _() -> Shot:
    return by("lea", f"/customers/brightwater/profile/{a_fact()}/verify", {"source": "their admin"})


@drive("/customers/brightwater/profile/1/end")
def _() -> Shot:
    return by("lea", f"/customers/brightwater/profile/{a_fact()}/end")


@drive("/customers/brightwater/authority")
def _() -> Shot:
    make.account()
    given = {"contact": "Service desk", "speaks_as": "admin", "may_see_data": "on", "verified_how": "letter"}
    return by("lea", "/customers/brightwater/authority", given)


@drive("/customers/brightwater/authority/1/check")
def _() -> Shot:
    kept = record_authority(
        make.account(), by=cast().lea, contact="Service desk", speaks_as="admin", may_see_data=True,
        verified_how="letter",
    )  # fmt: skip
    return by("sam", f"/customers/brightwater/authority/{kept.pk}/check", {"step": "disclose"})


@drive("/signals/{signal}")
def _() -> Shot:
    gap = diagnosis.note_telemetry_gap(a_case().key, by=cast().sam, text="no request id in the log")
    return by("noor", f"/signals/{gap.request_id}", {"query": "log | where request_id"})


@drive("/catalog/supportability/sso")
def _() -> Shot:
    make.product_area()
    return by("lea", "/catalog/supportability/sso", {"met": ["request_id", "error_code"]})


CHANGE = {"kind": "flag", "title": "fast cart", "at": "2026-03-01T09:00"}


@drive("/catalog/changes")
def _() -> Shot:
    return by("lea", "/catalog/changes", CHANGE)


@drive("/catalog/changes/import")
def _() -> Shot:
    return by("lea", "/catalog/changes/import", {"file": SimpleUploadedFile("list.csv", CSV)})


@drive("/catalog/changes/1/withdraw")
def _() -> Shot:
    from sevline.catalog.models import Change

    signed_in(cast().lea).post("/catalog/changes", CHANGE)
    return by("lea", f"/catalog/changes/{Change.objects.get(title='fast cart').pk}/withdraw")


# People.
def invited() -> people.Entry:
    return people.invite(
        by=cast().ada, email="nils@sevline.example", name="Nils", roles=["agent"], teams=["integrations"]
    )


@drive("/people/invite")
def _() -> Shot:
    given = {"email": "nils@sevline.example", "name": "Nils", "roles": ["agent"], "teams": ["integrations"]}
    return by("ada", "/people/invite", given)


@drive("/people/{person}")
def _() -> Shot:
    sam = cast().sam
    return by("ada", f"/people/{sam.pk}", {"roles": ["agent", "coach"], "seen": people.standing_of(sam)})


@drive("/people/{person}/link")
def _() -> Shot:
    return by("ada", f"/people/{invited().person.pk}/link")


@drive("/people/{person}/off")
def _() -> Shot:
    return by("ada", f"/people/{cast().vic.pk}/off")


@drive("/people/{person}/on")
def _() -> Shot:
    people.deactivate(cast().vic.pk, by=cast().ada)
    return by("ada", f"/people/{cast().vic.pk}/on")


def with_app(person: str) -> Client:
    browser = signed_in(getattr(cast(), person))
    with_authenticator(browser)
    return browser


@drive("/people/{person}/forget")
def _() -> Shot:
    with_app("vic")
    return by("ada", f"/people/{cast().vic.pk}/forget")


@drive("/setup/a-link-that-does-not-work")
def _() -> Shot:
    link = people.setup_link() or ""
    given = {"email": "first@sevline.example", "name": "First", "password": NEW, "again": NEW}
    return Shot(Client(), f"/setup/{link.rsplit('/', 1)[1]}", given)


@drive("/enter/a-link-that-does-not-work")
def _() -> Shot:
    token = invited().url.rsplit("/", 1)[1]
    return Shot(Client(), f"/enter/{token}", {"name": "Nils Berg", "password": NEW, "again": NEW})


@drive("/people/me/sign-out-elsewhere")
def _() -> Shot:
    signed_in(cast().sam)
    return by("sam", "/people/me/sign-out-elsewhere")


@drive("/accounts/login/")
def _() -> Shot:
    cast()
    return Shot(Client(), "/accounts/login/", {"login": "sam@sevline.example", "password": PASSWORD})


@drive("/accounts/2fa/authenticate/")
def _() -> Shot:
    secret = with_authenticator(signed_in(cast().sam))
    later = Client()
    sign_in(later, "sam@sevline.example")
    cache.clear()  # a code that was used is remembered for a minute
    return Shot(later, "/accounts/2fa/authenticate/", {"code": code_for(secret)})


@drive("/accounts/logout/")
def _() -> Shot:
    return by("sam", "/accounts/logout/")


@drive("/accounts/password/change/")
def _() -> Shot:
    return by("sam", "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})


@drive("/accounts/2fa/totp/activate/")
def _() -> Shot:
    browser = signed_in(cast().sam)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = browser.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.findall(r"<code>([A-Z2-7]+)</code>", page)[0]
    return Shot(browser, "/accounts/2fa/totp/activate/", {"code": code_for(secret)})


@drive("/accounts/2fa/totp/deactivate/")
def _() -> Shot:
    return Shot(with_app("sam"), "/accounts/2fa/totp/deactivate/")


@drive("/accounts/2fa/recovery-codes/generate/")
def _() -> Shot:
    return Shot(with_app("sam"), "/accounts/2fa/recovery-codes/generate/")


# Governance.
@drive("/governance/approvals/{approval}")
def _() -> Shot:
    case = make.case(severity=2)
    asked = governance.request(
        by=cast().lea, decision="lower_severity_from_1_or_2", subject=case.ref, case=case.key, reason="Fewer users",
        asked={"severity": 3, "evidence": "E-1", "customer_notice": "told"},
    )  # fmt: skip
    return by("mia", f"/governance/approvals/{asked.pk}", {"decide": "approve", "answer": ""})


ACCESS = {"what": "Egress addresses", "reason": "Their firewall drops our deliveries.", "minutes": "60"}


def access(severity: int = 1) -> Case:
    return make.case(severity=severity, by=cast().lea)


@drive("/cases/{case}/access")
def _() -> Shot:
    return by("lea", f"/cases/{access().key}/access", {**ACCESS, "person": cast().lea.pk})


@drive("/cases/{case}/access/break-glass")
def _() -> Shot:
    return by("mia", f"/cases/{access().key}/access/break-glass", ACCESS)


def broken() -> AccessGrant:
    case = access()
    return governance.break_glass(
        case.ref, make.account().ref, by=cast().mia, severity=1, what="Egress", reason="Their firewall drops us."
    )


@drive("/cases/{case}/access/1/revoke")
def _() -> Shot:
    grant = broken()
    return by("mia", f"/cases/{grant.case_key}/access/{grant.pk}/revoke")


@drive("/cases/{case}/access/1/review")
def _() -> Shot:
    grant = broken()
    return by("sol", f"/cases/{grant.case_key}/access/{grant.pk}/review", {"finding": "Needed: deliveries came back."})


@drive("/cases/{case}/legal-hold")
def _() -> Shot:
    return by("dir", f"/cases/{access().key}/legal-hold", {"reason": "A regulator asked for it."})


@drive("/governance/audit/export")
def _() -> Shot:
    return by("aud", "/governance/audit/export", {"form": "json"})
