"""Names and attribute values of SAML assertions that stand in a log or in a text."""

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import EVERY_PSEUDONYM, Pseudonyms

_SPLIT = late(r"(<[^>]*>\s*)(.*?)(\s*)$", re.DOTALL)
_TOKENED = late(rf"&lt;[A-Z0-9-]+-[0-9a-f]{{16}}&gt;|{EVERY_PSEUDONYM}")


def value(found: str) -> str:
    parts = _SPLIT.match(found)
    return parts.group(2) if parts else found


def is_open(found: str) -> bool:
    text = value(found)
    return bool(text) and _TOKENED.search(text) is None


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    parts = _SPLIT.match(found)
    if parts is None:
        return found
    token = pseudonyms.token("VALUE", parts.group(2), kind="saml value")
    return f"{parts.group(1)}&lt;{token[1:-1]}&gt;{parts.group(3)}"


detector(
    Detector(
        kind="saml_value",
        title="Name or attribute value of a SAML assertion",
        pattern=r"<(?:[A-Za-z0-9]+:)?(?:NameID|AttributeValue)(?:\s[^<>]*)?>[^<]+",
        stage=Stage.NUMBER,
        keywords=("NameID", "AttributeValue"),
        normalise=value,
        validate=is_open,
        render=pseudonym,
    )
)
