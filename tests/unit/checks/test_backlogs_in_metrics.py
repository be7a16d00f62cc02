"""Backlogs in metrics: those that grow without end, and those that are worked off or return each day."""

import pytest
from tests.evidence import found
from tests.unit.checks.test_metrics import metrics

from sevline.core.finding import State
from sevline.core.readers.metrics import Tells

CALM = [float(10 + at * 7 % 40) for at in range(60)]
RISING = [40.0 + 900.0 * at for at in range(1, 61)]
NAMES = [
    "kafka_consumergroup_lag",
    "kafka_consumergroup_lag_sum",
    "records_lag_max",
    "rabbitmq_queue_messages_ready",
    "aws_sqs_approximate_number_of_messages_visible_average",
    "sidekiq_queue_backlog",
    "celery_queue_length",
    "bullmq_jobs_waiting",
    "pubsub_num_undelivered_messages",
    "nats_consumer_num_pending_messages",
]
HEALTHY = {
    "nothing waits": CALM * 2,
    "worked off": [*CALM, *RISING[:40], *reversed(RISING[:20])],
    "a wave": [1000.0 + 900.0 * (at % 20) for at in range(120)],
    "long and level": [250_000.0 + at * 13 % 900 for at in range(120)],
    "few": [float(at % 4) for at in range(60)] + [float(at) for at in range(60)],
    "worked off from the first value on": [60_000.0 - 400 * at for at in range(120)],
}


@pytest.mark.parametrize("name", NAMES)
def test_a_backlog_that_grows_without_end_is_told_with_its_beginning(name: str) -> None:
    (finding,) = found("OBS09", metrics(({"__name__": name, "group": "g"}, [*CALM, *RISING])))

    assert finding.state is State.WARN
    assert "the backlog grows from" in finding.title
    assert "to 54,040 since 2026-" in finding.title


def test_a_backlog_that_grows_from_the_first_value_on_is_told() -> None:
    (finding,) = found("OBS09", metrics(({"__name__": "kafka_consumergroup_lag"}, RISING)))

    assert "grows from 940 to 54,040" in finding.title


@pytest.mark.parametrize("kind", HEALTHY)
def test_a_backlog_that_does_not_grow_without_end_is_no_fault(kind: str) -> None:
    given = metrics(({"__name__": "kafka_consumergroup_lag"}, HEALTHY[kind]))

    assert {finding.state for finding in found("OBS09", given)} <= {State.PASS, State.NOT_EVALUATED}


def test_a_backlog_of_each_night_is_no_fault() -> None:
    night = [*CALM * 23, *RISING]
    given = metrics(({"__name__": "kafka_consumergroup_lag"}, night * 2))

    assert {finding.state for finding in found("OBS09", given)} <= {State.PASS, State.NOT_EVALUATED}


@pytest.mark.parametrize(
    "name", ["http_requests_total", "flag_evaluations", "jetlag_index", "message_size", "lagoon_level"]
)
def test_other_series_are_no_backlogs(name: str) -> None:
    assert metrics(({"__name__": name}, CALM)).series[0].tells is not Tells.BACKLOG
