import json

import pytest
from tests.evidence import call, found, har, states

from sevline.core.finding import State
from sevline.core.readers.accesslog import read_access_log
from sevline.core.readers.http import AccessLog

CHECKS = ("API02", "API05", "API06", "API07", "API08")


@pytest.mark.parametrize("check", CHECKS)
def test_calls_that_succeed_are_not_mentioned(check: str) -> None:
    assert states(check, har(call(200), call(201, method="POST", post="{}"))) == set()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"errors": [{"field": "email", "message": "is not an address"}]}, "email · is not an address"),
        ({"type": "https://example.com/problems/limit", "title": "Too many lines", "detail": "max 10"}, "max 10"),
        ({"detail": [{"type": "missing", "loc": ["body", "email"], "msg": "Field required"}]}, "body.email"),
        ({"errors": [{"source": {"pointer": "/data/email"}, "title": "Invalid"}]}, "/data/email"),
        ({"violations": [{"propertyPath": "email", "message": "is blank"}]}, "email"),
        ({"errors": {"amount": ["must be positive"]}}, "amount"),
    ],
)
def test_the_field_that_the_answer_names_is_in_the_title(body: object, words: str) -> None:
    (finding,) = found("API02", har(call(422, method="POST", post="{}", body=json.dumps(body))))

    assert finding.state is State.FAIL
    assert words in finding.title
    assert finding.evidence[-1].locator == "/log/entries/0/response/content/text"


def test_a_missing_resource_is_compared_with_one_that_worked() -> None:
    wrong = call(404, url="https://api.example.com/v2/orders/7")
    right = call(200, url="https://eu.example.com/v1/orders/7")

    (finding,) = found("API05", har(wrong, right))

    assert finding.state is State.WARN
    assert "worked at GET https://eu.example.com/v1/orders/7" in finding.title


def test_a_file_that_browsers_ask_for_is_only_noted() -> None:
    assert states("API05", har(call(404, url="https://example.com/favicon.ico"))) == {State.INFO}


def test_a_refused_method_is_shown_beside_the_allowed_ones() -> None:
    (finding,) = found("API06", har(call(405, method="PUT", received={"Allow": "GET, POST"})))

    assert "sent PUT, allowed GET, POST" in finding.title


def test_an_idempotency_key_with_another_body_is_proven() -> None:
    key = {"Idempotency-Key": "k1"}
    first = call(201, method="POST", post='{"a": 1}', sent=key)
    second = call(409, method="POST", post='{"a": 2}', sent=key, after=1)

    (finding,) = found("API07", har(first, second))

    assert "used before with another body" in finding.title
    assert {evidence.locator for evidence in finding.evidence} >= {
        "/log/entries/0/request/postData",
        "/log/entries/1/request/postData",
    }


def test_the_size_that_was_too_much_is_said() -> None:
    (finding,) = found("API08", har(call(413, method="POST", post="x" * 5000)))

    assert "the body has 5,000 bytes" in finding.title


@pytest.mark.parametrize(
    "words", ["Request Header Or Cookie Too Large", "Size of a request header field exceeds server limit."]
)
def test_a_400_for_its_headers_is_one_of_size_and_names_the_cookie(words: str) -> None:
    recorded = har(call(400, sent={"Cookie": "a=" + "x" * 9_000}, body=f"<h1>400 Bad Request</h1>{words}"))

    (finding,) = found("API08", recorded)

    assert "the Cookie header has 9,002 bytes" in finding.title
    assert found("API02", recorded) == []


def test_a_sign_in_message_that_is_refused_without_a_reason_is_no_matter_of_a_schema() -> None:
    posted = call(400, url="https://desk.example.com/acs", method="POST", post="SAMLResponse=AAAA&RelayState=r")

    (told,) = found("API02", har(posted))

    assert "the SAMLResponse that was sent was refused" in told.title
    assert "Judge the message itself" in told.next_step


STRIPE = {
    "type": "idempotency_error",
    "message": "Keys for idempotent requests can only be used with the same parameters",
}
DRAFT = {"title": "Idempotency-Key is already used", "detail": "Idempotency key was reused for a different payload"}


@pytest.mark.parametrize(("status", "body"), [(400, {"error": STRIPE}), (422, DRAFT), (409, DRAFT)])
def test_a_key_that_was_used_for_another_body_is_told_whatever_the_status(status: int, body: object) -> None:
    key = {"Idempotency-Key": "k-1"}
    first = call(200, method="POST", post='{"amount": 1}', sent=key)
    again = call(status, method="POST", post='{"amount": 2}', sent=key, body=json.dumps(body), after=9)

    (proven,), (said,) = found("API07", har(first, again)), found("API07", har(again))

    assert "Idempotency-Key was used before with another body" in proven.title
    assert "Idempotency-Key was used before with another body" in said.title
    assert states("API02", har(first, again)) == set()


@pytest.mark.parametrize("body", ["Idempotency-Key is missing", "idempotent", "", "idempotency" * 2_000])
def test_a_400_that_speaks_of_no_other_body_is_no_conflict(body: str) -> None:
    assert states("API07", har(call(400, method="POST", post="x", body=body))) == set()


def served(*calls: tuple[str, int]) -> AccessLog:
    line = '198.51.100.{} - - [24/Nov/2026:09:00:0{} +0000] "GET {} HTTP/1.1" {} 153 "-" "x"'
    return read_access_log([line.format(at, at, path, status) for at, (path, status) in enumerate(calls)], "a1")


def test_what_scanners_try_at_every_server_is_told_once_and_is_no_fault() -> None:
    log = served(("/.env", 404), ("/wp-login.php", 404), ("/.git/config", 404), ("/blog/wp-admin/", 404), ("/", 200))

    (told,) = found("API05", log)

    assert told.state is State.INFO
    assert told.title.startswith("4 calls asked for what scanners of the internet try at every server")


@pytest.mark.parametrize(
    ("calls", "said"),
    [
        ([("/wp-login.php", 404), ("/wp-admin/", 200)], {State.WARN}),
        ([("/environment", 404)], {State.WARN}),
        ([("/.environments/7", 404)], {State.WARN}),
    ],
)
def test_what_a_server_has_of_such_a_program_stays_told(calls: list[tuple[str, int]], said: set[State]) -> None:
    assert states("API05", served(*calls)) == said


def test_a_file_of_a_widespread_program_in_a_recording_stays_told() -> None:
    assert states("API05", har(call(404, url="https://example.com/wp-login.php"))) == {State.WARN}


def test_the_layer_that_refused_a_size_is_named() -> None:
    (told,) = found("API08", har(call(413, method="POST", post="x" * 9, received={"Server": "nginx/1.27"})))

    assert told.title.endswith("the body has 9 bytes. The proxy (nginx) answered.")
