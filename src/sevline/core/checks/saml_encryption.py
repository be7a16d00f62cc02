"""SAML responses: encrypted parts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sevline.core.finding import Evidence, Finding, Side, check, failed, warned
from sevline.core.readers.saml import A, D, SamlResponse, SpSettings, X
from sevline.core.readers.samlhidden import Obstacle, hidden, obstacle, settled

if TYPE_CHECKING:
    from lxml.etree import _Element

ENCRYPTED_KEY = "http://www.w3.org/2001/04/xmlenc#EncryptedKey"


@check("SAML15", supports=("encryption",), refutes=("encryption",), version=2)
def encryption(response: SamlResponse, services: tuple[SpSettings, ...]) -> Iterator[Finding]:
    """Encrypted parts carry what is needed to decrypt them, and what we demand encrypted is"""
    yield from settled(_encryption(response, services))


def _encryption(response: SamlResponse, services: tuple[SpSettings, ...]) -> Iterator[Finding]:
    parts = [*response.encrypted, *response.root.iter(f"{A}EncryptedID", f"{A}EncryptedAttribute")]
    faults = [fault for element in parts for fault in _faults(response, element)]
    if faults:
        named = ", ".join(dict.fromkeys(fault.observed for fault in faults))
        yield failed(
            f"An encrypted part cannot be opened by any key: {named}.",
            *faults[:6],
            side=Side.CUSTOMER_IDP,
            next_step="Turn encryption off for one test sign-in and compare.",
        )
    if demanded := list(_demanded(response, services)):
        yield failed(
            "; ".join(one.observed for one in demanded) + ", and our settings demand it.",
            *demanded,
            side=Side.CUSTOMER_IDP,
            next_step="Turn encryption on at the identity provider with our current certificate, or lift our demand.",
        )
    if attributes := list(response.root.iter(f"{A}EncryptedAttribute")):
        yield warned(
            f"{len(attributes)} attribute(s) are encrypted one by one, which many toolkits do not read.",
            *(response.cite(one, observed="an EncryptedAttribute", expected="an Attribute") for one in attributes[:5]),
            side=Side.CUSTOMER_IDP,
            next_step="Encrypt the whole assertion instead of single attributes.",
        )
    yield from _unseen(response, services, parts)


def _unseen(response: SamlResponse, services: tuple[SpSettings, ...], parts: "list[_Element]") -> Iterator[Finding]:
    """What encryption or another fault hides."""
    if parts:
        yield hidden(f"What is inside {len(parts)} encrypted part(s)", Obstacle("no key is given for them", "SAML15"))
    elif by := obstacle(response):
        yield hidden("Encryption", by)
    wanted = any(service.wants_name_id_encrypted for service in services)
    if wanted and response.assertions and not _names(response):
        yield hidden("Encryption of the NameID", Obstacle("there is no NameID", "SAML16"))


def _faults(response: SamlResponse, element: "_Element") -> Iterator[Evidence]:
    data = element.find(f"{X}EncryptedData")
    if data is None:
        yield response.cite(element, observed="no EncryptedData", expected="EncryptedData")
        return
    if data.find(f"{X}EncryptionMethod") is None:
        yield response.cite(data, observed="no EncryptionMethod", expected="EncryptionMethod")
    if next(element.iter(f"{X}EncryptedKey"), None) is None:
        yield from _keyless(response, data)
    for method in data.iter(f"{D}RetrievalMethod"):
        if method.get("Type") != ENCRYPTED_KEY:
            part = "Type" if method.get("Type") else ""
            yield response.cite(method, part, observed="a RetrievalMethod of another kind", expected=ENCRYPTED_KEY)
    if not any(value.text and value.text.strip() for value in data.iter(f"{X}CipherValue")):
        yield response.cite(data, observed="no CipherValue", expected="CipherValue")


def _keyless(response: SamlResponse, data: "_Element") -> Iterator[Evidence]:
    """There is no EncryptedKey: does KeyInfo at least lead to one."""
    info = data.find(f"{D}KeyInfo")
    if info is None:
        yield response.cite(data, observed="no KeyInfo", expected="KeyInfo")
    elif not len(info):
        yield response.cite(info, observed="a KeyInfo that is empty", expected="an EncryptedKey")


def _names(response: SamlResponse) -> "list[_Element]":
    return [one for kind in ("NameID", "EncryptedID") for one in response.each(f"{A}Subject/{A}{kind}")]


def _demanded(response: SamlResponse, services: tuple[SpSettings, ...]) -> Iterator[Evidence]:
    if response.assertions and any(service.wants_assertions_encrypted for service in services):
        yield response.cite(response.assertions[0], observed="The assertion is not encrypted", expected="encrypted")
    if any(service.wants_name_id_encrypted for service in services):
        for one in response.each(f"{A}Subject/{A}NameID"):
            yield response.cite(one, observed="The NameID is not encrypted", expected="an EncryptedID")
