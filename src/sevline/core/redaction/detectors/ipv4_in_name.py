"""Public IPv4 addresses inside names of hosts, and as two groups of IPv6."""

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.detectors.ipv4 import is_public
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms

_DASHED = late(r"([0-9]{1,3})[-.]([0-9]{1,3})[-.]([0-9]{1,3})[-.]([0-9]{1,3})")
_MAPPED = late(r"(.*:)([0-9a-f]{1,4}):([0-9a-f]{1,4})$", re.IGNORECASE)


def address(found: str) -> str:
    """In the usual form, with its four numbers in the usual order."""
    if mapped := _MAPPED.match(found):
        high, low = int(mapped[2], 16), int(mapped[3], 16)
        return f"{high >> 8}.{high & 255}.{low >> 8}.{low & 255}"
    dashed = _DASHED.search(found)
    if dashed is None:
        return ""
    numbers = dashed.groups()
    return ".".join(reversed(numbers) if "in-addr" in found else numbers)


def is_address(found: str) -> bool:
    """Turned round or not: a name of the reverse zone is often made by hand."""
    numbers = address(found)
    return is_public(numbers) or ("in-addr" in found and is_public(".".join(reversed(numbers.split(".")))))


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    """The name of the host stays; of an address in IPv6 the groups before it."""
    text = address(found)
    token = f"ip-{pseudonyms.hex16('ipv4 network', text.rpartition('.')[0])}-{pseudonyms.hex16('ipv4', text)}"
    if mapped := _MAPPED.match(found):
        return mapped[1] + token
    return _DASHED.sub(token, found, count=1)


detector(
    Detector(
        kind="ipv4_in_name",
        title="Public IPv4 address inside another name",
        pattern=(
            r"(?-u:\b)(?:ec2|ip|host|dsl|dyn|dynamic|static|cpe|pool|client|adsl|cable|customer|user|[a-z]{1,12}[0-9]{0,3})-[0-9]{1,3}-[0-9]{1,3}-[0-9]{1,3}-[0-9]{1,3}(?-u:\b)"
            r"|(?-u:\b)[0-9]{1,3}-[0-9]{1,3}-[0-9]{1,3}-[0-9]{1,3}\.[a-z]"
            r"|(?-u:\b)[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.in-addr\.arpa"
            r"|(?i:::ffff:[0-9a-f]{1,4}:[0-9a-f]{1,4})(?-u:\b)"
        ),
        stage=Stage.PERSONAL,
        rare=True,
        gate=r"[a-z0-9]-[0-9]{1,3}-[0-9]{1,3}-[0-9]{1,3}(?:-[0-9]|\.)|[0-9]-[0-9]{1,3}-[0-9]{1,3}-[0-9]{1,3}\.[a-z]|in-addr\.arpa|(?i:::ffff:[0-9a-f]{1,4}:[0-9a-f])",
        normalise=address,
        validate=is_address,
        render=pseudonym,
        in_clear=True,
    )
)
