"""A promise behind the clock of the case is named as such, and one time is shown everywhere."""

from datetime import datetime, timedelta

import pytest

from sevline.cases import actions
from sevline.cases.models import Case
from sevline.platform import clock
from sevline.web.selectors import promises
from tests import make
from tests.cast import cast, signed_in

pytestmark = pytest.mark.django_db
TEXT = "We are sorry for the disruption. We read the log."


def form(due: datetime) -> dict[str, str]:
    return {"text": TEXT, "next_update_at": f"{due:%Y-%m-%dT%H:%M}", "is_meaningful": "on", "token": "once"}


def test_the_check_names_a_promise_that_lies_behind_the_clock() -> None:
    case = make.case(severity=2)

    page = signed_in(cast().sam).post(f"{case.page}/tell/check", form(clock.now() + timedelta(days=1, hours=8)))

    assert "Nothing to object to" not in page.content.decode()
    assert "the clock of a Sev2 runs out" in page.content.decode()


def test_the_check_has_nothing_to_say_of_a_promise_within_the_clock() -> None:
    case = make.case(severity=2)

    page = signed_in(cast().sam).post(f"{case.page}/tell/check", form(clock.now() + timedelta(minutes=50)))

    assert "Nothing to object to" in page.content.decode()
    assert "runs out" not in page.content.decode()


def test_recording_such_a_promise_says_it_again_on_the_page_of_the_case() -> None:
    case = make.case(severity=2)
    sam = signed_in(cast().sam)

    answer = sam.post(f"{case.page}/tell", form(clock.now() + timedelta(days=1)), follow=True)

    assert "the earlier of the two counts" in answer.content.decode()


def test_the_desk_shows_the_time_at_which_the_clock_runs_out_and_that_more_was_promised() -> None:
    case, now = make.case(severity=2), clock.now()
    actions.tell_customer(case.key, by=cast().sam, text=TEXT, next_update_at=now + timedelta(days=1, hours=8))

    (promise,) = promises(cast().sam)
    page = signed_in(cast().sam).get("/").content.decode()

    assert promise.due == Case.objects.get(pk=case.pk).next_due_at
    assert now + timedelta(minutes=59) < promise.due <= now + timedelta(minutes=61)
    assert "the clock runs out before" in page
    assert "in 1 day" not in page
