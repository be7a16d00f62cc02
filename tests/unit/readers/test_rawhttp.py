"""Answers of HTTP servers as they are pasted into letters."""

import json

import pytest

from sevline.core.finding import State
from sevline.core.readers.foreign import in_text
from sevline.core.readers.oidc import errors_of, from_lines
from sevline.core.readers.rawhttp import PastedCalls, pasted_calls
from sevline.core.readers.webhook_request import SignedRequest
from tests.evidence import START, found

CONFLICT = {
    "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
    "scimType": "uniqueness",
    "detail": "userName is taken",
    "status": "409",
}
REQUEST = (
    'POST /scim/v2/Users HTTP/1.1\nHost: api.example.com\nContent-Type: application/json\n\n{"userName": "kim"}\n\n'
)


def read(text: str) -> PastedCalls:
    calls = pasted_calls(text.split("\n"), "a1", START)
    assert calls is not None
    return calls


def letter(answer: str) -> str:
    return f"Hello,\n\nthis is what we get:\n\n{answer}\n\nWhat now?\nKim\n"


def test_a_request_and_its_answer_become_one_call_with_their_places() -> None:
    text = letter(
        f"{REQUEST}HTTP/1.1 409 Conflict\nContent-Type: application/scim+json\n\n{json.dumps(CONFLICT, indent=2)}"
    )

    (call,) = read(text).exchanges

    assert (call.method, call.url, call.status) == ("POST", "https://api.example.com/scim/v2/Users", 409)
    assert json.loads(call.response_body) == CONFLICT
    assert text.split("\n")[int(call.parts["status"].partition(":")[0]) - 1] == "HTTP/1.1 409 Conflict"
    assert text.split("\n")[int(call.parts["body"].partition(":")[0]) - 1] == "{"


def test_a_scim_conflict_is_named_by_its_kind() -> None:
    (finding,) = found("SCIM01", read(letter(f"{REQUEST}HTTP/2 409\nserver: x\n\n{json.dumps(CONFLICT)}")))

    assert finding.state is State.FAIL
    assert "409 uniqueness" in finding.title


def test_a_limit_is_told_with_its_wait() -> None:
    (finding,) = found("API09", read(letter("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 30\r\n\r\n")))

    assert "Retry-After says 30" in finding.title


def test_a_challenge_is_told_in_words() -> None:
    challenge = 'HTTP/2 401\nwww-authenticate: Bearer error="invalid_token", error_description="The token expired"\n'

    (finding,) = found("OIDC14", read(letter(challenge)))

    assert "The token expired" in finding.title


def test_an_error_of_a_token_endpoint_is_evidence_of_a_sign_in() -> None:
    body = '{"error": "invalid_grant", "error_description": "AADSTS54005: already redeemed"}'

    (error,) = errors_of(read(letter(f"HTTP/1.1 400 Bad Request\nContent-Type: application/json\n\n{body}")))

    assert error.code == "AADSTS54005"


def test_errors_of_a_query_without_its_request_are_told() -> None:
    body = '{"data": {"me": null}, "errors": [{"message": "Query cost 1200 exceeds 1000", "path": ["me"]}]}'

    (finding,) = found("GQL01", read(letter(f"HTTP/1.1 200 OK\nContent-Type: application/json\n\n{body}")))

    assert "Query cost" in finding.title


@pytest.mark.parametrize(
    "text",
    [
        "We get HTTP/1.1 500 sometimes.\n",
        "POST /v1/orders HTTP/1.1\nHost: api.example.com\n\n{}\n",
        "HTTP/1.1 500\n",
        "",
    ],
)
def test_an_answer_without_headers_and_a_request_alone_are_no_call(text: str) -> None:
    assert pasted_calls(text.split("\n"), "a1", START) is None


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("$ curl -i https://api.example.com/v1/me", "GET https://api.example.com/v1/me"),
        ("kim@host:~$ curl -sS -i -X DELETE 'https://api.example.com/v1/me'", "DELETE https://api.example.com/v1/me"),
        ("curl -i -d '{}' https://api.example.com/v1/me", "POST https://api.example.com/v1/me"),
    ],
)
def test_the_command_above_an_answer_tells_what_was_called(command: str, expected: str) -> None:
    (call,) = read(f"{command}\nHTTP/2 401\nwww-authenticate: Bearer\n").exchanges

    assert call.call == expected


def test_a_record_that_is_there_already_is_told_as_that() -> None:
    body = json.dumps(CONFLICT | {"detail": "userName already exists"})

    (finding,) = found("API07", read(letter(f"{REQUEST}HTTP/1.1 409 Conflict\na: b\n\n{body}")))

    assert "there already" in finding.title


def test_one_call_says_nothing_of_retries() -> None:
    assert found("PERF09", read(letter(f"{REQUEST}HTTP/1.1 409 Conflict\na: b\n"))) == []


def test_a_request_with_its_answer_is_no_webhook() -> None:
    text = letter(f"{REQUEST}HTTP/1.1 409 Conflict\na: b\n").encode()

    assert not any(isinstance(one, SignedRequest) for one in in_text(text, "a1", "letter.txt", at=START))
    assert any(isinstance(one, SignedRequest) for one in in_text(REQUEST.encode(), "a1", "request.http", at=START))


def test_an_error_that_stands_in_a_text_twice_is_told_once() -> None:
    body = '{"error": "invalid_grant", "error_description": "AADSTS54005: already redeemed"}'
    calls = read(f"HTTP/1.1 400 Bad Request\nContent-Type: application/json\n\n{body}\n")

    assert len(found("OIDC13", *errors_of(calls), *from_lines(body, "a1", START))) == 1
