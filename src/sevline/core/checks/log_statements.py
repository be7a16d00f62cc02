"""Refusals of sign-ins that a log states itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from sevline.core.finding import Confidence, Finding, Side, check, failed, not_told, warned
from sevline.core.readers.addresses import first_difference
from sevline.core.readers.logfacts import LogFacts
from sevline.core.readers.logstatements import OF_TOKENS, LogStatements, Mismatch, Statement
from sevline.core.readers.moments import plain

MAX_NAMED = 5


@dataclass(frozen=True, slots=True)
class Means:
    """`says` completes “the log says that …”; who can change it, and the next step."""

    says: str
    side: Side
    step: str


MEANS = {
    Mismatch.AUDIENCE: Means(
        "the audience is not ours",
        Side.CUSTOMER_IDP,
        "Compare the audience at the identity provider with our entity ID or client id; ask what changed there or in "
        "our settings before the first line.",
    ),
    Mismatch.ISSUER: Means(
        "the issuer is not the expected one",
        Side.CUSTOMER_IDP,
        "Check whether another tenant's or an older metadata file is configured on our side.",
    ),
    Mismatch.SIGNATURE: Means(
        "the signature does not hold",
        Side.CUSTOMER_IDP,
        "Compare the signing certificate of a failing message with our copy of the metadata: was a key rotated?",
    ),
    Mismatch.TIME: Means(
        "a message of the sign-in is outside its time",
        Side.UNKNOWN,
        "Compare the clocks of the identity provider and of our server with NTP, then the times in the message.",
    ),
    Mismatch.ADDRESS: Means(
        "the message is addressed to another URL",
        Side.CUSTOMER_IDP,
        "Compare the consumer URL at the identity provider with ours, to the letter.",
    ),
    Mismatch.RELAY_STATE: Means(
        "RelayState did not come back as it was sent",
        Side.UNKNOWN,
        "Record the sign-in from its first page, and compare RelayState where it leaves and where it returns.",
    ),
    Mismatch.GRANT: Means(
        "the authorization server refused the code or refresh token (invalid_grant)",
        Side.OUR_APP,
        "Look whether the code was sent twice, too late, or with another redirect_uri or code_verifier.",
    ),
    Mismatch.REDIRECT: Means(
        "redirect_uri is not the registered one",
        Side.OUR_APP,
        "Register exactly the redirect URI that is sent, or send a registered one.",
    ),
    Mismatch.CLIENT: Means(
        "the authorization server does not accept our client (invalid_client)",
        Side.OUR_APP,
        "Compare client id and the age of its secret with the registration at the provider.",
    ),
    Mismatch.NONCE: Means(
        "the nonce is not the one that was sent",
        Side.OUR_APP,
        "Look for a second tab or a replayed answer; keep the nonce with the request that it belongs to.",
    ),
    Mismatch.STATE: Means(
        "state did not come back as it was sent",
        Side.OUR_APP,
        "Look for a second tab, a bookmarked sign-in page or a session that was lost in between.",
    ),
}


@check("OBS16", supports=("sign-in-refused",))
def stated_refusals(stated: tuple[LogStatements, ...], logs: tuple[LogFacts, ...]) -> Iterator[Finding]:
    """What of a sign-in a log itself says does not fit: how often, since when, for which tenants, both values"""
    if not stated and not logs:
        yield not_told("No log is there to say it.", LogStatements.what, next_step=LogStatements.how)
    for log in stated:
        yield from (_finding(log, one) for one in log.statements if one.mismatch not in OF_TOKENS)


def _finding(log: LogStatements, one: Statement) -> Finding:
    means = MEANS[one.mismatch]
    both = bool(one.got)
    observed = one.got if both else one.words
    values = f": expected “{one.expected}”, got “{one.got}”; {first_difference(one.got, one.expected)}" if both else ""
    return (failed if one.loud else warned)(
        f"The log says {times_told(one)} that {means.says}{values}.{tenants_told(one.tenants)}",
        *(log.cite(place, observed, one.expected or "a sign-in that is accepted") for place in one.places),
        side=_side(one, means),
        next_step=means.step,
        sure=Confidence.PROOF if both else Confidence.STRONG,
    )


def times_told(one: Statement) -> str:
    """How often, and from when to when."""
    if one.first is None or one.last is None:
        return "once" if one.count == 1 else f"{one.count:,} times"
    if one.count == 1:
        return f"once, at {plain(one.first)},"
    return f"{one.count:,} times, from {plain(one.first)} to {plain(one.last)},"


def tenants_told(names: tuple[str, ...]) -> str:
    if not names:
        return ""
    more = f" and {len(names) - MAX_NAMED} more" if len(names) > MAX_NAMED else ""
    label = "Tenant" if len(names) == 1 else f"{len(names)} tenants"
    return f" {label}: {', '.join(f'“{name}”' for name in names[:MAX_NAMED])}{more}."


def _side(one: Statement, means: Means) -> Side:
    """An address that differs only in its scheme is changed on our way in, by a proxy that ends TLS."""
    same = one.got.partition("://")[2] == one.expected.partition("://")[2] != ""
    return Side.OUR_INFRA if one.mismatch is Mismatch.ADDRESS and same else means.side
