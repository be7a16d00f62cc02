"""Names of fields whose values are secret, wherever they stand: one list for text, JSON, HAR and forms."""

# ruff: noqa: E501 - patterns and forms are read whole

import re
from functools import lru_cache

STRONG = (
    r"pass[ _-]?word|passwd|pass[ _-]?phrase|secret|api[ _-]?key|access[ _-]?key(?:[ _-]?id)?|secret[ _-]?key(?:[_-]?base)?"
    r"|(?:private|shared|account|signing|encryption|subscription|auth|license|app|master|admin|storage|hmac|fernet|cookie"
    r"|session|jwt|server|host|root|deploy|ssh|write|ingest|webhook|function|pre-?shared|wallet|instrumentation)[ _-]?key"
    r"|client[ _-]?secret|access[ _-]?token|refresh[ _-]?token|id[_-]?token|auth[ _-]?token"
    r"|session[_-]?token|security[_-]?token|token|samlresponse|client[_-]?assertion|code[_-]?verifier|device[_-]?code"
    r"|snmp[_-]?community|erlang[_-]?cookie|session[_-]?id|jsessionid|phpsessid|sessid|asp\.net_sessionid|connect\.sid|credentials?|sharedaccesskey"
    r"|connection[ _-]?string|recovery[ _-]?code|otp[ _-]?code|one[ _-]?time[ _-]?code|cvv2?|cvc2?"
    r"|x-amz-signature|x-goog-signature|passwort|kennwort|wachtwoord|mot[ _-]?de[ _-]?passe|contrase(?:ñ|n)a|senha|parola"
    r"|heslo|salasana|adgangskode|l(?:ö|o)senord|has(?:ł|l)o|пароль|密码|密碼|パスワード|비밀번호"
)
WEAK = r"csrf|xsrf|pwd|pass|auth|sid|otp|pin|mfa[ _-]?code|assertion|pw|psk|clave"
IN_URL = (
    r"code|key|sig|signature|state|nonce|ticket|session|hash|hmac|jwt|auth|sid|x-amz-credential"
    r"|x-amz-security-token|awsaccesskeyid|email_token|invite|magic"
)
#: A field whose name ends with one of these: a weak one begins a word of the name, or is all of it.
SECRET_NAME = (
    rf"(?:[A-Za-z0-9_.-]{{0,40}}(?:{STRONG})|(?:[A-Za-z0-9_.-]{{0,40}}[_.-])?(?:{WEAK})"
    r"|(?-i:[A-Za-z0-9_.-]{0,40}[a-z0-9](?:Pwd|Pass|Pw|Auth|Otp|Pin|Sid|PWD)))"
)

#: A number of the form may follow the name: `smtp_password_v4`.
_STRONG = re.compile(rf"[\w.$-]*(?:{STRONG})(?:_v[0-9]{{1,2}})?", re.IGNORECASE)
_WEAK = re.compile(rf"(?:[\w.$-]*[_.$-])?(?:{WEAK})", re.IGNORECASE)
_IN_URL = re.compile(IN_URL, re.IGNORECASE)
_ORDINARY = frozenset(
    (
        "null",
        "none",
        "nil",
        "true",
        "false",
        "undefined",
        "required",
        "invalid",
        "expired",
        "missing",
        "empty",
        "unknown",
        "incorrect",
        "wrong",
        "optional",
        "string",
        "number",
        "boolean",
        "integer",
        "object",
        "redacted",
        "masked",
        "hidden",
        "removed",
        "yes",
        "no",
        "on",
        "off",
        "enabled",
        "disabled",
        "valid",
        "refreshed",
        "revoked",
        "not",
        "is",
        "was",
        "the",
        "has",
        "and",
        "or",
        "for",
        "from",
        "failed",
        "rejected",
        "accepted",
        "received",
        "mismatch",
        "type",
        "error",
        "changed",
        "reset",
        "bearer",
        "basic",
        "digest",
        "password",
        "token",
        "authorization_code",
        "refresh_token",
        "client_credentials",
        "default",
        "plain",
    )
)
_MASKED = re.compile(
    r"[*x.•\[\]<>-]+|\[[A-Za-z _-]+\]|\$\{[^}]*\}?|\{\{[^}]*\}*|%[sdv]|\*+\w{0,4}|=+|\((?:sensitive|known)",
    re.IGNORECASE,
)
#: Code that gets the secret from somewhere: `os.environ[…`, `request.form(…`, `settings.API_KEY`.
_CODE = re.compile(
    r"\$\(.*|`.*|[A-Za-z_$][\w$]*(?:(?:\.|::|->)[A-Za-z_$][\w$]*)+[(\[].*"
    r"|(?:get|read|load|fetch|generate|create|make|decode|decrypt|find|lookup|new|env|ask|input)[A-Za-z_]*[(\[].*"
    r"|(?:os|self|this|settings|config|conf|cfg|env|process|request|req|args|options|opts|ctx|context|var|local|module|data"
    r"|params|props|state|secrets|credentials|form|model|event)(?:\.|::|->)[A-Za-z_$][A-Za-z_$.]*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d+)?(?:ms|s|%)?")


@lru_cache(maxsize=65_536)
def says_secret(name: str, *, in_url: bool = False) -> bool:
    """Whether a field of this name holds a secret; some names do so only in the query of a URL or in a form."""
    if _STRONG.fullmatch(name) or _WEAK.fullmatch(name):
        return True
    return in_url and _IN_URL.fullmatch(name) is not None


def is_code(value: str) -> bool:
    """Whether an unquoted value is a name or a call in a program, which tells where the secret comes from."""
    return _CODE.fullmatch(value) is not None


def is_ordinary(name: str, value: str, *, loose: bool) -> bool:
    """Words that stand beside such a name in a message and are no secret, or a value that somebody masked already.

    `loose` is for `name: word` in prose, where a short word without a digit tells about the secret, not the secret.
    """
    if value.lower().rstrip(".:!") in _ORDINARY or _MASKED.fullmatch(value):
        return True
    if name == "PWD" and value.startswith("/"):
        return True
    if name.lower().endswith("publickeytoken"):
        return True
    strong_password = re.search(
        r"pass[_-]?(?:wor[dt]|phrase)|kennwort|wachtwoord|passwd|pwd|secret|pin|otp|cv[vc]", name, re.IGNORECASE
    )
    if strong_password:
        return False
    if _NUMBER.fullmatch(value):
        return True
    return loose and value.isalpha() and len(value) < 16
