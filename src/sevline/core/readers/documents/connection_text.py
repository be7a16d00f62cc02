"""What clients say while they connect: curl -v, nc -vz, telnet, Test-NetConnection, ping with a fixed size."""

import re
from collections.abc import Iterator

from sevline.core.finding import Given
from sevline.core.readers.network import Attempt, Connections, Outcome
from sevline.core.readers.reader import Form, Source, reader

TRYING = re.compile(r"^\*\s+Trying \[?([^\s\]]{1,255}?)\]?(?::(\d{1,5}))?\.\.\.")
CONNECTED = re.compile(r"^\* Connected to (\S{1,255}) \(\[?([^\s)\]]{1,255})\]?\) port (\d{1,5})")
FAILED = re.compile(
    r"^\* (?:connect to \[?([^\s\]]{1,255})\]? port (\d{1,5})(?: from \S{1,255} port \d{1,5})? failed: (.{1,200})"
    r"|Failed to connect to (\S{1,255}) port (\d{1,5})(?: after \d+ ms)?: (.{1,200})"
    r"|Connection timed out after \d+ milliseconds)"
)
EXIT = re.compile(r"^curl: \((\d{1,3})\) (.{1,300})")
NC = re.compile(
    r"^(?:nc: connect to|Connection to|nc: ) ?(\S{1,255})(?: \(\S{1,120}\))?,? (?:port )?(\d{1,5})"
    r"(?: port)?(?: \[[^\]]{1,60}\]| \(\w{1,10}\))? (succeeded!|failed: .{1,120}|timed out.{0,80})"
)
TELNET = re.compile(r"^(?:\S{0,80}[$>#%] ?)?telnet (\S{1,255}) (\d{1,5})\s*$")
TELNET_FAILED = re.compile(r"^telnet: (?:Unable to connect to remote host|connect to address \S{1,255}): (.{1,100})")
_HOST, _SAID = r"\[?(?P<host>[^\s\[\]'\"|()]{1,255}?)\]?", r"(?P<said>[^\n.]{1,120})"
#: How programs say that they got no connection, with the host and port that they wanted: Node.js, Go, psql, wget, ssh,
#: Python, Java, .NET.
PROGRAMS = tuple(
    re.compile(one)
    for one in (
        rf"connect E(?P<said>CONNREFUSED|TIMEDOUT|HOSTUNREACH|NETUNREACH|CONNRESET) {_HOST}:(?P<port>\d{{1,5}})\b",
        (
            rf"dial tcp {_HOST}:(?P<port>\d{{1,5}}): (?:connect: )?(?P<said>connection refused|i/o timeout"
            rf"|no route to host|network is unreachable|connection reset by peer|connection timed out)"
        ),
        rf"connection to server at \"{_HOST}\"(?: \([^)]{{1,255}}\))?, port (?P<port>\d{{1,5}}) failed: {_SAID}",
        (
            rf"^Connecting to {_HOST}(?: \([^)]{{1,255}}\))?(?:\|[^|]{{1,255}}\|)?"
            rf":(?P<port>\d{{1,5}})\.\.\. failed: {_SAID}"
        ),
        rf"^ssh: connect to host {_HOST} port (?P<port>\d{{1,5}}): {_SAID}",
        (
            rf"host='{_HOST}', port=(?P<port>\d{{1,5}})\).{{1,1000}}?(?P<said>Connection refused|timed out"
            rf"|No route to host|Network is unreachable|Connection reset by peer)"
        ),
        rf"Connect to (?:https?://)?{_HOST}:(?P<port>\d{{1,5}}) \[[^\]]{{0,500}}\] failed: {_SAID}",
        (
            rf"(?P<said>actively refused it|did not properly respond after a period of time)[^(]{{0,120}}"
            rf"\({_HOST}:(?P<port>\d{{1,5}})\)"
        ),
    )
)
PROGRAM_MARKS = (
    *("refused", "REFUSED", "timed out", "timeout", "TIMEDOUT", "nreachable", "NREACH", "reset", "RESET"),
    *("no route", "No route", "not properly respond"),
)
#: The kubelet asks a container on its own node: that nobody listens there yet says nothing of the network.
PROBED = re.compile(r"(?i)\b(?:liveness|readiness|startup) probe (?:failed|errored)")
MOST_ATTEMPTS = 1_000
#: openssl names no host: what it was asked for stands in the command, if that was copied.
OPENSSL = re.compile(
    r"^connect:errno=(\d{1,3})\s*$|BIO_connect:(Connection refused|Connection timed out|No route to host)"
)
OPENSSL_ASKED = re.compile(r"\bs_client\b.{0,300}?-connect \[?([^\s\]]{1,255}?)\]?:(\d{1,5})\b")
ERRNO = {"111": "refused", "61": "refused", "110": "timed out", "60": "timed out", "113": "no route", "104": "reset"}
TNC_HOST = re.compile(r"^(?:ComputerName|RemoteAddress)\s*:\s*(\S{1,255})")
TNC_PORT = re.compile(r"^RemotePort\s*:\s*(\d{1,5})")
TNC_DONE = re.compile(r"^TcpTestSucceeded\s*:\s*(True|False)")
#: That the variable `no_proxy` is used says that no proxy is.
PROXY = re.compile(
    r"(?i)^\* .{0,40}(?:Uses proxy (?!env variable no_proxy)|Establish HTTP proxy tunnel|CONNECT tunnel|Proxy replied"
    r"|Received HTTP code \d{3} from proxy|allocate connect buffer)|^[<>] (?:Proxy-|CONNECT )|^< HTTP/[\d.]+ 407\b"
)
MTU = re.compile(r"(?i)frag(?:mentation)? needed|message too long|packet needs to be fragmented|mtu ?= ?\d{3,5}")
NOTE = re.compile(r"^\* .{0,20}TLS|^\* (?:ALPN|SSL|using HTTP|HTTP/2|Recv failure|OpenSSL)")
OUTCOMES = (
    (r"refused", Outcome.REFUSED),
    (r"timed? ?out|timeout|not properly respond", Outcome.TIMEOUT),
    (r"reset", Outcome.RESET),
    (r"unreachable|no route", Outcome.UNREACHABLE),
    (r"^closed$", Outcome.CLOSED),
)


