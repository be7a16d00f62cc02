"""What kubectl prints for people: `describe pod`, `describe node`, and the tables of `get events` and `get pods`.

It becomes the same objects as the JSON has, with the lines they were read from.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from itertools import pairwise
from typing import Any

from sevline.core.finding import Given
from sevline.core.readers.kubernetes import KubeList, KubeObject, text_at
from sevline.core.readers.reader import Form, Source, reader

Path = tuple[str | int, ...]
FIELD = re.compile(r"^( *)([A-Z][A-Za-z0-9 ./()-]{0,40}?):(?: +(.*?))?\s*$")
NAME = re.compile(r"^( +)([a-z0-9-]+):(?: +(.*?))?\s*$")
HEADER = re.compile(r"^(\S.*?):\s*$")
PROBE = re.compile(r"delay=(\d+)s timeout=\d+s period=(\d+)s #success=\d+ #failure=(\d+)")
EVENTS_TABLE = re.compile(r"^(?:NAMESPACE +)?LAST SEEN +TYPE +REASON +OBJECT +(?:SUBOBJECT +SOURCE +)?MESSAGE")
LOOSE_EVENTS = re.compile(r"^\s{0,8}Type +Reason +Age +From +Message\s*$")
PODS_TABLE = re.compile(r"^(?:NAMESPACE +)?NAME +READY +STATUS +RESTARTS")
WAITING = frozenset(
    {
        "CrashLoopBackOff", "ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull",
        "CreateContainerConfigError", "CreateContainerError", "RunContainerError", "ContainerCreating",
    }
)  # fmt: skip
#: Fields that one kind alone prints in its description: nothing else there says which kind it is.
KIND_BY_FIELD = {
    "Parallelism": "Job", "StrategyType": "Deployment", "Desired Number of Nodes Scheduled": "DaemonSet",
    "Update Strategy": "StatefulSet", "VolumeMode": "PersistentVolumeClaim", "Used By": "PersistentVolumeClaim",
    "Concurrency Policy": "CronJob", "Min replicas": "HorizontalPodAutoscaler",
}  # fmt: skip
STATES = {"Waiting": "waiting", "Running": "running", "Terminated": "terminated"}
PLAIN = {
    "Reason": "reason",
    "Message": "message",
    "Exit Code": "exitCode",
    "Started": "startedAt",
    "Finished": "finishedAt",
}


@reader("kubectl-text", Form.LINES)
def kubectl_text(source: Source, lines: list[str]) -> Iterator[Given]:
    """kubectl's describe, and its tables of events and pods"""
    objects: list[KubeObject] = []
    for start, stop, kind in _parts(lines):
        part = lines[start:stop]
        if kind == "loose":
            objects += _loose_events(source.artifact, part, start, objects)
            continue
        if kind == "events":
            objects += _events_table(source.artifact, part, start)
        elif kind == "pods":
            objects += _pods_table(source.artifact, part, start)
        else:
            objects += _Described(source.artifact, part, start).objects()
    if objects:
        yield KubeList(source.artifact, tuple(objects))


