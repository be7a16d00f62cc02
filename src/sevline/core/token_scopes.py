"""What a program may do with an access token: never more than its person, and only what the token names."""

from collections.abc import Mapping
from enum import StrEnum

from sevline.core.rights import Right


class Scope(StrEnum):
    SEND = "evidence:send"
    READ = "evidence:read"
    CUSTOMERS = "customers:read"
    CHANGES = "changes:write"


SCOPE_TITLES: Mapping[Scope, str] = {
    Scope.SEND: "Send files into cases",
    Scope.READ: "Read the state and the redaction report of files",
    Scope.CUSTOMERS: "Read customers, as you may read them",
    Scope.CHANGES: "Post changes to the catalogue",
}
#: The right that a person needs to give a token the scope, and again at each use.
NEEDED: Mapping[Scope, Right] = {
    Scope.SEND: Right.EVIDENCE_ATTACH,
    Scope.READ: Right.EVIDENCE_VIEW,
    Scope.CUSTOMERS: Right.CUSTOMERS_VIEW,
    Scope.CHANGES: Right.CATALOG_EDIT,
}
LONGEST_DAYS = 365
