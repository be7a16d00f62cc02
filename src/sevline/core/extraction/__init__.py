"""Facts in a text: times, request and trace ids, URLs, statuses, errors, versions, tenants, each with its place."""

from sevline.core.extraction.extract import extract_facts
from sevline.core.extraction.facts import Fact, FactKind

__all__ = ["Fact", "FactKind", "extract_facts"]
