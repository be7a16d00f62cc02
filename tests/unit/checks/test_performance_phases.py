from typing import Any

from tests import foreign
from tests.evidence import call, found, har, states
from tests.generators.timings import curl_timings

from sevline.core.finding import State

API = "https://api.example.com"


def timed(blocked: float = 0.0, wait: float = 50.0, **changes: Any) -> dict[str, Any]:
    entry = call(millis=blocked + wait + 2, **changes)
    entry["timings"] = {"blocked": blocked, "dns": -1, "connect": -1, "ssl": -1, "send": 1, "wait": wait, "receive": 1}
    return entry


def test_server_timing_divides_the_time_between_server_and_way() -> None:
    (server,) = found("PERF02", har(call(millis=5_000, received={"Server-Timing": "db;dur=10, app;dur=4600"})))
    (way,) = found("PERF02", har(call(millis=5_000, received={"Server-Timing": "app;dur=300"})))

    assert "92% of 5.0 s were spent in the server" in server.title
    assert (server.side, way.side) == ("our_app", "customer_network")


def test_quick_calls_say_nothing_and_silent_servers_are_asked_for() -> None:
    assert states("PERF02", har(call(received={"Server-Timing": "app;dur=30"}))) == set()
    (finding,) = found("PERF02", har(call(millis=5_000)))
    assert finding.missing == ("the server's own time for each call",)
    assert "$upstream_response_time" in finding.next_step


def test_the_servers_own_time_in_a_table_is_used() -> None:
    rows = [f"2026-03-02T09:00:{n:02d}Z,3.0,0.1,/v1/a" for n in range(30)]
    log = foreign.text(foreign.table("time,request_time,upstream_response_time,path", *rows))

    (finding,) = found("PERF02", *log)

    assert finding.title.startswith("30 slow requests: 3% of 90 s were spent in the server")


def test_curl_timings_name_the_slow_phase() -> None:
    for phase, words in (
        ("dns", "resolving the name"),
        ("wait", "waiting for the server"),
        ("ssl", "the TLS handshake"),
    ):
        text, longest = curl_timings(5, slow=phase, seed=4)
        (finding,) = found("PERF01", *foreign.lines(text))
        assert words in finding.title
        assert f"took {longest:.0f} s" in finding.title


def test_plain_curl_timings_are_read_too() -> None:
    text = (
        "time_namelookup: 0.004\ntime_connect: 11.5\ntime_appconnect: 11.9\ntime_starttransfer: "
        "12.0\ntime_total: 12.1\n"
    )

    (finding,) = found("PERF01", *foreign.lines(text))

    assert "connecting took 11 s of it" in finding.title
    assert states("API01", *foreign.lines(text)) == set()
    assert states("API01", *foreign.lines(f"{text}http_code: 000\n")) == {State.WARN}


def test_many_single_calls_for_things_of_a_kind_are_n_plus_1() -> None:
    many = [call(url=f"{API}/v1/orders/{n}", after=n * 0.1) for n in range(12)]

    (finding,) = found("PERF08", har(*many))

    assert finding.state is State.WARN
    assert finding.title.startswith("N+1: 12 single calls for /v1/orders/…")
    assert states("PERF08", har(*many[:9])) == set()


def test_uncompressed_and_large_answers_are_noted() -> None:
    plain = call(
        sent={"Accept-Encoding": "gzip"}, received={"Content-Type": "application/json", "Content-Length": "90000"}
    )
    large = call(received={"Content-Length": "3000000"})

    titles = [finding.title for finding in found("PERF08", har(plain, large))]

    assert titles[0].startswith("1 uncompressed text answer; the largest has 90,000 bytes")
    assert titles[1].startswith("1 answer of more than 2 MB; the largest has 3,000,000 bytes")


MYSQL = """# Time: 2026-03-02T09:00:00.000000Z
# User@Host: app[app] @ localhost []
# Query_time: 12.500000  Lock_time: 0.000100 Rows_sent: 3  Rows_examined: 4000000
SET timestamp=1772442000;
SELECT * FROM orders WHERE customer = 'kim' AND state = 4;
"""


