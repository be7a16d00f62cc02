"""The pages of escalations: what each of the cast gets, and what is said when something is refused."""

import hashlib
import re

import pytest
from django.test import Client

from sevline.escalations import actions
from sevline.escalations.models import Escalation, PacketVersion
from sevline.platform import clock
from tests import make
from tests.cast import cast, signed_in
from tests.context.escalations import story

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def sam() -> Client:
    return signed_in(cast().sam)


def ravi() -> Client:
    return signed_in(cast().ravi)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content[:400]
    return answer.content.decode()


def test_starting_a_packet_leads_to_its_page() -> None:
    case = story.plain_case()

    answer = sam().post(f"/cases/{case.key}/escalate")

    assert answer.status_code == 302
    assert answer["Location"] == Escalation.objects.get().page


def test_the_packet_shows_its_fields_by_their_numbers() -> None:
    escalation = story.drafted()

    text = page(sam(), escalation.page)

    order = re.findall(r'<section id="(P\d+)"', text)
    assert order == [f"P{number}" for number in range(1, 15)]


def test_the_gate_names_the_score_the_gates_and_where_the_next_points_are_won() -> None:
    escalation = actions.draft(story.plain_case().key, by=cast().sam)

    text = page(sam(), escalation.page)

    assert "of 100, needs 80" in text
    assert f'href="{escalation.case.page}/diagnosis"' in text
    assert "Search the known errors and keep the terms." in text
    assert 'href="#P2"' in text


def test_the_head_of_the_page_says_whether_the_packet_can_go_and_what_keeps_it_back() -> None:
    escalation = actions.draft(story.plain_case().key, by=cast().sam)
    complete = story.drafted()

    text, sendable = page(sam(), escalation.page), page(sam(), complete.page)

    head = text.partition('<h2 id="P1-title">')[0]
    assert re.search(r"Not ready: \d of 7 hard gates fails?, [\d.]+ points are missing", head)
    assert text.index('id="gates-title"') < text.index('id="steps-title"')
    assert '<a href="#gate">Ready to send</a>' in sendable


def test_every_evidence_id_in_a_claim_leads_to_a_row_of_the_packet() -> None:
    escalation = story.drafted()

    text = page(sam(), escalation.page)

    cited = set(re.findall(r'class="cite" href="#([EM]-\d+)"', text))
    assert cited
    assert all(f'<tr id="{key}"' in text for key in cited)


def test_leaving_a_field_saves_it_and_answers_the_gate_with_the_new_score() -> None:
    escalation = actions.draft(story.plain_case().key, by=cast().sam)
    before = Escalation.objects.get().version

    answer = sam().post(
        f"{escalation.page}edit",
        {"seen_version": before, "expected": "A session starts", "actual": "401"},
        headers=HTMX,
    )

    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="gate"' in text
    assert f'id="packet-seen_version" value="{before + 1}"' in text
    assert "Expected: A session starts" in text
    assert f'name="seen_version" value="{before + 1}" id="sendform-seen_version"' in text
    assert Escalation.objects.get().fields["actual"] == "401"


def test_what_the_form_does_not_change_is_not_written_over_the_case() -> None:
    escalation = actions.draft(story.plain_case().key, by=cast().sam)

    sam().post(f"{escalation.page}edit", {"seen_version": 1, "expected": "A session starts"}, headers=HTMX)

    assert Escalation.objects.get().fields == {"expected": "A session starts"}


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_stale_edit_is_answered_with_both_texts(headers: dict[str, str]) -> None:
    escalation = story.drafted()
    actions.edit(escalation.key, by=cast().lea, texts={"expected": "Theirs"})

    answer = sam().post(f"{escalation.page}edit", {"seen_version": 1, "expected": "Mine"}, headers=headers)

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Mine" in text
    assert "Theirs" in text
    assert Escalation.objects.get().fields["expected"] == "Theirs"


def test_sending_too_early_says_what_is_missing_and_sends_nothing() -> None:
    escalation = actions.draft(story.plain_case().key, by=cast().sam)

    answer = sam().post(f"{escalation.page}submit", {"seen_version": 1})

    assert answer.status_code == 422
    assert "Search the known errors and keep the terms." in answer.content.decode()
    assert Escalation.objects.get().status == "drafted"


def test_a_packet_that_passes_is_sent_from_its_page() -> None:
    escalation = story.drafted()

    answer = sam().post(f"{escalation.page}submit", {"seen_version": escalation.version})

    assert answer.status_code == 302
    assert Escalation.objects.get().status == "submitted"


def test_the_sent_version_is_downloaded_with_the_hash_that_the_page_shows() -> None:
    escalation = story.sent()
    version = PacketVersion.objects.get()

    answer = ravi().get(f"{escalation.page}packet.json")

    assert hashlib.sha256(answer.content).hexdigest() == version.sha256
    assert version.sha256[:12] in page(ravi(), escalation.page)
    assert answer["Content-Disposition"] == f'attachment; filename="{escalation.key}-v1.json"'
    assert ravi().get(f"{escalation.page}packet.md").content.decode().startswith("# SSO: Sign-in fails")


def test_the_engineer_reads_the_version_that_was_sent_and_not_the_draft_of_today() -> None:
    escalation = story.sent()
    actions.edit(escalation.key, by=cast().sam, texts={"expected": "Written after it was sent"})

    assert "Written after it was sent" not in page(ravi(), escalation.page)
    assert "Written after it was sent" in page(sam(), escalation.page)


def test_the_inbox_shows_what_waits_and_opens_the_first_packet() -> None:
    escalation = story.sent()

    text = page(ravi(), "/escalations/")

    assert escalation.key in text
    assert "Accept the renewed entity id of this tenant." in text
    assert "do-accept-and-act" in text


