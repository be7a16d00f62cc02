"""SAML responses: what is signed, with which key and algorithm, and whether it holds."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sevline.core.finding import Evidence, Finding, Side, check, failed, not_told, passed, warned
from sevline.core.readers.moments import plain
from sevline.core.readers.saml import A, D, IdpMetadata, P, SamlResponse, SpSettings, X
from sevline.core.readers.samlhidden import Obstacle, hidden, obstacle
from sevline.core.readers.samltrust import Trust, trust
from sevline.core.readers.xmlsignature import (
    Verdict,
    certificate,
    digests_of,
    embedded,
    fingerprint,
    method_of,
    verify,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

WEAK = {
    "sha1": "SHA-1",
    "md5": "MD5",
    "hmac": "an HMAC under a shared or public key",
    "rsa-1_5": "RSA 1.5 key transport",
}
UNSIGNED = Obstacle("nothing in the response is signed", "SAML10")


def signatures(response: SamlResponse) -> "list[_Element]":
    """Signatures that stand where SAML puts them: directly in the response or in an assertion."""
    return [one for holder in (response.root, *response.assertions) for one in holder.findall(f"{D}Signature")]


def unsigned(response: SamlResponse) -> Obstacle:
    """Why there is no signature to look at."""
    if response.encrypted and not response.assertions:
        return Obstacle("the assertion is encrypted", "SAML15")
    if not response.assertions:
        return obstacle(response) or UNSIGNED
    return UNSIGNED


@check("SAML10", supports=("signing",), refutes=("signing",))
def what_is_signed(response: SamlResponse, services: tuple[SpSettings, ...]) -> Iterator[Finding]:
    """The parts that we demand are signed"""
    held = signatures(response)
    signed = {str(one.getparent().tag) for one in held}  # type: ignore[union-attr]  # found by descent
    message, assertion = f"{P}Response" in signed, f"{A}Assertion" in signed
    lacking = _lacking(services, message=message, assertion=assertion or not response.assertions)
    if by := obstacle(response):
        yield hidden("Whether the assertion is signed", by)
    told = {(True, True): "response and assertion", (True, False): "the response", (False, True): "the assertion"}
    observed = told.get((message, assertion), "nothing")
    if observed == "nothing" and response.assertions:
        demanded = f", we demand {' and '.join(lacking)}" if lacking else ""
        yield failed(
            f"Nothing in the response is signed{demanded}.",
            response.cite(response.root, observed="no Signature", expected="a signed response or assertion"),
            side=Side.CUSTOMER_IDP,
            next_step="Turn on signing at the identity provider.",
        )
    elif lacking:
        yield failed(
            f"Signed is {observed}, we demand {' and '.join(lacking)}.",
            response.cite(response.root, observed=f"signed: {observed}", expected=f"signed: {' and '.join(lacking)}"),
            side=Side.CUSTOMER_IDP,
            next_step="Change the signing option at the identity provider, or our demand if the other part suffices.",
        )
    elif held and not lacking:
        yield passed(f"Signed: {observed}.", *(response.cite(one, observed="Signature") for one in held))


def _lacking(services: Sequence[SpSettings], *, message: bool, assertion: bool) -> list[str]:
    """What our services demand to be signed and is not."""
    wants_assertion = any(service.wants_assertions_signed for service in services)
    wants_message = any(service.wants_messages_signed for service in services)
    return [
        *(["the assertion"] if wants_assertion and not assertion else []),
        *(["the response"] if wants_message and not message else []),
    ]


@check("SAML11", supports=("certificate-rotation",), refutes=("certificate-rotation",))
def signing_certificate(
    response: SamlResponse, providers: tuple[IdpMetadata, ...], services: tuple[SpSettings, ...]
) -> Iterator[Finding]:
    """The certificate in the message is one of the metadata's, and was valid when it was used"""
    held = signatures(response)
    if not held:
        yield hidden("The signing certificate", unsigned(response))
        return
    elements = [one for signature in held for one in embedded(signature)]
    if not elements:
        return
    yield from _expired(response, elements)
    known = trust(response, providers, services)
    if not known.certificates:
        yield _untold("Signing certificate: none is known to compare with.", known)
        return
    prints = [fingerprint(one) for one in known.certificates]
    for element in elements:
        one = certificate(element)
        seen = fingerprint(one) if one else "an unreadable certificate"
        if seen not in prints:
            yield failed(
                f"The signing certificate was changed: the message has {seen}, {known.source} {', '.join(prints[:4])}.",
                response.cite(element, observed=f"SHA-256 {seen}", expected=f"SHA-256 {' or '.join(prints[:4])}"),
                side=Side.OUR_APP,
                next_step="Load the identity provider's current metadata on our side; ask whether the key was rotated.",
            )
            return
    evidence = response.cite(elements[0], observed=f"SHA-256 {prints[0]}")
    yield passed("The signing certificate is one of those that we trust.", evidence)


def _untold(title: str, known: Trust) -> Finding:
    return not_told(title, known.missing, next_step=IdpMetadata.how)


def _expired(response: SamlResponse, elements: "list[_Element]") -> Iterator[Finding]:
    for element in elements:
        one = certificate(element)
        if one is None or response.at is None:
            continue
        if (days := (response.at - one.not_valid_after_utc).total_seconds() / 86_400) > 0:
            yield warned(
                f"The signing certificate in the message expired {days:.0f} days before {plain(response.at)}.",
                response.cite(element, observed=f"valid to {plain(one.not_valid_after_utc)}", expected="still valid"),
                side=Side.CUSTOMER_IDP,
                next_step="Ask for a current signing certificate; strict readers refuse expired ones.",
            )
            return


