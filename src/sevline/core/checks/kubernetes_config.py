"""Volumes, autoscalers, configuration, certificates and rollouts."""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sevline.core.checks.kubernetes_containers import cite_message, message_of, no_pods
from sevline.core.finding import Confidence, Evidence, Finding, Side, check, failed, not_told, noted, passed, warned
from sevline.core.readers.certificates import BadCertificateError, certificates_in
from sevline.core.readers.kubernetes import (
    GET,
    Cluster,
    Container,
    KubeObject,
    condition,
    containers,
    dict_at,
    int_at,
    list_at,
    text_at,
)
from sevline.core.readers.kubernetesevents import Told, only_in_events
from sevline.core.readers.moments import iso_moment, plain

SOON_DAYS = 30
MISSING = re.compile(
    r"(?i)(secret|configmap) \"?([^\"\s]+)\"? not found|couldn't find key (\S+) in (\S+) (\S+)"
    r"|references non-existent (config|secret) key: (\S+)"
)

#: What events tell of claims, autoscalers, pods and rollouts, as “Reason: message”.
UNBOUND = re.compile(r"(?:ProvisioningFailed|FailedBinding): ")
UNBOUND_WHY = {"ProvisioningFailed": "the volume could not be provisioned", "FailedBinding": "no volume fits it"}
NO_CLASS = re.compile(r"storageclass\S* \"([^\"]{1,100})\" not found")
UNSCALED = re.compile(r"Failed(?:Get(?:Scale|\w{1,40}Metric)|ComputeMetricsReplicas): ")
UNCONFIGURED = re.compile(
    rf"(?:Failed|FailedMount): .{{0,1000}}?(?:{MISSING.pattern.removeprefix('(?i)')})", re.IGNORECASE
)
STUCK = re.compile(
    r"(?:ProgressDeadlineExceeded|BackoffLimitExceeded|DeadlineExceeded|FailedCreate): (?!.*exceeded quota)"
)
STUCK_WHY = {
    "ProgressDeadlineExceeded": ("did not roll out before its deadline", Side.OUR_APP,
                                 "Look at the newest pods (K8S02 to K8S05); `kubectl rollout undo` goes back."),
    "BackoffLimitExceeded": ("gave up: its pods failed as often as its limit allows", Side.OUR_APP,
                             "Read the log of its last pod: `kubectl logs job/NAME`."),
    "DeadlineExceeded": ("gave up: it ran longer than its deadline", Side.OUR_APP,
                         "Compare activeDeadlineSeconds with how long it usually takes."),
    "FailedCreate": ("cannot create its pods", Side.OUR_INFRA,
                     "Read the message: an admission rule, a service account or a name."),
}  # fmt: skip


@check("K8S08", supports=("volume",), refutes=("volume",))
def volume_claims(cluster: Cluster) -> Iterator[Finding]:
    """Volume claims that are not bound or lost their volume"""
    every = cluster.of("PersistentVolumeClaim")
    strange = only_in_events(cluster, ("PersistentVolumeClaim",), UNBOUND, over="ProvisioningSucceeded")
    yield from map(_unbound, strange)
    if not every:
        if not strange:
            yield not_told(
                "Whether a volume claim is bound cannot be told.",
                "the volume claims",
                next_step=GET.format(kind="pvc,storageclasses,events"),
            )
        return
    loose = [one for one in every if text_at(one.body, "status", "phase") in {"Pending", "Lost"}]
    for one in loose:
        yield _claim(cluster, one)
    if not loose and not strange:
        yield passed(f"All {len(every)} volume claims are bound.", every[0].cite("status", "phase"))


def _unbound(told: Told) -> Finding:
    absent = NO_CLASS.search(told.said)
    why = f"there is no storage class {absent[1]}" if absent else UNBOUND_WHY[told.reason]
    return failed(
        f"{told.title} is not bound: {why}.",
        told.cited,
        side=Side.OUR_INFRA,
        next_step="Read the event's message: class, quota, zone, size or driver.",
    )


