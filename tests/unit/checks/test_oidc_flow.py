"""Each check of a recorded OpenID Connect sign-in: where it fails, where it is silent, and where calls are missing."""

import json
from typing import Any

import pytest
from tests.evidence import call, found, states
from tests.signon.oidc import CALLBACK, ISSUER, authorize, callback, claims, client, recorded, redeem, signed

from sevline.core.finding import Side, State
from sevline.core.readers.oidc import SignInError, from_document, from_lines
from sevline.core.readers.signinerrors import sign_in_errors

Entries = list[dict[str, Any]]
DENIED = {"error": "invalid_grant", "error_description": "AADSTS54005: the code was redeemed"}
SILENT = call(302, url=f"{CALLBACK}?error=login_required&state=s-1", after=2)
LAX = call(302, url=CALLBACK.replace("/callback", "/login"), received={"Set-Cookie": "sid=1; Path=/; Secure"}, after=-1)
POSTED = call(302, url=CALLBACK, method="POST", post="code=c-1&state=s-1", sent={"Accept": "text/html"}, after=2)
REFUSED = {"WWW-Authenticate": 'Bearer realm="desk", error="insufficient_scope", scope="orders.write"'}
SCOPED = {"Authorization": "Bearer " + signed(claims(scope="orders.read", nonce=None))}
FAULTS: dict[str, tuple[str, Entries, str]] = {
    "two redirect URIs": (
        "OIDC09",
        [authorize(), redeem(redirect_uri=f"{CALLBACK}/")],
        "only the slash at the end differs",
    ),
    "an unregistered URI": (
        "OIDC09",
        [authorize(redirect_uri="http://desk.example.com/callback")],
        "the scheme differs",
    ),
    "another state": ("OIDC10", [authorize(), callback(state="s-2")], "it differs"),
    "no state back": ("OIDC10", [authorize(), callback(state=None, error="x", code=None)], "it is missing"),
    "another nonce": ("OIDC10", [authorize(nonce="n-2"), redeem()], "is not the one that was sent"),
    "another verifier": ("OIDC11", [authorize(), redeem(code_verifier="w" * 43)], "does not belong to any"),
    "no verifier": ("OIDC11", [authorize(), redeem(code_verifier=None)], "has no code_verifier"),
    "no challenge": ("OIDC11", [authorize(code_challenge=None), redeem()], "had no code_challenge"),
    "a refused code": ("OIDC12", [redeem(status=400, answer=DENIED)], "400 invalid_grant: the code or refresh token"),
    "a code used twice": ("OIDC12", [redeem(), redeem(status=400, answer=DENIED)], "the code was sent 2 times"),
    "a lacking scope": ("OIDC15", [call(403, sent=SCOPED, received=REFUSED)], "lacks orders.write; it has orders.read"),
    "a challenge": ("OIDC14", [call(403, sent=SCOPED, received=REFUSED)], "error “insufficient_scope”"),
    "silent renewal": ("OIDC16", [authorize(prompt="none"), SILENT], "no session in the hidden frame"),
    "a cookie without SameSite": ("OIDC16", [LAX, authorize(), POSTED], "no SameSite, which browsers treat as Lax"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_a_sign_in_is_named(name: str) -> None:
    check, entries, says = FAULTS[name]

    failing = [one for one in found(check, *recorded(*entries), client()) if one.state is State.FAIL]

    assert [says in one.title for one in failing] == [True], [one.title for one in failing]


@pytest.mark.parametrize(
    ("check", "entries"),
    [
        ("OIDC09", [redeem()]),
        ("OIDC10", [callback()]),
        ("OIDC11", [authorize()]),
        ("OIDC12", None),
        ("OIDC13", None),
        ("OIDC14", None),
        ("OIDC15", None),
        ("OIDC16", None),
        ("OIDC17", None),
    ],
)
def test_what_is_missing_is_asked_for(check: str, entries: Entries | None) -> None:
    evidence = recorded(*entries) if entries else []

    findings = found(check, *evidence)

    assert {one.state for one in findings} == {State.NOT_EVALUATED}
    assert all(one.missing and one.next_step for one in findings)


def test_neither_state_nor_verifier_nor_code_stands_in_a_finding() -> None:
    entries = [
        authorize(state="secret-state"),
        callback(state="secret-other", code="secret-code"),
        redeem(code="secret-code"),
    ]
    told = repr([found(f"OIDC{number:02}", *recorded(*entries), client()) for number in (9, 10, 11, 12)])

    assert "secret" not in told


def test_plain_pkce_is_a_warning_and_none_is_noted() -> None:
    plain = recorded(authorize(code_challenge="v" * 43, code_challenge_method="plain"), redeem())
    without = recorded(authorize(code_challenge=None), redeem(code_verifier=None))

    assert states("OIDC11", *plain) == {State.WARN, State.PASS}
    assert states("OIDC11", *without) == {State.INFO}


@pytest.mark.parametrize("code", sorted(sign_in_errors()))
def test_every_code_of_the_table_is_explained_with_an_owner_and_a_step(code: str) -> None:
    error = SignInError("a1", "1:1", code if code.islower() else "", "", code if code.isupper() else "")

    (finding,) = found("OIDC13", error)

    row = sign_in_errors()[code]
    assert row.means in finding.title
    assert (finding.side, finding.next_step) == (row.owner, row.step)


def test_a_code_that_nobody_knows_is_named_as_it_is() -> None:
    (finding,) = found("OIDC13", SignInError("a1", "1:1", "", "", "AADSTS999999"))

    assert "AADSTS999999" in finding.title
    assert finding.side is Side.UNKNOWN


ADDRESS = f"{CALLBACK}?error=access_denied&error_description=AADSTS50105%3A+not+assigned&state=x"


def test_an_error_address_in_a_text_is_read() -> None:
    (error,) = from_lines(f"The browser stopped at\n{ADDRESS}\n", "a1", None)

    assert isinstance(error, SignInError)
    assert (error.locator, error.error, error.code) == ("2:1", "access_denied", "AADSTS50105")


def test_an_error_page_and_an_error_document_are_read() -> None:
    page = call(200, url=f"{ISSUER}/authorize", body="<p>Sorry: AADSTS700016: Application was not found</p>")
    document = json.loads('{"errorCode": "E0000011", "errorSummary": "Invalid token provided"}')

    errors = [one for one in recorded(page) if isinstance(one, SignInError)]

    assert [one.code for one in errors] == ["AADSTS700016"]
    assert [one.code for one in from_document(document, "a1", None) if isinstance(one, SignInError)] == ["E0000011"]


def test_set_cookie_lines_of_a_text_are_judged() -> None:
    text = "HTTP/1.1 302 Found\nSet-Cookie: a=1; SameSite=None\nset-cookie: b=2; SameSite=Lax; Secure\n"
    (lines,) = from_lines(text, "a1", None)

    assert states("OIDC17", lines) == {State.FAIL, State.INFO}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("__Host-csrf=7; Domain=example.com; Path=/; Secure; SameSite=None", "has a Domain, against the prefix"),
        ("__Host-csrf=7; Path=/app; SameSite=Lax", "has no Secure and no Path=/, against the prefix"),
        ("__Secure-sid=7; Path=/", "has no Secure, against the prefix"),
    ],
)
def test_a_cookie_that_breaks_what_the_prefix_of_its_name_promises_is_refused(line: str, said: str) -> None:
    (lines,) = from_lines(f"HTTP/1.1 200 OK\nSet-Cookie: {line}\n", "a1", None)

    (finding,) = found("OIDC17", lines)

    assert finding.state is State.FAIL
    assert said in finding.title


