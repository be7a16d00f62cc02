"""Pages that come again, and requests whose signature is dated too far from the server's clock."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from urllib.parse import parse_qsl, urlsplit

from sevline.core.finding import Finding, Side, check, failed, warned
from sevline.core.readers.http import Exchange, Traffic
from sevline.core.readers.moments import any_moment
from sevline.core.readers.traffic import groups, says

CURSORS = (
    "cursor",
    "page",
    "page_token",
    "pagetoken",
    "next",
    "offset",
    "after",
    "starting_after",
    "continuation",
    "marker",
    "since",
)
SKEWED = (
    "requesttimetooskewed",
    "request time too skewed",
    "signature expired",
    "signaturedoesnotmatch: signature expired",
    "requestexpired",
    "date header is too",
    "clock skew",
    "timestamp is too",
)
#: After such a pause a client begins its list anew; with pages that are numbered, after one that is longer than the
#: others, since a program that looks for news asks for the same numbers again.
PAUSE, POLLED = timedelta(minutes=1), timedelta(seconds=2)
NUMBERED = re.compile(r"(?i)(?:(?:page|offset)=\d{1,9}&?)+")
AMZ = re.compile(r"^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$")


@dataclass(slots=True)
class Walk:
    """Pages of one list as a client read them, each as its cursor and its call; `longest` is the longest pause."""

    pages: list[tuple[str, Exchange]] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    longest: timedelta = timedelta()

    @property
    def last(self) -> Exchange:
        return self.pages[-1][1]

    def add(self, cursor: str, call: Exchange) -> None:
        if self.pages:
            self.longest = max(self.longest, _between(self.last, call))
        self.pages.append((cursor, call))
        self.known.add(cursor)


@check("API16", supports=("paging-loop", "clock-skew"), refutes=())
def paging_and_skew(traffic: Traffic) -> Iterator[Finding]:
    """Paging loops, and signed requests refused for their time"""
    yield from _loops(traffic)
    for group in groups(traffic, lambda call: call.status in {400, 401, 403} and bool(says(call, SKEWED))):
        call = group.first
        word = says(call, SKEWED)
        skew = _skew(call)
        yield failed(
            f"{group.opening} answered {call.status} {group.times}: the request's time is too far from the server's"
            + (
                f", by {abs(skew.total_seconds()):.0f} s "
                f"({'the client is behind' if skew.total_seconds() > 0 else 'the client is ahead'})."
                if skew
                else "."
            ),
            call.cite("body", f"“{word}”", "an accepted time"),
            *([call.cite("header:date", call.received["date"], "near the request's time")] if skew else []),
            side=Side.CUSTOMER_CLIENT,
            next_step="Set the client's clock by NTP; sign each attempt anew instead of sending an old request again.",
        )


def _skew(call: Exchange) -> timedelta | None:
    """The server's Date less the time that the request was signed at."""
    server = any_moment(call.received.get("date", ""))
    told = AMZ.match(call.sent.get("x-amz-date", ""))
    signed = any_moment(f"{told[1]}-{told[2]}-{told[3]}T{told[4]}:{told[5]}:{told[6]}Z") if told else call.started
    return server - signed if server and signed else None


def _loops(traffic: Traffic) -> Iterator[Finding]:
    """One client reads a page three times with success among other pages of its list, or five times alone."""
    for (_, path), walk in _walks(traffic):
        pages: dict[str, list[Exchange]] = {}
        for cursor, call in walk.pages:
            pages.setdefault(cursor, []).append(call)
        following = _following(walk)
        again = next(
            (calls for cursor, calls in pages.items() if _comes_again(cursor, calls, following[cursor], len(pages))),
            None,
        )
        if again:
            yield warned(
                f"Paging loop on {path}: the same page was read {len(again)} times, {len(pages)} different "
                "pages in all.",
                *(call.cite("url", "the same cursor", "each page once") for call in again[:4]),
                side=Side.CUSTOMER_CLIENT,
                next_step="Compare the cursor in each answer with the one sent next: it is not taken over, or "
                "the server gives the same one back.",
            )


def _following(walk: Walk) -> Mapping[str, list[str]]:
    """For each page those that were read right after it."""
    found: dict[str, list[str]] = {cursor: [] for cursor in walk.known}
    for (before, _), (after, _) in pairwise(walk.pages):
        found[before].append(after)
    return found


def _comes_again(cursor: str, calls: Sequence[Exchange], following: Sequence[str], pages: int) -> bool:
    """A program that loops goes on from a page to the same next one each time; people who browse do not."""
    if len(set(following)) != 1 or len(calls) < (3 if pages > 1 else 5):
        return False
    return following[0] == cursor or len(following) >= 3


def _walks(traffic: Traffic) -> Iterator[tuple[tuple[str, str], Walk]]:
    """Host and path of a list, with the pages that one client read of it without a pause, in order.

    A list that is read anew after a pause, or from its beginning without a cursor, is another run.
    """
    for calls in traffic.by_sender():
        lists: dict[tuple[str, str, str], Walk] = {}
        for call in calls:
            if call.method != "GET" or not 200 <= call.status < 300:
                continue
            cursor, rest = _cursor(call.url)
            key = (call.host, call.path, rest)
            walk = lists.get(key)
            if walk and (not cursor or _paused(walk.last, call) or _polled(walk, cursor, call)):
                yield key[:2], lists.pop(key)
            if cursor:
                lists.setdefault(key, Walk()).add(cursor, call)
        yield from ((key[:2], walk) for key, walk in lists.items())


def _paused(before: Exchange, after: Exchange) -> bool:
    return _between(before, after) > PAUSE


def _polled(walk: Walk, cursor: str, call: Exchange) -> bool:
    """Whether a client asks for pages by their numbers, and for one that it knows after a pause."""
    pause = _between(walk.last, call)
    if pause < POLLED or not NUMBERED.fullmatch(cursor) or cursor not in walk.known:
        return False
    return cursor == walk.pages[-1][0] or pause > 2 * walk.longest


def _between(before: Exchange, after: Exchange) -> timedelta:
    ended = before.ended or before.started
    return after.started - ended if ended and after.started else timedelta()


def _cursor(url: str) -> tuple[str, str]:
    """The paging parameters of a URL, and its other parameters."""
    try:
        pairs = parse_qsl(urlsplit(url).query, max_num_fields=200)
    except ValueError:
        return "", ""
    paging = [f"{key}={value}" for key, value in pairs if key.lower() in CURSORS]
    return "&".join(paging), "&".join(sorted(f"{key}={value}" for key, value in pairs if key.lower() not in CURSORS))
