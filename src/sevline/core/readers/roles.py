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
    TABLE = "table"
    SOURCE = "source"
    TARGET = "target"
    DELIVERIES = "deliveries"
    EVENTS = "events"
    JOBS = "jobs"
    REQUESTS = "requests"
    SYNC_RUNS = "sync_runs"
    BILLING_EXPECTED = "billing_expected"
    BILLING_RECEIVED = "billing_received"


#: A table says by its columns and content what it is read from; the role says only what its rows are.
OF_ROWS = frozenset(
    {
        Role.SOURCE,
        Role.TARGET,
        Role.DELIVERIES,
        Role.EVENTS,
        Role.JOBS,
        Role.REQUESTS,
        Role.SYNC_RUNS,
        Role.BILLING_EXPECTED,
        Role.BILLING_RECEIVED,
    }
)
KINDS = {
    Role.IDP_METADATA: Kind.SAML,
    Role.OIDC_CLIENT: Kind.JSON,
    Role.SCIM_IDP: Kind.JSON,
    Role.SCIM_APP: Kind.JSON,
}


def kind_for(role: str, sniffed: Kind) -> Kind:
    """The kind to read a file as; roles that fit several kinds leave the choice to the content."""
    if not role or role in OF_ROWS:
        return sniffed
    if role == Role.SP_SETTINGS:
        return sniffed if sniffed in {Kind.SAML, Kind.JSON} else Kind.JSON
    if role in {Role.SCIM_IDP, Role.SCIM_APP} and sniffed in {Kind.TEXT, Kind.LOG}:
        return Kind.TEXT
    return KINDS.get(Role(role)) or Kind(role)
