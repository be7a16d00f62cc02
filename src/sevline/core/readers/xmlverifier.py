"""The signature library with inclusive canonicalisation in context. Imported only where a signature is verified."""

from typing import Any

from lxml import etree
from signxml.algorithms import CanonicalizationMethod
from signxml.verifier import XMLVerifier


class Verifier(XMLVerifier):
    """Inclusive canonicalisation of an element inside a tree loses its default namespace in the XML library.

    A valid signature that writes `<Signature xmlns="…">`, as several products do, would look broken.
    """

    def _c14n(self, nodes: Any, algorithm: CanonicalizationMethod, inclusive_ns_prefixes: Any = None) -> bytes:
        if "xml-exc-c14n" not in algorithm.value:
            nodes = [standing_alone(node) for node in (nodes if isinstance(nodes, list) else [nodes])]
        return bytes(super()._c14n(nodes, algorithm, inclusive_ns_prefixes))


def standing_alone(node: "etree._Element") -> "etree._Element":
    """The element as a root that declares what its ancestors declared."""
    strict = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(etree.tostring(node, with_tail=False), strict)
