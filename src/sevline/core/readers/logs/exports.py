"""What the readers of tools' exports share: the event's own fields, and the program's header inside its message."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sevline.core.readers.logs.formats.json_lines import load, pick
from sevline.core.readers.logs.inner import inner
from sevline.core.readers.logs.levels import any_level
from sevline.core.readers.logs.record import Header, Parse
from sevline.core.readers.logs.times import anything

Event = Mapping[str, object]
_LEVEL = ("level", "detected_level", "severity", "log_level", "loglevel", "status", "log.level", "Level", "priority")
_SERVICE = ("service", "service_name", "service.name", "app", "application", "container", "job", "logger", "component")


def text(value: object) -> str:
    return value if isinstance(value, str) else ""


def inside(found: Event, *keys: str) -> Event:
    """The object that the first of the keys holds, or an empty one."""
    return next((value for key in keys if isinstance(value := found.get(key), dict)), {})


def event_reader(reference: datetime | None, told: Callable[[Event], tuple[str, object, Event] | None]) -> Parse:
    """`told` gives message, time and the fields that name level and service; None for what is no event of the tool.

    The tool's own time wins over that of the program, for it names its zone; level and service of the program are taken
    where the tool names none.
    """
    within = inner(reference)

    def parse(line: bytes) -> Header | None:
        found = load(line)
        answer = None if found is None else told(found)
        if answer is None:
            return None
        message, at, fields = answer
        stamp = anything(at)
        head = within(message.rstrip("\r\n").encode("utf-8", "replace"), stamp)
        service = text(pick((fields,), _SERVICE))
        level = any_level(pick((fields,), _LEVEL))
        return head._replace(level=level or head.level, service=service or head.service, bare=head.bare)

    return parse
