"""A refusal that hands out what the call lacked is no fault where the client brings it next, else it stays one."""

import json
from typing import Any

import pytest
from tests.evidence import call, found, har, states
from tests.signon.oidc import CALLBACK, ISSUER, authorize, callback, recorded

from sevline.core.checks import every_check
from sevline.core.finding import Given, State, run
from sevline.core.readers.oidc import from_har

TOKENS, API = "https://as.example.com/token", "https://api.example.com/v1/orders"
WANTS = {"error": "use_dpop_nonce", "error_description": "Authorization server requires nonce in DPoP proof"}
FORM = "grant_type=authorization_code&code=c-1&client_id=desk"
RESOURCE = {"WWW-Authenticate": 'DPoP error="use_dpop_nonce", error_description="Resource server requires nonce"'}
STALE = {"type": "urn:ietf:params:acme:error:badNonce", "detail": "JWS has an invalid anti-replay nonce", "status": 400}


def judged(*evidence: Given) -> set[str]:
    return {one.check_id for one in run(evidence, every_check()) if one.state in {State.FAIL, State.WARN}}


def redeemed(status: int, answer: dict[str, str], *, proof: str, after: float) -> dict[str, Any]:
    given = {"DPoP-Nonce": "n-1"} if status >= 400 else {}
    sent = {"DPoP": proof}
    body = json.dumps(answer)
    return call(status, url=TOKENS, method="POST", post=FORM, sent=sent, received=given, body=body, after=after)


def shopping(status: int, proof: str, after: float) -> dict[str, Any]:
    sent = {"Authorization": "DPoP at-1", "DPoP": proof}
    return call(status, sent=sent, received=RESOURCE if status == 401 else {}, after=after)


def ordered(status: int, after: float) -> dict[str, Any]:
    answer = STALE if status == 400 else {"status": "pending"}
    return call(
        status,
        url="https://acme.example.com/new-order",
        method="POST",
        post=json.dumps({"protected": f"n{after}", "payload": "p"}),
        received={"Replay-Nonce": f"r{after}"},
        body=json.dumps(answer),
        after=after,
    )


def written(status: int, token: str, after: float, handed: str = "") -> dict[str, Any]:
    return call(
        status,
        method="POST",
        post='{"n": 1}',
        sent={"X-CSRF-Token": token} if token else {},
        received={"X-CSRF-Token": handed} if handed else {},
        after=after,
    )


def saved(status: int, version: str, after: float) -> dict[str, Any]:
    return call(status, method="PUT", post='{"n": 1}', sent={"If-Match": version}, after=after)


def expecting(status: int, after: float, **sent: str) -> dict[str, Any]:
    return call(status, method="POST", post="x", sent={"Accept": "*/*", **sent}, after=after)


REPORT = "https://api.example.com/v1/reports/9"


def ordered_report() -> dict[str, Any]:
    made = {"Location": "/v1/reports/9"}
    return call(202, url="https://api.example.com/v1/reports", method="POST", post='{"of": 1}', received=made)


def asked_for_report(status: int, after: float) -> dict[str, Any]:
    return call(status, url=REPORT, after=after)


def approved(error: str, after: float) -> dict[str, Any]:
    form = "grant_type=urn%3Aopenid%3Aparams%3Agrant-type%3Aciba&auth_req_id=r1&client_id=till"
    body = json.dumps({"error": error} if error else {"access_token": "a"})
    return call(400 if error else 200, url=TOKENS, method="POST", post=form, body=body, after=after)


