"""Passwords where tools of the command line take them: in options of one letter, glued to them, or at a fixed place."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import TOKEN
from sevline.core.redaction.shield import STAND_IN
from sevline.core.redaction.told import QUOTED_OR_NOT, for_search, groups, is_telling, may_be_secret, told_secret

_TO = r"(?:\.exe)?[ \t](?:[^\r\n|;]{0,300}?[ \t])?"
#: Tools that take nothing but a password there: any word counts.
_SURE = (
    rf"(?:openssl){_TO}-[kK][ \t]+",
    rf"(?:ssh-keygen){_TO}-[NP][ \t]*",
    rf"(?:7z[ar]?|7zz|rar|unrar){_TO}-h?p",
    rf"(?:zip|unzip|zipcloak){_TO}-P[ \t]*",
    rf"(?:ipmitool|mosquitto_(?:pub|sub|rr)|isql|bcp|sqlcmd|osql|tsql|fisql){_TO}-P[ \t]*",
    rf"(?:snmp[a-z]+){_TO}(?-i:-[cAX])[ \t]+",
    rf"(?:psexec|winexe|plink|pscp|psexec|winexe|plink|pscp|rdesktop|ncftp[a-z]*|mongo[a-z]*|evil-winrm|crackmapexec|netexec|nxc|influx|cqlsh|arangosh|neo4j-admin|cypher-shell|clickhouse-client|beeline){_TO}-p[ \t]+",
    rf"(?:ldap[a-z]+){_TO}-w[ \t]*",
    rf"(?:ldappasswd){_TO}-[as][ \t]+",
    rf"(?:xfreerdp|wfreerdp|wmic|mstsc|cmdkey){_TO}/(?:p|pass|password):",
    rf"(?:schtasks|signtool){_TO}/r?p[ \t]+",
    r"(?:^|[ \t])mcl?i?[ \t]+(?:alias|config[ \t]+host)[ \t]+(?:set|add)[ \t]+\S{1,60}[ \t]+\S{1,200}[ \t]+\S{1,80}[ \t]+",
    rf"reg{_TO}/v[ \t]+\S{{0,40}}(?:pw|pwd|pass|password|secret|token|key)[ \t]+(?:[^\r\n|;]{{0,80}}?[ \t])?/d[ \t]+",
    r"(?:gh|glab)[ \t]+(?:secret|variable)[ \t]+set[ \t](?:[^\r\n|;]{0,80}?[ \t])?(?:-b|--body|-v|--value)[ \t=]+",
    r"(?:^|[ \t\"'])-setcookie[ \t]+",
    rf"(?:lftp{_TO}|(?:^|[\"'])open[ \t]+)-u[ \t]+[^\s,]{{1,60}},",
    rf"(?:https?|httpie|xh){_TO}(?:-a|--auth)[ \t=]+[^\s:]{{1,60}}:",
    r"net[ \t]+user[ \t]+[^\s/]{1,60}[ \t]+",
    r"net[ \t]+use[ \t]+[^\r\n]{2,300}?[ \t]/u(?:ser)?:[^\s]{1,80}[ \t]+",
    r"net[ \t]+use[ \t]+(?:[A-Za-z]:[ \t]+|\*[ \t]+)?\\\\[^\s]{2,200}[ \t]+",
    r"wpa_passphrase[ \t]+\S{1,40}[ \t]+",
    r"nmcli[ \t][^\r\n]{0,200}?[ \t](?:password|psk)[ \t]+",
    r"(?:passwd|kinit|chpasswd|docker[ \t]+login|--stdin|--password-stdin)[^\r\n|;<]{0,80}<<<[ \t]*",
    rf"(?:impdp|expdp|sqlldr|rman|imp|exp)[ \t]+(?:userid=|target[ \t]+)?(?:[A-Za-z][A-Za-z0-9_$#]{{0,30}}|{STAND_IN}|{TOKEN})/",
    r"sqlplus[ \t]+(?:-\S+[ \t]+){0,4}[A-Za-z][A-Za-z0-9_$#]{0,30}/",
    r"(?:impacket-[a-z]+|(?:psexec|wmiexec|smbexec|secretsdump|atexec|dcomexec|getTGT)(?:\.py)?)[ \t][^\r\n|;]{0,200}?[\w.-]{1,40}:",
    r"echo[ \t]+(?:-e[ \t]+)?[\"']?[A-Za-z_][A-Za-z0-9_.-]{0,31}:(?P<value4>[^\s\"'|:]{3,200})[\"']?[ \t]*\|[ \t]*(?:sudo[ \t]+)?chpasswd(?P<none>)",
)
_ONE_WORD = r"composer[ \t]+config[ \t][^\r\n]{0,80}?(?:http-basic)\.[^\s]{1,80}[ \t]+\S{1,60}[ \t]+"
#: Long options with one hyphen, and settings made on the command line: a word that looks like a password counts.
_LIKELY = (
    r"[ \t]-(?:[A-Za-z]{0,12}(?:password|passwd|passphrase|token|secret)|(?:dest|src|store|key|trust)[a-z]{0,12}pass|rp)[ \t]+(?:pass:)?",
    r"[ \t]-pass(?:in|out)?[ \t]+(?:pass:)?",
    r"(?:aws[ \t]+configure|git[ \t]+config|npm[ \t]+config|pip[ \t]+config|gcloud[ \t]+config|heroku[ \t]+config:|poetry[ \t]+config|config)[ \t]+(?:set[ \t]+)?(?:--?[a-z-]{1,20}[ \t]+)*[A-Za-z0-9_.:/-]{0,60}(?:password|passwd|secret|token|key|_auth)[ \t]+",
    r"(?:^|[ \t])set[ \t]+-[gUx]{1,3}[ \t]+[A-Za-z0-9_]{0,40}(?:PASS(?:WORD|WD)?|SECRET|TOKEN|KEY|PWD)[ \t]+",
    r"send(?:_user)?[ \t]+(?:--[ \t]+)?(?=[\"'])",
)
_HEADS = "|".join((_ONE_WORD, *(head for head in _SURE if "chpasswd(?P" not in head)))
_CHPASSWD = _SURE[-1].removesuffix("(?P<none>)")
_FIRM = late(rf"(?:{_HEADS}){QUOTED_OR_NOT}$|{_CHPASSWD}$", re.IGNORECASE | re.DOTALL)
_LOOSE = late(rf"(?:{'|'.join(_LIKELY)}){QUOTED_OR_NOT}$", re.IGNORECASE | re.DOTALL)
_NO_VALUE = late(r"/[a-z]+(?::.*)?|\\\\.*", re.IGNORECASE)
#: The password right behind a share, before what else is said of it.
_SHARED = late(r"net\s+use\s+(?:[a-z]:\s+|\*\s+)?\\\\\S+\s+(?P<value>[^\s/]\S*)\s+/u", re.IGNORECASE)
_AT = late(r"(?<=.)@[\w.-]+(?::\d+)?(?:/\w+)?['\"]?$")


def places(found: str) -> list[tuple[int, int]]:
    firm = groups(_FIRM.match(found))
    at = firm or groups(_LOOSE.match(found))
    if not at:
        return []
    if shared := groups(_SHARED.match(found)):
        at = shared
    start, stop = at[0]
    value = found[start:stop]
    if value.endswith(("\\r", "\\n")):
        stop, value = stop - 2, value[:-2]
    elif host := _AT.search(value):
        stop, value = start + host.start(), value[: host.start()]
    if _NO_VALUE.fullmatch(value):
        return []
    if not firm:
        return [(start, stop)] if is_telling(value) else []
    return [(start, stop)] if may_be_secret(value, shortest=3) and not value.startswith("$") else []


told_secret(
    "tool_option",
    "Password in an option of a tool",
    rf"(?i:(?m:{for_search(_HEADS)}|{for_search('|'.join(_LIKELY))}){for_search(QUOTED_OR_NOT)}|{for_search(_CHPASSWD)})",
    places,
    gate=(
        r"(?i:(?:openssl|ssh-keygen|(?-i:7z[arz]?)|rar|zip|ipmitool|mosquitto_[a-z]+|isql|bcp|sqlcmd|osql|tsql|snmp[a-z]+|psexec|winexe|plink|pscp|rdesktop|ncftp[a-z]*|mongo[a-z]*|winrm|mapexec|netexec|nxc|influx|cqlsh"
        r"|arangosh|shell|client|ldap[a-z]+|lftp|https?|httpie)(?:\.exe)?[ \t][^\r\n]*-[A-Za-z]|/(?:r?p|pass|password)[: ]|net[ \t]+use|[ \t]/d[ \t]|beeline[ \t]|mcl?i?[ \t]+(?:alias|config)[ \t]|(?:gh|glab)[ \t]+(?:secret|variable)[ \t]|-setcookie[ \t]|wpa_pass|nmcli|composer|open[ \t]+-u[ \t]|<<<|(?:impdp|expdp|sqlldr|rman|imp|exp|sqlplus)[ \t]"
        r"|impacket-|exec(?:\.py)?[ \t]|chpasswd|[ \t]-[a-z]*(?:password|passwd|passphrase|token|secret|pass|passin|passout|rp)[ \t]|config(?:ure|:)?[ \t]|set[ \t]+-|send[ \t])"
    ),
)

_LITERAL = late(r"--from-literal=[\"']?(?P<name>[\w.-]+)=[\"']?(?P<value>[^\s\"']+)")
_PLAIN = late(
    r"(?:.*[_.-])?(?:user(?:name)?|host(?:name)?|port|url|region|name|db|database|email|env|endpoint|bucket|type|level)",
    re.IGNORECASE,
)


def literals(found: str) -> list[tuple[int, int]]:
    """Of a Secret that is made on the command line every value whose name is not that of something else."""
    return [
        pair.span("value")
        for pair in _LITERAL.finditer(found)
        if not _PLAIN.fullmatch(pair["name"]) and may_be_secret(pair["value"], shortest=3)
    ]


told_secret(
    "kubernetes_literal",
    "Value of a Kubernetes Secret on the command line",
    r"create[ \t]+secret[ \t][^\r\n]*--from-literal=[^\r\n]*",
    literals,
    any_case=True,
    keywords=("--from-literal=",),
)
