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


def test_a_lacking_credential_is_said() -> None:
    (finding,) = found("API03", har(call(401)))

    assert "no Authorization header" in finding.title


def test_a_sign_in_handshake_is_no_failure() -> None:
    asked = call(401, received={"WWW-Authenticate": "Negotiate"})

    assert states("API03", har(asked, call(200, after=1))) == {State.INFO}


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
