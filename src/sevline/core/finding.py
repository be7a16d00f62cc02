"""Findings, the one shape every check answers in, and the registry that runs the checks.

A check is a generator function whose parameter types say what it needs:

    @check("SAML09", supports=("clock-skew",))
    def validity_window(response: SamlResponse, metadata: tuple[SamlMetadata, ...]) -> Iterator[Finding]: ...

`T` is required and the check runs once for each; `T | None` is the first of its kind or None; `tuple[T, ...]` is all
there are. Where a required input is absent the check does not run, and says what is missing and how to get it.
"""

import types
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property, partial
from itertools import islice, product
from typing import Any, ClassVar, Union, get_args, get_origin, get_type_hints

from sevline.core.amount import of_one
from sevline.core.registry import Registry

#: Required inputs are combined; a set of files with more combinations than this is cut, and the first ones are judged.
MAX_COMBINATIONS = 200


class State(StrEnum):
    FAIL = "FAIL"
    WARN = "WARN"
    PASS = "PASS"  # noqa: S105 - a verdict, not a password
    INFO = "INFO"
    NOT_EVALUATED = "NOT_EVALUATED"


class Side(StrEnum):
    """Who can change what the finding is about."""

    CUSTOMER_IDP = "customer_idp"
    CUSTOMER_NETWORK = "customer_network"
    CUSTOMER_CLIENT = "customer_client"
    OUR_APP = "our_app"
    OUR_INFRA = "our_infra"
    THIRD_PARTY = "third_party"
    UNKNOWN = "unknown"


class Confidence(StrEnum):
    """`proof` only where observed differs from expected inside one artefact; `hint` is a lead to test."""

    PROOF = "proof"
    STRONG = "strong"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One citation. `locator` is a JSON pointer (HAR, JSON), an XPath (XML, SAML) or `line:column`, counted from 1."""

    artifact: str
    locator: str
    observed: str = ""
    expected: str = ""
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Raises ValueError when FAIL, WARN or PASS cites nothing, or the wording claims more than a check can know."""

    state: State
    title: str
    side: Side = Side.UNKNOWN
    confidence: Confidence = Confidence.STRONG
    evidence: tuple[Evidence, ...] = ()
    next_step: str = ""
    missing: tuple[str, ...] = ()
    check_id: str = ""
    supports: tuple[str, ...] = ()
    refutes: tuple[str, ...] = ()
    version: int = 1

    def __post_init__(self) -> None:
        if self.state in {State.FAIL, State.WARN, State.PASS} and not self.evidence:
            raise ValueError(f"A finding in state {self.state} cites at least one piece of evidence.")
        if self.state is State.NOT_EVALUATED and not self.missing:
            raise ValueError("A check that was not evaluated names what is missing.")
        if "root cause" in f"{self.title} {self.next_step}".casefold():
            raise ValueError("A check reports what it observed; the cause is decided by a person.")


class Given:
    """Base of everything a check can ask for; the two sentences are shown when it is not there.

    What arrived and cannot be read `stands_for` the kind it should be; the check `said_by` reports why. What is worked
    out from several files is `made_of` the kinds that those give.
    """

    __slots__ = ()
    what: ClassVar[str]
    how: ClassVar[str]
    stands_for: ClassVar["type[Given] | None"] = None
    said_by: ClassVar[str] = ""
    made_of: ClassVar[tuple[type["Given"], ...]] = ()


class Gathered(Given):
    """One item out of all parts that were given together, such as a cluster out of many lists of objects.

    `parts` are the kinds it is made of; without at least one of kind `needs` it is missing. The constructor takes the
    parts as one tuple.
    """

    __slots__ = ()
    parts: ClassVar[tuple[type[Given], ...]]
    needs: ClassVar[type[Given]]

    @classmethod
    def of_all(cls, evidence: Sequence[Given]) -> "list[Given]":
        chosen = tuple(item for item in evidence if isinstance(item, cls.parts))
        build: Callable[[tuple[Given, ...]], Given] = cls
        return [build(chosen)] if any(isinstance(item, cls.needs) for item in chosen) else []


@dataclass(frozen=True, slots=True)
class Input:
    kind: type[Given]
    many: bool = False
    optional: bool = False


