"""JSON Web Tokens: form, algorithm, key, signature, issuer, audience, times and size."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sevline.core.checks.log_statements import tenants_told, times_told
from sevline.core.finding import Confidence, Finding, Side, check, failed, not_told, noted, passed, warned
from sevline.core.lasting import lasting
from sevline.core.readers.addresses import first_difference
from sevline.core.readers.http import Har
from sevline.core.readers.jwt import ENCRYPTED, JsonWebToken, Use
from sevline.core.readers.logstatements import OF_TOKENS, LogStatements, Mismatch, Statement
from sevline.core.readers.moments import plain
from sevline.core.readers.oidc import Discovery, Jwks, OidcClient
from sevline.core.readers.signin import query_of

CURRENT = frozenset(
    {f"{family}{size}" for family in ("RS", "PS", "ES") for size in (256, 384, 512)} | {"EdDSA", "Ed25519"}
)
SHARED = frozenset({"HS256", "HS384", "HS512"})
#: Seconds by which both clocks may differ before a token from the future is a fault.
ALLOWANCE = 60
LARGE = 7_000
#: Answers with which servers refuse headers that are too long.
TOO_LONG = frozenset({400, 413, 414, 431, 494})
TIMES = "The times of a token"
NO_CLAIMS = "a token whose claims can be read (OIDC01)"


def unreadable(token: JsonWebToken, what: str) -> Finding:
    return not_told(
        f"{what} of the {token.name} cannot be told, because the token cannot be read (OIDC01).",
        NO_CLAIMS,
        next_step=JsonWebToken.how,
    )


@check("OIDC01", supports=("malformed-token",), refutes=("malformed-token",))
def well_formed(token: JsonWebToken) -> Iterator[Finding]:
    """The token has its three parts, base64url of JSON, and a type that fits"""
    facts = token.facts
    if facts.problem == ENCRYPTED:
        yield not_told(f"The {token.name} is encrypted.", "a token that is only signed", next_step=JsonWebToken.how)
        return
    if facts.problem:
        yield failed(
            f"The {token.name} is malformed: {facts.problem}",
            token.cite(facts.problem, "header.claims.signature"),
            side=Side.UNKNOWN,
            next_step="Copy the token again, whole and without line breaks; then look at what issues it.",
        )
        return
    kind = str(facts.header.get("typ", "none"))
    told = f"alg {facts.algorithm or 'none'}, kid {facts.key_id or 'none'}, typ {kind}"
    claims = f"iss {facts.issuer or 'none'}, aud {', '.join(facts.audience) or 'none'}"
    if kind.lower().removeprefix("application/") not in {"none", "jwt", "at+jwt", "dpop+jwt", "jose", "logout+jwt"}:
        yield warned(
            f"The {token.name} says that it is of type “{kind[:40]}”, which readers of sign-in tokens may refuse.",
            token.cite(f"typ {kind}", "typ JWT or at+jwt"),
            side=Side.CUSTOMER_IDP,
            next_step="Check that the token comes from the sign-in provider and is meant for this use.",
        )
    yield passed(f"The {token.name} is well formed: {told}; {claims}.", token.cite(told, "header.claims.signature"))


@check("OIDC02", supports=("token-algorithm",), refutes=("token-algorithm",))
def algorithm(token: JsonWebToken, sets: tuple[Jwks, ...], documents: tuple[Discovery, ...]) -> Iterator[Finding]:
    """The algorithm is a current one, and no key is taken for another kind"""
    if token.facts.problem:
        yield unreadable(token, "The algorithm")
        return
    name = token.facts.algorithm
    public = [key for one in sets for key in one.keys if key.get("kty") in ("RSA", "EC", "OKP")]
    cited = token.cite(f"alg {name or 'none'}", "RS256, PS256, ES256 or EdDSA")
    if name.lower() in {"", "none"}:
        yield failed(
            f"The {token.name} has alg “none”: nobody signed it.",
            cited,
            side=Side.UNKNOWN,
            next_step="Hand this to Security: a reader that accepts it accepts any token. Refuse “none” by "
            "configuration.",
        )
    elif name in SHARED and public:
        yield failed(
            f"The {token.name} is signed with {name}, a shared secret, while the issuer publishes public keys: "
            "a public key taken for a secret lets anybody sign.",
            cited,
            side=Side.UNKNOWN,
            next_step="Hand this to Security, and fix the accepted algorithms by configuration, not by the token.",
            sure=Confidence.STRONG,
        )
    elif name not in CURRENT:
        yield warned(
            f"The {token.name} is signed with {name[:20]}, which is not among the algorithms that readers "
            "usually accept.",
            cited,
            side=Side.CUSTOMER_IDP,
            next_step="Agree on RS256 or ES256; a shared secret fits only a client that can keep one.",
        )
    elif (named := _unlisted(token, documents)) is not None:
        yield warned(
            f"The {token.name} is signed with {name}; the provider's discovery document lists {', '.join(named)}.",
            cited,
            side=Side.CUSTOMER_IDP,
            next_step="Compare the client's signing algorithm at the provider with the discovery document.",
        )
    else:
        yield passed(f"The {token.name} is signed with {name}.", cited)


def _unlisted(token: JsonWebToken, documents: tuple[Discovery, ...]) -> tuple[str, ...] | None:
    """The algorithms of ID tokens that the issuer announces, where this one is not among them."""
    for document in documents:
        listed = document.listed("id_token_signing_alg_values_supported")
        if token.role == "id_token" and document.issuer == token.facts.issuer and listed:
            return None if token.facts.algorithm in listed else listed
    return None


@check("OIDC03", supports=("key-rotation",), refutes=("key-rotation",))
def key_known(token: JsonWebToken, sets: tuple[Jwks, ...]) -> Iterator[Finding]:
    """The key that signed is in the provider's JWKS"""
    if token.facts.problem:
        yield unreadable(token, "The key")
        return
    if not sets:
        yield not_told(f"Whether the key of the {token.name} is known cannot be told.", Jwks.what, next_step=Jwks.how)
        return
    kid, names = token.facts.key_id, [name for one in sets for name in one.names]
    if not kid:
        if len(names) > 1:
            yield warned(
                f"The {token.name} names no key (kid), and the JWKS holds {len(names)}.",
                token.cite("no kid", " or ".join(names[:4])),
                side=Side.CUSTOMER_IDP,
                next_step="Let the provider set kid; a reader has to try every key otherwise.",
            )
    elif kid in names:
        yield passed(f"The key “{kid[:60]}” of the {token.name} is in the JWKS.", token.cite(f"kid {kid}", kid))
    else:
        yield _unknown_key(token, sets, names)


