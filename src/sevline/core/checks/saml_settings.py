"""The service provider's SAML settings: how they were understood."""

from collections.abc import Iterator

from sevline.core.finding import Evidence, Finding, check, not_told, noted
from sevline.core.readers.saml import SpSettings

MAX_SHOWN = 12


@check("SAML21")
def settings_understood(service: SpSettings) -> Iterator[Finding]:
    """Which key of our settings was taken for what, and what has to be asked"""
    if service.taken:
        told = ", ".join(f"“{key}” as {meaning}" for meaning, _, key in service.taken[:MAX_SHOWN])
        cited = (Evidence(service.artifact, place, key, meaning) for meaning, place, key in service.taken[:MAX_SHOWN])
        yield noted(f"Our settings were read so: {told}.", *cited)
    for question in service.unsure:
        yield not_told(
            question,
            "settings in which one value has one meaning",
            next_step="Give only the part of the settings that belongs to the service provider of this case.",
        )
    if not service.entity_id and not service.unsure:
        yield not_told(
            "Our entity ID was not found in the settings.",
            "our entity ID in the service provider's SAML settings",
            next_step=SpSettings.how,
        )
