"""What the bench knows: detectors of redaction and diagnostic checks."""

import tomllib
from collections.abc import Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from sevline.core.checks import every_check
from sevline.core.finding import Check, Confidence, Input, Side, State
from sevline.core.readers.logs import FORMATS
from sevline.core.redaction.detector import DETECTOR_SET_VERSION, Detector, Stage
from sevline.core.redaction.detector_set import every_detector
from tools.docs.markdown import code, codes, first_paragraph, table, words


def detectors() -> str:
    found = every_detector()
    parts = [
        "# Detectors",
        (
            f"{len(found)} detectors, set version {code(DETECTOR_SET_VERSION)}. They run in the order of this page: "
            "what one masks, the next does not see. A value becomes a pseudonym that is the same throughout a case."
        ),
    ]
    for stage, members in groupby(found, key=_stage):
        rows = [(code(each.kind), each.title) for each in members]
        parts += [f"## {words(stage.name).capitalize()}", table(("Kind", "What it masks"), rows)]
    return "\n\n".join(parts)


def _stage(detector: Detector) -> Stage:
    return detector.stage


#: What the letters of a check's id stand for.
TOPICS: Mapping[str, str] = {
    "API": "API errors",
    "BILL": "Billing events",
    "CLOUD": "Cloud failure modes",
    "GQL": "GraphQL",
    "JOB": "Background jobs",
    "K8S": "Kubernetes",
    "MODE": "How distributed systems fail",
    "NET": "Network",
    "OBS": "Logs, metrics and traces",
    "OIDC": "OpenID Connect and OAuth",
    "PERF": "Performance",
    "PERM": "Permissions",
    "SAML": "SAML sign-in",
    "SCIM": "Provisioning",
    "SYNC": "Data sync",
    "WH": "Webhooks",
}


def topic_of(check: Check) -> str:
    return check.id.rstrip("0123456789")


def by_topic() -> dict[str, list[Check]]:
    """Checks by the letters of their ids, both in order."""
    known = sorted(every_check(), key=lambda check: check.id)
    return {topic: list(members) for topic, members in groupby(known, key=topic_of)}


def checks() -> str:
    topics = by_topic()
    rows = [_topic(topic, members) for topic, members in topics.items()]
    return "\n\n".join(
        (
            "# Checks",
            (
                f"{sum(map(len, topics.values()))} checks. A check answers {codes(State)}; one whose input is missing "
                f"says what it would need. Confidence is {codes(Confidence)}, and the side that can act is one of "
                f"{codes(Side)}. {code('sevline checks')} lists them too."
            ),
            table(("Topic", "Ids", "Checks"), rows),
        )
    )


def _topic(topic: str, members: list[Check]) -> tuple[str, ...]:
    name = f"[{TOPICS.get(topic, topic)}](checks/{topic.lower()}.md)"
    return name, f"{members[0].id} to {members[-1].id}", str(len(members))


def checks_of(topic: str) -> str:
    """One topic: each check with its inputs, how to get them, and the hypotheses that it speaks for or against."""
    members = by_topic()[topic]
    inputs = {need.kind.what: need.kind.how for check in members for need in check.inputs.values()}
    return "\n\n".join(
        (
            f"# Checks: {TOPICS.get(topic, topic)}",
            table(
                ("Check", "Looks at", "Needs", "Supports", "Refutes", "Held against"),
                [_check(check) for check in members],
            ),
            "## Inputs",
            table(("What", "How to get it"), sorted(inputs.items())),
        )
    )


def _check(check: Check) -> tuple[str, ...]:
    needs = ", ".join(_needs(each) for each in check.inputs.values())
    supports, refutes = ", ".join(check.supports), ", ".join(check.refutes)
    return check.id, first_paragraph(check.title), needs, supports, refutes, held_against(check.id)


def held_against(check_id: str) -> str:
    """The files of others in which a check told something, and those that it passed; or that there were none."""
    files = real_files().values()
    told = [str(one["title"]) for one in files if check_id in one["told"]]
    passed = [str(one["title"]) for one in files if check_id in one["passed"]]
    parts = [f"told of: {', '.join(told)}"] if told else []
    parts += [f"passed: {', '.join(passed)}"] if passed else []
    words = "; ".join(parts)
    return f"{words[0].upper()}{words[1:]}." if words else "No real file was seen."


@cache
def real_files() -> Mapping[str, Mapping[str, Any]]:
    """By the folder of the samples: what they are, and which checks told of them or passed them."""
    return tomllib.loads(Path(__file__).with_name("real_files.toml").read_text(encoding="utf-8"))


def _needs(given: Input) -> str:
    return given.kind.what + (" (if there)" if given.optional or given.many else "")


def log_formats() -> str:
    known = sorted(FORMATS, key=lambda form: form.title.lower())
    rows = [(code(form.key), form.title, form.seen or "No real file was seen.") for form in known]
    unseen = sum(not form.seen for form in known)
    return "\n\n".join(
        (
            "# Log formats",
            (
                f"{len(known)} formats. The first 200 records decide; the report says which format was chosen, what "
                "share of the records it reads and who chose. A reader that was written from the tool's description "
                f"alone, {unseen} of them, says so: tell us where it fails."
            ),
            table(("Format", "What it reads", "Held against"), rows),
        )
    )
