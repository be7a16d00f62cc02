"""Creations that found their record there already, questions whether something is there before it is made, and what an
address allows: where the client went on well.

Who provisions creates, is told 409, looks the record up by what it sent, and changes the one that is there (RFC 7644
3.3 and 3.4.2). A server need not answer OPTIONS (RFC 9110 9.1); a refusal of it keeps nobody from other methods.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from sevline.core.readers.http import Exchange, Traffic
from sevline.core.readers.jsonbodies import json_body, json_list
from sevline.core.readers.signin import query_of

QUOTED = re.compile(r"\"([^\"]{1,300})\"")
MOST_VALUES = 50
#: Records of an answer to a look-up; one of more is a list, in which the record is still to be found.
MOST_FOUND = 5
#: Parts of a path that are left out one by one.
MOST_ABOVE = 20
WRITING, ASKING = frozenset({"PUT", "POST", "PATCH"}), frozenset({"GET", "HEAD"})
#: What a browser sends with a preflight.
PREFLIGHT = frozenset({"origin", "access-control-request-method"})


def linked(traffic: Traffic) -> Iterator[Exchange]:
    """Answers 409 to a creation after which the record was looked up by a value that was sent, and changed."""
    refused = [(at, call) for at, call in enumerate(traffic.exchanges) if call.status == 409 and call.method == "POST"]
    changed = _changed(traffic) if refused else {}
    looked = _looked_up(traffic) if changed else {}
    for at, call in refused if looked else ():
        address = _address(call)
        found = (_next(looked.get((address, value), []), at) for value in _sent(call))
        if any(changed.get(f"{address}/{one}", -1) > then for then, ids in found for one in ids):
            yield call


def _changed(traffic: Traffic) -> dict[str, int]:
    """Place of the last change of each address that worked."""
    calls = enumerate(traffic.exchanges)
    return {_address(one): at for at, one in calls if 200 <= one.status < 300 and one.method in {"PUT", "PATCH"}}


def _looked_up(traffic: Traffic) -> dict[tuple[str, str], list[tuple[int, frozenset[str]]]]:
    """By address and value that was asked for: the places of the answers that list records, and their ids."""
    looked: dict[tuple[str, str], list[tuple[int, frozenset[str]]]] = {}
    for at, call in enumerate(traffic.exchanges):
        if call.status == 200 and call.method == "GET" and "?" in call.url and (ids := _ids(call)):
            for value in _asked_for(call):
                looked.setdefault((_address(call), value), []).append((at, ids))
    return looked


def _next(lookups: list[tuple[int, frozenset[str]]], at: int) -> tuple[int, frozenset[str]]:
    place = bisect_right(lookups, at, key=lambda one: one[0])
    return lookups[place] if place < len(lookups) else (at, frozenset())


def _address(call: Exchange) -> str:
    return call.url.partition("?")[0].rstrip("/")


def _sent(call: Exchange) -> list[str]:
    values = (json_body(call.request_body) or {}).values()
    return [one.casefold() for one in values if isinstance(one, str) and one][:MOST_VALUES]


def _asked_for(call: Exchange) -> list[str]:
    """Values of a query, and those between quotes in a filter."""
    values = list(query_of(call.url).values())[:MOST_VALUES]
    quoted = [one for value in values for one in QUOTED.findall(value[:2_000])]
    return list({one.casefold() for one in (*values, *quoted)})


def _ids(call: Exchange) -> frozenset[str]:
    """The ids of the records that an answer lists; none of a long list."""
    body = json_body(call.response_body)
    lists = [one for one in body.values() if isinstance(one, list)] if body else [json_list(call.response_body) or []]
    records = (one for listed in lists for one in listed if isinstance(one, dict))
    found = frozenset(str(one["id"]) for one in records if isinstance(one.get("id"), str | int))
    return found if len(found) <= MOST_FOUND else frozenset()


def _above(path: str) -> list[str]:
    """A path and the paths above it, the nearest ones."""
    found = [path.rstrip("/")]
    while found[-1] and len(found) < MOST_ABOVE:
        found.append(found[-1].rpartition("/")[0])
    return found


def made_then(traffic: Traffic) -> Iterator[Exchange]:
    """Answers 404 or 410 to a GET or HEAD of what was then written, and there: who looks first makes no error.

    The write is a PUT of the same address, or one beside or above it after which the address was there. Where something
    was made there before, the answer may as well come from a copy that lags behind.
    """
    worked = [(at, one) for at, one in enumerate(traffic.exchanges) if _worked(one)]
    there = {one.url: at for at, one in worked if one.method in ASKING}
    writes = [(at, one) for at, one in worked if one.method in WRITING]
    first, places = _first_made(writes), [at for at, _ in writes]
    for at, call in enumerate(traffic.exchanges if writes else ()):
        if call.status in {404, 410} and call.method in ASKING and not _made_before(call, at, first):
            later = writes[bisect_right(places, at) :][:MOST_VALUES]
            if _is_made(call, later, there.get(call.url, -1)):
                yield call


def _is_made(call: Exchange, later: Sequence[tuple[int, Exchange]], until: int) -> bool:
    return any(one.url == call.url or (place < until and _is_near(one, call)) for place, one in later)


def _first_made(writes: Sequence[tuple[int, Exchange]]) -> dict[str, int]:
    """By address of a write, and by the one that its answer gives, the place of the first."""
    first: dict[str, int] = {}
    for at, one in writes:
        for address in (_address(one), one.located.partition("?")[0].rstrip("/")):
            first.setdefault(address, at)
    return first


def _made_before(call: Exchange, at: int, first: Mapping[str, int]) -> bool:
    addresses = (_address(call), *([_parent(call)] if call.method == "GET" else []))
    return any(first.get(address, at) < at for address in addresses)


def _is_near(write: Exchange, call: Exchange) -> bool:
    """Whether something was written beside an address, or to a collection above it."""
    address = _address(write)
    return write.host == call.host and (address.startswith(_parent(call)) or call.url.startswith(f"{address}/"))


def _worked(call: Exchange) -> bool:
    return 200 <= call.status < 400


def _parent(call: Exchange) -> str:
    return _address(call).rpartition("/")[0]


def only_asked(traffic: Traffic) -> Iterator[Exchange]:
    """Answers 405 to an OPTIONS that is no preflight, where a later call to the same address, or below it, worked."""
    worked = {
        (call.host, above): at
        for at, call in enumerate(traffic.exchanges)
        if 200 <= call.status < 400 and call.method != "OPTIONS"
        for above in _above(call.path)
    }
    for at, call in enumerate(traffic.exchanges):
        is_asked = call.status == 405 and call.method == "OPTIONS" and bool(call.sent)
        if is_asked and not PREFLIGHT & call.sent.keys() and at < worked.get((call.host, call.path.rstrip("/")), -1):
            yield call


def got_instead(traffic: Traffic) -> Iterator[Exchange]:
    """Answers 405 to a HEAD whose address was then got: RFC 9110 9.1 asks for HEAD, and some programs lack it."""
    got = {call.url: at for at, call in enumerate(traffic.exchanges) if call.method == "GET" and _worked(call)}
    for at, call in enumerate(traffic.exchanges):
        if call.status == 405 and call.method == "HEAD" and at < got.get(call.url, -1):
            yield call
