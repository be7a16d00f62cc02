"""Whatever a text or a JSON document holds, the readers of sign-ins take it or leave it, and every check copes."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sevline.core.checks import every_check
from sevline.core.finding import run
from sevline.core.policy import matches
from sevline.core.readers.meaning import json_evidence, text_evidence
from sevline.core.readers.roles import Role
from sevline.core.readers.samltracer import as_har
from sevline.core.readers.setcookie import set_cookie
from tests.evidence import START, har_bytes
from tests.property.test_readers import values
from tests.signon import oidc

KEYS = st.sampled_from(
    [
        "sp",
        "idp",
        "entityId",
        "acsUrl",
        "security",
        "keys",
        "kty",
        "kid",
        "issuer",
        "jwks_uri",
        "error",
        "error_description",
        "errorCode",
        "id_token",
        "access_token",
        "client_id",
        "redirect_uris",
        "Resources",
        "userName",
        "active",
        "groups",
        "emails",
        "meta",
        "profile",
        "Statement",
        "Effect",
        "Action",
        "Resource",
        "Condition",
        "request",
        "action",
        "resource",
        "context",
        "roles",
        "boundaries",
        "policies",
        "requests",
        "url",
        "method",
        "requestHeaders",
        "post",
        "nameIdFormat",
        "wantAssertionsSigned",
    ]
)
tables: Any = st.recursive(
    values | st.sampled_from([oidc.signed(), oidc.unsigned(), "Allow", "files:*", "true"]),
    lambda inner: st.dictionaries(KEYS, inner, max_size=5) | st.lists(inner, max_size=3),
    max_leaves=14,
)
pieces = st.sampled_from(
    [
        oidc.signed(),
        "eyJ.eyJ.x",
        "?error=access_denied&",
        "error_description=%zz",
        "AADSTS50011",
        "Set-Cookie: a=1;",
        "\n",
    ]
)


@given(st.dictionaries(KEYS, tables, max_size=8), st.sampled_from(["", *Role]))
@settings(max_examples=150, deadline=None)
def test_any_document_is_read_or_left_alone_in_every_role(document: dict[str, Any], role: str) -> None:
    as_har(document)
    run(json_evidence(document, "a1", role, START), every_check())


@given(st.lists(pieces | st.text(max_size=20), max_size=12), st.sampled_from(["", Role.SCIM_IDP, Role.SCIM_APP]))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_or_left_alone(parts: list[str], role: str) -> None:
    set_cookie("".join(parts))
    run(text_evidence("".join(parts).encode(), "a1", role, START), every_check())


@given(tables)
@settings(max_examples=80, deadline=None)
def test_any_body_of_a_recorded_answer_is_read_or_left_alone(body: object) -> None:
    entries = [oidc.authorize(), oidc.callback(), oidc.redeem()]
    entries[2]["response"]["content"]["text"] = json.dumps(body)

    run(oidc.recorded(*entries), every_check())
    assert har_bytes(*entries)


@given(st.text(alphabet="ab*?", max_size=12), st.text(alphabet="ab", max_size=12))
def test_a_pattern_with_stars_matches_as_by_trying_all_ways(pattern: str, text: str) -> None:
    def tried(rest: str, left: str) -> bool:
        if not rest:
            return not left
        if rest[0] == "*":
            return any(tried(rest[1:], left[at:]) for at in range(len(left) + 1))
        return bool(left) and rest[0] in {"?", left[0]} and tried(rest[1:], left[1:])

    assert matches(pattern, text) == tried(pattern, text)
