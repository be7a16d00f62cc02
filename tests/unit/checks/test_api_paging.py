import sys
from types import FrameType
from typing import Any

from tests.evidence import call, found, har, states

from sevline.core.checks import api_paging
from sevline.core.finding import State
from sevline.core.readers.accesslog import read_access_log

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


def access(client: str, page: int, at: int) -> str:
    when = f"01/Mar/2026:10:{at // 60:02d}:{at % 60:02d} +0000"
    return f'{client} - - [{when}] "GET /v1/orders?page={page} HTTP/1.1" 200 512 "-" "x"'


def test_many_clients_that_read_the_same_page_are_no_loop() -> None:
    lines = [access(f"203.0.113.{number % 9}", page, 10 * number + page) for number in range(30) for page in (1, 2)]

    assert states("API16", read_access_log(lines, "a1")) == set()


def test_a_person_who_browses_to_and_fro_is_no_loop() -> None:
    lines = [access("203.0.113.9", page, 7 * at) for at, page in enumerate((1, 2, 1, 3, 2, 1, 4, 3, 1, 2))]

    assert states("API16", read_access_log(lines, "a1")) == set()


def test_a_list_that_is_read_anew_every_ten_minutes_is_no_loop() -> None:
    lines = [access("203.0.113.9", page, 600 * run + page) for run in range(5) for page in (1, 2, 3)]

    assert states("API16", read_access_log(lines, "a1")) == set()


def test_a_list_that_is_read_anew_from_its_beginning_is_no_loop() -> None:
    begin = "https://api.example.com/v1/orders?status=open"
    urls = [begin, LIST.format("b"), LIST.format("c")] * 4

    assert states("API16", har(*(call(url=url, after=at) for at, url in enumerate(urls)))) == set()


def test_pages_that_begin_again_after_the_last_one_are_a_loop() -> None:
    lines = [access("203.0.113.9", page, 3 * run + page) for run in range(4) for page in (1, 2, 3)]

    (finding,) = found("API16", read_access_log(lines, "a1"))

    assert finding.title.endswith("the same page was read 4 times, 3 different pages in all.")


def test_numbered_pages_that_a_client_polls_are_no_loop() -> None:
    whole = [access("203.0.113.9", page, 10 * run + page) for run in range(6) for page in (1, 2, 3)]
    first = [access("203.0.113.9", 1, 5 * run) for run in range(12)]

    assert states("API16", read_access_log(whole, "a1")) == set()
    assert states("API16", read_access_log(first, "a1")) == set()


def test_a_numbered_page_that_comes_again_at_once_is_a_loop() -> None:
    lines = [access("203.0.113.9", 3, run // 4) for run in range(12)]

    assert states("API16", read_access_log(lines, "a1")) == {State.WARN}


def steps(pages: int) -> int:
    """How many lines of the check run for a list of so many pages, each turn of a loop counted."""
    ran = [0]
    recording = har(*(call(url=LIST.format(f"c{at}"), after=at) for at in range(pages)))

    def count(frame: FrameType, event: str, _: Any) -> Any:
        if frame.f_code.co_filename != api_paging.__file__:
            return None
        ran[0] += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        told = found("API16", recording)
    finally:
        sys.settrace(before)
    assert not told
    return ran[0]


def test_a_list_of_twice_as_many_pages_takes_twice_as_many_steps() -> None:
    assert steps(200) < 2.2 * steps(100)
