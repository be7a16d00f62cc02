"""Calls that are equal in all that decides on the answer, of which some failed and some worked."""

from collections.abc import Iterable
from itertools import pairwise

from sevline.core.finding import Evidence
from sevline.core.readers.http import AccessLog, Exchange, Traffic
from sevline.core.readers.moments import plain
from sevline.core.readers.traffic import Group

#: Methods whose requests are told by their address; those of others only by their body.
WITHOUT_BODY = frozenset({"GET", "HEAD", "OPTIONS", "DELETE"})
NEXT = "Compare what differs between the two at those times: the instance that answered, its version, its load."
#: Headers by which a server may take or refuse a request that is equal in all else.
DECIDING = (
    *("accept", "accept-version", "api-version", "authorization", "content-encoding", "content-type", "expect"),
    *("if-match", "if-unmodified-since", "origin", "prefer", "range", "x-api-key", "x-api-version"),
    "x-http-method-override",
)
#: Method, whole address, body, and values of the deciding headers.
Request = tuple[str, str, str, tuple[object, ...]]


class EqualCalls:
    """The calls of one file by what was asked: method, whole address, body and deciding headers."""

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
        alike: dict[Request, list[Exchange]] = {}
        for call in group.calls:
            if (asked := self._asked(call)) is not None and not _is_gone(call):
                alike.setdefault(asked, []).append(call)
        for asked, bad in alike.items():
            equal = self._by_request.get(asked, ())
            if good := [call for call in equal if 200 <= call.status < 400]:
                worked += good
                failed += bad
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
        # A key of its own is right for each of them; only whether there is one may decide.
        told = ("idempotency-key" in call.sent, *(call.sent.get(name, "") for name in DECIDING))
        return call.method, call.url, call.request_body, told


def _is_gone(call: Exchange) -> bool:
    """Whether somebody deletes what may be gone since it was deleted before."""
    return call.method == "DELETE" and call.status in {404, 410}


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