def _parts(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """Where each description or table begins and ends; a shell prompt or another kind of text ends it."""
    starts: list[tuple[int, str]] = []
    for number, line in enumerate(lines):
        if EVENTS_TABLE.match(line):
            starts.append((number, "events"))
        elif PODS_TABLE.match(line):
            starts.append((number, "pods"))
        elif line.startswith("Name:") and _is_description(lines[number + 1 : number + 12]):
            starts.append((number, "describe"))
        elif LOOSE_EVENTS.match(line) and not any(kind == "describe" for _, kind in starts[-1:]):
            starts.append((number, "loose"))
    for (number, kind), (following, _) in pairwise([*starts, (len(lines), "")]):
        yield number, following, kind


def _is_description(lines: list[str]) -> bool:
    return any(line.startswith(("Namespace:", "Labels:", "Roles:")) for line in lines)


@dataclass
class _Described:
    """One `kubectl describe` block, read by indentation."""

    artifact: str
    lines: list[str]
    offset: int
    body: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, int] = field(default_factory=dict)
    events: list[KubeObject] = field(default_factory=list)
    kind: str = ""

    def objects(self) -> list[KubeObject]:
        section = ""
        block: list[tuple[int, str]] = []
        for number, line in enumerate(self.lines, self.offset + 1):
            if line.startswith("$ ") or (not line.strip() and section == "Events"):
                break
            header = HEADER.match(line) or (
                re.match(r"^(Events|Conditions|Labels):", line) if line[:1] != " " else None
            )
            if header:
                self._section(section, block)
                section, block = header[1], [(number, line.partition(":")[2])] if line.partition(":")[2].strip() else []
            elif line[:1] == " " and section:
                block.append((number, line))
            else:
                self._section(section, block)
                section, block = self._top(number, line), []
        self._section(section, block)
        return self._built()

    def _top(self, number: int, line: str) -> str:
        """A field of the object itself; the section that its indented lines belong to."""
        match = FIELD.match(line)
        if match is None:
            return ""
        key, value = match[2], match[3] or ""
        self.kind = self.kind or KIND_BY_FIELD.get(key, "")
        path: dict[str, Path] = {
            "Name": ("metadata", "name"),
            "Namespace": ("metadata", "namespace"),
            "Node": ("spec", "nodeName"),
            "Status": ("status", "phase"),
            "Reason": ("status", "reason"),
            "Message": ("status", "message"),
        }
        if key in path:
            self._put(path[key], value.partition("/")[0] if key == "Node" else value, number)
        if key == "Unschedulable":
            self._put(("spec", "unschedulable"), value == "true", number)
        if key == "Labels":
            self._label(number, value)
        return key

    def _put(self, path: Path, value: Any, number: int) -> None:
        target: Any = self.body
        for step, following in pairwise(path):
            if isinstance(target, list):
                while len(target) <= int(step):
                    target.append({})
                target = target[int(step)]
            else:
                target = target.setdefault(step, [] if isinstance(following, int) else {})
        target[path[-1]] = value
        for length in range(len(path) + 1):
            self.places.setdefault(path[:length], number)
        self.places[path] = number

    def _label(self, number: int, text: str) -> None:
        key, equals, value = text.strip().partition("=")
        if equals:
            self._put(("metadata", "labels", key), value, number)

    def _section(self, name: str, block: list[tuple[int, str]]) -> None:
        if name == "Labels":
            for number, line in block:
                self._label(number, line)
        elif name in {"Containers", "Init Containers"}:
            self._containers(name == "Init Containers", block)
        elif name == "Conditions":
            self._conditions(block)
        elif name == "Events":
            self.read_events(block)

    def _containers(self, init: bool, block: list[tuple[int, str]]) -> None:
        spec, status = ("initContainers", "initContainerStatuses") if init else ("containers", "containerStatuses")
        index, state = -1, ""
        for number, line in block:
            match = FIELD.match(line) or NAME.match(line)
            if match is None:
                continue
            depth, key, value = len(match[1]), match[2], match[3] or ""
            if depth == 2:
                index, state = index + 1, ""
                self._put(("spec", spec, index, "name"), key, number)
                self._put(("status", status, index, "name"), key, number)
            elif depth == 4 and index >= 0:
                state = self._container_field(("spec", spec, index), ("status", status, index), key, value, number)
            elif index >= 0 and value:
                self._inner(("spec", spec, index), ("status", status, index), state, key, value, number)

    def _inner(self, spec: Path, status: Path, section: str, key: str, value: str, number: int) -> None:
        """A line below a field of the container: of its state, or of its limits."""
        if section in {"state", "lastState"} and key in PLAIN:
            self._state_field(status, section, PLAIN[key], value, number)
        elif section in {"limits", "requests"}:
            self._put((*spec, "resources", section, key), value, number)

    def _container_field(self, spec: Path, status: Path, key: str, value: str, number: int) -> str:
        if key in {"State", "Last State"}:
            place = "state" if key == "State" else "lastState"
            self._put((*status, place, STATES.get(value, "waiting")), {}, number)
            return place
        if key == "Image":
            self._put((*spec, "image"), value, number)
        elif key == "Ready":
            self._put((*status, "ready"), value == "True", number)
        elif key == "Restart Count" and value.isdecimal():
            self._put((*status, "restartCount"), int(value), number)
        elif key in {"Liveness", "Readiness", "Startup"}:
            self._put((*spec, f"{key.lower()}Probe"), _probe(value), number)
        return key.lower()

    def _state_field(self, status: Path, place: str, key: str, value: str, number: int) -> None:
        state = self.body["status"][status[1]][status[2]].get(place) or {}
        kind = next(iter(state), "")
        if kind:
            told: Any = int(value) if key == "exitCode" and value.lstrip("-").isdecimal() else _moment(key, value)
            self._put((*status, place, kind, key), told, number)

    def _conditions(self, block: list[tuple[int, str]]) -> None:
        """Pods print two columns, nodes six with the reason and the message behind two times."""
        index = 0
        for number, line in block:
            columns = re.split(r" {2,}|\t", line.strip()) if "  " in line.strip() else line.split()
            if len(columns) < 2 or columns[0] in {"Type", "----"} or columns[1] not in {"True", "False", "Unknown"}:
                continue
            self._put(("status", "conditions", index, "type"), columns[0], number)
            self._put(("status", "conditions", index, "status"), columns[1], number)
            if len(columns) >= 6:
                self._put(("status", "conditions", index, "reason"), columns[4], number)
                self._put(("status", "conditions", index, "message"), columns[5], number)
            index += 1

    def read_events(self, block: list[tuple[int, str]]) -> None:
        for number, line in block:
            columns = re.split(r" {2,}|\t+", line.strip(), maxsplit=4)
            if len(columns) < 5 or columns[0] in {"Type", "----"}:
                continue
            kind, reason, age, _source, message = columns
            self.events.append(_event(self.artifact, number, ("", "", ""), kind, reason, message, _times(age)))

    def _built(self) -> list[KubeObject]:
        name = str(self.body.get("metadata", {}).get("name", ""))
        space = str(self.body.get("metadata", {}).get("namespace", ""))
        kind = "Pod" if "containers" in self.body.get("spec", {}) else "Node" if not space else ""
        about = (kind or self.kind or "Unknown", space, name)
        events = [_event(one.artifact, one.lines[()] if one.lines else 1, about, *_told(one)) for one in self.events]
        if not kind or not name:
            return events
        _scheduled(self.body, self.places, events)
        return [KubeObject(self.artifact, "", kind, space, name, self.body, self.places), *events]


