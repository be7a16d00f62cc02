"""Public IPv4 addresses; private, loopback and link-local ones tell nothing about a person and stay."""

import re
from ipaddress import IPv4Address

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.pseudonym import Pseudonyms

_KEPT = tuple(
    (int(IPv4Address(first)), int(IPv4Address(last)))
    for first, last in (
        ("0.0.0.0", "0.255.255.255"),  # noqa: S104 - a range to compare with, nothing is bound
        ("10.0.0.0", "10.255.255.255"),
        ("100.64.0.0", "100.127.255.255"),
        ("127.0.0.0", "127.255.255.255"),
        ("169.254.0.0", "169.254.255.255"),
        ("172.16.0.0", "172.31.255.255"),
        ("192.168.0.0", "192.168.255.255"),
        ("224.0.0.0", "255.255.255.255"),
    )
)
_QUAD = re.compile(r"(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(?:\.(?!$)|$)){4}")


def is_public(found: str) -> bool:
    """Four octets outside the kept ranges. A network such as 120.0.0.0 is a browser's version far more often."""
    if _QUAD.fullmatch(found) is None or found.endswith(".0.0.0"):
        return False
    one, two, three, four = map(int, found.split("."))
    number = one << 24 | two << 16 | three << 8 | four
    return not any(first <= number <= last for first, last in _KEPT)


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    network = found.rpartition(".")[0]
    return f"ip-{pseudonyms.hex16('ipv4 network', network)}-{pseudonyms.hex16('ipv4', found)}"


_VERSION = (
    r"(?i-u:(?:versions?|ver|release|build|rev|revision|firmware|driver|image|tag|upgraded? to)"
    r"[\"'\\]{0,3}[ ]?[:=/-]?[ ]?[\"'\\]{0,3}[vV]?"
    r"|v|(?:chrome|crios|edga?|opr|opera|safari|firefox|brave|electron|curl|python|java|jdk|jre|node|nginx|apache|tomcat"
    r"|jetty|sdk|agent|client|server|app|core)/)"
)

detector(
    Detector(
        kind="ipv4",
        title="Public IPv4 address",
        # A word for a version before the numbers takes them along, and the whole is then no address.
        pattern=(
            rf"(?-u:\b){_VERSION}[0-9]{{1,4}}(?:\.[0-9]{{1,5}}){{3,}}"
            r"|[A-Za-z_.-]*[A-Za-z_][0-9]{1,4}(?:\.[0-9]{1,5}){3,}"
            r"|(?-u:\b)[0-9]{1,3}(?:\.[0-9]{1,9}){3,}(?-u:\b)(?:[-+_.]?[A-Za-z][A-Za-z0-9]*)?"
        ),
        stage=Stage.NUMBER,
        gate=r"[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]",
        validate=is_public,
        render=pseudonym,
    )
)
