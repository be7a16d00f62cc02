"""The calls of a sign-in: where SAML messages and OAuth parameters travel in a recording."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

from sevline.core.finding import Evidence
from sevline.core.readers.http import REMEMBERED, Exchange, Har, Traffic

MAX_FIELDS = 200


@dataclass(frozen=True, slots=True)
class Step:
    """`at` is the place of the call in the recording, counted from 0."""

    call: Exchange
    at: int
    field: str

    def cite(self, observed: str, expected: str = "") -> Evidence:
        return self.call.cite("sent body" if self.call.request_body else "url", observed, expected)


def saml_steps(har: Har) -> list[Step]:
    """Calls that carry a SAML message, in the order of the recording."""
    found = []
    for at, call in enumerate(har.exchanges):
        for field in ("SAMLRequest", "SAMLResponse"):
            if f"{field}=" in call.url or f"{field}=" in call.request_body:
                found.append(Step(call, at, field))
                break
    return found


def parameters(text: str) -> dict[str, str]:
    """The fields of a query or form; of several with one name the last."""
    try:
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FIELDS))
    except ValueError:
        return {}


def query_of(url: str) -> dict[str, str]:
    """Query and fragment alike: OAuth's implicit answers stand behind the “#”."""
    return dict(_query_of(url)) if "=" in url else {}


@lru_cache(maxsize=REMEMBERED)
def _query_of(url: str) -> Mapping[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return {}
    return parameters(parts.query) | (parameters(parts.fragment) if "=" in parts.fragment else {})


def form_of(call: Exchange) -> dict[str, str]:
    body = call.request_body
    return {} if body.lstrip().startswith(("{", "[", "<")) or "=" not in body else parameters(body)


def form_value(call: Exchange, name: str) -> str:
    return query_of(call.url).get(name) or form_of(call).get(name, "")


def answers(traffic: Traffic) -> Iterator[tuple[Exchange, dict[str, str], str]]:
    """Where an authorization server sends the browser back to: parameters, and the part of the call that holds them."""
    for call in traffic.exchanges:
        yield call, query_of(call.redirect), "header:location" if "location" in call.received else "redirect"
        yield call, query_of(call.url), "url"
        if call.method == "POST":
            yield call, form_of(call), "sent body"
