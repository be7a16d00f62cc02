"""SAML responses: were they used within their time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sevline.core.finding import Confidence, Evidence, Finding, Side, check, failed, not_told, passed
from sevline.core.readers.moments import iso_moment, plain
from sevline.core.readers.saml import A, SamlResponse

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Seconds by which both clocks may differ.
ALLOWANCE = 180
PLACES = (
    ("Conditions", f"{A}Conditions"),
    ("SubjectConfirmationData", f"{A}Subject/{A}SubjectConfirmation/{A}SubjectConfirmationData"),
    ("AuthnStatement", f"{A}AuthnStatement"),
)


@dataclass(frozen=True, slots=True)
class Bound:
    """One limit in time; `outside` is by how many seconds the moment of use lies beyond it, negative when inside."""

    what: str
    evidence: Evidence
    outside: float
    early: bool


@check("SAML09", supports=("clock-skew", "expired-assertion"), refutes=("clock-skew", "expired-assertion"))
def validity_window(response: SamlResponse) -> Iterator[Finding]:
    """The assertion was used within its time, with an allowance for clocks"""
    at = response.at
    if at is None or not response.at_known:
        yield not_told(
            "Times: it is not known when the response was used.",
            "the time at which the response was used",
            next_step="Give the time with --at, or record a HAR of the sign-in: it holds the time of each call.",
        )
        at = iso_moment(response.root.get("IssueInstant"))
    if at is None:
        return
    yield from _unreadable(response)
    bounds = list(_bounds(response, at))
    beyond = [bound for bound in bounds if bound.outside > ALLOWANCE]
    skew = _skew(response, at)
    if skew > ALLOWANCE:
        issued = response.cite(response.root, "IssueInstant", expected=f"not after {plain(at)}")
        yield failed(
            f"Clock skew of at least {skew:.0f} s: the response says it was issued that long after it was used.",
            issued,
            *(bound.evidence for bound in beyond if bound.early),
            side=Side.CUSTOMER_IDP,
            next_step="Compare both clocks with NTP; an allowance of up to 300 s bridges small differences.",
        )
    elif beyond:
        yield from _outside(beyond, at)
    elif bounds and response.at_known:
        yield passed(f"Used within its time at {plain(at)}.", *(bound.evidence for bound in bounds[:4]))


def _unreadable(response: SamlResponse) -> Iterator[Finding]:
    unreadable = [evidence for evidence, _, _ in _limits(response) if iso_moment(evidence.observed) is None]
    if unreadable:
        yield failed(
            f"A time cannot be read: “{unreadable[0].observed[:60]}”.",
            *unreadable[:5],
            side=Side.CUSTOMER_IDP,
            next_step="Have the identity provider's owner check the time format: it is xs:dateTime in UTC.",
        )


def _outside(beyond: list[Bound], at: datetime) -> Iterator[Finding]:
    worst = max(beyond, key=lambda bound: bound.outside)
    verb = "is valid only later: it was used" if worst.early else "had expired: it was used"
    yield failed(
        f"The assertion {verb} {worst.outside:.0f} s outside {worst.what}, judged at {plain(at)} "
        f"with {ALLOWANCE} s allowed.",
        *(bound.evidence for bound in beyond),
        side=Side.CUSTOMER_IDP if worst.early else Side.UNKNOWN,
        next_step="Compare both clocks with NTP; then look for a sign-in page that was kept open, "
        "bookmarked or replayed.",
        sure=Confidence.PROOF,
    )


def _bounds(response: SamlResponse, at: datetime) -> Iterator[Bound]:
    for evidence, what, early in _limits(response):
        limit = iso_moment(evidence.observed)
        if limit is None:
            continue
        outside = (limit - at if early else at - limit).total_seconds()
        expected = f"{'not after' if early else 'after'} {plain(at)}"
        yield Bound(what, Evidence(evidence.artifact, evidence.locator, evidence.observed, expected), outside, early)


def _limits(response: SamlResponse) -> Iterator[tuple[Evidence, str, bool]]:
    for name, path in PLACES:
        for element in response.each(path):
            yield from _of(response, element, name)


def _of(response: SamlResponse, element: "_Element", name: str) -> Iterator[tuple[Evidence, str, bool]]:
    for attribute, early in (("NotBefore", True), ("NotOnOrAfter", False), ("SessionNotOnOrAfter", False)):
        if element.get(attribute) is not None:
            yield response.cite(element, attribute), f"{name} {attribute}", early


def _skew(response: SamlResponse, at: datetime) -> float:
    """Seconds by which the response was issued after its use; nobody can use what is not issued yet."""
    issued = iso_moment(response.root.get("IssueInstant"))
    return 0.0 if issued is None or not response.at_known else (issued - at).total_seconds()
