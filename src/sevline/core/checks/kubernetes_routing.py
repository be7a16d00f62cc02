"""From the ingress to the pod: services without endpoints, ingresses that lead nowhere, policies that block."""

from collections.abc import Iterator
from itertools import islice

from sevline.core.finding import Confidence, Evidence, Finding, Side, check, failed, not_told, noted, passed, warned
from sevline.core.readers.kubernetes import (
    GET,
    Cluster,
    KubeObject,
    dict_at,
    int_at,
    is_ready,
    list_at,
    selects,
    text_at,
)


@check("K8S06", supports=("no-endpoints",), refutes=("no-endpoints",))
def services_without_endpoints(cluster: Cluster) -> Iterator[Finding]:
    """Services that no ready pod stands behind, with the labels that differ"""
    every = [one for one in cluster.of("Service") if dict_at(one.body, "spec", "selector")]
    judged = [one for one in every if cluster.of("Pod", one.namespace) or cluster.knows("Pod", one.namespace)]
    if not judged:
        yield not_told(
            "Whether a service has endpoints cannot be told.",
            "the services and pods of one namespace",
            next_step=GET.format(kind="services,pods,endpoints"),
        )
        return
    found = [finding for one in judged if (finding := _service(cluster, one))]
    yield from found
    if not found:
        sound = judged[0]
        yield passed(
            f"Each of {len(judged)} services has a ready pod behind it.",
            sound.cite("spec", "selector", observed="selects ready pods"),
        )


def _service(cluster: Cluster, one: KubeObject) -> Finding | None:
    selector = dict_at(one.body, "spec", "selector")
    pods = cluster.of("Pod", one.namespace)
    chosen = [pod for pod in pods if selects({"matchLabels": selector}, pod.labels)]
    shown = ", ".join(f"{key}={value}" for key, value in selector.items())
    if not chosen:
        near = _nearest(selector, pods)
        return failed(
            f"{one.title} has no endpoints: no pod carries {shown}.{_difference(selector, near)}",
            one.cite("spec", "selector", observed=shown, expected="the labels of the pods"),
            *([near.cite("metadata", "labels", observed=_labels(near))] if near else []),
            side=Side.OUR_INFRA,
            next_step="Make the service's selector and the pod template's labels equal.",
        )
    ready = [pod for pod in chosen if is_ready(pod)]
    if not ready:
        return failed(
            f"{one.title} has no endpoints: none of its pods is ready ({len(chosen)}).",
            one.cite("spec", "selector", observed=shown),
            chosen[0].cite("status", "phase", expected="ready"),
            side=Side.OUR_APP,
            next_step="Look at why the pods are not ready: probes (K8S05), crashes (K8S02), images (K8S03).",
        )
    return _wrong_port(one, ready[0])


def _nearest(selector: dict[str, object], pods: list[KubeObject]) -> KubeObject | None:
    """The pod that has most of the selector's keys; it must share a key, else its labels say nothing."""
    shared = [(sum(key in pod.labels for key in selector), pod) for pod in pods]
    best = max(shared, key=lambda pair: pair[0], default=(0, None))
    return best[1] if best[0] else None


def _difference(selector: dict[str, object], near: KubeObject | None) -> str:
    if near is None:
        return ""
    wrong = [
        f"{key} is {near.labels[key]}" if key in near.labels else f"{key} is not there"
        for key, value in selector.items()
        if near.labels.get(key) != value
    ]
    return f" The nearest is {near.title}: {', '.join(wrong)}."


def _labels(pod: KubeObject) -> str:
    return ", ".join(f"{key}={value}" for key, value in pod.labels.items())


def _wrong_port(one: KubeObject, pod: KubeObject) -> Finding | None:
    """A target port given by name that no container of the pod has."""
    names = {
        text_at(port, "name")
        for container in list_at(pod.body, "spec", "containers")
        for port in list_at(container, "ports")
    }
    for number, port in enumerate(list_at(one.body, "spec", "ports")):
        target = port.get("targetPort")
        if isinstance(target, str) and target and not target.isdecimal() and target not in names:
            return failed(
                f"{one.title} sends port {int_at(port, 'port')} to “{target}”, "
                f"and {pod.title} has no port of that name.",
                one.cite("spec", "ports", number, "targetPort", expected=", ".join(sorted(names - {""})) or "a name"),
                side=Side.OUR_INFRA,
                next_step="Name the container's port, or give the service its number.",
            )
    return None


@check("K8S07", supports=("ingress",), refutes=("ingress",))
def ingresses(cluster: Cluster) -> Iterator[Finding]:
    """Ingresses whose service, port, certificate or class does not exist"""
    every = cluster.of("Ingress")
    if not every:
        yield not_told(
            "Whether an ingress leads somewhere cannot be told.",
            "the ingresses of the cluster",
            next_step=GET.format(kind="ingresses,services,ingressclasses"),
        )
        return
    found = [finding for one in every for finding in _ingress(cluster, one)]
    yield from found
    known = [one for one in every if cluster.knows("Service", one.namespace) or _leads_to_known(cluster, one)]
    if not found and known:
        yield passed(f"Each of {len(known)} ingresses leads to a service that exists.", known[0].cite("spec"))
    elif not known and not found:
        yield not_told(
            "The ingresses are there; their services are not.",
            "the services of the ingresses' namespaces",
            next_step=GET.format(kind="services"),
        )


