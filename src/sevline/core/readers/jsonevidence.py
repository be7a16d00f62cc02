"""What a JSON document means to the checks: one place that asks every reader of JSON."""

from datetime import datetime

from sevline.core.finding import Given
from sevline.core.readers import oidc
from sevline.core.readers.roles import Role
from sevline.core.readers.spsettings import settings_from_json


def json_evidence(document: object, artifact: str, role: str, at: datetime | None) -> list[Given]:
    """Evidence by the role that a person named, or else by what the keys of the document say."""
    if role == Role.SP_SETTINGS:
        settings = settings_from_json(document, artifact, named=True)
        return [settings] if settings else []
    if role == Role.OIDC_CLIENT and isinstance(document, dict):
        client = oidc.client_from(document, artifact, named=True)
        return [client] if client else []
    found: list[Given] = []
    if (settings := settings_from_json(document, artifact)) is not None:
        found.append(settings)
    return [*found, *oidc.from_document(document, artifact, at)]
