"""Pseudonyms: keyed hashes of values, so that equality survives and the value does not."""

import hashlib
import re
from collections.abc import Callable
from functools import cached_property, lru_cache

TOKEN = r"<[A-Z0-9][A-Z0-9-]*-[0-9a-f]{16}>"  # noqa: S105 - the form of a pseudonym
EVERY_PSEUDONYM = (
    rf"{TOKEN}|u[0-9a-f]{{16}}@d[0-9a-f]{{16}}\.redacted\.example|ip-[0-9a-f]{{16}}-[0-9a-f]{{16}}"
    r"|mac-[0-9a-f]{16}|2001:db8:fade:cafe(?::[0-9a-f]{4}){4}"
)
_TOKEN = re.compile(f"(?:&lt;|%3[Cc])?{TOKEN}|&lt;{TOKEN[1:-1]}&gt;|%3[Cc]{TOKEN[1:-1]}%3[Ee]")
_EVERY = re.compile(EVERY_PSEUDONYM)
_WHOLE = re.compile(f"{_TOKEN.pattern}|{EVERY_PSEUDONYM}")
_FIRST = frozenset("<&%uim2")
_DIGIT_RUN = re.compile(r"\d{7}")


def fitting(text: str, limit: int) -> str:
    """The text in at most `limit` characters; a longer one ends in “…”, never within a pseudonym."""
    if len(text) <= limit:
        return text
    end = limit - 1
    cut = next((found.start() for found in _WHOLE.finditer(text) if found.start() < end < found.end()), end)
    return f"{text[:cut].rstrip()}…"


def is_token(text: str) -> bool:
    """Whether the whole text is a pseudonym already, also as it stands in XML text or in a URL."""
    if text[:1] not in _FIRST:
        return False
    return _TOKEN.fullmatch(text) is not None or _EVERY.fullmatch(text) is not None


class Pseudonyms:
    """One case's pseudonyms. `key` is 32 bytes; the same key, kind and value give the same name in every process."""

    def __init__(self, key: bytes) -> None:
        if len(key) != 32:
            raise ValueError(f"A case key has 32 bytes; this one has {len(key)}.")
        padded = key.ljust(hashlib.sha256().block_size, b"\0")
        self._inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded))
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in padded))
        self.hex16: Callable[[str, str], str] = lru_cache(maxsize=65_536)(self._hex16)

    def digest(self, kind: str, value: str, round_: int = 0) -> bytes:
        """HMAC-SHA256 (RFC 2104): the two blocks of the key are hashed once, which leaves a third of the time."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(f"{kind}\0{round_}\0{value}".encode("utf-8", "surrogatepass"))
        outer.update(inner.digest())
        return outer.digest()

    def _hex16(self, kind: str, value: str) -> str:
        """64 bits in 16 hex digits, never with seven decimal digits in a row: no detector may take a name for data."""
        for round_ in range(64):
            hexadecimal = self.digest(kind, value, round_).hex()
            for start in range(0, 64, 16):
                if _DIGIT_RUN.search(name := hexadecimal[start : start + 16]) is None:
                    return name
        return self.digest(kind, value).hex()[:16].replace("0", "a").replace("1", "b")

    def token(self, label: str, value: str, *, kind: str | None = None) -> str:
        """`<LABEL-16 hex>`; values of one `kind` share their hex even where their labels differ."""
        return f"<{label}-{self.hex16(kind or label, value)}>"

    def secret(self, label: str, value: str) -> str:
        """A secret's token: the same secret found in a header, a cookie and a form has the same hex."""
        return self.token(label, value, kind="secret")

    def digits(self, kind: str, value: str, count: int) -> str:
        """`count` decimal digits from the hash."""
        return str(int.from_bytes(self.digest(kind, value), "big"))[-count:]

    @cached_property
    def fingerprint(self) -> str:
        """Names the key in a report without telling it."""
        return self.hex16("key", "fingerprint")
