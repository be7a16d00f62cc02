import random
from datetime import datetime, timedelta

import pytest
from tests import foreign
from tests.evidence import START, call, found, har, states
from tests.generators.timings import requests

from sevline.core.finding import Confidence, Given, Side, State
from sevline.core.readers.changes_around import ChangeList
from sevline.core.readers.latencies import Latencies, latencies_of
from sevline.core.readers.reader import Form, Source, read_all

HEAD = "timestamp,duration_ms,endpoint,tenant_id,status_code"


def log(*rows: tuple[float, float, str, str, int]) -> list[Given]:
    """Rows as (seconds after START, milliseconds, endpoint, tenant, status)."""
    told = [f"{moment(at)},{took},{endpoint},{tenant},{status}" for at, took, endpoint, tenant, status in rows]
    return foreign.text(foreign.table(HEAD, *told), name="requests.csv")


def moment(at: float) -> str:
    return (START + timedelta(seconds=at)).isoformat()


def steady(
    count: int = 300, *, took: float = 100.0, begin: float = 0.0, seed: int = 3
) -> list[tuple[float, float, str, str, int]]:
    rng = random.Random(seed)
    return [(begin + n, took * rng.uniform(0.8, 1.2), f"/v1/{'ab'[n % 2]}", f"t{n % 9}", 200) for n in range(count)]


QUIET = log(*steady())
EVERY = ("PERF03", "PERF05", "PERF06", "PERF07", "PERF10")


def test_steady_traffic_gives_no_failure_and_no_warning() -> None:
    seen = {finding.state for check_id in (*EVERY, "PERF04") for finding in found(check_id, *QUIET)}

    assert seen <= {State.PASS, State.INFO}


def test_without_durations_each_check_asks_for_them() -> None:
    for check_id in (*EVERY, "PERF04"):
        (finding,) = found(check_id)
        assert finding.missing == ("requests with their durations",)
        assert "$request_time" in finding.next_step


def test_durations_that_pile_up_at_30_s_are_a_timeout() -> None:
    (finding,) = found(
        "PERF03", *log(*steady(), *((400.0 + n, 30_000.0 + n * 20, "/v1/a", "t1", 504) for n in range(12)))
    )

    assert finding.state is State.FAIL
    assert finding.title.startswith("12 of 312 requests took 30 s (± 0.5 s), none a little less or more: the")


def test_a_file_without_statuses_is_shown_with_none() -> None:
    rows = [f"{moment(n)},{took},/v1/a" for n, took in enumerate([100] * 200 + [30_000] * 12)]

    (finding,) = found(
        "PERF03", *foreign.text(foreign.table("timestamp,duration_ms,endpoint", *rows), name="requests.csv")
    )

    assert finding.evidence[0].observed == "30000 ms"


def test_requests_that_waited_as_long_and_succeeded_are_a_hint_at_most() -> None:
    (finding,) = found(
        "PERF03", *log(*steady(), *((400.0 + n, 30_000.0 + n, "/v1/events", "t1", 200) for n in range(40)))
    )

    assert (finding.state, finding.confidence, finding.side) == (State.WARN, Confidence.HINT, Side.UNKNOWN)
    assert "long poll" in finding.title


def test_a_long_tail_is_no_timeout() -> None:
    assert (
        states("PERF03", *log(*steady(), *((400.0 + n, 24_000.0 + n * 400, "/v1/a", "t1", 200) for n in range(30))))
        == set()
    )


@pytest.mark.requirement("R-057")
def test_p95_of_1_2_s_and_4_9_s_over_20_000_requests_compares_as_4_08x() -> None:
    before = foreign.text(requests(20_000, p95=1_200.0), name="before.csv")
    after = foreign.text(requests(20_000, p95=4_900.0, seed=2, begin=100_000), name="after.csv")
    reports = foreign.text(requests(20_000, p95=1_200.0, slow_endpoint="/v1/reports", factor=8.0, begin=100_000))

    (finding,) = found("PERF04", *before, *after)
    (one,) = found("PERF04", *before, *reports)

    assert finding.state is State.FAIL
    assert "p95 1.2 s → 4.9 s (4.0" in finding.title
    assert "(4.08x)" in exact(before, after)
    assert "n = 20,000 and 20,000" in finding.title
    assert "The endpoint that suffered most is /v1/reports" in one.title


