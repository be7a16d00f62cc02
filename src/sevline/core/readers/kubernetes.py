"""Kubernetes objects as `kubectl get -o json` and support bundles write them, gathered into one cluster."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from sevline.core.finding import Evidence, Gathered, Given
from sevline.core.readers.jsontext import escaped

#: How to get a kind that is not there. Names of secrets and their keys suffice; kubectl's own output holds the values.
GET = "Run `kubectl get {kind} --all-namespaces -o json` and attach the file, or attach a support bundle."
CLUSTER_WIDE = frozenset({"Node", "Namespace", "StorageClass", "IngressClass", "PersistentVolume"})


@dataclass(frozen=True, slots=True)
class KubeObject:
    """`pointer` is where the object stands in its artefact; `body` is the decoded object.

    Read from text, `lines` gives the line of each path below the object; a path without its own is cited at the line of
    the nearest one above it. `brief` is a row of a table: what it does not print is not known, and may well be there.
    """

    artifact: str
    pointer: str
    kind: str
    namespace: str
    name: str
    body: dict[str, Any] = field(repr=False)
    lines: Mapping[tuple[str | int, ...], int] | None = field(repr=False, default=None)
    brief: bool = False

    @property
    def labels(self) -> dict[str, str]:
        return dict_at(self.body, "metadata", "labels")

    @property
    def title(self) -> str:
        where = f"{self.namespace}/" if self.namespace else ""
        return f"{self.kind} {where}{self.name}"

    def at(self, *path: str | int) -> Any:
        """What stands at a path of keys and indexes below the object; None where nothing does."""
        return at(self.body, *path)

    def cite(self, *path: str | int, observed: object = None, expected: object = "") -> Evidence:
        if observed is None:
            found = self.at(*path)
            observed = found if isinstance(found, str | int | float | bool) else ""
        return Evidence(self.artifact, self._locator(path), str(observed), str(expected))

    def _locator(self, path: tuple[str | int, ...]) -> str:
        if self.lines is None:
            return self.pointer + "".join(f"/{escaped(str(step))}" for step in path)
        while path and path not in self.lines:
            path = path[:-1]
        return f"{self.lines.get(path, 1)}:1"


@dataclass(frozen=True, slots=True)
class KubeList(Given):
    """The objects of one file. `covers` holds the (kind, namespace) pairs it lists in full; "*" is every namespace."""

    what = "Kubernetes objects"
    how = "Attach a support bundle, or the output of `kubectl get pods,events,nodes --all-namespaces -o json`."

    artifact: str
    objects: tuple[KubeObject, ...] = ()
    covers: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class PodLog(Given):
    """The last lines of one container's log; `previous` is the log of the container before its last restart."""

    what = "the log of a container"
    how = "Run `kubectl logs POD -c CONTAINER --previous` and attach the file."

    artifact: str
    namespace: str
    pod: str
    container: str
    previous: bool
    last: tuple[tuple[int, str], ...] = ()

    def cite_last(self) -> Evidence | None:
        if not self.last:
            return None
        line, text = self.last[-1]
        return Evidence(self.artifact, f"{line}:1", text[:200])


