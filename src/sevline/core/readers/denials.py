"""What programs say when they refuse somebody an action: Kubernetes, clouds and databases, each in its own words."""

import json
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from sevline.core.finding import Evidence, Given
from sevline.core.readers.http import Traffic
from sevline.core.readers.jsonbodies import json_body, json_list

MOST_KINDS = 20
#: One of these stands in every such line.
WORDS = (
    *(
        "cannot ",
        "not authorized",
        "permission",
        "does not have authorization",
        "command denied",
        "access denied for user",
    ),
    *(
        "privilege",
        "must be owner of",
        "does not have storage.",
        "resource not accessible by",
        "must have admin rights",
    ),
    *("insufficient_scope", "scope_insufficient", "insufficientpermissions", "permission_denied", "missing_scope"),
    *("must have push access", "must have write access"),
    *("insufficient_access", "insufficient access"),
)


@dataclass(frozen=True, slots=True)
class Denial:
    """`who` may not do `action` on `resource`; `rule` is what the program says of the reason, if it does."""

    program: str
    action: str
    resource: str
    who: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Denials(Given):
    """Different denials of one file with how often each stands there and where it stands first. `trail`: the file
    records what everybody did, so that a refusal in it need not be what somebody complains of."""

    what = "a program's own words on what it refused"
    how = "Attach the error as the program printed it, or the log of that time: it names who may not do what."

    artifact: str
    told: tuple[tuple[Denial, int, Evidence], ...]
    trail: bool = False


class Counted:
    """Denials as they are met, each kind once."""

    def __init__(self, artifact: str) -> None:
        self.artifact = artifact
        self._told: dict[Denial, tuple[int, Evidence]] = {}

    def take(self, denial: Denial, place: str) -> None:
        """`place` is where this one stands in the artefact."""
        if denial in self._told or len(self._told) < MOST_KINDS:
            count, first = self._told.get(denial, (0, Evidence(self.artifact, place, denial.action, "allowed")))
            self._told[denial] = (count + 1, first)

    def denials(self) -> Denials:
        """Without those that say nothing of the reason where another one of the same says it: one refusal speaks in a
        header and in its body."""
        reasoned = {replace(denial, rule="") for denial in self._told if denial.rule}
        told = ((denial, *counted) for denial, counted in self._told.items() if denial not in reasoned)
        return Denials(self.artifact, tuple(told))


@dataclass(frozen=True, slots=True)
class _Form:
    pattern: re.Pattern[str]
    made: Callable[[re.Match[str]], Denial]


def _kubernetes(found: re.Match[str]) -> Denial:
    group = f".{found[4]}" if found[4] else ""
    where = f" in the namespace {found[5]}" if found[5] else " in the whole cluster"
    return Denial("Kubernetes", found[2], f"{found[3]}{group}{where}", found[1])


def _aws(found: re.Match[str]) -> Denial:
    why = found[4] or (f"no {found[5]} allows it" if found[5] else "")
    return Denial("AWS", found[2], found[3] or "", found[1], why)


def _access(found: re.Match[str]) -> Denial:
    """GitHub's own sentence speaks of the repository; other programs ask for such access to things of their own."""
    theirs = (found[2] or "").lower() == "repository"
    return Denial("GitHub" if theirs else OAUTH, "the call", found[2] if theirs else "", "", f"it asks for {found[1]}")