def _claim(cluster: Cluster, one: KubeObject) -> Finding:
    phase, name = text_at(one.body, "status", "phase"), text_at(one.body, "spec", "storageClassName")
    events = cluster.events_of(one, "ProvisioningFailed", "FailedBinding", "WaitForFirstConsumer", "FailedMount")
    cited = [one.cite("status", "phase", expected="Bound"), *(event.cite("message") for event in events[:2])]
    if phase == "Pending" and _waits_for_a_pod(cluster, name, events):
        return noted(
            f"{one.title} waits for the first pod that uses it, as class {name} has it.",
            *cited,
            next_step="It is bound when a pod is placed; if one is, look at why it finds no node (K8S04).",
        )
    if phase == "Lost":
        why, step = "its volume no longer exists", "Restore the volume or the claim; the data may be gone."
    elif name and cluster.knows("StorageClass") and cluster.find("StorageClass", "", name) is None:
        why, step = f"there is no storage class {name}", "Name a class that exists (`kubectl get storageclass`)."
        cited.append(one.cite("spec", "storageClassName"))
    elif absent := next((found for event in events if (found := NO_CLASS.search(_message(event)))), None):
        why, step = f"there is no storage class {absent[1]}", "Name a class that exists (`kubectl get storageclass`)."
    elif events and events[0].at("reason") == "ProvisioningFailed":
        why = f"the volume could not be provisioned: {_message(events[0])[:160]}".rstrip(" .:")
        step = "Look at what the message names: quota, zone or driver."
    else:
        why = "no volume fits it"
        step = f"Look at its events, its size and its access mode. {GET.format(kind='events')}"
    return failed(f"{one.title} is {phase}: {why}.", *cited, side=Side.OUR_INFRA, next_step=step)


def _message(event: KubeObject) -> str:
    return text_at(event.body, "message") or text_at(event.body, "note")


def _waits_for_a_pod(cluster: Cluster, storage: str, events: list[KubeObject]) -> bool:
    known = cluster.find("StorageClass", "", storage)
    waits = known is not None and text_at(known.body, "volumeBindingMode") == "WaitForFirstConsumer"
    return waits and all(event.at("reason") == "WaitForFirstConsumer" for event in events)


@check("K8S10", supports=("autoscaling",), refutes=("autoscaling",))
def autoscalers(cluster: Cluster) -> Iterator[Finding]:
    """Autoscalers without a target or without metrics, and such as are at their maximum"""
    every = cluster.of("HorizontalPodAutoscaler")
    strange = only_in_events(cluster, ("HorizontalPodAutoscaler",), UNSCALED, over="SuccessfulRescale")
    yield from map(_unscaled, strange)
    if not every:
        if not strange:
            yield not_told(
                "Whether an autoscaler works cannot be told.", "the autoscalers", next_step=GET.format(kind="hpa")
            )
        return
    found = [finding for one in every if (finding := _autoscaler(cluster, one))]
    yield from found
    if not found and not strange:
        yield passed(f"All {len(every)} autoscalers have a target and read their metrics.", every[0].cite("status"))


def _unscaled(told: Told) -> Finding:
    """Metrics may lack for the first minute of a pod; a target that is not there does not come by itself."""
    has_no_target = told.reason == "FailedGetScale"
    return (failed if has_no_target else warned)(
        f"{told.title} {'has no target' if has_no_target else 'did not read its metrics'}: {told.reason}.",
        told.cited,
        side=Side.OUR_INFRA,
        next_step="Correct scaleTargetRef."
        if has_no_target
        else "See whether this lasts (`kubectl describe hpa`), the metrics server answers and the pods have requests.",
    )


