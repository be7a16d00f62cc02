"""SAML responses: is this one meant for us, from the identity provider we expect, and for the request we sent."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sevline.core.finding import Evidence, Finding, Side, check, failed, not_told, noted, passed, warned
from sevline.core.readers.addresses import difference, only_the_scheme, told_apart
from sevline.core.readers.saml import A, D, IdpMetadata, SamlRequest, SamlResponse, SpSettings
from sevline.core.readers.samlhidden import hidden, obstacle
from sevline.core.readers.samltrust import issuer_elements
from sevline.core.readers.xml import text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"

CONFIRMATION = f"{A}Subject/{A}SubjectConfirmation/{A}SubjectConfirmationData"


def consumer_urls(response: SamlResponse, services: Sequence[SpSettings]) -> tuple[str, ...]:
    """The URLs at which we take responses: from the settings, else where the recording shows it was posted."""
    known = tuple(url for service in services for url in service.acs_urls if url)
    return known or ((response.sent_to,) if response.sent_to else ())


@check("SAML04", supports=("acs-mismatch",), refutes=("acs-mismatch",))
def destination(response: SamlResponse, services: tuple[SpSettings, ...]) -> Iterator[Finding]:
    """Destination is our assertion consumer URL"""
    expected = consumer_urls(response, services)
    sent = response.root.get("Destination")
    if sent is not None and not sent.strip():
        yield failed(
            "Destination is empty.",
            response.cite(response.root, observed="an empty Destination", expected="our consumer URL"),
            side=Side.CUSTOMER_IDP,
            next_step="Set the assertion consumer URL at the identity provider.",
        )
    elif sent is not None:
        yield from _address([response.cite(response.root, "Destination")], expected, "Destination")
    elif response.root.find(f"{D}Signature") is not None:
        yield failed(
            "The signed response has no Destination, which the POST binding requires.",
            response.cite(response.root, observed="no Destination", expected="our consumer URL"),
            side=Side.CUSTOMER_IDP,
            next_step="Set the assertion consumer URL at the identity provider.",
        )


@check("SAML05", supports=("acs-mismatch",), refutes=("acs-mismatch",))
def recipient(response: SamlResponse, services: tuple[SpSettings, ...]) -> Iterator[Finding]:
    """A bearer subject confirmation is there, and its Recipient is our assertion consumer URL"""
    if by := obstacle(response, "Subject"):
        yield hidden("Recipient", by)
        return
    confirmations = list(response.each(f"{A}Subject/{A}SubjectConfirmation"))
    bearers = [one for one in confirmations if one.get("Method") == BEARER]
    held = [data for one in bearers if (data := one.find(f"{A}SubjectConfirmationData")) is not None]
    named = [one for one in held if one.get("Recipient") is not None]
    if fault := _unconfirmed(response, confirmations, bearers, held, named):
        yield failed(
            fault.observed[0].upper() + fault.observed[1:] + ", which the sign-in profile requires.",
            fault,
            side=Side.CUSTOMER_IDP,
            next_step="Set the assertion consumer URL at the identity provider, and have it confirm by bearer.",
        )
        return
    expected = consumer_urls(response, services)
    yield from _address([response.cite(one, "Recipient") for one in named], expected, "Recipient")


def _unconfirmed(
    response: SamlResponse,
    confirmations: "list[_Element]",
    bearers: "list[_Element]",
    held: "list[_Element]",
    named: "list[_Element]",
) -> Evidence | None:
    """The first thing that the confirmation lacks, each of which stands inside the one before."""
    if not confirmations:
        subject = next(response.each(f"{A}Subject"))
        return response.cite(
            subject, observed="the subject has no SubjectConfirmation", expected="a SubjectConfirmation"
        )
    if not bearers:
        method = (confirmations[0].get("Method") or "none").rpartition(":")[2]
        part = "Method" if confirmations[0].get("Method") else ""
        return response.cite(
            confirmations[0], part, observed=f"no subject confirmation is by bearer (Method: {method})", expected=BEARER
        )
    if not held:
        observed = "the subject confirmation has no SubjectConfirmationData"
        return response.cite(bearers[0], observed=observed, expected="SubjectConfirmationData")
    if not named:
        observed = "the subject confirmation has no Recipient"
        return response.cite(held[0], observed=observed, expected="our consumer URL")
    return None


def _address(cited: list[Evidence], expected: tuple[str, ...], what: str) -> Iterator[Finding]:
    if not expected:
        yield not_told(f"{what}: our consumer URL is not known.", SpSettings.what, next_step=SpSettings.how)
        return
    wrong = [one for one in cited if one.observed not in expected]
    if not wrong or len(wrong) < len(cited):
        yield passed(f"{what} is our consumer URL.", *(one for one in cited if one not in wrong))
        return
    is_proxy = only_the_scheme(difference(wrong[0].observed, expected[0]))
    told = tuple(Evidence(one.artifact, one.locator, one.observed, " or ".join(expected)) for one in wrong)
    yield failed(
        f"{what} is “{wrong[0].observed}”, our consumer URL is “{expected[0]}”: "
        f"{told_apart(wrong[0].observed, expected[0])}.",
        *told,
        side=Side.OUR_INFRA if is_proxy else Side.CUSTOMER_IDP,
        next_step="Check X-Forwarded-Proto at our proxy; where it is right, correct the consumer URL at the identity "
        "provider."
        if is_proxy
        else "Correct the consumer URL at the identity provider.",
    )


@check("SAML06", supports=("audience-mismatch",), refutes=("audience-mismatch",))
def audience(response: SamlResponse, services: tuple[SpSettings, ...]) -> Iterator[Finding]:
    """Every AudienceRestriction names our entity ID"""
    if by := obstacle(response, "Conditions"):
        yield hidden("Audience", by)
        return
    ours = list(dict.fromkeys(name for service in services for name in (service.audience, service.entity_id) if name))
    restrictions = list(response.each(f"{A}Conditions/{A}AudienceRestriction"))
    if not restrictions:
        yield warned(
            "No AudienceRestriction limits the assertion to us, which the sign-in profile requires.",
            response.cite(next(response.each(f"{A}Conditions")), observed="no AudienceRestriction", expected="one"),
            side=Side.CUSTOMER_IDP,
            next_step="Set our entity ID as audience at the identity provider.",
        )
        return
    if not ours:
        yield not_told("Audience: our entity ID is not known.", SpSettings.what, next_step=SpSettings.how)
        return
    for restriction in restrictions:
        audiences = restriction.findall(f"{A}Audience")
        named = [text_of(one) for one in audiences]
        if not set(named) & set(ours):
            cited = [response.cite(one, expected=ours[0]) for one in audiences] or [
                response.cite(restriction, observed="no Audience", expected=ours[0])
            ]
            yield failed(
                f"The audience is {_listed(named)}, our entity ID is “{ours[0]}”{_hint(named, ours[0])}.",
                *cited,
                side=Side.CUSTOMER_IDP,
                next_step="Set exactly our entity ID as audience at the identity provider.",
            )
            return
    yield passed("Every audience restriction names our entity ID.", response.cite(restrictions[0], expected=ours[0]))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names[:4]) or "empty"


def _hint(named: Sequence[str], ours: str) -> str:
    for name in named:
        if name.rstrip("/") == ours.rstrip("/"):
            return "; only the slash at the end differs"
        if name.casefold() == ours.casefold():
            return "; only upper and lower case differ"
        if name.removeprefix("spn:") == ours:
            return "; the prefix “spn:” is too much"
    return ""


def _providers_named(providers: Sequence[IdpMetadata], services: Sequence[SpSettings]) -> list[str]:
    configured = (service.idp_entity_id for service in services)
    return [*(provider.entity_id for provider in providers), *filter(None, configured)]


@check("SAML07", supports=("wrong-idp",), refutes=("wrong-idp",))
def issuer(
    response: SamlResponse, providers: tuple[IdpMetadata, ...], services: tuple[SpSettings, ...]
) -> Iterator[Finding]:
    """The issuer is the identity provider that we expect"""
    if by := obstacle(response):
        yield hidden("Issuer of the assertion", by)
    issuers = issuer_elements(response)
    if faults := list(_miscounted(response)):
        yield failed(
            "; ".join(fault.observed for fault in faults) + ".",
            *faults,
            side=Side.CUSTOMER_IDP,
            next_step="Have the identity provider's owner check its product: every assertion has exactly one Issuer.",
        )
    named = _providers_named(providers, services)
    if not named:
        yield not_told("Issuer: the identity provider is not known.", IdpMetadata.what, next_step=IdpMetadata.how)
        return
    wrong = [one for one in issuers if text_of(one) and text_of(one) not in named]
    yield from (_another_issuer(response, one, named) for one in wrong)
    if issuers and not faults and not wrong:
        yield passed("The issuer is the expected one.", *(response.cite(one, expected=named[0]) for one in issuers))


def _another_issuer(response: SamlResponse, one: "_Element", named: list[str]) -> Finding:
    holder = str(one.getparent().tag).rpartition("}")[2].lower()  # type: ignore[union-attr]  # found by descent
    return failed(
        f"The issuer of the {holder} is “{text_of(one)}”, expected is “{named[0]}”.",
        response.cite(one, expected=" or ".join(named[:3])),
        side=Side.CUSTOMER_IDP,
        next_step="Check whether another tenant's or an older metadata file is configured on our side.",
    )


def _miscounted(response: SamlResponse) -> Iterator[Evidence]:
    wanted = "the identity provider's entity ID"
    for assertion in response.assertions:
        found = assertion.findall(f"{A}Issuer")
        if not any(text_of(one) for one in found):
            yield response.cite(assertion, observed="An assertion names no issuer", expected=wanted)
        elif len(found) > 1:
            yield response.cite(assertion, observed="An assertion names several issuers", expected="one Issuer")
    if len(response.root.findall(f"{A}Issuer")) > 1:
        yield response.cite(response.root, observed="The response names several issuers", expected="one Issuer at most")


@check("SAML08", supports=("unsolicited",), refutes=("unsolicited",))
def in_response_to(response: SamlResponse, requests: tuple[SamlRequest, ...]) -> Iterator[Finding]:
    """InResponseTo is the ID of a request that we sent, in the response and in the subject confirmation"""
    answered = response.root.get("InResponseTo")
    confirmed = [one for one in response.each(CONFIRMATION) if one.get("InResponseTo") is not None]
    if answered is None and not confirmed:
        yield noted(
            "The response answers no request: the sign-in was started at the identity provider.",
            response.cite(response.root, observed="no InResponseTo"),
            next_step="Allow sign-ins started by the identity provider, or start from our sign-in page.",
        )
        return
    if by := obstacle(response, "SubjectConfirmationData"):
        yield hidden("InResponseTo of the subject confirmation", by)
    if contrary := [one for one in confirmed if answered and one.get("InResponseTo") != answered]:
        yield failed(
            "The subject confirmation answers another request than the response that holds it.",
            *(response.cite(one, "InResponseTo", expected=answered) for one in contrary[:3]),
            side=Side.CUSTOMER_IDP,
            next_step="Have the identity provider's owner check its product; an assertion of another sign-in "
            "may have been put into this response.",
        )
    yield from _answers(response, requests)


def _answers(response: SamlResponse, requests: tuple[SamlRequest, ...]) -> Iterator[Finding]:
    """Does the response, or its confirmation where the response is silent, answer a request that was recorded."""
    holder = response.root
    if holder.get("InResponseTo") is None:
        holder = next(one for one in response.each(CONFIRMATION) if one.get("InResponseTo") is not None)
    if not requests:
        yield not_told("InResponseTo: the request is not there.", SamlRequest.what, next_step=SamlRequest.how)
        return
    sent = [request.root.get("ID", "") for request in requests]
    cited = response.cite(holder, "InResponseTo", expected=" or ".join(sent[-3:]))
    if cited.observed in sent:
        yield passed("The response answers a request that was recorded.", cited)
        return
    yield failed(
        "The response answers a request that was not sent in this recording.",
        cited,
        side=Side.CUSTOMER_CLIENT,
        next_step="Look for a bookmarked or replayed sign-in page, or a session that was lost "
        "between request and answer.",
    )
