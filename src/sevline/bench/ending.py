"""When a reading has to end before its evidence does: its time is nearly over, or a person stopped it.

What was read until then is kept, so the parser ends by itself some time before it would be ended from outside.
"""

import signal
import time
from collections.abc import Iterator

from sevline.bench.limits import Limits

SHARE = 0.6
"""Part of its time after which no more is read; the rest is for what is made of it."""

LAST = 0.8
"""Part of its time after which only what was found is given."""

STOP = signal.SIGUSR1
"""By which the parser is told that a person wants no more; it is sent only once the parser has said something."""

BLOCK = 1024 * 1024


class Ending:
    """Without limits it never comes."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits, self._began, self._stopped = limits, time.monotonic(), False
        self.reason = ""
        """A sentence once reading has to end; it stays the first one."""

    def heed(self) -> None:
        """From now on `STOP` is listened to."""
        signal.signal(STOP, self._stop)

    def _stop(self, *_: object) -> None:
        self._stopped = True

    def has_come(self) -> bool:
        if not self.reason and self._limits is not None:
            self.reason = self._sentence(self._limits)
        return bool(self.reason)

    def is_near(self) -> bool:
        """Whether there is hardly time left even for what is made of what was read."""
        limits = self._limits
        return limits is not None and (
            time.process_time() > LAST * limits.cpu_seconds
            or time.monotonic() - self._began > LAST * limits.wall_seconds
        )

    def _sentence(self, limits: Limits) -> str:
        passed, worked = time.monotonic() - self._began, time.process_time()
        if self._stopped:
            return f"A person stopped the reading after {passed:.0f} s."
        if worked > SHARE * limits.cpu_seconds:
            return f"Reading was stopped after {worked:.0f} s of processor time, of {limits.cpu_seconds} s in all."
        if passed > SHARE * limits.wall_seconds:
            return f"Reading was stopped after {passed:.0f} s, of {limits.wall_seconds:.0f} s in all."
        return ""

    def blocks(self, data: bytes) -> Iterator[bytes]:
        """The data in blocks, the first one in any case, until reading has to end."""
        for begin in range(0, len(data), BLOCK):
            if begin and self.has_come():
                return
            yield data[begin : begin + BLOCK]