def exact(before: list[Given], after: list[Given]) -> str:
    """The same windows with percentiles that are exactly 1.2 s and 4.9 s."""
    scaled = []
    for evidence, p95 in ((before, 1_200.0), (after, 4_900.0)):
        import numpy as np

        one = foreign.only(Latencies, evidence)
        took = one.took * (p95 / float(np.percentile(one.took, 95)))
        scaled.append(Latencies(one.artifact, one.name, one.at, took, one.status, one.dimensions, one.locators))
    return found("PERF04", *scaled)[0].title


@pytest.mark.requirement("R-057")
def test_a_window_of_99_requests_says_that_it_has_too_few() -> None:
    (finding,) = found("PERF04", *log(*steady(99)), *log(*steady(300, begin=5_000)))

    assert finding.state is State.NOT_EVALUATED
    assert "99 requests are too few (n < 100)" in finding.next_step


def test_equal_windows_pass_and_show_n() -> None:
    (finding,) = found("PERF04", *log(*steady(400)), *log(*steady(400, begin=9_000, seed=8)))

    assert finding.state is State.PASS
    assert "n = 400 and 400" in finding.title


def test_within_one_log_the_moment_of_the_shift_is_found() -> None:
    (finding,) = found("PERF04", *log(*steady(300), *steady(300, took=400.0, begin=300.0)))

    assert finding.state is State.WARN
    assert finding.title.startswith("Latency shifts at 2026-03-02T09:0")
    found_at = datetime.fromisoformat(finding.title.split(" ")[3].rstrip(":"))
    assert abs((found_at - START).total_seconds() - 300) <= 5


def test_one_tenant_that_makes_up_the_slow_tail_is_named() -> None:
    rows = steady(400)
    heavy = [
        (at, took * (30 if tenant == "t4" else 1), path, tenant, status) for at, took, path, tenant, status in rows
    ]

    (finding,) = found("PERF05", *log(*heavy))

    assert finding.title.startswith("The tenant t4 makes up 100% of the slowest 5 % and 11% of all requests")


@pytest.mark.parametrize(("slow", "state"), [(300.0, State.INFO), (900.0, State.WARN)])
def test_who_makes_up_a_tail_that_nobody_notices_is_only_noted(slow: float, state: State) -> None:
    rows = [(float(n), 30.0 + n % 5, "/v1/a", f"t{n % 9}", 200) for n in range(600)]
    tail = [(float(n) + 0.5, slow + n % 5, "/v1/report", f"t{n % 7}", 200) for n in range(0, 600, 15)]

    (finding,) = found("PERF05", *log(*rows, *tail))

    assert finding.state is state
    assert finding.title.startswith("The endpoint /v1/report makes up 100% of the slowest 5 %")


def test_latency_that_grows_with_concurrency_is_a_queue() -> None:
    waves = [(wave * 100 + n * 0.01, 100.0 * (n + 1), "/v1/a", "t1", 200) for wave in range(10) for n in range(40)]

    (finding,) = found("PERF06", *log(*waves))

    assert finding.state is State.WARN
    assert finding.confidence == "hint"


def test_an_exhausted_pool_is_named_from_the_body() -> None:
    body = '{"error": "HikariPool-1 - Connection is not available, request timed out after 30000ms"}'

    titles = [finding.title for finding in found("PERF06", *QUIET, har(call(500, body=body)))]

    assert "its body speaks of an exhausted pool" in titles[0]


def test_a_limit_before_the_slowness_is_told() -> None:
    limited = [
        *steady(200),
        *((200 + n, 90.0, "/v1/a", "t1", 429) for n in range(5)),
        *steady(200, took=900.0, begin=210.0),
    ]

    assert states("PERF07", *log(*limited)) == {State.WARN}
    assert states("PERF07", *log(*steady(200), (300, 90.0, "/v1/a", "t1", 429))) == {State.INFO}


