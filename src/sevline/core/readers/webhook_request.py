"""A webhook request as it was received, with its exact body, and the secrets that were handed over beside it.

A secret lives in memory only: it is never shown, and what is stored of its file has it masked.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sevline.core.finding import Evidence, Given
from sevline.core.readers.http import Har
from sevline.core.readers.moments import any_moment

START = re.compile(rb"^(POST|PUT|PATCH|GET|DELETE) (\S{1,4000})(?: (HTTP/[\d.]{1,4}))?\r?$", re.MULTILINE)
HEADER = re.compile(rb"^([A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}):[ \t]*([^\r\n]{0,8000})\r?$")
SECRET_NAME = re.compile(
    r"secret|sign(?:ing|ature)[_ -]?key|hmac[_ -]?key|webhook[_ -]?key|signing[_ -]?token|whsec", re.IGNORECASE
)
#: Names under which the address stands to which the sender sends.
ADDRESS_NAME = re.compile(r"(?:^|[_ -])(?:url|uri|address|endpoint)$|(?:Url|URL|Uri|Endpoint)$", re.IGNORECASE)
ADDRESS = re.compile(r"https?://\S{3,2000}")
NOT_SECRET = re.compile(r"client|access|jwt|session|cookie|name|_id$|header", re.IGNORECASE)
ASSIGNED = re.compile(
    r"^\s*(?:#|//)?\s*(?:export\s+)?[\"']?([\w .-]{3,60}?)[\"']?\s*[:=]\s*[\"']?([^\s\"']{8,500})[\"']?\s*,?\s*$"
)
ALONE = re.compile(r"^\s*((?:whsec|whpk)_[A-Za-z0-9+/=_-]{16,500})\s*$")
LONE = re.compile(r"\s*(\S{8,500})\s*")
LONE_NAME = re.compile(r"secret|signing|hmac|whsec", re.IGNORECASE)
OLD = re.compile(r"old|prev|former|rotated|retired|last", re.IGNORECASE)
SIGNED_BY = re.compile(r"signature|hmac", re.IGNORECASE)
BODY_KEYS = ("body", "raw_body", "rawbody", "payload", "content", "data")
TIME_KEYS = ("received_at", "receivedat", "created_at", "time")
BLANK_LINE = re.compile(rb"(?:\r?\n){2,}")
HEAD_END = re.compile(rb"\r?\n\r?\n")
LENGTH = re.compile(rb"(?im)^content-length:[ \t]*(\d{1,11})")
MAX_SECRET_FILE = 16_384
MAX_REQUESTS = 200


@dataclass(frozen=True, slots=True)
class WebhookSecret(Given):
    """`old` says that its name speaks of a previous one; `locator` is where it stands; `address` is the one that is
    set beside it, "" where none is."""

    what = "the signing secret of the webhook endpoint"
    how = (
        "Put the secret into a file of its own as `secret: …` and read it together with the request: "
        "`sevline analyze request.http secret.txt`. It is used in memory and not stored."
    )

    artifact: str
    locator: str
    name: str
    value: str = field(repr=False)
    old: bool = False
    address: str = field(repr=False, default="")


@dataclass(frozen=True, slots=True)
class SignedRequest(Given):
    """`headers` by lower-case name; `body` are the bytes after the empty line; `received` when it came in, if known.
    `method` and `target` are those of the request line, "" where nothing tells them."""

    what = "a webhook request as it was received, with its exact body"
    how = (
        "Let the receiver write one request to a file before it parses anything: request line, headers, an empty line, "
        "and the body byte for byte; `nc -l -p 8080 > request.http` does."
    )

    artifact: str
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    parts: Mapping[str, str]
    received: datetime | None = None
    from_file: bool = False
    method: str = ""
    target: str = field(repr=False, default="")

    @property
    def addresses(self) -> tuple[str, ...]:
        """The URLs that the sender may have called: a proxy may have ended TLS, or given the host another name."""
        if "://" in self.target:
            return (self.target,)
        named = [self.headers.get(name, "") for name in ("x-forwarded-host", "x-original-host", "host")]
        hosts = [host.partition(",")[0].strip() for host in named if host]  # each further proxy adds its own
        return tuple(dict.fromkeys(f"{way}://{host}{self.target}" for way in ("https", "http") for host in hosts))

    def cite(self, part: str, observed: object, expected: object = "") -> Evidence:
        return Evidence(self.artifact, self.parts.get(part, self.parts["request"]), str(observed), str(expected))


def request_from_text(data: bytes, artifact: str, at: datetime | None) -> SignedRequest | None:
    """A request in the form of HTTP/1.1, behind any lines of notes; None where there is none."""
    start = START.search(data[:MAX_SECRET_FILE])
    if start is None:
        return None
    first = data.count(b"\n", 0, start.start()) + 1
    headers: dict[str, str] = {}
    parts, cursor, line = {"request": f"{first}:1"}, start.end() + 1, first
    while (end := data.find(b"\n", cursor)) >= 0:
        line += 1
        header = HEADER.match(data[cursor:end])
        cursor = end + 1
        if header is None:
            break
        name = header[1].decode("ascii").lower()
        _take(headers, name, header[2].decode("utf-8", "replace").strip())
        parts[f"header:{name}"] = f"{line}:1"
    if not headers:
        return None
    body, _ = _measured(data[cursor:], headers.get("content-length", ""))
    lines = data.count(b"\n") + 1
    parts["body"] = f"{min(line + 1, lines)}:1"
    return SignedRequest(
        artifact,
        headers,
        body,
        parts,
        _received(headers, at),
        True,
        start[1].decode(),
        start[2].decode("utf-8", "replace"),
    )


def _take(headers: dict[str, str], name: str, value: str) -> None:
    """A signature that stands there twice has both values, in the form of RFC 9110, 5.3; of other headers the last."""
    earlier = headers.get(name, "") if SIGNED_BY.search(name) and "timestamp" not in name else ""
    headers[name] = f"{earlier}, {value}" if earlier else value


def _measured(body: bytes, told: str) -> tuple[bytes, bytes]:
    """The body, and what somebody wrote under it: by Content-Length, or else a last paragraph of secrets only.

    A line end that an editor put behind the body is not part of it where Content-Length says so.
    """
    size = int(told) if told.isascii() and told.isdecimal() and len(told) < 12 else len(body)
    if size < len(body) and (not body[size:].strip() or body[size : size + 2].lstrip(b"\r")[:1] == b"\n"):
        return body[:size], body[size:]
    last = BLANK_LINE.split(body.rstrip())[-1]
    notes = last.decode("utf-8", "replace").splitlines()
    if len(last) < len(body.rstrip()) and notes and all(map(_names_secret, notes)):
        return body[: body.rindex(last)].rstrip(b"\r\n"), last
    return body, b""


def _names_secret(line: str) -> bool:
    given = ASSIGNED.match(line)
    return bool(ALONE.match(line) or (given and _is_secret(given[1], given[2])))


def _is_secret(name: str, value: str) -> bool:
    """An app's client secret is one where its form says that the sender signs with it."""
    return bool(SECRET_NAME.search(name)) and (value.startswith("shpss_") or not NOT_SECRET.search(name))


