from typing import Any

import pytest
from tests.evidence import found, states
from tests.kubernetes import cluster, event, listed, pod

from sevline.core.finding import State
from sevline.core.readers.documents.kubernetes import container_log
from sevline.core.readers.reader import Source

OOM = {"terminated": {"reason": "OOMKilled", "exitCode": 137}}
HEALTHY = cluster(listed("Pod", pod()), listed("Event"), names=("pods/shop.json", "events/shop.json"))
NODES_ONLY = cluster(listed("Node", {"kind": "Node", "metadata": {"name": "n1"}}))


@pytest.mark.parametrize("check_id", ["K8S01", "K8S02", "K8S03", "K8S05"])
def test_a_healthy_pod_passes(check_id: str) -> None:
    assert states(check_id, *HEALTHY) == {State.PASS}


@pytest.mark.parametrize("check_id", ["K8S01", "K8S02", "K8S03", "K8S05", "K8S17"])
def test_without_pods_it_is_said_how_to_get_them(check_id: str) -> None:
    (finding,) = found(check_id, *NODES_ONLY)

    assert finding.state is State.NOT_EVALUATED
    assert "kubectl get pods" in finding.next_step


def test_a_container_killed_for_memory_is_named_with_its_limit() -> None:
    limited = {"resources": {"limits": {"memory": "128Mi"}}}

    (finding,) = found("K8S01", *cluster(listed("Pod", pod(last=OOM, restarts=5, spec=limited))))

    assert finding.state is State.FAIL
    assert "limit 128Mi" in finding.title
    assert [one.locator for one in finding.evidence] == [
        "/items/0/status/containerStatuses/0/lastState/terminated/reason",
        "/items/0/spec/containers/0/resources/limits/memory",
    ]


def test_a_kill_that_is_not_marked_as_out_of_memory_is_only_a_hint() -> None:
    killed = {"terminated": {"reason": "Error", "exitCode": 137}}

    assert states("K8S01", *cluster(listed("Pod", pod(last=killed)))) == {State.WARN}


def test_a_crash_loop_tells_exit_code_and_last_log_line() -> None:
    waiting = {"waiting": {"reason": "CrashLoopBackOff"}}
    last = {"terminated": {"exitCode": 127}}
    log = container_log(
        Source("a9", "support-bundle/cluster-resources/pods/logs/shop/web-1/app-previous.log"),
        ["starting", "sh: serve: not found", ""],
    )

    (finding,) = found("K8S02", *cluster(listed("Pod", pod(state=waiting, last=last, restarts=9, ready=False))), *log)

    assert finding.state is State.FAIL
    assert "9 restarts, exit code 127: the command was not found" in finding.title
    assert (finding.evidence[-1].artifact, finding.evidence[-1].locator) == ("a9", "2:1")
    assert finding.evidence[-1].observed == "sh: serve: not found"


@pytest.mark.parametrize(
    ("last_lines", "meaning"),
    [
        (
            ["panic: no route", "goroutine 1 [running]:", "main.main()", "\t/src/main.go:39 +0xec"],
            "a panic of the program",
        ),
        (["usage: serve [--port N]"], "called wrongly, or stopped itself"),
    ],
)
def test_exit_code_2_is_a_panic_where_the_log_ends_in_one(last_lines: list[str], meaning: str) -> None:
    waiting = {"waiting": {"reason": "CrashLoopBackOff"}}
    place = "support-bundle/cluster-resources/pods/logs/shop/web-1/app-previous.log"
    log = container_log(Source("a9", place), last_lines)
    broken = pod(state=waiting, last={"terminated": {"exitCode": 2}}, restarts=9, ready=False)

    (finding,) = found("K8S02", *cluster(listed("Pod", broken)), *log)

    assert meaning in finding.title


def test_many_restarts_that_ended_well_are_no_crash_loop() -> None:
    done = {"terminated": {"exitCode": 0, "reason": "Completed"}}

    assert states("K8S02", *cluster(listed("Pod", pod(last=done, restarts=12)))) == {State.PASS}


@pytest.mark.parametrize(
    ("message", "why"),
    [
        ('rpc error: pull access denied for shop/web, repository does not exist or may require "docker login"', "asks for a sign-in"),  # noqa: E501
        ("failed to pull: unexpected status: 401 Unauthorized", "refuses the credentials"),
        ("manifest for shop/web:1.5 not found: manifest unknown", "no image has that name and tag"),
        ("toomanyrequests: You have reached your pull rate limit", "limits the number of pulls"),
        ("dial tcp: lookup registry.example on 10.0.0.10:53: no such host", "cannot reach the registry"),
        ("x509: certificate signed by unknown authority", "a certificate that the node does not accept"),
        ('Get "https://r.example/v2/": x509: certificate is not valid for any names', "a certificate that the node"),
        ("net/http: TLS handshake timeout", "cannot reach the registry"),
        ("something else", "the reason is not told"),
    ],
)  # fmt: skip
def test_why_an_image_is_not_pulled_is_told_apart(message: str, why: str) -> None:
    waiting = {"waiting": {"reason": "ImagePullBackOff", "message": "Back-off pulling image"}}
    events = listed("Event", event("Failed", f"Failed to pull image: {message}"))

    (finding,) = found("K8S03", *cluster(listed("Pod", pod(state=waiting, ready=False)), events))

    assert finding.state is State.FAIL
    assert why in finding.title


