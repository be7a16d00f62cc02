"""Questions that several checks ask of recorded calls."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from sevline.core.finding import Evidence, Side
from sevline.core.readers.bydesign import by_design
from sevline.core.readers.http import Exchange, Har, Traffic

MAX_CITED = 5
#: Addresses of a kind that are told one by one; of more, one sentence speaks for all.
MOST_ALIKE = 3
#: Reasons of calls to addresses of a kind that are told one by one; what is refused for others stands together.
MOST_REASONS = 5
#: Numbers and ids in words, which make no other reason of them.
COUNTED = re.compile(r"\b[0-9a-f]{8,}\b|\d+")
#: A part of a path that names an interface's version, and no thing.
VERSION = re.compile(r"v\d{1,3}(?:\.\d{1,3})?")
REQUEST_IDS = (
    "x-request-id",
    "x-correlation-id",
    "request-id",
    "x-amzn-requestid",
    "x-amzn-trace-id",
    "cf-ray",
    "traceparent",
)
BODY_WORDS = 60_000
#: Method, host, path and status.
Address = tuple[str, str, str, int]
#: Under which calls stand whose reason is one too many.
OTHER = "\0"


@dataclass(frozen=True, slots=True)
class Group:
    """Calls of one method, host and path that ended alike, in file order; of many paths of a kind all together.

    `is_mixed` where what the first call says is not what all of them say.
    """

    calls: tuple[Exchange, ...]
    is_mixed: bool = False

    @property
    def first(self) -> Exchange:
        return self.calls[0]

    @property
    def opening(self) -> str:
        """`call` as a sentence begins with it."""
        return self.first.opening if self.call == self.first.call else self.call

    @property
    def call(self) -> str:
        """The first call; with “…” for what differs where it stands for many addresses of a kind."""
        paths = {call.path for call in self.calls}
        kind = kind_of_path(self.first.path)
        alike = f"{self.first.call.removesuffix(self.first.path)}{kind} ({len(paths)} addresses)"
        return alike if len(paths) > 1 and self.first.call.endswith(self.first.path) else self.first.call

    @property
    def times(self) -> str:
        if self.is_mixed:
            return f"{len(self.calls)} times for different reasons, of which this is the first"
        return "once" if len(self.calls) == 1 else f"{len(self.calls)} times"

    def cite(self, expected: str, part: str = "status") -> tuple[Evidence, ...]:
        return tuple(each.cite(part, _observed(each, part), expected) for each in self.calls[:MAX_CITED])


def _observed(call: Exchange, part: str) -> str:
    if part == "status":
        return f"{call.status or 'no response'}"
    if part == "body":
        return call.response_body[:200] or str(call.status)
    if part == "error":
        return call.error or "no response"
    return call.received.get(part.removeprefix("header:"), str(call.status))


def _one(_call: Exchange) -> str:
    return ""


def groups(
    traffic: Traffic,
    wanted: Callable[[Exchange], bool],
    *,
    apart: bool = False,
    why: Callable[[Exchange], str] = _one,
) -> Iterator[Group]:
    """The wanted calls by address, status and reason (`why`), so that what is said of the first holds for all of them.
    An answer that a protocol provides for and that came right is not among them (`readers.bydesign`).

    Many addresses of a kind stand together, unless they are to stay `apart`.
    """
    found: dict[Address, dict[str, list[Exchange]]] = {}
    paths: dict[Address, set[str]] = {}
    chosen = [call for call in traffic.exchanges if wanted(call)]
    if chosen and (designed := by_design(traffic)):
        chosen = [call for call in chosen if call.locator not in designed]
    for call in chosen:
        paths.setdefault(_kind_of(call), set()).add(call.path)
    for call in chosen:
        kind = _kind_of(call)
        alike = not apart and len(paths[kind]) > MOST_ALIKE
        reasons = found.setdefault(kind if alike else (call.method, call.host, call.path, call.status), {})
        reason = COUNTED.sub("#", why(call))
        reasons.setdefault(reason if reason in reasons or len(reasons) < MOST_REASONS else OTHER, []).append(call)
    for reasons in found.values():
        others = reasons.pop(OTHER, [])
        yield from (Group(tuple(calls)) for calls in reasons.values())
        if others:
            yield Group(tuple(others), is_mixed=len({COUNTED.sub("#", why(call)) for call in others}) > 1)


def _kind_of(call: Exchange) -> Address:
    return call.method, call.host, kind_of_path(call.path), call.status


@lru_cache(maxsize=65_536)
def kind_of_path(path: str) -> str:
    """The path with “…” for its last part that holds a digit: `/orders/7/lines` is `/orders/…/lines`."""
    parts = path.split("/")
    named = [at for at, part in enumerate(parts) if any(map(str.isdigit, part)) and not VERSION.fullmatch(part)]
    return "/".join([*parts[: named[-1]], "…", *parts[named[-1] + 1 :]]) if named else path


#: How answers other than 429 say that a limit of calls was met: GitHub, Google, Shopify, Salesforce, AWS.
LIMIT_WORDS = re.compile(
    r"(?i)\brate.?limit(?:s|ed)?[ _-]?(?:was |is |has been )?exceeded|ratelimitexceeded|secondary rate limit|"
    r"too many requests|request_limit_exceeded|throttlingexception|\brate exceeded\b"
)
LEFT = ("x-ratelimit-remaining", "ratelimit-remaining", "x-rate-limit-remaining")


def is_limited(call: Exchange) -> bool:
    """Whether an answer says that a limit of calls was met: 429, or a 403 that has none left and says so."""
    if call.status != 403:
        return call.status == 429
    none_left = any(call.received.get(name, "").strip() == "0" for name in LEFT)
    return none_left or LIMIT_WORDS.search(call.response_body[:20_000]) is not None


def with_status(
    traffic: Traffic, *statuses: int, apart: bool = False, why: Callable[[Exchange], str] = _one
) -> Iterator[Group]:
    return groups(traffic, lambda call: call.status in statuses, apart=apart, why=why)


def side_of(call: Exchange, traffic: Traffic, ours: Side = Side.OUR_APP) -> Side:
    """In a browser's recording a host outside the first page's domain belongs to somebody else."""
    if not isinstance(traffic, Har):
        return ours
    page = next((each.host for each in traffic.exchanges if each.host), "")
    return ours if _domain(call.host) == _domain(page) else Side.THIRD_PARTY


def _domain(host: str) -> str:
    """The last two labels, or the address itself; enough to tell one owner from another, short of public suffixes."""
    return host if host.replace(".", "").isdigit() or ":" in host else ".".join(host.split(".")[-2:])


def request_id(call: Exchange) -> tuple[str, str]:
    """The header that names the request for the server's own logs, and its value; two empty strings if
    there is none.
    """
    for name in REQUEST_IDS:
        if value := call.received.get(name) or call.sent.get(name):
            return name, value
    return "", ""


def says(call: Exchange, words: Iterable[str]) -> str:
    """The first of the lower-case words that the response's body or headers hold."""
    told = " ".join((call.response_body[:BODY_WORDS], *call.received.values())).casefold()
    return next((word for word in words if word in told), "")


def seconds(amount: float) -> str:
    """Seconds as people say them, of a tenth and less in milliseconds: `44 ms`, `1.4 s`, `75 s`."""
    if abs(amount) < 0.1:
        return f"{amount * 1000:.0f} ms"
    return f"{amount:.1f} s" if amount < 10 else f"{amount:.0f} s"


def answer_text(call: Exchange) -> str:
    """The answer as curl -i would print it."""
    heads = "\n".join(f"{name}: {value}" for name, value in call.received.items())
    return f"HTTP/1.1 {call.status}\n{heads}\n\n{call.response_body[:8000]}"
