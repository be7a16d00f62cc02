"""Cookies."""

import pytest

from tests.unit.redaction.looking import REDACTOR, kept


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Cookie: sid=abc123", "abc123"),
        ("Set-Cookie: SESSION=deadbeef; Path=/; HttpOnly", "deadbeef"),
        ('{"Cookie":"a=b1234"}', "b1234"),
        ('Cookie: theme="dark mode"', "dark"),
        ('{"name":"Cookie","value":"nwsid=s%3A8f2b"}', "8f2b"),
        ("{'name': 'Set-Cookie', 'value': 'nwsid=s%3A8f2b; Path=/'}", "8f2b"),
        ('<header name="Cookie" value="nwsid=s%3A8f2b"/>', "8f2b"),
        ('[("Cookie", "nwsid=s%3A8f2b")]', "8f2b"),
        ('"name": "Cookie",\n    "value": "nwsid=s%3A8f2b"', "8f2b"),
        ('"cookies":[{"name":"nwsid","value":"s%3A8f2b","path":"/"}]', "8f2b"),
        ("{'cookies': {'nwsid': 's%3A8f2b'}}", "8f2b"),
    ],
)
def test_the_value_goes_and_a_second_run_changes_nothing(text: str, value: str) -> None:
    redacted = REDACTOR.text(text)
    assert value not in redacted.text
    assert sum(redacted.counts.values()) == 1
    assert all(kind.startswith("cookie") for kind in redacted.counts)
    assert REDACTOR.text(redacted.text).text == redacted.text


def test_what_only_looks_like_it_stays() -> None:
    kept(
        "cookie",
        "cookie policy",
        "Cookie: none",
        "cookies are set",
        '"cookies": {}',
        '"cookies": []',
        '{"name": "Cookie", "value": ""}',
        '"cookies": 12',
    )


def test_names_and_attributes_of_a_cookie_stay() -> None:
    masked = REDACTOR.text("Set-Cookie: SESSION=deadbeef; Path=/app; Domain=example.com; Secure; SameSite=Lax").text
    assert masked.startswith("Set-Cookie: SESSION=<COOKIE-")
    assert masked.endswith(">; Path=/app; Domain=example.com; Secure; SameSite=Lax")
