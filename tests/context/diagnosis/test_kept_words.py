"""The timeline shows what somebody wrote about changes letter for letter."""

from datetime import timedelta

import pytest

from sevline.cases.selectors.timeline import timeline
from sevline.diagnosis import actions
from tests import make
from tests.cast import cast

pytestmark = pytest.mark.django_db


def test_a_change_check_stands_in_the_timeline_as_it_was_written() -> None:
    case, sam = make.case(severity=3), cast().sam
    found = {
        "deploys": "orders-api 2026.11.25-r7 at 08:30:16 UTC, E-6",
        "flags": "none found",
        "config": "pool_max 20 to 5",
        "customer_side": "API key rotated on Monday",
    }

    actions.check_changes(
        case.key, by=sam, window_first=make.MONDAY - timedelta(hours=24), window_last=make.MONDAY, found=found
    )

    words = " ".join(entry.words for entry in timeline(sam, case).entries)
    assert "deploys: orders-api 2026.11.25-r7 at 08:30:16 UTC, E-6" in words
    assert "config: pool_max 20 to 5" in words
    assert "customer side: API key rotated on Monday" in words
