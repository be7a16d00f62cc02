import pytest
from tests.evidence import found, states
from tests.unit.checks.test_network_names import connected

from sevline.core.finding import Given, Side, State
from sevline.core.readers.documents.connection_text import connection_text
from sevline.core.readers.reader import Form, Source, read_all

REFUSED = """\
*   Trying 127.0.0.1:9...
* connect to 127.0.0.1 port 9 failed: Connection refused
* Failed to connect to 127.0.0.1 port 9 after 0 ms: Couldn't connect to server
* Closing connection 0
curl: (7) Failed to connect to 127.0.0.1 port 9 after 0 ms: Couldn't connect to server
"""
DROPPED = """\
*   Trying 192.0.2.7:443...
* ipv4 connect timeout after 5000ms, move on!
* Failed to connect to api.example.test port 443 after 5001 ms: Timeout was reached
curl: (28) Failed to connect to api.example.test port 443 after 5001 ms: Timeout was reached
"""
CONNECTED = "* Connected to api.example.test (192.0.2.7) port 443 (#0)\n"


@pytest.mark.parametrize("check_id", ["NET04", "NET09", "NET12"])
def test_without_input_it_is_said_how_to_get_it(check_id: str) -> None:
    assert states(check_id) == {State.NOT_EVALUATED}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (REFUSED, "TCP to 127.0.0.1 port 9: refused: the port is closed."),
        (DROPPED, "TCP to 192.0.2.7 port 443: no answer: dropped by a firewall, or the host is down."),
        (
            "nc: connect to db.example.test (10.0.0.5) port 5432 (tcp) failed: Connection refused",
            "TCP to db.example.test port 5432: refused: the port is closed.",
        ),
        (
            "nc: connect to db.example.test (10.0.0.5) port 5432 (tcp) timed out: Operation now in progress",
            "TCP to db.example.test port 5432: no answer: dropped by a firewall, or the host is down.",
        ),
        (
            "$ telnet db.example.test 5432\ntelnet: Unable to connect to remote host: Connection refused",
            "TCP to db.example.test port 5432: refused: the port is closed.",
        ),
        (
            "ComputerName     : api.example.test\nRemotePort       : 443\nTcpTestSucceeded : False",
            "TCP to api.example.test port 443: it does not connect; the tool does not tell why.",
        ),
        (
            "*   Trying 10.9.9.9:443...\n* connect to 10.9.9.9 port 443 failed: No route to host",
            "TCP to 10.9.9.9 port 443: unreachable: no route.",
        ),
    ],
)
def test_refused_dropped_and_unreachable_are_told_apart(text: str, said: str) -> None:
    (finding,) = found("NET04", *connected(text))

    assert (finding.state, finding.title) == (State.FAIL, said)


def test_silence_of_an_inner_address_is_laid_to_no_side_and_not_tested_from_outside() -> None:
    (inside,) = found("NET04", *connected(DROPPED.replace("192.0.2.7", "10.43.0.1")))
    (public,) = found("NET04", *connected(DROPPED))

    assert (inside.side, public.side) == (Side.UNKNOWN, Side.CUSTOMER_NETWORK)
    assert "test from another host there" in inside.next_step
    assert "Test from another network" in public.next_step


@pytest.mark.parametrize(
    "text",
    [
        CONNECTED,
        "Connection to db.example.test (10.0.0.5) 5432 port [tcp/postgresql] succeeded!",
        "ComputerName     : api.example.test\nRemotePort       : 443\nTcpTestSucceeded : True",
    ],
)
def test_a_connection_that_stands_passes(text: str) -> None:
    assert states("NET04", *connected(text)) == {State.PASS}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("< HTTP/1.1 407 Proxy Authentication Required", "the proxy asks for a sign-in (407)"),
        ("* CONNECT tunnel failed, response 403", "the proxy does not allow this host (403)"),
        ("* Received HTTP code 502 from proxy after CONNECT", "the proxy could not reach the host (502)"),
    ],
)
def test_what_a_proxy_refuses_is_named(line: str, said: str) -> None:
    (finding,) = found("NET09", *connected(f"* Establish HTTP proxy tunnel to api.example.test:443\n{line}"))

    assert finding.title == f"HTTP proxy: {said}."


