"""Facts in a text: times, request and trace ids, URLs, statuses, errors, versions, tenants, each with its place."""

from sevline.core.extraction.facts import Fact, FactKind, extract_facts

__all__ = ["Fact", "FactKind", "extract_facts"]
