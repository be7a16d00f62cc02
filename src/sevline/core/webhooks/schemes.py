"""Signing schemes of webhooks: which headers, which content under the signature, which key, which encoding."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

Key = Callable[[str], bytes]


class Encoding(StrEnum):
    HEX = "hex"
    BASE64 = "base64"


@dataclass(frozen=True, slots=True)
class Scheme:
    """`content` is the text around the body: `{id}`, `{ts}` and `{body}` stand for header values and the raw body,
    `{method}` and `{url}` for the request line as the sender had it, `{form}` for the fields of a form in their order.

    `is_guess` where the sender is not known, only that a header looks like a signature: what it signs is tried out.
    `values` finds the signatures in the header's value; `age` is the tolerance in seconds, 0 where nothing is dated.
    """

    name: str
    signature: str
    content: str = "{body}"
    encoding: Encoding = Encoding.HEX
    key: str = "utf8"
    timestamp: str = ""
    id: str = ""
    values: str = r"^(?:sha256=)?([0-9A-Za-z+/=]{40,})$"
    inner_timestamp: str = ""
    algorithm: str = "sha256"
    is_guess: bool = False

    @property
    def signs_address(self) -> bool:
        return "{url}" in self.content

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(name for name in (self.id, self.timestamp, self.signature) if name)

    def stamp(self, headers: Mapping[str, str]) -> str:
        """The timestamp as it was sent, or "" where the scheme has none or it is missing."""
        if self.inner_timestamp:
            found = re.search(self.inner_timestamp, headers.get(self.signature, ""))
            return found[1] if found else ""
        return headers.get(self.timestamp, "") if self.timestamp else ""

    def given(self, headers: Mapping[str, str]) -> list[str]:
        value = headers.get(self.signature, "")
        parts = re.split(r",?[ ]|;|,(?=\w+=)", value) if self.values.startswith("^") else [value]
        return [found for part in parts for found in re.findall(self.values, part.strip())]


HEX_OR_64 = r"v1=([0-9A-Za-z+/=]{20,})"
PADDLE = r"h1=([0-9a-f]{20,})"
DATED = r"\bt=(\d{1,16})"
ZENDESK = "x-zendesk-webhook-signature"
HUBSPOT = "x-hubspot-signature-v3"
ALL = "{id}.{ts}.{body}"
B64 = Encoding.BASE64
STANDARD = r"(?:^| )v1,([0-9A-Za-z+/=_-]{20,})"
VERSIONED = r"v[01]=([0-9A-Za-z+/=]{20,})"

SCHEMES = (
    Scheme("Standard Webhooks", "webhook-signature", ALL, B64, "whsec", "webhook-timestamp", "webhook-id", STANDARD),
    Scheme("Svix", "svix-signature", ALL, B64, "whsec", "svix-timestamp", "svix-id", STANDARD),
    Scheme("Stripe", "stripe-signature", "{ts}.{body}", values=HEX_OR_64, inner_timestamp=DATED),
    Scheme("GitHub", "x-hub-signature-256"),
    Scheme("Slack", "x-slack-signature", "v0:{ts}:{body}", timestamp="x-slack-request-timestamp", values=VERSIONED),
    Scheme("Zoom", "x-zm-signature", "v0:{ts}:{body}", timestamp="x-zm-request-timestamp", values=VERSIONED),
    Scheme("Shopify", "x-shopify-hmac-sha256", encoding=B64),
    Scheme("PagerDuty", "x-pagerduty-signature", values=HEX_OR_64),
    Scheme("Notion", "x-notion-signature"),
    Scheme("Sentry", "sentry-hook-signature"),
    Scheme("Zendesk", ZENDESK, "{ts}{body}", B64, timestamp=f"{ZENDESK}-timestamp"),
    Scheme("WebSub (Jira)", "x-hub-signature"),
    Scheme("Paddle", "paddle-signature", "{ts}:{body}", values=PADDLE, inner_timestamp=r"\bts=(\d{1,16})"),
    Scheme("Webflow", "x-webflow-signature", "{ts}:{body}", timestamp="x-webflow-timestamp"),
    Scheme("HubSpot", HUBSPOT, "{method}{url}{body}{ts}", B64, timestamp="x-hubspot-request-timestamp"),
    Scheme("Square", "x-square-hmacsha256-signature", "{url}{body}", B64),
    Scheme("Twilio", "x-twilio-signature", "{url}{form}", B64, values=r"^([0-9A-Za-z+/]{27}=)$", algorithm="sha1"),
)  # fmt: skip


SPOKEN = re.compile(r"signature|hmac")
#: Signatures of a private key, which no shared secret verifies.
KEYS = re.compile(r"(?<![a-z])(?:ed25519|ecdsa|rsa(?:ssa|sha)?)(?![a-z])")
#: Headers beside a signature that tell of it: which key, which certificate, since when.
BESIDE = re.compile(r"[-_](?:key|cert|certificate|fingerprint|thumbprint|id|input|algorithm|version|timestamp|nonce)$")


def scheme_of(headers: Mapping[str, str]) -> Scheme | None:
    """The scheme by its own header; else by any header that speaks of a signature and looks like one."""
    for scheme in SCHEMES:
        if scheme.signature in headers and not _is_of_another(scheme, headers):
            return _sha1(scheme) if headers[scheme.signature].startswith("sha1=") else scheme
    for scheme in SCHEMES:
        if any(name in headers for name in (scheme.id, scheme.timestamp) if name):
            return scheme
    spoken = [(name, value) for name, value in headers.items() if _is_spoken(name)]
    shaped = (_by_shape(name, value) for name, value in spoken)
    return next((each for each in shaped if each is not None), None)


def _is_spoken(name: str) -> bool:
    """Whether a header's name says that it holds a signature that a secret may verify."""
    return SPOKEN.search(name) is not None and KEYS.search(name) is None and BESIDE.search(name) is None


