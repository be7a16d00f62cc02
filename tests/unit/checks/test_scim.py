"""Provisioning: errors by kind, paging, and two exports compared user by user."""

import copy
import json
from typing import Any

import pytest
from tests.evidence import call, found, har, states
from tests.unit.bench.examining import examined

from sevline.core.checks.scim import KINDS
from sevline.core.finding import Side, State
from sevline.core.readers.scim import APP, ERROR, IDP, LIST, UserList, users_of_document, users_of_lines

SCIM = "https://desk.example.com/scim/v2/Users"


def users(count: int = 1_000) -> list[dict[str, Any]]:
    return [
        {
            "id": f"u{n}",
            "userName": f"person{n}@example.com",
            "active": True,
            "emails": [{"value": f"person{n}@example.com", "primary": True}],
            "groups": [{"display": "Agents"}],
        }
        for n in range(count)
    ]


def listed(held: list[dict[str, Any]], side: str) -> UserList:
    read = users_of_document({"schemas": [LIST], "totalResults": len(held), "Resources": held}, f"a-{side}", side)
    assert read is not None
    return read


@pytest.mark.requirement("R-052")
def test_two_exports_of_1000_users_that_disagree_in_7_places_give_those_7_each_with_its_reason() -> None:
    theirs, ours = users(), users()
    theirs[10]["active"] = False
    ours[20]["active"] = False
    ours[30]["emails"][0]["value"] = "old@example.com"
    ours[40]["groups"] = [{"display": "Agents"}, {"display": "Admins"}]
    theirs[50]["groups"] = [{"display": "Agents"}, {"display": "Leads"}]
    theirs[60]["userName"] = "renamed@example.com"
    del ours[70]
    ours[60]["active"] = False
    (finding,) = found("SCIM03", listed(theirs, IDP), listed(ours, APP))

    reasons = [(one.artifact, one.locator, one.observed) for one in finding.evidence]
    assert finding.title.startswith("7 of 1001 users differ")
    assert sorted(reasons) == sorted(
        [
            ("a-app", "/Resources/10", "inactive at the identity provider, active in our app"),
            ("a-app", "/Resources/20", "active at the identity provider, inactive in our app"),
            ("a-app", "/Resources/30", "another e-mail address"),
            ("a-app", "/Resources/40", "other groups: has admins too"),
            ("a-app", "/Resources/50", "other groups: lacks leads"),
            ("a-idp", "/Resources/60", "missing in our app"),
            ("a-idp", "/Resources/70", "missing in our app"),
        ]
    )


def test_equal_exports_pass_whatever_their_order_and_case() -> None:
    theirs, ours = users(50), users(50)[::-1]
    ours[3]["userName"] = ours[3]["userName"].upper()

    assert states("SCIM03", listed(theirs, IDP), listed(ours, APP)) == {State.PASS}


def test_one_list_is_not_enough_and_a_list_without_side_is_asked_about() -> None:
    (alone,) = found("SCIM03", listed(users(3), IDP))
    (unsure,) = found("SCIM04", listed(users(3), ""), listed(users(3), APP))

    assert (alone.state, unsure.state) == (State.NOT_EVALUATED, State.NOT_EVALUATED)
    assert "one list of users has no side" in unsure.title
    assert "--as scim-idp" in unsure.next_step


def test_who_left_and_is_still_active_is_a_warning_with_its_age() -> None:
    theirs, ours = users(5), users(5)
    theirs[2] |= {"active": False, "lastModified": "2026-02-27T09:00:00Z"}

    (finding,) = found("SCIM04", listed(theirs, IDP), listed(ours, APP))

    assert finding.state is State.WARN
    assert "1 of 1 users" in finding.title
    assert "2026-02-27T09:00:00Z" in finding.title
    assert states("SCIM04", listed(theirs, IDP), listed(theirs, APP)) == {State.PASS}


def answer(**told: Any) -> str:
    return json.dumps({"schemas": [ERROR], "detail": "no such attribute"} | told)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_an_error_is_named_by_its_kind(kind: str) -> None:
    status = 409 if kind == "uniqueness" else 400

    (finding,) = found("SCIM01", har(call(status, url=SCIM, method="POST", body=answer(scimType=kind))))

    assert kind in finding.title
    assert KINDS[kind][0] in finding.title


def test_a_conflict_without_kind_is_told_by_its_status_and_good_calls_are_silent() -> None:
    (finding,) = found("SCIM01", har(call(409, url=SCIM, method="POST")))

    assert "another record has the same value" in finding.title
    assert states("SCIM01", har(call(200, url=SCIM))) == set()
    assert states("SCIM01") == {State.NOT_EVALUATED}


def page(start: int, got: int, total: int) -> dict[str, Any]:
    body = {"schemas": [LIST], "startIndex": start, "totalResults": total, "Resources": users(got)}
    return call(200, url=f"{SCIM}?startIndex={start}", body=json.dumps(body), after=start)


