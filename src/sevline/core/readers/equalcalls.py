"""Calls that are equal in all that was recorded of them, of which some failed and some worked."""

from collections.abc import Iterable
from itertools import pairwise

from sevline.core.finding import Evidence
from sevline.core.readers.http import AccessLog, Exchange, Traffic
from sevline.core.readers.moments import plain
from sevline.core.readers.traffic import Group

#: Methods whose requests are told by their address; those of others only by their body.
WITHOUT_BODY = frozenset({"GET", "HEAD", "OPTIONS", "DELETE"})
NEXT = "Compare what differs between the two at those times: the instance that answered, its version, its load."
Request = tuple[str, str, str]


class EqualCalls:
    """The calls of one file by what was asked: method, whole address and body."""

    def __init__(self, traffic: Traffic) -> None:
        self._logged = isinstance(traffic, AccessLog)
        self._traffic = traffic
        self._known: dict[Request, list[Exchange]] | None = None

    def beside(self, group: Group) -> tuple[str, tuple[Evidence, ...]]:
        """A sentence on how many calls that equal those of the group worked, and one of them; "" where none did.

        A request that works at other times is not wrong in itself, whatever the status says.
        """
        worked: list[Exchange] = []
        failed: list[Exchange] = []
        n = 0
        for asked in dict.fromkeys(map(self._asked, group.calls)):
            equal = self._by_request.get(asked, ()) if asked is not None else ()
            if good := [call for call in equal if 200 <= call.status < 400]:
                worked += good
                failed += [call for call in group.calls if self._asked(call) == asked]
                n += len(equal)
        if not worked:
            return "", ()
        calls = f"{len(failed)} of {n} equal calls ended so and {len(worked)} worked"
        return f" {calls}: {_how(failed, worked)}", (worked[0].cite("status", worked[0].status),)

    @property
    def _by_request(self) -> dict[Request, list[Exchange]]:
        if self._known is None:
            self._known = {}
            for call in self._traffic.exchanges:
                if (asked := self._asked(call)) is not None:
                    self._known.setdefault(asked, []).append(call)
        return self._known

    def _asked(self, call: Exchange) -> Request | None:
        """What was asked, None where a part of it is not recorded."""
        if not call.url or (call.method not in WITHOUT_BODY and (self._logged or not call.request_body)):
            return None
        return call.method, call.url, call.request_body


def _how(failed: Iterable[Exchange], worked: Iterable[Exchange]) -> str:
    """Whether they alternate, or changed once; either way the request itself is not what is wrong."""
    plainly = "a request that is wrong in itself would fail each time."
    timed = sorted(
        (call.started, bad) for bad, calls in ((True, failed), (False, worked)) for call in calls if call.started
    )
    changes = [later for earlier, later in pairwise(timed) if earlier[1] != later[1]]
    if len(changes) != 1:
        return f"it is intermittent; {plainly}"
    at, bad = changes[0]
    order = f"all worked before {plain(at)} and failed from then on" if bad else f"all worked from {plain(at)} on"
    return f"{order}, so it is intermittent or changed then; {plainly}"
