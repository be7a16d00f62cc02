"""Verify a webhook's signature; where it does not fit, find under which single change it would."""

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from sevline.core.readers.jsontext import BadJsonError, decode
from sevline.core.readers.webhook_request import SignedRequest, WebhookSecret
from sevline.core.webhooks.schemes import Encoding, Scheme, digests_of, keys_of

MAX_BODY = 2_000_000
NO_LINE_END = "the body had no line end behind it when it was signed"
GUESSES = ("{ts}.{body}", "{ts}:{body}", "{ts}{body}", "{body}{ts}", "{body}.{ts}", "{body}", "v0:{ts}:{body}")
_DIGEST_IN_ADDRESS = re.compile(rb"[?&]bodySHA256=([0-9A-Fa-f]{64})\b")
STAMPS = frozenset({"date", "webhook-timestamp", "x-request-timestamp", "x-timestamp"})
KEY_WAYS = {
    "utf8": "the secret was used as plain text; this scheme decodes what follows “whsec_” from base64 first",
    "whsec": "the secret was decoded from base64; this scheme uses it as plain text",
    "unprefixed": "the secret was used without “whsec_”, yet was not decoded from base64",
    "decoded": "the secret was decoded from base64; this scheme uses it as plain text",
    "hexadecimal": "the secret was decoded from hexadecimal; this scheme uses it as plain text",
    "lined": "the secret that signed has a line end behind it",
    "lined-crlf": "the secret that signed has a line end (CR LF) behind it",
    "quoted": "the secret that signed has quotation marks around it",
    "blank": "the secret that signed has a blank behind it",
}


@dataclass(frozen=True, slots=True)
class Fit:
    """`secret` fits, under these changes; none means that the signature is right."""

    secret: WebhookSecret
    changes: tuple[str, ...]
    parts: tuple[str, ...]


def verify(scheme: Scheme, request: SignedRequest, secrets: Sequence[WebhookSecret]) -> Fit | None:
    """The fit with the fewest changes, the current secret before old ones; None where none of what is tried fits."""
    given = [pair for text in scheme.given(request.headers) for pair in digests_of(text, scheme.encoding)]
    if not given or len(request.body) > MAX_BODY:
        return None
    best: Fit | None = None
    for at, secret in enumerate(sorted(secrets, key=lambda each: each.old)):
        for fit in _fits(scheme, request, secret, given, first=at == 0):
            if best is None or len(fit.changes) < len(best.changes):
                best = fit
        if best is not None and not best.changes:
            break
    return best


def _fits(
    scheme: Scheme,
    request: SignedRequest,
    secret: WebhookSecret,
    given: Sequence[tuple[Encoding, bytes]],
    *,
    first: bool,
) -> Iterator[Fit]:
    """Every way in which this secret leads to one of the signatures given."""
    contents, bodies = list(_contents(scheme, request, secret.address)), list(_bodies(request.body))
    rotated = "" if first and not secret.old else _rotated(secret)
    tried = product(keys_of(secret.value, scheme.key), contents, bodies, _algorithms(scheme))
    for (way, key), (content_change, content), (body_change, body), algorithm in tried:
        digest = hmac.digest(key, content(body), algorithm)
        for encoding in [each for each, value in given if hmac.compare_digest(digest, value)]:
            told = (
                (rotated, ""),
                (KEY_WAYS[way] if way != scheme.key else "", ""),
                (content_change, "request"),
                (body_change, "body"),
                ("" if algorithm == scheme.algorithm else f"it was made with HMAC-{algorithm.upper()}", ""),
                (_swapped(scheme.encoding, encoding), f"header:{scheme.signature}"),
            )
            # Of a sender that nobody knows, key, content and encoding are as it wants them; the body is not.
            own = told[3:4] if scheme.is_guess else told
            changes = [(change, part) for change, part in (told[0], *own) if change]
            yield Fit(secret, tuple(change for change, _ in changes), tuple(part for _, part in changes if part))


