"""What is read about escalations; the person comes first in each."""

from sevline.escalations.selectors.inbox import by_key, inbox, number_of, of_case, waiting_count
from sevline.escalations.selectors.packet import facts_of, is_security_matter, packet

__all__ = ["by_key", "facts_of", "inbox", "is_security_matter", "number_of", "of_case", "packet", "waiting_count"]
