"""A day of birth behind the person whose it is, as lists of drivers, guests and patients have it: `Anna Meyer (21.06.1980)`."""

# ruff: noqa: E501 - patterns are read whole

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.redaction.shield import STAND_IN

_SPLIT = late(
    r"(?P<head><PERSON-[0-9a-f]{16}>[^0-9]*)(?P<date>[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2})$",
    re.DOTALL,
)


def date(found: str) -> str:
    parts = _SPLIT.match(found)
    return parts["date"] if parts else ""


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    value = date(found)
    return found[: len(found) - len(value)] + pseudonyms.secret("BIRTH-DATE", value)


detector(
    Detector(
        kind="birth_behind",
        title="Date of birth behind a person",
        pattern=rf"{STAND_IN}[ ,]{{1,2}}(?:\((?:\*|geb\.?|born|b\.|née?|°|DOB:?)?[ ]?|\*[ ]?|,[ ]\*[ ]?)(?:[0-9]{{1,2}}[./-][0-9]{{1,2}}[./-](?:19[2-9]|200|201)[0-9]|(?:19[2-9]|200|201)[0-9]-[0-9]{{2}}-[0-9]{{2}})(?-u:\b)",
        stage=Stage.NUMBER,
        gate=rf"{STAND_IN}[ ,]{{1,2}}[(*][^\r\n0-9]{{0,6}}[0-9]",
        rare=True,
        normalise=date,
        validate=lambda found: bool(date(found)),
        render=pseudonym,
        in_clear=True,
    )
)
