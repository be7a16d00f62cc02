"""Dates of HTTP headers: what is none is nothing, however large its numbers are."""

import pytest

from sevline.core.readers.moments import http_moment


def test_a_date_is_read_in_its_zone() -> None:
    moment = http_moment("Mon, 16 Nov 2026 12:00:00 +0200")

    assert moment is not None
    assert moment.isoformat() == "2026-11-16T10:00:00+00:00"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "Mon, 16 Nov 2026 12:00:00",
        "Mon, 16 Nov 99999999999999999999 12:00:00 GMT",
        "Mon, 16 Nov 2026 99999999999999999999:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 -1400",
    ],
)
def test_what_is_no_date_is_nothing(text: str) -> None:
    assert http_moment(text) is None
