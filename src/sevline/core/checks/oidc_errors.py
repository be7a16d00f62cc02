"""What authorization servers and APIs answered: errors by the table, challenges, and scopes."""

import re
from collections import Counter
from collections.abc import Iterator

from sevline.core.checks.oidc_flow import Step, token_calls
from sevline.core.finding import Confidence, Evidence, Finding, Side, check, failed, not_told, noted, warned
from sevline.core.readers.bydesign import HANDED_OUT, by_design, error_of, is_of_device, waited
from sevline.core.readers.http import Exchange, Har, Traffic
from sevline.core.readers.jsonbodies import json_body
from sevline.core.readers.jwt import TokenFacts, looks_like_token, token_facts
from sevline.core.readers.lacking import wants_nonce
from sevline.core.readers.oidc import OidcClient, SignInError
from sevline.core.readers.signinerrors import SignInErrorRow, sign_in_errors
from sevline.core.readers.traffic import with_status

MOST_CITED = 5
PAIR = re.compile(r"([A-Za-z_-]{1,40})\s*=\s*(?:\"([^\"]{0,600})\"|([^\s,\"]{1,200}))")


@check("OIDC12", supports=("token-endpoint-error",))
def token_endpoint(traffic: Traffic) -> Iterator[Finding]:
    """Errors of the token endpoint, and codes that were redeemed more than once"""
    calls = token_calls(traffic)
    polls = {call.locator: call for call in waited(traffic)}
    designed = by_design(traffic) if calls else {}
    codes = Counter(one.values["code"] for one in calls if "code" in one.values and not wants_nonce(one.call))
    for step in (one for one in calls if one.call.locator not in designed):
        if error := error_of(step.call):
            yield _refused_grant(step, error, calls, codes.get(step.values.get("code", ""), 0))
    yield from _device(calls, polls)
    yield from _handed_out([one.call for one in calls if designed.get(one.call.locator) == HANDED_OUT])


def _refused_grant(step: Step, error: str, calls: list[Step], sent: int) -> Finding:
    """`sent`: how often the code of this call was sent."""
    row, reused = sign_in_errors().get(error), sent > 1
    means = row.means if row else "a code that the table does not hold"
    twice = f"; the code was sent {sent} times" if reused else ""
    return failed(
        f"The token endpoint answered {step.call.status} {error[:60]}: {means}{twice}.",
        step.call.cite("body", error, "a token"),
        *(_each_cited(calls[:4]) if reused else []),
        side=row.owner if row else Side.UNKNOWN,
        next_step="Send each code once: look for a page that reloads the callback." if reused else _step(row),
        sure=Confidence.PROOF if reused else Confidence.STRONG,
    )


def _handed_out(calls: list[Exchange]) -> Iterator[Finding]:
    if calls:
        times = "once" if len(calls) == 1 else f"{len(calls)} times"
        yield noted(
            f"The token endpoint asked {times} for a nonce in the DPoP proof, and the next call brought it: as it "
            "should be.",
            *(call.cite("body", error_of(call), "then a token") for call in calls[:MOST_CITED]),
        )


def _each_cited(calls: list[Step]) -> list[Evidence]:
    return [one.cite("a code that was sent before", "each code once") for one in calls]


def _device(calls: list[Step], polls: dict[str, Exchange]) -> Iterator[Finding]:
    """How a sign-in on another device went on: it asks again and again until the person is done."""
    if not polls:
        return
    first, *_ = polls.values()
    device = [one.call for one in calls if is_of_device(one.call)]
    done = next((call for call in device if 200 <= call.status < 300), None)
    ends = "then the token came" if done else "the recording ends before the person was done"
    times = "once" if len(polls) == 1 else f"{len(polls)} times"
    yield noted(
        f"The device asked {times} whether the sign-in elsewhere was done, as it should; {ends}.",
        first.cite("body", error_of(first), "a wait"),
        *([done.cite("status", done.status, "a token")] if done else []),
    )


def _step(row: SignInErrorRow | None) -> str:
    return row.step if row else "Look the code up at the provider, with time and correlation id."


@check("OIDC13", supports=("provider-error",))
def provider_error(errors: tuple[SignInError, ...], recordings: tuple[Har, ...]) -> Iterator[Finding]:
    """The provider's own error code, what it means, and who can change it"""
    if not errors and not recordings:
        yield not_told("No answer of a provider is there.", SignInError.what, next_step=SignInError.how)
    told = {(error.artifact, error.code or error.error): error for error in reversed(errors)}
    for error in reversed(told.values()):
        row = sign_in_errors().get(error.code) or sign_in_errors().get(error.error)
        code = error.code or error.error
        means = row.means if row else "the table of codes does not hold it"
        yield failed(
            f"The provider answered {code[:60]}: {means}.",
            error.cite(code, "no error"),
            side=row.owner if row else Side.UNKNOWN,
            next_step=_step(row),
            sure=Confidence.STRONG,
        )