def _rotated(secret: WebhookSecret) -> str:
    return f"it was made with {'an old' if secret.old else 'another'} secret (“{secret.name}”)"


def _algorithms(scheme: Scheme) -> list[str]:
    return [scheme.algorithm, *(name for name in ("sha256", "sha1", "sha512") if name != scheme.algorithm)]


def _swapped(expected: Encoding, found: Encoding) -> str:
    if expected is found:
        return ""
    names = {Encoding.HEX: "hexadecimal", Encoding.BASE64: "base64"}
    return f"the signature is written in {names[found]}; this scheme writes {names[expected]}"


def _contents(scheme: Scheme, request: SignedRequest, told: str) -> Iterator[tuple[str, Callable[[bytes], bytes]]]:
    """The content under the signature as the scheme has it, then as people get it wrong. `told` is the address that
    stands beside the secret."""
    seen: set[tuple[str, str, str]] = set()
    addresses = list(_addresses(request, told)) if "{url}" in scheme.content else []
    for how, template, moment, identity in _tried(scheme, request):
        for other, address in addresses if "{url}" in template else (("", ""),):
            change = " and ".join(filter(None, (how, other)))
            parts = re.split(r"(\{(?:body|form)\})", template, maxsplit=1)
            words = {"ts": moment, "id": identity, "method": request.method, "url": address}
            head, tail = (re.sub(r"\{(\w+)\}", lambda found, words=words: words[found[1]], parts[at]) for at in (0, -1))
            if (head, parts[1], tail) not in seen:
                seen.add((head, parts[1], tail))
                make = _with_fields if parts[1] == "{form}" else _joined
                yield change, make(head.encode(), tail.encode())


def _addresses(request: SignedRequest, told: str) -> Iterator[tuple[str, str]]:
    """The addresses that the sender may have called, then such as differ from them in what settings often have
    otherwise: the slash at the end, the query, the port, `www.`."""
    known = list(dict.fromkeys((*request.addresses, *([told] if told else []))))
    yield from (("", address) for address in known)
    for address in known:
        for what, other in _spelled(address):
            if other not in known:
                yield f"it covers the address “{_shown(other)}”, {what}, and not “{_shown(address)}”", other


def _shown(address: str) -> str:
    """The address without its query, which may hold secrets."""
    return address.partition("?")[0][:200]


def _spelled(address: str) -> Iterator[tuple[str, str]]:
    parts = urlsplit(address)
    slashed = parts.path.endswith("/")
    path = parts.path.rstrip("/") if slashed else f"{parts.path}/"
    yield ("without a slash at its end" if slashed else "with a slash at its end"), parts._replace(path=path).geturl()
    if parts.query:
        yield "without the query", parts._replace(query="").geturl()
    host = parts.netloc
    if host.rpartition(":")[2].isdigit():
        yield "without the port", parts._replace(netloc=host.rpartition(":")[0]).geturl()
    else:
        port = "443" if parts.scheme == "https" else "80"
        yield "with its port", parts._replace(netloc=f"{host}:{port}").geturl()
    bare = host.removeprefix("www.")
    yield "with another host", parts._replace(netloc=bare if bare != host else f"www.{host}").geturl()


def _tried(scheme: Scheme, request: SignedRequest) -> Iterator[tuple[str, str, str, str]]:
    """What is changed, the template, the timestamp and the id."""
    whole, headers = scheme.content, request.headers
    stamp, name = scheme.stamp(headers), headers.get(scheme.id, "") if scheme.id else ""
    yield "", whole, stamp, name
    if scheme.is_guess:
        yield from _guessed(headers, stamp)
        return
    if whole == "{body}":
        return
    yield "only the body was signed, without id and timestamp", "{body}", stamp, name
    yield "“timestamp.body” was signed", "{ts}.{body}", stamp, name
    yield "the timestamp was left out", "{id}.{body}", stamp, name
    yield "timestamp and body were joined without a separator", "{ts}{body}", stamp, name
    if stamp.isdecimal():
        yield "the signed timestamp was in milliseconds", whole, f"{stamp}000", name
        yield "the signed timestamp was in seconds", whole, stamp[:-3], name
    for other, value in headers.items():
        if other in STAMPS:
            yield f"the value of “{other}” was signed as the timestamp", whole, value, name
        elif other.endswith(("-id", "-delivery")):
            yield f"the value of “{other}” was signed as the id", whole, stamp, value


