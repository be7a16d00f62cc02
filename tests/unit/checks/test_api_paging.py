from tests.evidence import call, found, har, states

from sevline.core.finding import State

LIST = "https://api.example.com/v1/orders?status=open&cursor={}"


def test_a_page_that_is_read_again_and_again_is_a_loop() -> None:
    pages = [call(url=LIST.format(cursor), after=at) for at, cursor in enumerate("abbbb")]

    (finding,) = found("API16", har(*pages))

    assert finding.state is State.WARN
    assert finding.title == "Paging loop on /v1/orders: the same page was read 4 times, 2 different pages in all."


def test_pages_that_move_on_and_polling_of_one_page_are_no_loop() -> None:
    assert (
        states("API16", har(*(call(url=LIST.format(cursor), after=at) for at, cursor in enumerate("abcdef")))) == set()
    )
    assert states("API16", har(*(call(url=LIST.format("a"), after=at) for at in range(4)))) == set()


def test_a_signed_request_that_is_dated_wrongly_tells_the_skew() -> None:
    refused = call(
        403,
        sent={"x-amz-date": "20260302T084000Z"},
        received={"Date": "Mon, 02 Mar 2026 09:00:00 GMT"},
        body="<Error><Code>RequestTimeTooSkewed</Code></Error>",
    )

    (finding,) = found("API16", har(refused))

    assert finding.state is State.FAIL
    assert "by 1200 s (the client is behind)" in finding.title


def test_without_recorded_calls_it_asks_for_them() -> None:
    assert states("API16") == {State.NOT_EVALUATED}
