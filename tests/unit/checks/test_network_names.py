import pytest
from tests.evidence import found, states

from sevline.core.finding import Given, State
from sevline.core.readers.documents.connection_text import connection_text
from sevline.core.readers.documents.dns_text import dns_text
from sevline.core.readers.reader import Source

DIG = """\
; <<>> DiG 9.18.24 <<>> {command}
;; global options: +cmd
;; Got answer:
;; ->>HEADER<<- opcode: QUERY, status: {status}, id: 4711
;; flags: qr rd ra; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 1

;; QUESTION SECTION:
;api.example.test.		IN	{kind}

{answer}
;; Query time: 12 msec
;; SERVER: {server}#53({server}) (UDP)
"""
A = ";; ANSWER SECTION:\napi.example.test.	60	IN	A	192.0.2.7"


def dig(answer: str = A, *, status: str = "NOERROR", kind: str = "A", server: str = "10.0.0.53") -> str:
    return DIG.format(command=f"api.example.test {kind}", status=status, kind=kind, answer=answer, server=server)


def read(text: str, artifact: str = "a1") -> tuple[Given, ...]:
    return tuple(dns_text(Source(artifact, "dig.txt"), text.splitlines()))


def connected(text: str) -> tuple[Given, ...]:
    return tuple(connection_text(Source("a1", "curl.txt"), text.splitlines()))


@pytest.mark.parametrize("check_id", ["NET01", "NET02", "NET03"])
def test_without_input_it_is_said_how_to_get_it(check_id: str) -> None:
    (finding,) = found(check_id)

    assert finding.state is State.NOT_EVALUATED
    assert "Run `" in finding.next_step


def test_a_name_that_resolves_passes_with_resolver_and_lifetime() -> None:
    (finding,) = found("NET01", *read(dig()))

    assert (finding.state, finding.title) == (
        State.PASS,
        "api.example.test resolves by 10.0.0.53 to 1 A record, kept for 60 s.",
    )
    assert finding.evidence[0].locator == "11:1"


@pytest.mark.parametrize("status", ["NXDOMAIN", "SERVFAIL", "REFUSED"])
def test_a_name_that_does_not_resolve_fails_with_the_resolvers_word(status: str) -> None:
    (finding,) = found("NET01", *read(dig("", status=status)))

    assert finding.state is State.FAIL
    assert f"10.0.0.53: {status}" in finding.title


@pytest.mark.parametrize(
    ("line", "means", "said"),
    [
        (
            "; EDE: 7 (Signature Expired): (signature expired)",
            "DNSSEC signature",
            "Signature Expired: signature expired",
        ),
        ("; EDE: 6 (DNSSEC Bogus)", "DNSSEC signature", "DNSSEC Bogus"),
        (
            "; EDE: 22 (No Reachable Authority): (at delegation example.test.)",
            "own servers do not answer",
            "at delegation",
        ),
        ("; EDE: 17 (Filtered)", "the resolver blocks the name", "Filtered"),
        ("; EDE: 4711", "the resolver could not get an answer", ""),
    ],
)
def test_the_extended_error_of_a_resolver_says_why_a_name_does_not_resolve(line: str, means: str, said: str) -> None:
    (finding,) = found("NET01", *read(dig("", status="SERVFAIL").replace("\n\n;; QUESTION", f"\n{line}\n;; QUESTION")))

    assert means in finding.title
    assert said in finding.title
    assert finding.evidence[0].locator == "4:1"


def test_a_resolver_that_does_not_answer_is_told_with_the_name_asked_for() -> None:
    text = "; <<>> DiG 9.18.24 <<>> @10.0.0.9 api.example.test A\n;; connection timed out; no servers could be reached"

    (finding,) = found("NET01", *read(text))

    assert finding.title == "api.example.test does not resolve by 10.0.0.9: TIMEOUT, the resolver does not answer."


def test_an_alias_that_dangles_is_named() -> None:
    (finding,) = found("NET01", *read(dig("api.example.test.	60	IN	CNAME	gone.example.net.")))

    assert finding.title == "api.example.test leads to the alias gone.example.net, which has no address."


