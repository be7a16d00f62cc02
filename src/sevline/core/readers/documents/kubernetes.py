"""Objects of the Kubernetes API: one object, a list, or the bare array of a support bundle."""

import re
from collections.abc import Iterator
from typing import Any

from sevline.core.finding import Given
from sevline.core.readers.kubernetes import CLUSTER_WIDE, KubeList, KubeObject, PodLog, text_at
from sevline.core.readers.reader import Form, Source, reader

#: Folders and files of support bundles by the kind that they hold, for lists that do not say it.
FOLDERS = {
    "pods": "Pod", "events": "Event", "nodes": "Node", "services": "Service", "deployments": "Deployment",
    "replicasets": "ReplicaSet", "statefulsets": "StatefulSet", "daemonsets": "DaemonSet", "jobs": "Job",
    "cronjobs": "CronJob", "ingress": "Ingress", "ingresses": "Ingress", "pvcs": "PersistentVolumeClaim",
    "pvs": "PersistentVolume", "storage-classes": "StorageClass", "network-policy": "NetworkPolicy",
    "resource-quotas": "ResourceQuota", "endpoints": "Endpoints", "configmaps": "ConfigMap", "secrets": "Secret",
    "hpa": "HorizontalPodAutoscaler", "horizontalpodautoscalers": "HorizontalPodAutoscaler",
    "namespaces": "Namespace", "limitranges": "LimitRange",
}  # fmt: skip
API_VERSION = re.compile(r"^(?:[a-z0-9.-]{1,100}/)?v\d[a-z0-9]{0,12}$")
LAST_LINES = 3


@reader("kubernetes", Form.JSON, of_cut=True)
def kubernetes(source: Source, document: Any) -> Iterator[Given]:
    """Kubernetes objects"""
    told, items = _listed(document, source.name)
    if source.cut:
        yield from _cut(source, told, items[:-1])
        return
    if not items:
        if told and _is_api(document):
            yield KubeList(source.artifact, (), _covers(told, (), source.name))
        return
    objects = tuple(one for pointer, item in items if (one := object_from(source.artifact, pointer, item, told)))
    if objects:
        kinds = {told} if told else {one.kind for one in objects} if len(items) > 1 else set()
        covers = frozenset[tuple[str, str]]().union(*(_covers(kind, objects, source.name) for kind in kinds))
        yield KubeList(source.artifact, objects, covers)


def _cut(source: Source, told: str, items: list[tuple[str, Any]]) -> Iterator[Given]:
    """Of a list that ends early those that are surely whole; none of its kinds is known to be all there."""
    objects = tuple(one for pointer, item in items if (one := object_from(source.artifact, pointer, item, told)))
    if objects:
        yield KubeList(source.artifact, objects, frozenset())


def _listed(document: Any, name: str) -> tuple[str, list[tuple[str, Any]]]:
    """The kind that the list as a whole tells, or "", and its members with their pointers."""
    folder = _folder_kind(name)
    if isinstance(document, list):
        return folder, [(f"/{number}", item) for number, item in enumerate(document)] if folder else []
    if not isinstance(document, dict):
        return "", []
    items = document.get("items")
    if isinstance(items, list):
        kind = text_at(document, "kind")
        told = kind.removesuffix("List") if kind not in {"", "List"} else folder if not kind else ""
        return told, [(f"/items/{number}", item) for number, item in enumerate(items)]
    return "", [("", document)] if _is_api(document) and "metadata" in document else []


def _is_api(document: Any) -> bool:
    return isinstance(document, dict) and bool(API_VERSION.match(text_at(document, "apiVersion")[:120]))


def object_from(artifact: str, pointer: str, item: Any, told: str) -> KubeObject | None:
    kind = text_at(item, "kind") or told
    name = text_at(item, "metadata", "name")
    if not kind or not name or not isinstance(item, dict):
        return None
    return KubeObject(artifact, pointer, kind, text_at(item, "metadata", "namespace"), name, item)


def _folder_kind(name: str) -> str:
    """By the folder or the file's own name: `pods/default.json`, `nodes.json`."""
    for part in reversed(name.removesuffix(".json").split("/")[-2:]):
        if part in FOLDERS:
            return FOLDERS[part]
    return ""


def _covers(kind: str, objects: tuple[KubeObject, ...], name: str) -> frozenset[tuple[str, str]]:
    """A list over several namespaces is of all of them; a file of a bundle is of the namespace it is named after."""
    if kind in CLUSTER_WIDE:
        return frozenset({(kind, "*"), (kind, "")})
    spaces = {one.namespace for one in objects if one.kind == kind}
    parts = name.removesuffix(".json").split("/")
    if len(parts) > 1 and FOLDERS.get(parts[-2]) == kind:
        return frozenset({(kind, parts[-1])})
    return frozenset({(kind, "*")}) if len(spaces) > 1 else frozenset((kind, space) for space in spaces)


@reader("kubernetes-log", Form.LINES)
def container_log(source: Source, lines: list[str]) -> Iterator[Given]:
    """Container logs in the folders of a support bundle: `…/pods/logs/NAMESPACE/POD/CONTAINER.log`"""
    parts = source.name.split("/")
    if not parts[-1].endswith(".log") or ("logs" not in parts[:-3] and parts[-3:-2] != ["all-logs"]):
        return
    container = parts[-1].removesuffix(".log")
    told = [(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip()][-LAST_LINES:]
    yield PodLog(
        source.artifact,
        "" if parts[-3] == "all-logs" else parts[-3],
        parts[-2],
        container.removesuffix("-previous"),
        container.endswith("-previous"),
        tuple(told),
    )
