"""A field leaves the score once somebody who may override the gate has accepted why it does not apply."""

import pytest

from sevline.core import packet as core
from sevline.core.rights import Forbidden
from sevline.escalations import actions, selectors
from sevline.escalations.models import Escalation
from sevline.platform.models import Event
from tests.cast import cast, signed_in
from tests.context.escalations import story

pytestmark = pytest.mark.django_db
WHY = "The gateway logs everything that we asked for"


def scored(escalation: Escalation) -> tuple[core.PacketFacts, core.Score]:
    return selectors.packet(Escalation.objects.get(pk=escalation.pk))


def test_an_agent_cannot_say_away_what_the_packet_lacks() -> None:
    escalation = actions.draft(story.plain_case().key, by=cast().sam)
    before = scored(escalation)[1]

    actions.edit(
        escalation.key, by=cast().sam, texts={}, not_applicable={f"p{number}": "n/a" for number in range(2, 15)}
    )

    facts, score = scored(escalation)
    assert before.shortfall > 0
    assert (score.points, score.shortfall) == (before.points, before.shortfall)
    assert "Said not to apply, accepted by nobody yet: n/a" in core.markdown(facts, score)


def test_a_lead_accepts_the_reason_on_the_packet_and_the_field_leaves_both_sides() -> None:
    escalation = story.drafted()
    actions.edit(escalation.key, by=cast().sam, texts={}, not_applicable={"p13": WHY})

    answer = signed_in(cast().lea).post(f"{escalation.page}edit", {"na_p13": WHY, "ok_p13": "on"})

    _, score = scored(escalation)
    assert answer.status_code == 302
    assert score.credits[12].not_applicable == WHY
    assert "P13 accepted" in Event.objects.filter(kind="escalation.packet_edited").latest("seq").data["fields"]


def test_a_reason_that_is_written_anew_has_to_be_accepted_anew() -> None:
    escalation = story.drafted()
    actions.edit(escalation.key, by=cast().lea, texts={}, not_applicable={"p13": WHY})
    accepted = scored(escalation)[1].credits[12].not_applicable

    actions.edit(escalation.key, by=cast().sam, texts={}, not_applicable={"p13": "Nothing is logged at all"})

    assert accepted == WHY
    assert scored(escalation)[1].credits[12].not_applicable == ""


def test_an_agent_who_accepts_a_reason_of_their_own_is_refused() -> None:
    escalation = story.drafted()

    with pytest.raises(Forbidden):
        actions.edit(escalation.key, by=cast().sam, texts={}, not_applicable={"p13": WHY}, accepted=["p13"])

    assert scored(escalation)[1].credits[12].not_applicable == ""