def _unknown_key(token: JsonWebToken, sets: tuple[Jwks, ...], names: list[str]) -> Finding:
    kid, issued = token.facts.key_id, token.facts.issued
    early = any(one.fetched and issued and one.fetched < issued for one in sets)
    stale = "; the keys were fetched before the token was issued, and may have been rotated in between" * early
    return failed(
        f"The key “{kid[:60]}” of the {token.name} is not in the JWKS, which holds {', '.join(names[:6])}{stale}.",
        token.cite(f"kid {kid}", " or ".join(names[:6])),
        side=Side.OUR_APP if early else Side.UNKNOWN,
        next_step="Fetch the JWKS again; a reader must do so when it meets an unknown kid, and not only once a day.",
    )


@check("OIDC04", supports=("token-signature",), refutes=("token-signature",))
def signature(token: JsonWebToken, sets: tuple[Jwks, ...]) -> Iterator[Finding]:
    """The token's signature verifies with the given JWKS"""
    if token.facts.problem or token.facts.algorithm.lower() in {"", "none"}:
        by = "the token cannot be read (OIDC01)" if token.facts.problem else "nobody signed it (OIDC02)"
        yield not_told(
            f"The signature of the {token.name} cannot be told, because {by}.", NO_CLAIMS, next_step=Jwks.how
        )
        return
    keys = [key for one in sets for key in one.keys]
    fitting = [key for key in keys if str(key.get("kid", "")) == token.facts.key_id] if token.facts.key_id else keys
    if not fitting:
        missing = f"the key “{token.facts.key_id[:60]}” (OIDC03)" if keys else Jwks.what
        yield not_told(f"The signature of the {token.name} cannot be verified.", missing, next_step=Jwks.how)
        return
    yield _verified(token, fitting)