@check("SAML12", supports=("altered-response",), refutes=("altered-response",), version=2)
def signature_holds(
    response: SamlResponse, providers: tuple[IdpMetadata, ...], services: tuple[SpSettings, ...]
) -> Iterator[Finding]:
    """Each signature verifies"""
    held = signatures(response)
    if not held:
        yield hidden("Whether the signature holds", unsigned(response))
        return
    known = trust(response, providers, services)
    for signature in held:
        method = method_of(signature)
        if method is not None and "hmac" in method[1].casefold():
            by = Obstacle("an HMAC has no key of its own that could be trusted", "SAML13")
            yield hidden("Whether the signature holds", by)
        elif astray := _refers_nowhere(response, signature):
            yield hidden("Whether the signature holds", astray)
        else:
            yield _verified(response, signature, known)


def _refers_nowhere(response: SamlResponse, signature: "_Element") -> Obstacle | None:
    holder = signature.getparent()
    if holder is None or not holder.get("ID"):
        return Obstacle("the element that holds it has no ID to refer to", "SAML02")
    targets = {one.get("URI", "") for one in signature.iterfind(f"{D}SignedInfo/{D}Reference")}
    if targets & {f"#{holder.get('ID')}", *([""] if holder is response.root else [])}:
        return None
    return Obstacle("it refers to another element than the one that holds it", "SAML14")


def _verified(response: SamlResponse, signature: "_Element", known: Trust) -> Finding:
    own = [one for one in map(certificate, embedded(signature)) if one is not None]
    verdicts = [verify(signature, key) for key in known.certificates]
    under_own = [verify(signature, key) for key in own[:1]]
    value = signature.find(f"{D}SignatureValue")
    place = signature if value is None else value
    holder = str(signature.getparent().tag).rpartition("}")[2].lower()  # type: ignore[union-attr]  # found by descent
    if any(one.holds for one in verdicts):
        cited = response.cite(place, observed="it holds", expected="a signature that holds")
        return passed(f"The signature of the {holder} holds under a key that we trust.", cited)
    fits = any(one.key_fits for one in verdicts)
    if not fits and any(one.holds for one in under_own):
        return _under_its_own(response, place, holder, known)
    told = sorted((*verdicts, *under_own), key=lambda one: not one.key_fits)
    if not told:
        return _untold(f"The signature of the {holder} cannot be verified: no certificate is known.", known)
    return _broken(response, place, holder, told[0])


def _under_its_own(response: SamlResponse, place: "_Element", holder: str, known: Trust) -> Finding:
    if not known.certificates:
        title = f"The signature of the {holder} holds under its own certificate; whether that one is trusted is open."
        return _untold(title, known)
    return failed(
        f"The signature of the {holder} does not hold under a key that we trust; it holds under the message's own.",
        response.cite(place, observed="made with another key", expected="made with a trusted key"),
        side=Side.OUR_APP,
        next_step="The message is unaltered: compare the two certificates, and ask whether the key was rotated.",
    )


def _broken(response: SamlResponse, place: "_Element", holder: str, verdict: Verdict) -> Finding:
    return failed(
        f"The signature of the {holder} does not hold: {verdict.reason}",
        response.cite(place, observed=verdict.reason, expected="a signature that holds"),
        side=Side.CUSTOMER_NETWORK if verdict.key_fits else Side.UNKNOWN,
        next_step="Compare the message at the identity provider with the one received: a proxy, an editor or a copy "
        "may have changed it after signing."
        if verdict.key_fits
        else "Ask which key the identity provider signs with, and compare the message there with the one received.",
    )


@check("SAML13", supports=("weak-algorithm",), refutes=("weak-algorithm",))
def algorithms(response: SamlResponse) -> Iterator[Finding]:
    """The algorithms of signature, digest and encryption are current"""
    used = list(_algorithms_used(response))
    if not signatures(response):
        yield hidden("The algorithms of the signature", unsigned(response))
    if not used:
        return
    weak = [(what, one) for what, one in used if weakness(one.observed)]
    if not weak:
        yield passed("The algorithms are current.", *(one for _, one in used[:6]))
        return
    names = ", ".join(dict.fromkeys(f"{weakness(one.observed)} as {what}" for what, one in weak))
    broken = any(word in one.observed.casefold() for _, one in weak for word in ("md5", "hmac"))
    expected = "SHA-256 or stronger"
    cited = [Evidence(one.artifact, one.locator, one.observed, expected) for _, one in weak]
    yield (failed if broken else warned)(
        f"Outdated algorithm: {names}.",
        *cited[:6],
        side=Side.CUSTOMER_IDP,
        next_step="Choose SHA-256 for signature and digest at the identity provider.",
    )


def _algorithms_used(response: SamlResponse) -> Iterator[tuple[str, Evidence]]:
    for signature in signatures(response):
        if method := method_of(signature):
            yield "signature method", response.cite(method[0], "Algorithm")
        for digest in digests_of(signature):
            yield "digest", response.cite(digest, "Algorithm")
    for encryption in response.root.iter(f"{X}EncryptionMethod"):
        yield "encryption", response.cite(encryption, "Algorithm")


def weakness(algorithm: str) -> str:
    name = algorithm.casefold()
    return next((said for word, said in WEAK.items() if word in name), "")
