"""The customer's environment profile as Sevline itself writes it down for a case."""

from collections.abc import Iterator
from typing import Any

from sevline.core.finding import Given
from sevline.core.readers.moments import any_moment
from sevline.core.readers.profile import PROFILE_KEY, CustomerProfile, KnownOf
from sevline.core.readers.reader import Form, Source, reader


@reader("customer-profile", Form.JSON)
def customer_profile(source: Source, document: Any) -> Iterator[Given]:
    """The customer's environment profile, as it was known on a day"""
    facts = document.get(PROFILE_KEY) if isinstance(document, dict) else None
    if not isinstance(facts, list):
        return
    rows = [(f"/{PROFILE_KEY}/{at}", row) for at, row in enumerate(facts) if isinstance(row, dict)]
    yield CustomerProfile(
        source.artifact,
        tuple(
            KnownOf(place, str(row.get("kind", "")), str(row.get("value", "")), any_moment(row.get("verified_at", "")))
            for place, row in rows
        ),
        any_moment(document.get("as_of", "")),
    )
