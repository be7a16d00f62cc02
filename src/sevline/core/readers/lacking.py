"""Refusals that say what the call lacks, where the client brought it next: a nonce, a forgery token, a sign-in.

A nonce inside the DPoP proof (RFC 9449 8 and 9), ACME's replay nonce (RFC 8555 6.5), a token against forged requests
that comes with the refusal itself (SAP Gateway, Transmission), the version of what is written (RFC 9110 13.1.1), a
request without Expect (RFC 9110 10.1.1), what a 202 promised and was not made yet (RFC 9110 15.3.3), what was deleted
(RFC 9110 9.3.5), and the question whether somebody is signed in already (prompt=none, OpenID Connect Core 3.1.2.6).
"""

import re
from collections.abc import Iterator

from sevline.core.readers.http import AccessLog, Exchange, Traffic
from sevline.core.readers.signin import answers, query_of

NONCE_ERRORS = ("use_dpop_nonce", "urn:ietf:params:acme:error:badNonce")
#: Headers in which a server hands out what the same call has to bring in a header of the same name.
HANDED_OUT = re.compile(r"(?:csrf|xsrf|transmission-session)")
#: What a refusal for want of such a token says; one that gives another reason is refused for that.
OF_FORGERY = re.compile(r"(?i)csrf|xsrf|forger|authenticity|session[ _-]?id|page expired")
#: Statuses with which one is refused that says nothing; Transmission has one of its own.
FORGERY_STATUSES, TRANSMISSION = frozenset({403, 419}), "x-transmission-session-id"
#: Statuses after which a client reads what is there again, as often as others write in between.
READ_AGAIN = frozenset({412, 417})
CREDENTIALS = frozenset({"authorization", "x-api-key", "api-key", "x-auth-token"})
#: The last part of addresses that forms and apps sign in at.
SIGN_IN = re.compile(
    r"(?i)/(?:(?:user_?)?log[_-]?in|sign[_-]?in|log[_-]?on|sessions?|auth(?:enticate|entication)?|tokens?|acs|callback)/?$"
)
#: What a silent request is answered where no page may be shown (OpenID Connect Core 3.1.2.6). By the first the provider
#: saw no session; by the others it saw one, and needs the person for something else.
NO_SESSION = "login_required"
SILENT = frozenset({NO_SESSION, "interaction_required", "account_selection_required", "consent_required"})


def brought_next(traffic: Traffic) -> Iterator[Exchange]:
    """Refusals that name a nonce or token which an equal later call brought, and which then worked.

    Each needs a success of its own: a client that is refused ten times before one works does not bring what it is told.
    """
    worked: dict[tuple[str, str], list[Exchange]] = {}
    for call in reversed(traffic.exchanges):
        later = worked.setdefault((call.method, call.url), [])
        if 200 <= call.status < 400:
            later.append(call)
        elif 400 <= call.status < 500 and later and _lacked(call, later[-1]):
            if call.status not in READ_AGAIN:
                later.pop()
            yield call


def not_ready(traffic: Traffic) -> Iterator[Exchange]:
    """Answers 404 of an address that a 202 gave, from then until it was there; what is gone again is a fault."""
    promised: dict[str, list[Exchange]] = {}
    for call in traffic.exchanges:
        if call.status == 202 and (location := call.located):
            promised.setdefault(location, [])
        elif call.status == 404 and call.url in promised:
            promised[call.url].append(call)
        elif 200 <= call.status < 400 and call.method == "GET":
            yield from promised.pop(call.url, ())


def gone(traffic: Traffic) -> Iterator[Exchange]:
    """Answers 404 or 410 of an address that was deleted before: whoever asks then looks whether it is gone."""
    deleted: set[str] = set()
    for call in traffic.exchanges:
        if 200 <= call.status < 300:
            if call.method == "DELETE":
                deleted.add(call.url)
            elif deleted:
                deleted -= {call.url, call.located}
        elif call.status in {404, 410} and call.method in {"GET", "HEAD"} and call.url in deleted:
            yield call


def wants_nonce(call: Exchange) -> bool:
    """Whether a refusal asks for a nonce: nothing else of the call was looked at, and no code was spent."""
    told = call.received.get("www-authenticate", "")[:4_000], call.response_body[:4_000]
    return call.status >= 400 and any(name in text for name in NONCE_ERRORS for text in told)


def _lacked(call: Exchange, then: Exchange) -> bool:
    if call.status == 412:
        return then.sent.get("if-match", "") not in {"", call.sent.get("if-match")}
    if call.status == 417:
        return "expect" in call.sent and "expect" not in then.sent
    handed = (name for name in call.received if HANDED_OUT.search(name) and _is_for_want_of(name, call))
    return wants_nonce(call) or any(then.sent.get(name, "") not in {"", call.sent.get(name)} for name in handed)


def _is_for_want_of(name: str, call: Exchange) -> bool:
    """Whether a call was refused because this token was missing or old: many servers hand out a new one each time."""
    told = call.response_body[:4_000]
    silent = not told.strip() and (call.status in FORGERY_STATUSES or (call.status, name) == (409, TRANSMISSION))
    return silent or call.received[name].casefold() == "required" or OF_FORGERY.search(told) is not None


def asked_whether_signed_in(traffic: Traffic) -> frozenset[str]:
    """`state` of each silent request that needed the person where the person signed in next, in the same recording.

    Not where it found no session and a code came back at once: then one was there, and the hidden frame did not see it.
    """
    silent = _asked_silently(traffic)
    found: set[str] = set()
    signed_in = unseen = False
    for call, values, _ in answers(traffic) if silent else ():
        if (state := values.get("state")) in silent:
            asked = values.get("error", "") if not signed_in else ""
            found |= {state} if state and asked in SILENT else set()
            unseen = unseen or asked == NO_SESSION
        elif {"code", "state"} <= values.keys():
            if unseen and "response_type" in query_of(call.url):
                return frozenset()
            signed_in = True
    return frozenset(found) if signed_in else frozenset()


def before_sign_in(traffic: Traffic) -> Iterator[Exchange]:
    """Calls refused with 401 that brought no credential, where the person then signed in and the same call worked: how
    pages ask who is there. Not where somebody was signed in before: then it may be a session that was lost. A server's
    log holds the calls of many, and tells nothing of one person's sign-in.
    """
    if isinstance(traffic, AccessLog):
        return
    worked: dict[tuple[str, str], int] = {}
    signed_in: int | None = None
    refused: list[Exchange] = []
    for at, call in enumerate(traffic.exchanges):
        if call.status == 401 and signed_in is None and (call.method, call.url) not in worked:
            refused += [] if CREDENTIALS & call.sent.keys() else [call]
        elif 200 <= call.status < 400:
            worked[call.method, call.url] = at
            signed_in = at if signed_in is None and _signs_in(call) else signed_in
    then = len(traffic.exchanges) if signed_in is None else signed_in
    yield from (call for call in refused if worked.get((call.method, call.url), -1) > then)


def _signs_in(call: Exchange) -> bool:
    """Whether a call that worked was a sign-in: posted to an address with such a name."""
    return call.method == "POST" and SIGN_IN.search(call.path[:2_000]) is not None


def _asked_silently(traffic: Traffic) -> set[str]:
    """`state` of each request for an authorization that may show no page."""
    asked = [query_of(call.url) for call in traffic.exchanges]
    return {one["state"] for one in asked if one.get("prompt") == "none" and {"response_type", "state"} <= one.keys()}
