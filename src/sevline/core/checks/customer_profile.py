"""What files show, against what is known of the customer's surroundings."""

import ipaddress
import re
from collections.abc import Iterator
from datetime import datetime

from sevline.core.finding import Confidence, Finding, Side, check, noted, passed, warned
from sevline.core.profile import is_stale
from sevline.core.readers.deliveries import Deliveries
from sevline.core.readers.http import Traffic, host_of
from sevline.core.readers.moments import plain
from sevline.core.readers.network import AddressRanges
from sevline.core.readers.profile import CustomerProfile, KnownOf
from sevline.core.readers.saml import SamlResponse
from sevline.core.readers.samltrust import issuer_elements
from sevline.core.readers.xml import text_of

HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}\.)+[a-z]{2,24}", re.IGNORECASE)
BLOCK = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}(?:/\d{1,3})?")
PRODUCT = re.compile(r"([A-Za-z][A-Za-z0-9._-]{1,40})[/ ]v?(\d+(?:\.\d+){1,3})")


@check("PROF01")
def stale(profile: CustomerProfile) -> Iterator[Finding]:
    """Facts of the profile that nobody has verified for 180 days"""
    old = [(fact, fact.verified) for fact in profile.facts if _is_old(fact, profile.at)]
    for fact, verified in old[:10]:
        last = f", last verified on {plain(verified)}" if verified is not None else ""
        yield warned(
            f"The profile says {fact.kind} “{fact.value}”{last}: verify it before you rest on it.",
            profile.cite(fact, "verified within 180 days"),
            side=Side.UNKNOWN,
            next_step="Ask the customer whether it still holds, and verify it on the profile.",
        )
    if profile.facts and not old:
        yield passed(f"All {len(profile.facts)} facts of the profile are fresh.", profile.cite(profile.facts[0]))


def _is_old(fact: KnownOf, at: datetime | None) -> bool:
    return fact.verified is None or (at is not None and is_stale(fact.verified, at))


@check("PROF02", supports=("allow-list",), refutes=("allow-list",))
def egress_allowed(profile: CustomerProfile, ranges: AddressRanges) -> Iterator[Finding]:
    """Whether every egress address of the customer is on the list of allowed ranges"""
    blocks = [ipaddress.ip_network(block, strict=False) for _, block in ranges.blocks]
    for fact in profile.of("egress"):
        for network in _networks(fact.value):
            inside = any(network.version == block.version and network.subnet_of(block) for block in blocks)  # type: ignore[arg-type]
            if inside:
                yield passed(f"The customer's egress {network} is on the list.", profile.cite(fact))
            else:
                yield warned(
                    f"The customer's egress {network} is in none of the {len(blocks)} ranges of the list.",
                    profile.cite(fact, "an address of the list"),
                    side=Side.OUR_INFRA,
                    next_step="Add the range to the allow-list once the customer has confirmed it.",
                    sure=Confidence.STRONG,
                )


def _networks(text: str) -> Iterator[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    for found in BLOCK.findall(text):
        try:
            yield ipaddress.ip_network(found, strict=False)
        except ValueError:
            continue


@check("PROF03", supports=("webhook-endpoint",), refutes=("webhook-endpoint",))
def endpoint_known(profile: CustomerProfile, deliveries: Deliveries) -> Iterator[Finding]:
    """Whether deliveries go to the endpoint that the profile names"""
    known = {host.lower(): fact for fact in profile.of("webhook") for host in HOST.findall(fact.value)}
    seen = {host: row for row in deliveries.attempts if (host := host_of(row.endpoint))}
    for host, row in list(seen.items())[:10] if known else ():
        fact = known.get(host) or next(iter(known.values()))
        places = (deliveries.cite(row, host, ", ".join(known)), profile.cite(fact))
        if host in known:
            yield passed(f"Deliveries go to {host}, as the profile says.", *places)
        else:
            yield warned(
                f"Deliveries go to {host}, the profile names {', '.join(known)}.",
                *places,
                side=Side.UNKNOWN,
                next_step="Ask which endpoint is meant: either the subscription or the profile is out of date.",
            )


@check("PROF04", supports=("sdk-version",))
def sdk_version(profile: CustomerProfile, traffic: Traffic) -> Iterator[Finding]:
    """Whether clients run the SDK version that the profile names"""
    named = ((fact, found) for fact in profile.of("sdk") for found in PRODUCT.findall(fact.value))
    known = {name.lower(): (version, fact) for fact, (name, version) in named}
    told: set[tuple[str, str]] = set()
    for call in traffic.exchanges if known else ():
        for name, version in PRODUCT.findall(call.sent.get("user-agent", "")[:400]):
            if name.lower() not in known or (name.lower(), version) in told:
                continue
            told.add((name.lower(), version))
            said, fact = known[name.lower()]
            places = (call.cite("sent:user-agent", version, said), profile.cite(fact))
            if version == said:
                yield passed(f"The client is {name} {version}, as the profile says.", *places)
            else:
                sentence = f"The client is {name} {version}; the profile says {said}."
                yield noted(sentence, *places, next_step="Bring the profile up to date.")


@check("PROF05", supports=("wrong-idp",), refutes=("wrong-idp",))
def idp_known(profile: CustomerProfile, response: SamlResponse) -> Iterator[Finding]:
    """Whether a SAML response comes from the identity provider that the profile names"""
    hosts: dict[str, KnownOf] = {host.lower(): fact for fact in profile.of("idp") for host in HOST.findall(fact.value)}
    element = next(iter(issuer_elements(response)), None)
    issuer = host_of(text_of(element)) if element is not None else ""
    if not hosts or element is None or not issuer:
        return
    fact = hosts.get(issuer) or next(iter(hosts.values()))
    places = (response.cite(element, expected=", ".join(hosts)), profile.cite(fact, issuer))
    if issuer in hosts:
        yield passed(f"The response comes from {issuer}, as the profile says.", *places)
    else:
        yield warned(
            f"The response comes from {issuer}, the profile names {', '.join(hosts)}.",
            *places,
            side=Side.CUSTOMER_IDP,
            next_step="Ask whether the customer moved to another identity provider; then load its metadata.",
        )
