from pathlib import Path

import pytest

from sevline.core.checks.curl_exits import CURL_EXITS
from sevline.core.finding import State
from sevline.core.readers.curl import CurlRun, looks_like_curl, read_transcript
from tests import foreign
from tests.evidence import found, states
from tests.generators.faults import CURL, FAULTS, Fault, transcript

GOOD = """*   Trying 192.0.2.10:443...
* Connected to api.example.com (192.0.2.10) port 443 (#0)
* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384
> GET /v1/orders?page=2 HTTP/1.1
> Host: api.example.com
> User-Agent: curl/7.88.1
>
< HTTP/1.1 429 Too Many Requests
< Retry-After: 30
<
{ [12 bytes data]
* Connection #0 to host api.example.com left intact
"""
#: Codes that no server on loopback makes; their transcripts are written by hand in curl's form.
BY_HAND = {
    16: "curl: (16) Error in the HTTP2 framing layer",
    55: "curl: (55) Send failure: Broken pipe",
    92: "curl: (92) HTTP/2 stream 1 was not closed cleanly: INTERNAL_ERROR (err 2)",
}


def test_a_transcript_becomes_a_call_with_its_headers_where_they_stand() -> None:
    run = foreign.only(CurlRun, foreign.lines(GOOD))
    (call,) = run.exchanges

    assert (call.method, call.url, call.status) == ("GET", "https://api.example.com/v1/orders?page=2", 429)
    assert call.received["retry-after"] == "30"
    assert call.parts["header:retry-after"] == "9:1"
    assert states("API09", run) == {State.FAIL}


@pytest.mark.skipif(CURL is None, reason="curl is not installed.")
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: str(fault.code))
def test_each_exit_code_of_curl_is_named_from_its_own_transcript(fault: Fault, tmp_path: Path) -> None:
    code, told = transcript(fault, tmp_path)
    findings = found("API01", foreign.only(CurlRun, foreign.lines(told)))

    assert code == fault.code, told
    assert [finding.state for finding in findings] == [State.FAIL]
    assert f"{CURL_EXITS[code][0]} (curl exit code {code})" in findings[0].title
    line = int(findings[0].evidence[0].locator.split(":")[0])
    assert f"curl: ({code})" in told.split("\n")[line - 1]


@pytest.mark.parametrize("code", BY_HAND)
def test_exit_codes_of_http_2_and_of_sending_are_named(code: int) -> None:
    (finding,) = found(
        "API01", foreign.only(CurlRun, foreign.lines(GOOD.split("<", maxsplit=1)[0] + BY_HAND[code] + "\n"))
    )

    assert f"(curl exit code {code})" in finding.title
    assert "api.example.com" in finding.title


def test_a_call_that_was_answered_is_no_network_failure() -> None:
    assert states("API01", *foreign.lines(GOOD)) == set()


def test_other_text_is_not_taken_for_a_transcript() -> None:
    assert not looks_like_curl(["> quoted mail", "* a list", "* of things"])
    assert not looks_like_curl(["2026-03-02 09:00:00 ERROR curl failed"])


def test_what_curl_tried_is_called_by_address_and_port() -> None:
    lines = ["*   Trying 127.0.0.1:8081...", "curl: (7) Failed to connect to 127.0.0.1 port 8081 after 0 ms"]

    (one,) = read_transcript(lines, "a1").exchanges

    assert one.url == "http://127.0.0.1:8081/"


def test_an_error_that_a_text_quotes_is_no_call() -> None:
    text = "# Troubleshooting\nIf you see `curl: (7) Failed to connect`, check that the port is open.\n"

    assert CurlRun not in {type(one) for one in foreign.lines(text)}


def test_an_error_that_names_no_host_invents_none() -> None:
    run = foreign.only(CurlRun, foreign.lines("2026-03-02 09:00:00 ERROR curl: (35) OpenSSL SSL_connect: reset\n"))

    assert [(call.method, call.url) for call in run.exchanges] == [("", "")]
    assert found("API01", run)[0].title.startswith("A call without an address got no response once")


def test_a_proxy_that_refuses_the_tunnel_has_answered() -> None:
    run = foreign.only(
        CurlRun,
        foreign.lines(
            "* Establish HTTP proxy tunnel to api.example.com:443\n> CONNECT api.example.com:443 HTTP/1.1\n"
            "> Host: api.example.com:443\n> \n< HTTP/1.1 407 Proxy Authentication Required\n< \n"
            "* CONNECT tunnel failed, response 407\ncurl: (56) CONNECT tunnel failed, response 407\n"
        ),
    )

    assert [(call.call, call.status) for call in run.exchanges] == [("CONNECT https://api.example.com/", 407)]


