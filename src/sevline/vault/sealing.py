"""How things are sealed: AES-256-GCM under a key of the case, which the installation's master key wraps.

Files are sealed in chunks while they stream, so the plain text never touches a disk. Each chunk's nonce carries its
number and whether it is the last, so chunks cannot be dropped, moved or cut off without being noticed.
"""

import os
from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CHUNK = 1024 * 1024
_MAGIC = b"SVL1"
_TAG = 16
_PREFIX = 7


class Unreadable(Exception):  # noqa: N818 - named for what the sealed bytes are
    """The sealed bytes were changed, cut, or sealed under another key."""


def derive(key: bytes, purpose: str) -> bytes:
    """A 32-byte key for one purpose from a case's key (HKDF-SHA256)."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"sevline {purpose}".encode()).derive(key)


def seal(key: bytes, plain: bytes, about: str) -> bytes:
    """Seal a short text; it opens only with the same `about`."""
    nonce = os.urandom(12)
    return nonce + AESGCM(key).encrypt(nonce, plain, about.encode())


def unseal(key: bytes, sealed: bytes, about: str) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:12], sealed[12:], about.encode())
    except InvalidTag:
        raise Unreadable(f"What was sealed as “{about}” cannot be opened.") from None


class Sealer:
    """Seals a stream that is pushed in pieces of any size; `finish` seals what is left as the last chunk."""

    def __init__(self, key: bytes, about: str) -> None:
        self._cipher, self._about = AESGCM(key), about.encode()
        self._prefix, self._held, self._number = os.urandom(_PREFIX), bytearray(), 0
        self._head = _MAGIC + self._prefix

    def push(self, block: bytes) -> bytes:
        out, self._head = [self._head], b""
        self._held += block
        while len(self._held) > CHUNK:
            out.append(self._seal(bytes(self._held[:CHUNK]), last=False))
            del self._held[:CHUNK]
        return b"".join(out)

    def finish(self) -> bytes:
        return self._head + self._seal(bytes(self._held), last=True)

    def _seal(self, chunk: bytes, *, last: bool) -> bytes:
        nonce = _nonce(self._prefix, self._number, last=last)
        self._number += 1
        return self._cipher.encrypt(nonce, chunk, self._about)


def seal_stream(key: bytes, blocks: Iterable[bytes], about: str) -> Iterator[bytes]:
    """The sealed form of a stream of any block sizes."""
    sealer = Sealer(key, about)
    for block in blocks:
        if sealed := sealer.push(block):
            yield sealed
    yield sealer.finish()


def unseal_stream(key: bytes, blocks: Iterable[bytes], about: str) -> Iterator[bytes]:
    """The plain stream again, chunk by chunk; raises Unreadable at the first chunk that is not as it was sealed."""
    cipher, held, number, prefix = AESGCM(key), bytearray(), 0, b""
    for block in blocks:
        held += block
        if not prefix:
            if len(held) < len(_MAGIC) + _PREFIX:
                continue
            prefix = _header(held)
        while len(held) > CHUNK + _TAG:
            yield _open(cipher, _nonce(prefix, number, last=False), bytes(held[: CHUNK + _TAG]), about)
            del held[: CHUNK + _TAG]
            number += 1
    if not prefix:
        raise Unreadable(f"What was sealed as “{about}” has no beginning.")
    yield _open(cipher, _nonce(prefix, number, last=True), bytes(held), about)


def _header(held: bytearray) -> bytes:
    if held[: len(_MAGIC)] != _MAGIC:
        raise Unreadable("This is not a sealed file.")
    prefix = bytes(held[len(_MAGIC) : len(_MAGIC) + _PREFIX])
    del held[: len(_MAGIC) + _PREFIX]
    return prefix


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + (b"\x01" if last else b"\x00")


def _open(cipher: AESGCM, nonce: bytes, sealed: bytes, about: str) -> bytes:
    try:
        return cipher.decrypt(nonce, sealed, about.encode())
    except InvalidTag:
        raise Unreadable(f"What was sealed as “{about}” was changed or cut.") from None
