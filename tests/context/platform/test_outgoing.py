import ipaddress
import socket
import threading
import time
from collections.abc import Sequence

import pytest

from sevline.core.lifecycle import Refused
from sevline.core.target import Address, numbered, parsed, why_closed
from sevline.platform import outgoing
from sevline.platform.outgoing import Policy, admitted, fetch
from tests.generators.echo import echoing
from tests.generators.faults import ANSWERS, serving

ANY = Policy(any_public_host=True)
PUBLIC = ipaddress.ip_address("93.184.216.34")


def public(_host: str, _port: int) -> Sequence[Address]:
    return (PUBLIC,)


def inside(_host: str, _port: int) -> Sequence[Address]:
    return (PUBLIC, ipaddress.ip_address("10.0.0.7"))


def loopback(*ports: int) -> Policy:
    """What an administrator would have to allow by hand; here for a server of the test."""
    return Policy(hosts=frozenset({"127.0.0.1"}), loopback=True, ports=frozenset(ports), tls_only_redirects=False)


def port_of(base: str) -> int:
    return int(base.rpartition(":")[2])


@pytest.mark.parametrize(
    "url",
    [
        "http://127.1",
        "http://0x7f.1",
        "http://2130706433",
        "http://017700000001",
        "http://0x7f000001",
        "http://127.0.0.1.",
        "http://[::ffff:127.0.0.1]",
        "http://[::ffff:7f00:1]",
        "http://[64:ff9b::7f00:1]",
        "http://[64:ff9b:1:7f00:0:100:808:808]",
        "http://[64:ff9b:1:7f:0:1:808:808]",
        "http://[64:ff9b:1:0:7f:0:100:0]",
        "http://[64:ff9b:1::7f00:1]",
        "http://192.88.99.1",
        "http://192.0.0.8",
        "http://[2002:7f00:1::]",
        "http://[::127.0.0.1]",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/",
        "http://100.100.100.200/",
        "http://168.63.129.16/machine?comp=goalstate",
        "http://[fec0::1]/",
        "http://[3fff::1]/",
        "http://metadata.google.internal/",
        "http://metadata/",
        "http://a@b",
        "http://user:pw@example.com/",
        "http://[::]",
        "http://0.0.0.0",
        "http://0/",
        "http://10.1.2.3",
        "http://172.16.0.1",
        "http://192.168.1.1",
        "http://100.64.0.1",
        "http://224.0.0.1",
        "http://255.255.255.255",
        "http://[fe80::1%25eth0]",
        "http://[fc00::1]",
        "http://[::1]",
        "http://localhost/",
        "http://app.localhost/",
        "http://printer.local/",
        "http://intranet/",
        "gopher://example.com/",
        "file:///etc/passwd",
        "ftp://example.com/",
        "//example.com/",
        "http://example.com:22/",
        "http://example.com:8080/",
        "http://exa mple.com/",
        "http://example.com\\@127.0.0.1/",
        "http://①②⑦.0.0.1/",
        "http://１２７.0.0.1/",
        "http://-bad-.example/",
        "http://999.1.1.1/",
        "http://[::1",
        "http://",
        "http://example.com\t/",
        "http://example.com/\r\nHost: inside",
    ],
)
def test_an_address_that_leads_inside_is_refused_with_a_sentence(url: str) -> None:
    with pytest.raises(Refused) as refusal:
        admitted(url, ANY, public)

    assert str(refusal.value).endswith(".")


def test_a_public_name_on_the_list_is_admitted_at_the_address_that_was_judged() -> None:
    target, address = admitted("https://API.example.com./v1?x=1", Policy(hosts=frozenset({"*.example.com"})), public)

    assert (target.origin, target.path, address) == ("https://api.example.com", "/v1?x=1", PUBLIC)
    assert parsed("https://münchen.example/").host == "xn--mnchen-3ya.example"


def test_a_target_that_the_list_lacks_is_refused() -> None:
    with pytest.raises(Refused, match=r"“other\.example\.com” is not on the list of allowed targets"):
        admitted("https://other.example.com/", Policy(hosts=frozenset({"api.example.com"})), public)


def test_one_private_answer_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(Refused, match=r"10\.0\.0\.7 is a private address"):
        admitted("https://api.example.com/", ANY, inside)


def test_a_name_that_changes_its_address_is_asked_once_and_the_first_answer_is_called() -> None:
    answers = iter([(ipaddress.ip_address("127.0.0.1"),), (ipaddress.ip_address("169.254.169.254"),)])
    with echoing() as (base, seen):
        policy = Policy(any_public_host=True, loopback=True, ports=frozenset({port_of(base)}))
        answer = fetch(f"http://rebind.example.com:{port_of(base)}/a", policy=policy, resolve=lambda *_: next(answers))

    assert answer.address == "127.0.0.1"
    assert seen[0].headers["host"] == f"rebind.example.com:{port_of(base)}"


def test_a_redirect_goes_through_the_same_gate() -> None:
    answers = {"/go": (302, {"Location": "http://169.254.169.254/latest/"}, b"")}
    with echoing(answers=answers) as (base, seen):  # noqa: SIM117 - the server is asked afterwards
        with pytest.raises(Refused, match=r"not called|not on the list"):
            fetch(f"{base}/go", policy=loopback(port_of(base), 80))

    assert [one.path for one in seen] == ["/go"]