def test_retries_that_multiply_the_load_are_counted() -> None:
    storm = [call(503, after=n * 2.0) for n in range(12)]

    (finding,) = found("PERF09", har(*storm))

    assert finding.state is State.WARN
    assert "1 call became 12 requests: retries multiply the load by 12.00" in finding.title
    assert states("PERF09", har(*(call(200, after=n) for n in range(12)))) == {State.PASS}
    assert states("PERF09") == {State.NOT_EVALUATED}


def test_the_first_request_after_each_pause_is_a_cold_start() -> None:
    bursts = [
        (burst * 1_000 + n, 4_000.0 if n == 0 else 100.0, "/v1/a", "t1", 200) for burst in range(5) for n in range(10)
    ]

    (finding,) = found("PERF10", *log(*bursts))

    assert finding.state is State.WARN
    assert finding.title.startswith("After 5 of 5 pauses the first request is slow (4.0 s, later ones 0.1 s)")


def test_calls_of_a_recording_become_durations_by_route() -> None:
    recording = har(
        call(url="https://api.example.com/v1/orders/12345"), call(url="https://api.example.com/v1/orders/67890")
    )

    durations = latencies_of(recording)

    assert durations is not None
    assert set(durations.dimensions["endpoint"]) == {"GET /v1/orders/{id}"}
    assert durations.locators[0] == "/log/entries/0/time"


def test_requests_that_time_out_are_told_by_what_they_have_in_common() -> None:
    late = [(400.0 + n, 30_000.0 + n * 20, "/v1/report", "t7", 504) for n in range(12)]
    mixed = [(400.0 + n, 30_000.0 + n * 20, f"/v1/{'ab'[n % 2]}", f"t{n % 9}", 504) for n in range(12)]

    (one,) = found("PERF03", *log(*steady(), *late))
    (other,) = found("PERF03", *log(*steady(), *mixed))

    assert one.title.endswith(f"They are of endpoint /v1/report and tenant t7, the first at {moment(400)[:-6]}Z.")
    assert other.title.endswith("a timeout of 30 s.")


def test_an_endpoint_of_a_third_of_all_that_makes_nearly_all_of_the_slow_ones_is_named_by_its_slowest() -> None:
    rows = [(float(n), 100.0 + n % 7, f"/v1/{'abc'[n % 3]}", f"t{n % 9}", 200) for n in range(900)]
    slow = [(900.0 + n, 9_000.0 + n, "/v1/a", f"t{n % 9}", 200) for n in range(60)]

    (finding,) = found("PERF05", *log(*rows, *slow))

    assert finding.title.startswith("The endpoint /v1/a makes up 100% of the slowest 5 %")
    assert finding.evidence[0].observed == "9059 ms"


SLOWER = (*steady(300), *steady(300, took=400.0, begin=300.0))


def deploys(*after: float) -> list[Given]:
    rows = ["deployed_at,release,type", *(f"{moment(at)},r{number},deploy" for number, at in enumerate(after))]
    return [one for one in read_all(Form.LINES, Source("a3", "deploys.csv"), rows) if isinstance(one, ChangeList)]


def test_a_change_shortly_before_durations_rose_is_named() -> None:
    (finding,) = found("OBS10", *log(*SLOWER), *deploys(-100 * 3600, 180))

    assert finding.state is State.WARN
    assert "deploy r1 2 min before durations rose at 2026-03-02T09:0" in finding.title
    assert "Correlated, not proven." in finding.title


def test_without_a_change_near_the_rise_none_is_named_and_without_a_rise_no_onset_is_known() -> None:
    assert states("OBS10", *log(*SLOWER), *deploys(-100 * 3600, -50 * 3600)) == {State.PASS}
    assert states("OBS10", *QUIET, *deploys(-100 * 3600, 180)) == {State.NOT_EVALUATED}


def test_a_rise_without_a_list_of_changes_asks_for_one() -> None:
    (finding,) = found("OBS10", *log(*SLOWER))

    assert (finding.state, finding.missing) == (State.NOT_EVALUATED, (ChangeList.what,))


@pytest.mark.parametrize("rows", [steady(1), steady(150), [(0.0, 0.0, "/", "t", 200)] * 300])
def test_durations_that_tell_no_rise_name_no_change(rows: list[tuple[float, float, str, str, int]]) -> None:
    assert State.WARN not in states("OBS10", *log(*rows), *deploys(-100 * 3600, 0))
