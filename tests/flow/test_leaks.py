"""Values of every kind go in by every way in, and are looked for in all that the product keeps, shows or says."""

import io
import logging
import random
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.test import Client
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfWriter

from sevline.cases import actions as cases
from sevline.cases.models import Case
from sevline.escalations.actions import draft
from sevline.escalations.models import Escalation
from sevline.evidence import actions as evidence
from sevline.evidence.models import Artifact, Item, Upload
from sevline.governance.actions import export_trail
from sevline.governance.export import as_csv, as_json
from sevline.governance.selectors import TrailFilter
from sevline.people import actions as people
from sevline.platform import clock
from sevline.platform.jobs import worker
from sevline.platform.models import Event
from tests import make
from tests.architecture.drives import WORDS
from tests.cast import cast, signed_in
from tests.context.dataquery import work
from tests.context.dataquery.desk import sqlite_desk
from tests.context.evidence.stored import everything, forms
from tests.context.evidence.tus import Sender
from tests.flow.addresses import to_look_at
from tests.unit.bench.test_pictures import pdf

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.on_postgresql]
WORD, CURL, CUSTOMER = "Kestrelworth", "curl https://api.example.com/v1", "the customer's page"
#: Forms answer 422 or lead on where the case is not at that step; what is not a lead's to see answers 403 or 404.
SHOWN = frozenset({200, 302, 403, 404, 405, 409, 410, 422})


def letters(dice: random.Random, count: int) -> str:
    return "".join(dice.choices("abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789", k=count))


