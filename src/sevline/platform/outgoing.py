"""The one guarded HTTP client: an address that a person or a document names is called through here, or not at all.

The host is resolved once, every answer is judged, and the connection goes to the very address that was judged, with
the name kept for TLS and Host. Redirects go through the same gate. Nothing is taken from the environment.
"""

import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

import httpx

from sevline.core.lifecycle import Refused
from sevline.core.target import Address, Target, listed, parsed, why_closed

MAX_BYTES = 1_000_000
SECONDS = 10.0
MAX_REDIRECTS = 3
REDIRECTS = frozenset({301, 302, 303, 307, 308})
OWN_HEADERS = frozenset({"host", "content-length", "connection"})
CREDENTIALS = frozenset({"authorization", "cookie", "x-api-key"})

Resolve = Callable[[str, int], Sequence[Address]]


@dataclass(frozen=True, slots=True)
class Policy:
    """What may be called. `hosts` is the case's allow-list; the rest is for an administrator's setting only.

    `inside` are networks that an administrator opened although they are private or this machine itself.
    """

    hosts: frozenset[str] = frozenset()
    any_public_host: bool = False
    loopback: bool = False
    private: bool = False
    ports: frozenset[int] = frozenset({80, 443})
    tls_only_redirects: bool = True
    inside: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...] = ()

    def why_closed(self, address: Address) -> str:
        """A sentence when the address may not be called, else ""; metadata services stay closed whatever is opened."""
        opened = any(address in network for network in self.inside)
        return why_closed(address, loopback=self.loopback or opened, private=self.private or opened)


