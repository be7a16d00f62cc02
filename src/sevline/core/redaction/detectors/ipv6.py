"""Public IPv6 addresses, also with a percent-encoded colon."""

import re
from ipaddress import AddressValueError, IPv6Address, IPv6Network

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.pseudonym import Pseudonyms

_GLOBAL = IPv6Network("2000::/3")
_DOCUMENTATION = IPv6Network("2001:db8::/32")
_COLON = re.compile(r"%3a", re.IGNORECASE)


def _address(found: str) -> IPv6Address | None:
    try:
        return IPv6Address(_COLON.sub(":", found))
    except AddressValueError:
        return None


def is_public(found: str) -> bool:
    """In the range that is routed on the internet. Addresses for documentation stay: pseudonyms are of their form."""
    address = _address(found)
    if address is None:
        return False
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped.is_global
    return address in _GLOBAL and address not in _DOCUMENTATION


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    address = _address(found)
    hexadecimal = pseudonyms.digest("ipv6", str(address)).hex()
    groups = [hexadecimal[start : start + 4] for start in range(0, 24, 4)]
    written = ":".join(["2001", "db8", *groups])
    return written.replace(":", "%3A") if _COLON.search(found) else written


detector(
    Detector(
        kind="ipv6",
        title="Public IPv6 address",
        pattern=(
            r"(?i:[0-9a-z_.-]*[g-z_.-][0-9a-f]{0,4}(?::|%3a)[0-9a-f:]+"  # a name before it: no address
            r"|(?:[0-9a-f]{1,4}(?::|%3a)){2,7}(?::|%3a)?(?:[0-9a-f]{1,4}(?::|%3a)){0,6}"
            r"(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{1,4})?"
            r"|[0-9a-f]{1,4}(?:::|%3a%3a)(?:[0-9a-f]{1,4}(?::|%3a)){0,6}[0-9a-f]{0,4}"
            r"|::(?:ffff:)?(?:\d{1,3}(?:\.\d{1,3}){3}|(?:[0-9a-f]{1,4}:){1,6}[0-9a-f]{1,4}))"
        ),
        stage=Stage.NUMBER,
        gate=r"(?i:[0-9a-f:](?::|%3a)[0-9a-f]{0,4}(?::|%3a)[0-9a-f])",
        validate=is_public,
        render=pseudonym,
    )
)
