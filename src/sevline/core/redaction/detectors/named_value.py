"""A setting's value that stands apart from its name: `name="ApiKey" value="…"`, `define('DB_PASSWORD', '…')`, `ENV TOKEN …`."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import EVERY_PSEUDONYM, Pseudonyms, is_token
from sevline.core.redaction.secret_names import (
    GUESSED,
    HINT,
    SECRET_NAME,
    STRONG,
    WEAK,
    is_code,
    is_ordinary,
)

_SAYS = r"(?:name|key|id|setting|variable|property|header|field|label|param|option)"
_VALUE = r"(?:(?:[a-z]{2,16}[_-]?)?value|val|default|content|text|data)"
_Q = r"[\"'\\]{0,4}"
_IS = rf"{_Q}[ \t]{{0,3}}[=:]>?[ \t]{{0,3}}{_Q}"
#: A text of Rust is made of what is written: `String::from("…")`.
_MADE_OF = r"[A-Za-z]{2,20}::(?:from|new)\([ ]?\""
_INSIDE = r"(?:[^\"'\\<>\r\n,;}\]]|\\')+"
#: What stands before the value, each with the mark that ends it.
_HEADS = (
    # "name": "DB_PASSWORD", "value": "…", also in XML and on the next line of YAML
    rf"{_SAYS}{_IS}{SECRET_NAME}{_Q}[ \t]*,?[ \t]*(?:(?:\r?\n|\\{{1,2}}n)[ \t]+)?(?:[a-z]+=\"[^\"<>]*\"[ \t]+)?{_Q}{_VALUE}{_IS}",
    # <property name="x.password">…, <setting name="Token"><value>…
    rf"{_SAYS}[ \t]?=[ \t]?[\"']{SECRET_NAME}[\"'][^<>\r\n]{{0,80}}>(?:\s*<value>)?",
    # define('DB_PASSWORD', '…'), cfg['secret'] = '…', set("password", "…")
    rf"[(\[][ \t]?[bB]?\\{{0,3}}[\"']{SECRET_NAME}\\{{0,3}}[\"'](?:[ \t]*,[ \t]*|\][ \t]*=>?[ \t]*)[bB]?\\{{0,3}}[\"']",
    # {password, "…"}, (password . "…"), password <- "…"
    rf"(?:\{{[ \t]?{SECRET_NAME}[ \t]*,|\([ \t]?{SECRET_NAME}[ \t]+\.)[ \t]*(?:<<)?\"",
    rf"{BEGIN}{SECRET_NAME}[ \t]*<-[ \t]*[\"']",
    # <key>password</key><string>…
    rf"(?:<key>)?{SECRET_NAME}</key>[ \t]*<string>",
    # ENV TOKEN …, ARG TOKEN …, TOKEN -> …
    rf"(?:^|[\r\n])[ \t]*(?:ENV|ARG|setenv|SetEnv)[ \t]+{SECRET_NAME}[ \t]+",
    rf"{BEGIN}{SECRET_NAME}[ \t]?->[ \t]?[\"']?",
    # auth_token "…", password: !vault …, PASSWORD = N'…', token="… after another word
    rf"{BEGIN}{SECRET_NAME}[ \t]{{1,4}}N?\\{{0,3}}[\"'`]",
    rf"{BEGIN}{SECRET_NAME}{_IS}(?:!{{1,2}}[A-Za-z][A-Za-z0-9:-]*[ \t]+[\"']?|N''?|<<<[ \t]*|`|{_MADE_OF})",
    r"(?:authorization|bearer|token)[\"']?[ \t]?[:=]?[ \t]{0,3}(?:(?:Bearer|Token)[ \t]+)?(?:[a-z]+=\"|`(?:Bearer|Token|Basic)[ \t]+|[\"'`])",
    # <input type="password" value="…">, if (token != "…"), ConvertTo-SecureString "…"
    r"type=[\"']password[\"'][^<>]*[ \t]value=[\"']",
    rf"{BEGIN}{SECRET_NAME}[ \t]*[!=]==?[ \t]*[\"']",
    r"ConvertTo-SecureString[ \t]+(?:-String[ \t]+)?[\"']",
    r"identified[ \t]+(?:with[ \t]+[a-z0-9_]+[ \t]+)?by[ \t]+(?:password[ \t]+)?'{1,2}|set[ \t]+password[ \t]+for[ \t]+[^=\r\n]{1,60}=[ \t]*'{1,2}",
)
_HEAD = "|".join(_HEADS)
#: For the search what stands before the name and what follows it is asked for once, in any pairing, which leaves a tenth of
#: the states; whether a pairing is one of those above is seen when the match is taken apart.
_BEFORE_NAME = rf"(?:{_SAYS}{_IS}|{_SAYS}[ \t]?=[ \t]?[\"']|[(\[][ \t]?[bB]?\\{{0,3}}[\"']|[{{(][ \t]?|{BEGIN})"
_AFTER_NAME = (
    rf"(?:{_IS}(?:!{{1,2}}[A-Za-z][A-Za-z0-9:-]*[ \t]+[\"']?|N''?|<<<[ \t]*|`|{_MADE_OF})|{_Q}[ \t]*,?[ \t]*(?:\\+n[ \t]+)?(?:[a-z]+=\"[^\"<>]*\"[ \t]+)?{_Q}{_VALUE}{_IS}"
    r"|[\"'][^<>\r\n]{0,80}>(?:\s*<value>)?|\\{0,3}[\"'](?:[ \t]*,[ \t]*|\][ \t]*=>?[ \t]*)[bB]?\\{0,3}[\"']|[ \t]?->[ \t]?[\"']?|[ \t]{1,4}N?\\{0,3}[\"'`]|[ \t]*(?:[,.]|<-)[ \t]*(?:<<)?[\"']|</key>[ \t]*<string>)"
)
_SEARCHED = "|".join((_HEADS[6], f"{_BEFORE_NAME}{SECRET_NAME}{_AFTER_NAME}", *_HEADS[-5:])).replace("{0,40}", "*")
#: The value before its name: "value": "…", "name": "API_TOKEN".
_BACKWARDS = (
    rf"\"{_VALUE}\"[ \t]?:[ \t]?\"(?:[^\"\\\r\n]|\\.){{1,300}}\"[ \t]?,[ \t]?\"{_SAYS}\"[ \t]?:[ \t]?\"{SECRET_NAME}\""
    # SET value = '…' WHERE name = 'api_token'
    rf"|{_VALUE}[ \t]*=[ \t]*'[^'\r\n]{{1,300}}'[^\r\n;']{{0,80}}[ ]where[ ][^\r\n;]{{0,60}}?{_SAYS}[ \t]*=[ \t]*'{SECRET_NAME}'"
)
_SPLIT = late(rf"(?P<head>(?:[{{(][ \t]?)?(?:{_HEAD.replace(BEGIN, '')}))(?P<value>.*)$", re.IGNORECASE | re.DOTALL)
_BEFORE = late(rf"(?P<head>\"{_VALUE}\"\s?:\s?\")(?P<value>(?:[^\"\\]|\\.)+)(?P<rest>\".*)$", re.IGNORECASE | re.DOTALL)
_IN_SQL = late(rf"(?P<head>{_VALUE}[ \t]*=[ \t]*')(?P<value>[^']+)(?P<rest>'.*where.*)$", re.IGNORECASE | re.DOTALL)
_LAST_NAME = late(rf"{STRONG}|{WEAK}|{GUESSED}", re.IGNORECASE)
_TOKENED = late(EVERY_PSEUDONYM)
_COMPARED = late(r"[!=]==?[ \t]*[\"']$")
#: `token's signature` is no quotation.
_POSSESSIVE, _OF_IT = late(r"[a-z]'$", re.IGNORECASE), late(r"s(?:[ .,;:!?)]|$)")
#: `Auth->login(user)` calls.
_CALLS = late(r"[A-Za-z_]\w*\(.*", re.DOTALL)
#: In a list of names another stands next: `["access_key", "secret_key"]`.
_NAME_ONLY = late(r"[a-z_]*(?:auth|token|key|secret|password|credentials?|_id)", re.IGNORECASE)
_KEY = late(r"(?<![\w.-])key\W*$", re.IGNORECASE)
#: `secret "payment-gateway" not found` names an object.
#: `credentials "app.example.com" {` says for which host they are.
_OF_HOST = late(r"credentials?[ \t]+[\"']$", re.IGNORECASE)
_HOST = late(r"(?:[a-z0-9-]+\.)+[a-z]{2,}")
_OF_KUBERNETES = late(r"(?<![\w.-])secret[ \t]+[\"']$", re.IGNORECASE)


def _split(found: str) -> tuple[str, str, str]:
    """What stays before the value, the value, what stays after it."""
    if parts := _BEFORE.match(found) or _IN_SQL.match(found):
        return parts["head"], parts["value"], parts["rest"]
    if parts := _SPLIT.match(found):
        value = parts["value"].rstrip()
        return parts["head"], value, parts["value"][len(value) :]
    return found, "", ""


def secret(found: str) -> str:
    return _split(found)[1]


def _is_compared_or_named(head: str, value: str) -> bool:
    """Whether a program compares with a word, or Kubernetes names an object."""
    if _COMPARED.search(head):
        return len(value) < 6 or not any(map(str.isdigit, value))
    if _OF_HOST.search(head) and _HOST.fullmatch(value):
        return True
    return (
        _OF_KUBERNETES.search(head) is not None
        and value.islower()
        and value.replace("-", "").replace(".", "").isalpha()
    )


def _is_other(head: str, value: str, *, quoted: bool) -> bool:
    """Whether it is what a sentence says of the secret, a word of a program, or what the secret is compared with."""
    if _POSSESSIVE.search(head) and _OF_IT.match(value):
        return True
    if not quoted and (is_code(value) or " " in value):
        return True
    if head.endswith("->") and _CALLS.fullmatch(value):
        return True
    if head.startswith("[") and _NAME_ONLY.fullmatch(value):
        return True
    return _is_compared_or_named(head, value)


def is_secret(found: str) -> bool:
    head, value, _ = _split(found)
    if not value or value[0] in " :=," or is_token(value) or _TOKENED.search(value):
        return False
    quoted = head[-1:] in "\"'`>"
    if _is_other(head, value, quoted=quoted):
        return False
    names = _LAST_NAME.findall(head) or ["key" if _KEY.search(head) else "password"]
    return len(value) > 3 and value[0] not in "`-" and not is_ordinary(names[-1], value, loose=not quoted)


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    head, value, rest = _split(found)
    token = pseudonyms.secret("SECRET", value)
    return head + (f"&lt;{token[1:-1]}&gt;" if head.endswith(">") and not head.endswith("->") else token) + rest


detector(
    Detector(
        kind="named_value",
        title="Value of a setting whose name says secret",
        pattern=rf"(?i:(?:{_SEARCHED}){_INSIDE}|{_BACKWARDS})".replace("{0,40}", "*"),
        stage=Stage.PAIR,
        hint=HINT,
        gate=(
            rf"(?i:(?:{STRONG}|{WEAK}|{GUESSED})(?:[\"'\\]{{1,4}}[ \t]{{0,3}}[,>\]}}a-z]|[ \t]{{1,4}}[N\"'`\\]|[ \t]?->|[ \t]*(?:[,.]|<-)[ \t]*(?:<<)?[\"']|[ \t]*,[ \t]*val|</key>"
            r"|[\"'\\]{0,4}[ \t]{0,3}[=:]>?[ \t]{0,3}(?:!|N'|<<<|`|[a-z]{1,20}=\"|`|[a-z]{2,20}::))"
            r"|=[ \t]*'[a-z_.-]*(?:pass(?:word|wd|phrase)?|pwd|secret|token|key)'"
            r"|(?:ENV|ARG|setenv)[ \t]|identified[ \t]|set[ \t]+password|type=[\"']password|-SecureString[ \t]"
            rf"|(?:{STRONG}|{WEAK}|{GUESSED})[ \t]*[!=]==?[ \t]*[\"'])"
        ),
        normalise=secret,
        validate=is_secret,
        render=pseudonym,
        secrets=lambda found: (secret(found),),
    )
)
