"""Whether a probe that failed has an effect, as an expert tells it from the events and the pod."""

from typing import Any

import pytest
from tests.evidence import found
from tests.kubernetes import cluster, event, listed, pod

from sevline.core.finding import State
from sevline.core.readers.documents.connection_text import connection_text
from sevline.core.readers.reader import Source

REFUSED = "Readiness probe failed: dial tcp 10.2.0.4:8080: connect: connection refused"
KILLED = event("Killing", "Container app failed liveness probe, will be restarted")
TABLE = (
    "NAMESPACE   LAST SEEN   TYPE      REASON      OBJECT          MESSAGE\n"
    f"shop        52s         Warning   Unhealthy   pod/web-6e-1    {REFUSED}\n"
)


def test_a_probe_that_failed_once_while_its_container_started_is_only_a_hint() -> None:
    (finding,) = found("K8S05", *cluster(listed("Pod", pod()), listed("Event", event("Unhealthy", REFUSED))))

    assert finding.state is State.WARN
    assert "1 time; 3 in a row have an effect" in finding.title


def test_a_probes_own_setting_says_how_many_failures_have_an_effect() -> None:
    spec = {"readinessProbe": {"failureThreshold": 1}}

    (finding,) = found("K8S05", *cluster(listed("Pod", pod(spec=spec)), listed("Event", event("Unhealthy", REFUSED))))

    assert finding.state is State.FAIL


STARTUP = event("Unhealthy", "Startup probe failed: dial tcp 10.2.0.4:8080: connect: connection refused", count=9)


def test_a_startup_probe_that_failed_until_the_container_was_up_is_no_fault() -> None:
    (finding,) = found("K8S05", *cluster(listed("Pod", pod()), listed("Event", STARTUP)))

    assert finding.state is State.INFO
    assert "failed while it started, and it is ready now" in finding.title


def test_a_startup_probe_of_what_is_not_up_stays_a_fault() -> None:
    (finding,) = found("K8S05", *cluster(listed("Event", STARTUP)))

    assert finding.state is State.FAIL


@pytest.mark.parametrize(
    "told",
    [
        [event("Unhealthy", REFUSED, count=3)],
        [event("Unhealthy", "Liveness probe failed: HTTP probe failed with statuscode: 500"), KILLED],
    ],
)
def test_a_probe_that_has_an_effect_fails(told: list[dict[str, Any]]) -> None:
    (finding,) = found("K8S05", *cluster(listed("Event", *told)))

    assert finding.state is State.FAIL


def test_what_a_probe_meets_on_its_own_node_says_nothing_of_the_network() -> None:
    read = list(connection_text(Source("a1", "events.txt"), TABLE.splitlines()))

    assert not read