def _loose_events(artifact: str, lines: list[str], offset: int, known: list[KubeObject]) -> list[KubeObject]:
    """The events of a description whose head was not copied: of the one pod above that is not well, else of no one."""
    ill = [one for one in known if one.kind == "Pod" and text_at(one.body, "status", "phase") not in WELL]
    about = ("Pod", ill[0].namespace, ill[0].name) if len(ill) == 1 else ("", "", "")
    block = _Described(artifact, [], offset)
    end = next((at for at, line in enumerate(lines) if at and not line.strip()), len(lines))
    block.read_events(list(enumerate(lines[:end], offset + 1)))
    return [_event(artifact, one.lines[()] if one.lines else 1, about, *_told(one)) for one in block.events]


WELL = frozenset({"Running", "Completed", "Succeeded"})


def _told(event: KubeObject) -> tuple[str, str, str, int]:
    body = event.body
    return str(body["type"]), str(body["reason"]), str(body["message"]), int(body["count"])


def _scheduled(body: dict[str, Any], places: dict[Path, int], events: list[KubeObject]) -> None:
    """Describe prints no message beside `PodScheduled False`; the event has it."""
    for number, one in enumerate(body.get("status", {}).get("conditions", [])):
        said = next((event for event in events if event.body["reason"] == "FailedScheduling"), None)
        if one.get("type") == "PodScheduled" and one.get("status") == "False" and said is not None:
            one["message"] = said.body["message"]
            places[("status", "conditions", number, "message")] = said.lines[()] if said.lines else 1


def _probe(text: str) -> dict[str, Any]:
    match = PROBE.search(text)
    if match is None:
        return {"handler": text[:80]}
    return {"initialDelaySeconds": int(match[1]), "periodSeconds": int(match[2]), "failureThreshold": int(match[3])}


def _moment(key: str, value: str) -> str:
    if key not in {"startedAt", "finishedAt"}:
        return value
    try:
        moment: datetime = parsedate_to_datetime(value)
    except (TypeError, ValueError, OverflowError):
        return value
    return moment.isoformat()


