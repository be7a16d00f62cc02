"""Calls across origins that the browser refused to hand to the page."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from sevline.core.finding import Confidence, Evidence, Finding, Side, check, failed, warned
from sevline.core.readers.http import Exchange, Har, origin_of

ALLOW = "access-control-allow-"
#: Headers that need no permission (Fetch standard, CORS-safelisted request-headers).
SAFE_HEADERS = frozenset({"accept", "accept-language", "content-language", "content-type", "range"})
SAFE_METHODS = frozenset({"GET", "HEAD", "POST"})
NEXT = "Add the missing permission on the API for exactly this origin, on error answers as well; repeat the call."


@check("NET13", supports=("cors",))
def cross_origin(har: Har) -> Iterator[Finding]:
    """CORS: the preflight's status and the permission that is missing, by name"""
    told: set[tuple[str, str, str]] = set()
    for call in har.exchanges:
        origin = call.sent.get("origin", "")
        if not origin or origin == "null" or origin.lower() == origin_of(call.url):
            continue
        finding = _preflight(call, origin) if _is_preflight(call) else _actual(call, origin)
        if finding is not None and (call.method, call.host, call.path) not in told:
            told.add((call.method, call.host, call.path))
            yield finding
    yield from _blocked(har, told)


def _is_preflight(call: Exchange) -> bool:
    return call.method == "OPTIONS" and "access-control-request-method" in call.sent


def _preflight(call: Exchange, origin: str) -> Finding | None:
    if call.status == 0:
        return None
    lacking = []
    if not 200 <= call.status < 300:
        lacking.append(call.cite("status", call.status, "2xx for a preflight"))
    method = call.sent["access-control-request-method"]
    asked = [name.strip().lower() for name in call.sent.get("access-control-request-headers", "").split(",")]
    lacking += [
        *_origin_allowed(call, origin),
        *_listed(call, "methods", [] if method in SAFE_METHODS else [method]),
        *_listed(call, "headers", [name for name in asked if name and name not in SAFE_HEADERS]),
    ]
    if not lacking:
        return None
    return failed(
        f"CORS: the preflight for {method} {call.url.split('?', 1)[0]} fails: " + "; ".join(map(_named, lacking)) + ".",
        *lacking,
        side=Side.OUR_APP,
        next_step=NEXT,
    )


def _named(evidence: Evidence) -> str:
    return f"{evidence.observed}, needed is {evidence.expected}"


def _origin_allowed(call: Exchange, origin: str) -> list[Evidence]:
    allowed = call.received.get(f"{ALLOW}origin")
    if allowed is None:
        return [call.cite("status", f"no {ALLOW}origin", f"{ALLOW}origin: {origin}")]
    with_cookies = "cookie" in call.sent or call.received.get(f"{ALLOW}credentials") == "true"
    if allowed.strip() == origin or (allowed.strip() == "*" and not with_cookies):
        return []
    return [call.cite(f"header:{ALLOW}origin", f"{ALLOW}origin: {allowed}", f"{ALLOW}origin: {origin}")]


def _listed(call: Exchange, what: str, needed: list[str]) -> list[Evidence]:
    told = call.received.get(f"{ALLOW}{what}", "")
    allowed = {name.strip().lower() for name in told.split(",")}
    lacking = [name for name in needed if name.lower() not in allowed and "*" not in allowed]
    if not lacking:
        return []
    part = f"header:{ALLOW}{what}" if told else "status"
    return [call.cite(part, f"{ALLOW}{what}: {told or '(absent)'}", ", ".join(lacking))]


def _actual(call: Exchange, origin: str) -> Finding | None:
    """Only calls that the page made in CORS mode: beacons send an Origin too and need no permission."""
    mode = call.sent.get("sec-fetch-mode", "")
    if call.status == 0 or mode not in {"cors", ""} or not (mode or call.kind in {"xhr", "fetch"}):
        return None
    lacking = _origin_allowed(call, origin)
    if not lacking:
        return None
    return (failed if mode else warned)(
        f"CORS: the browser keeps the answer of {call.call} from the page: {_named(lacking[0])}.",
        *lacking,
        side=Side.OUR_APP,
        next_step=NEXT,
        sure=Confidence.PROOF if mode else Confidence.HINT,
    )


def _blocked(har: Har, told: set[tuple[str, str, str]]) -> Iterator[Finding]:
    """A script's call across origins that failed without a network reason, as browsers record a refusal by CORS."""
    for call in har.exchanges:
        home = call.sent.get("origin") or origin_of(call.sent.get("referer", ""))
        elsewhere = bool(home) and home.lower() != origin_of(call.url)
        by_script = call.kind in {"xhr", "fetch", ""} and not call.sent.get("sec-fetch-mode", "cors").startswith("nav")
        if not (elsewhere and by_script and call.status == 0 and call.error.endswith("ERR_FAILED")):
            continue
        if any((call.host, call.path) == (host, path) for _, host, path in told):
            continue
        yield failed(
            f"CORS: the browser blocked {call.call}, called from {urlsplit(home).netloc}; no permission was recorded.",
            call.cite("error", call.error, f"{ALLOW}origin: {home}"),
            side=Side.OUR_APP,
            next_step="Look at the answer to this URL's OPTIONS call with the same Origin header. " + NEXT,
            sure=Confidence.STRONG,
        )
