"""What a probe saw, written down as the tools write it that support knows: dig, curl -v, curl -w, openssl s_client.

So a probe is evidence like any other: the same readers read it, and the same checks judge it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address

from sevline.core.lifecycle import Refused


class ProbeKind(StrEnum):
    NAMES = "names"
    CONNECT = "connect"
    TLS = "tls"
    HTTP = "http"
    OIDC = "oidc"
    SAML = "saml"
    WEBHOOK = "webhook"


#: Kind: title, what is done, and the path that is asked where nobody names one.
KINDS: Mapping[ProbeKind, tuple[str, str, str]] = {
    ProbeKind.NAMES: ("Names", "asks several resolvers for its addresses", ""),
    ProbeKind.CONNECT: ("Connection", "connects to each of its addresses over TCP", ""),
    ProbeKind.TLS: ("TLS", "reads its certificate chain, and which versions it accepts", ""),
    ProbeKind.HTTP: ("HTTP", "sends GET three times and measures each phase", "/"),
    ProbeKind.OIDC: ("OIDC discovery and keys", "reads the discovery document and its JWKS",
                     "/.well-known/openid-configuration"),
    ProbeKind.SAML: ("SAML metadata", "reads the metadata document", "/saml/metadata"),
    ProbeKind.WEBHOOK: ("Webhook endpoint", "posts one marked test event", "/webhooks"),
}  # fmt: skip
#: How a probe writes whether a server takes a version, as the reader of TLS texts knows it.
TAKEN: Mapping[bool | None, str] = {True: "accepted", False: "not accepted", None: "not learned"}
TEST_EVENT = b'{"type":"sevline.probe","id":"probe-0","data":{}}'
#: curl's exit codes for what can go wrong before an answer is there.
EXITS = {"resolve": 6, "refused": 7, "timeout": 28, "tls": 35, "empty": 52, "cut": 56, "certificate": 60}


@dataclass(frozen=True, slots=True)
class Seen:
    """The files that a probe makes, and a sentence for its row."""

    files: tuple[tuple[str, bytes], ...]
    said: str


@dataclass(frozen=True, slots=True)
class Answered:
    """One question to one resolver. `records` are (name, seconds to live, type, value)."""

    server: str
    name: str
    type: str
    status: str
    millis: int = 0
    records: tuple[tuple[str, int, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt to connect; `error` is "" when it succeeded."""

    address: str
    port: int
    millis: int
    error: str = ""


