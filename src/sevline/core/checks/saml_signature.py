"""SAML responses: what is signed, with which key and algorithm, whether it holds, and whether its shape is safe."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sevline.core.finding import Confidence, Evidence, Finding, Side, check, failed, not_told, passed, warned
from sevline.core.readers.saml import A, D, IdpMetadata, P, SamlResponse, SpSettings
from sevline.core.readers.xmlsignature import certificate, digests_of, embedded, fingerprint, method_of, verify

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from lxml.etree import _Element

WEAK = {
    "sha1": "SHA-1",
    "md5": "MD5",
    "hmac": "an HMAC under a shared or public key",
    "rsa-1_5": "RSA 1.5 key transport",
}


def signatures(response: SamlResponse) -> "list[_Element]":
    """Signatures that stand where SAML puts them: directly in the response or in an assertion."""
    return [one for holder in (response.root, *response.assertions) for one in holder.findall(f"{D}Signature")]


@check("SAML10", supports=("signing",), refutes=("signing",))
def what_is_signed(response: SamlResponse, services: tuple[SpSettings, ...]) -> Iterator[Finding]:
    """The parts that we demand are signed"""
    signed = {str(one.getparent().tag) for one in signatures(response)}  # type: ignore[union-attr]  # found by descent
    message, assertion = f"{P}Response" in signed, f"{A}Assertion" in signed
    if not response.assertions and not response.encrypted:
        return
    told = {(True, True): "response and assertion", (True, False): "the response", (False, True): "the assertion"}
    observed = told.get((message, assertion), "nothing")
    if observed == "nothing" and not response.encrypted:
        yield failed(
            "Nothing in the response is signed.",
            response.cite(response.root, observed="no Signature", expected="a signed response or assertion"),
            side=Side.CUSTOMER_IDP,
            next_step="Turn on signing at the identity provider.",
        )
        return
    if lacking := _lacking(services, message=message, assertion=assertion or bool(response.encrypted)):
        yield failed(
            f"Signed is {observed}, we demand {' and '.join(lacking)}.",
            response.cite(response.root, observed=f"signed: {observed}", expected=f"signed: {' and '.join(lacking)}"),
            side=Side.CUSTOMER_IDP,
            next_step="Change the signing option at the identity provider, or our demand if the other part suffices.",
        )
    elif signatures(response):
        yield passed(
            f"Signed: {observed}.", *(response.cite(one, observed="Signature") for one in signatures(response))
        )


def _lacking(services: Sequence[SpSettings], *, message: bool, assertion: bool) -> list[str]:
    """What our services demand to be signed and is not."""
    wants_assertion = any(service.wants_assertions_signed for service in services)
    wants_message = any(service.wants_messages_signed for service in services)
    return [
        *(["the assertion"] if wants_assertion and not assertion else []),
        *(["the response"] if wants_message and not message else []),
    ]


def metadata_keys(providers: Sequence[IdpMetadata]) -> "list[Certificate]":
    found = [certificate(one) for provider in providers for one in provider.signing_certificates]
    return [one for one in found if one is not None]


@check("SAML11", supports=("certificate-rotation",), refutes=("certificate-rotation",))
def signing_certificate(response: SamlResponse, providers: tuple[IdpMetadata, ...]) -> Iterator[Finding]:
    """The certificate in the message is one of the metadata's"""
    elements = [one for signature in signatures(response) for one in embedded(signature)]
    if not elements:
        return
    known = [fingerprint(one) for one in metadata_keys(providers)]
    if not known:
        yield not_told(
            "Signing certificate: none is known to compare with.", IdpMetadata.what, next_step=IdpMetadata.how
        )
        return
    for element in elements:
        one = certificate(element)
        seen = fingerprint(one) if one else "unreadable"
        if seen not in known:
            yield failed(
                f"The signing certificate was changed: the message has {seen}, the metadata {', '.join(known[:4])}.",
                response.cite(element, observed=f"SHA-256 {seen}", expected=f"SHA-256 {' or '.join(known[:4])}"),
                side=Side.OUR_APP,
                next_step="Load the identity provider's current metadata on our side; ask whether the key was rotated.",
            )
            return
    evidence = response.cite(elements[0], observed=f"SHA-256 {known[0]}")
    yield passed("The signing certificate is one of the metadata's.", evidence)


