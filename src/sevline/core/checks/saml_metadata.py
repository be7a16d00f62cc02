"""The identity provider's metadata itself."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from sevline.core.finding import Evidence, Finding, Side, check, failed, not_told, noted, passed, warned
from sevline.core.readers.moments import iso_moment, plain
from sevline.core.readers.network import Around
from sevline.core.readers.saml import IdpMetadata, M, SamlResponse, SpSettings
from sevline.core.readers.samltrust import issuers_of
from sevline.core.readers.xmlsignature import certificate, fingerprint

BINDINGS = ("HTTP-POST", "HTTP-Redirect")
SOON = timedelta(days=30)
#: Identity providers in one file that are judged one by one; more make it a federation.
FEW = 3


@check("SAML19", supports=("stale-metadata",), refutes=("stale-metadata",), version=2)
def metadata_is_current(
    providers: tuple[IdpMetadata, ...],
    responses: tuple[SamlResponse, ...],
    services: tuple[SpSettings, ...],
    times: tuple[Around, ...],
) -> Iterator[Finding]:
    """Metadata is valid, has a signing key that has not expired, and a usable binding"""
    if not providers:
        yield not_told("The identity provider's metadata is not there.", IdpMetadata.what, next_step=IdpMetadata.how)
        return
    chosen = _chosen(providers, responses, services)
    if not chosen:
        artifact = providers[0]
        yield noted(
            f"The metadata describes {len(providers)} identity providers; none of them is named by a response.",
            artifact.cite(artifact.root, "entityID"),
            next_step="Give the response, or the settings with the identity provider's entity ID, beside it.",
        )
    for provider in chosen:
        yield from _judged(replace(provider, at=provider.at or _used_at(responses, times)))
        yield from _named_otherwise(provider, services)


def _used_at(responses: tuple[SamlResponse, ...], times: tuple[Around, ...]) -> datetime | None:
    """When a sign-in used the metadata that has no time of its own: as recorded, or when the other evidence was."""
    used = [one.at for one in responses if one.at is not None and one.at_known]
    recorded = [around.last for around in times if not around.today]
    return max(used, default=None) or max(recorded, default=None)


def _chosen(
    providers: tuple[IdpMetadata, ...], responses: tuple[SamlResponse, ...], services: tuple[SpSettings, ...]
) -> list[IdpMetadata]:
    """All when they are few; of a federation those that a response or our settings name."""
    if len(providers) <= FEW:
        return list(providers)
    named = {name for response in responses for name in issuers_of(response)}
    named |= {service.idp_entity_id for service in services}
    return [provider for provider in providers if provider.entity_id in named][:FEW]


def _named_otherwise(provider: IdpMetadata, services: tuple[SpSettings, ...]) -> Iterator[Finding]:
    for service in services:
        if service.idp_entity_id and service.idp_entity_id != provider.entity_id:
            yield failed(
                f"The metadata is of “{provider.entity_id}”, our settings name “{service.idp_entity_id}”.",
                provider.cite(provider.root, "entityID", expected=service.idp_entity_id),
                side=Side.OUR_APP,
                next_step="Load the metadata of the identity provider in use, or correct its name in our settings.",
            )
            return


def _judged(provider: IdpMetadata) -> Iterator[Finding]:
    faults = [*_validity(provider), *_bindings(provider)]
    keys = list(_keys(provider))
    certificates = provider.signing_certificates
    if not certificates:
        faults.append(provider.cite(provider.root, observed="no signing certificate", expected="a signing certificate"))
    faults += [
        provider.cite(one, observed="a signing certificate that cannot be read", expected="base64 of a certificate")
        for one in certificates
        if certificate(one) is None
    ]
    if faults:
        yield failed(
            "The metadata cannot be used as it is: " + "; ".join(fault.observed for fault in faults[:4]) + ".",
            *faults,
            side=Side.CUSTOMER_IDP,
            next_step="Ask for the current metadata and load it again.",
        )
    yield from keys
    if len(certificates) > 1:
        read = [(one, certificate(one)) for one in certificates]
        yield noted(
            f"The metadata holds {len(certificates)} signing certificates; both sides must accept each of them.",
            *(provider.cite(one, observed=f"SHA-256 {fingerprint(found)}") for one, found in read if found),
        )
    if provider.at is None:
        yield not_told(
            "Expiry of metadata and certificates: the time to judge by is not known.",
            "the time at which the metadata was used",
            next_step="Say when it was used: on the file's page under “Captured at”, or with --at.",
        )
    elif not faults and not keys and certificates:
        yield passed("The metadata is current.", provider.cite(certificates[0], observed="a valid certificate"))


def _validity(provider: IdpMetadata) -> Iterator[Evidence]:
    for element in (provider.root, *provider.root.findall(f"{M}IDPSSODescriptor")):
        until = iso_moment(element.get("validUntil"))
        if until is not None and provider.at is not None and provider.at > until:
            days = (provider.at - until).days
            observed = f"validUntil {plain(until)} passed {days} days before {plain(provider.at)}"
            yield provider.cite(element, "validUntil", observed=observed, expected=f"after {plain(provider.at)}")


def _bindings(provider: IdpMetadata) -> Iterator[Evidence]:
    services = provider.root.findall(f"{M}IDPSSODescriptor/{M}SingleSignOnService")
    if not any((one.get("Binding") or "").endswith(BINDINGS) for one in services):
        observed = "no sign-on service by redirect or POST"
        yield provider.cite(
            services[0] if services else provider.root, observed=observed, expected=" or ".join(BINDINGS)
        )


def _keys(provider: IdpMetadata) -> Iterator[Finding]:
    """A certificate that has expired is FAIL only if no other one is valid; SAML does not require the dates to hold."""
    at = provider.at
    if at is None:
        return
    dated = [(one, found.not_valid_after_utc) for one in provider.signing_certificates if (found := certificate(one))]
    expired = [(one, end) for one, end in dated if end < at]
    soon = [(one, end) for one, end in dated if at <= end < at + SOON]
    for element, end in expired:
        yield (failed if len(expired) == len(dated) else warned)(
            f"A signing certificate expired {(at - end).days} days before {plain(at)}.",
            provider.cite(element, observed=f"valid to {plain(end)}", expected=f"after {plain(at)}"),
            side=Side.CUSTOMER_IDP,
            next_step="Ask for metadata with a current certificate; strict readers refuse expired ones.",
        )
    for element, end in soon:
        yield warned(
            f"A signing certificate expires in {(end - at).days} days.",
            provider.cite(element, observed=f"valid to {plain(end)}", expected=f"after {plain(at + SOON)}"),
            side=Side.CUSTOMER_IDP,
            next_step="Agree on the date of the change and load the new metadata before it.",
        )
