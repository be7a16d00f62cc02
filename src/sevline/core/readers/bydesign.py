"""Answers with an error that a protocol provides for, and that came right in the same recording: they are no fault.

A credential that had run out and was renewed (RFC 6750 3.1, RFC 6749 6), the wait of a sign-in on another device
(RFC 8628 3.5; OpenID CIBA 11), a persisted GraphQL query whose hash the server does not know yet, what an answer hands
out and the next call brings (`readers.lacking`), and a refusal that a test asks for and gets.
"""

import re
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from http import HTTPStatus
from itertools import pairwise
from typing import Any

from sevline.core.readers.http import Exchange, Traffic
from sevline.core.readers.jsonbodies import json_body
from sevline.core.readers.lacking import before_sign_in, brought_next, gone, not_ready
from sevline.core.readers.linking import got_instead, linked, made_then, only_asked
from sevline.core.readers.postman import Assertion, NewmanReport
from sevline.core.readers.signin import form_of, query_of

CHALLENGED = "the server said where tokens are given, and the client fetched one there"
SIGNED_IN = "nobody was signed in yet, and the same call worked after the sign-in"
RENEWED = "the credential was renewed and the same call worked"
WAITED = "the sign-in on another device was not finished yet"
PERSISTED = "the server did not know the query's hash yet and got the query then"
HANDED_OUT = "the answer handed out what the call lacked, and the same call worked with it"
GONE = "it was deleted before in the same recording"
NOT_READY = "what a 202 promised was not made yet, and was there later"
LINKED = "the record was there already, and the client looked it up and changed it"
MADE_THEN = "the client looked whether it was there, and made it then"
NOT_ALLOWED = "the client only asked which methods are allowed, and went on"
ASKED_FOR = "a test asks for this answer, and its assertions held"
PHRASES = {status.value: status.phrase.casefold() for status in HTTPStatus}
PENDING, SLOWER = "authorization_pending", "slow_down"
DEVICE, CIBA = "device_code", "ciba"
#: Seconds by which the interval has to grow after `slow_down` (RFC 8628 3.5), less what a timer may be off.
GROWS = 4.0
#: Where a challenge says that tokens are given (Docker's registry, and those that speak as it does).
REALM = re.compile(r"(?i)^\s*bearer\s[^\r\n]{0,2000}?\brealm=\"(https?://[^\"\s]{3,1000})\"")
#: What stands before a status that an assertion excludes.
DENIED = re.compile(r"(?:\b(?:not?|never|without)|n't)(?: (?:be|an?|equal|equal to|return|have|status|code)){0,3} $")
UNKNOWN_HASH = frozenset({"PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND"})


class _Same:
    """A recording as the one that it is; to compare it with another call by call would take longer than to read it."""

    def __init__(self, traffic: Traffic) -> None:
        self.traffic = traffic

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.traffic is self.traffic

    def __hash__(self) -> int:
        return id(self.traffic)


def by_design(traffic: Traffic) -> Mapping[str, str]:
    """Locator of each call that ended in such an answer, and why it is no fault. Most checks of calls ask for it."""
    return _by_design(_Same(traffic))


@lru_cache(maxsize=2)
def _by_design(same: _Same) -> Mapping[str, str]:
    traffic = same.traffic
    statuses = {call.status for call in traffic.exchanges}
    found: dict[str, str] = {}
    for least, seen, why in KINDS:
        if any(status == least or (not least % 100 and status >= least) for status in statuses):
            found |= {call.locator: why for call in seen(traffic)}
    return found | {call.locator: ASKED_FOR for call in _asked_for(traffic)}


def _challenged(traffic: Traffic) -> Iterator[Exchange]:
    """Calls without a credential whose challenge names where tokens are given, where one was fetched there next and a
    call to that host with a credential worked: how clients of registries begin. A call that merely lacks its credential
    is not among them."""
    works: dict[str, int] = {}
    fetched: dict[str, int] = {}
    for at, call in enumerate(traffic.exchanges):
        if 200 <= call.status < 300:
            fetched[call.url.partition("?")[0]] = at
        if 200 <= call.status < 400 and "authorization" in call.sent:
            works[call.host] = at
    for at, call in enumerate(traffic.exchanges):
        if call.status != 401 or "authorization" in call.sent:
            continue
        realm = REALM.search(call.received.get("www-authenticate", ""))
        if realm and at < fetched.get(realm[1].partition("?")[0], -1) < works.get(call.host, -1):
            yield call


def _renewed(traffic: Traffic) -> Iterator[Exchange]:
    """Calls refused with 401 that worked later with another credential, or after a token was fetched."""
    equal: dict[tuple[str, str], list[tuple[int, Exchange]]] = {}
    fetched: list[int] = []
    for at, call in enumerate(traffic.exchanges):
        equal.setdefault((call.method, call.url), []).append((at, call))
        if 200 <= call.status < 300 and "grant_type" in call.request_body and "grant_type" in form_of(call):
            fetched.append(at)
    for calls in equal.values():
        if calls[-1][1].status != 401:
            yield from _worked_after(calls, fetched)