def test_events_alone_show_a_pull_that_failed() -> None:
    failed = event("Failed", "Failed to pull image shop/web:9: not found")

    (finding,) = found("K8S03", *cluster(listed("Event", failed, failed)))

    assert finding.title.startswith("The image of pod web-1 cannot be pulled: no image has that name")
    assert finding.evidence[0].locator == "/items/1/message" or finding.evidence[0].locator == "/items/0/message"


def test_a_probe_that_fails_is_cited_from_its_event() -> None:
    unhealthy = event("Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503", count=40)

    (finding,) = found("K8S05", *cluster(listed("Pod", pod(ready=False)), listed("Event", unhealthy)))

    assert finding.title == "Readiness probe of container app of Pod shop/web-1 failed with HTTP 503, 40 times."


def test_a_start_slower_than_its_liveness_probe_is_told_from_a_failure_later() -> None:
    probe = {"livenessProbe": {"initialDelaySeconds": 5, "periodSeconds": 10, "failureThreshold": 3}}
    unhealthy = listed("Event", event("Unhealthy", "Liveness probe failed: connection refused", count=3))

    def ended(at: str) -> dict[str, Any]:
        return {"terminated": {"exitCode": 143, "startedAt": "2026-03-02T09:00:00Z", "finishedAt": at}}

    slow = found("K8S05", *cluster(listed("Pod", pod(last=ended("2026-03-02T09:00:41Z"), spec=probe)), unhealthy))
    late = found("K8S05", *cluster(listed("Pod", pod(last=ended("2026-03-02T12:00:00Z"), spec=probe)), unhealthy))

    assert slow[0].title.startswith("Slow start: the liveness probe ends container app of Pod shop/web-1 41 s after")
    assert late[0].title.startswith("Liveness probe of container app")


def test_pods_without_their_events_leave_the_probes_open() -> None:
    assert states("K8S05", *cluster(listed("Pod", pod()))) == {State.NOT_EVALUATED}


def test_an_init_container_that_fails_holds_the_others_back() -> None:
    init = {"state": {"waiting": {"reason": "CrashLoopBackOff"}}, "lastState": {"terminated": {"exitCode": 1}}}

    (finding,) = found("K8S17", *cluster(listed("Pod", pod(init=init, ready=False))))

    assert finding.title == (
        "Init container setup of Pod shop/web-1: CrashLoopBackOff, exit code 1; app cannot start before it."
    )


def test_an_init_container_that_hangs_is_found_by_the_times_of_the_others() -> None:
    hanging = {"state": {"running": {"startedAt": "2026-03-02T09:00:00Z"}}}
    later = pod("web-2", state={"running": {"startedAt": "2026-03-02T11:00:00Z"}})

    (finding,) = found("K8S17", *cluster(listed("Pod", pod(init=hanging, ready=False), later)))

    assert "does not end" in finding.title


def test_an_init_container_that_ended_well_passes() -> None:
    done = {"state": {"terminated": {"exitCode": 0, "reason": "Completed"}}}

    assert states("K8S17", *cluster(listed("Pod", pod(init=done)))) == {State.PASS}


def test_a_container_that_is_up_again_is_only_warned_about() -> None:
    unseen = {"terminated": {"exitCode": 255, "reason": "Unknown"}}

    (finding,) = found("K8S02", *cluster(listed("Pod", pod(last=unseen, restarts=96))))

    assert finding.state is State.WARN
    assert "the node or its container runtime was restarted" in finding.title


def test_an_event_of_a_pod_that_is_not_in_the_list_is_told_beside_healthy_pods() -> None:
    failed = event("Failed", "Failed to pull image other/api:9: not found", about="other-1")

    (finding,) = found("K8S03", *cluster(listed("Pod", pod()), listed("Event", failed)))

    assert finding.state is State.FAIL
    assert "pod other-1" in finding.title


def test_containers_that_went_down_with_their_node_are_one_finding_and_no_fault_of_each() -> None:
    unseen = {"terminated": {"exitCode": 255, "reason": "Unknown"}}
    crashed = {"terminated": {"exitCode": 1, "reason": "Error"}}
    pods = [pod(f"web-{number}", last=unseen, restarts=96) for number in range(3)]

    together, alone = found("K8S02", *cluster(listed("Pod", *pods, pod("api-1", last=crashed, restarts=9))))

    assert together.state is State.WARN
    assert together.title.startswith("3 containers are up now, and how each ended before was not seen (exit code 255)")
    assert "app of web-0 (96 restarts), app of web-1 (96 restarts)" in together.title
    assert len(together.evidence) == 3
    assert "api-1" in alone.title