@check("SAML12", supports=("altered-response",), refutes=("altered-response",))
def signature_holds(response: SamlResponse, providers: tuple[IdpMetadata, ...]) -> Iterator[Finding]:
    """Each signature verifies"""
    trusted = metadata_keys(providers)
    for signature in signatures(response):
        own = [one for one in map(certificate, embedded(signature)) if one is not None]
        verdicts = [verify(signature, key) for key in (trusted or own[:1])]
        value = signature.find(f"{D}SignatureValue")
        evidence = response.cite(
            signature if value is None else value,
            observed=verdicts[0].reason if verdicts else "not verified",
            expected="a signature that holds",
        )
        if any(verdict.holds for verdict in verdicts):
            if trusted:
                yield passed("The signature holds under the metadata's key.", evidence_of(evidence, "it holds"))
            else:
                yield not_told(
                    "The signature holds under the message's own certificate; whether that one is trusted is open.",
                    IdpMetadata.what,
                    next_step=IdpMetadata.how,
                )
        elif verdicts:
            yield failed(
                f"The signature does not hold: {verdicts[0].reason}",
                evidence,
                side=Side.UNKNOWN,
                next_step="Compare the message at the identity provider with the one received: a proxy may alter it, "
                "and another key may have signed it.",
            )
        else:
            yield not_told("The signature cannot be verified.", IdpMetadata.what, next_step=IdpMetadata.how)


def evidence_of(evidence: Evidence, observed: str) -> Evidence:
    return Evidence(evidence.artifact, evidence.locator, observed, evidence.expected)


@check("SAML13")
def algorithms(response: SamlResponse) -> Iterator[Finding]:
    """The algorithms of signature, digest and encryption are current"""
    used = list(_algorithms_used(response))
    weak = [one for one in used if weakness(one.observed)]
    if not weak:
        if used:
            yield passed("The algorithms are current.", *used[:6])
        return
    names = ", ".join(dict.fromkeys(weakness(one.observed) for one in weak))
    broken = any(word in one.observed.casefold() for one in weak for word in ("md5", "hmac"))
    expected = "SHA-256 or stronger"
    cited = [Evidence(one.artifact, one.locator, one.observed, expected) for one in weak]
    yield (failed if broken else warned)(
        f"Outdated algorithm: {names}.",
        *cited[:6],
        side=Side.CUSTOMER_IDP,
        next_step="Choose SHA-256 for signature and digest at the identity provider.",
    )


def _algorithms_used(response: SamlResponse) -> Iterator[Evidence]:
    for signature in signatures(response):
        if method := method_of(signature):
            yield response.cite(method[0], "Algorithm")
        for digest in digests_of(signature):
            yield response.cite(digest, "Algorithm")
    for encryption in response.root.iter("{http://www.w3.org/2001/04/xmlenc#}EncryptionMethod"):
        yield response.cite(encryption, "Algorithm")


def weakness(algorithm: str) -> str:
    name = algorithm.casefold()
    return next((said for word, said in WEAK.items() if word in name), "")


@check("SAML14", supports=("signature-wrapping",), refutes=("signature-wrapping",))
def wrapping(response: SamlResponse) -> Iterator[Finding]:
    """The shape leaves no room for a forged assertion beside the signed one"""
    faults = [
        *_strange_places(response),
        *(fault for one in response.root.iter(f"{D}Signature") for fault in _reference_faults(response, one)),
    ]
    if len(response.assertions) + len(response.encrypted) > 1:
        faults += [
            response.cite(one, observed="one assertion of several", expected="one") for one in response.assertions
        ]
    if faults:
        yield failed(
            f"Possible signature wrapping: {faults[0].observed}.",
            *faults[:8],
            side=Side.UNKNOWN,
            next_step="Hand this to Security before anything else, and keep the original sealed.",
            sure=Confidence.STRONG,
        )
    elif signatures(response):
        cited = [response.cite(one, observed="refers to its parent") for one in signatures(response)]
        yield passed("Each signature refers to the element that holds it, and there is one assertion.", *cited)


def _strange_places(response: SamlResponse) -> Iterator[Evidence]:
    for one in response.root.iter(f"{A}Assertion"):
        holder = one.getparent()
        if holder is not None and holder is not response.root and holder.tag != f"{A}Advice":
            yield response.cite(one, observed="an assertion outside its place", expected="a child of Response")
    for one in response.root.iter(f"{D}Object"):
        yield response.cite(one, observed="an Object inside a signature", expected="no Object")


def _reference_faults(response: SamlResponse, signature: "_Element") -> Iterator[Evidence]:
    holder = signature.getparent()
    references = signature.findall(f"{D}SignedInfo/{D}Reference")
    if len(references) != 1:
        yield response.cite(
            signature, observed=f"{len(references)} references in a signature", expected="one reference"
        )
    for reference in references:
        target = reference.get("URI", "")
        if holder is not None and target not in {"", f"#{holder.get('ID')}"}:
            expected = f"#{holder.get('ID')}"
            part = "URI" if "URI" in reference.attrib else ""
            yield response.cite(reference, part, observed="a signature that refers elsewhere", expected=expected)
