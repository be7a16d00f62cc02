"""Requests that the server understood and refused: 400, 404 to 415, 409, 412, 413, 414, 422, 431."""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from sevline.core.checks.api_server import layer_of
from sevline.core.finding import Confidence, Evidence, Finding, Side, check, failed, noted, warned
from sevline.core.readers.bydesign import is_token_error
from sevline.core.readers.equalcalls import NEXT, EqualCalls
from sevline.core.readers.http import Exchange, Traffic
from sevline.core.readers.jsonbodies import json_body
from sevline.core.readers.notfilled import unfilled_in_address
from sevline.core.readers.refusals import JUDGE, carried, cite_said
from sevline.core.readers.strangers import refused, scanned
from sevline.core.readers.traffic import Group, groups, with_status

#: Files that browsers ask for by themselves.
ASKED_BY_BROWSERS = ("/favicon.ico", "/apple-touch-icon.png", "/apple-touch-icon-precomposed.png", "/robots.txt")


NO_FIELD = "; the answer does not name a field."
COMPARE = "Compare this request with the API's schema, the named field first."


@check("API02", supports=("invalid-request",))
def invalid_request(traffic: Traffic) -> Iterator[Finding]:
    """400 and 422: the field or rule that the answer names"""
    equal = EqualCalls(traffic)
    for group in groups(traffic, _is_refused, why=_problem):
        detail = _problem(group.first)
        often, worked = equal.beside(group)
        yield refused(group, traffic)(
            f"{group.opening} answered {group.first.status} {group.times}"
            + (f": the answer names {detail}." if detail else _unsaid(group.first))
            + often,
            *group.cite("a valid request"),
            *([group.first.cite("body", detail, "no error")] if detail else []),
            *worked,
            side=Side.UNKNOWN if often else Side.CUSTOMER_CLIENT,
            next_step=NEXT if often else JUDGE if carried(group.first)[0] else COMPARE,
            sure=Confidence.PROOF if detail else Confidence.STRONG,
        )


def _unsaid(call: Exchange) -> str:
    what, _ = carried(call)
    return f": {what} that was sent was refused, and the answer does not say why." if what else NO_FIELD


def _is_refused(call: Exchange) -> bool:
    told_elsewhere = has_large_headers(call) or is_token_error(call) or says_key_reused(call)
    return call.status in {400, 422} and not told_elsewhere


def _is_conflict(call: Exchange) -> bool:
    return call.status in {409, 412} or says_key_reused(call)


#: As Stripe, Adyen, Square and the draft of the Idempotency-Key header say that a key came with another body.
KEY_WORDS = re.compile(
    r"(?i)idempotency_error|idempotency[ _-]?key[^\n]{0,80}(?:reused|already used|different|another|mismatch)|"
    r"idempotent requests can only be used with the same"
)


def says_key_reused(call: Exchange) -> bool:
    """Whether an answer says that an idempotency key was used for another body: 400 or 422, with some 409."""
    if call.status not in {400, 409, 422} or "dempoten" not in call.response_body[:20_000]:
        return False
    return KEY_WORDS.search(call.response_body[:20_000]) is not None


def _problem(call: Exchange) -> str:
    """The field and message of problem+json, JSON:API and the usual `errors` lists."""
    body = json_body(call.response_body)
    if not isinstance(body, dict):
        return ""
    lists = (body.get(name) for name in ("errors", "error", "invalid-params", "invalid_params", "violations"))
    errors = next((told for told in lists if told), None) or (
        body.get("detail") if isinstance(body.get("detail"), list) else None
    )
    if isinstance(errors, list) and errors:
        errors = errors[0]
    if isinstance(errors, dict):
        return _named(errors)
    told = [errors, body.get("detail"), body.get("title"), body.get("message"), body.get("type")]
    return next((f"“{word[:160]}”" for word in told if isinstance(word, str) and word), "")


def _named(error: dict[str, Any]) -> str:
    """What one error says of itself; an error under keys of its own is told by those keys."""
    names = ("field", "name", "path", "propertyPath", "pointer", "code", "message", "detail", "reason", "msg")
    told = [_where(error), *(error.get(key) for key in names)]
    if words := [str(word)[:80] for word in told if isinstance(word, str | int) and word != ""]:
        return "“" + " · ".join(words[:3]) + "”"
    return "“" + ", ".join(str(name)[:60] for name in list(error)[:3]) + "”"


