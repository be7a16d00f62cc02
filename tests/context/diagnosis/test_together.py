"""Files that complete one another are read side by side, whenever each of them came."""

import base64
import json

import pytest
from django.utils.html import escape
from lxml import etree

from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.diagnosis import actions, selectors
from sevline.diagnosis.models import FilesRead, Finding
from sevline.diagnosis.tasks import read_files_together
from sevline.evidence import actions as evidence
from sevline.evidence.models import Artifact, Item, Upload
from sevline.platform.jobs import worker
from tests import make
from tests.cast import cast, signed_in
from tests.evidence import ACS, ENTITY, call, har_bytes, metadata
from tests.signon.catalogue import FAULTS
from tests.signon.draft import Draft
from tests.signon.faults import made
from tests.unit.bench.test_foreign_files import SOURCE, TARGET

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # each file goes through a parser process of its own

SETTINGS = json.dumps({"sp": {"entityId": ENTITY, "assertionConsumerService": {"url": ACS}}}).encode()


@pytest.fixture
def case() -> Case:
    return make.case(severity=2)


def recording(fault: str = "another audience") -> bytes:
    data = made(*(one for one in FAULTS if one.name == fault)).data() if fault else Draft().data()
    packed = base64.b64encode(data).decode().replace("+", "%2B").replace("=", "%3D")
    return har_bytes(call(302, method="POST", url=ACS, post=f"SAMLResponse={packed}&RelayState=x"))


def came(case: Case, data: bytes, name: str) -> Upload:
    evidence.attach(case.key, name, [data], by=cast().sam)
    worker.drain()
    return Upload.objects.filter(case=case).order_by("-number")[0]


def states(case: Case, check_id: str) -> set[str]:
    return {row.state for row in selectors.findings(cast().sam, case) if row.check_id == check_id}


def test_the_page_says_which_files_its_findings_do_not_know_yet(case: Case) -> None:
    page = f"/cases/{case.key}/diagnosis"
    evidence.attach(case.key, "login.har", [recording()], by=cast().sam)
    before = signed_in(cast().sam).get(page).content.decode()

    worker.drain()

    after = signed_in(cast().sam).get(page).content.decode()
    assert "1 file of the case is still being read. What stands here is without it" in before
    assert "still being read" not in after


def test_a_file_that_is_read_and_whose_findings_come_with_the_next_job_is_not_called_missing(case: Case) -> None:
    upload = came(case, recording(), "login.har")
    Finding.objects.filter(upload=upload).delete()

    page = signed_in(cast().sam).get(f"/cases/{case.key}/diagnosis").content.decode()

    assert "1 file of the case is still being read" in page
    assert "The checks have still to say what they found." in page
    assert "Nothing yet. Attach" not in page


def test_the_page_gives_no_all_clear_while_files_wait_to_be_read_together(case: Case) -> None:
    page = f"/cases/{case.key}/diagnosis"
    came(case, b"2026-03-02T09:00:00Z INFO started", "app.log")
    came(case, b"2026-03-02T09:00:00Z INFO stopped", "worker.log")
    read_files_together.enqueue(case.key)
    before = signed_in(cast().sam).get(page).content.decode()

    worker.drain()

    after = signed_in(cast().sam).get(page).content.decode()
    assert "still to be read together" in before
    assert "No file shows a fault alone; what they show together is still open." in before
    assert "still to be read together" not in after
    assert "No check found anything wrong." in after


def test_that_no_step_fails_is_said_with_the_files_that_are_still_to_be_read_or_to_be_read_side_by_side(
    case: Case,
) -> None:
    address, still = f"/cases/{case.key}/diagnosis", "Files of the case are still to be read"
    came(case, recording(""), "login.har")
    evidence.attach(case.key, "sp.json", [SETTINGS], by=cast().sam)
    waiting = signed_in(cast().sam).get(address).content.decode()

    worker.drain()
    whole = signed_in(cast().sam).get(address).content.decode()
    FilesRead.objects.all().delete()
    failed_for_good = signed_in(cast().sam).get(address).content.decode()
    read_files_together.enqueue(case.key)
    apart = signed_in(cast().sam).get(address).content.decode()

    assert "No step fails by what is there so far." in waiting
    assert [still in page for page in (waiting, whole, failed_for_good, apart)] == [True, False, False, True]
    assert "The files were not read beside one another" in failed_for_good