def _autoscaler(cluster: Cluster, one: KubeObject) -> Finding | None:
    kind, name = (text_at(one.body, "spec", "scaleTargetRef", key) for key in ("kind", "name"))
    able, active, limited = (_said(one, kind) for kind in ("AbleToScale", "ScalingActive", "ScalingLimited"))
    gone = cluster.knows(kind, one.namespace) and cluster.find(kind, one.namespace, name) is None
    if gone or able.reason == "FailedGetScale":
        return failed(
            f"{one.title} has no target: there is no {kind} {name} in {one.namespace}.",
            one.cite("spec", "scaleTargetRef", observed=f"{kind} {name}"),
            *([one.cite(*able.place)] if able.reason else []),
            side=Side.OUR_INFRA,
            next_step="Correct scaleTargetRef.",
        )
    if active.status == "False" and active.reason != "ScalingDisabled":
        return failed(
            f"{one.title} does not scale: {active.reason}.",
            one.cite(*active.place, expected="ValidMetricFound"),
            side=Side.OUR_INFRA,
            next_step="See whether the metrics server answers and the pods have resource requests.",
        )
    if limited.status == "True" and limited.reason == "TooManyReplicas":
        return warned(
            f"{one.title} is at its maximum of {int_at(one.body, 'spec', 'maxReplicas')} and wants more.",
            one.cite(*limited.place),
            one.cite("spec", "maxReplicas"),
            side=Side.OUR_INFRA,
            next_step="Raise the maximum, or find what load or slowness asks for more.",
        )
    return None


@dataclass(frozen=True, slots=True)
class Said:
    """One condition of an object: its status, its reason, and where the reason stands."""

    status: str = ""
    reason: str = ""
    place: tuple[str | int, ...] = ()


def _said(one: KubeObject, kind: str) -> Said:
    found = condition(one, kind)
    if found is None:
        return Said()
    number, each = found
    return Said(text_at(each, "status"), text_at(each, "reason"), ("status", "conditions", number, "reason"))


@check("K8S11", supports=("configuration-missing",), refutes=("configuration-missing",))
def configuration(cluster: Cluster) -> Iterator[Finding]:
    """ConfigMaps and Secrets, and keys of them, that a container asks for and that do not exist"""
    pods = cluster.of("Pod")
    strange = [
        _lacks(told.title, what, told.cited)
        for told in only_in_events(cluster, ("Pod",), UNCONFIGURED, over="Started")
        if (what := _missing(told.said))
    ]
    yield from strange
    if not pods:
        if not strange:
            yield no_pods("Whether configuration is missing cannot be told.", "pods,events")
        return
    found = bool(strange)
    for pod in pods:
        for finding in _configuration(cluster, pod):
            found = True
            yield finding
    first = next((one for one in containers(pods[0]) if one.status_path), None)
    if not found and first is not None:
        yield passed(f"No container of {len(pods)} pods waits for its configuration.", first.cite("state"))


def _configuration(cluster: Cluster, pod: KubeObject) -> Iterator[Finding]:
    told: set[str] = set()
    for one in containers(pod):
        if text_at(one.status, "state", "waiting", "reason") == "CreateContainerConfigError":
            told.add(one.name)
            yield _unbuilt(cluster, one)
        elif finding := next(_dangling(cluster, one), None):
            told.add(one.name)
            yield finding
    if told:
        return
    for event in cluster.events_of(pod, "FailedMount", "Failed"):
        if what := _missing(text_at(event.body, "message")):
            yield _lacks(pod.title, what, event.cite("message"))
            return


def _unbuilt(cluster: Cluster, one: Container) -> Finding:
    """A container whose configuration the kubelet cannot build. `kubectl describe` prints the reason alone; what is
    missing then stands in an event of the pod."""
    said = text_at(one.status, "state", "waiting", "message")
    cited = one.cite("state", "waiting", "message" if said else "reason", expected="running")
    if what := _missing(said):
        return _lacks(one.title, what, cited)
    for event in cluster.events_of(one.pod, "Failed", "FailedMount"):
        part = text_at(event.body, "involvedObject", "fieldPath")
        if (what := _missing(message_of(event))) and (not part or f"{{{one.name}}}" in part):
            return _lacks(one.title, what, cited, cite_message(event))
    return _lacks(one.title, "its configuration cannot be built", cited)


def _lacks(who: str, what: str, *cited: Evidence) -> Finding:
    return failed(
        f"{who[0].upper()}{who[1:]} cannot start: {what}.",
        *cited,
        side=Side.OUR_INFRA,
        next_step="Create it in the pod's own namespace, or correct the name; names are case-sensitive.",
    )


