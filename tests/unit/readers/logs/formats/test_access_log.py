from datetime import UTC, datetime

from sevline.core.readers.logs import FORMATS

parse = FORMATS["access_log"].reader(datetime(2026, 3, 2, tzinfo=UTC))


LINE = b'192.0.2.7 - - [01/Mar/2026:10:00:00 +0100] "GET /cart/17?x=1 HTTP/1.1" 502 134 "-" "curl/8"'


def test_the_status_decides_the_level_and_is_a_word_of_the_message() -> None:
    found = parse(LINE)

    assert found is not None
    assert found.stamp is not None
    assert found.stamp.at == datetime(2026, 3, 1, 9, 0, 0, tzinfo=UTC).timestamp()
    assert (found.level, found.message) == ("ERROR", b"GET /cart/17 status bad-gateway")
    assert found.shown == LINE


def test_a_pseudonym_in_the_place_of_the_address_is_read() -> None:
    assert parse(LINE.replace(b"192.0.2.7", b"ip-626c76538bbf9eb3-1f285c4f9ee686e3")) is not None


def test_a_quote_that_never_ends_is_no_record() -> None:
    assert parse(b'192.0.2.7 - - [01/Mar/2026:10:00:00 +0100] "GET /' + b"a" * 60_000) is None
