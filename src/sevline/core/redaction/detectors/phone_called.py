"""Telephone numbers in any form behind what people say of them: “call me on”, “erreichen Sie mich unter”."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.checksums import only_digits
from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms

_CALLS = (
    r"(?:contact[eo]?|kontakt[u]?|kontaktnummer|depuis|desde|aus|from)(?:[ ][^\s0-9:]{2,20}){0,3}[ ]?:|(?:call|ring|phone|reach|text|dial|whatsapp|message|signal|sms)(?:[ ](?:me|us|him|her|them|back|you))*(?:[ ](?:at|on|under|via))?"
    r"|(?:my|his|her|our|your|their)[ ](?:[a-z]{2,7}[ ]){0,2}number(?:[ ]is)?|(?:erreichbar|erreichen|anrufen|rufen|melden|r(?:ü|ue)ckruf|handy|mobil)[ ](?:[a-zß-ü]{2,8}[ ]){0,3}(?:unter|auf|an)|unter"
    r"|(?:joindre|appeler|appelez(?:-moi|-nous)?|rappeler|rappelez|contacter)[ ](?:[a-zß-ü-]{2,8}[ ]){0,2}(?:au|sur)|(?:ll(?:á|a)m[a-zß-ü]{1,6}|llamar|contactar)[ ](?:[a-zß-ü]{2,8}[ ]){0,2}(?:al|en el)"
    r"|(?:chiam(?:a|i|ami|atemi|are)|richiam(?:a|i|are))[ ](?:[a-zß-ü]{2,8}[ ]){0,2}(?:al|allo|il|lo)|(?:ligue|ligar)[ ](?:[a-zß-ü]{2,8}[ ]){0,2}(?:para|no)|(?:bel|bellen|bereikbaar)[ ](?:[a-zß-ü]{2,8}[ ]){0,2}(?:op|naar)"
    r"|(?:(?:za|od)?dzwoń|(?:za|od)dzwonić|zatelefonować)(?:[ ](?:pod|na))?(?:[ ]numer)?|(?:za)?volejte(?:[ ]na)?|zavolat na|soita|soittakaa|soitto|ring(?:e|er|a)?[ ](?:på|til|till)|tavoittaa[ ]numerosta|hívjon a|sunați la|sunati la|nazovite"
)
_NUMBER = r"\(?[0-9](?:[ ./()-]{0,2}[0-9]){6,13}"
_SPLIT = late(rf"(?P<head>.*?)(?P<number>{_NUMBER})$", re.DOTALL)
#: A date, a version, or so many of something.
_OTHER = late(
    r"(?:19|20)[0-9]{2}[-/.]?[0-9]{1,2}[-/.]?[0-9]{1,2}.*|[0-9]{1,2}\.[0-9]{1,2}\..*|[0-9]+(?:\.[0-9]+)+|[1-9][0-9]*"
)


def _parts(found: str) -> tuple[str, str]:
    parts = _SPLIT.match(found)
    return (parts["head"], parts["number"]) if parts else (found, "")


def digits(found: str) -> str:
    return only_digits(_parts(found)[1])


def is_number(found: str) -> bool:
    return 8 <= len(digits(found)) <= 14 and _OTHER.fullmatch(_parts(found)[1]) is None


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    return _parts(found)[0] + pseudonyms.token("PHONE", digits(found))


detector(
    Detector(
        kind="phone_called",
        title="Telephone number behind what calls for it",
        pattern=rf"(?i:{BEGIN}(?:{_CALLS}))[ :]{{1,2}}{_NUMBER}(?-u:\b)",
        stage=Stage.NUMBER,
        any_case=True,
        gate=r"[a-zA-Zß-ɏ:][ ]{1,2}\(?[0-9][0-9 ./()-]{6}",
        keywords=("call ", "ring ", "reach ", "contact", "kontakt", "depuis ", "desde ", "aus ", "from ", "text me", "dial ", "phone number",
            "number is", "y number", "r number", "s number", "unter ", "erreich", "anruf", "rufen", "joindre", "appele", "contacter", "llám", "llama", "chiam", "ligue", "ligar", "dzwo", "volej", "zavolat", "soita", "soitto", "ringe", "ringa", "tavoitt", "hívjon", "suna", "nazovite", "zatelefon", "bel ", "bellen", "bereikbaar", "whatsapp",),
        normalise=digits,
        validate=is_number,
        render=pseudonym,
        in_clear=True,
    )
)  # fmt: skip
