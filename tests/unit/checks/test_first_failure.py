from tests.evidence import call, found, har

from sevline.core.finding import State


def test_the_first_failing_call_by_time_is_named_and_cited() -> None:
    recording = har(call(502, after=9, url="https://api.example.com/late"), call(), call(401, after=3))

    (finding,) = found("API00", recording)

    assert finding.state is State.INFO
    assert "GET https://api.example.com/v1/orders answered 401" in finding.title
    assert finding.evidence[0].locator == "/log/entries/2/response/status"


def test_a_healthy_recording_says_that_nothing_failed() -> None:
    (finding,) = found("API00", har(call(), call(304), call(0, error="net::ERR_BLOCKED_BY_CLIENT")))

    assert (finding.state, finding.title) == (State.PASS, "None of the 3 recorded calls failed.")


def test_a_call_that_was_recorded_without_method_and_address_is_said_to_be_one() -> None:
    (finding,) = found("API00", har({"request": None}))

    assert finding.title.startswith("First failing call: a call without an address got no response")
