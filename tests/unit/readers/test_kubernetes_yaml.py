"""What `kubectl get -o yaml` prints is judged as its JSON is, and cited by line."""

import json
from typing import Any

import yaml

from sevline.core.finding import Given, State
from sevline.core.readers.documents.kubernetes_yaml import kubernetes_yaml
from sevline.core.readers.kubernetes import Cluster
from sevline.core.readers.reader import Source
from tests.evidence import found, shared, states
from tests.kubernetes import listed, pod

WAITING = {"waiting": {"reason": "ImagePullBackOff", "message": "failed to authorize: 401 Unauthorized"}}


def read(text: str) -> list[Given]:
    return list(kubernetes_yaml(Source("a1", "pods.yaml"), text.split("\n")))


def written(document: dict[str, Any]) -> str:
    return str(yaml.safe_dump(json.loads(json.dumps(document))))


def test_an_image_that_is_not_pulled_is_cited_at_its_line() -> None:
    text = written(listed("Pod", pod(state=WAITING, ready=False)))

    (finding,) = found("K8S03", *read(text))

    line = int(finding.evidence[0].locator.partition(":")[0])
    assert finding.state is State.FAIL
    assert "ImagePullBackOff" in text.split("\n")[line - 1]


def test_documents_behind_a_prompt_and_one_after_another_are_all_read() -> None:
    one, other = (written({"apiVersion": "v1", "kind": "Pod"} | pod(name)) for name in ("web-1", "web-2"))

    cluster = Cluster(tuple(read(f"$ kubectl get pods -o yaml\n{one}---\n{other}$ exit\n")))

    assert [each.name for each in cluster.of("Pod")] == ["web-1", "web-2"]


def test_healthy_pods_pass_and_other_yaml_is_left_alone() -> None:
    assert states("K8S03", *read(written(listed("Pod", pod())))) == {State.PASS}
    assert read("version: 2\nservices:\n  web:\n    image: nginx\n") == []


def test_the_samples_say_the_same_in_yaml_as_in_json() -> None:
    for path in shared("samples", "kubernetes", "troubleshoot"):
        document = json.loads(path.read_text())
        assert len(read(written(document))) == int("apiVersion" in document)