def _received(headers: Mapping[str, str], at: datetime | None) -> datetime | None:
    for name in ("x-received-at", "x-request-received", "x-request-start", "date"):
        if name in headers and (moment := any_moment(headers[name].removeprefix("t="))):
            return moment
    return at


def _written(raw: Any, pointer: str) -> tuple[dict[str, str], dict[str, str]]:
    """The headers, and where each stands."""
    headers: dict[str, str] = {}
    places: dict[str, str] = {}
    for key, value, place in _headers_of(raw):
        _take(headers, key.lower(), value)
        places[f"header:{key.lower()}"] = f"{pointer}/{place}"
    return headers, places


def request_from_json(document: Any, artifact: str, at: datetime | None) -> SignedRequest | None:
    """An object with headers and a body, as request bins and log lines write them."""
    inner = document.get("request") if isinstance(document, dict) else None
    pointer, table = ("/request", inner) if isinstance(inner, dict) else ("", document)
    if not isinstance(table, dict):
        return None
    names = {key.lower(): key for key in table}
    body_key = next((names[key] for key in BODY_KEYS if key in names), "")
    raw, body = table.get(names.get("headers", "")), table.get(body_key)
    if not isinstance(raw, dict | list) or not isinstance(body, str):
        return None
    headers, places = _written(raw, f"{pointer}/{names.get('headers', '')}")
    if not any(map(SIGNED_BY.search, headers)):
        return None
    parts = {"request": pointer, "body": f"{pointer}/{body_key}", **places}
    told = next((str(table[names[key]]) for key in TIME_KEYS if key in names), "")
    method, url = (str(table.get(names.get(key, ""), "")) for key in ("method", "url"))
    moment = any_moment(told) or _received(headers, at)
    return SignedRequest(artifact, headers, body.encode(), parts, moment, method=method, target=url)


