"""A probe judges every address of a name each time, and connects only to one that it judged."""

import ipaddress
import json
import socketserver
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from sevline.core.finding import Given, State
from sevline.core.leading import led
from sevline.core.lifecycle import Refused
from sevline.core.probing import ProbeKind, Seen
from sevline.core.readers.curl import CurlRun
from sevline.core.readers.documents.tls_text import tls_text
from sevline.core.readers.foreign import in_json
from sevline.core.readers.reader import Source
from sevline.core.target import Address
from sevline.platform.outgoing import Policy
from sevline.platform.probing import Where, look
from tests import foreign
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


HERE = (ipaddress.ip_address("127.0.0.1"),)


def looked(kind: ProbeKind, url: str) -> Seen:
    """A probe of a loopback server under that address."""
    host, _, port = url.split("/")[2].partition(":")
    opened = (ipaddress.ip_network("127.0.0.0/8"),)
    policy = Policy(hosts=frozenset({host}), ports=frozenset({int(port)}), inside=opened)
    return look(kind, Where(url, policy, (), lambda _host, _port: HERE))


def read_again(seen: Seen) -> list[Given]:
    """What the readers of such files make of what a probe wrote down."""
    files = {name: content.decode() for name, content in seen.files}
    return [
        *(one for name in files if name.endswith(".txt") for one in foreign.lines(files[name])),
        *(one for name in files if name == "tls.txt" for one in tls_text(Source("a1", name), files[name].split("\n"))),
        *(
            one
            for name in files
            if name.endswith(".json")
            for one in in_json(json.loads(files[name]), b"", "a2", name, at=None)
        ),
    ]


def test_a_probe_by_address_tells_that_the_certificate_names_another_host(tmp_path: Path) -> None:
    newest = ssl.TLSVersion.TLSv1_3
    with speaking_tls(tmp_path, oldest=ssl.TLSVersion.TLSv1_2, newest=newest) as port:
        seen = looked(ProbeKind.TLS, f"https://127.0.0.1:{port}/")

    text = seen.files[0][1].decode().splitlines()
    titles = [one.title for one in found("NET06", *tls_text(Source("a1", "tls.txt", START), text))]

    expected = "The certificate is for desk.example; the host was called by its address 127.0.0.1, which the"
    assert [title for title in titles if title.startswith(expected)]
    assert "-servername" not in text[0]


def test_a_handshake_that_fails_is_counted_as_the_calls_that_were_made_and_no_other() -> None:
    with echoing() as (base, _asked):
        url = f"https://desk.example:{base.rpartition(':')[2]}/health"
        seen = looked(ProbeKind.HTTP, url)

    runs = [one for one in read_again(seen) if isinstance(one, CurlRun)]
    assert [[(call.method, call.url, call.status) for call in run.exchanges] for run in runs] == [
        [("GET", url, 0)] * 3,
        [("GET", url, 0)] * 3,
    ]
    (finding,) = led(found("API01", *runs))
    assert finding.title.startswith(f"GET {url} got no response 3 times: the TLS handshake failed")


def test_what_python_writes_around_the_words_of_openssl_stands_in_no_file_of_a_probe() -> None:
    with echoing() as (base, _asked):
        port = base.rpartition(":")[2]
        seen = [looked(kind, f"https://desk.example:{port}/") for kind in (ProbeKind.HTTP, ProbeKind.TLS)]

    written = " ".join(content.decode() for one in seen for _, content in one.files) + seen[0].said + seen[1].said
    assert "wrong version number" in written
    assert "[SSL" not in written
    assert "_ssl.c" not in written
    titles = [one.title for one in found("NET08", *read_again(seen[1])) if one.state is State.FAIL]
    assert titles[0] == "The server takes none of the versions that were tried: wrong version number."
