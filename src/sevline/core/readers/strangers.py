"""Refusals in a server's log to senders of whom nobody knows whether they should have been let in."""

from collections.abc import Callable

from sevline.core.finding import Finding, failed, warned
from sevline.core.readers.http import SENDER, AccessLog, Traffic
from sevline.core.readers.refusals import said_by
from sevline.core.readers.traffic import Group

STRANGERS = (
    "A log tells the status alone: whoever has not signed in, a robot and a scanner are refused as they should be. "
    "Find the sender among the customer's addresses, then ask for a recording of the call."
)


def refused(group: Group, traffic: Traffic) -> Callable[..., Finding]:
    """`warned` where a server's own log tells that it refused a sender, and not why; else `failed`.

    A challenge (401, RFC 9110 15.5.2) and a refusal (403) are answers that a server is there to give.
    """
    return warned if is_to_a_stranger(group, traffic) else failed


def is_to_a_stranger(group: Group, traffic: Traffic) -> bool:
    if not isinstance(traffic, AccessLog):
        return False
    return all(SENDER in call.sent and not said_by(call) for call in group.calls)
