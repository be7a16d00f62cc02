"""Logins in prose and in what programs write of sessions: `Login tweber, PW: …`, `by lsilva(uid=1004)`, `TODO(kim)`."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.given_names import CALLED_BY, GIVEN_NAMES
from sevline.core.redaction.late import late
from sevline.core.redaction.names import is_login
from sevline.core.redaction.pseudonym import Pseudonyms, is_token
from sevline.core.redaction.secret_names import says_by_guess, says_secret
from sevline.core.redaction.shield import STAND_IN

_LOGIN = r"[A-Za-z][A-Za-z0-9._-]{1,39}"
_CALLED = (
    r"(?:log-?in(?:[ ]name)?|user[ ]?(?:name|id)?|benutzer(?:name|kennung)?|anmeldename|nutzername|kennung|zugang|konto|account|usuario|identifiant|utilisateur|nom d'utilisateur|utente|nome utente|usuário"
    r"|gebruiker(?:snaam)?|użytkownik|kullanıcı(?: adı)?|utilizador|uživatel(?:sk(?:é|e)[ ]jm(?:é|e)no)?|brugernavn|brukernavn|k(?:ä|a)ytt(?:ä|a)j(?:ä|a)tunnus|felhaszn(?:á|a)l(?:ó|o)(?:n(?:é|e)v)?|korisni(?:č|c)ko[ ]ime|credenziali|credenciales|credenciais|credentials|identifiants|zugangsdaten|inloggegevens|dane logowania|anv(?:ä|a)ndar(?:e|namn))"
)
_IS = (
    r"(?:is|ist|lautet|heißt|heisst|es|est|è|é|jest|to|är|er|on|je|:|with|mit|con|avec|using|as|als|com|met|som|jako|z)"
)
_WHOSE = r"mitt?|min|ditt?|my|meine?|mon|mi|m(?:ó|o)j|il mio|meu|mijn|his|her|their|our|seine?|ihre?|son|su|jego|jej"
#: A session's line: who is logged in, from where.
_SESSION = r"^[a-z][a-z0-9._-]{1,31}[ ]+(?:pts/[0-9]+|tty[0-9]+|:[0-9])[ ]"
_PROCESS = r"^[a-z][a-z0-9._-]{1,31}[+]?[ ]+[0-9]+[ ]+[0-9]+[.][0-9][ ]+[0-9]+[.][0-9][ ]"
_BY = rf"--role-session-name[ =]{_LOGIN}|assumed-role/[^/\s\"]{{1,64}}/{_LOGIN}|\[{_LOGIN}\][ ]Peer[ ]|{_LOGIN}/(?:{STAND_IN}|(?:[0-9]{{1,3}}\.){{3}}[0-9]{{1,3}}):[0-9]|[ug]id=[0-9]+\({_LOGIN}\)|(?:by |su: )\(?{_LOGIN}\(uid=|Log[io]n (?:OK|incorrect)[^\[\r\n]{{0,80}}\[(?:host/)?{_LOGIN}[\]/]|(?:TODO|FIXME|XXX|HACK|NOTE)\({_LOGIN}\)|(?:FAILED LOGIN|[Ff]ailed login|[Ll]ogin attempt|[Ss]igned in|[Aa]ngemeldet|[Cc]onnecté en tant que|[Cc]onectado como)(?:[ ][0-9]+)?[^\r\n]{{0,40}}[ ](?:FOR|for|as|als|que|como)[ ]'?{_LOGIN}"
_PAIR = rf"^(?:[a-z]{{2,6}}>[ ]?)?USER[ ]{_LOGIN}\r?$|^[a-z][a-z0-9._-]{{1,31}}:{STAND_IN}|\((?i:{_CALLED}):?[ ]{_LOGIN}\)|(?:are|is|sind|sont|son)[ ]{_LOGIN}:{STAND_IN}|{BEGIN}{_LOGIN}[ ]?/[ ]{STAND_IN}"
_SAID = rf"(?:{STAND_IN}[^\r\n]{{0,50}})?{BEGIN}(?i:(?:(?:{_WHOSE})[ ](?:own |eigener? )?)?{_CALLED})(?:[ ]|[ ]?:[ ])(?:{_IS}[ ])?[\"'„“«]?{_LOGIN}(?:[^\r\n]{{0,40}}{STAND_IN})?"
_SPLITS = (
    late(rf"(?P<head>)(?P<name>{_LOGIN})(?P<rest>[+]?[ ]+(?:pts/|tty|:[0-9]|[0-9]).*)$", re.DOTALL),
    late(rf"(?P<head>(?:by |su: )\(?)(?P<name>{_LOGIN})(?P<rest>\(uid=)$"),
    late(rf"(?P<head>Log[io]n .*\[)(?P<name>(?:host/)?{_LOGIN})(?P<rest>[\]/])$", re.DOTALL),
    late(rf"(?P<head>[ug]id=[0-9]+\()(?P<name>{_LOGIN})(?P<rest>\))$"),
    late(rf"(?P<head>--role-session-name[ =]|assumed-role/[^/]+/)(?P<name>{_LOGIN})(?P<rest>)$"),
    late(rf"(?P<head>\[)(?P<name>{_LOGIN})(?P<rest>\][ ]Peer[ ])$"),
    late(rf"(?P<head>)(?P<name>{_LOGIN})(?P<rest>/(?:ip-[0-9a-f-]+|[0-9.]+|2001:[0-9a-f:]+):[0-9])$"),
    late(rf"(?P<head>(?:(?:are|is|sind|sont|son) )?)(?P<name>{_LOGIN})(?P<rest>:<.*)$", re.DOTALL),
    late(rf"(?P<head>(?:[a-z]+>[ ]?)?USER )(?P<name>{_LOGIN})(?P<rest>\r?)$"),
    late(rf"(?P<head>\({_CALLED}:? )(?P<name>{_LOGIN})(?P<rest>\))$", re.IGNORECASE),
    late(rf"(?P<head>[A-Z]+\()(?P<name>{_LOGIN})(?P<rest>\))$"),
    late(rf"(?P<head>(?:FAILED LOGIN|[Ff]ailed login|[Ll]ogin attempt|[Ss]igned in|[Aa]ngemeldet|[Cc]onnecté|[Cc]onectado).*[ ](?:FOR|for|as|als|que|como)[ ]'?)(?P<name>{_LOGIN})(?P<rest>)$", re.DOTALL),
    late(r"(?P<head>\S+ )(?P<name>[a-z]+\.[a-z]+[0-9]{0,3})(?P<rest>)$"),
    late(rf"(?P<head>)(?P<name>{_LOGIN})(?P<rest>[ ]?/[ ].*)$", re.DOTALL),
)  # fmt: skip
_OF_SAID = late(
    rf"(?P<head>(?:<.*?)?(?<![^\W_]){_CALLED}(?:[ ]|[ ]?:[ ])(?:{_IS}[ ])?[\"'„“«]?)(?P<name>{_LOGIN})(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
#: Given name and family name with a dot, behind a word that makes it somebody's.
_DOTTED_TEXT = (
    r"(?:for|by|from|of|as|user|von|f(?:ü|ue)r|par|pour|por|para|van|door) [a-z]{2,20}\.[a-z]{3,20}[0-9]{0,3}"
)
_DOTTED = late(r"\S+ (?P<given>[a-z]+)\.(?P<family>[a-z]+)[0-9]{0,3}")
_ENDINGS = frozenset(
    (
        "com",
        "net",
        "org",
        "local",
        "internal",
        "intern",
        "example",
        "test",
        "lan",
        "corp",
        "json",
        "yaml",
        "yml",
        "conf",
        "toml",
        "log",
        "txt",
        "xml",
        "html",
        "csv",
        "service",
        "sock",
        "timer",
        "poll",
        "size",
        "bytes",
        "age",
        "retries",
        "connections",
        "threads",
        "memory",
    )
)
_OPENS_BRACKET = late(rf"\({_CALLED}:? $", re.IGNORECASE)
_IN_BRACKETS = late(rf"\({_CALLED}:? {_LOGIN}\)", re.IGNORECASE)
#: What is told of a login rather than the login: `broken`, `gesperrt`, `desactivado`.
_STATE = late(
    r"\w*(?:ed|ing|able|ible|ful|less|isch|lich|ado|ada|ido|ida|ato|ata|ken|wn|own)|(?:ge|ver|ab|un|de)\w{3,}(?:t|en|é|ée)|too|very|still|just|also|only|wrong|fine|here|there|gone|old|new|bad|down|case|sehr|noch|schon|weg|falsch|kaputt|neu|alt|bien|faux|toujours",
    re.IGNORECASE,
)
#: Somebody tells the own one, and any word may be it.
_OWN = late(
    rf"\b(?:{_WHOSE}) (?:own |eigener? )?{_CALLED} {_IS} [\"'„“«]?(?P<name>{_LOGIN})",
    re.IGNORECASE,
)
#: Of an account more is told than how it is called: `my account is premium`.
_OF_ACCOUNT = late(rf"(?<![^\W_])(?:account|konto|zugang)(?: {_IS})?:? $", re.IGNORECASE)
_SECRET = late(r"<(?:SECRET|PASSWORD|KEY|TOKEN|PASSWORD-HASH)[A-Z-]*-[0-9a-f]{16}>")
#: What is a login by its form alone: `j.doe`, `kmeier2`, `jdoe_adm`.
_FORM = late(r"([a-z]{1,20})[._][a-z]{3,20}[0-9]{0,3}|([a-z]{3,12})[0-9]{1,4}")
_NUMBERED_THINGS = frozenset(
    [
        "step",
        "type",
        "group",
        "test",
        "user",
        "page",
        "node",
        "host",
        "server",
        "worker",
        "version",
        "part",
        "phase",
        "level",
        "tier",
        "role",
        "port",
        "stage",
        "item",
        "line",
        "row",
        "column",
        "field",
        "entry",
        "slot",
        "session",
        "attempt",
        "try",
        "table",
        "base",
        "day",
        "week",
        "utf",
        "sha",
        "aes",
        "ipv",
    ]
)
_WORDS = frozenset(
    [
        "und",
        "and",
        "et",
        "y",
        "e",
        "o",
        "or",
        "oder",
        "ou",
        "de",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "the",
        "a",
        "an",
        "la",
        "le",
        "el",
        "los",
        "il",
        "lo",
        "is",
        "ist",
        "es",
        "est",
        "war",
        "was",
        "for",
        "für",
        "para",
        "pour",
        "per",
        "with",
        "mit",
        "con",
        "avec",
        "ohne",
        "from",
        "von",
        "to",
        "zu",
        "zum",
        "zur",
        "in",
        "im",
        "on",
        "at",
        "as",
        "als",
        "wie",
        "passwort",
        "password",
        "kennwort",
        "contraseña",
        "senha",
        "pass",
        "pw",
        "pwd",
        "mot",
        "hat",
        "has",
        "kann",
        "can",
        "wird",
        "will",
        "not",
        "nicht",
        "no",
        "wurde",
        "name",
        "id",
        "data",
        "daten",
        "zugang",
        "access",
        "incorrect",
        "ok",
        "successful",
        "succeeded",
        "failure",
        "error",
        "required",
        "invalid",
        "expired",
        "locked",
        "account",
        "form",
        "code",
        "page",
        "seite",
        "maske",
        "geht",
        "works",
        "failed",
        "klappt",
    ]
)


def _parts(found: str) -> tuple[str, str, str]:
    if own := _OWN.search(found):
        bare = own["name"].rstrip(".-_")
        return found[: own.start("name")], bare, found[own.start("name") + len(bare) :]
    for form in _SPLITS:
        if parts := form.match(found):
            return parts["head"], parts["name"], parts["rest"]
    said = _OF_SAID.match(found)
    if said is None:
        return found, "", ""
    bare = said["name"].rstrip(".-_")
    return said["head"], bare, said["name"][len(bare) :] + said["rest"]


def name(found: str) -> str:
    return _parts(found)[1].lower()


def _is_in_brackets(found: str, head: str, rest: str) -> bool:
    return _IN_BRACKETS.fullmatch(found) is not None or (
        _OPENS_BRACKET.search(head) is not None and rest.startswith(")")
    )


def _may_be_login(found: str, text: str, bare: str) -> bool:
    """Not in an address, which stays whole where a person said that it is no secret."""
    return not found.endswith("@") and is_login(bare) and not is_token(text) and bare.lower() not in _WORDS


def is_person(found: str) -> bool:
    head, text, rest = _parts(found)
    bare = text.removeprefix("host/")
    if not _may_be_login(found, text, bare):
        return False
    if _OWN.search(found) or _is_in_brackets(found, head, rest):
        return _is_own(head, bare)
    if dotted := _DOTTED.fullmatch(found):
        return dotted["given"].title() in CALLED_BY and dotted["family"] not in _ENDINGS
    if any(form.match(found) for form in _SPLITS[:-1]):
        return bare != "reboot" and not _is_field(bare, rest)
    return bare[0].islower() and _is_told(head, bare, rest)


def _is_own(head: str, text: str) -> bool:
    return _STATE.fullmatch(text) is None and (_OF_ACCOUNT.search(head) is None or _has_form(text))


def _is_field(text: str, rest: str) -> bool:
    """Whether a word before a colon says what was masked behind it, as `iban:` does, rather than whose it is."""
    if not rest.startswith(":<"):
        return False
    return says_secret(text) or says_by_guess(text) or ("." not in text and _SECRET.match(rest, 1) is None)


def _is_told(head: str, text: str, rest: str) -> bool:
    """Whether a secret stands beside it, as in a pair of login and password, or its form alone shows a login."""
    beside_a_secret = _SECRET.search(head + rest) is not None
    if not head or beside_a_secret:
        return beside_a_secret
    return (rest.startswith(": ") or not rest.startswith(("=", ":", "(", "["))) and _has_form(text)


def _has_form(text: str) -> bool:
    """Initials or a given name before a dot, or letters and a number that count no things."""
    form = _FORM.fullmatch(text)
    if form is None:
        return False
    first = form[1]
    return form[2] not in _NUMBERED_THINGS if first is None else len(first) < 3 or first.title() in GIVEN_NAMES


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    head, text, rest = _parts(found)
    return head + pseudonyms.token("PERSON", text.lower(), kind="term person") + rest


detector(
    Detector(
        kind="login_said",
        title="Login in a sentence or a line about a session",
        pattern=rf"{_SESSION}|{_PROCESS}|{BEGIN}(?:{_BY})|{BEGIN}{_DOTTED_TEXT}(?:[A-Za-z0-9._+-]{{0,40}}@|(?-u:\b))|{_PAIR}|{_SAID}",
        stage=Stage.PERSONAL,
        gate=(
            rf"^[a-z][a-z0-9._-]{{1,31}}[+]?[ ]+(?:pts/|tty[0-9]|:[0-9][ ]|[0-9]+[ ]+[0-9]+[.][0-9][ ])|\(uid=|[ug]id=[0-9]+\(|^(?:[a-z]{{2,6}}> ?)?USER [a-z]|role-session-name|\][ ]Peer[ ]|[a-z0-9]/(?:{STAND_IN}|[0-9]{{1,3}}\.[0-9]{{1,3}}\.[0-9.]+):[0-9]|assumed-role/|[a-z0-9._-]:{STAND_IN}|Log[io]n (?:OK|incorrect)|(?:for|by|from|of|as|user|von|für|par|pour|por|para|van|door) [a-z]+\.[a-z]|(?:TODO|FIXME|XXX|HACK|NOTE)\([a-zA-Z]|LOGIN|[Ff]ailed login|[Ll]ogin attempt|igned in |ngemeldet als|connecté en|onectado como"
            rf"|[a-z0-9] ?/ {STAND_IN}"
            rf"|(?:[Ll]og-?in|[Uu]ser ?(?:name|id|ID)?|[Bb]enutzer[a-z]*|[Nn]utzername|[Aa]nmeldename|[Kk]ennung|[Zz]ugang|[Kk]onto|[Aa]ccount|[Uu]su[aá]rio|[Ii]dentifiant|[Uu]tilisateur|[Uu]tente|[Gg]ebruiker[a-z]*|żytkownik|nvändar[a-z]*|kullanıcı|[Uu]tilizador|živatel[a-zé ]*|[Bb]ru[gk][a-z]*navn|tunnus|használó[a-zé]*|ko ime|[Cc]reden[a-z]*|dentifiants|[Ii]nlog[a-z]*|logowania)(?: ?:| is| ist| lautet| heißt| es| est| è| é| jest| to| är| er| on| je| with| mit| con| avec| using| as| als| com| met| som| jako| z)? [\"'„“«]?[a-z]"
        ),
        normalise=name,
        validate=is_person,
        render=pseudonym,
        in_clear=True,
    )
)
