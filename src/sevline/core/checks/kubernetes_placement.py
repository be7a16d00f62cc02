"""Pods that find no node, nodes that are not ready, evictions and quotas."""

import re
from collections.abc import Iterator

from sevline.core.checks.kubernetes_containers import no_pods
from sevline.core.finding import Confidence, Evidence, Finding, Side, check, failed, not_told, passed, warned
from sevline.core.readers.kubernetes import (
    GET,
    Cluster,
    KubeObject,
    condition,
    dict_at,
    quantity,
    text_at,
)
from sevline.core.readers.kubernetesevents import Told, only_in_events

#: What the scheduler says of the nodes it left out, by its wording since Kubernetes 1.8.
REASONS = (
    (r"insufficient (?:nvidia\.com/gpu|amd\.com/gpu|\S*gpu\S*)", "too few free GPUs"),
    (r"insufficient cpu", "too little free CPU"),
    (r"insufficient memory", "too little free memory"),
    (r"insufficient ephemeral-storage", "too little free local storage"),
    (r"insufficient pods|too many pods", "too many pods on the node"),
    (r"insufficient (\S+)", "too little of an extended resource"),
    (r"unschedulable", "a cordoned node"),
    (r"taint", "a taint that is not tolerated"),
    (r"volume node affinity", "a volume that is bound to another zone or node"),
    (r"anti-affinity", "an anti-affinity rule"),
    (r"pod affinity", "an affinity to other pods"),
    (r"affinity|node selector|nodeselector", "a node selector or affinity"),
    (r"topology spread", "a topology spread rule"),
    (r"unbound immediate persistentvolumeclaims|persistentvolumeclaim|volume", "a volume claim that is not bound"),
    (r"free ports|hostport", "a host port that is taken"),
)
PIECE = re.compile(r"(\d+) ((?:[^,{]|\{[^}]*\})+)")
ADVICE = {
    "a taint that is not tolerated": "Compare the pod's tolerations with the taints of the nodes (`kubectl describe node`).",  # noqa: E501
    "a node selector or affinity": "Compare the pod's nodeSelector and affinity with the labels of the nodes.",
    "a volume claim that is not bound": "Look at the claim first (K8S08).",
    "a volume that is bound to another zone or node": "Look at the zone of the volume and of the nodes with room.",
}
#: The scheduler's word on a pod that is being deleted: nothing is wrong with it.
DELETED = "skip schedule deleting pod"
PRESSURES = ("MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable")
NEARLY = 0.9
#: Seconds for which a healthy pod may wait for its node, as for one that an autoscaler adds; pods named one by one.
PATIENCE, MOST_NAMED = 300, 5
WHY = "`kubectl describe pod NAME`, or `kubectl get events --sort-by=.lastTimestamp`."
#: What events tell of nodes, as “Reason: message”; a node that is ready again is over it.
TROUBLES = {
    "NodeNotReady": "is not ready",
    "NodeHasDiskPressure": "reports DiskPressure",
    "NodeHasInsufficientMemory": "reports MemoryPressure",
    "NodeHasInsufficientPID": "reports PIDPressure",
}
TROUBLED = re.compile(rf"(?:{'|'.join(TROUBLES)}): ")


@check("K8S04", supports=("unschedulable",), refutes=("unschedulable",))
def unschedulable(cluster: Cluster) -> Iterator[Finding]:
    """Pods that no node takes, with the reason for how many nodes"""
    pods = cluster.of("Pod")
    # A row of a table that says “Pending” does not say why; the events do.
    known = {(pod.namespace, pod.name) for pod in pods if not (pod.brief and pod.at("status", "phase") == "Pending")}
    told = list(_unplaced_by_events(cluster, known))
    yield from told
    if not pods:
        if not told:
            yield no_pods("Whether a pod finds no node cannot be told.", "pods,events")
        return
    found = [finding for pod in pods if (finding := _unplaced(cluster, pod))]
    yield from found
    placed = next((pod for pod in pods if text_at(pod.body, "spec", "nodeName")), None)
    waiting = _waiting_rows(pods, cluster)
    yield from _rows_told(waiting) if waiting else ()
    if not found and not told and not waiting and placed is not None:
        yield passed(f"Each of {len(pods)} pods found a node.", placed.cite("spec", "nodeName"))


