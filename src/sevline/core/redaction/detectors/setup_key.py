"""Seeds of one-time codes as a person types them: groups of four letters in base32, and what an app exports."""

# ruff: noqa: E501 - patterns are read whole

import re

from sevline.core.redaction.late import late
from sevline.core.redaction.told import groups, told_secret

_GROUPS = r"(?:[A-Z2-7]{4}[ -]){3,15}[A-Z2-7]{2,4}|(?:[a-z2-7]{4}[ -]){3,15}[a-z2-7]{2,4}"
_WORDS = r"(?:key|seed|secret)"
_SPLIT = late(rf"(?:.*?{_WORDS}[\"']?[ \t]{{0,3}}(?:[:=]|is|ist|lautet)?[ \t]{{0,3}}[\"']?|otpauth-migration://offline\?data=)"
                    rf"(?P<value>{_GROUPS}|[A-Za-z0-9%+/=_-]{{16,}})$", re.DOTALL)  # fmt: skip


def places(found: str) -> list[tuple[int, int]]:
    at = groups(_SPLIT.match(found))
    value = found[at[0][0] : at[0][1]] if at else ""
    return at if "migration" in found or any(map(str.isdigit, value)) else []


told_secret(
    "setup_key",
    "Seed of one-time codes",
    rf"(?-u:\b)(?i:{_WORDS})[\"']?[ \t]{{0,3}}(?:[:=]|is|ist|lautet)?[ \t]{{0,3}}[\"']?(?:{_GROUPS})(?-u:\b)"
    r"|otpauth-migration://offline\?data=[A-Za-z0-9%+/=_-]{16,}",
    places,
    gate=r"(?i-u:key|seed|secret)[\"']?[ 	]*(?:[:=]|is|ist|lautet)?[ 	]*[\"']?(?:[A-Za-z2-7]{4}[ -]){3}|otpauth-migration:",
)
