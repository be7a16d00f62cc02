"""Authorization headers and bare bearer tokens; the scheme stays, the credentials go."""

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.pseudonym import Pseudonyms, is_token

_SCHEME = (
    r"Bearer|Basic|Digest|Negotiate|NTLM|Token|ApiKey|Api-Key|AWS4-HMAC-SHA256|SharedAccessSignature|SharedKey|Hawk|OAuth"
    r"|DPoP|SSWS|GenieKey|Splunk|PVEAPIToken"
)
_PARTS = re.compile(
    rf"(?P<head>.*?authorization[\"'\\]{{0,4}}[ \t]*(?:[:=]|%3A|%3D)[ \t+]*[\"'\\`]{{0,4}}|)"
    rf"(?P<scheme>(?:{_SCHEME})(?:[ \t+]+|%20|=)|)(?P<value>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_ORDINARY = re.compile(r"[a-z]+|[a-z-]{1,19}|[*.<>\[\]x-]+", re.IGNORECASE)


def _parts(found: str) -> tuple[str, str, str]:
    parts = _PARTS.match(found)
    return (parts["head"], parts["scheme"], parts["value"]) if parts else ("", "", found)


def credentials(found: str) -> str:
    return _parts(found)[2]


def is_credential(found: str) -> bool:
    """Neither a pseudonym nor, where no header names it, a plain word such as in “bearer token”."""
    head, scheme, value = _parts(found)
    if not value or is_token(value):
        return False
    if head:
        return bool(scheme) or value.lower() not in ("none", "null", "true", "false", "required", "enabled", "disabled")
    return _ORDINARY.fullmatch(value) is None


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    head, scheme, value = _parts(found)
    return f"{head}{scheme}{pseudonyms.secret('AUTHORIZATION', value)}"


detector(
    Detector(
        kind="authorization",
        title="Credentials of an Authorization header",
        pattern=(
            r"(?i:authorization[\"'\\]{0,4}[ \t]*(?:[:=]|%3A|%3D)[ \t+]*[\"'\\`]{0,4}(?:"
            r"(?:Digest|AWS4-HMAC-SHA256|Hawk|OAuth|SharedAccessSignature)(?:[ \t+]+|%20)[^\r\n]*[^\s\"'\\},]"
            rf"|(?:{_SCHEME})[ \t]+[a-z_-]{{1,20}}=\\?\"[^\s\"\\]+|(?:{_SCHEME})(?:[ \t+]+|%20|=)[^\s\"'\\,;&`]+"
            r"|[^\s\"'\\,;&]+)"
            r"|(?-u:\b)(?:Bearer|Basic)(?:[ \t+]|%20)[A-Za-z0-9._~+/%<>-]{8,}=*)"
        ),
        stage=Stage.HEADER,
        any_case=True,
        keywords=("authorization", "bearer", "basic"),
        normalise=credentials,
        validate=is_credential,
        render=pseudonym,
        secrets=lambda found: (credentials(found),),
    )
)
