from typing import Any

import pytest
from tests.evidence import call, found, har, states

from sevline.core.finding import Side, State
from sevline.core.readers.http import Exchange, Traffic


def test_an_application_error_cites_the_request_id() -> None:
    (finding,) = found("API11", har(call(500, received={"X-Request-Id": "7f3a"})))

    assert finding.state is State.FAIL
    assert finding.evidence[1].locator == "/log/entries/0/response/headers/0/value"
    assert "x-request-id" in finding.next_step


@pytest.mark.parametrize(
    ("status", "received", "body", "layer"),
    [
        (502, {"Server": "nginx/1.25"}, "", "the proxy (nginx)"),
        (503, {"Server": "awselb/2.0"}, "", "the load balancer"),
        (504, {"Server": "cloudflare"}, "", "the content delivery network"),
        (502, {}, "<center>nginx</center>", "the layer that writes “nginx” into its error page"),
    ],
)
def test_the_layer_that_made_a_gateway_error_is_named(
    status: int, received: dict[str, str], body: str, layer: str
) -> None:
    (finding,) = found("API12", har(call(status, received=received, body=body)))

    assert f"Made by: {layer}." in finding.title


def test_a_duration_near_a_usual_timeout_is_cited() -> None:
    (finding,) = found("API12", har(call(504, millis=60_080)))

    assert "fits a timeout of 60 s" in finding.title
    assert "Nothing in the response says which layer" in finding.title


def test_a_host_outside_the_pages_domain_is_a_third_party() -> None:
    page = call(200, url="https://desk.example.com/")

    (finding,) = found("API11", har(page, call(500, url="https://tracker.example.org/t")))

    assert finding.side is Side.THIRD_PARTY


def test_a_code_of_the_delivery_network_says_what_it_means() -> None:
    (finding,) = found("API13", har(call(522)))

    assert "the connection to the origin timed out" in finding.title


@pytest.mark.parametrize("check", ["API11", "API12", "API13"])
def test_calls_that_succeed_are_not_mentioned(check: str) -> None:
    assert states(check, har(call(200))) == set()
    assert states(check, har(call(404))) == set()


def test_each_server_fault_belongs_to_one_check() -> None:
    recording = har(call(500), call(502), call(522))

    assert [len(found(check, recording)) for check in ("API11", "API12", "API13")] == [1, 1, 1]
    assert states("API11", recording) == {State.FAIL}


def test_many_addresses_of_a_kind_are_one_finding_that_says_how_many() -> None:
    calls = [call(504, url=f"https://api.example.com/v1/report/{n}", after=n) for n in range(7)]

    (finding,) = found("API12", har(*calls))

    assert finding.title.startswith("GET https://api.example.com/v1/report/… (7 addresses) answered 504 7 times")


def test_a_few_addresses_are_told_one_by_one() -> None:
    calls = [call(500, url=f"https://api.example.com/v1/report/{n}", after=n) for n in range(3)]

    assert len(found("API11", har(*calls))) == 3


def test_of_equal_calls_it_says_how_many_failed_and_that_it_is_intermittent() -> None:
    calls = [call(status, after=at) for at, status in enumerate((200, 500, 200, 500))]

    (finding,) = found("API11", har(*calls))

    assert "answered 500 2 times" in finding.title
    assert "2 of 4 equal calls ended so and 2 worked: it is intermittent" in finding.title
    assert "/log/entries/0/response/status" in {cited.locator for cited in finding.evidence}
    assert "the instance that answered" in finding.next_step


def test_calls_that_worked_until_a_moment_say_that_moment() -> None:
    calls = [call(status, after=at) for at, status in enumerate((200, 200, 503, 503))]

    (finding,) = found("API12", har(*calls))

    assert "2 of 4 equal calls ended so and 2 worked: all worked before 2026-03-02T09:00:02Z" in finding.title


def test_another_address_body_or_an_unknown_body_makes_no_equal_call() -> None:
    address = har(call(200, url="https://api.example.com/v1/orders?page=2"), call(500))
    body = har(call(201, method="POST", post='{"a":1}'), call(500, method="POST", post='{"a":2}'))
    unknown = har(call(201, method="POST"), call(500, method="POST"))

    titles = [finding.title for given in (address, body, unknown) for finding in found("API11", given)]

    assert len(titles) == 3
    assert not [title for title in titles if "equal calls" in title]


@pytest.mark.parametrize(("check_id", "status"), [("API02", 400), ("API05", 404)])
def test_a_request_that_is_refused_only_sometimes_is_not_called_wrong(check_id: str, status: int) -> None:
    calls = [call(each, after=at) for at, each in enumerate((status, 200, status, 200))]

    (finding,) = found(check_id, har(*calls))

    assert "2 of 4 equal calls ended so and 2 worked: it is intermittent" in finding.title
    assert finding.side is Side.UNKNOWN


def test_what_another_content_type_got_and_what_is_deleted_twice_are_no_equal_calls() -> None:
    typed = har(
        call(400, method="POST", post='{"a":1}', sent={"content-type": "text/plain"}),
        call(201, method="POST", post='{"a":1}', sent={"content-type": "application/json"}, after=1),
    )
    gone = har(call(204, method="DELETE"), call(404, method="DELETE", after=1))

    (refused,), (missing,) = found("API02", typed), found("API05", gone)

    assert "equal calls" not in refused.title + missing.title
    assert refused.side is Side.CUSTOMER_CLIENT


LATER = {"Retry-After": "3"}


def test_a_service_that_says_when_to_come_again_and_then_answers_is_warned_about() -> None:
    (told,) = found("API12", har(call(503, received=LATER, after=0), call(200, after=4)))

    assert told.state is State.WARN
    assert "the client waited, and was answered" in told.title


def test_short_waits_that_lie_far_apart_are_no_outage() -> None:
    entries = [call(503 if n % 2 == 0 else 200, received=LATER, after=200 * n) for n in range(8)]
    entries[1::2] = [call(200, after=200 * n + 4) for n in range(0, 8, 2)]

    assert states("API12", har(*entries)) == {State.WARN}


@pytest.mark.parametrize(
    "entries",
    [
        [call(503, received=LATER), call(200, after=1)],
        [call(503, received=LATER), call(503, received=LATER, after=4)],
        [call(503, received=LATER)],
        [call(503), call(200, after=4)],
        [call(503, received={"Retry-After": "soon"}), call(200, after=4)],
        [call(503, received={"Retry-After": "3600"}), call(200, after=3601)],
        [*(call(503, received={"Retry-After": "60"}, after=61 * n) for n in range(6)), call(200, after=61 * 6)],
    ],
    ids=["too early", "again", "never", "no header", "no time", "an hour", "minutes"],
)
def test_a_service_that_is_not_waited_for_or_does_not_come_back_stays_a_fault(entries: list[Any]) -> None:
    assert State.FAIL in states("API12", har(*entries))


def test_many_addresses_that_ask_to_come_again_are_put_in_order_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Traffic] = []
    ordered = Traffic.in_time_order

    def counted(traffic: Traffic) -> list[Exchange]:
        asked.append(traffic)
        return ordered(traffic)

    monkeypatch.setattr(Traffic, "in_time_order", counted)
    paths = [f"https://api.example.com/{'x' * n}" for n in range(1, 40)]

    told = found("API12", har(*(call(503, url=url, received=LATER) for url in paths)))

    assert (len(told), len(asked)) == (39, 1)
