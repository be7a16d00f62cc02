"""Probes: names, connections, TLS and HTTP of one target, always through the gate of `outgoing`.

Each address is judged before it is connected to, and the connection goes to that very address. A probe follows no
redirect unless it reads a document, and then through `outgoing.fetch`, which judges every hop again.
"""

import contextlib
import http.client
import json
import re
import socket
import ssl
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from sevline.core.lifecycle import Refused
from sevline.core.probing import (
    KINDS,
    TEST_EVENT,
    Answered,
    Call,
    Handshake,
    ProbeKind,
    Seen,
    Tried,
    call_text,
    connect_text,
    dig_text,
    handshake_text,
    timings_json,
)
from sevline.core.target import Address, Target
from sevline.platform.outgoing import Policy, Resolve, admitted_all, fetch, system_resolve

SECONDS = 5.0
TIMED_CALLS = 3
AGENT = "sevline-probe"
VERSIONS = {
    "TLSv1.0": ssl.TLSVersion.TLSv1,
    "TLSv1.1": ssl.TLSVersion.TLSv1_1,
    "TLSv1.2": ssl.TLSVersion.TLSv1_2,
    "TLSv1.3": ssl.TLSVersion.TLSv1_3,
}


@dataclass(frozen=True, slots=True)
class Where:
    """What is looked at. `url` names host, port and path; `resolvers` are `address` or `address:port`."""

    url: str
    policy: Policy
    resolvers: Sequence[str] = ()
    resolve: Resolve = system_resolve
    pause: float = 0.0


def look(kind: ProbeKind, where: Where) -> Seen:
    """Run one probe. Raises Refused where the target may not be called; what fails there is what was seen."""
    target, addresses = admitted_all(where.url, where.policy, where.resolve)
    return LOOKS[kind](where, target, addresses)


def _names(where: Where, target: Target, _addresses: Sequence[Address]) -> Seen:
    if target.address is not None:
        raise Refused("The target is an address, so there is no name to ask for.")
    answers = [_asked(target.host, kind, server) for server in where.resolvers for kind in ("A", "AAAA")]
    good = sum(1 for one in answers if one.records)
    said = f"{len(where.resolvers)} resolvers, {good} of {len(answers)} answers hold an address"
    return Seen((("dns.txt", dig_text(answers).encode()),), said)


def _asked(name: str, kind: str, server: str) -> Answered:
    import dns.exception
    import dns.message
    import dns.query
    import dns.rcode
    import dns.rdatatype

    host, port = _host_and_port(server, 53)
    started = time.monotonic()
    question = dns.message.make_query(name, kind)
    try:
        answer, _ = dns.query.udp_with_fallback(question, host, timeout=SECONDS, port=port)
    except (dns.exception.DNSException, OSError):
        return Answered(server, name, kind, "TIMEOUT")
    records = tuple(
        (
            str(group.name).rstrip("."),
            int(group.ttl),
            dns.rdatatype.to_text(group.rdtype),
            item.to_text().rstrip("."),
        )
        for group in answer.answer
        for item in group
    )
    millis = round((time.monotonic() - started) * 1000)
    return Answered(host, name, kind, dns.rcode.to_text(answer.rcode()), millis, records)


def _host_and_port(server: str, default: int) -> tuple[str, int]:
    if server.startswith("["):
        host, _, port = server[1:].partition("]")
        return host, int(port.lstrip(":") or default)
    host, colon, port = server.partition(":")
    return (host, int(port)) if colon and port.isdecimal() else (server, default)


def _connect(where: Where, target: Target, addresses: Sequence[Address]) -> Seen:
    tries = []
    for address in addresses[:8]:
        connection, tried = _opened(address, target.port)
        if connection is not None:
            connection.close()
        tries.append(tried)
        time.sleep(where.pause)
    up = sum(1 for one in tries if not one.error)
    said = f"{up} of {len(tries)} addresses connect on port {target.port}"
    return Seen((("connect.txt", connect_text(target.host, tries).encode()),), said)


def _opened(address: Address, port: int) -> tuple[socket.socket | None, Tried]:
    started = time.monotonic()
    try:
        connection = socket.create_connection((str(address), port), SECONDS)
    except OSError as problem:
        error = "Connection timed out" if isinstance(problem, TimeoutError) else (problem.strerror or str(problem))
        return None, Tried(str(address), port, _millis(started), error)
    return connection, Tried(str(address), port, _millis(started))


def _millis(started: float) -> int:
    return round((time.monotonic() - started) * 1000)


def _tls(where: Where, target: Target, addresses: Sequence[Address]) -> Seen:
    address = addresses[0]
    seen = _handshake(target, address)
    accepts = {}
    for name, version in VERSIONS.items():
        time.sleep(where.pause)
        accepts[name] = _accepts(target, address, version)
    seen = Handshake(
        target.host, target.port, seen.protocol, seen.cipher, seen.chain, seen.verified, seen.error, accepts
    )
    code, verdict = seen.verified
    said = seen.error or f"{seen.protocol}, {len(seen.chain)} certificates, {'trusted' if code == 0 else verdict}"
    return Seen((("tls.txt", handshake_text(seen).encode()),), said[:300])


