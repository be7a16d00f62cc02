"""SAML messages that travel inside recorded calls."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from sevline.core.readers.http import Exchange, Har

FIELDS = ("SAMLResponse", "SAMLRequest")
MAX_MESSAGES = 50


@dataclass(frozen=True, slots=True)
class Inside:
    """`packed` is the field's value as sent; `at` when it was sent, `sent_to` where, without the query."""

    field: str
    packed: str
    at: datetime | None
    sent_to: str
    locator: str


def saml_inside(har: Har) -> Iterator[Inside]:
    """Each different message once, at its first place."""
    seen: set[str] = set()
    for call in har.exchanges:
        for field, packed in _fields(call):
            if packed not in seen and len(seen) < MAX_MESSAGES:
                seen.add(packed)
                yield Inside(field, packed, call.started, call.url.split("?", 1)[0], call.locator)


def _fields(call: Exchange) -> Iterator[tuple[str, str]]:
    try:
        query = urlsplit(call.url).query
    except ValueError:
        query = ""
    for text in (query, call.request_body):
        if not any(f"{field}=" in text for field in FIELDS):
            continue
        try:
            found = parse_qs(text.replace("+", "%2B"), max_num_fields=200)
        except ValueError:
            continue
        for field in FIELDS:
            for value in found.get(field, []):
                yield field, value
