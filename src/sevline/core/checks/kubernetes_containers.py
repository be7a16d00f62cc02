"""Containers that were killed, that keep ending, or whose image does not come."""

import re
from collections.abc import Iterator
from statistics import median

from sevline.core.finding import Confidence, Evidence, Finding, Side, check, failed, not_told, passed, warned
from sevline.core.readers.kubernetes import (
    GET,
    Cluster,
    Container,
    KubeObject,
    PodLog,
    containers,
    int_at,
    text_at,
)
from sevline.core.readers.kubernetesevents import Told, only_in_events
from sevline.core.readers.moments import iso_moment

MANY_RESTARTS = 3
#: Containers that one sentence names.
MOST_NAMED = 5
EXIT_CODES = {
    1: "the program reported an error",
    2: "the program was called wrongly, or stopped itself (a panic in Go)",
    125: "the container could not be run",
    126: "the command is not executable",
    127: "the command was not found",
    128: "an invalid exit",
    130: "it was interrupted (SIGINT)",
    134: "it aborted itself (SIGABRT)",
    136: "an arithmetic fault (SIGFPE)",
    137: "it was killed (SIGKILL): by the memory limit, or because it did not stop in time",
    139: "it touched memory that is not its own (SIGSEGV)",
    143: "it was asked to stop (SIGTERM)",
    255: "an exit code out of range, or the start failed",
}
IMAGE_REASONS = frozenset(
    {"ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "RegistryUnavailable"}
)
#: First match decides; each says what to do.
IMAGE_CAUSES = (
    (r"toomanyrequests|429|rate limit", "the registry limits the number of pulls", "Sign in to the registry or pull through a mirror."),  # noqa: E501
    (r"may require|repository does not exist", "the image does not exist or asks for a sign-in", "Check name and tag, then the pull secret of the pod's service account."),  # noqa: E501
    (r"unauthorized|authentication required|denied|forbidden|40[13]\b", "the registry refuses the credentials", "Check that the pull secret exists in the namespace, names this registry and has not expired."),  # noqa: E501
    (r"not found|manifest unknown|invalid reference|InvalidImageName|couldn't parse image", "no image has that name and tag", "Compare name and tag with the registry."),  # noqa: E501
    (r"x509|certificate", "the registry answers with a certificate that the node does not accept", "Read the message: another host's name, an expired certificate, or an authority that the node does not trust (a registry of one's own, a proxy)."),  # noqa: E501
    (r"no such host|i/o timeout|connection refused|connection reset|tls|deadline exceeded|network is unreachable|dial tcp", "the node cannot reach the registry", "Try the registry's host from the node: name, route, proxy."),  # noqa: E501
)  # fmt: skip
#: What events tell, as “Reason: message”, and where they name the container.
OUT_OF_MEMORY = re.compile(r"(?:OOMKilling|SystemOOM|OOMKilled): ")
RESTARTS = re.compile(r"BackOff: Back-off (?:\S+ )?restarting failed")
IN_POD = re.compile(r"container[ =]([a-z0-9-]{1,63}) (?:in )?pod\b")
#: What a program in Go ends with when it panics, and how the trace of its stack reads.
GO_PANICKED = 2
GO_FRAME = re.compile(r"^panic: |^goroutine \d+ \[|\.go:\d+ \+0x")


def every_container(cluster: Cluster) -> Iterator[Container]:
    for pod in cluster.of("Pod"):
        yield from containers(pod)


def no_pods(title: str, kind: str = "pods") -> Finding:
    return not_told(title, f"the {kind} of the cluster", next_step=GET.format(kind=kind))


@check("K8S01", supports=("out-of-memory",), refutes=("out-of-memory",))
def killed_for_memory(cluster: Cluster) -> Iterator[Finding]:
    """Containers that were killed for memory, with their limit"""
    every = list(every_container(cluster))
    killed = only_in_events(cluster, ("Node", "Pod"), OUT_OF_MEMORY)
    yield from map(_killed_on, killed)
    if not every:
        if not killed:
            yield no_pods("Whether a container was killed for memory cannot be told.", "pods,events")
        return
    found = [(one, ended) for one in every if (ended := one.ended()) and _was_killed(ended[1])]
    yield from (_killed(one, *ended) for one, ended in found)
    if not found and not killed:
        yield _none_killed(every)


def _none_killed(every: list[Container]) -> Finding:
    first = next((one for one in every if one.status_path), None)
    untold = [one for one in every if one.pod.brief and one.restarts and one.ended() is None]
    if first is None:
        return no_pods("The pods carry no container status.")
    if untold:
        return not_told(
            f"Whether a container was killed for memory: this table does not say why {untold[0].title} restarted.",
            "the pods with their status",
            next_step=GET.format(kind="pods"),
        )
    return passed(f"None of {len(every)} containers was last ended for memory.", first.cite("restartCount"))


def _killed(one: Container, path: tuple[str | int, ...], ending: dict[str, object]) -> Finding:
    limit = text_at(one.spec, "resources", "limits", "memory")
    place = ("resources", "limits", "memory") if limit else ()
    if text_at(ending, "reason") == "OOMKilled":
        spec = [] if one.pod.brief else [one.cite_spec(*place, observed=limit or "no memory limit")]
        return failed(
            f"OOMKilled: {one.title} ran out of memory ({_limit(one, limit)}), {one.restarts} restarts.",
            one.cite(*path, "reason", expected="Completed, or still running"),
            *spec,
            side=Side.OUR_APP,
            next_step="Compare the memory in use before the kill with the limit: a steady rise is a leak, a step is "
            "load.",
        )
    return warned(
        f"{one.title.capitalize()} ended with 137 (SIGKILL), not marked as out of memory.",
        one.cite(*path, "exitCode", expected="0"),
        side=Side.UNKNOWN,
        next_step="Look for a liveness probe that failed, an eviction, or a process inside that the kernel killed.",
        sure=Confidence.HINT,
    )


def _limit(one: Container, limit: str) -> str:
    if one.pod.brief:
        return "its limit is not in this table: `kubectl describe pod` has it"
    return f"limit {limit}" if limit else "it has no limit of its own, so the node ran out"


def _killed_on(told: Told) -> Finding:
    return failed(
        f"{told.title} ran out of memory: the kernel killed a process ({told.reason}).",
        told.cited,
        side=Side.OUR_APP,
        next_step=f"Find whose process it was, and its limit: {GET.format(kind='pods')}",
    )


def _was_killed(ending: dict[str, object]) -> bool:
    return text_at(ending, "reason") == "OOMKilled" or int_at(ending, "exitCode") == 137


@check("K8S02", supports=("crash-loop",), refutes=("crash-loop",))
def crash_loops(cluster: Cluster) -> Iterator[Finding]:
    """Containers that end again and again, with the exit code and the last line of their log"""
    every = [one for one in every_container(cluster) if not one.init]
    strange = only_in_events(cluster, ("Pod",), RESTARTS)
    yield from map(_loops, strange)
    if not every:
        if not strange:
            yield no_pods("Whether a container keeps crashing cannot be told.", "pods,events")
        return
    found = [one for one in every if _keeps_ending(one)]
    yield from _crashes(cluster, found)
    calm = next((one for one in every if one.status_path), None)
    if not found and not strange and calm is not None:
        yield passed(f"None of {len(every)} containers is in a crash loop.", calm.cite("restartCount"))


def _loops(told: Told) -> Finding:
    """By the event alone, which names the container."""
    named = IN_POD.search(told.said)
    who = f"Container {named[1]} of {told.title[0].lower()}{told.title[1:]}" if named else told.title
    return failed(
        f"{who} is in a crash loop: it ends again and again, and the wait before each restart grows.",
        told.cited,
        side=Side.OUR_APP,
        next_step="Attach the pod and its log: `kubectl get pod NAME -o json`, `kubectl logs NAME --previous`.",
    )


def _keeps_ending(one: Container) -> bool:
    if "CrashLoopBackOff" in {text_at(one.status, "state", "waiting", "reason"), _phase(one)}:
        return True
    ended = one.ended()
    return one.restarts >= MANY_RESTARTS and ended is not None and int_at(ended[1], "exitCode") != 0


def _crashes(cluster: Cluster, found: list[Container]) -> Iterator[Finding]:
    with_node = [one for one in found if _ended_with_node(one)]
    together = len(with_node) > 1
    if together:
        yield _ended_together(with_node)
    for one in found:
        if not (together and _ended_with_node(one)):
            yield _crash(cluster, one)


def _ended_with_node(one: Container) -> bool:
    """Whether it is up again after an end that nobody saw, as where the node was restarted."""
    ended = one.ended()
    is_up = not text_at(one.status, "state", "waiting", "reason") and one.status.get("ready") is True
    return is_up and _phase(one) != "CrashLoopBackOff" and ended is not None and _was_unseen(ended[1])


def _was_unseen(ending: dict[str, object]) -> bool:
    return text_at(ending, "reason") == "Unknown"


def _ended_together(ended: list[Container]) -> Finding:
    """Several containers that went down with their node are one fact, and no fault of each."""
    names = ", ".join(f"{one.name} of {one.pod.name} ({one.restarts} restarts)" for one in ended[:MOST_NAMED])
    more = f" and {len(ended) - MOST_NAMED} more" if len(ended) > MOST_NAMED else ""
    return warned(
        f"{len(ended)} containers are up now, and how each ended before was not seen (exit code 255): the node or its "
        f"container runtime was restarted. {names}{more}.",
        *(one.cite("restartCount", expected="0") for one in ended[:MOST_NAMED]),
        side=Side.OUR_INFRA,
        next_step="Look when and why the nodes restarted: `kubectl describe node NAME`, and the node's own log.",
    )


def _phase(one: Container) -> str:
    return text_at(one.pod.body, "status", "phase")


def _crash(cluster: Cluster, one: Container) -> Finding:
    ended, log = one.ended(), cluster.log_of(one.pod, one.name)
    waiting = text_at(one.status, "state", "waiting", "reason")
    evidence = [one.cite("state", "waiting", "reason", expected="running")] if waiting else []
    if _phase(one) == "CrashLoopBackOff":
        evidence.append(one.pod.cite("status", "phase", expected="Running"))
    evidence.append(one.cite("restartCount", expected="0"))
    said = _no_exit_code(one)
    if ended:
        path, ending = ended
        said = _ending(ending, log)
        evidence.append(one.cite(*path, "exitCode", expected="0"))
    last = log.cite_last() if log else None
    evidence += [last] if last else []
    advice = "Read the last lines of the container's log, which are cited." if last else _ask_for_log(one)
    title = f"{one.title.capitalize()} {{}}: {one.restarts} restarts, {said}."
    if not waiting and one.status.get("ready") is True and _phase(one) != "CrashLoopBackOff":
        # It is up again: what ended it may be long past, such as a node that was restarted.
        return warned(title.format("is up now and ended often"), *evidence, side=Side.UNKNOWN, next_step=advice)
    now = "is in a crash loop" if len(evidence) > 1 and "CrashLoop" in evidence[0].observed else "keeps ending"
    return failed(title.format(now), *evidence, side=Side.OUR_APP, next_step=advice)


def _no_exit_code(one: Container) -> str:
    return "this table has no exit code" if one.pod.brief else "no exit code is recorded"


def _ask_for_log(one: Container) -> str:
    where = f"-n {one.pod.namespace} {one.pod.name}" if one.pod.namespace else one.pod.name
    which = f"-c {one.name}" if one.name else "--all-containers"
    return f"Run `kubectl logs {where} {which} --previous` and attach it."


def _ending(ending: dict[str, object], log: PodLog | None) -> str:
    code = int_at(ending, "exitCode")
    if code == GO_PANICKED and log and any(GO_FRAME.search(text) for _, text in log.last):
        return f"exit code {code}: a panic of the program, written in Go"
    if _was_unseen(ending):
        return f"the end was not seen (exit code {code}): the node or its container runtime was restarted"
    meaning = EXIT_CODES.get(code, f"signal {code - 128}" if 128 < code < 160 else "the program's own code")
    return f"exit code {code}: {meaning}"


@check("K8S03", supports=("image-pull",), refutes=("image-pull",))
def image_pulls(cluster: Cluster) -> Iterator[Finding]:
    """Images that cannot be pulled: credentials, name, network or limit"""
    every = list(every_container(cluster))
    events = [one for one in cluster.of("Event") if _is_pull_failure(one)]
    if not every:
        yield from (
            _pulls_in(events)
            if events
            else [no_pods("Whether an image cannot be pulled cannot be told.", "pods,events")]
        )
        return
    waiting = [one for one in every if text_at(one.status, "state", "waiting", "reason") in IMAGE_REASONS]
    for one in waiting:
        own = [event for event in cluster.events_of(one.pod) if _is_pull_failure(event)]
        said = " ".join((text_at(one.status, "state", "waiting", "message"), *(message_of(event) for event in own)))
        evidence = [one.cite("state", "waiting", "reason", expected="running"), one.cite_spec("image")]
        yield _not_pulled(one.title, text_at(one.spec, "image"), said, [*evidence, *map(cite_message, own[:1])])
    strange = _of_pods_beside(events, every)
    yield from _pulls_in(strange)
    calm = next((one for one in every if one.status_path), None)
    if not waiting and not strange and calm is not None:
        yield passed(f"Every image of {len(every)} containers was pulled.", calm.cite("imageID"))


def _of_pods_beside(events: list[KubeObject], every: list[Container]) -> list[KubeObject]:
    """Events of pods that the lists do not hold."""
    known = {one.pod.name for one in every}
    return [one for one in events if text_at(one.body, "involvedObject", "name") not in known]


def _pulls_in(events: list[KubeObject]) -> Iterator[Finding]:
    """What events alone tell, once for each pod."""
    for name, event in {text_at(one.body, "involvedObject", "name"): one for one in reversed(events)}.items():
        yield _not_pulled(f"pod {name}", "", message_of(event), [cite_message(event)])


def _is_pull_failure(event: KubeObject) -> bool:
    reason, message = text_at(event.body, "reason"), message_of(event)
    return reason in {"Failed", "ErrImagePull", "FailedToPullImage"} and "pull" in message.lower()


def message_of(event: KubeObject) -> str:
    return text_at(event.body, "message") or text_at(event.body, "note")


def cite_message(event: KubeObject) -> Evidence:
    return event.cite("message" if "message" in event.body else "note")


def _not_pulled(who: str, image: str, said: str, evidence: list[Evidence]) -> Finding:
    causes = ((why, advice) for pattern, why, advice in IMAGE_CAUSES if re.search(pattern, said[:4000], re.IGNORECASE))
    why, advice = next(causes, ("the reason is not told", "Run `kubectl describe pod` and read the event “Failed”."))
    named = f" {image}" if image else ""
    return failed(
        f"The image{named} of {who} cannot be pulled: {why}.", *evidence, side=Side.OUR_INFRA, next_step=advice
    )


def lifetime(one: Container) -> float | None:
    """Seconds from start to end of the last run that ended."""
    ended = one.ended()
    if ended is None:
        return None
    start, stop = iso_moment(ended[1].get("startedAt")), iso_moment(ended[1].get("finishedAt"))
    return (stop - start).total_seconds() if start and stop else None


@check("K8S17", supports=("init-container",), refutes=("init-container",))
def init_containers(cluster: Cluster) -> Iterator[Finding]:
    """Init containers that fail or do not end, so that the pod never starts"""
    every = [one for one in every_container(cluster) if one.init and "restartPolicy" not in one.spec]
    if not cluster.of("Pod"):
        yield no_pods("Whether an init container fails cannot be told.")
        return
    found = False
    for one in every:
        state = one.status.get("state", {})
        waits = text_at(state, "waiting", "reason")
        code = int_at(state, "terminated", "exitCode")
        if waits in {"", "PodInitializing"} and not code and not _hangs(one, cluster):
            continue
        found = True
        yield _not_initialised(one, cluster)
    calm = next((one for one in every if one.status_path), None)
    if not found and calm is not None:
        yield passed(f"None of {len(every)} init containers failed.", calm.cite("state"))


def _hangs(one: Container, cluster: Cluster) -> bool:
    """It has run for more than ten times as long as half of the others took, and for ten minutes."""
    since = iso_moment(text_at(one.status, "state", "running", "startedAt"))
    if since is None:
        return False
    seen = [
        moment
        for other in every_container(cluster)
        for key in ("startedAt", "finishedAt")
        for state in ("running", "terminated")
        if (moment := iso_moment(text_at(other.status, "state", state, key)))
    ]
    took = [life for other in every_container(cluster) if other.init and (life := lifetime(other)) is not None]
    usual = median(took) if took else 60.0
    return (max(seen) - since).total_seconds() > max(600.0, 10 * usual)


def _not_initialised(one: Container, cluster: Cluster) -> Finding:
    state = one.status.get("state", {})
    key = "waiting" if "waiting" in state else "terminated" if "terminated" in state else "running"
    place = {"waiting": "reason", "terminated": "exitCode", "running": "startedAt"}[key]
    after = [other.name for other in containers(one.pod) if other.init]
    later = after[after.index(one.name) + 1 :] + [other.name for other in containers(one.pod) if not other.init]
    ended, log = one.ended(), cluster.log_of(one.pod, one.name)
    code = f", exit code {int_at(ended[1], 'exitCode')}" if ended else ""
    how = {"waiting": text_at(state, "waiting", "reason"), "terminated": "failed", "running": "does not end"}[key]
    last = [cited] if log and (cited := log.cite_last()) else []
    held = f"; {', '.join(later[:4])} cannot start before it" if later else ""
    return failed(
        f"Init {one.title}: {how}{code}{held}.",
        one.cite("state", key, place, expected="terminated with 0"),
        *last,
        side=Side.OUR_APP,
        next_step=f"Run `kubectl logs -n {one.pod.namespace} {one.pod.name} -c {one.name}` and attach it."
        if not last
        else "Read the last lines of its log, which are cited.",
    )
