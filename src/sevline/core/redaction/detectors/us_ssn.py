"""United States social security numbers in three groups."""

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms

_MARKS = late(r"[ .-]")


def digits(found: str) -> str:
    return _MARKS.sub("", found)


def is_issued(found: str) -> bool:
    """By the rules since 2011: area not 000, 666 or from 900, group not 00, serial not 0000; the same mark twice."""
    marks = set(_MARKS.findall(found))
    number = digits(found)
    if len(number) != 9 or len(marks) != 1:
        return False
    area, group, serial = number[:3], number[3:5], number[5:]
    return area not in ("000", "666") and area < "900" and group != "00" and serial != "0000"


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    return pseudonyms.token("SSN", digits(found))


detector(
    Detector(
        kind="us_ssn",
        title="US social security number",
        # A group of the same form before or after it shows a longer identifier, which is left alone as a whole.
        pattern=(
            # Behind a request stand its status and size, and an address of version 6 after them.
            r"HTTP/[0-9.]+\"[ ][0-9]{3}[ ][0-9]+[ ][0-9A-Fa-f.:]*"
            r"|(?-u:\b)[0-9]{3}[ ][0-9]{2}[ ][0-9]{4}:[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]*"
            r"|[0-9A-Za-z.-]*[0-9A-Za-z]-[0-9]{3}-[0-9]{2}-[0-9]{4}"
            r"|(?-u:\b)[0-9]{3}[ .-][0-9]{2}[ .-][0-9]{4}(?-u:\b)(?:[-.][0-9]+)?"
        ),
        stage=Stage.PERSONAL,
        rare=True,
        gate=r"[0-9]{3}[ .-][0-9]{2}[ .-][0-9]{4}",
        validate=is_issued,
        normalise=digits,
        render=pseudonym,
    )
)
