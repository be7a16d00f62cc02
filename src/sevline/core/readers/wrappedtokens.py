"""JSON Web Tokens that a mail program or a terminal broke over several lines: put together where they begin.

The lines behind the first become empty, so that all other lines keep their numbers.
"""

import base64
import binascii
import re
from collections.abc import Sequence

from sevline.core.readers.jsontext import BadJsonError, decode

_BEGINS = re.compile(rb"(?:eyJ|ewog|eyAi)[A-Za-z0-9_.-]{16,20000}=?\r?$")
_GOES_ON = re.compile(rb"^[> \t|*]{0,12}([A-Za-z0-9_.-]{1,20000})=?[ \t]{0,4}\r?$")
#: The last line may be followed by what closes the value that the token is.
_ENDS = re.compile(
    rb"^[> \t|*]{0,12}([A-Za-z0-9_-]{0,2000}(?:\.[A-Za-z0-9_-]{0,20000}){0,2})([\"'`,;)\]}<&\s].{0,200})?\r?$"
)
MAX_PARTS, NARROWEST = 400, 30
#: Letters of the signature by algorithm; RSA's go by the size of the key.
_RSA = frozenset({171, 342, 512, 683})
_SIGNATURES = {
    **dict.fromkeys(("HS256",), frozenset({43})),
    **dict.fromkeys(("HS384",), frozenset({64})),
    **dict.fromkeys(("HS512", "ES256", "EdDSA", "Ed25519"), frozenset({86})),
    "ES384": frozenset({128}),
    "ES512": frozenset({176}),
    **dict.fromkeys(("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"), _RSA),
}


def tokens_joined(data: bytes) -> bytes:
    """The text with each broken token on the line where it begins; a text without one as it is."""
    if not any(mark in data for mark in (b"eyJ", b"ewog", b"eyAi")):
        return data
    lines = data.split(b"\n")
    at, changed = 0, False
    while at < len(lines):
        begun = _BEGINS.search(lines[at])
        joined = _joined(lines, at, begun.start()) if begun is not None else None
        if joined is None:
            at += 1
            continue
        text, used = joined
        lines[at : at + used] = [text, *([b""] * (used - 1))]
        at, changed = at + used, True
    return b"\n".join(lines) if changed else data


def _joined(lines: Sequence[bytes], at: int, start: int) -> tuple[bytes, int] | None:
    """The first line with the whole token, and how many lines it stood on; None where it is whole on one line."""
    first = lines[at].rstrip(b"\r").removesuffix(b"=")
    token, width = first[start:], len(lines[at].rstrip())
    whole = _fits(token)
    if width < NARROWEST or (whole and _has_known_length(token)):
        return None
    shortest: tuple[bytes, int] | None = None
    for used, line in enumerate(lines[at + 1 : at + MAX_PARTS], 2):
        part, rest = _part(line, width + 2)
        if part is None or (token + part).count(b".") > 2:
            break
        token += part
        if _fits(token):
            shortest = shortest or (first[:start] + token + rest, used)
            if _has_known_length(token):
                return first[:start] + token + rest, used
        if rest.strip():
            break
    return None if whole else shortest


def _part(line: bytes, widest: int) -> tuple[bytes | None, bytes]:
    """What of a line may belong to a token, and what stands behind it; a wider line than the first is no part."""
    if len(line.rstrip()) > widest:
        return None, b""
    if (whole := _GOES_ON.match(line)) is not None:
        return whole[1], b""
    if (last := _ENDS.match(line)) is not None and last[1]:
        return last[1], (last[2] or b"").rstrip(b"\r")
    return None, b""


def _fits(token: bytes) -> bool:
    """Whether it is a whole token as far as header and claims tell."""
    parts = token.split(b".")
    return len(parts) == 3 and len(parts[2]) > 20 and _object(parts[0]) is not None and _object(parts[1]) is not None


def _has_known_length(token: bytes) -> bool:
    header = _object(token.split(b".")[0]) or {}
    known = _SIGNATURES.get(str(header.get("alg")), frozenset())
    return len(token.split(b".")[2]) in known


def _object(part: bytes) -> dict[str, object] | None:
    try:
        value = decode(base64.b64decode(part + b"=" * (-len(part) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, BadJsonError):
        return None
    return value if isinstance(value, dict) else None
