"""The impact card keeps what is not known as carefully as what is."""

import pytest

from sevline.core.impact import ASKS, UNKNOWN, Impact, for_packet, missing_answers, read_impact
from sevline.core.lifecycle import Refused
from sevline.core.packet import IMPACT_PARTS, PacketFacts, draft

SAID = {
    "users": "400",
    "accounts": "1",
    "regions": " Unknown ",
    "feature": "sign-in",
    "since": "2026-05-04 09:12 UTC",
    "still_happening": "UNKNOWN",
    "business_effect": "unknown",
}


@pytest.mark.requirement("R-036")
def test_three_unknowns_stand_in_the_packet_as_unknown() -> None:
    impact = read_impact(SAID)
    assert impact.unknown == ("regions", "still_happening", "business_effect")
    text = draft(PacketFacts(impact=for_packet(impact))).texts["p4"]
    assert text.count(UNKNOWN) == 3
    assert "Regions: unknown" in text


def test_what_nobody_said_is_asked_for() -> None:
    assert missing_answers(read_impact(SAID)) == (
        "Which deadline it threatens? Say it, or say that it is unknown.",
        "Whether there is a workaround? Say it, or say that it is unknown.",
    )
    assert len(missing_answers(Impact())) == len(ASKS)


def test_a_part_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Refused, match="no part “mood”"):
        read_impact({"mood": "bad"})


def test_the_card_has_every_part_of_the_packet() -> None:
    assert set(IMPACT_PARTS) <= set(ASKS)
