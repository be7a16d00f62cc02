"""What of a response cannot be looked at because another fault hides it, and which check names that fault."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sevline.core.finding import Finding, State, not_told
from sevline.core.readers.saml import A, P, SamlResponse

SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
#: Parts of an assertion: their path, and the check that says when they are not there.
PARTS = {
    "Subject": (f"{A}Subject", "SAML16"),
    "SubjectConfirmation": (f"{A}Subject/{A}SubjectConfirmation", "SAML05"),
    "SubjectConfirmationData": (f"{A}Subject/{A}SubjectConfirmation/{A}SubjectConfirmationData", "SAML05"),
    "Conditions": (f"{A}Conditions", "SAML09"),
    "AuthnStatement": (f"{A}AuthnStatement", "SAML18"),
    "AttributeStatement": (f"{A}AttributeStatement", "SAML17"),
}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """`why` completes “cannot be told, because …”; `check_id` is the check that reports it."""

    why: str
    check_id: str


def succeeded(response: SamlResponse) -> bool:
    code = response.root.find(f"{P}Status/{P}StatusCode")
    return code is not None and code.get("Value") == SUCCESS


def obstacle(response: SamlResponse, part: str = "") -> Obstacle | None:
    """What stands between the reader and a part of the assertion; None where the part is there."""
    if not response.assertions:
        if response.encrypted:
            return Obstacle("the assertion is encrypted", "SAML15")
        if not succeeded(response):
            return Obstacle("the identity provider reported no success and sent no assertion", "SAML03")
        return Obstacle("there is no assertion", "SAML02")
    steps = [name for name in PARTS if PARTS[part][0].startswith(PARTS[name][0])] if part else []
    for name in steps:
        path, check_id = PARTS[name]
        if next(response.each(path), None) is None:
            return Obstacle(f"the assertion has no {name}", check_id)
    return None


def hidden(what: str, by: Obstacle) -> Finding:
    """The finding for a question that `by` keeps from being asked."""
    if by.check_id == "SAML15":
        return not_told(
            f"{what} cannot be told, because {by.why} ({by.check_id}).",
            "an unencrypted test response",
            next_step="Ask for one sign-in with encryption turned off in a test tenant, and keep the "
            "production key where it is.",
        )
    return not_told(
        f"{what} cannot be told, because {by.why} ({by.check_id}).",
        f"a response without the fault that {by.check_id} names",
        next_step=f"Mend what {by.check_id} names, then record the sign-in again.",
    )


def settled(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings of one check on one response; where it names a fault, that is its answer, and nothing of it counts
    as not evaluated as well.
    """
    told = list(findings)
    failing = any(one.state is State.FAIL for one in told)
    return (one for one in told if not (failing and one.state is State.NOT_EVALUATED))