#: A service that refuses by the scope of a token (RFC 6750) and does not say its own name.
OAUTH = "The service"
_HOLDERS = {"integration": "app or workflow", "personal access token": "token"}
_FORMS = (
    _Form(
        re.compile(
            r'User "([^"]{1,200})" cannot (\w{1,20}) resource "([^"]{1,100})" in API group "([^"]{0,100})"'
            r'(?: in the namespace "([^"]{1,100})")?'
        ),
        _kubernetes,
    ),
    _Form(
        re.compile(r'User "([^"]{1,200})" cannot (\w{1,20}) path "([^"]{1,200})"'),
        lambda found: Denial("Kubernetes", found[2], f"the path {found[3]}", found[1]),
    ),
    _Form(
        re.compile(
            r"User: (\S{1,300}) is not authorized to perform: ([\w:*-]{1,100})(?: on resource: \"?([^\s\"]{1,300}))?\"?"
            r"(?: with (an explicit deny in an? [\w -]{1,60}?policy)| because no ([\w -]{1,60}?policy) allows)?"
        ),
        _aws,
    ),
    _Form(
        re.compile(r"Permission '?([\w.-]{3,100})'? denied on resource(?: '?([^\s'(]{1,300}))?"),
        lambda found: Denial("Google Cloud", found[1], found[2] or ""),
    ),
    _Form(
        re.compile(
            r"\[([^\s\[\]]{1,200})\] does not have permission to access (\w{1,60}) instance \[([^\]]{1,200})\]"
        ),
        lambda found: Denial("Google Cloud", "access", f"{found[2]} {found[3]}", found[1]),
    ),
    _Form(
        re.compile(r"Required '([\w.-]{3,100})' permission for '([^']{1,300})'"),
        lambda found: Denial("Google Cloud", found[1], found[2]),
    ),
    _Form(
        re.compile(
            r"does not have authorization to perform action '([^']{1,200})' over scope '([^']{1,400})'"
        ),
        lambda found: Denial("Azure", found[1], found[2]),
    ),
    _Form(
        re.compile(
            r"permission denied for ((?:table|schema|relation|view|sequence|function|database|column|materialized view)"
            r" \"?[^\s\"]{1,200})"
        ),
        lambda found: Denial("PostgreSQL", "the statement", found[1].replace('"', "")),
    ),
    _Form(
        re.compile(
            r"must be owner of ((?:table|schema|relation|view|sequence|function|database|index|type) \"?[^\s\"]{1,200})"
        ),
        lambda found: Denial("PostgreSQL", "the statement", found[1].replace('"', ""), "", "only its owner may"),
    ),
    _Form(
        re.compile(r"Access denied for user '([^']{0,100})'@'[^']{0,100}' to database '([^']{1,200})'"),
        lambda found: Denial("MySQL", "access", f"database {found[2]}", found[1]),
    ),
    _Form(
        re.compile(r"Access denied; you need \(at least one of\) the (.{1,100}?) privilege\(s\)"),
        lambda found: Denial("MySQL", "the statement", "", "", f"it asks for the privilege {found[1]}"),
    ),
    _Form(
        re.compile(r"not authorized on (\S{1,100}) to execute command \{ ?(\w{1,40}): ?\"?([^\s\",}]{0,100})"),
        lambda found: Denial("MongoDB", found[2], f"{found[1]}.{found[3]}" if found[3] else found[1]),
    ),
    _Form(
        re.compile(r"(?i)Not authorized to access (topics?|group|cluster)(?:: \[?([^\]\s]{1,200})\]?)?"),
        lambda found: Denial("Kafka", "access", " ".join(part for part in (found[1].lower(), found[2]) if part)),
    ),
    _Form(
        re.compile(
            r"NOPERM (?:User (\S{1,100})|[Tt]his user) has no permissions to (?:run the '([^']{1,80})' command|access)"
        ),
        lambda found: Denial("Redis", found[2] or "access to a key or channel", "", found[1] or ""),
    ),
    _Form(
        re.compile(r"User (\S{1,100}) has no (\w{3,20}) permission on <([^>]{1,200})>"),
        lambda found: Denial("Cassandra", found[2], found[3], found[1]),
    ),
    _Form(
        re.compile(r"Insufficient privileges to operate on (\w{1,40} '[^']{1,200}')"),
        lambda found: Denial("Snowflake", "the statement", found[1]),
    ),
    _Form(
        re.compile(r"Object '([^']{1,300})' does not exist or not authorized"),
        lambda found: Denial("Snowflake", "the statement", found[1], "", "not there, or not for this role"),
    ),
    _Form(
        re.compile(r"Resource not accessible by (integration|personal access token)"),
        lambda found: Denial(
            "GitHub", "the call", "", f"this {found[1]}", f"the {_HOLDERS[found[1]]} lacks the permission for it"
        ),
    ),
    _Form(
        re.compile(r"Must have (admin rights|push access|write access)(?: to (?:the )?(\w{1,40}))?"),
        _access,
    ),
    _Form(
        re.compile(r"\"error\" ?: ?\"missing_scope\"(?:.{0,400}?\"needed\" ?: ?\"([\w:.,-]{1,200})\")?"),
        lambda found: Denial(
            "Slack", "the call", "", "this token", f"it asks for the scope {found[1]}" if found[1] else ""
        ),
    ),
    _Form(
        re.compile(r"\b(INSUFFICIENT_ACCESS_(?:OR_READONLY|ON_\w{1,40}))\b"),
        lambda found: Denial("Salesforce", "the call", "", "this user", f"it answers {found[1]}"),
    ),
    _Form(
        re.compile(r"(?:\"error\" ?: ?|error=)\"insufficient_scope\"(?:.{0,400}?scope\"? ?[:=] ?\"([^\"]{1,200})\")?"),
        lambda found: Denial(
            OAUTH, "the call", "", "this token", f"it asks for the scope {found[1]}" if found[1] else ""
        ),
    ),
    _Form(
        re.compile(
            r"\"reason\" ?: ?\"(ACCESS_TOKEN_SCOPE_INSUFFICIENT|IAM_PERMISSION_DENIED|insufficientPermissions)\""
        ),
        lambda found: Denial("Google Cloud", "the call", "", "", f"it answers {found[1]}"),
    ),
    _Form(
        re.compile(r"ORA-01031: insufficient privileges"),
        lambda _: Denial("Oracle", "the statement", ""),
    ),
    _Form(
        re.compile(
            r"(\w{3,20}) command denied to user '([^']{1,100})'@'[^']{0,100}' for table [`']([^`']{1,200})[`']"
        ),
        lambda found: Denial("MySQL", found[1], f"table {found[3]}", found[2]),
    ),
    _Form(
        re.compile(
            r"The (\w{3,30}) permission was denied on the object '([^']{1,200})', database '([^']{1,200})'"
        ),
        lambda found: Denial("SQL Server", found[1], f"{found[3]}.{found[2]}"),
    ),
)  # fmt: skip


