"""When something arrived is not when it was used: checks of times go by the evidence or by a person's word."""

from datetime import UTC, datetime, timedelta

from tests.evidence import START, token
from tests.signon.draft import Draft
from tests.unit.bench.examining import KEY, Kept

from sevline.bench.examination import Examination
from sevline.bench.examine import Source, examine_together
from sevline.core.finding import State
from sevline.core.readers.oidc import from_lines

ARRIVED = START + timedelta(hours=20)
EXPIRED = token({"iss": "https://idp.example.net", "exp": int(START.timestamp()) + 300})


def arrived(name: str, data: bytes, at: datetime | None = None) -> Examination:
    """One file as an installation reads it, a day after it was written."""
    source = Source(name, [data], at=at, arrived=ARRIVED)
    return examine_together([source], key=KEY, at=None, store=lambda _head: Kept())


def said(examination: Examination, check: str) -> set[State]:
    return {finding.state for finding in examination.findings if finding.check_id == check}


def test_a_response_that_came_a_day_later_is_not_called_expired() -> None:
    assert said(arrived("response.xml", Draft().data()), "SAML09") == {State.NOT_EVALUATED}


def test_a_token_that_came_a_day_later_is_not_called_expired() -> None:
    examination = arrived("token.txt", EXPIRED.encode())

    (finding,) = [one for one in examination.findings if one.check_id == "OIDC07"]
    assert finding.state is State.NOT_EVALUATED
    assert "Say when it was used" in finding.next_step


def test_a_time_that_a_person_gave_is_judged_by() -> None:
    assert said(arrived("token.txt", EXPIRED.encode(), at=START + timedelta(seconds=400)), "OIDC07") == {State.FAIL}


def test_the_date_header_of_the_answer_is_when_a_pasted_token_was_used() -> None:
    text = f"> Authorization: Bearer {EXPIRED}\n>\n< HTTP/1.1 401 Unauthorized\n< Date: Mon, 02 Mar 2026 09:06:40 GMT\n"

    assert said(arrived("curl.txt", text.encode()), "OIDC07") == {State.FAIL}


def test_a_line_that_begins_with_a_time_and_zone_says_when_its_token_was_used() -> None:
    (used,) = from_lines(f"2026-03-02T10:06:40,250+01:00 ERROR refused {EXPIRED}", "a1", None)

    assert used.uses[0].at == datetime(2026, 3, 2, 9, 6, 40, 250_000, tzinfo=UTC)  # type: ignore[attr-defined]


def test_a_line_without_a_zone_says_no_moment() -> None:
    (used,) = from_lines(f"2026-03-02 10:06:40,250 ERROR refused {EXPIRED}", "a1", None)

    assert used.uses[0].at is None  # type: ignore[attr-defined]


def test_the_year_that_a_log_leaves_out_is_told_by_its_arrival() -> None:
    lines = b"".join(b"Mar  2 09:00:%02d web app[7]: ERROR pool is exhausted\n" % second for second in range(30))

    examination = arrived("app.log", lines)

    assert examination.time_range[0].startswith("2026-03-02T09:00:00")