@dataclass(frozen=True)
class Cluster(Gathered):
    """All Kubernetes objects and container logs of the files that were given together."""

    what = KubeList.what
    how = KubeList.how
    parts: ClassVar[tuple[type[Given], ...]] = (KubeList, PodLog)
    needs: ClassVar[type[Given]] = KubeList

    given: tuple[Given, ...]

    @cached_property
    def objects(self) -> tuple[KubeObject, ...]:
        """Each object once: the same in two files counts as the later of them, a row of a table only where no more is
        known, such as its namespace. Events that were read from text bear the number of their line, and are one only
        within a file."""
        every = [one for part in self.given if isinstance(part, KubeList) for one in part.objects]
        whole = {(one.kind, one.namespace, one.name) for one in every if not one.brief}
        unplaced = {(one.kind, one.name) for one in every if one.namespace or not one.brief}
        found = {}
        for one in every:
            if one.brief and ((one.kind, one.namespace, one.name) in whole or _unplaced(one) in unplaced):
                continue
            file = one.artifact if one.kind == "Event" and one.lines is not None else ""
            found[one.kind, one.namespace, one.name, file] = one
        return tuple(found.values())

    @cached_property
    def _by_kind(self) -> dict[str, list[KubeObject]]:
        found: dict[str, list[KubeObject]] = {}
        for one in self.objects:
            found.setdefault(one.kind, []).append(one)
        return found

    @cached_property
    def _covered(self) -> frozenset[tuple[str, str]]:
        return frozenset().union(*(part.covers for part in self.given if isinstance(part, KubeList)))

    @cached_property
    def _events(self) -> dict[tuple[str, str, str], list[KubeObject]]:
        found: dict[tuple[str, str, str], list[KubeObject]] = {}
        for event in self.of("Event"):
            about = dict_at(event.body, "involvedObject") or dict_at(event.body, "regarding")
            key = (str(about.get("kind", "")), str(about.get("namespace", "")), str(about.get("name", "")))
            found.setdefault(key, []).append(event)
        return found

    def of(self, kind: str, namespace: str | None = None) -> list[KubeObject]:
        found = self._by_kind.get(kind, [])
        return found if namespace is None else [one for one in found if one.namespace == namespace]

    def find(self, kind: str, namespace: str, name: str) -> KubeObject | None:
        return next((one for one in self.of(kind, namespace) if one.name == name), None)

    def knows(self, kind: str, namespace: str = "") -> bool:
        """Whether an object of that kind and namespace that is not here does not exist."""
        return bool({(kind, namespace), (kind, "*")} & self._covered)

    def events_of(self, one: KubeObject, *reasons: str) -> list[KubeObject]:
        events = self._events.get((one.kind, one.namespace, one.name), [])
        return [event for event in events if not reasons or text_at(event.body, "reason") in reasons]

    def log_of(self, pod: KubeObject, container: str) -> PodLog | None:
        """The log before the last restart where there is one, else the current one."""
        logs = [
            part
            for part in self.given
            if isinstance(part, PodLog)
            and part.pod == pod.name
            and part.container == container
            and part.namespace in {pod.namespace, ""}
            and part.last
        ]
        return max(logs, key=lambda log: log.previous, default=None)


def _unplaced(one: KubeObject) -> tuple[str, str] | None:
    """Kind and name of an object whose table was printed for one namespace, and does not name it."""
    return None if one.namespace else (one.kind, one.name)


def at(value: Any, *path: str | int) -> Any:
    for step in path:
        inside = step in value if isinstance(value, dict) else _has(value, step)
        if not inside:
            return None
        value = value[step]
    return value


def _has(value: Any, step: str | int) -> bool:
    return isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value)


def dict_at(value: Any, *path: str | int) -> dict[str, Any]:
    found = at(value, *path)
    return found if isinstance(found, dict) else {}


def list_at(value: Any, *path: str | int) -> list[dict[str, Any]]:
    """The members of a list; what is no object stands as an empty one, so that the indexes hold."""
    found = at(value, *path)
    return [one if isinstance(one, dict) else {} for one in found] if isinstance(found, list) else []


def text_at(value: Any, *path: str | int) -> str:
    found = at(value, *path)
    return str(found) if isinstance(found, str | int | float) and not isinstance(found, bool) else ""


def int_at(value: Any, *path: str | int) -> int:
    found = at(value, *path)
    return int(found) if isinstance(found, int | float) and abs(found) < 1e15 else 0


