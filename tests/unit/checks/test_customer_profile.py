"""What files show against the customer's environment profile."""

from datetime import timedelta
from typing import Any

import pytest
from tests.evidence import START, call, found, har, response, states
from tests.unit.checks.test_webhook_events import log as deliveries
from tests.unit.checks.test_webhook_events import row

from sevline.core.finding import Given, State
from sevline.core.readers.network import AddressRanges
from sevline.core.readers.profile import PROFILE_KEY, CustomerProfile
from sevline.core.readers.reader import Form, Source, read_all


def profile(kind: str, value: str, *, days: int = 10) -> CustomerProfile:
    fact = {"kind": kind, "value": value, "verified_at": (START - timedelta(days=days)).isoformat()}
    document: dict[str, Any] = {PROFILE_KEY: [fact], "as_of": START.isoformat()}
    (given,) = read_all(Form.JSON, Source("p1", "profile.json"), document)
    assert isinstance(given, CustomerProfile)
    return given


RANGES = AddressRanges("r1", (("/0", "203.0.113.0/24"), ("/1", "2001:db8::/32")))
AGENT = har(call(200, sent={"User-Agent": "acme-sdk/2.3.1 python/3.11"}))
SENT = deliveries(row("e1"))


def test_a_fact_older_than_180_days_is_told_to_be_verified() -> None:
    assert states("PROF01", profile("proxy", "Zscaler", days=181)) == {State.WARN}
    assert states("PROF01", profile("proxy", "Zscaler", days=179)) == {State.PASS}


@pytest.mark.parametrize(
    ("check_id", "known", "beside", "state"),
    [
        ("PROF02", profile("egress", "203.0.113.7 and 2001:db8::1"), (RANGES,), State.PASS),
        ("PROF02", profile("egress", "198.51.100.0/28"), (RANGES,), State.WARN),
        ("PROF03", profile("webhook", "https://h.example/in"), SENT, State.PASS),
        ("PROF03", profile("webhook", "https://other.example/in"), SENT, State.WARN),
        ("PROF04", profile("sdk", "acme-sdk 2.3.1"), (AGENT,), State.PASS),
        ("PROF04", profile("sdk", "acme-sdk 2.2.0"), (AGENT,), State.INFO),
        ("PROF05", profile("idp", "SAML from idp.example.net"), (response(),), State.PASS),
        ("PROF05", profile("idp", "SAML from login.example.org"), (response(),), State.WARN),
    ],
)
def test_what_a_file_shows_is_compared_with_the_profile(
    check_id: str, known: CustomerProfile, beside: tuple[Given, ...], state: State
) -> None:
    assert states(check_id, known, *beside) == {state}


@pytest.mark.parametrize("check_id", ["PROF01", "PROF02", "PROF03", "PROF04", "PROF05"])
def test_without_a_profile_it_says_how_to_add_it(check_id: str) -> None:
    (finding,) = found(check_id, RANGES, AGENT, *SENT, response())

    assert finding.state is State.NOT_EVALUATED
    assert "environment profile" in finding.missing[0]
