"""401 and 403: who refused, and for which reason the exchange itself shows."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from sevline.core.finding import Confidence, Evidence, Finding, Side, check, failed, noted, warned
from sevline.core.lasting import lasting
from sevline.core.readers.bydesign import RENEWED, by_design
from sevline.core.readers.http import AccessLog, Exchange, Traffic
from sevline.core.readers.jwt import TokenFacts, looks_like_token, token_facts
from sevline.core.readers.notfilled import unfilled_credential
from sevline.core.readers.refusals import JUDGE, carried, cite_said, said_by
from sevline.core.readers.strangers import STRANGERS, LetIn, is_to_a_stranger
from sevline.core.readers.traffic import Group, groups, is_limited, request_id, says, side_of, with_status

#: What an answer may refuse that a new credential of the same kind would have too.
STAYS = re.compile(r"(?<![a-z])(issuer|audience|signature|algorithm|tenant|nonce)(?![a-z])", re.IGNORECASE)
HANDSHAKES = ("negotiate", "ntlm", "basic", "digest")
#: Those that sign in to a host, at whichever of its addresses (RFC 4559).
OF_HOST = ("negotiate", "ntlm")
WAF_WORDS = (
    "attention required! | cloudflare",
    "request blocked",
    "access denied | ",
    "incapsula incident",
    "the requested url was rejected",
    "web application firewall",
    "mod_security",
    "akamai reference",
    "sorry, you have been blocked",
)
IP_WORDS = (
    "ip address is not allowed",
    "ip not allowed",
    "ip_not_allowed",
    "not in the allow list",
    "allowlist",
    "whitelist",
    "ip restriction",
)
CSRF_WORDS = ("csrf", "xsrf", "authenticity token", "forgery")
TENANT_WORDS = ("wrong tenant", "tenant mismatch", "not a member of", "organization access", "organisation access")


class Worked(NamedTuple):
    """What succeeded: `calls` by method and address, and the `hosts` that were signed in to by a scheme of theirs."""

    calls: frozenset[tuple[str, str]]
    hosts: frozenset[str]

    @classmethod
    def of(cls, traffic: Traffic) -> "Worked":
        calls = [one for one in traffic.exchanges if 200 <= one.status < 400]
        hosts = (one.host for one in calls if _scheme(one.sent.get("authorization", "")) in OF_HOST)
        return cls(frozenset((one.method, one.url) for one in calls), frozenset(hosts))


def _scheme(header: str) -> str:
    return header.split(" ", 1)[0].split(",", 1)[0].lower()


@check("API03", supports=("credentials",))
def not_authenticated(traffic: Traffic) -> Iterator[Finding]:
    """401: which credential was missing, malformed, expired or refused"""
    worked = Worked.of(traffic)
    let_in = LetIn(traffic)
    for group in with_status(traffic, 401, why=lambda call: _reason(call, traffic, worked)):
        if _handshake(group.first, worked):
            yield noted(
                f"{group.opening} answered 401 as the first step of a sign-in handshake and then succeeded.",
                *group.cite("401, then success"),
            )
            continue
        yield _refused(group, traffic, let_in)
    renewed = {locator for locator, why in by_design(traffic).items() if why == RENEWED}
    if calls := [call for call in traffic.exchanges if call.locator in renewed]:
        often = "once" if len(calls) == 1 else f"{len(calls)} times"
        yield noted(
            f"{calls[0].opening} and calls after it were refused with 401 {often}, the credential was renewed, and the "
            "same calls worked: as it should be."
            if len(calls) > 1
            else f"{calls[0].opening} was refused with 401 once, the credential was renewed, and the same call worked: "
            "as it should be.",
            *(call.cite("status", "401", "then success") for call in calls[:5]),
        )


def _reason(call: Exchange, traffic: Traffic, worked: Worked) -> str:
    if _handshake(call, worked):
        return "handshake"
    return " ".join((carried(call)[0] or _why_401(call, traffic)[0], said_by(call)))


def _refused(group: Group, traffic: Traffic, let_in: LetIn) -> Finding:
    what, part = carried(group.first)
    said = said_by(group.first)
    if what:
        return failed(
            f"{group.opening} answered 401 {group.times}: {what} that was sent was refused"
            + (f"; the answer says {said}." if said else ", and the answer does not say why."),
            *group.cite("an accepted sign-in"),
            group.first.cite(part, what, "one that is accepted"),
            *cite_said(group.first),
            side=Side.UNKNOWN,
            next_step=JUDGE,
            sure=Confidence.STRONG,
        )
    reason, evidence, sure = _why_401(group.first, traffic)
    is_unknown = is_to_a_stranger(group, traffic) and sure is Confidence.HINT
    return (warned if is_unknown else failed)(
        f"{group.opening} answered 401 {group.times}: {reason}"
        + (f"; the answer says {said}." if said else ".")
        + let_in.told(group),
        *group.cite("an authenticated call"),
        *evidence,
        *cite_said(group.first),
        side=Side.CUSTOMER_CLIENT if evidence or sure is Confidence.PROOF else Side.UNKNOWN,
        next_step=STRANGERS if is_unknown else _next_step(f"{reason} {said}"),
        sure=sure,
    )


def _next_step(told: str) -> str:
    if "in place of a credential" in told:
        return "Look where the client takes the credential from: it is not set there, or read too early."
    if named := STAYS.search(told):
        return (
            f"Compare the {named[1].lower()} of the credential with what the API is set to accept: "
            "a new one from the same place would be refused too."
        )
    return (
        "Renew the credential and repeat this one call; compare issuer, audience and expiry with what the API expects."
    )


def _handshake(call: Exchange, worked: Worked) -> bool:
    """Whether the challenge is the first step of a sign-in that then succeeded. Of a call that sent a credential it is
    the refusal, unless the same call worked."""
    challenge = call.received.get("www-authenticate", "")
    if (call.method, call.url) in worked.calls:
        return _scheme(challenge) in HANDSHAKES
    goes_on = challenge.lower().startswith(OF_HOST) and call.host in worked.hosts
    return goes_on and "authorization" not in call.sent


def _why_401(call: Exchange, traffic: Traffic) -> tuple[str, tuple[Evidence, ...], Confidence]:
    challenge = call.received.get("www-authenticate", "")
    told = (call.cite("header:www-authenticate", challenge, "no challenge"),) if challenge else ()
    if variable := unfilled_credential(call):
        part = "sent:authorization" if "authorization" in call.sent else "sent:x-api-key"
        reason = f"“{variable}” was sent in place of a credential, as a variable without a value leaves it"
        return reason, (call.cite(part, variable, "a credential"), *told), Confidence.PROOF
    credential = call.sent.get("authorization", "")
    scheme, _, token = credential.partition(" ")
    if looks_like_token(token.strip()) and (judged := _token_reason(call, token_facts(token.strip()))):
        return judged[0], (judged[1], *told), Confidence.PROOF
    if "error=" in challenge:
        return f"the server says “{challenge[:160]}”", told, Confidence.STRONG
    if isinstance(traffic, AccessLog):
        return "the log does not hold the credential", (), Confidence.HINT
    if not credential and "cookie" not in call.sent and "x-api-key" not in call.sent:
        reason = "no Authorization header, API key or cookie was recorded with it (some tools leave them out)"
        return reason, told, Confidence.STRONG
    return f"the credential that was sent ({scheme or 'cookie'}) was refused", told, Confidence.STRONG


def _token_reason(call: Exchange, facts: TokenFacts) -> tuple[str, Evidence] | None:
    part = "sent:authorization"
    if facts.problem:
        return "the bearer token is malformed", call.cite(part, facts.problem, "header.claims.signature")
    if call.started and facts.expires and call.started > facts.expires:
        late = (call.started - facts.expires).total_seconds()
        observed = f"exp {facts.expires:%Y-%m-%dT%H:%M:%SZ}"
        reason = f"the bearer token had expired {lasting(late)} before the call"
        return reason, call.cite(part, observed, f"after {call.started:%Y-%m-%dT%H:%M:%SZ}")
    if call.started and facts.not_before and call.started < facts.not_before:
        early = (facts.not_before - call.started).total_seconds()
        observed = f"nbf {facts.not_before:%Y-%m-%dT%H:%M:%SZ}"
        reason = f"the bearer token is valid only {lasting(early)} after the call"
        return reason, call.cite(part, observed, f"before {call.started:%Y-%m-%dT%H:%M:%SZ}")
    return None


@check("API04", supports=("permission",))
def not_allowed(traffic: Traffic) -> Iterator[Finding]:
    """403: permission, address list, firewall, tenant or forged-request guard"""
    refused = groups(traffic, lambda call: call.status == 403 and not is_limited(call), why=_reason_in(traffic))
    let_in = LetIn(traffic)
    for group in refused:
        reason, part, side, next_step = _why_403(group.first, traffic)
        is_unknown = is_to_a_stranger(group, traffic) and not part
        yield (warned if is_unknown else failed)(
            f"{group.opening} answered 403 {group.times}: {reason}.{let_in.told(group)}",
            *group.cite("an allowed call"),
            *([group.first.cite(part, reason, "an allowed call")] if part else []),
            *(() if part == "body" else cite_said(group.first)),
            side=Side.UNKNOWN if is_unknown else side,
            next_step=STRANGERS if is_unknown else next_step,
            sure=Confidence.STRONG if part else Confidence.HINT,
        )


#: Headers, or the beginning of `Server`, by which those that stand before an API are known.
VENDORS = (
    ("cf-ray", "", "Cloudflare"),
    ("x-iinfo", "", "Imperva"),
    ("x-sucuri-id", "", "Sucuri"),
    ("x-azure-ref", "", "Azure Front Door"),
    ("x-amz-cf-id", "", "Amazon CloudFront"),
    ("server", "akamai", "Akamai"),
    ("server", "cloudflare", "Cloudflare"),
    ("server", "big", "F5 BIG-IP"),
    ("server", "sucuri", "Sucuri"),
    ("server", "imperva", "Imperva"),
)


def _vendor(call: Exchange) -> str:
    """Whose firewall it was, and under which id it knows the request; "" where no header tells."""
    names = [
        name
        for header, begins, name in VENDORS
        if header in call.received and call.received[header].casefold().startswith(begins)
    ]
    header, value = request_id(call)
    under = f", {header} {value[:60]}" if header == "cf-ray" else ""
    return f" ({names[0]}{under})" if names else ""


def _reason_in(traffic: Traffic) -> Callable[[Exchange], str]:
    return lambda call: _why_403(call, traffic)[0]


def _why_403(call: Exchange, traffic: Traffic) -> tuple[str, str, Side, str]:
    if "insufficient_scope" in call.received.get("www-authenticate", ""):
        step = "Compare the scopes of the token with those that the endpoint asks for."
        return "the token lacks a scope", "header:www-authenticate", Side.CUSTOMER_CLIENT, step
    if "x-amzn-waf-action" in call.received:
        step = "Find the rule in the web application firewall's log by the request id."
        return "a web application firewall blocked it", "header:x-amzn-waf-action", Side.OUR_INFRA, step
    tried = (
        (
            WAF_WORDS,
            "a web application firewall blocked it",
            Side.OUR_INFRA,
            "Find the rule in the firewall's log by the request's id, or by time and address.",
        ),
        (
            IP_WORDS,
            "the client's address is not on an allow list",
            Side.CUSTOMER_NETWORK,
            "Compare the client's egress address with the allow list.",
        ),
        (
            CSRF_WORDS,
            "the forged-request guard refused it",
            Side.CUSTOMER_CLIENT,
            "Check that cookie and token reach the server; a proxy or SameSite may drop them.",
        ),
        (
            TENANT_WORDS,
            "the signed-in person has no access to this tenant",
            Side.OUR_APP,
            "Compare the tenant in the URL with the memberships of the person.",
        ),
    )
    for words, reason, side, step in tried:
        if says(call, words):
            return f"{reason}{_vendor(call)}" if words is WAF_WORDS else reason, "body", side, step
    if "cf-mitigated" in call.received:
        step = "Find the rule in the firewall's log by the ray id."
        return "the content delivery network blocked it", "header:cf-mitigated", Side.OUR_INFRA, step
    step = "Compare the roles and scopes of the person or key with those that the endpoint asks for."
    said = said_by(call)
    return f"the answer says {said}" if said else "the response does not say why", "", side_of(call, traffic), step