def _missing(said: str) -> str:
    match = MISSING.search(said[:2000])
    if match is None:
        return ""
    if match[3]:
        return f"there is no key {match[3]} in {match[4]} {match[5].rstrip('.')}"
    if match[7]:
        kind = "ConfigMap" if match[6].lower() == "config" else "Secret"
        return f"the {kind} that a volume names has no key {match[7].rstrip('.')}"
    return f"{match[1].lower()} {match[2]} does not exist"


def _dangling(cluster: Cluster, one: Container) -> Iterator[Finding]:
    """References from the declaration alone, where the lists show that what is named is not there."""
    space = one.pod.namespace
    for path, kind, reference in _references(one):
        name, key = text_at(reference, "name"), text_at(reference, "key")
        if not name or reference.get("optional") is True or not cluster.knows(kind, space):
            continue
        known = cluster.find(kind, space, name)
        what = ""
        if known is None:
            what = f"{kind} {name} does not exist in {space}"
        elif key and key not in dict_at(known.body, "data") and key not in dict_at(known.body, "binaryData"):
            what = f"{kind} {name} has no key {key}"
        if what and not one.status.get("ready"):
            yield _lacks(one.title, what, one.cite_spec(*path, observed=f"{name} {key}".strip()))


def _references(one: Container) -> Iterator[tuple[tuple[str | int, ...], str, dict[str, object]]]:
    kinds = (("configMapRef", "ConfigMap"), ("secretRef", "Secret"))
    for number, source in enumerate(list_at(one.spec, "envFrom")):
        for field, kind in kinds:
            if field in source:
                yield ("envFrom", number, field), kind, dict_at(source, field)
    for number, variable in enumerate(list_at(one.spec, "env")):
        for field, kind in (("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")):
            if reference := dict_at(variable, "valueFrom", field):
                yield ("env", number, "valueFrom", field), kind, reference


@check("K8S15", supports=("certificate-expired",), refutes=("certificate-expired",))
def secret_certificates(cluster: Cluster) -> Iterator[Finding]:
    """Certificates in secrets that have expired or soon will; only their dates and names are read"""
    every = [one for one in cluster.of("Secret") if text_at(one.body, "data", "tls.crt")]
    if not every:
        yield not_told(
            "Whether a certificate in a secret has expired cannot be told.",
            "secrets of type kubernetes.io/tls",
            next_step="Run `kubectl get secrets --field-selector type=kubernetes.io/tls -A -o json` and delete the "
            "values of tls.key before you attach the file; tls.crt is public.",
        )
        return
    now = latest_moment(cluster)
    for one in every:
        yield from _certificate(one, now)


def latest_moment(cluster: Cluster) -> datetime | None:
    """When the objects were taken, as near as they tell: the newest time in any event, status or heartbeat."""
    found = [
        moment
        for one in cluster.objects
        for each in (one.body, *list_at(one.body, "status", "conditions"))
        for key in ("lastTimestamp", "eventTime", "lastHeartbeatTime", "lastProbeTime", "lastTransitionTime")
        if (moment := iso_moment(each.get(key)))
    ]
    return max(found, default=None)


def _certificate(one: KubeObject, now: datetime | None) -> Iterator[Finding]:
    place = ("data", "tls.crt")
    try:
        chain = certificates_in(base64.b64decode(text_at(one.body, *place), validate=True))
    except (binascii.Error, ValueError, BadCertificateError):
        yield warned(
            f"{one.title} holds a tls.crt that is no certificate.",
            one.cite(*place, observed="not a certificate", expected="PEM"),
            side=Side.OUR_INFRA,
            next_step="Write the secret anew from the certificate's file.",
            sure=Confidence.PROOF,
        )
        return
    for certificate in chain[:1]:
        until = certificate.not_after
        cited = one.cite(*place, observed=f"valid until {plain(until)}")
        if now is None:
            yield not_told(
                f"{one.title} is valid until {plain(until)}; when the objects were taken is not told.",
                "the time at which the objects were taken",
                next_step="Attach the events or nodes too; they carry times.",
            )
        elif until <= now:
            yield failed(
                f"{one.title}: its certificate for {certificate.names} expired on {plain(until)}.",
                cited,
                side=Side.OUR_INFRA,
                next_step="Renew it; see why it was not renewed by itself.",
            )
        elif (until - now).days < SOON_DAYS:
            yield warned(
                f"{one.title}: its certificate for {certificate.names} expires in {(until - now).days} days.",
                cited,
                side=Side.OUR_INFRA,
                next_step="Renew it, or see that its issuer does.",
            )
        else:
            yield passed(f"{one.title}: its certificate is valid until {plain(until)}.", cited)


