"""Who may not do what, as the program says that refused it; nothing that merely speaks of permissions."""

import json

import pytest
from tests.evidence import call, found, har, states

from sevline.core.finding import Given, State
from sevline.core.readers.denials import Denials, denial_in_document
from sevline.core.readers.documents.denial_lines import denial_lines
from sevline.core.readers.foreign import in_traffic
from sevline.core.readers.http import Har
from sevline.core.readers.reader import Form, Source, read_all


def read(*lines: str) -> tuple[Given, ...]:
    return tuple(denial_lines(Source("a1", "error.txt"), list(lines)))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            ('Error from server (Forbidden): pods is forbidden: User "system:serviceaccount:ci:deployer" cannot list '
            'resource "pods" in API group "" in the namespace "prod"'),
            "Kubernetes refuses list on pods in the namespace prod to system:serviceaccount:ci:deployer.",
        ),
        (
            'nodes is forbidden: User "kim" cannot get resource "nodes" in API group "metrics.k8s.io" at the cluster scope',  # noqa: E501
            "Kubernetes refuses get on nodes.metrics.k8s.io in the whole cluster to kim.",
        ),
        (
            ("An error occurred (AccessDenied): User: arn:aws:iam::111122223333:user/kim is not authorized to perform: "
            's3:GetObject on resource: "arn:aws:s3:::reports/q3.csv" with an explicit deny in a resource-based policy'),
            ("AWS refuses s3:GetObject on arn:aws:s3:::reports/q3.csv to arn:aws:iam::111122223333:user/kim: an explicit "  # noqa: E501
            "deny in a resource-based policy."),
        ),
        (
            ("User: arn:aws:iam::111122223333:user/kim is not authorized to perform: sqs:SendMessage because no "
            "identity-based policy allows the sqs:SendMessage action"),
            "AWS refuses sqs:SendMessage to arn:aws:iam::111122223333:user/kim: no identity-based policy allows it.",
        ),
        (
            "Permission 'storage.objects.get' denied on resource (or it may not exist).",
            "Google Cloud refuses storage.objects.get.",
        ),
        (
            ("The client 'c1' does not have authorization to perform action 'Microsoft.Storage/read' over scope "
            "'/subscriptions/s1'"),
            "Azure refuses Microsoft.Storage/read on /subscriptions/s1.",
        ),
        ("ERROR:  permission denied for table invoices", "PostgreSQL refuses the statement on table invoices."),
        (
            "ERROR 1142 (42000): SELECT command denied to user 'app'@'10.0.0.4' for table 'invoices'",
            "MySQL refuses SELECT on table invoices to app.",
        ),
        (
            "The SELECT permission was denied on the object 'invoices', database 'billing', schema 'dbo'.",
            "SQL Server refuses SELECT on billing.invoices.",
        ),
        ('forbidden: User "kim" cannot get path "/metrics"', "Kubernetes refuses get on the path /metrics to kim."),
        (
            "User [kim@example.com] does not have permission to access projects instance [prod] (or it may not exist)",
            "Google Cloud refuses access on projects prod to kim@example.com.",
        ),
        (
            " - Required 'compute.instances.list' permission for 'projects/prod'",
            "Google Cloud refuses compute.instances.list on projects/prod.",
        ),
        (
            "ERROR 1044 (42000): Access denied for user 'app'@'%' to database 'shop'",
            "MySQL refuses access on database shop to app.",
        ),
        (
            "ERROR 1227 (42000): Access denied; you need (at least one of) the SUPER privilege(s) for this operation",
            "MySQL refuses the statement: it asks for the privilege SUPER.",
        ),
        ("ERROR:  must be owner of table invoices", "PostgreSQL refuses the statement on table invoices: only its owner may."),  # noqa: E501
        (
            'MongoServerError: not authorized on shop to execute command { find: "orders", filter: {} }',
            "MongoDB refuses find on shop.orders.",
        ),
        ("TopicAuthorizationException: Not authorized to access topics: [orders]", "Kafka refuses access on topics orders."),  # noqa: E501
        (
            "(error) NOPERM User kim has no permissions to run the 'flushall' command",
            "Redis refuses flushall to kim.",
        ),
        (
            'code=2100 [Unauthorized] message="User kim has no SELECT permission on <table shop.orders> or any of its parents"',  # noqa: E501
            "Cassandra refuses SELECT on table shop.orders to kim.",
        ),
        ("Insufficient privileges to operate on table 'ORDERS'", "Snowflake refuses the statement on table 'ORDERS'."),
        ("ORA-01031: insufficient privileges", "Oracle refuses the statement."),
    ],
)  # fmt: skip
def test_a_denial_is_told_in_the_words_of_its_program(line: str, said: str) -> None:
    (finding,) = found("PERM03", *read("first", line))

    assert (finding.state, finding.title) == (State.FAIL, said)
    assert finding.evidence[0].locator == "2:1"


