"""A probe judges every address of a name each time, and connects only to one that it judged."""

import ipaddress
import socketserver
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from sevline.core.lifecycle import Refused
from sevline.core.probing import ProbeKind
from sevline.core.readers.documents.tls_text import tls_text
from sevline.core.readers.reader import Source
from sevline.core.target import Address
from sevline.platform.outgoing import Policy
from sevline.platform.probing import Where, look
from tests.certificates import made
from tests.evidence import START, found
from tests.generators.echo import echoing

LISTED = Policy(hosts=frozenset({"rebinds.example"}))
EVERY = list(ProbeKind)


def answering(*addresses: str) -> Where:
    def resolve(_host: str, _port: int) -> Sequence[Address]:
        return tuple(map(ipaddress.ip_address, addresses))

    return Where("https://rebinds.example/", LISTED, ("127.0.0.1:1",), resolve)


@pytest.mark.requirement("R-054")
@pytest.mark.parametrize("kind", EVERY)
@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.7", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "::1", "fd00:ec2::254",
     "::ffff:10.0.0.7", "64:ff9b::a9fe:a9fe", "0.0.0.0", "224.0.0.1"],
)  # fmt: skip
def test_a_name_that_leads_to_an_inner_address_is_refused_by_every_kind_of_probe(kind: ProbeKind, address: str) -> None:
    with pytest.raises(Refused):
        look(kind, answering(address))


def test_one_inner_address_among_public_ones_closes_the_name() -> None:
    with pytest.raises(Refused, match="private"):
        look(ProbeKind.CONNECT, answering("93.184.216.34", "10.0.0.7"))


@pytest.mark.requirement("R-054")
def test_a_name_that_is_not_on_the_list_is_not_even_resolved() -> None:
    where = Where("https://other.example/", LISTED, (), lambda _host, _port: pytest.fail("it was resolved"))

    with pytest.raises(Refused, match="not on the list"):
        look(ProbeKind.HTTP, where)


def test_the_connection_goes_to_the_address_that_was_judged_with_the_name_kept() -> None:
    opened = (ipaddress.ip_network("127.0.0.0/8"),)
    with echoing() as (base, asked):
        port = int(base.rpartition(":")[2])
        policy = Policy(hosts=frozenset({"desk.example"}), ports=frozenset({port}), inside=opened)
        here = (ipaddress.ip_address("127.0.0.1"),)
        seen = look(ProbeKind.HTTP, Where(f"http://desk.example:{port}/a", policy, (), lambda _host, _port: here))

    assert {one.headers["host"] for one in asked} == {f"desk.example:{port}"}
    assert seen.said.startswith("200")


def test_an_opened_network_does_not_open_the_metadata_service() -> None:
    policy = Policy(any_public_host=True, inside=(ipaddress.ip_network("169.254.0.0/16"),))

    with pytest.raises(Refused, match="never called"):
        look(ProbeKind.CONNECT, Where("http://169.254.169.254/", policy))


@contextmanager
def speaking_tls(tmp_path: Path, *, oldest: ssl.TLSVersion, newest: ssl.TLSVersion) -> Iterator[int]:
    """A loopback server of these versions; its port."""
    leaf = made("leaf", "inter", dns="desk.example")
    key = leaf.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    (tmp_path / "both.pem").write_text(key + leaf.pem + made("inter", "root").pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "both.pem")
    context.minimum_version, context.maximum_version = oldest, newest

    class Handshakes(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError), context.wrap_socket(self.request, server_side=True) as secure:
                secure.recv(1)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handshakes) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield int(server.server_address[1])
        server.shutdown()
        thread.join(10)


@pytest.mark.parametrize(
    ("newest", "said"),
    [
        (ssl.TLSVersion.TLSv1_3, "The server takes TLSv1.2 and TLSv1.3 and refuses TLSv1.0 and TLSv1.1."),
        (ssl.TLSVersion.TLSv1_2, "The server takes TLSv1.2 and refuses TLSv1.0, TLSv1.1 and TLSv1.3."),
    ],
)
def test_the_versions_that_a_live_probe_tries_are_read_by_the_check(
    tmp_path: Path, newest: ssl.TLSVersion, said: str
) -> None:
    here = (ipaddress.ip_address("127.0.0.1"),)
    with speaking_tls(tmp_path, oldest=ssl.TLSVersion.TLSv1_2, newest=newest) as port:
        policy = Policy(
            hosts=frozenset({"desk.example"}),
            ports=frozenset({port}),
            inside=(ipaddress.ip_network("127.0.0.0/8"),),
        )
        seen = look(ProbeKind.TLS, Where(f"https://desk.example:{port}/", policy, (), lambda _host, _port: here))

    text = seen.files[0][1].decode().splitlines()
    titles = [finding.title for finding in found("NET08", *tls_text(Source("a1", "tls.txt", START), text))]

    assert titles[0] == said
