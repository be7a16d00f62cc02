"""What all written forms of an examination share: its order, its words, and text made safe to show."""

from sevline.bench.examination import Artifact, Examination
from sevline.core.finding import Finding, Side, State
from sevline.core.leading import place_of

ORDER = (State.FAIL, State.WARN, State.INFO, State.PASS)
SIDES = {
    Side.CUSTOMER_IDP: "the customer's identity provider",
    Side.CUSTOMER_NETWORK: "the customer's network",
    Side.CUSTOMER_CLIENT: "the customer's client",
    Side.OUR_APP: "our application",
    Side.OUR_INFRA: "our infrastructure",
    Side.THIRD_PARTY: "a third party",
    Side.UNKNOWN: "not known",
}
MAX_PATTERNS = 15
MAX_ARTIFACTS = 200


def ranked(examination: Examination) -> list[Finding]:
    """What failed first; within a state causes before what follows from them, then by check id.

    What was not evaluated is told as missing instead.
    """
    told = [finding for finding in examination.findings if finding.state is not State.NOT_EVALUATED]
    return sorted(told, key=lambda finding: (ORDER.index(finding.state), place_of(finding.check_id), finding.check_id))


def names(examination: Examination) -> dict[str, str]:
    return {artifact.id: shown(artifact.name) for artifact in examination.artifacts}


def shown(text: str) -> str:
    """Control and direction characters as escapes, so that a file cannot write to the reader's terminal."""
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in text)


def size(artifact: Artifact) -> str:
    return f"{artifact.size:,} bytes"


def summary(examination: Examination) -> str:
    counts = {state: sum(1 for one in examination.findings if one.state is state) for state in State}
    told = [f"{counts[state]} {state}" for state in (State.FAIL, State.WARN, State.INFO, State.PASS)]
    waiting = counts[State.NOT_EVALUATED]
    return f"{', '.join(told)}; {waiting} could not be evaluated." if waiting else f"{', '.join(told)}."


def judged_at(examination: Examination) -> str:
    return f"Times are judged at {examination.at}." if examination.at else "Times are judged by the evidence's own."


def redacted(examination: Examination) -> str:
    """Kinds with counts, the frequent ones first."""
    counts = sorted(examination.redactions.counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{kind} {count}" for kind, count in counts) or "nothing was found to redact"


def moment(iso: str) -> str:
    """A time of a pattern as the reports write it: to the second, in UTC; nothing where none is known."""
    return f"{iso[:10]} {iso[11:19]} UTC" if iso else ""


def span(first: str, last: str) -> str:
    """From when to when: the day once where it is the same, and one time where it is the same."""
    if first[:19] == last[:19]:
        return moment(first)
    until = last[11:19] if first[:10] == last[:10] else f"{last[:10]} {last[11:19]}"
    return f"{first[:10]} {first[11:19]} to {until} UTC"
