from typing import Any

import pytest
from tests.evidence import found, states
from tests.kubernetes import cluster, listed, named, pod

from sevline.core.finding import State

FILES = ("pods/shop.json", "services/shop.json")


def service(name: str = "web", selector: dict[str, str] | None = None, target: object = 8080) -> dict[str, Any]:
    return named(name, spec={"selector": selector or {"app": "web"}, "ports": [{"port": 80, "targetPort": target}]})


def ingress(name: str = "web", port: int = 80, **more: Any) -> dict[str, Any]:
    backend = {"service": {"name": name, "port": {"number": port}}}
    return named("shop", spec={"rules": [{"http": {"paths": [{"path": "/", "backend": backend}]}}], **more})


def policy(name: str, spec: dict[str, Any]) -> dict[str, Any]:
    return named(name, kind="NetworkPolicy", spec=spec)


def test_a_selector_that_fits_no_pod_tells_the_label_that_differs() -> None:
    documents = (
        listed("Pod", pod(labels={"app": "web", "tier": "v2"})),
        listed("Service", service(selector={"app": "web", "tier": "v1"})),
    )

    (finding,) = found("K8S06", *cluster(*documents, names=FILES))

    assert finding.title == (
        "Service shop/web has no endpoints: no pod carries app=web, tier=v1. The nearest is Pod shop/web-1: tier is v2."
    )
    assert finding.evidence[1].locator == "/items/0/metadata/labels"


def test_a_service_whose_pods_are_not_ready_has_no_endpoints() -> None:
    (finding,) = found("K8S06", *cluster(listed("Pod", pod(ready=False)), listed("Service", service()), names=FILES))

    assert finding.title == "Service shop/web has no endpoints: none of its pods is ready (1)."


def test_a_target_port_by_a_name_that_no_container_has_fails() -> None:
    named_port = pod(spec={"ports": [{"name": "http", "containerPort": 8080}]})
    documents = (listed("Pod", named_port), listed("Service", service(target="web")))

    (finding,) = found("K8S06", *cluster(*documents, names=FILES))

    assert finding.state is State.FAIL
    assert "sends port 80 to “web”" in finding.title


def test_a_service_with_a_ready_pod_passes_and_without_pods_it_is_open() -> None:
    assert states("K8S06", *cluster(listed("Pod", pod()), listed("Service", service()), names=FILES)) == {State.PASS}
    assert states("K8S06", *cluster(listed("Service", service()))) == {State.NOT_EVALUATED}


@pytest.mark.parametrize(
    ("given", "title"),
    [
        (ingress("wbe"), "Ingress shop/shop leads to service wbe, which does not exist in shop."),
        (ingress(port=81), "Ingress shop/shop leads to port 81 of service web, which has 80."),
        (
            ingress(tls=[{"secretName": "web-tls"}]),
            "Ingress shop/shop takes its certificate from secret web-tls, which does not exist in shop.",
        ),
        (
            ingress(ingressClassName="nginx"),
            "Ingress shop/shop asks for class nginx, which does not exist: no controller serves it.",
        ),
    ],
)
def test_an_ingress_that_leads_nowhere_fails(given: dict[str, Any], title: str) -> None:
    documents = (
        listed("Ingress", given),
        listed("Service", service()),
        listed("Secret", named("other")),
        listed("IngressClass", named("traefik", "")),
    )

    (finding,) = found("K8S07", *cluster(*documents))

    assert (finding.state, finding.title) == (State.FAIL, title)


def test_a_backend_in_the_form_before_version_1_is_read_too() -> None:
    old = named("shop", spec={"backend": {"serviceName": "gone", "servicePort": 80}})

    (finding,) = found("K8S07", *cluster(listed("Ingress", old), listed("Service", service())))

    assert finding.evidence[0].locator == "/items/0/spec/backend/serviceName"


def test_a_sound_ingress_passes_and_one_without_its_services_is_open() -> None:
    assert states("K8S07", *cluster(listed("Ingress", ingress()), listed("Service", service()))) == {State.PASS}
    assert states("K8S07", *cluster(listed("Ingress", ingress()))) == {State.NOT_EVALUATED}
    assert states("K8S07", *cluster(listed("Service", service()))) == {State.NOT_EVALUATED}


SHUT = policy("deny", {"podSelector": {}, "policyTypes": ["Ingress"]})
FRONT_ONLY = policy(
    "front",
    {
        "podSelector": {"matchLabels": {"app": "web"}},
        "ingress": [{"from": [{"podSelector": {"matchLabels": {"app": "front"}}}]}],
    },
)
NO_DNS = policy("egress", {"podSelector": {}, "policyTypes": ["Egress"], "egress": [{"ports": [{"port": 443}]}]})
WITH_DNS = policy("names", {"podSelector": {}, "policyTypes": ["Egress"], "egress": [{"ports": [{"port": 53}]}]})
CALLERS = listed("Pod", pod(), pod("front-1", labels={"app": "front"}), pod("batch-1", labels={"app": "batch"}))


def judged(*policies: dict[str, Any]) -> list[tuple[State, str]]:
    given = cluster(CALLERS, listed("Service", service()), listed("NetworkPolicy", *policies))
    return [(one.state, one.title) for one in found("K8S09", *given)]


def test_a_policy_that_lets_nothing_in_is_warned_about() -> None:
    assert judged(SHUT) == [
        (State.WARN, "No pod may connect to Service shop/web: NetworkPolicy shop/deny lets nothing in.")
    ]


def test_callers_that_a_policy_keeps_out_are_counted() -> None:
    assert judged(FRONT_ONLY) == [
        (
            State.INFO,
            "NetworkPolicy shop/front keeps 1 of 2 pods of shop out of Service shop/web, batch-1 among them.",
        )
    ]


def test_egress_without_port_53_stops_names_unless_another_policy_allows_it() -> None:
    assert judged(NO_DNS) == [
        (
            State.WARN,
            "NetworkPolicy shop/egress lets no DNS out of Pod shop/web-1 and 2 others: names do not resolve there.",
        )
    ]
    assert [state for state, _ in judged(NO_DNS, WITH_DNS)] == [State.PASS]


def test_no_policies_block_nothing_and_unknown_policies_leave_it_open() -> None:
    none = cluster(CALLERS, listed("NetworkPolicy"), names=("pods/shop.json", "network-policy/shop.json"))

    assert states("K8S09", *none) == {State.PASS}
    assert states("K8S09", *cluster(CALLERS)) == {State.NOT_EVALUATED}


@pytest.mark.parametrize(("port", "state"), [(8080, State.FAIL), (80, State.PASS)])
def test_a_service_that_was_attached_alone_is_compared_with_the_port_of_the_ingress(port: int, state: State) -> None:
    alone = {"apiVersion": "v1", "kind": "Service"} | service()
    beside = {"apiVersion": "networking.k8s.io/v1", "kind": "Ingress"} | ingress(port=port)

    assert states("K8S07", *cluster(beside, alone)) == {state}
