"""Foreign files as evidence, through the readers that the bench uses."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sevline.core.finding import Given
from sevline.core.readers.foreign import in_json, in_lines, in_text
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.sync import Extract, SyncDifference
from sevline.core.sync.compare import compared

MASK = Pseudonyms(bytes(32)).token


def text(content: str, *, name: str = "file.csv", role: str = "", at: datetime | None = None) -> list[Given]:
    return list(in_text(content.encode(), "a1", name, at=at, role=role))


def document(content: Any, *, name: str = "file.json", role: str = "", at: datetime | None = None) -> list[Given]:
    return list(in_json(content, json.dumps(content).encode(), "a1", name, at=at, role=role))


def lines(content: str, at: datetime | None = None) -> list[Given]:
    return list(in_lines(content.split("\n"), "a1", at=at))


def table(header: str, *rows: str) -> str:
    return "\n".join((header, *rows)) + "\n"


def difference(source: str, target: str) -> SyncDifference:
    """The comparison of two extracts in CSV."""
    (left,) = [each for each in text(source, name="source.csv", role="source") if isinstance(each, Extract)]
    (right,) = [each for each in text(target, name="target.csv", role="target") if isinstance(each, Extract)]
    return SyncDifference("a3", compared(left, right, MASK))


def only(kind: type[Given], evidence: Sequence[Given]) -> Any:
    (one,) = [each for each in evidence if isinstance(each, kind)]
    return one
