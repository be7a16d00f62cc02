"""Secrets on command lines by what stands beside them, whatever the tool: `-u NAME -p …`, `secret set … --value …`."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.holders import is_chosen
from sevline.core.redaction.late import late
from sevline.core.redaction.secret_names import looks_random
from sevline.core.redaction.told import for_search, groups, is_telling, may_be_secret, told_secret

_TEXT = (
    r"(?:\"(?P<value1>[^\"\r\n]{3,200})\"|'(?P<value2>[^'\r\n]{3,200})'|(?P<value3>[^\s\"'|;<>&][^\s\"'|;<>]{2,200}))"
)
_WORD = r"(?:\"[^\"\r\n]*\"|'[^'\r\n]*'|[^\s\"'|;-][^\s|;]*)"
#: A user in an option of one letter or of a word, other options, and in one that begins with a p the password.
_BESIDE_USER = rf"[ \t][-/](?:u|user|username|login|usr)(?:[ \t]+|[:=]){_WORD}[ \t]+(?:[-/][A-Za-z0-9-]+(?:(?:[ \t]+|[:=]){_WORD})?[ \t]+){{0,4}}[-/](?:p|pw|pwd|pass|w)(?:[ \t]+|[:=])"
_OF_STORE = r"(?:secrets?|passw(?:or)?d|securestring|put-parameter|vault|credential|token)[ \t=/a-z][^\r\n|;]*[ \t]--(?:value|plaintext|body|secret-value|string-value|secret-string|data|content|literal)(?:[ \t]+|=)"
#: Any word but a number or a path.
_SURE = (
    _BESIDE_USER,
    r"config[ \t]+set[ \t]+--secret[ \t]+\S+[ \t]+",
    r"iwconfig[ \t]+\S+[ \t]+key[ \t]+(?:s:)?",
    r"radtest[ \t]+(?:-\S+[ \t]+\S+[ \t]+)*\S+[ \t]+",
    r"radtest[ \t]+(?:-\S+[ \t]+\S+[ \t]+)*\S+[ \t]+\S+[ \t]+\S+[ \t]+[0-9]+[ \t]+",
    r"\.logon[ \t]+[^\s,/]+/[^\s,/]+,",
    r"(?:cryptsetup|luks[a-z]*|secrets?|gpg2?|smbpasswd|mount\.[a-z]+)[ \t][^\r\n|;<]{0,160}<<<[ \t]*",
)
#: What looks like a password.
_LIKELY = (
    _OF_STORE,
    r"[ \t]user(?:s|-?add)?[ \t]+(?:create|add|new|set-?password)[ \t]+[A-Za-z0-9_.@-]{1,40}[ \t]+",
    r"[ \t]-(?:pwd|pw|passwd)[ \t:=]+",
)
#: What chance made.
_RANDOM = (
    r"[a-z][ \t]+(?:login|auth|authtoken|set-token|use-token|activate|register)[ \t]+",
    r"[ \t](?:-k|--key|-t|-T|--auth|--license|--authkey|--apikey)(?:[ \t]+|=)",
)
_FORMS = tuple(
    (late(rf"(?:{'|'.join(forms)}){_TEXT}$"), judge)
    for forms, judge in (
        (_SURE, lambda value: is_telling(value, shortest=4) or is_chosen(value)),
        (_LIKELY, is_chosen),
        (_RANDOM, looks_random),
    )
)
_PATH = late(r"[./~].*/.*|[\w.-]+/[\w./-]+")


def places(found: str) -> list[tuple[int, int]]:
    for form, judge in _FORMS:
        if at := groups(form.match(found)):
            value = found[slice(*at[0])]
            return at if judge(value) and _PATH.fullmatch(value) is None else []
    return []


told_secret(
    "told_option",
    "Secret on a command line, told by what stands beside it",
    rf"(?:{for_search('|'.join((*_SURE, *_LIKELY, *_RANDOM)))}){for_search(_TEXT)}",
    places,
    gate=(
        r"[ \t][-/](?:u|user|username|login|usr)[ \t:=][^\r\n]*[-/](?:p|pw|pwd|pass|w)[ \t:=]|[ \t]--(?:value|plaintext|body|secret-value|string-value|secret-string|data|content|literal)[ \t=]"
        r"|set[ \t]+--secret|iwconfig[ \t]|radtest[ \t]|\.logon[ \t]|<<<|[ \t]user(?:s|-?add)?[ \t]+(?:create|add|new|set)|[ \t]-(?:pwd|pw|passwd)[ \t:=]|[ \t](?:login|auth|authtoken|set-token|use-token|activate|register)[ \t]+[0-9A-Za-z_-]{16}"
        r"|[ \t](?:-k|--key|-t|-T|--auth|--license|--authkey|--apikey)[ \t=]+[0-9A-Za-z_-]{16}"
    ),
)

_PUT = late(r"(?<=\s)(?P<name>[\w.-]+)=(?:\"(?P<value1>[^\"\r\n]+)\"|'(?P<value2>[^'\r\n]+)'|(?P<value3>[^\s\"'@]\S*))")
_PLAIN = late(
    r"(?:.*[_.-])?(?:user(?:name)?|host(?:name)?|port|url|region|name|db|database|email|env|endpoint|bucket|type|level|ttl|version)",
    re.IGNORECASE,
)


def put(found: str) -> list[tuple[int, int]]:
    """Of what is put into a vault every value whose name is not that of something else."""
    spans: list[tuple[int, int]] = []
    for pair in _PUT.finditer(found):
        start, stop = groups(pair)[0]
        if not _PLAIN.fullmatch(pair["name"]) and may_be_secret(found[start:stop], shortest=3):
            spans.append((start, stop))
    return spans


told_secret(
    "vault_put",
    "Value that is put into a vault on the command line",
    r"(?:kv[ \t]+(?:put|patch)|cubbyhole|secrets?[ \t]+(?:set|import))[ \t]+(?:-\S+[ \t]+)*[^\s=]+(?:[ \t]+[A-Za-z0-9_.-]+=(?:\"[^\"\r\n]+\"|'[^'\r\n]+'|[^\s\"']+))+",
    put,
    keywords=("kv put", "kv patch", "secrets set", "secret set", "secrets import"),
)
