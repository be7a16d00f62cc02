"""How loaders name the columns that they add to a table, such as when a row was loaded: no fault where one side has
them alone."""

import re

_TOOLS = (
    "fivetran|airbyte|ab|sdc|dlt|hoodie|stitch|rivery|hevo|meltano|peerdb|cdc|etl|elt|dw|dwh|kafka|debezium|rescued"
    "|metadata"
)
_NAMED = re.compile(
    rf"_(?:{_TOOLS})_?\w*|__\w+|_(?:loaded|synced|ingested|extracted|replicated|inserted|batch|load|sync|file)(?:_\w+)?"
    r"|(?:etl|elt|dw|dwh)_\w+|(?:loaded|synced|ingested|replicated)_?(?:at|on|ts|date|time)",
    re.IGNORECASE,
)


def is_loaders(name: str) -> bool:
    """Whether a column of this name is a loader's own: `_fivetran_synced`, `_airbyte_raw_id`, `__op`, `loaded_at`."""
    return _NAMED.fullmatch(name.strip()) is not None
