"""Errors that a protocol provides for are no fault, and stay one where they did not come right."""

import json
from typing import Any

import pytest
from tests import foreign
from tests.evidence import START, call, found, har, states, token

from sevline.core.checks import every_check
from sevline.core.finding import State, run
from sevline.core.readers.bydesign import by_design
from sevline.core.readers.http import Har
from sevline.core.readers.oidc import from_har

TOKENS = "https://login.example.com/oauth2/token"
GRAPH = "https://api.example.com/graphql"
OLD, NEW = {"Authorization": "Bearer at_old"}, {"Authorization": "Bearer at_new"}
EXPIRED = {"WWW-Authenticate": 'Bearer error="invalid_token", error_description="The access token expired"'}


def failing(recorded: Har) -> set[str]:
    return {one.check_id for one in run([recorded], every_check()) if one.state is State.FAIL}


def refreshed(at: float = 1) -> dict[str, Any]:
    return call(200, url=TOKENS, method="POST", post="grant_type=refresh_token&refresh_token=r1", after=at)


@pytest.mark.parametrize(
    "entries",
    [
        [call(401, sent=OLD, received=EXPIRED), refreshed(), call(200, sent=NEW, after=2)],
        [call(401, sent=OLD), call(200, sent=NEW, after=2)],
        [call(401), refreshed(), call(200, after=2)],
        [call(401, sent=OLD), call(401, sent=OLD, after=0.1), refreshed(), call(200, sent=NEW, after=2)],
        [call(401), refreshed(), call(204, after=2), call(401, after=9), refreshed(10), call(204, after=11)],
    ],
)
def test_a_credential_that_ran_out_and_was_renewed_is_told_and_no_fault(entries: list[dict[str, Any]]) -> None:
    recorded = har(*entries)

    told = [one for one in found("API03", recorded) if one.state is State.INFO]

    assert failing(recorded) == set()
    assert "the credential was renewed" in told[0].title


@pytest.mark.parametrize(
    "entries",
    [
        [call(401, sent=OLD), refreshed()],
        [call(401, sent=OLD), refreshed(), call(401, sent=NEW, after=2)],
        [call(401, sent=OLD), call(200, sent=OLD, after=2)],
        [call(401), refreshed(), call(200, after=2), call(401, after=3)],
        [refreshed(-1), call(401, sent=NEW), call(200, sent=NEW, after=2)],
        [call(401, sent=OLD), refreshed(), call(200, url="https://api.example.com/v1/me", sent=NEW, after=2)],
    ],
)
def test_a_refusal_that_renewing_did_not_mend_stays_a_fault(entries: list[dict[str, Any]]) -> None:
    assert "API03" in failing(har(*entries))


def polled(error: str, after: float) -> dict[str, Any]:
    form = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=d1&client_id=tv"
    body = json.dumps({"error": error} if error else {"access_token": "a", "token_type": "Bearer"})
    return call(400 if error else 200, url=TOKENS, method="POST", post=form, body=body, after=after)


def test_a_device_that_waits_and_slows_down_as_asked_is_no_fault() -> None:
    waits = [polled("authorization_pending", 5.0 * at) for at in range(5)]
    recorded = har(*waits, polled("slow_down", 25), polled("authorization_pending", 35), polled("", 45))

    told = found("OIDC12", recorded)

    assert failing(recorded) == set()
    assert [one.state for one in told] == [State.INFO]
    assert "7 times" in told[0].title
    assert "then the token came" in told[0].title


def test_a_device_that_does_not_slow_down_is_told() -> None:
    recorded = har(polled("authorization_pending", 0), polled("slow_down", 5), polled("slow_down", 10))

    assert "OIDC12" in failing(recorded)


@pytest.mark.parametrize("error", ["expired_token", "access_denied", "invalid_grant"])
def test_a_device_sign_in_that_ends_without_a_token_is_a_fault(error: str) -> None:
    recorded = har(polled("authorization_pending", 0), polled("authorization_pending", 5), polled(error, 10))

    faults = [one for one in found("OIDC12", recorded) if one.state is State.FAIL]

    assert len(faults) == 1
    assert error in faults[0].title


def hashed(
    query: str = "", told: dict[str, Any] | None = None, *, name: str = "ab12", status: int = 200
) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "operationName": "Feed",
        "extensions": {"persistedQuery": {"version": 1, "sha256Hash": name}},
    }
    asked |= {"query": query} if query else {}
    unknown = {"errors": [{"message": "PersistedQueryNotFound", "extensions": {"code": "PERSISTED_QUERY_NOT_FOUND"}}]}
    return call(status, url=GRAPH, method="POST", post=json.dumps(asked), body=json.dumps(told or unknown))


FED = {"data": {"feed": [{"id": "1"}]}}


@pytest.mark.parametrize("status", [200, 400])
def test_a_hash_that_the_server_learns_with_the_next_call_is_no_fault(status: int) -> None:
    recorded = har(hashed(status=status), hashed("query Feed { feed { id } }", FED), hashed(told=FED))

    assert failing(recorded) == set()
    assert states("GQL01", recorded) == {State.PASS}


def test_a_hash_that_the_server_never_learns_stays_a_fault() -> None:
    recorded = har(hashed(), hashed("query Feed { feed { id } }", FED, name="cd34"), hashed())

    assert "GQL01" in failing(recorded)


