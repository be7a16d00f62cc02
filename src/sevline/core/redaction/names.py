"""Fields that name a person, and what stands in them without being a person."""

# ruff: noqa: E501 - patterns and forms are read whole

import re
from enum import Enum, auto
from functools import lru_cache

from sevline.core.redaction.given_names import CALLED_BY, GIVEN_NAMES
from sevline.core.redaction.late import late
from sevline.core.redaction.roles import says_role
from sevline.core.redaction.workplaces import OF_COMPANIES, OPENS_COMPANY

_SAYS_IT = (
    r"(?:first|last|full|given|family|middle|display|maiden|nick|screen|real|legal|user|login|account|customer|contact|employee"
    r"|patient|client|caller|preferred|chosen|former|known[_ ]as|requester|reporter|assignee|sender|recipient|holder|cardholder|billing|shipping|remote|actor|author|owner|agent|member|person|guest|requestor|creator|approver|assigned|submitter)"
    r"[_ .-]?name|name[ _]on[ _](?:the[ _])?card|emergency[ _-]?contact|next[ _]of[ _]kin|notfallkontakt|surname|cn|givenname|sn|vorname|nachname|familienname|benutzername|pr(?:é|e)nom|nom[_ -]de[_ -]famille|apellidos?"
    r"|cognome|fname|lname|samaccountname|[sd]user"
)
_MAY_SAY_IT = (
    r"name|user|usr|login|author|owner|assignee|reporter|requester|customer|contact(?:[ _-]?person)?|employee|patient|caller"
    r"|created_?by|updated_?by|(?:last_?)?modified_?by|approved[ _]?by|assigned[ _]?to|reported[ _]by|requested[ _]by|signed-off-by"
    r"|co-authored-by|card_?holder|account_?holder|beneficiary|remote_?user|logname|actor|principal|user[ _]?id|uid|nombre|nom|nome"
    r"|kunde|kundin|client|ansprechpartner(?:in)?|kontoinhaber(?:in)?|benutzer|utilisateur|usu(?:a|á)rio|utente|gebruiker|kullan(?:ı|i)c(?:ı|i)|u(?:ż|z)ytkownik|identifiant|from|to|cc|attn|fn"
    r"|organizer;cn|attendee;cn"
)
NAMES_A_PERSON = rf"(?:[A-Za-z]{{0,20}}[_.-]?)?(?:{_SAYS_IT})|{_MAY_SAY_IT}"
#: The end of a name that says it without doubt is enough to tell rows apart.
ENDS_LIKE_A_PERSON = (
    rf"(?:{_SAYS_IT}|user|usr|login|remote_?user|logname|actor|principal|user[ _]?id|uid|benutzer|utilisateur|usu(?:a|á)rio|utente|gebruiker|kullan(?:ı|i)c(?:ı|i)|u(?:ż|z)ytkownik|identifiant"
    r"|owner|assignee|reporter|author|created_?by|updated_?by|approved[ _]?by|assigned[ _]?to)"
)
#: The others may hold all kinds of names, and only one that begins like a first name is a person's.
MAY_NAME_A_PERSON = rf"(?:{_MAY_SAY_IT})"
BEGINS_LIKE_A_PERSON = r"\p{Lu}"
#: What every name of two words has, and every name behind a word: the gate that all detectors of them share.
A_CAPITAL_FOLLOWS = r"[A-Za-zß-ɏ.,:'’][ ]{1,2}[A-ZÀ-ɏ]"
_SAID = late(rf"(?:[A-Za-z]{{0,20}}[_.-]?)?(?:{_SAYS_IT})", re.IGNORECASE)
_THINGS = late(
    r"(?:host|file|path|service|class|table|schema|domain|event|field|column|key|queue|topic|job|task|db|database"
    r"|container|pod|node|image|app|method|function|thread|metric|server|cluster|package|\w{0,20}service[_.-]?account"
    r"|\w{0,20}storage[_.-]?account)[_.-]?name",
    re.IGNORECASE,
)
PARTICLES = frozenset(
    (
        "van",
        "von",
        "de",
        "da",
        "del",
        "der",
        "den",
        "di",
        "la",
        "le",
        "bin",
        "al",
        "el",
        "dos",
        "du",
        "zu",
        "ten",
        "ter",
        "y",
    )
)
#: Capital letters do not make a person of things and places of work.
_NO_NAMES = frozenset(
    (
        "the", "to", "and", "of", "for", "in", "on", "at", "by", "with", "from", "a", "an", "is", "not", "no", "new", "all", "team", "support",
        "project", "developers", "authors", "contributors", "foundation", "inc", "corp", "ltd", "llc", "gmbh", "ag", "group", "company",
        "service", "services", "server", "client", "system", "systems", "test", "tests", "build", "deploy", "production", "staging", "api",
        "app", "web", "data", "database", "cloud", "network", "engine", "controller", "manager", "handler", "gateway", "worker", "job",
        "user", "admin", "customer", "success", "account", "default", "error", "request", "response", "session", "token", "password",
        "access", "security", "google", "microsoft", "amazon", "apache", "linux", "windows", "ubuntu", "chrome", "firefox", "safari",
        "file", "folder", "image", "version", "release", "update", "install", "setup", "config", "check", "run", "start", "stop", "open",
        "close", "create", "delete", "read", "write", "get", "set", "main", "global", "local", "public", "private", "internal",
        "external", "primary", "secondary", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january",
        "february", "march", "april", "june", "july", "august", "september", "october", "november", "december", "hello", "dear",
        "help", "desk", "sales", "billing", "operations", "engineering", "platform", "product", "quality", "human", "resources",
        "dr", "dra", "prof", "dott", "dott.ssa", "dottor", "dottoressa", "sig.ra", "sig.na", "avv", "arch", "ing", "lic", "mgr", "inż", "judr", "mudr", "pani", "paní", "pana", "panu", "fru", "fröken", "herra", "rouva", "doña", "sra", "srta", "sr", "sig", "mme", "mlle", "dhr", "mevr", "señor", "señora", "signor", "signora", "mr", "mrs", "ms", "miss", "herr", "herrn", "frau", "fam", "familie", "monsieur", "madame", "everyone", "everybody", "there", "sir", "madam", "folks", "guys", "world", "colleagues", "friends", "friend", "both", "again", "zusammen",
        "damen", "herren", "tous", "toutes", "todos", "todas", "tutti", "team,", "allerseits", "leute", "kolleginnen", "kollegen", "kollege", "kollegin", "plan", "nightly", "daily", "weekly", "monthly", "hourly", "import", "export", "imports", "exports", "sync", "report", "reports", "cleanup", "archive", "index", "search", "upload", "download", "batch", "queue", "pipeline", "workflow", "scheduler", "monitor",
        "dashboard", "module", "plugin", "portal", "catalog", "catalogue", "inventory", "payment", "payments", "invoice", "invoices", "orders", "shipping", "delivery", "checkout", "labels", "printer", "backup", "restore", "migration", "alert", "alerts", "notification", "notifications",
        "template", "theme", "edition", "suite", "studio", "tools", "toolkit", "library", "framework", "basic", "standard", "premium", "enterprise", "professional", "starter", "business", "building", "office", "department",
        "warehouse", "region", "zone", "cluster", "node", "machine", "device", "sensor", "camera", "phone", "mobile", "desktop", "browser", "internet", "explorer", "number", "time", "status", "type", "title", "description", "summary", "total", "list", "table", "column", "row", "python", "java", "kitty",
        "mein", "meine", "meinen", "guten", "tag", "morgen", "abend", "hallo", "ich", "wir", "bitte", "danke", "kennwort", "passwort", "good", "afternoon", "my",
        "your", "ihr", "ihre", "our", "unser", "das", "die", "der", "sent", "best", "kind", "regards", "thanks", "please", "this", "that", "we", "i", "you", "it", "if", "as",
        "street", "road", "name", "first", "last", "full", "robot", "street", "city", "state", "country", "none", "null", "true", "false", "unknown",
    )
)  # fmt: skip
#: Names of families as well, which stand for things only where the others do.
_ALSO_NAMES = frozenset(
    ("winter", "summer", "spring", "autumn", "breeze", "page", "field", "free", "date", "edge", "floor", "room",
     "core", "base", "host", "store", "shop", "cart", "order", "trial", "label", "ledger", "value")
)  # fmt: skip
#: Fields for what is shown of a person, and as often of a job or a product.
_MAY_BE_THING = late(
    r"(?:.*[_.-])?(?:display|full|real|account|customer|client|screen|legal)[_ .-]?name", re.IGNORECASE
)
#: What a program is called by what it does.
_MACHINES = frozenset(
    (
        "exporter",
        "importer",
        "connector",
        "renderer",
        "loader",
        "adapter",
        "parser",
        "proxy",
        "broker",
        "scheduler",
        "dispatcher",
        "listener",
        "crawler",
        "indexer",
        "collector",
        "synchronizer",
        "validator",
        "generator",
        "converter",
        "provider",
        "service",
        "server",
        "gateway",
        "engine",
        "api",
        "app",
        "portal",
        "dashboard",
    )
)
_NAME_WORD = late(r"[^\W\d_](?:[^\W\d_]|['’.-](?=[^\W\d_]|$))*")
_INITIAL = late(r"[A-ZÀ-Þ]\.")
_LOGIN = late(r"[^\W\d_][\w.'’-]*(?: [\w.'’-]+){0,4}")
_ACCOUNTS = frozenset(
    ("user", "login", "usr", "remote_user", "remoteuser", "logname", "actor", "principal", "user_id", "user id", "userid", "uid",
     "benutzer", "utilisateur", "usuario", "usuário", "utente", "gebruiker", "kullanıcı", "użytkownik", "identifiant")
)  # fmt: skip
_ONE_NAME_IS_ENOUGH = frozenset(("nom", "nome", "nombre"))
_OF_SOMEBODY = frozenset(
    ("owner", "assignee", "reporter", "author", "created_by", "updated_by", "approved_by", "assigned_to")
)
_PROGRAM = late(
    r"[a-z_]+\.[A-Z][A-Za-z]*|[A-Z]\w*(?:\.\w+){2,}|[a-z]+[A-Z]\w*\.\w+|\w+\.(?:get|objects|value|name|id|text|data|user|login)"
)
_DOTTED = late(r"[a-z]{1,12}[._][a-z]{3,20}[0-9]{0,2}")
#: What `user: …` and `login: …` say in prose about a user or a login.
_TELLS_A_STATE = late(r"\w*(?:ed|ing|ion|able|ible|ment|ful|less|ity|ness)|.* .*|\w{1,3}|\w*[^\W\d][A-Z]\w*")
_IDENTIFIER = late(r"[0-9a-fA-F-]{12,}|.*\d{5,}.*")
_NOT_PEOPLE = frozenset(
    (
        "cn", "ou", "dc", "root", "admin", "administrator", "system", "sys", "guest", "anonymous", "nobody", "www-data",
        "postgres", "mysql", "nginx", "apache", "daemon", "ubuntu", "ec2-user", "app", "service", "default",
        "test", "tester", "sa", "oracle", "git", "deploy", "ci", "jenkins", "user", "users", "username", "name",
        "login", "null", "none", "nil", "true", "false", "undefined", "unknown", "empty", "missing", "invalid",
        "required", "expired", "str", "int", "bool", "bytes", "char", "varchar", "string", "text", "number", "object", "public", "private", "bot", "agent",
        "worker", "scheduler", "cron", "kubelet", "kube-system", "sshd", "http", "https", "tcp", "udp", "client",
        "server", "account", "owner", "role", "group", "member", "members", "manager", "customer", "contact",
        "internal", "external", "redacted", "masked", "hidden", "yes", "no", "not", "is", "was", "has", "the",
        "and", "or", "for", "from", "failed", "enabled", "disabled", "error", "ok", "info", "warn", "debug",
        "id", "ids", "me", "self", "function", "return", "await", "async", "this", "here", "page", "form", "flow", "url", "link", "time", "type",
        "data", "info", "list", "count", "agent", "input", "output", "details", "profile", "settings", "session", "token", "password", "took", "lookup",
        "runner", "vagrant", "node", "circleci", "shared", "all users", "defaultuser", "linuxbrew", "gitlab-runner", "travis", "codespace",
        "sudo", "kafka", "redis", "elastic", "airflow", "tomcat", "wwwrun", "mail", "ftp", "lp", "bin", "nouser", "docker", "spark", "hadoop", "operator", "monitor", "backup", "support", "sales", "helpdesk", "servicedesk",
    )
)  # fmt: skip


