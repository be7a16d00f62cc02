"""Healthy responses in the shapes that identity providers send have no false failure; hostile ones have no chance."""

import base64
import re
from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import CertificateBuilder, Name
from lxml import etree
from lxml.etree import _Element
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod
from signxml.signer import XMLSigner
from tests.evidence import ACS, ENTITY, IDP, START, key_pair, metadata, request, settings
from tests.signon.draft import DATA, A, D, Draft, P, read, signing_key
from tests.signon.faults import attribute, encrypted, inserted, removed

from sevline.core.checks import every_check
from sevline.core.finding import Finding, Given, State, run
from sevline.core.readers.saml import SamlResponse, read_saml
from sevline.core.readers.xmlsignature import certificate_of, verify

CHECKS = [check for check in every_check() if check.id.startswith("SAML")]
UNSPECIFIED = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"
CIPHER = "<x:CipherData><x:CipherValue>AAAA</x:CipherValue></x:CipherData>"
KEYED = f"<ds:KeyInfo><x:EncryptedKey>{CIPHER}</x:EncryptedKey></ds:KeyInfo>"


def judged(draft: Draft, **service: object) -> tuple[Finding, ...]:
    draft.service.update(service)
    return run(draft.evidence(), CHECKS)


def failing(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{one.check_id}: {one.title}" for one in findings if one.state is State.FAIL]


def changed(*edits: Callable[[Draft], None], **fields: object) -> Callable[[Draft], None]:
    def edit(draft: Draft) -> None:
        for name, value in fields.items():
            setattr(draft, name, value)
        for one in edits:
            one(draft)

    return edit


def prefixes(*names: tuple[str, str | None]) -> Callable[[Draft], None]:
    """The same tree under other prefixes, or with a default namespace on the assertion as Entra and ADFS write it."""

    def edit(draft: Draft) -> None:
        wanted = dict(names)
        text = etree.tostring(draft.root).decode()
        for old, new in wanted.items():
            mark = f"{new}:" if new else ""
            text = text.replace(f"<{old}:", f"<{mark}").replace(f"</{old}:", f"</{mark}")
            text = text.replace(f"xmlns:{old}=", f"xmlns:{new}=" if new else f"xmlns:{old}=")
        if None in wanted.values():
            text = text.replace("<Assertion ", f'<Assertion xmlns="{A[1:-1]}" ').replace(
                "<Issuer>", f'<Issuer xmlns="{A[1:-1]}">', 1
            )
        draft.root = etree.fromstring(text)

    return edit


def several_audiences(draft: Draft) -> None:
    restriction = draft.find(f"{A}Conditions/{A}AudienceRestriction")
    assert restriction is not None
    etree.SubElement(restriction, f"{A}Audience").text = "urn:another"


def unsolicited(draft: Draft) -> None:
    attribute("", "InResponseTo", None)(draft)
    attribute(DATA, "InResponseTo", None)(draft)


def typed_values(draft: Draft) -> None:
    """simpleSAMLphp and Shibboleth type their values; the namespace is then needed by c14n."""
    for value in draft.root.iter(f"{A}AttributeValue"):
        value.set("{http://www.w3.org/2001/XMLSchema-instance}type", "xs:string")


def long_claims(draft: Draft) -> None:
    """Entra names its claims by address and sends a tenant's address as issuer."""
    for one, name in zip(draft.root.iter(f"{A}Attribute"), ("emailaddress", "department"), strict=True):
        one.set("Name", f"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/{name}")
        one.set("NameFormat", "urn:oasis:names:tc:SAML:2.0:attrname-format:uri")


ENTRA = (
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/department",
)
INCLUSIVE = CanonicalizationMethod.CANONICAL_XML_1_0
ONCE = inserted(f"{A}Conditions", "<saml:OneTimeUse/>", 1)
WHERE = inserted(f"{A}AuthnStatement", '<saml:SubjectLocality Address="192.0.2.7"/>')
NONE_AGREED: dict[str, object] = {"name_id_format": ""}
SHAPES: dict[str, tuple[Callable[[Draft], None], dict[str, object]]] = {
    "assertion signed": (changed(), {}),
    "response signed": (changed(sign="response"), {}),
    "both signed": (changed(sign="both"), {"wants_assertions_signed": True, "wants_messages_signed": True}),
    "signed without KeyInfo": (changed(embeds=False), {}),
    "RSA with SHA-512": (changed(method=SignatureMethod.RSA_SHA512, digest=DigestAlgorithm.SHA512), {}),
    "RSA with SHA-384": (changed(method=SignatureMethod.RSA_SHA384, digest=DigestAlgorithm.SHA384), {}),
    "inclusive c14n of the response": (changed(sign="response", c14n=INCLUSIVE), {}),
    "c14n 1.1 of the response": (changed(sign="response", c14n=CanonicalizationMethod.CANONICAL_XML_1_1), {}),
    "exclusive c14n with comments": (
        changed(c14n=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0_WITH_COMMENTS),
        {},
    ),
    "started at the identity provider": (changed(unsolicited), {}),
    "several audiences": (changed(several_audiences), {}),
    "no SPNameQualifier": (changed(attribute(f"{A}Subject/{A}NameID", "SPNameQualifier", None)), {}),
    "like ADFS": (changed(prefixes(("saml", None)), WHERE), {}),
    "like Entra": (changed(prefixes(("saml", None)), long_claims, sign="both"), {"required_attributes": ENTRA}),
    "like Okta": (changed(prefixes(("saml", "saml2"), ("samlp", "saml2p")), typed_values, sign="both"), {}),
    "like Keycloak": (changed(ONCE, WHERE, sign="both"), {}),
    "like Google": (changed(prefixes(("saml", "saml2"), ("samlp", "saml2p")), ONCE, sign="response"), {}),
    "like simpleSAMLphp": (changed(typed_values, sign="both"), {}),
    "like OneLogin": (changed(attribute(f"{A}Subject/{A}NameID", "Format", UNSPECIFIED)), NONE_AGREED),
    "short prefixes": (changed(prefixes(("saml", "a"), ("samlp", "p"))), {}),
    "no session end": (changed(attribute(f"{A}AuthnStatement", "SessionNotOnOrAfter", None)), {}),
    "encrypted, response signed": (changed(encrypted(KEYED), sign="response"), {"wants_assertions_encrypted": True}),
    "a comment outside the texts": (changed(inserted(".", "<!-- by the identity provider -->", 99)), {}),
    "no attributes and none required": (
        changed(removed(f"{A}AttributeStatement")),
        {"required_attributes": ()},
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_a_healthy_response_of_any_shape_has_no_failure(name: str) -> None:
    edit, service = SHAPES[name]
    draft = Draft()
    edit(draft)

    findings = judged(draft, **service)

    assert failing(findings) == []
    assert [one.check_id for one in findings if one.check_id == "SAML12" and one.state is State.PASS]


def test_an_elliptic_curve_signature_holds() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    since, until = START - timedelta(days=9), START + timedelta(days=99)
    certificate = CertificateBuilder(Name([]), Name([]), key.public_key(), 9, since, until).sign(key, SHA256())
    draft = Draft()
    signer = XMLSigner(signature_algorithm=SignatureMethod.ECDSA_SHA256, c14n_algorithm=draft.c14n)
    done = signer.sign(draft.root, key=key, cert=[certificate], reference_uri="_r1", id_attribute="ID")
    body = base64.b64encode(certificate.public_bytes(serialization.Encoding.DER)).decode()

    findings = run([*read(etree.tostring(done), START), settings(certificates=(body,)), request()], CHECKS)

    assert [one.state for one in findings if one.check_id == "SAML12"] == [State.PASS]


def signed_in_context(root: _Element, prefix: str) -> bytes:
    """An inclusive signature of the assertion, put together as text: namespaces that only the response declares and
    that nobody uses count too.
    """
    scope = {"saml": A[1:-1], "samlp": P[1:-1], "xs": "http://www.w3.org/2001/XMLSchema"}
    told = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in sorted(scope.items()))
    text = etree.tostring(root, method="c14n").decode()
    text = re.sub(r"(<samlp:Response)[^>]*?( Destination)", rf"\1{told}\2", text)
    start, end = text.index("<saml:Assertion"), text.index("</saml:Assertion>") + len("</saml:Assertion>")
    part = text[start:end].replace("<saml:Assertion", f"<saml:Assertion{told}", 1)
    digest = base64.b64encode(sha256(part.encode()).digest())
    c14n, ds = INCLUSIVE.value, f' xmlns:ds="{D[1:-1]}"'
    info = (
        f'<ds:CanonicalizationMethod Algorithm="{c14n}"></ds:CanonicalizationMethod><ds:SignatureMethod '
        'Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"></ds:SignatureMethod><ds:Reference URI="#_a1">'
        f'<ds:Transforms><ds:Transform Algorithm="{D[1:-1]}enveloped-signature"></ds:Transform>'
        f'<ds:Transform Algorithm="{c14n}"></ds:Transform></ds:Transforms><ds:DigestMethod '
        'Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod>'
        f"<ds:DigestValue>{digest.decode()}</ds:DigestValue></ds:Reference></ds:SignedInfo>"
    )
    plain = f"<ds:SignedInfo{ds}{told}>{info}"
    plain = plain if prefix else plain.replace("ds:", "").replace(":ds=", "=")
    value = signing_key("idp").sign(plain.encode(), PKCS1v15(), SHA256())
    signature = (
        f"<ds:Signature{ds}><ds:SignedInfo>{info}<ds:SignatureValue>{base64.b64encode(value).decode()}"
        "</ds:SignatureValue></ds:Signature>"
    )
    signature = signature if prefix else signature.replace("ds:", "").replace(":ds=", "=")
    place = text.index("</saml:Issuer>", start) + len("</saml:Issuer>")
    return (text[:place] + signature + text[place:]).encode()


@pytest.mark.parametrize("prefix", ["ds", ""])
def test_an_inclusive_signature_of_an_assertion_holds_in_the_context_it_was_made_in(prefix: str) -> None:
    findings = run([*read(signed_in_context(Draft().root, prefix), START), *beside()], CHECKS)

    assert [one.title for one in findings if one.check_id == "SAML12"] == [
        "The signature of the assertion holds under a key that we trust."
    ]


def signed_tree() -> _Element:
    return etree.fromstring(Draft().data())


def parts(root: _Element) -> tuple[_Element, _Element]:
    """The signed assertion, and a forged copy of it without signature."""
    original = root.find(f"{A}Assertion")
    assert original is not None
    forged = deepcopy(original)
    forged.set("ID", "_evil")
    for signature in forged.findall(f"{D}Signature"):
        forged.remove(signature)
    name = forged.find(f"{A}Subject/{A}NameID")
    assert name is not None
    name.text = "admin@example.com"
    return original, forged


def response_copy(*, after: bool) -> Callable[[], bytes]:
    """XSW 1 and 2: the original response inside or before the signature of a forged one."""

    def made() -> bytes:
        root = etree.fromstring(Draft(sign="response").data())
        original = deepcopy(root)
        signature = root.find(f"{D}Signature")
        inner = original.find(f"{D}Signature")
        assert signature is not None
        assert inner is not None
        original.remove(inner)
        root.set("ID", "_evil")
        if after:
            etree.SubElement(signature, f"{D}Object").append(original)
        else:
            signature.addprevious(original)
        return etree.tostring(root)

    return made


def assertion_copy(place: str) -> Callable[[], bytes]:
    """XSW 3 to 8: a forged assertion before, around or inside the signed one, or the signed one hidden away."""

    def made() -> bytes:
        root = signed_tree()
        original, forged = parts(root)
        signature = original.find(f"{D}Signature")
        assert signature is not None
        if place == "before":
            original.addprevious(forged)
        elif place == "around":
            root.replace(original, forged)
            forged.append(original)
        elif place == "signature moved":
            original.addnext(forged)
            forged.insert(1, signature)
        elif place == "original in signature":
            root.replace(original, forged)
            forged.insert(1, signature)
            signature.append(original)
        elif place == "extensions":
            extensions = etree.Element(f"{P}Extensions")
            root.insert(1, extensions)
            root.append(forged)
            extensions.append(original)
        else:
            root.replace(original, forged)
            forged.insert(1, signature)
            etree.SubElement(signature, f"{D}Object").append(original)
        return etree.tostring(root)

    return made


WRAPPED = {
    "XSW1": response_copy(after=True),
    "XSW2": response_copy(after=False),
    "XSW3": assertion_copy("before"),
    "XSW4": assertion_copy("around"),
    "XSW5": assertion_copy("signature moved"),
    "XSW6": assertion_copy("original in signature"),
    "XSW7": assertion_copy("extensions"),
    "XSW8": assertion_copy("object"),
}


def beside() -> list[Given]:
    return [metadata("idp"), settings(), request()]


@pytest.mark.parametrize("name", WRAPPED)
def test_every_known_way_of_wrapping_is_named_and_goes_to_security(name: str) -> None:
    findings = run([*read(WRAPPED[name](), START), *beside()], CHECKS)

    (wrapping,) = [one for one in findings if one.check_id == "SAML14"]
    assert wrapping.state is State.FAIL
    assert "Security" in wrapping.next_step


def test_an_hmac_made_with_the_public_key_is_no_signature() -> None:
    data = Draft().data().replace(b"2001/04/xmldsig-more#rsa-sha256", b"2001/04/xmldsig-more#hmac-sha256")

    findings = run([*read(data, START), *beside()], CHECKS)

    states = {one.check_id: one.state for one in findings}
    assert (states["SAML12"], states["SAML13"]) == (State.NOT_EVALUATED, State.FAIL)


def test_a_signature_whose_value_is_no_base64_does_not_hold() -> None:
    """Found by fuzzing: the schema of signatures refuses it with an error of its own."""
    root = signed_tree()
    (value,) = root.iter(f"{D}SignatureValue")
    value.text = "CRq1VvptjNHenZ5a:RI3pvi"

    findings = run([*read(etree.tostring(root), START), *beside()], CHECKS)

    assert {one.state for one in findings if one.check_id == "SAML12"} == {State.FAIL}


def test_a_certificate_whose_key_cannot_be_read_proves_nothing() -> None:
    """Found by fuzzing: a certificate can be well formed around a key that is none."""
    der = bytearray(key_pair("idp")[1].public_bytes(serialization.Encoding.DER))
    at = der.index(bytes.fromhex("2a864886f70d010101"))  # RSA, by its number
    der[at + 8] = 0x7F
    key = certificate_of(base64.b64encode(der).decode())
    (signature,) = signed_tree().iter(f"{D}Signature")

    assert key is not None
    assert verify(signature, key).reason == "the key in its certificate is damaged or of a kind that cannot be read."


def test_a_signed_part_without_a_canonical_form_does_not_hold() -> None:
    """Found by fuzzing: a relative name of a namespace cannot be written canonically."""
    data = re.sub(rb"<((?:\w+:)?SignedInfo)", rb'<\1 xmlns:odd="a/b"', Draft().data())

    findings = run([*read(data, START), *beside()], CHECKS)

    assert {one.state for one in findings if one.check_id == "SAML12"} == {State.FAIL}


def test_a_filter_inside_the_signature_is_named() -> None:
    data = (
        Draft()
        .data()
        .replace(
            b"http://www.w3.org/2000/09/xmldsig#enveloped-signature", b"http://www.w3.org/TR/1999/REC-xpath-19991116"
        )
    )

    findings = run([*read(data, START), *beside()], CHECKS)

    assert any("transform" in one.title for one in findings if one.check_id == "SAML14")
    assert State.PASS not in {one.state for one in findings if one.check_id == "SAML12"}


def test_a_certificate_is_read_however_it_is_written_and_nothing_else_is_taken_for_one() -> None:
    body = base64.encodebytes(key_pair("idp")[1].public_bytes(serialization.Encoding.DER)).decode()
    pem = f"-----BEGIN CERTIFICATE-----\n{body}-----END CERTIFICATE-----\n"

    assert None not in [
        certificate_of(text) for text in (body, pem, pem.replace("\n", "\\n"), pem.replace("\n", "\r\n"))
    ]
    assert [certificate_of(text) for text in ("", "AAAA", "not base64!", body[:60], "é" * 50)] == [None] * 5


def test_only_the_issuers_keys_of_a_federation_count() -> None:
    other = metadata("another", entity="https://other.example.net")
    theirs = run([*read(Draft(key="another").data(), START), metadata("idp"), other, settings(), request()], CHECKS)

    assert State.FAIL in {one.state for one in theirs if one.check_id == "SAML12"}
    assert State.PASS not in {one.state for one in theirs if one.check_id == "SAML12"}


def test_a_response_of_an_issuer_that_the_federation_lacks_is_not_verified() -> None:
    many = [metadata("another", entity=f"https://idp{n}.example.net") for n in range(6)]

    findings = run([*read(Draft().data(), START), *many, settings(), request()], CHECKS)

    untold = [one for one in findings if one.check_id == "SAML12"]
    assert [one.state for one in untold] == [State.NOT_EVALUATED]
    assert IDP in untold[0].missing[0]


def test_a_response_for_a_second_consumer_url_of_ours_passes() -> None:
    findings = judged(Draft(), acs_urls=(f"{ACS}/2", ACS), entity_id=ENTITY)

    assert failing(findings) == []


def test_one_response_of_a_megabyte_is_judged() -> None:
    draft = Draft()
    value = next(draft.root.iter(f"{A}AttributeValue"))
    value.text = "kim@example.com " * 65_000

    (response,) = [one for one in draft.evidence() if isinstance(one, SamlResponse)]

    assert failing(run([response, *beside()], CHECKS)) == []


def test_a_signed_assertion_that_only_advises_an_unsigned_one_is_possible_wrapping() -> None:
    names = f'xmlns:p="{P.strip("{}")}" xmlns:a="{A.strip("{}")}" xmlns:d="{D.strip("{}")}"'
    reference = '<d:SignedInfo><d:Reference URI="#_a"/></d:SignedInfo>'
    signed = f'<a:Assertion ID="_a"><d:Signature>{reference}</d:Signature></a:Assertion>'
    text = f'<p:Response {names} ID="_r"><a:Assertion ID="_x"><a:Advice>{signed}</a:Advice></a:Assertion></p:Response>'

    findings = run(read_saml(text.encode(), "a1"), [check for check in CHECKS if check.id == "SAML14"])

    assert [one.state for one in findings] == [State.FAIL]
    assert "only advises one that is not signed" in findings[0].title