def test_an_engineer_of_another_team_finds_an_empty_inbox() -> None:
    story.sent()

    assert "Nothing waits for an answer" in page(signed_in(cast().noor), "/escalations/")


def test_a_rejection_without_a_code_comes_back_with_what_was_typed() -> None:
    escalation = story.sent()

    answer = ravi().post(f"{escalation.page}reject", {"reason_code": "", "note": "It works as built."})

    assert answer.status_code == 422
    assert "Give a reason code" in answer.content.decode()
    assert "It works as built." in answer.content.decode()
    assert Escalation.objects.get().status == "submitted"


@pytest.mark.parametrize(
    ("verb", "given", "status"),
    [
        ("acknowledge", {}, "acknowledged"),
        ("accept", {"note": "Taken."}, "accepted"),
        ("accept-and-act", {"action_code": "repro_started"}, "accepted_acting"),
        ("return", {"reason_code": "R01", "note": "How?", "asks_for": ["P6"]}, "changes_requested"),
        ("reject", {"reason_code": "R05", "note": "As built."}, "rejected"),
        ("duplicate", {"duplicate_of": "KE-12"}, "duplicate"),
        ("hand-over", {"team_key": "delivery"}, "handed_over"),
        ("ask", {"text": "Which shard?"}, "submitted"),
    ],
)
def test_an_engineer_answers_by_each_form(verb: str, given: dict[str, str], status: str) -> None:
    escalation = story.sent()

    answer = ravi().post(f"{escalation.page}{verb}", given)

    assert answer.status_code == 302, answer.content[:300]
    assert Escalation.objects.get().status == status


def test_what_was_answered_moves_to_the_answered_tab() -> None:
    escalation = story.sent()
    actions.reject(escalation.key, by=cast().ravi, reason_code="R05", note="It works as built.")

    assert escalation.key not in page(ravi(), "/escalations/")
    assert escalation.key in page(ravi(), "/escalations/?show=answered")


def test_after_a_hand_over_the_moves_are_offered_to_the_new_team_only() -> None:
    escalation, _ = story.sent(), make.team("delivery")
    actions.hand_over(escalation.key, by=cast().ravi, team_key="delivery")

    before, after = page(ravi(), escalation.page), page(signed_in(cast().noor), escalation.page)

    assert 'data-opens="do-accept"' not in before
    assert "is with Delivery. Its engineers or an IC answer it." in before
    assert 'data-opens="do-accept"' in after
    assert "Its engineers or an IC answer it." not in after
    assert ravi().get(f"{escalation.page}accept").status_code == 403


def test_support_answers_a_question_on_the_packet() -> None:
    escalation = story.sent()
    question = actions.ask(escalation.key, by=cast().ravi, text="Which shard?")

    answer = sam().post(f"{escalation.page}answer", {"question_id": question.pk, "text": "Shard 3."})

    assert answer.status_code == 302
    assert "Shard 3." in page(ravi(), escalation.page)


@pytest.mark.parametrize("address", ["", "packet.json", "packet.md", "accept", "submit"])
def test_the_number_of_another_teams_escalation_is_answered_like_one_that_does_not_exist(address: str) -> None:
    escalation = story.sent()
    eve = signed_in(cast().eve)

    assert eve.get(f"{escalation.page}{address}").status_code == 404
    assert eve.get(f"/escalations/ESC-999/{address}").status_code == 404


def test_an_answer_by_support_is_forbidden() -> None:
    escalation = story.sent()

    assert sam().post(f"{escalation.page}accept", {}).status_code == 403
    assert Escalation.objects.get().status == "submitted"


@pytest.mark.parametrize("rows", [1, 4])
def test_the_inbox_asks_as_often_for_many_packets_as_for_one(rows: int, django_assert_max_num_queries: object) -> None:
    for _ in range(rows):
        story.sent()
    client = ravi()
    page(client, "/escalations/")

    with django_assert_max_num_queries(34):  # type: ignore[operator]  # a fixture that pytest-django does not type
        page(client, "/escalations/")


def test_the_tab_of_the_case_starts_a_packet_and_then_leads_to_it() -> None:
    case = story.plain_case()

    before = page(sam(), f"{case.page}/escalation")
    escalation = actions.draft(case.key, by=cast().sam)
    after = page(sam(), f"{case.page}/escalation")

    assert f'action="/cases/{case.key}/escalate"' in before
    assert f'href="{escalation.page}"' in after
    assert "Draft the packet" not in after


def test_a_question_that_was_sent_twice_is_asked_once_and_another_one_is_asked_too() -> None:
    escalation = story.sent()
    address, question = f"{escalation.page}ask", {"text": "Which build is this?", "form_token": "t"}

    answers = [ravi().post(address, question).status_code for _ in range(2)]
    ravi().post(address, {**question, "form_token": "later"})
    ravi().post(address, {**question, "text": "Which region is this?"})

    assert answers == [302, 302]
    assert [row.text for row in escalation.questions.all()] == [
        "Which build is this?",
        "Which build is this?",
        "Which region is this?",
    ]
    assert story.events(escalation).count("asked") == 3


def test_an_action_that_was_sent_twice_is_told_once_and_a_later_one_is_told_too() -> None:
    escalation = story.sent()
    with clock.held_at(story.after(45)):
        actions.accept(escalation.key, by=cast().ravi)
    address = f"{escalation.page}act"
    action = {"action_code": "change_started", "note": "In the gateway.", "form_token": "t"}

    answers = [ravi().post(address, action).status_code for _ in range(2)]
    once = story.events(escalation).count("acted")
    ravi().post(address, {**action, "note": "In the metadata reader."})
    ravi().post(address, {**action, "form_token": "later"})

    assert (answers, once) == ([302, 302], 1)
    assert story.events(escalation).count("acted") == 3
