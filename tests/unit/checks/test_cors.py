from tests.evidence import call, found, har, states

from sevline.core.finding import State

PAGE = "https://app.example.com"
ASKED = {
    "Origin": PAGE,
    "Access-Control-Request-Method": "PUT",
    "Access-Control-Request-Headers": "authorization,content-type",
}
ALLOWED = {
    "Access-Control-Allow-Origin": PAGE,
    "Access-Control-Allow-Methods": "GET, PUT",
    "Access-Control-Allow-Headers": "Authorization",
}


def test_a_preflight_that_grants_everything_is_not_mentioned() -> None:
    assert states("NET13", har(call(204, method="OPTIONS", sent=ASKED, received=ALLOWED))) == set()


def test_each_missing_permission_of_a_preflight_is_named() -> None:
    granted = {"Access-Control-Allow-Origin": PAGE, "Access-Control-Allow-Methods": "GET"}

    (finding,) = found("NET13", har(call(204, method="OPTIONS", sent=ASKED, received=granted)))

    assert finding.state is State.FAIL
    assert "needed is PUT" in finding.title
    assert "needed is authorization" in finding.title


def test_a_preflight_that_fails_is_cited_at_its_status() -> None:
    (finding,) = found("NET13", har(call(403, method="OPTIONS", sent=ASKED, received=ALLOWED)))

    assert finding.evidence[0].locator == "/log/entries/0/response/status"


def test_an_answer_without_permission_for_this_origin_fails() -> None:
    sent = {"Origin": PAGE, "Sec-Fetch-Mode": "cors"}

    (finding,) = found(
        "NET13", har(call(200, sent=sent, received={"Access-Control-Allow-Origin": "https://other.example"}))
    )

    assert finding.state is State.FAIL
    assert "https://other.example" in finding.title


def test_a_beacon_and_a_call_to_the_same_origin_need_no_permission() -> None:
    beacon = call(200, method="POST", sent={"Origin": PAGE, "Sec-Fetch-Mode": "no-cors"}, kind="ping")
    same = call(200, method="POST", url=f"{PAGE}/save", sent={"Origin": PAGE, "Sec-Fetch-Mode": "cors"})

    assert states("NET13", har(beacon, same)) == set()


def test_a_call_that_the_browser_blocked_is_found_without_headers() -> None:
    blocked = call(0, sent={"Referer": f"{PAGE}/page"}, error="net::ERR_FAILED")

    assert states("NET13", har(blocked)) == {State.FAIL}