def ran(status: int, *assertions: tuple[str, str]) -> list[Any]:
    told = [{"assertion": name} | ({"error": {"message": error}} if error else {}) for name, error in assertions]
    request = {"method": "GET", "url": {"protocol": "https", "host": ["api", "example", "com"], "path": ["v1"]}}
    execution = {"request": request, "response": {"code": status, "header": []}, "assertions": told}
    return foreign.document({"run": {"executions": [execution]}})


@pytest.mark.parametrize(
    ("status", "name"),
    [(404, "404 for an unknown id"), (401, "is Unauthorized"), (422, "status code is 422"), (400, "Bad Request")],
)
def test_a_refusal_that_a_test_asks_for_and_gets_is_no_fault(status: int, name: str) -> None:
    told = run(ran(status, (name, ""), ("has a body", "")), every_check())

    assert {one.check_id for one in told if one.state in {State.FAIL, State.WARN}} == set()


@pytest.mark.parametrize(
    ("status", "assertions"),
    [
        (401, [("answers in time", "")]),
        (404, [("answers within 4040 ms", "")]),
        (401, []),
        (422, [("status is 422", ""), ("names the field", "expected subject")]),
        (500, [("status is not 500", ""), ("there must not be an internal server error", "")]),
        (403, [("never return 403", ""), ("isn't forbidden", "")]),
        (400, [("status is 201", "expected 400 to equal 201")]),
    ],
)
def test_a_refusal_that_no_test_asks_for_or_that_a_test_faults_stays_one(
    status: int, assertions: list[tuple[str, str]]
) -> None:
    told = run(ran(status, *assertions), every_check())

    of_statuses = {"API02", "API03", "API04", "API05", "API11"}
    assert of_statuses & {one.check_id for one in told if one.state in {State.FAIL, State.WARN}}


CHALLENGE = {"WWW-Authenticate": 'Bearer realm="https://auth.example.com/token",service="registry.example.com"'}
REGISTRY = "https://registry.example.com/v2/"


def test_a_challenge_that_a_client_answers_is_no_fault() -> None:
    pushed = [
        call(401, url=REGISTRY, received=CHALLENGE),
        call(200, url="https://auth.example.com/token?scope=push", after=1),
        call(202, url=f"{REGISTRY}team/api/blobs/uploads/", method="POST", sent=NEW, after=2),
    ]

    assert failing(har(*pushed)) == set()


@pytest.mark.parametrize(
    "later",
    [
        call(401, url=f"{REGISTRY}a", sent=NEW, received=CHALLENGE, after=2),
        call(200, url="https://elsewhere.example.com/", sent=NEW, after=2),
        call(200, url=f"{REGISTRY}a", after=2),
        call(200, url=f"{REGISTRY}a", sent=NEW, after=2),
    ],
)
def test_a_challenge_that_nobody_answers_stays_a_fault(later: dict[str, Any]) -> None:
    assert "API03" in failing(har(call(401, url=REGISTRY, received=CHALLENGE), later))


def test_an_old_token_that_only_hints_whose_session_ends_is_no_fault() -> None:
    old = token({"iss": "https://idp.example.net", "exp": int(START.timestamp()) - 9_000})
    out = f"https://idp.example.net/logout?id_token_hint={old}&state=s1"

    hinted, used = call(302, url=out), call(401, sent={"Authorization": f"Bearer {old}"}, after=1)

    assert State.FAIL not in states("OIDC07", *from_har(har(hinted)))
    assert states("OIDC07", *from_har(har(hinted, used))) == {State.FAIL}


def expired_token(number: int, seconds: int) -> dict[str, str]:
    """Headers with a token that expires so long after the start."""
    claims = {"iss": "https://idp.example.net", "jti": str(number), "exp": int(START.timestamp()) + seconds}
    return {"Authorization": f"Bearer {token(claims)}"}


def test_an_expired_token_that_was_refused_and_renewed_is_told_and_no_fault() -> None:
    old, new = expired_token(1, -100), expired_token(2, 3_600)
    recorded = har(call(401, sent=old, received=EXPIRED), refreshed(), call(200, sent=new, after=2))

    told = found("OIDC07", *from_har(recorded))

    assert [one.state for one in told] == [State.INFO, State.PASS]
    assert "had expired by 100 s, was refused and renewed" in told[0].title


@pytest.mark.parametrize(
    "entries",
    [
        [call(401, sent=expired_token(1, -100)), refreshed()],
        [call(200, sent=expired_token(1, -100)), call(200, sent=expired_token(2, 3_600), after=2)],
        [
            call(401, sent=expired_token(1, -100)),
            call(401, url="https://api.example.com/v1/me", sent=expired_token(1, -100)),
            call(200, sent=expired_token(2, 3_600), after=2),
        ],
    ],
)
def test_an_expired_token_that_was_not_renewed_for_each_call_stays_a_fault(entries: list[dict[str, Any]]) -> None:
    assert State.FAIL in states("OIDC07", *from_har(har(*entries)))


def test_what_is_excused_of_a_recording_is_looked_for_once() -> None:
    one, other = har(call(404)), har(call(404))

    assert by_design(one) is by_design(one)
    assert by_design(one) is not by_design(other)