def _verified(token: JsonWebToken, fitting: list[Mapping[str, Any]]) -> Finding:
    from sevline.core.readers.jwtsignature import Outcome, verified

    outcomes = {verified(token.raw, key) for key in fitting}
    cited = token.cite(
        "the signature holds" if Outcome.HOLDS in outcomes else "the signature does not hold", "it holds"
    )
    if Outcome.HOLDS in outcomes:
        return passed(f"The signature of the {token.name} holds.", cited)
    if Outcome.BROKEN in outcomes:
        return failed(
            f"The signature of the {token.name} does not hold under the key that it names.",
            cited,
            side=Side.UNKNOWN,
            next_step="Check that the token was copied whole and that keys and token are of the same provider; "
            "an altered token is a matter for Security.",
        )
    return not_told(
        f"The signature of the {token.name} cannot be verified: its key does not fit alg {token.facts.algorithm}.",
        "a key of the kind that alg names",
        next_step=Jwks.how,
    )


@check("OIDC05", supports=("wrong-issuer",), refutes=("wrong-issuer",))
def issuer(token: JsonWebToken, documents: tuple[Discovery, ...], clients: tuple[OidcClient, ...]) -> Iterator[Finding]:
    """The issuer is the one of the discovery document, to the letter"""
    if token.facts.problem:
        yield unreadable(token, "The issuer")
        return
    named = [document.issuer for document in documents] or [one.issuer for one in clients if one.issuer]
    seen = token.facts.issuer
    if not named:
        yield not_told(
            f"The issuer of the {token.name} has nothing to compare with.", Discovery.what, next_step=Discovery.how
        )
    elif seen in named or any(_fits_template(seen, one) for one in named):
        yield passed(f"The issuer of the {token.name} is the expected one.", token.cite(f"iss {seen}", named[0]))
    else:
        side, step = _whose(seen, documents)
        yield failed(
            f"The issuer of the {token.name} is “{seen or 'missing'}”, expected is “{named[0]}”{_why(seen, named[0])}.",
            token.cite(f"iss {seen or 'missing'}", named[0]),
            side=side,
            next_step=step,
        )


#: No setting of ours makes both fit: OpenID Connect Discovery 1.0, 4.3, asks for the very same text in both.
AT_ODDS = (
    "The provider's discovery document and its tokens contradict each other: have its owner set one issuer for both, "
    "such as where a proxy or a domain of its own stands before it; a strict library refuses the token until then."
)


def _whose(seen: str, documents: tuple[Discovery, ...]) -> tuple[Side, str]:
    """Who can mend an issuer that differs, and how."""
    if documents and seen.rstrip("/").casefold() == documents[0].issuer.rstrip("/").casefold():
        return Side.CUSTOMER_IDP, AT_ODDS
    return (
        Side.OUR_APP,
        "Set exactly the issuer of the discovery document on our side; it differs by tenant and version.",
    )


def _fits_template(seen: str, wanted: str) -> bool:
    """Entra's document for several tenants has “{tenantid}” where a token has the tenant's id."""
    before, mark, after = wanted.partition("{tenantid}")
    return bool(mark) and seen.startswith(before) and seen.endswith(after) and len(seen) > len(before) + len(after)


def _why(seen: str, wanted: str) -> str:
    if seen.rstrip("/") == wanted.rstrip("/"):
        return "; only the slash at the end differs"
    if seen.casefold() == wanted.casefold():
        return "; only upper and lower case differ"
    try:
        one, two = urlsplit(seen), urlsplit(wanted)
    except ValueError:
        return ""
    if {one.hostname, two.hostname} == {"sts.windows.net", "login.microsoftonline.com"}:
        return "; one is of version 1 and the other of version 2 of the same provider's tokens"
    if one.hostname == two.hostname and one.path != two.path:
        return "; the host is the same, the tenant or server in the path differs"
    return f"; {first_difference(seen, wanted)}" if seen else ""


@check("OIDC06", supports=("wrong-audience",), refutes=("wrong-audience",))
def audience(token: JsonWebToken, clients: tuple[OidcClient, ...], recordings: tuple[Har, ...]) -> Iterator[Finding]:
    """The audience is our client or API, and an ID token is not used as an access token"""
    if token.facts.problem:
        yield unreadable(token, "The audience")
        return
    ours = {one.client_id for one in clients if one.client_id} or _clients_recorded(recordings)
    apis = _apis(clients)
    opens = token.role == "bearer" or any(use.opens for use in token.uses)
    if opens and (token.role == "id_token" or _is_id_token(token, ours)):
        yield failed(
            f"The {token.name} is an ID token sent as access token: it tells our app who signed in, and opens no API.",
            token.cite(f"aud {', '.join(token.facts.audience)}", " or ".join(sorted(apis)) or "our API"),
            side=Side.OUR_APP,
            next_step="Send the access token of the token answer in the Authorization header.",
            sure=Confidence.STRONG,
        )
        return
    yield _addressed(token, ours if _is_for_client(token) else apis, ours)


