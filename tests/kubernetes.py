"""Kubernetes objects for tests, in the form that the API gives them."""

import json
from typing import Any

from sevline.core.finding import Given
from sevline.core.readers.documents.kubernetes import kubernetes
from sevline.core.readers.reader import Source


def listed(kind: str, *items: dict[str, Any]) -> dict[str, Any]:
    return {"kind": f"{kind}List", "apiVersion": "v1", "items": list(items)}


def named(name: str, space: str = "shop", **more: Any) -> dict[str, Any]:
    meta = {"name": name, **({"namespace": space} if space else {}), **more.pop("metadata", {})}
    return {"metadata": meta, **more}


def pod(
    name: str = "web-1",
    *,
    state: dict[str, Any] | None = None,
    last: dict[str, Any] | None = None,
    restarts: int = 0,
    ready: bool = True,
    labels: dict[str, str] | None = None,
    spec: dict[str, Any] | None = None,
    init: dict[str, Any] | None = None,
    more: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """A pod with one container “app”, and one init container “setup” in the state of `init`."""
    status = {
        "name": "app",
        "ready": ready,
        "restartCount": restarts,
        "imageID": "sha256:1",
        "state": state or {"running": {"startedAt": "2026-03-02T09:00:00Z"}},
        "lastState": last or {},
    }
    conditions = [{"type": "Ready", "status": str(ready)}, {"type": "PodScheduled", "status": "True"}]
    body = named(
        name,
        metadata={"labels": labels or {"app": "web"}},
        spec={"nodeName": "n1", "containers": [{"name": "app", "image": "shop/web:1.4", **(spec or {})}]},
        status={"phase": "Running", "conditions": conditions, "containerStatuses": [status], **(more or {})},
    )
    if init is not None:
        body["spec"]["initContainers"] = [{"name": "setup", "image": "shop/setup:1"}]
        body["status"]["initContainerStatuses"] = [{"name": "setup", "restartCount": 4, **init}]
    return body


def event(reason: str, message: str, about: str = "web-1", *, kind: str = "Pod", count: int = 1) -> dict[str, Any]:
    involved = {"kind": kind, "namespace": "shop", "name": about}
    return named(
        f"{about}.{reason}.{count}",
        kind="Event",
        reason=reason,
        message=message,
        count=count,
        involvedObject=involved,
        lastTimestamp="2026-03-02T09:05:00Z",
    )


def cluster(*documents: dict[str, Any] | list[Any], names: tuple[str, ...] = ()) -> tuple[Given, ...]:
    """What the reader finds in these documents, given as files of these names."""
    files = names or tuple(f"file-{number}.json" for number, _ in enumerate(documents))
    found: list[Given] = []
    for number, (name, document) in enumerate(zip(files, documents, strict=True), 1):
        found += kubernetes(Source(f"a{number}", name), json.loads(json.dumps(document)))
    return tuple(found)
