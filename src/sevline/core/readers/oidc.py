"""OpenID Connect and OAuth material: keys, discovery documents, client settings, errors, and tokens in any file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import unquote_plus

from sevline.core.finding import Evidence, Given, Side
from sevline.core.readers.bydesign import RENEWED, by_design
from sevline.core.readers.http import Exchange, Har, Traffic
from sevline.core.readers.jsonbodies import json_body
from sevline.core.readers.jwt import TOKEN, JsonWebToken, Use, token_facts
from sevline.core.readers.lacking import asked_whether_signed_in
from sevline.core.readers.moments import http_moment, iso_moment
from sevline.core.readers.providercalls import listed_endpoints, reaches_provider
from sevline.core.readers.setcookie import SetCookie, placed_cookies, set_cookie
from sevline.core.readers.signin import answers, form_of, query_of
from sevline.core.readers.traffic import side_of

MAX_TOKENS = 40
MAX_ERRORS = 40
MAX_COOKIES = 100
TOKEN_MARKS = ("eyJ", "ewog", "eyAi")
COOKIE_MARKS = ("set-cookie:", "< set-cookie:")
ERROR_MARKS = ("error=", "AADSTS", "E0000")
HINT = "id_token_hint"
TOKEN_KEYS = ("id_token", "access_token", "client_assertion", HINT)
CODE = re.compile(r"AADSTS\d{4,8}|\bE0000\d{3}\b")
LINE_ERROR = re.compile(r"[?&#]error=([A-Za-z0-9_.-]{3,60})")
#: A line that begins with its time and zone, and the Date header of an answer; how far below its request that stands.
STAMPED = re.compile(r"\W{0,3}(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d))")
DATED = re.compile(r"(?i)\s{0,4}(?:[<*]\s{0,4})?date:\s{0,4}([A-Z][a-z]{2}, .{20,30})$")
ANSWER = 60
DESCRIBED = re.compile(r"[?&#]error_description=([^&#\s\"']{1,600})")


@dataclass(frozen=True, slots=True)
class Jwks(Given):
    """A JSON Web Key Set; `fetched` is when a recording shows its fetch."""

    what = "the provider's JWKS"
    how = "Fetch the “jwks_uri” of the provider's discovery document and attach the JSON."

    artifact: str
    locator: str
    keys: tuple[Mapping[str, Any], ...] = field(repr=False)
    fetched: datetime | None = None

    @property
    def names(self) -> list[str]:
        return [str(key.get("kid", "")) for key in self.keys]


@dataclass(frozen=True, slots=True)
class Discovery(Given):
    what = "the provider's discovery document"
    how = "Fetch “/.well-known/openid-configuration” below the issuer and attach the JSON."

    artifact: str
    locator: str
    issuer: str
    document: Mapping[str, Any] = field(repr=False)

    def listed(self, name: str) -> tuple[str, ...]:
        value = self.document.get(name)
        return tuple(str(one) for one in value) if isinstance(value, list) else ()


@dataclass(frozen=True, slots=True)
class OidcClient(Given):
    """Our registration at the provider, out of our settings. `audiences` are the names of our API."""

    what = "our OpenID Connect client settings"
    how = "Take client id, redirect URIs, API audience and required scopes from our tenant's SSO settings, as JSON."

    artifact: str
    client_id: str = ""
    redirect_uris: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    issuer: str = ""
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignInError(Given):
    """An error that an authorization server answered. `code` is the provider's own, such as AADSTS50011."""

    what = "an error answer of the authorization server"
    how = "Attach the HAR of the failing sign-in, or the full address or text of the error page."

    artifact: str
    locator: str
    error: str = ""
    description: str = field(default="", repr=False)
    code: str = ""
    where: str = ""

    def cite(self, observed: str, expected: str = "") -> Evidence:
        return Evidence(self.artifact, self.locator, observed, expected)


