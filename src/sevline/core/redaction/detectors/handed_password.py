"""Passwords handed over in talk: `X, that's the root password`, `use X to log in`, `sign in with U and X`, `admin:X`.

Nothing but the sentence says that it is one, so it must look like a password too: letters, a digit, and a symbol or
capital letters within.
"""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms, is_token
from sevline.core.redaction.told import is_joined

_WORD = r"(?:passwords?|passwort|kennwort|pass(?:phrase|code)|pwd|pw|root[ ]pw|wachtwoord|mot[ ]de[ ]passe|contrase(?:ñ|n)a|senha|parola(?:[ ]d['’]ordine)?|has(?:ł|l)o|heslo|jelsz(?:ó|o)|l(?:ö|o)senord(?:et)?|adgangskode(?:n)?|kodeord(?:et)?|passord(?:et)?|salasana(?:n)?|(?:ş|s)ifre(?:m|mi)?|parola|lozink[au]|clave|palavra-passe|mdp|ww)"
_VALUE = r"[^\s\"'<>()“”„`,;]{5,64}[^\s\"'<>()“”„`,;.:?]"
_WHOSE = r"(?:the|my|our|your|his|her|their|das|mein|unser|dein|ihr|le|la|mi|mon)"
_SIGN_IN = r"(?:log|sign|logged|signed|logging)[ -]?(?:in|on)|login|connect|ssh|einloggen|anmelden|anmeldung|einzuloggen|anzumelden"
_BEFORE = (
    r"(?:use|using|used|try|tried|enter|entered|type|typed|take|took|put|with|mit|nimm|nehmen Sie|verwende|habe|gebe)[ ]",
    rf"(?:{_SIGN_IN})[ ](?:[^\s]{{1,40}}[ ]){{0,4}}(?:with|using|mit)[ ](?:(?:user[ ])?[^\s]{{1,80}}[ ](?:and|und|&|/)[ ])?",
    rf"{_WORD}[ ](?:(?:is|was|has[ ]been|wurde|ist|now|again|back)[ ]){{0,3}}(?:changed|set|reset|updated|rotated|switched|ge(?:ä|ae)ndert)[ ](?:back[ ])?(?:from[ ](?:[^\s]{{1,80}}[ ]to[ ])?|(?:to|auf|in|zu)[ ])",
    rf"{_WHOSE}[ ](?:[a-z0-9-]{{2,16}}[ ]){{0,2}}{_WORD}(?:,|[ ][–-])[ ]",
    r"(?:temporary|initial|new|current|old|default|tempor(?:ä|ae)res|vorl(?:ä|ae)ufiges|neues|altes)[ ](?:password|passwort|kennwort|pw)[ ](?:[^\s]{1,16}[ ]){0,3}[(–-][ ]?",
    rf"(?:chang|modifi|zmieni|zmień|gewijzig|(?:ä|ae)nder|(?:ä|æ|e)ndr|bytt|cambi|mudei|alter|p(?:ř|r)enastav|zm(?:ě|e)ni|vaihdo|v(?:á|a)ltozt|de(?:ğ|g)i(?:ş|s)tir|schimb)[^\s]{{0,10}}[ ](?:[^\s]{{1,8}}[ ]){{0,2}}{_WORD}[ ](?:na|naar|in|auf|zu|till|til|a|en|para|pour|à|pe|u|ile|to)[ ]",
    r"(?:new|old|right|correct|current|temp|temporary|other)[ ](?:one|pw|pwd)[ ]?(?:is|=|:)[ ]|(?:das|der|die)[ ](?:neue|alte|richtige|aktuelle)[ ](?:ist|lautet|hei(?:ß|ss)t|war)[ ]|(?:le|la)[ ](?:nouveau|nouvelle|bon|bonne)[ ]est[ ]|(?:el|la)[ ]nuev[oa][ ]es[ ]|(?:quella|quello)[ ]nuov[oa][ ](?:è|e)[ ]|de[ ]nieuwe[ ]is[ ]|nowe[ ]to[ ]",
    rf"{_WORD}[ ](?:from|auf)[ ]",
    rf"{_WORD}[ ]from[ ][^\s]{{4,80}}[ ]to[ ]",
    r"(?:set|change|changed|reset|switched|rotated)[ ](?:it|this|that|them)[ ](?:back[ ])?to[ ]",
    rf"(?:set|changed?|reset|updated?|rotated?)[ ]{_WHOSE}[ ](?:[a-z0-9-]{{2,16}}[ ]){{0,3}}{_WORD}[ ]to[ ]",
    rf"{_WORD}[ ]?[(][ ]?",
    rf"(?:als|as|comme|como)[ ](?:{_WHOSE}[ ])?{_WORD}[ ](?:[a-zß-ü]{{2,14}}[ ]){{0,2}}",
    r"[*`]{0,2}[a-z][a-z0-9._@-]{1,40}[*`]{0,2}[ ]/[ ][*`]{0,2}",
    r"(?:root|admin|administrator|superuser|postgres|sysadmin)[ ]/[ ]",
    r"(?:root|admin|administrator|superuser|postgres|sysadmin):",
)
_AFTER = (
    rf"[ ](?:as|als|comme|como)[ ](?:(?:{_WHOSE}|a)[ ])?(?:[a-z0-9-]{{2,16}}[ ]){{0,2}}{_WORD}",
    rf"[ ](?:for|in|into|f(?:ü|ue)r|als)[ ](?:{_WHOSE}[ ])?(?:[a-z0-9-]{{2,16}}[ ]){{0,2}}{_WORD}",
    rf"[ ](?:to|for|um|zum)[ ](?:[a-z]{{1,12}}[ ]){{0,4}}(?:{_SIGN_IN})",
    rf",?[ ](?:that['’]?s|that[ ]is|this[ ]is|is|was|das[ ]ist|ist|war)[ ]{_WHOSE}[ ](?:[a-z0-9-]{{2,16}}[ ]){{0,3}}{_WORD}",
)
_FIRST = rf"(?:{_BEFORE[0]})(?P<used>{_VALUE})(?:{'|'.join(_AFTER[:-1])})"
_JOINED = r"[A-ZÀ-Þ][a-zß-ÿ]{2,}(?:(?:[-_][A-ZÀ-Þ]?|[.][A-ZÀ-Þ])[a-zß-ÿ]{2,})+[-_.]?[0-9]{1,4}"
#: What is to be tried, when it is words that a person joined to remember them, with a number at the end.
_TRIED = rf"(?:[Tt]ry|[Pp]robier|[Vv]ersuche?|[Pp]rueba|[Ee]ssaie|[Pp]rova)[ ](?:(?:it|es)[ ])?(?:(?:with|mit|con|avec)[ ])?{_JOINED}"
_OF_TRIED = late(rf"(?:.*[ ])?(?P<value>{_JOINED})[ \t]*$")
_SPLIT = late(
    rf"(?P<how>{'|'.join(_BEFORE[1:])})(?P<told>{_VALUE})$|{_FIRST}$|(?P<that>{_VALUE})(?:{_AFTER[-1]})$", re.IGNORECASE
)
#: Words that a person joined to remember them, with a number at the end.
_JOINED_WORDS = late(
    r"[A-ZÀ-Þ][a-zß-ÿ]+(?:[-_.][A-ZÀ-Þ]?[a-zß-ÿ]+)+[-_.]?[0-9]{1,4}|[A-ZÀ-Þ][a-zß-ÿ]+(?:[-_.][A-ZÀ-Þ]?[a-zß-ÿ]+)*[-_.][0-9]{1,4}"
)
#: What is calculated, and not said: `Total*100`, `Errors24%`.
_CALCULATED = late(r"\w+(?:\*(?:[0-9]{1,2}|10{2,9}|1024|3600)|%)")
_OF_ADMIN = late(r"(?:root|admin|administrator|superuser|postgres|sysadmin) / ", re.IGNORECASE)
_SYMBOL = late(r"[!@#$%^&*+~?]")
#: Between words nothing else has these marks.
_WITHIN = late(r"[^\W\d_]{3}[!#$][^\W\d_]{3}")
_NEVER = late(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[a-z]+://.*|.*[/:=|\[\]{}\\].*|v?[0-9]+(?:[.-][0-9]+)+.*|[0-9a-f-]{16,}|[0-9-]+|[A-Z]+-?[0-9]+"
    r"|(?i:sha|md|base|utf|aes|oauth|saml|tls)-?[0-9].*"
)
#: Products and their versions: `Chrome120`, `Python3`.
_PRODUCT = late(r"[A-Za-z]+-?[0-9]{1,3}")
_SYSTEM = late(
    r"(?:[a-z]+[-_])?(?:windows|win|server|exchange|office|sharepoint|sql|ubuntu|debian|suse|rhel|centos|oracle|linux|visual)(?:[-_]?[a-z]+)?[-_.]?[0-9]{1,4}",
    re.IGNORECASE,
)


