"""The evidence checklist of a case, answered by what the case already holds."""

from collections.abc import Callable
from dataclasses import dataclass

from sevline.cases.models import UNKNOWN, Case, CaseFact
from sevline.core.checklist import ISSUE_TYPES, Checklist, ItemAnswer, ItemState, evaluate
from sevline.diagnosis.models import ChangeCheck, Reproduction, Test, Workaround
from sevline.evidence.models import Artifact, Item, UploadState

# What a file of some kind proves by being there.
PROVEN_BY = {
    "saml": ("saml.response",),
    "har": ("api_4xx.call", "browser.console", "scim.pair"),
    "access_log": ("api_5xx.rate",),
}


@dataclass(frozen=True, slots=True)
class _Held:
    """What the case holds, read once."""

    case: Case
    facts: dict[str, int]
    zoned_times: int
    kinds: frozenset[str]
    has_reproduction: bool
    has_changes: bool
    has_tests: bool
    has_workaround: bool
    has_excerpt: bool

    def says(self, *fields: str) -> bool:
        return all(self.case.impact.get(field, UNKNOWN) not in {"", UNKNOWN} for field in fields)


ANSWERED: dict[str, Callable[[_Held], bool]] = {
    "C1": lambda held: held.says("users", "started", "still_happening"),
    "C2": lambda held: bool(held.facts.get("error") or held.facts.get("status")),
    "C3": lambda held: held.zoned_times >= 2,
    "C4": lambda held: bool(held.case.environment and held.case.environment.version),
    "C5": lambda held: held.has_reproduction,
    "C6": lambda held: held.has_reproduction,
    "C7": lambda held: bool(held.facts.get("request_id") or held.facts.get("trace_id")),
    "C8": lambda held: held.has_changes,
    "C9": lambda held: held.has_tests,
    "C10": lambda held: held.has_workaround,
    "C11": lambda held: held.has_excerpt,
    "C12": lambda held: held.says("deadline"),
}


def of_case(case: Case) -> Checklist | None:
    """The checklist with what is there; None while the case has no severity. Seven queries."""
    if case.severity is None:
        return None
    held, key = _held(case), case.issue_type
    there = {item for item, holds in ANSWERED.items() if holds(held)}
    stars = {star.key for star in ISSUE_TYPES[key].stars} if key in ISSUE_TYPES else set()
    there |= {star for kind in held.kinds for star in PROVEN_BY.get(kind, ()) if star in stars}
    return evaluate(key, case.severity, {item: ItemAnswer(ItemState.PROVIDED) for item in there})


def _held(case: Case) -> _Held:
    facts = list(CaseFact.objects.filter(case=case).values_list("kind", "value", "zone_known", "instant"))
    counts: dict[str, int] = {}
    for kind, _, _, _ in facts:
        counts[kind] = counts.get(kind, 0) + 1
    zoned = {instant for kind, _, known, instant in facts if kind == "timestamp" and known and instant}
    files = Artifact.objects.filter(upload__case=case, upload__state=UploadState.AVAILABLE)
    return _Held(
        case=case,
        facts=counts,
        zoned_times=len(zoned),
        kinds=frozenset(files.values_list("kind", flat=True)),
        has_reproduction=Reproduction.objects.filter(case=case).exists(),
        has_changes=ChangeCheck.objects.filter(case=case).exists(),
        has_tests=Test.objects.filter(case=case).exclude(conclusion="running").exists(),
        has_workaround=Workaround.objects.filter(case=case).exists(),
        has_excerpt=Item.objects.filter(case=case, withdrawn_at=None).exclude(excerpt="").exists(),
    )
