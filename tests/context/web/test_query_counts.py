"""Every page that lists something asks the database as often for one row as for fifty."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from sevline.cases import actions as cases
from sevline.cases.models import Case, CaseAccess, CaseFact, Handoff, Message
from sevline.diagnosis.models import (
    Cause,
    ChangeCheck,
    Finding,
    Hypothesis,
    KnownErrorSearch,
    Link,
    Reproduction,
    TelemetryGap,
    Test,
    Workaround,
)
from sevline.escalations import actions as escalations
from sevline.escalations.models import Deferred, Escalation, PacketVersion, Question
from sevline.evidence.models import Artifact, Item
from sevline.governance.actions import request
from sevline.governance.models import Approval
from sevline.people.actions.notices import notify
from sevline.people.models import Notice
from sevline.platform import clock
from sevline.platform.models import Event
from tests.cast import cast, signed_in
from tests.context.escalations import story

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MORE = 49
Row = TypeVar("Row", bound=models.Model)

PAGES: Mapping[str, tuple[str, str]] = {
    "desk of support": ("sam", "/"),
    "desk of the lead": ("lea", "/"),
    "desk of engineering": ("noor", "/"),
    "queue": ("sam", "/cases/?view=open"),
    "queue of a manager": ("mia", "/cases/?view=escalated"),
    "search": ("sam", "/search?q=sign"),
    "find": ("sam", "/cases/find?q=sign"),
    "case, timeline": ("sam", "/cases/{case}"),
    "timeline alone": ("sam", "/cases/{case}/timeline"),
    "case, evidence": ("sam", "/cases/{case}/evidence"),
    "list of uploads": ("sam", "/evidence/cases/{case}/uploads/list"),
    "upload": ("sam", "/evidence/uploads/{upload}"),
    "redaction report": ("sam", "/evidence/uploads/{upload}/report.json"),
    "file": ("sam", "/evidence/files/{file}"),
    "case, diagnosis": ("sam", "/cases/{case}/diagnosis"),
    "diagnosis alone": ("sam", "/cases/{case}/diagnosis/panel"),
    "a step of the diagnosis": ("sam", "/cases/{case}/diagnosis/cause"),
    "case, escalation": ("sam", "/cases/{case}/escalation"),
    "packet": ("sam", "/escalations/{packet}/"),
    "packet, seen by engineering": ("ravi", "/escalations/{packet}/"),
    "packet as Markdown": ("ravi", "/escalations/{packet}/packet.md"),
    "a packet that is drafted": ("sam", "/escalations/{draft}/"),
    "inbox": ("ravi", "/escalations/"),
    "hand-off": ("lea", "/cases/{case}/handoff"),
    "triage": ("sam", "/cases/{case}/triage"),
    "a new case": ("sam", "/cases/new"),
    "notices": ("sam", "/people/notices"),
    "people": ("mia", "/people/"),
    "person": ("ada", "/people/{person}"),
    "approvals": ("mia", "/governance/approvals"),
    "approval": ("mia", "/governance/approvals/{approval}"),
    "decision rights": ("mia", "/governance/decisions"),
    "audit trail": ("aud", "/governance/audit?case={case}"),
    "insights": ("mia", "/insights/"),
    "rows of a KPI": ("mia", "/insights/F-03"),
    "rows of a KPI as a table": ("mia", "/insights/F-03.csv"),
}
PARTS = frozenset({"timeline alone", "list of uploads", "diagnosis alone"})


@pytest.fixture(autouse=True)
def own_folder() -> None:
    """The one case of this module keeps its files for all of its tests."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Queries of each page, first with one row in each list, then with fifty, and what the page showed then."""

    one: Mapping[str, int]
    fifty: Mapping[str, int]


@pytest.fixture(scope="module")
def asked(django_db_setup: None, django_db_blocker: Any) -> Iterator[Asked]:
    with django_db_blocker.unblock(), transaction.atomic():
        keys = _one_of_each()
        one = _queries(keys)
        _fifty_of_each(keys)
        yield Asked(one, _queries(keys))
        transaction.set_rollback(True)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_as_often_for_fifty_rows_as_for_one(asked: Asked, page: str) -> None:
    assert asked.fifty[page] == asked.one[page]


def _queries(keys: Mapping[str, Any]) -> dict[str, int]:
    found = {}
    for name, (key, address) in PAGES.items():
        browser = signed_in(getattr(cast(), key))
        part = {"HX-Request": "true"} if name in PARTS else {}
        browser.get(
            address.format(**keys), headers=part
        )  # what is kept for a while, such as that somebody looked, is kept now
        with CaptureQueriesContext(connection) as captured:
            answer = browser.get(address.format(**keys), headers=part)
        assert answer.status_code == 200, (name, answer.status_code)
        found[name] = len(captured)
    return found


