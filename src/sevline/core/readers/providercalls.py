"""Which recorded calls reach an authorization server: by their parameters, their path, or its discovery document."""

import re
from collections.abc import Iterable

from sevline.core.readers.http import Exchange, host_of, path_of
from sevline.core.readers.jsonbodies import json_body
from sevline.core.readers.signin import form_of, query_of

#: Parameters that only an authorization server is sent.
ASKED = (frozenset({"grant_type"}), frozenset({"response_type", "client_id"}), frozenset({"client_assertion"}))
#: The last part of an endpoint's path, in the spellings of the usual servers.
_ENDPOINT = re.compile(
    r"(?i)/(?:authori[sz]e|oauth2?(?:/v\d(?:\.\d)?)?/token|token|userinfo|introspect(?:ion)?|revo(?:ke|cation)|"
    r"device(?:_authorization|code)|par|jwks(?:\.json)?|certs|(?:oauth2?|discovery)(?:/v\d(?:\.\d)?)?/keys|"
    r"\.well-known/[a-z-]+(?:\.json)?|openid-connect/[a-z/-]+|connect/[a-z]+|api/v1/authn)/?$"
)
_LISTED = re.compile(r"_endpoint$|^jwks_uri$")


def listed_endpoints(calls: Iterable[Exchange]) -> frozenset[tuple[str, str]]:
    """Host and path of every endpoint that a recorded discovery document names."""
    found: set[tuple[str, str]] = set()
    for call in calls:
        if "authorization_endpoint" not in call.response_body:
            continue
        for name, value in (json_body(call.response_body) or {}).items():
            if isinstance(value, str) and _LISTED.search(name):
                found.add((host_of(value), path_of(value)))
    return frozenset(found)


def reaches_provider(call: Exchange, listed: frozenset[tuple[str, str]] = frozenset()) -> bool:
    """Whether the call is one to an authorization server; an API that refuses a token is none."""
    if (call.host, call.path) in listed or _ENDPOINT.search(call.path):
        return True
    sent = query_of(call.url).keys() | form_of(call).keys()
    return any(names <= sent for names in ASKED)