def _ingress(cluster: Cluster, one: KubeObject) -> Iterator[Finding]:
    for path, backend in _backends(one):
        if finding := _backend(cluster, one, path, backend):
            yield finding
    for number, tls in enumerate(list_at(one.body, "spec", "tls")):
        name = text_at(tls, "secretName")
        if name and cluster.knows("Secret", one.namespace) and not cluster.find("Secret", one.namespace, name):
            yield failed(
                f"{one.title} takes its certificate from secret {name}, which does not exist in {one.namespace}.",
                one.cite("spec", "tls", number, "secretName", expected="a secret of type kubernetes.io/tls"),
                side=Side.OUR_INFRA,
                next_step="Create the secret in the ingress's own namespace, or see why it was not issued.",
            )
    name = text_at(one.body, "spec", "ingressClassName")
    if name and cluster.knows("IngressClass") and not cluster.find("IngressClass", "", name):
        yield failed(
            f"{one.title} asks for class {name}, which does not exist: no controller serves it.",
            one.cite("spec", "ingressClassName", expected="a class of this cluster"),
            side=Side.OUR_INFRA,
            next_step="Compare with `kubectl get ingressclass`.",
        )


def _leads_to_known(cluster: Cluster, one: KubeObject) -> bool:
    """Whether each service that it leads to is here, though not the whole list."""
    names = [text_at(each, "serviceName") or text_at(each, "service", "name") for _, each in _backends(one)]
    return bool(names) and all(cluster.find("Service", one.namespace, name) for name in names)


def _backends(one: KubeObject) -> Iterator[tuple[tuple[str | int, ...], dict[str, object]]]:
    for key in ("defaultBackend", "backend"):
        if default := dict_at(one.body, "spec", key):
            yield ("spec", key), default
    for rule, each in enumerate(list_at(one.body, "spec", "rules")):
        for number, path in enumerate(list_at(each, "http", "paths")):
            yield ("spec", "rules", rule, "http", "paths", number, "backend"), dict_at(path, "backend")


def _backend(
    cluster: Cluster, one: KubeObject, path: tuple[str | int, ...], backend: dict[str, object]
) -> Finding | None:
    """`serviceName` and `servicePort` stood for the two before version 1 of the API."""
    old = "serviceName" in backend
    name = text_at(backend, "serviceName") if old else text_at(backend, "service", "name")
    place = (*path, "serviceName") if old else (*path, "service", "name")
    service = cluster.find("Service", one.namespace, name)
    if not name or (service is None and not cluster.knows("Service", one.namespace)):
        return None
    if service is None:
        elsewhere = [other.namespace for other in cluster.of("Service") if other.name == name]
        there = f" There is one in {elsewhere[0]}; an ingress reaches its own namespace only." if elsewhere else ""
        return failed(
            f"{one.title} leads to service {name}, which does not exist in {one.namespace}.{there}",
            one.cite(*place, expected="a service of the namespace"),
            side=Side.OUR_INFRA,
            next_step="Correct the name, or create the service.",
        )
    wanted = text_at(backend, "servicePort") if old else _port(dict_at(backend, "service", "port"))
    has = _ports(service)
    if not wanted or wanted in has:
        return None
    return failed(
        f"{one.title} leads to port {wanted} of service {name}, which has {', '.join(has)}.",
        one.cite(*place, observed=f"{name}:{wanted}"),
        service.cite("spec", "ports", observed=", ".join(has)),
        side=Side.OUR_INFRA,
        next_step="Name a port that the service has.",
    )


def _ports(service: KubeObject) -> list[str]:
    ports = list_at(service.body, "spec", "ports")
    return [each for port in ports for each in (text_at(port, "port"), text_at(port, "name")) if each]


def _port(port: dict[str, object]) -> str:
    return text_at(port, "number") or text_at(port, "name")


@check("K8S09", supports=("network-policy",), refutes=("network-policy",))
def network_policies(cluster: Cluster) -> Iterator[Finding]:
    """Network policies that keep a service's callers out, or a pod from resolving names"""
    policies = cluster.of("NetworkPolicy")
    if not policies and not any(cluster.knows("NetworkPolicy", one.namespace) for one in cluster.of("Pod")):
        yield not_told(
            "Whether a network policy blocks a connection cannot be told.",
            "the network policies",
            next_step=GET.format(kind="networkpolicies,pods,services"),
        )
        return
    blocked = list(islice(_blocked_services(cluster, policies), 50))
    deaf = list(islice(_no_names(cluster, policies), 50))
    yield from (*blocked, *deaf)
    if policies and not blocked and not deaf:
        yield passed(
            f"{len(policies)} network policies let each namespace's own pods reach its services, and resolve names.",
            policies[0].cite("spec"),
        )
    elif not policies and cluster.of("Pod"):
        yield passed("There are no network policies: nothing is blocked by one.", cluster.of("Pod")[0].cite("metadata"))


