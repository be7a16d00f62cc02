"""User names where systems write them without a field: home folders, `DOMAIN\\user`, prompts, directories of a company."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.names import (
    is_common_name_of_person,
    is_full_name,
    is_host_or_thing,
    is_login,
    is_login_of_somebody,
)
from sevline.core.redaction.pseudonym import Pseudonyms

_NAME = r"[A-Za-z][A-Za-z0-9._-]{1,39}"
#: A folder that is called by first and last name.
_FULL = r"[A-ZÀ-Þ][A-Za-zÀ-žƀ-ɏ'.-]{1,29}(?:[ ][A-ZÀ-Þ][A-Za-zÀ-žƀ-ɏ'.-]{0,29}){1,3}"
#: What may stand before a domain. A sign of base64 does not: its lines, when escaped, look like `DOMAIN\\name`.
_BEFORE = r"[\s\"'(\[{,;:=<>|]"
_HEADS = (
    r"/(?:home|Users|export/home|var/home|c/Users)/|arn:aws[a-z-]*:iam::[0-9]{12}:user/",
    r"[A-Za-z]:(?:\\{1,4}|/)(?:Users|Documents and Settings)(?:\\{1,4}|/)",
    r"\\{1,4}(?:home\$?|Users|profiles\$?)\\{1,4}",
    r"cd[ ]~",
    r"[ ](?=[^\s@]+@)",
    rf"{_BEFORE}?(?:[A-Z][A-Z0-9-]{{1,14}}|[Dd]omain|[Cc]orp)\\{{1,2}}",
    r"(?:ssh|scp|sftp|rsync|mosh|ssh-copy-id)[ ](?:-[^\s]+[ ]){0,6}",
    r"\[",
    r"(?:uid|cn|CN|UID|sAMAccountName)=",
    r"(?:[Ll]ast )?[A-Za-z]{3,10}ed by ",
    r"[Ll]ogged in as |[Uu]ser (?:account )?'?|by user |requested by |[Ll]ogin failed for user '?|opened for user |closed for user |sudo: +|su - |chown (?:-[A-Za-z]+ )?",
    r"Account Name:[ \t]+|(?:twitter|instagram|facebook)\.com/(?:in/)?|linkedin\.com/in/",
    r"[-dlbcps][rwxsStT-]{9}[.+@]?[ ]+[0-9]+[ ]+",
)
_SPLIT = late(
    rf"(?P<head>{'|'.join(_HEADS)}|)(?P<name>[^\W\d_][^\\/@\s,:;'\"\])]*(?:[ ][^\W\d_][^\\/@\s,:;'\"\]]*){{0,4}})(?P<rest>.*)$",
    re.DOTALL,
)
_IN_FOLDER = late(rf"[A-Za-z]:(?:\\{{1,4}}|/)(?:Users|Documents and Settings)(?:\\{{1,4}}|/){_FULL}[\\/]$")
_OF_LOG = frozenset(
    (
        "ERROR",
        "WARN",
        "WARNING",
        "INFO",
        "DEBUG",
        "TRACE",
        "FATAL",
        "OK",
        "GET",
        "POST",
        "PUT",
        "HTTP",
        "HKLM",
        "HKCU",
        "HKCR",
        "HKU",
        "HKEY",
        "NT",
        "BUILTIN",
        "SOFTWARE",
        "SYSTEM",
    )
)
#: Units of a directory that hold no people, and the organisation that signs a certificate.
_OF_THINGS = late(
    r",[ ]?(?:O=|OU=(?:services?|service accounts|groups?|roles?|hosts?|computers|servers|machines|devices|systems|applications|monitoring|domain controllers)(?:[^a-z]|$))",
    re.IGNORECASE,
)
#: What follows a backslash in code and in logs that escape: `\x05`, `\u00e9`, `\nNext`.
_ESCAPE = late(r"x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[ntrbfv](?:[A-Z]|$)")
#: What something was done by when nobody did it, or who did it in a word.
_NO_DOERS = frozenset(
    ("default", "hand", "accident", "mistake", "design", "error", "name", "date", "time", "type", "status", "size", "value", "order", "priority", "id", "key", "someone", "somebody", "anyone", "others", "another", "customer",
     "customers", "user", "users", "admins", "hackers", "timeout", "signal", "kernel", "peer", "remote", "parent", "caller", "proxy", "firewall", "policy", "rule", "rules", "config", "configuration", "script", "filter", "comma", "commas",
     "space", "spaces", "which", "that", "this", "these", "those", "them", "itself", "region", "tenant", "country", "department", "category", "group", "month", "week", "year", "half", "factor", "percent",
     "vendor", "upstream", "downstream", "client", "clients", "server", "servers", "host", "hosts", "process", "thread", "threads", "handler", "browser", "browsers", "compiler", "linter", "tests", "review", "reviewers", "maintainers",
     "developers", "management", "then", "today", "tomorrow", "noon", "midnight", "phone", "email", "mail", "post", "letter", "chat", "sort", "hash", "index", "version", "release", "mutex", "lock", "quota", "limit",
     "main", "kubeadm", "kubelet", "bors", "renovate", "dependabot", "terraform", "ansible", "cgroup", "runtime", "container", "systemd", "init", "dpkg", "udev", "dbus", "selinux", "apparmor", "cloudflare", "google", "microsoft", "amazon", "azure", "openssl", "clang", "antivirus", "scanner")
)  # fmt: skip
#: Who did something, before the time or at the end of what is told.
_DONE_BY = (
    r"(?-u:\b)(?:[Mm]odifi|[Cc]hang|[Uu]pdat|[Cc]reat|[Ee]dit|[Dd]elet|[Aa]pprov|[Ss]ubmitt|[Oo]pen|[Cc]los|[Rr]eopen|[Rr]esolv|[Aa]ssign|[Rr]eassign|[Aa]cknowledg|[Ee]scalat|[Rr]eview|[Cc]ommitt|[Mm]erg|[Pp]ush|[Dd]eploy|[Uu]pload"
    r"|[Rr]eport|[Ee]nter|[Ll]ock|[Uu]nlock|[Rr]estart|[Cc]ancell?|[Ss]ign|[Aa]dd|[Rr]emov|[Rr]evok|[Gg]rant|[Ii]nvit|[Rr]estor|[Dd]isabl|[Ee]nabl|[Cc]omment|[Pp]ost|[Pp]ublish|[Ss]ilenc|[Tt]rigger|[Ss]tart|[Ss]topp|[Ll]aunch)ed by "
)
_DOMAIN = late(r"([A-Za-z0-9-]+)(\\+)")
_NOUNS = frozenset(("control", "took", "got", "had", "gets", "asked", "asks", "tried", "needs")) | frozenset(
    ("not", "logged", "signed", "session", "agent", "agents", "account", "accounts", "input", "data", "id", "ids", "name", "names", "interface", "group", "role", "does", "has", "is", "was",
     "can", "with", "without", "and", "or", "must", "should", "will", "may", "cannot", "could", "to", "from", "in", "on", "at", "for", "of", "by", "the", "this", "that", "who", "info", "profile", "settings",
     "created", "deleted", "updated", "disabled", "enabled", "locked", "unknown", "experience", "research", "access", "rights", "permissions", "error", "errors", "request", "requests", "management", "guide",
     "manual", "story", "stories", "interaction", "feedback", "space", "mode", "defined", "specified", "provided", "named", "count", "table", "list", "model", "object", "records", "service", "directory", "credentials",
     "authentication", "authorization", "registration", "preferences", "home", "token", "tokens", "password", "passwords", "login", "logins", "logout", "activity", "events", "event", "roles", "groups", "a", "an", "any", "all", "each")
)  # fmt: skip


def _parts(found: str) -> tuple[str, str, str]:
    parts = _SPLIT.match(found)
    if parts is None:
        return found, "", ""
    first, blank, others = parts["name"].partition(" ")
    if "=" in parts["head"] or not blank or _IN_FOLDER.match(found):
        bare = parts["name"].rstrip(".")
        return parts["head"], bare, parts["name"][len(bare) :] + parts["rest"]
    return parts["head"], first, blank + others + parts["rest"]


def name(found: str) -> str:
    return _parts(found)[1].lower()


def _is_no_domain(head: str, text: str, rest: str) -> bool:
    """Whether a word and a backslash before the name are a level of a log, a path or an escaped character."""
    domain = _DOMAIN.fullmatch(head, 0 if head[:1].isalnum() else 1)
    if domain is None:
        return False
    escaped = len(domain[2]) == 1 and _ESCAPE.match(text) is not None
    return domain[1] in _OF_LOG or escaped or rest.startswith("\\") or "." in text[-4:]


def _is_of_thing(text: str, rest: str) -> bool:
    return is_host_or_thing(text) or _OF_THINGS.match(rest) is not None


def _is_of_users(head: str, text: str, rest: str) -> bool:
    """Whether “user” is followed by another noun, or by nothing that a user does."""
    return head[:4] in ("User", "user") and (text[:1].isupper() or not rest.strip())


def is_person(found: str) -> bool:
    head, text, rest = _parts(found)
    if head.endswith("ed by ") and head.lower() != "requested by ":
        return is_login_of_somebody(text) and text.lower() not in _NO_DOERS
    if _is_no_domain(head, text, rest) or _is_of_users(head, text, rest):
        return False
    if "=" in head and " " in text:
        return is_common_name_of_person(text)
    if _IN_FOLDER.match(found):
        return is_full_name(text)
    return not _is_common_name_of_thing(head, text, rest) and _is_login(text)


def _is_common_name_of_thing(head: str, text: str, rest: str) -> bool:
    return head.lower() == "cn=" and _is_of_thing(text, rest)


def _is_login(text: str) -> bool:
    return " " not in text and text.lower() not in _NOUNS and is_login(text)


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    head, text, rest = _parts(found)
    return head + pseudonyms.token("PERSON", text.lower(), kind="term person") + rest


def people(found: str) -> tuple[str, ...]:
    """Whose a home folder is."""
    head, text, _ = _parts(found)
    return (text,) if head.rstrip("\\/").endswith(("home", "Users", "Settings")) else ()


_LDAP = r"[A-Za-zÀ-žƀ-ɏ][A-Za-zÀ-žƀ-ɏ0-9.'’ -]{1,60},[ ]?(?:OU|ou|DC|dc|O|o)=[A-Za-z ]{0,24}"
detector(
    Detector(
        kind="account_name",
        title="User name in a path, a prompt or a directory",
        pattern=(
            rf"/(?:home|Users)/{_NAME}|arn:aws[a-z-]*:iam::[0-9]{{12}}:user/{_NAME}|[A-Za-z]:(?:\\{{1,4}}|/)(?:Users|Documents and Settings)(?:\\{{1,4}}|/)(?:{_FULL}[\\/]|{_NAME})|\\{{1,4}}(?:home\$?|Users|profiles\$?)\\{{1,4}}{_NAME}"
            rf"|cd[ ]~{_NAME}|(?:^|{_BEFORE})(?:[A-Z][A-Z0-9-]{{1,14}}|[Dd]omain|[Cc]orp)\\{{1,2}}{_NAME}|(?:ssh|scp|sftp|rsync|mosh)[ ](?:-[^\s]+[ ]){{0,6}}{_NAME}@[A-Za-z0-9]"
            rf"|\[{_NAME}@[A-Za-z0-9-]+[ ]|(?:^|[ ]){_NAME}@[A-Za-z0-9-]+:[~/]|(?:uid|cn|CN|UID)={_LDAP}|sAMAccountName[:=][ ]?{_NAME}"
            rf"|{BEGIN}(?:[Ll]ogged in as |by user |requested by |(?:opened|closed) for user |sudo: +|su - |chown (?:-[A-Za-z]+ )?){_NAME}"
            rf"|{_DONE_BY}{_NAME}(?:[ ](?:on|at|from|via)[ ]|[,;)\]]|[.]?\r?$)"
            rf"|{BEGIN}[Uu]ser (?:account )?'?{_NAME}'? (?:not|does|logged|signed|authenticated|connected|disconnected|locked|from|failed|created|deleted|updated|has|was|is)"
            rf"|Account Name:[ \t]+{_NAME}|(?:twitter|instagram|facebook)\.com/{_NAME}|linkedin\.com/in/{_NAME}|[-dlbcps][rwxsStT-]{{9}}[.+@]?[ ]+[0-9]+[ ]+{_NAME}"
        ),
        stage=Stage.PERSONAL,
        gate=(
            r"/(?:home|Users)/[A-Za-z]|:user/[A-Za-z]|[\\/](?:Users|Documents and Settings|home\$?|profiles\$?)[\\/]|cd ~[a-z]|(?-u:\b)(?:[A-Z][A-Z0-9-]{1,14}|[Dd]omain|[Cc]orp)\\{1,2}[A-Za-z]|(?:ssh|scp|sftp|rsync|mosh) [^\r\n]{0,80}@"
            r"|\[[A-Za-z][A-Za-z0-9._-]*@|[A-Za-z0-9]@[A-Za-z0-9-]+:[~/]|(?:uid|cn|CN|UID)=[A-Za-zÀ-žƀ-ɏ]|sAMAccountName|[Ll]ogged in as |by user |requested by |ed for user |sudo: |su - |chown |[Uu]ser '?[a-z]"
            r"|ed by [a-z]|Account Name:|\.com/[A-Za-z]|[rwx-]{9}[.+@]? +[0-9]+ +[a-z]"
        ),
        normalise=name,
        validate=is_person,
        render=pseudonym,
        people=people,
        in_clear=True,
    )
)
