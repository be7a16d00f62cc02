from typing import Any

import pytest
from tests.evidence import START, call, found, har, states, token

from sevline.core.finding import Confidence, Side, State


def bearer(exp: int) -> dict[str, str]:
    return {"Authorization": "Bearer " + token({"iss": "https://idp.example.net", "exp": int(START.timestamp()) + exp})}


def test_a_token_that_expired_90_seconds_before_is_proven() -> None:
    (finding,) = found("API03", har(call(401, sent=bearer(-90))))

    assert finding.state is State.FAIL
    assert finding.confidence is Confidence.PROOF
    assert "expired 90 s before the call" in finding.title
    assert finding.evidence[1].locator == "/log/entries/0/request/headers/0/value"


def test_no_part_of_the_token_stands_in_the_finding() -> None:
    sent = bearer(-90)

    (finding,) = found("API03", har(call(401, sent=sent)))

    assert sent["Authorization"][7:40] not in repr(finding)


def test_the_servers_challenge_is_cited() -> None:
    challenge = {"WWW-Authenticate": 'Bearer error="invalid_token", error_description="wrong audience"'}

    (finding,) = found("API03", har(call(401, sent=bearer(600), received=challenge)))

    assert "wrong audience" in finding.title
    assert finding.next_step.startswith("Compare the audience of the credential")


def test_a_credential_that_ran_out_is_to_be_renewed() -> None:
    (finding,) = found("API03", har(call(401, sent=bearer(-90))))

    assert finding.next_step.startswith("Renew the credential")


def posted(form: str, body: str) -> dict[str, Any]:
    """A form posted to our consumer URL beside a session cookie, and refused."""
    url = "https://desk.example.com/saml/acs"
    return call(401, method="POST", url=url, sent={"Cookie": "sid=1"}, post=form, body=body)


TOLD = '{"error": "invalid_audience", "message": "invalid audience", "user": "kim@example.com"}'


@pytest.mark.parametrize(
    ("post", "what"),
    [
        ("SAMLResponse=PHNhbWw%2B&RelayState=%2Finbox", "the SAMLResponse"),
        ("grant_type=authorization_code&code=c-1", "the authorization code"),
        ("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=e30", "the assertion"),
        ("grant_type=refresh_token&refresh_token=r-1", "the refresh token"),
        ("code=c-1&state=s-1", "the authorization code"),
    ],
)
def test_a_sign_in_message_is_what_was_refused_and_the_answer_is_quoted_at_its_place(post: str, what: str) -> None:
    (finding,) = found("API03", har(posted(post, TOLD)))

    assert finding.title.endswith(f"{what} that was sent was refused; the answer says “invalid_audience”.")
    assert [one.locator.removeprefix("/log/entries/0/") for one in finding.evidence] == [
        "response/status",
        "request/postData",
        "response/content/text",
    ]
    assert "kim@example.com" not in repr(finding)


def test_a_cookie_alone_is_still_what_was_refused() -> None:
    (finding,) = found("API03", har(posted("name=kim", "<html>")))

    assert "the credential that was sent (cookie) was refused." in finding.title


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (
            '{"error": "no_session", "error_description": "The session is over."}',
            "“no_session”, “The session is over.”",
        ),
        ('{"type": "about:blank", "title": "Unauthorized", "detail": "wrong realm"}', "“Unauthorized”, “wrong realm”"),
        ('{"error": {"code": 17, "message": "key revoked"}}', "“17”, “key revoked”"),
    ],
)
def test_the_bodys_error_is_quoted_for_every_refusal(body: str, says: str) -> None:
    for check, status in (("API03", 401), ("API04", 403), ("API07", 409), ("API11", 500), ("API12", 503)):
        (finding,) = found(check, har(call(status, body=body)))

        assert (finding.evidence[-1].observed, finding.evidence[-1].locator) == (
            says,
            "/log/entries/0/response/content/text",
        )


def test_a_lacking_credential_is_said() -> None:
    (finding,) = found("API03", har(call(401)))

    assert "no Authorization header" in finding.title


def test_a_sign_in_handshake_is_no_failure() -> None:
    asked = call(401, received={"WWW-Authenticate": "Negotiate"})

    assert states("API03", har(asked, call(200, after=1))) == {State.INFO}


SIGNED_IN = {"Authorization": "Negotiate YIIKdgYGKwYBBQUC"}
ELSEWHERE = "https://api.example.com/adfs/ls/wia"


def test_a_handshake_that_goes_on_at_another_address_of_the_host_is_no_failure() -> None:
    asked = call(401, url="https://api.example.com/adfs/ls/", received={"WWW-Authenticate": "Negotiate"})

    assert states("API03", har(asked, call(200, url=ELSEWHERE, sent=SIGNED_IN, after=1))) == {State.INFO}


@pytest.mark.parametrize(
    ("challenge", "sent", "url"),
    [
        ("Negotiate", {}, "https://other.example.com/wia"),
        ("Basic", {}, ELSEWHERE),
        ("Negotiate", SIGNED_IN, ELSEWHERE),
    ],
    ids=("another host", "another scheme", "its own credential was refused"),
)
def test_a_handshake_that_did_not_go_on_stays_a_failure(challenge: str, sent: dict[str, str], url: str) -> None:
    asked = call(401, url="https://api.example.com/adfs/ls/", sent=sent, received={"WWW-Authenticate": challenge})

    assert State.FAIL in states("API03", har(asked, call(200, url=url, sent=SIGNED_IN, after=1)))


@pytest.mark.parametrize(
    ("received", "body", "side"),
    [
        ({"WWW-Authenticate": 'Bearer error="insufficient_scope"'}, "", Side.CUSTOMER_CLIENT),
        ({"x-amzn-waf-action": "block"}, "", Side.OUR_INFRA),
        ({}, "<title>Attention Required! | Cloudflare</title>", Side.OUR_INFRA),
        ({}, '{"code": "ip_not_allowed"}', Side.CUSTOMER_NETWORK),
        ({}, "CSRF token missing", Side.CUSTOMER_CLIENT),
        ({}, "forbidden", Side.OUR_APP),
    ],
)
def test_403_names_who_refused(received: dict[str, str], body: str, side: Side) -> None:
    (finding,) = found("API04", har(call(403, received=received, body=body)))

    assert (finding.state, finding.side) == (State.FAIL, side)


def test_calls_that_succeed_are_not_mentioned() -> None:
    assert states("API03", har(call(200))) | states("API04", har(call(200))) == set()


def test_a_firewall_that_blocked_a_call_is_named_with_the_id_of_the_request() -> None:
    page = "<title>Attention Required! | Cloudflare</title>"

    (finding,) = found("API04", har(call(403, received={"Server": "cloudflare", "CF-Ray": "9a4c1f-CPH"}, body=page)))

    assert "a web application firewall blocked it (Cloudflare, cf-ray 9a4c1f-CPH)" in finding.title
