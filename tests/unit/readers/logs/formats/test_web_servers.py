"""Error logs and request logs of web servers and balancers."""

from datetime import UTC, datetime

from sevline.core.readers.logs import FORMATS

NOW = datetime(2026, 3, 2, tzinfo=UTC)
apache = FORMATS["apache_error"].reader(NOW)
nginx = FORMATS["nginx_error"].reader(NOW)
alb = FORMATS["alb"].reader(NOW)
uwsgi = FORMATS["uwsgi"].reader(NOW)


def at(hour: int, minute: int, second: float) -> float:
    return datetime(2026, 3, 1, hour, minute, tzinfo=UTC).timestamp() + second


def test_apache_names_module_and_level_and_no_zone() -> None:
    found = apache(
        b"[Sun Mar 01 10:00:00.123456 2026] [proxy:warn] [pid 7:tid 8] [client 192.0.2.1:50] AH01144: No handler"
    )

    assert found is not None
    assert found.stamp is not None
    assert (found.message, found.level, found.service) == (b"AH01144: No handler", "WARN", "proxy")
    assert (round(found.stamp.at, 6), found.stamp.zone_known) == (round(at(10, 0, 0.123456), 6), False)


def test_the_older_form_of_apache_is_read() -> None:
    found = apache(b"[Sun Mar 01 10:00:00 2026] [error] [client 192.0.2.1] File does not exist: /srv/x")

    assert found is not None
    assert (found.message, found.level, found.service) == (b"File does not exist: /srv/x", "ERROR", None)


def test_nginx_leaves_process_and_connection_out() -> None:
    found = nginx(b"2026/03/01 10:00:00 [crit] 31#31: *77 connect() failed (13: denied), client: 192.0.2.1")

    assert found is not None
    assert (found.message, found.level) == (b"connect() failed (13: denied), client: 192.0.2.1", "FATAL")


def test_alb_names_the_balancer_and_takes_the_level_from_the_status() -> None:
    line = (
        b"https 2026-03-01T10:00:00.186641Z app/shop-lb/50dc6c495c0c9188 192.0.2.10:2817 198.51.100.1:80 0.086 0.048 "
        b'0.037 502 - 0 57 "GET https://www.example.com:443/cart?id=7 HTTP/1.1" "curl/7" ECDHE TLSv1.2 arn:x "Root=1-a"'
    )
    found = alb(line)

    assert found is not None
    assert (found.message, found.level, found.service) == (b"GET /cart status bad-gateway", "ERROR", "shop-lb")
    assert found.shown == line


def test_alb_without_a_status_is_no_success() -> None:
    line = (
        b"http 2026-03-01T10:00:00.186641Z app/shop-lb/50dc6c495c0c9188 192.0.2.10:2817 - -1 -1 -1 - - 0 57 "
        b'"- http://www.example.com:80- -" "-" - -'
    )
    found = alb(line)

    assert found is not None
    assert found.message.endswith(b"status other")


def test_uwsgi_is_a_request_with_its_status() -> None:
    found = uwsgi(
        b"[pid: 88|app: 0|req: 1/1] 192.0.2.1 () {38 vars in 696 bytes} [Sun Mar  1 10:00:12 2026] POST /pay => "
        b"generated 47 bytes in 129 msecs (HTTP/1.1 503) 9 headers in 378 bytes (1 switches on core 3)"
    )

    assert found is not None
    assert found.stamp is not None
    assert (found.message, found.level, found.stamp.at) == (
        b"POST /pay status service-unavailable",
        "ERROR",
        at(10, 0, 12),
    )


def test_lines_of_others_are_refused() -> None:
    other = b"2026-03-01 10:00:00 INFO x"

    assert [parse(other) for parse in (apache, nginx, alb, uwsgi)] == [None] * 4
