"""What looks like personal data or a secret and is none stays, and what stands beside it is masked all the same."""

import pytest

from tests.unit.redaction.looking import REDACTOR, left_of

WORD = "hunter" + "22x"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Best regards, Frank Winter", "Best regards, <PERSON>"),
        ("Dear Sally Field,", "Dear <PERSON>,"),
        ("customer_name=Summer Winter", "customer_name=<PERSON>"),
        ("gw kernel: 198.51.100.7 sent an invalid ICMP type 3", "gw kernel: <ip> sent an invalid ICMP type 3"),
        ("plugin: 93.184.216.34 connected", "plugin: <ip> connected"),
        ("ssn:123-45-6789:Doe", "ssn:<SSN>:Doe"),
        ("123-45-6789:Dad", "<SSN>:Dad"),
        ('ssn "Jane" 123 45 6789', 'ssn "Jane" <SSN>'),
        ("Authorization: Bearer %41bcDEF123456ghijkl", "Authorization: Bearer <AUTHORIZATION>"),
        ("authorization=%22Bearer%20abcDEF123456ghijkl%22", "authorization=<AUTHORIZATION>"),
        (
            f"DB=arn:aws:secretsmanager:us-east-1:123456789012:secret:db,password={WORD}",
            "DB=arn:aws:secretsmanager:us-east-1:123456789012:secret:db,password=<SECRET>",
        ),
        (f'password=" {WORD}&y"', 'password="<SECRET>"'),
        ("password=root" + "pass", "password=<SECRET>"),
        ('{"password": ", ' + WORD + '"}', '{"password": "<SECRET>"}'),
        (f'password="$({WORD}"', 'password="<SECRET>"'),
        ("auth=let" + "mein", "auth=<SECRET>"),
    ],
)
def test_what_stands_beside_something_known_is_masked(text: str, left: str) -> None:
    assert left_of(text) == left


def test_a_person_at_the_domain_of_an_algorithm_has_an_address() -> None:
    text = "jane.doe@vandyke.com offers chacha20-poly1305@openssh.com"

    redacted = REDACTOR.text(text).text

    assert "vandyke" not in redacted
    assert redacted.endswith("offers chacha20-poly1305@openssh.com")


@pytest.mark.parametrize(
    "text",
    [
        "Guest TCP/UDP forwarding enabled",
        "LATENCY/JITTER MS 12",
        "PID|USER|PRI|NI|VIRT|RES|SHR|S|CPU|MEM|TIME|COMMAND",
        "const pct = used / Total*100;",
        "cpu / Errors24%",
        "Passwort auf Server2019 setzen",
        "Try Windows-Server-2019 instead",
        "Try Spring.boot3 first",
        "Error interno: 5001",
        "The backup code returned 0x80070005",
        "2026-11-26 10:15:00 Current thread: Worker-thread-12",
        "Nov 26 10:15:00 host app: Starting-job-3",
        "服务器地址: 10.0.0.1:8080",
        "地址：https://example.com/api/v1",
        "名前: server01",
        "line1: Starting Worker 3 of 10",
        "online1: Starting Worker 3",
        "we pin to 20240115 snapshot",
        "pin on 2024-01-01",
        "created by kubeadm",
        "merged by bors.",
        'q = "password=" + pw + " and user="',
        'echo "password=" $(cat x) "done"',
        '"password": "Passwort wiederholen"',
        "auth=basic",
        "kernel 5.15.0.91 loaded",
        "displayName: Nightly Report",
        '{"sin": 0.123456789}',
        "state of user interface",
        "firebase deploy -p my-project1",
        "my account is premium",
        "(account: primary)",
    ],
)
def test_what_only_looks_alike_stays(text: str) -> None:
    assert left_of(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("iban:DE89370400440532013000", "iban:<IBAN>"),
        ("phone:+4930123456789", "phone:<PHONE>"),
    ],
)
def test_the_name_of_a_field_before_a_colon_is_no_login(text: str, left: str) -> None:
    assert left_of(text) == left


def test_a_default_below_a_line_of_a_megabyte_is_masked() -> None:
    text = "token:\n  " + "a" * 1_000_000 + f"\n  default: {WORD}"

    assert left_of(text).endswith("\n  default: <SECRET>")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('Content-Disposition: form-data; name="password"\r\n\r\n', "\r\n--end"),
        ("jwt_secret = '''", "'''"),
        ("chpasswd:\n  - anna:", "\n"),
    ],
)
def test_a_secret_with_very_many_blanks_in_it_is_masked(before: str, after: str) -> None:
    text = f"{before}{WORD}{' ' * 200_000}{WORD}{after}"

    assert WORD not in left_of(text)
