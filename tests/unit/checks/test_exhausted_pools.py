"""Pools that a log says are exhausted."""

import pytest
from tests.evidence import found

from sevline.core.finding import Finding, State
from sevline.core.readers.reader import Form, Source, read_all

TIME = "2026-11-24 09:00:00 "


def judged(*lines: str) -> list[Finding]:
    return found("PERF06", *read_all(Form.LINES, Source("a1", "app.log"), list(lines)))


@pytest.mark.parametrize(
    "line",
    [
        "ERROR HikariPool-1 - Connection is not available, request timed out after 30000ms.",
        "FATAL:  sorry, too many clients already",
        "FATAL:  remaining connection slots are reserved for superusers",
        "sqlalchemy.exc.TimeoutError: QueuePool limit of size 5 overflow 10 reached",
        "Error: ER_CON_COUNT_ERROR: Too many connections",
        "WARNING closing because: no more connections allowed (max_client_conn)",
        "ERROR connection pool limit reached",
        "ERROR the connection pool has reached its limit of 20",
    ],
)
def test_a_pool_without_a_free_connection_is_told_with_its_line(line: str) -> None:
    (finding,) = judged(f"{TIME}INFO start", f"{TIME}{line}", f"{TIME}{line}")

    assert finding.state is State.FAIL
    assert "2 times" in finding.title
    assert [cited.locator for cited in finding.evidence] == ["2:1", "3:1"]


def test_a_log_that_only_speaks_of_pools_says_nothing() -> None:
    (finding,) = judged(
        f"{TIME}INFO HikariPool-1 - Start completed.",
        f"{TIME}INFO connection pool size 10",
        f"{TIME}INFO db - connection pool limit: 50, idle 10",
        f"{TIME}LOG kernel file descriptor limit: 1024 (hard: 524288); max_client_conn: 100, max expected fd use: 112",
    )

    assert finding.state is State.NOT_EVALUATED
    assert finding.missing
