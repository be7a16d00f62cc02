"""IPv6 addresses written with all eight groups, of ranges that are not routed yet and yet are somebody's."""

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.detectors import ipv6

_OF_NO_DEVICE = ("fe8", "fe9", "fea", "feb", "fc", "fd", "ff")  # link-local, unique local, multicast


def is_address(found: str) -> bool:
    """Eight groups, some of them long: pairs of digits are a fingerprint or the address of a device on its wire."""
    groups = found.lower().split(":")
    return (
        len(groups) == 8
        and sum(len(group) > 2 for group in groups) > 3
        and not (len(groups[0]) == 4 and groups[0].startswith(_OF_NO_DEVICE))
    )


detector(
    Detector(
        kind="ipv6_whole",
        title="IPv6 address in eight groups",
        # More groups are matched on purpose, so that a longer number is taken whole and left alone.
        pattern=r"(?-u:\b)[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){7,}(?-u:\b)",
        stage=Stage.NUMBER,
        rare=True,
        gate=r"[0-9A-Fa-f]{3,4}:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]",
        validate=is_address,
        normalise=lambda found: ipv6.address(found) or found,
        render=ipv6.pseudonym,
    )
)