@dataclass(frozen=True, slots=True)
class Container:
    """One container of a pod with its status. `spec_path` and `status_path` lead to them below the pod."""

    pod: KubeObject
    name: str
    init: bool
    spec_path: tuple[str | int, ...]
    status_path: tuple[str | int, ...] | None

    @property
    def spec(self) -> dict[str, Any]:
        return dict_at(self.pod.body, *self.spec_path) if self.spec_path else {}

    @property
    def status(self) -> dict[str, Any]:
        return dict_at(self.pod.body, *self.status_path) if self.status_path else {}

    @property
    def restarts(self) -> int:
        return int_at(self.status, "restartCount")

    @property
    def title(self) -> str:
        return f"container {self.name} of {self.pod.title}" if self.name else f"a container of {self.pod.title}"

    def cite(self, *path: str | int, observed: object = None, expected: object = "") -> Evidence:
        """A place below the container's status."""
        return self.pod.cite(*(self.status_path or ("status",)), *path, observed=observed, expected=expected)

    def cite_spec(self, *path: str | int, observed: object = None, expected: object = "") -> Evidence:
        return self.pod.cite(*(self.spec_path or ("spec",)), *path, observed=observed, expected=expected)

    def ended(self) -> tuple[tuple[str, str], dict[str, Any]] | None:
        """Where the last ending of the container is told, and what it says."""
        for path in (("state", "terminated"), ("lastState", "terminated")):
            if found := dict_at(self.status, *path):
                return path, found
        return None


def containers(pod: KubeObject) -> Iterator[Container]:
    """Init containers first, then the others, in the order in which they are declared."""
    for spec_key, status_key, init in (
        ("initContainers", "initContainerStatuses", True),
        ("containers", "containerStatuses", False),
    ):
        specs = {text_at(one, "name"): number for number, one in enumerate(list_at(pod.body, "spec", spec_key))}
        states = {text_at(one, "name"): number for number, one in enumerate(list_at(pod.body, "status", status_key))}
        for name in dict.fromkeys((*specs, *states)):
            spec_path = ("spec", spec_key, specs[name]) if name in specs else ()
            status_path = ("status", status_key, states[name]) if name in states else None
            yield Container(pod, name, init, spec_path, status_path)


def condition(one: KubeObject, kind: str) -> tuple[int, dict[str, Any]] | None:
    """The index and content of one of the object's status conditions."""
    found = enumerate(list_at(one.body, "status", "conditions"))
    return next(((number, each) for number, each in found if each.get("type") == kind), None)


def is_ready(pod: KubeObject) -> bool:
    found = condition(pod, "Ready")
    return found is not None and text_at(found[1], "status") == "True"


def selects(selector: dict[str, Any], labels: dict[str, str]) -> bool:
    """Whether a label selector (matchLabels and matchExpressions) takes an object with these labels."""
    wanted = selector.get("matchLabels") or {}
    if any(labels.get(key) != value for key, value in wanted.items()):
        return False
    return all(_expression(one, labels) for one in list_at(selector, "matchExpressions"))


def _expression(one: dict[str, Any], labels: dict[str, str]) -> bool:
    key, values = text_at(one, "key"), one.get("values") or []
    return {
        "In": key in labels and labels.get(key) in values,
        "NotIn": labels.get(key) not in values,
        "Exists": key in labels,
        "DoesNotExist": key not in labels,
    }.get(text_at(one, "operator"), False)


SUFFIXES = {
    "n": 1e-9, "u": 1e-6, "m": 1e-3, "": 1.0, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15,
    "Ki": 2.0**10, "Mi": 2.0**20, "Gi": 2.0**30, "Ti": 2.0**40, "Pi": 2.0**50,
}  # fmt: skip


def quantity(text: object) -> float | None:
    """A resource quantity such as `250m`, `1.5Gi` or `2e3` as a plain number; None where it is none."""
    if isinstance(text, int | float) and not isinstance(text, bool):
        return float(text)
    if not isinstance(text, str) or not text or len(text) > 40:
        return None
    number = text.rstrip("numkKMGTPi")
    try:
        return float(number) * SUFFIXES[text[len(number) :]]
    except (ValueError, KeyError):
        return None
