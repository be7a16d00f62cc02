"""SAML sign-ins in a recording: what happens to cookies, RelayState and the requests between browser and both sides."""

from collections.abc import Iterator
from typing import NamedTuple

from sevline.core.checks.oidc_flow import why_lost
from sevline.core.finding import Confidence, Evidence, Finding, Side, check, failed, not_told, passed, warned
from sevline.core.readers.http import Exchange, Har
from sevline.core.readers.setcookie import SetCookie, cookies_sent, set_cookies
from sevline.core.readers.signin import Step, form_value, saml_steps

#: SAML's binding allows 80 bytes; longer values are cut or refused by some identity providers.
RELAY_STATE_BYTES = 80
LOOP = 3
MOST_CITED = 5


@check("SAML20", supports=("lost-session", "sign-in-loop"), refutes=("lost-session", "sign-in-loop"))
def sign_in_session(har: Har) -> Iterator[Finding]:
    """Cookies set before the sign-in reach the consumer URL, RelayState returns unchanged, and nothing loops"""
    steps = saml_steps(har)
    if not steps:
        return
    requests = [step for step in steps if step.field == "SAMLRequest"]
    responses = [step for step in steps if step.field == "SAMLResponse"]
    findings = [
        *_loops(_begun(steps)),
        *_relay_state(requests, responses),
        *_lost_cookies([one for response in responses for one in _cookies(har, requests, response)]),
    ]
    yield from findings
    if not requests:
        yield not_told(
            "Session and RelayState: the recording begins after the request was sent.",
            "a recording from before the sign-in starts",
            next_step="Open our sign-in page in a new private window with the recording running already.",
        )
    elif responses and not findings:
        call = responses[-1].call
        yield passed("Cookies and RelayState survive the sign-in, and nothing loops.", call.cite("url", call.call))


def _begun(steps: list[Step]) -> list[Step]:
    """The requests by which a sign-in began. An identity provider carries one along from page to page: it counts again
    only behind an answer.
    """
    begun: list[Step] = []
    seen: set[str] = set()
    for one in steps:
        if one.field == "SAMLResponse":
            seen.clear()
        elif (told := form_value(one.call, "SAMLRequest")) not in seen:
            seen.add(told)
            begun.append(one)
    return begun


def _loops(requests: list[Step]) -> Iterator[Finding]:
    if len(requests) >= LOOP:
        yield failed(
            f"The browser was sent to the identity provider {len(requests)} times: the sign-in loops.",
            *(one.call.cite("url", "an AuthnRequest", "one AuthnRequest") for one in requests[:6]),
            side=Side.OUR_APP,
            next_step="Look at the answer of our consumer URL: the session it sets is not there on the next call.",
            sure=Confidence.STRONG,
        )


def _relay_state(requests: list[Step], responses: list[Step]) -> Iterator[Finding]:
    sent = {form_value(one.call, "RelayState") for one in requests} - {""}
    for one in requests:
        size = len(form_value(one.call, "RelayState").encode())
        if size > RELAY_STATE_BYTES:
            yield warned(
                f"RelayState has {size} bytes; SAML allows {RELAY_STATE_BYTES}, and some identity providers cut it.",
                one.cite(f"RelayState of {size} bytes", f"at most {RELAY_STATE_BYTES} bytes"),
                side=Side.OUR_APP,
                next_step="Send a short key as RelayState and keep the address in our session.",
            )
    for one in responses:
        returned = form_value(one.call, "RelayState")
        if sent and returned not in sent:
            yield failed(
                "RelayState did not return: it was " + ("changed." if returned else "left out."),
                one.cite("another RelayState" if returned else "no RelayState", "the RelayState that was sent"),
                side=Side.CUSTOMER_IDP,
                next_step="Turn off a default RelayState at the identity provider; it must return ours unchanged.",
            )


class Loss(NamedTuple):
    """A cookie, the call that set it, the call that it did not reach, and why."""

    call: Exchange
    cookie: SetCookie
    to: Exchange
    why: str


def _cookies(har: Har, requests: list[Step], response: Step) -> Iterator[Loss]:
    """Cookies of our host that were set before the request and are not sent with the response."""
    before = [one for one in requests if one.at < response.at]
    if not before:
        return
    ours = [
        (call, cookie)
        for call in har.exchanges[: before[-1].at + 1]
        if call.host == response.call.host
        for cookie in set_cookies(call)
    ]
    told = cookies_sent(response.call)
    if told is None:
        return
    latest = {cookie.name: (call, cookie) for call, cookie in ours}
    lost = [(call, cookie) for call, cookie in latest.values() if cookie.name not in told and not cookie.removed]
    for call, cookie in lost:
        if why := why_lost(cookie, response.call):
            yield Loss(call, cookie, response.call, why)


def _lost_cookies(losses: list[Loss]) -> Iterator[Finding]:
    """Each cookie once for each reason, however often the sign-in was tried."""
    alike: dict[tuple[str, str], list[Loss]] = {}
    for one in losses:
        alike.setdefault((one.cookie.name, one.why), []).append(one)
    yield from map(_lost, alike.values())


def _lost(losses: list[Loss]) -> Finding:
    first, cookie = losses[0], losses[0].cookie
    place = first.call.parts.get("header:set-cookie", first.call.locator)
    often = f" ({len(losses)} times)" if len(losses) > 1 else ""
    return failed(
        f"The cookie “{cookie.name}” did not reach the consumer URL{often}: {first.why}.",
        Evidence(first.call.artifact, place, cookie.told, "SameSite=None; Secure"),
        *(one.to.cite("sent:cookie", f"no {cookie.name}", cookie.name) for one in losses[:MOST_CITED]),
        side=Side.OUR_APP,
        next_step="Set the cookie that carries the sign-in with SameSite=None; Secure, and use https throughout.",
        sure=Confidence.STRONG,
    )
