"""SAML responses: can they be read, are they well formed, and did the identity provider say yes."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from sevline.core.finding import Confidence, Evidence, Finding, Side, check, failed, noted, passed
from sevline.core.readers.saml import BrokenSaml, Message, P, SamlDocument, SamlRequest, SamlResponse
from sevline.core.readers.samlhidden import SUCCESS, hidden, obstacle, settled, succeeded
from sevline.core.readers.samlschema import breaches
from sevline.core.readers.xml import text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

#: The first places at which a response leaves the schema say enough.
MAX_BREACHES = 12
NO_PASSIVE = "urn:oasis:names:tc:SAML:2.0:status:NoPassive"
#: What a status code means and what to do; the identity provider decides all of them.
STATUS_ADVICE = {
    "Requester": "The identity provider found fault with our request: compare the AuthnRequest with its metadata.",
    "Responder": "The identity provider failed by itself: its own sign-in log has the reason.",
    "AuthnFailed": "The person was not authenticated: look at the identity provider's sign-in log.",
    "NoAuthnContext": "The requested authentication context was not met: send no "
    "RequestedAuthnContext, or agree on one.",
    "RequestDenied": "The identity provider refused: check that the person is assigned to the application.",
    "InvalidNameIDPolicy": "The requested NameID format is not offered: agree on one format on both sides.",
    "NoPassive": "A passive sign-in found no session: start a sign-in that may ask.",
    "VersionMismatch": "Both sides speak different SAML versions.",
    "RequestUnsupported": "The identity provider does not serve this kind of request: compare binding and endpoint.",
    "UnknownPrincipal": "The identity provider does not know this person: look at its directory and its sign-in log.",
    "UnsupportedBinding": "The identity provider cannot answer by this binding: ask for HTTP-POST.",
    "NoSupportedIDP": "No identity provider that the request names can serve it: check the IDPList or the discovery.",
    "InvalidAttrNameOrValue": "The identity provider found an attribute that it cannot use: compare the claim rules.",
}


@check("SAML01", supports=("saml-unreadable",))
def readable(document: SamlDocument) -> Iterator[Finding]:
    """The message decodes, is well-formed and has no DOCTYPE"""
    if isinstance(document, Message):
        tag = str(document.root.tag).rpartition("}")[2]
        yield passed(f"The {tag} is well-formed.", document.cite(document.root, observed=tag))
    elif isinstance(document, BrokenSaml):
        yield _unreadable(document)


def _unreadable(broken: BrokenSaml) -> Finding:
    return failed(
        f"The SAML message cannot be read: {broken.reason}",
        Evidence(broken.artifact, f"{broken.line}:{broken.column}", broken.reason, "well-formed XML without a DOCTYPE"),
        side=Side.UNKNOWN,
        next_step="Ask for a fresh HAR of the sign-in with content; copied text is often cut or re-encoded.",
    )


@check("SAML02", supports=("malformed-response",), refutes=("malformed-response",))
def identified(response: SamlResponse) -> Iterator[Finding]:
    """Version 2.0, IDs present and unique, elements where the schema has them, and an assertion"""
    yield from settled(_form(response))


def _form(response: SamlResponse) -> Iterator[Finding]:
    if by := obstacle(response):
        yield hidden("The form of the assertion", by)
    faults = [*_unidentified(response), *_out_of_schema(response)]
    if not response.assertions and not response.encrypted and succeeded(response):
        faults.append(response.cite(response.root, observed="no assertion", expected="one assertion"))
    if faults:
        named = list(dict.fromkeys(fault.observed for fault in faults))
        yield failed(
            f"The response breaks the rules for its form: {', '.join(named[:8])}.",
            *faults[:10],
            side=Side.CUSTOMER_IDP,
            next_step="Have the identity provider's owner check the product and its version; equal IDs "
            "can hide a forged part.",
        )
        return
    yield passed("Version 2.0, and every ID is present once.", response.cite(response.root, "Version", expected="2.0"))


def _unidentified(response: SamlResponse) -> Iterator[Evidence]:
    root = response.root
    if root.get("Version") != "2.0":
        part = "Version" if root.get("Version") else ""
        yield response.cite(root, part, observed=f"Version {root.get('Version')}", expected="Version 2.0")
    for assertion in response.assertions:
        if (version := assertion.get("Version")) not in {None, "2.0"}:  # an absent one is against the schema
            observed = f"Version {version} of the assertion"
            yield response.cite(assertion, "Version", observed=observed, expected="Version 2.0")
    for element in (root, *response.assertions):
        if not element.get("ID"):
            tag = str(element.tag).rpartition("}")[2]
            yield response.cite(element, observed=f"no ID on the {tag}", expected="an ID")
    named = [element for element in root.iter() if isinstance(element.tag, str) and element.get("ID")]
    counts = Counter(element.get("ID") for element in named)
    for element in named:
        if (times := counts[element.get("ID")]) > 1:
            observed = f"the ID “{element.get('ID')}” {times} times"
            yield response.cite(element, "ID", observed=observed, expected="an ID that occurs once")


def _out_of_schema(response: SamlResponse) -> Iterator[Evidence]:
    for breach in islice(breaches(response.root), MAX_BREACHES):
        yield response.cite(breach.element, observed=breach.observed, expected=breach.expected)


@check("SAML03", supports=("idp-refused",), refutes=("idp-refused",))
def status_code(
    response: SamlResponse, requests: tuple[SamlRequest, ...], responses: tuple[SamlResponse, ...]
) -> Iterator[Finding]:
    """The status code is Success"""
    status = response.root.find(f"{P}Status")
    top = None if status is None else status.find(f"{P}StatusCode")
    if top is None:
        yield failed(
            "The response has no StatusCode in its Status." if status is not None else "The response has no Status.",
            response.cite(response.root if status is None else status, observed="no StatusCode", expected=SUCCESS),
            side=Side.CUSTOMER_IDP,
            next_step="A response without Status is not valid; have the identity provider's owner look at its log.",
        )
        return
    if top.get("Value") == SUCCESS:
        yield passed("The identity provider reports success.", response.cite(top, "Value", expected=SUCCESS))
        return
    if (followed := _asked_first(response, requests, responses)) is not None:
        yield noted(
            "A passive request found no session at the identity provider, and a sign-in that may ask followed: as it "
            "should be.",
            *(response.cite(code, "Value") for code in top.findall(f"{P}StatusCode")),
            followed.cite(followed.root, observed=f"a {str(followed.root.tag).rpartition('}')[2]} after it"),
        )
        return
    yield _refused(response, top)


def _asked_first(
    response: SamlResponse, requests: tuple[SamlRequest, ...], responses: tuple[SamlResponse, ...]
) -> Message | None:
    """What followed where a service provider only asked whether somebody is signed in already (SAML Core 3.4.1,
    IsPassive): a success, or a request that may ask. None where nothing did, or the request answered was not passive.
    """
    code = response.root.find(f"{P}Status/{P}StatusCode/{P}StatusCode")
    at = response.at
    if code is None or code.get("Value") != NO_PASSIVE or at is None:
        return None
    answered = next((one for one in requests if one.root.get("ID") == response.root.get("InResponseTo")), None)
    if answered is not None and not _is_passive(answered):
        return None
    later: list[Message] = [one for one in responses if succeeded(one)]
    later += [one for one in requests if not _is_passive(one)]
    return next((one for one in later if one.at is not None and one.at > at), None)


def _is_passive(request: SamlRequest) -> bool:
    return request.root.get("IsPassive", "").strip() in {"true", "1"}


def _refused(response: SamlResponse, top: "_Element") -> Finding:
    nested = top.find(f"{P}StatusCode")
    codes = [(each.get("Value") or "").rpartition(":")[2] for each in (top, nested) if each is not None]
    message = text_of(response.root.find(f"{P}Status/{P}StatusMessage"))
    cited = [response.cite(each, "Value", expected=SUCCESS) for each in (top, nested) if each is not None]
    advice = next(
        (STATUS_ADVICE[code] for code in reversed(codes) if code in STATUS_ADVICE), STATUS_ADVICE["Responder"]
    )
    return failed(
        f"The identity provider answered {' / '.join(codes)}" + (f": “{message[:200]}”." if message else "."),
        *cited,
        side=Side.OUR_APP if codes[0] == "Requester" and len(codes) == 1 else Side.CUSTOMER_IDP,
        next_step=advice,
        sure=Confidence.PROOF,
    )