@pytest.mark.parametrize(
    "entries",
    [
        [redeemed(400, WANTS, proof="p-1", after=0), redeemed(200, {"access_token": "a"}, proof="p-2", after=0.3)],
        [shopping(401, "p-1", 0), shopping(200, "p-2", 0.3)],
        [ordered(400, 0), ordered(201, 1)],
        [
            written(403, "", 0, "Required"),
            call(200, sent={"X-CSRF-Token": "Fetch"}, received={"X-CSRF-Token": "t-1"}, after=1),
            written(201, "t-1", 2),
        ],
        [written(403, "old", 0, "t-2"), written(200, "t-2", 1)],
        [saved(412, "v1", 0), call(200, received={"ETag": "v2"}, after=1), saved(200, "v2", 2)],
        [expecting(417, 0, Expect="100-continue"), expecting(200, 0.3)],
        [ordered_report(), *(asked_for_report(404, 1 + 2 * n) for n in range(4)), asked_for_report(200, 9)],
        [*(approved("authorization_pending", 5 * n) for n in range(4)), approved("", 20)],
        [call(204, url=REPORT, method="DELETE"), asked_for_report(404, 1)],
    ],
    ids=[
        "token",
        "resource",
        "ACME",
        "SAP Gateway",
        "a token that ran out",
        "a version",
        "Expect",
        "a 202",
        "CIBA",
        "deleted",
    ],
)
def test_what_the_refusal_asked_for_and_the_next_call_brought_is_no_fault(entries: list[dict[str, Any]]) -> None:
    recording = har(*entries)

    assert judged(recording, *from_har(recording)) == set()


def test_the_nonce_that_was_asked_for_is_told() -> None:
    recording = har(redeemed(400, WANTS, proof="p-1", after=0), redeemed(200, {}, proof="p-2", after=0.3))

    (told,) = found("OIDC12", recording)

    assert told.state is State.INFO
    assert "nonce in the DPoP proof" in told.title


@pytest.mark.parametrize(
    ("entries", "check"),
    [
        ([redeemed(400, WANTS, proof="p-1", after=0), redeemed(400, WANTS, proof="p-1", after=1)], "OIDC12"),
        ([shopping(401, "p-1", 0), shopping(401, "p-1", 1)], "API03"),
        ([ordered(400, 0), ordered(400, 1)], "API02"),
        ([written(403, "", 0, "Required"), written(403, "", 1, "Required")], "API04"),
        ([written(403, "t-1", 0, "t-1"), written(200, "t-1", 1)], "API04"),
        ([saved(412, "v1", 0), saved(412, "v1", 2)], "API07"),
        ([expecting(417, 0), expecting(417, 1)], "API15"),
        ([ordered_report(), *(asked_for_report(404, 1 + 2 * n) for n in range(4))], "API05"),
        ([asked_for_report(404, 1), asked_for_report(200, 2)], "API05"),
        ([approved("authorization_pending", 0), approved("access_denied", 5)], "OIDC12"),
        ([call(403, url=REPORT, method="DELETE"), asked_for_report(404, 1)], "API05"),
    ],
    ids=[
        "token",
        "resource",
        "ACME",
        "SAP",
        "the same token",
        "a version",
        "Expect",
        "a 202",
        "no 202",
        "CIBA",
        "not deleted",
    ],
)
def test_what_was_asked_for_and_never_came_stays_a_fault(entries: list[dict[str, Any]], check: str) -> None:
    assert check in judged(har(*entries))


def rotated(status: int, said: str, after: float = 0) -> dict[str, Any]:
    """A server that hands out a new token with every answer refuses a call that brought the last one."""
    return {
        **call(status, method="POST", post='{"n": 1}', sent={"X-CSRF-Token": "t-1"}, body=said, after=after),
        "response": call(status, received={"X-CSRF-Token": "t-2"}, body=said)["response"],
    }


@pytest.mark.parametrize(
    ("status", "said", "check"),
    [
        (422, '{"errors": [{"field": "n", "message": "must be even"}]}', "API02"),
        (403, '{"error": "insufficient_role"}', "API04"),
        (409, "", "API07"),
        (429, "", "API09"),
    ],
)
def test_a_refusal_for_another_reason_stays_one_though_the_token_was_a_new_one_the_next_time(
    status: int, said: str, check: str
) -> None:
    assert check in judged(har(rotated(status, said), written(201, "t-2", 60)))


def test_a_refusal_that_speaks_of_the_token_is_no_fault_where_the_next_call_brought_a_new_one() -> None:
    assert judged(har(rotated(403, "CSRF verification failed"), written(201, "t-2", 1))) == set()