def test_a_cookie_that_keeps_what_its_prefix_promises_is_left_in_peace() -> None:
    text = "HTTP/1.1 200 OK\nSet-Cookie: __Host-sid=7; Path=/; Secure; SameSite=None; HttpOnly\n"
    (lines,) = from_lines(text, "a1", None)

    assert states("OIDC17", lines) == set()


def test_a_cookie_that_may_come_back_from_another_site_is_left_in_peace() -> None:
    (lines,) = from_lines("HTTP/1.1 302 Found\nSet-Cookie: a=1; Path=/; SameSite=None; Secure\n", "a1", None)

    assert states("OIDC17", lines) == set()


def test_cookies_of_a_recording_are_judged_at_the_header_that_sets_them() -> None:
    entry = call(200, received={"X-First": "1"})
    entry["response"]["headers"] += [
        {"name": "Set-Cookie", "value": f"{name}=1; Path=/; {flags}"}
        for name, flags in (("sid", "SameSite=None"), ("seen", "Secure"), ("theme", "Secure"))
    ]

    failing, quiet = found("OIDC17", *recorded(entry))

    assert (failing.state, failing.side) == (State.FAIL, Side.OUR_APP)
    assert "“sid” has SameSite=None without Secure" in failing.title
    assert failing.evidence[0].locator == "/log/entries/0/response/headers/1/value"
    assert quiet.title == (
        "2 cookies stay out of a form that another site posts (no SameSite; Secure): “seen”, “theme”."
    )
    assert [one.locator[-7:] for one in quiet.evidence] == ["2/value", "3/value"]


