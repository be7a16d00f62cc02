"""Which rule decided a request: allow, implicit deny, explicit deny, boundaries and conditions."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence import found, states

from sevline.core.finding import Given, State
from sevline.core.policy import Ruling, decide, matches
from sevline.core.readers.policy import AccessRequest, Policies, permission_evidence

READ, WRITE, BUCKET = "files:Read", "files:Write", "arn:files:desk/reports/1"


def rule(effect: str = "Allow", action: Any = "files:*", resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": effect, "Action": action, "Resource": resource} | more


def read(*rules: dict[str, Any], action: str = READ, resource: str = BUCKET, **more: Any) -> list[Given]:
    context = more.pop("context", {})
    asked = {"action": action, "resource": resource, "context": context}
    return permission_evidence({"request": asked, "policies": [{"Statement": list(rules)}], **more}, "a1")


def ruling(evidence: list[Given]) -> Ruling:
    (request,) = [one for one in evidence if isinstance(one, AccessRequest)]
    held = [one for one in evidence if isinstance(one, Policies)]
    statements = [one for policy in held for one in policy.statements]
    return decide(request, statements, [one for policy in held for one in policy.boundaries]).ruling


OFFICE = {"IpAddress": {"net:SourceIp": "192.0.2.0/24"}}
SECOND_FACTOR = {"Bool": {"auth:MultiFactor": "true"}}
LIMIT: dict[str, Any] = {"boundaries": [{"Statement": [rule(action="files:Read")]}]}
REPEAT = "Repeat the call where that condition does not hold; if that cannot be, ask the owner of the policy."
ROLES = {"request": {"action": "case.close", "role": "agent"}, "roles": {"agent": ["case.read"], "lead": ["case.*"]}}
CASES: dict[str, tuple[list[Given], Ruling]] = {
    "an allow": (read(rule()), Ruling.ALLOWED),
    "no rule": (read(rule(action="mail:*")), Ruling.IMPLICIT_DENY),
    "a deny beside an allow": (read(rule(), rule("Deny", READ)), Ruling.EXPLICIT_DENY),
    "a deny of another action": (read(rule(), rule("Deny", WRITE)), Ruling.ALLOWED),
    "another resource": (read(rule(resource="arn:files:other/*")), Ruling.IMPLICIT_DENY),
    "a resource with a star": (read(rule(resource="arn:files:desk/*")), Ruling.ALLOWED),
    "a resource with a question mark": (read(rule(resource="arn:files:desk/reports/?")), Ruling.ALLOWED),
    "actions in another case": (read(rule(action="FILES:read")), Ruling.ALLOWED),
    "everything but": (read({"Effect": "Allow", "NotAction": "files:Write", "Resource": "*"}), Ruling.ALLOWED),
    "a deny of everything but": (
        read(rule(), {"Effect": "Deny", "NotAction": "mail:*", "Resource": "*"}),
        Ruling.EXPLICIT_DENY,
    ),
    "from the office": (read(rule(Condition=OFFICE), context={"net:SourceIp": "192.0.2.7"}), Ruling.ALLOWED),
    "from elsewhere": (read(rule(Condition=OFFICE), context={"net:SourceIp": "198.51.100.7"}), Ruling.IMPLICIT_DENY),
    "a deny without second factor": (
        read(
            rule(), rule("Deny", Condition={"Bool": {"auth:MultiFactor": "false"}}), context={"auth:MultiFactor": False}
        ),
        Ruling.EXPLICIT_DENY,
    ),
    "outside the boundary": (read(rule(), action=WRITE, **LIMIT), Ruling.BOUNDARY_DENY),
    "a role without the right": (permission_evidence(ROLES, "a1"), Ruling.IMPLICIT_DENY),
}


@pytest.mark.requirement("R-058")
def test_fifteen_policy_cases_evaluate_to_the_decision_expected_and_nothing_offers_to_make_the_grant() -> None:
    wrong = [name for name, (evidence, expected) in CASES.items() if ruling(evidence) is not expected]
    told = [one for evidence, _ in CASES.values() for check in ("PERM01", "PERM02") for one in found(check, *evidence)]

    assert (len(CASES), wrong) == (15, [])
    steps = {one.next_step for one in told} - {""}
    assert steps == {
        "Ask the owner of the policy whether the person should have this right.",
        REPEAT,
        "Whether it should be granted is the decision of the policy's owner.",
    }


def test_a_request_in_a_file_of_its_own_is_judged_and_other_records_with_an_action_are_none() -> None:
    asked = {"principal": "exporter", "action": READ, "resource": BUCKET}
    logged = asked | {"status": "ok", "duration": 7}
    policy = permission_evidence({"Statement": [rule("Deny")]}, "a1")

    assert ruling([*permission_evidence(asked, "a2"), *policy]) is Ruling.EXPLICIT_DENY
    assert permission_evidence(logged, "a2") == []


def test_the_rule_that_denied_is_cited_and_the_smallest_grant_named() -> None:
    (denied,) = found("PERM01", *read(rule(), rule("Deny", READ, Sid="NoReports")))
    (implicit,) = found("PERM02", *read(rule(action="mail:*")))
    (explicit,) = found("PERM02", *read(rule(), rule("Deny", READ)))

    assert "“NoReports” denies it explicitly" in denied.title
    assert denied.evidence[1].locator == "/policies/0/Statement/1"
    assert f"one allow for exactly {READ} on exactly {BUCKET}" in implicit.title
    assert "no grant helps" in explicit.title


def test_a_deny_that_hinges_on_the_context_says_on_what_and_that_no_grant_is_needed() -> None:
    without_factor = {"Bool": {"auth:MultiFactor": "false"}}
    deny = rule("Deny", READ, Sid="NoSecondFactor", Condition=without_factor)
    evidence = read(rule(Sid="Readers"), deny, context={"auth:MultiFactor": "false"})

    (decision,), (grant,) = found("PERM01", *evidence), found("PERM02", *evidence)

    assert "“NoSecondFactor” denies it explicitly, for its condition on auth:MultiFactor holds" in decision.title
    assert decision.next_step == REPEAT
    assert "where the condition on auth:MultiFactor does not hold, the rule “Readers” allows it" in grant.title


def test_where_nothing_allows_it_beside_the_deny_that_is_told_too() -> None:
    deny = rule("Deny", READ, Condition={"Bool": {"auth:MultiFactor": "false"}})

    (grant,) = found("PERM02", *read(deny, context={"auth:MultiFactor": "false"}))

    assert "where it does not, the request is still implicit deny" in grant.title


def test_the_nearest_rule_says_what_it_lacks() -> None:
    (elsewhere,) = found("PERM01", *read(rule(Condition=OFFICE), context={"net:SourceIp": "198.51.100.7"}))
    (other,) = found("PERM01", *read(rule(resource="arn:files:other/*")))

    assert "its condition on net:SourceIp does not hold" in elsewhere.title
    assert "it is for other resources" in other.title


def test_a_condition_on_what_nobody_told_is_not_evaluated_and_asked_for() -> None:
    (finding,) = found("PERM01", *read(rule(Condition=SECOND_FACTOR)))

    assert finding.state is State.NOT_EVALUATED
    assert "auth:MultiFactor" in finding.missing[0]


def test_without_policies_or_request_nothing_is_decided() -> None:
    request = permission_evidence({"request": {"action": READ}}, "a1")

    assert states("PERM01", *request) == states("PERM02", *request) == {State.NOT_EVALUATED}
    assert states("PERM01") == {State.NOT_EVALUATED}
    assert states("PERM02", *read(rule())) == set()


@pytest.mark.parametrize(
    ("operator", "wanted", "value", "expected"),
    [
        ("StringNotEquals", "a", "b", Ruling.ALLOWED),
        ("StringLike", "a*", "abc", Ruling.ALLOWED),
        ("NumericLessThan", "5", 4, Ruling.ALLOWED),
        ("NumericGreaterThanEquals", "5", 4, Ruling.IMPLICIT_DENY),
        ("DateGreaterThan", "2026-01-01T00:00:00Z", "2026-03-02T09:00:00Z", Ruling.ALLOWED),
        ("NotIpAddress", "192.0.2.0/24", "192.0.2.9", Ruling.IMPLICIT_DENY),
        ("Null", "false", "x", Ruling.ALLOWED),
        ("StringEqualsIfExists", "a", "a", Ruling.ALLOWED),
        ("BinaryEquals", "a", "a", Ruling.UNTOLD),
        ("ArnEquals", "arn:aws:s3:::logs-*", "arn:aws:s3:::logs-7", Ruling.ALLOWED),
        ("ArnEquals", "arn:aws:s3:::logs-7", "arn:aws:s3:::logs-8", Ruling.IMPLICIT_DENY),
    ],
)
def test_conditions_of_each_kind_are_understood(operator: str, wanted: str, value: Any, expected: Ruling) -> None:
    assert ruling(read(rule(Condition={operator: {"k": wanted}}), context={"k": value})) is expected


def test_a_condition_if_it_exists_holds_where_it_does_not() -> None:
    assert ruling(read(rule(Condition={"StringEqualsIfExists": {"k": "a"}}))) is Ruling.ALLOWED


def test_many_stars_are_matched_without_delay() -> None:
    assert not matches("*a" * 400 + "b", "a" * 20_000)
    assert matches("*a" * 400, "a" * 400)


@given(st.lists(st.sampled_from([rule(), rule("Deny"), rule(action="mail:*"), rule("Deny", "mail:*")]), max_size=6))
def test_a_deny_wins_whatever_stands_beside_it(rules: list[dict[str, Any]]) -> None:
    evidence = read(*rules)

    assert (ruling(evidence) is Ruling.EXPLICIT_DENY) == (rule("Deny") in rules)


@pytest.mark.parametrize(
    "roles",
    [
        {"role": "analyst", "permissions": ["reports:read"]},
        {"roles": [{"name": "analyst", "permissions": ["reports:read"]}]},
    ],
)
def test_a_role_alone_and_a_list_of_roles_are_read(roles: dict[str, Any]) -> None:
    asked = permission_evidence({"request": {"action": "reports:export", "resource": "report/9"}}, "a1")

    (finding,) = found("PERM01", *asked, *permission_evidence(roles, "a2"))

    assert finding.title == "reports:export on report/9 is denied: no rule allows it."


HOME = rule(resource="arn:files:desk/home/${auth:username}/*")
MINE = "arn:files:desk/home/kim/1"
LEADING = {"ForAllValues:StringEquals": {"db:Keys": ["u1", "u2"]}}


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (read(HOME, resource=MINE, context={"auth:username": "kim"}), Ruling.ALLOWED),
        (read(HOME, resource=MINE, context={"auth:username": "lou"}), Ruling.IMPLICIT_DENY),
        (read(HOME, resource=MINE), Ruling.UNTOLD),
        (read(HOME, resource="arn:files:other"), Ruling.IMPLICIT_DENY),
        (read(rule(resource="arn:files:desk/home/${auth:username, 'kim'}/*"), resource=MINE), Ruling.ALLOWED),
        (read(rule(Condition={"StringLike": {"a:p": "${a:q}*"}}), context={"a:p": "x1", "a:q": "x"}), Ruling.ALLOWED),
        (read(rule(Condition={"StringLike": {"a:p": "${a:q}*"}}), context={"a:p": "x1"}), Ruling.UNTOLD),
        (read(rule(Condition=LEADING), context={"db:Keys": ["u1", "u2"]}), Ruling.ALLOWED),
        (read(rule(Condition=LEADING), context={"db:Keys": ["u1", "u9"]}), Ruling.IMPLICIT_DENY),
        (
            read(rule(Condition={"ForAnyValue:StringEquals": {"db:Keys": "u1"}}), context={"db:Keys": ["u1", "u9"]}),
            Ruling.ALLOWED,
        ),
        (read(HOME, resource=MINE, context={"auth:username": "*"}), Ruling.IMPLICIT_DENY),
        (read(HOME, resource="arn:files:desk/home/*/a.txt", context={"auth:username": "*"}), Ruling.ALLOWED),
        (read(rule(Condition={"StringEquals": {"a:p": "*"}}), context={"a:p": "*"}), Ruling.ALLOWED),
        (
            read(rule(Condition={"ForAnyValue:StringNotEquals": {"db:Keys": "u1"}}), context={"db:Keys": ["u1", "u9"]}),
            Ruling.ALLOWED,
        ),
        (
            read(
                rule(Condition={"ForAllValues:StringNotEquals": {"db:Keys": "u1"}}), context={"db:Keys": ["u1", "u9"]}
            ),
            Ruling.IMPLICIT_DENY,
        ),
        (read(rule(resource="${" * 3_000), resource=MINE), Ruling.IMPLICIT_DENY),
    ],
)
def test_variables_of_a_policy_and_conditions_on_several_values_are_judged(
    evidence: list[Given], expected: Ruling
) -> None:
    assert ruling(evidence) is expected


def test_a_variable_that_nobody_told_is_named() -> None:
    (told,) = found("PERM01", *read(HOME, resource=MINE))

    assert told.state is State.NOT_EVALUATED
    assert "auth:username" in told.title


READER = {"Name": "Reader", "Actions": ["*/read"], "NotActions": ["Vault/*"], "DataActions": ["Blob/data/read"]}
WRAPPED = {"properties": {"roleName": "R", "permissions": [{"actions": ["Store/*/read"], "notActions": []}]}}
PODS = {"kind": "Role", "metadata": {"name": "r"}, "rules": [{"resources": ["pods"], "verbs": ["get"]}]}


@pytest.mark.parametrize(
    ("policy", "action", "resource", "expected"),
    [
        (READER, "Machine/disks/read", "/s/1", Ruling.ALLOWED),
        (READER, "Vault/keys/read", "/s/1", Ruling.IMPLICIT_DENY),
        (READER, "Machine/disks/write", "/s/1", Ruling.IMPLICIT_DENY),
        (READER, "Blob/data/read", "/s/1", Ruling.ALLOWED),
        (WRAPPED, "Store/blobs/read", "/s/1", Ruling.ALLOWED),
        (PODS, "get", "pods", Ruling.ALLOWED),
        (PODS, "list", "pods", Ruling.IMPLICIT_DENY),
        ({"kind": "List", "items": [PODS, None, {"kind": "ClusterRole", "rules": [3]}]}, "get", "pods", Ruling.ALLOWED),
    ],
)
def test_roles_of_azure_and_kubernetes_are_judged_as_they_are_exported(
    policy: dict[str, Any], action: str, resource: str, expected: Ruling
) -> None:
    request = {"request": {"action": action, "resource": resource}}

    assert ruling([*permission_evidence(policy, "a1"), *permission_evidence(request, "a2")]) is expected


ONE_SECRET = {"resources": ["secrets"], "resourceNames": ["db"], "apiGroups": [""], "verbs": ["get"]}
SECRETS = {"kind": "Role", "metadata": {"name": "r", "namespace": "shop"}, "rules": [ONE_SECRET]}


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        ({}, Ruling.UNTOLD),
        ({"resourceName": "db"}, Ruling.ALLOWED),
        ({"resourceName": "tls"}, Ruling.IMPLICIT_DENY),
        ({"resourceName": "db", "namespace": "other"}, Ruling.IMPLICIT_DENY),
        ({"resourceName": "db", "namespace": "shop", "apiGroup": ""}, Ruling.ALLOWED),
        ({"resourceName": "db", "apiGroup": "apps"}, Ruling.IMPLICIT_DENY),
    ],
)
def test_a_rule_for_named_objects_allows_no_others(context: dict[str, str], expected: Ruling) -> None:
    request = {"request": {"action": "get", "resource": "secrets", "context": context}}

    assert ruling([*permission_evidence(SECRETS, "a1"), *permission_evidence(request, "a2")]) is expected


@pytest.mark.parametrize(
    "document",
    [
        {"kind": "Role", "rules": {"verbs": 3}},
        {"Actions": [7], "NotActions": [None]},
        {"properties": {"permissions": [None, {"notActions": 3}]}},
        {"kind": "Role", "metadata": [], "rules": [{"resources": [1]}]},
    ],
)
def test_a_role_of_another_form_holds_no_rule(document: dict[str, Any]) -> None:
    assert permission_evidence(document, "a1") == []