def test_no_ipv6_address_is_no_failure() -> None:
    assert states("NET01", *read(dig("", kind="AAAA"))) == {State.INFO}


def test_nslookup_and_host_are_read_too() -> None:
    slow = "Server:\t\t10.0.0.53\nAddress:\t10.0.0.53#53\n\n** server can't find api.example.test: NXDOMAIN"
    good = "Server:\t\t10.0.0.53\nAddress:\t10.0.0.53#53\n\nName:\tapi.example.test\nAddress: 192.0.2.7"

    assert states("NET01", *read(slow)) == {State.FAIL}
    assert states("NET01", *read(good)) == {State.PASS}
    assert states("NET01", *read("Host api.example.test not found: 3(NXDOMAIN)")) == {State.FAIL}
    assert states("NET01", *read("Resolve-DnsName : api.example.test : DNS name does not exist")) == {State.FAIL}
    assert states("NET01", *read("api.example.test has address 192.0.2.7")) == {State.PASS}


@pytest.mark.parametrize(
    "asked", ["dig -x 192.0.2.7 +short\nhost7.example.net.", "dig NS example.test +short\nns1.example.net."]
)
def test_an_answer_that_is_a_name_is_no_alias_where_a_name_was_asked_for(asked: str) -> None:
    assert states("NET01", *read(f"$ {asked}\n")) == {State.PASS}


@pytest.mark.parametrize("name", ["_dmarc.example.test", "7.2.0.192.in-addr.arpa"])
def test_a_name_that_need_not_be_there_is_only_noted(name: str) -> None:
    missing = dig("", status="NXDOMAIN", kind="TXT").replace("api.example.test", name)

    assert states("NET01", *read(missing)) == {State.INFO}
    assert states("NET01", *read(missing.replace(name, f"x.{name}.example.net"))) == {State.FAIL}


def test_resolvers_that_differ_are_set_beside_one_another() -> None:
    other = dig("api.example.test.	60	IN	A	198.51.100.9", server="1.1.1.1")

    (finding,) = found("NET02", *read(dig()), *read(other, "a2"))

    assert finding.state is State.WARN
    assert finding.title == (
        "Resolvers differ on api.example.test: 10.0.0.53 says 192.0.2.7, 1.1.1.1 says 198.51.100.9."
    )
    assert [one.artifact for one in finding.evidence] == ["a1", "a2"]


def test_resolvers_that_agree_pass_and_parts_of_one_set_are_only_noted() -> None:
    part = dig(A + "\napi.example.test.	60	IN	A	192.0.2.8", server="1.1.1.1")

    assert states("NET02", *read(dig()), *read(dig(server="1.1.1.1"), "a2")) == {State.PASS}
    assert states("NET02", *read(dig()), *read(part, "a2")) == {State.INFO}
    assert states("NET02", *read(dig())) == set()


EDGE = "api.example.test.	300	IN	CNAME	d1.edge.example.net.\nd1.edge.example.net.	{ttl}	IN	A	{address}"


def edges(first: str, other: str, ttl: str = "60") -> tuple[Given, ...]:
    one, two = (EDGE.format(ttl=ttl, address=address) for address in (first, other))
    return (*read(dig(one)), *read(dig(two, server="1.1.1.1"), "a2"))


def test_addresses_of_one_alias_that_differ_by_place_are_only_noted() -> None:
    (finding,) = found("NET02", *edges("192.0.2.7", "198.51.100.9"))

    assert finding.state is State.INFO
    assert "Both lead to d1.edge.example.net" in finding.title


@pytest.mark.parametrize(("first", "ttl"), [("10.1.2.3", "60"), ("192.0.2.7", "86400")])
def test_one_alias_does_not_excuse_an_inner_address_or_one_that_lives_long(first: str, ttl: str) -> None:
    assert states("NET02", *edges(first, "198.51.100.9", ttl)) == {State.WARN}


def test_an_ipv6_that_does_not_connect_beside_an_ipv4_that_does_is_warned_about() -> None:
    text = (
        "*   Trying [2001:db8::7]:443...\n* connect to 2001:db8::7 port 443 failed: Network is unreachable\n"
        "*   Trying 192.0.2.7:443...\n* Connected to api.example.test (192.0.2.7) port 443 (#0)"
    )

    (finding,) = found("NET03", *connected(text))

    assert finding.title.startswith("IPv6 does not connect (unreachable) and IPv4 does")