def test_what_two_files_say_alike_stands_on_the_page_once_with_both_places(case: Case) -> None:
    came(case, b"2026-03-02T09:00:00Z INFO started", "app.log")
    came(case, recording(), "login.har")
    said = Finding.objects.filter(case=case, check_id="SAML18").latest("pk")
    first = said.pk
    said.pk, said.upload = None, Upload.objects.get(case=case, number=1)
    said.save(force_insert=True)

    page = signed_in(cast().sam).get(f"/cases/{case.key}/diagnosis").content.decode()

    assert page.count(f"<h3>{escape(said.title)}</h3>") == 1
    assert "The same in" in page
    assert page.count(f'id="finding-{first}"') == page.count(f'id="finding-{said.pk}"') == 1


def test_what_files_that_are_read_together_say_alike_is_one_finding_with_both_places(case: Case) -> None:
    came(case, SETTINGS, "sp.json")
    recorded = came(case, recording(), "login.har")
    response = came(case, made(*(one for one in FAULTS if one.name == "another audience")).data(), "response.xml")

    (finding,) = [row for row in selectors.findings(cast().sam, case) if row.check_id == "SAML18"]

    assert {place["upload"] for place in finding.evidence} == {recorded.pk, response.pk}


def test_a_response_is_judged_by_settings_and_metadata_that_came_later(case: Case) -> None:
    came(case, recording(), "login.har")
    alone = states(case, "SAML06")

    came(case, SETTINGS, "sp.json")
    came(case, etree.tostring(metadata("idp").root), "idp.xml")

    assert alone == {"NOT_EVALUATED"}
    assert states(case, "SAML06") == {"FAIL"}
    assert states(case, "SAML11") == {"PASS"}
    assert FilesRead.objects.filter(case=case)[0].names == "U-1, U-2, U-3"


def test_each_place_is_cited_in_the_file_that_holds_it_and_becomes_evidence_there(case: Case) -> None:
    first = came(case, recording(), "login.har")
    came(case, SETTINGS, "sp.json")
    finding = Finding.objects.get(case=case, check_id="SAML06", state="FAIL")

    item = evidence_of(case, finding)

    assert finding.evidence[0]["upload"] == first.pk
    assert item.artifact is not None
    assert item.artifact.upload == first


def evidence_of(case: Case, finding: Finding) -> Item:
    return actions.use_as_evidence(case.key, finding.pk, by=cast().sam)


def test_a_finding_that_stays_keeps_its_number_and_its_evidence(case: Case) -> None:
    came(case, recording(), "login.har")
    came(case, SETTINGS, "sp.json")
    before = Finding.objects.get(case=case, check_id="SAML06", state="FAIL")
    item = evidence_of(case, before)

    came(case, etree.tostring(metadata("idp").root), "idp.xml")

    after = Finding.objects.get(case=case, check_id="SAML06", state="FAIL")
    assert (after.pk, after.item) == (before.pk, item)


def test_when_the_settings_are_removed_the_response_says_again_what_it_shows_alone(case: Case) -> None:
    came(case, recording(), "login.har")
    settings = came(case, SETTINGS, "sp.json")

    evidence.remove(settings.pk, by=cast().lea, reason="Another customer's")
    worker.drain()

    assert states(case, "SAML06") == {"NOT_EVALUATED"}
    assert FilesRead.objects.filter(case=case)[0].uploads == []


def test_two_extracts_that_came_apart_are_compared_and_the_comparison_can_be_opened(case: Case) -> None:
    came(case, SOURCE.encode(), "source.csv")
    came(case, TARGET.encode(), "target.csv")

    (comparison,) = Artifact.objects.filter(upload__case=case, key__startswith="together.")
    finding = next(row for row in Finding.objects.filter(case=case, check_id="SYNC02", state="FAIL"))
    assert comparison.name == "Comparison of source.csv and target.csv"
    assert finding.evidence[0]["artifact"] == comparison.key
    assert comparison.sealed_id is not None


def test_files_that_do_not_complete_one_another_are_not_read_again(case: Case) -> None:
    came(case, b"2026-11-16T09:42:00Z ERROR pool is exhausted\n" * 3, "app.log")
    came(case, SETTINGS, "sp.json")

    assert not FilesRead.objects.filter(case=case).exists()


def test_reading_the_same_files_once_more_changes_nothing(case: Case) -> None:
    came(case, recording(), "login.har")
    came(case, SETTINGS, "sp.json")

    again = read_files_together.call(case.key)

    assert again == 0
    assert FilesRead.objects.filter(case=case).count() == 1


def test_what_a_person_says_that_a_file_is_decides_the_side_of_a_comparison(case: Case) -> None:
    first = came(case, TARGET.encode(), "a.csv")
    second = came(case, SOURCE.encode(), "b.csv")

    evidence.read_as(second.pk, by=cast().sam, role="source")
    evidence.read_as(first.pk, by=cast().sam, role="target")
    worker.drain()

    (comparison,) = Artifact.objects.filter(upload__case=case, key__startswith="together.")
    assert comparison.name == "Comparison of b.csv and a.csv"


