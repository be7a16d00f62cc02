from datetime import timedelta
from email.utils import format_datetime

import pytest
from tests.evidence import START, call, found, har, states

from sevline.core.finding import State
from sevline.core.readers.documents.tls_scans import address_ranges, read_sslyze, read_testssl
from sevline.core.readers.http import Har
from sevline.core.readers.reader import Source

SOURCE = Source("a2", "x.json")


def recording(ahead: float, **more: str) -> Har:
    """Four calls whose answers carry a Date that many seconds ahead of the client's clock."""
    return har(
        *(
            call(
                after=each,
                received={"Date": format_datetime(START + timedelta(seconds=each + ahead), usegmt=True), **more},
            )
            for each in range(4)
        )
    )


def test_a_client_clock_that_is_behind_is_told_with_the_seconds() -> None:
    (finding,) = found("NET11", recording(95))

    assert finding.state is State.WARN
    assert finding.title == "The client's clock is about 95 s behind the servers' (median of 4 answers of 1 host)."


def test_a_clock_that_agrees_passes_and_cached_answers_say_nothing() -> None:
    assert states("NET11", recording(0)) == {State.PASS}
    assert states("NET11", recording(-4_000, Age="4000")) == set()
    assert states("NET11") == {State.NOT_EVALUATED}


@pytest.mark.parametrize(("address", "state"), [("203.0.113.9", State.FAIL), ("198.51.100.7", State.PASS)])
def test_the_address_that_is_refused_is_looked_up_in_the_list(address: str, state: State) -> None:
    refused = har(call(403, body=f'{{"error": "address {address} is not allowed"}}'))
    ranges = address_ranges(SOURCE, {"prefixes": [{"ip_prefix": "198.51.100.0/24"}, {"ipv6_prefix": "2001:db8::/32"}]})

    assert states("NET10", refused, *ranges) == {state}


def test_other_answers_and_a_missing_list_say_nothing_of_addresses() -> None:
    ranges = list(address_ranges(SOURCE, ["198.51.100.0/24"]))

    assert states("NET10", har(call(200)), *ranges) == set()
    assert states("NET10", har(call(403))) == {State.NOT_EVALUATED}


def test_what_a_scanner_ranks_high_is_warned_about() -> None:
    rows = [
        {"id": "SSLv3", "ip": "x", "port": "443", "severity": "HIGH", "finding": "offered"},
        {"id": "TLS1_3", "ip": "x", "port": "443", "severity": "OK", "finding": "offered"},
    ]

    (finding,) = found("NET14", *read_testssl(SOURCE, rows))

    assert (finding.state, finding.title) == (State.WARN, "testssl.sh reports SSLv3: offered.")
    assert finding.evidence[0].locator == "/0/finding"
    assert states("NET14", *read_testssl(SOURCE, rows[1:])) == {State.INFO}
    assert states("NET14") == {State.NOT_EVALUATED}


def test_sslyze_is_read_for_old_protocols_and_vulnerabilities() -> None:
    scans = {
        "tls_1_0_cipher_suites": {"result": {"accepted_cipher_suites": [{"cipher_suite": {}}]}},
        "heartbleed": {"result": {"is_vulnerable_to_heartbleed": True}},
        "robot": {"result": {"robot_result": "NOT_VULNERABLE_NO_ORACLE"}},
    }

    findings = found("NET14", *read_sslyze(SOURCE, {"server_scan_results": [{"scan_result": scans}]}))

    assert [one.title for one in findings] == [
        "sslyze reports tls_1_0_cipher_suites: TLS 1.0 is accepted.",
        "sslyze reports heartbleed: is_vulnerable_to_heartbleed is true.",
    ]
