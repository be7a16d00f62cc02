"""Connections: refused or dropped, proxies, and large packets that do not pass."""

import re
from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_address, ip_network

from sevline.core.finding import Confidence, Finding, Side, check, failed, noted, passed, warned
from sevline.core.readers.addresses import is_address
from sevline.core.readers.kubernetes import Cluster
from sevline.core.readers.network import AllConnections, Attempt, Connections, Outcome, Proxied, ProxyLog

STEPS = {
    Outcome.REFUSED: "The host answered that nothing listens on the port, or a firewall rejects it: check the service and its port there.",  # noqa: E501
    Outcome.TIMEOUT: "Nothing came back: a firewall drops the packets, or the host is down. Test from another network.",
    Outcome.RESET: "The connection was cut right away: look for a proxy, an inspection device or a limit of connections.",  # noqa: E501
    Outcome.UNREACHABLE: "There is no route: check the network of the client, its VPN and its gateway.",
    Outcome.CLOSED: "Repeat with `curl -v`: at once is a refusal, after a wait is a firewall that drops.",
}
SIDES = {
    Outcome.REFUSED: Side.UNKNOWN,
    Outcome.TIMEOUT: Side.CUSTOMER_NETWORK,
    Outcome.RESET: Side.CUSTOMER_NETWORK,
    Outcome.UNREACHABLE: Side.CUSTOMER_NETWORK,
    Outcome.CLOSED: Side.UNKNOWN,
}
MEANING = {
    Outcome.REFUSED: "refused: the port is closed",
    Outcome.TIMEOUT: "no answer: dropped by a firewall, or the host is down",
    Outcome.RESET: "reset",
    Outcome.UNREACHABLE: "unreachable: no route",
    Outcome.CLOSED: "it does not connect; the tool does not tell why",
}
MOST_CITED = 5
#: Lines within which a client goes on to the next address; where a call ends instead, it says more before the next one.
NEXT_TRY = 3
#: Where nobody answered. Of an address inside a network that says nothing about whose network it is.
SILENT = frozenset({Outcome.TIMEOUT, Outcome.UNREACHABLE})
INSIDE = tuple(
    map(
        ip_network,
        ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "fc00::/7", "::1/128"),
    )
)
STEP_INSIDE = (
    "The address is inside a network or cluster: test from another host there, and look at its routes and firewall "
    "rules; in a cluster at the service that has it (K8S06), its network policies (K8S09) and the nodes (K8S12)."
)
PROXY_CODE = re.compile(r"(?:HTTP/[\d.]+ |HTTP code |response |replied )(\d{3})")
PROXY_CODES = {
    407: ("the proxy asks for a sign-in", "Give the client the proxy's credentials, or let this host bypass it."),
    403: ("the proxy does not allow this host", "Ask for the host and port on the proxy's allow-list."),
    502: ("the proxy could not reach the host", "Look at the proxy's own name service and route."),
    503: ("the proxy could not reach the host", "Look at the proxy's own name service and route."),
    504: ("the proxy waited in vain for the host", "Look at the proxy's own route to the host."),
}
#: How a client says that its tunnel was built or refused; a 407 of itself may be one step of signing in.
ENDS_TUNNEL = re.compile(r"CONNECT tunnel (?:established|failed)|HTTP code \d{3} from proxy|Proxy replied \d{3}")
ASKS_TUNNEL = re.compile(r"> CONNECT (\S{1,255})")
SIGNS_IN = re.compile(r"(?i)> Proxy-Authorization:")
GOT_AROUND = " The same call then connected to another address of its host."


