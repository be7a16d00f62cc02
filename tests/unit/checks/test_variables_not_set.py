"""A variable that nobody gave a value is named, in an address as in a credential; and what clients say without it."""

from typing import Any

import pytest
from tests import foreign
from tests.evidence import call, found, har, states

from sevline.core.finding import Given, State
from sevline.core.readers.notfilled import unfilled_host, unfilled_in_address

API = "https://api.example.com"


def run_of(error: str, *host: str, status: int = 0, header: str = "") -> list[Given]:
    url = {"protocol": "http", "host": list(host), "path": ["v1", "orders"]}
    sent = [{"key": "Authorization", "value": header}] if header else []
    execution: dict[str, Any] = {
        "request": {"method": "GET", "url": url, "header": sent},
        "assertions": [{"assertion": "status is 200", "error": {"message": "expected undefined to have 'code'"}}],
    }
    execution |= {"response": {"code": status, "header": []}} if status else {"requestError": {"message": error}}
    return foreign.document({"run": {"executions": [execution]}})


def test_an_address_with_a_variable_is_no_fault_of_name_resolution() -> None:
    ran = run_of("getaddrinfo ENOTFOUND {{baseurl}}", "{{baseUrl}}")

    (network,), (asserted,) = found("API01", *ran), found("REP04", *ran)

    assert network.state is State.FAIL
    assert "“{{baseUrl}}” stands in the address" in network.title
    assert "no answer came: getaddrinfo ENOTFOUND" in asserted.title
    assert "API01" in asserted.next_step


@pytest.mark.parametrize(
    "address",
    ["/v1/orders/undefined", "/v1/orders/%7Bid%7D", "/v1/%24%7BTENANT%7D/x", "/v1/[object%20Object]", "/v1/null/lines"],
)
def test_an_address_whose_part_has_no_value_is_told_with_its_404(address: str) -> None:
    (told,) = found("API05", har(call(404, url=f"{API}{address}")))

    assert "stands in the address in place of a value" in told.title
    assert "not set there" in told.next_step


@pytest.mark.parametrize(
    ("error", "means"),
    [("connect ECONNREFUSED 192.0.2.1:443", "answered with a refusal"), ("net::ERR_CERT_DATE_INVALID", "")],
)
def test_a_path_without_a_value_is_not_why_no_answer_came(error: str, means: str) -> None:
    (told,) = found("API01", har(call(0, url=f"{API}/v1/users/null", error=error)))

    assert "stands in the address" not in told.title
    assert means in told.title


@pytest.mark.parametrize(
    "url", ["https://undefined/v1", "https://%7B%7Bhost%7D%7D/v1", "{{baseUrl}}/v1", "http://${H}:80"]
)
def test_a_host_without_a_value_is_why_no_answer_came(url: str) -> None:
    assert unfilled_host(url)


@pytest.mark.parametrize("masked", ["<SECRET-0123456789abcdef>", "<redacted>", "<token removed>"])
def test_what_somebody_masked_is_no_variable(masked: str) -> None:
    asked = har(call(401, url=f"{API}/v1/users/{masked}", sent={"Authorization": f"Bearer {masked}"}))

    assert "in place of a credential" not in found("API03", asked)[0].title
    assert unfilled_in_address(f"{API}/v1/users/{masked}") == ""


@pytest.mark.parametrize(
    "url",
    [
        f"{API}/v1/orders/none-of-them",
        f"{API}/v1/nullable?id=undefined",
        f"{API}/v1/{{a,b}}/x",
        "",
        "{",
        f"{API}/{'{' * 5_000}",
    ],
)
def test_an_address_that_is_filled_names_no_variable(url: str) -> None:
    assert unfilled_in_address(url) == ""


@pytest.mark.parametrize(
    ("credential", "named"),
    [
        ("Bearer {{accessToken}}", "{{accessToken}}"),
        ("Bearer undefined", "undefined"),
        ("Bearer null", "null"),
        ("Bearer [object Object]", "[object Object]"),
        ("Bearer ${TOKEN}", "${TOKEN}"),
        ("Bearer <token>", "<token>"),
    ],
)
def test_a_credential_that_was_not_filled_in_is_named(credential: str, named: str) -> None:
    (told,) = found("API03", har(call(401, sent={"Authorization": credential})))

    assert f"“{named}” was sent in place of a credential" in told.title
    assert "not set there" in told.next_step


@pytest.mark.parametrize(
    "credential", ["Bearer a.b.c", "Basic bnVsbA==", "Bearer nullified", "", "Bearer " + "{" * 9_000]
)
def test_a_credential_that_was_refused_is_not_called_a_variable(credential: str) -> None:
    (told,) = found("API03", har(call(401, sent={"Authorization": credential} if credential else {"Accept": "*/*"})))

    assert "in place of a credential" not in told.title


CLIENTS = {
    "getaddrinfo ENOTFOUND api.example.com": "could not be resolved",
    "getaddrinfo EAI_AGAIN api.example.com": "resolver did not answer",
    "connect ECONNREFUSED 192.0.2.1:8443": "answered with a refusal",
    "socket hang up": "the connection was cut",
    "read ECONNRESET": "the connection was cut",
    "ESOCKETTIMEDOUT": "within the client's timeout",
    "timeout of 5000ms exceeded": "within the client's timeout",
    "connect ETIMEDOUT 192.0.2.1:443": "within the client's timeout",
    "self signed certificate in certificate chain": "does not trust",
    "unable to verify the first certificate": "does not trust",
    "certificate has expired": "has expired",
    "Hostname/IP does not match certificate's altnames: Host: x": "for another name",
    "write EPROTO 140:error:1408F10B:SSL routines:ssl3_get_record:wrong version number": "the port did not",
    "connect EHOSTUNREACH 192.0.2.1:443": "no route",
}


@pytest.mark.parametrize("error", CLIENTS)
def test_what_a_client_says_when_no_answer_comes_is_told_by_its_meaning(error: str) -> None:
    (told,) = found("API01", *run_of(error, "api", "example", "com"))

    assert told.state is State.FAIL
    assert CLIENTS[error] in told.title


def test_what_no_client_is_known_to_say_stays_a_hint() -> None:
    assert states("API01", *run_of("quota of the proxy pool is spent", "api", "example", "com")) == {State.WARN}


def test_an_assertion_on_an_answer_that_came_is_told_as_before() -> None:
    (told,) = found("REP04", *run_of("", "api", "example", "com", status=500))

    assert "no answer came" not in told.title
    assert "REP03" in told.next_step