def _unverified() -> ssl.SSLContext:
    """For looking at a chain, also a bad one. Nothing but the handshake is ever sent over it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _handshake(target: Target, address: Address) -> Handshake:
    connection, tried = _opened(address, target.port)
    if connection is None:
        return Handshake(target.host, target.port, error=f"connect: {tried.error}")
    try:
        with connection, _unverified().wrap_socket(connection, server_hostname=target.host) as secure:
            cipher = secure.cipher()
            chain = _chain(secure)
            protocol = secure.version() or ""
    except (ssl.SSLError, OSError) as problem:
        return Handshake(target.host, target.port, error=_told(problem))
    return Handshake(target.host, target.port, protocol, cipher[0] if cipher else "", chain, _verified(target, address))


#: What Python's ssl puts around OpenSSL's words: the library, the code, and a line of its own source.
_AROUND = re.compile(r"^(?:\[Errno -?\d+\]|\[[A-Z0-9_ .:]+\])\s*|\s*\(_ssl\.c:\d+\)$")


def _told(problem: Exception) -> str:
    """What went wrong in words: a person reads it in a finding."""
    said = " ".join(_AROUND.sub("", " ".join(str(problem).split())).split())[:200]
    return said or type(problem).__name__


def _chain(secure: ssl.SSLSocket) -> tuple[tuple[str, str, str], ...]:
    """Every certificate that the server sent, in its order."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    # Public since Python 3.13; before it, only the inner object gives more than the leaf.
    sent = getattr(secure, "get_unverified_chain", None) or secure._sslobj.get_unverified_chain  # type: ignore[attr-defined]  # noqa: SLF001
    told = []
    for one in sent() or ():
        data = one if isinstance(one, bytes) else ssl.PEM_cert_to_DER_cert(one.public_bytes())
        try:
            read = x509.load_der_x509_certificate(data)
        except ValueError:
            told.append(("unreadable", "unreadable", ssl.DER_cert_to_PEM_cert(data)))
            continue
        pem = read.public_bytes(Encoding.PEM).decode()
        told.append((read.subject.rfc4514_string(), read.issuer.rfc4514_string(), pem))
    return tuple(told)


def _verified(target: Target, address: Address) -> tuple[int, str]:
    """What OpenSSL says of the chain with this machine's trusted authorities, and of the host's name."""
    connection, tried = _opened(address, target.port)
    if connection is None:
        return -1, tried.error
    try:
        with connection, ssl.create_default_context().wrap_socket(connection, server_hostname=target.host):
            return 0, "ok"
    except ssl.SSLCertVerificationError as problem:
        return problem.verify_code, problem.verify_message
    except (ssl.SSLError, OSError) as problem:
        return -1, _told(problem)


def _accepts(target: Target, address: Address, version: ssl.TLSVersion) -> bool | None:
    """Whether the server takes this version; None where it never had the choice: no connection, no answer in time, or
    a version that this machine does not offer."""
    connection, _ = _opened(address, target.port)
    if connection is None:
        return None
    context = _unverified()
    try:
        context.set_ciphers("ALL:@SECLEVEL=0")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # whether the server takes old versions is the question
            context.minimum_version, context.maximum_version = version, version
        with connection, context.wrap_socket(connection, server_hostname=target.host):
            return True
    except (TimeoutError, ValueError):
        return None
    except ssl.SSLError as problem:
        return None if problem.reason == "NO_PROTOCOLS_AVAILABLE" else False
    except OSError:
        return False  # cut: how many servers say no


def _http(where: Where, target: Target, addresses: Sequence[Address]) -> Seen:
    calls = []
    for number in range(TIMED_CALLS):
        time.sleep(where.pause if number else 0)
        calls.append(_called("GET", where.url, target, addresses[0], b"", {}))
    last = calls[-1]
    slow = max(one.ends.get("total", 0.0) for one in calls)
    said = last.error or f"{last.status} {last.reason}".strip() + f", at most {slow:.3f} s"
    return Seen((("curl.txt", call_text(calls).encode()), ("timings.json", timings_json(calls))), said[:300])


def _webhook(where: Where, target: Target, addresses: Sequence[Address]) -> Seen:
    headers = {"Content-Type": "application/json", "Webhook-Id": "probe-0"}
    call = _called("POST", where.url, target, addresses[0], TEST_EVENT, headers)
    said = call.error or f"{call.status} {call.reason}".strip() + f" in {call.ends.get('total', 0.0):.3f} s"
    return Seen((("curl.txt", call_text([call]).encode()), ("timings.json", timings_json([call]))), said[:300])


class _FailedError(Exception):
    """A phase ended the call; `kind` is one of `core.probing.EXITS`."""

    def __init__(self, kind: str, error: str) -> None:
        super().__init__(error)
        self.kind = kind


