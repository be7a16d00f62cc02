"""Which findings are read first: what explains a refused sign-in stands before the HTTP status that it produced."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sevline.core.finding import Finding, State

#: What a service refuses a sign-in message for, judged on the message itself.
REFUSED_FOR = tuple(f"SAML{number:02}" for number in (1, 3, 4, 5, 6, 7, 8, 9, 11, 12, 14, 15))
#: What the service's own log says that it refused.
STATED = ("OBS16",)
#: The rest of what is known of sign-ins, by the beginning of the id: the assertion comes before the token of a call.
SIGN_IN = ("SAML", "OIDC")
FIRST_OF_SIGN_IN = 2
GROUPS = FIRST_OF_SIGN_IN + len(SIGN_IN) + 1


def place_of(check_id: str) -> int:
    """The group of a check, 0 first; within a state and a group findings stand by check id."""
    if check_id in REFUSED_FOR:
        return 0
    if check_id in STATED:
        return 1
    named = next((place for place, topic in enumerate(SIGN_IN) if check_id.startswith(topic)), len(SIGN_IN))
    return FIRST_OF_SIGN_IN + named


#: One fault that several checks see at one place: the first check that holds there leads, the last one follows it. What
#: a message or token says of itself explains the status that refused it; a scope that lacks explains the 403.
OF_A_TOKEN = ("OIDC01", "OIDC03", "OIDC05", "OIDC06", "OIDC07")
FOLLOWS: tuple[tuple[tuple[str, ...], str], ...] = (
    (OF_A_TOKEN, "API03"),
    (("OIDC15",), "PERM03"),
    (("OIDC15", "PERM03"), "API04"),
    ((*OF_A_TOKEN, "OIDC15", "API03", "API04", "PERM03"), "OIDC14"),
    (("OIDC12",), "OIDC13"),
    (("GQL01",), "API14"),
    (("API12", "API13"), "CLOUD02"),
    (("API12",), "PERF01"),
    (("OBS17",), "OBS02"),
)
_BAD = (State.WARN, State.FAIL)
#: The entry of a list that a JSON pointer leads into, such as one call of a recording.
_ENTRY = re.compile(r"(?:/[^/]+)*?/\d+(?=/|$)")


def led(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, in which one fault fails once: what follows from another finding at the same place is a note that
    names it and its side. The one that leads supports what both do."""
    every = list(_once(findings))
    for leaders, follower in FOLLOWS:
        for index, finding in enumerate(every):
            if finding.check_id != follower or finding.state not in _BAD:
                continue
            place = _leader(every, leaders, finding)
            if place is not None:
                every[place], every[index] = _both(every[place], finding)
    return tuple(every)


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """What a check says of two files in the same words, such as a transcript and the timings of the same calls, stands
    once and cites both."""
    told: dict[tuple[str, ...], list[Finding]] = {}
    for number, finding in enumerate(findings):
        is_told = finding.state is not State.NOT_EVALUATED
        own = (finding.check_id, finding.state, finding.title) if is_told else (str(number),)
        told.setdefault(own, []).append(finding)
    for alike in told.values():
        files = [{one.artifact for one in finding.evidence} for finding in alike]
        if sum(map(len, files)) > len(frozenset[str]().union(*files)):
            yield from alike  # of one file they are two faults
        else:
            evidence = tuple(one for finding in alike for one in finding.evidence)
            yield replace(alike[0], evidence=evidence) if len(alike) > 1 else alike[0]


def _leader(every: Sequence[Finding], leaders: Sequence[str], finding: Finding) -> int | None:
    cited = set(_places(finding))
    fitting = (
        index
        for name in leaders
        for index, one in enumerate(every)
        if one.check_id == name
        and one.state in _BAD
        and _BAD.index(one.state) >= _BAD.index(finding.state)
        and not cited.isdisjoint(_places(one))
    )
    return next(fitting, None)


def _both(leader: Finding, follower: Finding) -> tuple[Finding, Finding]:
    supports = (*leader.supports, *(tag for tag in follower.supports if tag not in leader.supports))
    title = f"{follower.title} {leader.check_id} tells the same fault."
    note = replace(follower, state=State.INFO, title=title, side=leader.side, next_step="", supports=())
    return replace(leader, supports=supports), note


def _places(finding: Finding) -> Iterator[tuple[str, str]]:
    """Artefact and call: the entry of a list that a pointer leads into, or the line, or the place itself."""
    for one in finding.evidence:
        entry = _ENTRY.match(one.locator)
        yield one.artifact, entry[0] if entry else one.locator.partition(":")[0]