def _guessed(headers: Mapping[str, str], stamp: str) -> Iterator[tuple[str, str, str, str]]:
    """What senders sign beside the body, with each header that may hold the time."""
    for moment in (stamp, *(value for name, value in headers.items() if name.endswith("timestamp"))):
        for template in GUESSES if moment else ():
            yield "", template, moment, ""


def _with_fields(head: bytes, tail: bytes) -> Callable[[bytes], bytes]:
    """The fields of a form by their names, each name followed by its value, and nothing between. Of another body the
    address, which is signed, holds the digest."""
    told = _DIGEST_IN_ADDRESS.search(head)

    def content(body: bytes) -> bytes:
        if told is not None:
            fits = hashlib.sha256(body).hexdigest().encode() == told[1].lower()
            return head + tail if fits else head + body + tail
        fields = sorted(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        return head + "".join(f"{name}{value}" for name, value in fields).encode() + tail

    return content


def _joined(head: bytes, tail: bytes) -> Callable[[bytes], bytes]:
    return lambda body: head + body + tail


def _bodies(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """The body as received, then what it may have been when it was signed."""
    yield "", raw
    seen = {raw}
    tried = [
        (NO_LINE_END, raw.rstrip(b"\r\n")),
        ("the body had a line end behind it when it was signed", raw + b"\n"),
        ("the body had a line end (CR LF) behind it when it was signed", raw + b"\r\n"),
        ("line ends were LF when it was signed and are CR LF now", raw.replace(b"\r\n", b"\n")),
        ("line ends were CR LF when it was signed and are LF now", raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")),
        ("a byte order mark was put before the body", raw.removeprefix(b"\xef\xbb\xbf")),
        ("blanks around the body were cut off or added", raw.strip()),
        *_reserialised(raw),
    ]
    for change, body in tried:
        if body not in seen:
            seen.add(body)
            yield change, body


def _reserialised(raw: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        value = decode(raw)
    except BadJsonError:
        return
    forms: tuple[tuple[str, dict[str, Any]], ...] = (
        ("without blanks", {"separators": (",", ":")}),
        ("with blanks after “,” and “:”", {}),
        ("indented by two", {"indent": 2}),
        ("indented by four", {"indent": 4}),
    )
    for how, options in forms:
        for names, ordered in (("", False), (", with sorted names", True)):
            for escaped in (False, True):
                letters = ", with \\u escapes" if escaped else ""
                text = json.dumps(value, ensure_ascii=escaped, sort_keys=ordered, **options)
                for marks, written in _escaped(text):
                    told = f"the signature fits it written {how}{names}{letters}{marks}"
                    yield f"the JSON was re-serialised: {told}", written.encode()


#: What writers escape so that JSON may stand inside a page: Go, Rails, Shopify.
OF_PAGES = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"})


def _escaped(text: str) -> Iterator[tuple[str, str]]:
    """The text as it is, with slashes escaped as PHP does, with the marks of HTML escaped, and with both."""
    slashed, safe = text.replace("/", "\\/"), text.translate(OF_PAGES)
    forms = {
        text: "",
        slashed: ", with “\\/”",
        safe: ", with “<”, “>” and “&” as \\u escapes",
        slashed.translate(OF_PAGES): ", with “\\/”, and “<”, “>” and “&” as \\u escapes",
    }
    return ((marks, written) for written, marks in forms.items())


def sha256_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:12]