@dataclass(frozen=True, slots=True)
class CookieLines(Given):
    """Set-Cookie headers of a text or a recording, each with its place; `ours` where our own host sets them."""

    what = "Set-Cookie headers"
    how = "Attach the response headers of the sign-in, for example from curl -i."

    artifact: str
    cookies: tuple[tuple[str, SetCookie], ...]
    ours: bool = True


def from_har(har: Har) -> list[Given]:
    """Everything of a sign-in that a recording holds."""
    found: list[Given] = [*_tokens_of_har(har)]
    for call in har.exchanges:
        body = json_body(call.response_body)
        if isinstance(body, dict):
            found += keys_and_discovery(body, call.artifact, call.parts.get("body", call.locator), call.started)
    return [*found, *errors_of(har), *_cookies_of_har(har)]


def _cookies_of_har(har: Har) -> Iterator[CookieLines]:
    """Each cookie of a host with the same flags once, those of our host apart from those of others."""
    kept: dict[tuple[bool, str, str, str, bool], tuple[str, SetCookie]] = {}
    for call in har.exchanges:
        ours = side_of(call, har) is Side.OUR_APP
        for place, cookie in placed_cookies(call):
            if not cookie.removed and len(kept) < MAX_COOKIES:
                told = ours, call.host, cookie.name, cookie.flags, cookie.is_foreign
                kept.setdefault(told, (place, cookie))
    for ours in (True, False):
        if held := tuple(told for key, told in kept.items() if key[0] is ours):
            yield CookieLines(har.artifact, held, ours)


def from_document(document: object, artifact: str, at: datetime | None) -> list[Given]:
    """A JSON file: keys, discovery, client settings, an error answer, or a token answer."""
    if not isinstance(document, dict):
        return []
    found: list[Given] = keys_and_discovery(document, artifact, "", None)
    if (client := client_from(document, artifact)) is not None:
        found.append(client)
    if (error := _error_of(document, artifact, "", "")) is not None and error.error not in OF_AN_API:
        found.append(error)
    for key in TOKEN_KEYS:
        value = document.get(key)
        if isinstance(value, str) and TOKEN.fullmatch(value):
            found.append(
                JsonWebToken(artifact, value, token_facts(value), (Use(f"/{key}", at, hints=key == HINT),), key)
            )
    return found


def from_lines(text: str, artifact: str, at: datetime | None) -> list[Given]:
    """A text: tokens, error addresses and codes, Set-Cookie lines. Each is placed at its line."""
    tokens: dict[str, JsonWebToken] = {}
    errors: dict[tuple[str, str], SignInError] = {}
    cookies: list[tuple[str, SetCookie]] = []
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        place = f"{number}:1"
        if len(tokens) < MAX_TOKENS and any(mark in line for mark in TOKEN_MARKS):
            for found in _line_tokens(line, artifact, Use(place, told_at(lines, number - 1) or at)):
                tokens.setdefault(found.raw, found)
        cookies += _line_cookies(line, place)
        if len(errors) < MAX_ERRORS and any(mark in line for mark in ERROR_MARKS):
            for error in _line_error(line, artifact, place):
                errors.setdefault((error.error, error.code), error)
    held: list[Given] = [CookieLines(artifact, tuple(cookies))] if cookies else []
    return [*tokens.values(), *errors.values(), *held]


def told_at(lines: Sequence[str], index: int) -> datetime | None:
    """When a text says that the line at `index`, from 0, was used: by the time that begins it, if that names its zone,
    or by the Date header of the answer below it. None where it says nothing."""
    if (stamped := STAMPED.match(lines[index][:60])) is not None:
        return iso_moment(stamped[1].replace(",", "."))
    answered = next((found[1] for line in lines[index + 1 : index + ANSWER] if (found := DATED.match(line))), "")
    return http_moment(answered.strip()) if answered else None


def _line_cookies(line: str, place: str) -> Iterator[tuple[str, SetCookie]]:
    if line.lower().startswith(COOKIE_MARKS) and (cookie := set_cookie(line.partition(":")[2])):
        yield place, cookie