def _waiting_rows(pods: list[KubeObject], cluster: Cluster) -> list[KubeObject]:
    """Rows that say “Pending” and name no node, of which no event says why."""
    told = {text_at(event.body, "involvedObject", "name") for event in cluster.of("Event")}
    rows = [pod for pod in pods if pod.brief and pod.at("status", "phase") == "Pending" and not _has_node(pod)]
    return [pod for pod in rows if pod.name not in told]


def _has_node(pod: KubeObject) -> bool:
    return bool(text_at(pod.body, "spec", "nodeName"))


def _rows_told(waiting: list[KubeObject]) -> Iterator[Finding]:
    """A pod that has a node is told as ContainerCreating or further; one that came a moment ago may still get one."""
    long = [pod for pod in waiting if _seconds(text_at(pod.body, "metadata", "age")) >= PATIENCE]
    names = ", ".join(f"{pod.title} ({text_at(pod.body, 'metadata', 'age')})" for pod in long[:MOST_NAMED])
    more = f" and {len(long) - MOST_NAMED} more" if len(long) > MOST_NAMED else ""
    if long:
        yield warned(
            f"{names}{more}: still Pending, so no node took {'it' if len(long) == 1 else 'them'} yet.",
            *(pod.cite("status", "phase", expected="Running") for pod in long[:MOST_NAMED]),
            side=Side.OUR_INFRA,
            next_step=f"The table does not say why, the events do: {WHY}",
        )
    else:
        yield not_told(
            f"Whether a pod finds no node cannot be told: {waiting[0].title} is Pending, the table does not say why.",
            "the events of pods that wait",
            next_step=f"Ask for {WHY}",
        )


def _seconds(age: str) -> int:
    """An age as kubectl prints it, such as `47m`, `5d3h` or `2m10s`; 0 where it prints none."""
    parts = re.findall(r"(\d{1,6})([smhdy])", age)
    return sum(int(count) * {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "y": 31_536_000}[unit] for count, unit in parts)


def _unplaced(cluster: Cluster, pod: KubeObject) -> Finding | None:
    placed = condition(pod, "PodScheduled")
    if placed is None or text_at(placed[1], "status") != "False":
        return None
    number, said = placed
    cited = pod.cite("status", "conditions", number, "message" if "message" in said else "status", expected="scheduled")
    return _no_node(pod.title, text_at(said, "message") or _from_events(cluster, pod), cited)


def _no_node(title: str, message: str, cited: Evidence) -> Finding:
    reasons = why_not(message)
    told = ", ".join(
        f"{why} ({nodes} {'node' if nodes == 1 else 'nodes'})" if nodes else why for why, nodes in reasons.items()
    )
    steps = [ADVICE[why] for why in reasons if why in ADVICE]
    return failed(
        f"{title} finds no node: {told or 'the scheduler gives no reason'}.",
        cited,
        side=Side.OUR_INFRA,
        next_step=(*steps, "Compare the pod's requests with what the nodes have free (`kubectl describe node`).")[0],
    )


def _unplaced_by_events(cluster: Cluster, known: set[tuple[str, str]]) -> Iterator[Finding]:
    """Pods that only events tell of, each once by its last event."""
    latest: dict[tuple[str, str], KubeObject] = {}
    for event in cluster.of("Event"):
        about = event.at("involvedObject") or event.at("regarding")
        if text_at(event.body, "reason") not in {"FailedScheduling", "Scheduled"} or not isinstance(about, dict):
            continue
        key = (str(about.get("namespace", event.namespace)), str(about.get("name", "")))
        if event.at("reason") == "Scheduled" or DELETED in text_at(event.body, "message"):
            latest.pop(key, None)
        elif key not in known:
            latest[key] = event
    for (namespace, name), event in latest.items():
        part = "message" if event.at("message") else "note"
        title = f"Pod {namespace}/{name}" if namespace else f"Pod {name}"
        yield _no_node(title, text_at(event.body, part), event.cite(part, expected="scheduled"))