def _is_thing_of(field: str, text: str) -> bool:
    return _MAY_BE_THING.fullmatch(field) is not None and _is_of_things(text)


def is_name_of_person(field: str, value: str, *, stated: bool) -> bool:
    """Whether the value is a person's name; `stated` says that it is quoted or follows an equals sign.

    A field such as `name` or `owner` holds all kinds of names, so there only a first and a last name count. `user` and
    `login` hold a person as soon as it is said without doubt and the value is no account of a machine.
    """
    text = value.strip()
    lower = text.lower()
    if len(text) < 2 or lower in _NOT_PEOPLE | {field.lower()}:
        return False
    says = _says(field)
    if says is _Says.NOTHING:
        return _is_full_or_dotted(field.lower(), text, stated=stated)
    if (says is _Says.A_PERSON and _is_label(lower)) or _is_thing_of(field, text):
        return False
    if says is _Says.A_THING or _IDENTIFIER.fullmatch(text) or _is_in_a_program(text, lower):
        return False
    return says is _Says.A_PERSON or stated or _TELLS_A_STATE.fullmatch(lower) is None


#: What forms write where somebody is to write a name.
_ASKS_FOR_NAME = frozenset(
    (
        "first",
        "last",
        "full",
        "given",
        "family",
        "middle",
        "enter",
        "your",
        "name",
        "eingeben",
        "entrez",
        "saisir",
        "introduzca",
        "inserisci",
        "digite",
        "voer",
    )
)


