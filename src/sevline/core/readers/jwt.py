"""What a JSON Web Token says about itself. Decoded, never verified, never kept: only facts leave this module."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sevline.core.finding import Evidence, Given
from sevline.core.readers.jsontext import BadJsonError, decode

#: A token in a text: what begins like the base64url of a JSON object, with one dot at least.
TOKEN = re.compile(r"\b(?:eyJ|ewog|eyAi)[A-Za-z0-9_-]{6,20000}(?:\.[A-Za-z0-9_-]{0,100000}){1,4}")
DIGEST = 12
ENCRYPTED = "The token is encrypted (five parts); only its receiver can read it."


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
    header: Mapping[str, Any] = field(default_factory=dict, repr=False)
    claims: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Use:
    """One place at which a token was seen; `at` is None where the time is not known; `opens` for a credential; `hints`
    where it only tells whose session is meant, which an expired one may (OpenID Connect RP-Initiated Logout 1.0, 2);
    `renewed` where the server refused it and the same call worked with a new one (RFC 6750 3.1)."""

    locator: str
    at: datetime | None = None
    status: int = 0
    opens: bool = False
    hints: bool = False
    renewed: bool = False


@dataclass(frozen=True, slots=True)
class JsonWebToken(Given):
    """A token with the places where it was seen, first to last. `role`: id_token, access_token, bearer or “”.

    `raw` is the token itself; it is used to verify and leaves the parser in no finding. `digest` names it instead: the
    first hex digits of its SHA-256.
    """

    what = "a JSON Web Token"
    how = "Record a HAR of the sign-in with content, or paste one token of a test account into a text file."

    artifact: str
    raw: str = field(repr=False)
    facts: TokenFacts
    uses: tuple[Use, ...]
    role: str = ""

    @property
    def only_hints(self) -> bool:
        return bool(self.uses) and all(use.hints for use in self.uses)

    @property
    def digest(self) -> str:
        return sha256(self.raw.encode()).hexdigest()[:DIGEST]

    @property
    def name(self) -> str:
        words = {"id_token": "ID token", "access_token": "access token", "bearer": "bearer token"}
        return f"{words.get(self.role, 'token')} (SHA-256 {self.digest}…)"

    def cite(self, observed: object, expected: object = "", use: Use | None = None) -> Evidence:
        return Evidence(self.artifact, (use or self.uses[0]).locator, str(observed), str(expected))


def token_facts(token: str) -> TokenFacts:
    size = len(token.encode())
    pieces = token.split(".")
    if len(pieces) == 5:
        return TokenFacts(size, problem=ENCRYPTED, header=_part(pieces[0]) or {})
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
        header=header,
        claims=claims,
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