def _from_events(cluster: Cluster, pod: KubeObject) -> str:
    return next((text_at(event.body, "message") for event in cluster.events_of(pod, "FailedScheduling")), "")


def why_not(message: str) -> dict[str, int]:
    """The scheduler's reasons with the number of nodes each holds for; the preemption part behind them is not read."""
    first = re.split(r"\bpreemption:", message, maxsplit=1)[0]
    first = re.sub(r"^\d+/\d+ nodes are available:", "", first.strip())
    found: dict[str, int] = {}
    for count, text in PIECE.findall(first):
        why = next((why for pattern, why in REASONS if re.search(pattern, text, re.IGNORECASE)), "")
        if why:
            found[why] = found.get(why, 0) + int(count)
    if not found:
        why = next((why for pattern, why in REASONS if re.search(pattern, first, re.IGNORECASE)), "")
        return {why: 0} if why else {}
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


@check("K8S12", supports=("node-trouble",), refutes=("node-trouble",))
def nodes(cluster: Cluster) -> Iterator[Finding]:
    """Nodes that are not ready, under pressure or cordoned"""
    every = cluster.of("Node")
    strange = only_in_events(cluster, ("Node",), TROUBLED, over="NodeReady")
    yield from map(_troubled, strange)
    if not every:
        if not strange:
            yield not_told(
                "Whether a node is in trouble cannot be told.", "the nodes of the cluster", next_step=_nodes_how()
            )
        return
    found = bool(strange)
    for node in every:
        for finding in _node(node, cluster):
            found = True
            yield finding
    if not found:
        ready = condition(every[0], "Ready")
        place = ("status", "conditions", ready[0], "status") if ready else ()
        yield passed(f"All {len(every)} nodes are ready and without pressure.", every[0].cite(*place))


def _troubled(told: Told) -> Finding:
    return failed(
        f"{told.title} {TROUBLES[told.reason]}.",
        told.cited,
        side=Side.OUR_INFRA,
        next_step=f"Look at the node itself: kubelet, network, memory, disk. {_nodes_how()}",
    )


def _nodes_how() -> str:
    return "Run `kubectl get nodes -o json` and attach the file."


def _node(node: KubeObject, cluster: Cluster) -> Iterator[Finding]:
    ready = condition(node, "Ready")
    here = [pod for pod in cluster.of("Pod") if text_at(pod.body, "spec", "nodeName") == node.name]
    on_it = f"; {len(here)} of the pods given run on it" if here else ""
    if ready is not None and text_at(ready[1], "status") != "True":
        number, said = ready
        silent = text_at(said, "status") == "Unknown"
        yield failed(
            f"{node.title} is not ready: "
            f"{'it has stopped reporting' if silent else text_at(said, 'reason') or 'no reason told'}{on_it}.",
            node.cite("status", "conditions", number, "status", expected="True"),
            *([node.cite("status", "conditions", number, "message")] if "message" in said else []),
            side=Side.OUR_INFRA,
            next_step="Look at the node itself: kubelet, network, disk. Pods leave a silent node after some minutes.",
        )
    for kind in PRESSURES:
        pressed = condition(node, kind)
        if pressed is not None and text_at(pressed[1], "status") == "True":
            yield failed(
                f"{node.title} reports {kind}{on_it}.",
                node.cite("status", "conditions", pressed[0], "status", expected="False"),
                side=Side.OUR_INFRA,
                next_step="Pods without requests are evicted first. Find what uses the resource on this node.",
            )
    if node.at("spec", "unschedulable") is True:
        yield warned(
            f"{node.title} is cordoned: it takes no new pods{on_it}.",
            node.cite("spec", "unschedulable", expected="false"),
            side=Side.OUR_INFRA,
            next_step="Ask whether maintenance is under way; `kubectl uncordon` ends it.",
        )


