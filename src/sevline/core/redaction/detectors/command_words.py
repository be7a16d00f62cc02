"""Passwords at the places where commands, protocols and network devices take them without a name."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms, is_token
from sevline.core.redaction.told import WORD_BEGINS

_Q = r"\\{0,3}[\"']?"
#: What stands before the password.
_HEADS = (
    r"ldap[a-z]+[ \t][^\r\n|;]{0,200}?[ \t]-w[ \t]+",
    (
        r"(?:psexec|winexe|wmic|docker|podman|helm|az|twine|sshpass|nuget|gcloud|skopeo|buildah|crane|oc|mongo(?:sh|dump|export)?|cqlsh|tsql|isql|bcp"
        r"|sqlcmd|osql|influx|snowsql|openstack)(?:\.exe)?[ \t][^\r\n|;]{0,200}?[ \t](?:-password|-p|-P|/p:)[ \t]*=?[ \t]*"
    ),
    r"(?:docker|podman|nerdctl|helm|az|oc|skopeo|buildah|crane|oras|cf|bx|ibmcloud|argocd|rancher|twine|heroku|snyk|doctl)(?:[ \t]+(?:registry|acr|cli))?[ \t]+(?:login|upload|auth)[ \t][^\r\n|;]{0,200}?[ \t]--?p(?:assword)?[ \t=]+",
    r"smbclient[ \t][^\r\n|;]{0,200}?-U[ \t]*[^\s%]{1,60}%",
    r"[ \t]-(?:storepass|keypass|srcstorepass|deststorepass|passin|passout|password|pw)[ \t]+(?:pass:)?",
    r"(?:snyk|codeclimate|datadog-ci|infracost|pulumi|fly|flyctl|supabase|vercel|netlify|railway|wrangler|doppler|ngrok)[ \t]+(?:auth|login|authtoken|config add-authtoken)[ \t]+(?:--token[ \t=]+)?",
    r"(?:vsce|ovsx)[ \t](?:[^\r\n|;]{0,200}?[ \t])?-p[ \t=]+",
    r"(?:codecov|coveralls|sentry-cli|firebase|vsce|ovsx|npx codecov|bash-uploader|codecov\.sh)[ \t](?:[^\r\n|;]{0,200}?[ \t])?(?:-t|--token|--auth-token)[ \t=]+",
    r"vault[ \t]+login[ \t]+(?:-[^\s]+[ \t]+)*(?:token=)?",
    r"htpasswd[ \t]+-[a-zA-Z]*b[a-zA-Z]*[ \t]+\S+[ \t]+\S+[ \t]+",
    r"rclone[ \t]+obscure[ \t]+",
    r"rabbitmqctl[ \t]+(?:change_password|add_user)[ \t]+\S+[ \t]+",
    r"--with-token[ \t]+<<<[ \t]*",
    r"/:_(?:authToken|password|auth)[ \t]+",
    rf"{WORD_BEGINS}(?:requirepass|masterauth)[ \t]+",
    r"\"AUTH\"[ \t]+(?:\"[^\"\r\n]{1,40}\"[ \t]+)?",
    r"redis-cli[ \t][^\r\n|;]{0,200}?-a[ \t]+",
    r"isakmp[ \t]+key[ \t]+(?:[0-9][ \t]+)?",
    r"[ \t](?:-p|--pass(?:word)?(?:-file|-command)?)(?:[ \t]+|=)<\((?:echo|printf)[ \t]+(?:-n[ \t]+)?",
    r"HELLO[ \t]+[23][ \t]+AUTH[ \t]+\S+[ \t]+",
    r"(?:^|(?:>|[ ][FP])[ \t]|[\"'+-]|\\n)AUTH[ \t]+(?:[A-Za-z0-9_.@-]{1,40}[ \t]+)?",
    r"(?:^|[>:\]][ \t])PASS[ \t]+",
    r"snmp-server[ \t]+community[ \t]+",
    r"(?:enable|username[ \t]+\S+(?:[ \t]+privilege[ \t]+[0-9]+)?)[ \t]+(?:secret|password)[ \t]+(?:[0-9][ \t]+)?",
    rf"{WORD_BEGINS}(?:pre-shared-key|preshared-key|(?:radius|tacacs)(?:-server)?[ \t]+(?:\S+[ \t]+){{0,3}}key|wpa-psk|key-string)[ \t]+(?:[0-9][ \t]+)?",
    rf"{WORD_BEGINS}(?:bind_?pw|rootpw|auth_token)[ \t]+",
    r"(?:^|[ \t]|\\n)(?:secret|secret-access-key|access-key|api-key|psk|passwd)[ \t]+",
)
_HEAD = "|".join(_HEADS)
#: The same for the search, without counts.
_SEARCHED = re.sub(r"\{(?:0,200|2,200|1,60|1,40)\}", "*", _HEAD)
_ECHO = r"(?:echo|printf)[ \t]+(?:-[a-z]+[ \t]+)?[\"']?[^\s\"'|;$`]{6,200}[\"']?[ \t]*\|[ \t]*(?:sudo[ \t]+-S|[^\r\n|;]{0,80}(?:--password-stdin|--stdin|--with-token|[ \t]secrets?[ \t]|cryptsetup|kinit|smbpasswd|pass[ \t]+insert|vault[ \t]|gpg2?[ \t]))"
_SPLIT = late(rf"(?P<head>(?:{_HEAD}){_Q})(?P<value>[^\s\"']+)$", re.IGNORECASE | re.DOTALL | re.MULTILINE)
_PIPED = late(
    r"(?P<head>(?:echo|printf)\s+(?:-[a-z]+\s+)?[\"']?)(?P<value>[^\s\"'|]+)(?P<rest>.*)$", re.IGNORECASE | re.DOTALL
)
_SURE = late(
    r"(?:login|upload|auth)[ \t].*--?p|ldap|smbclient|storepass|keypass|pass:|htpasswd|obscure|rabbitmq|requirepass|masterauth|snmp|enable|username|isakmp|redis-cli|\"AUTH\"|radius|tacacs|-key|psexec|<<<",
    re.IGNORECASE,
)
_OPTION = late(r"[-/$<{(%*\[]|[a-z_]+=|(?:ascii-text|hexadecimal|ascii|md5|sha\d*)$")
#: The end of a line in a text within a text.
_ESCAPED_END = late(r"(?:\\r)?\\n.*$|\\$", re.DOTALL)
_PORTS = late(r"[0-9.:]+(?:/(?:tcp|udp))?")
#: An object of Kubernetes as its messages name it, `in Secret shop/db-creds`: the word is the kind, and both parts are
#: names of DNS (RFC 1123), which are in lower case.
_OBJECT = late(r"\s?Secret[ \t][a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?/[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?[.,;:]?")


def _split(found: str) -> tuple[str, str, str]:
    """What stays before the password, the password, what stays after it."""
    if parts := _PIPED.match(found):
        return parts["head"], parts["value"], parts["rest"]
    if parts := _SPLIT.match(found):
        if end := _ESCAPED_END.search(parts["value"]):
            return parts["head"], parts["value"][: end.start()], end.group()
        closing = ")" if "<(" in parts["head"] and parts["value"].endswith(")") else ""
        return parts["head"], parts["value"].removesuffix(closing), closing
    return found, "", ""


def secret(found: str) -> str:
    return _split(found)[1]


def is_secret(found: str) -> bool:
    """After a command that takes nothing else there any word; elsewhere one with a digit or a symbol in it."""
    head, value, _ = _split(found)
    if len(value) < 4 or is_token(value) or _OPTION.match(value) or _PORTS.fullmatch(value):
        return False
    if _OBJECT.fullmatch(found):
        return False
    if value.isupper() and value.isalpha():
        return False
    telling = any(map(str.isdigit, value)) or not value.replace("-", "").replace("_", "").isalnum()
    if _SURE.search(head) is not None:
        return value.lower() not in (
            "none",
            "null",
            "true",
            "false",
            "required",
            "password",
            "secret",
            "public",
            "private",
        )
    return telling and len(value) >= 6 and value.rstrip(".,;:!?").isalpha() is False


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    head, value, rest = _split(found)
    return head + pseudonyms.secret("SECRET", value) + rest


detector(
    Detector(
        kind="command_words",
        title="Password where a command or a device takes it",
        pattern=rf"(?i:(?m:{_ECHO}|(?:{_SEARCHED}){_Q}[^\s\"']+))",
        stage=Stage.PAIR,
        rare=True,
        gate=(
            r"(?i:ldap[a-z]+[ \t]|[ \t](?:auth|login|authtoken)[ \t]+[0-9a-z-]|(?:codecov|coveralls|sentry-cli|firebase|vsce|ovsx|uploader)\S*[ \t]|[ \t](?:-p|/p:|-password|-w|-pw)[ \t=]|-U[ \t]*\S+%|-(?:store|key)pass|-pass(?:in|out)|vault[ \t]+login"
            r"|htpasswd|obscure|rabbitmqctl|<<<|/:_|requirepass|masterauth|AUTH[ \t]|\"AUTH\"|redis-cli|isakmp|PASS[ \t]|snmp-server|<\((?:echo|printf)[ \t]|(?:secret|password)[ \t]+[0-9]"
            r"|username[ \t]|pre-?shared-key|radius|tacacs|wpa-psk|key-string|bind_?pw|rootpw|auth_token[ \t]|secret[ \t]|access-key[ \t]|api-key[ \t]"
            r"|psk[ \t]|passwd[ \t]|password-stdin|--stdin|sudo[ \t]+-S|(?:echo|printf)[ \t][^\r\n]*\|[^\r\n]*(?:secret|cryptsetup|kinit|smbpasswd|insert|vault|gpg))"
        ),
        normalise=secret,
        validate=is_secret,
        render=pseudonym,
        in_clear=True,
        secrets=lambda found: (secret(found),),
    )
)
