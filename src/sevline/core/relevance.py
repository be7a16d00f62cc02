"""Which findings concern the fault that a case is about: by its type, and by what it says does not work."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sevline.core.finding import Confidence, State
from sevline.core.leading import place_of

_SERVER = ("API00", "API01", "API1", "CLOUD", "PERF", "OBS", "MODE", "GQL", "JOB", "K8S", "NET")
#: By the type of a case, how the ids of the checks begin that look at it.
TOPICS: Mapping[str, tuple[str, ...]] = {
    "saml": ("SAML",),
    "oidc": ("OIDC",),
    "scim": ("SCIM",),
    "api_4xx": ("API", "OIDC", "PERM", "CLOUD"),
    "api_429": ("API09", "API15", "PERF", "MODE03"),
    "api_5xx": _SERVER,
    "webhook": ("WH",),
    "data_sync": ("SYNC",),
    "data_integrity": ("SYNC", "BILL"),
    "performance": ("PERF", "OBS", "MODE", "API12", "K8S"),
    "billing": ("BILL",),
    "permissions": ("PERM", "API04", "OIDC15", "SCIM"),
    "regression": ("OBS", "MODE", "API11", "API12", "PERF", "K8S"),
    "network": ("NET", "API01", "API12", "API13", "CLOUD"),
    "browser": ("API", "PERF", "OIDC16", "OIDC17", "GQL"),
    "security": ("OIDC", "SAML", "PERM"),
}
#: What names a fault in words: a path, a failing status, or an identifier with a mark inside.
_NAMED = re.compile(r"(?:/[\w.{}-]{2,}){1,8}|\b[45]\d\d\b|\b[A-Za-z]\w*(?:[._-]\w+)+\b")
_STATES = (State.FAIL, State.WARN)
_CONFIDENCES = tuple(Confidence)


@dataclass(frozen=True, slots=True)
class Fault:
    """What a case is about. `named` are paths, statuses and identifiers of its own words, in small letters."""

    type: str
    named: tuple[str, ...]

    @classmethod
    def of(cls, issue_type: str, *texts: str) -> "Fault":
        words = (found[0].casefold().rstrip(".") for text in texts for found in _NAMED.finditer(text[:2_000]))
        return cls(issue_type, tuple(dict.fromkeys(word for word in words if len(word) >= 3)))

    def order(self, check_id: str, state: str, confidence: str, texts: Sequence[str]) -> tuple[int, int, int, int, str]:
        """Sorts findings: what fits the type, then what its words name; state; causes first; confidence."""
        said = " ".join(texts).casefold()
        fits, named = check_id.startswith(TOPICS.get(self.type, ())), any(word in said for word in self.named)
        apart = 2 * (not fits) + (not named)
        bad = _STATES.index(State(state)) if state in _STATES else len(_STATES)
        sure = _CONFIDENCES.index(Confidence(confidence)) if confidence in set(Confidence) else len(_CONFIDENCES)
        return apart, bad, place_of(check_id), sure, check_id
