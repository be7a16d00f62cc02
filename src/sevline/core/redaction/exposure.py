"""Whether a text that belongs to no case, and so has no key to be redacted under, holds what must not be kept."""

from functools import cache

from sevline.core.lifecycle import Refused
from sevline.core.redaction.redactor import Redactor

#: Addresses of machines are what a profile of a network is about.
ALLOWED = frozenset({"ipv4", "ipv6"})


@cache
def _redactor() -> Redactor:
    return Redactor(bytes(32))  # only its counts are used, never a pseudonym


def refuse_exposure(text: str) -> str:
    """The text on one line; Refused, naming the kinds, when it holds a secret or personal data."""
    clean = " ".join(text.replace("\x00", "").split())
    if found := set(_redactor().text(clean).counts) - ALLOWED:
        kinds = ", ".join(sorted(kind.replace("_", " ") for kind in found))
        raise Refused(f"This holds what is not kept here ({kinds}). Name a role or a place instead.")
    return clean
