"""What a JSON document or a text means to the checks: one place that asks every reader of them."""

from datetime import datetime

from sevline.core.finding import Given
from sevline.core.readers import oidc
from sevline.core.readers.policy import permission_evidence
from sevline.core.readers.roles import Role
from sevline.core.readers.scim import APP, IDP, users_of_document, users_of_lines
from sevline.core.readers.spsettings import settings_from_json
from sevline.core.readers.userlists import users_of_table


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
    side = {Role.SCIM_IDP: IDP, Role.SCIM_APP: APP}.get(Role(role) if role else Role.JSON, "")
    if (users := users_of_document(document, artifact, side)) is not None:
        found.append(users)
    return [*found, *oidc.from_document(document, artifact, at), *permission_evidence(document, artifact)]


def text_evidence(data: bytes, artifact: str, role: str, at: datetime | None, *, name: str = "") -> list[Given]:
    """What a text means to the checks: tokens, errors and cookies in its lines, or users where a person said so."""
    text = data.decode("utf-8", "replace")
    if role in {Role.SCIM_IDP, Role.SCIM_APP}:
        users = users_of_lines(text, artifact, IDP if role == Role.SCIM_IDP else APP)
        return [users] if users else []
    users = None if role else users_of_table(text, artifact, name)
    return [*oidc.from_lines(text, artifact, at), *([users] if users else [])]