@dataclass(frozen=True, slots=True)
class Fetched:
    """`hops` are the addresses that were called, the last one included; `cut`: the body was longer than allowed."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    url: str
    address: str
    millis: float
    hops: tuple[str, ...]
    cut: bool = False


def system_resolve(host: str, port: int) -> Sequence[Address]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(
        dict.fromkeys(
            ipaddress.ip_address(entry[4][0].partition("%")[0]) for entry in found if isinstance(entry[4][0], str)
        )
    )


def admitted(
    url: str, policy: Policy, resolve: Resolve = system_resolve, *, seconds: float = SECONDS
) -> tuple[Target, Address]:
    """The target of a URL and the address to connect to. Raises Refused with a sentence."""
    target, addresses = admitted_all(url, policy, resolve, seconds=seconds)
    return target, addresses[0]


def admitted_all(
    url: str, policy: Policy, resolve: Resolve = system_resolve, *, seconds: float = SECONDS
) -> tuple[Target, Sequence[Address]]:
    """The target of a URL and every address of it, all of which may be called. Raises Refused with a sentence.

    `seconds` is how long the name may take to resolve.
    """
    target = parsed(url, ports=policy.ports, inside=bool(policy.inside))
    if not policy.any_public_host and not listed(target.host, policy.hosts):
        raise Refused(f"“{target.host}” is not on the list of allowed targets.")
    if target.address is not None:
        addresses: Sequence[Address] = (target.address,)
    else:
        try:
            addresses = _in_time(resolve, target, seconds)
        except OSError:
            raise Refused(f"The name “{target.host}” does not resolve.") from None
    if not addresses:
        raise Refused(f"The name “{target.host}” does not resolve.")
    if closed := [reason for address in addresses if (reason := policy.why_closed(address))]:
        raise Refused(closed[0])
    return target, addresses


def _in_time(resolve: Resolve, target: Target, seconds: float) -> Sequence[Address]:
    """The system's resolver knows no time limit: what it says too late is left to a thread that nobody waits for."""
    answered: queue.SimpleQueue[Sequence[Address] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answered.put(resolve(target.host, target.port))
        except Exception as problem:  # noqa: BLE001 it is raised where the answer is waited for
            answered.put(problem)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answered.get(timeout=max(seconds, 0.0))
    except queue.Empty:
        raise Refused(f"The name “{target.host}” was not resolved within {SECONDS:.0f} s.") from None
    if isinstance(answer, Exception):
        raise answer
    return answer


def fetch(
    url: str,
    *,
    policy: Policy,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    resolve: Resolve = system_resolve,
) -> Fetched:
    """Call an address within ten seconds and one megabyte. Raises Refused for all that is not allowed or fails."""
    started = time.monotonic()
    hops: list[str] = []
    sent = {name: value for name, value in (headers or {}).items() if name.lower() not in OWN_HEADERS}
    while True:
        target, address = admitted(url, policy, resolve, seconds=SECONDS - (time.monotonic() - started))
        hops.append(target.origin + target.path.split("?", 1)[0])
        answer, data, cut = _called(target, address, method, sent, body, started)
        location = answer.headers.get("location", "")
        if not location or answer.status_code not in REDIRECTS:
            took = (time.monotonic() - started) * 1000
            return Fetched(answer.status_code, dict(answer.headers), data, url, str(address), took, tuple(hops), cut)
        url = _followed(urljoin(url, location), hops, policy)
        if parsed(url, ports=policy.ports, inside=bool(policy.inside)).origin != target.origin:
            sent = {name: value for name, value in sent.items() if name.lower() not in CREDENTIALS}
        if answer.status_code == 303 or (answer.status_code in {301, 302} and method == "POST"):
            method, body = "GET", b""


def _followed(url: str, hops: Sequence[str], policy: Policy) -> str:
    if len(hops) > MAX_REDIRECTS:
        raise Refused(f"It was redirected more than {MAX_REDIRECTS} times.")
    if policy.tls_only_redirects and not url.startswith("https://"):
        raise Refused("It was redirected to an address without TLS, which is not followed.")
    return url


def _called(
    target: Target, address: Address, method: str, headers: Mapping[str, str], body: bytes, started: float
) -> tuple[httpx.Response, bytes, bool]:
    """One call to the pinned address; the name goes into Host, SNI and the check of the certificate."""
    number = f"[{address}]" if address.version == 6 else str(address)
    default = target.port == {"https": 443, "http": 80}[target.scheme]
    pinned = f"{target.scheme}://{number}:{target.port}{target.path}"
    name = f"[{target.host}]" if ":" in target.host else target.host
    told = {**headers, "Host": name if default else f"{name}:{target.port}", "Accept-Encoding": "identity"}
    left = SECONDS - (time.monotonic() - started)
    if left <= 0:
        raise Refused(f"It took longer than {SECONDS:.0f} s.")
    with httpx.Client(
        trust_env=False, follow_redirects=False, timeout=left, verify=ssl.create_default_context()
    ) as client:
        line = _Line()
        request = client.build_request(
            method, pinned, headers=told, content=body or None,
            extensions={"sni_hostname": target.host, "trace": line.follow},
        )  # fmt: skip
        try:
            with _cut_after(left, line):
                answer = client.send(request, stream=True)
                try:
                    data, cut = _read(answer, started)
                finally:
                    answer.close()
        except httpx.TimeoutException:
            raise Refused(f"It took longer than {SECONDS:.0f} s.") from None
        except httpx.HTTPError as problem:
            if time.monotonic() - started >= SECONDS:
                raise Refused(f"It took longer than {SECONDS:.0f} s.") from None
            raise Refused(
                f"The call to {target.origin} failed: {str(problem)[:160] or type(problem).__name__}."
            ) from None
    return answer, data, cut


@dataclass(slots=True)
class _Line:
    """The socket of a call, as the client tells of it."""

    held: socket.socket | None = None

    def follow(self, event: str, info: Mapping[str, Any]) -> None:
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self.held = info["return_value"].get_extra_info("socket")


@contextmanager
def _cut_after(seconds: float, line: _Line) -> Iterator[None]:
    """Ends the connection when the time is over: the client's own limit begins anew with each byte that comes."""

    def cut() -> None:
        if line.held is not None:
            with suppress(OSError):
                # Not by the method of a socket with TLS, which would end TLS first: what comes then would be read raw.
                socket.socket.shutdown(line.held, socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _read(answer: httpx.Response, started: float) -> tuple[bytes, bool]:
    pieces, size = [], 0
    for piece in answer.iter_raw():
        size += len(piece)
        pieces.append(piece)
        if size > MAX_BYTES:
            return b"".join(pieces)[:MAX_BYTES], True
        if time.monotonic() - started > SECONDS:
            break
    if time.monotonic() - started > SECONDS:  # a connection that was cut looks like one that ended
        raise Refused(f"It took longer than {SECONDS:.0f} s.")
    return b"".join(pieces), False