def _one_of_each() -> dict[str, Any]:
    """A case that was sent to Engineering and another one with a draft: one row at least in each list of a page."""
    people = cast()
    case, other = story.worked_case(), story.plain_case()
    with clock.held_at(story.after(30)):
        packet = escalations.draft(case.key, by=people.sam)
        escalations.edit(packet.key, by=people.sam, texts=story.ASK, needed_by=story.after(420))
        escalations.submit(packet.key, by=people.sam)
        escalations.ask(packet.key, by=people.ravi, text="Which tenant is it?")
        cases.offer_handoff(case.key, by=people.sam, receiver=people.lea, summary="The audience is compared.")
        draft = escalations.draft(other.key, by=people.sam)
    Deferred.objects.create(escalation=packet, field="P7", text="Times of the worker", due_at=story.after(500))
    notify(people.sam, "a key", "Something happened", case.page)
    asked_for = request(
        by=people.sam,
        decision="lower_severity_from_1_or_2",
        subject=case.ref,
        case=case.key,
        asked={"severity": 3},
        reason="Fewer users than thought",
    )
    file = Artifact.objects.filter(upload__case=case, patterns__isnull=False)[0]
    for model in (Test, Hypothesis, Item, Finding):
        more(model.objects.filter(case=case)[0], 1, case_id=lambda _: other.pk)
    guess, seen = Hypothesis.objects.filter(case=other)[0], Item.objects.filter(case=other)[0]
    Link.objects.create(hypothesis=guess, item=seen, side="for")
    return {
        "case": case.key,
        "packet": packet.key,
        "draft": draft.key,
        "upload": file.upload_id,
        "file": file.pk,
        "approval": asked_for.pk,
        "person": people.vic.pk,
    }


def always(value: object) -> Callable[[int], object]:
    return lambda _: value


def more(row: Row, many: int = MORE, **varies: Callable[[int], object]) -> list[Row]:
    """Rows like this one; numbers that count up go on, and what `varies` names is made from 1, 2, 3 …"""
    model = type(row)
    values = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
    values.pop(model._meta.pk.attname, None)
    if "number" in values and "number" not in varies:
        last = model._default_manager.aggregate(last=models.Max("number"))["last"]
        varies = {**varies, "number": lambda n: last + n}
    made = [model(**{**values, **{name: make(n) for name, make in varies.items()}}) for n in range(1, many + 1)]
    return model._default_manager.bulk_create(made)


def _fifty_of_each(keys: Mapping[str, Any]) -> None:
    case = Case.objects.get(number=int(keys["case"].removeprefix("C-")))
    _fifty_cases(case)
    draft = Escalation.objects.get(number=int(keys["draft"].removeprefix("ESC-")))
    for one in (case, draft.case):
        for model in (Test, Item, Finding):
            more(model.objects.filter(case=one)[0])
        for hypothesis in more(Hypothesis.objects.filter(case=one)[0]):
            Link.objects.create(hypothesis=hypothesis, item=Item.objects.filter(case=one)[0], side="for")
            more(Test.objects.filter(case=one)[0], 1, hypothesis_id=always(hypothesis.pk))
    for record in (Cause, Reproduction, Workaround):
        for row in more(record.objects.filter(case=case)[0]):
            row.items.add(Item.objects.filter(case=case)[0])
    for kept in (Message, ChangeCheck, KnownErrorSearch, TelemetryGap):
        more(kept.objects.filter(case=case)[0])
    more(CaseFact.objects.filter(case=case)[0], value=lambda n: f"value {n}")
    _fifty_files(Artifact.objects.get(pk=keys["file"]))
    packet = Escalation.objects.get(number=int(keys["packet"].removeprefix("ESC-")))
    for asked_for in (PacketVersion, Deferred, Question):
        more(asked_for.objects.filter(escalation=packet)[0])
    last = Event.objects.order_by("-seq")[0].seq
    more(Event.objects.filter(case_key=case.key, kind="case.customer_told")[0], seq=lambda n: last + n)


def _fifty_cases(case: Case) -> None:
    """Fifty cases with an escalation, an offer and a request each; fifty people with fifty notices."""
    rows = more(case)
    CaseAccess.objects.bulk_create(
        CaseAccess(case=row, team_id=team) for row in rows for team in case.access.values_list("team", flat=True)
    )
    more(Escalation.objects.get(case=case), case_id=lambda n: rows[n - 1].pk)
    more(Handoff.objects.get(case=case), case_id=lambda n: rows[n - 1].pk)
    more(Approval.objects.get(), case_key=lambda n: rows[n - 1].key)
    people = more(cast().vic, email=lambda n: f"member-{n}@members.example")
    for person in people:
        person.teams.set([case.team])
    more(Notice.objects.filter(person=cast().sam)[0], key=lambda n: f"key {n}")


def _fifty_files(file: Artifact) -> None:
    """Fifty uploads with a run and a file each, fifty files in one of them, fifty patterns in one of those."""
    uploads = more(file.upload)
    runs = [more(file.run, 1, number=lambda _: 1, upload_id=always(upload.pk))[0] for upload in uploads]
    more(file, run_id=lambda n: runs[n - 1].pk, upload_id=lambda n: uploads[n - 1].pk)
    more(file, key=lambda n: f"file {n}")
    more(file.patterns.all()[0])
