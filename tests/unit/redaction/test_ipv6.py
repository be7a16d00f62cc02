"""IPv6 addresses."""

import pytest

from tests.unit.redaction.looking import REDACTOR, kept


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("from 2a00:1450:4001:81b::200e port", "2a00:1450"),
        ("2001:db8::8a2e:370:7334 down", "370:7334"),
        ("[2606:4700:4700::1111]:443", "4700::1111"),
        ("ip=2a00%3A1450%3A4001%3A81b%3A%3A200e", "1450"),
    ],
)
def test_the_value_goes_and_a_second_run_changes_nothing(text: str, value: str) -> None:
    redacted = REDACTOR.text(text)
    assert value not in redacted.text
    assert redacted.counts == {"ipv6": 1}
    assert REDACTOR.text(redacted.text).text == redacted.text


def test_what_only_looks_like_it_stays() -> None:
    kept(
        "ipv6",
        "fe80::1",
        "::1",
        "2001:db8:fade:cafe:3ab6:21ca:4309:e042",
        "12:34:56",
        "std::vec::Vec",
        "a::b",
        "dead::beef",
        "10:00:00:123",
    )
