"""Events of objects that nobody attached: what they tell is told, once, and no longer when a later event ends it."""

from typing import Any

import pytest
from tests.evidence import found, states
from tests.kubernetes import cluster, event, listed, pod

from sevline.core.finding import State
from sevline.core.readers.documents.kubectl_text import kubectl_text
from sevline.core.readers.reader import Source

NOT_FOUND = 'MountVolume.SetUp failed for volume "cfg" : configmap "app-cfg" not found'
TOLD = [
    ("K8S01", "Node", "n1", "OOMKilling", "Memory cgroup out of memory: Killed process 42 (java)", "ran out of memory"),
    ("K8S02", "Pod", "k", "BackOff", "Back-off restarting failed container app in pod k_shop(1)",
     "Container app of pod shop/k is in a crash loop"),
    ("K8S08", "PersistentVolumeClaim", "c", "ProvisioningFailed", 'storageclass.storage.k8s.io "fast" not found',
     "is not bound: there is no storage class fast"),
    ("K8S10", "HorizontalPodAutoscaler", "h", "FailedGetScale", 'deployments.apps "web" not found', "has no target"),
    ("K8S11", "Pod", "cfg-1", "FailedMount", NOT_FOUND, "configmap app-cfg does not exist"),
    ("K8S11", "Pod", "sec-1", "Failed", 'Error: secret "db-pass" not found', "secret db-pass does not exist"),
    ("K8S11", "Pod", "key-1", "Failed", "Error: couldn't find key PASSWORD in Secret shop/db", "no key PASSWORD"),
    ("K8S12", "Node", "n1", "NodeNotReady", "Node n1 status is now: NodeNotReady", "Node n1 is not ready"),
    ("K8S16", "Job", "j", "BackoffLimitExceeded", "Job has reached the specified backoff limit", "gave up"),
    ("K8S16", "ReplicaSet", "r", "FailedCreate", 'Error creating: serviceaccount "x" not found', "cannot create"),
]  # fmt: skip


def of(kind: str, name: str, reason: str, message: str) -> dict[str, Any]:
    return event(reason, message, name, kind=kind)


@pytest.mark.parametrize(("check_id", "kind", "name", "reason", "message", "says"), TOLD)
def test_what_an_event_alone_tells_is_told_at_its_message(
    check_id: str, kind: str, name: str, reason: str, message: str, says: str
) -> None:
    (finding,) = found(check_id, *cluster(listed("Event", of(kind, name, reason, message))))

    assert finding.state is State.FAIL
    assert says in finding.title
    assert finding.evidence[0].locator.endswith("/message")


@pytest.mark.parametrize(
    ("check_id", "kind", "name", "reason", "message", "over"),
    [
        ("K8S12", "Node", "n1", "NodeNotReady", "now: NodeNotReady", "NodeReady"),
        ("K8S08", "PersistentVolumeClaim", "c", "ProvisioningFailed", "timeout", "ProvisioningSucceeded"),
        ("K8S11", "Pod", "cfg-1", "FailedMount", NOT_FOUND, "Started"),
    ],
)
def test_what_a_later_event_ends_is_not_told(
    check_id: str, kind: str, name: str, reason: str, message: str, over: str
) -> None:
    given = cluster(listed("Event", of(kind, name, reason, message), of(kind, name, over, "well")))

    assert states(check_id, *given) == {State.NOT_EVALUATED}


def test_metrics_that_lack_for_a_moment_are_warned_of() -> None:
    lacks = of("HorizontalPodAutoscaler", "h", "FailedGetResourceMetric", "no metrics returned")

    assert states("K8S10", *cluster(listed("Event", lacks))) == {State.WARN}


def test_a_claim_that_waits_for_its_first_pod_and_an_image_that_is_pulled_again_are_no_such_fault() -> None:
    waits = of("PersistentVolumeClaim", "c", "WaitForFirstConsumer", "waiting for first consumer to be created")
    pulls = of("Pod", "p", "BackOff", 'Back-off pulling image "registry.example/web:1"')

    assert states("K8S08", *cluster(listed("Event", waits))) == {State.NOT_EVALUATED}
    assert states("K8S02", *cluster(listed("Event", pulls))) == {State.NOT_EVALUATED}


def test_a_pod_that_the_lists_hold_is_judged_by_its_own_status() -> None:
    given = cluster(listed("Pod", pod()), listed("Event", of("Pod", "web-1", "BackOff", "Back-off restarting failed")))

    assert State.FAIL not in states("K8S02", *given)


def test_the_table_that_kubectl_prints_tells_the_same() -> None:
    rows = [("LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE")]
    rows += [("1m", "Warning", reason, f"{kind.lower()}/{name}", said) for _, kind, name, reason, said, _ in TOLD]
    widths = [max(len(row[at]) for row in rows) + 3 for at in range(5)]
    lines = ["".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]

    given = tuple(kubectl_text(Source("a1", "events.txt"), lines))

    assert [check_id for check_id, *_ in TOLD if State.FAIL not in states(check_id, *given)] == []


def test_a_claim_that_is_not_bound_counts_no_nodes() -> None:
    said = "0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims. preemption: 0/1 nodes"

    (finding,) = found("K8S04", *cluster(listed("Event", of("Pod", "p", "FailedScheduling", said))))

    assert finding.title == "Pod shop/p finds no node: a volume claim that is not bound."