def test_an_alert_behind_the_exit_code_is_no_connection_that_was_cut() -> None:
    said = "curl: (56) OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0\n"

    (finding,) = found(
        "API01", foreign.only(CurlRun, foreign.lines("* Connected to a.example (192.0.2.1) port 443\n" + said))
    )

    assert "the server ended TLS with an alert (curl exit code 56)" in finding.title
    assert "NET05" in finding.next_step


ANSWERED = """* Connected to login.example.com (192.0.2.10) port 443 (#0)
> POST /oauth/token HTTP/1.1
> Host: login.example.com
>
< HTTP/1.1 400 Bad Request
< Content-Type: application/json
<
"""
REFUSAL = '{"error":"invalid_grant","error_description":"the verifier does not fit the challenge"}'
PRETTY = "{\n" + "".join(f'  "field{n}": {n},\n' for n in range(80)) + '  "error": "invalid_grant"\n}'
METER = "100    72  100    72    0     0  51355      0 --:--:-- --:--:-- --:--:-- 72000"


@pytest.mark.parametrize(
    ("below", "body"),
    [
        (f"{REFUSAL}\n* Connection #0 to host login.example.com left intact\n", REFUSAL),
        (f"{REFUSAL}* Connection #0 to host login.example.com left intact\n", REFUSAL),
        (f"{{ [72 bytes data]\n{METER}\n* Closing connection 0\n{REFUSAL}", REFUSAL),
        (f"{PRETTY}\n* Closing connection 0\n", PRETTY),
        (f"{PRETTY.removesuffix('}')}* Closing connection 0\n}}\n$ date\nFri 27 Nov\n", PRETTY),
        (f"{REFUSAL}\n* Closing connection 0\n{METER}\n$ exit\n", REFUSAL),
        ("{ [72 bytes data]\n* Closing connection 0\n", ""),
    ],
    ids=["terminal", "no line break", "into a file", "many lines", "last line displaced", "prompt behind", "no body"],
)
def test_the_body_of_an_answer_is_read_wherever_curl_puts_it(below: str, body: str) -> None:
    run = foreign.only(CurlRun, foreign.lines(ANSWERED + below))

    assert [call.response_body for call in run.exchanges] == [body]


def test_a_body_ends_at_the_length_that_the_answer_states() -> None:
    stated = ANSWERED.replace("application/json\n", f"application/json\n< Content-Length: {len(REFUSAL)}\n")
    run = foreign.only(CurlRun, foreign.lines(stated + REFUSAL + "\nWe see this since Monday.\n"))

    assert [call.response_body for call in run.exchanges] == [REFUSAL]


def test_what_a_token_endpoint_refused_is_told_from_curls_output() -> None:
    lines = (ANSWERED + REFUSAL + "\n").split("\n")
    (finding,) = found("OIDC13", *foreign.lines("\n".join(lines)))

    assert "answered invalid_grant" in finding.title
    assert lines[int(finding.evidence[0].locator.partition(":")[0]) - 1] == REFUSAL


def test_each_line_in_which_curl_gives_up_is_a_call_of_its_own() -> None:
    text = "".join(f"curl: (28) Operation timed out after 3000{n} milliseconds with 0 bytes received\n" for n in "123")

    run = foreign.only(CurlRun, foreign.lines(text))

    assert [call.parts["error"] for call in run.exchanges] == ["1:1", "2:1", "3:1"]
    assert "got no response 3 times" in found("API01", run)[0].title


@pytest.mark.parametrize(
    ("line", "calls"),
    [
        ('{"error":{"message":"curl: (28) Operation timed out after 5001 milliseconds"}}', 0),
        ('2026-03-02T09:00:05Z WARN upstream said: {"error":"curl: (28) Operation timed out"}', 0),
        ('{"time":"2026-03-02T09:00:05Z","level":"error","message":"curl: (28) Operation timed out"}', 1),
        ('time=2026-03-02T09:00:05Z level=error msg="curl: (28) Operation timed out"', 1),
        ("curl: (28) Operation timed out after 5001 milliseconds", 1),
    ],
)
def test_what_an_answer_quotes_of_curl_is_no_call_and_the_message_of_a_record_is_one(line: str, calls: int) -> None:
    runs = [one for one in foreign.lines(f"{line}\n") if isinstance(one, CurlRun)]

    assert sum(len(run.exchanges) for run in runs) == calls
