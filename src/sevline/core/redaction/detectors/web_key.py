"""The private members of a JSON Web Key (RFC 7518) in a log or a text; what is public of it stays."""

from sevline.core.redaction.detector import Stage
from sevline.core.redaction.late import late
from sevline.core.redaction.told import groups, told_secret

_QUOTE = r"\\{0,3}[\"']"
_MEMBER = late(rf"{_QUOTE}(?:d|p|q|dp|dq|qi|k){_QUOTE}\s*:\s*{_QUOTE}(?P<value>[A-Za-z0-9_=-]{{4,}})")


def places(found: str) -> list[tuple[int, int]]:
    return [place for member in _MEMBER.finditer(found) for place in groups(member)]


told_secret(
    "web_key",
    "Private part of a JSON Web Key",
    rf"\{{[^{{}}]*{_QUOTE}kty{_QUOTE}[^{{}}]*\}}?",
    places,
    keywords=('kty"', "kty\\", "kty'"),
)
told_secret(
    "web_key_lines",
    "Private part of a JSON Web Key on lines of its own",
    rf"\{{[^{{}}]*{_QUOTE}kty{_QUOTE}[^{{}}]*\}}",
    places,
    stage=Stage.BLOCK,
    keywords=('kty"', "kty'"),
)