def test_a_proxy_that_lets_through_is_noted_and_none_says_nothing() -> None:
    tunnel = "* Establish HTTP proxy tunnel to api.example.test:443\n< HTTP/1.1 200 Connection established"

    assert states("NET09", *connected(tunnel)) == {State.INFO}
    assert states("NET09", *connected(CONNECTED)) == set()


ASKED = (
    "* Establish HTTP proxy tunnel to api.example.test:443\n> CONNECT api.example.test:443 HTTP/1.1\n"
    "< HTTP/1.1 407 Proxy Authentication Required\n< Proxy-Authenticate: NTLM\n"
)
SIGNED_IN = "> CONNECT api.example.test:443 HTTP/1.1\n> Proxy-Authorization: NTLM TlRM\n"


@pytest.mark.parametrize(
    "end",
    ["* Proxy replied 200 to CONNECT request", "* CONNECT tunnel established, response 200"],
)
def test_a_sign_in_that_the_client_gives_when_asked_is_no_failure(end: str) -> None:
    assert states("NET09", *connected(f"{ASKED}{SIGNED_IN}{end}\n")) == {State.INFO}


@pytest.mark.parametrize(
    "rest",
    [
        "",
        f"{SIGNED_IN}< HTTP/1.1 407 Proxy Authentication Required\n* CONNECT tunnel failed, response 407\n",
        f"* CONNECT tunnel failed, response 407\n{ASKED}{SIGNED_IN}* CONNECT tunnel established, response 200\n",
        f"* Proxy CONNECT aborted\n{SIGNED_IN.replace('api.', 'other.')}* CONNECT tunnel established, response 200\n",
        "* CONNECT tunnel established, response\n",
        f"{SIGNED_IN}* CONNECT tunnel established, response 9\n",
    ],
)
def test_a_sign_in_that_is_not_given_or_not_taken_before_the_call_ends_is_a_failure(rest: str) -> None:
    (finding,) = found("NET09", *connected(ASKED + rest))

    assert (finding.state, finding.title) == (State.FAIL, "HTTP proxy: the proxy asks for a sign-in (407).")


def stalled(last: str) -> tuple[Given, ...]:
    hello = "* TLSv1.3 (OUT), TLS handshake, Client hello (1):\n"
    return connected(f"{CONNECTED}{hello}{last}curl: (28) Operation timed out after 10001 milliseconds")


def test_a_client_hello_without_an_answer_hints_at_large_packets() -> None:
    assert states("NET12", *stalled("")) == {State.WARN}
    assert states("NET12", *stalled("* TLSv1.3 (IN), TLS handshake, Server hello (2):\n")) == set()


def test_a_packet_too_large_is_told_by_ping() -> None:
    ping = "From 10.0.0.1 icmp_seq=1 Frag needed and DF set (mtu = 1400)"

    (finding,) = found("NET12", *connected(ping))

    assert "mtu = 1400" in finding.title


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Error: connect ECONNREFUSED 10.0.0.5:5432", "TCP to 10.0.0.5 port 5432: refused"),
        ("connect ETIMEDOUT 203.0.113.10:443", "TCP to 203.0.113.10 port 443: no answer"),
        ('Get "https://a.example/": dial tcp 203.0.113.10:443: connect: connection refused', "port 443: refused"),
        ("dial tcp [2001:db8::1]:443: i/o timeout", "TCP to 2001:db8::1 port 443: no answer"),
        ('psql: error: connection to server at "db.example" (10.0.0.5), port 5432 failed: Connection refused', "db.example port 5432: refused"),  # noqa: E501
        ("Connecting to a.example (a.example)|203.0.113.10|:443... failed: Connection refused.", "port 443: refused"),
        ("ssh: connect to host a.example port 22: Connection timed out", "TCP to a.example port 22: no answer"),
        ("HTTPSConnectionPool(host='a.example', port=443): Max retries exceeded (Caused by NewConnectionError('Failed to establish a new connection: [Errno 111] Connection refused'))", "a.example port 443: refused"),  # noqa: E501
        ("HttpHostConnectException: Connect to a.example:8443 [a.example/203.0.113.10] failed: Connection refused", "a.example port 8443: refused"),  # noqa: E501
        ("No connection could be made because the target machine actively refused it. (a.example:443)", "a.example port 443: refused"),  # noqa: E501
    ],
)  # fmt: skip
def test_a_program_that_gets_no_connection_says_where_to(line: str, said: str) -> None:
    (finding,) = found("NET04", *connected(line))

    assert finding.state is State.FAIL
    assert said in finding.title


