"""HTTP exchanges in one shape, whichever file they came from, each knowing where its parts stand in that file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from typing import ClassVar
from urllib.parse import urljoin, urlsplit

from sevline.core.finding import Evidence, Gathered, Given

#: The name under which a call of a server's log keeps the address that it came from.
SENDER = "x-client"
#: A status that the file does not tell, such as of times alone.
UNTOLD = -1


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response. `status` 0 means that no response was seen, UNTOLD that nobody says.

    `millis` is the total time, if known. Header names are lower case. `size` is that of the response's body in
    characters, where `response_body` is only its beginning. `parts` maps a part ("status", "header:retry-after",
    "sent:origin") to its locator.
    """

    artifact: str
    locator: str
    method: str
    url: str
    status: int
    started: datetime | None = None
    millis: float | None = None
    sent: Mapping[str, str] = field(default_factory=dict)
    received: Mapping[str, str] = field(default_factory=dict)
    request_body: str = ""
    response_body: str = ""
    error: str = ""
    redirect: str = ""
    kind: str = ""
    timings: Mapping[str, float] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    size: int = 0

    def cite(self, part: str, observed: object, expected: object = "") -> Evidence:
        return Evidence(self.artifact, self.parts.get(part, self.locator), str(observed), str(expected))

    @property
    def host(self) -> str:
        return host_of(self.url)

    @property
    def path(self) -> str:
        return path_of(self.url)

    @property
    def located(self) -> str:
        """The address that the header Location gives; "" where there is none, or it cannot be read."""
        try:
            location = self.received.get("location", "")[:4_000]
            return urljoin(self.url, location) if location else ""
        except ValueError:
            return ""

    @property
    def ended(self) -> datetime | None:
        if self.started is None:
            return None
        try:
            return self.started + timedelta(milliseconds=max(self.millis or 0, 0))
        except OverflowError:
            return self.started

    @property
    def call(self) -> str:
        """Method and URL without the query, which may hold secrets; what was not recorded is said."""
        return f"{self.method or 'a call'} {self.url.split('?', 1)[0][:200] or 'without an address'}"

    @property
    def opening(self) -> str:
        """`call` as a sentence begins with it."""
        return self.call[:1].upper() + self.call[1:] if not self.method else self.call


@dataclass(frozen=True, slots=True)
class Traffic(Given):
    """Calls in file order. `cut` says why the file ends early, or is empty."""

    what = "recorded HTTP calls"
    how = "Ask for a HAR file recorded in the browser while the fault happens, or for the access log of that time."

    artifact: str
    exchanges: tuple[Exchange, ...]
    cut: str = ""

    def in_time_order(self) -> list[Exchange]:
        return sorted(
            (each for each in self.exchanges if each.started),
            key=lambda each: each.started.timestamp() if each.started else 0.0,
        )

    def by_sender(self) -> list[list[Exchange]]:
        """The calls in time order, apart by who sent them: a recording has one sender."""
        return [self.in_time_order()]


@dataclass(frozen=True)
class AllTraffic(Gathered):
    """All recorded calls of the files that were given together, file by file."""

    what = Traffic.what
    how = Traffic.how
    parts: ClassVar[tuple[type[Given], ...]] = (Traffic,)
    needs: ClassVar[type[Given]] = Traffic

    given: tuple[Given, ...]

    @cached_property
    def exchanges(self) -> tuple[Exchange, ...]:
        return tuple(each for part in self.given if isinstance(part, Traffic) for each in part.exchanges)


@dataclass(frozen=True, slots=True)
class Har(Traffic):
    what = "a HAR file"
    how = (
        "Ask for a HAR file: developer tools, Network, keep the log, reproduce the fault, save all as HAR with content."
    )

    version: str = ""
    creator: str = ""


@dataclass(frozen=True, slots=True)
class AccessLog(Traffic):
    what = "an access log"
    how = (
        "Ask for the web server's or load balancer's access log from ten minutes before to ten minutes after the fault."
    )

    def by_sender(self) -> list[list[Exchange]]:
        """A server's log tells senders apart by their address; calls whose sender it does not name are left out."""
        senders: dict[str, list[Exchange]] = {}
        for call in self.in_time_order():
            if sender := call.sent.get(SENDER, ""):
                senders.setdefault(sender, []).append(call)
        return list(senders.values())


#: Addresses that are taken apart once: checks ask each call of a recording for its host and path time and again.
REMEMBERED = 65_536


@lru_cache(maxsize=REMEMBERED)
def host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


@lru_cache(maxsize=REMEMBERED)
def path_of(url: str) -> str:
    try:
        return urlsplit(url).path or "/"
    except ValueError:
        return url


def origin_of(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}".lower()
