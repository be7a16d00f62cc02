"""What is read about escalations; the person comes first in each."""

from sevline.escalations.selectors.inbox import (
    by_key,
    going,
    inbox,
    is_with,
    last_edit,
    last_return,
    may_answer,
    number_of,
    of_case,
    ola_clocks,
    waiting_count,
    with_number,
)
from sevline.escalations.selectors.packet import facts_of, is_security_matter, packet

__all__ = [
    "by_key",
    "facts_of",
    "going",
    "inbox",
    "is_security_matter",
    "is_with",
    "last_edit",
    "last_return",
    "may_answer",
    "number_of",
    "of_case",
    "ola_clocks",
    "packet",
    "waiting_count",
    "with_number",
]
