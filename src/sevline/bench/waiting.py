"""What checks wait for, told so that a person reads what is near first: topics that said nothing are a line each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sevline.bench.examination import Missing

TOPICS = {
    "SAML": "SAML sign-in",
    "OIDC": "OpenID Connect and OAuth",
    "API": "API calls",
    "WH": "Webhooks",
    "SYNC": "Data sync",
    "PERF": "Performance",
    "NET": "Network",
    "OBS": "Logs, metrics and traces",
    "K8S": "Kubernetes",
    "JOB": "Jobs",
    "BILL": "Billing events",
    "SCIM": "Provisioning (SCIM)",
    "GQL": "GraphQL",
    "PERM": "Permissions",
    "REP": "Reproduction",
    "TAB": "Tables",
    "PROF": "Customer profile",
    "CLOUD": "Cloud services",
    "MODE": "Failure modes",
}
NOTHING_READ = "Nothing could be read, so no check could run. `sevline checks` says what each of them reads."
SHOWN_IDS = 6


@dataclass(frozen=True, slots=True)
class Waiting:
    """A topic that said nothing about this evidence: how many of its checks wait, and for what."""

    topic: str
    checks: tuple[str, ...]
    what: tuple[str, ...]

    def __str__(self) -> str:
        count = len(self.checks)
        return f"{self.topic}: {count} check{'s wait' if count > 1 else ' waits'} for {', '.join(self.what)}."


def topic_of(check_id: str) -> str:
    """The letters of an id; its last two characters are the number within the topic."""
    return check_id[:-2]


def near_first(missing: Iterable[Missing], told: frozenset[str]) -> tuple[Missing, ...]:
    """First what topics wait for that said something (`told`), then by how many checks wait."""
    return tuple(sorted(missing, key=lambda lack: (not _is_near(lack, told), -len(lack.checks), lack.what)))


def parted(missing: Iterable[Missing], told: frozenset[str]) -> tuple[list[Missing], list[Waiting]]:
    """What is near with its checks, and the other topics in a line each, the longest first."""
    near: list[Missing] = []
    checks: dict[str, dict[str, None]] = {}
    what: dict[str, dict[str, None]] = {}
    for lack in missing:
        if _is_near(lack, told):
            near.append(lack)
            continue
        for check_id in lack.checks:
            topic = topic_of(check_id)
            checks.setdefault(topic, {})[check_id] = None
            what.setdefault(topic, {})[lack.what] = None
    far = [Waiting(TOPICS.get(topic, topic), tuple(checks[topic]), tuple(what[topic])) for topic in checks]
    return near, sorted(far, key=lambda waiting: (-len(waiting.checks), waiting.topic))


def told_as_lines(missing: Iterable[Missing], told: frozenset[str], *, is_read: bool) -> Iterator[str]:
    """What is lacking, for a terminal. Beside something near, the other topics are one line; alone, a line each."""
    if not is_read:
        yield NOTHING_READ
        return
    near, far = parted(missing, told)
    for lack in near:
        yield f"{lack.what} — {lack.how} ({_ids(lack.checks)})"
    if near and far:
        topics = ", ".join(f"{waiting.topic} ({len(waiting.checks)})" for waiting in far)
        yield f"Topics that nothing here speaks of: {topics}. `sevline checks` says what each check reads."
        return
    yield from map(str, far)


def _ids(checks: list[str]) -> str:
    more = len(checks) - SHOWN_IDS
    return ", ".join(checks) if more <= 1 else f"{', '.join(checks[:SHOWN_IDS])} and {more} more"


def _is_near(lack: Missing, told: frozenset[str]) -> bool:
    return any(topic_of(check_id) in told for check_id in lack.checks)
