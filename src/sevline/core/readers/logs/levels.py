"""Six levels for the many names that logs give them."""

import re

LEVELS = ("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL")
"""From quiet to loud; `level_of` answers with one of these."""

_NAMES = {
    "TRACE": "TRACE TRC T FINEST FINER VERBOSE V SILLY ALL",
    "DEBUG": "DEBUG DBG DEBU D FINE CONFIG DEBUG1 DEBUG2 DEBUG3 DEBUG4 DEBUG5",
    "INFO": "INFO INF I INFORMATION INFORMATIONAL NOTICE LOG STATEMENT DETAIL HINT NOTE SYSTEM",
    "WARN": "WARN WRN W WARNING",
    "ERROR": "ERROR ERR E ERRO SEVERE FAILURE",
    "FATAL": "FATAL FTL F CRIT CRITICAL C ALERT EMERG EMERGENCY PANIC DPANIC A",
}
_BY_NAME = {name.encode(): level for level, names in _NAMES.items() for name in names.split()}
_SYSLOG = ("FATAL", "FATAL", "FATAL", "ERROR", "WARN", "INFO", "INFO", "DEBUG")
_PINO = {10: "TRACE", 20: "DEBUG", 30: "INFO", 40: "WARN", 50: "ERROR", 60: "FATAL"}


_SPOKEN = re.compile(rb"(?:\[([A-Z]{4,9})\]|([A-Z]{4,9})):?[ \t]+(?=\S)")


def level_of(name: bytes | None) -> str | None:
    """The level that a word stands for, in any case; None for any other word."""
    if name is None:
        return None
    return _BY_NAME.get(name) or _BY_NAME.get(name.strip(b"[]<>: ").upper())


def syslog_level(priority: int) -> str | None:
    """From the severity part (0 to 7) of a syslog priority; None for no such priority."""
    return _SYSLOG[priority & 7] if 0 <= priority <= 191 else None


def spoken_level(message: bytes) -> str | None:
    """The level that a message without a header of its own opens with: `ERROR text`, `[WARN] text`, `FATAL: text`."""
    found = _SPOKEN.match(message)
    return None if found is None else level_of(found[1] or found[2])


def any_level(value: object) -> str | None:
    """A JSON value: a word, a syslog severity (0 to 7) or a Pino and Bunyan number (10 to 60)."""
    if isinstance(value, str):
        if value.isdecimal() and len(value) < 4:
            return any_level(int(value))
        return level_of(value.encode("utf-8", "replace"))
    if isinstance(value, int) and not isinstance(value, bool):
        return _PINO.get(value) or (_SYSLOG[value] if 0 <= value <= 7 else None)
    return None
