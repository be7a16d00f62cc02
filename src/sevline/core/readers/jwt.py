"""What a JSON Web Token says about itself. Decoded, never verified, never kept: only facts leave this module."""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sevline.core.readers.jsontext import BadJsonError, decode


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """`size` in bytes. `problem` is a sentence when the token is malformed; the other fields are then empty."""

    size: int
    algorithm: str = ""
    key_id: str = ""
    issuer: str = ""
    audience: tuple[str, ...] = ()
    issued: datetime | None = None
    not_before: datetime | None = None
    expires: datetime | None = None
    scopes: tuple[str, ...] = ()
    problem: str = ""


def token_facts(token: str) -> TokenFacts:
    size = len(token.encode())
    pieces = token.split(".")
    if len(pieces) != 3:
        return TokenFacts(size, problem=f"The token has {len(pieces)} parts; a signed token has three.")
    header, claims = _part(pieces[0]), _part(pieces[1])
    if header is None or claims is None:
        return TokenFacts(size, problem="The token's header or claims are not base64url of a JSON object.")
    return TokenFacts(
        size=size,
        algorithm=_text(header.get("alg")),
        key_id=_text(header.get("kid")),
        issuer=_text(claims.get("iss")),
        audience=_words(claims.get("aud")),
        issued=_moment(claims.get("iat")),
        not_before=_moment(claims.get("nbf")),
        expires=_moment(claims.get("exp")),
        scopes=_words(claims.get("scope") or claims.get("scp")),
    )


def looks_like_token(text: str) -> bool:
    return text.startswith("eyJ") and text.count(".") == 2


def _part(text: str) -> dict[str, Any] | None:
    try:
        value = decode(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, BadJsonError):
        return None
    return value if isinstance(value, dict) else None


def _moment(value: object) -> datetime | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _words(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(value.split())
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
