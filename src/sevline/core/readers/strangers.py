"""Refusals in a server's log to senders of whom nobody knows whether they should have been let in, and what scanners of
the internet ask every server for.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property

from sevline.core.finding import Finding, failed, warned
from sevline.core.readers.http import SENDER, AccessLog, Exchange, Traffic
from sevline.core.readers.refusals import said_by
from sevline.core.readers.traffic import Group

LATEST = datetime.max.replace(tzinfo=UTC)
STRANGERS = (
    "A log tells the status alone: whoever has not signed in, a robot and a scanner are refused as they should be. "
    "Find the sender among the customer's addresses, then ask for a recording of the call."
)

#: Files of widespread programs, and files that were left lying: who asks for them tries one server after another.
SCANNED = re.compile(
    r"(?i)/(?:(?P<wordpress>wp-(?:login|admin|content|includes|config|json)|xmlrpc\.php|wlwmanifest\.xml)|"
    r"(?P<left>\.(?:env|git|svn|hg|aws|ssh|vscode|ds_store|htpasswd|npmrc)(?=[/._-]|$))|"
    r"(?P<mysql>(?:phpmyadmin|pma|adminer|mysqladmin)(?=[/.\d_-]|$))|(?P<cgi>cgi-bin/)|"
    r"(?P<php>vendor/phpunit|eval-stdin\.php|phpinfo\.php|_ignition/|telescope/requests)|"
    r"(?P<device>boaform/|hnap1|gponform/|goform/|sdk/weblanguage|evox/about|nmaplowercheck)|(?P<tomcat>manager/html))"
)


def scanned(traffic: Traffic) -> frozenset[str]:
    """Paths of a server's log that scanners ask for, of programs of which nothing was found there."""
    if not isinstance(traffic, AccessLog):
        return frozenset()
    kinds: dict[str, set[str]] = {}
    there: set[str] = set()
    for call in traffic.exchanges:
        if (found := SCANNED.search(call.path[:2_000])) is not None and found.lastgroup is not None:
            kinds.setdefault(found.lastgroup, set()).add(call.path)
            there |= {found.lastgroup} if 200 <= call.status < 300 else set()
    return frozenset(path for kind, paths in kinds.items() if kind not in there for path in paths)


def refused(group: Group, traffic: Traffic) -> Callable[..., Finding]:
    """`warned` where a server's own log tells that it refused a sender, and not why; else `failed`.

    A challenge (401, RFC 9110 15.5.2) and a refusal (403) are answers that a server is there to give.
    """
    return warned if is_to_a_stranger(group, traffic) else failed


class LetIn:
    """Senders of a server's log whose same call was answered: no strangers to it, whatever they are refused later."""

    def __init__(self, traffic: Traffic) -> None:
        self._traffic = traffic

    def told(self, group: Group) -> str:
        """A sentence on the refusals of those that had been let in before; "" where there are none."""
        if not isinstance(self._traffic, AccessLog):
            return ""
        known = [call for call in group.calls if call.started and call.started > self._first.get(_whose(call), LATEST)]
        if not known:
            return ""
        count = "All" if len(known) == len(group.calls) else f"{len(known):,}"
        return f" {count} of them came from senders whose same call had been answered before."

    @cached_property
    def _first(self) -> dict[tuple[str, str, str], datetime]:
        """When each sender was answered first, by method and path."""
        first: dict[tuple[str, str, str], datetime] = {}
        for call in self._traffic.in_time_order():
            if call.started and SENDER in call.sent and 200 <= call.status < 300:
                first.setdefault(_whose(call), call.started)
        return first


def _whose(call: Exchange) -> tuple[str, str, str]:
    return call.sent.get(SENDER, ""), call.method, call.path


def is_to_a_stranger(group: Group, traffic: Traffic) -> bool:
    if not isinstance(traffic, AccessLog):
        return False
    return all(SENDER in call.sent and not said_by(call) for call in group.calls)
