"""Names: whether they resolve, and whether resolvers agree."""

import re
from collections.abc import Iterator

from sevline.core.checks.network_connections import stands_inside
from sevline.core.finding import Confidence, Finding, Side, check, failed, noted, passed, warned
from sevline.core.readers.network import Answer, Connections, Lookup, Outcome

MEANINGS = {
    "NXDOMAIN": "there is no such name",
    "SERVFAIL": "the resolver could not get an answer from the name's own servers, or its signature does not hold",
    "REFUSED": "the resolver does not answer this client",
    "TIMEOUT": "the resolver does not answer",
    "UNRESOLVED": "the program got no address for it",
}
STEPS = {
    "NXDOMAIN": "Check the spelling, then whether the name is known only inside one network (split horizon).",
    "SERVFAIL": "Ask a public resolver too; look at the delegation and DNSSEC of the zone.",
    "REFUSED": "Use the resolver of the network, or allow this client on it.",
    "TIMEOUT": "Check that UDP and TCP port 53 to the resolver are open.",
    "UNRESOLVED": "Run `dig NAME` on that machine, and `dig @1.1.1.1 NAME` beside it: they tell a wrong name from a "
    "resolver that does not answer.",
}
#: Extended errors (RFC 8914) by number: what they mean, and what to do.
REASONS: tuple[tuple[frozenset[int], str, str], ...] = (
    (
        frozenset({1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 27}),
        "the name's DNSSEC signature does not hold",
        "Whoever runs the zone must sign it anew, or mend the parent's DS record; `dig +cd NAME` answers meanwhile.",
    ),
    (
        frozenset({15, 16, 17, 18}),
        "the resolver blocks the name",
        "Ask the resolver's administrator for the list that holds the name, and for an exception.",
    ),
    (
        frozenset({13, 14, 22, 23}),
        "the name's own servers do not answer the resolver",
        "Ask the name's own servers directly (`dig @SERVER NAME`): they are down, or not reachable from the resolver.",
    ),
)


#: Addresses of the other family, under which a name may well be all there is.
OTHER_FAMILY = {"A": "AAAA", "AAAA": "A"}
FAMILY = {"A": "IPv4", "AAAA": "IPv6"}
#: Names that a healthy domain or address need not have: those of addresses, of policies for mail, of a challenge.
MAY_LACK = re.compile(
    r"(?i)^_(?:dmarc|mta-sts|smtp\._tls|acme-challenge)\.|\.(?:in-addr|ip6)\.arpa$|^\d{1,3}(?:\.\d{1,3}){3}$"
)
#: Seconds that addresses live at most where their owner spreads load by them.
SPREAD = 300
#: Records that a healthy name need not have.
OPTIONAL = frozenset({"CAA", "CNAME", "DNSKEY", "DS", "HTTPS", "SOA", "SVCB", "TLSA"})


@check("NET01", supports=("dns",), refutes=("dns",))
def resolves(lookup: Lookup, lookups: tuple[Lookup, ...]) -> Iterator[Finding]:
    """Whether a name resolves: no such name, no answer, or an answer without addresses"""
    by = f" by {lookup.resolver}" if lookup.resolver else ""
    name = lookup.name or "the name"
    if lookup.status in MEANINGS:
        yield _unresolved(lookup, name, by)
        return
    yield _answered(lookup, name, by, _by_other_family(lookup, lookups))


def _unresolved(lookup: Lookup, name: str, by: str) -> Finding:
    means, step = next(
        ((means, step) for codes, means, step in REASONS if lookup.reason_code in codes),
        (MEANINGS[lookup.status], STEPS[lookup.status]),
    )
    status = "" if lookup.status == "UNRESOLVED" else f"{lookup.status}, "
    told = f" (the resolver says “{lookup.reason}”)" if lookup.reason else ""
    cited = (lookup.cite(lookup.reason, "no error", line=lookup.reason_line),) if lookup.reason_line else ()
    alias = next((answer for answer in reversed(lookup.answers) if answer.type == "CNAME"), None)
    if alias is not None and lookup.status == "NXDOMAIN":
        return _dangling(lookup, f"{name} leads by a CNAME to {alias.value}, and there is no such name{by}", alias)
    if lookup.status == "NXDOMAIN" and MAY_LACK.search(name):
        return noted(f"There is no {name}{by}, and there need not be one.", lookup.cite(lookup.status))
    return failed(
        f"{name} does not resolve{by}: {status}{means}{told}.",
        lookup.cite(lookup.status, "NOERROR with an address"),
        *cited,
        side=Side.CUSTOMER_NETWORK if lookup.status in {"REFUSED", "TIMEOUT"} else Side.UNKNOWN,
        next_step=step,
    )


def _by_other_family(lookup: Lookup, lookups: tuple[Lookup, ...]) -> Answer | None:
    """An address of the other family that the same name was found to have."""
    other = OTHER_FAMILY.get(lookup.type, "")
    asked = (each for each in lookups if (each.name, each.type) == (lookup.name, other))
    return next((answer for each in asked for answer in each.answers if answer.type == other), None)


