from typing import Any

from tests.evidence import call, found, har, states

from sevline.core.finding import State

HOST = "https://app.example.com"


def hop(source: str, target: str) -> dict[str, Any]:
    return call(302, url=f"{HOST}{source}", received={"Location": target})


def test_the_phase_with_the_largest_share_is_named() -> None:
    (finding,) = found("PERF01", har(call(millis=200), call(millis=12_000, after=1)))

    assert finding.state is State.WARN
    assert "waiting for the server's first byte" in finding.title
    assert finding.evidence[0].locator == "/log/entries/1/timings"


def test_quick_calls_are_only_noted() -> None:
    assert states("PERF01", har(call(millis=200))) == {State.INFO}


def test_a_call_of_a_few_milliseconds_is_told_in_milliseconds() -> None:
    (finding,) = found("PERF01", har(call(millis=44)))

    assert finding.title.startswith("The one timed call took 44 ms: ")


def test_two_addresses_that_redirect_to_each_other_are_a_loop() -> None:
    hops = [hop("/a", "/b"), hop("/b", "/a"), hop("/a", "/b"), hop("/b", "/a"), hop("/a", "/b")]

    (finding,) = found("PERF08", har(*hops))

    assert finding.state is State.FAIL
    assert finding.title.startswith("Redirect loop over 2 address(es)")
    assert finding.evidence[0].locator == "/log/entries/0/response/redirectURL"


def test_the_browsers_own_word_for_a_loop_is_enough() -> None:
    stopped = call(0, url=f"{HOST}/b", error="net::ERR_TOO_MANY_REDIRECTS")

    assert states("PERF08", har(hop("/a", "/b"), stopped)) == {State.FAIL}


def test_a_long_chain_that_arrives_is_warned_about_and_a_short_one_is_not() -> None:
    chain = [hop(f"/{number}", f"/{number + 1}") for number in range(4)]

    assert states("PERF08", har(*chain, call(url=f"{HOST}/4"))) == {State.WARN}
    assert states("PERF08", har(hop("/0", "/1"), call(url=f"{HOST}/1"))) == set()


def test_a_page_that_sets_a_cookie_and_comes_back_to_itself_is_no_loop() -> None:
    assert states("PERF08", har(hop("/a", "/b"), hop("/b", "/a"), call(url=f"{HOST}/a"))) == set()


def test_a_name_that_takes_seconds_to_resolve_is_a_fault_although_the_call_is_short() -> None:
    slow = call(millis=5_200)
    slow["timings"] = {"blocked": 1, "dns": 5_010, "connect": 20, "ssl": 50, "send": 1, "wait": 100, "receive": 18}

    (finding,) = found("PERF01", har(slow))

    assert finding.state is State.WARN
    assert "resolving the name took 5.0 s of it" in finding.title


def test_a_stream_of_events_is_no_slow_call() -> None:
    stream = call(200, millis=60_000, received={"Content-Type": "text/event-stream; charset=utf-8"})

    (alone,) = found("PERF01", har(stream))
    (beside,) = found("PERF01", har(stream, call(200, url="https://api.example.com/v1/slow", millis=12_000)))

    assert alone.state is State.INFO
    assert "/v1/slow" in beside.title
