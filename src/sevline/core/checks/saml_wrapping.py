"""SAML responses: is their shape one in which a forged assertion could hide beside the signed one."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sevline.core.checks.saml_signature import signatures, unsigned
from sevline.core.finding import Confidence, Evidence, Finding, Side, check, failed, passed
from sevline.core.readers.saml import A, D, P, SamlResponse
from sevline.core.readers.samlhidden import hidden

if TYPE_CHECKING:
    from lxml.etree import _Element

TRANSFORMS = (
    "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
    "http://www.w3.org/2001/10/xml-exc-c14n#",
    "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
    "http://www.w3.org/2006/12/xml-c14n11",
    "http://www.w3.org/2006/12/xml-c14n11#WithComments",
)


@check("SAML14", supports=("signature-wrapping",), refutes=("signature-wrapping",), version=2)
def wrapping(response: SamlResponse) -> Iterator[Finding]:
    """The shape leaves no room for a forged assertion beside the signed one"""
    every = list(response.root.iter(f"{D}Signature"))
    faults = [
        *_strange_places(response),
        *(fault for one in every for fault in _reference_faults(response, one)),
        *_repeated(response, every),
    ]
    if len(response.assertions) + len(response.encrypted) > 1:
        held = [*response.assertions, *response.encrypted]
        faults += [response.cite(one, observed=f"one assertion of {len(held)}", expected="one") for one in held]
    if faults:
        named = list(dict.fromkeys(fault.observed for fault in faults))
        yield failed(
            f"Possible signature wrapping: {'; '.join(named[:6])}.",
            *faults[:8],
            side=Side.UNKNOWN,
            next_step="Hand this to Security before anything else, and keep the original sealed.",
            sure=Confidence.STRONG,
        )
    elif signatures(response):
        cited = [response.cite(one, observed="refers to its parent") for one in signatures(response)]
        yield passed("Each signature refers to the element that holds it, and there is one assertion.", *cited)
    else:
        yield hidden("What the signature refers to", unsigned(response))


def _strange_places(response: SamlResponse) -> Iterator[Evidence]:
    for one in response.root.iter(f"{A}Assertion", f"{A}EncryptedAssertion"):
        holder = one.getparent()
        if holder is not None and holder is not response.root and holder.tag != f"{A}Advice":
            yield response.cite(one, observed="an assertion outside its place", expected="a child of Response")
    for one in response.root.iter(f"{P}Response"):
        if one is not response.root:
            yield response.cite(one, observed="a response inside the response", expected="one Response")
    for one in response.root.iter(f"{D}Object"):
        yield response.cite(one, observed="an Object inside a signature", expected="no Object")
    yield from _strange_signatures(response)


def _strange_signatures(response: SamlResponse) -> Iterator[Evidence]:
    for one in response.root.iter(f"{D}Signature"):
        holder = one.getparent()
        if holder is not None and holder.tag not in {f"{P}Response", f"{A}Assertion"}:
            yield response.cite(one, observed="a signature outside response and assertion", expected="in one of them")
        elif holder is not None and _is_advice_alone_signed(response, holder):
            yield response.cite(one, observed="the signed assertion only advises one that is not signed")


def _is_advice_alone_signed(response: SamlResponse, holder: "_Element") -> bool:
    """A signed assertion in the Advice of one that nothing signs: who looks for a signature anywhere believes both."""
    return holder.getparent() is not None and not signatures(response) and holder not in response.assertions


def _repeated(response: SamlResponse, every: "list[_Element]") -> Iterator[Evidence]:
    """More than one signature in an element, or two signatures of one part."""
    tree = response.root.getroottree()
    holders = Counter(tree.getpath(holder) for one in every if (holder := one.getparent()) is not None)
    for one in every:
        holder = one.getparent()
        if holder is not None and (times := holders[tree.getpath(holder)]) > 1:
            tag = str(holder.tag).rpartition("}")[2]
            yield response.cite(one, observed=f"{times} signatures in one {tag}", expected="one signature")
    targets = Counter(one.get("URI", "") for one in response.root.iter(f"{D}Reference"))
    for one in response.root.iter(f"{D}Reference"):
        if one.get("URI") and targets[one.get("URI", "")] > 1 and _inside_signature(one):
            yield response.cite(one, "URI", observed="two references to one part", expected="one reference")


def _inside_signature(reference: "_Element") -> bool:
    holder = reference.getparent()
    return holder is not None and holder.tag == f"{D}SignedInfo"


def _reference_faults(response: SamlResponse, signature: "_Element") -> Iterator[Evidence]:
    holder = signature.getparent()
    references = signature.findall(f"{D}SignedInfo/{D}Reference")
    if len(references) != 1:
        observed = f"{len(references)} references in a signature"
        yield response.cite(signature, observed=observed, expected="one reference")
    for reference in references:
        target = reference.get("URI", "")
        allowed = {f"#{holder.get('ID')}", *([""] if holder is response.root else [])} if holder is not None else set()
        if target not in allowed:
            part = "URI" if "URI" in reference.attrib else ""
            observed, expected = "a signature that refers elsewhere", f"#{'' if holder is None else holder.get('ID')}"
            yield response.cite(reference, part, observed=observed, expected=expected)
        for transform in reference.iter(f"{D}Transform"):
            if transform.get("Algorithm", "") not in TRANSFORMS:
                observed = "a transform that may leave parts out of the signature"
                yield response.cite(transform, "Algorithm", observed=observed, expected="enveloped-signature and c14n")