def _apis(clients: tuple[OidcClient, ...]) -> set[str]:
    return {name for one in clients for name in one.audiences}


def _clients_recorded(recordings: tuple[Har, ...]) -> set[str]:
    return {one for har in recordings for call in har.exchanges if (one := query_of(call.url).get("client_id"))}


def _addressed(token: JsonWebToken, expected: set[str], ours: set[str]) -> Finding:
    seen, party = token.facts.audience, token.facts.claims.get("azp")
    cited = token.cite(f"aud {', '.join(seen) or 'missing'}", " or ".join(sorted(expected)))
    if not expected:
        return not_told(
            f"The audience of the {token.name} has nothing to compare with.", OidcClient.what, next_step=OidcClient.how
        )
    if not set(seen) & expected:
        return failed(
            f"The audience of the {token.name} is {', '.join(f'“{one}”' for one in seen) or 'missing'}, "
            f"expected is “{min(expected)}”.",
            cited,
            side=Side.OUR_APP,
            next_step="Request the token for our API (scope, resource or audience parameter), or correct the "
            "audience we accept.",
        )
    if len(seen) > 1 and party not in {*ours, None}:
        return failed(
            f"The {token.name} names several audiences and azp “{party}”, which is not our client.",
            token.cite(f"azp {party}", " or ".join(sorted(ours))),
            side=Side.CUSTOMER_IDP,
            next_step="Check which client asked for the token; azp has to name it.",
        )
    return passed(f"The audience of the {token.name} is ours.", cited)


def _is_for_client(token: JsonWebToken) -> bool:
    """An ID token by its place, or where its place is not told by what it carries."""
    return token.role == "id_token" or (not token.role and _is_id_token(token, set()))


def _is_id_token(token: JsonWebToken, clients: set[str]) -> bool:
    """By what only ID tokens carry, or by an audience that is the client itself."""
    claims = token.facts.claims
    marks = bool({"nonce", "at_hash"} & set(claims)) or "id" in {
        claims.get("token_use"),
        str(claims.get("typ")).lower(),
    }
    granted = bool(token.facts.scopes) or "roles" in claims or token.facts.header.get("typ") == "at+jwt"
    return not granted and (marks or bool(clients and set(token.facts.audience) <= clients))


#: Late uses of one token that are cited.
MOST_USES = 5


@check("OIDC07", supports=("expired-token", "clock-skew"), refutes=("expired-token", "clock-skew"))
def times(tokens: tuple[JsonWebToken, ...], logs: tuple[LogStatements, ...]) -> Iterator[Finding]:
    """exp, nbf and iat fit the moment at which the token was used; and what a log says of them"""
    said = [(log, one) for log in logs for one in log.statements if one.mismatch in OF_TOKENS]
    yield from (_said_of_times(log, one) for log, one in said)
    for token in tokens:
        if not token.only_hints:
            yield from _times_of(token)
    if not tokens and not said:
        yield not_told(f"{TIMES}: there is none.", JsonWebToken.what, next_step=JsonWebToken.how)


def _said_of_times(log: LogStatements, one: Statement) -> Finding:
    early = one.mismatch is Mismatch.EARLY
    return (failed if one.loud else warned)(
        f"The log says {times_told(one)} that a token was {'not valid yet' if early else 'expired'} "
        f"(“{one.words[:80]}”).{tenants_told(one.tenants)}",
        *(log.cite(place, one.words, "a token within its time") for place in one.places),
        side=Side.UNKNOWN if early else Side.CUSTOMER_CLIENT,
        next_step="Compare the clocks of issuer and receiver with NTP; attach one of these tokens, whose nbf and iat "
        "then tell the difference."
        if early
        else "Renew the token before its exp; attach one of these tokens: if it was fresh, the clocks differ.",
        sure=Confidence.STRONG,
    )