def test_another_hosts_cookie_is_a_third_partys_and_a_recording_without_cookies_says_what_lacks() -> None:
    page = call(200, url="https://desk.example.com/")
    other = call(200, url="https://cdn.example.net/t.js", received={"Set-Cookie": "t=1; SameSite=None"})

    (finding,) = found("OIDC17", *recorded(page, other))

    assert (finding.state, finding.side) == (State.FAIL, Side.THIRD_PARTY)
    assert states("OIDC17", *recorded(page)) == {State.NOT_EVALUATED}


def test_fewer_scopes_than_requested_are_a_warning() -> None:
    answer = {"access_token": signed(claims(nonce=None)), "scope": "openid"}

    assert states("OIDC15", *recorded(redeem(answer=answer, scope="openid orders.read"))) == {State.WARN}


def test_tokens_are_found_in_headers_forms_bodies_and_texts_each_once() -> None:
    raw = signed(claims(nonce=None, scope="orders"))
    sent = {"Authorization": f"Bearer {raw}"}
    calls = [call(200, sent=sent), call(200, sent=sent, after=1), redeem(answer={"access_token": raw})]

    tokens = [one for one in recorded(*calls) if type(one).__name__ == "JsonWebToken"]

    assert len(tokens) == 1
    assert len(tokens[0].uses) == 3  # type: ignore[attr-defined]  # found by its name
    assert len(from_lines(f"Authorization: Bearer {raw}", "a1", None)) == 1


def test_a_cookie_of_a_domain_that_is_not_the_hosts_own_is_refused_by_browsers() -> None:
    set_for = {"Set-Cookie": "sid=1; Domain=.app.vendor.example; Path=/; Secure; SameSite=None"}

    (finding,) = found("OIDC17", *recorded(call(302, url="https://portal.customer.example/login", received=set_for)))

    assert (finding.state, finding.side) == (State.WARN, Side.OUR_APP)
    assert "“sid” has Domain=app.vendor.example, and portal.customer.example sets it" in finding.title


def test_such_a_cookie_of_somebody_elses_host_is_a_note() -> None:
    set_for = {"Set-Cookie": "count=1; Domain=other.example.org; Secure; SameSite=None"}
    page, counter = call(200), call(200, url="https://counter.example.net/c.gif", received=set_for)

    assert states("OIDC17", *recorded(page, counter)) == {State.INFO}


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("app.vendor.example", "vendor.example"),
        ("app.vendor.example", ".APP.vendor.example"),
        ("app.vendor.example", ""),
        ("app.vendor.example:8443", "app.vendor.example"),
        ("m\u00fcller.example", "xn--mller-kva.example"),
        ("[::1", "vendor.example"),
    ],
)
def test_a_cookie_of_the_hosts_own_domain_is_left_in_peace(host: str, domain: str) -> None:
    set_for = {"Set-Cookie": f"sid=1; Domain={domain}; Path=/; Secure; SameSite=None"}

    assert states("OIDC17", *recorded(call(302, url=f"https://{host}/login", received=set_for))) <= {
        State.NOT_EVALUATED
    }
