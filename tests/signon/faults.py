"""Faults of a SAML sign-in, one function each, labelled beforehand with what an expert would say about them.

`kind` is the name that python3-saml gives to the error. `needs` are parts that must be there for the fault to be seen,
`removes` the parts that are gone with it: where one meets the other, the first fault hides the second.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import combinations

from lxml import etree
from lxml.etree import _Element
from signxml.algorithms import DigestAlgorithm, SignatureMethod

from tests.evidence import ACS, EMAIL, ENTITY, stamp
from tests.signon.draft import A, D, Draft, P

Edit = Callable[[Draft], None]
X = "{http://www.w3.org/2001/04/xmlenc#}"
ASSERTION = frozenset({"assertion"})
SUBJECT = ASSERTION | {"subject"}
CONFIRMATION = SUBJECT | {"confirmation"}
CONFIRMED = CONFIRMATION | {"data"}
CONDITIONS = ASSERTION | {"conditions"}
AUTHN = ASSERTION | {"authn"}
ATTRIBUTES = ASSERTION | {"attributes"}
SIGNATURE = frozenset({"signature"})
GONE = ATTRIBUTES | CONDITIONS | AUTHN | CONFIRMED | SIGNATURE
EVERYTHING = GONE | {"document"}


@dataclass(frozen=True)
class Fault:
    """`says` stands in the title of the finding; `also` are other checks that cannot but fail with it."""

    name: str
    kind: str
    check: str
    says: str
    edit: Edit
    touches: frozenset[str]
    needs: frozenset[str] = frozenset()
    removes: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()

    def hides(self, other: "Fault") -> bool:
        wanted = other.needs | {"document"}
        return bool(self.removes & wanted) and other.check not in BESIDE_THE_RESPONSE


#: What is judged on the metadata alone is seen whatever the response is like.
BESIDE_THE_RESPONSE = frozenset({"SAML19"})


def attribute(path: str, name: str, value: str | None) -> Edit:
    """Set or remove an attribute of an element inside the assertion, or of the response where `path` is empty."""

    def edit(draft: Draft) -> None:
        element = draft.root if not path else draft.assertion if path == "." else draft.find(path)
        if element is None:
            return
        if value is None:
            element.attrib.pop(name, "")
        else:
            element.set(name, value)

    return edit


def text(path: str, value: str) -> Edit:
    def edit(draft: Draft) -> None:
        element = draft.find(path)
        if element is not None:
            element.text = value

    return edit


def removed(path: str) -> Edit:
    def edit(draft: Draft) -> None:
        element = draft.find(path)
        if element is not None:
            _drop(element)

    return edit


def inserted(path: str, xml: str, place: int = 0) -> Edit:
    """Put an element into one inside the assertion; `path` “.” is the assertion itself."""

    def edit(draft: Draft) -> None:
        holder = draft.assertion if path == "." else draft.find(path)
        if holder is not None:
            holder.insert(place, etree.fromstring(f'<x xmlns:saml="{A[1:-1]}">{xml}</x>')[0])

    return edit


def all_of(*edits: Edit) -> Edit:
    def edit(draft: Draft) -> None:
        for one in edits:
            one(draft)

    return edit


def afterwards(change: Edit) -> Edit:
    return lambda draft: draft.after.append(change)


def drafted(**changes: object) -> Edit:
    def edit(draft: Draft) -> None:
        for name, value in changes.items():
            setattr(draft, name, value)

    return edit


def serviced(**changes: object) -> Edit:
    return lambda draft: draft.service.update(changes)


def provided(**changes: object) -> Edit:
    return lambda draft: draft.provider.update(changes)


def _drop(element: _Element) -> None:
    holder = element.getparent()
    assert holder is not None
    holder.remove(element)


def without_assertion(draft: Draft) -> None:
    if draft.assertion is not None:
        _drop(draft.assertion)


def refused(top: str, nested: str) -> Edit:
    def edit(draft: Draft) -> None:
        without_assertion(draft)
        status = draft.root.find(f"{P}Status")
        if status is not None:
            for child in list(status):
                status.remove(child)
            outer = etree.SubElement(status, f"{P}StatusCode", Value=f"urn:oasis:names:tc:SAML:2.0:status:{top}")
            etree.SubElement(outer, f"{P}StatusCode", Value=f"urn:oasis:names:tc:SAML:2.0:status:{nested}")

    return edit


def status_gone(draft: Draft) -> None:
    _drop(draft.root.find(f"{P}Status"))  # type: ignore[arg-type]  # no other fault takes it away


def status_empty(draft: Draft) -> None:
    for child in list(draft.root.find(f"{P}Status")):  # type: ignore[arg-type]  # no other fault takes it away
        _drop(child)


def conditions_first(draft: Draft) -> None:
    conditions, assertion = draft.find(f"{A}Conditions"), draft.assertion
    if conditions is not None and assertion is not None:
        assertion.append(conditions)


def second_assertion(draft: Draft) -> None:
    if draft.assertion is not None:
        forged = deepcopy(draft.assertion)
        for signature in forged.findall(f"{D}Signature"):
            forged.remove(signature)
        forged.set("ID", "_evil")
        draft.root.append(forged)


def second_issuer(draft: Draft) -> None:
    issuer = draft.root.find(f"{A}Issuer")
    assert issuer is not None
    draft.root.insert(1, deepcopy(issuer))


def issuer_of_response(draft: Draft) -> None:
    for issuer in draft.root.findall(f"{A}Issuer"):
        issuer.text = "https://other.example.net/metadata"


def altered(draft: Draft) -> None:
    value = draft.find(f"{A}AttributeStatement/{A}Attribute/{A}AttributeValue")
    if value is not None:
        value.text = "eve@example.com"
    elif draft.assertion is not None:
        draft.assertion.set("IssueInstant", stamp(-2))


def damaged(draft: Draft) -> None:
    for value in draft.root.iter(f"{D}SignatureValue"):
        value.text = "A" * 340 + "AA=="


def elsewhere(draft: Draft) -> None:
    for reference in draft.root.iter(f"{D}Reference"):
        reference.set("URI", "#elsewhere")


def signature_copied(holder: str, times: int = 1) -> Edit:
    """Copies of the assertion's signature as first children of the response, or of a part of the assertion."""

    def edit(draft: Draft) -> None:
        signature = draft.find(f"{D}Signature")
        to = draft.root if holder == "response" else draft.assertion if holder == "assertion" else draft.find(holder)
        for _ in range(times):
            if signature is not None and to is not None:
                to.insert(len(to.findall(f"{A}Issuer")), deepcopy(signature))

    return edit