def _times(age: str) -> int:
    """The count in an age such as `2m (x10 over 4m)`."""
    match = re.search(r"\(x(\d{1,9}) over", age)
    return int(match[1]) if match else 1


def _event(
    artifact: str, number: int, about: tuple[str, str, str], kind: str, reason: str, message: str, count: int
) -> KubeObject:
    body = {
        "type": kind,
        "reason": reason,
        "message": message,
        "count": count,
        "involvedObject": dict(zip(("kind", "namespace", "name"), about, strict=True)),
    }
    return KubeObject(artifact, "", "Event", about[1], f"line-{number}", body, {(): number})


def _cells(head: str, line: str) -> dict[str, str]:
    """The cells of one row by the columns of the head line; a cell ends where two blanks or the next column begin."""
    marks = [(match.start(), match[0]) for match in re.finditer(r"\S+(?: \S+)*?(?= {2,}|\s*$)", head)]
    ends = [start for start, _ in marks[1:]] + [len(line)]
    if all(end >= len(line) or line[end - 1 : end] in {" ", ""} for end in ends):
        return {name: line[start:end].strip() for (start, name), end in zip(marks, ends, strict=True)}
    names = [name for _, name in marks]
    cells = re.split(r" {2,}", line.strip(), maxsplit=len(marks) - 1)
    if len(cells) < len(names) and "SUBOBJECT" in names:  # what happened to no part of the object has no such cell
        names.remove("SUBOBJECT")
    return dict(zip(names, cells, strict=False))


def _events_table(artifact: str, lines: list[str], offset: int) -> Iterator[KubeObject]:
    for number, line in enumerate(lines[1:], offset + 2):
        row = _cells(lines[0], line)
        kind, _, name = row.get("OBJECT", "").partition("/")
        if name and row.get("REASON"):
            about = (_KINDS.get(kind.lower(), kind.capitalize()), row.get("NAMESPACE", ""), name)
            count = _times(row.get("LAST SEEN", ""))
            yield _event(artifact, number, about, row.get("TYPE", ""), row["REASON"], row.get("MESSAGE", ""), count)


_KINDS = {
    "replicaset": "ReplicaSet", "statefulset": "StatefulSet", "daemonset": "DaemonSet",
    "persistentvolumeclaim": "PersistentVolumeClaim", "horizontalpodautoscaler": "HorizontalPodAutoscaler",
}  # fmt: skip


def _pods_table(artifact: str, lines: list[str], offset: int) -> Iterator[KubeObject]:
    """One line a pod: its status column tells the reason that matters most, and not of which container."""
    for number, line in enumerate(lines[1:], offset + 2):
        row = _cells(lines[0], line)
        name, said = row.get("NAME", ""), row.get("STATUS", "")
        if not name or not re.match(r"^\d+/\d+$", row.get("READY", "")):
            continue
        count = re.match(r"\d{1,9}", row.get("RESTARTS", "0"))
        body = _pod_of_row(said, int(count[0]) if count else 0, row["READY"])
        body["metadata"] = {"age": row.get("AGE", "")}
        body["spec"] = {} if row.get("NODE", "<none>") in {"", "<none>"} else {"nodeName": row["NODE"]}
        yield KubeObject(artifact, "", "Pod", row.get("NAMESPACE", ""), name, body, {(): number}, brief=True)


def _pod_of_row(said: str, restarts: int, ready: str) -> dict[str, Any]:
    up, _, all_of_it = ready.partition("/")
    one: dict[str, Any] = {"name": "", "restartCount": restarts, "ready": up == all_of_it}
    body: dict[str, Any] = {"spec": {}, "status": {"phase": said, "containerStatuses": [one]}}
    bare = said.removeprefix("Init:")
    if bare in WAITING:
        one["state"] = {"waiting": {"reason": bare}}
    elif bare in {"OOMKilled", "Error"}:
        one["state"] = {"terminated": {"reason": bare, "exitCode": 137 if bare == "OOMKilled" else 1}}
    elif said == "Evicted":
        body["status"]["reason"] = "Evicted"
    if said.startswith("Init:") and bare != said:
        body["status"]["initContainerStatuses"] = body["status"].pop("containerStatuses")
        one.setdefault("state", {"terminated": {"exitCode": 1}} if bare == "Error" else {})
    return body
