"""Twelve dumps as kubectl prints them for people, each with one condition that matters most."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sevline.core.checks import every_check
from sevline.core.finding import Given, State
from sevline.core.readers.documents.kubectl_text import kubectl_text
from sevline.core.readers.kubernetes import Cluster
from sevline.core.readers.place import Places
from sevline.core.readers.reader import Source
from tests.evidence import found
from tests.unit.bench.examining import examined

HEAD = """\
Name:             web-6c9f-x2x7b
Namespace:        shop
Priority:         0
Service Account:  default
Node:             node-a/10.0.0.7
Start Time:       Mon, 02 Mar 2026 09:00:00 +0000
Labels:           app=web
                  pod-template-hash=6c9f
Status:           Running
IP:               10.1.0.9
"""
CONTAINER = """\
Containers:
  app:
    Container ID:   containerd://1
    Image:          shop/web:1.4
    Port:           8080/TCP
    State:          {state}
    Ready:          {ready}
    Restart Count:  {restarts}
    Limits:
      cpu:     500m
      memory:  128Mi
    Liveness:     http-get http://:8080/healthz delay=5s timeout=1s period=10s #success=1 #failure=3
    Environment:  <none>
"""
RUNNING = "Running\n      Started:      Mon, 02 Mar 2026 09:00:00 +0000"
EVENTS = """\
Events:
  Type     Reason     Age                   From               Message
  ----     ------     ----                  ----               -------
  Normal   Scheduled  10m                   default-scheduler  Successfully assigned shop/web-6c9f-x2x7b to node-a
{line}
"""


def described(state: str = RUNNING, *, ready: bool = True, restarts: int = 0, event: str = "", init: str = "") -> str:
    container = CONTAINER.format(state=state, ready=ready, restarts=restarts)
    conditions = f"Conditions:\n  Type              Status\n  Ready             {ready}\n  PodScheduled      True\n"
    return HEAD + init + container + conditions + EVENTS.format(line=f"  Warning  {event}" if event else "")


def waiting(reason: str, last: str = "") -> str:
    ended = f"\n    Last State:     Terminated\n{last}" if last else ""
    return f"Waiting\n      Reason:       {reason}{ended}"


OOM = "      Reason:       OOMKilled\n      Exit Code:    137\n      Started:      Mon, 02 Mar 2026 09:00:00 +0000"
EXIT = "      Reason:       Error\n      Exit Code:    1\n      Started:      Mon, 02 Mar 2026 09:00:00 +0000"
PENDING = """\
Name:             web-6c9f-x2x7b
Namespace:        shop
Node:             <none>
Labels:           app=web
Status:           Pending
Containers:
  app:
    Image:      shop/web:1.4
Conditions:
  Type           Status
  PodScheduled   False
Events:
  Type     Reason            Age   From               Message
  ----     ------            ----  ----               -------
  Warning  FailedScheduling  60s   default-scheduler  0/3 nodes are available: 3 Insufficient memory.
"""
EVICTED = """\
Name:           web-6c9f-x2x7b
Namespace:      shop
Labels:         app=web
Status:         Failed
Reason:         Evicted
Message:        The node was low on resource: memory.
Containers:
  app:
    Image:      shop/web:1.4
"""
INIT = """\
Init Containers:
  setup:
    Image:          shop/setup:1
    State:          Waiting
      Reason:       CrashLoopBackOff
    Last State:     Terminated
      Reason:       Error
      Exit Code:    2
    Ready:          False
    Restart Count:  6
"""
NODE = """\
Name:               node-a
Roles:              worker
Labels:             kubernetes.io/os=linux
Unschedulable:      false
Conditions:
  Type             Status  LastHeartbeatTime                 LastTransitionTime                Reason              Message
  ----             ------  -----------------                 ------------------                ------              -------
  MemoryPressure   True    Mon, 02 Mar 2026 09:00:00 +0000   Mon, 02 Mar 2026 08:00:00 +0000   KubeletHasPressure  kubelet has insufficient memory available
  Ready            True    Mon, 02 Mar 2026 09:00:00 +0000   Mon, 02 Mar 2026 08:00:00 +0000   KubeletReady        kubelet is posting ready status
