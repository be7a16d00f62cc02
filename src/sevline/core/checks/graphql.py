"""GraphQL over HTTP: errors inside 200, partial data, limits of cost and depth."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sevline.core.finding import Finding, Side, check, failed, noted, passed, warned
from sevline.core.readers.bydesign import PERSISTED, by_design
from sevline.core.readers.http import Exchange, Traffic
from sevline.core.readers.jsonbodies import json_body, json_list
from sevline.core.readers.traffic import side_of

#: A code or a sentence that speaks of a limit by itself.
LIMIT = re.compile(
    r"\bthrottled\b|rate.?limit|query.?limit|too.(?:deep|complex|expensive|many.requests)", re.IGNORECASE
)
#: What queries are measured by, and the words that a measure exceeds something.
MEASURE = re.compile(r"(?:\b|_)(?:cost|complexity|depth)(?:\b|_)", re.IGNORECASE)
EXCEEDED = re.compile(
    r"exceed|limit|\bmax|_max|too (?:high|large|much)|greater|above|over|budget|allowed", re.IGNORECASE
)
#: What a limit of GraphQL is about. An error with a path comes from a field that ran, whose words may be of business.
ASKED = re.compile(r"quer(?:y|ies)|operation|document|selection|graphql|complexity", re.IGNORECASE)
#: Names of fields and types, which may sound like a measure.
NAMES = re.compile(r"\"[^\"]{0,200}\"|'[^']{0,200}'|`[^`]{0,200}`|“[^”]{0,200}”")
MAX_BATCH = 100
AUTH = re.compile(r"unauthenticated|forbidden|not authori[sz]ed|access denied|permission", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """`errors` are (message, path, code); `partial` says that data came as well."""

    call: Exchange
    operation: str
    errors: tuple[tuple[str, str, str], ...]
    partial: bool


def answers(traffic: Traffic) -> Iterator[Answer]:
    """Calls that are GraphQL by their body or address, or an answer alone by its form, with what it reports."""
    for call in traffic.exchanges:
        for asked, told in _steps(call):
            query = asked.get("query")
            query = query if isinstance(query, str) and "{" in query else ""
            if query or call.path.rstrip("/").endswith("/graphql") or _alone(call, told):
                name = str(asked.get("operationName") or _named(query))
                yield Answer(call, name, tuple(_errors(told)), told.get("data") is not None)


def _steps(call: Exchange) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Question and answer of each operation: one, or those of a batch, which are lists in the same order."""
    batch = '"query"' in call.request_body and call.request_body.lstrip().startswith("[")
    asked, told = (json_list(call.request_body), json_list(call.response_body)) if batch else (None, None)
    if told is None:
        yield json_body(call.request_body) or {}, json_body(call.response_body) or {}
        return
    for at, answer in enumerate(told[:MAX_BATCH]):
        question = asked[at] if asked and at < len(asked) else {}
        yield (question if isinstance(question, dict) else {}), (answer if isinstance(answer, dict) else {})


def _alone(call: Exchange, told: dict[str, Any]) -> bool:
    """An answer without its request that has the form of GraphQL's."""
    return not call.url and "data" in told and isinstance(told.get("errors"), list)


def _errors(told: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    errors = told.get("errors")
    yield from (_error(one) for one in errors if isinstance(one, dict)) if isinstance(errors, list) else ()


def _named(query: str) -> str:
    found = re.match(r"\s*(?:query|mutation|subscription)\s+(\w{1,80})", query)
    return found[1] if found else "(no name)"


def _error(one: dict[str, Any]) -> tuple[str, str, str]:
    path = one.get("path")
    extensions = one.get("extensions")
    code = extensions.get("code") if isinstance(extensions, dict) else one.get("code")
    where = ".".join(str(step) for step in path[:8]) if isinstance(path, list) else ""
    return str(one.get("message", ""))[:160], where, str(code or "")[:60]


@check("GQL01", supports=("server-error",), refutes=("server-error",))
def errors_inside_success(traffic: Traffic) -> Iterator[Finding]:
    """GraphQL calls that answer 200 and carry errors, each with its path"""
    seen = list(answers(traffic))
    designed = by_design(traffic) if seen else {}
    bad = [each for each in seen if each.errors and 200 <= each.call.status < 300 and each.call.locator not in designed]
    if not seen:
        return
    if not bad:
        first = seen[0].call
        learned = sum(why == PERSISTED for why in designed.values())
        but = f", but for {learned} whose hash the server learned then" if learned else ""
        yield passed(f"None of {len(seen)} GraphQL calls carries errors{but}.", first.cite("status", first.status))
        return
    for each in bad:
        message, path, code = each.errors[0]
        yield failed(
            f"GraphQL {each.operation} answered {each.call.status} with {len(each.errors)} error(s)"
            f"{' at ' + path if path else ''}{' [' + code + ']' if code else ''}: “{message}” ({len(bad)} of "
            f"{len(seen)} GraphQL calls).",
            each.call.cite("body", f"{path or '(no path)'}: {message}", "no errors"),
            side=Side.CUSTOMER_CLIENT if AUTH.search(f"{code} {message}") else side_of(each.call, traffic),
            next_step="Look for this resolver in the server's log; the HTTP status does not show the failure, "
            "and so do no alerts on it.",
        )


@check("GQL02", supports=("partial-data",), refutes=())
def partial_data(traffic: Traffic) -> Iterator[Finding]:
    """GraphQL answers of which a part is missing, by the field that failed"""
    partial = [each for each in answers(traffic) if each.errors and each.partial]
    fields = Counter(path.split(".")[0] or "(no path)" for each in partial for _, path, _ in each.errors)
    for field, count in fields.most_common(5):
        shown = [
            each for each in partial if any((path.split(".")[0] or "(no path)") == field for _, path, _ in each.errors)
        ]
        yield warned(
            f"{len(shown)} GraphQL answer(s) lack “{field}” ({count} errors) while the rest of the data came: "
            "one resolver or the service behind it fails.",
            *(each.call.cite("body", f"{field} failed", "all fields") for each in shown[:3]),
            side=Side.OUR_APP,
            next_step="Find the service behind this field; clients that ignore `errors` show empty places.",
        )


@check("GQL03", supports=("rate-limit",), refutes=())
def cost_limits(traffic: Traffic) -> Iterator[Finding]:
    """GraphQL queries refused for cost, depth or rate"""
    for each in answers(traffic):
        told = next(
            (f"{code} {message}".strip() for message, at, code in each.errors if _is_limit(f"{code} {message}", at)), ""
        )
        if told:
            yield failed(
                f"GraphQL {each.operation} met a limit of cost, depth or rate: “{told}”.",
                each.call.cite("body", told, "within the limit"),
                side=Side.CUSTOMER_CLIENT,
                next_step="Ask for fewer fields or smaller pages; read the cost that the answer's `extensions` report.",
            )
        elif cost := _reported(each.call):
            yield noted(f"GraphQL {each.operation} reports its cost: {cost}.", each.call.cite("body", cost))


def _is_limit(text: str, path: str) -> bool:
    told = NAMES.sub("", text)
    if LIMIT.search(told):
        return True
    return bool(MEASURE.search(told) and EXCEEDED.search(told) and (not path or ASKED.search(told)))


def _reported(call: Exchange) -> str:
    body = json_body(call.response_body)
    extensions = body.get("extensions") if isinstance(body, dict) else None
    cost = extensions.get("cost") if isinstance(extensions, dict) else None
    return (
        ", ".join(f"{key} {value}" for key, value in cost.items() if isinstance(value, int | float))
        if isinstance(cost, dict)
        else ""
    )
