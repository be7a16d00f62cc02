"""Public IPv4 addresses; private, loopback and link-local ones tell nothing about a person and stay."""

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms

#: 0/8, 10/8, 100.64/10, 127/8, 169.254/16, 172.16/12, 192.168/16, 224/3: this host, private, shared by a provider,
#: loopback, link-local, multicast and reserved.
_KEPT = late(
    r"(?:0|10|127|22[4-9]|2[345]\d)\..*|100\.(?:6[4-9]|[789]\d|1[01]\d|12[0-7])\..*|169\.254\..*"
    r"|172\.(?:1[6-9]|2\d|3[01])\..*|192\.168\..*"
)
#: A capture of packets glues the port to the address, as a number or as the name of its service; Java writes a host's
#: name before it and the port behind it.
_PORT = r"\.(?:[0-9]{1,5}|[a-z][a-z0-9-]{1,30})"
_WITH_PORT = late(rf"(?<![\d.])\d{{1,3}}(?:\.\d{{1,3}}){{3}}(?={_PORT}(?: >|:)|:\d{{1,5}}$)")
_QUAD = late(r"(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(?:\.(?!$)|$)){4}")


def is_public(found: str) -> bool:
    """Four octets outside the kept ranges. A network such as 120.0.0.0 is a browser's version far more often."""
    return any(map(_is_public, _WITH_PORT.findall(found) or (found,)))


def _is_public(address: str) -> bool:
    return not address.endswith(".0.0.0") and _QUAD.fullmatch(address) is not None and _KEPT.match(address) is None


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    if _WITH_PORT.search(found):
        return _WITH_PORT.sub(lambda one: _token(one[0], pseudonyms) if _is_public(one[0]) else one[0], found)
    return _token(found, pseudonyms)


def _token(address: str, pseudonyms: Pseudonyms) -> str:
    network = address.rpartition(".")[0]
    return f"ip-{pseudonyms.hex16('ipv4 network', network)}-{pseudonyms.hex16('ipv4', address)}"


_ADDRESS = r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}"
_VERSION = (
    r"(?i-u:(?:[a-z0-9]{0,20}[_-])?(?:[a-z0-9]{0,20}versions?|schema|glibc|musl|ver|rv|release|build|rev|revision|firmware|driver|image|tag"
    r"|upgraded? to|bios|uefi|bmc|idrac|microcode|section|chapter|clause|paragraph|appendix|oid)"
    r"[\"'\\]{0,3}[ ]?[:=/-]?[ ]?[\"'\\]{0,3}[vV]?"
    # A colon behind one of these ends who writes the line, and an address may follow.
    r"|(?:[a-z0-9]{0,20}[_-])?(?:kernel|plugin|module|package|library|assembly)(?:[/-]|[ ]?=[ ]?[\"']?|[ ])[vV]?"
    r"|v|(?:chrome|crios|edga?|opr|opera|safari|firefox|brave|electron|curl|python|java|jdk|jre|node|nginx|apache|tomcat"
    r"|jetty|sdk|agent|client|server|app|core)/)"
)

detector(
    Detector(
        kind="ipv4",
        title="Public IPv4 address",
        # A word for a version before the numbers takes them along, and the whole is then no address.
        pattern=(
            rf"(?-u:\b)(?:agent|client|server|app|core|node)/{_ADDRESS}:[0-9]{{1,5}}(?-u:\b)"
            rf"|(?-u:\b){_VERSION}[0-9]{{1,4}}(?:\.[0-9]{{1,5}}){{3,}}"
            rf"|IP6?[ ](?:::ffff:)?{_ADDRESS}{_PORT}[ ]>(?:[ ][0-9A-Za-z._:-]+:)?"
            rf"|(?-u:\b){_ADDRESS}{_PORT}[ ]>[ ][0-9A-Za-z._:-]+:|[ ]>[ ]{_ADDRESS}{_PORT}:"
            r"|[<>~]=[ ]?[0-9]{1,4}(?:\.[0-9]{1,5}){3,}"
            r"|[A-Za-z_.-]*[A-Za-z_][0-9]{1,4}(?:\.[0-9]{1,5}){3,}"
            r"|(?-u:\b)[0-9]{1,3}(?:\.[0-9]{1,9}){3,}(?-u:\b)(?:[-+_.]?[A-Za-z][A-Za-z0-9]*)?"
        ),
        stage=Stage.NUMBER,
        # Most addresses in a log begin with 10, and most versions of browsers end in .0.0.0: both stay.
        gate=(
            r"(?-u:\b)(?:[2-9][0-9]{0,2}|1(?:[1-9][0-9]?|0[0-9])?)"
            r"\.(?:[1-9][0-9]{0,2}\.[0-9]{1,3}\.[0-9]|0\.(?:[1-9][0-9]{0,2}\.[0-9]|0\.[1-9]))"
        ),
        validate=is_public,
        render=pseudonym,
    )
)
