"""IPv4 addresses."""

import pytest

from tests.unit.redaction.looking import REDACTOR, kept


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("from 203.0.113.9:443", "203.0.113.9"),
        ("client=198.51.100.7,", "198.51.100"),
        ("http://203.0.113.9/x", "203.0.113.9"),
        ("[192.0.2.33]", "192.0.2.33"),
    ],
)
def test_the_value_goes_and_a_second_run_changes_nothing(text: str, value: str) -> None:
    redacted = REDACTOR.text(text)
    assert value not in redacted.text
    assert redacted.counts == {"ipv4": 1}
    assert REDACTOR.text(redacted.text).text == redacted.text


def test_what_only_looks_like_it_stays() -> None:
    kept(
        "ipv4",
        "10.1.2.3",
        "192.168.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "v2.14.3.9",
        "version 2.14.3.9",
        "Chrome/120.0.0.0",
        "1.2.3.4.5",
        "300.1.2.3",
        "2.14.3",
        "image:2.14.3.9",
        "(X11; rv:1.9.5.20) Gecko",
    )


def test_addresses_of_one_network_share_their_first_half() -> None:
    one, two = REDACTOR.text("203.0.113.9").text, REDACTOR.text("203.0.113.10").text
    assert one != two
    assert one.rpartition("-")[0] == two.rpartition("-")[0]


@pytest.mark.parametrize(
    "text",
    [
        "IP 10.0.0.4.443 > 198.51.100.7.51234: Flags [S.]",
        "IP 198.51.100.7.51234 > 10.0.0.4.443: Flags [S]",
        "length 74: 198.51.100.7.51234 > 192.168.0.9.443: Flags [S]",
        "IP web.example.https > 198.51.100.7.51234: Flags [.]",
        "IP 203.0.113.9.80 > 198.51.100.7.51234: Flags [.]",
        "IP 198.51.100.7.https > 203.0.113.9.ms-sql-s: Flags [.]",
        "IP web.example.51234 > 198.51.100.7.domain: 4711+ A? example.com. (29)",
        "09:00:01.1 eth0 Out 198.51.100.7.ssh > db.example.51234: Flags [P.]",
        "connected to server/198.51.100.7:443",
        "closed by client/198.51.100.7:51234, reset",
    ],
)
def test_an_address_with_its_port_is_masked_whatever_stands_on_the_other_side(text: str) -> None:
    redacted = REDACTOR.text(text).text

    assert "198.51.100" not in redacted
    assert "203.0.113" not in redacted
    assert REDACTOR.text(redacted).text == redacted


@pytest.mark.parametrize(
    "other",
    ["MACBOOK-ANNA.33445: UDP", "häuser.55: UDP", "anna@example.com.55: UDP", "a/b.55: UDP", "10.0", "db.local.5 x"],
)
def test_an_address_of_a_capture_goes_beside_a_name_in_any_writing(other: str) -> None:
    assert "198.51.100" not in REDACTOR.text(f"IP 198.51.100.7.443 > {other}").text
