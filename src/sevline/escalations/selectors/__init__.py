"""What is read about escalations; the person comes first in each."""

from sevline.escalations.selectors.inbox import by_key, inbox, of_case, waiting_count
from sevline.escalations.selectors.packet import facts_of, packet

__all__ = ["by_key", "facts_of", "inbox", "of_case", "packet", "waiting_count"]