def test_a_client_that_is_refused_time_and_again_before_it_brings_the_nonce_is_told() -> None:
    entries = [*(shopping(401, "p-1", n) for n in range(10)), shopping(200, "p-2", 20)]

    assert "API03" in judged(har(*entries))


def test_calls_side_by_side_that_each_bring_the_nonce_then_are_no_fault() -> None:
    entries = [shopping(401, "p-1", 0), shopping(401, "p-2", 0.1), shopping(200, "p-3", 1), shopping(200, "p-4", 1.1)]

    assert judged(har(*entries)) == set()


def test_a_write_whose_version_was_read_anew_twice_is_no_fault() -> None:
    assert judged(har(saved(412, "v1", 0), saved(412, "v2", 1), saved(200, "v3", 2))) == set()


@pytest.mark.parametrize(
    "entries",
    [
        [ordered_report(), *(asked_for_report(404, 1 + n / 20) for n in range(60)), asked_for_report(200, 9)],
        [call(204, url=REPORT, method="DELETE"), *(asked_for_report(404, 1 + n / 20) for n in range(60))],
        [*(saved(412, f"v{n}", n / 20) for n in range(60)), saved(200, "v99", 9)],
    ],
    ids=["a 202", "deleted", "a version"],
)
def test_asking_without_a_pause_is_a_storm_though_each_answer_is_no_fault(entries: list[dict[str, Any]]) -> None:
    assert judged(har(*entries)) == {"API15"}


def test_a_report_that_was_there_and_is_gone_again_stays_a_fault() -> None:
    flapping = [asked_for_report(status, 1 + n) for n, status in enumerate((404, 200, 404, 200))]

    (told,) = found("API05", har(ordered_report(), *flapping))

    assert "answered 404 once" in told.title


def test_what_was_made_again_after_it_was_deleted_and_is_not_there_stays_a_fault() -> None:
    again = call(201, url="https://api.example.com/v1/reports", method="POST", post="{}", received={"Location": REPORT})

    assert "API05" in judged(har(call(204, url=REPORT, method="DELETE"), again, asked_for_report(404, 1)))


@pytest.mark.parametrize("location", ["http://[bad", "\ud800", "https://[::1"])
def test_an_address_that_is_none_ends_no_check(location: str) -> None:
    promise = call(202, method="POST", post="{}", received={"Location": location})

    assert "API05" in judged(har(promise, call(404, after=1)))


def test_a_code_that_a_nonce_held_up_was_not_sent_twice() -> None:
    denied = {"error": "invalid_grant", "error_description": "the code has expired"}
    recording = har(redeemed(400, WANTS, proof="p-1", after=0), redeemed(400, denied, proof="p-2", after=90))

    told = [one.title for one in found("OIDC12", recording) if "invalid_grant" in one.title]

    assert len(told) == 1
    assert "sent 2 times" not in told[0]


PENDING = {"error": "authorization_pending", "error_description": "The user has not yet completed authorization."}


def polled(answer: dict[str, str], after: float) -> dict[str, Any]:
    form = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=d1&client_id=tv"
    status = 400 if "error" in answer else 200
    return call(status, url=TOKENS, method="POST", post=form, body=json.dumps(answer), after=after)


def test_a_wait_of_a_device_that_the_provider_describes_is_no_error_of_it() -> None:
    recording = har(polled(PENDING, 0), polled(PENDING, 5), polled({"access_token": "a"}, 10))

    assert judged(recording, *from_har(recording)) == set()


def test_an_error_that_ends_the_wait_of_a_device_is_one_of_the_provider() -> None:
    ended = {"error": "expired_token", "error_description": "The device code has expired."}
    recording = har(polled(PENDING, 0), polled(ended, 5))

    assert judged(recording, *from_har(recording)) == {"OIDC12", "OIDC13"}


def test_a_grant_that_is_refused_is_no_wrong_form_of_the_request() -> None:
    denied = {"error": "invalid_grant", "error_description": "The authorization code was used already."}
    entries = [
        call(200, url=TOKENS, method="POST", post=FORM, body='{"access_token": "a"}'),
        call(400, url=TOKENS, method="POST", post=FORM, body=json.dumps(denied), after=0.1),
    ]

    assert states("API02", har(*entries)) == set()
    assert "sent 2 times" in found("OIDC12", har(*entries))[0].title


