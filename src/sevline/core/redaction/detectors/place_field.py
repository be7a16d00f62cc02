"""Where somebody lives or was born: towns in fields that say so, and a street whose number stands in another field."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms, is_token
from sevline.core.redaction.shield import STAND_IN

_TOWN = r"(?:city|town|suburb|village|ort(?:schaft|01)?|stadt|ville|commune|localit(?:é|e|y)|ciudad|poblaci(?:ó|o)n|localidad|municipio|citt(?:à|a)|comune|cidade|plaats|stad|miasto|miejscowo(?:ść|sc)|m(?:ě|e)sto)"
#: The name of a field that says by itself whose town it is; `address.city` is what readers of documents call a town
#: beside a street.
_LABEL = (
    rf"(?:(?:home|birth|billing|shipping|delivery|mailing|postal|customer|address|wohn|geburts|liefer|rechnungs)[_ .-]?{_TOWN}|birth[_ -]?place|place[_ ]of[_ ](?:birth|residence)|birthplace|geburtsort|wohnort|hometown"
    r"|lieu[_ ]de[_ ]naissance|lugar[_ ]de[_ ]nacimiento|luogo[_ ]di[_ ]nascita|local[_ ]de[_ ]nascimento|naturalidade|geboorteplaats|woonplaats|miejsce[_ ]urodzenia|address[.]street)"
)
_IS = r"[\"'\\]{0,4}[ \t]{0,3}(?:=>|[:=])[ \t]{0,3}[\"'\\]{0,4}"
_BORN = r"(?:[Gg]eboren (?:in|te)|[Bb]orn in|[Nn]ée? à|[Nn]acid[oa] en|[Nn]at[oa] a|[Nn]ascid[oa] em|[Ww]ohnhaft in|[Rr]esident in|[Rr]esidente en|[Dd]omiciliée? à)[ ]"
_PLACE = r"[A-ZÀ-žƀ-ɏ'’][A-Za-zÀ-žƀ-ɏ'’./-]*(?:[ ](?:[A-ZÀ-žƀ-ɏ(][A-Za-zÀ-žƀ-ɏ'’./()-]*|an|am|der|im|in|de|la|le|sur|del|di|upon|ob|bei)){0,4}"
_FIELD = late(
    rf"(?:<(?:ADDRESS|PERSON|BIRTH-DATE)-[0-9a-f]{{16}}>[^A-Za-z]{{0,8}}(?:{_TOWN}|{_LABEL})(?:{_IS}|[ ]+)|{_LABEL}{_IS}|{_BORN})",
    re.IGNORECASE,
)


def _split(found: str) -> tuple[str, str]:
    """What stands before the place, and the place."""
    match = _FIELD.match(found)
    return (found[: match.end()], found[match.end() :].rstrip("'’")) if match else (found, "")


def place(found: str) -> str:
    return _split(found)[1].lower()


def is_place(found: str) -> bool:
    value = _split(found)[1]
    return len(value) > 1 and not is_token(value)


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    head, value = _split(found)
    return head + pseudonyms.token("ADDRESS", value.lower()) + found[len(head) + len(value) :] if value else found


detector(
    Detector(
        kind="place_field",
        title="Town or street of a person in a field that says so",
        pattern=rf"{STAND_IN}[^A-Za-z\r\n]{{0,8}}(?i:{_TOWN})(?:{_IS}|[ ]+){_PLACE}|{BEGIN}(?i:{_LABEL}){_IS}{_PLACE}(?:[ ][0-9]{{1,4}}[ ]?[a-z]?(?-u:\b))?|{BEGIN}{_BORN}{_PLACE}",
        stage=Stage.PERSONAL,
        any_case=True,
        rare=True,
        keywords=(
            "city", "town", "suburb", "ort\"", "ort:", "ort=", "ort01", "stadt", "ville", "commune", "localit", "ciudad", "localidad", "municipio", "citt", "comune", "cidade", "plaats", "birth", "geburtsort",
            "wohnort", "lieu", "lugar", "luogo", "nasciment", "naturalidade", "miejsc", "address.street", "poblaci", "place of", "geboren in", "geboren te", "born in", " à ", "nacid", "nato a", "nata a", "nascid", "wohnhaft", "resident", "domicili", "place_of", "hometown",
        ),
        gate=rf"(?i:{_TOWN}|birth|place|geburtsort|wohnort|hometown|naissance|nacimiento|nascita|nascimento|naturalidade|urodzenia|[.]street)(?:{_IS}|[ ]+)[A-ZÀ-ɏ'’]|(?:in|te|à|en|a|em)[ ][A-ZÀ-ɏ]",
        normalise=place,
        validate=is_place,
        render=pseudonym,
        in_clear=True,
    )
)  # fmt: skip
