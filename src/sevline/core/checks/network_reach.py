"""What other evidence tells of the network: clocks that differ, addresses not on a list, scanners' reports."""

import ipaddress
import re
from collections.abc import Iterator
from statistics import median

from sevline.core.finding import Confidence, Finding, Side, check, failed, noted, passed, warned
from sevline.core.lasting import lasting
from sevline.core.readers.http import Exchange, Har, Traffic
from sevline.core.readers.moments import http_moment
from sevline.core.readers.network import AddressRanges, ScanReport

LEAST_ANSWERS = 3
ALLOWED_SKEW = 5.0
ADDRESS = re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b|\b(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{0,4}\b", re.IGNORECASE)
BAD = {"HIGH", "CRITICAL", "FATAL"}


@check("NET11", supports=("clock-skew",), refutes=("clock-skew",))
def client_clock(har: Har) -> Iterator[Finding]:
    """The client's clock against the Date header of the answers"""
    by_host: dict[str, list[tuple[Exchange, float]]] = {}
    for call in har.exchanges:
        offset = _offset(call)
        if offset is not None:
            by_host.setdefault(call.host, []).append((call, offset))
    hosts = {host: found for host, found in by_host.items() if len(found) >= LEAST_ANSWERS}
    if not hosts:
        return
    medians = {host: median(offset for _, offset in found) for host, found in hosts.items()}
    overall = median(medians.values())
    host = min(medians, key=lambda name: (abs(medians[name] - overall), name))
    call, offset = min(hosts[host], key=lambda pair: abs(pair[1] - overall))
    cited = call.cite("header:date", call.received["date"], call.started.isoformat() if call.started else "")
    answers = sum(map(len, hosts.values()))
    if abs(overall) <= ALLOWED_SKEW:
        yield passed(f"The client's clock agrees with {answers} answers within {ALLOWED_SKEW:.0f} s.", cited)
        return
    way = "behind" if overall > 0 else "ahead of"
    yield warned(
        f"The client's clock is about {lasting(overall)} {way} the servers' (median of {answers} answers"
        f" of {len(hosts)} {'host' if len(hosts) == 1 else 'hosts'}).",
        cited,
        side=Side.CUSTOMER_CLIENT,
        next_step="Set the client's clock by NTP; tokens and signed requests are judged by time.",
        sure=Confidence.STRONG,
    )


def _offset(call: Exchange) -> float | None:
    """Seconds that the server is ahead; answers from a cache carry the time they were made and do not count."""
    if call.started is None or call.status in {0, 304} or "age" in call.received:
        return None
    if "hit" in call.received.get("x-cache", "").casefold() or call.kind in {"image", "font", "stylesheet", "script"}:
        return None
    told = http_moment(call.received.get("date", ""))
    if told is None:
        return None
    # Date has whole seconds and is set somewhere between the request and the end of the answer.
    middle = call.started.timestamp() + (call.millis or 0) / 2000
    return told.timestamp() + 0.5 - middle


@check("NET10", supports=("allow-list",), refutes=("allow-list",))
def on_the_list(traffic: Traffic, ranges: AddressRanges) -> Iterator[Finding]:
    """Whether the address that an answer refuses is on the list of allowed ranges"""
    blocks = [(pointer, ipaddress.ip_network(block, strict=False)) for pointer, block in ranges.blocks]
    seen: set[str] = set()
    for call in traffic.exchanges:
        found = ADDRESS.search(call.response_body[:20_000]) if call.status in {401, 403} else None
        if found is None or found[0] in seen:
            continue
        seen.add(found[0])
        try:
            address = ipaddress.ip_address(found[0])
        except ValueError:
            continue
        inside = next((pointer for pointer, block in blocks if address in block), None)
        if inside is None:
            yield failed(
                f"{call.opening} answered {call.status} and names the address {address}, "
                f"which is in none of the {len(blocks)} ranges of the list.",
                call.cite("body", str(address), "an address of the list"),
                side=Side.CUSTOMER_NETWORK,
                next_step="Add the address to the allow-list, or send the call through the gateway that is on it.",
            )
        else:
            yield passed(
                f"The address {address} that {call.call} refuses is on the list.", call.cite("body", str(address))
            )


@check("NET14", supports=("tls",), refutes=())
def scanned(report: ScanReport) -> Iterator[Finding]:
    """What a TLS scanner reported as high or critical"""
    bad = [row for row in report.rows if row.rank.upper() in BAD]
    for row in bad[:50]:
        yield warned(
            f"{report.tool} reports {row.id}: {row.said[:160]}.",
            report.cite(row),
            side=Side.OUR_INFRA,
            next_step="Judge it with those who run the host; the scanner's own page tells what it means.",
        )
    if not bad:
        yield noted(
            f"{report.tool} reports nothing high or critical in {len(report.rows)} rows.", report.cite(report.rows[0])
        )
