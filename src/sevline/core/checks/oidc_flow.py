"""OAuth and OpenID Connect sign-ins in a recording: do the calls of one sign-in fit together."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from sevline.core.finding import Confidence, Evidence, Finding, Side, check, failed, not_told, noted, passed, warned
from sevline.core.readers.addresses import difference, told_apart
from sevline.core.readers.http import Exchange, Har, Traffic
from sevline.core.readers.jwt import JsonWebToken
from sevline.core.readers.lacking import NO_SESSION, SILENT, asked_whether_signed_in
from sevline.core.readers.oidc import CookieLines, OidcClient
from sevline.core.readers.setcookie import SetCookie, cookies_sent, set_cookies
from sevline.core.readers.signin import answers, form_of, query_of
from sevline.core.readers.signinerrors import sign_in_errors

WHOLE = "a recording of one whole sign-in"
HOW = "Record a HAR with the log kept, from our sign-in page to the first call after it; server calls need the "
"server's log."


@dataclass(frozen=True, slots=True)
class Step:
    call: Exchange
    values: dict[str, str]
    part: str

    def cite(self, observed: str, expected: str = "") -> Evidence:
        return self.call.cite(self.part, observed, expected)


def authorize_calls(har: Har) -> list[Step]:
    """Requests for an authorization: by URL, or by a pushed form."""
    found = []
    for call in har.exchanges:
        for values, part in ((query_of(call.url), "url"), (form_of(call), "sent body")):
            if "client_id" in values and "response_type" in values:
                found.append(Step(call, values, part))
                break
    return found


def token_calls(traffic: Traffic) -> list[Step]:
    return [Step(call, values, "sent body") for call in traffic.exchanges if "grant_type" in (values := form_of(call))]


def returns(har: Har) -> list[Step]:
    """Answers of the authorization server that came back with a code, a token or an error, each once."""
    found: dict[tuple[str, str, str], Step] = {}
    for call, values, part in answers(har):
        told = values.get("code") or values.get("id_token") or values.get("error")
        if told and ("state" in values or "error" in values) and "grant_type" not in values:
            found.setdefault((told, values.get("state", ""), values.get("error", "")), Step(call, values, part))
    return list(found.values())


def _not_recorded(what: str) -> Finding:
    return not_told(f"{what} cannot be told: the recording holds no such call.", WHOLE, next_step=HOW)


@check("OIDC09", supports=("redirect-mismatch",), refutes=("redirect-mismatch",))
def redirect_uri(har: Har, clients: tuple[OidcClient, ...]) -> Iterator[Finding]:
    """redirect_uri is the same in the authorization and the token request, and registered"""
    asked, redeemed = authorize_calls(har), [one for one in token_calls(har) if "redirect_uri" in one.values]
    if not asked:
        if redeemed:
            yield _not_recorded("Whether redirect_uri is the same in both requests")
        return
    registered = [uri for client in clients for uri in client.redirect_uris]
    first = asked[-1]
    sent = first.values.get("redirect_uri", "")
    if (unlike := _unlike(asked, redeemed)) is not None:
        yield unlike
    elif registered and sent not in registered:
        yield failed(
            f"redirect_uri “{sent}” is not registered; registered is “{registered[0]}”: "
            f"{difference(sent, registered[0])}.",
            first.cite(sent, " or ".join(registered[:4])),
            side=Side.OUR_APP,
            next_step="Register exactly the redirect URI that is sent, or send a registered one.",
        )
    elif redeemed or registered:
        yield passed("redirect_uri fits.", first.cite(sent, sent))
    else:
        yield _not_recorded("Whether redirect_uri is the same in the token request")


def _unlike(asked: list[Step], redeemed: list[Step]) -> Finding | None:
    """The first token request whose redirect_uri no authorization request had."""
    first, known = asked[-1], {step.values.get("redirect_uri") for step in asked}
    sent = first.values.get("redirect_uri", "")
    for one in redeemed:
        if (other := one.values["redirect_uri"]) not in known:
            return failed(
                f"redirect_uri is “{sent}” in the authorization request and “{other}” in the token request: "
                f"{told_apart(other, sent)}.",
                one.cite(other, sent),
                first.cite(sent, other),
                side=Side.OUR_APP,
                next_step="Send exactly the same redirect_uri in both requests.",
            )
    return None


@check("OIDC10", supports=("state-mismatch",), refutes=("state-mismatch",))
def state_and_nonce(har: Har, tokens: tuple[JsonWebToken, ...]) -> Iterator[Finding]:
    """state returns as it was sent, and nonce stands in the ID token"""
    asked, back = authorize_calls(har), returns(har)
    if not asked:
        if back:
            yield _not_recorded("Whether state was returned unchanged")
        return
    states = {one.values["state"] for one in asked if "state" in one.values}
    wrong = [one for one in back if one.values.get("state", "") not in states]
    if not states:
        yield warned(
            "The authorization request has no state: a forged answer cannot be told from a real one.",
            asked[-1].cite("no state", "a state"),
            side=Side.OUR_APP,
            next_step="Send a random state with each request and compare it with the one that returns.",
        )
    elif wrong:
        missing = not wrong[0].values.get("state")
        yield failed(
            f"state did not return as it was sent: it {'is missing' if missing else 'differs'}.",
            wrong[0].cite("no state" if missing else "another state", "the state that was sent"),
            asked[-1].cite("state", "the same in the answer"),
            side=Side.OUR_APP,
            next_step="Look for a second tab, a bookmarked sign-in page or a session that was lost between both.",
        )
    elif back:
        yield passed("state returned as it was sent.", back[-1].cite("the state that was sent", "the same"))
    yield from _nonces(asked, tokens)


def _nonces(asked: list[Step], tokens: tuple[JsonWebToken, ...]) -> Iterator[Finding]:
    sent = {one.values["nonce"] for one in asked if "nonce" in one.values}
    for token in tokens:
        if token.role != "id_token" or token.facts.problem or not sent:
            continue
        nonce = token.facts.claims.get("nonce")
        if nonce not in sent:
            yield failed(
                f"The nonce of the {token.name} {'is missing' if nonce is None else 'is not the one that was sent'}.",
                token.cite("no nonce" if nonce is None else "another nonce", "the nonce that was sent"),
                asked[-1].cite("nonce", "the same in the ID token"),
                side=Side.OUR_APP,
                next_step="Look for a second tab or a replayed answer; keep the nonce with the request that it "
                "belongs to.",
            )
        else:
            yield passed(f"The nonce of the {token.name} is the one that was sent.", token.cite("nonce", "the same"))


@check("OIDC11", supports=("pkce",), refutes=("pkce",))
def pkce(har: Har) -> Iterator[Finding]:
    """The code_verifier belongs to the code_challenge"""
    asked = [one for one in authorize_calls(har) if "code" in one.values.get("response_type", "")]
    redeemed = [one for one in token_calls(har) if one.values.get("grant_type") == "authorization_code"]
    challenged = [one for one in asked if "code_challenge" in one.values]
    if not asked:
        return
    if not challenged:
        yield from _without_pkce(asked[-1], redeemed)
        return
    if any(one.values.get("code_challenge_method", "plain") == "plain" for one in challenged):
        yield warned(
            "PKCE is used with the method “plain”, which protects little.",
            challenged[-1].cite("plain", "S256"),
            side=Side.OUR_APP,
            next_step="Send code_challenge_method=S256.",
        )
    if not redeemed:
        yield _not_recorded("Whether code_verifier fits code_challenge")
    for one in redeemed:
        yield _verifier(one, challenged)


def _without_pkce(asked: Step, redeemed: list[Step]) -> Iterator[Finding]:
    extra = [one for one in redeemed if "code_verifier" in one.values]
    if extra:
        yield failed(
            "The token request has a code_verifier, the authorization request had no code_challenge.",
            extra[0].cite("a code_verifier", "none, or a code_challenge before"),
            asked.cite("no code_challenge", "a code_challenge"),
            side=Side.OUR_APP,
            next_step="Send code_challenge and code_challenge_method=S256 in the authorization request.",
        )
    else:
        yield noted("The sign-in uses no PKCE.", asked.cite("no code_challenge"), next_step="Use PKCE with S256.")


def _verifier(redeemed: Step, challenged: list[Step]) -> Finding:
    verifier = redeemed.values.get("code_verifier")
    if not verifier:
        return failed(
            "The token request has no code_verifier, the authorization request had a code_challenge.",
            redeemed.cite("no code_verifier", "a code_verifier"),
            challenged[-1].cite("a code_challenge", "its code_verifier in the token request"),
            side=Side.OUR_APP,
            next_step="Keep the verifier until the code is redeemed, and send it.",
        )
    hashed = base64.urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
    for one in challenged:
        plain = one.values.get("code_challenge_method", "plain") == "plain"
        if one.values["code_challenge"].rstrip("=") == (verifier if plain else hashed):
            return passed("code_verifier belongs to code_challenge.", redeemed.cite("a verifier that fits", "it fits"))
    return failed(
        "code_verifier does not belong to any code_challenge of the recording.",
        redeemed.cite("a verifier that does not fit", "BASE64URL(SHA256(code_verifier)) = code_challenge"),
        challenged[-1].cite("a code_challenge", "that of the verifier"),
        side=Side.OUR_APP,
        next_step="Keep one verifier for each request; two tabs or a reload overwrite it where it is kept under "
        "one name.",
    )


@check("OIDC16", supports=("lost-session", "third-party-cookies"), refutes=("lost-session",))
def cookies(har: Har) -> Iterator[Finding]:
    """Cookies of the sign-in reach the callback, and silent renewal finds its session"""
    asked, back = authorize_calls(har), returns(har)
    silent = [one for one in asked if one.values.get("prompt") == "none"]
    asked_first = asked_whether_signed_in(har) if silent else frozenset()
    # Where the browser is sent, and the call that it makes there, are one answer.
    answered = {one.values["state"]: one for one in reversed(back) if one.values.get("state") in asked_first}
    yield from map(_asked_first, reversed(answered.values()))
    for one in back:
        if one.values.get("error") in SILENT and silent and one.values.get("state") not in answered:
            yield _not_renewed(one, silent[-1])
            return
    callbacks = [one for one in back if one.part != "redirect" and not one.part.startswith("header")]
    if asked and callbacks:
        yield from _lost(har, callbacks[-1].call)


def _asked_first(answer: Step) -> Finding:
    error = answer.values.get("error", "")
    lacks = "found no session at the provider" if error == NO_SESSION else "needed the person"
    return noted(
        f"A silent request {lacks}, and the person signed in next: as it should be.",
        answer.cite(error, "then a sign-in"),
    )


def _not_renewed(answer: Step, asked: Step) -> Finding:
    """A session that the provider did not see, or one that it saw and that needs the person for something else."""
    error = answer.values["error"]
    row = sign_in_errors().get(error) if error != NO_SESSION else None
    means = row.means if row else "the provider saw no session in the hidden frame"
    return failed(
        f"Silent renewal failed with “{error}”: {means}.",
        answer.cite(error, "a code or token"),
        asked.cite("prompt=none", "a session at the provider"),
        side=row.owner if row else Side.CUSTOMER_CLIENT,
        next_step=row.step
        if row
        else "Check whether the browser blocks third-party cookies; use refresh tokens in place of a hidden frame.",
        sure=Confidence.STRONG,
    )


def _lost(har: Har, callback: Exchange) -> Iterator[Finding]:
    told = cookies_sent(callback)
    before = har.exchanges[: har.exchanges.index(callback)]
    ours = {
        cookie.name: (call, cookie) for call in before if call.host == callback.host for cookie in set_cookies(call)
    }
    if told is None or not ours:
        return
    for call, cookie in ours.values():
        if cookie.name not in told and not cookie.removed and (why := why_lost(cookie, callback)):
            place = call.parts.get("header:set-cookie", call.locator)
            yield failed(
                f"The cookie “{cookie.name}” did not reach the callback: {why}.",
                Evidence(call.artifact, place, cookie.told, "SameSite=None; Secure"),
                callback.cite("sent:cookie", f"no {cookie.name}", cookie.name),
                side=Side.OUR_APP,
                next_step="Set the cookie that carries the sign-in with SameSite=None; Secure, or answer by GET "
                "(response_mode=query).",
                sure=Confidence.STRONG,
            )
            return
    yield passed("The cookies set before the sign-in reached the callback.", callback.cite("url", callback.call))


def why_lost(cookie: SetCookie, to: Exchange) -> str:
    """Why a browser keeps a cookie of this host from a call that another site started; "" where nothing explains it."""
    if cookie.secure and to.url.startswith("http:"):
        return "it is Secure, and the address is http"
    if cookie.same_site == "none" and not cookie.secure:
        return "SameSite=None without Secure is refused by browsers"
    if to.method == "POST" and cookie.same_site in {"lax", "strict"}:
        return f"SameSite={cookie.same_site.capitalize()} keeps it out of a POST from another site"
    if to.method == "POST" and cookie.same_site == "":
        return "it has no SameSite, which browsers treat as Lax: it stays out of a POST from another site"
    return "SameSite=Strict keeps it out of every call from another site" if cookie.same_site == "strict" else ""


@check("OIDC17", supports=("lost-session",))
def cookie_flags(lines: CookieLines) -> Iterator[Finding]:
    """Flags of the cookies that response headers set, in a recording or attached as text"""
    quiet: dict[str, list[tuple[str, Evidence]]] = {}
    for place, cookie in lines.cookies:
        cited = Evidence(lines.artifact, place, cookie.told, "SameSite=None; Secure")
        if cookie.same_site == "none" and not cookie.secure:
            yield failed(
                f"The cookie “{cookie.name}” has SameSite=None without Secure: browsers refuse it.",
                cited,
                side=Side.OUR_APP if lines.ours else Side.THIRD_PARTY,
                next_step="Add Secure, and serve the page by https.",
            )
        elif broken := cookie.broken_promise:
            yield failed(
                f"The cookie “{cookie.name}” has {broken}, against the prefix of its name: browsers refuse it.",
                replace(cited, expected="Secure; Path=/ and no Domain" if "host-" in cookie.name.lower() else "Secure"),
                side=Side.OUR_APP if lines.ours else Side.THIRD_PARTY,
                next_step="Set the flags that the prefix asks for, or rename the cookie on every side that reads it.",
            )
        elif cookie.is_foreign:
            yield _of_another_domain(cookie, cited, ours=lines.ours)
        elif cookie.same_site != "none":
            quiet.setdefault(cookie.flags, []).append((cookie.name, cited))
    for flags, held in quiet.items():
        yield _stays_out(flags, held)


def _of_another_domain(cookie: SetCookie, cited: Evidence, *, ours: bool) -> Finding:
    """A warning of our own host; of others a note, as pages of advertisers and counters are full of such cookies."""
    domain, host = cookie.domain[:80], cookie.sender[:80]
    title = f"The cookie “{cookie.name}” has Domain={domain}, and {host} sets it: browsers refuse it."
    cited = replace(cited, observed=f"Domain={domain}", expected=f"no Domain, or one of {host}")
    step = "Leave Domain out, or set the domain of the host that answers; a proxy in between has to rewrite it."
    if ours:
        return warned(title, cited, side=Side.OUR_APP, next_step=step)
    return noted(title, cited, next_step=step)


def _stays_out(flags: str, held: list[tuple[str, Evidence]]) -> Finding:
    """Cookies with the same flags in one sentence."""
    names = ", ".join(f"“{name}”" for name in list(dict.fromkeys(name for name, _ in held))[:5])
    told = f"The cookie {names} has {flags}: it stays" if len(held) == 1 else f"{len(held)} cookies stay"
    more = "" if len(held) == 1 else f" ({flags}): {names}"
    return noted(
        f"{told} out of a form that another site posts{more}.",
        *(cited for _, cited in held[:5]),
        next_step="Where it carries a sign-in that returns by POST, set SameSite=None; Secure.",
    )
