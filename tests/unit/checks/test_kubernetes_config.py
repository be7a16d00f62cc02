import base64
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from tests.evidence import found, key_pair, states
from tests.kubernetes import cluster, event, listed, named, pod

from sevline.core.finding import State


def claim(phase: str, storage: str = "fast") -> dict[str, Any]:
    return named("data", spec={"storageClassName": storage}, status={"phase": phase})


def tls(name: str) -> dict[str, Any]:
    pem = key_pair(name)[1].public_bytes(Encoding.PEM)
    return named("web-tls", type="kubernetes.io/tls", data={"tls.crt": base64.b64encode(pem).decode()})


def scaler(*conditions: dict[str, Any]) -> dict[str, Any]:
    target = {"kind": "Deployment", "name": "web"}
    return named("web", spec={"scaleTargetRef": target, "maxReplicas": 4}, status={"conditions": list(conditions)})


PODS = listed("Pod", pod())
TIMED = listed("Event", event("Pulled", "done"))


def test_a_claim_of_a_class_that_does_not_exist_fails() -> None:
    given = cluster(
        listed("PersistentVolumeClaim", claim("Pending", "fats")), listed("StorageClass", named("fast", ""))
    )

    (finding,) = found("K8S08", *given)

    assert finding.title == "PersistentVolumeClaim shop/data is Pending: there is no storage class fats."


def test_a_claim_that_could_not_be_provisioned_cites_its_event() -> None:
    failure = event("ProvisioningFailed", "quota exceeded", "data", kind="PersistentVolumeClaim")

    (finding,) = found("K8S08", *cluster(listed("PersistentVolumeClaim", claim("Pending")), listed("Event", failure)))

    assert finding.title.endswith("the volume could not be provisioned: quota exceeded.")
    assert finding.evidence[1].observed == "quota exceeded"


def test_a_claim_whose_event_says_that_its_class_is_not_there_names_the_class() -> None:
    said = 'storageclass.storage.k8s.io "fast-ssd" not found'
    failure = event("ProvisioningFailed", said, "data", kind="PersistentVolumeClaim")

    (finding,) = found("K8S08", *cluster(listed("PersistentVolumeClaim", claim("Pending")), listed("Event", failure)))

    assert finding.title.endswith("is Pending: there is no storage class fast-ssd.")


def test_a_claim_that_waits_for_its_first_pod_is_no_failure() -> None:
    late = named("fast", "", volumeBindingMode="WaitForFirstConsumer")

    assert states(
        "K8S08", *cluster(listed("PersistentVolumeClaim", claim("Pending")), listed("StorageClass", late))
    ) == {State.INFO}


def test_a_lost_claim_fails_a_bound_one_passes_and_none_leaves_it_open() -> None:
    assert states("K8S08", *cluster(listed("PersistentVolumeClaim", claim("Lost")))) == {State.FAIL}
    assert states("K8S08", *cluster(listed("PersistentVolumeClaim", claim("Bound")))) == {State.PASS}
    assert states("K8S08", *cluster(PODS)) == {State.NOT_EVALUATED}


@pytest.mark.parametrize(
    ("condition", "state", "title"),
    [
        (
            {"type": "AbleToScale", "status": "False", "reason": "FailedGetScale"},
            State.FAIL,
            "HorizontalPodAutoscaler shop/web has no target: there is no Deployment web in shop.",
        ),
        (
            {"type": "ScalingActive", "status": "False", "reason": "FailedGetResourceMetric"},
            State.FAIL,
            "HorizontalPodAutoscaler shop/web does not scale: FailedGetResourceMetric.",
        ),
        (
            {"type": "ScalingLimited", "status": "True", "reason": "TooManyReplicas"},
            State.WARN,
            "HorizontalPodAutoscaler shop/web is at its maximum of 4 and wants more.",
        ),
    ],
)
def test_an_autoscaler_tells_why_it_does_not_scale(condition: dict[str, str], state: State, title: str) -> None:
    (finding,) = found("K8S10", *cluster(listed("HorizontalPodAutoscaler", scaler(condition))))

    assert (finding.state, finding.title) == (state, title)


def test_an_autoscaler_that_works_passes_and_none_leaves_it_open() -> None:
    able = {"type": "AbleToScale", "status": "True", "reason": "ReadyForNewScale"}

    assert states("K8S10", *cluster(listed("HorizontalPodAutoscaler", scaler(able)))) == {State.PASS}
    assert states("K8S10", *cluster(PODS)) == {State.NOT_EVALUATED}


@pytest.mark.parametrize(
    ("message", "what"),
    [
        ('secret "db" not found', "secret db does not exist"),
        ("couldn't find key url in ConfigMap shop/app", "there is no key url in ConfigMap shop/app"),
    ],
)
def test_a_container_that_waits_for_its_configuration_names_it(message: str, what: str) -> None:
    waiting = {"waiting": {"reason": "CreateContainerConfigError", "message": message}}

    (finding,) = found("K8S11", *cluster(listed("Pod", pod(state=waiting, ready=False))))

    assert finding.title == f"Container app of Pod shop/web-1 cannot start: {what}."


UNBUILT = {"waiting": {"reason": "CreateContainerConfigError"}}
NO_KEY = event("Failed", "Error: couldn't find key password in Secret shop/db-creds")