@reader("connection-text", Form.LINES)
def connection_text(source: Source, lines: list[str]) -> Iterator[Given]:
    """What curl, nc, Test-NetConnection and ping say about a connection"""
    scan = _Scan(source.artifact)
    for number, line in enumerate(lines, 1):
        scan.take(number, line)
    if scan.attempts or scan.proxy or scan.failure or scan.mtu:
        yield Connections(
            source.artifact,
            tuple(scan.attempts),
            tuple(scan.proxy),
            tuple(scan.notes[:200] + scan.mtu),
            scan.failure,
        )


def outcome(text: str) -> Outcome | None:
    return next((found for pattern, found in OUTCOMES if re.search(pattern, text, re.IGNORECASE)), None)


def _program(line: str) -> re.Match[str] | None:
    if not any(mark in line for mark in PROGRAM_MARKS) or PROBED.search(line[:2_000]):
        return None
    return next((found for pattern in PROGRAMS if (found := pattern.search(line[:2_000])) is not None), None)


class _Scan:
    def __init__(self, artifact: str) -> None:
        self.artifact = artifact
        self.attempts: list[Attempt] = []
        self.proxy: list[tuple[int, str]] = []
        self.notes: list[tuple[int, str]] = []
        self.mtu: list[tuple[int, str]] = []
        self.failure: tuple[int, str] | None = None
        self.host, self.port = "", ""

    def take(self, number: int, line: str) -> None:
        if line.startswith("*"):
            self._curl(number, line)
        elif failed := EXIT.match(line):
            self._exit(number, int(failed[1]), failed[2])
        elif tried := NC.match(line):
            self._add(number, tried[1], tried[2], tried[3])
        elif len(self.attempts) < MOST_ATTEMPTS and (told := _program(line)) is not None:
            self._add(number, told["host"], told["port"], told["said"])
        elif self._asked_before(number, line[:1_000]):
            pass
        elif MTU.search(line[:300]):
            self.mtu.append((number, line.strip()[:200]))
        else:
            self._windows(number, line)
        if PROXY.search(line[:300]):
            self.proxy.append((number, line.strip()[:200]))

    def _asked_before(self, number: int, line: str) -> bool:
        """openssl and telnet name the host in their command alone; then they tell what came of it."""
        if asked := OPENSSL_ASKED.search(line) or TELNET.match(line):
            self.host, self.port = asked[1], asked[2]
        elif (openssl := OPENSSL.search(line)) and not self._has_failed():
            self._add(number, self.host, self.port, openssl[2] or ERRNO.get(openssl[1], ""))
        elif failed := TELNET_FAILED.match(line):
            self._add(number, self.host, self.port, failed[1])
        else:
            return False
        return True

    def _curl(self, number: int, line: str) -> None:
        if tried := TRYING.match(line):
            self.host, self.port = tried[1], tried[2] or self.port
        elif up := CONNECTED.match(line):
            self.host, self.port = up[2], up[3]
            self.attempts.append(Attempt(self.artifact, number, up[2], up[3], Outcome.CONNECTED))
        elif failed := FAILED.match(line):
            self._failed(number, failed)
        elif NOTE.search(line[:120]):
            self.notes.append((number, line[1:].strip()[:200]))

    def _failed(self, number: int, failed: re.Match[str]) -> None:
        """The address where the line gives one, else the one that was tried last."""
        host, port = failed[1] or self.host or failed[4] or "", failed[2] or failed[5] or self.port
        self._add(number, host, port, failed[3] or failed[6] or "timed out")

    def _exit(self, number: int, code: int, said: str) -> None:
        self.failure = (number, f"curl: ({code}) {said}")
        # What was told of the attempts before counts; the last line repeats it.
        if (code == 7 or (code == 28 and not self.attempts)) and not self._has_failed():
            self._add(number, self.host, self.port, said)

    def _has_failed(self) -> bool:
        return any(one.outcome is not Outcome.CONNECTED for one in self.attempts)

    def _add(self, number: int, host: str, port: str, said: str) -> None:
        found = Outcome.CONNECTED if said.startswith("succeeded") else outcome(said)
        if found is not None:
            self.attempts.append(Attempt(self.artifact, number, host, port, found))

    def _windows(self, number: int, line: str) -> None:
        if host := TNC_HOST.match(line):
            self.host = host[1]
        elif port := TNC_PORT.match(line):
            self.port = port[1]
        elif done := TNC_DONE.match(line):
            # Windows does not tell a refusal from a time-out here.
            self._add(number, self.host, self.port, "succeeded" if done[1] == "True" else "closed")
