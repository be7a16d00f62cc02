"""XML from strangers: a strict parser, and the place of an element as an XPath that finds it again."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_NAMESPACES = 1_000


class BadXmlError(ValueError):
    """The text is not XML that will be read; the message is a sentence. `line` and `column` count from 1."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.line, self.column = line, column


def parse(data: bytes) -> "_Element":
    """Raises BadXmlError. Any DOCTYPE is refused, so there is no entity to expand and nothing to fetch."""
    from lxml import etree

    if (line := _doctype_line(data)) is not None:
        raise BadXmlError("The XML has a DOCTYPE, which SAML forbids and which is not read.", line, 1)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, dtd_validation=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as problem:
        line, column = problem.position
        raise BadXmlError(f"The XML is not well-formed: {problem.msg}.", max(line, 1), max(column, 1)) from None
    except ValueError as problem:
        raise BadXmlError(f"The XML cannot be read: {problem}.") from None
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise BadXmlError("The XML has a DOCTYPE, which SAML forbids and which is not read.")
    return root


def _doctype_line(data: bytes) -> int | None:
    """The encodings in which an ASCII keyword looks different are looked at without their zero bytes."""
    plain = data.replace(b"\x00", b"") if b"\x00" in data[:64] else data
    at = plain.upper().find(b"<!DOCTYPE")
    return None if at < 0 else plain.count(b"\n", 0, at) + 1


def path_of(element: "_Element", attribute: str = "") -> str:
    """An XPath that uses the document's own prefixes, such as `/samlp:Response/saml:Assertion/@ID`."""
    path = str(element.getroottree().getpath(element))
    return f"{path}/@{attribute}" if attribute else path


def find(root: "_Element", path: str) -> "tuple[_Element, str] | None":
    """The element at a path made by `path_of`, with the attribute that the path names, or ""."""
    from lxml import etree

    element_path, _, attribute = path.partition("/@")
    try:
        found: Any = root.getroottree().xpath(element_path, namespaces=_namespaces(root))
    except etree.XPathError:
        return None
    if not isinstance(found, list) or len(found) != 1 or not isinstance(found[0], etree._Element):  # noqa: SLF001 - lxml has no public name for it
        return None
    return found[0], attribute


def _namespaces(root: "_Element") -> dict[str, str]:
    known: dict[str, str] = {}
    for element in root.iter():
        for prefix, uri in element.nsmap.items():
            if prefix and len(known) < MAX_NAMESPACES:
                known.setdefault(prefix, uri)
    return known


def text_of(element: "_Element | None") -> str:
    """All text inside, across comments, which `.text` alone would cut at the first comment."""
    return "" if element is None else "".join(str(piece) for piece in element.itertext()).strip()