def test_what_the_status_does_not_say_of_a_missing_key_is_found_in_the_events_and_both_are_cited() -> None:
    (finding,) = found("K8S11", *cluster(listed("Pod", pod(state=UNBUILT, ready=False)), listed("Event", NO_KEY)))

    assert finding.title == (
        "Container app of Pod shop/web-1 cannot start: there is no key password in Secret shop/db-creds."
    )
    assert len(finding.evidence) == 2


def test_an_event_of_another_container_does_not_say_why_this_one_waits() -> None:
    other = {**NO_KEY, "involvedObject": {**NO_KEY["involvedObject"], "fieldPath": "spec.containers{side}"}}

    (finding,) = found("K8S11", *cluster(listed("Pod", pod(state=UNBUILT, ready=False)), listed("Event", other)))

    assert finding.title.endswith("cannot start: its configuration cannot be built.")


def test_a_key_that_a_volume_names_and_nobody_has_is_told() -> None:
    mount = event(
        "FailedMount", 'MountVolume.SetUp failed for volume "tls" : references non-existent secret key: ca.crt'
    )

    (finding,) = found("K8S11", *cluster(listed("Pod", pod(ready=False)), listed("Event", mount)))

    assert finding.title == "Pod shop/web-1 cannot start: the Secret that a volume names has no key ca.crt."


def test_a_volume_that_names_a_missing_config_map_is_found_in_the_events() -> None:
    mount = event("FailedMount", 'MountVolume.SetUp failed for volume "cfg" : configmap "app" not found')

    (finding,) = found("K8S11", *cluster(listed("Pod", pod(ready=False)), listed("Event", mount)))

    assert finding.title == "Pod shop/web-1 cannot start: configmap app does not exist."


def test_a_key_that_the_lists_show_to_be_missing_is_cited_where_it_is_asked_for() -> None:
    asks = {"env": [{"name": "URL", "valueFrom": {"configMapKeyRef": {"name": "app", "key": "url"}}}]}
    given = cluster(listed("Pod", pod(spec=asks, ready=False)), listed("ConfigMap", named("app", data={"uri": "x"})))

    (finding,) = found("K8S11", *given)

    assert finding.title == "Container app of Pod shop/web-1 cannot start: ConfigMap app has no key url."
    assert finding.evidence[0].locator == "/items/0/spec/containers/0/env/0/valueFrom/configMapKeyRef"


def test_pods_with_their_configuration_pass_and_no_pods_leave_it_open() -> None:
    assert states("K8S11", *cluster(PODS)) == {State.PASS}
    assert states("K8S11", *cluster(listed("Node", named("n1", "")))) == {State.NOT_EVALUATED}


@pytest.mark.parametrize(("name", "state"), [("expired", State.FAIL), ("soon", State.WARN), ("idp", State.PASS)])
def test_a_certificate_in_a_secret_is_judged_at_the_time_of_the_dump(name: str, state: State) -> None:
    assert states("K8S15", *cluster(listed("Secret", tls(name)), TIMED)) == {state}


def test_without_times_or_secrets_certificates_are_left_open_and_a_broken_one_is_told() -> None:
    broken = named("web-tls", data={"tls.crt": "bm8gY2VydGlmaWNhdGU="})

    assert states("K8S15", *cluster(listed("Secret", tls("idp")))) == {State.NOT_EVALUATED}
    assert states("K8S15", *cluster(PODS)) == {State.NOT_EVALUATED}
    assert states("K8S15", *cluster(listed("Secret", broken), TIMED)) == {State.WARN}


@pytest.mark.parametrize(
    ("kind", "body", "title"),
    [
        (
            "Deployment",
            {"spec": {"replicas": 3}, "status": {"updatedReplicas": 1, "conditions": [{"type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded"}]}},  # noqa: E501
            "The rollout of Deployment shop/web is stuck: it passed its deadline with 1 of 3 replicas updated.",
        ),
        (
            "Deployment",
            {"spec": {"replicas": 3}, "status": {"conditions": [{"type": "ReplicaFailure", "status": "True", "reason": "FailedCreate", "message": "forbidden"}]}},  # noqa: E501
            "Deployment shop/web cannot create its pods: FailedCreate.",
        ),
        ("StatefulSet", {"spec": {"replicas": 3}, "status": {"readyReplicas": 2}}, "StatefulSet shop/web: 2 of 3 replicas are available."),  # noqa: E501
        (
            "Job",
            {"status": {"conditions": [{"type": "Failed", "status": "True", "reason": "BackoffLimitExceeded"}]}},
            "Job shop/web gave up: it failed as often as it may.",
        ),
    ],
)  # fmt: skip
def test_a_rollout_that_is_stuck_is_told(kind: str, body: dict[str, Any], title: str) -> None:
    (finding,) = found("K8S16", *cluster(listed(kind, named("web", **body))))

    assert finding.title == title


def test_a_finished_rollout_passes_and_pods_alone_leave_it_open() -> None:
    done = named("web", spec={"replicas": 2}, status={"availableReplicas": 2})

    assert states("K8S16", *cluster(listed("Deployment", done))) == {State.PASS}
    assert states("K8S16", *cluster(PODS)) == {State.NOT_EVALUATED}
