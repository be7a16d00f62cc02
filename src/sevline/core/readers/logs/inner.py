"""Logs within logs: a container runtime or a collector puts its own header before that of the program."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sevline.core.readers.logs.levels import spoken_level
from sevline.core.readers.logs.record import FORMATS, Header
from sevline.core.readers.logs.times import Stamp
from sevline.core.readers.logs.traces import crash_level

_WITHIN = ("klog", "json_lines", "python_logging", "java", "logfmt", "iso", "dotnet_console")


class Within(Protocol):
    def __call__(
        self, message: bytes, stamp: Stamp | None, *, service: str | None = None, partial: bool = False
    ) -> Header: ...


def inner(reference: datetime | None, also: Sequence[str] = ()) -> Within:
    """Reads the program's own header behind a collector's; the collector's time wins, for it names its zone.

    `also`: formats that are looked for beside the usual ones, such as those of servers that bring one of their own.
    """
    parsers = [FORMATS[key].reader(reference) for key in (*_WITHIN, *also) if key in FORMATS]

    def read(message: bytes, stamp: Stamp | None, *, service: str | None = None, partial: bool = False) -> Header:
        for parse in parsers:
            if (found := parse(message)) is not None:
                return found._replace(
                    stamp=stamp or found.stamp, service=found.service or service, partial=partial or found.partial
                )
        if (level := crash_level(message)) is not None:
            return Header(message, stamp, level, service, partial)
        return Header(message, stamp, spoken_level(message), service, partial, bare=True)

    return read