def _where(error: dict[str, Any]) -> str:
    """The place of a field as FastAPI (`loc`) and JSON:API (`source.pointer`) give it."""
    steps, source = error.get("loc"), error.get("source")
    if isinstance(steps, list):
        return ".".join(str(step) for step in steps[:6])
    return str(source.get("pointer") or source.get("parameter") or "") if isinstance(source, dict) else ""


@check("API05", supports=("wrong-address",))
def not_found(traffic: Traffic) -> Iterator[Finding]:
    """404 and 410: wrong address, compared with addresses that worked"""
    equal, scans = EqualCalls(traffic), scanned(traffic)
    yield from _scans([call for call in traffic.exchanges if call.status in {404, 410} and call.path in scans])
    for group in with_status(traffic, 404, 410):
        call = group.first
        if call.path in scans:
            continue
        if call.path in ASKED_BY_BROWSERS:
            yield noted(f"{call.opening} answered {call.status}; browsers ask for this file by themselves.")
            continue
        yield _missing(group, traffic, equal)


def _missing(group: Group, traffic: Traffic, equal: EqualCalls) -> Finding:
    call = group.first
    often, worked = equal.beside(group)
    twin = None if often else _worked_elsewhere(call, traffic)
    compare = f" The same resource worked at {twin.call}." if twin else often
    if variable := unfilled_in_address(call.url):
        compare = f" “{variable}” stands in the address in place of a value."
    return warned(
        f"{group.opening} answered {call.status} {group.times}.{compare}",
        *group.cite("an existing resource"),
        *([twin.cite("url", twin.call, "the same base address")] if twin else worked),
        *cite_said(call),
        side=Side.CUSTOMER_CLIENT if twin else Side.UNKNOWN,
        next_step=NEXT
        if often
        else "Look where the client takes this part of the address from: it is not set there, or read too early."
        if variable
        else "Compare base URL, region, API version and the id in the path with a call that works.",
        sure=Confidence.STRONG if twin else Confidence.HINT,
    )


def _scans(calls: list[Exchange]) -> Iterator[Finding]:
    if calls:
        paths = sorted({call.path[:80] for call in calls})
        named = ", ".join(paths[:3]) + (" and others" if len(paths) > 3 else "")
        yield noted(
            f"{len(calls)} calls asked for what scanners of the internet try at every server, and it is not there: "
            f"{named}.",
            calls[0].cite("status", calls[0].status),
        )


def _worked_elsewhere(call: Exchange, traffic: Traffic) -> Exchange | None:
    """A successful call whose path ends alike: another host, region or version prefix."""
    tail = [part for part in call.path.split("/") if part][-2:]
    if len(tail) < 2:
        return None
    for other in traffic.exchanges:
        if 200 <= other.status < 300 and [part for part in other.path.split("/") if part][-2:] == tail:
            return other
    return None


@check("API06", supports=("invalid-request",))
def method_or_type(traffic: Traffic) -> Iterator[Finding]:
    """405, 406 and 415: method, accepted type or content type"""
    asked = {
        405: ("method", "header:allow", "Allow"),
        406: ("sent:accept", "", "Accept"),
        415: ("sent:content-type", "", "Content-Type"),
    }
    for group in with_status(traffic, *asked):
        call = group.first
        part, answer, what = asked[call.status]
        observed = call.method if part == "method" else call.sent.get(part.removeprefix("sent:"), "(not recorded)")
        expected = call.received.get("allow", "") if answer else ""
        yield refused(group, traffic)(
            f"{group.opening} answered {call.status} {group.times}: {what} does not fit (sent {observed}"
            + (f", allowed {expected})." if expected else ")."),
            *group.cite("an accepted request"),
            call.cite(part, observed, expected or "one that the endpoint accepts"),
            side=Side.CUSTOMER_CLIENT,
            next_step="Compare method, Accept and Content-Type with the API's reference; look for a "
            "proxy that changes them.",
        )


