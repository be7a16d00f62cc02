"""Calls that ended without a response."""

import re
from collections.abc import Iterator

from sevline.core.checks.client_errors import client_error
from sevline.core.checks.curl_exits import CURL_EXITS, CURL_SAYS
from sevline.core.finding import Confidence, Finding, Side, check, failed, noted, warned
from sevline.core.readers.curl import EXIT
from sevline.core.readers.http import Exchange, Traffic
from sevline.core.readers.notfilled import unfilled_host
from sevline.core.readers.traffic import Group, groups, seconds, with_status

#: What the browser says, who can change it, and what it means. Chromium's names.
REASONS = (
    (
        "NAME_NOT_RESOLVED",
        Side.CUSTOMER_NETWORK,
        "the host name could not be resolved",
        "Resolve the name on the client and on a public resolver.",
    ),
    (
        "CERT",
        Side.UNKNOWN,
        "the certificate was not accepted",
        "Compare the chain that the client sees with the one we serve: a proxy may re-sign it.",
    ),
    ("SSL", Side.UNKNOWN, "the TLS handshake failed", "Compare protocol versions and ciphers on both sides."),
    (
        "CONNECTION_REFUSED",
        Side.OUR_INFRA,
        "the port answered with a refusal",
        "Check that the service listens there and that the address is the intended one.",
    ),
    (
        "CONNECTION_RESET",
        Side.UNKNOWN,
        "the connection was reset",
        "Look for the reset in the load balancer's log and in the customer's firewall log.",
    ),
    (
        "EMPTY_RESPONSE",
        Side.OUR_INFRA,
        "the server closed without answering",
        "Look for a crash or a restart of the server at that time.",
    ),
    (
        "TIMED_OUT",
        Side.UNKNOWN,
        "the connection timed out",
        "A silent drop points to a firewall; test the port from the customer's network.",
    ),
    ("PROXY", Side.CUSTOMER_NETWORK, "the proxy could not be used", "Ask for the proxy settings and its log."),
    ("TUNNEL", Side.CUSTOMER_NETWORK, "the proxy refused the tunnel", "Ask for the proxy settings and its log."),
    (
        "INTERNET_DISCONNECTED",
        Side.CUSTOMER_NETWORK,
        "the client was offline",
        "Repeat the recording with a connection.",
    ),
    ("HTTP2", Side.OUR_INFRA, "the HTTP/2 connection failed", "Repeat with HTTP/1.1 and compare."),
    (
        "QUIC",
        Side.UNKNOWN,
        "the HTTP/3 connection failed",
        "Repeat with HTTP/3 switched off: firewalls often let UDP port 443 through only in part.",
    ),
    (
        "UNSAFE_PORT",
        Side.CUSTOMER_CLIENT,
        "the browser itself calls no such port",
        "Serve it on another port, such as 443: browsers refuse those of mail, DNS and other protocols.",
    ),
    (
        "ADDRESS_UNREACHABLE",
        Side.CUSTOMER_NETWORK,
        "there is no route to the address",
        "Compare the address with the one that a public resolver gives; then look at VPN, gateway and IPv6.",
    ),
    (
        "NETWORK_ACCESS_DENIED",
        Side.CUSTOMER_CLIENT,
        "a firewall on the client's machine forbids it",
        "Ask for the rules of the firewall or security software on that machine.",
    ),
    (
        "NETWORK_CHANGED",
        Side.CUSTOMER_NETWORK,
        "the client's network changed meanwhile, such as by a VPN that connected",
        "Repeat the recording on one network.",
    ),
    (
        "CONNECTION_CLOSED",
        Side.UNKNOWN,
        "the connection was closed before an answer",
        "Look for the close in the load balancer's log: idle timeouts that differ by a second show like this.",
    ),
    (
        "RESPONSE_HEADERS_TOO_BIG",
        Side.OUR_APP,
        "the headers of the answer were too large for the browser",
        "Look for cookies or policies that grow with each answer.",
    ),
    (
        "BLOCKED_BY_RESPONSE",
        Side.OUR_APP,
        "the answer's own headers forbid this page to read it",
        "Compare Cross-Origin-Resource-Policy and Cross-Origin-Embedder-Policy with the page's origin.",
    ),
    (
        "CHUNKED_ENCODING",
        Side.OUR_INFRA,
        "the answer broke off in the middle",
        "Look in the server's and the proxy's log for what ended the answer at that time.",
    ),
    (
        "CONTENT_LENGTH_MISMATCH",
        Side.OUR_INFRA,
        "the answer is shorter than its Content-Length says",
        "Look in the server's and the proxy's log for what ended the answer at that time.",
    ),
)


