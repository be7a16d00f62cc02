"""What was typed on a packet and cannot be kept is refused at its field; all else is saved, nothing is sent before."""

import re

import pytest

from sevline.core.lifecycle import Refused
from sevline.escalations import actions
from sevline.escalations.models import Escalation
from sevline.escalations.selectors import occurrences
from tests.cast import cast, signed_in
from tests.context.escalations import story

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
REFUSED = {**story.ASK, "expected": "A session starts", "tenant": "the big one"}


def _returned() -> Escalation:
    escalation = story.sent()
    actions.request_changes(
        escalation.key, by=cast().ravi, reason_code="R02", note="Which request ids?", asks_for=("P7",)
    )
    escalation.refresh_from_db()
    return escalation


def test_one_refused_field_keeps_no_other_back_and_the_next_save_goes_on() -> None:
    escalation = _returned()
    sam = signed_in(cast().sam)

    first = sam.post(f"{escalation.page}edit", {"seen_version": escalation.version, **REFUSED}, headers=HTMX)
    seen = re.findall(r'id="packet-seen_version" value="([0-9]+)"', first.content.decode())[0]
    second = sam.post(f"{escalation.page}edit", {"seen_version": seen, **REFUSED, "actual": "401"}, headers=HTMX)

    escalation.refresh_from_db()
    assert (first.status_code, second.status_code) == (422, 422)
    assert (escalation.fields["expected"], escalation.fields["actual"]) == ("A session starts", "401")
    assert "tenant" not in escalation.fields


def test_the_refusal_stands_at_its_field_and_in_a_summary_that_leads_to_it() -> None:
    escalation = _returned()

    answer = signed_in(cast().sam).post(
        f"{escalation.page}edit", {"seen_version": escalation.version, **REFUSED}, headers=HTMX
    )

    text = answer.content.decode()
    assert re.search(r'<p class="field-error" id="packet-tenant-error" hx-swap-oob="true">.*A tenant id is one', text)
    assert '<p class="field-error" id="packet-expected-error" hidden hx-swap-oob="true">' in text
    assert '<a href="#packet-tenant">The tenant that is meant</a>: A tenant id is one word.' in text
    assert "HX-Retarget" not in answer


def test_without_a_script_the_page_shows_the_refusal_the_saved_rest_and_no_way_to_send() -> None:
    escalation = _returned()

    answer = signed_in(cast().sam).post(f"{escalation.page}edit", {"seen_version": escalation.version, **REFUSED})

    text = answer.content.decode()
    escalation.refresh_from_db()
    box = re.findall(r'<input[^>]*id="packet-tenant"[^>]*>', text)[0]
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in box
    assert "packet-tenant-error" in box
    assert f'id="packet-seen_version" value="{escalation.version}"' in text
    assert "Not saved yet" in text
    assert 'data-opens="send"' not in text


@pytest.mark.parametrize("verb", ["submit", "override"])
def test_a_packet_is_not_sent_while_something_typed_is_not_saved(verb: str) -> None:
    escalation = _returned()
    given = {
        "seen_version": escalation.version,
        "reply": "The ids of the failing requests are in P7 now.",
        "override_reason": "The customer waits.",
        "unsaved": "P7 The tenant that is meant",
    }

    answer = signed_in(cast().lea).post(f"{escalation.page}{verb}", given)

    escalation.refresh_from_db()
    assert answer.status_code == 422
    assert "Not saved yet: P7 The tenant that is meant." in answer.content.decode()
    assert escalation.status == "changes_requested"


def test_unknown_evidence_and_a_time_that_is_over_are_refused_at_their_fields_too() -> None:
    escalation = _returned()
    typed = {**story.ASK, "needed_by": "2020-01-01 10:00", "src_p9": "E-99", "expected": "A session starts"}

    answer = signed_in(cast().sam).post(f"{escalation.page}edit", {"seen_version": escalation.version, **typed})

    text = answer.content.decode()
    escalation.refresh_from_db()
    assert "lies in the past" in text
    assert "has no evidence E-99" in text
    assert escalation.fields["expected"] == "A session starts"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("t_1180 (northwind)", "t_1180"),
        ("northwind (t_1180)", "t_1180"),
        ("northwind t_1180", "t_1180"),
        ("1180 (northwind)", "1180"),
        ("acme-corp", "acme-corp"),
        ("", ""),
    ],
)
def test_the_tenant_is_the_id_in_what_was_typed(typed: str, kept: str) -> None:
    assert occurrences.tenant_meant(typed) == kept


@pytest.mark.parametrize("typed", ["the big one", "t_1180, t_1181", "t_1180 t_1181 (northwind)"])
def test_a_text_with_no_tenant_or_several_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="A tenant id is one word"):
        occurrences.tenant_meant(typed)


def test_remarks_beside_added_ids_are_no_ids() -> None:
    assert occurrences.added_ids("req-81f3 (first try), req-81f4 and req-81f5") == ("req-81f3", "req-81f4", "req-81f5")