@check("NET04", supports=("firewall",), refutes=("firewall",), version=2)
def connects(tried: AllConnections, cluster: Cluster | None) -> Iterator[Finding]:
    """TCP: whether a port is refused, dropped, reset or reached"""
    replaced = _replaced(tried.attempts)
    for (host, port, outcome), attempts in _alike(tried.attempts).items():
        where = _where(host, port, cluster)
        bad = [one for one in attempts if one.outcome is not Outcome.CONNECTED]
        if not bad:
            yield passed(f"TCP to {where} connects.", attempts[0].cite("connected"))
            continue
        some = f", {len(bad)} of {len(attempts)} attempts" if len(attempts) > 1 else ""
        first_of_each = list({each.artifact: each for each in reversed(bad)}.values())[::-1]
        files = f" in {len(first_of_each)} files" if len(first_of_each) > 1 else ""
        is_inside = outcome in SILENT and stands_inside(host)
        judge, then = (warned, GOT_AROUND) if replaced.issuperset(bad) else (failed, "")
        yield judge(
            f"TCP to {where}{some}{files}: {MEANING[outcome]}.{then}",
            *(each.cite(each.outcome, "connected") for each in first_of_each[:MOST_CITED]),
            side=Side.UNKNOWN if is_inside else SIDES[outcome],
            next_step=STEP_INSIDE if is_inside else STEPS[outcome],
        )


def _alike(attempts: tuple[Attempt, ...]) -> dict[tuple[str, str, Outcome], list[Attempt]]:
    """The attempts of files to one port that ended alike there: each file may be from another place."""
    by_file: dict[tuple[str, str, str], list[Attempt]] = {}
    for one in attempts:
        by_file.setdefault((one.host, one.port, one.artifact), []).append(one)
    found: dict[tuple[str, str, Outcome], list[Attempt]] = {}
    for (host, port, _), tried in by_file.items():
        ended = next((one.outcome for one in tried if one.outcome is not Outcome.CONNECTED), Outcome.CONNECTED)
        found.setdefault((host, port, ended), []).extend(tried)
    return found


def _replaced(attempts: tuple[Attempt, ...]) -> set[Attempt]:
    """Failed attempts at an address right before one at another address of the same call that connected: clients try
    each address that a name has, and reach their host all the same."""
    found: set[Attempt] = set()
    then = None
    for one in reversed(attempts):
        if one.outcome is Outcome.CONNECTED:
            then = one
        elif then is not None and _is_of_one_call(one, then):
            found.add(one)
            then = replace(then, line=one.line)
        else:
            then = None
    return found


def _is_of_one_call(failed_one: Attempt, later: Attempt) -> bool:
    same = (failed_one.artifact, failed_one.port) == (later.artifact, later.port) and failed_one.host != later.host
    return same and later.line - failed_one.line <= NEXT_TRY and is_address(failed_one.host) and is_address(later.host)


def _where(host: str, port: str, cluster: Cluster | None) -> str:
    return f"{host or 'the host'}{f' port {port}' if port else ''}{_service_at(host, cluster)}"


def _service_at(host: str, cluster: Cluster | None) -> str:
    """Of which service of the cluster that is the address, where its objects say so."""
    for one in cluster.of("Service") if cluster is not None and host else ():
        if host in (one.at("spec", "clusterIP"), *(one.at("spec", "clusterIPs") or ())):
            return f" (the cluster IP of the service {one.namespace}/{one.name})"
    return ""


def stands_inside(host: str) -> bool:
    """Whether this is an address that only a host of the same network or cluster can call."""
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return any(address in network for network in INSIDE if network.version == address.version)


@check("NET09", supports=("proxy",), refutes=(), version=3)
def proxies(proxied: Proxied) -> Iterator[Finding]:
    """Proxies on the way: a sign-in asked for, a host not allowed, a tunnel refused"""
    if isinstance(proxied, Connections):
        yield from _said_by_client(proxied)
    elif isinstance(proxied, ProxyLog):
        yield from _in_its_log(proxied)


MOST_HOSTS = 5


