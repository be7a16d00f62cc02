"""What tools say about names, connections and TLS, in one form each, with the lines they were read from."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sevline.core.finding import Evidence, Gathered, Given
from sevline.core.readers.certificates import CertificateFacts


class Placed:
    """Something read from a line of an artefact."""

    __slots__ = ()
    artifact: str
    line: int

    def cite(self, observed: object = "", expected: object = "", *, line: int = 0) -> Evidence:
        return Evidence(self.artifact, f"{line or self.line}:1", str(observed), str(expected))


@dataclass(frozen=True, slots=True)
class Answer:
    line: int
    type: str
    value: str
    ttl: int | None = None


@dataclass(frozen=True, slots=True)
class Lookup(Given, Placed):
    """One question to one resolver. `status` is NOERROR, NXDOMAIN, SERVFAIL, REFUSED or TIMEOUT. `reason` is the
    extended error (RFC 8914) that came with it, `reason_code` its number, -1 without one."""

    what = "a name lookup"
    how = "Run `dig NAME A` and `dig NAME AAAA` where it fails, and `dig @1.1.1.1 NAME A` beside it; attach the output."

    artifact: str
    line: int
    name: str
    type: str
    status: str
    resolver: str = ""
    answers: tuple[Answer, ...] = ()
    millis: int | None = None
    reason: str = ""
    reason_code: int = -1
    reason_line: int = 0


class Outcome(StrEnum):
    CONNECTED = "connected"
    REFUSED = "refused"
    TIMEOUT = "timed out"
    RESET = "reset"
    UNREACHABLE = "unreachable"
    CLOSED = "did not connect"


@dataclass(frozen=True, slots=True)
class Attempt(Placed):
    artifact: str
    line: int
    host: str
    port: str
    outcome: Outcome

    @property
    def is_v6(self) -> bool:
        return self.host.count(":") > 1


class Proxied(Given):
    """What tells of a proxy on the way: a client that goes through it, or the proxy's own log."""

    __slots__ = ()
    what = "what a client said while it connected"
    how = "Run `curl -v -sS -o /dev/null URL 2> curl.txt` (or `Test-NetConnection HOST -Port 443`) where it fails."


@dataclass(frozen=True, slots=True)
class Refused:
    """What a proxy refused of one host: `port` where it is told, `why` in the proxy's words, `line` the first one."""

    host: str
    port: str
    why: str
    line: int
    times: int
    passed: int


@dataclass(frozen=True, slots=True)
class ProxyLog(Proxied):
    """A proxy's log: the hosts that it refused, the most often first, and how many requests it let pass in all."""

    what = "a log of a proxy or a web filter"

    artifact: str
    product: str
    refused: tuple[Refused, ...]
    passed: int

    def cite(self, line: int, observed: object, expected: object = "") -> Evidence:
        return Evidence(self.artifact, f"{line}:1", str(observed), str(expected))


@dataclass(frozen=True, slots=True)
class Connections(Proxied):
    """Attempts to connect, in the order of the file. `proxy` holds what was said about a proxy, `notes` the rest."""

    artifact: str
    attempts: tuple[Attempt, ...] = ()
    proxy: tuple[tuple[int, str], ...] = ()
    notes: tuple[tuple[int, str], ...] = ()
    failure: tuple[int, str] | None = None

    def cite(self, line: int, observed: object, expected: object = "") -> Evidence:
        return Evidence(self.artifact, f"{line}:1", str(observed), str(expected))


@dataclass(frozen=True)
class AllConnections(Gathered):
    """All attempts to connect that files given together tell of: many a log tells of the same one."""

    what = Connections.what
    how = Connections.how
    parts: ClassVar[tuple[type[Given], ...]] = (Connections,)
    needs: ClassVar[type[Given]] = Connections

    given: tuple[Given, ...]

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        return tuple(one for part in self.given if isinstance(part, Connections) for one in part.attempts)


@dataclass(frozen=True, slots=True)
class Alert(Placed):
    """`by_server` is None where the text does not tell which side sent it."""

    artifact: str
    line: int
    name: str
    by_server: bool | None = None


@dataclass(frozen=True, slots=True)
class Certificate(Placed):
    artifact: str
    line: int
    facts: CertificateFacts


@dataclass(frozen=True, slots=True)
class TlsSession(Given):
    """One TLS handshake as openssl or curl tells it, or a file of certificates (then only `chain` is there).

    `versions` are those that were tried one by one, each with its line and whether the server took it.
    `ended` is where the connection was closed before the server sent a certificate. `reached` is how far above the
    leaf the client came while it built the chain; 0 where it found no issuer, or does not say.
    """

    what = "a TLS handshake or a certificate chain"
    how = "Run `openssl s_client -connect HOST:443 -servername HOST -showcerts </dev/null` where it fails."

    artifact: str
    line: int
    host: str = ""
    chain: tuple[Certificate, ...] = ()
    alerts: tuple[Alert, ...] = ()
    problems: tuple[tuple[int, str], ...] = ()
    issuers: tuple[tuple[int, str], ...] = ()
    protocol: tuple[int, str] | None = None
    cipher: tuple[int, str] | None = None
    verified: tuple[int, str] | None = None
    at: datetime | None = None
    versions: tuple[tuple[int, str, bool], ...] = ()
    ended: tuple[int, str] | None = None
    reached: int = 0

    def cite(self, line: int, observed: object, expected: object = "") -> Evidence:
        return Evidence(self.artifact, f"{line}:1", str(observed), str(expected))

    @property
    def is_built(self) -> bool:
        """Whether the client found the issuer of the leaf, sent by the server or in its own store."""
        return self.reached > 0 or (self.verified is not None and self.verified[1].lower() == "ok")


@dataclass(frozen=True, slots=True)
class Around(Given):
    """When the other evidence was recorded, from its first moment to its last; `today` where none tells a time."""

    what = "the time of the fault"
    how = (
        "Say when it was recorded, on the file's page under “Captured at” or with --at, or attach a log or recording "
        "of the same minutes."
    )

    first: datetime
    last: datetime
    today: bool = False


@dataclass(frozen=True, slots=True)
class ScanRow:
    """One row of a TLS scanner: `rank` is its own word for how bad it is."""

    pointer: str
    id: str
    rank: str
    said: str


@dataclass(frozen=True, slots=True)
class ScanReport(Given):
    what = "the report of a TLS scanner"
    how = "Run testssl.sh with `--jsonfile FILE HOST:443`, or sslyze with `--json_out=FILE`, and attach the file."

    artifact: str
    tool: str
    rows: tuple[ScanRow, ...] = field(default=())

    def cite(self, row: ScanRow) -> Evidence:
        return Evidence(self.artifact, row.pointer, row.said[:200])


@dataclass(frozen=True, slots=True)
class AddressRanges(Given):
    """A list of address blocks in CIDR form, as allow-lists are exchanged."""

    what = "a list of allowed address ranges"
    how = "Attach the allow-list as JSON: a list of blocks such as 203.0.113.0/24."

    artifact: str
    blocks: tuple[tuple[str, str], ...]