KEY_REUSED = ("its Idempotency-Key was used before with another body", "Make a new key for each new request.")
TAKEN = re.compile(
    r"(?i)already (?:exists?|taken|in use|registered)|uniqueness|duplicate|must be unique|has already been taken"
)


@check("API07", supports=("conflict",))
def conflict(traffic: Traffic) -> Iterator[Finding]:
    """409 and 412: changed in between, or an idempotency key used for another body"""
    for group in groups(traffic, _is_conflict, apart=True):
        call = group.first
        reused = _key_reused(call, traffic)
        why, step = KEY_REUSED if reused or says_key_reused(call) else _conflict_of(call)
        yield refused(group, traffic)(
            f"{group.opening} answered {call.status} {group.times}: {why}.",
            *group.cite("no conflict"),
            *reused,
            *cite_said(call),
            side=Side.CUSTOMER_CLIENT,
            next_step=step,
            sure=Confidence.PROOF if reused else Confidence.STRONG,
        )


def _conflict_of(call: Exchange) -> tuple[str, str]:
    """What the answer says is in conflict, and what to do about it."""
    if call.status == 409 and TAKEN.search(call.response_body[:20_000]):
        return (
            "a record with the same value is there already",
            "Look the record up by that value before creating it, and link or change the one that is there.",
        )
    return (
        "the resource is in another state than the client thought",
        "Read the resource again and compare its version or ETag.",
    )


def _key_reused(call: Exchange, traffic: Traffic) -> tuple[Evidence, ...]:
    key = call.sent.get("idempotency-key")
    for other in traffic.exchanges if key else ():
        if other is not call and other.sent.get("idempotency-key") == key and other.request_body != call.request_body:
            return tuple(
                one.cite("sent body", f"body sha256 {_digest(one)}", "one body a key") for one in (other, call)
            )
    return ()


def _digest(call: Exchange) -> str:
    return sha256(call.request_body.encode()).hexdigest()[:12]


@check("API08", supports=("size-limit",))
def too_large(traffic: Traffic) -> Iterator[Finding]:
    """413, 414 and 431: body, URL or headers too large"""
    for group in groups(traffic, lambda call: call.status in {413, 414, 431} or has_large_headers(call)):
        part, size, what = _size(group)
        layer, seen = layer_of(group.first)
        by = f" {layer[:1].upper()}{layer[1:]} answered." if layer else ""
        yield failed(
            f"{group.opening} answered {group.first.status} {group.times}: the {what} has {size:,} bytes.{by}",
            *group.cite("within the server's limit"),
            group.first.cite(part, f"{size} bytes", "within the server's limit"),
            *seen,
            side=Side.CUSTOMER_CLIENT,
            next_step="Find which layer refused (proxies often limit headers to 8 or 16 kB) and make "
            "the request smaller.",
        )


#: How servers say in the body of a 400 that headers are too large: nginx, Tomcat, IIS, HAProxy, Jetty, Apache.
TOO_LARGE = (
    "request header or cookie too large",
    "request header fields too large",
    "request headers too long",
    "request header too large",
    "size of a request header field exceeds server limit",
    "header field too long",
)
#: Characters of one header from which servers may refuse it: half of nginx's and Apache's 8 kB.
LARGE = 4_000


def has_large_headers(call: Exchange) -> bool:
    """Whether a 400, or nginx's 494, says that headers are too large: servers older than RFC 6585 have no 431."""
    told = call.response_body[:2_000].casefold() if call.status in {400, 494} else ""
    return any(words in told for words in TOO_LARGE)


def _size(group: Group) -> tuple[str, int, str]:
    call = group.first
    if call.status == 414:
        return "url", len(call.url.encode()), "URL"
    if call.status == 431 or has_large_headers(call):
        cookie = len(call.sent.get("cookie", ""))
        if cookie > LARGE:
            return "sent:cookie", cookie, "Cookie header"
        return "url", sum(len(name) + len(value) + 4 for name, value in call.sent.items()), "set of recorded headers"
    told = call.sent.get("content-length", "")
    return "sent body", int(told) if told.isascii() and told.isdecimal() else len(call.request_body.encode()), "body"
