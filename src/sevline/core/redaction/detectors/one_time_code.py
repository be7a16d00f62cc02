"""Codes that are sent to sign somebody in, beside the words that say so."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms

_SPLIT = late(
    r"(.*?)([0-9]{3}-[0-9]{2}-[0-9]{3}|[0-9]{3}[ -]?[0-9]{3}|[0-9]{3,8}|[A-Z0-9]{3,5}(?:-[A-Z0-9]{3,5}){1,3})$",
    re.DOTALL,
)
#: The code first: `482913 is your login code`.
_BEFORE = r"[0-9]{4,8}[ ](?:is|as)[ ](?:(?:your|my)[ ](?:[A-Za-z0-9-]{1,20}[ ]){0,3}|the[ ](?:login|verification|security|access|confirmation|one-time|sign-in)[ ])(?:code|otp|pin|passcode)"
_FIRST = late(r"([0-9]{4,8})[ ](?:is|as)[ ]", re.IGNORECASE)
_DAY = late(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}$|[ ](?:to|on)[ ](?:19|20)[0-9]{6}$", re.IGNORECASE)
_WORDS = (
    r"(?:verification|security|confirmation|setup|pairing|unlock|login|sign-?in|access|activation|authentication|auth|sms|one[ -]time|2fa|mfa|otp)[ _-]?(?:code|pin|passcode)"
    r"|your(?:[ ][A-Za-z]{1,20}){0,2}[ ](?:code|otp|pin|passcode)|passcode|puk[12]?|(?:kopplungs|freischalt|aktivierungs|zugangs|tages|wechsel|pairing|link)-?code|best(?:ä|ae)tigungscode|sicherheitscode|einmalcode|m?tan"
    r"|(?:(?:vpn|sim|bank|banking|card|karten|door|alarm|voicemail|mobile|safe|t(?:ü|ue)r|handy|zugangs|wallet|token|admin|user|my|new|current)[ -]?)?pin(?:[ -]?(?:code|kode|kod|kodu|nummer|number|nr\.?|koodi|kód))?[ ]?(?:is|was|ist|war|lautet|are|est|es|é|è|er|är|to|jest|on|je|:|=|,)|(?:vpn|sim|bank|banking|card|karten|door|alarm|voicemail|safe|t(?:ü|ue)r|handy|wallet|token)[ -]?pin|pin[ -]?(?:code|kode|kod|kodu|koodi|kód)|(?:otp|pin)[ ](?:code[ ])?(?:is|was|ist|war|lautete?)|(?:code|codice|c(?:ó|o)digo|numer|cod)[ ]pin|einmalpasswort|(?-i:PIN|TAN|OTP)[ ]|(?:otp|passcode)(?:[ ][A-Za-z]{1,12}){1,4}[ ](?:is|was|ist|war)|(?:otp|pin|passcode)(?:[ ](?:code|number|nummer))?[ ](?:for|of|to|f(?:ü|ue)r|vom|pour|para|del?|d[oa]|der|des|dell[ae]|du)(?:[ ][^\s0-9:]+){1,5}?|(?:el|o|der|die|das|le|il|my|the|our|mein|meine)[ ](?:pin|otp)(?:[ ]code)?|code[ ]de[ ](?:v(?:é|e)rification|s(?:é|e)curit(?:é|e)|confirmation)|c(?:ó|o)digo[ ]de[ ](?:verificaci(?:ó|o)n|seguridad)"
)


def code(found: str) -> str:
    if first := _FIRST.match(found):
        return first[1]
    parts = _SPLIT.match(found)
    return parts.group(2) if parts else found


def is_code(found: str) -> bool:
    """What something is pinned to is a day as often: “pin to 20240115”."""
    return _DAY.search(found) is None


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    value = code(found)
    if _FIRST.match(found):
        return pseudonyms.secret("SECRET", value) + found[len(value) :]
    return found[: len(found) - len(value)] + pseudonyms.secret("SECRET", value)


detector(
    Detector(
        kind="one_time_code",
        title="Code for one sign-in",
        pattern=rf"(?i:(?-u:\b)(?:{_WORDS})[\"'\\]{{0,4}}[ \t]{{0,3}}(?::|=|is|was|ist|war|lautete?|est|es|é|è|er|är|to|jest|on|je|„)?[ \t]{{0,3}}[\"'\\]{{0,4}}(?:[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|[0-9]{{3}}-[0-9]{{2}}-[0-9]{{3}}|[0-9]{{3}}[ -][0-9]{{3}}|[0-9]{{4,8}}|(?-i:[A-Z0-9]{{3,5}}(?:-[A-Z0-9]{{3,5}}){{1,3}}))|(?-u:\b)cv[vc]2?[ :=]{{1,3}}[0-9]{{3,4}}|(?-u:\b){_BEFORE})(?-u:\b)",
        stage=Stage.PAIR,
        any_case=True,
        keywords=("code", "puk", "cvv", "cvc", "tan", "otp", "pin", "einmalpasswort", "codice", "digo "),
        gate=r"(?i:(?:code|puk[12]?|cv[vc]2?|tan|otp|pin|passwort|codice|digo)[\"'\\]{0,4}[^\r\n0-9]*(?:[0-9]{3}|[0-9][A-Z0-9]*-)|[0-9]{4}[ ](?:is|as)[ ](?:your|the|my)[ ])",
        rare=True,
        normalise=code,
        validate=is_code,
        render=pseudonym,
    )
)
