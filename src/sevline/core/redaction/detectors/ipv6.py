"""Public IPv6 addresses, those for documentation among them, and whole ones of ranges that are not routed yet."""

import re
from functools import lru_cache
from ipaddress import AddressValueError, IPv6Address

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms

_WITH_PORT = late(r"(?:[0-9A-Fa-f]{1,4}:){8}[0-9]{5}")
_FROM_DEVICE = late(r"fe80:.*ff:fe.*", re.IGNORECASE)
_OF_NO_DEVICE = ("fe8", "fe9", "fea", "feb", "fc", "fd", "ff")


@lru_cache(maxsize=64)
def address(found: str) -> str | None:
    """The address as RFC 5952 writes it; None where the text is a time or another number with colons."""
    if "::" not in found:
        if found.count(":") < 6:
            return None
        groups = found.lower().split(":")
        if len(groups) == 8 and all(groups) and "." not in found:  # the pattern lets only hexadecimal digits through
            groups = [group.lstrip("0") or "0" for group in groups]
            if groups.count("0") < 2:  # nothing to be shortened
                return ":".join(groups)
    try:
        return str(IPv6Address(found))
    except AddressValueError:
        return None


def is_address(found: str) -> bool:
    """An address that is routed; of other ranges one in eight groups, some of them long.

    Pairs of digits are a fingerprint or the address of a device on its wire. Link-local, unique local and multicast
    addresses tell nothing about a person and stay.
    """
    if _FROM_DEVICE.fullmatch(found):
        return True
    if _WITH_PORT.fullmatch(found):
        found = found.rpartition(":")[0]
    if found[0] in "23" and len(found.partition(":")[0]) == 4:
        return address(found) is not None
    groups = found.lower().split(":")
    is_kept = len(groups[0]) == 4 and groups[0].startswith(_OF_NO_DEVICE)
    return len(groups) == 8 and all(groups) and sum(len(group) > 2 for group in groups) > 3 and not is_kept


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    """An address of the documentation range, with two groups that no network uses there and 64 bits of the hash."""
    port = ""
    if _WITH_PORT.fullmatch(found):
        found, mark, number = found.rpartition(":")
        port = mark + number
    hexadecimal = pseudonyms.hex16("ipv6", address(found) or found)
    return (
        ":".join(["2001", "db8", "fade", "cafe", *(hexadecimal[start : start + 4] for start in range(0, 16, 4))]) + port
    )


detector(
    Detector(
        kind="ipv6",
        title="Public IPv6 address",
        # The range that is routed on the internet begins with 2 or 3 in the first of its four digits.
        pattern=(
            r"(?-u:\b)(?:[0-9A-Fa-f]{1,4}:){8}[0-9]{5}(?-u:\b)|(?-u:\b)[23][0-9A-Fa-f]{3}:(?:[0-9A-Fa-f]{0,4}:){1,7}(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9A-Fa-f]{0,4})"
            # The own address of a link, where it was made from that of the device.
            r"|(?-u:\b)(?i:fe80:(?::|(?:0:){3}|:0:0:0:)[0-9a-f]{1,4}:[0-9a-f]{0,2}ff:fe[0-9a-f]{2}:[0-9a-f]{1,4})(?-u:\b)"
            # More groups are matched on purpose, so that a longer number is taken whole and left alone.
            r"|(?-u:\b)[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){7,}(?-u:\b)"
        ),
        stage=Stage.NUMBER,
        gate=r"(?:ff:fe|FF:FE)[0-9A-Fa-f]|[23][0-9A-Fa-f]{3}:[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]|[0-9A-Fa-f]{3,4}:[0-9A-Fa-f]{3,4}:[0-9A-Fa-f]{1,4}:",
        validate=is_address,
        render=pseudonym,
    )
)
