"""Names of people in fields and log lines that say so."""

import pytest

from tests.unit.redaction.looking import REDACTOR, kept


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("login user=mlind ok", "mlind"),
        ('{"first_name": "Mia"}', "Mia"),
        ('{"user": {"name": "Mia Lind", "id": 4}}', "Mia Lind"),
        ("full_name: Mia Lind", "Mia Lind"),
        ('10.0.0.7 - anna [23/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 5', "anna"),
        ("Failed password for anna from 10.0.0.4 port 22 ssh2", "anna"),
        ("Access denied for user 'anna'@'10.0.0.4'", "anna"),
    ],
)
def test_the_name_goes_and_a_second_run_changes_nothing(text: str, value: str) -> None:
    masked = REDACTOR.text(text).text
    assert value not in masked
    assert "<PERSON-" in masked
    assert REDACTOR.text(masked).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "user=root", "user=svc-checkout", '{"name": "checkout-service"}', "user: not found", 'hostname="db1"',
        '10.0.0.7 - - [23/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 5', "user=4711", "event_name: Order Created",
        "the user since Monday", '{"name": "Accept", "value": "text/html"}',
    ],
)  # fmt: skip
def test_what_is_no_person_stays(text: str) -> None:
    assert REDACTOR.text(text).text == text


def test_one_person_has_one_name_in_fields_and_in_log_lines() -> None:
    field, line = REDACTOR.text("user=anna").text, REDACTOR.text("Invalid user anna from 10.0.0.4").text
    assert field.removeprefix("user=") in line


def test_the_account_of_a_service_is_no_person() -> None:
    kept(
        "person_field", '"serviceAccountName": "kotsadm"', "service_account_name=kotsadm", "storageAccountName=acmelogs"
    )


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (r'user="ACME\\jdoe" logged on', r'user="ACME\\'),
        (r'{"User":"ACME\\l.novak"}', r'{"User":"ACME\\'),
        (r"user=ACME\jdoe x", "user=ACME\\"),
        (r"{\"user\":\"ACME\\\\jdoe\"}", r"{\"user\":\"ACME\\\\"),
        (r"user='CORP\nina'", "user='CORP\\"),
    ],
)
def test_of_a_login_in_a_domain_the_domain_stays(text: str, left: str) -> None:
    masked = REDACTOR.text(text).text

    assert masked.startswith(f"{left}<PERSON-")
    assert REDACTOR.text(masked).text == masked


def test_an_escaped_character_behind_a_name_is_no_login_in_a_domain() -> None:
    masked = REDACTOR.text(r'user="anna\nGET /x"').text

    assert masked.startswith('user="<PERSON-')
    assert masked.endswith(r'>\nGET /x"')


@pytest.mark.parametrize(
    "text",
    [
        "subject=CN=api.internal.example,OU=Platform,O=Example AG",
        "issuer=CN=Example Issuing CA 2,O=Example AG",
        "Subject: CN=kube-apiserver, O=system:masters",
        "CN=prometheus-k8s,OU=monitoring,O=example",
        "memberOf: cn=admins,ou=Groups,dc=example",
        "bind as cn=reader,ou=services,dc=example",
        "cn: web01.example.com",
        "issuer: C=US; O=Example; CN=R3",
    ],
)
def test_a_common_name_of_a_host_or_a_service_is_no_person(text: str) -> None:
    assert REDACTOR.text(text).text == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("distinguishedName: CN=Elena Rossi,OU=Sales,DC=corp", "Elena"),
        ("cn=jdoe,ou=People,dc=example", "jdoe"),
        ("cn: Franziska Schneider", "Franziska"),
        ('connected as user "kbauer" on host', "kbauer"),
    ],
)
def test_a_common_name_of_a_person_goes(text: str, value: str) -> None:
    assert value not in REDACTOR.text(text).text


@pytest.mark.parametrize(
    ("text", "value"),
    [("customer_name = LINDNER EVA", "LINDNER"), ("user = LINDNER", "LINDNER"), ("user = anna.lindner", "lindner")],
)
def test_a_name_behind_blanks_and_an_equals_sign_goes_in_capitals_too(text: str, value: str) -> None:
    assert value not in REDACTOR.text(text).text


@pytest.mark.parametrize(
    "text",
    [
        "owner = new User",
        "user = session.user",
        "user = await fetch",
        "user = request.user or None",
        "owner = DEFAULT_OWNER",
        "user = ROOT",
    ],
)
def test_what_a_program_sets_to_an_expression_is_no_name(text: str) -> None:
    assert REDACTOR.text(text).text == text
