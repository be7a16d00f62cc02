"""The identity provider's metadata itself."""

from collections.abc import Iterator
from datetime import timedelta

from sevline.core.finding import Evidence, Finding, Side, check, failed, not_told, noted, passed, warned
from sevline.core.readers.moments import iso_moment, plain
from sevline.core.readers.saml import IdpMetadata, M
from sevline.core.readers.xmlsignature import certificate, fingerprint

BINDINGS = ("HTTP-POST", "HTTP-Redirect")
SOON = timedelta(days=30)


@check("SAML19", supports=("stale-metadata",), refutes=("stale-metadata",))
def metadata_is_current(provider: IdpMetadata) -> Iterator[Finding]:
    """Metadata is valid, has a signing key that has not expired, and a usable binding"""
    faults = [*_validity(provider), *_bindings(provider)]
    keys = list(_keys(provider))
    certificates = provider.signing_certificates
    if not certificates:
        cited = provider.cite(provider.root, observed="no signing certificate", expected="a signing certificate")
        faults.append(cited)
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
            next_step="Give the time with --at.",
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
