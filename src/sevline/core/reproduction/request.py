"""A request to repeat: from a recorded call, a log line, a curl command or a collection, with variables for secrets."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from sevline.core.lifecycle import Refused
from sevline.core.readers.http import Exchange
from sevline.core.readers.postman import CollectionItem
from sevline.core.redaction.secret_names import says_secret
from sevline.core.reproduction.command import command_from

#: Headers of one connection, or that every client writes by itself (RFC 9110 7.6.1).
HOP = frozenset(
    [
        "connection",
        "keep-alive",
        "proxy-connection",
        "transfer-encoding",
        "te",
        "trailer",
        "upgrade",
        "content-length",
        "host",
        "accept-encoding",
    ]
)
SECRET_HEADERS = frozenset(
    [
        "authorization",
        "proxy-authorization",
        "cookie",
        "x-api-key",
        "api-key",
        "apikey",
        "x-auth-token",
        "x-csrf-token",
        "x-xsrf-token",
        "x-amz-security-token",
    ]
)
TOKEN = re.compile(r"eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*|<[A-Z0-9-]+-[0-9a-f]{16}>|\b[A-Za-z]{2,10}_(?:live|test)_\w{10,}")
VARIABLE = re.compile(r"\{\{(\w+)\}\}")


@dataclass(frozen=True, slots=True)
class RequestSpec:
    """`variables` name what a person fills in. `body_sha256` is of the body as it was recorded.

    `left_out` names what a pasted command asked for besides, and this request does not do.
    """

    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    body_sha256: str = ""
    name: str = ""
    variables: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def from_exchange(call: Exchange) -> RequestSpec:
    """The request of a recorded call, or of a line of an access log, without secrets."""
    kept = [(name, value) for name, value in call.sent.items() if _kept(name)]
    url = call.url if urlsplit(call.url).scheme else "{{base_url}}" + call.url
    return without_secrets(_spec(call.method, url, kept, call.request_body, call.call))


def from_item(item: CollectionItem) -> RequestSpec:
    kept = [(name, value) for name, value in item.headers if _kept(name.lower())]
    return without_secrets(_spec(item.method, item.url, kept, item.body, item.name))


def _kept(name: str) -> bool:
    return name not in HOP and not name.startswith((":", "x-client", "x-forwarded", "sec-ch-"))


def _spec(method: str, url: str, headers: list[tuple[str, str]], body: str, name: str) -> RequestSpec:
    digest = sha256(body.encode()).hexdigest() if body else ""
    return RequestSpec(method or "GET", url, tuple(headers), body, digest, name)


def from_curl(command: str) -> RequestSpec:
    """A curl command as people paste it; raises Refused with a sentence."""
    read = command_from(command)
    scheme, marks, _ = read.urls[0].partition("://")
    if marks and scheme.lower() not in {"http", "https"} and not scheme.startswith("{{"):
        raise Refused(f"The command asks for {scheme[:20]}://. Only http and https are repeated here.")
    headers = [(name, value) for name, value in read.headers if _kept(name)]
    spec = _spec(read.method, read.urls[0], headers, read.body, "")
    return without_secrets(replace(spec, left_out=tuple(dict.fromkeys(read.left_out))))


def without_secrets(spec: RequestSpec) -> RequestSpec:
    """The same request with `{{variables}}` in place of secrets in headers, cookies, query and body."""
    names: dict[str, str] = {}

    def variable(name: str, value: str) -> str:
        """One variable for one value; a second value under the same name gets a number."""
        base = re.sub(r"\W+", "_", name.lower()).strip("_") or "secret"
        wanted, number = base, 1
        while wanted in names and names[wanted] != value:
            number += 1
            wanted = f"{base}_{number}"
        names[wanted] = value
        return "{{" + wanted + "}}"

    headers = tuple((name, _header(name.lower(), value, variable)) for name, value in spec.headers)
    url, body = _in_url(spec.url, variable), _in_body(spec.body, variable)
    told = [url, body, *(value for _, value in headers)]
    found = tuple(dict.fromkeys(name for text in told for name in VARIABLE.findall(text)))
    return replace(spec, url=url, headers=headers, body=body, variables=found)


Name = Callable[[str, str], str]


def _header(name: str, value: str, variable: Name) -> str:
    if name == "cookie":
        pairs = [pair.strip().partition("=") for pair in value.split(";") if pair.strip()]
        return "; ".join(f"{key}={variable(f'cookie_{key}', told)}" for key, _, told in pairs)
    if name in {"authorization", "proxy-authorization"}:
        scheme, _, rest = value.partition(" ")
        return f"{scheme} {variable(name, rest)}" if rest else variable(name, value)
    if name in SECRET_HEADERS or says_secret(name):
        return value if VARIABLE.fullmatch(value) else variable(name, value)
    return TOKEN.sub(lambda found: variable(name, found[0]), value)


def _in_url(url: str, variable: Name) -> str:
    head, _, fragment = url.partition("#")
    del fragment
    start, mark, query = head.partition("?")
    if "@" in start.partition("//")[2].partition("/")[0]:
        scheme, _, rest = start.partition("//")
        start = f"{scheme}//{rest.partition('@')[2]}"
    start = TOKEN.sub(lambda found: variable("path_token", found[0]), start)
    return start + mark + "&".join(_pair(pair, variable, in_url=True) for pair in query.split("&")) if mark else start


def _pair(pair: str, variable: Name, *, in_url: bool) -> str:
    key, equals, value = pair.partition("=")
    if not equals or VARIABLE.fullmatch(value):
        return pair
    if says_secret(key, in_url=in_url) and value:
        return f"{key}={variable(key, value)}"
    return f"{key}={TOKEN.sub(lambda found: variable(key, found[0]), value)}"


def _in_body(body: str, variable: Name) -> str:
    if not body:
        return body
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        if re.fullmatch(r"[\w%.+*\[\]-]+=[^&\s]*(?:&[\w%.+*\[\]-]+=[^&\s]*)*", body):
            return "&".join(_pair(pair, variable, in_url=True) for pair in body.split("&"))
        return TOKEN.sub(lambda found: variable("body_token", found[0]), body)
    return json.dumps(_in_json(document, "", variable), ensure_ascii=False)


def _in_json(value: Any, name: str, variable: Name, depth: int = 0) -> Any:
    if depth > 100:
        return value
    if isinstance(value, dict):
        return {key: _in_json(inner, key, variable, depth + 1) for key, inner in value.items()}
    if isinstance(value, list):
        return [_in_json(inner, name, variable, depth + 1) for inner in value]
    if isinstance(value, str) and value and says_secret(name) and not VARIABLE.fullmatch(value):
        return variable(name, value)
    return TOKEN.sub(lambda found: variable(name or "token", found[0]), value) if isinstance(value, str) else value


def filled(spec: RequestSpec, values: dict[str, str]) -> RequestSpec:
    """The request with its variables filled in; raises Refused naming those that have no value."""
    if lacking := [name for name in spec.variables if name not in values]:
        raise Refused(f"Give a value for: {', '.join(lacking)}.")

    def fill(text: str) -> str:
        return VARIABLE.sub(lambda found: values.get(found[1], found[0]), text)

    return replace(
        spec,
        url=fill(spec.url),
        headers=tuple((name, fill(value)) for name, value in spec.headers),
        body=fill(spec.body),
        variables=(),
    )


def safe_url(url: str) -> str:
    """Characters that no URL holds are escaped; variables stay readable."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=quote(parts.path, safe="/%:@{}!$&'()*+,;=~-._")))
