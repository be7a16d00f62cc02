"""How a document is redacted, and which way suits it."""

import re
from enum import StrEnum

from sevline.core.redaction.codec import sniff

_ZEROS = re.compile(rb"\x00{16,}")
#: One byte in so many of a log with zeros in it may be one that no text holds.
MOST_ODD = 200
_FEW = 1600


class Mode(StrEnum):
    LOGS = "logs"
    TEXT = "text"
    JSON = "json"
    HAR = "har"
    SAML = "saml"
    XML = "xml"
    CSV = "csv"
    PICTURE = "picture"
    PDF = "pdf"


def recognise(name: str, head: bytes) -> Mode:
    """The mode for a file by its first bytes; its name decides only between kinds that begin alike."""
    if (plain := _by_first_bytes(name, head)) is not None:
        return plain
    start = head[:65536].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"<") and not start[:200].lower().startswith((b"<!doctype html", b"<html")):
        return Mode.SAML if b"urn:oasis:names:tc:SAML" in start else Mode.XML
    if start[:1] in (b"{", b"["):
        if name.lower().endswith(".har") or (b'"log"' in start[:2048] and b'"creator"' in start):
            return Mode.HAR
        if _one_document(start):
            return Mode.JSON
    return Mode.LOGS


def _by_first_bytes(name: str, head: bytes) -> Mode | None:
    if head.startswith(b"%PDF-"):
        return Mode.PDF
    if is_picture(head):
        return Mode.PICTURE
    return Mode.CSV if name.lower().endswith((".csv", ".tsv")) and not is_binary(head) else None


def _one_document(start: bytes) -> bool:
    """Not a log whose lines are JSON objects, nor one whose lines begin with a bracketed time or level."""
    if start.startswith(b"["):
        return start[1:].lstrip()[:1] in (b"{", b"[", b'"', b"]")
    first, _, rest = start.partition(b"\n")
    return not (first.rstrip().endswith(b"}") and rest.lstrip().startswith(b"{"))


_ARCHIVES = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "rar"),
)


def archive_kind(head: bytes) -> str | None:
    """The kind of archive by its first bytes, None for everything else."""
    if head[257:262] == b"ustar":
        return "tar"
    return next((kind for magic, kind in _ARCHIVES if head.startswith(magic)), None)


def is_picture(head: bytes) -> bool:
    """PNG, JPEG, GIF, WebP, BMP or TIFF by the first bytes."""
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return True
    return head.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")) or (
        head.startswith(b"BM") and head[6:10] == b"\0\0\0\0"
    )


def is_no_text(head: bytes) -> bool:
    """As `is_binary`, for a log: runs of zeros, as a machine that lost power leaves them, are no reason.

    Around them stand lines of text; what holds odd bytes between its zeros, as a database does, is no log.
    """
    if not is_binary(head):
        return False
    left = _ZEROS.sub(b"", head)
    if is_binary(left) or not left or sniff(left).unit > 1:
        return is_binary(left)
    odd = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in left)
    return b"\n" not in left or odd * MOST_ODD > max(len(left), _FEW)


def is_binary(head: bytes) -> bool:
    """Whether the first bytes are no text in UTF-8, UTF-16, UTF-32 or an eight-bit code page."""
    sample = head[:8192]
    if sample.startswith((b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"MZ\x90")):
        return True
    if not sample or sniff(sample).unit > 1:
        return False
    control = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 or byte == 127 for byte in sample)
    return control > len(sample) // 10
