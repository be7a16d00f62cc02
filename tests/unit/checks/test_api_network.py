from typing import Any

import pytest
from tests.evidence import call, found, har, states

from sevline.core.finding import Side, State


@pytest.mark.parametrize(
    ("error", "side"),
    [
        ("net::ERR_NAME_NOT_RESOLVED", Side.CUSTOMER_NETWORK),
        ("net::ERR_CONNECTION_REFUSED", Side.OUR_INFRA),
        ("net::ERR_TUNNEL_CONNECTION_FAILED", Side.CUSTOMER_NETWORK),
        ("net::ERR_CERT_AUTHORITY_INVALID", Side.UNKNOWN),
        ("net::ERR_UNSAFE_PORT", Side.CUSTOMER_CLIENT),
        ("net::ERR_ADDRESS_UNREACHABLE", Side.CUSTOMER_NETWORK),
        ("net::ERR_QUIC_PROTOCOL_ERROR", Side.UNKNOWN),
        ("net::ERR_BLOCKED_BY_RESPONSE", Side.OUR_APP),
        ("net::ERR_INCOMPLETE_CHUNKED_ENCODING", Side.OUR_INFRA),
    ],
)
def test_a_call_without_response_names_who_can_change_it(error: str, side: Side) -> None:
    (finding,) = found("API01", har(call(0, error=error)))

    assert (finding.state, finding.side) == (State.FAIL, side)
    assert finding.evidence[0].locator == "/log/entries/0/response/_error"


def test_a_blocked_call_is_only_noted_and_an_unexplained_one_is_a_hint() -> None:
    assert states("API01", har(call(0, error="net::ERR_BLOCKED_BY_CLIENT"))) == {State.INFO}
    assert states("API01", har(call(0))) == {State.WARN}
    assert states("API01", har(call(200))) == set()


def test_an_error_that_is_not_in_the_table_is_not_called_unsaid() -> None:
    (known,), (unsaid,) = found("API01", har(call(0, error="NS_ERROR_UNEXPECTED"))), found("API01", har(call(0)))

    assert "NS_ERROR_UNEXPECTED" in known.title
    assert "does not say" not in known.next_step
    assert "does not say" in unsaid.next_step


def test_a_client_that_gave_up_is_warned_about() -> None:
    assert states("API10", har(call(499, millis=5_000))) == {State.WARN}
    assert states("API10", har(call(0, error="net::ERR_ABORTED"))) == {State.WARN}
    assert states("API10", har(call(200))) == set()


def typed(word: str, after: float, *, millis: float = 40, status: int = 0, error: str = "net::ERR_ABORTED") -> Any:
    url = f"https://api.example.com/v1/suggest?q={word}"
    return call(status, url=url, after=after, millis=millis, error="" if status else error)


def test_questions_that_a_newer_one_replaced_are_no_impatience() -> None:
    told = found("API10", har(typed("o", 0), typed("or", 0.2), typed("ord", 0.5, status=200)))

    assert {one.state for one in told} == {State.INFO}
    assert "2 times" in told[0].title


@pytest.mark.parametrize(
    "later",
    [
        [],
        [typed("o", 0.2, status=200)],
        [typed("or", 30, status=200)],
        [typed("or", 0.2, status=500)],
        [typed("or", 0.2)],
    ],
    ids=["none", "the same", "much later", "a failure", "another that was ended"],
)
def test_a_call_that_was_ended_and_not_replaced_stays_a_warning(later: list[Any]) -> None:
    assert State.WARN in states("API10", har(typed("o", 0), *later))


def test_a_long_wait_that_was_ended_is_told_with_its_length() -> None:
    (told,) = found("API10", har(typed("o", 0, millis=30_000), typed("or", 1, status=200)))

    assert "after up to 30 s" in told.title
