"""Bodies of calls as JSON, where they are that."""

from typing import Any

from sevline.core.readers.jsontext import BadJsonError, decode


def json_body(text: str) -> dict[str, Any] | None:
    """The decoded body, or None when it is no JSON object; large lists of rows are not decoded for nothing."""
    if not text.lstrip().startswith("{"):
        return None
    try:
        body = decode(text.encode("utf-8", "surrogatepass"))
    except BadJsonError:
        return None
    return body if isinstance(body, dict) else None


def json_list(text: str) -> list[Any] | None:
    """The decoded body, or None when it is no JSON list."""
    if not text.lstrip().startswith("["):
        return None
    try:
        body = decode(text.encode("utf-8", "surrogatepass"))
    except BadJsonError:
        return None
    return body if isinstance(body, list) else None