def planted(dice: random.Random) -> dict[str, str]:
    """One value of each kind, put together here; the sentence around it is how such values are met."""
    digits = "".join(dice.choices("0123456789", k=8))
    return {
        "mail": f"{letters(dice, 8)}.{letters(dice, 6)}@{letters(dice, 9).lower()}.example",
        "phone": f"+44 20 7946 {digits[:4]}",
        "ipv4": f"81.{dice.randint(10, 99)}.{dice.randint(100, 250)}.{dice.randint(10, 250)}",
        "password": letters(dice, 18),
        "bearer": letters(dice, 40),
        "cookie": letters(dice, 32),
        "webhook": "whsec" + "_" + letters(dice, 32),
        "github": "ghp" + "_" + letters(dice, 36),
        "stripe": "sk" + "_live_" + letters(dice, 24),
        "aws": "AKIA" + "".join(dice.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", k=16)),
        "in a url": letters(dice, 16),
    }


def prose(values: dict[str, str]) -> str:
    """The values as a person pastes them."""
    return (
        f"write to {values['mail']} or call {values['phone']}; we come from {values['ipv4']}.\n"
        f"password={values['password']}\nAuthorization: Bearer {values['bearer']}\nCookie: session={values['cookie']}\n"
        f"the keys are {values['webhook']}, {values['github']}, {values['stripe']} and {values['aws']}.\n"
        f"see https://user:{values['in a url']}@api.example.test/v1?page=2\n"
    )


def log_of(values: dict[str, str]) -> bytes:
    lines = "".join(f"2026-11-16T10:00:00Z ERROR {line}\n" for line in prose(values).splitlines())
    return (lines + "2026-11-16T10:00:01Z INFO done\n" * 30).encode()


@pytest.fixture
def said() -> Iterator[io.StringIO]:
    """Everything that the product logs while the test runs."""
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    logging.getLogger().addHandler(handler)
    yield heard
    logging.getLogger().removeHandler(handler)


class Story:
    """A case into which values come by every way, each way with values of its own."""

    link = ""

    def __init__(self) -> None:
        self.dice = random.Random(20261125)
        self.values: list[tuple[str, str]] = []
        self.case = make.case(
            severity=2, by=cast().lea, text="Sync fails since 2026-11-16T09:42:00Z.\n" + self.of("ticket")
        )

    def fresh(self, way: str) -> dict[str, str]:
        values = planted(self.dice)
        self.values += [(f"{kind} by {way}", value) for kind, value in values.items()]
        return values

    def of(self, way: str) -> str:
        return prose(self.fresh(way))

    def brief(self, way: str) -> str:
        values = self.fresh(way)
        return f"It fails for {values['mail']} from {values['ipv4']} with {values['github']}"

    def tell(self) -> None:
        lea, key = cast().lea, self.case.key
        cases.add_note(key, by=lea, text=self.of("note"))
        cases.customer_replied(key, by=lea, text=self.of("reply"))
        cases.set_next_action(
            key, by=lea, text=f"Ask {self.fresh('next action')['mail']}", due=clock.now() + timedelta(hours=2)
        )
        evidence.attach(key, "app.log", [log_of(self.fresh("upload"))], by=lea)
        name = self.fresh("file name")["mail"]
        evidence.attach(key, f"export of {name}.log", [log_of(self.fresh("named upload"))], by=lea)
        origin = evidence.Origin(self.fresh("source")["mail"], f"curl -u x:{self.fresh('how')['mail']}")
        evidence.attach(key, "pod.log", [log_of(self.fresh("origin upload"))], by=lea, origin=origin)
        evidence.attach(key, "bundle.zip", [self._archive()], by=lea)
        for form in ("JPEG", "PNG"):
            evidence.attach(key, f"screen.{form.lower()}", [self._picture(form)], by=lea)
        evidence.attach(key, "letter.pdf", [self._pdf()], by=lea)
        self._without_its_name()

    def _picture(self, form: str) -> bytes:
        """Values in everything beside the pixels: EXIF with a place, the text chunks of a PNG, bytes behind the end."""
        values = self.fresh(f"metadata of a {form}")
        exif = Image.Exif()
        for number, value in enumerate(values.values()):
            exif[(0x010E, 0x010F, 0x0110, 0x0131, 0x013B, 0x8298)[number % 6]] = value
        place = exif.get_ifd(0x8825)
        place[1], place[2] = "N", (51.0, 30.0, 26.0)
        exif[0x8825] = place
        said = PngInfo()
        for kind, value in values.items():
            said.add_text(kind, value)
        target = io.BytesIO()
        Image.new("RGB", (24, 16), (30, 120, 60)).save(target, form, exif=exif, pnginfo=said, comment=values["mail"])
        return target.getvalue() + log_of(values)

    def _pdf(self) -> bytes:
        """Values in the text, in the document's information and in its XMP."""
        writer = PdfWriter(io.BytesIO(pdf(f"write to {self.fresh('text of a PDF')['mail']} please")))
        values = self.fresh("metadata of a PDF")
        writer.add_metadata({f"/{kind.title().replace(' ', '')}": value for kind, value in values.items()})
        writer.add_attachment("notes.txt", log_of(values))
        target = io.BytesIO()
        writer.write(target)
        return target.getvalue()

    def _without_its_name(self) -> None:
        """Before and after the line that names it, in texts and files."""
        value = letters(self.dice, 9) + "!7" + letters(self.dice, 5)
        self.values.append(("password without its name", value))
        lea, key = cast().lea, self.case.key
        cases.add_note(key, by=lea, text=f"I typed {value} and it was refused.")
        evidence.attach(key, "bare.log", [f"2026-11-16T10:00:00Z WARN tried {value}\n".encode() * 9], by=lea)
        evidence.attach(key, "named.log", [f"2026-11-16T10:00:00Z DEBUG password={value}\n".encode() * 9], by=lea)
        cases.add_note(key, by=lea, text=f"Is {value} the old one?")

    def _archive(self) -> bytes:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"home/{self.fresh('member name')['mail']}/app.log", log_of(self.fresh("member")))
            archive.writestr("windows.log", log_of(self.fresh("utf-16")).decode().encode("utf-16"))
            archive.writestr("settings.json", f'{{"password": "{self.fresh("json")["password"]}"}}')
        return packed.getvalue()

    def send(self) -> None:
        lea, key = signed_in(cast().lea), self.case.key
        due = clock.now() + timedelta(hours=5)
        asked = evidence.ask_customer(key, by=cast().lea, items=["C9"], there=(), due=due)
        address = "/send/" + asked.given.url.rpartition("/")[2]
        Sender(Client(), f"{address}/files").whole("link.log", log_of(self.fresh("link")))
        Client().post(address, {"file": SimpleUploadedFile("form.log", log_of(self.fresh("form of a link")))})
        text = urlencode({"text": self.of("text of a link")})
        Client().post(address, text, content_type="application/x-www-form-urlencoded")
        Sender(lea, f"/evidence/cases/{key}/sendings").whole("parts.log", log_of(self.fresh("parts")))
        half = Sender(lea, f"/evidence/cases/{key}/sendings")
        unfinished = log_of(self.fresh("half a file"))
        half.announce("half.log", len(unfinished))
        half.push(unfinished[:-40], 0)
        self.values.append(("the link", address.rpartition("/")[2]))
        self.link = address

    def diagnose(self) -> None:
        """What is typed while a case is worked on, and what a query of a customer's data answers."""
        browser, key = signed_in(cast().lea), self.case.key
        for path, given in {
            "diagnosis/hypothesis": {**WORDS, "statement": self.brief("hypothesis"), "likelihood": "likely"},
            "diagnosis/telemetry": {"text": self.brief("missing signal"), "signal": "log"},
            "diagnosis/cause": {"statement": self.brief("cause"), "confidence": "suspected"},
            "diagnosis/workaround": {"state": "proposed", "steps": self.brief("workaround")},
            "runbooks/api-errors/step/server": {"outcome": "clear", "note": self.brief("step of a runbook")},
            "outside/curl": {
                "command": f"curl https://api.example.com/v1 -H 'Cookie: id={self.fresh('curl')['cookie']}'"
            },
            "outside/recipe": {"text": f"services:\n  web:\n    image: nginx:1.27 # {self.fresh('recipe')['mail']}\n"},
            "queries/reviewed/tenant-users": {"tenant": "1", "most": "20"},
        }.items():
            answer = browser.post(f"/cases/{key}/{path}", given)
            assert answer.status_code in {200, 302}, (path, answer.status_code)
        self.values += [(f"user {number} of a query", f"u{number}@corp.example") for number in range(1, 20, 3)]

    def correct(self) -> None:
        """A word that no detector knows: it stood in clear until somebody named it."""
        text = f"2026-11-16T10:00:00Z ERROR {WORD} is late\n" * 20
        evidence.attach(self.case.key, "word.log", [text.encode()], by=cast().lea)
        cases.add_note(self.case.key, by=cast().lea, text=f"It is about {WORD}.")
        worker.drain()
        upload = Upload.objects.get(case=self.case, name="word.log")
        file = Artifact.objects.get(upload=upload)
        evidence.cite(file.pk, "3:1", f"{WORD} is late", by=cast().lea, excerpt=f"{WORD} is late")
        evidence.add_term(self.case.key, WORD, by=cast().lea, kind="tenant")