def test_a_role_that_there_is_not_is_refused(case: Case) -> None:
    upload = came(case, SETTINGS, "sp.json")

    with pytest.raises(Refused, match="A file is read as one of"):
        evidence.read_as(upload.pk, by=cast().sam, role="spreadsheet")


def test_the_sign_in_is_drawn_with_the_step_that_only_the_other_files_show_to_fail(case: Case) -> None:
    upload = came(case, recording(), "login.har")
    came(case, SETTINGS, "sp.json")

    sam = signed_in(cast().sam)
    diagnosis = sam.get(f"/cases/{case.key}/diagnosis").content.decode()
    alone = sam.get(f"/evidence/uploads/{upload.pk}").content.decode()

    assert "Step 5 fails first: is it meant for us, and in time." in diagnosis
    assert "No step fails by what is there, read alone. The diagnosis of the case shows it" in alone


def test_a_files_page_and_diagnosis_agree_on_what_two_files_show_together(case: Case) -> None:
    first = came(case, recording(), "login.har")
    came(case, SETTINGS, "sp.json")
    client = signed_in(cast().sam)

    page = client.get(f"/evidence/uploads/{first.pk}").content.decode()
    beside = client.get(f"/cases/{case.key}/files-together/{first.number}", headers={"HX-Request": "true"})
    said = beside.content.decode()

    assert "SAML06" in page.partition("this file beside others of the case")[0].rpartition("<p")[2]
    assert "SAML06" in said
    assert "desk.example.com/saml" in said
    assert f'hx-get="/cases/{case.key}/files-together/{first.number}"' in page


def test_a_file_that_says_all_by_itself_shows_nothing_beside_others(case: Case) -> None:
    upload = came(case, SETTINGS, "sp.json")

    said = signed_in(cast().sam).get(
        f"/cases/{case.key}/files-together/{upload.number}", headers={"HX-Request": "true"}
    )

    assert said.content.decode().strip() == ""


EMITTED = "event_id,emitted_at\n" + "".join(f"e{at:03},2026-10-14T10:{at:02}:00.000Z\n" for at in range(40))
DELIVERED = "event_id,event_type,attempt,sent_at,status_code,duration_ms,endpoint\n" + "".join(
    f"e{at:03},order.paid,1,2026-10-14T10:{at:02}:01.000Z,200,80,https://in.heron.example/h\n" for at in range(30)
)


def test_each_of_two_files_says_what_both_show_also_the_one_that_is_not_cited(case: Case) -> None:
    emitted = came(case, EMITTED.encode(), "emitted.csv")
    delivered = came(case, DELIVERED.encode(), "deliveries.csv")
    client = signed_in(cast().sam)

    pages = [
        client.get(f"/cases/{case.key}/files-together/{upload.number}", headers={"HX-Request": "true"}).content.decode()
        for upload in (emitted, delivered)
    ]

    assert [page.count("10 of 40 emitted events were not delivered") for page in pages] == [1, 1]


def test_the_evidence_tab_names_what_the_files_show_alone_and_together(case: Case) -> None:
    came(case, recording(), "login.har")
    came(case, SETTINGS, "sp.json")
    client = signed_in(cast().sam)

    page = client.get(f"/cases/{case.key}/evidence").content.decode()
    part = client.get(f"/cases/{case.key}/files-together", headers={"HX-Request": "true"}).content.decode()

    assert "What the files show" in page
    assert "SAML06" in page.partition("What the files show")[2].partition("Attach evidence")[0]
    assert "SAML06" in part
    assert "hx-get" not in part


def test_the_evidence_tab_asks_again_while_files_are_read(case: Case) -> None:
    evidence.attach(case.key, "login.har", [recording()], by=cast().sam)

    page = signed_in(cast().sam).get(f"/cases/{case.key}/evidence").content.decode()

    told = page.partition('id="told"')[2].partition(">")[0]
    assert f"/cases/{case.key}/files-together" in told
    assert "What the files show" not in page


def test_the_evidence_tab_of_a_case_without_files_says_nothing_of_what_they_show(case: Case) -> None:
    page = signed_in(cast().sam).get(f"/cases/{case.key}/evidence").content.decode()

    assert '<div id="told"></div>' in page


def test_a_file_with_nothing_wrong_is_told_in_one_line_a_check(case: Case) -> None:
    upload = came(case, recording(""), "login.har")
    client = signed_in(cast().sam)

    tab = client.get(f"/cases/{case.key}/evidence").content.decode()
    page = client.get(f"/evidence/uploads/{upload.pk}").content.decode()

    passed = page.partition("checks passed</h3>")[2].partition("not evaluated")[0]
    assert "SAML03" in passed
    assert 'class="quote"' not in passed
    assert "What the files show" in tab