def _times_of(token: JsonWebToken) -> Iterator[Finding]:
    facts = token.facts
    if facts.problem:
        yield unreadable(token, "The times")
        return
    if facts.expires is None and token.role in {"id_token", "access_token", "bearer"}:
        yield warned(
            f"The {token.name} has no exp: it never expires, or its time cannot be read.",
            token.cite(f"exp {facts.claims.get('exp', 'missing')}", "a time in seconds"),
            side=Side.CUSTOMER_IDP,
            next_step="Have the provider set exp as a number of seconds since 1970.",
        )
    used = [use for use in token.uses if use.at is not None]
    if not used:
        yield not_told(
            f"Times of the {token.name}: it is not known when it was used.",
            "the time at which the token was used",
            next_step="Say when it was used: on the file's page under “Captured at”, or with --at. Or record a HAR: "
            "it holds the time of each call.",
        )
        return
    faults = list(_time_faults(token, used))
    yield from faults
    if not faults and facts.expires is not None and used[0].at is not None:
        observed = f"exp {plain(facts.expires)}"
        yield passed(f"The {token.name} was used within its time.", token.cite(observed, f"after {plain(used[0].at)}"))


def _time_faults(token: JsonWebToken, used: list[Use]) -> Iterator[Finding]:
    expires = token.facts.expires
    past = [(use, use.at) for use in used if expires and use.at and use.at >= expires and not use.hints]
    late = [(use, then) for use, then in past if not use.renewed]
    if past and expires and not late:
        yield _renewed(token, expires, past)
    elif late and expires:
        at = late[0][1]
        by = (at - expires).total_seconds()
        yield failed(
            f"The {token.name} is expired by {lasting(by)}: exp is {plain(expires)}, it was used at {plain(at)}.",
            *(token.cite(f"exp {plain(expires)}", f"after {plain(then)}", use) for use, then in late[:MOST_USES]),
            side=Side.CUSTOMER_CLIENT,
            next_step="Renew the token before it expires; where it was fresh, compare both clocks with NTP.",
        )
    yield from _too_early(token, used[0])


def _renewed(token: JsonWebToken, expires: datetime, past: list[tuple[Use, datetime]]) -> Finding:
    return noted(
        f"The {token.name} had expired by {lasting((past[0][1] - expires).total_seconds())}, was refused and renewed, "
        "and the same call worked: as it should be.",
        *(token.cite(f"exp {plain(expires)}", f"after {plain(then)}", use) for use, then in past[:MOST_USES]),
    )


def _too_early(token: JsonWebToken, first: Use) -> Iterator[Finding]:
    begins, issued, soon = token.facts.not_before, token.facts.issued, timedelta(seconds=ALLOWANCE)
    if issued and first.at and issued > first.at + soon:
        by = (issued - first.at).total_seconds()
        yield failed(
            f"Clock skew of at least {lasting(by)}: the {token.name} says it was issued that long after it was used.",
            token.cite(f"iat {plain(issued)}", f"not after {plain(first.at)}", first),
            side=Side.CUSTOMER_IDP,
            next_step="Compare both clocks with NTP; a leeway of up to 60 s bridges small differences.",
        )
    elif begins and first.at and begins > first.at + soon:
        by = (begins - first.at).total_seconds()
        yield failed(
            f"The {token.name} is valid only {lasting(by)} after it was used: nbf is {plain(begins)}.",
            token.cite(f"nbf {plain(begins)}", f"not after {plain(first.at)}", first),
            side=Side.CUSTOMER_IDP,
            next_step="Compare both clocks with NTP; a leeway of up to 60 s bridges small differences.",
        )


@check("OIDC08", supports=("header-too-large",), refutes=("header-too-large",))
def size(token: JsonWebToken) -> Iterator[Finding]:
    """The token fits into the headers that servers accept"""
    amount = token.facts.size
    refused = next((use for use in token.uses if use.status in TOO_LONG), None)
    cited = token.cite(f"{amount} bytes", f"at most {LARGE} bytes", refused)
    if amount <= LARGE:
        yield noted(f"The {token.name} has {amount} bytes.", cited)
        return
    step = (
        "Send fewer groups or roles in the token, or references in their place; then raise the server's header limit."
    )
    if refused and token.role == "bearer":
        title = f"The {token.name} has {amount} bytes, and its call was answered {refused.status}: many servers "
        "accept 8 kB."
        yield failed(title, cited, side=Side.CUSTOMER_IDP, next_step=step, sure=Confidence.STRONG)
    else:
        title = f"The {token.name} has {amount} bytes; servers that accept headers of 8 kB will refuse it."
        yield warned(title, cited, side=Side.CUSTOMER_IDP, next_step=step)
