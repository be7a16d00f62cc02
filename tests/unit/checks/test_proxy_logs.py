"""What a forward proxy or a web filter refused, by its own log."""

import pytest
from tests.evidence import found

from sevline.core.finding import State
from sevline.core.readers.network import ProxyLog
from sevline.core.readers.reader import Form, Source, read_all

HOST = "ingest.larch.example"


def read(lines: list[str]) -> list[ProxyLog]:
    return [one for one in read_all(Form.LINES, Source("a1", "x.log", None), lines) if isinstance(one, ProxyLog)]


def squid(said: str, target: str) -> str:
    return f"1795597200.000     11 10.3.8.21 {said} 4012 CONNECT {target} - HIER_NONE/- text/html"


COMMON = '10.3.8.21 - bob [25/Nov/2026:09:00:07 +0000] "CONNECT {} HTTP/1.1" {} 4012 "-" "agent/1" {}:HIER_NONE'
FORTI = 'date=2026-11-25 time=09:00:07 type="utm" subtype="webfilter" action="{}" hostname="{}" catdesc="New"'
ZSCALER = '{{"action": "{}", "reason": "Not allowed to use this site", "hostname": "{}", "product": "zscaler"}}'
DENIED = {
    "Squid": [squid("TCP_DENIED/403", f"{HOST}:443"), squid("TCP_TUNNEL/200", "pypi.org:443")],
    "Squid, plain HTTP": [squid("TCP_DENIED_REPLY/403", f"http://{HOST}/v1"), squid("TCP_MISS/200", "http://pypi.org/")],
    "Squid, combined": [
        COMMON.format(f"{HOST}:443", 403, "TCP_DENIED"), COMMON.format("pypi.org:443", 200, "TCP_TUNNEL"),
    ],
    "Envoy": [
        f'[2026-11-25T09:00:07.123Z] "CONNECT {HOST}:443 HTTP/1.1" 403 - rbac_access_denied_matched[none] - "-" 0 19',
        '[2026-11-25T09:00:08.123Z] "CONNECT pypi.org:443 HTTP/1.1" 200 - via_upstream - "-" 0 19',
    ],
    "tinyproxy": [
        f'NOTICE    Nov 25 09:00:07 [7]: Proxying refused on filtered domain "{HOST}"',
        "CONNECT   Nov 25 09:00:08 [7]: Request (file descriptor 6): CONNECT pypi.org:443 HTTP/1.1",
    ],
    "Privoxy": [f"2026-11-25 09:00:07.123 7f Crunch: Blocked: {HOST}:443"],
    "FortiGate": [FORTI.format("blocked", HOST), FORTI.format("passthrough", "pypi.org")],
    "Zscaler": [ZSCALER.format("Blocked", HOST), ZSCALER.format("Allowed", "pypi.org")],
    "Blue Coat": [f"2026-11-25 09:00:07 proxy s-action=DENIED cs-host={HOST} sc-status=403"],
    "AWS": [f'{{"firewall_name": "network-firewall", "event": {{"action": "blocked", "sni": "{HOST}"}}}}'],
}  # fmt: skip


@pytest.mark.parametrize("product", DENIED)
def test_a_host_that_the_proxy_refuses_is_named_with_how_often(product: str) -> None:
    (log,) = read(DENIED[product] * 3)
    (finding,) = [one for one in found("NET09", log) if one.state is State.WARN]

    assert HOST in finding.title
    assert "3 of 3 requests" in finding.title
    assert finding.evidence[0].locator == "1:1"


def test_a_sign_in_that_is_asked_for_at_first_is_no_refusal() -> None:
    (log,) = read([squid("TCP_DENIED/407", f"{HOST}:443"), squid("TCP_TUNNEL/200", f"{HOST}:443")] * 3)

    assert [one.state for one in found("NET09", log)] == [State.PASS]


def test_a_host_that_mostly_passes_is_not_refused() -> None:
    (log,) = read([squid("TCP_DENIED/403", f"{HOST}:443"), *[squid("TCP_TUNNEL/200", f"{HOST}:443")] * 3])

    assert [one.state for one in found("NET09", log)] == [State.PASS]


@pytest.mark.parametrize(
    "line",
    [
        '10.3.8.21 - - [25/Nov/2026:09:00:07 +0000] "GET /v1/orders HTTP/1.1" 403 4012 "-" "curl/8"',
        "2026-11-25T09:00:07Z INFO policy engine action=deny user=7 resource=doc.pdf",
        '{"level":"info","action":"blocked","task":"T-7","msg":"waits for another task"}',
        "2026-11-25T09:00:07Z WARN send failed proxy=http://proxy.example:3128 err=Forbidden",
        "1795597200.000 11 requests were denied by the limiter",
        "Nov 25 09:00:07 fw kernel: DROP IN=eth0 SRC=10.0.0.1 DST=10.0.0.2 PROTO=TCP",
        'type=AVC msg=audit(1795597200.1:7): avc: denied { read } for pid=1 comm="nginx" name="host.conf"',
        '[2026-11-25T09:00:07.123Z] "GET /v1/orders HTTP/1.1" 403 - via_upstream - "-" 0 19 3 3 "-" "curl/8"',
    ],
)
def test_lines_of_other_logs_are_no_proxy_log(line: str) -> None:
    assert read([line] * 5) == []
