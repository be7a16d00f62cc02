"""Fields that name a person, and what stands in them without being a person."""

import re
from enum import Enum, auto
from functools import lru_cache

_SAYS_IT = (
    r"(?:first|last|full|given|family|middle|display|maiden|nick|real|legal|user|login|account|customer|contact|employee"
    r"|patient|client|caller|requester|reporter|assignee|sender|recipient|holder|cardholder|billing|shipping|remote)"
    r"[_ -]?name|surname|cn|givenname|sn"
)
_MAY_SAY_IT = (
    r"name|user|usr|login|author|owner|assignee|reporter|requester|customer|contact|employee|patient|caller"
    r"|created_?by|updated_?by|modified_?by|approved_?by|assigned_?to|cardholder|beneficiary|remote_?user|actor|principal"
)
NAMES_A_PERSON = rf"(?:[A-Za-z]{{0,20}}[_.-]?)?(?:{_SAYS_IT})|{_MAY_SAY_IT}"
#: The end of a name that says it without doubt is enough to tell rows apart.
ENDS_LIKE_A_PERSON = rf"(?:{_SAYS_IT}|user|usr|login|remote_?user)"
#: The others may hold all kinds of names, and only one that begins like a first name is a person's.
MAY_NAME_A_PERSON = rf"(?:{_MAY_SAY_IT})"
BEGINS_LIKE_A_PERSON = "[A-ZÀ-Þ]"
_SAID = re.compile(rf"(?:[A-Za-z]{{0,20}}[_.-]?)?(?:{_SAYS_IT})", re.IGNORECASE)
_THINGS = re.compile(
    r"(?:host|file|path|service|class|table|schema|domain|event|field|column|key|queue|topic|job|task|db|database"
    r"|container|pod|node|image|app|method|function|thread|metric|server|cluster|package|\w{0,20}service[_.-]?account"
    r"|\w{0,20}storage[_.-]?account)[_.-]?name",
    re.IGNORECASE,
)
_FULL_NAME = re.compile(
    r"[A-ZÀ-Þ][a-zà-ÿ'’-]+(?: [A-ZÀ-Þ]\.?| (?:van|von|de|da|del|der|di|la|le|bin|al))*"
    r"(?: [A-ZÀ-Þ][a-zà-ÿ'’A-Z-]+){1,3}"
)
_LOGIN = re.compile(r"[^\W\d_][\w.'’-]*(?: [\w.'’-]+){0,4}")
_ACCOUNTS = frozenset(("user", "login", "usr", "remote_user", "remoteuser"))
_IDENTIFIER = re.compile(r"[0-9a-fA-F-]{12,}|.*\d{5,}.*")
_NOT_PEOPLE = frozenset(
    (
        "root", "admin", "administrator", "system", "sys", "guest", "anonymous", "nobody", "www-data",
        "postgres", "mysql", "nginx", "apache", "daemon", "ubuntu", "ec2-user", "app", "service", "default",
        "test", "tester", "sa", "oracle", "git", "deploy", "ci", "jenkins", "user", "users", "username", "name",
        "login", "null", "none", "nil", "true", "false", "undefined", "unknown", "empty", "missing", "invalid",
        "required", "expired", "string", "text", "number", "object", "public", "private", "bot", "agent",
        "worker", "scheduler", "cron", "kubelet", "kube-system", "sshd", "http", "https", "tcp", "udp", "client",
        "server", "account", "owner", "role", "group", "member", "members", "manager", "customer", "contact",
        "internal", "external", "redacted", "masked", "hidden", "yes", "no", "not", "is", "was", "has", "the",
        "and", "or", "for", "from", "failed", "enabled", "disabled", "error", "ok", "info", "warn", "debug",
        "id", "ids", "me", "self", "operator", "monitor", "backup", "support", "sales",
    )
)  # fmt: skip


def is_name_of_person(field: str, value: str, *, stated: bool) -> bool:
    """Whether the value is a person's name; `stated` says that it is quoted or follows an equals sign.

    A field such as `name` or `owner` holds all kinds of names, so there only a first and a last name count. `user` and
    `login` hold a person as soon as it is said without doubt and the value is no account of a machine.
    """
    text = value.strip()
    lower = text.lower()
    if len(text) < 2 or lower in _NOT_PEOPLE:
        return False
    says = _says(field)
    if says is _Says.NOTHING:
        return stated and _FULL_NAME.fullmatch(text) is not None and not _IDENTIFIER.fullmatch(text)
    if says is _Says.A_THING or _IDENTIFIER.fullmatch(text):
        return False
    if says is _Says.A_PERSON or stated:
        return _LOGIN.fullmatch(text) is not None and not _is_machine(lower)
    return False


class _Says(Enum):
    """What the name of a field says about its value."""

    A_THING = auto()
    A_PERSON = auto()
    AN_ACCOUNT = auto()
    NOTHING = auto()


@lru_cache(maxsize=4096)
def _says(field: str) -> _Says:
    if _THINGS.fullmatch(field):
        return _Says.A_THING
    if _SAID.fullmatch(field):
        return _Says.A_PERSON
    return _Says.AN_ACCOUNT if field.lower() in _ACCOUNTS else _Says.NOTHING


def is_login(value: str) -> bool:
    """The name of a person's account: not that of a machine, nor an identifier."""
    lower = value.lower()
    return (
        len(value) > 1
        and lower not in _NOT_PEOPLE
        and not _IDENTIFIER.fullmatch(value)
        and not _is_machine(lower)
        and _LOGIN.fullmatch(value) is not None
    )


def _is_machine(lower: str) -> bool:
    return lower.startswith(("svc", "service", "system:", "bot-", "app-", "test_")) or lower.endswith(
        ("-svc", "-service", "-bot", "_svc", "-agent", "-api", "-worker", "-gateway", ".service", ".com", ".local")
    )
