"""A creation that found its record there, and a question what is allowed: no fault where the client went on well."""

import json
from typing import Any

import pytest

from sevline.core.checks import every_check
from sevline.core.finding import State, run
from sevline.core.readers.bydesign import LINKED, MADE_THEN, NOT_ALLOWED, by_design
from tests.evidence import call, har

USERS = "https://api.example.com/scim/v2/Users"
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
TAKEN = call(
    409,
    url=USERS,
    method="POST",
    post=json.dumps({"userName": "jo@example.com", "active": True}),
    body=json.dumps({"schemas": [ERROR], "status": "409", "scimType": "uniqueness"}),
)
ASKED = {"Accept": "*/*"}


def lookup(name: str = "jo@example.com", *, after: float = 1, ids: tuple[str, ...] = ("u7",)) -> dict[str, Any]:
    body = {"schemas": [LIST], "totalResults": len(ids), "Resources": [{"id": one, "userName": name} for one in ids]}
    return call(200, url=f"{USERS}?filter=userName%20eq%20%22{name}%22", body=json.dumps(body), after=after)


def change(user: str = "u7", *, status: int = 200, after: float = 2) -> dict[str, Any]:
    return call(status, url=f"{USERS}/{user}", method="PATCH", post="{}", body="{}", after=after)


def failing(*entries: dict[str, Any]) -> set[str]:
    return {one.check_id for one in run([har(*entries)], every_check()) if one.state is State.FAIL}


@pytest.mark.parametrize(
    "entries",
    [
        [TAKEN, lookup(), change()],
        [TAKEN, lookup("JO@example.com"), change(), lookup(after=3)],
        [TAKEN, lookup(ids=("u1", "u7")), change(status=204)],
    ],
)
def test_a_record_that_was_there_and_was_looked_up_and_changed_is_no_fault(entries: list[dict[str, Any]]) -> None:
    assert set(by_design(har(*entries)).values()) == {LINKED}
    assert failing(*entries) & {"SCIM01", "API07"} == set()


@pytest.mark.parametrize(
    "entries",
    [
        [TAKEN],
        [TAKEN, lookup()],
        [TAKEN, lookup(ids=())],
        [TAKEN, lookup(), change(status=404)],
        [TAKEN, lookup(), change("u8")],
        [TAKEN, lookup("al@example.com"), change()],
        [lookup(after=-2), change(after=-1), TAKEN],
        [TAKEN, lookup(ids=tuple(f"u{n}" for n in range(20))), change()],
    ],
)
def test_a_record_that_was_there_and_was_not_linked_stays_a_fault(entries: list[dict[str, Any]]) -> None:
    assert "SCIM01" in failing(*entries)


@pytest.mark.parametrize("body", ["[[[", "[1, null]", '{"Resources": [1, {"id": null}]}', ""])
def test_answers_that_list_nothing_readable_link_nothing(body: str) -> None:
    entries = [TAKEN, call(200, url=f"{USERS}?userName=jo@example.com", body=body, after=1), change()]

    assert by_design(har(*entries)) == {}


@pytest.mark.parametrize("below", ["", "/", "/7", "/7/lines"])
def test_a_question_what_is_allowed_that_is_refused_is_no_fault_where_the_client_goes_on(below: str) -> None:
    entries = [
        call(405, method="OPTIONS", sent=ASKED),
        call(200, url=f"https://api.example.com/v1/orders{below}", after=1),
    ]

    assert set(by_design(har(*entries)).values()) == {NOT_ALLOWED}
    assert "API06" not in failing(*entries)


def test_a_head_that_is_refused_where_the_address_is_then_got_is_no_fault() -> None:
    refused = call(405, method="HEAD")

    assert set(by_design(har(refused, call(200, after=1))).values()) == {NOT_ALLOWED}
    assert by_design(har(refused, call(404, after=1))) == {}
    assert by_design(har(call(200, after=-1), refused)) == {}


@pytest.mark.parametrize(
    "entries",
    [
        [call(405, method="OPTIONS", sent=ASKED)],
        [call(405, method="OPTIONS", sent=ASKED | {"Access-Control-Request-Method": "PUT"}), call(200, after=1)],
        [call(405, method="OPTIONS"), call(200, after=1)],
        [call(405, method="PUT", sent=ASKED), call(200, after=1)],
        [call(405, method="OPTIONS", sent=ASKED), call(200, url="https://other.example.net/", after=1)],
        [call(405, method="OPTIONS", sent=ASKED), call(200, url="https://api.example.com/favicon.ico", after=1)],
    ],
)
def test_a_405_of_a_preflight_or_of_another_method_or_that_ends_the_work_stays_a_fault(
    entries: list[dict[str, Any]],
) -> None:
    assert by_design(har(*entries)) == {}


def wrote(url: str, after: float, *, method: str = "POST", location: str = "", status: int = 201) -> dict[str, Any]:
    return call(status, url=url, method=method, received={"Location": location} if location else {}, after=after)


BLOBS = "https://api.example.com/v2/blobs"
BLOB = f"{BLOBS}/a1"
IS_MISSING, IS_THERE = call(404, url=BLOB, method="HEAD"), call(200, url=BLOB, method="HEAD", after=5)


@pytest.mark.parametrize(
    "entries",
    [
        [IS_MISSING, wrote(f"{BLOBS}/uploads", 1), IS_THERE],
        [IS_MISSING, wrote(BLOB, 1, method="PUT")],
        [call(404, url=BLOB), wrote(BLOBS, 1, location=BLOB), call(200, url=BLOB, after=2)],
        [call(404, url=f"{BLOBS}/by-name/x"), wrote(BLOBS, 1), call(200, url=f"{BLOBS}/by-name/x", after=2)],
        [wrote(f"{BLOBS}/uploads", -2), IS_MISSING, wrote(f"{BLOBS}/uploads", 1), IS_THERE],
    ],
)
def test_a_look_at_what_was_then_made_is_no_fault(entries: list[dict[str, Any]]) -> None:
    assert set(by_design(har(*entries)).values()) == {MADE_THEN}


@pytest.mark.parametrize(
    "entries",
    [
        [IS_MISSING],
        [IS_MISSING, IS_THERE],
        [IS_MISSING, wrote(f"{BLOBS}/uploads", 1)],
        [IS_MISSING, wrote("https://other.example.com/v2/blobs", 1), IS_THERE],
        [IS_MISSING, wrote(f"{BLOBS}/uploads", 1, status=500), IS_THERE],
        [wrote(BLOBS, -2, location=BLOB), IS_MISSING, wrote(BLOBS, 1), IS_THERE],
        [wrote(BLOBS, -2), call(404, url=BLOB), wrote(BLOBS, 1), call(200, url=BLOB, after=2)],
        [wrote(BLOBS, -2, location="http://[x"), IS_MISSING],
    ],
)
def test_what_is_missing_for_another_reason_stays_told(entries: list[dict[str, Any]]) -> None:
    assert by_design(har(*entries)) == {}
