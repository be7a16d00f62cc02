"""JSON Web Tokens and encrypted ones: three or five base64url parts, the first a JSON object. Their facts stay."""

import base64
import binascii
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms

_NOT_IN_A_LABEL = late(r"[^A-Z0-9]")
LONGEST = 16_384


def claims(part: str) -> dict[str, Any]:
    """The JSON object of one part; an empty one where it is encrypted or broken."""
    if len(part) > LONGEST:
        return {}
    try:
        document = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def facts(found: str, pseudonyms: Pseudonyms) -> Iterator[str]:
    """Algorithm, times and size as they are; key id, issuer and audience as short pseudonyms of their own."""
    first, _, rest = found.partition(".")
    head, body = claims(first), claims(rest.partition(".")[0])
    yield _NOT_IN_A_LABEL.sub("", str(head.get("alg", "")).upper())[:12]
    for name, holder in (("kid", head), ("iss", body), ("aud", body)):
        if value := holder.get(name):
            yield f"{name.upper()}{pseudonyms.hex16(f'jwt {name}', str(value))[:8].upper()}"
    for name in ("iat", "exp"):
        if (moment := _moment(body.get(name))) is not None:
            yield f"{name.upper()}{moment}"
    yield f"{len(found)}B"


def _moment(seconds: object) -> str | None:
    if not isinstance(seconds, int | float) or not 0 < seconds < 1e11:
        return None
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y%m%dT%H%M%SZ")


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    return pseudonyms.secret("-".join(("JWT", *filter(None, facts(found, pseudonyms)))), found)


detector(
    Detector(
        kind="jwt",
        title="JSON Web Token",
        pattern=r"(?-u:\b)(?:eyJ|ewog|eyAi)[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]*){1,3}",
        stage=Stage.VENDOR,
        keywords=("eyJ", "ewog", "eyAi"),
        render=pseudonym,
    )
)
