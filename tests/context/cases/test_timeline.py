"""One timeline of everything, in the order in which it happened."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from sevline.cases import actions, selectors
from sevline.cases.models import Case
from sevline.platform import clock
from sevline.platform.events import KINDS, Happening, record
from tests import make
from tests.cast import cast, signed_in

pytestmark = pytest.mark.django_db
AT = make.MONDAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen(Happening):
    kind: ClassVar[str] = "evidence.seen_in_a_test"
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried(Happening):
    kind: ClassVar[str] = "diagnosis.tried_in_a_test"
    place: int


KINDS.pop(Seen.kind, None)
KINDS.pop(Tried.kind, None)


def with_200_events() -> Case:
    """A case with 200 events of four kinds, all in the same second but the last ten minutes apart."""
    case, sam = make.case(at=AT), cast().sam
    with transaction.atomic():
        for number in range(199):
            event = (Seen, Tried)[number % 2]
            record(event(by=sam.ref, subject=case.ref, case=case.key, place=number), at=AT + timedelta(seconds=1))
    return case


@pytest.mark.requirement("R-008")
def test_200_events_filtered_to_evidence_show_evidence_rows_only() -> None:
    case = with_200_events()

    rows = selectors.timeline(cast().sam, case, group="evidence").entries

    assert len(selectors.timeline(cast().sam, case).entries) == 200
    assert len(rows) == 100
    assert {row.kind for row in rows} == {"evidence.seen_in_a_test"}


@pytest.mark.requirement("R-008")
def test_two_edits_in_the_same_second_keep_the_order_in_which_they_were_written() -> None:
    case, sam = make.case(at=AT), cast().sam
    with clock.held_at(AT + timedelta(seconds=5)):
        actions.set_impact(case.key, by=sam, impact={"users": "400"})
        actions.add_note(case.key, by=sam, text="Asked for a HAR.")
        actions.set_impact(case.key, by=sam, impact={"users": "401"})

    newest_first = selectors.timeline(sam, case).entries

    assert [row.kind for row in newest_first[:3]] == ["case.impact_set", "case.noted", "case.impact_set"]
    assert [row.seq for row in newest_first] == sorted((row.seq for row in newest_first), reverse=True)


def test_what_was_said_stands_with_its_voice_and_its_redacted_text() -> None:
    case, sam = make.case(at=AT), cast().sam
    actions.add_note(case.key, by=sam, text="The pool is at 8.")
    promised = clock.now() + timedelta(hours=1)
    actions.tell_customer(case.key, by=sam, text="We found the cause.", next_update_at=promised)

    told, noted = selectors.timeline(sam, case).entries[:2]

    assert (told.voice, told.text, told.next_update_at) == ("public", "We found the cause.", promised)
    assert (noted.voice, noted.text) == ("internal", "The pool is at 8.")


def test_every_event_of_a_case_is_said_in_words() -> None:
    case, sam = make.case(severity=2, at=AT), cast().sam
    actions.wait_for_customer(case.key, by=sam, waiting_for="a HAR of the failing sign-in")
    actions.customer_replied(case.key, by=sam, text="Attached.")
    actions.resolve(case.key, by=sam, code="answered", cause="usage", summary=make.SUMMARY)

    said = [row.words for row in selectors.timeline(sam, case).entries]

    assert "waits for the customer: a HAR of the failing sign-in" in said
    assert "rated it Sev2 by rule SEV-R4" in said
    assert [words for words in said if "not stated" in words or "{" in words] == []


def test_a_stranger_reads_nothing() -> None:
    case = make.case(at=AT)

    assert selectors.timeline(cast().eve, case).entries == []
    assert selectors.clocks(cast().eve, case, at=AT) == []
    assert selectors.facts(cast().eve, case) == {}
    assert selectors.messages(cast().eve, case) == []


def test_the_panel_filters_by_kind() -> None:
    case = make.case(severity=2, at=AT)

    page = (
        signed_in(cast().sam)
        .get(f"/cases/{case.key}/timeline?kind=severity", headers={"HX-Request": "true"})
        .content.decode()
    )

    assert "rated it Sev2" in page
    assert "opened the case" not in page


@pytest.mark.requirement("R-016")
@pytest.mark.parametrize(
    ("minute", "in_utc", "in_berlin"),
    [(-1, "29 Mar 2026 00:59 UTC", "29 Mar 2026 01:59 CET"), (0, "29 Mar 2026 01:00 UTC", "29 Mar 2026 03:00 CEST")],
)
def test_on_either_side_of_the_clock_change_a_promise_stands_in_utc_and_in_the_customers_time(
    minute: int, in_utc: str, in_berlin: str
) -> None:
    change = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    account = make.account("spree", region="eu")
    account.time_zone = "Europe/Berlin"
    account.save()
    case = make.case(severity=2, at=change - timedelta(hours=2), of=account)
    with clock.held_at(change - timedelta(hours=1)):
        actions.tell_customer(
            case.key,
            by=cast().sam,
            text="We are sorry for the disruption.",
            next_update_at=change + timedelta(minutes=minute),
        )

    page = signed_in(cast().sam).get(f"/cases/{case.key}").content.decode()

    assert in_utc in page
    assert f"</time>, for the customer {in_berlin}</p>" in page


@pytest.fixture
def long_case() -> Case:
    """A ticket, then 405 rows of evidence in the same second: three pages."""
    case, sam = make.case(at=AT, text="The first words of the customer"), cast().sam
    with clock.held_at(AT + timedelta(minutes=1)), transaction.atomic():
        for number in range(405):
            event = Seen(by=sam.ref, subject=case.ref, case=case.key, place=number)
            record(event, at=AT + timedelta(seconds=1))
    return case


@pytest.mark.parametrize("group", ["", "evidence"])
def test_every_entry_of_a_long_timeline_is_on_one_page_and_each_page_says_what_is_left(
    long_case: Case, group: str
) -> None:
    first = selectors.timeline(cast().sam, long_case, group=group)
    second = selectors.timeline(cast().sam, long_case, group=group, before=str(first.older))
    third = selectors.timeline(cast().sam, long_case, group=group, before=str(second.older))

    seen = [row.seq for page in (first, second, third) for row in page.entries]
    whole = selectors.timeline(cast().sam, long_case, group=group, limit=1000)
    assert seen == [row.seq for row in whole.entries]
    assert (first.left, second.left, third.left) == (len(seen) - 200, len(seen) - 400, 0)
    assert (first.newer, second.newer, third.newer) == (False, True, True)


def test_the_ticket_is_on_the_first_page_of_a_long_timeline(long_case: Case) -> None:
    browser = signed_in(cast().sam)

    page = browser.get(f"/cases/{long_case.key}").content.decode()
    of_kind = browser.get(f"/cases/{long_case.key}?kind=messages").content.decode()

    assert "The first words of the customer" in page
    assert "206 older entries are not shown here" in page
    assert "The first words of the customer" in of_kind


def test_the_link_to_what_is_older_leads_there_with_and_without_script(long_case: Case) -> None:
    browser = signed_in(cast().sam)
    older = selectors.timeline(cast().sam, long_case, group="evidence").older
    address = f"/cases/{long_case.key}/timeline?kind=evidence&before={older}"

    plain = browser.get(address, follow=True).content.decode()
    part = browser.get(address, headers={"HX-Request": "true"}).content.decode()

    assert f"before={older}" in browser.get(f"/cases/{long_case.key}?kind=evidence").content.decode()
    assert all("Back to the newest" in page and f'id="event-{older}"' not in page for page in (plain, part))


@pytest.mark.parametrize("before", ["x", "-1", "²", "9" * 30, "1"])
def test_a_place_that_is_none_of_this_case_shows_the_newest(before: str) -> None:
    case, other = make.case(at=AT), make.case(at=AT)

    page = selectors.timeline(cast().sam, other, before=before)

    assert page.entries
    assert not page.newer
    assert case.key != other.key


def test_a_timeline_of_thousands_reads_as_many_rows_as_it_shows(long_case: Case) -> None:
    with CaptureQueriesContext(connection) as asked:
        selectors.timeline(cast().sam, long_case)

    assert len(asked) <= 9
    assert "LIMIT 201" in next(one["sql"] for one in asked if "platform_event" in one["sql"])
