"""Which addresses may be called: names and numbers of hosts in all spellings, judged without asking the network."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from sevline.core.lifecycle import Refused

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
PORTS = {"https": 443, "http": 80}
METADATA_NAMES = frozenset(
    {"metadata", "metadata.google.internal", "metadata.goog", "instance-data", "instance-data.ec2.internal"}
)
#: Networks of clouds' own services for a machine: metadata, host agents, identities of workloads. 168.63.129.16 and
#: 100.100.100.200 are such although they look like everybody's.
METADATA = tuple(
    ipaddress.ip_network(network)
    for network in (
        *("169.254.0.0/16", "168.63.129.16/32", "100.100.100.200/32", "192.0.0.192/32"),
        *("fd00:ec2::/32", "fd20:ce::/64"),
    )
)
LOCAL_ENDINGS = (".localhost", ".local", ".internal", ".intranet", ".lan", ".home.arpa", ".localdomain")
NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
NAT64_LOCAL = NAT64[1]
#: Blocks that are no host's though they count as global: the relays of 6to4, and the protocols of RFC 6890.
NO_HOSTS = (ipaddress.ip_network("192.88.99.0/24"), ipaddress.ip_network("192.0.0.0/24"))
DOCUMENTATION = ipaddress.ip_network("3fff::/20")
CGNAT = ipaddress.ip_network("100.64.0.0/10")
LABEL = re.compile(r"^(?!-)[a-z0-9_-]{1,63}(?<!-)$")
PART = re.compile(r"^(?:0x[0-9a-f]{0,8}|0[0-7]{0,11}|[0-9]{1,10})$")


@dataclass(frozen=True, slots=True)
class Target:
    """`host` is an ASCII name or an address without brackets; `path` with its query."""

    scheme: str
    host: str
    port: int
    path: str
    address: Address | None = None

    @property
    def origin(self) -> str:
        name = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{name}" + ("" if self.port == PORTS[self.scheme] else f":{self.port}")


def parsed(url: str, *, ports: frozenset[int] = frozenset({80, 443}), inside: bool = False) -> Target:
    """Raises Refused for anything but http and https to a public-looking host on an allowed port.

    `inside`: an administrator opened a network, so names of machines inside are taken; the addresses that they lead to
    are judged in any case. Names of metadata services never are.
    """
    parts, port = _split(url)
    host = (parts.hostname or "").rstrip(".").lower()
    if not host:
        raise Refused("The address names no host.")
    if port not in ports:
        raise Refused(f"Port {port} is not called; allowed are {', '.join(map(str, sorted(ports)))}.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    address = numbered(host)
    return Target(parts.scheme, str(address) if address else _name(host, inside=inside), port, path, address)


def _split(url: str) -> tuple[SplitResult, int]:
    if len(url) > 4_000 or re.search(r"[\x00-\x20\x7f\\]", url):
        raise Refused("The address holds blanks, control characters or backslashes, or is too long.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refused("The address cannot be read.") from None
    if parts.scheme not in PORTS:
        raise Refused(f"Only http and https are called, not “{parts.scheme or 'no scheme'}”.")
    if "@" in parts.netloc:
        raise Refused("An address with credentials in it is not called.")
    return parts, port or PORTS[parts.scheme]


def _name(host: str, *, inside: bool) -> str:
    """The ASCII form of a name; raises Refused for what is none, and for names of machines inside."""
    try:
        ascii_host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        raise Refused("The host's name is not a valid international name.") from None
    if numbered(ascii_host) is not None or not ascii_host.isascii():
        raise Refused("The host's name turns into an address, which is not called.")
    labels = ascii_host.split(".")
    if len(ascii_host) > 253 or not all(LABEL.match(label) for label in labels):
        raise Refused(f"“{ascii_host[:80]}” is not a host name.")
    if ascii_host in METADATA_NAMES or (_is_inside(ascii_host) and not inside):
        raise Refused(f"“{ascii_host[:80]}” is a name inside a network, which is not called.")
    return ascii_host


def _is_inside(name: str) -> bool:
    """Whether the name is of a kind that only a network's own name service knows."""
    return name == "localhost" or name.endswith(LOCAL_ENDINGS) or "." not in name


