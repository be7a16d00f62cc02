"""What is read about escalations; the person comes first in each."""

from sevline.escalations.selectors.inbox import (
    by_key,
    going,
    inbox,
    last_edit,
    number_of,
    of_case,
    ola_clocks,
    waiting_count,
)
from sevline.escalations.selectors.packet import facts_of, is_security_matter, packet

__all__ = [
    "by_key",
    "facts_of",
    "going",
    "inbox",
    "is_security_matter",
    "last_edit",
    "number_of",
    "of_case",
    "ola_clocks",
    "packet",
    "waiting_count",
]
