"""In whose name a contact speaks, and how far that reaches."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sevline.core.authority import Authority, Speaker, Step, lacks

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
ADMIN = Authority("IT of Brightwater", "Brightwater", Speaker.ADMIN, True, True, AT - timedelta(days=10))
MSP = replace(ADMIN, contact="service desk of Northgate", speaker=Speaker.MSP, until=AT + timedelta(days=1))


@pytest.mark.parametrize("step", list(Step))
def test_a_verified_administrator_and_a_provider_before_its_end_may(step: Step) -> None:
    assert lacks(ADMIN, step, AT) is None
    assert lacks(MSP, step, AT) is None


def test_the_last_moment_of_an_authority_is_over() -> None:
    said = lacks(replace(MSP, until=AT), Step.DISCLOSE, AT) or ""

    assert "The authority of service desk of Northgate to speak for Brightwater ran out on 23 November 2026." in said
    assert "Ask an administrator of Brightwater to confirm it in writing, then renew it here" in said


@pytest.mark.parametrize(
    ("authority", "step", "words"),
    [
        (replace(ADMIN, speaker=Speaker.END_USER), Step.CHANGE, "speaks as an end user, for themselves only"),
        (replace(MSP, may_see_data=False), Step.DISCLOSE, "does not reach as far as to see data"),
        (replace(MSP, may_change=False), Step.CHANGE, "does not reach as far as to change the account"),
        (replace(ADMIN, verified_at=AT - timedelta(days=180)), Step.CHANGE, "was last verified on 27 May 2026"),
    ],
)
def test_what_does_not_reach_far_enough_says_what_would(authority: Authority, step: Step, words: str) -> None:
    assert words in (lacks(authority, step, AT) or "")
