"""Packets that get lost on the way to a host."""

from collections.abc import Iterator

from sevline.core.finding import Finding, Side, check, not_told, noted, passed, warned
from sevline.core.readers.lostpackets import Hop, Way

#: Packets below which a share says little, the share that is felt, and the one from which a few packets say it too.
ENOUGH, FELT, MUCH = 50, 2.0, 20.0
LEAST = 10
ALL = 100.0


@check("NET15", supports=("packet-loss",), refutes=("packet-loss",))
def lost_on_the_way(way: Way) -> Iterator[Finding]:
    """Packets that get lost on the way to a host, and the router from which on they do"""
    host = way.host
    if host.lost >= ALL:
        yield noted(
            f"{host.name} answered none of {host.sent:,} packets of {way.tool}: it is down, or answers none such.",
            way.cite(host),
            next_step="Many hosts answer no ping: test the port itself (NET04).",
        )
    elif _is_felt(host):
        since = _since(way)
        where = f", from {since.name} on" if since is not host else ""
        yield warned(
            f"{host.lost:.0f} % of {host.sent:,} packets to {host.name} get lost{where}.",
            way.cite(host, "none lost"),
            *([way.cite(since, "none lost")] if since is not host else []),
            side=Side.UNKNOWN,
            next_step="Run `mtr -rwbzc 100 HOST` from both ends at once, by TCP too (`-T -P 443`), and give both to "
            "whoever runs the network at that router.",
        )
    elif host.sent >= LEAST:
        limited = [hop for hop in way.hops[:-1] if hop.lost >= MUCH]
        also = f"; {limited[0].name} answers less, which loses nothing that goes on" if limited else ""
        yield passed(f"{host.lost:.0f} % of {host.sent:,} packets to {host.name} get lost{also}.", way.cite(host))
    else:
        yield not_told(
            f"{host.sent} packets are too few to tell whether some get lost.", "a hundred packets", next_step=Way.how
        )


def _is_felt(hop: Hop) -> bool:
    return hop.lost >= FELT if hop.sent >= ENOUGH else hop.sent >= LEAST and hop.lost >= MUCH


def _since(way: Way) -> Hop:
    """The first router from which on each one that answers at all loses about as much as the host itself does: one
    that loses more than those behind it merely answers less often than it passes on."""
    found = way.host
    for hop in reversed(way.hops[:-1]):
        if hop.lost >= ALL:
            continue
        if hop.lost < way.host.lost / 2:
            break
        found = hop
    return found
