"""SAML responses: whom they speak of, with which attributes, and how the person was authenticated."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sevline.core.finding import Evidence, Finding, Side, check, failed, not_told, noted, passed, warned
from sevline.core.readers.saml import A, P, SamlRequest, SamlResponse, SpSettings
from sevline.core.readers.samlhidden import Obstacle, hidden, obstacle, settled
from sevline.core.readers.xml import text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME_ID = f"{A}Subject/{A}NameID"
UNSPECIFIED = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"
EMAIL = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
OVERAGE = ("groups.link", "identity/claims/groups.link")


@check("SAML16", supports=("name-id",), refutes=("name-id",))
def name_id(response: SamlResponse, services: tuple[SpSettings, ...]) -> Iterator[Finding]:
    """NameID is present, whole, and in the agreed format"""
    if by := obstacle(response):
        yield hidden("NameID", by)
    for assertion in response.assertions:
        element = assertion.find(NAME_ID)
        if element is None:
            if assertion.find(f"{A}Subject/{A}EncryptedID") is None:
                subject = assertion.find(f"{A}Subject")
                holder = "assertion has no Subject, hence" if subject is None else "subject has"
                yield failed(
                    f"The {holder} no NameID.",
                    response.cite(assertion, observed="no NameID", expected="a NameID"),
                    side=Side.CUSTOMER_IDP,
                    next_step="Map a NameID for our application at the identity provider.",
                )
            continue
        faults = list(_name_faults(response, element, services))
        if faults:
            yield failed(
                "NameID: " + "; ".join(fault.observed for fault in faults) + ".",
                *faults,
                side=Side.CUSTOMER_IDP,
                next_step="Correct the NameID mapping; a comment inside it points to tampering: tell Security."
                if any("comment" in fault.observed for fault in faults)
                else "Correct the NameID mapping at the identity provider.",
            )
        elif element.get("Format") == EMAIL and "@" not in text_of(element):
            yield warned(
                "NameID says that it is an e-mail address, and its value is not one.",
                response.cite(element, observed="no e-mail address", expected="an e-mail address"),
                side=Side.CUSTOMER_IDP,
                next_step="Choose the format that fits the value, or map the address.",
            )
        else:
            yield passed(
                "NameID is present and whole.", response.cite(element, observed="a NameID", expected="a NameID")
            )


def _name_faults(response: SamlResponse, element: "_Element", services: tuple[SpSettings, ...]) -> Iterator[Evidence]:
    text = text_of(element)
    if not text:
        yield response.cite(element, observed="it is empty", expected="a value")
    if any(not isinstance(child.tag, str) for child in element.iter()):
        yield response.cite(element, observed="it holds a comment inside its text", expected="plain text")
    agreed = {service.name_id_format for service in services} - {"", UNSPECIFIED}
    sent = element.get("Format", UNSPECIFIED)
    if agreed and sent not in agreed:
        expected = next(iter(agreed))
        part = "Format" if element.get("Format") else ""
        yield response.cite(element, part, observed=f"its format is {sent.rpartition(':')[2]}", expected=expected)
    qualifier = element.get("SPNameQualifier")
    ours = {service.entity_id for service in services if service.entity_id}
    if qualifier and ours and qualifier not in ours:
        yield response.cite(
            element, "SPNameQualifier", observed="SPNameQualifier is not our entity ID", expected=min(ours)
        )


@check("SAML17", supports=("missing-attribute",), refutes=("missing-attribute",), version=2)
def attributes(response: SamlResponse, services: tuple[SpSettings, ...]) -> Iterator[Finding]:
    """The attributes that we require are there"""
    if by := obstacle(response):
        yield hidden("Attributes", by)
        return
    sent = list(response.each(f"{A}AttributeStatement/{A}Attribute"))
    yield from _overage(response, sent)
    yield from _doubled(response, sent)
    required = list(dict.fromkeys(name for service in services for name in service.required_attributes))
    if obstacle(response, "AttributeStatement"):
        yield _no_statement(response, required, demanded=any(service.wants_attributes for service in services))
        return
    if not required:
        yield not_told(
            "Attributes: which ones our application requires is not known.",
            "the list of required attributes in the service provider's SAML settings",
            next_step=SpSettings.how,
        )
        return
    yield _required(response, sent, required)


def _required(response: SamlResponse, sent: "list[_Element]", required: list[str]) -> Finding:
    names = {one.get("Name", "") for one in sent}
    if missing := [name for name in required if name not in names]:
        return _attributes_missing(response, sent, missing)
    if empty := [one for one in sent if one.get("Name") in required and not text_of(one)]:
        return failed(
            f"Required attributes are empty: {', '.join(one.get('Name', '') for one in empty[:8])}.",
            *(response.cite(one, "Name", expected="a value") for one in empty[:5]),
            side=Side.CUSTOMER_IDP,
            next_step="Look at the person's record in the directory: the field that the claim is made from is empty.",
        )
    return passed("Every required attribute is there.", *(response.cite(one, "Name") for one in sent[:5]))


def _no_statement(response: SamlResponse, required: list[str], *, demanded: bool) -> Finding:
    cited = response.cite(response.assertions[0], observed="no AttributeStatement", expected=", ".join(required[:8]))
    if not required and not demanded:
        return noted("The assertion has no AttributeStatement: it says nothing about the person but the NameID.", cited)
    return failed(
        "The assertion has no AttributeStatement"
        + (f"; required are {', '.join(required[:8])}." if required else ", which our settings demand."),
        cited,
        side=Side.CUSTOMER_IDP,
        next_step="Add claims for our application at the identity provider.",
    )


def _doubled(response: SamlResponse, sent: "list[_Element]") -> Iterator[Finding]:
    counts = Counter(one.get("Name", "") for one in sent)
    if doubled := [one for one in sent if counts[one.get("Name", "")] > 1]:
        yield warned(
            f"The attribute “{doubled[0].get('Name')}” is sent more than once; readers may keep only one.",
            *(response.cite(one, "Name", expected="one attribute with several values") for one in doubled[:5]),
            side=Side.CUSTOMER_IDP,
            next_step="Merge the claim rules at the identity provider.",
        )


def _attributes_missing(response: SamlResponse, sent: "list[_Element]", missing: list[str]) -> Finding:
    seen = ", ".join(sorted({one.get("Name", "") for one in sent})[:12]) or "none"
    friendly = [one for one in sent if one.get("FriendlyName") in missing]
    statement = next(response.each(f"{A}AttributeStatement"), response.assertions[0])
    return failed(
        f"Required attributes are missing: {', '.join(missing[:8])}; sent were: {seen}"
        + ("; the name is used as FriendlyName instead of Name." if friendly else "."),
        response.cite(statement, observed=f"sent: {seen}", expected=", ".join(missing[:8])),
        *(response.cite(one, "FriendlyName", expected="as Name") for one in friendly[:3]),
        side=Side.CUSTOMER_IDP,
        next_step="Add the missing claims at the identity provider, with exactly these names.",
    )


def _overage(response: SamlResponse, sent: "list[_Element]") -> Iterator[Finding]:
    for one in sent:
        if one.get("Name", "").endswith(OVERAGE):
            yield warned(
                "The person is in too many groups: a link was sent in place of the groups.",
                response.cite(one, "Name", expected="the groups"),
                side=Side.CUSTOMER_IDP,
                next_step="Send only groups that are assigned to the application, or roles in place of groups.",
            )


def _contexts_requested(
    response: SamlResponse, requests: tuple[SamlRequest, ...], services: tuple[SpSettings, ...]
) -> Iterator[str]:
    """The contexts, to be met exactly, of the request that this response answers, or else those of our settings."""
    answered = [one for one in requests if one.root.get("ID") == response.root.get("InResponseTo")]
    for request in answered:
        requested = request.root.find(f"{P}RequestedAuthnContext")
        if requested is not None and requested.get("Comparison", "exact") == "exact":
            yield from (text_of(reference) for reference in requested.iterfind(f"{A}AuthnContextClassRef"))
    if not answered:
        yield from (context for service in services for context in service.contexts)


@check("SAML18", supports=("authn-context",), refutes=("authn-context",), version=2)
def authentication(
    response: SamlResponse, requests: tuple[SamlRequest, ...], services: tuple[SpSettings, ...]
) -> Iterator[Finding]:
    """An AuthnStatement is there, with the requested context"""
    yield from settled(_authentication(response, requests, services))


def _authentication(
    response: SamlResponse, requests: tuple[SamlRequest, ...], services: tuple[SpSettings, ...]
) -> Iterator[Finding]:
    if by := obstacle(response):
        yield hidden("Authentication context", by)
        return
    statements = list(response.each(f"{A}AuthnStatement"))
    if not statements:
        yield failed(
            "The assertion has no AuthnStatement.",
            response.cite(response.assertions[0], observed="no AuthnStatement", expected="an AuthnStatement"),
            side=Side.CUSTOMER_IDP,
            next_step="Have the identity provider's owner check the profile: web sign-in requires one.",
        )
        yield hidden("Authentication context", Obstacle("the assertion has no AuthnStatement", "SAML18"))
        return
    if (most := max(len(one.findall(f"{A}AuthnStatement")) for one in response.assertions)) > 1:
        yield warned(
            f"The assertion has {most} AuthnStatements; some toolkits accept exactly one.",
            *(response.cite(one, observed="one of several", expected="one AuthnStatement") for one in statements[:4]),
            side=Side.CUSTOMER_IDP,
            next_step="Have the identity provider's owner check why the sign-in is stated more than once.",
        )
    yield from _context(response, statements, list(_contexts_requested(response, requests, services)))


def _context(response: SamlResponse, statements: "list[_Element]", wanted: list[str]) -> Iterator[Finding]:
    returned = list(response.each(f"{A}AuthnStatement//{A}AuthnContextClassRef"))
    if wanted and returned and not {text_of(one) for one in returned} & set(wanted):
        yield failed(
            f"The person was authenticated by {text_of(returned[0]).rpartition(':')[2]}, requested was "
            f"{wanted[0].rpartition(':')[2]}.",
            *(response.cite(one, expected=" or ".join(wanted)) for one in returned),
            side=Side.OUR_APP,
            next_step="Send no RequestedAuthnContext, or agree on a context that the identity provider uses.",
        )
    elif wanted and returned:
        yield passed("The requested context was used.", *(response.cite(one) for one in returned))
    else:
        context = next((text_of(one).rpartition(":")[2] for one in returned), "not stated")
        yield noted(f"Authentication context: {context}.", response.cite(statements[0], observed=context))
