"""SAML responses: can they be read, are they well formed, and did the identity provider say yes."""

from collections import Counter
from collections.abc import Iterator

from sevline.core.finding import Confidence, Evidence, Finding, Side, check, failed, passed
from sevline.core.readers.saml import BrokenSaml, Message, P, SamlDocument, SamlResponse
from sevline.core.readers.xml import text_of

SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
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


@check("SAML02")
def identified(response: SamlResponse) -> Iterator[Finding]:
    """Version 2.0, IDs present and unique"""
    root = response.root
    faults: list[Evidence] = []
    if root.get("Version") != "2.0":
        part = "Version" if root.get("Version") else ""
        faults.append(response.cite(root, part, observed=f"Version {root.get('Version')}", expected="Version 2.0"))
    nameless = [element for element in (root, *response.assertions) if not element.get("ID")]
    faults += [response.cite(element, observed="no ID", expected="an ID") for element in nameless]
    named = [element for element in root.iter() if isinstance(element.tag, str) and element.get("ID")]
    counts = Counter(element.get("ID") for element in named)
    doubled = [element for element in named if counts[element.get("ID")] > 1]
    faults += [response.cite(element, "ID", expected="an ID that occurs once") for element in doubled]
    if faults:
        yield failed(
            "The response breaks the rules for Version and ID: "
            + ", ".join(fault.observed for fault in faults[:4])
            + ".",
            *faults[:10],
            side=Side.CUSTOMER_IDP,
            next_step="Have the identity provider's owner check the product and its version; equal IDs "
            "can hide a forged part.",
        )
        return
    yield passed("Version 2.0, and every ID is present once.", response.cite(root, "Version", expected="2.0"))


@check("SAML03", supports=("idp-refused",), refutes=("idp-refused",))
def status(response: SamlResponse) -> Iterator[Finding]:
    """The status code is Success"""
    top = response.root.find(f"{P}Status/{P}StatusCode")
    if top is None:
        yield failed(
            "The response has no status code.",
            response.cite(response.root, observed="no StatusCode", expected=SUCCESS),
            side=Side.CUSTOMER_IDP,
            next_step="A response without Status is not valid; have the identity provider's owner look at its log.",
        )
        return
    if top.get("Value") == SUCCESS:
        yield passed("The identity provider reports success.", response.cite(top, "Value", expected=SUCCESS))
        return
    nested = top.find(f"{P}StatusCode")
    codes = [(each.get("Value") or "").rpartition(":")[2] for each in (top, nested) if each is not None]
    message = text_of(response.root.find(f"{P}Status/{P}StatusMessage"))
    cited = [response.cite(each, "Value", expected=SUCCESS) for each in (top, nested) if each is not None]
    advice = next(
        (STATUS_ADVICE[code] for code in reversed(codes) if code in STATUS_ADVICE), STATUS_ADVICE["Responder"]
    )
    yield failed(
        f"The identity provider answered {' / '.join(codes)}" + (f": “{message[:200]}”." if message else "."),
        *cited,
        side=Side.OUR_APP if codes[0] == "Requester" and len(codes) == 1 else Side.CUSTOMER_IDP,
        next_step=advice,
        sure=Confidence.PROOF,
    )