def _is_label(lower: str) -> bool:
    """Whether it is what a form calls its field: `vorname=Vorname`, `label.first_name=First name`."""
    return set(lower.split()) <= _ASKS_FOR_NAME or _SAID.fullmatch(lower) is not None


def _is_of_things(text: str) -> bool:
    if text.rpartition(" ")[2].lower() in _MACHINES and " " in text:
        return True
    words = {word.strip(".").lower() for word in text.split(" ")}
    return words <= _NO_NAMES | OF_COMPANIES | _ALSO_NAMES and not words <= _ALSO_NAMES


def _is_full_or_dotted(field: str, text: str, *, stated: bool) -> bool:
    """What is a person in a field of any names: a first and a last name, or in some fields one of them or a login."""
    if field in _ONE_NAME_IS_ENOUGH and is_full_name(text, fewest=1):
        return True
    if stated and field == "name" and text in CALLED_BY:
        return True
    if stated and field in _OF_SOMEBODY and _DOTTED.fullmatch(text):
        return True
    return is_full_name(text) and not _IDENTIFIER.fullmatch(text)


def _is_in_a_program(text: str, lower: str) -> bool:
    """No login at all, code, or the account of a machine."""
    return _LOGIN.fullmatch(text) is None or bool(_PROGRAM.fullmatch(text)) or _is_machine(lower) or text.count(".") > 2


