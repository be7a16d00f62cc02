"""P7: which of the found times, ids and tenants go to Engineering is the writer's choice."""

import json

import pytest
from django.test import Client

from sevline.cases import actions as cases
from sevline.core import packet as core
from sevline.core.lifecycle import Refused
from sevline.escalations import actions, selectors
from sevline.escalations.models import Escalation
from tests.cast import cast
from tests.context.escalations import story

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.slow]


def _drafted() -> Escalation:
    escalation = story.drafted()
    cases.add_note(escalation.case.key, by=cast().sam, text="The gateway logged request_id=req-81f3ab20 for it.")
    return escalation


def _p7(escalation: Escalation) -> str:
    escalation.refresh_from_db()
    return core.draft(selectors.facts_of(escalation)).texts["p7"]


def test_a_found_id_that_belongs_to_something_else_is_taken_out_and_can_come_back() -> None:
    escalation = _drafted()
    sam = cast().sam

    actions.edit(escalation.key, by=sam, texts={}, found={"request_id": {"req-81f3ab20": False}})
    assert "req-81f3ab20" not in _p7(escalation)

    actions.edit(escalation.key, by=sam, texts={}, found={"request_id": {"req-81f3ab20": True}})
    assert "Request ids: req-81f3ab20" in _p7(escalation)


def test_what_no_reader_found_is_added_with_its_zone() -> None:
    escalation = _drafted()

    actions.edit(
        escalation.key,
        by=cast().sam,
        texts={"times": "2026-11-16 11:10:05 CET", "request_ids": "req-new1, req-new2", "tenant": "t-4711"},
    )

    text = _p7(escalation)
    assert "2026-11-16 10:10:05 UTC" in text
    assert "Request ids: req-81f3ab20, req-new1, req-new2" in text
    assert "Tenant: t-4711\n" in text


def test_a_tenant_that_is_meant_leaves_the_others_out() -> None:
    escalation = _drafted()
    cases.add_note(escalation.case.key, by=cast().sam, text="Seen for tenant_id=t-other99 as well.")
    assert "t-other99" in _p7(escalation)

    actions.edit(escalation.key, by=cast().sam, texts={}, found={"tenant": {"t-other99": False}})

    assert "t-other99" not in _p7(escalation)


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ({"times": "2026-11-16 11:10"}, "does not say its time zone"),
        ({"times": "2026-11-16 11:10 IST"}, "“IST” can mean India"),
        ({"times": "11:10 CET"}, "is no day and time"),
        ({"request_ids": "r" * 200}, "no id is longer than 128"),
        ({"tenant": "the big one"}, "one word"),
        ({"confidence": "certain"}, "The confidence is one of suspected, probable"),
    ],
)
def test_what_cannot_be_a_time_or_an_id_is_refused_and_nothing_is_kept(texts: dict[str, str], sentence: str) -> None:
    escalation = _drafted()
    before = _p7(escalation)

    with pytest.raises(Refused, match=sentence):
        actions.edit(escalation.key, by=cast().sam, texts=texts)

    assert _p7(escalation) == before


def test_a_value_that_was_never_found_is_not_chosen() -> None:
    escalation = _drafted()

    with pytest.raises(Refused, match="was not found"):
        actions.edit(escalation.key, by=cast().sam, texts={}, found={"request_id": {"req-made-up": True}})
    with pytest.raises(Refused, match="no values of the kind"):
        actions.edit(escalation.key, by=cast().sam, texts={}, found={"cookie": {"x": True}})


def test_ten_go_by_themselves_and_the_one_that_matters_is_brought_in() -> None:
    escalation = _drafted()
    ids = [f"req-000000{number:02}" for number in range(20)]
    cases.add_note(escalation.case.key, by=cast().sam, text=" ".join(f"request_id={one}" for one in ids))
    assert "req-00000015" not in _p7(escalation)

    actions.edit(escalation.key, by=cast().sam, texts={}, found={"request_id": {"req-00000015": True, ids[0]: False}})

    text = _p7(escalation)
    assert "req-00000015" in text
    assert ids[0] not in text


def test_the_page_offers_what_was_found_and_saves_what_is_ticked() -> None:
    escalation = _drafted()
    page = Client()
    page.force_login(cast().sam)
    shown = page.get(escalation.page).content.decode()
    offered: dict[str, list[str]] = {"time": [], "request_id": ["req-81f3ab20"], "trace_id": [], "tenant": []}

    assert "Request ids that go to Engineering" in shown
    assert 'name="p7_request_id" value="req-81f3ab20"' in shown
    answer = page.post(f"{escalation.page}edit", {"p7_offered": json.dumps(offered), **story.ASK})

    assert answer.status_code == 302
    assert "req-81f3ab20" not in _p7(escalation)


def test_what_was_found_after_the_page_was_shown_is_not_taken_out_by_saving_it() -> None:
    escalation = _drafted()
    page = Client()
    page.force_login(cast().sam)
    offered = {"request_id": ["req-81f3ab20"]}
    cases.add_note(escalation.case.key, by=cast().sam, text="Again with request_id=req-later01")

    page.post(
        f"{escalation.page}edit",
        {"p7_offered": json.dumps(offered), "p7_request_id": ["req-81f3ab20"], "symptom": "fails", **story.ASK},
    )

    assert "Request ids: req-81f3ab20, req-later01" in _p7(escalation)


def test_how_sure_one_is_of_the_component_is_written_on_the_packet() -> None:
    escalation = _drafted()

    actions.edit(escalation.key, by=cast().sam, texts={"confidence": "probable"})

    escalation.refresh_from_db()
    assert "(probable)" in core.draft(selectors.facts_of(escalation)).texts["p11"]


@pytest.mark.parametrize(
    "offered", ['{"time": [{"a": 1}, [2], 3, null], "request_id": {"a": 1}}', "[[{}]]", '"request_id"', "{"]
)
def test_a_list_of_what_was_offered_that_no_page_wrote_takes_nothing_out(offered: str) -> None:
    escalation = _drafted()
    page = Client()
    page.force_login(cast().sam)

    answer = page.post(f"{escalation.page}edit", {"p7_offered": offered, "p7_time": ["never"], **story.ASK})

    assert answer.status_code in {302, 422}
    assert "req-81f3ab20" in _p7(escalation)


def test_an_added_time_whose_zone_was_masked_since_leaves_the_packet_open_for_mending() -> None:
    escalation = _drafted()
    page = Client()
    page.force_login(cast().sam)
    Escalation.objects.filter(pk=escalation.pk).update(fields={"times": "2026-11-25 14:40:05 <WORD-1f0c>"})

    shown = page.get(escalation.page)

    assert shown.status_code == 200
    assert "WORD-1f0c" in shown.content.decode()
