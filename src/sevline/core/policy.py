"""Would a set of policies allow a request: explicit deny, allow, implicit deny, as identity and access systems "
"decide."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import Any

from sevline.core.readers.moments import iso_moment
from sevline.core.readers.policy import AccessRequest, Statement


class Ruling(StrEnum):
    """How a request ends; UNTOLD where a condition asks for what nobody told."""

    ALLOWED = "allowed"
    EXPLICIT_DENY = "explicit deny"
    IMPLICIT_DENY = "implicit deny"
    BOUNDARY_DENY = "outside the boundary"
    UNTOLD = "cannot be told"


@dataclass(frozen=True, slots=True)
class Decision:
    """`rule` is the statement that decided; `near` an allow that fits but for a part, and `lacks` says which.

    `hinges` are the parts of the context by which an explicit deny applies: with other values it would not.
    """

    ruling: Ruling
    rule: Statement | None = None
    near: Statement | None = None
    lacks: str = ""
    hinges: tuple[str, ...] = ()


class _Fit(StrEnum):
    """Whether a statement speaks of a request."""

    YES = "yes"
    NO = "no"
    UNTOLD = "untold"


def decide(request: AccessRequest, rules: Sequence[Statement], boundaries: Sequence[Statement] = ()) -> Decision:
    """An explicit deny wins; then an allow is needed, inside the boundary where there is one."""
    denies = [rule for rule in (*rules, *boundaries) if not rule.allows]
    if (denied := _first(denies, request, _Fit.YES)) is not None:
        return Decision(
            Ruling.EXPLICIT_DENY, denied, hinges=tuple(dict.fromkeys(key for _, key, _ in _conditions(denied)))
        )
    if (untold := _first(denies, request, _Fit.UNTOLD)) is not None:
        return Decision(Ruling.UNTOLD, untold, lacks=missing_key(untold, request))
    allows = [rule for rule in rules if rule.allows]
    if (allowed := _first(allows, request, _Fit.YES)) is None:
        return _not_allowed(allows, request)
    limits = [rule for rule in boundaries if rule.allows]
    if boundaries and _first(limits, request, _Fit.YES) is None:
        return Decision(Ruling.BOUNDARY_DENY, limits[0] if limits else boundaries[0], allowed)
    return Decision(Ruling.ALLOWED, allowed)


def _not_allowed(allows: list[Statement], request: AccessRequest) -> Decision:
    if (untold := _first(allows, request, _Fit.UNTOLD)) is not None:
        return Decision(Ruling.UNTOLD, untold, lacks=missing_key(untold, request))
    near, lacks = _nearest(request, allows)
    return Decision(Ruling.IMPLICIT_DENY, None, near, lacks)


def _first(rules: Sequence[Statement], request: AccessRequest, wanted: "_Fit") -> Statement | None:
    return next((rule for rule in rules if _fit(rule, request) is wanted), None)


def _fit(rule: Statement, request: AccessRequest) -> _Fit:
    resource = _resource_fits(rule, request)
    if not _action_fits(rule, request) or resource is _Fit.NO:
        return _Fit.NO
    told = [holds(operator, key, wanted, request.context) for operator, key, wanted in _conditions(rule)]
    if False in told:
        return _Fit.NO
    return _Fit.UNTOLD if None in told or resource is _Fit.UNTOLD else _Fit.YES


def _names(rule: Statement, request: AccessRequest) -> bool:
    return _action_fits(rule, request) and _resource_fits(rule, request) is not _Fit.NO


def _action_fits(rule: Statement, request: AccessRequest) -> bool:
    """AWS names actions or those that are left out, Azure both."""
    if rule.not_actions and _any(rule.not_actions, request.action, loose=True):
        return False
    return _any(rule.actions, request.action, loose=True) if rule.actions else bool(rule.not_actions)


def _resource_fits(rule: Statement, request: AccessRequest) -> _Fit:
    patterns = rule.not_resources or rule.resources
    if not patterns:
        return _Fit.YES
    filled, asked = [filled_in(pattern, request.context) for pattern in patterns], literal(request.resource)
    fits, not_fits = (_Fit.NO, _Fit.YES) if rule.not_resources else (_Fit.YES, _Fit.NO)
    if any(matches(pattern, asked) for pattern, lacks in filled if not lacks):
        return fits
    return _Fit.UNTOLD if any(matches(pattern, asked) for pattern, _ in filled) else not_fits


#: A variable of AWS policies, with what stands for it where the context does not say: `${aws:username, 'nobody'}`.
VARIABLE = re.compile(r"\$\{\s?([\w:/.@-]{1,200}|[*?$])\s?(?:,\s?'([^']{0,200})'\s?)?\}")


def literal(text: str) -> str:
    """A text whose stars and question marks stand for themselves, as those do that a variable brings into a pattern."""
    return text.translate(_LITERAL)


_LITERAL = {ord("*"): "\ue000", ord("?"): "\ue001"}


def filled_in(pattern: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """The text with its variables replaced, and the first variable that the context does not tell, read as any text."""
    lacks: list[str] = []

    def value(found: re.Match[str]) -> str:
        held = next((one for name, one in context.items() if str(name).casefold() == found[1].casefold()), found[2])
        if len(found[1]) == 1:
            return literal(found[1])
        if held is None:
            lacks.append(found[1])
        return "*" if held is None else literal(str(held))

    return VARIABLE.sub(value, pattern), next(iter(lacks), "")


def _any(patterns: Sequence[str], text: str, *, loose: bool = False) -> bool:
    return any(matches(pattern, text, loose=loose) for pattern in patterns)


def matches(pattern: str, text: str, *, loose: bool = False) -> bool:
    """“*” stands for any text, “?” for one letter; `loose` leaves case out.

    Piece by piece between the stars, each at its first place: no way has to be tried twice, however many stars.
    """
    one, two = (pattern.casefold(), text.casefold()) if loose else (pattern, text)
    pieces = one.split("*")
    if len(pieces) == 1:
        return _piece(one).fullmatch(two) is not None
    first, last = _piece(pieces[0]).match(two), len(two) - len(pieces[-1])
    if first is None or last < first.end() or _piece(pieces[-1]).fullmatch(two, last) is None:
        return False
    at = first.end()
    for piece in pieces[1:-1]:
        found = _piece(piece).search(two, at, last)
        if found is None:
            return False
        at = found.end()
    return True


@lru_cache(maxsize=4_096)
def _piece(text: str) -> re.Pattern[str]:
    return re.compile(re.escape(text).replace(r"\?", "."), re.DOTALL)


def _conditions(rule: Statement) -> list[tuple[str, str, list[str]]]:
    found = []
    for operator, keys in rule.conditions.items():
        for key, wanted in keys.items() if isinstance(keys, Mapping) else ():
            values = wanted if isinstance(wanted, list) else [wanted]
            found.append((operator, key, [str(value) for value in values]))
    return found


def missing_key(rule: Statement, request: AccessRequest) -> str:
    """What the context would have to say for the rule to be judged."""
    open_ones = [key for op, key, wanted in _conditions(rule) if holds(op, key, wanted, request.context) is None]
    texts = [*rule.resources, *rule.not_resources, *(text for _, _, wanted in _conditions(rule) for text in wanted)]
    return next(filter(None, (*(filled_in(text, request.context)[1] for text in texts), *open_ones)), "")


#: Of several values each has to fit, or one of them.
EVERY, ANY = "forallvalues", "foranyvalue"


def holds(operator: str, key: str, wanted: list[str], context: Mapping[str, Any]) -> bool | None:
    """Does one condition hold; None where the context does not say or the operator is not known."""
    known = {str(name).casefold(): value for name, value in context.items()}
    of_set, _, bare = operator.removesuffix("IfExists").casefold().rpartition(":")
    if key.casefold() not in known:
        if bare == "null":
            return wanted[:1] == ["true"]
        return True if operator.endswith("IfExists") else None
    if bare == "null":
        return wanted[:1] == ["false"]
    held = known[key.casefold()]
    values = [literal(str(value)) for value in (held if isinstance(held, list) else [held])]
    return _tested(of_set, bare, values, [filled_in(want, context) for want in wanted])


def _tested(of_set: str, bare: str, values: list[str], wanted: list[tuple[str, str]]) -> bool | None:
    """Whether values stand in the relation to what is wanted, each of which has what it lacks beside it. What is to be
    unlike has to be so for each value, unless `of_set` says that one is enough; else one that is alike is enough."""
    tests = [[_one(bare.replace("not", ""), value, want) for want, _ in wanted] for value in values]
    if any(lacks for _, lacks in wanted) or any(None in row for row in tests):
        return None
    if "not" in bare:
        return (any if of_set == ANY else all)(not any(row) for row in tests)
    return (all if of_set == EVERY else any)(map(any, tests))


def _one(operator: str, value: str, wanted: str) -> bool | None:
    if operator == "stringequals":
        return value == literal(wanted)
    if operator in {"stringequalsignorecase", "bool"}:
        return value.casefold() == literal(wanted).casefold()
    if operator in {"stringlike", "arnlike", "arnequals"}:  # AWS: the two for ARNs behave identically
        return matches(wanted, value)
    if operator == "ipaddress":
        return _in_network(value, wanted)
    if operator.startswith(("numeric", "date")):
        return _compared(operator, value, wanted)
    return None


def _in_network(value: str, wanted: str) -> bool | None:
    try:
        return ip_address(value) in ip_network(wanted, strict=False)
    except ValueError:
        return None


def _compared(operator: str, value: str, wanted: str) -> bool | None:
    one: float | None
    two: float | None
    if operator.startswith("date"):
        moments = iso_moment(value), iso_moment(wanted)
        one, two = (moment.timestamp() if moment else None for moment in moments)
    else:
        one, two = _number(value), _number(wanted)
    if one is None or two is None:
        return None
    kind = operator.removeprefix("numeric").removeprefix("date")
    told = {"equals": one == two, "lessthan": one < two, "greaterthan": one > two}
    told |= {"lessthanequals": one <= two, "greaterthanequals": one >= two}
    return told.get(kind)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _nearest(request: AccessRequest, allows: list[Statement]) -> tuple[Statement | None, str]:
    """The allow that misses least: a condition, else the resource, else the action."""
    for rule in allows:
        if _names(rule, request):
            failed = [key for op, key, want in _conditions(rule) if holds(op, key, want, request.context) is False]
            return rule, f"its condition on {next(iter(failed), 'the context')} does not hold"
    for rule in allows:
        if _action_fits(rule, request):
            return rule, "it is for other resources"
    for rule in allows:
        if rule.resources and _resource_fits(rule, request) is _Fit.YES and rule.resources != ("*",):
            return rule, "it is for other actions"
    return None, ""
