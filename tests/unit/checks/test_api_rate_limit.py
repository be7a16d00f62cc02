from datetime import timedelta

import pytest
from tests.evidence import START, call, found, har, states

from sevline.core.checks.api_rate_limit import wait_of
from sevline.core.finding import Side, State
from sevline.core.readers.accesslog import read_access_log
from sevline.core.readers.requestlines import read_request_lines

LIMITED = {"Retry-After": "30", "RateLimit-Remaining": "0"}


@pytest.mark.requirement("R-053")
def test_a_client_that_retries_after_one_second_when_told_30_ignores_the_limit() -> None:
    recording = har(call(429, received=LIMITED), call(429, received=LIMITED, after=1), call(200, after=40))

    (finding,) = found("API09", recording)

    assert finding.state is State.FAIL
    assert finding.title.startswith("Rate limit: the client ignores Retry-After")
    assert finding.next_step.startswith("Honour Retry-After, then back off exponentially with jitter")
    assert [evidence.locator for evidence in finding.evidence][:3] == [
        "/log/entries/0/response/status",
        "/log/entries/0/response/headers/0/value",
        "/log/entries/1/startedDateTime",
    ]


def test_a_client_that_waits_is_not_blamed() -> None:
    (finding,) = found("API09", har(call(429, received=LIMITED), call(429, received=LIMITED, after=61)))

    assert "Retry-After says 30; the client waited" in finding.title
    assert "ignores" not in finding.title
    assert finding.side is Side.UNKNOWN
    assert "Honour" not in finding.next_step
    assert "/log/entries/1/startedDateTime" in [evidence.locator for evidence in finding.evidence]


def test_where_no_retry_was_seen_nobody_is_blamed() -> None:
    (finding,) = found("API09", har(call(429, received=LIMITED)))

    assert finding.title.endswith("Retry-After says 30; no retry was seen, so whether the client waits is not known.")
    assert finding.side is Side.UNKNOWN


def test_a_limit_without_retry_after_blames_nobody() -> None:
    (finding,) = found("API09", har(call(429), call(429, after=5)))

    assert finding.title.endswith("No Retry-After was sent.")
    assert finding.side is Side.UNKNOWN


def test_a_log_that_keeps_no_headers_does_not_tell_whether_retry_after_was_sent() -> None:
    line = "2026-03-02T09:00:{n:02d}Z WARN sync-worker GET /v2/contacts?page=30 -> 429 Too Many Requests"
    read = read_request_lines(((n, line.format(n=n)) for n in range(20)), "a1")
    assert read is not None

    (finding,) = found("API09", read[0])

    assert finding.title.endswith("Whether Retry-After was sent, the log does not say.")


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({"X-RateLimit-Limit": "5"}, "The answer names a limit of 5."),
        ({"RateLimit-Limit": "100, 100;w=60"}, "The answer names a limit of 100."),
        ({"X-RateLimit-Limit": "unlimited"}, "No Retry-After was sent."),
    ],
)
def test_the_limit_that_was_met_is_named_where_the_answer_states_it(headers: dict[str, str], said: str) -> None:
    (finding,) = found("API09", har(call(429, received=headers)))

    assert finding.title.endswith(said)


def test_a_client_that_ignores_the_wait_is_told_the_limit_too() -> None:
    headers = {**LIMITED, "X-RateLimit-Limit": "5"}

    (finding,) = found("API09", har(call(429, received=headers), call(429, received=headers, after=1)))

    assert finding.title.endswith("(once). The answer names a limit of 5.")


def test_calls_below_the_limit_are_not_mentioned() -> None:
    assert states("API09", har(call(200))) == set()


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("30", 30.0), ("Mon, 02 Mar 2026 09:01:00 GMT", 60.0), ("soon", None), ("", None), ("-5", None)],
)
def test_retry_after_is_seconds_or_a_date(header: str, seconds: float | None) -> None:
    assert wait_of(header, START) == seconds
    assert wait_of("Mon, 02 Mar 2026 09:01:00 GMT", START + timedelta(hours=1)) == 0.0


def test_four_quick_repeats_of_a_failing_call_are_a_retry_storm() -> None:
    (finding,) = found("API15", har(*(call(503, after=number) for number in range(4))))

    assert finding.state is State.FAIL
    assert "sent 4 times" in finding.title


def test_repeats_with_growing_waits_are_only_warned_about() -> None:
    assert states("API15", har(*(call(503, after=after) for after in (0, 1, 3, 7)))) == {State.WARN}