@check("K8S16", supports=("rollout-stuck",), refutes=("rollout-stuck",))
def rollouts(cluster: Cluster) -> Iterator[Finding]:
    """Rollouts that are stuck, and jobs that gave up"""
    kinds = ("Deployment", "StatefulSet", "DaemonSet", "Job")
    every = [one for kind in kinds for one in cluster.of(kind)]
    strange = only_in_events(cluster, (*kinds, "ReplicaSet"), STUCK, over="SuccessfulCreate|Completed")
    yield from map(_stuck, strange)
    if not every:
        if not strange:
            yield not_told(
                "Whether a rollout is stuck cannot be told.",
                "the deployments, stateful sets, daemon sets and jobs",
                next_step=GET.format(kind="deployments,statefulsets,daemonsets,jobs"),
            )
        return
    found = [finding for one in every if (finding := _rollout(one))]
    yield from found
    if not found and not strange:
        yield passed(f"None of {len(every)} rollouts and jobs is stuck.", every[0].cite("status"))


def _stuck(told: Told) -> Finding:
    what, side, step = STUCK_WHY[told.reason]
    return failed(f"{told.title} {what}.", told.cited, side=side, next_step=step)


def _rollout(one: KubeObject) -> Finding | None:
    if one.kind == "Job":
        return _job(one)
    progressing = condition(one, "Progressing")
    if progressing and text_at(progressing[1], "reason") == "ProgressDeadlineExceeded":
        return failed(
            f"The rollout of {one.title} is stuck: it passed its deadline with "
            f"{int_at(one.body, 'status', 'updatedReplicas')} of {_wanted(one)} replicas updated.",
            one.cite("status", "conditions", progressing[0], "reason", expected="NewReplicaSetAvailable"),
            side=Side.OUR_APP,
            next_step="Look at the newest pods (K8S02 to K8S05); `kubectl rollout undo` goes back.",
        )
    failure = condition(one, "ReplicaFailure")
    if failure and text_at(failure[1], "status") == "True":
        return failed(
            f"{one.title} cannot create its pods: {text_at(failure[1], 'reason')}.",
            one.cite("status", "conditions", failure[0], "message" if "message" in failure[1] else "reason"),
            side=Side.OUR_INFRA,
            next_step="Read the message: a quota, an admission rule or a service account.",
        )
    available = "numberAvailable" if one.kind == "DaemonSet" else "availableReplicas"
    if one.kind == "StatefulSet" and available not in dict_at(one.body, "status"):
        available = "readyReplicas"
    now, wanted = int_at(one.body, "status", available), _wanted(one)
    if now >= wanted:
        return None
    place = ("status", available) if available in dict_at(one.body, "status") else ("status",)
    return warned(
        f"{one.title}: {now} of {wanted} replicas are available.",
        one.cite(*place, observed=now, expected=wanted),
        side=Side.OUR_APP,
        next_step="Look at its pods: placed (K8S04), image (K8S03), crashing (K8S02), ready (K8S05).",
    )


def _wanted(one: KubeObject) -> int:
    if one.kind == "DaemonSet":
        return int_at(one.body, "status", "desiredNumberScheduled")
    return int_at(one.body, "spec", "replicas") if one.at("spec", "replicas") is not None else 1


def _job(one: KubeObject) -> Finding | None:
    ended = condition(one, "Failed")
    if ended is None or text_at(ended[1], "status") != "True":
        return None
    reason = text_at(ended[1], "reason")
    why = {"BackoffLimitExceeded": "it failed as often as it may", "DeadlineExceeded": "it ran out of time"}
    place = "reason" if reason else "status"
    return failed(
        f"{one.title} gave up: {why.get(reason, reason or 'no reason told')}.",
        one.cite("status", "conditions", ended[0], place),
        side=Side.OUR_APP,
        next_step="Read the log of one of its pods.",
    )