def _headers_of(raw: Any) -> Iterator[tuple[str, str, str]]:
    if isinstance(raw, dict):
        for key, value in raw.items():
            first = value[0] if isinstance(value, list) and value else value
            if isinstance(first, str):
                yield key, first, key.replace("~", "~0").replace("/", "~1") + ("/0" if isinstance(value, list) else "")
        return
    for at, item in enumerate(raw):
        if isinstance(item, dict) and isinstance(item.get("name"), str) and isinstance(item.get("value"), str):
            yield item["name"], item["value"], f"{at}/value"


def requests_in(har: Har) -> Iterator[SignedRequest]:
    """Recorded calls that carry a signature header, as proxies record incoming webhooks."""
    found = 0
    for call in har.exchanges:
        if found >= MAX_REQUESTS or call.method not in {"POST", "PUT"}:
            continue
        if not any(_is_signature(name, value) for name, value in call.sent.items()):
            continue
        found += 1
        parts = {"request": call.locator, "body": call.parts.get("sent body", call.locator)}
        parts |= {f"header:{name}": call.parts.get(f"sent:{name}", call.locator) for name in call.sent}
        yield SignedRequest(
            har.artifact, call.sent, call.request_body.encode(), parts, call.started, False, call.method, call.url
        )


def _is_signature(name: str, value: str) -> bool:
    told = name.endswith(("-signature", "-signature-256", "-hmac-sha256", "hook-signature"))
    return told and bool(re.search(r"[A-Fa-f0-9]{40}|[A-Za-z0-9+/]{43}=", value))


def secrets_in_text(text: str, artifact: str) -> Iterator[WebhookSecret]:
    """Lines that assign a secret by name, or hold nothing but one, before a request's first line or in a small file."""
    lines = list(_beside(text))
    given_lines = [given for _, line in lines if (given := ASSIGNED.match(line))]
    address = next((given[2] for given in given_lines if _is_address(given[1], given[2])), "")
    for number, line in lines:
        if alone := ALONE.match(line):
            yield WebhookSecret(artifact, f"{number}:1", "secret", alone[1], address=address)
        elif (given := ASSIGNED.match(line)) and _is_secret(given[1], given[2]):
            old = bool(OLD.search(given[1]))
            yield WebhookSecret(artifact, f"{number}:1", given[1].strip(), given[2], old, address)


def _is_address(name: str, value: Any) -> bool:
    return isinstance(value, str) and bool(ADDRESS_NAME.search(name.strip()) and ADDRESS.fullmatch(value))


def lone_secret(text: str, artifact: str, name: str) -> WebhookSecret | None:
    """A file that holds one word and nothing else, and whose name says that it is a secret."""
    lone = LONE.fullmatch(text)
    if lone is None or not LONE_NAME.search(name) or NOT_SECRET.search(name):
        return None
    line = text[: lone.start(1)].count("\n") + 1
    return WebhookSecret(artifact, f"{line}:1", "secret", lone[1], bool(OLD.search(name)))


def _beside(text: str) -> Iterator[tuple[int, str]]:
    """The numbered lines before a request and behind its body; of a text without one, its beginning."""
    data = text.encode()
    start = START.search(data)
    lines = list(enumerate(text[:MAX_SECRET_FILE].splitlines(), 1))
    if start is None:
        yield from lines
        return
    first = data.count(b"\n", 0, start.start())
    yield from lines[:first]
    head = HEAD_END.search(data, start.end())
    if head is not None:
        told = LENGTH.search(data, start.end(), head.start() + 1)
        _, notes = _measured(data[head.end() :], told[1].decode() if told else "")
        yield from lines[len(lines) - len(notes.lstrip(b"\r\n").splitlines()) :] if notes.strip() else ()


def secrets_in_json(document: Any, artifact: str) -> Iterator[WebhookSecret]:
    """Members of an object whose names say that they are signing secrets; a list gives the current one first."""
    members = document.items() if isinstance(document, dict) else ()
    address = next((value for key, value in members if _is_address(key, value)), "")
    for key, value in members:
        if not SECRET_NAME.search(key) or NOT_SECRET.search(key):
            continue
        for at, one in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(one, str) and 8 <= len(one) <= 500:
                place = f"/{key.replace('~', '~0').replace('/', '~1')}" + (f"/{at}" if isinstance(value, list) else "")
                yield WebhookSecret(artifact, place, key, one, bool(OLD.search(key)) or at > 0, address)
