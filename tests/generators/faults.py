"""A loopback server with injected faults, and what curl says about each: one transcript an exit code.

Certificates are made for the moment. Faults that no server can make, such as a missing file, come from curl's
own options.
"""

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

CURL = shutil.which("curl")
Answer = Callable[[socket.socket], None]
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def _reply(data: bytes) -> Answer:
    def answer(connection: socket.socket) -> None:
        connection.recv(65_536)
        connection.sendall(data)

    return answer


def _wait(connection: socket.socket) -> None:
    connection.recv(65_536)
    connection.settimeout(3)
    connection.recv(1)


def _reset(connection: socket.socket) -> None:
    """Part of an answer, then a reset instead of an end."""
    connection.recv(65_536)
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\npart")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")


ANSWERS: dict[str, Answer] = {
    "ok": _reply(OK),
    "cut": _reply(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"),
    "error": _reply(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"),
    "silent": _wait,
    "empty": _reply(b""),
    "reset": _reset,
    "loop": _reply(b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
    "noise": _reply(b"this is no TLS at all\r\n"),
}


@contextmanager
def serving(answer: Answer, context: ssl.SSLContext | None = None, connections: int = 8) -> Iterator[int]:
    """A server on a port of the moment that treats each connection alike; at most so many, then it is gone."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.1)
    closing = threading.Event()

    def run() -> None:
        left = connections
        while left and not closing.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            left -= 1
            try:
                with connection:
                    connection.settimeout(5)
                    secure = context.wrap_socket(connection, server_side=True) if context else connection
                    answer(secure)
                    if secure is not connection:
                        secure.close()
            except OSError:
                continue

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        closing.set()
        listener.close()
        thread.join(6)


def certificate(folder: Path, host: str = "localhost", *, ended: datetime | None = None) -> tuple[Path, ssl.SSLContext]:
    """A self-signed certificate for a host, as a PEM file, and a server's context with it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before((ended or now) - timedelta(days=1))
        .not_valid_after(ended or now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    form = serialization.PrivateFormat.PKCS8
    path = folder / "server.pem"
    private = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return path, context


@dataclass(frozen=True)
class Fault:
    """`server` names an answer, "tls" or "" for none; `options` go to curl with {port} filled in."""

    code: int
    server: str
    options: tuple[str, ...]


FAULTS = (
    Fault(5, "", ("-x", "http://proxy.invalid:3128", "http://127.0.0.1:{port}/")),
    Fault(6, "", ("http://host.invalid/",)),
    Fault(7, "", ("http://127.0.0.1:{port}/",)),
    Fault(18, "cut", ("http://127.0.0.1:{port}/",)),
    Fault(22, "error", ("--fail", "http://127.0.0.1:{port}/")),
    Fault(26, "ok", ("-T", "/nonexistent/file", "http://127.0.0.1:{port}/")),
    Fault(28, "silent", ("--max-time", "0.5", "http://127.0.0.1:{port}/")),
    Fault(35, "noise", ("-k", "https://127.0.0.1:{port}/")),
    Fault(47, "loop", ("-L", "--max-redirs", "3", "http://127.0.0.1:{port}/")),
    Fault(52, "empty", ("http://127.0.0.1:{port}/",)),
    Fault(53, "", ("--engine", "no-such-engine", "https://127.0.0.1:{port}/")),
    Fault(56, "reset", ("http://127.0.0.1:{port}/",)),
    Fault(58, "tls", ("-k", "--cert", "/nonexistent/client.pem", "https://localhost:{port}/")),
    Fault(60, "tls", ("https://localhost:{port}/",)),
    Fault(77, "tls", ("--cacert", "/nonexistent/ca.pem", "https://localhost:{port}/")),
)


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def transcript(fault: Fault, folder: Path) -> tuple[int, str]:
    """curl's exit code and what `curl -v` wrote, with one injected fault."""
    if fault.server == "tls":
        _, context = certificate(folder)
        with serving(ANSWERS["ok"], context) as port:
            return _curl(fault, port)
    if fault.server:
        with serving(ANSWERS[fault.server]) as port:
            return _curl(fault, port)
    return _curl(fault, closed_port())


def _curl(fault: Fault, port: int) -> tuple[int, str]:
    words = [option.format(port=port) for option in fault.options]
    run = subprocess.run(
        [str(CURL), "-v", "-sS", "-q", "--noproxy", "" if "-x" in words else "*", "-o", "/dev/null", *words],
        capture_output=True,
        timeout=20,
        check=False,
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
    )
    return run.returncode, run.stderr.decode("utf-8", "replace")