@dataclass(frozen=True, slots=True)
class Handshake:
    """`chain` are (subject, issuer, PEM); `verified` is OpenSSL's code and sentence; `accepts`: version ->
    whether, None where that was not learned."""

    host: str
    port: int
    protocol: str = ""
    cipher: str = ""
    chain: tuple[tuple[str, str, str], ...] = ()
    verified: tuple[int, str] = (0, "ok")
    error: str = ""
    accepts: Mapping[str, bool | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it went over the wire. `ends` are seconds since its start, by curl's names of the phases."""

    method: str
    url: str
    target: str
    sent: tuple[tuple[str, str], ...]
    tried: Tried
    host: str
    status: int = 0
    reason: str = ""
    received: tuple[tuple[str, str], ...] = ()
    size: int = 0
    ends: Mapping[str, float] = field(default_factory=dict)
    exit: str = ""
    error: str = ""


def known_kind(kind: str) -> ProbeKind:
    """Raises Refused with what there is."""
    if kind not in set(ProbeKind):
        raise Refused(f"A probe is one of {', '.join(ProbeKind)}.")
    return ProbeKind(kind)


def dig_text(answers: Iterable[Answered]) -> str:
    return "\n".join(line for one in answers for line in _dug(one)) + "\n"


def _dug(one: Answered) -> list[str]:
    asked = f"; <<>> DiG by Sevline <<>> @{one.server} {one.name} {one.type}"
    if one.status == "TIMEOUT":
        return [asked, ";; connection timed out; no servers could be reached", ""]
    lines = [asked, f";; ->>HEADER<<- opcode: QUERY, status: {one.status}, id: 0", ";; QUESTION SECTION:"]
    lines += [f";{one.name}.\t\tIN\t{one.type}", ""]
    if one.records:
        lines.append(";; ANSWER SECTION:")
        lines += [f"{name}.\t{seconds}\tIN\t{kind}\t{value}" for name, seconds, kind, value in one.records]
    return [*lines, "", f";; Query time: {one.millis} msec", f";; SERVER: {one.server}#53({one.server})", ""]


def connect_text(host: str, tries: Sequence[Tried]) -> str:
    lines = [line for one in tries for line in _tried(host, one)]
    if tries and all(one.error for one in tries):
        last = tries[-1]
        code = EXITS["timeout" if "timed out" in last.error else "refused"]
        lines.append(f"curl: ({code}) Failed to connect to {host} port {last.port} after {last.millis} ms")
    return "\n".join(lines) + "\n"


def _tried(host: str, one: Tried) -> list[str]:
    address = f"[{one.address}]" if ":" in one.address else one.address
    if one.error:
        return [
            f"*   Trying {address}:{one.port}...",
            f"* connect to {one.address} port {one.port} failed: {one.error}",
        ]
    return [
        f"*   Trying {address}:{one.port}...",
        f"* Connected to {host} ({one.address}) port {one.port}",
    ]


def _is_address(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


def handshake_text(one: Handshake) -> str:
    asked = "" if _is_address(one.host) else f" -servername {one.host}"  # an address is no name to ask for (RFC 6066)
    lines = [f"openssl s_client -connect {one.host}:{one.port}{asked} -showcerts"]
    if one.error:
        lines.append(one.error)
    if one.protocol:
        lines += ["CONNECTED(00000003)", "---", "Certificate chain"]
    for depth, (subject, issuer, pem) in enumerate(one.chain):
        lines += [f" {depth} s:{subject}", f"   i:{issuer}", *pem.strip().splitlines()]
    if one.protocol:
        code, said = one.verified
        lines += ["---", f"New, {one.protocol}, Cipher is {one.cipher}", f"Verify return code: {code} ({said})"]
    lines += [f"{version}: {TAKEN[taken]}" for version, taken in one.accepts.items()]
    return "\n".join(lines) + "\n"


def call_text(calls: Iterable[Call]) -> str:
    """The transcript of `curl -v`, without bodies: what a page holds is nobody's business here."""
    return "\n".join(line for one in calls for line in _called(one)) + "\n"


def _called(one: Call) -> list[str]:
    lines = [f"$ curl -v -X {one.method} {one.url}", *_tried(one.host, one.tried)]
    if one.url.startswith("https:") and not one.tried.error:
        lines.append(f"* SSL connection to {one.host}" if one.exit != "tls" else f"* TLS: {one.error}")
    if not one.exit or one.status:
        lines.append(f"> {one.method} {one.target} HTTP/1.1")
        lines += [f"> {name}: {value}" for name, value in one.sent]
        lines.append(">")
    if one.status:
        lines.append(f"< HTTP/1.1 {one.status} {one.reason}".rstrip())
        lines += [f"< {name}: {value}" for name, value in one.received]
        lines.append("<")
    if one.exit:
        lines.append(f"curl: ({EXITS[one.exit]}) {one.error}")
    return lines


def timings_json(calls: Iterable[Call]) -> bytes:
    """As `curl -w '%{json}'` prints them; times are in seconds."""
    rows = [
        {
            "url": one.url,
            "method": one.method,
            "http_code": one.status,
            "size_download": one.size,
            "exitcode": EXITS[one.exit] if one.exit else 0,
            "errormsg": one.error or None,
            **{f"time_{name}": round(seconds, 6) for name, seconds in one.ends.items()},
        }
        for one in calls
    ]
    return json.dumps(rows, indent=1).encode() + b"\n"


def customer_script(host: str, port: int) -> str:
    """What the customer runs where it fails: it reads only, and prints what the readers know."""
    url = f"https://{host}{'' if port == 443 else f':{port}'}/"
    return "\n".join(
        (
            "#!/bin/sh",
            "# Reads only: asks for names, connects, and reads the certificate. Send the folder back.",
            "set -u",
            "mkdir -p sevline-probe && cd sevline-probe || exit 1",
            f"(dig {host} A; dig {host} AAAA; dig @1.1.1.1 {host} A) > dns.txt 2>&1",
            f"openssl s_client -connect {host}:{port} -servername {host} -showcerts < /dev/null > tls.txt 2>&1",
            f"curl -v -sS -o /dev/null {url} 2> curl.txt",
            f"for run in 1 2 3 4 5; do curl -sS -o /dev/null -w '%{{json}}\\n' {url}; done > timings.json",
            f"(ping -c 3 -M do -s 1472 {host} || true) > mtu.txt 2>&1",
            "env | grep -i -E '^(https?|no|all)_proxy=' | sed 's#//[^@/]*@#//#' > proxy.txt",
            "",
        )
    )