def _place(found: str) -> tuple[int, int]:
    """Where the password stands in the match."""
    parts = _SPLIT.match(found)
    if parts is None:
        said = _OF_TRIED.match(found)
        return said.span("value") if said else (len(found), len(found))
    return parts.span(next(name for name in ("told", "used", "that") if parts[name]))


def secret(found: str) -> str:
    start, stop = _place(found)
    return found[start:stop]


def _is_loose_pair(found: str, value: str) -> bool:
    """Whether two words beside a slash are no more than that: only behind an administrator less is asked for."""
    if " / " not in found or _OF_ADMIN.match(found):
        return False
    return _CALCULATED.fullmatch(value) is not None or not (_is_mixed(value) and _has_symbol(value))


def is_password(found: str) -> bool:
    value = secret(found)
    if _is_loose_pair(found, value) or _SYSTEM.fullmatch(value):
        return False
    if len(value) < 6 or is_token(value) or _NEVER.fullmatch(value):
        return False
    return is_joined(value) or _is_made(found, value)


def _is_made(found: str, value: str) -> bool:
    """Whether it has what a password has, and a word or a product has not."""
    if not (any(map(str.isalpha, value)) and (any(map(str.isdigit, value)) or _WITHIN.search(value))):
        return False
    return (
        _has_symbol(value)
        or _JOINED_WORDS.fullmatch(value) is not None
        or (not _asks_symbol(found) and _is_mixed(value) and _PRODUCT.fullmatch(value) is None)
    )