def denial_in(line: str) -> Denial | None:
    """The denial that a line tells; None where it tells none."""
    for form in _FORMS:
        if (found := form.pattern.search(line)) is not None:
            return form.made(found)
    return None


#: Objects of a document that are looked at, those with the lists around them, and characters of one.
MOST_OBJECTS, MOST_PARTS, LONGEST_BODY = 200, 2_000, 20_000


def denial_in_document(document: Any) -> tuple[Denial, str] | None:
    """The denial that the body of an error tells, and the JSON pointer of the innermost object that tells it."""
    met: list[tuple[dict[str, Any], str]] = []
    for value, place in islice(_parts(document), MOST_PARTS):
        if isinstance(value, dict):
            met.append((value, place))
        if len(met) == MOST_OBJECTS:
            break
    for value, place in reversed(met):
        own = {key: inner for key, inner in value.items() if isinstance(inner, str | int)}
        words = [*(inner for inner in own.values() if isinstance(inner, str)), json.dumps(own)]
        denial = next(filter(None, (denial_in(word[:LONGEST_BODY]) for word in words if _may_deny(word))), None)
        if denial is not None:
            return denial, place
    return None


def _parts(document: Any) -> Iterator[tuple[dict[str, Any] | list[Any], str]]:
    """The objects and lists of a document with their JSON pointers, the outer ones first."""
    waiting = deque([(document, "")])
    while waiting:
        value, place = waiting.popleft()
        if isinstance(value, dict):
            held = ((key.replace("~", "~0").replace("/", "~1"), inner) for key, inner in value.items())
        elif isinstance(value, list):
            held = ((str(number), inner) for number, inner in enumerate(value[:MOST_OBJECTS]))
        else:
            return
        yield value, place
        waiting.extend((inner, f"{place}/{name}") for name, inner in held if isinstance(inner, dict | list))


def _may_deny(text: str) -> bool:
    small = text[:LONGEST_BODY].casefold()
    return any(word in small for word in WORDS)


def denials_of(traffic: Traffic) -> Denials | None:
    """What the answers of refused calls say of the refusal; None where there is no such answer."""
    counted = Counted(traffic.artifact)
    refused = [call for call in traffic.exchanges if call.status in {401, 403} and call.response_body]
    for call in refused:
        if _may_deny(call.response_body):
            body = call.response_body[:LONGEST_BODY]
            document = json_body(body) or json_list(body)
            told = denial_in_document(document) if document is not None else None
            denial = told[0] if told else denial_in(body)
            if denial is not None:
                counted.take(denial, call.parts.get("body", call.locator))
    return counted.denials() if refused else None
