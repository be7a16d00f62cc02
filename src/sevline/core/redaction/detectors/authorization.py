"""Authorization headers and bare bearer tokens; the scheme stays, the credentials go."""

# ruff: noqa: E501 - patterns and forms are read whole

import re
from functools import partial

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms, is_token
from sevline.core.redaction.secret_names import is_way_to_sign_in, looks_random

_SCHEME = (
    r"Bearer|Basic|Digest|Negotiate|NTLM|Token|ApiKey|Api-Key|AWS4-HMAC-SHA256|SharedAccessSignature|SharedKey|Hawk|OAuth"
    r"|DPoP|SSWS|JWT|Signature|GenieKey|Splunk|PVEAPIToken"
)
_PARTS = late(
    rf"(?P<head>.*?authorization[\"'\\]{{0,4}}[ \t]*(?:[:=]|%3A|%3D)[ \t+]*[\[(]?[\"'\\`]{{0,4}}|)"
    rf"(?P<scheme>(?:{_SCHEME}|HMAC(?=[ \t]+[a-z]{{1,16}}=))(?:[ \t+]+|%20|=)|)(?P<value>.*)$",
    re.IGNORECASE | re.DOTALL,
)
#: What stands in an example or a script in the place of credentials.
_VARIABLE = late(
    r"\$(?:[A-Za-z_]\w*|\{.*|\(.*)|\{\{?.*|%(?:\(\w+\)?s?|[sdrq]|\w+%)|<[a-z_ -]+>?|(?:your|my|the)?[_-]?(?:access[_-]?)?(?:token|key|credentials?)|\.{3,}|…|x{3,}",
    re.IGNORECASE,
)
_SCHEMES = late(_SCHEME, re.IGNORECASE)
#: The last is the name of the field behind `token_type=bearer`.
_ORDINARY = late(r"[a-z]+|[a-z-]{1,19}[.!?]?|HTTP/[0-9.]+|[*.<>\[\]x-]+|[a-z]+(?:_[a-z]+)*=", re.IGNORECASE)


#: Credentials behind a scheme that nobody has listed; what is shorter, or a plain word, is the next of a sentence.
SHORTEST_UNLISTED = 16
_UNLISTED = late(r"(?P<word>\S+)[ \t]+(?P<next>.*)$", re.DOTALL)
_MARKS = late(r"[.:~]")
_NEXT_FIELD = late(r"[A-Za-z_.-]+=")
_CHOSEN = late(r"(?=[^0-9]*[0-9])(?=[^a-z]*[a-z])[a-z0-9_+/.~!#$@-]{8,}=*", re.IGNORECASE)
#: Of such a scheme with several parameters these are secret.
_SECRET_FIELD = late(
    r"(?P<head>(?:^|[\s,])[a-z_.-]*(?:key|secret|token|sig|signature|h?mac|digest|password|auth|credentials?|response|hash)=)"
    r"(?P<value>(?=[^,]*[0-9])(?=[^,]*[a-z])[^\s,]{8,})",
    re.IGNORECASE,
)


def _parts(found: str) -> tuple[str, str, str]:
    parts = _PARTS.match(found)
    if parts is None:
        return "", "", found
    value: str = parts["value"]
    if not parts["scheme"] and (two := _UNLISTED.match(value)):
        value = value if _is_credential_behind_scheme(two["next"]) else two["word"]
    return parts["head"], parts["scheme"], value


def _is_credential_behind_scheme(text: str) -> bool:
    if _NEXT_FIELD.match(text):
        return False
    return len(text) >= SHORTEST_UNLISTED or _CHOSEN.fullmatch(text) is not None


def credentials(found: str) -> str:
    return _without_scheme(_parts(found)[2])


def _without_scheme(value: str) -> str:
    """What stands behind a scheme that nobody has listed, where chance made it; it may stand elsewhere without one."""
    behind = _behind_scheme(value)
    return behind if looks_random(_MARKS.sub("", behind)) else value


def _behind_scheme(value: str) -> str:
    two = _UNLISTED.match(value)
    return two["next"] if two else ""


def is_variable(value: str) -> bool:
    return _VARIABLE.fullmatch(value) is not None


