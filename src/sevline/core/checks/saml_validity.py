"""SAML responses: were they used within their time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sevline.core.finding import Confidence, Evidence, Finding, Side, check, failed, not_told, passed
from sevline.core.lasting import lasting
from sevline.core.readers.moments import iso_moment, plain
from sevline.core.readers.saml import A, SamlRequest, SamlResponse
from sevline.core.readers.samlhidden import hidden, obstacle, settled

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Seconds by which both clocks may differ.
ALLOWANCE = 180
#: Seconds that a clock may be off and still be in use, a wrong time zone with it.
CREDIBLE = 2 * 86_400
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


@check("SAML09", supports=("clock-skew", "expired-assertion"), refutes=("clock-skew", "expired-assertion"), version=2)
def validity_window(response: SamlResponse, requests: tuple[SamlRequest, ...]) -> Iterator[Finding]:
    """The assertion was used within its time, with an allowance for clocks"""
    yield from settled(_validity(response, requests))


def _validity(response: SamlResponse, requests: tuple[SamlRequest, ...]) -> Iterator[Finding]:
    if by := obstacle(response):
        yield hidden("Times of the assertion", by)
        return
    faults = [*_absent(response), *_unreadable(response)]
    yield from faults
    for name, _ in PLACES:
        if by := obstacle(response, name):
            yield hidden(f"Times of {name}", by)
    at = response.at
    if at is None or not response.at_known:
        yield not_told(
            "Times: it is not known when the response was used.",
            "the time at which the response was used",
            next_step="Say when it was used: on the file's page under “Captured at”, or with --at. Or record a HAR of "
            "the sign-in: it holds the time of each call.",
        )
        at = iso_moment(response.root.get("IssueInstant"))
    if at is not None:
        yield from _judged(response, requests, at, quiet=bool(faults))


def _judged(
    response: SamlResponse, requests: tuple[SamlRequest, ...], at: datetime, *, quiet: bool
) -> Iterator[Finding]:
    bounds = list(_bounds(response, at))
    beyond = [bound for bound in bounds if bound.outside > ALLOWANCE]
    skewed = list(_clocks(response, requests, at, beyond))
    yield from skewed
    ahead = _skew(response, at) > ALLOWANCE
    for early in (False,) if ahead else (True, False):
        if found := [bound for bound in beyond if bound.early is early]:
            yield _outside(found, at)
    if bounds and response.at_known and not (beyond or skewed or quiet):
        yield passed(f"Used within its time at {plain(at)}.", *(bound.evidence for bound in bounds[:4]))


def _clocks(
    response: SamlResponse, requests: tuple[SamlRequest, ...], at: datetime, beyond: list[Bound]
) -> Iterator[Finding]:
    """A clock that differs: a response from the future, or one issued before its request."""
    skew = _skew(response, at)
    if skew > ALLOWANCE:
        issued = response.cite(response.root, "IssueInstant", expected=f"not after {plain(at)}")
        shifted = [bound for bound in beyond if bound.early]
        yield _skewed(
            f"Clock skew of at least {lasting(skew)}: the response says it was issued that long after it was used"
            f"{_with(shifted)}.",
            issued,
            *(bound.evidence for bound in shifted),
        )
    elif (slow := _behind(response, requests)) > CREDIBLE:
        yield failed(
            f"The response says it was issued {lasting(slow)} before its request: rather a response that was kept, "
            "replayed or put beside another sign-in than a clock.",
            response.cite(response.root, "IssueInstant", expected="after the IssueInstant of its request"),
            side=Side.UNKNOWN,
            next_step="Record the sign-in anew and compare the IDs; if they are the same again, hand it to Security.",
            sure=Confidence.STRONG,
        )
    elif slow > ALLOWANCE:
        yield _skewed(
            f"Clock skew of at least {lasting(slow)}: the response says it was issued that long before its request.",
            response.cite(response.root, "IssueInstant", expected="after the IssueInstant of its request"),
        )


def _with(shifted: list[Bound]) -> str:
    """The limits that lie in the future with it."""
    return f"; too late are {' and '.join(dict.fromkeys(bound.what for bound in shifted))}" if shifted else ""


def _skewed(title: str, *evidence: Evidence) -> Finding:
    return failed(
        title,
        *evidence,
        side=Side.CUSTOMER_IDP,
        next_step="Compare both clocks with NTP; an allowance of up to 300 s bridges small differences.",
    )


def _absent(response: SamlResponse) -> Iterator[Finding]:
    """The limits that the sign-in profile demands."""
    lacking = [
        *(
            response.cite(one, observed="no Conditions", expected="Conditions")
            for one in response.assertions
            if one.find(PLACES[0][1]) is None
        ),
        *(
            response.cite(one, observed="SubjectConfirmationData without NotOnOrAfter", expected="NotOnOrAfter")
            for one in response.each(PLACES[1][1])
            if one.get("NotOnOrAfter") is None
        ),
    ]
    if lacking:
        yield failed(
            f"The assertion does not say how long it is valid: {' and '.join(one.observed for one in lacking)}.",
            *lacking,
            side=Side.CUSTOMER_IDP,
            next_step="Have the identity provider's owner check the lifetime of its tokens for our application.",
        )


def _unreadable(response: SamlResponse) -> Iterator[Finding]:
    unreadable = [evidence for evidence, _, _ in _limits(response) if iso_moment(evidence.observed) is None]
    if unreadable:
        yield failed(
            f"A time cannot be read: “{unreadable[0].observed[:60]}”.",
            *unreadable[:5],
            side=Side.CUSTOMER_IDP,
            next_step="Have the identity provider's owner check the time format: it is xs:dateTime in UTC.",
        )


def _outside(beyond: list[Bound], at: datetime) -> Finding:
    worst = max(beyond, key=lambda bound: bound.outside)
    verb = "is valid only later: it was used" if worst.early else "had expired: it was used"
    places = " and ".join(dict.fromkeys(bound.what for bound in beyond))
    return failed(
        f"The assertion {verb} {lasting(worst.outside)} outside {places}, judged at {plain(at)} "
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


def _behind(response: SamlResponse, requests: tuple[SamlRequest, ...]) -> float:
    """Seconds by which the response was issued before the request that it answers; nobody can answer the future."""
    issued = iso_moment(response.root.get("IssueInstant"))
    asked = [
        moment
        for request in requests
        if request.root.get("ID") == response.root.get("InResponseTo")
        and (moment := iso_moment(request.root.get("IssueInstant")))
    ]
    return (max(asked) - issued).total_seconds() if asked and issued else 0.0