@check("K8S13", supports=("eviction",), refutes=("eviction",))
def evictions(cluster: Cluster) -> Iterator[Finding]:
    """Pods that were evicted, and for which resource"""
    pods = cluster.of("Pod")
    gone = [pod for pod in pods if text_at(pod.body, "status", "reason") in {"Evicted", "Preempting", "NodeLost"}]
    events = [one for one in cluster.of("Event") if text_at(one.body, "reason") in {"Evicted", "Preempted"}]
    if not pods and not events:
        yield no_pods("Whether a pod was evicted cannot be told.", "pods,events")
        return
    for pod in gone:
        said = text_at(pod.body, "status", "message")
        cited = [pod.cite("status", "reason", expected="no eviction")]
        cited += [pod.cite("status", "message")] if said else []
        yield failed(
            f"{pod.title} was evicted{_for(said)}.", *cited, side=Side.OUR_INFRA, next_step=_evicted_advice(said)
        )
    known = {pod.name for pod in gone}
    for event in events:
        name, said = text_at(event.body, "involvedObject", "name"), text_at(event.body, "message")
        if name not in known:
            known.add(name)
            yield failed(
                f"Pod {name} was evicted{_for(said)}.",
                event.cite("message"),
                side=Side.OUR_INFRA,
                next_step=_evicted_advice(said),
            )
    if not known and pods:
        yield passed(f"None of {len(pods)} pods was evicted.", pods[0].cite("status", "phase"))


def _for(said: str) -> str:
    short = re.search(r"low on resource: ([\w-]+)", said) or re.search(
        r"(?:exceeds? (?:the )?(?:total )?limit of|exceeded its) ?(?:containers )?([\w-]+)?", said
    )
    if "ephemeral" in said.lower():
        return " for local storage (ephemeral-storage)"
    return f" for {short[1]}" if short and short[1] else ""


def _evicted_advice(said: str) -> str:
    if "ephemeral" in said.lower():
        return (
            "Find what the container writes outside its volumes, and set a request and a limit for ephemeral-storage."
        )
    return "Set requests near the real use, so that the node is not filled beyond what it has; then look at its other pods."  # noqa: E501


@check("K8S14", supports=("quota",), refutes=("quota",))
def quotas(cluster: Cluster) -> Iterator[Finding]:
    """Quotas that are used up, and what they refused"""
    every = cluster.of("ResourceQuota")
    refused = [one for one in cluster.of("Event") if "exceeded quota" in text_at(one.body, "message")]
    if not every and not refused and not any(cluster.knows("ResourceQuota", space) for space in _spaces(cluster)):
        yield not_told(
            "Whether a quota is used up cannot be told.",
            "the quotas of the namespaces",
            next_step=GET.format(kind="resourcequotas,events"),
        )
        return
    for event in refused:
        about = text_at(event.body, "involvedObject", "name")
        yield failed(
            f"A quota refused to create what {about} asks for.",
            event.cite("message"),
            side=Side.OUR_INFRA,
            next_step="Raise the quota, or lower the requests; the event names the resource, what is used and the limit.",  # noqa: E501
        )
    full = [finding for one in every for finding in _quota(one)]
    yield from full
    if every and not full and not refused:
        yield passed(f"None of {len(every)} quotas is nearly used up.", every[0].cite("status"))


def _spaces(cluster: Cluster) -> set[str]:
    return {one.namespace for one in cluster.objects if one.namespace}


def _quota(one: KubeObject) -> Iterator[Finding]:
    hard, used = dict_at(one.body, "status", "hard"), dict_at(one.body, "status", "used")
    for resource, limit in hard.items():
        top, now = quantity(limit), quantity(used.get(resource))
        if not top or now is None or now < NEARLY * top:
            continue
        tell = failed if now >= top else warned
        yield tell(
            f"{one.title}: {used[resource]} of {limit} {resource} in use.",
            one.cite("status", "used", resource, expected=f"below {limit}"),
            one.cite("status", "hard", resource),
            side=Side.OUR_INFRA,
            next_step="New pods of the namespace are refused while it is used up; see what holds the resource.",
            sure=Confidence.PROOF if now >= top else Confidence.HINT,
        )