@dataclass(frozen=True)
class Check:
    id: str
    function: Callable[..., Iterator[Finding]]
    supports: tuple[str, ...] = ()
    refutes: tuple[str, ...] = ()
    version: int = 1
    inputs: dict[str, Input] = field(default_factory=dict)

    @cached_property
    def title(self) -> str:
        return (self.function.__doc__ or "").strip().split("\n", 1)[0]

    def run(self, evidence: Sequence[Given]) -> Iterator[Finding]:
        found = {name: _of_kind(need.kind, evidence) for name, need in self.inputs.items()}
        lacking = [need.kind for name, need in self.inputs.items() if not (need.many or need.optional or found[name])]
        if lacking:
            yield self._stamp(_not_evaluated(self.title, lacking, evidence))
            return
        for arguments in islice(self._arguments(found), MAX_COMBINATIONS):
            yield from map(self._stamp, self.function(**arguments))

    def erred(self) -> Finding:
        """What stands for its findings where the check itself ended with an error."""
        return self._stamp(
            Finding(State.NOT_EVALUATED, f"{self.title.rstrip('.')}: {ERRED}", missing=(KNOWN_FORM,), next_step=REPORT)
        )

    def _arguments(self, found: dict[str, list[Given]]) -> Iterator[dict[str, Any]]:
        shared: dict[str, Any] = {}
        each: dict[str, list[Given]] = {}
        for name, need in self.inputs.items():
            if need.many:
                shared[name] = tuple(found[name])
            elif need.optional:
                shared[name] = found[name][0] if found[name] else None
            else:
                each[name] = found[name]
        for choice in product(*each.values()):
            yield shared | dict(zip(each, choice, strict=True))

    def _stamp(self, finding: Finding) -> Finding:
        """Failing supports the hypotheses that the check declares, passing refutes them; one thing stands in
        the singular."""
        supports = self.supports if finding.state in {State.FAIL, State.WARN} else ()
        refutes = self.refutes if finding.state is State.PASS else ()
        title = of_one(finding.title)
        return replace(finding, title=title, check_id=self.id, version=self.version, supports=supports, refutes=refutes)


def _of_kind(kind: type[Given], evidence: Sequence[Given]) -> list[Given]:
    if issubclass(kind, Gathered):
        return kind.of_all(evidence)
    return [item for item in evidence if isinstance(item, kind)]


def _not_evaluated(title: str, lacking: Sequence[type[Given]], evidence: Sequence[Given]) -> Finding:
    how = " ".join(dict.fromkeys(kind.how for kind in lacking))
    for kind in lacking:
        broken = next((one for one in evidence if one.stands_for and issubclass(kind, one.stands_for)), None)
        if broken is not None:
            title = f"{title}: cannot be told, because {kind.what} cannot be read ({broken.said_by})."
            break
    return Finding(State.NOT_EVALUATED, title, missing=tuple(kind.what for kind in lacking), next_step=how)


CHECKS: Registry[Check] = Registry("check")


def check(
    check_id: str, *, supports: tuple[str, ...] = (), refutes: tuple[str, ...] = (), version: int = 1
) -> Callable[[Callable[..., Iterator[Finding]]], Callable[..., Iterator[Finding]]]:
    """Register a function under its id; its parameter types become the declared inputs."""

    def register(function: Callable[..., Iterator[Finding]]) -> Callable[..., Iterator[Finding]]:
        CHECKS.add(check_id, Check(check_id, function, supports, refutes, version, inputs_of(function)))
        return function

    return register


def inputs_of(function: Callable[..., Any]) -> dict[str, Input]:
    """Raises TypeError when a parameter is not evidence, an optional of it, or a tuple of it."""
    hints = {name: hint for name, hint in get_type_hints(function).items() if name != "return"}
    return {name: _input(hint, f"{function.__name__}({name})") for name, hint in hints.items()}


def _input(hint: Any, where: str) -> Input:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return Input(_kind(arguments[0], where), many=True)
    if origin in {Union, types.UnionType} and len(arguments) == 2 and arguments[1] is type(None):
        return Input(_kind(arguments[0], where), optional=True)
    return Input(_kind(hint, where))


def _kind(hint: Any, where: str) -> type[Given]:
    if not (isinstance(hint, type) and issubclass(hint, Given)):
        raise TypeError(f"{where} asks for {hint!r}, which is not evidence.")
    return hint


#: What is said of a check that ended with an error of the program.
ERRED = "the check met something in a form that it does not know, and says nothing of it."
KNOWN_FORM = "a form of it that the check knows"
REPORT = "Read it by hand, and tell whoever runs this installation: its log says which check and where."


def run(
    evidence: Sequence[Given],
    checks: Iterable[Check] = CHECKS,
    *,
    apart: Callable[[Callable[[], None]], AbstractContextManager[None]] = lambda _: nullcontext(),
) -> tuple[Finding, ...]:
    """Every check on everything given, in the order of the check ids; none is left out because another failed.

    `apart` is around each, with what to call where it lets an error of the check pass.
    """
    findings: list[Finding] = []
    for each in sorted(checks, key=lambda each: each.id):
        said: list[Finding] = []
        with apart(partial(findings.append, each.erred())):
            said += each.run(evidence)
        findings += said
    return tuple(findings)


def failed(title: str, *evidence: Evidence, side: Side, next_step: str, sure: Confidence = Confidence.PROOF) -> Finding:
    return Finding(State.FAIL, title, side, sure, evidence, next_step)


def warned(
    title: str, *evidence: Evidence, side: Side, next_step: str, sure: Confidence = Confidence.STRONG
) -> Finding:
    return Finding(State.WARN, title, side, sure, evidence, next_step)


def passed(title: str, *evidence: Evidence, sure: Confidence = Confidence.PROOF) -> Finding:
    return Finding(State.PASS, title, Side.UNKNOWN, sure, evidence)


def noted(title: str, *evidence: Evidence, side: Side = Side.UNKNOWN, next_step: str = "") -> Finding:
    return Finding(State.INFO, title, side, Confidence.STRONG, evidence, next_step)


def not_told(title: str, *missing: str, next_step: str) -> Finding:
    """The check ran, yet what it was given does not hold the answer."""
    return Finding(State.NOT_EVALUATED, title, missing=missing, next_step=next_step)