def test_openssl_tells_no_host_but_in_its_command() -> None:
    asked = "$ openssl s_client -connect a.example:8443 -servername a.example"
    lines = "8000006F:system library:BIO_connect:Connection refused:\nconnect:errno=111"

    (alone,), (after,) = found("NET04", *connected(lines)), found("NET04", *connected(f"{asked}\n{lines}"))

    assert alone.title.startswith("TCP to the host: refused")
    assert after.title.startswith("TCP to a.example port 8443: refused")


def test_an_address_that_several_logs_could_not_reach_is_told_once_with_its_service() -> None:
    failed = "dial tcp 10.43.0.1:443: i/o timeout"
    logs = [connection_text(Source(f"a{number}", "x.log"), [failed] * number) for number in (1, 2)]
    service = {"kind": "Service", "metadata": {"name": "kubernetes", "namespace": "default"},
               "spec": {"clusterIP": "10.43.0.1"}}  # fmt: skip
    objects = read_all(
        Form.JSON, Source("a3", "services.json"), {"kind": "List", "apiVersion": "v1", "items": [service]}
    )

    (finding,) = found("NET04", *(one for each in logs for one in each), *objects)

    assert finding.title == (
        "TCP to 10.43.0.1 port 443 (the cluster IP of the service default/kubernetes), 3 of 3 attempts in 2 files: "
        "no answer: dropped by a firewall, or the host is down."
    )
    assert [cited.artifact for cited in finding.evidence] == ["a1", "a2"]


def test_a_port_that_one_place_reaches_and_another_does_not_is_told_for_both() -> None:
    here = connection_text(
        Source("a1", "ours.txt"), ["*   Trying 192.0.2.7:443...", "* Connected to x.example (192.0.2.7) port 443"]
    )
    there = connection_text(Source("a2", "theirs.txt"), ["dial tcp 192.0.2.7:443: i/o timeout"])

    states_of = {finding.state for finding in found("NET04", *here, *there)}

    assert states_of == {State.PASS, State.FAIL}


def test_the_variable_no_proxy_says_that_there_is_no_proxy() -> None:
    assert states("NET09", *connected("* Uses proxy env variable no_proxy == '*'\n" + CONNECTED)) == set()
    assert states("NET09", *connected("* Uses proxy env variable https_proxy == 'http://p:3128'\n" + CONNECTED)) == {
        State.INFO
    }


FELL_BACK = """\
* Host api.example.test:8080 was resolved.
*   Trying [::1]:8080...
* connect to ::1 port 8080 from ::1 port 51234 failed: Connection refused
*   Trying 127.0.0.1:8080...
* Connected to api.example.test (127.0.0.1) port 8080
"""
TWO_CALLS = """\
*   Trying 10.0.0.1:8080...
* connect to 10.0.0.1 port 8080 failed: Connection refused
* Failed to connect to 10.0.0.1 port 8080 after 0 ms: Couldn't connect to server
* Closing connection 0
*   Trying 10.0.0.2:8080...
* Connected to 10.0.0.2 (10.0.0.2) port 8080
"""


@pytest.mark.parametrize(
    ("text", "states_of"), [(FELL_BACK, {State.WARN, State.PASS}), (TWO_CALLS, {State.FAIL, State.PASS})]
)
def test_an_address_after_which_the_same_call_reaches_another_one_is_no_failure(
    text: str, states_of: set[State]
) -> None:
    assert states("NET04", *connected(text)) == states_of
