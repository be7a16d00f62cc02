"""Probes of containers: which failed, how often, and whether that has an effect."""

import re
from collections.abc import Iterator
from typing import Any

from sevline.core.amount import amount
from sevline.core.checks.kubernetes_containers import cite_message, every_container, lifetime, message_of, no_pods
from sevline.core.finding import Confidence, Finding, Side, check, failed, noted, passed, warned
from sevline.core.readers.kubernetes import GET, Cluster, Container, KubeObject, dict_at, int_at, text_at

PROBE = re.compile(r"^(Liveness|Readiness|Startup) probe (?:failed|errored)", re.IGNORECASE)
ENDED = re.compile(r"failed (?:liveness|startup) probe", re.IGNORECASE)
PRESET_FAILURES = 3


@check("K8S05", supports=("probe-failure",), refutes=("probe-failure",))
def probes(cluster: Cluster) -> Iterator[Finding]:
    """Probes that fail, and starts that are slower than their liveness probe allows"""
    every = list(every_container(cluster))
    events = [one for one in cluster.of("Event") if one.at("reason") == "Unhealthy"]
    if not every and not events:
        yield no_pods("Whether a probe fails cannot be told.", "pods,events")
        return
    told: set[str] = set()
    for one in every:
        if finding := _probe(cluster, one):
            told.add(one.pod.name)
            yield finding
    for event in events:
        name = text_at(event.body, "involvedObject", "name")
        if name not in told and PROBE.match(message_of(event)):
            told.add(name)
            own = [other for other in events if text_at(other.body, "involvedObject", "name") == name]
            yield _failing(f"pod {name}", own, 1 if _ended_by_probe(cluster, name) else _allowed_failures({}, own))
    if not told:
        yield _no_probe_failed(cluster, every)


def _no_probe_failed(cluster: Cluster, every: list[Container]) -> Finding:
    running = next((one for one in every if one.status.get("ready") is True), None)
    if running is not None and cluster.knows("Event", running.pod.namespace):
        return passed("No probe failed in the events given.", running.cite("ready"))
    return no_pods("The pods are there; whether a probe failed is told by their events.", "events")


def _probe(cluster: Cluster, one: Container) -> Finding | None:
    """A container that its liveness probe kills while it starts, or one that runs and is not ready."""
    own = [event for event in cluster.events_of(one.pod, "Unhealthy") if _names(event, one)]
    if slow := _slow_start(one, [event for event in own if message_of(event).startswith("Liveness")]):
        return slow
    if own and _is_past(one, own):
        return noted(
            f"A probe of {one.title} failed while it started, and it is ready now: as it should be.",
            cite_message(max(own, key=_times)),
            one.cite("ready"),
        )
    if own:
        has_effect = one.status.get("ready") is False or _ended_by_probe(cluster, one.pod.name)
        return _failing(one.title, own, 1 if has_effect else _allowed_failures(one.spec, own))
    is_up = bool(dict_at(one.status, "state", "running")) and one.status.get("ready") is False
    if is_up and "readinessProbe" in one.spec:
        return warned(
            f"{one.title.capitalize()} runs and is not ready; it has a readiness probe.",
            one.cite("ready", expected="true"),
            one.cite_spec("readinessProbe", observed="a readiness probe"),
            side=Side.OUR_APP,
            next_step="The events tell what the probe saw: " + GET.format(kind="events"),
            sure=Confidence.HINT,
        )
    return None


def _is_past(one: Container, own: list[KubeObject]) -> bool:
    """Whether a container is ready, was never started again, and only its startup probe failed: until it was up."""
    is_up = one.status.get("ready") is True and not int_at(one.status, "restartCount")
    return is_up and all(message_of(event).startswith("Startup") for event in own)


def _slow_start(one: Container, liveness: list[KubeObject]) -> Finding | None:
    lived, allowed, ended = lifetime(one), _allowance(one), one.ended()
    if not liveness or ended is None or lived is None or not allowed:
        return None
    if abs(lived - allowed) > max(0.5 * allowed, 35):
        return None
    return failed(
        f"Slow start: the liveness probe ends {one.title} {lived:.0f} s after it starts; "
        f"the probe allows about {allowed:.0f} s.",
        cite_message(liveness[0]),
        one.cite(*ended[0], "finishedAt"),
        one.cite_spec("livenessProbe", observed=f"allows about {allowed:.0f} s", expected="longer than the start"),
        side=Side.OUR_APP,
        next_step="Give it a startup probe, or measure the start and set initialDelaySeconds above it.",
        sure=Confidence.STRONG,
    )


def _failing(who: str, events: list[KubeObject], least: int) -> Finding:
    """The probe that failed most often; a hint where that is less than `least`, of which nothing comes."""
    worst = max(events, key=_times)
    message, times = message_of(worst), _times(worst)
    kind = PROBE.match(message)
    status = re.search(r"statuscode: (\d{3})", message)
    what = f" with HTTP {status[1]}" if status else " by time-out" if "deadline exceeded" in message else ""
    said = f"{kind[1].capitalize() if kind else 'A'} probe of {who} failed{what}, {amount(times, 'time')}"
    if times < least:
        return warned(
            f"{said}; {least} in a row have an effect, and nothing given tells of one.",
            cite_message(worst),
            side=Side.OUR_APP,
            next_step="This is usual while a container starts. "
            "See whether it is ready now and how often the event came: " + GET.format(kind="pods,events"),
            sure=Confidence.HINT,
        )
    return failed(
        f"{said}.",
        cite_message(worst),
        side=Side.OUR_APP,
        next_step="Call the probe's address inside the pod; a readiness failure takes it out of service, "
        "a liveness failure restarts it.",
    )


def _times(event: KubeObject) -> int:
    return max(int_at(event.body, "count"), int_at(event.body, "series", "count"), 1)


def _ended_by_probe(cluster: Cluster, pod: str) -> bool:
    """Whether the kubelet says that it ends a container of the pod for a probe."""
    events = (one for one in cluster.of("Event") if text_at(one.body, "involvedObject", "name") == pod)
    return any(ENDED.search(message_of(one)) for one in events)


def _allowed_failures(spec: dict[str, Any], events: list[KubeObject]) -> int:
    """How many failures in a row have an effect: as the probe's own setting says, or as Kubernetes presets it."""
    kind = PROBE.match(message_of(max(events, key=_times)))
    own = int_at(spec, f"{kind[1].lower()}Probe", "failureThreshold") if kind else 0
    return own or PRESET_FAILURES


def _names(event: KubeObject, one: Container) -> bool:
    """Events name the container in `fieldPath`; where they do not, every container of the pod is meant."""
    path = text_at(event.body, "involvedObject", "fieldPath")
    return not path or f"{{{one.name}}}" in path


def _allowance(one: Container) -> float:
    """Seconds that a liveness probe allows for the start: delay, and as many periods as failures are allowed."""
    probe = one.spec.get("livenessProbe")
    if not isinstance(probe, dict):
        return 0.0
    return int_at(probe, "initialDelaySeconds") + (int_at(probe, "periodSeconds") or 10) * (
        int_at(probe, "failureThreshold") or 3
    )
