"""SAML messages that somebody pasted into a text: read as files of their own, with a token where they stood."""

from sevline.core.readers.insidehar import Inside
from sevline.core.readers.sniff import Kind
from sevline.core.readers.wrapped import Pasted, saml_in, without
from sevline.core.redaction import Redactor

PASTED_INTO = frozenset({Kind.TEXT, Kind.XML, Kind.JSON})
LABEL = "SAML-MESSAGE"


def saml_taken_out(kind: Kind, data: bytes, redactor: Redactor) -> tuple[bytes, list[Inside]]:
    """The text without its SAML messages, which hold names in forms that only their own structure tells, and these."""
    found = list(saml_in(data, documents=kind is Kind.TEXT))
    if not found:
        return data, []

    def token(one: Pasted) -> bytes:
        name = redactor.pseudonym(LABEL, one.packed.decode("utf-8", "replace"))
        return (f"&lt;{name[1:-1]}&gt;" if kind is Kind.XML else name).encode()

    inside = [Inside(one.field, one.packed.decode("utf-8", "replace"), None, "", f"line {one.line}") for one in found]
    return without(data, found, token), inside


def stands_for_one(packed: str) -> bool:
    """Whether a field holds the token of a message that was taken out, and that is read already."""
    return packed.startswith(f"<{LABEL}-")
