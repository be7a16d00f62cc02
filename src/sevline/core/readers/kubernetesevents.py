"""What events alone tell of objects that the lists do not hold, as `kubectl get events` prints them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sevline.core.finding import Evidence
from sevline.core.readers.kubernetes import Cluster, KubeObject, dict_at, text_at
from sevline.core.readers.moments import iso_moment

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Told:
    """The last thing that events say of one object; `title` names it as other findings do."""

    title: str
    reason: str
    said: str
    cited: Evidence


def only_in_events(cluster: Cluster, kinds: Sequence[str], bad: re.Pattern[str], over: str = "") -> list[Told]:
    """Objects of these kinds of which events tell something bad that no later event ends, each once.

    `bad` is looked for at the start of “Reason: message”; `over` is a pattern of reasons that end it.
    """
    known = {(one.kind, one.name) for kind in kinds for one in cluster.of(kind)}
    latest: dict[tuple[str, str, str], KubeObject] = {}
    for event in sorted(cluster.of("Event"), key=_moment):
        about = dict_at(event.body, "involvedObject") or dict_at(event.body, "regarding")
        kind, name = str(about.get("kind", "")), str(about.get("name", ""))
        if kind not in kinds or (kind, name) in known:
            continue
        key = (kind, str(about.get("namespace") or event.namespace), name)
        reason = text_at(event.body, "reason")
        if bad.match(f"{reason}: {text_at(event.body, _part(event))}"):
            latest[key] = event
        elif over and re.fullmatch(over, reason):
            latest.pop(key, None)
    return [_told(*key, event) for key, event in latest.items()]


def _told(kind: str, namespace: str, name: str, event: KubeObject) -> Told:
    part = _part(event)
    title = f"{kind} {namespace}/{name}" if namespace and kind != "Node" else f"{kind} {name}"
    return Told(title, text_at(event.body, "reason"), text_at(event.body, part), event.cite(part))


def _part(event: KubeObject) -> str:
    return "message" if event.at("message") else "note"


def _moment(event: KubeObject) -> datetime:
    """Events without a time stay in the order of their file, before the others."""
    found = (iso_moment(text_at(event.body, key)) for key in ("lastTimestamp", "eventTime", "firstTimestamp"))
    return next((moment for moment in found if moment is not None), _NEVER)