"""  # noqa: E501
EVENT_TABLE = """\
LAST SEEN   TYPE      REASON         OBJECT               MESSAGE
2m          Normal    Pulled         pod/web-6c9f-x2x7b   Container image already present
61s         Warning   FailedCreate   replicaset/web-6c9f  Error creating: pods "web" is forbidden: exceeded quota: team, requested: pods=1
"""  # noqa: E501
POD_TABLE = """\
NAMESPACE   NAME             READY   STATUS             RESTARTS        AGE
shop        web-6c9f-x2x7b   0/1     CrashLoopBackOff   17 (2m ago)     61m
shop        db-0             1/1     Running            0               9d
"""
PROBE_MESSAGE = "Unhealthy  2m (x9 over 4m)  kubelet  Readiness probe failed: HTTP probe failed with statuscode: 503"
PULL_MESSAGE = "Failed  2m (x4 over 4m)  kubelet  Failed to pull image shop/web:1.4: manifest unknown: not found"
MOUNT_MESSAGE = 'FailedMount  9s  kubelet  MountVolume.SetUp failed for volume "cfg" : configmap "app" not found'
DUMPS = [
    ("K8S01", described(waiting("CrashLoopBackOff", OOM), ready=False, restarts=5), "ran out of memory (limit 128Mi)"),
    ("K8S02", described(waiting("CrashLoopBackOff", EXIT), ready=False, restarts=8), "8 restarts, exit code 1"),
    ("K8S02", POD_TABLE, "17 restarts"),
    (
        "K8S03",
        described(waiting("ImagePullBackOff"), ready=False, event=PULL_MESSAGE),
        "no image has that name and tag",
    ),
    ("K8S04", PENDING, "too little free memory (3 nodes)"),
    ("K8S05", described(ready=False, event=PROBE_MESSAGE), "failed with HTTP 503, 9 times"),
    ("K8S11", described(waiting("CreateContainerConfigError"), ready=False), "its configuration cannot be built"),
    (
        "K8S11",
        described(waiting("ContainerCreating"), ready=False, event=MOUNT_MESSAGE),
        "configmap app does not exist",
    ),
    ("K8S12", NODE, "Node node-a reports MemoryPressure"),
    ("K8S13", EVICTED, "was evicted for memory"),
    ("K8S14", EVENT_TABLE, "A quota refused to create what web-6c9f asks for"),
    ("K8S17", described(waiting("PodInitializing"), ready=False, init=INIT), "CrashLoopBackOff, exit code 2"),
]


def read(dump: str) -> tuple[Given, ...]:
    return tuple(kubectl_text(Source("a1", "dump.txt"), dump.splitlines()))


@pytest.mark.requirement("R-063")
@pytest.mark.parametrize(
    ("check_id", "dump", "said"), DUMPS, ids=[f"{number}-{one[0]}" for number, one in enumerate(DUMPS)]
)
def test_the_main_condition_of_each_of_12_dumps_is_named_with_its_lines(check_id: str, dump: str, said: str) -> None:
    (finding,) = [one for one in found(check_id, *read(dump)) if one.state is State.FAIL]

    lines = Places.of("lines", dump.encode())
    assert said in finding.title
    assert all(lines.excerpt(evidence.locator) for evidence in finding.evidence)
    assert any(evidence.observed in str(lines.excerpt(evidence.locator)) for evidence in finding.evidence)


def test_a_description_in_a_file_is_judged_and_a_healthy_one_fails_nothing() -> None:
    ill, stored = examined(
        ("dump.txt", DUMPS[0][1].encode()), ("well.txt", described().replace("x2x7b", "y4y4y").encode())
    )

    failures = [one for one in ill.findings if one.state is State.FAIL]
    assert {one.check_id for one in failures} == {"K8S01", "K8S02"}
    assert {evidence.artifact for one in failures for evidence in one.evidence} == {ill.artifacts[0].id}
    lines = stored[ill.artifacts[0].id].decode().splitlines()
    cited = failures[0].evidence[0]
    assert lines[int(cited.locator.partition(":")[0]) - 1].strip() == cited.excerpt


def test_two_descriptions_behind_one_another_are_two_pods() -> None:
    second = described().replace("web-6c9f-x2x7b", "web-6c9f-y4y4y")
    both = read(described() + "\n\n" + second)

    assert [pod.name for pod in Cluster(both).of("Pod")] == ["web-6c9f-x2x7b", "web-6c9f-y4y4y"]


@given(st.lists(st.sampled_from("\n".join(dump for _, dump, _ in DUMPS).splitlines()), max_size=60))
@settings(max_examples=150, deadline=None)
def test_lines_in_any_order_are_no_error(lines: list[str]) -> None:
    evidence = tuple(kubectl_text(Source("a1", "dump.txt"), lines))

    assert all(found(check.id, *evidence) is not None for check in every_check() if check.id.startswith("K8S"))


WIDE = """\
LAST SEEN   TYPE      REASON             OBJECT      SUBOBJECT   SOURCE              MESSAGE
2m          Warning   FailedScheduling   pod/gpu-0               default-scheduler   0/3 nodes are available: 3 Insufficient nvidia.com/gpu.
2m          Warning   FailedMount        pod/db-0                    kubelet, node-1     MountVolume.SetUp failed for volume "cfg" : configmap "db-cfg" not found
"""  # noqa: E501


def test_a_wide_list_of_events_is_read_where_masks_have_moved_its_columns() -> None:
    evidence = read(WIDE.replace("default-scheduler", "default-scheduler-of-cluster"))

    (unplaced,) = found("K8S04", *evidence)
    (unconfigured,) = [one for one in found("K8S11", *evidence) if one.state is State.FAIL]
    assert "GPU" in unplaced.title or "gpu" in unplaced.title
    assert "db-cfg" in unconfigured.title


@pytest.mark.parametrize(
    ("check_id", "told", "said"),
    [
        ("K8S16", "Parallelism:  1\n|BackoffLimitExceeded  6h  job-controller  Job has", "Job shop/nightly gave up"),
        ("K8S16", "StrategyType:  Recreate\n|ProgressDeadlineExceeded  6m  deployment-controller  ReplicaSet has",
         "Deployment shop/nightly did not roll out"),
        ("K8S08", "VolumeMode:  Filesystem\n|ProvisioningFailed  6m  pv-controller  storageclass \"fast\" not found",
         "nightly"),
    ],
)  # fmt: skip
def test_a_description_of_another_kind_than_a_pod_tells_which_by_fields_of_its_own(
    check_id: str, told: str, said: str
) -> None:
    fields, _, line = told.partition("|")
    head = "Name:         nightly\nNamespace:    shop\nLabels:       <none>\n"

    findings = found(check_id, *read(head + fields + EVENTS.format(line=f"  Warning  {line}")))

    assert [one.state for one in findings] == [State.FAIL]
    assert said in findings[0].title
