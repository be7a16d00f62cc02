"""Failures on the server's side: 500, and 502, 503, 504 and 52x with the layer that made them."""

from collections.abc import Iterator

from sevline.core.checks.api_rate_limit import ByAddress, is_obeyed
from sevline.core.cloud import recognise
from sevline.core.finding import Confidence, Evidence, Finding, Side, check, failed, warned
from sevline.core.readers.accesslog import ENDED, TARGET_STATUS
from sevline.core.readers.equalcalls import NEXT, EqualCalls
from sevline.core.readers.http import Exchange, Traffic
from sevline.core.readers.refusals import cite_said
from sevline.core.readers.traffic import answer_text, groups, request_id, says, side_of, with_status

CDN_CODES = {
    520: "the origin gave an answer that the network did not understand",
    521: "the origin refused the connection",
    522: "the connection to the origin timed out",
    523: "the origin could not be reached",
    524: "the origin took too long to answer",
    525: "the TLS handshake with the origin failed",
    526: "the origin's certificate is not valid",
    527: "the connection between the network's servers failed",
    530: "the network could not resolve or serve the origin",
}
#: By the first letter of HAProxy's termination state: who ended the session.
HAPROXY_ENDS = {
    "s": "the load balancer (HAProxy), after the server did not answer in time",
    "S": "the load balancer (HAProxy), because the server refused or broke the connection",
    "P": "the load balancer (HAProxy) itself",
    "R": "the load balancer (HAProxy), which had no resources left",
}
#: Timeouts that proxies and balancers have out of the box, in seconds.
USUAL_TIMEOUTS = (10, 15, 29, 30, 60, 75, 100, 120, 300)


@check("API11", supports=("server-error",))
def server_error(traffic: Traffic) -> Iterator[Finding]:
    """500 and its kind: the request id to look for in the server's log"""
    equal = EqualCalls(traffic)
    for group in groups(traffic, lambda call: call.status >= 500 and call.status not in {502, 503, 504, *CDN_CODES}):
        name, value = request_id(group.first)
        often, worked = equal.beside(group)
        part = f"header:{name}" if name in group.first.received else f"sent:{name}"
        yield failed(
            f"{group.opening} answered {group.first.status} {group.times}: an error inside the application.{often}",
            *group.cite("2xx"),
            *worked,
            *([group.first.cite(part, value, "the same id in the server's log")] if name else []),
            *cite_said(group.first),
            side=side_of(group.first, traffic),
            next_step=(
                f"Search the server's log for {name} of this call and take the exception found there."
                if name
                else "No request id was sent or returned: search the server's log by time and path."
            )
            + (f" {NEXT}" if often else ""),
        )


CAME_AGAIN = " It said when to come again; the client waited, and was answered."


@check("API12", supports=("gateway",))
def gateway_error(traffic: Traffic) -> Iterator[Finding]:
    """502, 503 and 504: which layer answered, and whether a timeout fits"""
    meaning = {
        502: "a gateway got no usable answer from the server behind it",
        503: "the service says that it is not available",
        504: "a gateway waited too long for the server behind it",
    }
    equal, placed = EqualCalls(traffic), ByAddress(traffic)
    for group in with_status(traffic, *meaning, why=lambda call: layer_of(call)[0]):
        call = group.first
        often, worked = equal.beside(group)
        layer, layer_evidence = layer_of(call)
        timeout = _timeout(call)
        waited = f" after {(call.millis or 0) / 1000:.1f} s, which fits a timeout of {timeout} s" if timeout else ""
        retry = call.received.get("retry-after", "")
        judge, came = (warned, CAME_AGAIN) if is_obeyed(group, placed) else (failed, often)
        yield judge(
            f"{group.opening} answered {call.status} {group.times}{waited}: {meaning[call.status]}. "
            + (f"Made by: {layer}." if layer else "Nothing in the response says which layer made it.")
            + came,
            *group.cite("2xx"),
            *worked,
            *layer_evidence,
            *([call.cite("time", f"{call.millis:.0f} ms", f"not {timeout} s")] if timeout else []),
            *([call.cite("header:retry-after", retry, "")] if retry else []),
            *cite_said(call),
            side=_side(call, traffic),
            next_step="Ask the owner of that layer for its log at this time: did the server behind it "
            "answer, and when?" + (f" {NEXT}" if often else ""),
            sure=Confidence.PROOF if layer else Confidence.STRONG,
        )


@check("API13", supports=("gateway",))
def network_error_codes(traffic: Traffic) -> Iterator[Finding]:
    """520 to 530: what a content delivery network says about the origin"""
    equal = EqualCalls(traffic)
    for group in with_status(traffic, *CDN_CODES):
        often, worked = equal.beside(group)
        yield failed(
            f"{group.opening} answered {group.first.status} {group.times}: {CDN_CODES[group.first.status]}.{often}",
            *group.cite("2xx"),
            *worked,
            side=_side(group.first, traffic),
            next_step="Look at the origin at this time: load balancer, certificate and firewall towards the network.",
        )


def _side(call: Exchange, traffic: Traffic) -> Side:
    """Whose layer a signature in the answer names, so that this check and that of signatures never differ."""
    sign = recognise(answer_text(call))
    ours = sign.row.side if sign is not None and sign.row.side is not Side.UNKNOWN else Side.OUR_INFRA
    return side_of(call, traffic, ours)


def layer_of(call: Exchange) -> tuple[str, tuple[Evidence, ...]]:
    """The layer whose own marks the response carries, with what was seen; "" when it carries none."""
    if (target := call.received.get(TARGET_STATUS, "")) != "":
        layer = "the load balancer; no target answered it" if target == "-" else "the target behind the load balancer"
        return layer, (call.cite("status", f"target status {target}", ""),)
    if (ended := call.received.get(ENDED, "")) != "":
        layer = HAPROXY_ENDS.get(ended[:1], "the server behind the load balancer (HAProxy)")
        return layer, (call.cite("status", f"termination state {ended}", ""),)
    server = call.received.get("server", "")
    named = (
        ("x-envoy-upstream-service-time", "the application, seen through Envoy"),
        ("x-cache", "a content delivery network or cache"),
    )
    known = (
        ("cloudflare", "the content delivery network"),
        ("cloudfront", "the content delivery network"),
        ("akamai", "the content delivery network"),
        ("awselb", "the load balancer"),
        ("gws", "the load balancer"),
        ("bigip", "the load balancer"),
        ("haproxy", "the load balancer"),
        ("envoy", "the proxy (Envoy)"),
        ("nginx", "the proxy (nginx)"),
        ("openresty", "the proxy (OpenResty)"),
        ("traefik", "the proxy (Traefik)"),
        ("varnish", "the cache (Varnish)"),
    )
    for word, layer in known:
        if word in server.casefold():
            return layer, (call.cite("header:server", server, ""),)
    for name, layer in named:
        if name in call.received:
            return layer, (call.cite(f"header:{name}", call.received[name], ""),)
    if word := says(call, ("<center>nginx", "cloudfront", "cloudflare ray id", "haproxy", "varnish cache server")):
        return f"the layer that writes “{word.removeprefix('<center>')}” into its error page", (
            call.cite("body", word),
        )
    return (
        (f"the server that calls itself “{server[:60]}”", (call.cite("header:server", server),)) if server else ("", ())
    )


def _timeout(call: Exchange) -> int:
    waited = (call.millis or 0) / 1000
    return next((usual for usual in USUAL_TIMEOUTS if abs(waited - usual) <= 0.5), 0)
