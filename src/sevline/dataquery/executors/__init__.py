"""Runs an admitted query where it belongs, under the limits of that kind of database."""

from collections.abc import Mapping
from typing import Any

from sevline.core.sql import Admitted, Catalogue
from sevline.dataquery.executors import postgresql, sqlite
from sevline.dataquery.executors.answer import Answer, Caps, Failed

__all__ = ["Answer", "Caps", "Failed", "run"]


def run(
    url: str, catalogue: Catalogue, query: Admitted, values: Mapping[str, Any], *, salt: str, caps: Caps | None = None
) -> Answer:
    """The rows of a query, each masked value still a hash under `salt`; Failed with a sentence when it was stopped."""
    execute = sqlite.run if catalogue.dialect == "sqlite" else postgresql.run
    return execute(url, catalogue, query, values, salt=salt, caps=caps or Caps())