def _worked_after(calls: list[tuple[int, Exchange]], fetched: list[int]) -> Iterator[Exchange]:
    """Of equal calls, each with its place in the file, those refused whose next success had a new credential."""
    worked: tuple[int, Exchange] | None = None
    for at, call in reversed(calls):
        if 200 <= call.status < 400:
            worked = at, call
        elif call.status == 401 and worked is not None:
            sent, then = call.sent.get("authorization", ""), worked[1].sent.get("authorization", "")
            if (then and then != sent) or bisect(fetched, at) < bisect(fetched, worked[0]):
                yield call


def waited(traffic: Traffic) -> list[Exchange]:
    """Answers of a token endpoint to a device that asks whether the person is done, as long as it asks as it should."""
    asked = [call for call in traffic.exchanges if is_of_device(call)]
    slower = {call.locator for call in _hurried(asked)}
    return [call for call in asked if error_of(call) in {PENDING, SLOWER} and call.locator not in slower]


def is_of_device(call: Exchange) -> bool:
    """Whether a device asks for the token of a sign-in elsewhere."""
    if DEVICE not in call.request_body and CIBA not in call.request_body:
        return False
    return form_of(call).get("grant_type", "").endswith((DEVICE, CIBA))


def _hurried(asked: list[Exchange]) -> Iterator[Exchange]:
    """Answers `slow_down` after which the device did not wait longer than before; where times lack, each of them."""
    gaps = [_gap(call, following) for call, following in pairwise(asked)]
    for at, call in enumerate(asked):
        if error_of(call) != SLOWER:
            continue
        before, after = (gaps[at - 1] if at else None), (gaps[at] if at < len(gaps) else None)
        if before is None or after is None or after < before + GROWS:
            yield call


def _gap(call: Exchange, following: Exchange) -> float | None:
    if call.started is None or following.started is None:
        return None
    return (following.started - call.started).total_seconds()


def error_of(call: Exchange) -> str:
    """The OAuth error code of an answer, or ""."""
    error = (json_body(call.response_body) or {}).get("error")
    return error if isinstance(error, str) else ""


def is_token_error(call: Exchange) -> bool:
    """Whether a token endpoint refused a grant by an OAuth error: a matter of the grant and the client, told by OIDC12,
    and none of the request's form. The same request may well have worked before: a code is good once."""
    return "grant_type" in call.request_body and "grant_type" in form_of(call) and error_of(call) != ""


def _persisted(traffic: Traffic) -> Iterator[Exchange]:
    """Answers that a hash is unknown, where a later call with that hash was answered without this error."""
    unknown = {call.locator for call in traffic.exchanges if _is_unknown(call)}
    if not unknown:
        return
    asked = [(call, told) for call in traffic.exchanges if (told := _hash(call))]
    known = {told: at for at, (call, told) in enumerate(asked) if call.locator not in unknown and call.status < 400}
    for at, (call, told) in enumerate(asked):
        if call.locator in unknown and known.get(told, -1) > at:
            yield call


def _hash(call: Exchange) -> str:
    if "persistedQuery" in call.request_body:
        extensions = _object((json_body(call.request_body) or {}).get("extensions"))
    elif "persistedQuery" in call.url:
        extensions = json_body(query_of(call.url).get("extensions", "")) or {}
    else:
        return ""
    told = _object(extensions.get("persistedQuery")).get("sha256Hash")
    return told if isinstance(told, str) else ""


def _is_unknown(call: Exchange) -> bool:
    return any(name in call.response_body[:2_000] for name in UNKNOWN_HASH)


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _asked_for(report: Traffic) -> Iterator[Exchange]:
    """Refusals of a Newman run of which all assertions held, and one names the status that they got."""
    if not isinstance(report, NewmanReport):
        return
    asserted: dict[str, list[Assertion]] = {}
    for one in report.assertions:
        asserted.setdefault(one.locator.partition("/assertions/")[0], []).append(one)
    for call in report.exchanges:
        own = asserted.get(call.locator, ()) if call.status >= 400 else ()
        if all(not one.error for one in own) and any(_names(one.name, call.status) for one in own):
            yield call


def _names(words: str, status: int) -> bool:
    """Whether words name a status by its number or its phrase (RFC 9110 15), and do not say that it is another."""
    told = words.casefold()
    named = rf"(?<!\d){status}(?!\d)" + (f"|{re.escape(PHRASES[status])}" if status in PHRASES else "")
    return any(DENIED.search(told[: found.start()]) is None for found in re.finditer(named, told))


#: The status that has to be there, of whole hundreds also any above; the function, and why. What stands later wins.
KINDS: tuple[tuple[int, Callable[[Traffic], Iterable[Exchange]], str], ...] = (
    (400, waited, WAITED),
    (100, _persisted, PERSISTED),
    (400, gone, GONE),
    (404, not_ready, NOT_READY),
    (404, made_then, MADE_THEN),
    (405, only_asked, NOT_ALLOWED),
    (405, got_instead, NOT_ALLOWED),
    (409, linked, LINKED),
    (400, brought_next, HANDED_OUT),
    (401, before_sign_in, SIGNED_IN),
    (401, _challenged, CHALLENGED),
    (401, _renewed, RENEWED),
)
