"""What an answer says about its own refusal, and the sign-in message that a request carried to be refused."""

from collections.abc import Iterator
from typing import Any

from sevline.core.finding import Evidence
from sevline.core.readers.http import Exchange
from sevline.core.readers.jsonbodies import json_body
from sevline.core.readers.signin import form_of, query_of

#: In this order: OAuth, the usual names, problem+json (RFC 9457).
FIELDS = ("error", "error_description", "code", "message", "title", "detail")
MOST_SAID, LONGEST = 3, 160
GRANT = "grant_type"
#: What to do about a message of a sign-in that was refused.
JUDGE = (
    "Judge the message itself: attach our sign-in settings and the identity provider's metadata, and compare audience, "
    "recipient, times and signature."
)


def said_by(call: Exchange) -> str:
    """The error that the answer's body names, in its own words; "" where it names none."""
    body = json_body(call.response_body)
    if call.status < 400 or body is None:
        return ""
    inner = body.get("error")
    told = [*_words(inner if isinstance(inner, dict) else {}), *_words(body)]
    kept: list[str] = []
    for word in told:
        if not any(_plain(word) == _plain(known) for known in kept):
            kept.append(word)
    return ", ".join(f"“{word}”" for word in kept[:MOST_SAID])


def _words(body: dict[str, Any]) -> Iterator[str]:
    for name in FIELDS:
        value = body.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and (text := " ".join(str(value).split())):
            yield text[:LONGEST]


def _plain(word: str) -> str:
    """“invalid_audience” and “Invalid audience.” say the same."""
    return word.casefold().replace("_", " ").strip(" .")


def cite_said(call: Exchange) -> tuple[Evidence, ...]:
    """The body's error at its place in the recording, or nothing."""
    said = said_by(call)
    return (call.cite("body", said, "no error"),) if said else ()


def carried(call: Exchange) -> tuple[str, str]:
    """The sign-in message of a request in words, and the part of the call that holds it; two "" where it has none.

    It is what the server judged first: a cookie beside it is only the session that waits for the answer.
    """
    for values, part in ((form_of(call), "sent body"), (query_of(call.url), "url")):
        if "SAMLResponse" in values:
            return "the SAMLResponse", part
        if GRANT in values:
            grant = next((what for field, what in GRANTS if field in values), "grant")
            return f"the {grant}", part
        if "code" in values and "state" in values:
            return "the authorization code", part
    return "", ""


GRANTS = (
    ("code", "authorization code"),
    ("assertion", "assertion"),
    ("client_assertion", "client assertion"),
    ("refresh_token", "refresh token"),
)
