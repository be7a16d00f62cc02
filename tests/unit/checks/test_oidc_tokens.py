"""Each check of tokens where it fails, where it stays silent, and where its input is missing."""

from collections.abc import Callable
from hashlib import sha256

import pytest
from tests.evidence import START, found, states
from tests.signon.oidc import (
    CLIENT,
    ISSUER,
    NOW,
    claims,
    client,
    confused,
    discovery,
    healthy,
    jwks,
    signed,
    token,
    unsigned,
)

from sevline.core.checks import every_check
from sevline.core.finding import Finding, Given, Side, State, run
from sevline.core.readers.oidc import from_lines

GOOD = token(signed())
FAULTS: dict[str, tuple[str, list[Given], str]] = {
    "cut": ("OIDC01", [token("eyJhbGciOiJSUzI1NiJ9.eyJ")], "has 2 parts"),
    "no JSON inside": ("OIDC01", [token("eyJhbGciOi.!!.x")], "not base64url of a JSON object"),
    "alg none": ("OIDC02", [token(unsigned())], "nobody signed it"),
    "a public key as secret": ("OIDC02", [token(confused()), jwks()], "a public key taken for a secret"),
    "an unknown key": ("OIDC03", [token(signed(kid="k2")), jwks("k1")], "is not in the JWKS"),
    "another tenant": ("OIDC05", [GOOD, discovery(f"{ISSUER}/other")], "the host is the same"),
    "a slash": ("OIDC05", [GOOD, discovery(f"{ISSUER}/")], "only the slash at the end differs"),
    "another audience": ("OIDC06", [token(signed(claims(aud="other"))), client()], "expected is “desk-client”"),
    "an ID token as access token": (
        "OIDC06",
        [token(signed(), role="bearer"), client()],
        "an ID token sent as access token",
    ),
    "another azp": ("OIDC06", [token(signed(claims(aud=[CLIENT, "b"], azp="b"))), client()], "is not our client"),
    "expired": ("OIDC07", [token(signed(claims(exp=NOW - 90)))], "expired by 90 s"),
    "not valid yet": ("OIDC07", [token(signed(claims(nbf=NOW + 400)))], "valid only 400 s after"),
    "from the future": ("OIDC07", [token(signed(claims(iat=NOW + 310)))], "Clock skew of at least 310 s"),
    "too large": (
        "OIDC08",
        [token(signed(claims(groups=["g" * 36] * 200)), role="bearer", status=431)],
        "answered 431",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_a_token_is_named(name: str) -> None:
    check, evidence, says = FAULTS[name]

    failing = [one for one in found(check, *evidence) if one.state is State.FAIL]

    assert [says in one.title for one in failing] == [True]


@pytest.mark.parametrize("check", [f"OIDC{number:02}" for number in range(1, 17)])
def test_no_check_fails_on_a_healthy_sign_in(check: str) -> None:
    assert states(check, *healthy()) <= {State.PASS, State.INFO}


@pytest.mark.parametrize(
    ("check", "evidence", "missing"),
    [
        ("OIDC01", [], "a JSON Web Token"),
        ("OIDC02", [token("eyJ.x")], "OIDC01"),
        ("OIDC03", [GOOD], "the provider's JWKS"),
        ("OIDC04", [GOOD], "the provider's JWKS"),
        ("OIDC04", [token(signed(kid="k2")), jwks("k1")], "OIDC03"),
        ("OIDC05", [GOOD], "the provider's discovery document"),
        ("OIDC06", [GOOD], "our OpenID Connect client settings"),
        ("OIDC07", [token(signed(), after=None)], "the time at which the token was used"),
        ("OIDC08", [], "a JSON Web Token"),
    ],
)
def test_what_is_missing_is_named(check: str, evidence: list[Given], missing: str) -> None:
    findings = found(check, *evidence)

    assert {one.state for one in findings} == {State.NOT_EVALUATED}
    assert missing in " ".join(findings[0].missing)
    assert findings[0].next_step


def tampered(raw: str) -> str:
    header, _, signature = raw.split(".")
    return ".".join((header, signed(claims(sub="eve")).split(".")[1], signature))


def test_an_altered_token_does_not_verify() -> None:
    assert states("OIDC04", token(tampered(signed())), jwks()) == {State.FAIL}


@pytest.mark.parametrize(("alg", "kind"), [("RS256", "RSA"), ("PS256", "RSA"), ("RS512", "RSA"), ("ES256", "EC")])
def test_signatures_of_every_current_kind_hold(alg: str, kind: str) -> None:
    held = token(signed(alg=alg, kid=f"k-{kind}"))

    assert states("OIDC04", held, jwks(f"k-{kind}", kind=kind)) == {State.PASS}
    assert states("OIDC02", held, jwks(f"k-{kind}", kind=kind)) == {State.PASS}


def test_keys_fetched_before_the_token_was_issued_hint_at_a_rotation() -> None:
    (finding,) = found("OIDC03", token(signed(claims(iat=NOW + 30), kid="k2"), after=60), jwks("k1", fetched=START))

    assert "rotated in between" in finding.title


def test_an_issuer_of_several_tenants_fits_its_template() -> None:
    held = token(signed(claims(iss="https://login.example.net/7f3a/v2.0")))

    assert states("OIDC05", held, discovery("https://login.example.net/{tenantid}/v2.0")) == {State.PASS}


def everything(raw: str) -> tuple[Finding, ...]:
    return run([token(raw, role="bearer", status=401), jwks(), discovery(), client()], every_check())


@pytest.mark.parametrize("make", [signed, unsigned, confused])
def test_no_part_of_a_token_stands_in_a_finding(make: Callable[[], str]) -> None:
    raw = make()

    told = repr(everything(raw))

    assert [part for part in raw.split(".") if part and part[:24] in told] == []
    assert token(raw).digest in told


@pytest.mark.requirement("R-051")
def test_a_token_whose_exp_lies_90_seconds_back_is_reported_and_only_a_prefix_of_its_digest_is_kept() -> None:
    raw = signed(claims(exp=NOW - 90))
    findings = everything(raw)

    (expired,) = [one for one in findings if one.check_id == "OIDC07" and one.state is State.FAIL]
    digest = sha256(raw.encode()).hexdigest()
    assert "expired by 90 s" in expired.title
    assert digest[:12] in repr(findings)
    assert digest not in repr(findings)
    assert [part for part in raw.split(".") if part[:16] in repr(findings)] == []


@pytest.mark.parametrize("written", ["id_token={}", '{{"id_token": "{}"}}', "{}"])
def test_an_id_token_in_a_text_is_compared_with_our_client(written: str) -> None:
    raw = signed(claims(aud="other", nonce="n-1"))

    given = from_lines(written.format(raw), "a1", None)

    (finding,) = found("OIDC06", *given, client())
    assert finding.state is State.FAIL
    assert "expected is “desk-client”" in finding.title


def test_a_provider_whose_document_and_tokens_differ_by_a_slash_contradicts_itself() -> None:
    (finding,) = found("OIDC05", GOOD, discovery(f"{ISSUER}/"))
    (other,) = found("OIDC05", GOOD, discovery("https://other.example.com"))

    assert finding.side is Side.CUSTOMER_IDP
    assert finding.next_step.startswith("The provider's discovery document and its tokens contradict each other")
    assert other.side is Side.OUR_APP
