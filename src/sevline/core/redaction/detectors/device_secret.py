"""Secrets in the settings of routers, firewalls, proxies and daemons, whose words have a blank between them."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import TOKEN
from sevline.core.redaction.secret_names import HINT
from sevline.core.redaction.shield import STAND_IN
from sevline.core.redaction.told import (
    LINE_BEGINS,
    QUOTED_OR_NOT,
    WORD_BEGINS,
    for_search,
    groups,
    is_telling,
    may_be_secret,
    told_secret,
)

#: Nothing but a secret stands there, so any word counts.
_SURE = (
    r"\[[A-Za-z0-9.-]{3,80}\]:[0-9]{2,5}[ \t]+[^\s:]{1,80}:",
    rf"{WORD_BEGINS}[A-Za-z]{{0,4}}[0-9]{{1,6}}[ ](?-i:LOGIN)[ ]+(?:\"[^\"\r\n]{{1,80}}\"|\S{{1,80}})[ \t]+",
    r"(?:^|[>:\]+][ \t]|\\n|^:\S{1,60}[ \t])PASS[ \t]+",
    r"PRIVMSG[ \t]+\S{1,40}[ \t]+:identify[ \t]+(?:\S{1,40}[ \t]+)?",
    r"AT\+CWJAP(?:_[A-Z]{3})?=\"[^\"\r\n]{0,80}\",",
    rf"{WORD_BEGINS}http-proxy-user-pass[ \t]+\S{{1,60}}[ \t]+",
    r"(?:^|[>:\]+][ \t]|\\n)AUTH(?:ENTICATE)?[ \t]+(?:PLAIN|LOGIN|XOAUTH2|OAUTHBEARER|CRAM-MD5|NTLM)[ \t]+",
    r"connect[ \t]+to[ \t]+\S{1,60}[ \t]+user[ \t]+\S{1,60}[ \t]+using[ \t]+",
    r"(?:^|[ \t=])static:[^\s:]{1,60}:",
    r"WIFI:(?:[^\r\n;]{0,80};){0,4}P:",
    r"[a-z]-password(?:-crypted)?[ \t]+password[ \t]+",
    rf"{WORD_BEGINS}rootpw[ \t]+(?:--[a-z]{{1,20}}[ \t]+)?",
    r"[ \t]login=[^\s:]{1,60}:",
    r"\"(?:requirepass|masterauth)\"[ \t]+",
    r"secure_link_secret[ \t]+",
    r"secure_link_md5[ \t]+\"[^\"\r\n]{0,200}[ $]",
    r"insecure-password[ \t]+",
    rf"{WORD_BEGINS}option[ \t]+(?:[a-z0-9_]*(?:password|passwd|secret|token|psk|passphrase)|key[0-9]?|wpakey)[ \t]+",
    r"authCommunity[ \t]+[a-z,]{3,20}[ \t]+",
    r"SQLConnectInfo[ \t]+\S{1,80}[ \t]+\S{1,60}[ \t]+",
    r"client_send[ \t]*=[ \t]*:?[ \t]*[^\s:]{1,80}[ \t]*:[ \t]*",
    r"rename-command[ \t]+\S{1,20}[ \t]+",
    r"\$USER[0-9]{1,3}\$[ \t]*=[ \t]*",
    r"stats[ \t]+auth[ \t]+[^\s:]{1,60}:",
    rf"{WORD_BEGINS}(?:acl[ \t]+set)?user[ \t]+\S{{1,60}}[ \t](?:[^\r\n>]{{0,200}}[ \t])?>",
    r"auth-pass[ \t]+\S{1,60}[ \t]+",
    r"(?:ro|rw|trap)community6?[ \t]+",
    r"(?:trap|trap2|inform)sink[ \t]+\S{1,80}[ \t]+",
    r"com2sec6?[ \t]+(?:-\S+[ \t]+\S+[ \t]+)?\S{1,60}[ \t]+\S{1,60}[ \t]+",
    r"createUser[ \t]+(?:-e[ \t]+\S+[ \t]+)?\S{1,60}[ \t]+(?:MD5|SHA(?:-?[0-9]+)?)[ \t]+",
    r"createUser[ \t]+[^\r\n]{1,200}[ \t](?:AES|DES)(?:-?[0-9]+)?[ \t]+",
    rf"{WORD_BEGINS}snmp(?:-server)?[ \t]+community[ \t]+",
    r"snmp-server[ \t]+host[ \t]+\S{1,60}[ \t]+(?:traps[ \t]+|informs[ \t]+)?version[ \t]+[12]c?[ \t]+",
    r"[ \t](?:auth|priv)[ \t]+(?:md5|sha(?:-?[0-9]{1,3})?|3?des|aes)(?:[ \t-]?(?:128|192|256))?[ \t]+",
    r"(?:authentication|message-digest)-key[ \t]+(?:[0-9]{1,5}[ \t]+(?:md5|sha[0-9]*|cmac-aes-128)[ \t]+)(?:[0-9][ \t]+)?",
    r"authentication-key[ \t]+(?:[0-9][ \t]+(?:[0-9][ \t]+)?)?",
    r"(?:ascii-text|plain-text-password-value|encrypted-password|simple-password|password-encrypted|ppk-secret)[ \t]+",
    rf"{WORD_BEGINS}set[ \t]+(?:password|passwd|psksecret|secret|key|auth-pwd|priv-pwd|passphrase|ldap-password|sso-password|private-key)[ \t]+ENC[ \t]+",
    r"neighbor[ \t]+\S{1,60}[ \t]+password[ \t]+(?:[0-9][ \t]+)?",
    r"(?:chap|pap)[ \t]+(?:sent-username[ \t]+\S{1,60}[ \t]+)?password[ \t]+(?:[0-9][ \t]+)?",
    r"wpa-psk[ \t]+(?:ascii|hex)[ \t]+(?:[0-9][ \t]+)?",
    r":[ \t]+(?:PSK|EAP|XAUTH|NTLM)[ \t]+",
    r"identified[ \t]+by[ \t]+(?:values[ \t]+)?",
    r"QUOTE[ \t]+PASS[ \t]+",
    r"identified[ \t]+by[ \t]+[^\r\n]{1,200}?[ \t]replace[ \t]+",
    r"::add-mask::",
    rf"{WORD_BEGINS}userid=(?:[A-Za-z][A-Za-z0-9_$#]{{0,30}}|{STAND_IN}|{TOKEN})/",
)
#: Other words may stand there too: what looks like a password counts.
_LIKELY = (
    r"(?:password|passwd|secret|key|community|shared-key|authentication)[ \t](?:[^\r\n]{0,60}[ \t])?(?:irreversible-cipher|cipher|simple|plaintext|plain-text|clear-text|cleartext)[ \t]+(?:[0-9][ \t]+)?",
    r"(?:password|passphrase|passcode|passwort|kennwort|pin)[ \t]+(?:for|f(?:ü|ue)r|pour|para)[ \t]+(?:[^\r\n\"]|\"[^\"\r\n,:]{1,60}\"){1,100}?:[ \t]+",
    r"hexadecimal[ \t]+",
    rf"{WORD_BEGINS}(?:password|secret|key|passphrase|key-string)[ \t]+[0-9][ \t]+",
    r"(?:^|[\r\n])[ \t]{1,8}key[ \t]+(?=\S+[ \t]*\r?$)",
    rf"{WORD_BEGINS}set[ \t]+(?:password|passwd|psksecret|secret|auth-pwd|priv-pwd|passphrase|ldap-password|psk)[ \t]+",
    # In a change of a file a sign stands first.
    rf"{LINE_BEGINS}(?:[\w.-]{{0,40}}[_.-])?(?:password|passwd|passphrase|psk|secret|auth-?key)[ \t]+",
    rf"{LINE_BEGINS}(?:[\w.-]{{1,40}}[_.-]|ask)pass[ \t]+",
    rf"{LINE_BEGINS}(?-i:[A-Z][A-Za-z]{{2,40}}(?:Password|Passwd|Passphrase|PassPhrase|Secret|Key))[ \t]+",
    rf"{LINE_BEGINS}(?:http-(?:request|response)[ \t]+|http[ \t]+)?(?:set|add)-header[ \t]+[A-Za-z-]{{0,40}}(?:token|secret|key|auth)[ \t]+",
    r"(?:^|[\r\n])[a-z0-9.-]{1,40}[ \t]+(?:l2tpd|pptpd|\*(?=[ \t]+\"))[ \t]+",
    r"(?:^|[\r\n])\"[^\"\r\n]{1,60}\"[ \t]+(?:\*|l2tpd|pptpd|\"[^\"\r\n]{1,40}\")[ \t]+",
)
_FIRM = late(rf"(?:{'|'.join(_SURE)}){QUOTED_OR_NOT}$", re.IGNORECASE | re.DOTALL | re.MULTILINE)
_LOOSE = late(rf"(?:{'|'.join(_LIKELY)}){QUOTED_OR_NOT}$", re.IGNORECASE | re.DOTALL | re.MULTILINE)
#: `secret "db-credentials" not found` names an object of Kubernetes.
_OF_KUBERNETES, _NAME_OF_OBJECT = late(r"secret[ \t]+[\"']$", re.IGNORECASE), late(r"[a-z]+(?:[.-][a-z]+)*")
_ESCAPED_END = late(r"\\r\\n.*|\\n.*")
_WORDS = frozenset(
    (
        "md5",
        "sha",
        "sha1",
        "sha256",
        "for",
        "authentication",
        "encryption",
        "protected",
        "strength-check",
        "policy",
        "required",
        "ascii",
        "encrypted",
        "hash",
        "key-chain",
        "values",
        "using",
    )
)


def places(found: str) -> list[tuple[int, int]]:
    firm = groups(_FIRM.match(found))
    at = firm or groups(_LOOSE.match(found))
    if not at:
        return []
    start, stop = at[0]
    if found[start - 1] not in "\"'":
        stop = start + len(found[start:stop].rstrip(";,)"))
    if escape := _ESCAPED_END.search(found, start, stop):
        stop = escape.start()
    value = found[start:stop]
    if value.lower() in _WORDS:
        return []
    sure = may_be_secret(value, shortest=3) if firm else _is_likely(found, start, value)
    return [(start, stop)] if sure else []


def _is_likely(found: str, start: int, value: str) -> bool:
    if _OF_KUBERNETES.search(found, 0, start) and _NAME_OF_OBJECT.fullmatch(value):
        return False
    if found[start - 1] in "\"'" and " " in value:
        return may_be_secret(value)
    return is_telling(value)


told_secret(
    "device_secret",
    "Secret in the settings of a device or a daemon",
    rf"(?i:(?m:{for_search('|'.join(_SURE))}|{for_search('|'.join(_LIKELY))}){for_search(QUOTED_OR_NOT)})",
    places,
    hint=HINT,
    gate=(
        r"(?i:\]:[0-9]+[ \t]+[^\s:]+:|connect[ \t]+to[ \t]|static:|[0-9] (?-i:LOGIN) |PASS[ \t]|:identify[ \t]|\+CWJAP|AUTH(?:ENTICATE)?[ \t]|WIFI:|add-mask|userid=|rootpw|login=|\"requirepass|\"masterauth|secure_link_|insecure-password|option[ \t]+[a-z0-9_]+[ \t]|(?:cipher|simple|plaintext|plain-text|clear-text|cleartext)[ \t]|authcommunity|sqlconnect|client_send|rename-c|\$user[0-9]|stats[ \t]+auth|user[ \t][^\r\n]*[ ]>[0-9A-Za-z]|auth-pass[ \t]|community6?[ \t]|sink[ \t]|com2sec|createUser|snmp-server|(?:auth|priv)[ \t]+(?:md5|sha|3?des|aes)"
        r"|(?:authentication|message-digest)-key|ascii-text|hexadecimal[ \t]|-password|password-encrypted|ppk-secret|[ \t]ENC[ \t]|password[ \t]|wpa-psk|[ \t](?:PSK|EAP|XAUTH|NTLM)[ \t]|identified[ \t]+by|quote[ \t]+pass"
        r"|(?:secret|key|key-string|passphrase|passwd|psk|auth-?key|pwd)[ \t]|-header[ \t]|[ \t](?:\*|l2tpd|pptpd)[ \t])"
    ),
)