#: Programs and states in fields that say who did something.
_DOERS = frozenset(
    [
        "terraform",
        "google",
        "microsoft",
        "amazon",
        "facebook",
        "oracle",
        "redhat",
        "mozilla",
        "canonical",
        "hashicorp",
        "elastic",
        "apache",
        "ansible",
        "helm",
        "argocd",
        "flux",
        "jenkins",
        "prometheus",
        "grafana",
        "github",
        "gitlab",
        "bitbucket",
        "dependabot",
        "renovate",
        "migration",
        "migrations",
        "import",
        "importer",
        "sync",
        "seeder",
        "trigger",
        "batch",
        "etl",
        "api",
        "webhook",
        "automation",
        "workflow",
        "pipeline",
        "crawler",
        "provisioner",
        "installer",
        "cloud-init",
        "packer",
        "puppet",
        "chef",
        "salt",
        "kustomize",
        "kubectl",
        "controller",
        "unassigned",
        "nobody",
        "everyone",
        "anyone",
        "manual",
        "auto",
        "automatic",
        "automated",
        "job",
        "jobs",
        "timer",
        "vendor",
        "company",
        "organization",
        "organisation",
        "upgrade",
        "setup",
        "script",
        "platform",
        "payments",
        "search",
        "security",
        "operations",
        "infra",
        "infrastructure",
        "backend",
        "frontend",
        "devops",
        "engineering",
        "finance",
        "billing",
        "marketing",
        "legal",
        "helpdesk",
        "servicedesk",
        "network",
        "database",
        "integration",
        "connector",
        "gateway",
        "portal",
        "website",
        "mobile",
        "partner",
        "supplier",
        "customers",
        "clients",
        "people",
        "staff",
        "team",
        "teams",
        "external",
        "internal",
        "open",
        "closed",
        "pending",
    ]
)
_ONE_WORD = late(r"[a-z]{4,20}[0-9]{0,4}|[a-z]{1,3}[0-9]{2,8}")


def is_login_of_somebody(text: str) -> bool:
    """A login in a field that says who did something: not that of a program or a group."""
    if not is_login(text) or text in _DOERS:
        return False
    return _DOTTED.fullmatch(text) is not None or _ONE_WORD.fullmatch(text) is not None


def _is_company(words: list[str]) -> bool:
    """`Northwind Traders` is one; `Anna Bank` and, behind a title, `Bank` alone are people."""
    if len(words) > 1 and words[0].lower() in OPENS_COMPANY:
        return True
    return len(words) > 1 and words[-1].strip(".,").lower() in OF_COMPANIES and words[0] not in GIVEN_NAMES


def _is_written_as_name(word: str, *, alone: bool) -> bool:
    """In capitals only beside another, where it is longer than an abbreviation."""
    is_loud = alone and len(word) > 3 and word.isupper()
    return _NAME_WORD.fullmatch(word) is not None and word[0].isupper() and not is_loud