def challenge_of(call: Exchange) -> dict[str, str]:
    """The parameters of a Bearer or DPoP challenge, names in lower case."""
    told = call.received.get("www-authenticate", "")
    if not re.match(r"\s*(?:bearer|dpop)\b", told, re.IGNORECASE):
        return {}
    return {found[1].lower(): found[2] or found[3] or "" for found in PAIR.finditer(told[:4_000])}


@check("OIDC14", supports=("credentials",))
def challenge(traffic: Traffic) -> Iterator[Finding]:
    """WWW-Authenticate: realm, error, description and scope, in words"""
    for group in with_status(traffic, 401, 403, why=lambda call: str(challenge_of(call))):
        told = challenge_of(group.first)
        if not told:
            continue
        error = told.get("error", "")
        row = sign_in_errors().get(error)
        parts = [
            f"{name} “{told[name][:160]}”"
            for name in ("error", "error_description", "scope", "realm")
            if told.get(name)
        ]
        cited = group.first.cite("header:www-authenticate", ", ".join(parts) or "a challenge", "no challenge")
        if not error:
            yield noted(
                f"{group.opening} asked for a token {group.times} without naming an error: none was sent, or "
                "none was read.",
                cited,
                next_step="Check that the Authorization header is sent and no proxy removes it.",
            )
            continue
        yield failed(
            f"{group.opening} refused the token {group.times}: {', '.join(parts)}{f' ({row.means})' if row else ''}.",
            cited,
            side=row.owner if row else Side.UNKNOWN,
            next_step=_step(row),
            sure=Confidence.STRONG,
        )


def granted(facts: TokenFacts) -> set[str]:
    """Scopes, roles and permissions that a token carries."""
    held = set(facts.scopes)
    for name in ("roles", "permissions", "authorities"):
        value = facts.claims.get(name)
        held |= {one for one in value if isinstance(one, str)} if isinstance(value, list) else set()
    access = facts.claims.get("realm_access")
    roles = access.get("roles") if isinstance(access, dict) else None
    return held | ({one for one in roles if isinstance(one, str)} if isinstance(roles, list) else set())


@check("OIDC15", supports=("permission",), refutes=())
def scopes(har: Har, clients: tuple[OidcClient, ...]) -> Iterator[Finding]:
    """Scopes and roles that an endpoint needs, beside those that the token has"""
    for group in with_status(har, 403, why=lambda call: str(_lacking(call, clients))):
        call = group.first
        needed, held = _lacking(call, clients)
        if lacking := sorted(set(needed) - set(held)):
            has = ", ".join(held[:8]) or "none"
            yield failed(
                f"{group.opening} answered 403 {group.times}: the token lacks {', '.join(lacking[:8])}; it has {has}.",
                call.cite("sent:authorization", f"scopes {has}", ", ".join(sorted(needed)[:8])),
                call.cite("status", "403", "an allowed call"),
                side=Side.CUSTOMER_CLIENT,
                next_step="Request the lacking scope, and let an administrator consent to it.",
            )
    yield from _granted_less(har)


def _lacking(call: Exchange, clients: tuple[OidcClient, ...]) -> tuple[list[str], list[str]]:
    """The scopes that the endpoint asks for and those that the token carries; nothing where one is unknown."""
    needed = set(challenge_of(call).get("scope", "").split())
    needed = needed or {scope for client in clients for scope in client.scopes}
    _, _, raw = call.sent.get("authorization", "").partition(" ")
    if not needed or not looks_like_token(raw.strip()):
        return [], []
    return sorted(needed), sorted(granted(token_facts(raw.strip())))


def _granted_less(har: Har) -> Iterator[Finding]:
    """A token answer names its scopes where they are fewer than those requested."""
    for step in token_calls(har):
        body = json_body(step.call.response_body)
        told = body.get("scope") if isinstance(body, dict) else None
        asked = set(step.values.get("scope", "").split())
        if isinstance(told, str) and (lacking := sorted(asked - set(told.split()) - {"offline_access"})):
            evidence: Evidence = step.call.cite("body", told[:200], " ".join(sorted(asked)))
            yield warned(
                f"The provider granted fewer scopes than were requested: {', '.join(lacking[:8])} is missing.",
                evidence,
                side=Side.CUSTOMER_IDP,
                next_step="Allow the scope for the client at the provider, and consent to it.",
            )