def test_an_ipv6_that_connects_passes_and_ipv4_alone_says_nothing() -> None:
    six = "* Connected to api.example.test (2001:db8::7) port 443 (#0)"
    four = "* Connected to api.example.test (192.0.2.7) port 443 (#0)"

    assert states("NET03", *connected(six)) == {State.PASS}
    assert states("NET03", *connected(four)) == set()


@pytest.mark.parametrize(
    "line",
    [
        "wget: unable to resolve host address ‘api.vendor.example’",
        "ping: api.vendor.example: Name or service not known",
        "Ping request could not find host api.vendor.example. Please check the name and try again.",
        "ssh: Could not resolve hostname api.vendor.example: Name or service not known",
        'psql: error: could not translate host name "api.vendor.example" to address: Name or service not known',
        "NameResolutionError: Failed to resolve 'api.vendor.example' ([Errno -2] Name or service not known)",
        "HttpRequestException: No such host is known. (api.vendor.example:443)",
    ],
)
def test_programs_that_get_no_address_say_so_in_their_own_words(line: str) -> None:
    (finding,) = found("NET01", *read(line))

    assert finding.state is State.FAIL
    assert finding.title.startswith("api.vendor.example does not resolve")


def test_a_ping_that_lacks_rights_names_no_host() -> None:
    assert read("ping: socket: Operation not permitted") == ()


ALIAS = ";; ANSWER SECTION:\napi.example.test.	300	IN	CNAME	edge.example.test."
BEHIND = f"{ALIAS}\nedge.example.test.	60	IN	A	192.0.2.7"


@pytest.mark.parametrize("answer", ["", ALIAS])
def test_a_name_with_ipv4_alone_is_healthy_and_has_no_alias_that_dangles(answer: str) -> None:
    judged = found("NET01", *read(dig(BEHIND) + dig(answer, kind="AAAA")))

    assert [each.state for each in judged] == [State.PASS, State.INFO]
    assert judged[1].title == "api.example.test has no IPv6 address by 10.0.0.53, and has IPv4 addresses."


def test_a_name_with_ipv6_alone_is_healthy() -> None:
    address = ";; ANSWER SECTION:\napi.example.test.	60	IN	AAAA	2001:db8::7"

    judged = found("NET01", *read(dig("") + dig(address, kind="AAAA")))

    assert [each.state for each in judged] == [State.INFO, State.PASS]


def test_an_alias_without_any_address_dangles() -> None:
    judged = found("NET01", *read(dig(ALIAS) + dig(ALIAS, kind="AAAA")))

    assert [each.state for each in judged] == [State.FAIL, State.INFO]
    assert "alias edge.example.test, which has no address" in judged[0].title


@pytest.mark.parametrize("kind", ["HTTPS", "CAA", "CNAME"])
def test_a_record_that_a_name_need_not_have_is_no_fault(kind: str) -> None:
    (finding,) = found("NET01", *read(dig("", kind=kind)))

    assert finding.state is State.INFO


@pytest.mark.parametrize(
    "answer",
    [
        ';; ANSWER SECTION:\napi.example.test.	3788	IN	HINFO	"RFC8482" ""',
        f"{A}\napi.example.test.	60	IN	MX	10 mx.example.test.",
    ],
)
def test_an_answer_to_a_question_for_any_record_passes(answer: str) -> None:
    (finding,) = found("NET01", *read(dig(answer, kind="ANY")))

    assert finding.state is State.PASS
    assert "ANY" not in finding.title


def test_an_alias_to_a_name_that_is_gone_dangles() -> None:
    alias = ";; ANSWER SECTION:\napi.example.test. 3600 IN CNAME desk.trafficmanager.net."

    (finding,) = found("NET01", *read(dig(alias, status="NXDOMAIN")))

    assert "leads by a CNAME to desk.trafficmanager.net, and there is no such name" in finding.title
    assert "dangles" in finding.next_step