def test_a_slow_query_is_told_by_its_shape_without_values() -> None:
    (finding,) = found("PERF08", *foreign.lines(MYSQL))

    assert finding.state is State.WARN
    assert "Slow query, 1 time, up to 12 s; it reads 4,000,000 rows to return 3" in finding.title.replace(
        "12.5 s", "12 s"
    )
    assert "SELECT * FROM orders WHERE customer = ? AND state = ?" in finding.title
    assert finding.evidence[0].locator == "3:1"


def test_the_same_quick_query_fifty_times_is_n_plus_1() -> None:
    line = "2026-03-02 09:00:{n:02d} UTC LOG:  duration: 1.5 ms  statement: SELECT * FROM items WHERE order_id = {n}"

    (finding,) = found("PERF08", *foreign.lines("\n".join(line.format(n=n % 60) for n in range(55))))

    assert finding.title.startswith("N+1 queries: the same statement 55 times")


PLAN = """ Nested Loop  (cost=0.00..9000.00 rows=10 width=8) (actual time=0.1..900.0 rows=50000 loops=1)
   ->  Seq Scan on orders o  (cost=0.00..8000.00 rows=20 width=8) (actual time=0.1..800.0 rows=20 loops=1)
         Filter: (state = 4)
         Rows Removed by Filter: 900000
"""


def test_a_plan_shows_a_scan_that_throws_rows_away_and_an_estimate_far_off() -> None:
    titles = [finding.title for finding in found("PERF08", *foreign.lines(PLAN))]
    (node,) = foreign.document(
        [{"Plan": {"Node Type": "Index Scan", "Plan Rows": 5, "Actual Rows": 5, "Actual Loops": 1}}]
    )

    assert titles == [
        "Nested Loop: 10 rows were estimated, 50,000 came.",
        "Seq Scan on orders throws 900,000 rows away to keep 20.",
    ]
    assert states("PERF08", node) == set()


def test_what_workers_of_a_parallel_scan_throw_away_is_counted_together() -> None:
    scan = PLAN.splitlines()[1:]
    parallel = "\n".join(scan).replace("Seq Scan", "Parallel Seq Scan").replace("rows=20 loops=1", "rows=0 loops=3")

    (finding,) = found("PERF08", *foreign.lines(parallel))

    assert finding.title == "Parallel Seq Scan on orders throws 2,700,000 rows away to keep about 0."
    assert finding.evidence[0].observed == "900,000 rows removed by the filter in each of 3 loops"


def test_without_recording_log_or_plan_it_says_how_to_get_them() -> None:
    (finding,) = found("PERF08")

    assert finding.missing == ("a HAR file", "a slow query log")
    assert "log_min_duration_statement" in finding.next_step


def test_a_client_that_holds_requests_back_is_told_from_a_slow_server() -> None:
    (client,) = found("PERF11", har(timed(blocked=9_000, wait=100), timed(blocked=4_000, wait=80)))
    (server,) = found("PERF11", har(timed(blocked=5, wait=4_000)))

    assert (client.state, client.side) == (State.FAIL, "customer_client")
    assert server.state is State.PASS
    assert states("PERF11") == {State.NOT_EVALUATED}


def test_single_calls_with_the_thing_in_the_middle_are_n_plus_1_and_a_version_is_no_thing() -> None:
    lines = [call(url=f"https://a.example.com/v2/orders/{n}/lines", after=n / 10, body="{}") for n in range(12)]
    kinds = [call(url=f"https://a.example.com/v2/{chr(97 + n) * 4}", after=n / 10, body="{}") for n in range(12)]

    (finding,) = found("PERF08", har(*lines))

    assert finding.title.startswith("N+1: 12 single calls for /v2/orders/…/lines on ")
    assert states("PERF08", har(*kinds)) == set()
