"""How much one examination may use. The parser process limits itself; the parent watches memory and time."""

from dataclasses import dataclass

MEBI = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and bytes. `expanded` and `ratio` bound what an archive may become, `depth` how deep it nests."""

    cpu_seconds: int = 120
    wall_seconds: float = 360.0
    address_space: int = 6 * 1024 * MEBI
    resident: int = 2 * 1024 * MEBI
    file_size: int = 0
    open_files: int = 64
    source: int = 512 * MEBI
    expanded: int = 5 * 1024 * MEBI
    ratio: int = 100
    members: int = 50_000
    depth: int = 2
    member: int = 512 * MEBI
