"""What happens between the request and the answer of a SAML sign-in: cookies, RelayState, loops."""

from typing import Any

import pytest
from tests.evidence import ACS, call, found, har, states

from sevline.core.finding import State
from sevline.core.redaction.redactor import Redactor

LOGIN = "https://desk.example.com/login"
SSO = "https://idp.example.net/sso"


def asked(after: float = 1, relay: str = "r-1") -> dict[str, Any]:
    return call(200, url=f"{SSO}?SAMLRequest=AAAA&RelayState={relay}", after=after)


def login(cookie: str) -> dict[str, Any]:
    return call(302, url=LOGIN, received={"Set-Cookie": cookie})


def answered(relay: str = "r-1", cookie: str = "sid=1", url: str = ACS) -> dict[str, Any]:
    sent = {"Cookie": cookie} if cookie else {"Accept": "text/html"}
    return call(302, url=url, method="POST", post=f"SAMLResponse=AAAA&RelayState={relay}", sent=sent, after=5)


GOOD = "sid=1; SameSite=None; Secure"
FAULTS: dict[str, tuple[list[dict[str, Any]], str]] = {
    "Lax": (
        [login("sid=1; SameSite=Lax; Secure"), asked(), answered(cookie="")],
        "SameSite=Lax keeps it out",
    ),
    "no SameSite": ([login("sid=1; Secure"), asked(), answered(cookie="")], "treat as Lax"),
    "None without Secure": ([login("sid=1; SameSite=None"), asked(), answered(cookie="")], "without Secure is refused"),
    "http": (
        [login(GOOD), asked(), answered(cookie="", url=ACS.replace("https", "http"))],
        "the address is http",
    ),
    "RelayState changed": ([asked(), answered(relay="r-2")], "it was changed"),
    "RelayState left out": ([asked(), answered(relay="")], "it was left out"),
    "a loop": ([asked(1), answered(), asked(2), answered(), asked(3)], "sent to the identity provider 3 times"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_between_request_and_answer_is_named(name: str) -> None:
    entries, says = FAULTS[name]

    failing = [one for one in found("SAML20", har(*entries)) if one.state is State.FAIL]

    assert [says in one.title for one in failing] == [True]


def test_a_whole_sign_in_passes_and_a_recording_without_one_is_silent() -> None:
    assert states("SAML20", har(login(GOOD), asked(), answered())) == {State.PASS}
    assert states("SAML20", har(call(200))) == set()


def test_a_request_that_is_carried_along_from_page_to_page_is_no_loop() -> None:
    pages = [asked(1), asked(2), asked(3), asked(4), answered()]

    assert states("SAML20", har(login(GOOD), *pages)) == {State.PASS}


def test_a_recording_that_begins_too_late_says_what_it_lacks() -> None:
    assert states("SAML20", har(answered())) == {State.NOT_EVALUATED}
    assert states("SAML20") == {State.NOT_EVALUATED}


def test_a_long_relay_state_is_a_warning() -> None:
    long = "r" * 81

    assert states("SAML20", har(asked(relay=long), answered(relay=long))) == {State.WARN}


def test_a_cookie_that_is_lost_at_each_try_is_told_once_with_how_often() -> None:
    lax = "sid=1; SameSite=Lax; Secure"
    tries = [each for _ in range(2) for each in (login(lax), asked(), answered(cookie=""))]

    (told,) = [one for one in found("SAML20", har(*tries)) if one.state is State.FAIL]

    assert "consumer URL (2 times)" in told.title
    assert len(told.evidence) == 3


@pytest.mark.parametrize("name", ["sessionid", "PHPSESSID", "auth_token"])
def test_redaction_leaves_the_flags_of_a_cookie_whatever_its_name(name: str) -> None:
    tried = har(login(f"{name}=1; SameSite=Lax; Secure"), asked(), answered(cookie=""))

    (told,) = [one for one in found("SAML20", tried) if one.state is State.FAIL]

    assert Redactor(bytes(32)).text(told.evidence[0].observed).text == f"{name} (SameSite=Lax; Secure)"