def test_a_steady_poll_that_fails_for_a_while_is_only_a_hint() -> None:
    (finding,) = found("API15", har(*(call(503, after=at * 10) for at in range(6))))

    assert finding.state is State.WARN


def test_polling_that_succeeds_is_no_storm() -> None:
    assert states("API15", har(*(call(200, after=number) for number in range(20)))) == set()


def test_a_write_sent_twice_without_a_key_is_warned_about() -> None:
    twice = [call(504, method="POST", post='{"pay": 1}', after=after) for after in (0, 5)]
    keyed = [call(504, method="POST", post="{}", after=after, sent={"Idempotency-Key": "k"}) for after in (0, 5)]

    assert states("API15", har(*twice)) == {State.WARN}
    assert states("API15", har(*keyed)) == set()


def test_equal_writes_that_each_made_something_are_told_once() -> None:
    posts = [call(201, method="POST", post='{"amount": 5}', after=after) for after in (0, 1, 2)]

    (finding,) = found("API15", har(*posts))

    assert finding.state is State.WARN
    assert "3 times" in finding.title


def test_equal_writes_under_a_key_far_apart_or_of_other_bodies_are_silent() -> None:
    keyed = [call(201, method="POST", post='{"a": 5}', after=at, sent={"Idempotency-Key": "k"}) for at in (0, 1)]
    apart = [call(201, method="POST", post='{"a": 5}', after=at) for at in (0, 90)]
    other = [call(201, method="POST", post=f'{{"a": {at}}}', after=at) for at in (0, 1)]
    read = [call(200, method="POST", post='{"query": "x"}', after=at) for at in (0, 1)]

    assert [states("API15", har(*calls)) for calls in (keyed, apart, other, read)] == [set(), set(), set(), set()]


def test_a_client_that_waited_as_told_and_got_its_answer_is_only_warned_about() -> None:
    limited = call(429, received={"Retry-After": "30"})

    (finding,) = found("API09", har(limited, call(200, after=31)))

    assert finding.state is State.WARN


@pytest.mark.parametrize(("method", "state"), [("POST", State.WARN), ("GET", State.FAIL)])
def test_writes_of_an_access_log_may_be_different_ones(method: str, state: State) -> None:
    lines = [
        f'192.0.2.7 - - [02/Mar/2026:09:00:{second:02} +0000] "{method} /v1/pay HTTP/1.1" 500 12' for second in range(9)
    ]

    (finding,) = found("API15", read_access_log(lines, "a1"))

    assert finding.state is state
    assert ("the bodies are not recorded" in finding.title) is (state is State.WARN)


def served(client: str, minute: int, second: int, status: int = 200) -> str:
    when = f"01/Mar/2026:10:{minute:02d}:{second:02d} +0000"
    return f'{client} - - [{when}] "GET /v1/items HTTP/1.1" {status} 48 "-" "sync/2.3"'


def test_a_log_of_several_clients_tells_who_meets_the_limit_and_when() -> None:
    quiet = [served(f"203.0.113.{number}", minute, 30) for minute in range(5) for number in range(4)]
    bursts = [served("198.51.100.23", minute, at % 3, 429) for minute in range(5) for at in range(20)]

    (finding,) = found("API09", read_access_log([*quiet, *bursts], "a1"))

    assert finding.title.endswith(
        "One of 5 clients met all of them: it sends up to 20 calls a minute, and meets it in the first 3 s of a minute."
    )
    assert "198.51" not in finding.title


def test_where_no_client_meets_the_limit_more_than_the_others_none_is_singled_out() -> None:
    lines = [served(f"203.0.113.{number}", minute, 10 * number, 429) for minute in range(5) for number in range(4)]

    (finding,) = found("API09", read_access_log(lines, "a1"))

    assert "clients" not in finding.title


@pytest.mark.parametrize(
    ("received", "body"),
    [
        ({"X-RateLimit-Remaining": "0"}, '{"message":"API rate limit exceeded for installation 7."}'),
        ({}, '{"error":{"errors":[{"reason":"userRateLimitExceeded"}]}}'),
    ],
)
def test_a_403_that_says_that_a_limit_of_calls_was_met_is_no_lack_of_permission(
    received: dict[str, str], body: str
) -> None:
    limited = har(call(403, received=received, body=body))

    (finding,) = found("API09", limited)

    assert "answered 403 once" in finding.title
    assert states("API04", limited) == set()


def test_a_403_with_calls_left_is_a_lack_of_permission() -> None:
    refused = har(call(403, received={"X-RateLimit-Remaining": "37"}, body='{"message":"Forbidden"}'))

    assert states("API04", refused) == {State.FAIL}
    assert states("API09", refused) == set()