@check("API01", supports=("network",), refutes=())
def no_response(traffic: Traffic) -> Iterator[Finding]:
    """Calls without any response, by the reason that the browser or curl gives"""
    for group in groups(traffic, lambda call: call.status == 0, why=lambda call: call.error):
        error = group.first.error
        if "BLOCKED_BY_CLIENT" in error:
            yield noted(
                f"{group.opening} was blocked by the browser itself or by one of its extensions.",
                *group.cite("a response", "error"),
                side=Side.CUSTOMER_CLIENT,
                next_step="Repeat in a private window without extensions if this call matters.",
            )
        elif "ABORTED" in error or "TOO_MANY_REDIRECTS" in error or error.endswith("ERR_FAILED"):
            continue
        else:
            yield _unanswered(group, error)


def _unanswered(group: Group, error: str) -> Finding:
    if told := EXIT.search(error):
        return _by_exit_code(group, int(told[1]))
    if variable := unfilled_host(group.first.url):
        return failed(
            f"{group.opening} got no response {group.times}: “{variable}” stands in the address in place of a value.",
            *(call.cite("url", call.url, "an address without variables") for call in group.calls[:5]),
            side=Side.CUSTOMER_CLIENT,
            next_step="Choose the environment, or give the run the file, that sets this variable; then repeat it.",
        )
    if not error.startswith("net::") and (told_by_client := client_error(error)) is not None:
        return _failed(group, *told_by_client)
    for mark, side, meaning, next_step in REASONS:
        if mark in error:
            return _failed(group, side, meaning, next_step)
    return warned(
        f"No response is recorded for {group.call} ({group.times}){': ' + error if error else ''}.",
        *group.cite("a response"),
        side=Side.UNKNOWN,
        next_step="Look up what the client means by that; then repeat the call from another client and network."
        if error
        else "Look whether it was cancelled, answered from a cache, or blocked; the recording does not say.",
        sure=Confidence.HINT,
    )


def _failed(group: Group, side: Side, meaning: str, next_step: str) -> Finding:
    return failed(
        f"{group.opening} got no response {group.times}: {meaning}.",
        *(call.cite("error", call.error, "a response") for call in group.calls[:5]),
        side=side,
        next_step=next_step,
    )


def _by_exit_code(group: Group, code: int) -> Finding:
    unknown = (f"curl ended with code {code}", Side.UNKNOWN, "Look the code up in `man curl`.")
    said = (told for words, told in CURL_SAYS if re.search(words, group.first.error, re.IGNORECASE))
    meaning, side, next_step = next(said, CURL_EXITS.get(code, unknown))
    return failed(
        f"{group.opening} got no response {group.times}: {meaning} (curl exit code {code}).",
        *(call.cite("error", call.error, "exit code 0") for call in group.calls[:5]),
        side=side,
        next_step=next_step,
    )


#: Seconds that a question may wait, and that may lie between it and the newer one.
TYPING = 2.0


def _is_aborted(call: Exchange) -> bool:
    return call.status == 0 and "ABORTED" in call.error


def _replaced(traffic: Traffic) -> frozenset[str]:
    """Calls that a page ended to ask the same path with another query, which was answered: no patience ran out."""
    found = set()
    newer: dict[tuple[str, str, str], Exchange] = {}
    for call in reversed(traffic.in_time_order() if any(map(_is_aborted, traffic.exchanges)) else ()):
        path = call.method, call.host, call.path
        then = newer.get(path)
        if _is_aborted(call) and then is not None and call.url != then.url and _soon(call, then):
            found.add(call.locator)
        elif not 200 <= call.status < 400:
            continue
        newer[path] = call
    return frozenset(found)


def _soon(call: Exchange, then: Exchange) -> bool:
    if call.started is None or then.started is None or (call.millis or 0) > TYPING * 1000:
        return False
    return (then.started - call.started).total_seconds() <= TYPING


@check("API10", supports=("client-timeout",))
def client_gave_up(traffic: Traffic) -> Iterator[Finding]:
    """Calls that the client ended before the answer"""
    replaced = _replaced(traffic)
    gone = [
        *with_status(traffic, 499),
        *groups(traffic, lambda call: _is_aborted(call) and call.locator not in replaced),
    ]
    for group in groups(traffic, lambda call: call.locator in replaced):
        yield noted(
            f"{group.opening} was ended by the page {group.times}, which asked the same address for something else "
            "at once and got it: as a search does while somebody types.",
            *group.cite("an answer, or a newer question", "error"),
        )
    for group in gone:
        waited = max((call.millis or 0 for call in group.calls), default=0) / 1000
        after = f" after up to {seconds(waited)}" if waited else ""
        yield warned(
            f"The client gave up on {group.call} {group.times}{after}.",
            *group.cite("an answer before the client's timeout"),
            side=Side.CUSTOMER_CLIENT,
            next_step="Compare the client's timeout with how long the server takes for this call.",
        )
