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
