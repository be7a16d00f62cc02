"""The roles that a person can give a file with `--as KIND=PATH`, and the kind of reading that each asks for."""

from enum import StrEnum

from sevline.core.readers.sniff import Kind


class Role(StrEnum):
    """What a file is for. The first ones are kinds of file; the others say what a JSON or XML file means."""

    HAR = "har"
    SAML = "saml"
    XML = "xml"
    JSON = "json"
    ACCESS_LOG = "access_log"
    LOG = "log"
    TEXT = "text"
    IDP_METADATA = "idp-metadata"
    SP_SETTINGS = "sp-settings"
    OIDC_CLIENT = "oidc-client"
    SCIM_IDP = "scim-idp"
    SCIM_APP = "scim-app"


KINDS = {
    Role.IDP_METADATA: Kind.SAML,
    Role.OIDC_CLIENT: Kind.JSON,
    Role.SCIM_IDP: Kind.JSON,
    Role.SCIM_APP: Kind.JSON,
}


def kind_for(role: str, sniffed: Kind) -> Kind:
    """The kind to read a file as; roles that fit several kinds leave the choice to the content."""
    if not role:
        return sniffed
    if role == Role.SP_SETTINGS:
        return sniffed if sniffed in {Kind.SAML, Kind.JSON} else Kind.JSON
    if role in {Role.SCIM_IDP, Role.SCIM_APP} and sniffed in {Kind.TEXT, Kind.LOG}:
        return Kind.TEXT
    return KINDS.get(Role(role)) or Kind(role)
