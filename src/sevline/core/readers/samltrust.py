"""Whose keys a response is judged by: the metadata and settings of the identity provider that it names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sevline.core.readers.saml import A, IdpMetadata, SamlResponse, SpSettings
from sevline.core.readers.xml import text_of
from sevline.core.readers.xmlsignature import certificate, certificate_of

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class Trust:
    """`source` completes “the message has X, …”; `missing` is what would be needed where there is no certificate."""

    certificates: "tuple[Certificate, ...]"
    source: str
    missing: str = IdpMetadata.what


def issuer_elements(response: SamlResponse) -> "list[_Element]":
    """The issuers of the response and of its assertions, in that order."""
    return [one for holder in (response.root, *response.assertions) for one in holder.findall(f"{A}Issuer")]


def issuers_of(response: SamlResponse) -> list[str]:
    return list(dict.fromkeys(text_of(one) for one in issuer_elements(response)))


def provider_of(response: SamlResponse, providers: Sequence[IdpMetadata]) -> tuple[IdpMetadata, ...]:
    """The metadata that the response names; the only one given where the names differ (SAML07 says so)."""
    named = tuple(one for one in providers if one.entity_id in issuers_of(response))
    return named or (tuple(providers) if len(providers) == 1 else ())


def trust(response: SamlResponse, providers: Sequence[IdpMetadata], services: Sequence[SpSettings]) -> Trust:
    """A federation's metadata holds the keys of many; only those of the issuer count."""
    chosen = provider_of(response, providers)
    elements = [one for provider in chosen for one in provider.signing_certificates]
    if found := tuple(one for one in map(certificate, elements) if one is not None):
        return Trust(found, "the metadata has")
    written = (text for service in services for text in service.certificates)
    if kept := tuple(one for one in map(certificate_of, written) if one is not None):
        return Trust(kept, "our settings have")
    if chosen:
        lacking = "certificate that can be read" if elements else "signing certificate"
        return Trust((), "", f"metadata with a {lacking} (SAML19)")
    if providers:
        issuer = next(iter(issuers_of(response)), "the issuer")
        return Trust((), "", f"the metadata of “{issuer}”, which the files do not hold")
    return Trust((), "")