def numbered(host: str) -> Address | None:
    """The address that a host is when it is written as a number: dotted, shortened, decimal, octal or hexadecimal."""
    if ":" in host:
        try:
            return ipaddress.ip_address(host.partition("%")[0])
        except ValueError:
            raise Refused("The address in brackets is not an IPv6 address.") from None
    parts = host.split(".")
    if not 1 <= len(parts) <= 4 or not all(PART.match(part) for part in parts):
        return None
    values = [_number(part) for part in parts]
    head, last = values[:-1], values[-1]
    if any(value > 255 for value in head) or last >= 256 ** (5 - len(parts)):
        raise Refused("The number is not an IPv4 address.")
    whole = last
    for place, value in enumerate(head):
        whole += value << (8 * (3 - place))
    return ipaddress.IPv4Address(whole)


def _number(part: str) -> int:
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    return int(part, 8) if len(part) > 1 and part.startswith("0") else int(part)


def why_closed(address: Address, *, loopback: bool = False, private: bool = False) -> str:
    """A sentence when the address may not be called, else "". Metadata services stay closed whatever is allowed."""
    inner = embedded(address)
    if inner is not None:
        closed = why_closed(inner, loopback=loopback, private=private)
        return closed and f"{address} leads to {inner}, which is not called."
    if address.is_link_local or any(address in network for network in METADATA):
        return f"{address} is link-local or a metadata service, which is never called."
    if address.is_loopback:
        return "" if loopback else f"{address} is this machine itself, which is not called."
    if _no_host(address):
        return f"{address} is not the public address of a single host."
    inside = not address.is_global and not (private and address.is_private)
    return f"{address} is a private address, which is not called." if inside else ""


def _no_host(address: Address) -> bool:
    if address.version == 4 and (int(address) >> 24 == 0 or any(address in network for network in (CGNAT, *NO_HOSTS))):
        return True
    if isinstance(address, ipaddress.IPv6Address) and (address.is_site_local or address in DOCUMENTATION):
        return True
    return address.is_multicast or address.is_unspecified or address.is_reserved


def embedded(address: Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for: mapped, compatible, 6to4, Teredo or NAT64."""
    if not isinstance(address, ipaddress.IPv6Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if address in NAT64_LOCAL and (least := _in_local_nat64(address)) is not None:
        return least
    if any(address in network for network in NAT64):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if int(address) >> 32 == 0 and int(address) > 1:
        return ipaddress.IPv4Address(int(address))
    return None


def _in_local_nat64(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The address that a translator of a network's own would call, where it is one that may not be called.

    Where it stands depends on the prefix that a network has chosen (RFC 6052 2.2), so every place is looked at.
    """
    whole = int(address)
    places = (
        ((whole >> 64) & 0xFFFF) << 16 | (whole >> 40) & 0xFFFF,  # a prefix of 48 bits, of 56, of 64, of 96
        ((whole >> 64) & 0xFF) << 24 | (whole >> 32) & 0xFFFFFF,
        (whole >> 24) & 0xFFFFFFFF,
        whole & 0xFFFFFFFF,
    )
    found = [ipaddress.IPv4Address(place) for place in places if place >> 24]
    never = (one for one in found if why_closed(one, loopback=True, private=True))
    return next(never, None) or next((one for one in found if why_closed(one)), None)


def listed(host: str, allowed: frozenset[str]) -> bool:
    """Whether a host is on an allow-list of names; `*.example.com` stands for every name below it."""
    return any(host == entry or (entry.startswith("*.") and host.endswith(entry[1:])) for entry in allowed)
