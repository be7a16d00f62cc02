"""What stands behind a message, a trace or the answer to a request, tells its records apart."""

import pytest

from sevline.core.mining import mine
from sevline.core.mining.masking import RAISED, without_end

CAUSES = (b"java.io.IOException: gone", b"java.lang.NullPointerException: y")


def failing() -> bytes:
    return b"".join(
        b"2026-03-01 10:00:%02d,123 ERROR [main] org.example.Pay - payment failed for order %d\n%b\n"
        b"\tat org.example.Pay.charge(Pay.java:%d)\n" % (second, second, CAUSES[second % 2], second)
        for second in range(20)
    )


def test_one_message_with_two_exceptions_is_two_patterns_of_one_statement() -> None:
    one, two = mine([failing()]).patterns()

    assert (one.count, two.count) == (10, 10)
    assert {one.template, two.template} == {
        "payment failed for order <*> java.io.IOException#org.example.Pay.charge",
        "payment failed for order <*> java.lang.NullPointerException#org.example.Pay.charge",
    }
    assert one.statement == two.statement
    assert one.id != two.id


def test_the_same_exception_from_the_same_place_is_one_pattern() -> None:
    [pattern] = mine([failing().replace(CAUSES[1], CAUSES[0])]).patterns()

    assert pattern.count == 20


@pytest.mark.parametrize("in_bulk", [True, False])
def test_requests_that_were_answered_otherwise_are_patterns_of_their_own(in_bulk: bool) -> None:
    data = b"".join(
        b'203.0.113.9 - - [01/Mar/2026:10:00:%02d +0000] "GET /cart/%d HTTP/1.1" %d 12\n' % (n, n, (502, 503)[n % 2])
        for n in range(40)
    )

    found = mine([data], in_bulk=in_bulk).patterns()

    assert {(one.template, one.count) for one in found} == {
        ("GET <*> status bad-gateway", 20), ("GET <*> status service-unavailable", 20)
    }  # fmt: skip


@pytest.mark.parametrize(
    ("shape", "parts"),
    [
        (b"E\x1fGET 0 status not-found", (b"E\x1fGET 0", b"status not-found")),
        (b"backend POST /a status other", (b"backend POST /a", b"status other")),
        (b"failed" + RAISED + b"E#a.b", (b"failed", b"E#a.b")),
        (b"job 0 ended with status success", (b"job 0 ended with status success", b"")),
        (b"GET 0 status unheard", (b"GET 0 status unheard", b"")),
        (b"", (b"", b"")),
    ],
)
def test_only_a_trace_or_the_answer_to_a_request_is_taken_off(shape: bytes, parts: tuple[bytes, bytes]) -> None:
    assert without_end(shape) == parts
