"""What the explorer's address asks for."""

from dataclasses import dataclass
from datetime import datetime

from sevline.core.mining.surfacing.counts import minute_of

NAMED = ("tenant", "region", "version", "host")
EARLIEST, LATEST = -(2**31), 2**31
"""Minutes since the epoch before and behind all that a record can say."""

GROUPS = ("level", "service", *NAMED)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for. `named`: patterns with a record that names it, such as `tenant=acme`.

    `first` and `last`: a window [first, last); `compare`: before and after it.
    """

    text: str = ""
    level: str = ""
    service: str = ""
    sort: str = "level"
    group: str = ""
    named: str = ""
    first: datetime | None = None
    last: datetime | None = None
    compare: datetime | None = None

    @property
    def window(self) -> tuple[int, int] | None:
        """Minutes [begin, end); a side that is not given is open."""
        if self.first is None and self.last is None:
            return None
        first = EARLIEST if self.first is None else minute_of(self.first)
        return first, LATEST if self.last is None else max(minute_of(self.last), first + 1)

    @property
    def filtered(self) -> bool:
        """Whether only some of the patterns are asked for."""
        return bool(self.text or self.level or self.service or self.named or self.first or self.last)