def test_a_form_without_an_error_of_oauth_is_told_as_before() -> None:
    assert states("API02", har(call(400, url=TOKENS, method="POST", post=FORM, body="bad"))) == {State.FAIL}


QUESTION = authorize(prompt="none", state="s-0")
NOBODY = call(302, url=f"{CALLBACK}?error=login_required&state=s-0", after=2)
FORM_PAGE = call(200, url=f"{ISSUER}/login", body="<form></form>", after=4)


def test_a_question_for_a_session_before_the_sign_in_is_no_fault() -> None:
    evidence = recorded(QUESTION, NOBODY, authorize(), FORM_PAGE, callback())

    told = found("OIDC16", *evidence)

    assert {"OIDC13", "OIDC16"} & judged(*evidence) == set()
    assert "signed in next" in told[0].title


def test_a_hidden_frame_that_misses_a_session_that_is_there_stays_a_fault() -> None:
    at_once = {**authorize(), "startedDateTime": "2026-03-02T09:00:03+00:00"}
    at_once["response"] = {**at_once["response"], "status": 302, "redirectURL": f"{CALLBACK}?code=c-1&state=s-1"}
    after_sign_in = recorded(authorize(), callback(), QUESTION, NOBODY)

    assert "OIDC16" in judged(*recorded(QUESTION, NOBODY, at_once, callback()))
    assert "OIDC16" in judged(*after_sign_in)


@pytest.mark.parametrize("error", ["interaction_required", "consent_required", "account_selection_required"])
def test_a_question_that_needed_the_person_is_no_fault_even_where_the_code_then_came_at_once(error: str) -> None:
    asked = {**authorize(), "startedDateTime": "2026-03-02T09:00:03+00:00"}
    asked["response"] = {**asked["response"], "status": 302, "redirectURL": f"{CALLBACK}?code=c-1&state=s-1"}
    needed = call(302, url=f"{CALLBACK}?error={error}&state=s-0", after=2)
    evidence = recorded(QUESTION, needed, asked, callback())

    (told,) = [one for one in found("OIDC16", *evidence) if one.state is State.INFO]

    assert {"OIDC13", "OIDC16"} & judged(*evidence) == set()
    assert "needed the person, and the person signed in next" in told.title


def test_a_silent_renewal_that_needs_consent_says_so_and_blames_no_cookie() -> None:
    needed = call(302, url=f"{CALLBACK}?error=consent_required&state=s-0", after=2)

    (told,) = [one for one in found("OIDC16", *recorded(QUESTION, needed)) if one.state is State.FAIL]

    assert "consented" in told.title
    assert "cookies" not in told.next_step


def test_a_promised_address_that_cannot_be_read_is_passed_over() -> None:
    recording = har(call(202, method="POST", received={"Location": "http://[x"}), asked_for_report(404, 1))

    assert states("API05", recording) == {State.WARN}


ME, SIGNS_IN = "https://api.example.com/me", "https://api.example.com/auth/login"
WHO, KNOWN = call(401, url=ME), call(200, url=ME, after=9)


def sign_in(status: int = 200, after: float = 5) -> dict[str, Any]:
    return call(status, url=SIGNS_IN, method="POST", post="{}", after=after)


def test_a_page_that_asks_who_is_there_before_the_sign_in_is_no_fault() -> None:
    assert "API03" not in judged(har(WHO, sign_in(), KNOWN))


@pytest.mark.parametrize(
    "entries",
    [
        [WHO],
        [WHO, sign_in()],
        [WHO, sign_in(401), KNOWN],
        [WHO, KNOWN],
        [call(200, url=ME, after=-9), WHO, sign_in(), KNOWN],
        [sign_in(after=-5), WHO, sign_in(), KNOWN],
        [call(401, url=ME, sent={"Authorization": "Bearer x"}), sign_in(), KNOWN],
    ],
)
def test_a_refusal_of_somebody_who_was_signed_in_or_who_stays_out_is_told(entries: list[dict[str, Any]]) -> None:
    assert "API03" in judged(har(*entries))