def _has_symbol(value: str) -> bool:
    """An exclamation mark at the end is the sentence's unless the rest mixes cases."""
    return _SYMBOL.search(value.rstrip("!?")) is not None or (value[-1:] in "!?" and _is_mixed(value))


def _asks_symbol(found: str) -> bool:
    """Behind `admin:` and before “is the password” much stands that is no password."""
    parts = _SPLIT.match(found)
    how = (parts["how"] or "") if parts else ""
    return parts is None or bool(parts["that"]) or how.endswith(":") or (" / " in how and not _OF_ADMIN.match(how))


def _is_mixed(value: str) -> bool:
    """Capital and small letters, or words joined by hyphens."""
    return value.lower() != value != value.upper() or "-" in value


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    start, stop = _place(found)
    return found[:start] + pseudonyms.secret("SECRET", found[start:stop]) + found[stop:]


detector(
    Detector(
        kind="handed_password",
        title="Password handed over in a sentence",
        pattern=(
            rf"(?i:{BEGIN}(?:{'|'.join(_BEFORE[1:])}){_VALUE}|{BEGIN}(?:{_BEFORE[0]}){_VALUE}(?:{'|'.join(_AFTER[:-1])})|{_VALUE}(?:{_AFTER[-1]}))|{_TRIED}"
        ),
        stage=Stage.PAIR,
        any_case=True,
        keywords=(
            "passwo", "kennwort", "passphrase", "passcode", "pwd", " pw", "wachtwoord", "mot de passe", "contrase", "senha", "parola", "hasło", "haslo", "heslo", "jelsz", "senord", "adgangskode", "kodeord", "passord", "salasana", "ifre", "lozink", "clave", "palavra-passe", "mdp", "ww ",
            "try ", "probier ", "versuch", "prueba ", "essaie ", "prova ", " one is ", " one: ", " neue ", " alte ", "nouveau", "nouvelle", "nuev", "nuov", "nieuwe", "nowe to", "new pw",
            "log in", "login", "log on", "logged", "logging", "sign in", "signed in", "sign on", "einlog", "anmelden", "anmeldung", "einzulog", "anzumelden", "admin:",
            " it to ", " it back to ", "that to ", "this to ", "them to ", "root:", " / ", "administrator", "superuser", "postgres:", "sysadmin",
        ),
        gate=(
            rf"[ ][A-Z][a-z][^ \r\n]+[-_.][A-Za-z]|(?i:{_WORD}[ ](?:na|naar|in|auf|zu|till|til|a|en|para|pour|à|pe|u|ile|to)[ ]|(?:one|pw|neue|alte|richtige|aktuelle|nouveau|nouvelle|bonne?|nuev[oa]|nuov[oa]|nieuwe|nowe)[ ](?:is|ist|lautet|hei(?:ß|ss)t|war|est|es|è|e|to)[ ]|(?:one|pw|pwd)[ ]?[=:][ ]|{_WORD}[ ]from[ ]|(?:it|this|that|them)[ ](?:back[ ])?to[ ]|(?:as|als|comme|como|for|in|into|f(?:ü|ue)r)[ ][a-z0-9 -]{{0,40}}{_WORD}|{_WORD}(?:,|[ ][^\r\n]{{0,40}}[(–-])|{_WORD}[ ]?[(]|{_WORD}[ ][a-zä ]{{0,20}}(?:to|auf|in|zu|from)[ ]|(?:s|is|was|ist|war)[ ]{_WHOSE}[ ][a-z0-9 -]{{0,50}}{_WORD}|(?:{_SIGN_IN})[ ][^\r\n]{{0,160}}(?:with|using|mit)[ ]"
            rf"|[ ](?:to|for|um|zum)[ ][a-z ]{{0,50}}(?:{_SIGN_IN})|(?:als|as|comme|como)[ ][a-z ]{{0,8}}{_WORD}[ ]|(?:root|admin|administrator|superuser|postgres|sysadmin):|[ ]/[ ][*`]{{0,2}}[A-Za-z0-9])"
        ),
        rare=True,
        normalise=secret,
        validate=is_password,
        render=pseudonym,
        in_clear=True,
        secrets=lambda found: (secret(found),),
    )
)  # fmt: skip