def _called(method: str, url: str, target: Target, address: Address, body: bytes, more: Mapping[str, str]) -> Call:
    """One request to the pinned address, phase by phase; no redirect is followed."""
    started = time.monotonic()
    ends = {"namelookup": 0.0}
    host = urlsplit(target.origin).netloc
    sent = (("Host", host), ("User-Agent", AGENT), ("Accept", "*/*"), *more.items())
    connection, tried = _opened(address, target.port)
    ends["connect"] = time.monotonic() - started

    def call(**told: object) -> Call:
        ends["total"] = time.monotonic() - started
        return Call(method, url, target.path, sent, tried, target.host, ends=ends, **told)  # type: ignore[arg-type]

    if connection is None:
        kind = "timeout" if "timed out" in tried.error else "refused"
        return call(exit=kind, error=f"Failed to connect to {target.host} port {target.port}: {tried.error}")
    with contextlib.closing(connection):
        try:
            wire = _secured(connection, target)
            ends["appconnect"] = time.monotonic() - started if target.scheme == "https" else 0.0
            answer, size = _answered(wire, method, target, sent, body, ends, started)
        except _FailedError as failed:
            return call(exit=failed.kind, error=str(failed))
        received = tuple((name, value) for name, value in answer.getheaders())
        return call(status=answer.status, reason=answer.reason, received=received, size=size)


def _secured(connection: socket.socket, target: Target) -> socket.socket:
    if target.scheme != "https":
        return connection
    try:
        return ssl.create_default_context().wrap_socket(connection, server_hostname=target.host)
    except ssl.SSLCertVerificationError as problem:
        raise _FailedError("certificate", f"SSL certificate problem: {problem.verify_message}") from None
    except (ssl.SSLError, OSError) as problem:
        raise _FailedError("tls", _told(problem)) from None


def _answered(
    wire: socket.socket,
    method: str,
    target: Target,
    sent: Sequence[tuple[str, str]],
    body: bytes,
    ends: dict[str, float],
    started: float,
) -> tuple[http.client.HTTPResponse, int]:
    client = http.client.HTTPConnection(target.host, target.port, timeout=SECONDS)
    client.sock = wire
    try:
        client.putrequest(method, target.path, skip_host=True, skip_accept_encoding=True)
        for name, value in sent:
            client.putheader(name, value)
        if body:
            client.putheader("Content-Length", str(len(body)))
        client.endheaders(body or None)
        ends["pretransfer"] = time.monotonic() - started
        answer = client.getresponse()
        ends["starttransfer"] = time.monotonic() - started
        return answer, len(answer.read(1_000_000))
    except TimeoutError:
        raise _FailedError("timeout", f"Operation timed out after {SECONDS * 1000:.0f} milliseconds") from None
    except http.client.RemoteDisconnected:
        raise _FailedError("empty", "Empty reply from server") from None
    except (http.client.HTTPException, OSError) as problem:
        raise _FailedError("cut", f"Recv failure: {_told(problem)}") from None


def _document(url: str, where: Where) -> bytes:
    answer = fetch(url, policy=where.policy, resolve=where.resolve)
    if answer.status != 200:
        raise Refused(f"{url.split('?', 1)[0]} answered {answer.status}, so there is no document to read.")
    if answer.cut:
        raise Refused("The document is larger than 1 MB.")
    return answer.body


def _oidc(where: Where, _target: Target, _addresses: Sequence[Address]) -> Seen:
    discovery = _document(where.url, where)
    try:
        told = json.loads(discovery)
        keys = told["jwks_uri"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return Seen((("openid-configuration.json", discovery),), "the discovery document names no jwks_uri")
    time.sleep(where.pause)
    try:
        jwks = _document(str(keys), where)
    except Refused as refusal:
        return Seen((("openid-configuration.json", discovery),), f"JWKS: {' '.join(refusal.reasons)}"[:300])
    files = (("openid-configuration.json", discovery), ("jwks.json", jwks))
    return Seen(files, "discovery document and JWKS were read")


def _saml(where: Where, _target: Target, _addresses: Sequence[Address]) -> Seen:
    return Seen((("idp-metadata.xml", _document(where.url, where)),), "the metadata document was read")


LOOKS: Mapping[ProbeKind, Callable[[Where, Target, Sequence[Address]], Seen]] = {
    ProbeKind.NAMES: _names,
    ProbeKind.CONNECT: _connect,
    ProbeKind.TLS: _tls,
    ProbeKind.HTTP: _http,
    ProbeKind.OIDC: _oidc,
    ProbeKind.SAML: _saml,
    ProbeKind.WEBHOOK: _webhook,
}


def url_of(scheme: str, host: str, port: int, path: str) -> str:
    """The address of a target of the allow-list."""
    name = f"[{host}]" if ":" in host else host
    return f"{scheme}://{name}:{port}{path or '/'}"


def default_path(kind: ProbeKind) -> str:
    return KINDS[kind][2]
