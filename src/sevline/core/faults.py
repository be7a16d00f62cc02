"""Which checks speak of the fault that a case is about: a type of trouble, and the beginnings of their ids.

A recording of a morning holds more than one thing that went wrong. What a check found of another type is shown, and is
no occurrence of this fault.
"""

from collections.abc import Iterable

from sevline.core.leading import OF_A_TOKEN

_SIGN_IN_LOG = "OBS16"
_OF_TYPE: dict[str, tuple[str, ...]] = {
    "saml": ("SAML", _SIGN_IN_LOG, "PROF05"),
    "oidc": ("OIDC", _SIGN_IN_LOG, "PROF05"),
    "scim": ("SCIM",),
    "api_4xx": (
        *("API02", "API03", "API04", "API05", "API06", "API07", "API08", "API14", "OIDC14", "OIDC15", "PERM"),
        *OF_A_TOKEN,  # where the token explains the 401, API03 is but a note
    ),
    "api_429": ("API09", "API15", "PERF07", "MODE03", "GQL03"),
    "api_5xx": ("API01", "API11", "API12", "API13", "CLOUD", "OBS14", "PERF03", "MODE05", "K8S"),
    "webhook": ("WH", "PROF02", "PROF03"),
    "data_sync": ("SYNC", "API16", "TAB", "MODE01"),
    "performance": ("PERF",),
    "billing": ("BILL",),
    "permissions": ("PERM", "API04", "OIDC15"),
    "regression": ("OBS14", "API11", "API12", "K8S", "REP"),
    "network": ("NET", "API01", "API13"),
    "data_integrity": ("SYNC", "MODE04"),
    "browser": ("NET13", "API01", "PERF08", "PERF11"),
}


def is_of_another(types: Iterable[str], check_id: str) -> bool:
    """Whether a check speaks of some type of fault, and of none of these."""
    owners = {each for each in _OF_TYPE if belongs_to(each, check_id)}
    return bool(owners) and owners.isdisjoint(types)


def belongs_to(issue_type: str, check_id: str) -> bool:
    """Whether a check speaks of the fault of such a case; of one without a type none does."""
    return check_id.startswith(_OF_TYPE.get(issue_type, ())) if issue_type in _OF_TYPE else False
