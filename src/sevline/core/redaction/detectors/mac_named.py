"""MAC addresses beside their name, where they look like any bytes: with blanks between or nothing."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms

_SPLIT = late(
    r"(.*?)((?<![0-9a-z])[0-9a-f]{2}(?: [0-9a-f]{2}){5,}|[0-9a-f]{12}|[0-9a-f]{4}(?:[:-][0-9a-f]{4}){2})$",
    re.IGNORECASE | re.DOTALL,
)
_MARKS = str.maketrans("", "", " :-")
#: Devices beside which six bytes with blanks between are an address of theirs.
_DEVICE = r"(?:station|client|device|adapter|supplicant|sta|peer|neighbou?r)"


def _parts(found: str) -> tuple[str, str]:
    parts = _SPLIT.match(found)
    return (parts.group(1), parts.group(2)) if parts else (found, "")


def digits(found: str) -> str:
    return _parts(found)[1].translate(_MARKS).lower()


def is_device(found: str) -> bool:
    """Six bytes, and no more: a dump of memory goes on."""
    return len(digits(found)) == 12 and digits(found) not in ("f" * 12, "0" * 12)


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    return f"{_parts(found)[0]}mac-{pseudonyms.hex16('mac', digits(found))}"


detector(
    Detector(
        kind="mac_named",
        title="MAC address beside its name",
        pattern=(
            rf"(?i-u:{BEGIN}(?:[a-z]{{1,12}}[_-])?(?:mac(?:[ _-]?addr(?:ess)?)?|ether|hwaddr|hardware address|bssid)[\"'\\]{{0,4}}[ \t]{{0,3}}[:=]?[ \t]{{0,3}}"
            r"[\"'\\]{0,4}(?:[0-9a-f]{2}(?: [0-9a-f]{2}){5,}|[0-9a-f]{12}|[0-9a-f]{4}(?:[:-][0-9a-f]{4}){2})(?-u:\b)"
            rf"|{BEGIN}{_DEVICE}[ :=]{{1,3}}[0-9a-f]{{2}}(?: [0-9a-f]{{2}}){{5,}}(?-u:\b))"
        ),
        stage=Stage.PERSONAL,
        rare=True,
        gate=r"(?i-u:(?:mac|addr|address|ether|bssid)[\"'\\ \t:=]{1,8}[0-9a-f]{2}[ 0-9a-f]"
        rf"|{_DEVICE}[ :=]{{1,3}}(?:[0-9a-f]{{2}} ){{5}})",
        any_case=True,
        keywords=(
            "mac",
            "ether",
            "hwaddr",
            "hardware address",
            "bssid",
            "station",
            "client",
            "device",
            "adapter",
            "supplicant",
            "sta ",
            "peer",
            "neighbor",
            "neighbour",
        ),
        normalise=digits,
        validate=is_device,
        render=pseudonym,
        in_clear=True,
    )
)