def look_at_pictures(story: Story) -> None:
    """Release each picture, with values in the words about it."""
    for upload in Upload.objects.filter(case=story.case, state="unconfirmed"):
        evidence.confirm(upload.pk, by=cast().lea, looked=True, shows=f"A page of {story.fresh('words')['mail']}")


def answers_of(case: Case) -> dict[str, bytes]:
    """What programs are told of each upload, with its report."""
    token = people.make_token(by=cast().lea, name="nightly", scopes=("evidence:read",), days=30).secret
    asked: dict[str, bytes] = {}
    for upload in Upload.objects.filter(case=case):
        for address in (f"/api/v1/uploads/{upload.pk}", f"/api/v1/uploads/{upload.pk}/report"):
            answer = Client().get(address, headers={"Authorization": f"Bearer {token}"})
            assert answer.status_code in {200, 409}, (address, answer.status_code)
            asked[address] = answer.content
    return asked


def pages_of(case: Case) -> list[str]:
    """Every address that shows something of the case, its evidence and its trail."""
    found = [f"/cases/{case.key}{tab}" for tab in ("", "/evidence", "/diagnosis", "/escalation", "/timeline", "/ask")]
    for upload in Upload.objects.filter(case=case):
        found += [f"/evidence/uploads/{upload.pk}{part}" for part in ("", "/report.json", "/patterns")]
    for file in Artifact.objects.filter(upload__case=case, sealed_id__isnull=False):
        found += [
            f"/evidence/files/{file.pk}",
            f"/evidence/files/{file.pk}?start=20",
            f"/evidence/files/{file.pk}/download",
            *([f"/evidence/files/{file.pk}/picture"] if file.kind == "image" else []),
        ]
    found += [f"/cases/{case.key}/evidence/{item.key}" for item in Item.objects.filter(case=case)]
    found += [f"/evidence/cases/{case.key}/{part}" for part in ("uploads/list", "words", "request", "impact", "fixes")]
    found += [f"/cases/{case.key}/{part}" for part in ("runbooks", "failure-modes", "outside", "queries")]
    for packet in Escalation.objects.filter(case=case):
        found += [f"/escalations/{packet.key}/{part}" for part in ("", "packet.md", "packet.json")]
    found += to_look_at(case)
    searches = [f"/search?q={word}" for word in ("sync", "ERROR", "write", "password", "api.example.test")]
    return [
        *found,
        *searches,
        "/",
        "/cases/",
        "/people/notices",
        "/governance/approvals",
        "/escalations/",
    ]


