"""Policies and requests: IAM-style statements, roles as lists of permissions, and what was asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sevline.core.finding import Evidence, Given

MAX_STATEMENTS = 5_000


@dataclass(frozen=True, slots=True)
class Statement:
    """One rule. `actions` and `resources` are patterns with “*” and “?”; with `not_…` everything but these."""

    locator: str
    allows: bool
    actions: tuple[str, ...] = ()
    not_actions: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    not_resources: tuple[str, ...] = ()
    conditions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    name: str = ""


@dataclass(frozen=True, slots=True)
class Policies(Given):
    """Rules that apply to who asks. `boundaries` limit what the others may allow."""

    what = "the policies or roles of who asked"
    how = "Export the policies of the role as JSON (“Statement”), or the list of its permissions."

    artifact: str
    statements: tuple[Statement, ...]
    boundaries: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class AccessRequest(Given):
    what = "the request that was denied"
    how = "Write action, resource and context of the denied call as JSON: {“request”: {“action”: …, “resource”: …}}."

    artifact: str
    locator: str
    action: str
    resource: str = "*"
    role: str = ""
    context: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def cite(self, observed: str, expected: str) -> Evidence:
        return Evidence(self.artifact, f"{self.locator}/action", observed, expected)


def permission_evidence(document: object, artifact: str) -> list[Given]:
    """Policies and requests of one JSON document; an empty list where it holds neither."""
    if not isinstance(document, dict):
        return []
    request = _request(document, artifact)
    found: list[Given] = [request] if request else []
    statements = tuple(_statements(document, ""))[:MAX_STATEMENTS]
    for key in ("policies", "policy", "Policies"):
        statements += tuple(_from(document.get(key), f"/{key}"))
    statements += tuple(_roles(document, request.role if request else ""))
    statements += (*_azure(document), *_kubernetes(document))
    boundaries = tuple(_from(document.get("boundaries"), "/boundaries"))
    if statements or boundaries:
        found.append(Policies(artifact, statements[:MAX_STATEMENTS], boundaries))
    return found


#: What a request that stands alone may hold beside its action and resource; anything else is another kind of record.
_ALONE = frozenset({"action", "resource", "context", "role", "principal", "subject", "user", "tenant", "environment"})


def _request(document: Mapping[str, Any], artifact: str) -> AccessRequest | None:
    asked, pointer = document.get("request"), "/request"
    if {"action", "resource"} <= document.keys() <= _ALONE:
        asked, pointer = document, ""
    if not isinstance(asked, dict) or not isinstance(asked.get("action"), str):
        return None
    context, resource, role = asked.get("context"), asked.get("resource"), asked.get("role") or document.get("role")
    return AccessRequest(
        artifact,
        pointer,
        asked["action"],
        resource if isinstance(resource, str) else "*",
        role if isinstance(role, str) else "",
        context if isinstance(context, dict) else {},
    )


def _from(value: object, base: str) -> Iterator[Statement]:
    if isinstance(value, dict):
        yield from _statements(value, base)
    for at, one in enumerate(value if isinstance(value, list) else ()):
        if isinstance(one, dict):
            yield from _statements(one, f"{base}/{at}")


def _statements(policy: Mapping[str, Any], base: str) -> Iterator[Statement]:
    held = policy.get("Statement")
    if isinstance(held, dict):
        yield from _statement(held, f"{base}/Statement")
    for at, one in enumerate(held if isinstance(held, list) else ()):
        if isinstance(one, dict):
            yield from _statement(one, f"{base}/Statement/{at}")


def _statement(one: Mapping[str, Any], locator: str) -> Iterator[Statement]:
    effect = str(one.get("Effect", "")).lower()
    if effect not in {"allow", "deny"}:
        return
    conditions = one.get("Condition")
    yield Statement(
        locator,
        effect == "allow",
        _texts(one.get("Action")),
        _texts(one.get("NotAction")),
        _texts(one.get("Resource")),
        _texts(one.get("NotResource")),
        conditions if isinstance(conditions, dict) else {},
        str(one.get("Sid", "")),
    )


def _roles(document: Mapping[str, Any], wanted: str) -> Iterator[Statement]:
    """Roles as lists of permissions: each allows its action on everything."""
    for role, place, held in _lists(document):
        if wanted and role != wanted:
            continue
        for at, permission in enumerate(held if isinstance(held, list) else ()):
            if isinstance(permission, str):
                yield Statement(f"{place}/{at}", True, (permission,), resources=("*",), name=role)


def _azure(document: Mapping[str, Any]) -> Iterator[Statement]:
    """A role of Azure: actions, and those that are taken out of them, as `az role definition list` and ARM write it."""
    own = document.get("properties")
    held, base = (own, "/properties") if isinstance(own, dict) else (document, "")
    name = str(document.get("roleName") or document.get("Name") or held.get("roleName") or "")
    parts = held.get("permissions")
    places = [(one, f"{base}/permissions/{at}") for at, one in enumerate(parts if isinstance(parts, list) else ())]
    for one, place in [(document, ""), *places]:
        if isinstance(one, dict):
            yield from _azure_rule({key.casefold(): value for key, value in one.items()}, place, name)


def _azure_rule(told: Mapping[str, Any], place: str, name: str) -> Iterator[Statement]:
    if not isinstance(told.get("notactions"), list):
        return
    for kind in ("actions", "dataactions"):
        if allowed := _texts(told.get(kind)):
            yield Statement(place, True, allowed, _texts(told.get(f"not{kind}")), name=name)


def _kubernetes(document: Mapping[str, Any]) -> Iterator[Statement]:
    """Roles and cluster roles of Kubernetes: each rule allows its verbs on its kinds of objects."""
    items = document.get("items")
    places = [(one, f"/items/{at}") for at, one in enumerate(items if isinstance(items, list) else ())]
    for one, place in [(document, ""), *places]:
        if not isinstance(one, dict) or one.get("kind") not in {"Role", "ClusterRole"}:
            continue
        yield from _rules_of_role(one, place)


def _rules_of_role(role: Mapping[str, Any], place: str) -> Iterator[Statement]:
    about, rules = role.get("metadata"), role.get("rules")
    about = about if isinstance(about, dict) else {}
    name, inside = str(about.get("name", "")), about.get("namespace")
    limits = {"namespace": [inside]} if role["kind"] == "Role" and isinstance(inside, str) else {}
    for at, rule in enumerate(rules if isinstance(rules, list) else ()):
        if isinstance(rule, dict) and (kinds := _texts(rule.get("resources"))):
            verbs, conditions = _texts(rule.get("verbs")), _limited(rule, limits)
            yield Statement(f"{place}/rules/{at}", True, verbs, resources=kinds, name=name, conditions=conditions)


def _limited(rule: Mapping[str, Any], limits: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    """Namespace and group count where the request tells its own; which objects it is for has to be told."""
    groups, names = _texts(rule.get("apiGroups")), _texts(rule.get("resourceNames"))
    limits = {**limits, "apiGroup": list(groups)} if groups and "*" not in groups else limits
    conditions = {"StringEqualsIfExists": limits} if limits else {}
    return {**conditions, "StringEquals": {"resourceName": list(names)}} if names else conditions


def _lists(document: Mapping[str, Any]) -> Iterator[tuple[str, str, object]]:
    """Role, pointer and permissions: by the role's name, as a list of roles, or one role alone."""
    roles = document.get("roles")
    for role, held in roles.items() if isinstance(roles, dict) else ():
        yield str(role), f"/roles/{str(role).replace('~', '~0').replace('/', '~1')}", held
    for at, one in enumerate(roles if isinstance(roles, list) else ()):
        if isinstance(one, dict) and isinstance(name := one.get("role", one.get("name")), str):
            yield name, f"/roles/{at}/permissions", one.get("permissions")
    if isinstance(name := document.get("role", document.get("name")), str):
        yield name, "/permissions", document.get("permissions")


def _texts(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(one for one in values if isinstance(one, str))
