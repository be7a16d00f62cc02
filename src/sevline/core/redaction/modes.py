"""How a document is redacted, and which way suits it."""

from enum import StrEnum


class Mode(StrEnum):
    LOGS = "logs"
    TEXT = "text"
    JSON = "json"
    HAR = "har"
    SAML = "saml"
    XML = "xml"


def recognise(name: str, head: bytes) -> Mode:
    """The mode for a file by its first bytes; its name decides only between kinds that begin alike."""
    start = head[:65536].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"<") and not start[:200].lower().startswith((b"<!doctype html", b"<html")):
        return Mode.SAML if b"urn:oasis:names:tc:SAML" in start else Mode.XML
    if start[:1] in (b"{", b"["):
        if name.lower().endswith(".har") or (b'"log"' in start[:2048] and b'"creator"' in start):
            return Mode.HAR
        if _one_document(start):
            return Mode.JSON
    return Mode.LOGS


def _one_document(start: bytes) -> bool:
    """Not a log whose lines are JSON objects, nor one whose lines begin with a bracketed time or level."""
    if start.startswith(b"["):
        return start[1:].lstrip()[:1] in (b"{", b"[", b'"', b"]")
    first, _, rest = start.partition(b"\n")
    return not (first.rstrip().endswith(b"}") and rest.lstrip().startswith(b"{"))
