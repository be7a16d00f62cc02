"""Does a token's signature hold under a key of a JWKS. The token is verified here and forgotten."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What became of one try to verify a token with one key."""

    HOLDS = "holds"
    BROKEN = "broken"
    UNFIT = "unfit"


#: Kinds of key by the beginning of the algorithm's name; a key of another kind is never tried.
FITS = {"RS": "RSA", "PS": "RSA", "ES": "EC", "Ed": "OKP", "HS": "oct"}


def verified(token: str, key: Mapping[str, Any]) -> Outcome:
    """UNFIT where the key cannot be read or is of another kind than the algorithm wants."""
    from joserfc import jws
    from joserfc.errors import BadSignatureError, JoseError
    from joserfc.jwk import JWKRegistry

    from sevline.core.readers.jwt import token_facts

    algorithm = token_facts(token).algorithm
    if FITS.get(algorithm[:2]) != key.get("kty"):
        return Outcome.UNFIT
    plain = {name: value for name, value in key.items() if name not in {"use", "key_ops", "alg"}}
    try:
        jws.deserialize_compact(token, JWKRegistry.import_key(plain), algorithms=[algorithm])
    except BadSignatureError:
        return Outcome.BROKEN
    except (JoseError, ValueError, TypeError, KeyError):
        return Outcome.UNFIT
    return Outcome.HOLDS