#: The name right before a token, as forms and JSON write it.
ID_TOKEN = re.compile(r"id_?token[\"']?\s{0,3}[=:]\s{0,3}[\"']?$")


def _line_tokens(line: str, artifact: str, use: Use) -> Iterator[JsonWebToken]:
    for match in TOKEN.finditer(line):
        if match[0].count(".") in {2, 4}:
            before = line[: match.start()].lower()
            role = "bearer" if "bearer" in before else "id_token" if ID_TOKEN.search(before[-40:]) else ""
            yield JsonWebToken(artifact, match[0], token_facts(match[0]), (use,), role)


def _line_error(line: str, artifact: str, place: str) -> Iterator[SignInError]:
    named, coded = LINE_ERROR.search(line), CODE.search(unquote_plus(line[:20_000]))
    if named is None and coded is None:
        return
    told = DESCRIBED.search(line)
    text = unquote_plus(told[1]) if told else ""
    yield SignInError(artifact, place, named[1] if named else "", text, coded[0] if coded else "", "the text")


def keys_and_discovery(
    document: Mapping[str, Any], artifact: str, locator: str, fetched: datetime | None
) -> list[Given]:
    keys = document.get("keys")
    if isinstance(keys, list) and keys and all(isinstance(key, dict) and "kty" in key for key in keys):
        return [Jwks(artifact, locator, tuple(keys), fetched)]
    issuer = document.get("issuer")
    endpoints = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if isinstance(issuer, str) and any(isinstance(document.get(name), str) for name in endpoints):
        return [Discovery(artifact, locator, issuer, document)]
    return []


SYNONYMS = {
    "client_id": ("client_id", "clientid", "appid", "applicationid"),
    "redirect_uris": ("redirect_uri", "redirect_uris", "redirecturi", "redirecturis", "callbackurl", "callbackurls"),
    "audiences": ("audience", "audiences", "apiaudience", "resource", "validaudiences"),
    "issuer": ("issuer", "authority", "issueruri"),
    "scopes": ("required_scopes", "requiredscopes", "scope", "scopes"),
}


def client_from(document: Mapping[str, Any], artifact: str, *, named: bool = False) -> OidcClient | None:
    """Client settings by synonyms; unless a person named the role, a client id and a redirect URI must be there."""
    flat = {str(key).lower().replace("-", "_"): value for key, value in document.items()}
    flat |= {key.replace("_", ""): value for key, value in flat.items()}
    found = {meaning: _words(flat, names) for meaning, names in SYNONYMS.items()}
    if not named and not (found["client_id"] and (found["redirect_uris"] or found["audiences"])):
        return None
    return OidcClient(
        artifact,
        client_id=next(iter(found["client_id"]), ""),
        redirect_uris=found["redirect_uris"],
        audiences=found["audiences"],
        issuer=next(iter(found["issuer"]), ""),
        scopes=tuple(word for one in found["scopes"] for word in one.split()),
    )


def _words(flat: Mapping[str, Any], names: tuple[str, ...]) -> tuple[str, ...]:
    value = next((flat[name] for name in names if name in flat), ())
    values = value if isinstance(value, list) else [value] if isinstance(value, str) else []
    return tuple(one for one in values if isinstance(one, str) and one)


def _tokens_of_har(har: Har) -> list[JsonWebToken]:
    """Each different token once, with all the places at which it stands."""
    uses: dict[str, list[Use]] = {}
    roles: dict[str, str] = {}
    renewed = {place for place, why in by_design(har).items() if why == RENEWED}
    for call in har.exchanges:
        for role, raw, part in _tokens_of(call):
            if raw not in uses and len(uses) >= MAX_TOKENS:
                continue
            use = _use(call, part, hints=role == HINT)
            uses.setdefault(raw, []).append(replace(use, renewed=use.opens and call.locator in renewed))
            if roles.get(raw, "bearer") == "bearer":
                roles[raw] = role
    return [JsonWebToken(har.artifact, raw, token_facts(raw), tuple(seen), roles[raw]) for raw, seen in uses.items()]