def shown(client: Client, address: str) -> bytes:
    # Parts of a page are asked for as the page itself asks; opened bare they lead to the whole page.
    answer: Any = client.get(address, headers={"HX-Request": "true"})
    assert answer.status_code in SHOWN, (address, answer.status_code)
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def exported() -> bytes:
    export_trail(TrailFilter(), by=cast().sol, form="json")
    rows = list(Event.objects.order_by("seq"))
    return "".join([*as_csv(rows), *as_json(rows)]).encode()


def mailed(outbox: list[EmailMessage]) -> bytes:
    """Every mail as it goes over the wire, and its text before it was encoded for that."""
    return b"\n".join(
        part for mail in outbox for part in (mail.message().as_bytes(), f"{mail.subject}\n{mail.body}".encode())
    )


def test_no_planted_value_is_found_anywhere_in_any_form(
    said: io.StringIO, mailoutbox: list[EmailMessage], settings: Any, tmp_path: Path
) -> None:
    settings.OPTIONS = settings.OPTIONS.model_copy(update={"smtp_url": "smtp://mail.example.test"})
    work.listed(settings, tmp_path, sqlite_desk(tmp_path))
    story = Story()
    story.tell()
    story.send()
    story.diagnose()
    worker.drain()
    look_at_pictures(story)
    story.correct()
    worker.drain()
    look_at_pictures(story)
    draft(story.case.key, by=cast().lea)
    worker.drain()
    lea = signed_in(cast().lea)
    pages = {address: shown(lea, address) for address in pages_of(story.case)}

    pages[CUSTOMER] = shown(Client(), story.link)
    places = {"store and database": everything(), "log": said.getvalue().encode(), "export": exported(), **pages}
    places |= {"mail": mailed(mailoutbox), **answers_of(story.case)}
    planted_values = [*story.values, ("a named word", WORD)]
    leaks = [
        (kind, form, place)
        for kind, value in planted_values
        for form, data in forms(value).items()
        for place, content in places.items()
        if data in content and (kind, place) != ("the link", CUSTOMER)  # its own page sends by it
    ]

    assert len(planted_values) > 200
    assert Upload.objects.filter(case=story.case, state="available").count() == 14
    named = {place for kind, _, place in leaks if kind == "a named word"}
    assert [leak for leak in leaks if leak[0] != "a named word"] == []
    # The trail is never rewritten: what somebody typed before the word was named stays there, and is masked in pages.
    assert named <= {"store and database", "export"}
