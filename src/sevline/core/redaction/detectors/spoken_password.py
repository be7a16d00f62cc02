"""Secrets told in a sentence: `pw Hunter2!secret`, `the API key is …`, `user marta / Summer2026!`. What looks like one counts.

Letters, a digit and a symbol together are asked for after a blank, since `password reset2026` tells of no secret; or what
no word looks like, letters and digits by turns.
"""

# ruff: noqa: E501 - patterns and forms are read whole

import re
from dataclasses import dataclass

from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import EVERY_PSEUDONYM, Pseudonyms
from sevline.core.redaction.secret_names import HINT, is_code, is_ordinary, looks_random
from sevline.core.redaction.told import is_joined

_WORDS = (
    r"pw|pwd|pass|passwd|pass(?:word|wort|phrase|code)|kennwort|wachtwoord|mot[ ]de[ ]passe|mdp|contrase(?:ñ|n)a|clave(?:[ ]de[ ](?:firma|acceso|red|usuario))?|senha|palavra[ -]passe|parola"
    r"|has(?:ł|l)o|heslo|jelsz(?:ó|o)|(?:ş|s)ifrem?|l(?:ö|o)senord|adgangskode|salasana|geslo|lozinka|geheimnis|ww|passord|parool|parole|zaporka|passwortes|jelszav(?:am|a)|parol(?:a|ă|y)|пароль|пароля|κωδικ(?:ός|ό)|salasanan?i?|l(?:ö|o)senordet|adgangskoden|kodeord(?:et)?|passordet|heslem|hasłem|hasła|(?:ş|s)ifre(?:m|si|niz)?|einmalpasswort|code[ ](?:wi-?fi|wlan)|wi-?fi[ -]code"
)
_WORD = (
    rf"(?:(?:initial|start|standard|admin|root|master|user|benutzer|wlan|mail|system|haupt|einmal)?(?:{_WORDS})|(?:api|access|secret|private|license|auth|app|account)[ -]?key|token|secret|credentials|jeton(?:[ ]d['’]acc(?:è|e)s)?"
    r"|(?:api|wlan|wifi|zugangs|lizenz)[ -]?schl(?:ü|ue)ssel|(?:cl(?:é|e)|chave|llave|chiave)(?:[ ]d[ei])?[ ](?:api|secr(?:è|e)te|secreta|segreta|priv(?:é|e)e|privada|privata)"
    r"|code[ ]d['’]acc(?:è|e)s|c(?:ó|o)digo[ ]de[ ]acc?es(?:o|so)|zugangscode)"
)
_LOGIN = (
    r"(?:user(?:name)?|login|logon|account|credentials|creds|zugang(?:sdaten)?|anmeldedaten|benutzer(?:name)?|identifiants?|credenciales|credenciais"
    r"|acceso|acc(?:è|e)s|kullan(?:ı|i)c(?:ı|i)(?:[ ]ad(?:ı|i))?|credenziali|inloggegevens|utilizador|gebruiker(?:snaam)?|brugernavn|brukernavn|anv(?:ä|a)ndarnamn|u(?:ż|z)ytkownik|usu(?:a|á)rio|utilisateur|wifi|wlan|wi-fi|dost(?:ę|e)p)"
)
_IS = r"(?:is|was|are|take|use|will be|becomes|remains|stays|ist|war|wird|w(?:ä|ae)re|bleibt|hei(?:ß|ss)t|hie(?:ß|ss)|lautete?|lauten|reste|sera|devient|será|ser(?:à|á)|sar(?:à|a)|queda|fica|blijft|wordt|est|es|era|é|è|eh|to|je|jest|bol[oa]?|byl[oa]?|było|był|är|er|var|on|oli|este|(?:e|je)ste|είναι|c['’]est)"
#: After “is” or a colon; a few words may stand before it. `the key: …` counts only here.
_FOR = r"(?:[ \t](?:for|of|to|on|in|f(?:ü|ue)r|zum?|the|this|my|our|your|his|her|their|a|[a-zà-ž0-9-]{1,24}|\([^()\r\n]{1,40}\))){0,4}"
_TOLD = (
    rf"(?:密码|密碼|パスワード|暗証番号|비밀번호)(?:は|는|은|是|为|為)[ \t]?|(?:{_WORD}{_FOR}|(?:the|my|our|your|der|mein|la|ma|mi|a|minha)[ \t](?:key|schl(?:ü|ue)ssel|cl(?:é|e)|llave|chave|chiave){_FOR})"
    rf"(?:[ \t]{{1,3}}{_IS}(?:[ \t]{{0,2}}:)?[ \t]{{1,3}}|[ \t]{{0,2}}[:=→⇒][*_]{{0,2}}[ \t]{{1,3}})[*_`„“”»«›‹’‘]{{0,2}}"
)
#: A user, and in the same breath the password.
_BOTH = rf"(?:{_LOGIN}|as|als)[ \t:=]{{1,3}}[^\s,;:/]{{2,64}}[ \t,;/]{{1,3}}(?:and[ ]|und[ ]|et[ ]|y[ ])?(?:the[ ]|das[ ])?(?:{_WORDS})[ \t:=]{{1,3}}"
_SPLIT = late(
    rf"(?P<head>{_BOTH}|{_LOGIN}(?:[ \t](?:[^\s:=/()]+|\([^()]*\))){{0,3}}[ \t:=]{{1,3}}[^\s/]+[ \t]+/[ \t]+|{_LOGIN}(?:[ \t]+(?:are|lauten|sind|sont|son)|[ \t]*:)[ \t]+[^\s:/]+:|pw[ \t]*[:=][ \t]*|{_TOLD}|{_WORD}[ \t]+[*_`„“”»«›‹’‘]{{0,2}})"
    r"(?P<value>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_TOKENED = late(EVERY_PSEUDONYM)
_MARKS = ".,;:?)]}*_`„“”»«›‹’‘"
_SYMBOL = late(r"[!@#$%^&*+~?]")
_ADDRESS = late(r"(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[a-z]+://.*)$", re.IGNORECASE)
_LINE_OF_CODE = late(r"[($\[{/-]|!!")
_FIELD = late(r"[A-Za-z_]+[=:]")
_DIGIT_RUNS = late(r"[0-9]+")
#: A digit among letters, as chance or a person puts it there and a version does not: `x4k9pw`.
_DIGIT_WITHIN = late(r"[a-z][0-9]+[a-z]+[0-9]+[a-z]")
_UUID = late(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$", re.IGNORECASE)
#: What no password looks like: an address, a line of code, an id.
_TAG = late(r"!{1,2}[a-z][a-z-]*$")
_NEVER = (_ADDRESS, _LINE_OF_CODE, _UUID, _TAG)
_SAYS_PASSWORD = late(rf"(?:initial|start|standard|admin|root|master|user|wlan|mail|system|einmal)?(?:{_WORDS})")
_TOLD_WITH_USER = late(rf"{_BOTH}$", re.IGNORECASE)
_KEY = late(r"(?:the|my|our|your|der|mein|la|ma|mi|a|minha)[ \t](?:key|schl|cl|llave|chave|chiave)")
_JOINED = late(r"[-_]")
_SHORT = late(r"(?:pw|pwd|mdp)$")
_STATE = late(r"(?:[a-z]+(?:ed|ing)|reset|set)[0-9]*")
_SAID = late(rf"[ \t]{_IS}$|[は는은是为為]$", re.IGNORECASE)
_NO_SECRET = late(
    r"(?:sha|md|base|utf|aes|rsa|hs|rs|es|ed|argon|oauth|id|v|x|http)-?[0-9]+\w{0,3}|[\w.-]*\([^)]*\)?.*|(?-i:[A-Z_]+[0-9]*)|[0-9]+\w{0,2}",
    re.IGNORECASE,
)


def _split(found: str) -> tuple[str, str, str]:
    """What stays before the password, the password, the marks of the sentence after it."""
    parts = _SPLIT.match(found)
    if parts is None:
        return found, "", ""
    value = parts["value"].rstrip(_MARKS)
    return parts["head"], value, parts["value"][len(value) :]


def secret(found: str) -> str:
    return _split(found)[1]


@dataclass(frozen=True, slots=True)
class _Traits:
    """What of a password a word has. An exclamation mark at its end is the sentence's unless the rest mixes cases."""

    letter: bool
    digit: bool
    symbol: bool
    senseless: bool

    @classmethod
    def of(cls, value: str) -> "_Traits":
        inner = value if value.lower() != value != value.upper() else value.rstrip("!")
        return cls(
            letter=any(map(str.isalpha, value)),
            digit=any(map(str.isdecimal, value)),
            symbol=_SYMBOL.search(inner) is not None,
            senseless=len(value) >= 12 and len(_DIGIT_RUNS.findall(value)) > 1,
        )


def is_password(found: str) -> bool:
    """Six characters or more with letters, a digit and a symbol; after “is” or a colon a digit or a symbol is enough."""
    head, value, _ = _split(found)
    if (
        len(value) < 6
        or _TOKENED.search(value)
        or is_ordinary("password", value.lstrip("$").rstrip("!"), loose=False)
        or is_code(value)
        or any(kind.match(value) for kind in _NEVER)
    ):
        return False
    has = _Traits.of(value)
    return has.letter and _is_told(head.rstrip(" \t*_`„“”»«›‹’‘").lower(), value, has)


def _is_told(told: str, value: str, has: _Traits) -> bool:
    """Whether the word has enough of a password for what was said before it."""
    either = has.digit or has.symbol or is_joined(value)
    if told.startswith(("pw:", "pw=", "pw :", "pw =")) or told.endswith("/"):
        return either
    if _KEY.match(told):
        return has.digit and (has.symbol or _is_mixed(value) or looks_random(value))
    if _TOLD_WITH_USER.match(f"{told} "):
        return either or _JOINED.search(value) is not None
    if _SHORT.match(told):
        return either
    return _is_told_long(told, value, has)


def _is_told_long(told: str, value: str, has: _Traits) -> bool:
    """The same behind a whole word for a password or a key."""
    said = _SAID.search(told)
    if _FIELD.match(value) and not (said and _SAYS_PASSWORD.match(told) and has.digit and "=" not in value):
        return False
    if told.endswith(":") or said:
        return _is_telling(value, has, sure=_SAYS_PASSWORD.match(told) is not None)
    return _is_beside(value, has, sure=_SAYS_PASSWORD.match(told) is not None)


def _is_beside(value: str, has: _Traits, *, sure: bool) -> bool:
    """The same after nothing but a blank."""
    if is_joined(value):
        return sure
    return has.digit and (has.symbol or has.senseless or (sure and _is_made_up(value)))


def _is_made_up(value: str) -> bool:
    """Words that somebody joined in both cases or more than two of them, or digits among letters."""
    joined = ("-" in value or "_" in value) and (value.lower() != value != value.upper() or value.count("-") > 1)
    return (joined or _DIGIT_WITHIN.search(value) is not None) and _NO_SECRET.fullmatch(value) is None


def _is_telling(value: str, has: _Traits, *, sure: bool) -> bool:
    """After “is” or a colon: a symbol, or a digit in a password or in eight characters, and no name of an algorithm."""
    if not has.symbol and _STATE.fullmatch(value):
        return False
    if sure and (is_joined(value) or _is_joined_long(value)):
        return True
    return (has.symbol or (has.digit and (sure or len(value) >= 8))) and _NO_SECRET.fullmatch(value) is None


def _is_joined_long(value: str) -> bool:
    return value.count("-") > 1 and value.replace("-", "").isalnum() and len(value) > 9


def _is_mixed(value: str) -> bool:
    return value != value.lower() and len(value) >= 12


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    head, value, rest = _split(found)
    return head + pseudonyms.secret("SECRET", value) + rest


detector(
    Detector(
        kind="spoken_password",
        title="Password or key told in a sentence",
        pattern=(
            rf"(?i:{BEGIN}(?:{_BOTH}|{_LOGIN}(?:[ \t](?:[^\s:=/()]{{1,24}}|\([^()\r\n]*\))){{0,3}}[ \t:=]{{1,3}}[^\s/]{{2,64}}[ \t]{{1,3}}/[ \t]{{1,3}}|{_LOGIN}(?:[ \t]{{1,3}}(?:are|lauten|sind|sont|son)|[ \t]?:)[ \t]{{1,3}}[^\s:/]{{1,64}}:"
            rf"|pw[ \t]{{0,3}}[:=][ \t]{{0,3}}|{_TOLD}|{_WORD}[ \t]{{1,4}}[*_`„“”»«›‹’‘]{{0,2}})"
            r"[^\s\"'<>\\`，。、]{6,128})"
        ),
        stage=Stage.PAIR,
        rare=True,
        gate=(
            rf"(?:密码|密碼|パスワード|暗証番号|비밀번호)(?:は|는|은|是|为|為)|(?i:{_WORD}[ \t]|(?:pw|{_WORD}|the[ ]key)[ \t]{{0,3}}[:=→⇒]|[ \t]/[ \t]"
            rf"|{_LOGIN}[ \t]{{1,3}}(?:are|lauten|sind|sont|son)[ \t]|(?:credentials|creds)[ \t]?:[ \t]|(?:key|schl(?:ü|ue)ssel|cl(?:é|e)|llave|chave|chiave)[ \t]*(?:{_IS}[ \t]|:|[a-zà-ž0-9 -]{{1,40}}:))"
        ),
        hint=HINT,
        normalise=secret,
        validate=is_password,
        render=pseudonym,
        secrets=lambda found: (secret(found),),
    )
)
