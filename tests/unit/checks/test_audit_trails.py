"""Refusals that the audit trails of clouds record."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evidence import found
from tests.unit.bench.examining import examined

from sevline.core.finding import State
from sevline.core.readers.audittrail import refusals_in
from sevline.core.readers.denials import Denials
from sevline.core.readers.reader import Form, Source, read_all

SAID = "User: arn:aws:iam::111122223333:role/ci is not authorized to perform: kms:Decrypt because no identity-based policy allows the kms:Decrypt action"  # noqa: E501


def aws(code: str = "AccessDenied", said: str = SAID, **more: Any) -> dict[str, Any]:
    told = {
        "eventSource": "kms.amazonaws.com",
        "eventName": "Decrypt",
        "userIdentity": {"arn": "arn:aws:iam::1:role/ci"},
    }
    return {**told, **({"errorCode": code, "errorMessage": said} if code else {}), **more}


GOOGLE = {
    "protoPayload": {
        "status": {"code": 7, "message": "PERMISSION_DENIED"},
        "authenticationInfo": {"principalEmail": "ci"},
        "methodName": "v1.compute.instances.insert",
        "authorizationInfo": [
            {"permission": "compute.zones.get", "granted": True},
            {"permission": "compute.instances.create", "resource": "projects/acme"},
        ],
    }
}
LACKS = "The client 'c' does not have authorization to perform action 'Microsoft.Compute/write' over scope '/subscriptions/s'"  # noqa: E501
AZURE = {
    "operationName": {"value": "Microsoft.Compute/virtualMachines/write"},
    "properties": {"statusMessage": json.dumps({"error": {"code": "AuthorizationFailed", "message": LACKS}})},
}
FINE_AWS, FINE_GOOGLE = aws(""), {"protoPayload": {"status": {}, "authorizationInfo": [{"granted": True}]}}


def refused(document: Any) -> list[str]:
    given = [one for one in read_all(Form.JSON, Source("a1", "trail.json"), document) if isinstance(one, Denials)]
    findings = found("PERM03", *given) if given else []
    assert all(finding.state is State.WARN for finding in findings)
    return [finding.title for finding in findings]


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"Records": [aws(), FINE_AWS, aws()]}, "AWS refuses kms:Decrypt to arn:aws:iam::111122223333:role/ci, 2 times: no identity-based policy allows it."),  # noqa: E501
        ({"Events": [{"EventName": "Decrypt", "CloudTrailEvent": json.dumps(aws())}]}, "AWS refuses kms:Decrypt to arn:aws:iam::111122223333:role/ci: no identity-based policy allows it."),  # noqa: E501
        ({"Records": [aws("Client.UnauthorizedOperation", "You are not authorized to perform this operation.")]}, "AWS refuses kms:Decrypt to arn:aws:iam::1:role/ci."),  # noqa: E501
        (aws(), "AWS refuses kms:Decrypt to arn:aws:iam::111122223333:role/ci: no identity-based policy allows it."),
        ([FINE_GOOGLE, GOOGLE], "Google Cloud refuses compute.instances.create on projects/acme to ci."),
        ({"value": [AZURE]}, "Azure refuses Microsoft.Compute/write on /subscriptions/s."),
    ],
)  # fmt: skip
def test_a_refusal_in_an_audit_trail_is_a_warning_that_names_action_and_holder(document: Any, said: str) -> None:
    assert refused(document) == [said]


@pytest.mark.parametrize(
    "document",
    [
        {"Records": [FINE_AWS, aws("Client.DryRunOperation", "Request would have succeeded, but DryRun flag is set.")]},
        {"Records": [aws("ThrottlingException", "Rate exceeded")]},
        [FINE_GOOGLE],
        {"value": [{**AZURE, "properties": {"statusMessage": ""}}]},
        {"Records": [None, 7, {"eventSource": 1, "eventName": []}, {"protoPayload": {"status": {"code": "7"}}}]},
        {"Events": [{"CloudTrailEvent": "{" * 5000}]},
    ],
)
def test_what_was_allowed_or_failed_for_another_reason_is_no_refusal(document: Any) -> None:
    assert refused(document) == []


def test_the_place_of_the_event_is_cited() -> None:
    examination, _ = examined(("trail.json", json.dumps({"Records": [FINE_AWS, aws()]}).encode()))

    (finding,) = (one for one in examination.findings if one.check_id == "PERM03" and one.state is State.WARN)
    assert finding.evidence[0].locator == "/Records/1"
    assert finding.evidence[0].excerpt


def test_a_line_of_json_whose_quotes_are_escaped_is_understood() -> None:
    said = 'pods is forbidden: User "ci" cannot list resource "pods" in API group "" in the namespace "prod"'
    line = json.dumps({"kind": "Event", "responseStatus": {"code": 403, "message": said}})

    given = [one for one in read_all(Form.LINES, Source("a1", "audit.log"), [line]) if isinstance(one, Denials)]

    assert found("PERM03", *given)[0].title == "Kubernetes refuses list on pods in the namespace prod to ci."


NAMES = st.sampled_from(
    ["Records", "Events", "value", "eventSource", "eventName", "errorCode", "protoPayload", "status"]
)
JUNK = st.recursive(
    st.one_of(st.none(), st.integers(), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(NAMES, inner, max_size=4)),
)


@given(JUNK)
@settings(max_examples=60, deadline=None)
def test_no_document_makes_it_fail(document: Any) -> None:
    assert isinstance(list(refusals_in(document)), list)
