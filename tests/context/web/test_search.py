"""The search finds all words in any order, wherever the person may read them, and nothing that is not theirs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sevline.cases import actions
from sevline.cases.models import Case, CaseFact
from sevline.cases.selectors import find, queue
from sevline.evidence.models import Item
from sevline.people.models import Person
from sevline.platform import clock
from tests import make
from tests.cast import cast, signed_in
from tests.context.escalations import story

pytestmark = pytest.mark.django_db

SAID = "Jonas saw the Straßenkarte and a token bucket of 40 in Müllers tenant."
TITLE = "Orders page answers 429 for most users"


def _case() -> Case:
    case = make.case(TITLE, severity=3)
    actions.add_note(
        case.key, by=cast().sam, text="Jonas saw the Straßenkarte and a token bucket of 40 in Müllers tenant."
    )
    return case


def _item(case: Case, number: int = 3) -> Item:
    return Item.objects.create(
        case=case, number=number, claim="429", source="gateway", collected_by=cast().sam, at=clock.now()
    )


@pytest.mark.parametrize(
    "words",
    [
        "orders 429",
        "429 orders",
        "ORDERS Users",
        "orders jonas",
        "token bucket orders",
        "“token bucket”",
        '"page answers 429"',
        "brightwater orders",
        "t_4471 429",
        "müllers",
        "MÜLLERS",
        "straßenkarte 429",
    ],
)
def test_all_words_in_any_order_find_a_case_by_title_text_customer_and_tenant(words: str) -> None:
    case = _case()
    place = make.environment()
    Case.objects.filter(pk=case.pk).update(account=place.account, environment=place)

    found = signed_in(cast().sam).get("/search", {"q": words}).content.decode()
    in_queue = queue(cast().sam, "open", at=clock.now(), filters={"q": words}).rows

    assert "1 found" in found
    assert TITLE in found
    assert [row.pk for row in in_queue] == [case.pk]


@pytest.mark.parametrize("words", ["orders 428999999", "“429 answers”", "orders nobody", "%", "_____", "429 x\\"])
def test_a_word_that_stands_nowhere_finds_nothing(words: str) -> None:
    _case()

    assert "0 found" in signed_in(cast().sam).get("/search", {"q": words}).content.decode()


def test_the_text_that_has_the_words_is_shown_around_them() -> None:
    _case()

    page = signed_in(cast().sam).get("/search", {"q": "orders bucket"}).content.decode()

    assert "<b>bucket</b> of 40" in page


def test_a_stranger_finds_and_counts_nothing_by_text_customer_or_record() -> None:
    case = _case()
    _item(case)
    packet = story.drafted()
    eve, asked = signed_in(cast().eve), ("jonas", "orders 429", "brightwater", packet.key, "E-3", f"{case.key} E-3")

    pages = [eve.get("/search", {"q": words}) for words in asked]

    assert [page.status_code for page in pages] == [200] * len(asked)
    assert all("0 found" in page.content.decode() for page in pages)


def test_the_number_of_a_packet_leads_to_it_and_finds_its_case() -> None:
    packet = story.drafted()
    sam = signed_in(cast().sam)

    assert sam.get("/search", {"q": packet.key.lower()})["Location"] == f"/escalations/{packet.key}/"
    assert find(cast().sam, packet.key) == [packet.case]
    assert [row.pk for row in queue(cast().sam, "open", at=clock.now(), filters={"q": packet.key}).rows] == [
        packet.case_id
    ]


def test_the_number_of_a_piece_of_evidence_finds_its_cases_and_with_the_case_leads_to_it() -> None:
    case = _case()
    _item(case)
    sam = signed_in(cast().sam)

    assert "1 found" in sam.get("/search", {"q": "E-3"}).content.decode()
    assert sam.get("/search", {"q": f"{case.key} E-3"})["Location"] == f"/cases/{case.key}/evidence/E-3"


@pytest.mark.parametrize(("who", "finds"), [("sam", 1), ("vic", 0)])
def test_evidence_is_found_only_by_who_may_see_evidence(who: str, finds: int) -> None:
    case = _case()
    person: Person = getattr(cast(), who)
    person.teams.add(case.team)
    _item(case)
    CaseFact.objects.create(case=case, kind="request_id", value="req-81f3ab20", source="E-3")

    assert len(find(person, "E-3")) == finds
    assert len(find(person, "req-81f3ab20")) == finds
    assert find(person, "orders 429") == [case]


def test_cases_with_the_words_in_the_title_come_before_newer_ones_that_have_them_in_a_text() -> None:
    titled = _case()
    mentioned = make.case("Another matter", severity=3)
    actions.add_note(mentioned.key, by=cast().sam, text="As with the orders page, 429 came back.")

    assert find(cast().sam, "429 orders") == [titled, mentioned]


def test_a_search_asks_the_database_as_often_for_many_hits_as_for_one() -> None:
    _case()
    sam = signed_in(cast().sam)
    sam.get("/search", {"q": "jonas bucket"})
    with CaptureQueriesContext(connection) as one:
        sam.get("/search", {"q": "jonas bucket"})
    for _ in range(6):
        _case()
    with CaptureQueriesContext(connection) as many:
        page = sam.get("/search", {"q": "jonas bucket"}).content.decode()

    assert "7 found" in page
    assert len(many) == len(one)