def _is_of_another(scheme: Scheme, headers: Mapping[str, str]) -> bool:
    """Standard Webhooks' header has a general name; alone, and with no more than a digest in it, it is another's."""
    beside = scheme.id in headers or scheme.timestamp in headers
    return scheme.values == STANDARD and not beside and _shape_of(headers[scheme.signature]) is not None


def _by_shape(name: str, value: str) -> Scheme | None:
    if (dated := re.search(r"\b(t|ts)=\d{9,16}\b", value)) and (
        signed := re.search(rf"\b(\w{{1,6}})={_DIGEST}", value)
    ):
        found = rf"\b{signed[1]}=([0-9A-Za-z+/=]{{20,}})"
        moment = rf"\b{dated[1]}=(\d{{1,16}})"
        return Scheme("timestamped", name, "{ts}.{body}", values=found, inner_timestamp=moment, is_guess=True)
    if (shape := _shape_of(value.partition(", ")[0])) is None:
        return None
    return Scheme("plain", name, encoding=shape[0], values=BARE, algorithm=shape[1], is_guess=True)


def _shape_of(value: str) -> tuple[Encoding, str] | None:
    """Encoding and algorithm of what looks like one digest; by its length, whatever stands before its “=”."""
    digest = re.fullmatch(BARE, value.strip())
    return next((made for form, made in SHAPES if digest and re.fullmatch(form, digest[1])), None)


#: One digest, behind the name of its algorithm or version or alone.
BARE = r"^(?:(?:sha\d{1,3}|hmac-sha\d{1,3}|hmac|v\d)=)?([0-9A-Za-z+/]{26,128}={0,2})$"
SHAPES = (
    (r"[0-9a-fA-F]{64}", (Encoding.HEX, "sha256")),
    (r"[0-9a-fA-F]{40}", (Encoding.HEX, "sha1")),
    (r"[0-9a-fA-F]{128}", (Encoding.HEX, "sha512")),
    (r"[0-9A-Za-z+/]{43}=", (B64, "sha256")),
    (r"[0-9A-Za-z+/]{27}=", (B64, "sha1")),
    (r"[0-9A-Za-z+/]{86}==", (B64, "sha512")),
)


_DIGEST = r"(?:[0-9a-fA-F]{64}|[0-9A-Za-z+/]{43}=)(?![0-9A-Za-z])"


def _sha1(scheme: Scheme) -> Scheme:
    return Scheme(scheme.name, scheme.signature, values=r"^sha1=([0-9a-fA-F]{40})$", algorithm="sha1")


def keys_of(secret: str, kind: str) -> list[tuple[str, bytes]]:
    """The key as the scheme makes it from the secret, first, and the other ways in which people make it."""
    ways: dict[str, bytes | None] = {
        "utf8": secret.encode(),
        "whsec": _decoded(secret.removeprefix("whsec_")),
        "unprefixed": secret.removeprefix("whsec_").encode(),
        "decoded": _decoded(secret),
        "hexadecimal": _unhexed(secret),
        "lined": f"{secret}\n".encode(),
        "lined-crlf": f"{secret}\r\n".encode(),
        "quoted": f'"{secret}"'.encode(),
        "blank": f"{secret} ".encode(),
    }
    order = [kind, *(way for way in ways if way != kind)]
    found: list[tuple[str, bytes]] = []
    for way in order:
        key = ways[way]
        if key and key not in [known for _, known in found]:
            found.append((way, key))
    return found


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def _unhexed(text: str) -> bytes | None:
    try:
        return bytes.fromhex(text) if len(text) >= 16 else None
    except ValueError:
        return None


def digests_of(text: str, encoding: Encoding) -> list[tuple[Encoding, bytes]]:
    """The bytes that a signature stands for, in the scheme's encoding and in the other one."""
    read = {Encoding.HEX: _unhexed(text), Encoding.BASE64: _decoded(text)}
    order = (encoding, Encoding.BASE64 if encoding is Encoding.HEX else Encoding.HEX)
    return [(each, value) for each in order if (value := read[each]) is not None]