def is_credential(found: str) -> bool:
    """Neither a pseudonym nor, where no header names it, a plain word such as in “bearer token”."""
    head, scheme, value = _parts(found)
    if not value or is_token(value) or is_token(_behind_scheme(value)):
        return False
    if is_variable(value) or (not scheme and _SCHEMES.fullmatch(value)):
        return False
    if head:
        return bool(scheme) or not (value.lower() in ("null", "true", "false", "required") or is_way_to_sign_in(value))
    return _ORDINARY.fullmatch(value) is None


#: Schemes of many parameters, of which few are secret.
_OF_PARTS = late(r"(?:Token|SharedAccessSignature|Digest|AWS4-HMAC-SHA256|Hawk|OAuth|Signature|HMAC)\b", re.IGNORECASE)
_PART = late(
    r"(?P<head>(?:response|sig|signature|mac|username|user|credential|oauth_(?:token|signature|consumer_key|verifier)|token)=[\"\\]*)"
    r"(?P<value>[^\s\"\\,/&][^\s\"\\,&]*)",
    re.IGNORECASE,
)


def _each_part(value: str, pseudonyms: Pseudonyms) -> str:
    def one(part: re.Match[str]) -> str:
        bare, slash, scope = (
            part["value"].partition("/") if part["head"].lower().startswith("cred") else (part["value"], "", "")
        )
        return (
            part.group()
            if is_token(bare)
            else f"{part['head']}{pseudonyms.secret('AUTHORIZATION', bare)}{slash}{scope}"
        )

    return _PART.sub(one, value)


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    head, scheme, value = _parts(found)
    rest = found[len(head) + len(scheme) + len(value) :]
    if _OF_PARTS.match(scheme) and _PART.search(value):
        return f"{head}{scheme}{_each_part(value, pseudonyms)}"
    account = ""
    if scheme.lower().startswith("sharedkey") and ":" in value:
        account, value = value.split(":", 1)
        account += ":"
    rest = _SECRET_FIELD.sub(partial(_field, pseudonyms), rest)
    return f"{head}{scheme}{account}{pseudonyms.secret('AUTHORIZATION', _without_scheme(value))}{rest}"


def _field(pseudonyms: Pseudonyms, found: re.Match[str]) -> str:
    return f"{found['head']}{pseudonyms.secret('AUTHORIZATION', found['value'])}"


detector(
    Detector(
        kind="authorization",
        title="Credentials of an Authorization header",
        pattern=(
            r"(?i:authorization[\"'\\]{0,4}[ \t]*(?:[:=]|%3A|%3D)[ \t+]*[\[(]?[\"'\\`]{0,4}(?:"
            r"(?:Digest|AWS4-HMAC-SHA256|Hawk|OAuth|Signature|SharedAccessSignature)(?:[ \t+]+|%20)[^\r\n]*[^\s\"'\\},]|hmac[ \t]+[a-z]{1,16}=[\"\\]+[^\r\n]*[^\s\"'\\},]"
            rf"|(?:{_SCHEME})[ \t]+[a-z_-]{{1,20}}=\\?\"[^\s\"\\]+|(?:{_SCHEME})(?:[ \t+]+|%20|=)[^\s\"'\\,;&`\])]+"
            # A scheme of its own, whose credentials stand behind its name.
            r"|[a-z][a-z0-9-]*[ \t]+[^\s\"'\\,;&=]+[^\s\"'\\,;&]*(?:,[ ]?[a-z_.-]{1,20}=[^\s\"'\\,;&]+){0,9}"
            r"|[^\s\"'\\,;&]+)"
            r"|(?-u:\b)(?:Bearer|Basic|GenieKey)(?:[ \t+]|%20)[A-Za-z0-9._~+/%<>-]{8,}=*"
            # What a server answers in a header of its own: a token of GSS, a message of NTLM.
            r"|(?-u:\b)(?:Negotiate[ \t]+[A-Za-z0-9+/]{40,}=*|NTLM[ \t]+TlRMTVNT[A-Za-z0-9+/]+=*))"
        ),
        stage=Stage.HEADER,
        any_case=True,
        keywords=("authorization", "bearer", "basic", "geniekey", "negotiate ", "ntlm tlrmtvnt"),
        normalise=credentials,
        validate=is_credential,
        render=pseudonym,
        secrets=lambda found: (credentials(found),),
    )
)
