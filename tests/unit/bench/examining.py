"""Run an examination in a test and keep what it stored."""

import io
from datetime import datetime

from sevline.bench.examination import ArtifactHead, Examination
from sevline.bench.examine import Source, examine_together
from sevline.bench.limits import Limits

KEY = bytes(range(32))


class Kept(io.BytesIO):
    """What was written survives closing."""

    def close(self) -> None:
        self.seek(0)


def examined(
    *files: tuple[str, bytes], at: datetime | None = None, limits: Limits | None = None
) -> tuple[Examination, dict[str, bytes]]:
    kept: dict[str, Kept] = {}

    def store(head: ArtifactHead) -> Kept:
        return kept.setdefault(head.id, Kept())

    sources = [Source(name, [data]) for name, data in files]
    examination = examine_together(sources, key=KEY, at=at, limits=limits, store=store)
    return examination, {name: stream.getvalue() for name, stream in kept.items()}
