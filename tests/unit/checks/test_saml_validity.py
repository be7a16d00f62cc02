import pytest
from tests.evidence import found, request, response, stamp, states

from sevline.core.finding import State


@pytest.mark.parametrize(
    ("at", "state"),
    [(0, State.PASS), (300 + 179, State.PASS), (300 + 181, State.FAIL), (-181, State.PASS), (-60 - 181, State.FAIL)],
)
def test_the_window_is_judged_at_capture_time_with_180_seconds_allowed(at: float, state: State) -> None:
    assert states("SAML09", response(at=at, issued=f' IssueInstant="{stamp(-400)}"')) == {state}


def test_an_expired_assertion_says_by_how_much() -> None:
    (finding,) = found("SAML09", response(at=300 + 1000))

    assert "1000 s (16 min) outside" in finding.title


def test_a_response_issued_310_seconds_after_its_use_is_clock_skew() -> None:
    skewed = response(issued=f' IssueInstant="{stamp(310)}"', since=stamp(250), until=stamp(610))

    (finding,) = found("SAML09", skewed)

    assert finding.state is State.FAIL
    assert "Clock skew of at least 310 s" in finding.title


@pytest.mark.parametrize(
    ("before_the_request", "said"),
    [
        (400, "Clock skew of at least 400 s"),
        (26 * 3600, "Clock skew of at least"),
        (3000 * 86_400, "rather a response that was kept, replayed or put beside another sign-in than a clock"),
    ],
)
def test_a_response_older_than_its_request_by_years_is_no_matter_of_clocks(before_the_request: int, said: str) -> None:
    issued = f' IssueInstant="{stamp(-20 - before_the_request)}"'

    titles = [finding.title for finding in found("SAML09", response(issued=issued), request())]

    assert any(said in title for title in titles)


def test_without_a_capture_time_nothing_is_called_expired() -> None:
    assert states("SAML09", response(at=None)) == {State.NOT_EVALUATED}


def test_a_time_that_cannot_be_read_is_cited() -> None:
    findings = found("SAML09", response(until="tomorrow morning"))

    assert any("tomorrow morning" in finding.title for finding in findings)
