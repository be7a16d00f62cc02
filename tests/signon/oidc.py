"""OpenID Connect material made here: keys of the moment, tokens under them, and a whole sign-in as a recording."""

import base64
import hmac
import json
from datetime import timedelta
from functools import cache
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from joserfc import jws
from joserfc.jwk import ECKey, RSAKey

from sevline.core.finding import Given
from sevline.core.readers import oidc
from sevline.core.readers.http import Har
from sevline.core.readers.jwt import JsonWebToken, Use, token_facts
from tests.evidence import START, call, har

ISSUER = "https://idp.example.net"
CLIENT = "desk-client"
CALLBACK = "https://desk.example.com/callback"
NOW = int(START.timestamp())
VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(sha256(VERIFIER.encode()).digest()).decode().rstrip("=")


@cache
def key(name: str = "k1", kind: str = "RSA") -> Any:
    return ECKey.generate_key("P-256", {"kid": name}) if kind == "EC" else RSAKey.generate_key(2048, {"kid": name})


def claims(**changes: Any) -> dict[str, Any]:
    told = {"iss": ISSUER, "aud": CLIENT, "sub": "kim", "iat": NOW - 5, "exp": NOW + 3600, "nonce": "n-1"} | changes
    return {name: value for name, value in told.items() if value is not None}


def signed(told: dict[str, Any] | None = None, *, kid: str = "k1", alg: str = "RS256", **header: Any) -> str:
    head = {"alg": alg, "typ": "JWT", "kid": kid} | header
    payload = json.dumps(claims() if told is None else told).encode()
    return str(
        jws.serialize_compact(head, payload, key(kid, "EC" if alg.startswith("ES") else "RSA"), algorithms=[alg])
    )


def unsigned(told: dict[str, Any] | None = None) -> str:
    parts = ({"alg": "none", "typ": "JWT"}, claims() if told is None else told)
    return ".".join(base64.urlsafe_b64encode(json.dumps(one).encode()).decode().rstrip("=") for one in parts) + "."


def confused() -> str:
    """HS256 under the public key's PEM taken for a secret; libraries refuse to make it, so it is made by hand."""
    parts = ({"alg": "HS256", "kid": "k1"}, claims())
    told = ".".join(base64.urlsafe_b64encode(json.dumps(one).encode()).decode().rstrip("=") for one in parts)
    mark = hmac.digest(key().as_pem(private=False), told.encode(), "sha256")
    return f"{told}.{base64.urlsafe_b64encode(mark).decode().rstrip('=')}"


def token(raw: str, *, role: str = "id_token", after: float | None = 0.0, status: int = 200) -> JsonWebToken:
    at = None if after is None else START + timedelta(seconds=after)
    return JsonWebToken("a1", raw, token_facts(raw), (Use("/log/entries/0/response/content/text", at, status),), role)


def jwks(*names: str, kind: str = "RSA", fetched: Any = None) -> oidc.Jwks:
    keys = tuple(key(name, kind).as_dict(private=False) for name in names or ("k1",))
    return oidc.Jwks("a2", "/keys", keys, fetched)


def discovery(issuer: str = ISSUER, **more: Any) -> oidc.Discovery:
    return oidc.Discovery("a3", "", issuer, {"issuer": issuer, "jwks_uri": f"{issuer}/keys"} | more)


def client(**changes: Any) -> oidc.OidcClient:
    held = {"client_id": CLIENT, "redirect_uris": (CALLBACK,), "audiences": ("api://desk",)} | changes
    return oidc.OidcClient("a4", **held)


def authorize(after: float = 0.0, **changes: str | None) -> dict[str, Any]:
    asked = {
        "client_id": CLIENT,
        "response_type": "code",
        "redirect_uri": CALLBACK,
        "state": "s-1",
        "nonce": "n-1",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        "scope": "openid profile",
    } | changes
    return call(302, url=f"{ISSUER}/authorize?{_query(asked)}", after=after, kind="document")


def callback(after: float = 2.0, **changes: str | None) -> dict[str, Any]:
    told = {"code": "c-1", "state": "s-1"} | changes
    return call(302, url=f"{CALLBACK}?{_query(told)}", after=after, kind="document", sent={"Cookie": "sid=1"})


def redeem(
    after: float = 3.0, answer: dict[str, Any] | None = None, status: int = 200, **changes: str | None
) -> dict[str, Any]:
    form = {
        "grant_type": "authorization_code",
        "code": "c-1",
        "redirect_uri": CALLBACK,
        "client_id": CLIENT,
        "code_verifier": VERIFIER,
    } | changes
    body = {"id_token": signed(), "token_type": "Bearer"} if answer is None else answer
    return call(status, url=f"{ISSUER}/token", method="POST", after=after, post=_query(form), body=json.dumps(body))


def _query(values: dict[str, str | None]) -> str:
    return urlencode({name: value for name, value in values.items() if value is not None})


def recorded(*entries: dict[str, Any]) -> list[Given]:
    """A recording as the bench reads it: the calls, and what of a sign-in they hold."""
    held: Har = har(*entries)
    return [held, *oidc.from_har(held)]


def healthy() -> list[Given]:
    return [*recorded(authorize(), callback(), redeem()), jwks(), discovery(), client()]
