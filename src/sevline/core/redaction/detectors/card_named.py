"""Payment card numbers of any issuer beside a name that says so: the check digit alone decides."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.checksums import luhn
from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.detectors import card
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms

_LABEL = r"(?:(?:credit|debit|payment|bank|kredit)?[ _-]?(?:card|karten?|carte|tarjeta|cart(?:ão|ao))[ _-]?(?:number|nummer|no|nr|num|pan)?|cc(?:[ _-]?(?:number|num|no))?|pan)"
#: A field or column that is called so.
NAME = late(rf"(?:[a-z]{{1,12}}[_-]?)?{_LABEL}", re.IGNORECASE)
_IS = r"[\"'\\]{0,4}[ \t]{0,3}(?:[:=>]|is|ist)[ \t]{0,3}[\"'\\]{0,4}"
_NUMBER = r"[0-9](?:[ -]?[0-9]){11,18}"
_SPLIT = late(rf"(?P<head>.*?)(?P<number>{_NUMBER})$", re.DOTALL)


def _parts(found: str) -> tuple[str, str]:
    parts = _SPLIT.match(found)
    return (parts["head"], parts["number"]) if parts else (found, "")


def digits(found: str) -> str:
    return card.digits(_parts(found)[1])


def is_number(found: str) -> bool:
    number = digits(found)
    return luhn(number) and len(set(number)) > 1 and number[0] != "9"


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    head, number = _parts(found)
    return head + card.pseudonym(number, pseudonyms)


detector(
    Detector(
        kind="card_named",
        title="Payment card number beside its name",
        pattern=rf"(?i:{BEGIN}(?:[a-z]{{1,12}}[_-])?{_LABEL}){_IS}{_NUMBER}(?-u:\b)",
        stage=Stage.NUMBER,
        gate=rf"(?i:card|karte|carte|tarjeta|cart(?:ão|ao)|cc|pan)(?i:[ _-]?(?:number|nummer|num|no|nr|pan))?{_IS}[0-9]{{4}}",
        normalise=digits,
        validate=is_number,
        render=pseudonym,
    )
)