def encrypted(inside: str) -> Edit:
    """An EncryptedAssertion in place of the assertion, with `inside` in its EncryptedData."""

    def edit(draft: Draft) -> None:
        without_assertion(draft)
        draft.root.append(
            etree.fromstring(
                f'<saml:EncryptedAssertion xmlns:saml="{A[1:-1]}" xmlns:x="{X[1:-1]}" xmlns:ds="{D[1:-1]}">'
                f"<x:EncryptedData>{METHOD}{inside}<x:CipherData><x:CipherValue>AAAA</x:CipherValue></x:CipherData>"
                "</x:EncryptedData></saml:EncryptedAssertion>"
            )
        )

    return edit


METHOD = '<x:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes256-gcm"/>'
RETRIEVED = '<ds:KeyInfo><ds:RetrievalMethod URI="#k" Type="urn:example:other"/></ds:KeyInfo>'
SEVERAL = f"<saml:AudienceRestriction><saml:Audience>{ENTITY}:other</saml:Audience></saml:AudienceRestriction>"
TWICE = '<saml:Attribute Name="email"><saml:AttributeValue>kim@example.org</saml:AttributeValue></saml:Attribute>'
STATED = (
    f'<saml:AuthnStatement AuthnInstant="{stamp(-1)}"><saml:AuthnContext><saml:AuthnContextClassRef>'
    "urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"
)
HIDDEN_ATTRIBUTE = (
    '<saml:EncryptedAttribute><x:EncryptedData xmlns:x="http://www.w3.org/2001/04/xmlenc#">'
    + METHOD
    + "<x:CipherData><x:CipherValue>AAAA</x:CipherValue></x:CipherData></x:EncryptedData><x:EncryptedKey "
    'xmlns:x="http://www.w3.org/2001/04/xmlenc#"/></saml:EncryptedAttribute>'
)


def doctype(data: bytes) -> bytes:
    return b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + data


def skewed(draft: Draft) -> None:
    """Every time of the response lies 310 s later than it should."""
    for element in draft.root.iter():
        for name, value in (("IssueInstant", 310), ("AuthnInstant", 310), ("NotBefore", 250)):
            if isinstance(element.tag, str) and element.get(name):
                element.set(name, stamp(value))
        for name in ("NotOnOrAfter",):
            if isinstance(element.tag, str) and element.get(name):
                element.set(name, stamp(610))


def pairs(faults: tuple[Fault, ...]) -> Iterator[tuple[Fault, Fault]]:
    """Every two faults that can stand in one response; those that change the same thing cannot."""
    for one, two in combinations(faults, 2):
        if not one.touches & two.touches:
            yield one, two


def made(*faults: Fault) -> Draft:
    """A response with these faults; what takes parts away comes last."""
    draft = Draft()
    for fault in sorted(faults, key=lambda one: len(one.removes)):
        fault.edit(draft)
    return draft


NAME_ID = f"{A}Subject/{A}NameID"
TIMES = frozenset({"issued", "since", "until", "data-until"})
OTHER_ACS = ACS.replace("/acs", "/other")
SHA1 = {"method": SignatureMethod.RSA_SHA1, "digest": DigestAlgorithm.SHA1}
AUDIENCES = f"{A}Conditions/{A}AudienceRestriction"
PERSISTENT = EMAIL.replace("1.1:nameid-format:emailAddress", "2.0:nameid-format:persistent")
REFERENCE = frozenset({"reference"})
NOTHING: frozenset[str] = frozenset()
SAML12 = frozenset({"SAML12"})
CONFIRMING = f"{A}Subject/{A}SubjectConfirmation"
STATUS = "urn:oasis:names:tc:SAML:2.0:"


def fault(
    name: str,
    kind: str,
    check: str,
    says: str,
    edit: Edit,
    touches: str,
    *,
    needs: frozenset[str] = NOTHING,
    removes: frozenset[str] = NOTHING,
    also: frozenset[str] = NOTHING,
) -> Fault:
    return Fault(name, kind, check, says, edit, frozenset(touches.split()), needs, removes, also)