def test_a_redirect_without_tls_is_not_followed_unless_allowed() -> None:
    with echoing(answers={"/go": (302, {"Location": "/there"}, b"")}) as (base, _):
        strict = Policy(hosts=frozenset({"127.0.0.1"}), loopback=True, ports=frozenset({port_of(base)}))
        with pytest.raises(Refused, match="without TLS"):
            fetch(f"{base}/go", policy=strict)
        answer = fetch(f"{base}/go", policy=loopback(port_of(base)))

    assert answer.hops == (f"{base}/go", f"{base}/there")


def test_more_than_three_redirects_are_refused() -> None:
    with echoing(answers={"/go": (302, {"Location": "/go"}, b"")}) as (base, seen):  # noqa: SIM117
        with pytest.raises(Refused, match="more than 3 times"):
            fetch(f"{base}/go", policy=loopback(port_of(base)))

    assert len(seen) == 4


def test_secrets_are_not_carried_to_another_origin() -> None:
    with echoing() as (there, arrived), echoing(answers={"/go": (302, {"Location": f"{there}/x"}, b"")}) as (base, _):
        sent = {"Authorization": "Bearer x", "Cookie": "a=b", "X-Trace": "1"}
        fetch(f"{base}/go", policy=loopback(port_of(base), port_of(there)), headers=sent)

    assert "authorization" not in arrived[0].headers
    assert arrived[0].headers["x-trace"] == "1"


def test_more_than_a_megabyte_is_cut() -> None:
    with echoing(answers={"/big": (200, {}, b"x" * 1_500_000)}) as (base, _):
        answer = fetch(f"{base}/big", policy=loopback(port_of(base)))

    assert (len(answer.body), answer.cut) == (outgoing.MAX_BYTES, True)


@pytest.mark.parametrize(
    ("fault", "sentence"), [("empty", "failed"), ("noise", "failed"), ("silent", "longer than 1 s")]
)
def test_a_server_that_misbehaves_gives_a_sentence(fault: str, sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "SECONDS", 1.0)
    with serving(ANSWERS[fault]) as port:
        began = time.monotonic()
        with pytest.raises(Refused, match=sentence):
            fetch(f"http://127.0.0.1:{port}/", policy=loopback(port))

    assert time.monotonic() - began < 8


def _dripping(connection: socket.socket) -> None:
    """A header line every tenth of a second, for three seconds."""
    connection.recv(65_536)
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in range(30):
        time.sleep(0.1)
        connection.sendall(b"x-%d: a\r\n" % number)


def test_headers_that_never_end_are_cut_when_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "SECONDS", 0.5)
    with serving(_dripping) as port:
        began = time.monotonic()
        with pytest.raises(Refused, match="longer than"):
            fetch(f"http://127.0.0.1:{port}/", policy=loopback(port))
        took = time.monotonic() - began

    assert took < 2.5


def _halting(connection: socket.socket) -> None:
    """A body without a length, that halts before its end."""
    connection.recv(65_536)
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\nhalf")
    time.sleep(0.3)
    connection.sendall(b" of it")
    time.sleep(1.5)


def test_a_body_that_is_cut_when_the_time_is_over_is_not_taken_for_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "SECONDS", 0.5)
    with serving(_halting) as port, pytest.raises(Refused, match="longer than"):
        fetch(f"http://127.0.0.1:{port}/", policy=loopback(port))


def test_the_environment_s_proxy_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with echoing() as (base, _):
        assert fetch(f"{base}/a", policy=loopback(port_of(base))).status == 200


def test_metadata_services_stay_closed_whatever_is_allowed() -> None:
    assert why_closed(ipaddress.ip_address("169.254.169.254"), loopback=True, private=True)
    assert why_closed(ipaddress.ip_address("fd00:ec2::254"), loopback=True, private=True)
    assert why_closed(ipaddress.ip_address("fd00:ec2::23"), loopback=True, private=True)
    assert why_closed(ipaddress.ip_address("fd20:ce::254"), loopback=True, private=True)
    assert why_closed(ipaddress.ip_address("168.63.129.16"), loopback=True, private=True)
    assert why_closed(ipaddress.ip_address("10.0.0.7"), private=True) == ""
    assert why_closed(ipaddress.ip_address("64:ff9b:1::808:808")) == ""
    assert why_closed(PUBLIC) == ""
    assert numbered("example.com") is None


def test_a_name_that_does_not_resolve_in_time_is_refused() -> None:
    over = threading.Event()

    def silent(_host: str, _port: int) -> Sequence[Address]:
        over.wait()
        return (PUBLIC,)

    with pytest.raises(Refused, match="was not resolved within 10 s"):
        admitted("https://api.example.com/", ANY, silent, seconds=0.0)
    over.set()


def test_an_error_of_the_resolver_that_is_no_answer_is_not_taken_for_one() -> None:
    def broken(_host: str, _port: int) -> Sequence[Address]:
        raise OSError("no such name")

    with pytest.raises(Refused, match="does not resolve"):
        admitted("https://api.example.com/", ANY, broken)
