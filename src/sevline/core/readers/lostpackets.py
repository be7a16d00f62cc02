"""Packets that ping and mtr sent, and how many of them got lost."""

from dataclasses import dataclass

from sevline.core.finding import Evidence, Given


@dataclass(frozen=True, slots=True)
class Hop:
    """One router on the way, in the order of the way; the last one is the host itself. `place` is its locator."""

    name: str
    sent: int
    lost: float
    place: str


@dataclass(frozen=True, slots=True)
class Way(Given):
    """One run of a tool: `hops` of mtr, or of ping the host alone."""

    what = "how many packets get lost on the way, as ping or mtr counts them"
    how = "Run `mtr -rwbzc 100 HOST` (or `ping -c 100 HOST`, on Windows `pathping HOST`) where it fails and attach it."

    artifact: str
    tool: str
    hops: tuple[Hop, ...]

    @property
    def host(self) -> Hop:
        return self.hops[-1]

    def cite(self, hop: Hop, expected: str = "") -> Evidence:
        return Evidence(self.artifact, hop.place, f"{hop.lost:.0f} % of {hop.sent:,} lost at {hop.name}", expected)