@pytest.mark.parametrize(
    ("pages", "says"),
    [
        ([(0, 5, 5)], "starts at index 0"),
        ([(1, 5, 15), (11, 5, 15)], "records 6 to 10 were never asked for"),
        ([(1, 5, 10), (5, 6, 10)], "fetched twice"),
        ([(1, 5, 12), (6, 5, 12)], "ends after 10 of 12"),
    ],
)
def test_a_fault_of_paging_is_named(pages: list[tuple[int, int, int]], says: str) -> None:
    (finding,) = found("SCIM02", har(*(page(*one) for one in pages)))

    assert finding.state is State.FAIL
    assert says in finding.title


def test_whole_pages_pass_and_no_recording_is_asked_for() -> None:
    assert states("SCIM02", har(page(1, 5, 10), page(6, 5, 10))) == {State.PASS}
    assert states("SCIM02") == {State.NOT_EVALUATED}


def test_exports_of_identity_providers_and_csv_are_read_by_their_columns() -> None:
    entra = users_of_document([{"userPrincipalName": "a@example.com", "accountEnabled": False}], "a1")
    okta = users_of_document([{"status": "DEPROVISIONED", "profile": {"login": "b@example.com"}}], "a1")
    table = users_of_lines("UserName,Active,Groups\nc@example.com,false,Agents;Leads\n", "a1", APP)

    assert entra is not None
    assert okta is not None
    assert table is not None
    assert [(one.side, one.users[0].key, one.users[0].active) for one in (entra, okta, table)] == [
        (IDP, "a@example.com", False),
        (IDP, "b@example.com", False),
        (APP, "c@example.com", False),
    ]
    assert table.users[0].groups == frozenset({"agents", "leads"})


def test_documents_of_other_kinds_are_no_lists_of_users() -> None:
    others: list[object] = [{}, [], {"users": "x"}, {"items": [{"id": 1}]}, [{"name": "x"}], 7, None]

    assert [users_of_document(one, "a1") for one in others] == [None] * len(others)


def test_two_files_are_compared_and_nobodys_address_is_shown() -> None:
    theirs, ours = users(20), copy.deepcopy(users(20))
    ours[3]["active"] = False
    files = [
        ("idp.json", json.dumps([{"userPrincipalName": one["userName"], "accountEnabled": True} for one in theirs])),
        ("app.json", json.dumps({"Resources": [one | {"meta": {"resourceType": "User"}} for one in ours]})),
    ]

    examination, _ = examined(*((name, text.encode()) for name, text in files))

    (drift,) = [one for one in examination.findings if one.check_id == "SCIM03"]
    assert drift.state is State.FAIL
    assert len(drift.evidence) == 1
    assert "person3@example.com" not in repr(examination)


def by_cursor(cursor: str, following: str, got: int = 5) -> dict[str, Any]:
    body = {"schemas": [LIST], "totalResults": 10, "Resources": users(got)} | (
        {"nextCursor": following} if following else {}
    )
    return call(200, url=f"{SCIM}?count=5" + (f"&cursor={cursor}" if cursor else ""), body=json.dumps(body))


def test_pages_by_cursor_end_where_none_follows() -> None:
    whole, cut = har(by_cursor("", "c1"), by_cursor("c1", "")), har(by_cursor("", "c1"))

    (told,) = found("SCIM02", cut)

    assert states("SCIM02", whole) == {State.PASS}
    assert told.state is State.FAIL
    assert "after 5 of 10 records, and names a next cursor" in told.title
    assert "with the cursor" in told.next_step


def test_a_question_for_how_many_there_are_is_no_list() -> None:
    body = {"schemas": [LIST], "totalResults": 120, "startIndex": 1, "Resources": []}

    assert State.FAIL not in states("SCIM02", har(call(200, url=f"{SCIM}?count=0", body=json.dumps(body))))


def test_a_list_by_cursor_that_ends_before_its_total_and_names_no_next_one_fails() -> None:
    (told,) = found("SCIM02", har(by_cursor("", "c1", 3), by_cursor("c1", "", 3)))

    assert (told.state, told.side) == (State.FAIL, Side.OUR_APP)
    assert "after 6 of 10 records, and names no next cursor" in told.title


def test_a_recording_that_begins_within_a_list_by_cursor_shows_its_rest() -> None:
    assert states("SCIM02", har(by_cursor("c1", "c2", 3), by_cursor("c2", "", 3))) == {State.PASS}


def test_a_next_cursor_that_is_no_text_names_none() -> None:
    body = {"schemas": [LIST], "totalResults": 5, "startIndex": 1, "nextCursor": 7, "Resources": users(5)}

    assert states("SCIM02", har(call(200, url=SCIM, body=json.dumps(body)))) == {State.PASS}


def test_a_list_that_is_begun_anew_is_judged_from_there() -> None:
    tried, whole = page(1, 2, 10), [page(1, 5, 10), page(6, 5, 10)]

    assert states("SCIM02", har(tried, *whole)) == {State.PASS}
    assert states("SCIM02", har(*whole, page(1, 5, 10))) == {State.FAIL}
