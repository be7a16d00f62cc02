"""One fault fails once: what several checks see at one place is told by the one that explains it."""

from collections.abc import Sequence
from typing import Any

from sevline.core.checks import every_check
from sevline.core.finding import Finding, Given, Side, State, run
from sevline.core.leading import led
from sevline.core.readers import foreign, oidc
from sevline.core.readers.har import read_har
from sevline.core.readers.reader import Form, Source, read_all
from tests.evidence import call, har_bytes
from tests.signon.oidc import NOW, authorize, claims, recorded, redeem, signed

EXPIRED = {"Authorization": "Bearer " + signed(claims(exp=NOW - 90, nonce=None))}
SCOPED = {"Authorization": "Bearer " + signed(claims(scope="orders.read", nonce=None))}
TOKEN_REFUSED = {"WWW-Authenticate": 'Bearer realm="norwind", error="invalid_token", error_description="expired"'}
SCOPE_REFUSED = {"WWW-Authenticate": 'Bearer error="insufficient_scope", scope="orders.write"'}


def evidence(*entries: dict[str, Any]) -> list[Given]:
    har = read_har(har_bytes(*entries), "a1").har
    return [har, *oidc.from_har(har)]


def failing(given: Sequence[Given]) -> dict[str, Finding]:
    return {one.check_id: one for one in led(run(given, every_check())) if one.state in {State.FAIL, State.WARN}}


def refused_token(url: str = "https://api.example.com/v2/me") -> dict[str, Any]:
    body = '{"error": "invalid_token", "error_description": "The access token expired"}'
    return call(401, url=url, sent=EXPIRED, received=TOKEN_REFUSED, body=body)


def test_an_expired_token_that_an_api_refuses_fails_once_and_on_the_clients_side() -> None:
    told = failing(evidence(refused_token()))

    assert set(told) == {"OIDC07"}
    assert told["OIDC07"].side is Side.CUSTOMER_CLIENT
    assert {"expired-token", "credentials"} <= set(told["OIDC07"].supports)


def test_each_call_that_the_expired_token_opened_follows_from_it() -> None:
    calls = [refused_token(f"https://api.example.com/v2/{name}") for name in ("me", "orders", "rates")]

    assert set(failing(evidence(*calls))) == {"OIDC07"}


def test_a_lacking_scope_fails_once() -> None:
    body = '{"error": "insufficient_scope", "scope": "orders.write"}'

    told = failing(evidence(call(403, sent=SCOPED, received=SCOPE_REFUSED, body=body)))

    assert set(told) == {"OIDC15"}


def test_a_refusal_that_a_transcript_tells_in_a_header_and_in_the_body_fails_once() -> None:
    lines = [
        "* Connected to api.example.com (192.0.2.10) port 443", "> GET /v1/reports HTTP/2", "> Host: api.example.com",
        ">", "< HTTP/2 403", '< www-authenticate: Bearer error="insufficient_scope", scope="reports:read"', "<",
        '{"error":"insufficient_scope"}', "* Connection #0 to host api.example.com left intact",
    ]  # fmt: skip
    given = [*foreign.in_lines(lines, "a1", at=None), *read_all(Form.LINES, Source("a1", "curl.txt"), lines)]

    told = failing(given)

    assert set(told) == {"PERM03"}
    assert told["PERM03"].title.endswith("it asks for the scope reports:read.")


def test_what_follows_names_what_leads_and_its_side() -> None:
    every = led(run(evidence(refused_token()), every_check()))

    follower = next(one for one in every if one.check_id == "API03")
    assert follower.state is State.INFO
    assert follower.title.endswith("OIDC07 tells the same fault.")
    assert follower.side is Side.CUSTOMER_CLIENT


def test_two_calls_with_faults_of_their_own_fail_both() -> None:
    plain = call(401, url="https://api.example.com/v2/rates", sent={"Authorization": "Bearer x"})

    assert set(failing(evidence(refused_token(), plain))) == {"OIDC07", "API03"}


def test_an_apis_refusal_of_a_token_is_no_answer_of_the_provider() -> None:
    errors = [one for one in evidence(refused_token()) if isinstance(one, oidc.SignInError)]

    assert errors == []


def test_the_token_endpoint_and_what_discovery_lists_answer_for_the_provider() -> None:
    denied = {"error": "invalid_grant", "error_description": "the code was used"}
    listed = call(
        body='{"issuer": "https://login.example.net", "authorization_endpoint": "https://login.example.net/go", '
        '"userinfo_endpoint": "https://login.example.net/who", "jwks_uri": "https://login.example.net/k"}'
    )
    asked = call(401, url="https://login.example.net/who", body='{"error": "invalid_token"}')

    token_error = [
        one.error for one in recorded(redeem(status=400, answer=denied)) if isinstance(one, oidc.SignInError)
    ]
    from_listed = [one.error for one in evidence(listed, asked) if isinstance(one, oidc.SignInError)]

    assert (token_error, from_listed) == (["invalid_grant"], ["invalid_token"])


def test_an_error_file_with_the_words_of_an_api_is_no_answer_of_the_provider() -> None:
    assert oidc.from_document({"error": "invalid_token", "error_description": "expired"}, "a1", None) == []


def test_a_gateway_error_and_its_signature_fail_once_with_one_side() -> None:
    page = "<html><center><h1>504 Gateway Time-out</h1></center><hr><center>nginx/1.25.3</center></html>"
    every = led(run(evidence(authorize(), call(504, received={"Server": "nginx"}, body=page)), every_check()))

    told = {one.check_id: one for one in every if one.check_id in {"API12", "CLOUD02"}}
    assert (told["API12"].state, told["CLOUD02"].state) == (State.FAIL, State.INFO)
    assert told["API12"].side is told["CLOUD02"].side


def test_what_two_files_tell_of_the_same_calls_is_told_once_and_cites_both() -> None:
    failing_call = call(500, url="https://api.example.com/v1/a")
    files = [read_har(har_bytes(failing_call), artifact).har for artifact in ("a1", "a2")]

    told = [one for one in led(run(files, every_check())) if one.check_id == "API11"]

    assert [[cited.artifact for cited in finding.evidence] for finding in told] == [["a1", "a2"]]


def test_two_faults_of_one_file_in_the_same_words_stay_two() -> None:
    one = failing(evidence(refused_token()))["OIDC07"]

    assert led([one, one]) == (one, one)
