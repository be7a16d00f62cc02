import pytest
from tests.evidence import found, states
from tests.kubernetes import cluster, event, listed, named, pod

from sevline.core.checks.kubernetes_placement import why_not
from sevline.core.finding import State


def unplaced(message: str) -> dict[str, object]:
    conditions = [{"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": message}]
    return pod(ready=False, more={"conditions": conditions})


def node(name: str = "n1", **conditions: str) -> dict[str, object]:
    told = [{"type": kind, "status": status, "message": "told"} for kind, status in conditions.items()]
    return named(name, "", status={"conditions": told})


QUOTA = {"hard": {"pods": "10", "requests.cpu": "4"}, "used": {"pods": "3", "requests.cpu": "500m"}}


@pytest.mark.parametrize(
    ("message", "reasons"),
    [
        ("0/3 nodes are available: 3 Insufficient cpu.", {"too little free CPU": 3}),
        (
            "0/5 nodes are available: 1 node(s) had untolerated taint {a/b: }, 4 Insufficient memory. preemption: 0/5.",
            {"too little free memory": 4, "a taint that is not tolerated": 1},
        ),
        ("0/2 nodes are available: 2 Insufficient nvidia.com/gpu.", {"too few free GPUs": 2}),
        ("0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector.", {"a node selector or affinity": 2}),  # noqa: E501
        ("0/2 nodes are available: 2 node(s) had volume node affinity conflict.", {"a volume that is bound to another zone or node": 2}),  # noqa: E501
        ("0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules.", {"an anti-affinity rule": 3}),
        ("pod has unbound immediate PersistentVolumeClaims", {"a volume claim that is not bound": 0}),
    ],
)  # fmt: skip
def test_the_schedulers_reasons_are_counted_apart(message: str, reasons: dict[str, int]) -> None:
    assert why_not(message) == reasons


def test_a_pod_that_finds_no_node_is_told_with_the_reasons() -> None:
    (finding,) = found("K8S04", *cluster(listed("Pod", unplaced("0/3 nodes are available: 3 Insufficient cpu."))))

    assert finding.title == "Pod shop/web-1 finds no node: too little free CPU (3 nodes)."
    assert finding.evidence[0].locator == "/items/0/status/conditions/0/message"


def test_placed_pods_pass_and_no_pods_leave_it_open() -> None:
    assert states("K8S04", *cluster(listed("Pod", pod()))) == {State.PASS}
    assert states("K8S04", *cluster(listed("Node", node()))) == {State.NOT_EVALUATED}


def test_a_node_that_is_silent_pressed_or_cordoned_is_named_with_its_pods() -> None:
    silent = node("n1", Ready="Unknown", DiskPressure="True")
    cordoned = {**node("n2", Ready="True"), "spec": {"unschedulable": True}}

    findings = found("K8S12", *cluster(listed("Node", silent, cordoned), listed("Pod", pod())))

    assert [(one.state, one.title) for one in findings] == [
        (State.FAIL, "Node n1 is not ready: it has stopped reporting; 1 of the pods given run on it."),
        (State.FAIL, "Node n1 reports DiskPressure; 1 of the pods given run on it."),
        (State.WARN, "Node n2 is cordoned: it takes no new pods."),
    ]


def test_ready_nodes_pass_and_pods_alone_leave_it_open() -> None:
    assert states("K8S12", *cluster(listed("Node", node(Ready="True", MemoryPressure="False")))) == {State.PASS}
    assert states("K8S12", *cluster(listed("Pod", pod()))) == {State.NOT_EVALUATED}


def test_an_evicted_pod_is_told_with_the_resource() -> None:
    gone = {"phase": "Failed", "reason": "Evicted", "message": "The node was low on resource: memory. Container app …"}

    (finding,) = found("K8S13", *cluster(listed("Pod", pod(more=gone))))

    assert finding.title == "Pod shop/web-1 was evicted for memory."


def test_an_eviction_for_local_storage_is_found_in_the_events() -> None:
    said = "Pod ephemeral local storage usage exceeds the total limit of containers 1Gi."

    (finding,) = found("K8S13", *cluster(listed("Event", event("Evicted", said))))

    assert finding.title == "Pod web-1 was evicted for local storage (ephemeral-storage)."


def test_pods_that_stayed_pass_and_nodes_alone_leave_evictions_open() -> None:
    assert states("K8S13", *cluster(listed("Pod", pod()))) == {State.PASS}
    assert states("K8S13", *cluster(listed("Node", node()))) == {State.NOT_EVALUATED}


def test_a_quota_that_is_used_up_fails_and_one_nearly_used_up_warns() -> None:
    full = named("team", status={"hard": {"pods": "10", "memory": "1Gi"}, "used": {"pods": "10", "memory": "1000Mi"}})

    findings = found("K8S14", *cluster(listed("ResourceQuota", full)))

    assert [(one.state, one.title) for one in findings] == [
        (State.FAIL, "ResourceQuota shop/team: 10 of 10 pods in use."),
        (State.WARN, "ResourceQuota shop/team: 1000Mi of 1Gi memory in use."),
    ]


def test_what_a_quota_refused_is_cited() -> None:
    refusal = event("FailedCreate", "pods is forbidden: exceeded quota: team, requested: pods=1", kind="ReplicaSet")

    (finding,) = found("K8S14", *cluster(listed("Event", refusal)))

    assert finding.state is State.FAIL


def test_quotas_with_room_pass_and_no_quotas_leave_it_open() -> None:
    assert states("K8S14", *cluster(listed("ResourceQuota", named("team", status=QUOTA)))) == {State.PASS}
    assert states("K8S14", *cluster(listed("Pod", pod()))) == {State.NOT_EVALUATED}


UNSCHEDULED = ("FailedScheduling", "0/3 nodes are available: 3 Insufficient cpu. preemption: 0/3 nodes are available.")


def test_events_alone_tell_of_a_pod_that_finds_no_node() -> None:
    (finding,) = found("K8S04", *cluster(listed("Event", event(*UNSCHEDULED))))

    assert finding.state is State.FAIL
    assert finding.title == "Pod shop/web-1 finds no node: too little free CPU (3 nodes)."
    assert finding.evidence[0].locator.endswith("/message")


def test_a_pod_that_was_placed_afterwards_is_not_told() -> None:
    events = [event(*UNSCHEDULED), event("Scheduled", "Successfully assigned shop/web-1 to n1")]

    assert states("K8S04", *cluster(listed("Event", *events))) == {State.NOT_EVALUATED}


def test_a_pod_that_is_being_deleted_needs_no_node() -> None:
    deleted = listed("Event", event("FailedScheduling", "skip schedule deleting pod: shop/web-1"))

    assert State.FAIL not in states("K8S04", *cluster(deleted))