def _blocked_services(cluster: Cluster, policies: list[KubeObject]) -> Iterator[Finding]:
    for service in cluster.of("Service"):
        selector = dict_at(service.body, "spec", "selector")
        pods = cluster.of("Pod", service.namespace)
        behind = [pod for pod in pods if selector and selects({"matchLabels": selector}, pod.labels)]
        guards = [one for one in policies if behind and _guards(one, behind[0], "Ingress")]
        if guards:
            callers = [pod for pod in pods if pod not in behind]
            yield from _blocked(cluster, service, guards, callers)


def _blocked(
    cluster: Cluster, service: KubeObject, guards: list[KubeObject], callers: list[KubeObject]
) -> Iterator[Finding]:
    ports = {int_at(port, "targetPort") or int_at(port, "port") for port in list_at(service.body, "spec", "ports")}
    shut = [pod for pod in callers if not any(_lets_in(one, pod, cluster, ports) for one in guards)]
    cited = [one.cite("spec", observed="restricts ingress") for one in guards[:3]]
    if not any(list_at(one.body, "spec", "ingress") for one in guards):
        yield warned(
            f"No pod may connect to {service.title}: {_named(guards)} lets nothing in.",
            *cited,
            side=Side.OUR_INFRA,
            next_step="Add an ingress rule for its callers.",
        )
    elif shut:
        yield noted(
            f"{_named(guards)} keeps {len(shut)} of {len(callers)} pods of {service.namespace} "
            f"out of {service.title}, {shut[0].name} among them.",
            *cited,
            side=Side.OUR_INFRA,
            next_step="If one of them is the caller that times out, this policy is why.",
        )


def _named(policies: list[KubeObject]) -> str:
    return ", ".join(one.title for one in policies[:3])


def _guards(policy: KubeObject, pod: KubeObject, direction: str) -> bool:
    spec = dict_at(policy.body, "spec")
    kinds = spec.get("policyTypes") or (["Ingress", "Egress"] if "egress" in spec else ["Ingress"])
    return policy.namespace == pod.namespace and direction in kinds and selects(_selector(spec), pod.labels)


def _selector(spec: dict[str, object]) -> dict[str, object]:
    return dict_at(spec, "podSelector")


def _lets_in(policy: KubeObject, caller: KubeObject, cluster: Cluster, ports: set[int]) -> bool:
    for rule in list_at(policy.body, "spec", "ingress"):
        named = {port.get("port") for port in list_at(rule, "ports")}
        fits = not named or any(not isinstance(port, int) for port in named) or bool(named & ports) or not ports - {0}
        peers = list_at(rule, "from")
        if fits and (not peers or any(_is_peer(peer, policy, caller, cluster) for peer in peers)):
            return True
    return False


def _is_peer(peer: dict[str, object], policy: KubeObject, caller: KubeObject, cluster: Cluster) -> bool:
    """An address block may hold any pod's address, so it is taken to let it in."""
    if "ipBlock" in peer:
        return True
    spaces = dict_at(peer, "namespaceSelector")
    if "namespaceSelector" not in peer:
        in_space = caller.namespace == policy.namespace
    else:
        space = cluster.find("Namespace", "", caller.namespace)
        labels = space.labels if space else {"kubernetes.io/metadata.name": caller.namespace}
        in_space = selects(spaces, labels)
    return in_space and selects(_selector(peer), caller.labels)


def _no_names(cluster: Cluster, policies: list[KubeObject]) -> Iterator[Finding]:
    """Pods whose egress is restricted and lets no port 53 out."""
    for policy in policies:
        held = [pod for pod in cluster.of("Pod", policy.namespace) if _guards(policy, pod, "Egress")]
        if not held:
            continue
        of_pod = [one for one in policies if _guards(one, held[0], "Egress")]
        if of_pod[0] is not policy or any(
            _names_pass(rule) for one in of_pod for rule in list_at(one.body, "spec", "egress")
        ):
            continue
        yield warned(
            f"{policy.title} lets no DNS out of {held[0].title} and {len(held) - 1} others: names do not resolve there.",  # noqa: E501
            _where(policy),
            side=Side.OUR_INFRA,
            next_step="Allow port 53, UDP and TCP, to the cluster's DNS.",
            sure=Confidence.STRONG,
        )


def _names_pass(rule: dict[str, object]) -> bool:
    ports = list_at(rule, "ports")
    return not ports or any(port.get("port") in (53, "53", "dns", "dns-udp", None) for port in ports)


def _where(policy: KubeObject) -> Evidence:
    has = "egress" if "egress" in dict_at(policy.body, "spec") else "policyTypes"
    return policy.cite("spec", has, observed="restricts egress", expected="port 53 allowed")
