"""MAC addresses with colons, hyphens or as three groups with points."""

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms

_MARKS = late(r"[:.-]")
#: The head of a frame as firewalls write it: to whom, from whom, and what is in it.
_FRAME = late(r"((?:[0-9a-f]{2}:){5}[0-9a-f]{2}):((?:[0-9a-f]{2}:){5}[0-9a-f]{2}):(08:0[06]|86:dd)", re.IGNORECASE)
_EXACT = late(r"[0-9a-f]{12}")


def digits(found: str) -> str:
    return _MARKS.sub("", found).lower()


def is_device(found: str) -> bool:
    """Twelve hex digits that name one device: neither broadcast nor all zero."""
    if _FRAME.fullmatch(found):
        return True
    return bool(_EXACT.fullmatch(digits(found))) and digits(found) not in ("f" * 12, "0" * 12)


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    if frame := _FRAME.fullmatch(found):
        return ":".join((pseudonym(frame[1], pseudonyms), pseudonym(frame[2], pseudonyms), frame[3]))
    return f"mac-{pseudonyms.hex16('mac', digits(found))}"


detector(
    Detector(
        kind="mac",
        title="MAC address",
        # More than six groups are matched on purpose, so that a fingerprint is taken whole and left alone.
        pattern=(
            r"(?-u:\b)(?i-u:[0-9a-f]{2}(?::[0-9a-f]{2}){5,}|[0-9a-f]{2}(?:-[0-9a-f]{2}){5,}"
            r"|[0-9a-f]{4}(?:\.[0-9a-f]{4}){2,})(?-u:\b)"
        ),
        stage=Stage.PERSONAL,
        rare=True,
        gate=r"(?i-u:(?:[0-9a-f]{2}[:-]){5}|[0-9a-f]{4}\.[0-9a-f]{4}\.)",
        validate=is_device,
        normalise=digits,
        render=pseudonym,
    )
)