def _answered(lookup: Lookup, name: str, by: str, elsewhere: Answer | None) -> Finding:
    # Asked for whatever there is, a server may answer with one record that only says so (RFC 8482).
    if wanted := [answer for answer in lookup.answers if lookup.type in {answer.type, "ANY"}]:
        return _resolved(lookup, f"{name} resolves{by}", wanted)
    alias = next((answer for answer in lookup.answers if answer.type == "CNAME"), None)
    if elsewhere is not None:
        return noted(
            f"{name} has no {FAMILY[lookup.type]} address{by}, and has {FAMILY[elsewhere.type]} addresses.",
            lookup.cite("no answer"),
        )
    if lookup.type == "A" and alias is not None:
        return _dangling(lookup, f"{name} leads to the alias {alias.value}, which has no address", alias)
    if lookup.type == "AAAA" or lookup.type in OPTIONAL:
        what = "IPv6 address" if lookup.type == "AAAA" else f"{lookup.type} record"
        return noted(f"{name} has no {what}{by}.", lookup.cite("no answer"))
    return failed(
        f"{name} exists and has no {lookup.type} record{by}.",
        lookup.cite("an empty answer", f"a {lookup.type} record"),
        side=Side.UNKNOWN,
        next_step="Compare with what the name's own servers answer (`dig +trace NAME`).",
    )


def _dangling(lookup: Lookup, told: str, alias: Answer) -> Finding:
    return failed(
        f"{told}.",
        lookup.cite(alias.value, "an address behind the alias", line=alias.line),
        side=Side.UNKNOWN,
        next_step="The alias dangles: what it named was removed. Point it at what exists, or remove it; until then "
        "somebody else may claim the name.",
    )


def _resolved(lookup: Lookup, begins: str, wanted: list[Answer]) -> Finding:
    ttl = f", kept for {wanted[0].ttl} s" if wanted[0].ttl is not None else ""
    kind = "" if lookup.type == "ANY" else f"{lookup.type} "
    what = f"{len(wanted)} {kind}record{'s' if len(wanted) > 1 else ''}"
    return passed(f"{begins} to {what}{ttl}.", lookup.cite(wanted[0].value, line=wanted[0].line))


@check("NET02", supports=("dns", "split-horizon"), refutes=("split-horizon",))
def resolvers_agree(first: Lookup, lookups: tuple[Lookup, ...]) -> Iterator[Finding]:
    """Whether resolvers give the same answer for one name"""
    same = [each for each in lookups if (each.name, each.type) == (first.name, first.type)]
    if first is not same[0] or len(same) < 2:
        return
    other = next((each for each in same[1:] if _answer(each) != _answer(first)), None)
    cited = (first.cite(_said(first)), (other or same[1]).cite(_said(other or same[1])))
    if other is None:
        yield passed(f"{len(same)} answers for {first.name} agree.", *cited)
        return
    title = (
        f"Resolvers differ on {first.name}: {first.resolver or 'the first'} says {_said(first)}, "
        f"{other.resolver or 'the other'} says {_said(other)}."
    )
    step = (
        "Find which answer the failing client gets: of an internal zone, a stale cache (compare the TTL) or by place."
    )
    if _answer(first)[1] & _answer(other)[1]:
        # Part of a larger set in turn: that is how load is spread.
        yield noted(title, *cited, next_step=step)
    elif alias := _spread_by(first, other):
        yield noted(
            f"{title} Both lead to {alias}, whose owner answers for seconds and by place, as content delivery networks "
            "do.",
            *cited,
            next_step="Where only one place fails, look at the address that it gets.",
        )
    else:
        yield warned(title, *cited, side=Side.CUSTOMER_NETWORK, next_step=step)


def _spread_by(first: Lookup, other: Lookup) -> str:
    """The alias behind which both answers lie, where its addresses are public and live for minutes at most; else ""."""
    aliases = [[one.value for one in each.answers if one.type == "CNAME"][-1:] for each in (first, other)]
    found = [one for each in (first, other) for one in each.answers if one.type == each.type]
    short = all(one.ttl is not None and one.ttl <= SPREAD for one in found)
    if not found or not short or aliases[0] != aliases[1] or any(stands_inside(one.value) for one in found):
        return ""
    return next(iter(aliases[0]), "")


def _answer(lookup: Lookup) -> tuple[str, frozenset[str]]:
    return lookup.status, frozenset(one.value for one in lookup.answers if one.type == lookup.type)


def _said(lookup: Lookup) -> str:
    values = [one.value for one in lookup.answers if one.type == lookup.type]
    return ", ".join(values[:3]) or lookup.status


@check("NET03", supports=("ipv6",), refutes=("ipv6",))
def address_families(connections: Connections) -> Iterator[Finding]:
    """IPv6 and IPv4: whether one of the two does not connect"""
    by_family = {True: [one for one in connections.attempts if one.is_v6], False: []}
    by_family[False] = [one for one in connections.attempts if not one.is_v6]
    broken = [one for one in by_family[True] if one.outcome is not Outcome.CONNECTED]
    works = [one for one in by_family[False] if one.outcome is Outcome.CONNECTED]
    if broken and works and not any(one.outcome is Outcome.CONNECTED for one in by_family[True]):
        yield warned(
            f"IPv6 does not connect ({broken[0].outcome}) and IPv4 does: clients that prefer IPv6 wait or fail.",
            broken[0].cite(broken[0].outcome, "connected"),
            works[0].cite("connected"),
            side=Side.CUSTOMER_NETWORK,
            next_step="Repeat with `curl -6` and `curl -4`; mend the IPv6 route or remove the AAAA record.",
            sure=Confidence.STRONG,
        )
    elif any(one.outcome is Outcome.CONNECTED for one in by_family[True]):
        up = next(one for one in by_family[True] if one.outcome is Outcome.CONNECTED)
        yield passed(f"IPv6 connects to port {up.port}.", up.cite("connected"))