def test_the_same_denial_is_counted_and_cited_where_it_stands_first() -> None:
    line = "ERROR:  permission denied for schema audit"

    (finding,) = found("PERM03", *read("start", line, "between", line, line))

    assert finding.title == "PostgreSQL refuses the statement on schema audit, 3 times."
    assert finding.evidence[0].locator == "2:1"


def test_a_log_that_speaks_of_permissions_is_no_denial() -> None:
    lines = (
        "INFO permissions of role analyst loaded: 12 granted, 0 denied", "cannot open the file",
        "INFO dropping privileges to user www-data", "the caller was not authorized to skip the queue",
        "open /var/lib/app/data.db: permission denied",
    )  # fmt: skip

    assert read(*lines) == ()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            {"message": "Resource not accessible by integration", "documentation_url": "https://docs.example"},
            "GitHub refuses the call to this integration: the app or workflow lacks the permission for it.",
        ),
        (
            {"message": "Must have admin rights to Repository.", "status": "403"},
            "GitHub refuses the call on Repository: it asks for admin rights.",
        ),
        (
            {"ok": False, "error": "missing_scope", "needed": "chat:write", "provided": "identify"},
            "Slack refuses the call to this token: it asks for the scope chat:write.",
        ),
        (
            [{"message": "no access", "errorCode": "INSUFFICIENT_ACCESS_OR_READONLY"}],
            "Salesforce refuses the call to this user: it answers INSUFFICIENT_ACCESS_OR_READONLY.",
        ),
        (
            {"error": "insufficient_scope", "scope": "orders:write"},
            "The service refuses the call to this token: it asks for the scope orders:write.",
        ),
        (
            {"error": {"code": 403, "details": [{"reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}]}},
            "Google Cloud refuses the call: it answers ACCESS_TOKEN_SCOPE_INSUFFICIENT.",
        ),
        (
            {"kind": "Status", "message": 'pods is forbidden: User "kim" cannot list resource "pods" in API group ""'},
            "Kubernetes refuses list on pods in the whole cluster to kim.",
        ),
        (
            {"__type": "AccessDeniedException", "Message": "User: arn:x is not authorized to perform: s3:GetObject"},
            "AWS refuses s3:GetObject to arn:x.",
        ),
    ],
)
def test_a_refusal_in_the_json_of_an_answer_is_told_wherever_the_answer_stands(body: object, said: str) -> None:
    (denied,) = in_traffic_of(har(call(403, body=json.dumps(body))))
    (alone,) = (one for one in read_all(Form.JSON, Source("a2", "error.json"), body) if isinstance(one, Denials))

    (recorded,), (attached,) = found("PERM03", denied), found("PERM03", alone)

    assert (recorded.title, attached.title) == (said, said)
    assert recorded.evidence[0].locator == "/log/entries/0/response/content/text"


def in_traffic_of(recording: Har) -> list[Denials]:
    return [one for one in in_traffic(recording, "a.har") if isinstance(one, Denials)]


def test_an_answer_that_refuses_and_does_not_say_what_is_no_finding() -> None:
    (denied,) = in_traffic_of(har(call(403, body='{"message":"Forbidden"}')))

    assert found("PERM03", denied) == []
    assert in_traffic_of(har(call(200, body='{"message":"fine"}'))) == []


def test_only_what_speaks_of_a_repository_is_told_as_the_program_that_keeps_those() -> None:
    (theirs,) = found("PERM03", *read('{"message": "Must have admin rights to Repository."}'))
    (own,) = found("PERM03", *read("403 Must have write access to project 7"))

    assert theirs.title.startswith("GitHub refuses the call on Repository")
    assert own.title == "The service refuses the call: it asks for write access."
    assert "GitHub" not in own.next_step


def test_without_such_words_it_says_what_to_attach() -> None:
    assert states("PERM03") == {State.NOT_EVALUATED}


def test_of_a_document_of_many_parts_only_the_first_ones_are_looked_at() -> None:
    told = {"reason": "IAM_PERMISSION_DENIED"}
    lists: list[list[list[object]]] = [[[] for _ in range(150)] for _ in range(150)]

    assert denial_in_document({"message": "no", "a": lists, "b": told}) is not None
    assert denial_in_document({"message": "no", "a": [*lists, [[told]]]}) is None
