"""The data sources of this installation, read from the file that the settings name."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from sevline.core.lifecycle import Refused
from sevline.core.sql.library import Library, SourceRow
from sevline.core.tables import TableError, parse

NONE = Library(version="none")


def library() -> Library:
    """All sources and reviewed queries; without a file there are none. Refused when the file cannot be used."""
    path = settings.OPTIONS.data_sources_file
    if path is None:
        return NONE
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError:
        raise Refused("The file of data sources cannot be read. An administrator has to look at it.") from None
    except TableError as fault:
        raise Refused(str(fault)) from None


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> Library:  # noqa: ARG001 - a changed file is read again
    return parse(path.name, path.read_text(encoding="utf-8"), Library)


def address(source: SourceRow) -> str:
    """Where the source is, with its password; never shown and never logged."""
    if source.url:
        return source.url
    try:
        return Path(source.url_file).read_text(encoding="utf-8").strip()
    except OSError:
        raise Refused(f"The address of “{source.title}” cannot be read. An administrator has to look at it.") from None