def _in_its_log(log: ProxyLog) -> Iterator[Finding]:
    """A filter refuses hosts by design: which of them the case is about, a person has to say."""
    for one in log.refused[:MOST_HOSTS]:
        where = f"{one.host}{f' port {one.port}' if one.port else ''}"
        of = f"{one.times:,} of {one.times + one.passed:,}"
        yield warned(
            f"{log.product} denies {where}: {of} requests ({one.why}); it lets {log.passed:,} others pass.",
            log.cite(one.line, one.why, "let through"),
            side=Side.CUSTOMER_NETWORK,
            next_step=f"If the client needs {one.host}, ask for the host and its port on the proxy's allow-list; name "
            "the client's address and user as the log shows them.",
            sure=Confidence.STRONG,
        )
    if len(log.refused) > MOST_HOSTS:
        more = len(log.refused) - MOST_HOSTS
        first = log.refused[MOST_HOSTS]
        yield noted(f"{log.product} denies {more:,} more hosts, less often.", log.cite(first.line, first.why))
    if not log.refused:
        yield passed(f"{log.product} lets all {log.passed:,} requests pass.", log.cite(1, "no refusal"))


def _said_by_client(connections: Connections) -> Iterator[Finding]:
    told: set[int] = set()
    host = ""
    for at, (line, said) in enumerate(connections.proxy):
        host, code = _asked(said) or host, _code(said)
        if code in told or code < 400 or (code == 407 and _is_answered(connections.proxy, at, host)):
            continue
        told.add(code)
        why, step = PROXY_CODES.get(code, (f"the proxy answered {code}", "Look at the proxy's log at that time."))
        yield failed(
            f"HTTP proxy: {why} ({code}).",
            connections.cite(line, said, "200 connection established"),
            side=Side.CUSTOMER_NETWORK,
            next_step=step,
        )
    if connections.proxy and not told:
        line, said = connections.proxy[0]
        yield noted(
            "The call goes through an HTTP proxy.",
            connections.cite(line, said),
            side=Side.CUSTOMER_NETWORK,
            next_step="Repeat it without the proxy (`curl --noproxy '*'`) to see whether the proxy matters.",
        )


def _code(said: str) -> int:
    match = PROXY_CODE.search(said)
    return int(match[1]) if match else 0


def _asked(said: str) -> str:
    """The host that a tunnel is asked for, or ""."""
    return found[1] if (found := ASKS_TUNNEL.match(said)) else ""


def _is_answered(proxy: tuple[tuple[int, str], ...], at: int, host: str) -> bool:
    """Whether the client signs in and the tunnel is built before the call ends: a 407 is how a proxy asks for the
    sign-in (RFC 9110, 15.5.8), and NTLM takes two of them. A tunnel to another host is another call."""
    signs_in = False
    for place in range(at, len(proxy)):
        said = proxy[place][1]
        if host and _asked(said) not in {"", host}:
            return False
        signs_in = signs_in or SIGNS_IN.match(said) is not None
        if ENDS_TUNNEL.search(said):
            return signs_in and 200 <= _code(said) < 300
    return False


@check("NET12", supports=("mtu",))
def large_packets(connections: Connections) -> Iterator[Finding]:
    """Large packets that do not pass: small ones do, and then nothing comes"""
    for line, said in connections.notes:
        if re.search(r"(?i)frag|too long|mtu ?=", said):
            yield warned(
                f"A packet was too large for the way: {said[:120]}.",
                connections.cite(line, said[:120], "packets of 1,500 bytes pass"),
                side=Side.CUSTOMER_NETWORK,
                next_step="Lower the MTU of the VPN or tunnel, or let ICMP “fragmentation needed” pass.",
            )
            return
    up = next((one for one in connections.attempts if one.outcome is Outcome.CONNECTED), None)
    hello = next(((line, said) for line, said in connections.notes if "Client hello" in said), None)
    answered = any("(IN)" in said for _, said in connections.notes)
    if up and hello and not answered and connections.failure and "(28)" in connections.failure[1]:
        yield warned(
            "The connection stands and the first large packet gets no answer: large packets may not pass.",
            up.cite("connected"),
            connections.cite(hello[0], hello[1], "a server hello"),
            connections.cite(connections.failure[0], connections.failure[1][:120]),
            side=Side.CUSTOMER_NETWORK,
            next_step="Try `ping -M do -s 1472 HOST`; where it fails and a smaller size passes, lower the MTU.",
            sure=Confidence.HINT,
        )