def _use(call: Exchange, part: str, *, hints: bool) -> Use:
    place = call.parts.get(part, call.locator)
    return Use(place, call.started, call.status, opens=part == "sent:authorization", hints=hints)


def _tokens_of(call: Exchange) -> Iterator[tuple[str, str, str]]:
    scheme, _, credential = call.sent.get("authorization", "").partition(" ")
    if scheme.lower() in {"bearer", "dpop"} and TOKEN.fullmatch(credential.strip()):
        yield "bearer", credential.strip(), "sent:authorization"
    body = json_body(call.response_body)
    places: list[tuple[Mapping[str, Any], str]] = [(query_of(call.url), "url"), (form_of(call), "sent body")]
    places += [(query_of(call.redirect), "header:location")]
    places += [(body, "body")] if isinstance(body, dict) else []
    for values, part in places:
        for key in TOKEN_KEYS:
            value = values.get(key)
            if isinstance(value, str) and (TOKEN.fullmatch(value) or (key == "id_token" and value)):
                yield key, value, part


def errors_of(traffic: Traffic) -> list[SignInError]:
    """Errors in the addresses and bodies of recorded calls, each kind once, less those that a protocol provides for and
    that came right. The body of a call that reaches no
    authorization server counts only with a provider's own code: an API refuses tokens in the same words."""
    found: dict[tuple[str, str, str], SignInError] = {}
    asked_first, designed = asked_whether_signed_in(traffic), by_design(traffic)
    for call, values, part in answers(traffic):
        if values.get("state") in asked_first:
            continue
        if "error" in values and (
            error := _error_of(values, traffic.artifact, call.parts.get(part, call.locator), call.call)
        ):
            found.setdefault((error.error, error.code, ""), error)
    listed = listed_endpoints(traffic.exchanges)
    for call in traffic.exchanges:
        if call.locator not in designed and (error := _error_in_body(call, listed)) is not None:
            found.setdefault((error.error, error.code, ""), error)
    return list(found.values())[:MAX_ERRORS]


def _error_in_body(call: Exchange, listed: frozenset[tuple[str, str]]) -> SignInError | None:
    body = json_body(call.response_body)
    place = call.parts.get("body", call.locator)
    if isinstance(body, dict) and (call.status >= 400 or "error" in body):
        error = _error_of(body, call.artifact, place, call.call)
        return error if error is not None and (error.code or reaches_provider(call, listed)) else None
    code = CODE.search(call.response_body) if "AADSTS" in call.response_body else None
    return SignInError(call.artifact, place, "", "", code[0], call.call) if code else None


def _error_of(values: Mapping[str, Any], artifact: str, locator: str, where: str) -> SignInError | None:
    """The error members of RFC 6749, or Okta's errorCode; None where there are none of them."""
    name, told = values.get("error"), values.get("error_description")
    own = values.get("errorCode")
    if isinstance(own, str) and CODE.fullmatch(own):
        summary = values.get("errorSummary")
        return SignInError(artifact, locator, "", summary if isinstance(summary, str) else "", own, where)
    if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z0-9_.-]{3,60}", name):
        return None
    text = told if isinstance(told, str) else ""
    code = CODE.search(text)
    if not text and name not in PLAIN:
        return None
    return SignInError(artifact, locator, name, text[:600], code[0] if code else "", where)


#: Names by which an API refuses a token (RFC 6750): alone in a file they are no answer of a provider.
OF_AN_API = frozenset({"invalid_token", "insufficient_scope"})
#: Names that say by themselves that an authorization server speaks; others count only with a description.
PLAIN = frozenset(
    {"invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type"}
    | {"invalid_scope", "access_denied", "server_error", "temporarily_unavailable", "login_required"}
    | {"interaction_required", "consent_required", "account_selection_required", "unsupported_response_type"}
    | {"redirect_uri_mismatch", "invalid_token", "insufficient_scope"}
)
