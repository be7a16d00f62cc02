from datetime import UTC, datetime

from sevline.core.readers.logs import FORMATS

parse = FORMATS["haproxy"].reader(datetime(2026, 3, 2, tzinfo=UTC))


LINE = (
    b"Mar  1 10:00:00 192.0.2.2 haproxy[7]: 198.51.100.4:53332 [01/Mar/2026:10:00:00.143] front~ back/web-1 "
    b'0/0/7/1457/1487 504 11394 - - ---- 2/1/0/0/0 0/0 "GET /cart HTTP/1.1"'
)


def test_the_status_decides_the_level_and_the_frontend_is_the_service() -> None:
    found = parse(LINE)

    assert found is not None
    assert (found.level, found.service) == ("ERROR", "front")
    assert found.message == b"back GET /cart status gateway-timeout"


def test_no_server_is_an_error_whatever_the_status() -> None:
    found = parse(LINE.replace(b"web-1", b"<NOSRV>").replace(b" 504 ", b" 200 "))

    assert found is not None
    assert found.level == "ERROR"


def test_a_notice_of_haproxy_is_left_to_syslog() -> None:
    assert parse(b"Mar  1 10:00:00 192.0.2.2 haproxy[1]: Proxy front started.") is None


def test_a_connection_that_failed_is_a_record_of_its_frontend() -> None:
    found = parse(b"Mar  1 10:00:00 192.0.2.2 haproxy[7]: 198.51.100.4:53332 [01/Mar/2026:10:00:00.143] front/tls: no")

    assert found is not None
    assert (found.message, found.service) == (b"no", "front")