def _is_no_name(word: str) -> bool:
    """Whether no person is called so; `A.` and `I.` are initials, and no words."""
    return word not in PARTICLES and word.strip(".").lower() in _NO_NAMES and _INITIAL.fullmatch(word) is None


def is_full_name(text: str, *, fewest: int = 2) -> bool:
    """Capitalised words, as many as a person has names: two to five of them, or from `fewest` on."""
    words = text.split(" ")
    if not 1 <= len(words) <= 6 or any(map(_is_no_name, words)):
        return False
    if _is_company(words):
        return False
    names = [word for word in words if word.lower() not in PARTICLES or word[:1].isupper()]
    return fewest <= len(names) <= 5 and all(_is_written_as_name(word, alone=len(names) < 2) for word in names)


#: Words that follow a given name without being a family's: parts of products, and what German writes with a capital.
_AFTER_A_NAME = frozenset(
    (
        "metrics", "central", "studio", "code", "edition", "cluster", "node", "host", "hosts", "hotel", "road", "avenue", "square", "bridge", "hospital", "school", "university", "college", "airport",
        "station", "beach", "island", "county", "bank", "award", "prize", "theorem", "algorithm", "library", "framework", "plugin", "module", "package", "script", "docs", "portal", "online", "pro", "plus", "mobile",
        "premium", "basic", "standard", "enterprise", "starter", "theme", "theater", "theatre", "park", "house", "tower", "center", "centre", "club", "store", "shop", "dashboard", "report", "reports", "printer", "laptop",
        "iphone", "ipad", "macbook", "phone", "pc", "kundennummer", "rechnung", "ticket", "zugriff", "zugang", "fehler", "anfrage", "konto", "anruf", "mail", "email", "e-mail", "nachricht", "termin", "projekt",
        "straße", "strasse", "platz", "allee", "ring", "weg", "schule", "haus", "telefon", "mobil", "fax", "tel", "durchwahl", "abteilung", "version", "bescheid", "hat", "ist", "war", "kann", "und", "and", "or",
        "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "sehr", "viele", "vielen", "best", "mit", "von", "vom", "sent", "subject", "betreff", "date", "datum", "cc", "re", "aw", "fwd", "hi", "dear", "frau", "herr", "herrn", "mr", "mrs", "ms", "dr",
    )
)  # fmt: skip


def is_family_name(word: str) -> bool:
    """Whether a word may be the family name beside a given name: capitalised, not all capitals, no thing known here."""
    lower = word.lower()
    return (
        _NAME_WORD.fullmatch(word) is not None
        and word[0].isupper()
        and len(word) > 1
        and not word.isupper()
        and lower not in _NO_NAMES
        and lower not in _AFTER_A_NAME
        and lower not in _NOT_PEOPLE
    )


#: What a common name in a certificate says when it is no person's.
_OF_CERTIFICATES = frozenset(
    ("ca", "root", "authority", "issuing", "intermediate", "tls", "ssl", "rsa", "ecc", "ecdsa", "server", "client", "signing", "certificate",
     "certificates", "cert", "encrypt", "trust", "class", "secure", "validation", "sub", "node", "cluster", "issuer")
)  # fmt: skip
_HOST_OR_THING = late(
    r".*[0-9_*-].*|(?:[^.]+\.){2,}[^.]+"
    r"|.*\.(?:com|net|org|io|dev|app|cloud|local|internal|lan|corp|intra|home|svc|example|test|invalid|eu|de|at|ch|uk|us)"
)


def is_common_name_of_person(text: str) -> bool:
    """Whether a common name (CN) of a certificate or a directory is a person's and not that of a host or a service."""
    words = text.lower().split(" ")
    return is_full_name(text) and not any(word.strip(".,’'") in _OF_CERTIFICATES for word in words)


def is_host_or_thing(text: str) -> bool:
    """Whether a name of one word has what names of hosts and services have: digits, hyphens, levels of a domain."""
    return _HOST_OR_THING.fullmatch(text.lower()) is not None


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


_OF_ACCOUNTS = late(r"user|login|account|display|screen|nick", re.IGNORECASE)


@lru_cache(maxsize=4096)
def says_name(field: str) -> bool:
    """Whether a field of this name holds the name of a person, and neither a login nor what is shown of an account."""
    return (_says(field) is _Says.A_PERSON and _OF_ACCOUNTS.search(field) is None) or says_role(field)


def says_person(field: str) -> bool:
    """Whether a field of this name holds a person, by name or by login."""
    return _says(field) in (_Says.A_PERSON, _Says.AN_ACCOUNT) or says_role(field)


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
